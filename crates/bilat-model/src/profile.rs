//! What is known of one country alone, and of no country: memberships, facts, votes, places,
//! products. Pairs draw on these: two memberships make a shared one, two votes an agreement.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::evidence::{Citation, UnknownWord, vocabulary};
use crate::registry::CountryInfo;
use crate::{Country, Period, Unit};

vocabulary! {
    /// How far a country belongs to an organisation.
    MembershipKind {
        /// With all rights.
        Full = "full",
        /// Associate.
        Associate = "associate",
        /// Observer.
        Observer = "observer",
        /// An elected or permanent seat for a term (the Security Council).
        Seat = "seat",
    }
}

/// A country's membership in an organisation, as an unbroken stretch of years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Who.
    pub country: Country,
    /// The organisation's short code within its source, such as `WTO`.
    pub organisation: String,
    /// Its name.
    pub name: String,
    /// How far.
    pub kind: MembershipKind,
    /// The first year seen; not earlier than the source's coverage, which its card states.
    pub since: Option<Period>,
    /// The last year seen; `None` when it stands at the end of the coverage.
    pub until: Option<Period>,
    /// Where it stands.
    pub citation: Citation,
}

vocabulary! {
    /// What a fact tells of one country.
    FactField {
        /// The capital's name.
        Capital = "capital",
        /// The chief of state.
        ChiefOfState = "chief_of_state",
        /// The head of government.
        HeadOfGovernment = "head_of_government",
        /// The foreign minister, where named.
        ForeignMinister = "foreign_minister",
        /// Inhabitants.
        Population = "population",
        /// Gross domestic product, official exchange rate, USD.
        Gdp = "gdp",
        /// Real GDP per head at purchasing power parity, USD.
        GdpPerHead = "gdp_per_head",
        /// Land and water, square kilometres told as a bare number.
        Area = "area",
        /// Goods exported, in the source's words.
        ExportGoods = "export_goods",
        /// Goods imported, in the source's words.
        ImportGoods = "import_goods",
        /// All exports, USD.
        Exports = "exports",
        /// All imports, USD.
        Imports = "imports",
        /// Languages spoken, in the source's words.
        Languages = "languages",
        /// When and how it became independent.
        Independence = "independence",
    }
}

/// A fact about one country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Whom it is about.
    pub country: Country,
    /// What it tells.
    pub field: FactField,
    /// As text: a name, a list of goods.
    pub text: Option<String>,
    /// As a number in base units.
    pub value: Option<Decimal>,
    /// The number's unit.
    pub unit: Option<Unit>,
    /// When.
    pub period: Option<Period>,
    /// Where it stands.
    pub citation: Citation,
}

/// One roll call of the UN General Assembly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollCall {
    /// Numbered from 0 in the order of date, then rcid, then line: the bit in every country's
    /// record.
    pub index: u32,
    /// The source's number. Not unique: the date goes with it.
    pub rcid: u32,
    /// The day, or the month where the source's days are not true.
    pub date: Period,
    /// The session, when the titles' list has it.
    pub session: Option<u16>,
    /// The draft's or resolution's symbol, e.g. `R/65/230`.
    pub symbol: Option<String>,
    /// A short title in the source's words.
    pub title: Option<String>,
    /// What it is about.
    pub issues: Issues,
    /// Where it stands.
    pub citation: Citation,
}

/// The issues of a roll call, as the source flags them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Issues(pub u8);

impl Issues {
    /// Code and bit of each: Middle East (Palestinian conflict), nuclear weapons, disarmament,
    /// human rights, colonialism, economic development.
    pub const ALL: [(&'static str, u8); 6] = [
        ("me", 1),
        ("nu", 2),
        ("di", 4),
        ("hr", 8),
        ("co", 16),
        ("ec", 32),
    ];

    /// Whether a code's flag is set.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        Self::ALL
            .iter()
            .any(|(c, bit)| *c == code && self.0 & bit != 0)
    }
}

impl fmt::Display for Issues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set: Vec<_> = Self::ALL
            .iter()
            .filter(|(_, b)| self.0 & b != 0)
            .map(|(c, _)| *c)
            .collect();
        f.pad(&set.join("|"))
    }
}

impl FromStr for Issues {
    type Err = UnknownWord;

    fn from_str(s: &str) -> Result<Self, UnknownWord> {
        let mut bits = 0;
        for word in s.split('|').filter(|w| !w.is_empty()) {
            let bit = Self::ALL.iter().find(|(c, _)| *c == word);
            bits |= bit
                .ok_or_else(|| UnknownWord {
                    what: "issue",
                    word: word.to_owned(),
                })?
                .1;
        }
        Ok(Self(bits))
    }
}

impl Serialize for Issues {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Issues {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

vocabulary! {
    /// What a country did at a roll call.
    Vote {
        /// In favour.
        Yes = "yes",
        /// Abstained.
        Abstain = "abstain",
        /// Against.
        No = "no",
        /// A member, but did not vote.
        Absent = "absent",
    }
}

/// What one country did at every roll call while it was a member, by [`RollCall::index`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VotingRecord {
    /// Who.
    pub country: Country,
    /// `(index, vote)`, ascending; roll calls before or after membership are left out.
    pub votes: Vec<(u32, Vote)>,
}

/// A populated place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct City {
    /// In which country.
    pub country: Country,
    /// Its name in English, or in its own language where none is in use.
    pub name: String,
    /// Degrees north.
    pub latitude: Decimal,
    /// Degrees east.
    pub longitude: Decimal,
    /// Inhabitants.
    pub population: u32,
    /// Whether it is the seat of the government of its country or territory.
    pub capital: bool,
    /// Where it stands.
    pub citation: Citation,
}

/// A country's shape: rings of `(longitude, latitude)` in degrees, the first and last point of
/// each ring equal, holes among them.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Whose.
    pub country: Country,
    /// The rings, in the source's order.
    pub rings: Vec<Vec<(f32, f32)>>,
    /// Where it stands.
    pub citation: Citation,
}

/// A position in a nomenclature of goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// `HS2022` or `SITC3`.
    pub nomenclature: String,
    /// The code within it, such as `8703` or `SITC7`.
    pub code: String,
    /// The heading in plain words.
    pub description: String,
    /// The position above, if any.
    pub parent: Option<String>,
    /// Digits of the code; 0 for a section.
    pub level: u8,
    /// Where it stands.
    pub citation: Citation,
}

/// All that is known of one country.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// What it is.
    pub info: CountryInfo,
    /// Its memberships, by source, organisation, then first year.
    pub memberships: Vec<Membership>,
    /// Facts, by source and field.
    pub facts: Vec<Fact>,
    /// Its populated places, the largest first.
    pub cities: Vec<City>,
    /// Its shape, where one is drawn.
    pub outline: Option<Outline>,
}

impl Profile {
    /// The seat of its government, where it is among the places.
    #[must_use]
    pub fn capital(&self) -> Option<&City> {
        self.cities.iter().find(|c| c.capital)
    }
}
