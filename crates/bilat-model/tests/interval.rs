//! Intervals: what print allows, and that arithmetic never loses a number.
#![allow(clippy::unwrap_used)]

use bilat_model::Decimal;
use bilat_model::evidence::Qualifier;
use bilat_model::interval::{BadInterval, Bound, Interval};
use proptest::prelude::*;

fn d(s: &str) -> Decimal {
    Decimal::from_str_exact(s).unwrap()
}

fn printed(digits: &str, q: Qualifier) -> String {
    Interval::printed(digits, Decimal::ONE, q)
        .unwrap()
        .to_string()
}

#[test]
fn print_allows_half_a_unit_of_the_last_digit() {
    assert_eq!(printed("5.7", Qualifier::Exact), "[5.65, 5.75)");
    assert_eq!(printed("94", Qualifier::Exact), "[93.5, 94.5)");
    assert_eq!(printed("5.70", Qualifier::Exact), "[5.695, 5.705)");
    assert_eq!(printed("-5.7", Qualifier::Exact), "(-5.75, -5.65]");
    assert_eq!(printed("−5.7", Qualifier::Exact), "(-5.75, -5.65]");
    assert_eq!(printed("0", Qualifier::Exact), "(-0.5, 0.5)");
    assert_eq!(
        printed("1,250.30", Qualifier::Exact),
        "[1250.295, 1250.305)"
    );
    assert_eq!(printed("1 250", Qualifier::Exact), "[1249.5, 1250.5)");
    let million = Decimal::from(1_000_000);
    let i = Interval::printed("5.7", million, Qualifier::Exact).unwrap();
    assert_eq!(i, "[5650000, 5750000)".parse().unwrap());
}

#[test]
fn hedges_widen_by_rule() {
    assert_eq!(printed("94", Qualifier::Over), "(94, ∞)");
    assert_eq!(printed("94", Qualifier::Under), "(-∞, 94)");
    assert_eq!(printed("94", Qualifier::UpTo), "(-∞, 94]");
    assert_eq!(printed("94", Qualifier::About), "[89.3, 98.7]");
    // Where the rounding is wider than five per cent, the rounding stands.
    assert_eq!(printed("3", Qualifier::About), "[2.5, 3.5]");
    assert_eq!(printed("-100", Qualifier::About), "[-105, -95]");
}

#[test]
fn what_is_no_printed_number_is_refused() {
    for bad in [
        "", "-", ".", "5.", ".5", "1,25", "12,3456", "1e6", "5.7m", "1_000", "٣", "1,,000", "--1",
        "1.2.3", "NaN",
    ] {
        assert_eq!(
            Interval::printed(bad, Decimal::ONE, Qualifier::Exact),
            Err(BadInterval::Number(bad.to_owned())),
            "{bad}"
        );
    }
    let long = "9".repeat(40);
    assert_eq!(
        Interval::printed(&long, Decimal::ONE, Qualifier::Exact),
        Err(BadInterval::Range(long.clone()))
    );
    let near = Decimal::MAX.to_string();
    for q in Qualifier::ALL {
        // At the edge of the range there is an answer or an error, never a panic.
        let _ = Interval::printed(&near, Decimal::from(1_000_000), *q);
        let _ = Interval::printed(&near, Decimal::ONE, *q);
    }
}

#[test]
fn ends_that_are_left_out_stay_out() {
    let i: Interval = "[5.65, 5.75)".parse().unwrap();
    assert!(i.contains(d("5.65")) && i.contains(d("5.7499999")));
    assert!(!i.contains(d("5.75")) && !i.contains(d("5.6499999")));
    let sum = i.add(&"(1, 2]".parse().unwrap());
    assert_eq!(sum.to_string(), "(6.65, 7.75)");
    let difference = i.sub(&"(1, 2]".parse().unwrap());
    assert_eq!(difference.to_string(), "[3.65, 4.75)");
}

