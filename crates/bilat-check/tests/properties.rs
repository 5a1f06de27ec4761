//! Properties on made-up texts: what is true raises no alarm, what is changed is found, minimal
//! sets are minimal, and nothing panics.
#![allow(clippy::unwrap_used, missing_docs)]

use bilat_check::example::Example;
use bilat_check::{Known, check};
use bilat_model::Decimal;
use bilat_model::document::Span;
use bilat_model::evidence::Qualifier;
use bilat_model::finding::{Finding, Severity};
use bilat_model::interval::Interval;
use bilat_model::told::{Change, Extraction, Figure, FigureKind, ItemRef};
use proptest::prelude::*;

/// Exact trade of two years in thousands: (exports, imports) before and now.
#[derive(Clone, Debug)]
struct Trade {
    exports: (i64, i64),
    imports: (i64, i64),
    places: u32,
}

fn trade() -> impl Strategy<Value = Trade> {
    let flow = 2_000_i64..2_000_000;
    ((flow.clone(), flow.clone()), (flow.clone(), flow), 0_u32..3).prop_map(
        |(exports, imports, places)| Trade {
            exports,
            imports,
            places,
        },
    )
}

/// A number of thousands as millions with some digits after the point.
fn millions(thousands: i64, places: u32) -> String {
    let exact = Decimal::new(thousands, 3);
    let mut rounded =
        exact.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(places);
    rounded.to_string()
}

fn change((before, now): (i64, i64)) -> String {
    let exact = (Decimal::from(now) / Decimal::from(before) - Decimal::ONE) * Decimal::ONE_HUNDRED;
    let mut rounded =
        exact.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(1);
    rounded.to_string()
}

/// Nine printed numbers: three values now and before, three changes.
fn printed(t: &Trade) -> [String; 9] {
    let turnover = (t.exports.0 + t.imports.0, t.exports.1 + t.imports.1);
    let all = [turnover, t.exports, t.imports];
    let now = all.map(|(_, n)| millions(n, t.places));
    let before = all.map(|(b, _)| millions(b, t.places));
    let by = all.map(change);
    let [a, b, c] = now;
    let [d, e, f] = before;
    let [g, h, i] = by;
    [a, b, c, d, e, f, g, h, i]
}

fn extraction(n: &[String; 9]) -> (Extraction, String) {
    let lines = ["trade_turnover", "exports", "imports"].iter().enumerate();
    let mut figures = String::new();
    for (i, kind) in lines {
        let way = ["KAZ>SVN", "KAZ>SVN", "SVN>KAZ"][i];
        let (now, before, by) = (&n[i], &n[i + 3], &n[i + 6]);
        figures.push_str(&format!(
            r#"{{ kind = "{kind}", way = "{way}", told = "{now} million USD", period = "2024", change = "{by}", on = "2023" }},
               {{ kind = "{kind}", way = "{way}", told = "{before} million USD", period = "2023" }},"#
        ));
    }
    let text = n.join(" ; ");
    let example: Example =
        toml::from_str(&format!("text = \"{text}\"\nfigures = [{figures}]")).unwrap();
    (example.extraction().unwrap(), text)
}

fn alarms(told: &Extraction, text: &str) -> Vec<Finding> {
    let mut all = check(told, text, &Known::nothing());
    all.retain(|f| f.severity != Severity::Info);
    all
}

/// One digit of a number replaced; `None` when nothing but zeros would be left in front.
fn mutate(number: &str, at: usize, digit: u8) -> Option<String> {
    let mut bytes = number.as_bytes().to_vec();
    let places: Vec<usize> = (0..bytes.len())
        .filter(|i| bytes[*i].is_ascii_digit())
        .collect();
    let at = places[at % places.len()];
    let new = b'0' + digit % 10;
    if bytes[at] == new || new == b'0' && at == places[0] {
        return None;
    }
    bytes[at] = new;
    String::from_utf8(bytes).ok()
}

