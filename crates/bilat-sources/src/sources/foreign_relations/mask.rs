//! A sentence with its countries, towns, names and dates as single characters, so that rules are
//! about language and not about Kazakhstan.

use std::collections::BTreeMap;
use std::sync::Arc;

use bilat_model::document::Span;
use bilat_model::registry::{NameKind, Status};
use bilat_model::{Country, Period, Registry};
use serde::Deserialize;

use super::dates::date;
use crate::SourceError;

/// The characters that stand for what was found, out of Unicode's private area.
pub(super) mod sign {
    /// The article's country; the other country of the note; a third.
    pub(in super::super) const COUNTRY: [char; 3] = ['\u{e001}', '\u{e002}', '\u{e003}'];
    /// An adjective of the same.
    pub(in super::super) const ADJECTIVE: [char; 3] = ['\u{e005}', '\u{e006}', '\u{e007}'];
    /// A town of the same.
    pub(in super::super) const TOWN: [char; 3] = ['\u{e008}', '\u{e009}', '\u{e00a}'];
    /// A date.
    pub(in super::super) const DATE: char = '\u{e004}';
    /// Another name: a person, a town, a body.
    pub(in super::super) const NAME: char = '\u{e00b}';
}

/// What a sign stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// A country, by name or adjective.
    Country(Country),
    /// A town and its country.
    Town(Country),
    /// A date.
    Date(Period),
    /// Another name.
    Name,
}

/// A sign in a masked sentence.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) what: What,
    /// Where its words stand in the sentence.
    pub(super) span: Span,
}

/// A masked sentence.
#[derive(Debug)]
pub(super) struct Masked {
    /// The sentence with signs.
    pub(super) text: String,
    /// The signs by where they stand in it.
    pub(super) found: BTreeMap<usize, Found>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    adjectives: BTreeMap<Country, Vec<String>>,
    names: BTreeMap<String, Country>,
    places: BTreeMap<String, Country>,
    not_after: NotAfter,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotAfter {
    words: Vec<String>,
}

#[derive(Clone, Copy)]
enum Kind {
    Country,
    Adjective,
    Town,
}

/// The names that running English has for countries and their capitals.
pub(super) struct Names {
    known: BTreeMap<String, (Kind, Country)>,
    not_after: Vec<String>,
}

/// The most words of a name.
const LONGEST: usize = 7;

impl Names {
    /// Of a registry and the file of this source.
    pub(super) fn new(registry: &Registry, source_id: &Arc<str>) -> Result<Self, SourceError> {
        let file: File =
            toml::from_str(include_str!("names.toml")).map_err(|e| SourceError::Data {
                source_id: source_id.to_string(),
                file: "names.toml",
                reason: e.to_string(),
            })?;
        let mut known = BTreeMap::new();
        for info in registry.countries().filter(|i| i.status == Status::State) {
            if let Some(capital) = &info.capital {
                known.insert(capital.clone(), (Kind::Town, info.code));
            }
        }
        for (name, country) in file.places {
            known.insert(name, (Kind::Town, country));
        }
        for (country, adjectives) in file.adjectives {
            for adjective in adjectives {
                known.insert(adjective, (Kind::Adjective, country));
            }
        }
        // A name of a country is not taken for a town of the same name: Singapore, Monaco.
        for name in registry.names() {
            let english = name.language.as_deref() == Some("en");
            let code = matches!(name.kind, NameKind::Code | NameKind::Ambiguous);
            if english && !code {
                let plain = name.name.strip_prefix("the ").unwrap_or(&name.name);
                known.insert(plain.to_owned(), (Kind::Country, name.country));
            }
        }
        for (name, country) in file.names {
            known.insert(name, (Kind::Country, country));
        }
        Ok(Self {
            known,
            not_after: file.not_after.words,
        })
    }

    /// Adds a country that is on no map.
    #[cfg(test)]
    pub(super) fn invent(&mut self, name: &str, adjective: &str, capital: &str, code: &str) {
        let Ok(country) = code.parse() else { return };
        self.known.insert(name.to_owned(), (Kind::Country, country));
        self.known
            .insert(adjective.to_owned(), (Kind::Adjective, country));
        self.known.insert(capital.to_owned(), (Kind::Town, country));
    }

