//! The rules: what words mean, as data.
//!
//! Each file beside this one is a family. A rule has a name, a reason, patterns
//! ([`crate::pattern`]), examples that must match (what is found stands between `**`) and examples
//! that must not; one test runs them all, and `bilat explain` prints them.

use std::ops::Range;
use std::sync::LazyLock;

use bilat_model::Decimal;
use bilat_model::evidence::{EventKind, Qualifier};
use bilat_model::told::{Direction, FigureKind, Status, TieKind};
use serde::Deserialize;

use crate::pattern::{BadPattern, Classes, Found, Matcher, Pattern};
use crate::tokens::{Tokens, Vocabulary};

/// What a match of a rule means.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Gives {
    /// A quantity is named.
    Measure(Measure),
    /// A number is hedged.
    Qualifier(Hedge),
    /// A quantity moved.
    Change(Change),
    /// A value or period of comparison follows.
    Compare {},
    /// A number is no actual.
    Status {
        /// But what.
        is: Status,
    },
    /// Numbers are not the pair's own.
    Scope {
        /// Whose they are.
        is: Scope,
    },
    /// Something happened or is planned.
    Event(EventWord),
    /// Something more of a kind told before, by its number or a pronoun alone.
    Again {
        /// Of which.
        is: Again,
    },
    /// Something stands between the two.
    Tie(TieWord),
    /// What is told lies ahead, or behind.
    Tense {
        /// Whether it lies ahead.
        ahead: bool,
    },
    /// Somebody is named as the one who says it.
    Attribution {
        /// Whether the words follow whoever says it ("the ministry said").
        #[serde(default)]
        after: bool,
    },
}

/// A noun or a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartOfSpeech {
    /// Exports.
    Noun,
    /// Exported.
    Verb,
}

/// What the country that possesses a quantity, or is the subject of its verb, is to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Where it comes from.
    From,
    /// Where it goes.
    To,
}

/// A quantity is named.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Which.
    pub kind: FigureKind,
    /// How it is named.
    pub word: PartOfSpeech,
    /// What its possessor is to it; none for what has no direction.
    #[serde(default)]
    pub subject: Option<Role>,
    /// Whether a bare number before it counts it.
    #[serde(default)]
    pub counts: bool,
    /// Whether it gives way to any other.
    #[serde(default)]
    pub weak: bool,
    /// Whether it counts only where the sentence says whose it is.
    #[serde(default)]
    pub named: bool,
    /// Whether it must stand just before its number.
    #[serde(default)]
    pub near: bool,
    /// Whether it counts only people of a country who are named just before it.
    #[serde(default)]
    pub people: bool,
    /// Whether it makes a percentage a share.
    #[serde(default)]
    pub share: bool,
}

/// How a number is hedged.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hedge {
    /// How.
    pub is: Qualifier,
    /// Whether it stands behind the number.
    #[serde(default)]
    pub after: bool,
}

/// How a quantity moved.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Which way.
    #[serde(default)]
    pub direction: Option<Direction>,
    /// By how many per cent, where the word itself says so; unsigned.
    #[serde(default, deserialize_with = "decimal")]
    pub percent: Option<Decimal>,
    /// How far off that the truth may lie, in percentage points.
    #[serde(default, deserialize_with = "decimal")]
    pub slack: Option<Decimal>,
    /// Whether the number before it is a multiple.
    #[serde(default)]
    pub times: bool,
    /// Whether the percentage before it is a level of the earlier value.
    #[serde(default)]
    pub index: bool,
}

fn decimal<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<Decimal>, D::Error> {
    bilat_model::told::number::option::deserialize(d)
}

/// Whose numbers are not the pair's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All partners together.
    AllPartners,
    /// A place in an order.
    Rank,
    /// Something else that is no figure of the pair.
    Aside,
}

/// Something happened or is planned.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventWord {
    /// What kind.
    pub kind: EventKind,
    /// In a few words, for the output.
    pub what: String,
    /// How surely the words alone tell an event, from 1 (only with a date or place) to 3.
    #[serde(default = "two")]
    pub weight: u8,
    /// Whether the words themselves say that it lies ahead.
    #[serde(default)]
    pub planned: bool,
    /// Whether others of the kind may be told by their number or a pronoun alone; one rule of a
    /// kind says so, and gives the words for them.
    #[serde(default)]
    pub again: bool,
}

/// What is told by its number or a pronoun alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Again {
    /// "The sixth one": a session, round, meeting or forum.
    Gathering,
    /// "Qatar's is to open in 2023": an embassy.
    Mission,
}

