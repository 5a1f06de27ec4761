//! What a match says by its own words, before a day of publication and the rest of the text.

use std::ops::Range;

use jiff::civil::Date;
use serde::Deserialize;

use super::pattern::{Caps, Pattern};
use super::value::{Lead, Side, Unit};

/// The year of an expression, as it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum YearRef {
    /// Not at all.
    #[default]
    Untold,
    /// In digits.
    Given(i16),
    /// Counted from the year of publication.
    Shift(i8),
    /// Counted from the year told last: "of that year", "of the following year".
    Text(i8),
    /// "Of the year".
    The,
}

/// Year, month.
pub(super) type Ym = (YearRef, u8);

/// Year, month, day.
pub(super) type Ymd = (YearRef, u8, u8);

/// An expression by its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Raw {
    Day(Ymd),
    Days(Ymd, Ymd),
    Month(Ym),
    Months(Ym, Ym),
    /// Months of a fiscal year, mostly from its first one on.
    FiscalMonths(Ym, Ym),
    /// So many first months of a fiscal year, with the first of its calendar years; `None` for the
    /// one that runs.
    FiscalFirst(u8, Option<i16>),
    /// So many months up to and with a month.
    MonthsTo(u16, Ym),
    Year(YearRef),
    Years(i16, i16),
    Quarter(YearRef, u8),
    Half(YearRef, u8),
    /// The first of its two years; `None` when it is told from the day of publication.
    Fiscal(Option<i16>),
    /// The one that ends with a month.
    FiscalTo(Ym),
    Decade(i16),
    /// Monday is 1; last, this, next.
    Weekday(u8, Option<i8>),
    /// Last, this or next of a name.
    RelMonth(u8, i8),
    RelDay(i16),
    RelUnit(Unit, i16),
    Ago(u16, Unit),
    /// Counted from another expression of the text.
    FromText(Unit, i16),
    Same(i16),
    SameIn(YearRef),
    Adjacent(Unit, i16),
    Duration(Option<u16>, Unit, Side),
    Recurring(Unit),
    Name(i16),
}

/// What a match becomes, as `rules.toml` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Action {
    Day,
    Dotted,
    Iso,
    DayMonthFirst,
    DayOrdinal,
    Days,
    Month,
    Months,
    FirstMonths,
    FirstFiscalMonths,
    LastMonths,
    FirstQuarters,
    QuarterSpan,
    MonthsTo,
    YearTo,
    Year,
    Years,
    ShortYears,
    Quarter,
    Half,
    Fiscal,
    FiscalEnd,
    FiscalTo,
    FiscalUntold,
    FiscalMonths,
    Decade,
    Weekday,
    RelDay,
    RelMonth,
    RelUnit,
    Ago,
    FromText,
    Same,
    YearsApart,
    SameIn,
    Adjacent,
    Duration,
    Recurring,
    Name,
    IsoMonth,
}

/// A match with its place.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) tokens: Range<usize>,
    pub(super) value: Raw,
    pub(super) lead: Lead,
    pub(super) rule: &'static str,
    pub(super) sentence: usize,
}

