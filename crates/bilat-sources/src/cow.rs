//! Country codes of the Correlates of War project.
//!
//! A code stands for a state through all its changes: 365 is the Soviet Union and Russia, 345
//! Yugoslavia, Serbia and Montenegro, and Serbia. The year tells which of them is meant.

use std::collections::BTreeMap;

use bilat_model::{Country, Period, Registry};
use jiff::civil::Date;

/// Codes of states that have no code of their own here.
const MERGED: [(u16, Country); 2] = [
    (260, Country::new("DEU")), // West Germany is DEU throughout
    (678, Country::new("YEM")), // North Yemen is YEM throughout
];

/// What a code means in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cow {
    /// A country that existed in the year.
    Country(Country),
    /// A country, but not in that year.
    NotThen,
    /// No country has the code.
    Unknown,
}

/// The codes of all countries of a registry.
pub(crate) struct CowCodes<'a> {
    registry: &'a Registry,
    by_code: BTreeMap<u16, Vec<Country>>,
}

impl<'a> CowCodes<'a> {
    pub(crate) fn new(registry: &'a Registry) -> Self {
        let mut by_code = BTreeMap::<u16, Vec<Country>>::new();
        for info in registry.countries() {
            if let Some(code) = info.cow {
                by_code.entry(code).or_default().push(info.code);
            }
        }
        for (code, country) in MERGED {
            by_code.entry(code).or_default().push(country);
        }
        Self { registry, by_code }
    }

    /// Whether a code has ever meant a country.
    pub(crate) fn means(&self, code: u16, country: Country) -> bool {
        self.by_code
            .get(&code)
            .is_some_and(|all| all.contains(&country))
    }

    /// Whom a code means in a year: where several share it, the one that stood in the middle of
    /// the year.
    pub(crate) fn at(&self, code: u16, year: i16) -> Cow {
        let Some(all) = self.by_code.get(&code) else {
            return Cow::Unknown;
        };
        let stood_on = |c: &Country, day: Date| self.registry.existed(*c, Period::Day(day));
        let middle = Date::new(year, 7, 1).ok();
        let found = match all[..] {
            [one] => Some(one),
            _ => middle.and_then(|m| all.iter().find(|c| stood_on(c, m)).copied()),
        };
        match found {
            Some(c) if self.registry.existed(c, Period::Year(year)) => Cow::Country(c),
            _ => Cow::NotThen,
        }
    }
}

/// A number that a statistics program wrote with a decimal, such as `365.0`.
pub(crate) fn whole<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_tells_who_is_meant() {
        let registry = crate::testing::registry();
        let codes = CowCodes::new(&registry);
        let at = |code, year| match codes.at(code, year) {
            Cow::Country(c) => c.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!((at(365, 1991), at(365, 1992)), ("SUN".into(), "RUS".into()));
        assert_eq!((at(345, 1991), at(345, 1992)), ("YUG".into(), "SCG".into()));
        assert_eq!((at(345, 2005), at(345, 2007)), ("SCG".into(), "SRB".into()));
        assert_eq!(
            (at(315, 1992), at(315, 1993)),
            ("CSK".into(), "NotThen".into())
        );
        assert_eq!((at(260, 1990), at(255, 1990)), ("DEU".into(), "DEU".into()));
        assert_eq!((at(705, 1992), at(349, 2014)), ("KAZ".into(), "SVN".into()));
        assert_eq!(at(999, 2000), "Unknown");
    }

    #[test]
    fn numbers_with_a_decimal() {
        assert_eq!(whole::<u16>("365.0"), Some(365));
        assert_eq!(whole::<i16>("-9.0"), Some(-9));
        assert_eq!(whole::<u16>("3.5"), None);
    }
}
