//! Periods: text and value, order, shifting.
#![allow(clippy::unwrap_used)]

use std::cmp::Ordering;

use bilat_model::Period;
use jiff::civil::Date;
use proptest::prelude::*;

fn year() -> impl Strategy<Value = i16> {
    // Narrow and wide, so that periods meet as well as lie far apart.
    prop_oneof![1999i16..2003, 1i16..=9998]
}

fn period() -> impl Strategy<Value = Period> {
    prop_oneof![
        year().prop_map(Period::Year),
        (year(), 1i8..=2).prop_map(|(y, h)| Period::Half(y, h)),
        (year(), 1i8..=4).prop_map(|(y, q)| Period::Quarter(y, q)),
        (year(), 1i8..=12).prop_map(|(y, m)| Period::Month(y, m)),
        (year(), 1i8..=12, 1i8..=31).prop_map(|(y, m, d)| {
            let first = Date::new(y, m, 1).unwrap();
            Period::Day(Date::new(y, m, d).unwrap_or(first))
        }),
        ((year(), 1i8..=12), (year(), 1i8..=12))
            .prop_filter("two months", |(x, y)| x != y)
            .prop_map(|(x, y)| Period::Months(x.min(y), x.max(y))),
        (year(), year())
            .prop_filter("two years", |(x, y)| x != y)
            .prop_map(|(x, y)| Period::Years(x.min(y), x.max(y))),
        year().prop_map(Period::Fiscal),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn text_and_value_convert_both_ways(p in period()) {
        let text = p.to_string();
        prop_assert_eq!(text.parse::<Period>(), Ok(p));
    }

    #[test]
    fn any_text_is_read_or_refused(s in "\\PC*") {
        if let Ok(p) = s.parse::<Period>() {
            prop_assert_eq!(p.to_string(), s);
        }
    }

    #[test]
    fn near_misses_are_read_or_refused(s in "(FY)?[0-9]{3,5}(-|/|-H|-Q)[0-9]{0,3}(-[0-9]{1,3})?(/[0-9]{4})?(-[0-9]{2})?") {
        if let Ok(p) = s.parse::<Period>() {
            prop_assert_eq!(p.to_string(), s);
            prop_assert!(p.first() <= p.last());
        }
    }

    #[test]
    fn order_is_total_and_agrees_with_equality(x in period(), y in period(), z in period()) {
        prop_assert_eq!(x.cmp(&y), y.cmp(&x).reverse());
        prop_assert_eq!(x.cmp(&y) == Ordering::Equal, x == y);
        if x <= y && y <= z {
            prop_assert!(x <= z);
        }
    }

    #[test]
    fn containment_is_an_order_of_days(x in period(), y in period(), z in period()) {
        prop_assert!(x.contains(&x));
        prop_assert!(x.first() <= x.last());
        if x.contains(&y) && y.contains(&z) {
            prop_assert!(x.contains(&z));
        }
        if x.contains(&y) && y.contains(&x) {
            prop_assert_eq!((x.first(), x.last()), (y.first(), y.last()));
        }
        prop_assert_eq!(x.contains(&Period::Day(x.last())), true);
    }

    #[test]
    fn shifting_there_and_back_changes_nothing(p in period(), by in -3000i16..3000) {
        let leap = matches!(p, Period::Day(d) if d.month() == 2 && d.day() == 29);
        if let Some(there) = p.shift_years(by) {
            prop_assert_eq!(there.first().year(), p.first().year() + by);
            if !leap {
                prop_assert_eq!(there.shift_years(-by), Some(p));
            }
        }
    }

    #[test]
    fn shifting_by_any_number_never_panics(p in period(), by in any::<i16>()) {
        if let Some(q) = p.shift_years(by) {
            prop_assert_eq!(q.to_string().parse::<Period>(), Ok(q));
        }
    }
}

#[test]
fn what_is_no_period_is_refused() {
    for bad in [
        "",
        "24",
        "2024-13",
        "2024-00",
        "2024-02-30",
        "2023-02-29",
        "2024-H3",
        "2024-Q0",
        "2024-Q5",
        "FY2014-16",
        "FY2014",
        "2024/2024",
        "2024/2020",
        "2024-05/2024-05",
        "2024/2025-01",
        "0000",
        "9999",
        "2024 ",
        "2024-5",
        "２０２４",
    ] {
        assert!(bad.parse::<Period>().is_err(), "{bad}");
    }
}

#[test]
fn the_29th_of_february_becomes_the_28th() {
    let p: Period = "2024-02-29".parse().unwrap();
    assert_eq!(p.shift_years(1), Some("2025-02-28".parse().unwrap()));
    assert_eq!(p.shift_years(4), Some("2028-02-29".parse().unwrap()));
}

#[test]
fn a_fiscal_year_belongs_to_no_calendar_year() {
    let p: Period = "FY1999-00".parse().unwrap();
    assert_eq!(p, Period::Fiscal(1999));
    assert_eq!(p.year(), None);
    assert_eq!(p.last().to_string(), "2000-12-31");
}