/// What the classes of a match amount to under the action of its rule; `None` when they cannot
/// stand together, as in "31 June".
pub(super) fn build(pattern: &Pattern, caps: &Caps) -> Option<Raw> {
    let year = caps.years.first.unwrap_or(YearRef::Untold);
    let number = pattern.number;
    let ordinal = || number.map(|n| n as u8).or(caps.ordinals.first);
    let signed = number.unwrap_or(1);
    Some(match pattern.action {
        Action::Day => day(year, caps.months.first?, caps.days.first?)?,
        Action::DayOrdinal => day(year, caps.months.first?, caps.ordinals.first?)?,
        Action::Dotted => {
            let (y, m, d) = caps.dotted?;
            day(YearRef::Given(y), m, d)?
        }
        Action::Iso => day(year, caps.numbers.first?, caps.numbers.second?)?,
        Action::DayMonthFirst => {
            let (a, b) = (caps.numbers.first?, caps.numbers.second?);
            day(year, b, a).or_else(|| day(year, a, b))?
        }
        Action::Days => days(caps)?,
        Action::Month => Raw::Month((year, caps.months.first?)),
        Action::IsoMonth => {
            let (m, YearRef::Given(y)) = (caps.numbers.first?, year) else {
                return None;
            };
            let plain = (1..=12).contains(&m) && i16::from(m) != (y + 1) % 100;
            plain.then_some(Raw::Month((year, m)))?
        }
        Action::Months => months(caps)?,
        Action::FirstMonths => {
            let n = count(caps, number).filter(|n| (1..=12).contains(n))?;
            Raw::Months((year, 1), (year, n as u8))
        }
        Action::FirstFiscalMonths => {
            let n = count(caps, None).filter(|n| (1..=12).contains(n))?;
            let a = match (year, caps.numbers.first, caps.years.second) {
                (YearRef::Given(a), Some(n), _) if century(a, n) == a + 1 => Some(a),
                (YearRef::Given(a), None, Some(YearRef::Given(b))) if b == a + 1 => Some(a),
                (YearRef::Given(b), None, None) => Some(b - 1),
                (YearRef::Untold, Some(n), None) => Some(super::pattern::century(i16::from(n)) - 1),
                (YearRef::Untold, None, None) => None,
                _ => return None,
            };
            Raw::FiscalFirst(n as u8, a)
        }
        Action::LastMonths => {
            let n = count(caps, number).filter(|n| (1..=12).contains(n))?;
            Raw::Months((year, 13 - n as u8), (year, 12))
        }
        Action::FirstQuarters => {
            let n = count(caps, number).filter(|n| (1..=4).contains(n))?;
            Raw::Months((year, 1), (year, n as u8 * 3))
        }
        Action::QuarterSpan => {
            let (a, b) = (caps.ordinals.first?, caps.ordinals.second?);
            let right = a < b && b <= 4;
            right.then_some(Raw::Months((year, a * 3 - 2), (year, b * 3)))?
        }
        Action::MonthsTo => {
            let n = count(caps, number).filter(|n| (1..=60).contains(n))?;
            Raw::MonthsTo(n, (year, caps.months.first?))
        }
        Action::YearTo => Raw::MonthsTo(12, (year, caps.months.first?)),
        Action::Year => Raw::Year(year),
        Action::Years => years(given(year)?, given(caps.years.second?)?)?,
        Action::ShortYears => {
            let a = given(year)?;
            let b = century(a, caps.numbers.first?);
            years(a, b).filter(|_| b - a <= 50)?
        }
        Action::Quarter => Raw::Quarter(year, ordinal().filter(|q| (1..=4).contains(q))?),
        Action::Half => Raw::Half(year, ordinal().filter(|h| (1..=2).contains(h))?),
        Action::Fiscal => {
            let a = given(year)?;
            let b = match (caps.numbers.first, caps.years.second) {
                (Some(n), _) => century(a, n),
                (None, Some(y)) => given(y)?,
                (None, None) => return None,
            };
            (b == a + 1).then_some(Raw::Fiscal(Some(a)))?
        }
        Action::FiscalEnd => match (year, caps.numbers.first) {
            (YearRef::Given(y), _) => Raw::Fiscal(Some(y - 1)),
            (_, Some(n)) => Raw::Fiscal(Some(super::pattern::century(i16::from(n)) - 1)),
            _ => return None,
        },
        Action::FiscalMonths => {
            let a = match (year, caps.numbers.first, caps.years.second) {
                (YearRef::Given(a), Some(n), _) if century(a, n) == a + 1 => a,
                (YearRef::Given(a), None, Some(YearRef::Given(b))) if b == a + 1 => a,
                // "July-January FY24": a fiscal year by the one in which it ends.
                (YearRef::Given(b), None, None) => b - 1,
                (YearRef::Untold, Some(n), None) => super::pattern::century(i16::from(n)) - 1,
                _ => return None,
            };
            let (m, n) = (caps.months.first?, caps.months.second?);
            // Fiscal years by two calendar years begin in April, July or October.
            let of = |month: u8| YearRef::Given(if month >= 4 { a } else { a + 1 });
            let end = if n < m { YearRef::Given(a + 1) } else { of(m) };
            (m != n).then_some(Raw::FiscalMonths((of(m), m), (end, n)))?
        }
        Action::FiscalTo => Raw::FiscalTo((year, caps.months.first?)),
        Action::FiscalUntold => Raw::Fiscal(None),
        Action::Decade => Raw::Decade(caps.decade? / 10),
        Action::Weekday => Raw::Weekday(caps.weekday, caps.relative),
        Action::RelMonth => Raw::RelMonth(caps.months.first?, caps.relative?),
        Action::RelDay => Raw::RelDay(number?),
        Action::RelUnit => {
            let by = number.or(caps.relative.map(i16::from))?;
            let unit = caps.unit.filter(|u| *u != Unit::Day && !caps.plural)?;
            Raw::RelUnit(unit, by)
        }
        Action::Ago => Raw::Ago(count(caps, None).unwrap_or(1), caps.unit?),
        Action::FromText => {
            if caps.plural && caps.count.is_none() {
                return None;
            }
            let n = count(caps, None).unwrap_or(1) as i16;
            Raw::FromText(caps.unit.unwrap_or(Unit::Day), n * signed)
        }
        Action::Same => Raw::Same(number?),
        Action::YearsApart => {
            let n = count(caps, None).unwrap_or(1) as i16;
            Raw::Same(n * number?)
        }
        Action::SameIn => Raw::SameIn(year),
        Action::Adjacent => Raw::Adjacent(caps.unit?, number?),
        Action::Duration => {
            let side = match number.or(caps.relative.map(i16::from)) {
                Some(-1) => Side::Past,
                Some(1) => Side::Ahead,
                _ => Side::Unplaced,
            };
            let one = (!caps.plural).then_some(1);
            Raw::Duration(caps.count.or(one), caps.unit?, side)
        }
        Action::Recurring => Raw::Recurring(caps.unit.unwrap_or(Unit::Year)),
        Action::Name => Raw::Name(given(year)?),
    })
}

