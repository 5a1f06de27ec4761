//! Sources: who published what, under which licence, in which vintage.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::Period;

/// A source's name: the name of its folder, such as `trade_dots`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceId(pub Arc<str>);

impl SourceId {
    /// Of a literal.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The card of a source, `source.toml` in its folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The folder's name.
    pub id: SourceId,
    /// The data folder that its files lie in, when it shares another source's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// The data set's title.
    pub title: String,
    /// Its title as a citation in a brief names it, short: `IMF Direction of Trade Statistics`.
    pub short: String,
    /// Who publishes it.
    pub publisher: String,
    /// The line that credits it, as the licence asks.
    pub credit: String,
    /// The licence's name.
    pub licence: String,
    /// Where its terms stand.
    pub licence_url: String,
    /// What is open about the terms, for whoever ships the values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence_note: Option<String>,
    /// The page that describes it.
    pub homepage: String,
    /// The state that the expected shape describes: when it was retrieved or published.
    pub vintage: Period,
    /// What stretch of time it covers, in words.
    pub coverage: String,
    /// What it holds, the units as they lie in the file, and what its gaps mean.
    pub about: String,
    /// What is known to be wrong or missing in it, each a sentence.
    #[serde(default)]
    pub caveats: Vec<String>,
    /// Its files.
    #[serde(rename = "file")]
    pub files: Vec<FileCard>,
}

impl Card {
    /// The data folder that its files lie in.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.folder.as_deref().unwrap_or(&self.id.0)
    }
}

/// One file of a source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileCard {
    /// Its path below the source's folder.
    pub path: String,
    /// Where it is downloaded from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Why it cannot be downloaded as it is, when `origin` is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_origin: Option<String>,
    /// The largest download accepted, in bytes.
    pub max_bytes: u64,
    /// Fewest and most records expected.
    pub records: (u64, u64),
    /// Why it is not read although it lies there; it is still found and hashed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
    /// Columns and what becomes of each, in the file's order; empty for files without columns.
    #[serde(default)]
    pub columns: Vec<ColumnCard>,
    /// For wide tables, what every column after the listed ones holds, and what its name is (a
    /// country's code, an organisation's). The reader refuses a column whose name it cannot
    /// look up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_columns: Option<String>,
}

/// One column of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnCard {
    /// As the header spells it.
    pub name: String,
    /// What it holds, with its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<String>,
    /// Why it is not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignored: Option<String>,
}

/// One file of a source as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vintage {
    /// The source.
    pub source: SourceId,
    /// The file within the source's folder.
    pub file: String,
    /// The state.
    pub vintage: Period,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Records seen.
    pub records: u64,
    /// Records that gave evidence.
    pub kept: u64,
    /// Records left out on purpose: groups of countries, exact duplicates, empty values.
    pub left_out: u64,
    /// Records that could not be read, each listed by `bilat sources verify`.
    pub skipped: u64,
}