#[test]
fn products_and_quotients_mind_signs_and_zero() {
    let i = |s: &str| s.parse::<Interval>().unwrap();
    let show = |x: Interval| x.to_string();
    assert_eq!(show(i("[-1, 2)").mul(&i("[3, 4]"))), "[-4, 8)");
    assert_eq!(show(i("[0, 1)").mul(&i("(1, ∞)"))), "[0, ∞)");
    assert_eq!(show(i("(0, 1)").mul(&i("(1, ∞)"))), "(0, ∞)");
    assert_eq!(show(i("[0, 0]").mul(&Interval::ALL)), "[0, 0]");
    assert_eq!(show(i("(-∞, -2]").mul(&i("(-∞, -3)"))), "(6, ∞)");
    assert_eq!(i("[1, 2]").div(&i("[-1, 1]")), None);
    assert_eq!(i("[1, 2]").div(&i("[0, 1]")), None);
    assert_eq!(
        i("[1, 2]").div(&i("(0, 4]")).map(show),
        Some("[0.25, ∞)".into())
    );
    assert_eq!(
        i("[1, 2]").div(&i("[-4, 0)")).map(show),
        Some("(-∞, -0.25]".into())
    );
    assert_eq!(
        i("[1, ∞)").div(&i("[2, ∞)")).map(show),
        Some("(0, ∞)".into())
    );
    assert_eq!(
        i("[0, 0]").div(&i("(0, ∞)")).map(show),
        Some("[0, 0]".into())
    );
}

#[test]
fn a_quotient_without_end_is_bracketed() {
    let third = Interval::exactly(Decimal::ONE)
        .div(&Interval::exactly(Decimal::from(3)))
        .unwrap();
    assert!(third.contains(d("0.3333333333333333333333333333")));
    // Three times it must allow one again, however the decimals are rounded.
    assert!(
        third
            .mul(&Interval::exactly(Decimal::from(3)))
            .contains(Decimal::ONE)
    );
}

#[test]
fn beyond_the_range_an_end_is_unbounded() {
    let max = Interval::exactly(Decimal::MAX);
    assert_eq!(max.add(&max).high(), Bound::Unbounded);
    assert_eq!(max.mul(&max).high(), Bound::Unbounded);
    assert_eq!(max.add(&max).low(), Bound::Open(Decimal::MAX));
    assert_eq!(max.neg().mul(&max).low(), Bound::Unbounded);
    let tiny = Interval::exactly(Decimal::try_new(1, 28).unwrap());
    assert_eq!(max.div(&tiny).unwrap().high(), Bound::Unbounded);
    let square = tiny.mul(&tiny);
    assert!(!square.is_empty() && square.high() == Bound::Open(Decimal::try_new(1, 28).unwrap()));
}

#[test]
fn what_is_no_interval_is_refused() {
    for bad in [
        "",
        "[1,2]",
        "[1, 2",
        "1, 2]",
        "[-∞, 2]",
        "(1, ∞]",
        "[a, 2]",
        "(1, 2, 3)",
        "é, 2]",
    ] {
        assert!(bad.parse::<Interval>().is_err(), "{bad}");
    }
    assert_eq!("[2, 1]".parse(), Ok(Interval::EMPTY));
    assert_eq!("∅".parse(), Ok(Interval::EMPTY));
    assert_eq!("(1, 1]".parse(), Ok(Interval::EMPTY));
}

/// Decimals of every size, with many that are equal or near, so that ends meet.
fn decimal() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        4 => (-30i64..30, 0u32..2).prop_map(|(m, s)| Decimal::new(m, s)),
        3 => (any::<i64>(), 0u32..19).prop_map(|(m, s)| Decimal::new(m, s)),
        1 => (any::<i128>(), 0u32..=28).prop_map(|(m, s)| {
            let limit = (1i128 << 96) - 1;
            Decimal::from_i128_with_scale(m % limit, s)
        }),
    ]
}

fn bound() -> impl Strategy<Value = Bound> {
    prop_oneof![
        1 => Just(Bound::Unbounded),
        4 => decimal().prop_map(Bound::Open),
        4 => decimal().prop_map(Bound::Closed),
    ]
}

fn interval() -> impl Strategy<Value = Interval> {
    (bound(), bound()).prop_map(|(x, y)| match (x.value(), y.value()) {
        (Some(a), Some(b)) if a > b => Interval::new(y, x),
        _ => Interval::new(x, y),
    })
}

