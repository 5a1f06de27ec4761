//! The rules as they are told to a reader, and as they are compiled from.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use super::raw::Action;

/// A wording of time: why it is read so, how it looks, and what shows that it works.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// Why it is read so.
    pub why: String,
    /// The wordings: classes in capitals, sets with `$`, `?` for what may be absent, `<` for a
    /// preposition that is no part of the expression.
    pub patterns: Vec<String>,
    /// What a match becomes.
    pub(super) value: Action,
    /// A number that the wording stands for: the fourth quarter for "the last quarter of".
    #[serde(default)]
    pub(super) number: Option<i16>,
    /// Texts with all that is found in them.
    pub examples: Vec<Example>,
    /// Texts that look alike and are read otherwise.
    #[serde(default)]
    pub counter: Vec<Example>,
}

/// A text with all that is found in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The day of publication, if it is known.
    #[serde(default)]
    pub published: Option<Date>,
    /// The quotes with their values, in order: `"27 November 2024 = 2024-11-27"`.
    pub finds: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
}

const TEXT: &str = include_str!("rules.toml");

pub(super) fn read() -> Result<Vec<Rule>, toml::de::Error> {
    toml::from_str::<File>(TEXT).map(|f| f.rule)
}

// A test reads the file; what is compiled in cannot fail later.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| read().unwrap_or_default());

/// All rules about time, in the order in which they are preferred.
#[must_use]
pub fn rules() -> &'static [Rule] {
    &RULES
}
