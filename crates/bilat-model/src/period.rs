//! Periods of time: what a number or an event is dated by.
//!
//! The text form is the one of ISO 8601 with halves, quarters and fiscal years added:
//! `2024`, `2024-H1`, `2024-Q3`, `2024-05`, `2024-05-17`, `2024-01/2024-10`, `2005/2024`,
//! `FY2014-15`. Text and value convert both ways without loss.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A stretch of days named the way people name it.
///
/// Ordered by first day, then by last day.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// A calendar year.
    Year(i16),
    /// A half year, 1 or 2.
    Half(i16, i8),
    /// A quarter, 1 to 4.
    Quarter(i16, i8),
    /// A month, 1 to 12.
    Month(i16, i8),
    /// One day.
    Day(Date),
    /// From the first month to the last, both included.
    Months((i16, i8), (i16, i8)),
    /// From the first year to the last, both included.
    Years(i16, i16),
    /// A fiscal year that begins in the first year and ends in the next; its months are the
    /// publisher's own, so [`first`](Period::first) and [`last`](Period::last) span both years.
    Fiscal(i16),
}

fn ymd(y: i16, m: i8, d: i8) -> Date {
    // Callers pass the first of a month of a year that the parser has admitted.
    Date::new(y, m, d).unwrap_or(Date::MAX)
}

fn month_end(y: i16, m: i8) -> Date {
    ymd(y, m, 1).last_of_month()
}

impl Period {
    /// The first day.
    #[must_use]
    pub fn first(&self) -> Date {
        match *self {
            Self::Year(y) | Self::Years(y, _) | Self::Fiscal(y) => ymd(y, 1, 1),
            Self::Half(y, h) => ymd(y, (h - 1) * 6 + 1, 1),
            Self::Quarter(y, q) => ymd(y, (q - 1) * 3 + 1, 1),
            Self::Month(y, m) | Self::Months((y, m), _) => ymd(y, m, 1),
            Self::Day(d) => d,
        }
    }

    /// The last day.
    #[must_use]
    pub fn last(&self) -> Date {
        match *self {
            Self::Year(y) | Self::Years(_, y) => month_end(y, 12),
            Self::Fiscal(y) => month_end(y.saturating_add(1), 12),
            Self::Half(y, h) => month_end(y, h * 6),
            Self::Quarter(y, q) => month_end(y, q * 3),
            Self::Month(y, m) | Self::Months(_, (y, m)) => month_end(y, m),
            Self::Day(d) => d,
        }
    }

    /// The year, when the period lies within one and is not a fiscal year.
    #[must_use]
    pub fn year(&self) -> Option<i16> {
        match *self {
            Self::Fiscal(_) => None,
            _ => {
                let y = self.first().year();
                (self.last().year() == y).then_some(y)
            }
        }
    }

    /// Whether every day of `other` lies in this period.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.first() <= other.first() && other.last() <= self.last()
    }

    /// The same stretch a number of years earlier or later.
    ///
    /// The 29th of February becomes the 28th. `None` when the year leaves 1 to 9998.
    #[must_use]
    pub fn shift_years(&self, by: i16) -> Option<Self> {
        let s = |y: i16| y.checked_add(by).filter(|y| YEARS.contains(y));
        Some(match *self {
            Self::Year(y) => Self::Year(s(y)?),
            Self::Half(y, h) => Self::Half(s(y)?, h),
            Self::Quarter(y, q) => Self::Quarter(s(y)?, q),
            Self::Month(y, m) => Self::Month(s(y)?, m),
            Self::Day(d) => {
                let (y, m) = (s(d.year())?, d.month());
                Self::Day(Date::new(y, m, d.day()).unwrap_or_else(|_| month_end(y, m)))
            }
            Self::Months((y, m), (z, n)) => Self::Months((s(y)?, m), (s(z)?, n)),
            Self::Years(y, z) => Self::Years(s(y)?, s(z)?),
            Self::Fiscal(y) => Self::Fiscal(s(y)?),
        })
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.first(), self.last(), self.rank()).cmp(&(other.first(), other.last(), other.rank()))
    }
}

impl Period {
    /// Tells apart forms that span the same days, so that order agrees with equality.
    fn rank(&self) -> u8 {
        match self {
            Self::Year(_) => 0,
            Self::Half(..) => 1,
            Self::Quarter(..) => 2,
            Self::Month(..) => 3,
            Self::Day(_) => 4,
            Self::Months(..) => 5,
            Self::Years(..) => 6,
            Self::Fiscal(_) => 7,
        }
    }
}

/// Years that a period may name. One less than jiff's range at the top, so that a fiscal year
/// has room to end.
const YEARS: std::ops::RangeInclusive<i16> = 1..=9998;

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = match *self {
            Self::Year(y) => format!("{y:04}"),
            Self::Half(y, h) => format!("{y:04}-H{h}"),
            Self::Quarter(y, q) => format!("{y:04}-Q{q}"),
            Self::Month(y, m) => format!("{y:04}-{m:02}"),
            Self::Day(d) => format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
            Self::Months((y, m), (z, n)) => format!("{y:04}-{m:02}/{z:04}-{n:02}"),
            Self::Years(y, z) => format!("{y:04}/{z:04}"),
            Self::Fiscal(y) => format!("FY{y:04}-{:02}", (y + 1) % 100),
        };
        f.pad(&s)
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The text names no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a period such as 2024, 2024-Q3, 2024-05, 2024-05-17 or 2005/2024")]
pub struct BadPeriod(pub String);

fn digits<T: FromStr>(s: &str, n: usize) -> Option<T> {
    (s.len() == n && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok())?
}

fn year(s: &str) -> Option<i16> {
    digits::<i16>(s, 4).filter(|y| YEARS.contains(y))
}

fn month(s: &str) -> Option<i8> {
    digits::<i8>(s, 2).filter(|m| (1..=12).contains(m))
}

fn year_month(s: &str) -> Option<(i16, i8)> {
    let (y, m) = s.split_once('-')?;
    Some((year(y)?, month(m)?))
}

fn parse(s: &str) -> Option<Period> {
    if let Some(fy) = s.strip_prefix("FY") {
        let (y, z) = fy.split_once('-')?;
        let y = year(y)?;
        return (digits::<i16>(z, 2)? == (y + 1) % 100).then_some(Period::Fiscal(y));
    }
    if let Some((x, y)) = s.split_once('/') {
        return match (year(x), year(y)) {
            (Some(x), Some(y)) => (x < y).then_some(Period::Years(x, y)),
            _ => {
                let (x, y) = (year_month(x)?, year_month(y)?);
                (x < y).then_some(Period::Months(x, y))
            }
        };
    }
    match s.split('-').collect::<Vec<_>>()[..] {
        [y] => Some(Period::Year(year(y)?)),
        [y, rest] => {
            let y = year(y)?;
            match rest.as_bytes() {
                [b'H', h @ b'1'..=b'2'] => Some(Period::Half(y, (h - b'0') as i8)),
                [b'Q', q @ b'1'..=b'4'] => Some(Period::Quarter(y, (q - b'0') as i8)),
                _ => Some(Period::Month(y, month(rest)?)),
            }
        }
        [y, m, d] => Some(Period::Day(
            Date::new(year(y)?, month(m)?, digits(d, 2)?).ok()?,
        )),
        _ => None,
    }
}

impl FromStr for Period {
    type Err = BadPeriod;

    fn from_str(s: &str) -> Result<Self, BadPeriod> {
        parse(s).ok_or_else(|| BadPeriod(s.to_owned()))
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let s = String::deserialize(d)?;
        s.parse().map_err(serde::de::Error::custom)
    }
}
