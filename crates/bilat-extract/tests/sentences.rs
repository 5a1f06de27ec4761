//! Sentences with the figures that a reader takes from them, all of which must be found, and no
//! others: what the mechanisms of the figures are for, one wording each.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::fmt::Write as _;

use bilat_document::{Hints, Limits, read};
use bilat_extract::Extractor;
use bilat_model::told::Figure;
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
        serde_json::to_value(f.kind).unwrap().as_str().unwrap(), f.from, f.to, f.unit
    );
    if let Some(change) = f.change_percent {
        let sign = if change.is_sign_negative() { "" } else { "+" };
        write!(out, " {sign}{}", change.normalize()).unwrap();
    }
    if let Some(status) = f.status {
        write!(out, " {}", serde_json::to_value(status).unwrap().as_str().unwrap()).unwrap();
    }
    out
}

/// Imports from A are A's exports: one fact, written one way.
fn as_exports(line: &str) -> String {
    line.strip_prefix("imports ")
        .map_or_else(|| line.to_owned(), |rest| format!("exports {rest}"))
}

#[test]
fn every_sentence_gives_its_figures_and_no_others() {
    let file: File = toml::from_str(include_str!("sentences.toml")).unwrap();
    let snapshot = Snapshot::embedded().unwrap();
    let registry = snapshot.registry().unwrap();
    let extractor = Extractor::new(&registry, &snapshot.cities().unwrap()).unwrap();
    let mut wrong = String::new();
    for case in &file.case {
        let (a, b) = case.pair.split_once(',').unwrap();
        let country = |c: &str| c.parse::<Country>().unwrap();
        let pair = Pair::new(country(a), country(b)).unwrap();
        let hints = Hints {
            published: Some(case.published),
            ..Hints::default()
        };
        let document = read(case.text.as_bytes(), &hints, &Limits::default()).unwrap();
        let told = extractor.extract(&document, pair);
        let mut found: Vec<String> = told.figures.iter().map(|f| as_exports(&line(f))).collect();
        let mut asked: Vec<String> = case.figures.iter().map(|l| as_exports(l)).collect();
        found.sort();
        asked.sort();
        if found != asked {
            writeln!(wrong, "{}", case.text).unwrap();
            for l in asked.iter().filter(|l| !found.contains(l)) {
                writeln!(wrong, "  missed {l}").unwrap();
            }
            for l in found.iter().filter(|l| !asked.contains(l)) {
                writeln!(wrong, "  extra  {l}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
