//! Times agreement, turnover and standings on synthetic data of the real size. Every answer is
//! verified against a slower, plainer way before it is timed.
//!
//! Run with `cargo bench -p bilat-analyse`.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bilat_analyse::bulk::{Flow, turnovers};
use bilat_analyse::{StandingsBuilder, Votes};
use bilat_model::evidence::{Citation, Locator, Measure};
use bilat_model::profile::{Issues, RollCall, Vote, VotingRecord};
use bilat_model::source::SourceId;
use bilat_model::{Country, Decimal, Pair, Period};
use divan::{Bencher, black_box};

/// As many as the General Assembly's record has.
const COUNTRIES: usize = 194;
const ROLL_CALLS: u32 = 6551;
/// As the trade source: reporters, partners, years; about two million figures.
const TRADERS: usize = 215;
const YEARS: std::ops::RangeInclusive<i16> = 1960..=2020;

/// A plain generator: the same numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

fn countries(n: usize) -> Vec<Country> {
    let letter = |i: usize| char::from(b'A' + u8::try_from(i % 26).unwrap());
    (0..n)
        .map(|i| format!("A{}{}", letter(i / 26), letter(i)).parse().unwrap())
        .collect()
}

fn roll_calls() -> Vec<RollCall> {
    (0..ROLL_CALLS)
        .map(|index| RollCall {
            index,
            rcid: index,
            date: Period::Year(1946 + i16::try_from(index * 79 / ROLL_CALLS).unwrap()),
            session: None,
            symbol: None,
            title: None,
            issues: Issues(0),
            citation: Citation {
                source: SourceId::new("unga"),
                file: "synthetic".into(),
                at: Locator::Line(index + 1),
            },
        })
        .collect()
}

fn records() -> Vec<VotingRecord> {
    let mut numbers = Numbers(7);
    countries(COUNTRIES)
        .into_iter()
        .map(|country| VotingRecord {
            country,
            votes: (0..ROLL_CALLS)
                .filter_map(|i| match numbers.next() % 10 {
                    0..=5 => Some((i, Vote::Yes)),
                    6 => Some((i, Vote::Abstain)),
                    7 => Some((i, Vote::No)),
                    8 => Some((i, Vote::Absent)),
                    _ => None,
                })
                .collect(),
        })
        .collect()
}

static VOTES: LazyLock<Votes> = LazyLock::new(|| {
    let (calls, records) = (roll_calls(), records());
    let votes = Votes::new(&calls, &records).unwrap();
    verify_agreement(&votes, &calls, &records);
    votes
});

/// Counts vote by vote for every eleventh pair.
fn verify_agreement(votes: &Votes, calls: &[RollCall], records: &[VotingRecord]) {
    let table: BTreeMap<Country, Vec<Option<Vote>>> = records
        .iter()
        .map(|r| {
            let mut row = vec![None; calls.len()];
            for (i, v) in &r.votes {
                row[*i as usize] = (*v != Vote::Absent).then_some(*v);
            }
            (r.country, row)
        })
        .collect();
    let all = votes.all_pairs_by_year();
    for (pair, got) in all.pairs().step_by(11) {
        let mut want = BTreeMap::<i16, (u32, u32)>::new();
        let both = table[&pair.a()].iter().zip(&table[&pair.b()]);
        for (call, (x, y)) in calls.iter().zip(both) {
            if let (Some(x), Some(y)) = (x, y) {
                let sum = want.entry(call.date.year().unwrap()).or_default();
                sum.0 += u32::from(x == y);
                sum.1 += 1;
            }
        }
        for (year, g) in all.years().iter().zip(got) {
            assert_eq!((g.same, g.both), want[year], "{pair} {year}");
        }
    }
}

/// Agreement of all pairs and years.
#[divan::bench(sample_count = 50)]
fn agreement_all_pairs_and_years(bencher: Bencher) {
    let votes = &*VOTES;
    bencher.bench(|| black_box(votes.all_pairs_by_year()));
}

