//! The names on texts of our own, and on every state of the embedded register.

use bilat_model::document::{Block, BlockKind, Span};
use bilat_model::{Country, Pair, Registry};
use proptest::prelude::*;

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

/// What each of the three readings gives, as the rules' examples write it.
fn read(k: &Known, of: &str, example: &Example) -> Vec<String> {
    let pair = example.pair.as_deref().map(|p| p.parse().unwrap());
    let tokens = Tokens::new(&example.text, &blocks(&example.text), &k.vocabulary);
    let found = mentions(&tokens, &k.gazetteer, pair);
    let code = |c: Option<Country>| c.map_or_else(|| "-".to_owned(), |c| c.to_string());
    match of {
        "countries" => found.iter().map(|m| m.country.to_string()).collect(),
        "persons" => persons(&tokens, &k.gazetteer, &found)
            .iter()
            .map(|p| {
                let name = if p.name.is_empty() { "-" } else { &p.name };
                format!("{:?} {} {name}", p.rank, code(p.country))
            })
            .collect(),
        "organisations" => organisations(&tokens, &k.gazetteer, &found)
            .iter()
            .map(|o| format!("{:?} {} {}", o.kind, code(o.country), o.name))
            .collect(),
        other => panic!("there is no reading of {other}"),
    }
}