proptest! {
    // What fails is printed; nothing is written beside the tests.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_true_raises_no_alarm(t in trade()) {
        let (told, text) = extraction(&printed(&t));
        let all = alarms(&told, &text);
        prop_assert!(all.is_empty(), "{t:?} {all:#?}");
    }

    #[test]
    fn a_digit_changed_beyond_rounding_is_found(
        t in trade(), which in 0_usize..6, at in 0_usize..9, digit in 0_u8..10,
    ) {
        let exact = printed(&t);
        let Some(new) = mutate(&exact[which], at, digit) else { return Ok(()) };
        // Beyond rounding: every number that it is summed with is printed as finely, so a change
        // of more than three units in the last place cannot be rounding.
        let d = |s: &str| Decimal::from_str_exact(s).unwrap();
        let unit = Decimal::new(1, t.places);
        if (d(&new) - d(&exact[which])).abs() <= unit * Decimal::from(3) { return Ok(()) }
        let mut n = exact.clone();
        n[which] = new;
        let (told, text) = extraction(&n);
        let all = alarms(&told, &text);
        prop_assert!(!all.is_empty(), "{n:?}");
        // The figure that was changed is among those involved.
        let changed = ItemRef::Figure(if which < 3 { which * 2 } else { (which - 3) * 2 + 1 });
        prop_assert!(all.iter().any(|f| f.involves.contains(&changed)), "{n:?} {all:#?}");
    }

    #[test]
    fn minimal_sets_are_minimal(t in trade(), which in 0_usize..6, at in 0_usize..9, digit in 0_u8..10) {
        let exact = printed(&t);
        let Some(new) = mutate(&exact[which], at, digit) else { return Ok(()) };
        let mut n = exact.clone();
        n[which] = new;
        let (told, text) = extraction(&n);
        let Some(first) = alarms(&told, &text).into_iter().next() else { return Ok(()) };
        let members: Vec<usize> = first.involves.iter().filter_map(|i| match i {
            ItemRef::Figure(f) => Some(*f),
            _ => None,
        }).collect();
        prop_assert!(!members.is_empty());
        // A figure carries a value and a change; a conflict may need one of the two only, so what
        // is left may contradict itself by the other: another conflict. The set is not minimal
        // when what is left contradicts itself by nothing but what the first one shows.
        let used: Vec<Span> = first.labels.iter().map(|l| l.span).collect();
        for out in &members {
            let mut less = told.clone();
            less.figures = members.iter().filter(|m| *m != out).map(|m| told.figures[*m].clone()).collect();
            let left = alarms(&less, &text);
            let same = left.iter().any(|f| {
                f.rule == first.rule && f.labels.iter().all(|l| used.contains(&l.span))
            });
            prop_assert!(!same, "{members:?} {first:#?} {left:#?}");
        }
    }

    #[test]
    fn nothing_panics_and_order_is_stable(
        raw in proptest::collection::vec(any_figure(), 0..12), published in proptest::option::of(1_i16..9999),
    ) {
        let told = Extraction {
            pair: "KAZ-SVN".parse().unwrap(),
            published: published.and_then(|y| jiff::civil::Date::new(y, 2, 28).ok()),
            figures: raw,
            events: Vec::new(),
            ties: Vec::new(),
            constraints: Vec::new(),
        };
        let text = "short";
        let once = check(&told, text, &Known::nothing());
        prop_assert_eq!(&once, &check(&told, text, &Known::nothing()));
        let spans: Vec<_> = once.iter().map(|f| f.labels[0].span).collect();
        prop_assert!(spans.windows(2).all(|w| w[0] <= w[1]));
    }
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        Just(Decimal::MAX),
        Just(Decimal::MIN),
        Just(Decimal::ZERO),
        Just(Decimal::new(1, 28)),
        (any::<i64>(), 0_u32..28).prop_map(|(m, s)| Decimal::new(m, s)),
    ]
}

fn any_figure() -> impl Strategy<Value = Figure> {
    let kinds = proptest::sample::select(FigureKind::ALL.to_vec());
    let q = proptest::sample::select(Qualifier::ALL.to_vec());
    let period = proptest::sample::select(vec![
        "2024",
        "2023",
        "2024-H1",
        "2024-Q1",
        "2024-01/2024-12",
        "FY2023-24",
        "9998",
        "0001",
    ]);
    let amounts = proptest::collection::vec(proptest::option::of(any_decimal()), 4);
    (
        kinds,
        q,
        proptest::option::of(period.clone()),
        proptest::option::of(period),
        amounts,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(kind, qualifier, period, on, amounts, way, bare)| {
            let (from, to) = if way { ("KAZ", "SVN") } else { ("SVN", "KAZ") };
            let change = amounts[1].map(|p| Change {
                interval: if bare {
                    Interval::ALL
                } else {
                    Interval::exactly(p)
                },
                span: Span::new(3, 900),
                verb: None,
            });
            let ends = (from.parse().unwrap(), to.parse().unwrap());
            Figure {
                value: amounts[0],
                value_max: amounts[3],
                unit: "USD".to_owned(),
                qualifier,
                period: period.map(|p| p.parse().unwrap()),
                change_percent: amounts[1],
                change_qualifier: Some(qualifier),
                change_abs: amounts[2],
                compare_period: on.map(|p| p.parse().unwrap()),
                change,
                headline: bare,
                ..Figure::bare(kind, ends, Span::new(0, 4), "shor")
            }
        })
}
