//! Lines that are no part of the story, by what they say. The phrases are data
//! (`data/phrases.toml`); a line is held against them by its first word and by what it contains.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use bilat_model::document::BlockKind;

use crate::{Error, words};

const FILE: &str = "data/phrases.toml";
const TOML: &str = include_str!("../data/phrases.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    rule: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    #[allow(dead_code)] // names the rule where a test fails
    id: String,
    kind: Kind,
    #[allow(dead_code)] // for whoever reads or changes the file
    reason: String,
    /// A longer line is text.
    words: usize,
    /// Whether short lines after it go with it.
    #[serde(default)]
    tail: bool,
    #[serde(default)]
    whole: Vec<String>,
    #[serde(default)]
    starts: Vec<String>,
    #[serde(default)]
    contains: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    #[allow(dead_code)] // tested
    r#match: Vec<String>,
    #[allow(dead_code)] // tested
    not: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Caption,
    Furniture,
}

/// The phrases, ready to be held against lines.
pub(crate) struct Phrases {
    rules: Vec<Rule>,
    /// Rules by a whole line.
    whole: BTreeMap<String, usize>,
    /// Beginnings by their first word, each with its rule.
    starts: BTreeMap<String, Vec<(String, usize)>>,
    /// All that a line may contain or end with: a line without any is not looked at further.
    inside: AhoCorasick,
    longest: usize,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) kind: BlockKind,
    pub(crate) tail: bool,
}

static PHRASES: LazyLock<Result<Phrases, Error>> = LazyLock::new(|| Phrases::new(TOML));

/// The phrases as compiled in.
pub(crate) fn phrases() -> Result<&'static Phrases, Error> {
    PHRASES.as_ref().map_err(Clone::clone)
}

impl Phrases {
    fn new(toml: &str) -> Result<Self, Error> {
        let data: Data = toml::from_str(toml).map_err(|e| Error::Data {
            file: FILE,
            reason: e.to_string(),
        })?;
        let (mut whole, mut starts) = (BTreeMap::new(), BTreeMap::<_, Vec<_>>::new());
        for (i, rule) in data.rule.iter().enumerate() {
            whole.extend(rule.whole.iter().map(|p| (p.clone(), i)));
            for phrase in &rule.starts {
                let entry = starts.entry(key(phrase).to_owned()).or_default();
                entry.push((phrase.clone(), i));
            }
        }
        let inside = data
            .rule
            .iter()
            .flat_map(|r| r.contains.iter().chain(&r.ends));
        let inside = AhoCorasick::new(inside).map_err(|e| Error::Data {
            file: FILE,
            reason: e.to_string(),
        })?;
        let longest = data.rule.iter().map(|r| r.words).max().unwrap_or(0);
        Ok(Self {
            rules: data.rule,
            whole,
            starts,
            inside,
            longest,
        })
    }

    /// What a line is by the phrases, if they know it.
    pub(crate) fn find(&self, line: &str) -> Option<Found> {
        let words = words::count(line, self.longest + 1);
        if words == 0 || words > self.longest || line.len() > 2000 {
            return None;
        }
        let line = words::normal(line);
        let short = |i: &usize| words <= self.rules[*i].words;
        let found = self.whole.get(&line).copied().filter(short);
        let found = found.or_else(|| self.by_start(&line).filter(short));
        let found = found.or_else(|| self.within(&line, words));
        found.map(|i| {
            let rule = &self.rules[i];
            let kind = match rule.kind {
                Kind::Caption => BlockKind::Caption,
                Kind::Furniture => BlockKind::Furniture,
            };
            Found {
                kind,
                tail: rule.tail,
            }
        })
    }

    fn by_start(&self, line: &str) -> Option<usize> {
        let phrases = self.starts.get(key(line))?;
        let begins = |p: &str| line.strip_prefix(p).is_some_and(|rest| bounded(p, rest));
        phrases.iter().find(|(p, _)| begins(p)).map(|(_, i)| *i)
    }

    fn within(&self, line: &str, words: usize) -> Option<usize> {
        if !self.inside.is_match(line) {
            return None;
        }
        let holds = |p: &String| {
            line.match_indices(p.as_str()).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                let free = before.is_none_or(|c| !c.is_alphanumeric())
                    || !p.starts_with(char::is_alphanumeric);
                free && bounded(p, &line[at + p.len()..])
            })
        };
        let ends = |p: &String| {
            let rest = line.strip_suffix(p.as_str());
            // A label alone or behind a number; "an exchange of views" is text.
            rest.is_some_and(|r| {
                let before = r.trim_end();
                before.is_empty()
                    || before.ends_with(|c: char| c.is_ascii_digit() || ".,;|©".contains(c))
            })
        };
        self.rules.iter().position(|r| {
            words <= r.words && (r.contains.iter().any(holds) || r.ends.iter().any(ends))
        })
    }
}

/// Letters and digits that a phrase begins with: what it is looked up by.
fn key(line: &str) -> &str {
    let first = line.chars().next().map_or(0, char::len_utf8);
    let end = line[first..].find(|c: char| !c.is_alphabetic());
    &line[..end.map_or(line.len(), |e| first + e)]
}

/// Whether a phrase ends where a word does.
fn bounded(phrase: &str, rest: &str) -> bool {
    !phrase.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_match_their_examples_and_nothing_else() {
        let phrases = phrases().unwrap();
        for rule in &phrases.rules {
            for line in &rule.r#match {
                let found = phrases
                    .find(line)
                    .unwrap_or_else(|| panic!("{}: {line}", rule.id));
                let caption = matches!(rule.kind, Kind::Caption);
                assert_eq!(
                    found.kind == BlockKind::Caption,
                    caption,
                    "{}: {line}",
                    rule.id
                );
            }
            assert!(!rule.reason.is_empty() && !rule.r#match.is_empty() && !rule.not.is_empty());
            for line in &rule.not {
                assert_eq!(phrases.find(line), None, "{}: {line}", rule.id);
            }
        }
    }

    #[test]
    fn every_phrase_is_reached() {
        let phrases = phrases().unwrap();
        for rule in &phrases.rules {
            let longer = rule
                .starts
                .iter()
                .chain(&rule.contains)
                .map(|p| format!("{p} x"));
            for line in rule.whole.iter().chain(&rule.ends).cloned().chain(longer) {
                assert!(
                    phrases.find(&line).is_some(),
                    "{}: “{line}” never matches",
                    rule.id
                );
            }
        }
    }

    #[test]
    fn an_unknown_field_is_refused() {
        let wrong =
            "[[rule]]\nid='x'\nkind='furniture'\nreason='x'\nwords=1\nmatch=[]\nnot=[]\nodd=1";
        assert!(matches!(Phrases::new(wrong), Err(Error::Data { .. })));
    }
}