/// The same and everybody's means.
#[divan::bench(sample_count = 50)]
fn agreement_means(bencher: Bencher) {
    let votes = &*VOTES;
    bencher.bench(|| black_box(votes.means()));
}

/// One pair's years.
#[divan::bench]
fn agreement_of_one_pair(bencher: Bencher) {
    let votes = &*VOTES;
    let (a, b) = (votes.countries()[3], votes.countries()[99]);
    bencher.bench(|| black_box(votes.by_year(black_box(a), black_box(b))));
}

/// Building the bitsets.
#[divan::bench(sample_count = 20)]
fn agreement_build(bencher: Bencher) {
    let (calls, records) = (roll_calls(), records());
    bencher.bench(|| black_box(Votes::new(&calls, &records).unwrap()));
}

/// Two figures of three are there, sorted by pair as the snapshot is.
static FLOWS: LazyLock<Vec<Flow>> = LazyLock::new(|| {
    let mut numbers = Numbers(11);
    let who = countries(TRADERS);
    let mut out = Vec::new();
    for (i, a) in who.iter().enumerate() {
        for b in &who[i + 1..] {
            for year in YEARS {
                for (reporter, partner, exports) in
                    [(a, b, true), (a, b, false), (b, a, true), (b, a, false)]
                {
                    let n = numbers.next();
                    if n % 8 < 3 {
                        out.push(Flow {
                            reporter: *reporter,
                            partner: *partner,
                            year,
                            exports,
                            micros: i64::try_from(n >> 20).unwrap(),
                        });
                    }
                }
            }
        }
    }
    assert!(out.len() > 2_000_000, "smaller than the real thing");
    verify_turnovers(&out);
    out
});

/// Sets every reporter's first and last partner against sums one by one.
fn verify_turnovers(flows: &[Flow]) {
    let mut sums = BTreeMap::<(Country, Country, i16), (u8, i64)>::new();
    for f in flows {
        let sum = sums.entry((f.reporter, f.partner, f.year)).or_default();
        sum.0 += 1;
        sum.1 += f.micros;
    }
    sums.retain(|_, s| s.0 == 2);
    let got = turnovers(flows.iter().copied());
    assert_eq!(got.len(), sums.len());
    let mut by_year = BTreeMap::<(Country, i16), Vec<i64>>::new();
    for ((reporter, _, year), (_, v)) in &sums {
        by_year.entry((*reporter, *year)).or_default().push(*v);
    }
    for t in &got {
        let key = (t.reporter, t.partner, t.year);
        assert_eq!(t.micros, sums[&key].1);
        let before = sums.get(&(t.reporter, t.partner, t.year - 1));
        assert_eq!(t.before, before.map(|s| s.1));
    }
    for t in got.iter().step_by(17) {
        let better = by_year[&(t.reporter, t.year)]
            .iter()
            .filter(|v| **v > t.micros);
        assert_eq!(t.rank as usize, better.count() + 1);
    }
}

/// Turnover, growth and rank of all pairs and years.
#[divan::bench(sample_count = 10)]
fn turnover_growth_and_rank(bencher: Bencher) {
    let flows = &*FLOWS;
    bencher.bench(|| {
        let rows = turnovers(flows.iter().copied());
        let grown = rows.iter().filter_map(|t| t.growth());
        black_box((grown.filter(|g| *g > Decimal::ZERO).count(), rows.len()))
    });
}

/// Standings of trade and agreement, fed and finished.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn standings(bencher: Bencher) {
    let (flows, votes) = (&*FLOWS, &*VOTES);
    bencher.bench(|| {
        let mut b = StandingsBuilder::new();
        for f in flows {
            let pair = Pair::new(f.reporter, f.partner).unwrap();
            let (measure, from) = if f.exports {
                (Measure::Exports, f.reporter)
            } else {
                (Measure::Imports, f.partner)
            };
            let value = Decimal::new(f.micros, 6);
            b.figure(pair, measure, from, Some(Period::Year(f.year)), value);
        }
        b.votes(votes);
        black_box(b.finish().len())
    });
}

fn main() {
    divan::main();
}
