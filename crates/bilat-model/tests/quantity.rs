//! Exact decimals as data files write them, and units.
#![allow(clippy::unwrap_used)]

use bilat_model::quantity::{BadDecimal, STORED_LIMIT, STORED_SCALE, parse_scaled};
use bilat_model::{Decimal, Unit};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn reading_is_exact(units in -999_999i64..999_999, micro in 0i64..1_000_000, power in 0u32..=6) {
        // Integer arithmetic in millionths says what must come out.
        let sign = if units < 0 { "-" } else { "" };
        let text = format!("{sign}{}.{micro:06}", units.abs());
        let millionths = (units.abs() * 1_000_000 + micro) * if units < 0 { -1 } else { 1 };
        let scale = 10u32.pow(power);
        let expected = Decimal::from_i128_with_scale(i128::from(millionths) * i128::from(scale), 6);
        prop_assert_eq!(parse_scaled(&text, scale), Ok(expected));
    }

    #[test]
    fn powers_of_ten_shift_the_point(m in -99_999i64..99_999, e in -5i32..=6, capital in any::<bool>()) {
        let text = format!("{m}{}{e}", if capital { 'E' } else { 'e' });
        let expected = if e < 0 {
            Decimal::new(m, e.unsigned_abs())
        } else {
            Decimal::from(m * 10i64.pow(e.unsigned_abs()))
        };
        prop_assert_eq!(parse_scaled(&text, 1), Ok(expected));
    }

    #[test]
    fn noise_beyond_the_stored_digits_is_rounded(m in 0i64..999_999_999, noise in 0u32..4999) {
        let text = format!("{}.{:06}{noise:04}", m / 1_000_000, m % 1_000_000);
        prop_assert_eq!(parse_scaled(&text, 1), Ok(Decimal::new(m, STORED_SCALE)));
    }

    #[test]
    fn any_text_is_read_or_refused(s in "\\PC*", scale in any::<u32>()) {
        let _ = parse_scaled(&s, scale);
        let _ = s.parse::<Unit>();
    }

    #[test]
    fn anything_like_a_number_is_read_or_refused(s in "[-+]{0,2}[0-9]{0,40}\\.?[0-9]{0,40}([eE][-+]?[0-9]{0,12})?", scale in any::<u32>()) {
        if let Ok(v) = parse_scaled(&s, scale) {
            prop_assert!(v.abs() < Decimal::from(STORED_LIMIT));
            prop_assert!(v.scale() <= STORED_SCALE);
        }
    }

    #[test]
    fn units_convert_both_ways(code in "[A-Z]{3}") {
        let u: Unit = code.parse().unwrap();
        prop_assert!(u.is_money());
        prop_assert_eq!(u.to_string(), code);
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for bad in [
        "", " ", "-", ".", "..", "NA", "n.a.", "1,000", "1 000", "0x10", "e5", "1e", "1e1.5",
        "NaN", "inf", "1-2", "٣", "1_000", "_1",
    ] {
        assert_eq!(
            parse_scaled(bad, 1),
            Err(BadDecimal::Syntax(bad.to_owned())),
            "{bad}"
        );
    }
}

#[test]
fn the_range_of_stored_values_ends_before_the_limit() {
    assert!(matches!(
        parse_scaled("1000000000000", 1),
        Err(BadDecimal::Range(_))
    ));
    assert!(matches!(
        parse_scaled("1000000", 1_000_000),
        Err(BadDecimal::Range(_))
    ));
    assert!(parse_scaled("-999999999999.999999", 1).is_ok());
    assert!(parse_scaled("1e30", 1).is_err());
}

#[test]
fn every_named_unit_converts_both_ways() {
    for u in [
        Unit::Percent,
        Unit::Count,
        Unit::Person,
        Unit::Kilometre,
        Unit::Tonne,
        Unit::Day,
        Unit::USD,
    ] {
        assert_eq!(u.to_string().parse(), Ok(u));
    }
    for bad in ["", "usd", "US", "USDD", "Percent", "%", "US$"] {
        assert!(bad.parse::<Unit>().is_err(), "{bad}");
    }
}
