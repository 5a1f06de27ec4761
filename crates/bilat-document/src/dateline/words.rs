//! The words that dates are written with: data, `data/dateline.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::tokens::{Token, tokens};
use crate::Error;

const FILE: &str = "data/dateline.toml";
const TOML: &str = include_str!("../../data/dateline.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    month: Vec<Numbered>,
    weekday: Vec<Numbered>,
    joins: Listed,
    place: Listed,
    changes: Listed,
    labels: Listed,
    openers: Listed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbered {
    number: i8,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    #[allow(dead_code)] // for whoever reads or changes the file
    reason: String,
    words: Vec<String>,
}

/// The words, ready to be looked up.
pub(super) struct Vocabulary {
    months: BTreeMap<String, i8>,
    weekdays: BTreeMap<String, i8>,
    joins: Vec<String>,
    place: Vec<String>,
    changes: Vec<Vec<String>>,
    /// The longest first.
    labels: Vec<Vec<String>>,
    openers: Vec<Vec<String>>,
}

static VOCABULARY: LazyLock<Result<Vocabulary, Error>> = LazyLock::new(|| Vocabulary::new(TOML));

/// The words as compiled in.
pub(super) fn vocabulary() -> Result<&'static Vocabulary, Error> {
    VOCABULARY.as_ref().map_err(Clone::clone)
}

impl Vocabulary {
    pub(super) fn new(toml: &str) -> Result<Self, Error> {
        let data: Data = toml::from_str(toml).map_err(|e| Error::Data {
            file: FILE,
            reason: e.to_string(),
        })?;
        let map = |list: &[Numbered]| {
            let each = list
                .iter()
                .flat_map(|n| n.words.iter().map(move |w| (w.clone(), n.number)));
            each.collect()
        };
        let phrases = |list: &Listed| {
            let cut = |p: &String| tokens(p).iter().map(|t| t.text.to_owned()).collect();
            let mut phrases: Vec<Vec<String>> = list.words.iter().map(cut).collect();
            phrases.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
            phrases
        };
        Ok(Self {
            months: map(&data.month),
            weekdays: map(&data.weekday),
            labels: phrases(&data.labels),
            openers: phrases(&data.openers),
            changes: phrases(&data.changes),
            joins: data.joins.words,
            place: data.place.words,
        })
    }

    pub(super) fn month(&self, word: &str) -> Option<i8> {
        by_lower(&self.months, word)
    }

    /// Monday 1 … Sunday 7.
    pub(super) fn weekday(&self, word: &str) -> Option<i8> {
        by_lower(&self.weekdays, word)
    }

    pub(super) fn is_join(&self, word: &str) -> bool {
        self.joins.iter().any(|j| word.eq_ignore_ascii_case(j))
    }

    /// Whether a word may stand within a place's name.
    pub(super) fn is_within_place(&self, word: &str) -> bool {
        self.place.iter().any(|p| p == word)
    }

    /// Whether a line begins with a word of change.
    pub(super) fn is_change(&self, line: &[Token<'_>]) -> bool {
        begins(&self.changes, line).is_some()
    }

    /// How many tokens a label at the beginning takes.
    pub(super) fn label(&self, line: &[Token<'_>]) -> Option<usize> {
        begins(&self.labels, line)
    }

    /// How many tokens the kind of a statement at the beginning takes.
    pub(super) fn opener(&self, line: &[Token<'_>]) -> Option<usize> {
        begins(&self.openers, line)
    }
}

/// What a word in lower case stands for, without an allocation for a plain one.
fn by_lower(map: &BTreeMap<String, i8>, word: &str) -> Option<i8> {
    let mut buffer = [0; 16];
    match buffer.get_mut(..word.len()).filter(|_| word.is_ascii()) {
        Some(low) => {
            low.copy_from_slice(word.as_bytes());
            low.make_ascii_lowercase();
            map.get(std::str::from_utf8(low).ok()?).copied()
        }
        None => map.get(&word.to_lowercase()).copied(),
    }
}

fn begins(phrases: &[Vec<String>], line: &[Token<'_>]) -> Option<usize> {
    let fits =
        |p: &&Vec<String>| p.len() <= line.len() && p.iter().zip(line).all(|(w, t)| t.is_lower(w));
    phrases.iter().find(fits).map(Vec::len)
}
