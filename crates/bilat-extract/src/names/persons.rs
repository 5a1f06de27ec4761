//! Persons and the offices they hold.

mod find;
mod name;
mod office;

use std::ops::Range;

use bilat_model::Country;
use serde::Deserialize;

pub use find::persons;

use super::data::Words;
use super::lexicon::{Draft, Lexicon, WordSet};
use crate::tokens::{Token, Vocabulary};

/// What kind of office a person holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// President, king, governor-general.
    HeadOfState,
    /// Prime minister, chancellor.
    HeadOfGovernment,
    /// Minister of foreign affairs.
    ForeignMinister,
    /// Another member of the government.
    Minister,
    /// Who stands below a minister.
    DeputyMinister,
    /// Who presides over a house of parliament.
    Speaker,
    /// A member of parliament.
    Parliamentarian,
    /// Ambassador, consul, envoy.
    Ambassador,
    /// Head of a region.
    Governor,
    /// Head of a town.
    Mayor,
    /// Head or owner of a company.
    CompanyHead,
    /// A member of a ruling house without another office.
    Royal,
    /// Another office.
    OtherOfficial,
    /// No office is told.
    None,
}

/// A place of a text where a person, or whoever holds an office, is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonMention {
    /// Office and name, or whichever of the two is told.
    pub tokens: Range<usize>,
    /// The name's tokens alone; empty when only the office is told.
    pub named: Range<usize>,
    /// The name as it is told in full in the text; empty when only the office is told.
    pub name: String,
    /// The office in the text's words.
    pub office: Option<String>,
    /// What kind of office.
    pub rank: Rank,
    /// Whose office.
    pub country: Option<Country>,
}

/// `offices.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Offices {
    pub(super) office: Vec<Office>,
    pub(super) modifiers: Words,
    pub(super) deputies: Words,
    pub(super) portfolio: Words,
    pub(super) particles: Words,
    pub(super) after_person: Words,
    pub(super) before_person: Words,
    pub(super) not_a_name: Words,
    pub(super) function_words: Words,
}

/// Titles of one rank.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Office {
    pub(super) rank: Rank,
    #[serde(default)]
    pub(super) portfolio: bool,
    #[serde(default)]
    pub(super) of_body: bool,
    pub(super) titles: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    pub(super) reason: String,
}

/// What a title says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Title {
    pub(super) rank: Rank,
    pub(super) portfolio: bool,
    pub(super) of_body: bool,
    pub(super) plural: bool,
    /// A counterpart: of the same office as the person named before.
    pub(super) counterpart: bool,
}

/// Titles and the words around them, ready to be found.
#[derive(Clone, Debug)]
pub(super) struct Lexicons {
    pub(super) titles: Lexicon,
    pub(super) title: Vec<Title>,
    pub(super) modifiers: WordSet,
    pub(super) deputies: WordSet,
    pub(super) portfolio: WordSet,
    pub(super) particles: WordSet,
    pub(super) after: WordSet,
    pub(super) before: WordSet,
    pub(super) not_a_name: WordSet,
    pub(super) function_words: WordSet,
    /// Every word of a title, and its last ones.
    pub(super) words: WordSet,
    pub(super) ends: WordSet,
}

impl Lexicons {
    pub(super) fn new(data: &Offices, vocabulary: &mut Vocabulary) -> Self {
        let mut draft = Draft::default();
        let mut title = Vec::new();
        let (mut words, mut ends) = (WordSet::default(), WordSet::default());
        for office in &data.office {
            for name in &office.titles {
                words.add(name, vocabulary);
                ends.add(name.rsplit(' ').next().unwrap_or(name), vocabulary);
                for plural in [false, true] {
                    let text = if plural {
                        plural_of(name)
                    } else {
                        name.clone()
                    };
                    // Found with and without capitals: "president" and "President".
                    draft.add(&text.to_lowercase(), title.len() as u32);
                    title.push(Title {
                        rank: office.rank,
                        portfolio: office.portfolio,
                        of_body: office.of_body,
                        plural,
                        counterpart: matches!(name.as_str(), "counterpart" | "colleague"),
                    });
                }
            }
        }
        let mut set = |list: &Words| {
            let mut out = WordSet::default();
            for name in &list.names {
                out.add(name, vocabulary);
            }
            out
        };
        Self {
            title,
            modifiers: set(&data.modifiers),
            deputies: set(&data.deputies),
            portfolio: set(&data.portfolio),
            particles: set(&data.particles),
            after: set(&data.after_person),
            before: set(&data.before_person),
            not_a_name: set(&data.not_a_name),
            function_words: set(&data.function_words),
            words,
            ends,
            titles: draft.compile(vocabulary),
        }
    }

    /// Whether a word is part of a title or names the field of one.
    pub(super) fn knows(&self, token: &Token) -> bool {
        self.words.has(token)
            || self.portfolio.has(token)
            || self.modifiers.has(token)
            || self.deputies.has(token)
    }

    /// Whether a word opens sentences and is no part of any name.
    pub(super) fn function_word(&self, token: &Token) -> bool {
        self.function_words.has(token)
    }

    /// Whether a title may end with a word.
    pub(super) fn ends_title(&self, token: &Token) -> bool {
        self.ends.has(token)
    }
}

/// "ministers of foreign affairs", "foreign secretaries", "heads of state".
fn plural_of(title: &str) -> String {
    let (head, rest) = match title.find(" of ").or_else(|| title.find(" for ")) {
        Some(at) => title.split_at(at),
        None => (title, ""),
    };
    let head = head.strip_suffix("man").map_or_else(
        || match head.strip_suffix('y') {
            Some(stem) if !head.ends_with("ey") => format!("{stem}ies"),
            _ => format!("{head}s"),
        },
        |stem| format!("{stem}men"),
    );
    format!("{head}{rest}")
}
