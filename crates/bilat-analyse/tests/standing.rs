//! Places among all pairs and among partners, and the tables of one country's partners.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use bilat_analyse::bulk::{Flow, turnovers};
use bilat_analyse::standing::{computed, indicator_of};
use bilat_analyse::{By, Partners, StandingsBuilder};
use bilat_model::evidence::{Citation, Locator, Measure, TieDetails, TieKind};
use bilat_model::profile::{Membership, MembershipKind};
use bilat_model::source::SourceId;
use bilat_model::standing::Standing;
use bilat_model::{Country, Decimal, Pair, Period, Tie};
use proptest::prelude::*;

fn c(code: &str) -> Country {
    code.parse().unwrap()
}

fn pair(text: &str) -> Pair {
    text.parse().unwrap()
}

fn d(s: &str) -> Decimal {
    s.parse().unwrap()
}

/// (from, to, whose books, year, value)
type Row = (&'static str, &'static str, Measure, i16, &'static str);

const ROWS: &[Row] = &[
    ("AAA", "BBB", Measure::Exports, 2019, "100"),
    ("AAA", "BBB", Measure::Imports, 2019, "120"),
    ("BBB", "AAA", Measure::Exports, 2019, "50"),
    ("AAA", "CCC", Measure::Exports, 2019, "10"),
    ("CCC", "AAA", Measure::Imports, 2019, "30"),
    ("BBB", "CCC", Measure::Exports, 2019, "160"),
    // A year that one country alone has reported is no year to compare in.
    ("BBB", "AAA", Measure::Exports, 2020, "999"),
];

fn fed() -> Vec<Standing> {
    let mut b = StandingsBuilder::new();
    for (from, to, m, year, value) in ROWS {
        let p = Pair::new(c(from), c(to)).unwrap();
        b.figure(p, *m, c(from), Some(Period::Year(*year)), d(value));
    }
    b.finish()
}

fn row<'a>(rows: &'a [Standing], p: &str, code: &str) -> &'a Standing {
    rows.iter()
        .find(|s| s.pair == pair(p) && s.indicator == code)
        .unwrap_or_else(|| panic!("no {code} of {p}"))
}

#[test]
fn turnover_takes_the_mean_of_the_books() {
    let rows = fed();
    let ab = row(&rows, "AAA-BBB", "turnover");
    assert_eq!(ab.value, d("160")); // (100 + 120) / 2 + 50
    assert_eq!(ab.period, Some(Period::Year(2019)));
    assert_eq!(row(&rows, "AAA-CCC", "turnover").value, d("40"));
    // 160 twice: both are first, and neither is above the other.
    assert_eq!((ab.rank_b, ab.of_b), (1, 2));
    assert_eq!(row(&rows, "BBB-CCC", "turnover").rank_a, 1);
    assert_eq!(ab.percentile, row(&rows, "BBB-CCC", "turnover").percentile);
    assert_eq!(ab.percentile, d("33.33"));
    assert_eq!(row(&rows, "AAA-CCC", "turnover").percentile, d("0"));
    assert_eq!((ab.rank_a, ab.of_a), (1, 2));
}

#[test]
fn a_way_ranks_among_sellers_and_buyers() {
    let rows = fed();
    let ab = row(&rows, "AAA-BBB", "exports_ab");
    assert_eq!((ab.value, ab.rank_a, ab.of_a), (d("110"), 1, 2));
    assert_eq!((ab.rank_b, ab.of_b), (1, 1));
    let ba = row(&rows, "AAA-BBB", "exports_ba");
    // B sells 160 to C and 50 to A; A buys 50 from B and 30 from C.
    assert_eq!((ba.rank_b, ba.of_b, ba.rank_a, ba.of_a), (2, 2, 1, 2));
}

#[test]
fn own_books_rank_on_their_own_side_only() {
    let rows = fed();
    let a = row(&rows, "AAA-BBB", "turnover_books_a");
    // A's own books have its exports of 100 to B and 10 to C, and no imports of B.
    assert_eq!((a.value, a.rank_a, a.of_a), (d("100"), 1, 2));
    assert_eq!((a.rank_b, a.of_b), (0, 0));
    assert_eq!(row(&rows, "AAA-CCC", "turnover_books_a").value, d("40"));
    assert_eq!(
        row(&rows, "AAA-BBB", "turnover_share_a").value,
        d("71.428571")
    );
    // B reports 50 to A, 160 to C and 120 from A in 2019; one figure in 2020 does not count.
    let b = row(&rows, "AAA-BBB", "turnover_books_b");
    assert_eq!((b.value, b.rank_b, b.of_b), (d("170"), 1, 2));
    assert_eq!(b.period, Some(Period::Year(2019)));
    assert!(
        !rows
            .iter()
            .any(|s| s.pair == pair("AAA-CCC") && s.indicator == "turnover_books_b")
    );
}

