//! The data files of names: read once, with unknown fields refused.

use std::collections::BTreeMap;

use bilat_model::{Country, Period};
use serde::Deserialize;

/// `demonyms.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Demonyms {
    pub(super) demonyms: BTreeMap<Country, Demonym>,
    pub(super) prefixes: BTreeMap<String, Prefix>,
}

/// What the people and things of a country are called.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Demonym {
    pub(super) adjectives: Vec<String>,
    pub(super) people: Option<Vec<String>>,
    #[serde(default)]
    pub(super) shared: BTreeMap<String, Vec<Country>>,
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    pub(super) note: Option<String>,
}

impl Demonym {
    /// The plural nouns: those listed, else each adjective with "s" where that is how it is made.
    pub(super) fn plurals(&self) -> Vec<String> {
        if let Some(people) = &self.people {
            return people.clone();
        }
        self.adjectives
            .iter()
            .filter(|a| a.ends_with(['n', 'i', 'k', 'o', 'a', 't', 'c', 'b']))
            .map(|a| format!("{a}s"))
            .collect()
    }

    /// The other countries that share a form.
    pub(super) fn others(&self, form: &str) -> &[Country] {
        self.shared
            .get(form)
            .or_else(|| self.shared.get(form.strip_suffix('s')?))
            .map_or(&[], Vec::as_slice)
    }
}

/// The first part of a compound.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Prefix {
    pub(super) country: Country,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    pub(super) reason: String,
}

/// `places.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Places {
    pub(super) name: Vec<Place>,
    pub(super) capital: Vec<Place>,
    pub(super) government: Vec<Place>,
    pub(super) city: Vec<Place>,
    pub(super) venue: Words,
}

/// Names that lead to one country.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    pub(super) country: Country,
    pub(super) names: Vec<String>,
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    pub(super) since: Option<Period>,
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    pub(super) until: Option<Period>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    pub(super) reason: String,
}

/// Names with one reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    #[serde(alias = "words")]
    pub(super) names: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    pub(super) reason: String,
}

/// `guards.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Guards {
    pub(super) not_a_country: Vec<Words>,
    pub(super) currencies: Words,
    pub(super) common: Words,
    pub(super) given: Given,
    pub(super) surname: Words,
    pub(super) given_names: GivenNames,
    pub(super) skip: Words,
    pub(super) codes: BTreeMap<String, Country>,
}

/// Places that are given names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    pub(super) country: Vec<String>,
    pub(super) city: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    pub(super) reason: String,
}

/// What goes before a surname.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GivenNames {
    pub(super) names: Vec<String>,
    pub(super) titles: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    pub(super) reason: String,
}

/// All files.
pub(super) struct Data {
    pub(super) demonyms: Demonyms,
    pub(super) places: Places,
    pub(super) guards: Guards,
    pub(super) offices: super::persons::Offices,
    pub(super) bodies: super::organisations::Bodies,
}

/// Reads the files that are compiled in; a test reads each, so that none is ever left out here.
pub(super) fn load() -> Result<Data, toml::de::Error> {
    Ok(Data {
        demonyms: toml::from_str(include_str!("demonyms.toml"))?,
        places: toml::from_str(include_str!("places.toml"))?,
        guards: toml::from_str(include_str!("guards.toml"))?,
        offices: toml::from_str(include_str!("offices.toml"))?,
        bodies: toml::from_str(include_str!("organisations.toml"))?,
    })
}
