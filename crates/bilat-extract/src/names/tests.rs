//! The names on texts of our own, and on every state of the embedded register.

use bilat_model::document::{Block, BlockKind, Span};
use bilat_model::{Country, Pair, Registry};

use super::*;
use crate::tokens::{Tokens, Vocabulary};

/// A register with every state, and a gazetteer with it.
pub(super) struct Known {
    pub registry: Registry,
    pub vocabulary: Vocabulary,
    pub gazetteer: Gazetteer,
}

pub(super) fn known() -> Known {
    let registry = bilat_snapshot::Snapshot::embedded()
        .unwrap()
        .registry()
        .unwrap();
    let mut vocabulary = Vocabulary::default();
    let gazetteer = Gazetteer::new(&registry, &[], &mut vocabulary);
    Known {
        registry,
        vocabulary,
        gazetteer,
    }
}

pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        out.push(Block {
            span: Span::new(at, at + line.len()),
            kind: BlockKind::Paragraph,
        });
        at += line.len();
    }
    out
}

impl Known {
    pub(super) fn find(&self, text: &str, pair: Option<Pair>) -> Vec<(String, String, As)> {
        let tokens = Tokens::new(text, &blocks(text), &self.vocabulary);
        mentions(&tokens, &self.gazetteer, pair)
            .into_iter()
            .map(|m| {
                (
                    tokens.slice(&m.tokens).to_owned(),
                    m.country.to_string(),
                    m.how,
                )
            })
            .collect()
    }

    fn codes(&self, text: &str, pair: Option<&str>) -> String {
        let pair = pair.map(|p| p.parse().unwrap());
        let found = self.find(text, pair);
        let codes: Vec<String> = found.into_iter().map(|f| f.1).collect();
        codes.join(" ")
    }
}

#[test]
fn every_state_is_found_by_its_name_capital_and_adjective() {
    let k = known();
    let data = data::load().unwrap();
    let mut bad = Vec::new();
    for state in k.registry.states() {
        let info = k.registry.info(state).unwrap();
        let text = format!("Trade with {} rose.", info.name);
        if k.codes(&text, None) != state.code() {
            bad.push(format!("{text} {}", k.codes(&text, None)));
        }
        if let Some(capital) = &info.capital {
            let text = format!("He arrived in {capital} yesterday.");
            let found = k.codes(&text, None);
            if found != state.code() {
                bad.push(format!("{text} {state} {found}"));
            }
        }
        let d = &data.demonyms.demonyms[&state];
        for form in d.adjectives.iter().chain(&d.plurals()) {
            let text = format!("For the {form} side it was new.");
            let found = k.codes(&text, None);
            if found != state.code() {
                bad.push(format!("{text} {state} {found}"));
            }
        }
        let shared = data.demonyms.demonyms.values();
        let named = !d.adjectives.is_empty()
            || shared
                .flat_map(|d| d.shared.values().flatten())
                .any(|c| *c == state);
        if !named {
            bad.push(format!("{state} has no adjective"));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
