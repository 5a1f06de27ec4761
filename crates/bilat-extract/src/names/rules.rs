//! What the reading of names goes by, told with examples that must and must not match.

use serde::Deserialize;

/// A rule for reading names.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name: `names/…`.
    pub id: String,
    /// What it does, and why.
    pub why: String,
    /// Which of the three readings it is of: `countries`, `persons` or `organisations`.
    pub of: String,
    /// Texts and what is read in them.
    pub examples: Vec<Example>,
    /// Texts that look like it, and what is read there instead.
    pub counter_examples: Vec<Example>,
}

/// A text and what is read in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The pair that is asked for, where one is.
    #[serde(default)]
    pub pair: Option<String>,
    /// What is read, in order: codes of countries; `rank COUNTRY name` of persons, `-` for none;
    /// `kind COUNTRY name` of organisations.
    pub gives: Vec<String>,
}

/// `rules.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
}

/// All rules for reading names, in the order of the file. A test runs every example.
#[must_use]
pub fn rules() -> Vec<Rule> {
    // The file is compiled in and a test reads it.
    let file: File = toml::from_str(include_str!("rules.toml"))
        .unwrap_or_else(|e| unreachable!("the rules of names: {e}"));
    file.rule
}
