//! A source as the program carries it: card, lookups, corrections, reader.

use std::collections::{BTreeMap, BTreeSet};

use bilat_model::Country;
use bilat_model::source::Card;
use serde::Deserialize;

use crate::{Context, SourceError};

/// A source: its folder's files and its reader.
pub struct Source {
    /// The folder's name.
    pub id: &'static str,
    /// `source.toml`.
    pub card_toml: &'static str,
    /// `lookups.toml`, empty when names are all known.
    pub lookups_toml: &'static str,
    /// `corrections.toml`, empty when nothing is corrected.
    pub corrections_toml: &'static str,
    /// Reads the files below the source's folder.
    pub read: fn(&mut Context<'_>) -> Result<(), SourceError>,
}

impl Source {
    /// The parsed card.
    ///
    /// # Errors
    /// [`SourceError::Data`].
    pub fn card(&self) -> Result<Card, SourceError> {
        let card: Card = self.parse("source.toml", self.card_toml)?;
        if card.id.0.as_ref() != self.id {
            let reason = format!("its id is {}, its folder {}", card.id, self.id);
            return Err(SourceError::Data {
                source_id: self.id.into(),
                file: "source.toml",
                reason,
            });
        }
        Ok(card)
    }

    /// The parsed lookups.
    ///
    /// # Errors
    /// [`SourceError::Data`].
    pub fn lookups(&self) -> Result<Lookups, SourceError> {
        self.parse("lookups.toml", self.lookups_toml)
    }

    /// The parsed corrections.
    ///
    /// # Errors
    /// [`SourceError::Data`].
    pub fn corrections(&self) -> Result<Corrections, SourceError> {
        self.parse("corrections.toml", self.corrections_toml)
    }

    fn parse<T: serde::de::DeserializeOwned>(
        &self,
        file: &'static str,
        text: &str,
    ) -> Result<T, SourceError> {
        toml::from_str(text).map_err(|e| SourceError::Data {
            source_id: self.id.into(),
            file,
            reason: e.to_string(),
        })
    }
}

/// How a source's own names for countries are read, before the common registry is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookups {
    /// Spelling of the source → code.
    #[serde(default)]
    pub countries: BTreeMap<String, Country>,
    /// Names that are deliberately no country → why ("group of countries", "not specified").
    #[serde(default)]
    pub not_countries: BTreeMap<String, String>,
}

/// Values of a source that are known to be wrong.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrections {
    /// Each with its reason.
    #[serde(default, rename = "correction")]
    pub list: Vec<Correction>,
}

/// One value known to be wrong. It is applied only where the wrong value still stands; when it
/// has gone, reading stops and asks for the correction to be removed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The file.
    pub file: String,
    /// The record: a line's key or a member and field, as the reader of the source names it.
    pub record: String,
    /// The wrong text.
    pub was: String,
    /// The right text; empty to leave the record out.
    pub becomes: String,
    /// How we know.
    pub reason: String,
}

/// Corrections that met the value they correct.
pub(crate) type Applied = BTreeSet<usize>;
