//! What reading gives.

use std::collections::BTreeMap;

use bilat_model::evidence::Locator;
pub use bilat_model::records::Records;
use bilat_model::source::{SourceId, Vintage};

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub file: String,
    /// Where in it.
    pub at: Locator,
    /// Why, with the text that did not fit.
    pub reason: String,
}

/// How reading one source went.
#[derive(Debug, Clone)]
pub struct Report {
    /// The source.
    pub source: SourceId,
    /// The files as read.
    pub files: Vec<Vintage>,
    /// Records left out on purpose, by reason.
    pub left_out: BTreeMap<String, u64>,
    /// Names that are deliberately no country, with why and how often met.
    pub not_countries: BTreeMap<String, (String, u64)>,
    /// Names that led nowhere, and how often. Anything here fails `bilat sources verify`.
    pub unresolved: BTreeMap<String, u64>,
    /// Names in `lookups.toml` that the files no longer hold.
    pub unused_lookups: Vec<String>,
    /// Broken records.
    pub skipped: Vec<Skipped>,
    /// What in the card's expectations does not hold, one sentence each.
    pub unexpected: Vec<String>,
}

impl Report {
    /// Whether every name is resolved and every expectation of the card holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.unresolved.is_empty() && self.unexpected.is_empty()
    }
}
