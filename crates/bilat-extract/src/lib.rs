//! What a document tells about a pair: figures, events and ties, each with an exact span.
//!
//! ```text
//! text ──tokens──▶ words ──names, times, amounts──▶ mentions ──rules──▶ figures, events, ties
//! ```
//!
//! Pure: no disk, no network, no clock. Time and memory are linear in the length of the text.

#![allow(
    clippy::nonminimal_bool,
    reason = "conditions on words read as they are said, one case after the other"
)]

pub mod amount;
mod attribution;
mod events;
mod figures;
mod lists;
pub mod names;
mod ordinals;
pub mod pattern;
pub mod reading;
pub mod rules;
#[cfg(test)]
mod testing;
pub mod time;
pub mod tokens;

use std::collections::BTreeMap;

use bilat_model::document::Document;
use bilat_model::profile::City;
use bilat_model::told::Extraction;
use bilat_model::{Country, Pair, Registry};

use bilat_model::document::Span;
use names::Gazetteer;
use reading::Reading;
use rules::Rules;
use tokens::Vocabulary;

/// All that reading needs to know: rules, names, words of dates and numbers. Made once.
#[derive(Clone, Debug)]
pub struct Extractor {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) rules: Rules,
    pub(crate) gazetteer: Gazetteer,
    pub(crate) times: time::Lexicon,
    pub(crate) amounts: amount::Lexicon,
    /// Each country's currency, for names that several share ("rupees").
    pub(crate) currencies: BTreeMap<Country, String>,
}

/// The data of the extractor is broken.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule.
    #[error(transparent)]
    Rules(#[from] rules::BadRules),
    /// The words of amounts.
    #[error(transparent)]
    Amounts(#[from] amount::BadLexicon),
}

impl Extractor {
    /// An extractor that knows these countries and these of their cities.
    ///
    /// # Errors
    /// [`Error`] when data that is compiled in is broken.
    pub fn new(registry: &Registry, cities: &[City]) -> Result<Self, Error> {
        let mut vocabulary = Vocabulary::default();
        let rules = Rules::new(&mut vocabulary)?;
        let gazetteer = Gazetteer::new(registry, cities, &mut vocabulary);
        let times = time::Lexicon::new(&mut vocabulary);
        let amounts = amount::Lexicon::new(&mut vocabulary)?;
        Ok(Self {
            vocabulary,
            rules,
            gazetteer,
            times,
            amounts,
            currencies: registry
                .countries()
                .filter_map(|c| Some((c.code, c.currency.clone()?)))
                .collect(),
        })
    }

    /// The pairs that a document is about, the likeliest first, each with a weight.
    #[must_use]
    pub fn pairs(&self, document: &Document) -> Vec<(Pair, u32)> {
        reading::pairs(self, document)
    }

    /// What a document tells about a pair.
    #[must_use]
    pub fn extract(&self, document: &Document, pair: Pair) -> Extraction {
        let reading = Reading::new(self, document, pair);
        let mut told = Extraction {
            pair,
            published: document.meta.published,
            figures: Vec::new(),
            events: Vec::new(),
            ties: Vec::new(),
            constraints: Vec::new(),
        };
        figures::find(&reading, &mut told);
        events::find(&reading, &mut told);
        told
    }
}

/// The bytes of a range of tokens of a scene.
pub(crate) fn document_span(scene: &reading::Scene<'_>, tokens: &std::ops::Range<usize>) -> Span {
    scene.reading.tokens.span(tokens)
}