fn given(year: YearRef) -> Option<i16> {
    match year {
        YearRef::Given(y) => Some(y),
        _ => None,
    }
}

fn count(caps: &Caps, number: Option<i16>) -> Option<u16> {
    number.map(|n| n.unsigned_abs()).or(caps.count)
}

/// The year with two given last digits that follows another: 2014 and 15, 1999 and 00.
fn century(year: i16, digits: u8) -> i16 {
    let same = year / 100 * 100 + i16::from(digits);
    match same < year {
        true => same + 100,
        false => same,
    }
}

fn years(a: i16, b: i16) -> Option<Raw> {
    (a < b && b - a <= 150).then_some(Raw::Years(a, b))
}

fn exists(year: YearRef, month: u8, day: u8) -> bool {
    // 2024 has a 29 February; a year that is not told may have one.
    let y = given(year).unwrap_or(2024);
    Date::new(y, month as i8, day as i8).is_ok()
}

fn day(year: YearRef, month: u8, day: u8) -> Option<Raw> {
    exists(year, month, day).then_some(Raw::Day((year, month, day)))
}

fn days(caps: &Caps) -> Option<Raw> {
    let (m, n) = (caps.months.first?, caps.months.last()?);
    let (d, e) = (caps.days.first?, caps.days.second?);
    let (y, z) = ends(caps, m > n);
    let forward = match (given(y), given(z)) {
        (Some(y), Some(z)) => (y, m, d) < (z, n, e),
        _ => (m, d) < (n, e) || y != z || y == YearRef::Untold,
    };
    (forward && exists(y, m, d) && exists(z, n, e)).then_some(Raw::Days((y, m, d), (z, n, e)))
}

fn months(caps: &Caps) -> Option<Raw> {
    let (m, n) = (caps.months.first?, caps.months.second?);
    let (y, z) = ends(caps, m > n);
    let forward = m < n || y != z;
    forward.then_some(Raw::Months((y, m), (z, n)))
}

/// The years of a range: one that is told once is that of the end, and the range begins in the
/// year before when its months run over the turn of the year.
fn ends(caps: &Caps, turns: bool) -> (YearRef, YearRef) {
    match (caps.years.first, caps.years.second) {
        (Some(y), Some(z)) => (y, z),
        (Some(YearRef::Given(z)), None) if turns => (YearRef::Given(z - 1), YearRef::Given(z)),
        (Some(YearRef::Shift(z)), None) if turns => (YearRef::Shift(z - 1), YearRef::Shift(z)),
        (Some(z), None) => (z, z),
        _ => (YearRef::Untold, YearRef::Untold),
    }
}