#[test]
fn every_standing_is_explained() {
    for s in fed() {
        let e = computed(&s).unwrap_or_else(|| panic!("{} has no indicator", s.indicator));
        let id = e.id.to_string();
        assert_eq!(
            id.parse::<bilat_analyse::ComputedId>().unwrap(),
            e.id,
            "{id}"
        );
        assert_eq!(e.value, s.percentile);
    }
    assert!(indicator_of("nonsense_a").is_some_and(|i| i.id == "turnover"));
    assert!(indicator_of("nonsense").is_none());
}

fn route(from: &str, to: &str, x: &str, y: &str, flights: u32) -> Tie {
    Tie {
        kind: TieKind::AirRoute,
        from: c(from),
        to: c(to),
        what: String::new(),
        since: None,
        until: None,
        as_of: None,
        details: TieDetails::Route {
            from_airport: x.to_owned(),
            from_place: String::new(),
            to_airport: y.to_owned(),
            to_place: String::new(),
            flights,
        },
    }
}

fn membership(
    country: &str,
    organisation: &str,
    kind: MembershipKind,
    until: Option<i16>,
) -> Membership {
    Membership {
        country: c(country),
        organisation: organisation.to_owned(),
        name: organisation.to_owned(),
        kind,
        since: Some(Period::Year(1990)),
        until: until.map(Period::Year),
        citation: Citation {
            source: SourceId::new("igo"),
            file: "f".into(),
            at: Locator::Line(1),
        },
    }
}

#[test]
fn a_route_told_twice_is_one() {
    let mut b = StandingsBuilder::new();
    b.tie(pair("AAA-BBB"), &route("AAA", "BBB", "XXXX", "YYYY", 3));
    b.tie(pair("AAA-BBB"), &route("BBB", "AAA", "YYYY", "XXXX", 2));
    b.tie(pair("AAA-BBB"), &route("AAA", "BBB", "XXXX", "ZZZZ", 1));
    let rows = b.finish();
    assert_eq!(row(&rows, "AAA-BBB", "routes").value, d("2"));
    assert_eq!(row(&rows, "AAA-BBB", "flights").value, d("6"));
}

#[test]
fn only_full_members_that_still_belong_share() {
    use MembershipKind::{Full, Observer};
    let mut b = StandingsBuilder::new();
    let list = [
        membership("AAA", "X", Full, None),
        membership("BBB", "X", Full, None),
        membership("AAA", "Y", Full, None),
        membership("BBB", "Y", Observer, None),
        membership("AAA", "Z", Full, Some(2000)),
        membership("BBB", "Z", Full, None),
    ];
    list.iter().for_each(|m| b.membership(m));
    assert_eq!(
        row(&b.finish(), "AAA-BBB", "shared_memberships").value,
        d("1")
    );
    let count =
        |year| bilat_analyse::memberships::shared_count(pair("AAA-BBB"), &list, year).unwrap();
    assert_eq!(count(2010).value, d("1"));
    assert_eq!(count(2000).value, d("2"));
    assert_eq!(count(2000).arithmetic, "2: X, Z");
    assert_eq!(count(2000).inputs.len(), 4);
    assert!(bilat_analyse::memberships::shared_count(pair("AAA-CCC"), &list, 2000).is_err());
}

#[test]
fn seats_overlap_in_years() {
    use MembershipKind::Seat;
    let mut list = vec![
        membership("AAA", "UNSC", Seat, Some(1994)),
        membership("BBB", "UNSC", Seat, Some(1991)),
    ];
    list[1].since = Some(Period::Year(1988));
    let n = |last| {
        bilat_analyse::memberships::joint_years(pair("AAA-BBB"), &list, last)
            .unwrap()
            .arithmetic
    };
    assert_eq!(n(2020), "2: 1990, 1991");
    assert_eq!(n(1990), "1: 1990"); // what comes later is planned
}

#[test]
fn a_table_of_partners() {
    let mut t = Partners::new(c("AAA"), By::Turnover, None);
    for (from, to, m, year, value) in ROWS {
        let p = Pair::new(c(from), c(to)).unwrap();
        t.figure(p, *m, c(from), Some(Period::Year(*year)), d(value));
    }
    let t = t.finish();
    assert_eq!(t.period, Some(Period::Year(2019)));
    let seen: Vec<_> = t
        .rows
        .iter()
        .map(|r| (r.partner.to_string(), r.value, r.rank))
        .collect();
    assert_eq!(
        seen,
        [("BBB".into(), d("100"), 1), ("CCC".into(), d("40"), 2)]
    );
    assert_eq!(t.total, Some(d("140")));
    assert_eq!(t.row(c("CCC")).unwrap().share, Some(d("28.57")));
    assert_eq!(t.row(c("DDD")), None);
    let none = Partners::new(c("AAA"), By::Turnover, Some(1950)).finish();
    assert!(none.rows.is_empty() && none.period.is_none());
}