fn two() -> u8 {
    2
}

/// Something stands between the two.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TieWord {
    /// What kind.
    pub kind: TieKind,
    /// In a few words, for the output.
    pub what: String,
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// Why it is there.
    pub why: String,
    /// What a match means.
    pub gives: Gives,
    /// Its patterns, as written.
    pub patterns: Vec<String>,
    /// Texts with what must be found between `**`.
    pub examples: Vec<String>,
    /// Texts in which it must find nothing.
    pub counter: Vec<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    why: String,
    gives: Gives,
    r#match: Vec<String>,
    examples: Vec<String>,
    not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Raw>,
}

/// The families, in the order in which `bilat explain` lists them.
const FILES: &[(&str, &str)] = &[
    ("measures.toml", include_str!("measures.toml")),
    ("qualifiers.toml", include_str!("qualifiers.toml")),
    ("changes.toml", include_str!("changes.toml")),
    ("compare.toml", include_str!("compare.toml")),
    ("status.toml", include_str!("status.toml")),
    ("scope.toml", include_str!("scope.toml")),
    ("events.toml", include_str!("events.toml")),
    ("ties.toml", include_str!("ties.toml")),
    ("tense.toml", include_str!("tense.toml")),
    ("attribution.toml", include_str!("attribution.toml")),
];

/// A rule file is broken.
#[derive(Clone, Debug, thiserror::Error)]
pub enum BadRules {
    /// Not of the schema.
    #[error("{file}: {why}")]
    File {
        /// Which.
        file: &'static str,
        /// What the parser says.
        why: String,
    },
    /// A pattern is none.
    #[error("rule {rule}: {why}")]
    Pattern {
        /// Which rule.
        rule: String,
        /// What is wrong.
        why: BadPattern,
    },
}

static RULES: LazyLock<Result<Vec<Rule>, BadRules>> = LazyLock::new(|| {
    let mut out = Vec::new();
    for (file, text) in FILES {
        let parsed: File = toml::from_str(text).map_err(|e| BadRules::File {
            file,
            why: e.to_string(),
        })?;
        out.extend(parsed.rule.into_iter().map(|r| Rule {
            id: r.id,
            why: r.why,
            gives: r.gives,
            patterns: r.r#match,
            examples: r.examples,
            counter: r.not,
        }));
    }
    Ok(out)
});

/// All rules, in order.
///
/// # Errors
/// [`BadRules`] when a file that is compiled in is broken.
pub fn rules() -> Result<&'static [Rule], BadRules> {
    RULES.as_ref().map(Vec::as_slice).map_err(Clone::clone)
}

/// All rules, ready to match.
#[derive(Clone, Debug)]
pub struct Rules {
    matcher: Matcher,
    all: &'static [Rule],
}

/// A match and what it means.
#[derive(Clone, Debug)]
pub struct Cue {
    /// The rule.
    pub rule: &'static Rule,
    /// Where.
    pub tokens: Range<usize>,
}

impl Cue {
    /// The measure that it names.
    #[must_use]
    pub fn measure(&self) -> Option<&'static Measure> {
        match &self.rule.gives {
            Gives::Measure(m) => Some(m),
            _ => None,
        }
    }

    /// The measure that it names where it is a quantity of its own: neither one that gives way to
    /// others nor a share.
    #[must_use]
    pub fn quantity(&self) -> Option<&'static Measure> {
        self.measure().filter(|m| !m.weak && !m.share)
    }
}

impl Rules {
    /// The rules, their words added to the vocabulary.
    ///
    /// # Errors
    /// [`BadRules`].
    pub fn new(vocabulary: &mut Vocabulary) -> Result<Self, BadRules> {
        let all = rules()?;
        let mut matcher = Matcher::default();
        for (i, rule) in all.iter().enumerate() {
            for pattern in &rule.patterns {
                let pattern =
                    Pattern::new(pattern, vocabulary).map_err(|why| BadRules::Pattern {
                        rule: rule.id.clone(),
                        why,
                    })?;
                matcher.add(i, pattern);
            }
        }
        Ok(Self { matcher, all })
    }

    /// The matches in a range of tokens, by where they begin.
    #[must_use]
    pub fn find(&self, range: Range<usize>, tokens: &Tokens<'_>, classes: &Classes) -> Vec<Cue> {
        let found = self.matcher.find(range, tokens, classes);
        found
            .into_iter()
            .map(|Found { rule, tokens }| Cue {
                rule: &self.all[rule],
                tokens,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
