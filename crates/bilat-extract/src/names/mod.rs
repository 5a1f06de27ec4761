//! Who is named: countries with their people, capitals and governments; persons with their
//! offices; organisations.
//!
//! Names are data: those of the register, `demonyms.toml` (adjectives and people), `places.toml`
//! (other capitals, government buildings, cities), `guards.toml` (what only looks like a country),
//! `offices.toml` and `organisations.toml`. All are found by their words in one pass, the longest
//! first; then the words around and the rest of the text decide what is meant.

mod data;
mod gazetteer;
mod lexicon;
mod mentions;
mod organisations;
mod pairs;
mod persons;
mod rules;

#[cfg(test)]
mod tests;

use std::ops::Range;

use bilat_model::Country;

pub use gazetteer::Gazetteer;
pub use mentions::mentions;
pub use organisations::{OrgKind, OrgMention, organisations};
pub use pairs::pairs;
pub use persons::{PersonMention, Rank, persons};

pub use rules::{Example, Rule, rules};

/// By which kind of name a country is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum As {
    /// Its name: Georgia, the Republic of Korea, Burma.
    Name,
    /// What is of it: Georgian; also one of its people.
    Adjective,
    /// Its people: Georgians, Poles.
    People,
    /// Its capital, as a place or for the government: Tbilisi.
    Capital,
    /// Another of its cities or regions: Batumi.
    City,
    /// A building or body that stands for its government: the Kremlin, the Knesset.
    Government,
    /// An abbreviation in capitals: UAE.
    Code,
}

/// A place of a text where a country is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name's tokens, without article and without the possessive ending.
    pub tokens: Range<usize>,
    /// Which country.
    pub country: Country,
    /// Other countries that it may mean, were there no reason for the first.
    pub also: Vec<Country>,
    /// By which kind of name.
    pub how: As,
    /// Whether a possessive ending follows: Georgia's, the Maldives'.
    pub possessive: bool,
    /// Whether it is joined to another country by a hyphen, a dash or a stroke: Czech-Israeli.
    pub hyphen: bool,
    /// Whether international bodies sit there, so that it may be no more than a place: Geneva.
    pub venue: bool,
    /// Whether it stands in the line of place and day that opens a report ("BAKU, May 1").
    pub dateline: bool,
}