/// An interval and a number in it.
fn inhabited() -> impl Strategy<Value = (Interval, Decimal)> {
    (interval(), decimal(), 0u8..3).prop_map(|(i, v, corner)| {
        let near = match corner {
            0 => i.low().value(),
            1 => i.high().value(),
            _ => None,
        };
        let v = near.unwrap_or(v);
        let i = if i.contains(v) {
            i
        } else {
            i.hull(&Interval::exactly(v))
        };
        (i, v)
    })
}

/// Whether `exact`, known as a fraction or an exact decimal, could lie in `i` — decimals round,
/// so the check is on the exact result where there is one.
fn holds(i: &Interval, exact: Option<Decimal>) -> bool {
    exact.is_none_or(|v| i.contains(v))
}

/// The sum, when a decimal holds it exactly.
fn exact_sum(x: Decimal, y: Decimal) -> Option<Decimal> {
    let (x, y) = (x.normalize(), y.normalize());
    let s = x.checked_add(y)?;
    (s.scale() == x.scale().max(y.scale())).then_some(s)
}

fn exact_product(x: Decimal, y: Decimal) -> Option<Decimal> {
    let (x, y) = (x.normalize(), y.normalize());
    if x.is_zero() || y.is_zero() {
        return Some(Decimal::ZERO);
    }
    let p = x.checked_mul(y)?;
    (p.scale() == x.scale() + y.scale()).then_some(p)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn sums_are_sound(((a, x), (b, y)) in (inhabited(), inhabited())) {
        prop_assert!(holds(&a.add(&b), exact_sum(x, y)));
        prop_assert!(holds(&a.sub(&b), exact_sum(x, -y)));
        prop_assert!(!a.add(&b).is_empty());
    }

    #[test]
    fn products_are_sound(((a, x), (b, y)) in (inhabited(), inhabited())) {
        let p = a.mul(&b);
        prop_assert!(holds(&p, exact_product(x, y)), "{a:?} * {b:?} = {p:?} without {x} * {y}");
        prop_assert_eq!(p, b.mul(&a));
        prop_assert!(!p.is_empty());
    }

    #[test]
    fn quotients_are_sound(((a, x), (b, y)) in (inhabited(), inhabited())) {
        match a.div(&b) {
            None => prop_assert!(b.contains(Decimal::ZERO)),
            Some(q) => {
                prop_assert!(!b.contains(Decimal::ZERO) && !q.is_empty());
                // x / y is in q, and so y times q allows x.
                prop_assert!(q.mul(&Interval::exactly(y)).contains(x), "{q:?} * {y} without {x}");
                let exact = x.checked_div(y).filter(|v| exact_product(*v, y) == Some(x));
                prop_assert!(holds(&q, exact));
            }
        }
    }

    #[test]
    fn intersection_and_hull_agree_with_contains(a in interval(), b in interval(), v in decimal()) {
        let both = a.intersect(&b);
        prop_assert_eq!(both, b.intersect(&a));
        prop_assert_eq!(both.contains(v), a.contains(v) && b.contains(v));
        let hull = a.hull(&b);
        prop_assert_eq!(hull, b.hull(&a));
        prop_assert!(hull.contains(v) || !(a.contains(v) || b.contains(v)));
        prop_assert_eq!(a.intersect(&a), a);
        prop_assert_eq!(a.hull(&Interval::EMPTY), a);
        prop_assert_eq!(a.intersect(&Interval::ALL), a);
    }

    #[test]
    fn text_and_value_convert_both_ways(a in interval()) {
        let text = a.to_string();
        let back: Interval = text.parse().unwrap();
        prop_assert_eq!(back, a);
        prop_assert_eq!(back.to_string(), text);
    }

    #[test]
    fn any_text_is_read_or_refused(s in "\\PC*", scale in decimal(), q in 0usize..5) {
        let _ = s.parse::<Interval>();
        let _ = Interval::printed(&s, scale, Qualifier::ALL[q]);
    }

    #[test]
    fn a_printed_number_allows_itself_and_what_rounds_to_it(m in any::<i32>(), places in 0u32..6, q in 0usize..2) {
        let v = Decimal::new(m.into(), places);
        let i = Interval::printed(&v.to_string(), Decimal::ONE, Qualifier::ALL[q]).unwrap();
        prop_assert!(i.contains(v));
        // Anything that is printed like this at these places is allowed.
        let near = v + Decimal::new(if m < 0 { -4 } else { 4 }, places + 1);
        prop_assert!(i.contains(near));
    }
}
