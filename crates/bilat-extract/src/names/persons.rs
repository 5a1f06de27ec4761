//! Persons and the offices they hold.

use serde::Deserialize;

use super::data::Words;
use super::lexicon::{Draft, Lexicon, WordSet};
use crate::tokens::{Token, Vocabulary, Word};

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
    pub(super) reason: String,
}

/// What a title says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Title {
    pub(super) rank: Rank,
    pub(super) portfolio: bool,
    pub(super) of_body: bool,
    pub(super) plural: bool,
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
    /// Every word of a title, and its last ones.
    pub(super) words: WordSet,
    pub(super) ends: WordSet,
    pub(super) counterpart: Word,
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
            words,
            ends,
            titles: draft.compile(vocabulary),
            counterpart: vocabulary.add("counterpart"),
        }
    }

    /// Whether a word is part of a title or names the field of one.
    pub(super) fn knows(&self, token: &Token) -> bool {
        self.words.has(token)
            || self.portfolio.has(token)
            || self.modifiers.has(token)
            || self.deputies.has(token)
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
