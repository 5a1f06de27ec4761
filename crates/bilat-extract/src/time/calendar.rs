//! Reckoning with days, months and years.

use bilat_model::Period;
use bilat_model::told::When;
use jiff::ToSpan;
use jiff::civil::Date;

use super::value::{Unit, Value};

/// From a month to a month, in the shortest form that says it.
pub(super) fn stretch((y, m): (i16, u8), (z, n): (i16, u8)) -> Option<Value> {
    let forward = (y, m) <= (z, n) && (1..=9998).contains(&y) && (1..=9998).contains(&z);
    let (m, n) = (m as i8, n as i8);
    let period = match (m, n) {
        _ if !forward => return None,
        (1, 12) if y == z => Period::Year(y),
        (1, 12) => Period::Years(y, z),
        _ if y != z => Period::Months((y, m), (z, n)),
        (1, 6) => Period::Half(y, 1),
        (7, 12) => Period::Half(y, 2),
        (1 | 4 | 7 | 10, _) if n == m + 2 => Period::Quarter(y, n / 3),
        _ if m == n => Period::Month(y, m),
        _ => Period::Months((y, m), (z, n)),
    };
    Some(Value::When(period.into()))
}

fn add_months(day: Date, by: i32) -> Option<(i16, u8)> {
    let n = i32::from(day.year()) * 12 + i32::from(day.month()) - 1 + by;
    let year = i16::try_from(n.div_euclid(12))
        .ok()
        .filter(|y| (1..=9998).contains(y))?;
    Some((year, n.rem_euclid(12) as u8 + 1))
}

/// The day, week, month … that lies a number of them after the one with a day in it.
pub(super) fn neighbour(from: Date, unit: Unit, by: i16) -> Option<Value> {
    let wide = i32::from(by);
    let year = |n: i32| i16::try_from(n).ok().filter(|y| (1..=9998).contains(y));
    let when: When = match unit {
        Unit::Day => from.checked_add(i64::from(by).days()).ok()?.into(),
        Unit::Week => {
            let monday = i64::from(from.weekday().to_monday_zero_offset());
            let first = from.checked_add((i64::from(by) * 7 - monday).days()).ok()?;
            let last = first.checked_add(6.days()).ok()?;
            return Some(Value::Range(first.into(), last.into()));
        }
        Unit::Month => {
            let (y, m) = add_months(from, wide)?;
            Period::Month(y, m as i8).into()
        }
        Unit::Quarter => {
            let (y, m) = add_months(from, wide * 3)?;
            Period::Quarter(y, (m as i8 - 1) / 3 + 1).into()
        }
        Unit::Year => Period::Year(year(i32::from(from.year()) + wide)?).into(),
        Unit::Decade => When::Decade(year(i32::from(from.year()) / 10 + wide)?),
        Unit::Century => {
            let first = year((i32::from(from.year()) / 100 + wide) * 100)?;
            // The last century of the calendar ends with the last year that can be written.
            Period::Years(first, (first + 99).min(9998)).into()
        }
    };
    Some(Value::When(when))
}

/// The years or months between the publication and a day so many units before or after it.
pub(super) fn around(published: Date, unit: Unit, by: i16) -> Option<Period> {
    let (step, years) = match unit {
        Unit::Year => (1, true),
        Unit::Decade => (10, true),
        Unit::Century => (100, true),
        Unit::Quarter => (3, false),
        Unit::Month => (1, false),
        Unit::Day | Unit::Week => return None,
    };
    let by = i32::from(by) * step;
    if years {
        let other = i16::try_from(i32::from(published.year()) + by).ok()?;
        let (a, b) = (published.year().min(other), published.year().max(other));
        return ((1..=9998).contains(&a) && (1..=9998).contains(&b) && a < b)
            .then_some(Period::Years(a, b));
    }
    let other = add_months(published, by)?;
    let here = (published.year(), published.month() as u8);
    let (a, b) = (here.min(other), here.max(other));
    (a < b).then_some(Period::Months((a.0, a.1 as i8), (b.0, b.1 as i8)))
}
