//! Columns out of rows.

use std::fmt::{Display, Write as _};
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Decimal128Array, Float32Array, Int32Array, Int64Array, StringBuilder,
};
use bilat_model::Decimal;
use bilat_model::evidence::{Citation, Locator};

use super::Unstorable;
use crate::value;

/// Some rows on their way into columns.
pub(super) struct Rows<'a, T>(pub(super) &'a [T]);

impl<T> Rows<'_, T> {
    /// Texts that are there.
    pub(super) fn text<'t>(&'t self, get: impl Fn(&'t T) -> &'t str) -> ArrayRef {
        self.text_opt(|r| Some(get(r)))
    }

    /// Texts that may be missing.
    pub(super) fn text_opt<'t>(&'t self, get: impl Fn(&'t T) -> Option<&'t str>) -> ArrayRef {
        let mut out = StringBuilder::with_capacity(self.0.len(), self.0.len() * 8);
        for row in self.0 {
            out.append_option(get(row));
        }
        Arc::new(out.finish())
    }

    /// Values in their text form.
    pub(super) fn word<D: Display>(&self, get: impl Fn(&T) -> D) -> ArrayRef {
        self.word_opt(|r| Some(get(r)))
    }

    /// Values in their text form, which may be missing.
    pub(super) fn word_opt<D: Display>(&self, get: impl Fn(&T) -> Option<D>) -> ArrayRef {
        let mut out = StringBuilder::with_capacity(self.0.len(), self.0.len() * 8);
        for row in self.0 {
            match get(row) {
                // Writing into the builder cannot fail; the empty write closes the value.
                Some(value) => {
                    let _ = write!(out, "{value}");
                    out.append_value("");
                }
                None => out.append_null(),
            }
        }
        Arc::new(out.finish())
    }

    pub(super) fn int(&self, get: impl Fn(&T) -> i32) -> ArrayRef {
        Arc::new(Int32Array::from_iter_values(self.0.iter().map(get)))
    }

    pub(super) fn int_opt(&self, get: impl Fn(&T) -> Option<i32>) -> ArrayRef {
        Arc::new(Int32Array::from_iter(self.0.iter().map(get)))
    }

    /// Counts that must fit 32 bits with a sign.
    pub(super) fn count(
        &self,
        what: &str,
        get: impl Fn(&T) -> u32,
    ) -> Result<ArrayRef, Unstorable> {
        let values = self.0.iter().map(|r| {
            let n = get(r);
            i32::try_from(n).map_err(|_| Unstorable {
                record: format!("the {what} {n}"),
                reason: "it is above 2,147,483,647".to_owned(),
            })
        });
        let values: Vec<i32> = values.collect::<Result<_, _>>()?;
        Ok(Arc::new(Int32Array::from(values)))
    }

    /// Counts that must fit 64 bits with a sign.
    pub(super) fn long(&self, what: &str, get: impl Fn(&T) -> u64) -> Result<ArrayRef, Unstorable> {
        let values = self.0.iter().map(|r| {
            let n = get(r);
            i64::try_from(n).map_err(|_| Unstorable {
                record: format!("the {what} {n}"),
                reason: "it is above 9,223,372,036,854,775,807".to_owned(),
            })
        });
        let values: Vec<i64> = values.collect::<Result<_, _>>()?;
        Ok(Arc::new(Int64Array::from(values)))
    }

    pub(super) fn flag(&self, get: impl Fn(&T) -> bool) -> ArrayRef {
        let values: Vec<bool> = self.0.iter().map(get).collect();
        Arc::new(BooleanArray::from(values))
    }

    pub(super) fn float(&self, get: impl Fn(&T) -> f32) -> ArrayRef {
        Arc::new(Float32Array::from_iter_values(self.0.iter().map(get)))
    }

    /// Exact decimals of a precision and scale; `name` tells which record does not fit.
    pub(super) fn decimal(
        &self,
        (precision, scale): (u8, i8),
        get: impl Fn(&T) -> Option<Decimal>,
        name: impl Fn(&T) -> String,
    ) -> Result<ArrayRef, Unstorable> {
        let values = self.0.iter().map(|row| {
            let Some(value) = get(row) else {
                return Ok(None);
            };
            unscaled(value, precision, scale)
                .map(Some)
                .map_err(|reason| Unstorable {
                    record: format!("{}, value {value}", name(row)),
                    reason,
                })
        });
        let values: Vec<Option<i128>> = values.collect::<Result<_, _>>()?;
        let array = Decimal128Array::from(values)
            .with_precision_and_scale(precision, scale)
            .map_err(|e| Unstorable {
                record: "a column of decimals".to_owned(),
                reason: e.to_string(),
            })?;
        Ok(Arc::new(array))
    }
}