#[test]
fn every_rule_does_what_its_examples_say() {
    let k = known();
    let mut bad = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    for rule in rules() {
        assert!(ids.insert(rule.id.clone()), "{} stands twice", rule.id);
        assert!(
            rule.id.starts_with("names/") && rule.why.ends_with('.'),
            "{}",
            rule.id
        );
        assert!(!rule.examples.is_empty(), "{}", rule.id);
        for example in rule.examples.iter().chain(&rule.counter_examples) {
            let got = read(&k, &rule.of, example);
            if got != example.gives {
                bad.push(format!(
                    "{}: {}\n   gives {got:?}\n   not {:?}",
                    rule.id, example.text, example.gives
                ));
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn every_entry_has_a_reason_and_every_name_of_a_guard_is_one() {
    let d = data::load().unwrap();
    let g = &d.guards;
    let mut reasons: Vec<&str> = vec![
        &g.common.reason,
        &g.given.reason,
        &g.surname.reason,
        &g.given_names.reason,
        &g.skip.reason,
        &g.currencies.reason,
        &d.places.venue.reason,
    ];
    reasons.extend(g.not_a_country.iter().map(|w| w.reason.as_str()));
    let places = [
        &d.places.name,
        &d.places.capital,
        &d.places.government,
        &d.places.city,
    ];
    for place in places.into_iter().flatten() {
        assert!(!place.names.is_empty(), "{}", place.country);
        if let (Some(since), Some(until)) = (place.since, place.until) {
            assert!(since.first() <= until.last(), "{:?}", place.names);
        }
        reasons.push(&place.reason);
    }
    reasons.extend(d.offices.office.iter().map(|o| o.reason.as_str()));
    reasons.extend(d.bodies.body.iter().map(|b| b.reason.as_str()));
    reasons.extend(d.bodies.head.iter().map(|h| h.reason.as_str()));
    reasons.extend(d.demonyms.prefixes.values().map(|p| p.reason.as_str()));
    reasons.extend(
        d.demonyms
            .demonyms
            .values()
            .filter_map(|d| d.note.as_deref()),
    );
    assert!(reasons.iter().all(|r| r.len() > 5), "{reasons:?}");
}

fn best(k: &Known, text: &str) -> String {
    let tokens = Tokens::new(text, &blocks(text), &k.vocabulary);
    let found = mentions(&tokens, &k.gazetteer, None);
    pairs(&found, &tokens)
        .first()
        .map(|p| p.0.to_string())
        .unwrap_or_default()
}

#[test]
fn the_pair_is_that_of_most_sentences_and_not_of_the_publisher() {
    let k = known();
    assert_eq!(
        best(
            &k,
            "BAKU, May 1. Georgia's trade with Armenia grew. Armenian exports rose; Georgian ones fell."
        ),
        "ARM-GEO"
    );
    assert_eq!(
        best(
            &k,
            "The Kazakhstan-Slovenia forum heard guests from Austria."
        ),
        "KAZ-SVN"
    );
    assert_eq!(
        best(&k, "Geneva hosted talks of Peru and Chile."),
        "CHL-PER"
    );
    assert_eq!(best(&k, "Nobody is named."), "");
}

#[test]
fn mentions_tell_possessives_compounds_and_datelines() {
    let k = known();
    let text = "BAKU, May 1. Georgia's and the Maldives' trade in the Czech-Israeli club.";
    let tokens = Tokens::new(text, &blocks(text), &k.vocabulary);
    let found = mentions(&tokens, &k.gazetteer, None);
    let flags: Vec<_> = found
        .iter()
        .map(|m| (m.country.to_string(), m.possessive, m.hyphen, m.dateline))
        .collect();
    let flag = |c: &str, p, h, d| (c.to_owned(), p, h, d);
    assert_eq!(
        flags,
        [
            flag("AZE", false, false, true),
            flag("GEO", true, false, false),
            flag("MDV", true, false, false),
            flag("CZE", false, true, false),
            flag("ISR", false, true, false),
        ]
    );
}

#[test]
fn towns_that_are_words_need_a_place_for_them() {
    let registry = known().registry;
    let city = |code: &str, name: &str| bilat_model::profile::City {
        country: code.parse().unwrap(),
        name: name.to_owned(),
        latitude: 1.into(),
        longitude: 1.into(),
        population: 50_000,
        capital: false,
        citation: registry.countries().next().unwrap().citation.clone(),
    };
    let cities = [
        city("HRV", "Split"),
        city("MNE", "Bar"),
        city("GBR", "Reading"),
        city("FRA", "Nice"),
        city("TUR", "Of"),
        city("USA", "Mobile"),
        city("KGZ", "Naryn"),
    ];
    let mut vocabulary = Vocabulary::default();
    let gazetteer = Gazetteer::new(&registry, &cities, &mut vocabulary);
    let k = Known {
        registry,
        vocabulary,
        gazetteer,
    };
    assert_eq!(
        k.codes("They met in Split and at Nice, then in Bar.", None),
        "HRV FRA MNE"
    );
    assert_eq!(
        k.codes(
            "Split the bill. Reading is fun. Of all, Mobile phones are Nice.",
            None
        ),
        ""
    );
    assert_eq!(k.codes("A bridge near Naryn was built.", None), "KGZ");
    assert_eq!(k.codes("Naryn Bakiev built it.", None), "");
}

proptest! {
    #[test]
    fn any_text_is_read_with_spans_on_boundaries(
        pieces in proptest::collection::vec(prop_oneof![
            Just("Georgia"), Just("'s "), Just("Congo"), Just("-"), Just("President "), Just("the "),
            Just("Ministry "), Just("of "), Just("and "), Just(", "), Just(". "), Just("("), Just(")"),
            Just("Israel "), Just("Katz "), Just("US "), Just("č"), Just("Sino"), Just("\u{202e}"),
            Just("UN "), Just("Étienne "), Just("deputy "), Just("ministers "), Just("\n"), Just("5 "),
            Just("Bank "), Just("\0"), Just("al-"), Just("Mr."),
        ], 0..40),
        any in "\\PC{0,40}",
    ) {
        use std::sync::OnceLock;
        static KNOWN: OnceLock<Known> = OnceLock::new();
        let k = KNOWN.get_or_init(known);
        let text = format!("{}{any}", pieces.concat());
        let tokens = Tokens::new(&text, &blocks(&text), &k.vocabulary);
        let found = mentions(&tokens, &k.gazetteer, None);
        let mut last = 0;
        for m in &found {
            prop_assert!(last <= m.tokens.start && m.tokens.start < m.tokens.end);
            last = m.tokens.end;
            prop_assert!(text.get(tokens.span(&m.tokens).start..tokens.span(&m.tokens).end).is_some());
        }
        for p in persons(&tokens, &k.gazetteer, &found) {
            prop_assert!(p.tokens.start < p.tokens.end && p.tokens.end <= tokens.tokens.len());
            prop_assert!(p.named.start >= p.tokens.start && p.named.end <= p.tokens.end);
            prop_assert!(p.office.is_some() || !p.name.is_empty());
        }
        for o in organisations(&tokens, &k.gazetteer, &found) {
            prop_assert_eq!(tokens.slice(&o.tokens), o.name.as_str());
        }
        let _ = pairs(&found, &tokens);
    }
}
