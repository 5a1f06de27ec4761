//! Organisations: bodies known by name, and names that end or open with what they are.

mod described;
mod find;

use std::ops::Range;

use bilat_model::Country;
use serde::Deserialize;

pub use find::organisations;

use super::data::Words;
use super::lexicon::{Draft, Lexicon, WordSet};
use crate::tokens::{Token, Vocabulary};

/// What kind of organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrgKind {
    /// A ministry.
    Ministry,
    /// A news agency or broadcaster.
    NewsAgency,
    /// An office of statistics or customs that publishes figures.
    StatisticsOffice,
    /// A central bank.
    CentralBank,
    /// A body of several states.
    International,
    /// A company.
    Company,
    /// A place of learning or research.
    University,
    /// A house of parliament.
    Parliament,
    /// Anything else.
    Other,
}

/// A place of a text where an organisation is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgMention {
    /// The name's tokens.
    pub tokens: Range<usize>,
    /// The name in the text's words.
    pub name: String,
    /// What kind.
    pub kind: OrgKind,
    /// Of which country, where the text says so.
    pub country: Option<Country>,
}

/// `organisations.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bodies {
    pub(super) body: Vec<Body>,
    pub(super) head: Vec<Head>,
    pub(super) joiners: Words,
    pub(super) reporting: Words,
    pub(super) word_like: Words,
    pub(super) not_a_body: Words,
    pub(super) companies: Words,
}

/// Bodies of one kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    pub(super) kind: OrgKind,
    #[serde(default)]
    pub(super) country: Option<Country>,
    pub(super) names: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    pub(super) reason: String,
}

/// Words that say what a body is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) kind: OrgKind,
    #[serde(alias = "names")]
    pub(super) words: Vec<String>,
    /// Whether it counts without a capital, too.
    #[serde(default)]
    pub(super) lower: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    pub(super) reason: String,
}

/// A body known by name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) kind: OrgKind,
    pub(super) country: Option<Country>,
    pub(super) word_like: bool,
}

/// Bodies and the words that tell others, ready to be found.
#[derive(Clone, Debug)]
pub(super) struct Lexicons {
    pub(super) names: Lexicon,
    pub(super) known: Vec<Known>,
    /// Whether the name beside is an abbreviation in capitals.
    pub(super) upper: Vec<bool>,
    pub(super) heads: Vec<(OrgKind, bool, WordSet)>,
    /// The words of all heads, and of those that count without a capital.
    pub(super) any_head: WordSet,
    pub(super) lower_head: WordSet,
    pub(super) joiners: WordSet,
    pub(super) reporting: WordSet,
    pub(super) not_a_body: WordSet,
    pub(super) companies: WordSet,
}

impl Lexicons {
    pub(super) fn new(data: &Bodies, vocabulary: &mut Vocabulary) -> Self {
        let mut draft = Draft::default();
        let (mut known, mut upper) = (Vec::new(), Vec::new());
        for body in &data.body {
            for name in &body.names {
                draft.add(name, known.len() as u32);
                upper.push(!name.chars().any(char::is_lowercase));
                known.push(Known {
                    kind: body.kind,
                    country: body.country,
                    word_like: data.word_like.names.contains(name),
                });
            }
        }
        let mut set = |list: &[String]| {
            let mut out = WordSet::default();
            for name in list {
                out.add(name, vocabulary);
            }
            out
        };
        let words = |lower: bool| -> Vec<String> {
            let heads = data.head.iter().filter(|h| !lower || h.lower);
            heads.flat_map(|h| h.words.iter().cloned()).collect()
        };
        Self {
            any_head: set(&words(false)),
            lower_head: set(&words(true)),
            known,
            upper,
            heads: data
                .head
                .iter()
                .map(|h| (h.kind, h.lower, set(&h.words)))
                .collect(),
            joiners: set(&data.joiners.names),
            reporting: set(&data.reporting.names),
            not_a_body: set(&data.not_a_body.names),
            companies: set(&data.companies.names),
            names: draft.compile(vocabulary),
        }
    }

    /// Whether a word tells a body.
    pub(super) fn knows(&self, token: &Token) -> bool {
        self.any_head.has(token)
    }
}