    /// The longest known name that begins a text: its kind and length.
    fn longest(&self, text: &str) -> Option<(Kind, Country, usize)> {
        // No name is longer; without this a word of a megabyte would be walked again and again.
        let text = &text[..text.floor_char_boundary(100)];
        let mut best = None;
        let mut words = 0;
        let ends = text
            .char_indices()
            .filter(|(_, c)| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '.' | '-'))
            .map(|(i, _)| i)
            .chain([text.len()]);
        for end in ends {
            let mut name = &text[..end];
            loop {
                if let Some((kind, country)) = self.known.get(name) {
                    best = Some((*kind, *country, name.len()));
                }
                // Without a genitive, a full stop or what a hyphen adds.
                let shorter = name
                    .strip_suffix("'s")
                    .or(name.strip_suffix("’s"))
                    .or(name.strip_suffix('\''))
                    .or(name.strip_suffix('.'))
                    .or(name.rsplit_once('-').map(|(n, _)| n));
                match shorter {
                    Some(s) if best.is_none_or(|(_, _, n)| n < s.len()) => name = s,
                    _ => break,
                }
            }
            words += 1;
            if words > LONGEST {
                break;
            }
        }
        best
    }

    /// Masks a sentence of a note on `other` in the article on `own`.
    pub(super) fn mask(&self, plain: &str, own: Country, other: Country) -> Masked {
        let mut out = Masked {
            text: String::with_capacity(plain.len()),
            found: BTreeMap::new(),
        };
        let side = |c: Country| match c {
            c if c == own => 0,
            c if c == other => 1,
            _ => 2,
        };
        let mut at = 0;
        let mut word = true; // at the beginning of a word
        while let Some(c) = plain[at..].chars().next() {
            let rest = &plain[at..];
            if word && let Some((period, n)) = date(rest) {
                out.push(sign::DATE, What::Date(period), Span::new(at, at + n));
                at += n;
                word = false;
                continue;
            }
            if word && c.is_uppercase() {
                if let Some((kind, country, n)) = self.longest(rest)
                    && !rest[n..].starts_with(" City")
                    && !self
                        .not_after
                        .iter()
                        .any(|w| out.text.trim_end().ends_with(w.as_str()))
                {
                    let (signs, what) = match kind {
                        Kind::Country => (sign::COUNTRY, What::Country(country)),
                        Kind::Adjective => (sign::ADJECTIVE, What::Country(country)),
                        Kind::Town => (sign::TOWN, What::Town(country)),
                    };
                    out.drop_article();
                    out.push(signs[side(country)], what, Span::new(at, at + n));
                    at += n;
                    word = false;
                    continue;
                }
                let n = name(rest, at == 0, |r| self.longest(r).is_some());
                if n > 0 {
                    out.push(sign::NAME, What::Name, Span::new(at, at + n));
                    at += n;
                    word = false;
                    continue;
                }
            }
            out.text.push(c);
            word = !c.is_alphanumeric();
            at += c.len_utf8();
        }
        out
    }
}

impl Masked {
    fn push(&mut self, sign: char, what: What, span: Span) {
        self.found.insert(self.text.len(), Found { what, span });
        self.text.push(sign);
    }

    /// Takes “the” off the end: rules need not ask for it.
    fn drop_article(&mut self) {
        for article in ["the ", "The "] {
            if let Some(rest) = self.text.strip_suffix(article)
                && rest
                    .chars()
                    .next_back()
                    .is_none_or(|c| !c.is_alphanumeric())
            {
                self.text.truncate(rest.len());
            }
        }
    }
}

