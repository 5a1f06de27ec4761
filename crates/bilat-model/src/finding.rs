//! Findings: the outcome of a check.

use serde::{Deserialize, Serialize};

use crate::document::Span;
use crate::evidence::{UnknownWord, vocabulary};
use crate::told::ItemRef;
use serde::{Deserializer, Serializer};
use std::fmt;
use std::str::FromStr;

vocabulary! {
    /// How bad a finding is.
    Severity {
        /// Cannot all be true.
        Error = "error",
        /// Just past rounding, stale, or loose wording.
        Warning = "warning",
        /// Confirmed or derived.
        Info = "info",
    }
}

vocabulary! {
    /// What a check came to.
    Outcome {
        /// Holds.
        Confirmed = "confirmed",
        /// The text contradicts itself.
        Inconsistent = "inconsistent",
        /// Another source or document says otherwise.
        Contradicted = "contradicted",
        /// An old figure is repeated without its date.
        Stale = "stale",
        /// Nothing to hold it against; the message says what was searched.
        Unsupported = "unsupported",
        /// Follows from what is told.
        Derived = "derived",
        /// There is something beside it that it cannot be compared with; the message says why.
        NotComparable = "not_comparable",
    }
}

/// A place in the text and what it says there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// Those bytes.
    pub quote: String,
    /// What to write beside it: short, and may be empty.
    pub text: String,
    /// Whether the finding is about this place; others only bear on it.
    pub primary: bool,
}

/// What another source or document says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// The name of its evidence, for `bilat why`, or of its document.
    pub id: String,
    /// Who says so, with the vintage or the date.
    pub source: String,
    /// What it says.
    pub says: String,
    /// The date or vintage of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<String>,
}

/// The outcome of one check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule, for `bilat explain`.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// What it came to.
    pub outcome: Outcome,
    /// In a sentence.
    pub message: String,
    /// The sum written out with its intervals.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub arithmetic: Option<String>,
    /// The places involved, the first the one it is shown at.
    pub labels: Vec<Label>,
    /// The items involved.
    pub involves: Vec<ItemRef>,
    /// What others say.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub beside: Vec<Beside>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub help: Option<String>,
}
