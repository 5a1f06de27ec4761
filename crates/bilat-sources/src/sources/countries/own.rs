//! What this program knows of countries by itself: `countries.toml` and `names.toml`.

use std::collections::BTreeMap;

use bilat_model::registry::{NameKind, Status};
use bilat_model::{Country, Period};
use serde::Deserialize;

use crate::SourceError;

/// `countries.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Own {
    /// What the publishers' files do not say of today's countries.
    pub(super) country: BTreeMap<Country, Today>,
    /// Countries that ISO 3166-1 does not list.
    pub(super) new: BTreeMap<Country, New>,
    /// States and areas that are gone.
    pub(super) former: BTreeMap<Country, Former>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Today {
    pub(super) status: Option<Status>,
    pub(super) cow: Option<u16>,
    pub(super) since: Option<Period>,
    pub(super) name: Option<String>,
    /// Why the name differs from CLDR's; asked for by [`load`] where there is a name.
    name_reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct New {
    pub(super) alpha2: String,
    pub(super) fips: Option<String>,
    pub(super) name: String,
    pub(super) capital: String,
    pub(super) region: String,
    pub(super) subregion: String,
    pub(super) currency: String,
    #[serde(rename = "reason")]
    _reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Former {
    pub(super) alpha2: Option<String>,
    pub(super) numeric: Option<u16>,
    pub(super) cow: Option<u16>,
    pub(super) name: String,
    pub(super) capital: Option<String>,
    pub(super) since: Period,
    pub(super) until: Period,
    pub(super) successors: Vec<Country>,
    #[serde(rename = "reason")]
    _reason: String,
}

/// `names.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    /// Names of one country.
    pub(super) alias: Vec<Alias>,
    /// Names that may mean several.
    pub(super) ambiguous: Vec<Ambiguous>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Alias {
    pub(super) country: Country,
    pub(super) names: Vec<String>,
    #[serde(default = "alias")]
    pub(super) kind: NameKind,
    #[serde(default = "english")]
    pub(super) language: String,
    pub(super) since: Option<Period>,
    pub(super) until: Option<Period>,
    #[serde(rename = "reason")]
    _reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ambiguous {
    pub(super) name: String,
    #[serde(default = "english")]
    pub(super) language: String,
    pub(super) countries: Vec<Country>,
    #[serde(rename = "reason")]
    _reason: String,
}

fn alias() -> NameKind {
    NameKind::Alias
}

fn english() -> String {
    "en".to_owned()
}

/// Both files, compiled in.
///
/// # Errors
/// [`SourceError::Data`] where one of them is not valid, which a test rules out.
pub(super) fn load() -> Result<(Own, Names), SourceError> {
    let own: Own = parse("countries.toml", include_str!("countries.toml"))?;
    let names = parse("names.toml", include_str!("names.toml"))?;
    let bare = |t: &Today| t.name.is_some() != t.name_reason.is_some();
    if let Some((code, _)) = own.country.iter().find(|(_, t)| bare(t)) {
        let reason = format!("{code} needs both name and name_reason, or neither");
        return Err(wrong("countries.toml", reason));
    }
    Ok((own, names))
}

fn parse<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, SourceError> {
    toml::from_str(text).map_err(|e| wrong(file, e.to_string()))
}

/// An error in one of the two files.
pub(super) fn wrong(file: &'static str, reason: String) -> SourceError {
    SourceError::Data {
        source_id: "countries".to_owned(),
        file,
        reason,
    }
}