impl<T> Rows<'_, T> {
    /// Exact decimals as digits and zeros.
    pub(super) fn scaled(
        &self,
        get: impl Fn(&T) -> Decimal,
        name: impl Fn(&T) -> String,
    ) -> Result<[ArrayRef; 2], Unstorable> {
        let mut digits = Vec::with_capacity(self.0.len());
        let mut zeros = Vec::with_capacity(self.0.len());
        for row in self.0 {
            let value = get(row);
            let unstorable = |reason| Unstorable {
                record: format!("{}, value {value}", name(row)),
                reason,
            };
            let whole = unscaled(value, 18, 6).map_err(unstorable)?;
            // Eighteen digits fit 64 bits.
            let parts = value::split(i64::try_from(whole).unwrap_or(i64::MAX));
            digits.push(parts.0);
            zeros.push(parts.1);
        }
        Ok([
            Arc::new(Int64Array::from(digits)),
            Arc::new(Int32Array::from(zeros)),
        ])
    }
}

/// The integer that stands for a decimal at a scale, if that changes nothing.
fn unscaled(value: Decimal, precision: u8, scale: i8) -> Result<i128, String> {
    let value = value.normalize();
    let scale = u32::from(scale.unsigned_abs());
    let missing = scale
        .checked_sub(value.scale())
        .ok_or_else(|| format!("it has more than {scale} digits after the point"))?;
    10i128
        .checked_pow(missing)
        .and_then(|ten| value.mantissa().checked_mul(ten))
        .filter(|v| v.unsigned_abs() < 10u128.pow(u32::from(precision)))
        .ok_or_else(|| {
            format!(
                "it has more than {} digits before the point",
                u32::from(precision) - scale
            )
        })
}

/// `file`, `line`, `pointer`: where the records stand, the source apart.
pub(super) fn places<T>(
    rows: &Rows<'_, T>,
    get: impl Fn(&T) -> &Citation,
) -> Result<[ArrayRef; 3], Unstorable> {
    let too_far = rows
        .0
        .iter()
        .map(&get)
        .find(|c| matches!(c.at, Locator::Line(n) if i32::try_from(n).is_err()));
    if let Some(c) = too_far {
        return Err(Unstorable {
            record: format!("{}, {}, {}", c.source, c.file, c.at),
            reason: "its line is above 2,147,483,647".to_owned(),
        });
    }
    let unplaced = rows
        .0
        .iter()
        .map(&get)
        .find(|c| matches!(c.at, Locator::Span(_)));
    if let Some(c) = unplaced {
        return Err(Unstorable {
            record: format!("{}, {}, {}", c.source, c.file, c.at),
            reason: "a place in a document's text has no column here".to_owned(),
        });
    }
    Ok([
        rows.text(|r| &get(r).file),
        rows.int_opt(|r| match &get(r).at {
            Locator::Line(n) => i32::try_from(*n).ok(),
            Locator::Pointer(_) | Locator::Span(_) => None,
        }),
        rows.text_opt(|r| match &get(r).at {
            Locator::Line(_) | Locator::Span(_) => None,
            Locator::Pointer(p) => Some(p.as_str()),
        }),
    ])
}

/// `source` and then [`places`], as the tables about single countries end.
pub(super) fn citations<T>(
    rows: &Rows<'_, T>,
    get: impl Fn(&T) -> &Citation,
) -> Result<Vec<ArrayRef>, Unstorable> {
    let mut out = vec![rows.word(|r| get(r).source.clone())];
    out.extend(places(rows, get)?);
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn decimals_are_stored_exactly_or_not_at_all() {
        let d = |s: &str| s.parse::<Decimal>().unwrap();
        assert_eq!(unscaled(d("94447000.00"), 18, 6), Ok(94_447_000_000_000));
        assert_eq!(unscaled(d("-0.000001"), 18, 6), Ok(-1));
        assert!(
            unscaled(d("0.0000001"), 18, 6)
                .unwrap_err()
                .contains("after the point")
        );
        assert!(
            unscaled(d("1000000000000"), 18, 6)
                .unwrap_err()
                .contains("before the point")
        );
        assert_eq!(
            unscaled(d("999999999999.999999"), 18, 6),
            Ok(999_999_999_999_999_999)
        );
    }
}