/// Capitalised words that are no part of a name: offices, and what begins sentences.
const WORDS: &[&str] = &[
    "A",
    "About",
    "Also",
    "Although",
    "Ambassador",
    "An",
    "As",
    "At",
    "Agreement",
    "Agreements",
    "Before",
    "Between",
    "Both",
    "Bilateral",
    "But",
    "By",
    "Chancellor",
    "Chairman",
    "Chief",
    "Consul",
    "Consulate",
    "Consulates",
    "Consulate-General",
    "Council",
    "Countries",
    "Crown",
    "Currently",
    "Defence",
    "Defense",
    "Deputy",
    "Diplomatic",
    "During",
    "Each",
    "Economic",
    "Emir",
    "Embassy",
    "Emperor",
    "Establishment",
    "Even",
    "Every",
    "First",
    "Following",
    "For",
    "Foreign",
    "Formal",
    "Former",
    "Free",
    "From",
    "Full",
    "General",
    "Government",
    "Governor",
    "Governor-General",
    "H.E.",
    "He",
    "Her",
    "High",
    "His",
    "However",
    "Honorary",
    "Commission",
    "Commissions",
    "In",
    "Its",
    "It",
    "Interior",
    "Joint",
    "King",
    "Later",
    "Leader",
    "Majesty",
    "Many",
    "Memorandum",
    "Minister",
    "Ministers",
    "Ministry",
    "Mr",
    "Mr.",
    "Mrs.",
    "Most",
    "No",
    "Nevertheless",
    "Nunciature",
    "Apostolic",
    "Of",
    "Official",
    "On",
    "One",
    "Only",
    "Other",
    "Over",
    "Parliament",
    "Pope",
    "President",
    "Presidents",
    "Prime",
    "Prince",
    "Princess",
    "Queen",
    "Recently",
    "Relations",
    "Republic",
    "Resident",
    "Secretary",
    "See",
    "Several",
    "She",
    "Since",
    "Some",
    "Speaker",
    "State",
    "States",
    "Sultan",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Through",
    "Throughout",
    "To",
    "Today",
    "Trade",
    "Treaty",
    "Two",
    "Under",
    "Understanding",
    "Until",
    "Vice",
    "Visa",
    "Visit",
    "Visits",
    "We",
    "When",
    "Where",
    "While",
    "With",
    "Chairperson",
    "Premier",
    "Taoiseach",
    "Sheikh",
    "Sultan",
    "Affairs",
    "Protocol",
    "Convention",
    "Pact",
    "Accord",
    "Accords",
    "Declaration",
    "Investment",
    "Double",
    "Taxation",
    "Cooperation",
    "Finance",
    "Commerce",
    "Health",
    "Agriculture",
    "Tourism",
    "Culture",
    "Education",
    "Energy",
    "Science",
    "Industry",
    "Security",
    "Partnership",
];

/// Words inside a name that begin in lower case.
const JOINTS: &[&str] = &[
    "de", "da", "do", "dos", "du", "del", "della", "di", "el", "al", "la", "le", "es", "von",
    "van", "der", "den", "bin", "ibn", "y", "e",
];

/// How long the run of capitalised words is that begins a text; 0 when it is none.
fn name(text: &str, first: bool, known: impl Fn(&str) -> bool) -> usize {
    let text = &text[..text.floor_char_boundary(200)];
    let mut end = 0;
    let mut at = 0;
    for (i, word) in text.split(' ').enumerate() {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let start = word.chars().next();
        let upper = start.is_some_and(char::is_uppercase);
        let joint = i > 0 && JOINTS.contains(&word);
        let stop = WORDS.contains(&bare.trim_end_matches('.')) || WORDS.contains(&bare);
        let seen = i > 0 && upper && known(&text[at..]);
        let part = upper && !stop && !seen;
        if !part && !joint {
            break;
        }
        let bare = bare
            .strip_suffix("'s")
            .or(bare.strip_suffix("’s"))
            .unwrap_or(bare);
        let initial = bare.len() <= 3 && bare.ends_with('.');
        let kept = match initial {
            true => bare,
            false => bare.trim_end_matches('.'),
        };
        if upper {
            end = at + kept.len();
        }
        at += word.len() + 1;
        // What ends in a comma or a bracket ends the name.
        if kept.len() < word.len() && !joint {
            break;
        }
    }
    let one = !text[..end].contains(' ');
    // A single capitalised word at the beginning of a sentence may be any word.
    if first && one && end > 0 && text[end..].starts_with(' ') && text[..end].ends_with("ly") {
        return 0;
    }
    end
}
