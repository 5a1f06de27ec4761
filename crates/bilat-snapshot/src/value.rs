//! Values in two columns: digits, and the zeros that follow them.
//!
//! A publisher prints 94.447 million; in millionths of a dollar that is 94447 with nine zeros.
//! Kept together the zeros look random to a compressor, kept apart they cost almost nothing.

use bilat_model::Decimal;

/// The largest number of zeros that 18 digits can end in.
const MOST: u32 = 17;

/// Digits and zeros of a number of millionths. Zero counts as a whole number, with six.
pub(crate) fn split(millionths: i64) -> (i64, i32) {
    if millionths == 0 {
        return (0, 6);
    }
    let (mut digits, mut zeros) = (millionths, 0);
    while digits % 10 == 0 {
        digits /= 10;
        zeros += 1;
    }
    (digits, zeros)
}

/// The number of millionths that digits and zeros stand for; `None` beyond 64 bits.
#[must_use]
pub fn value_of(digits: i64, zeros: i32) -> Option<i64> {
    let zeros = u32::try_from(zeros).ok().filter(|z| *z <= MOST)?;
    10i64.pow(zeros).checked_mul(digits)
}

/// The decimal that digits and zeros stand for, without zeros behind the point.
pub(crate) fn decimal(digits: i64, zeros: i32) -> Option<Decimal> {
    if zeros >= 6 {
        return value_of(digits, zeros - 6).map(Decimal::from);
    }
    let scale = u32::try_from(6 - zeros).ok().filter(|s| *s <= 6)?;
    Some(Decimal::new(digits, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_come_off_and_go_back_on() {
        for (value, parts) in [
            (94_447_000_000_000, (94_447, 9)),
            (-1, (-1, 0)),
            (0, (0, 6)),
            (100_000_000_000_000_000, (1, 17)),
            (999_999_999_999_999_999, (999_999_999_999_999_999, 0)),
        ] {
            assert_eq!(split(value), parts);
            assert_eq!(value_of(parts.0, parts.1), Some(value));
            let whole = decimal(parts.0, parts.1);
            assert_eq!(whole, Some(Decimal::new(value, 6)));
            assert_eq!(
                whole.map(|d| d.scale()),
                Some(Decimal::new(value, 6).normalize().scale())
            );
        }
    }

    #[test]
    fn what_no_writer_leaves_is_refused() {
        for (digits, zeros) in [
            (1, -1),
            (1, 18),
            (i64::MAX, 1),
            (1, i32::MAX),
            (1, i32::MIN),
        ] {
            assert_eq!(value_of(digits, zeros), None);
        }
        assert_eq!(decimal(i64::MAX, 7), None);
        assert_eq!(decimal(1, -1), None);
    }
}
