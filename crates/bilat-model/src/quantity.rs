//! Exact decimals and units.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a value counts or measures. Values are always in base units: dollars, not millions of
/// dollars; persons, not thousands of persons.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Money, by ISO 4217 code.
    Currency([u8; 3]),
    /// Per cent; 5 % is the value 5.
    Percent,
    /// A number of things that the measure names.
    Count,
    /// People.
    Person,
    /// Kilometres.
    Kilometre,
    /// Metric tonnes.
    Tonne,
    /// Days.
    Day,
}

impl Unit {
    /// United States dollars.
    pub const USD: Self = Self::Currency(*b"USD");

    /// Whether values are money.
    #[must_use]
    pub fn is_money(&self) -> bool {
        matches!(self, Self::Currency(_))
    }
}

const NAMED: [(&str, Unit); 6] = [
    ("percent", Unit::Percent),
    ("count", Unit::Count),
    ("person", Unit::Person),
    ("km", Unit::Kilometre),
    ("tonne", Unit::Tonne),
    ("day", Unit::Day),
];

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Currency(c) => f.pad(std::str::from_utf8(c).unwrap_or("XXX")),
            other => {
                let name = NAMED
                    .iter()
                    .find(|(_, u)| u == other)
                    .map_or("", |(n, _)| n);
                f.pad(name)
            }
        }
    }
}

impl fmt::Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The text names no unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is neither an ISO 4217 code nor one of percent, count, person, km, tonne, day")]
pub struct BadUnit(pub String);

impl FromStr for Unit {
    type Err = BadUnit;

    fn from_str(s: &str) -> Result<Self, BadUnit> {
        if let Some((_, u)) = NAMED.iter().find(|(n, _)| *n == s) {
            return Ok(*u);
        }
        match s.as_bytes() {
            [a, b, c] if s.bytes().all(|x| x.is_ascii_uppercase()) => {
                Ok(Self::Currency([*a, *b, *c]))
            }
            _ => Err(BadUnit(s.to_owned())),
        }
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let s = String::deserialize(d)?;
        s.parse().map_err(serde::de::Error::custom)
    }
}

/// The digits after the point that a stored value keeps: millionths of the base unit.
pub const STORED_SCALE: u32 = 6;

/// The largest magnitude that a stored value may have, exclusive: 10¹² base units.
pub const STORED_LIMIT: i64 = 1_000_000_000_000;

/// The text is no decimal number, or one out of range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDecimal {
    /// Not a number as data files write it.
    #[error("“{0}” is not a decimal number")]
    Syntax(String),
    /// Beyond [`STORED_LIMIT`] base units.
    #[error("“{0}” is outside the range of stored values")]
    Range(String),
}

/// Reads a decimal as data files write it, times `scale`, exactly.
///
/// Takes an optional sign, digits, a point, digits and an optional power of ten (`1e-06`).
/// The product is rounded half to even at [`STORED_SCALE`] digits, which removes the noise of
/// publishers' binary floats (`638.1169999999997`) and nothing that they printed on purpose.
///
/// ```
/// use bilat_model::{quantity::parse_scaled, Decimal};
/// let v = parse_scaled("94.447", 1_000_000).unwrap();
/// assert_eq!(v, Decimal::from(94_447_000));
/// ```
///
/// # Errors
/// [`BadDecimal`] when the text is no number or the product is out of range.
pub fn parse_scaled(text: &str, scale: u32) -> Result<Decimal, BadDecimal> {
    let bad = || BadDecimal::Syntax(text.to_owned());
    let t = text.trim();
    // The decimal reader takes underscores as Rust's literals do; data files have none.
    if t.contains('_') {
        return Err(bad());
    }
    let value = if t.contains(['e', 'E']) {
        Decimal::from_scientific(t).map_err(|_| bad())?
    } else {
        // More digits than a decimal holds are noise beyond the stored scale; rounding is right.
        Decimal::from_str(t).map_err(|_| bad())?
    };
    let range = || BadDecimal::Range(text.to_owned());
    let value = value.checked_mul(Decimal::from(scale)).ok_or_else(range)?;
    let value = value.round_dp(STORED_SCALE);
    if value.abs() >= Decimal::from(STORED_LIMIT) {
        return Err(range());
    }
    Ok(value.normalize())
}
