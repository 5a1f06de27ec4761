//! Sentences with the figures, events and ties that a reader takes from them, all of which must be
//! found, and no others: what the mechanisms of extraction are for, one wording each.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::fmt::Write as _;

use bilat_document::{Hints, Limits, read};
use bilat_extract::Extractor;
use bilat_model::told::{Extraction, Figure};
use bilat_model::{Country, Pair};
use bilat_snapshot::Snapshot;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    pair: String,
    published: jiff::civil::Date,
    text: String,
    figures: Vec<String>,
}

/// A figure in the form that the file explains.
fn line(f: &Figure) -> String {
    let period = f.period.map_or("-".to_owned(), |p| p.to_string());
    let value = f
        .value
        .map_or("-".to_owned(), |v| v.normalize().to_string());
    let mut out = format!(
        "{} {}>{} {value} {} {period}",
        serde_json::to_value(f.kind).unwrap().as_str().unwrap(),
        f.from,
        f.to,
        f.unit
    );
    if let Some(change) = f.change_percent {
        let sign = if change.is_sign_negative() { "" } else { "+" };
        write!(out, " {sign}{}", change.normalize()).unwrap();
    }
    if let Some(status) = f.status {
        write!(
            out,
            " {}",
            serde_json::to_value(status).unwrap().as_str().unwrap()
        )
        .unwrap();
    }
    out
}

/// Imports from A are A's exports: one fact, written one way.
fn as_exports(line: &str) -> String {
    line.strip_prefix("imports ")
        .map_or_else(|| line.to_owned(), |rest| format!("exports {rest}"))
}

/// What a document tells of a pair, both as the tables write them.
fn told(extractor: &Extractor, pair: &str, published: jiff::civil::Date, text: &str) -> Extraction {
    let (a, b) = pair.split_once([',', '-']).unwrap();
    let country = |c: &str| c.parse::<Country>().unwrap();
    let pair = Pair::new(country(a), country(b)).unwrap();
    let hints = Hints {
        published: Some(published),
        ..Hints::default()
    };
    let document = read(text.as_bytes(), &hints, &Limits::default()).unwrap();
    extractor.extract(&document, pair)
}

fn extractor() -> Extractor {
    let snapshot = Snapshot::embedded().unwrap();
    let registry = snapshot.registry().unwrap();
    Extractor::new(&registry, &snapshot.cities().unwrap()).unwrap()
}

/// Adds what differs between two lists to a report.
fn compare(text: &str, mut asked: Vec<String>, mut found: Vec<String>, wrong: &mut String) {
    found.sort();
    asked.sort();
    if found != asked {
        writeln!(wrong, "{text}").unwrap();
        for l in asked.iter().filter(|l| !found.contains(l)) {
            writeln!(wrong, "  missed {l}").unwrap();
        }
        for l in found.iter().filter(|l| !asked.contains(l)) {
            writeln!(wrong, "  extra  {l}").unwrap();
        }
    }
}

#[test]
fn every_sentence_gives_its_figures_and_no_others() {
    let file: File = toml::from_str(include_str!("sentences.toml")).unwrap();
    let extractor = extractor();
    let mut wrong = String::new();
    for case in &file.case {
        let told = told(&extractor, &case.pair, case.published, &case.text);
        let found = told.figures.iter().map(|f| as_exports(&line(f))).collect();
        let asked = case.figures.iter().map(|l| as_exports(l)).collect();
        compare(&case.text, asked, found, &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Communiques {
    case: Vec<Communique>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Communique {
    pair: String,
    published: jiff::civil::Date,
    text: String,
    #[serde(default)]
    events: Vec<String>,
    #[serde(default)]
    ties: Vec<String>,
}

fn name(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap();
    value.as_str().unwrap_or("-").to_owned()
}

#[test]
fn every_communique_gives_its_events_and_ties_and_no_others() {
    let file: Communiques = toml::from_str(include_str!("communiques.toml")).unwrap();
    let extractor = extractor();
    let mut wrong = String::new();
    for case in &file.case {
        let told = told(&extractor, &case.pair, case.published, &case.text);
        let events = told.events.iter().map(|e| {
            let planned = if e.planned { " planned" } else { "" };
            let derived = if e.derived { " derived" } else { "" };
            format!("{} {}{planned}{derived}", name(e.kind), name(e.date))
        });
        let ties = told
            .ties
            .iter()
            .map(|t| format!("tie {} {}", name(t.kind), name(t.since)));
        let asked = case.events.iter().cloned();
        let asked = asked.chain(case.ties.iter().map(|t| format!("tie {t}")));
        compare(
            &case.text,
            asked.collect(),
            events.chain(ties).collect(),
            &mut wrong,
        );
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_currency_of_a_sum_makes_no_pair() {
    let text = "La Paz, 3 November 2023. Bolivian exports to Paraguay reached US$ 118 million in 2022. \
                Paraguay shipped US$ 42 million worth of goods to Bolivia, and 5 million Swiss francs \
                were paid.";
    let document = read(text.as_bytes(), &Hints::default(), &Limits::default()).unwrap();
    let pairs = extractor().pairs(&document);
    let names: Vec<_> = pairs.iter().map(|(p, _)| p.to_string()).collect();
    assert_eq!(names, ["BOL-PRY"]);
}