#[test]
fn distance_ranks_the_nearest_first() {
    let mut b = StandingsBuilder::new();
    let mut t = Partners::new(c("AAA"), By::Distance, None);
    for (p, v) in [("AAA-BBB", "900"), ("AAA-CCC", "100")] {
        b.figure(pair(p), Measure::Distance, c("AAA"), None, d(v));
        t.figure(pair(p), Measure::Distance, c("AAA"), None, d(v));
    }
    assert_eq!(row(&b.finish(), "AAA-CCC", "distance").rank_a, 1);
    assert_eq!(t.finish().rows[0].partner, c("CCC"));
}

proptest! {
    /// Fed in any order, figures give the same rows; ranks agree with counting.
    #[test]
    fn the_order_of_feeding_does_not_matter(
        values in prop::collection::btree_map((0usize..5, 0usize..5, any::<bool>(), 2017i16..2020), 1i64..40, 1..60),
        seed in any::<u64>(),
    ) {
        let codes = ["AAA", "BBB", "CCC", "DDD", "EEE"];
        let mut rows: Vec<_> = values
            .into_iter()
            .filter(|((i, j, ..), _)| i != j)
            .map(|((i, j, x, y), v)| (c(codes[i]), c(codes[j]), x, y, v))
            .collect();
        let feed = |rows: &[(Country, Country, bool, i16, i64)]| {
            let mut b = StandingsBuilder::new();
            for (from, to, x, y, v) in rows {
                let m = if *x { Measure::Exports } else { Measure::Imports };
                b.figure(Pair::new(*from, *to).unwrap(), m, *from, Some(Period::Year(*y)), (*v).into());
            }
            b.finish()
        };
        let first = feed(&rows);
        let n = rows.len().max(1);
        rows.rotate_left(usize::try_from(seed % n as u64).unwrap());
        rows.reverse();
        prop_assert_eq!(&feed(&rows), &first);
        let turnover: Vec<_> = first.iter().filter(|s| s.indicator == "turnover").collect();
        for s in &turnover {
            let of_a: Vec<_> = turnover.iter().filter(|t| t.pair.has(s.pair.a())).collect();
            let better = of_a.iter().filter(|t| t.value > s.value).count();
            prop_assert_eq!((usize::from(s.rank_a), usize::from(s.of_a)), (better + 1, of_a.len()));
            let lower = turnover.iter().filter(|t| t.value < s.value).count();
            let percent = (Decimal::from(lower * 100) / Decimal::from(turnover.len())).round_dp(2);
            prop_assert!((s.percentile - percent).abs() <= d("0.01"));
        }
    }

    /// Bulk turnover agrees with putting every two figures together one by one.
    #[test]
    fn bulk_agrees_with_one_by_one(
        flows in prop::collection::btree_map((0usize..4, 0usize..4, 2000i16..2006, any::<bool>()), 0i64..50, 0..150),
    ) {
        let codes = ["AAA", "BBB", "CCC", "DDD"];
        let all: Vec<_> = flows
            .iter()
            .filter(|((i, j, ..), _)| i != j)
            .map(|((i, j, year, exports), v)| Flow {
                reporter: c(codes[*i]), partner: c(codes[*j]), year: *year, exports: *exports, micros: *v,
            })
            .collect();
        let got = turnovers(all.iter().rev().copied());
        let mut want = BTreeMap::new();
        for x in all.iter().filter(|f| f.exports) {
            for m in all.iter().filter(|f| !f.exports) {
                if (x.reporter, x.partner, x.year) == (m.reporter, m.partner, m.year) {
                    want.insert((x.reporter, x.partner, x.year), x.micros + m.micros);
                }
            }
        }
        prop_assert_eq!(got.len(), want.len());
        for t in &got {
            prop_assert_eq!(want.get(&(t.reporter, t.partner, t.year)), Some(&t.micros));
            prop_assert_eq!(want.get(&(t.reporter, t.partner, t.year - 1)).copied(), t.before);
            let better = want.iter().filter(|((r, _, y), v)| (*r, *y) == (t.reporter, t.year) && **v > t.micros).count();
            prop_assert_eq!(t.rank as usize, better + 1);
        }
    }
}
