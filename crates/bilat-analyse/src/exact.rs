//! Shares, growth and roots in exact decimals.
//!
//! Percentages are rounded to two digits, halves away from zero. No binary floats: the same
//! input gives the same digits on every machine.

use bilat_model::Decimal;
use rust_decimal::RoundingStrategy;

/// Digits kept after the point of a percentage.
pub const PERCENT_DIGITS: u32 = 2;

/// Rounds as print does: halves away from zero.
#[must_use]
pub fn round(value: Decimal, digits: u32) -> Decimal {
    value
        .round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
        .normalize()
}

/// `part` in per cent of `whole`; `None` when `whole` is zero or the result out of range.
#[must_use]
pub fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let ratio = part.checked_div(whole)?;
    Some(round(
        ratio.checked_mul(Decimal::ONE_HUNDRED)?,
        PERCENT_DIGITS,
    ))
}

/// Change from `before` to `after`, per cent of `before`; `None` when `before` is not positive.
#[must_use]
pub fn growth(before: Decimal, after: Decimal) -> Option<Decimal> {
    if before <= Decimal::ZERO {
        return None;
    }
    percent(after.checked_sub(before)?, before)
}

/// Digits to which the yearly factor of [`annual_growth`] is found.
const FACTOR_DIGITS: u32 = 8;

/// The yearly growth, per cent, that leads from `first` to `last` in `years` years:
/// `(last / first)^(1 / years) - 1`.
///
/// The root is found by halving, to eight digits of the factor. `None` when a value is not
/// positive, no year lies between, or the ratio is beyond ten thousand million.
#[must_use]
pub fn annual_growth(first: Decimal, last: Decimal, years: u32) -> Option<Decimal> {
    if first <= Decimal::ZERO || last <= Decimal::ZERO || years == 0 {
        return None;
    }
    let ratio = last.checked_div(first)?;
    let top = ratio.max(Decimal::ONE).ceil();
    let top = i64::try_from(top)
        .ok()?
        .checked_mul(10i64.pow(FACTOR_DIGITS))?;
    let (mut low, mut high) = (0i64, top);
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if power(Decimal::new(middle, FACTOR_DIGITS), years).is_some_and(|p| p <= ratio) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    let factor = Decimal::new(low, FACTOR_DIGITS);
    Some(round(
        (factor - Decimal::ONE).checked_mul(Decimal::ONE_HUNDRED)?,
        PERCENT_DIGITS,
    ))
}

/// A power; `None` beyond the range of decimals.
fn power(base: Decimal, exponent: u32) -> Option<Decimal> {
    (0..exponent).try_fold(Decimal::ONE, |p, _| p.checked_mul(base))
}

/// A number for the arithmetic written out: groups of three, no trailing zeros.
///
/// ```
/// use bilat_analyse::exact::show;
/// assert_eq!(show("94447357.50".parse().unwrap()), "94,447,357.5");
/// ```
#[must_use]
pub fn show(value: Decimal) -> String {
    let text = value.normalize().abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + text.len() / 3 + 1);
    if value.is_sign_negative() && !value.is_zero() {
        out.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn d(s: &str) -> Decimal {
        s.parse().unwrap()
    }

    #[test]
    fn growth_needs_a_base() {
        assert_eq!(growth(d("80"), d("100")), Some(d("25")));
        assert_eq!(growth(d("100"), d("80")), Some(d("-20")));
        assert_eq!(growth(d("0"), d("80")), None);
        assert_eq!(growth(d("-5"), d("80")), None);
        assert_eq!(percent(d("1"), d("0")), None);
        assert_eq!(percent(d("1"), d("8")), Some(d("12.5")));
        assert_eq!(percent(d("1"), d("3")), Some(d("33.33")));
        assert_eq!(percent(d("0.00005"), d("1")), Some(d("0.01")));
    }

    #[test]
    fn annual_growth_is_the_root_of_the_ratio() {
        assert_eq!(annual_growth(d("100"), d("121"), 2), Some(d("10")));
        assert_eq!(annual_growth(d("100"), d("200"), 10), Some(d("7.18")));
        assert_eq!(annual_growth(d("200"), d("100"), 10), Some(d("-6.7")));
        assert_eq!(annual_growth(d("7"), d("7"), 5), Some(d("0")));
        assert_eq!(annual_growth(d("0"), d("7"), 5), None);
        assert_eq!(annual_growth(d("7"), d("0"), 5), None);
        assert_eq!(annual_growth(d("7"), d("7"), 0), None);
        // A ratio that no power within range reaches ends without a panic.
        assert_eq!(annual_growth(d("0.000001"), d("999999999999"), 1), None);
        assert!(annual_growth(d("1"), d("9999999999"), 60).is_some());
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(show(d("0")), "0");
        assert_eq!(show(d("-1234567.890")), "-1,234,567.89");
        assert_eq!(show(d("999")), "999");
        assert_eq!(show(d("1000")), "1,000");
    }

    proptest! {
        #[test]
        fn no_value_panics(a in any::<i64>(), b in any::<i64>(), s in 0u32..19, n in 0u32..100) {
            let (x, y) = (Decimal::new(a, s), Decimal::new(b, 2));
            let _ = (percent(x, y), growth(x, y), annual_growth(x, y, n), show(x));
        }

        #[test]
        fn annual_growth_compounds_to_the_ratio(first in 1i64..1_000_000, last in 1i64..1_000_000, n in 1u32..40) {
            let g = annual_growth(first.into(), last.into(), n).unwrap();
            // Floats are good enough to see that the root is right to the digits kept.
            let exact = ((last as f64 / first as f64).powf(1.0 / f64::from(n)) - 1.0) * 100.0;
            let got: f64 = g.to_string().parse().unwrap();
            prop_assert!((got - exact).abs() <= 0.0051, "{got} {exact}");
        }
    }
}
