//! Agreement by bitsets against agreement by counting one roll call after the other.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use bilat_analyse::agreement::BadVotes;
use bilat_analyse::{Agreement, Missing, Scope, Votes};
use bilat_model::evidence::{Citation, Locator};
use bilat_model::profile::{Issues, RollCall, Vote, VotingRecord};
use bilat_model::source::SourceId;
use bilat_model::{Country, Decimal, Pair, Period};
use proptest::prelude::*;

const KAZ: Country = Country::new("KAZ");
const SVN: Country = Country::new("SVN");

fn call(index: u32, date: &str, issues: u8) -> RollCall {
    RollCall {
        index,
        rcid: index + 100,
        date: date.parse().unwrap(),
        session: None,
        symbol: None,
        title: index.is_multiple_of(2).then(|| format!("Title {index}")),
        issues: Issues(issues),
        citation: Citation {
            source: SourceId::new("unga"),
            file: "calls.csv".into(),
            at: Locator::Line(index + 2),
        },
    }
}

fn record(country: Country, votes: &[(u32, Vote)]) -> VotingRecord {
    VotingRecord {
        country,
        votes: votes.to_vec(),
    }
}

/// Counts one roll call after the other.
fn naive(
    calls: &[RollCall],
    x: &VotingRecord,
    y: &VotingRecord,
    takes: impl Fn(&RollCall) -> bool,
) -> Agreement {
    let (x, y): (BTreeMap<_, _>, BTreeMap<_, _>) = (
        x.votes.iter().copied().collect(),
        y.votes.iter().copied().collect(),
    );
    let mut out = Agreement::default();
    for c in calls.iter().filter(|c| takes(c)) {
        if let (Some(a), Some(b)) = (x.get(&c.index), y.get(&c.index))
            && *a != Vote::Absent
            && *b != Vote::Absent
        {
            out.both += 1;
            out.same += u32::from(a == b);
        }
    }
    out
}

fn small() -> (Vec<RollCall>, Vec<VotingRecord>) {
    use Vote::{Absent, Abstain, No, Yes};
    let calls = vec![
        call(0, "2022-12-30", 8),
        call(1, "2023-01-02", 0),
        call(2, "2023-03-01", 8),
        call(3, "2023-03-01", 1),
        call(4, "2024-06-01", 0),
    ];
    let records = vec![
        record(
            SVN,
            &[(0, Yes), (1, No), (2, Abstain), (3, No), (4, Absent)],
        ),
        record(KAZ, &[(0, Yes), (1, Yes), (2, Abstain), (3, Yes), (4, Yes)]),
    ];
    (calls, records)
}

#[test]
fn an_absence_is_no_position() {
    let (calls, records) = small();
    let votes = Votes::new(&calls, &records).unwrap();
    let whole = votes.agreement(KAZ, SVN, &votes.mask(Scope::ALL));
    assert_eq!(whole, Agreement { same: 2, both: 4 });
    assert_eq!(
        votes.by_year(KAZ, SVN),
        [
            (2022, Agreement { same: 1, both: 1 }),
            (2023, Agreement { same: 1, both: 3 })
        ]
    );
    assert_eq!(
        votes.by_issue(KAZ, SVN, None),
        [
            ("me", Agreement { same: 0, both: 1 }),
            ("hr", Agreement { same: 2, both: 2 })
        ]
    );
    let since: Period = "2023-02/2024-12".parse().unwrap();
    let mask = votes.mask(Scope::during(since));
    assert_eq!(
        votes.agreement(SVN, KAZ, &mask),
        Agreement { same: 1, both: 2 }
    );
}

#[test]
fn opposite_sides_come_latest_first_with_titles_first() {
    let (calls, records) = small();
    let votes = Votes::new(&calls, &records).unwrap();
    let pair = Pair::new(KAZ, SVN).unwrap();
    let opposed = votes.opposed(pair, 9);
    let seen: Vec<_> = opposed.iter().map(|o| (o.call.index, o.a, o.b)).collect();
    // Neither has a title: the later first.
    assert_eq!(seen, [(3, Vote::Yes, Vote::No), (1, Vote::Yes, Vote::No)]);
    assert_eq!(votes.opposed(pair, 1).len(), 1);
}

#[test]
fn a_computed_agreement_tells_its_votes() {
    let (calls, records) = small();
    let votes = Votes::new(&calls, &records).unwrap();
    let pair = Pair::new(KAZ, SVN).unwrap();
    let c = votes.computed(pair, Scope::year(2023)).unwrap();
    assert_eq!(c.id.to_string(), "KAZ-SVN:=un_agreement:2023");
    assert_eq!(c.arithmetic, "100 × 1 / 3 = 33.33 %");
    assert_eq!(c.sources(), [SourceId::new("unga")]);
    let whole = votes.computed(pair, Scope::ALL.on("hr")).unwrap();
    assert_eq!(whole.id.to_string(), "KAZ-SVN:=un_agreement:hr");
    assert_eq!(whole.period, Some(Period::Years(2022, 2023)));
    assert!(matches!(
        votes.computed(pair, Scope::year(2024)),
        Err(Missing::TooLittle { .. })
    ));
    let usa = Pair::new(KAZ, Country::new("USA")).unwrap();
    assert!(votes.computed(usa, Scope::ALL).is_err());
    let excess = votes.excess(pair, KAZ, 2023, &votes.means()).unwrap();
    assert_eq!(excess.value, Decimal::ZERO); // the only other member is the mean
}

