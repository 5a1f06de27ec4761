//! Country codes and pairs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A country, territory or former state by its three-letter code.
///
/// ISO 3166-1 alpha-3 where it exists, ISO 3166-3's former alpha-3 codes for states that are
/// gone (`SUN`, `YUG`, `CSK`, `DDR`, …) and the user-assigned `XKX` for Kosovo. A value of this
/// type is well-formed, not necessarily known: the [`Registry`](crate::Registry) says which
/// codes exist and what they mean.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 3]);

impl Country {
    /// The code of a literal, for tables and tests.
    ///
    /// # Panics
    /// At compile time when used in a constant: the code must be three capital ASCII letters.
    #[must_use]
    pub const fn new(code: &str) -> Self {
        let b = code.as_bytes();
        assert!(b.len() == 3, "a country code has three letters");
        assert!(
            b[0].is_ascii_uppercase() && b[1].is_ascii_uppercase() && b[2].is_ascii_uppercase(),
            "a country code is written in capitals"
        );
        Self([b[0], b[1], b[2]])
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        // The constructors admit ASCII capitals only.
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

/// Not three ASCII letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a three-letter country code")]
pub struct BadCode(pub String);

impl FromStr for Country {
    type Err = BadCode;

    fn from_str(s: &str) -> Result<Self, BadCode> {
        match s.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|x| x.is_ascii_alphabetic()) => Ok(Self([
                a.to_ascii_uppercase(),
                b.to_ascii_uppercase(),
                c.to_ascii_uppercase(),
            ])),
            _ => Err(BadCode(s.to_owned())),
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let s = String::deserialize(d)?;
        s.parse().map_err(serde::de::Error::custom)
    }
}

/// Two different countries, unordered, kept in the order of their codes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    a: Country,
    b: Country,
}

/// Why two codes make no pair.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPair {
    /// A pair needs two countries.
    #[error("{0} is named twice; a pair needs two different countries")]
    Same(Country),
    /// The text is not `AAA-BBB`.
    #[error("“{0}” is not a pair of country codes such as KAZ-SVN")]
    Syntax(String),
}

impl Pair {
    /// The pair of two countries, whichever is named first.
    ///
    /// # Errors
    /// [`BadPair::Same`] when both are one.
    pub fn new(x: Country, y: Country) -> Result<Self, BadPair> {
        match x.cmp(&y) {
            std::cmp::Ordering::Less => Ok(Self { a: x, b: y }),
            std::cmp::Ordering::Greater => Ok(Self { a: y, b: x }),
            std::cmp::Ordering::Equal => Err(BadPair::Same(x)),
        }
    }

    /// The first by code.
    #[must_use]
    pub fn a(&self) -> Country {
        self.a
    }

    /// The second by code.
    #[must_use]
    pub fn b(&self) -> Country {
        self.b
    }

    /// Both, in order.
    #[must_use]
    pub fn both(&self) -> [Country; 2] {
        [self.a, self.b]
    }

    /// Whether `c` is one of the two.
    #[must_use]
    pub fn has(&self, c: Country) -> bool {
        self.a == c || self.b == c
    }

    /// The other one of the two; `None` when `c` is neither.
    #[must_use]
    pub fn other(&self, c: Country) -> Option<Country> {
        if c == self.a {
            Some(self.b)
        } else if c == self.b {
            Some(self.a)
        } else {
            None
        }
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}-{}", self.a, self.b))
    }
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Pair {
    type Err = BadPair;

    fn from_str(s: &str) -> Result<Self, BadPair> {
        let bad = || BadPair::Syntax(s.to_owned());
        let (x, y) = s.split_once(['-', ',']).ok_or_else(bad)?;
        let (x, y) = (x.parse().map_err(|_| bad())?, y.parse().map_err(|_| bad())?);
        Self::new(x, y)
    }
}

impl Serialize for Pair {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pair {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let s = String::deserialize(d)?;
        s.parse().map_err(serde::de::Error::custom)
    }
}