#[test]
fn lists_that_do_not_fit_are_refused() {
    let (mut calls, mut records) = small();
    records[0].votes.push((5, Vote::Yes));
    assert!(matches!(
        Votes::new(&calls, &records),
        Err(BadVotes::UnknownRollCall { index: 5, .. })
    ));
    records[0].votes.pop();
    calls.swap(0, 4);
    assert!(matches!(
        Votes::new(&calls, &records),
        Err(BadVotes::Order { .. })
    ));
    let (calls, mut records) = small();
    records.push(records[0].clone());
    assert!(matches!(
        Votes::new(&calls, &records),
        Err(BadVotes::Twice(SVN))
    ));
    let none = Votes::new(&[], &[]).unwrap();
    assert_eq!(none.means(), []);
    assert_eq!(none.all_pairs_by_year().pairs().count(), 0);
    // Records without a roll call still make pairs, with nothing to tell.
    let idle = Votes::new(&[], &[record(KAZ, &[]), record(SVN, &[])]).unwrap();
    assert_eq!(idle.all_pairs_by_year().pairs().count(), 1);
}

/// Votes of a few countries at a few hundred roll calls over a few years.
fn random() -> impl Strategy<Value = (Vec<RollCall>, Vec<VotingRecord>)> {
    let per_year = prop::collection::vec(0usize..150, 1..6);
    per_year.prop_flat_map(|sizes| {
        let total: usize = sizes.iter().sum();
        let votes = prop::collection::vec(prop::collection::vec(0u8..6, total), 2..5);
        (Just(sizes), votes, prop::collection::vec(0u8..64, total)).prop_map(
            |(sizes, votes, issues)| {
                let mut calls = Vec::new();
                for (y, n) in sizes.iter().enumerate() {
                    for k in 0..*n {
                        let date = format!("{}-{:02}-01", 1990 + y, 1 + k * 12 / n);
                        let index = u32::try_from(calls.len()).unwrap();
                        calls.push(call(index, &date, issues[calls.len()]));
                    }
                }
                let codes = ["AAA", "BBB", "CCC", "DDD"];
                let records = votes
                    .iter()
                    .zip(codes)
                    .map(|(row, code)| VotingRecord {
                        country: code.parse().unwrap(),
                        votes: (0u32..)
                            .zip(row)
                            .filter(|(_, v)| **v < 4 || **v == 5)
                            .map(|(i, v)| {
                                (i, *Vote::ALL.get(usize::from(*v)).unwrap_or(&Vote::Yes))
                            })
                            .collect(),
                    })
                    .collect();
                (calls, records)
            },
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn bits_count_as_counting_does((calls, records) in random(), first in 1989i16..1996, span in 0i16..4, issue in 0usize..6) {
        let votes = Votes::new(&calls, &records).unwrap();
        let issue = Issues::ALL[issue].0;
        let period = if span == 0 { Period::Year(first) } else { Period::Years(first, first + span) };
        let all = votes.all_pairs_by_year();
        let table: BTreeMap<Pair, Vec<Agreement>> = all.pairs().map(|(p, row)| (p, row.to_vec())).collect();
        let mut sums = BTreeMap::<(Country, i16), (u64, u64)>::new();
        for (i, x) in records.iter().enumerate() {
            for y in &records[i + 1..] {
                let (a, b) = (x.country, y.country);
                let get = |s| votes.agreement(a, b, &votes.mask(s));
                prop_assert_eq!(get(Scope::ALL), naive(&calls, x, y, |_| true));
                prop_assert_eq!(get(Scope::during(period)), naive(&calls, x, y, |c| period.contains(&c.date)));
                prop_assert_eq!(
                    get(Scope::during(period).on(issue)),
                    naive(&calls, x, y, |c| period.contains(&c.date) && c.issues.has(issue))
                );
                let row = &table[&Pair::new(a, b).unwrap()];
                let by_year: BTreeMap<_, _> = votes.by_year(a, b).into_iter().collect();
                for (year, got) in all.years().iter().zip(row) {
                    let want = naive(&calls, x, y, |c| c.date.year() == Some(*year));
                    prop_assert_eq!(*got, want);
                    prop_assert_eq!(by_year.get(year).copied().unwrap_or_default(), want);
                    for c in [a, b] {
                        let s = sums.entry((c, *year)).or_default();
                        s.0 += u64::from(want.same);
                        s.1 += u64::from(want.both);
                    }
                }
            }
        }
        sums.retain(|_, s| s.1 > 0);
        let means: BTreeMap<_, _> = votes.means().into_iter().map(|m| ((m.country, m.year), (m.same, m.both))).collect();
        prop_assert_eq!(means, sums);
    }
}
