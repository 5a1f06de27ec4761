//! Briefs of pairs of every kind, in every form, followed back to their records.
//!
//! When the wording changes on purpose: `INSTA_UPDATE=always cargo test -p bilat --test gallery`,
//! and read what changed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../../bilat-publish/tests/common/breaks.rs"]
mod breaks;
mod common;

use std::collections::BTreeSet;

use common::{Bilat, at_key, bilat};
use serde_json::Value;

/// Far partners, great powers, a conflict of neighbours, far islands, successors of one state, a
/// colonial tie: the first six are kept as snapshots. Then close neighbours, a divided nation,
/// another conflict, and a territory.
const GALLERY: [(&str, &str); 10] = [
    ("KAZ", "SVN"),
    ("USA", "CHN"),
    ("ARM", "AZE"),
    ("NRU", "SMR"),
    ("CZE", "SVK"),
    ("FRA", "SEN"),
    ("BEL", "NLD"),
    ("PRK", "KOR"),
    ("IND", "PAK"),
    ("HKG", "GBR"),
];

fn brief(a: &str, b: &str, format: &str) -> String {
    bilat(&["brief", a, b, "--format", format]).good().out
}

fn json(a: &str, b: &str) -> Value {
    bilat(&["brief", a, b, "--format", "json"]).json()
}

/// The sentences of a brief.
fn sentences(brief: &Value) -> Vec<&Value> {
    let sections = brief["sections"].as_array().unwrap().iter();
    let blocks = sections.flat_map(|s| s["blocks"].as_array().unwrap());
    let paragraphs = blocks.filter(|b| b["type"] == "paragraph");
    paragraphs
        .flat_map(|b| b["sentences"].as_array().unwrap())
        .collect()
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn every_form_is_written_alike_in_either_order() {
    for (a, b) in GALLERY {
        for format in ["terminal", "md", "html", "json"] {
            let text = brief(a, b, format);
            assert!(
                text.len() > 1000 && text.ends_with('\n'),
                "{a} {b} {format}"
            );
            assert!(
                !text.contains('\u{1b}'),
                "{a} {b} {format}: colour in a pipe"
            );
            assert_eq!(text, brief(b, a, format), "{a} {b} {format}");
        }
    }
}

#[test]
fn no_line_of_the_terminal_is_wider_than_asked() {
    for (a, b) in GALLERY {
        let wide = brief(a, b, "terminal");
        let over: Vec<_> = wide
            .lines()
            // An address is not broken.
            .filter(|l| l.chars().count() > 80 && !l.contains("://"))
            .collect();
        assert!(over.is_empty(), "{a} {b}: {over:#?}");
    }
}

#[test]
fn a_page_is_one_file() {
    for (a, b) in GALLERY {
        let html = brief(a, b, "html");
        assert!(html.starts_with("<!DOCTYPE html>") || html.starts_with("<!doctype html>"));
        // Data for search engines is no script.
        let html = html.replace("<script type=\"application/ld+json\"", "");
        for outside in [
            "<script",
            "src=\"http",
            "@import",
            "url(http",
            "<link rel=\"stylesheet",
        ] {
            assert!(!html.contains(outside), "{a} {b}: {outside}");
        }
    }
}

#[test]
fn the_data_keep_to_the_documented_form() {
    let schema = std::fs::read_to_string(common::root().join("docs/brief.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    for (a, b) in GALLERY {
        let brief = json(a, b);
        assert_eq!(
            breaks::breaks(&schema, &schema, &brief, ""),
            None,
            "{a} {b}"
        );
        let sources = brief["sources"].as_array().unwrap().len();
        let all = sentences(&brief);
        assert!(all.len() >= 10, "{a} {b} has {} sentences", all.len());
        let mut names = BTreeSet::new();
        for s in all {
            assert!(names.insert(text_of(&s["id"])), "{} stands twice", s["id"]);
            let citations = s["citations"].as_array().unwrap();
            assert!(!citations.is_empty(), "{s}");
            for c in citations {
                let n = usize::try_from(c.as_u64().unwrap()).unwrap();
                assert!((1..=sources).contains(&n), "{s}");
            }
        }
    }
}

#[test]
fn no_sentence_has_a_hole() {
    for (a, b) in GALLERY {
        for s in sentences(&json(a, b)) {
            let text = text_of(&s["text"]);
            let marks = [
                "{", "}", "  ", " ,", " .", "..", "null", "None", "NaN", "\u{2068}",
            ];
            for mark in marks {
                assert!(!text.contains(mark), "{}: “{mark}” in {text}", s["id"]);
            }
            assert!(text.ends_with('.') || text.ends_with(".”"), "{text}");
            let first = text.chars().next().unwrap();
            assert!(first.is_uppercase() || first.is_ascii_digit(), "{text}");
        }
    }
}

/// Whether somewhere in an answer stands a source, its file and its licence.
fn has_origin(value: &Value) -> bool {
    let field = |name: &str| value[name].as_str().is_some_and(|s| !s.is_empty());
    match value {
        Value::Object(fields) => {
            (["source", "file", "licence", "vintage"]
                .into_iter()
                .all(field))
                || fields.values().any(has_origin)
        }
        Value::Array(items) => items.iter().any(has_origin),
        _ => false,
    }
}

/// Whatever a brief names: its sentences, and what they and the cells of tables rest on.
fn names(brief: &Value) -> Vec<String> {
    let mut supports = Vec::new();
    at_key(brief, "support", &mut supports);
    let mut names: BTreeSet<String> = supports
        .iter()
        .flat_map(|s| s.as_array().unwrap())
        .filter_map(|s| s.get("id"))
        .map(|id| text_of(id).to_owned())
        .collect();
    let sentences = sentences(brief);
    names.extend(sentences.iter().map(|s| text_of(&s["id"]).to_owned()));
    names.into_iter().collect()
}

#[test]
fn whatever_a_brief_names_leads_to_its_records() {
    for (a, b) in GALLERY {
        for viewpoint in [None, Some(b)] {
            let side: Vec<&str> = viewpoint.map_or(vec![], |v| vec!["--viewpoint", v]);
            let brief = bilat(&[&["brief", a, b, "--format", "json"], &side[..]].concat()).json();
            let names = names(&brief);
            let asked: Vec<&str> = names.iter().map(String::as_str).collect();
            let answers = bilat(&[&["why", "--format", "json"], &side[..], &asked].concat()).json();
            let answers = answers.as_array().unwrap();
            assert_eq!(answers.len(), names.len());
            for (name, answer) in names.iter().zip(answers) {
                assert!(has_origin(answer), "{name} leads to no record: {answer}");
            }
            for s in sentences(&brief) {
                let at = names.binary_search(&text_of(&s["id"]).to_owned()).unwrap();
                assert_eq!(answers[at]["text"], s["text"]);
                let rests_on = answers[at]["rests_on"].as_array().unwrap();
                assert_eq!(rests_on.len(), s["support"].as_array().unwrap().len());
                assert!(rests_on.iter().all(has_origin), "{}", s["id"]);
            }
        }
    }
}

#[test]
fn the_way_back_is_told_in_words() {
    let words = bilat(&["why", "KAZ-SVN:trade_dots:imports:SVN>KAZ:KAZ:2019"])
        .good()
        .out;
    for part in [
        "94,447",
        "CIF",
        "trade_dots",
        "dots_long.csv.gz, line",
        "SHA-256",
        "licence",
    ] {
        assert!(words.contains(part), "no “{part}” in\n{words}");
    }
    let words = bilat(&["why", "KAZ-SVN:=un_agreement:2023"]).good().out;
    for part in [
        "100 × 45 / 81 = 55.56",
        "formula",
        "method",
        "unga",
        "licence",
        "SHA-256",
    ] {
        assert!(words.contains(part), "no “{part}” in\n{words}");
    }
}

#[test]
fn the_side_told_from_comes_first() {
    for (side, other) in [("KAZ", "SVN"), ("SVN", "KAZ")] {
        let names = |c: &str| if c == "KAZ" { "Kazakhstan" } else { "Slovenia" };
        let told = |a, b| {
            bilat(&["brief", a, b, "--viewpoint", side, "--format", "md"])
                .good()
                .out
        };
        let md = told("KAZ", "SVN");
        assert_eq!(md, told("SVN", "KAZ"));
        let title = format!("# {} and {}", names(side), names(other));
        assert_eq!(md.lines().next(), Some(title.as_str()));
        let row = |from, to| md.find(&format!("| Goods from {} to {}", names(from), names(to)));
        assert!(row(side, other).unwrap() < row(other, side).unwrap());
        let rank = |of: &str| md.find(&format!("among {}’s trading partners |", names(of)));
        assert!(rank(side).unwrap() < rank(other).unwrap());
    }
}

#[test]
fn sections_can_be_chosen() {
    let brief = bilat(&[
        "brief",
        "KAZ",
        "SVN",
        "--section",
        "trade,science",
        "--format",
        "json",
    ]);
    let brief = brief.json();
    let ids: Vec<_> = brief["sections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| &s["id"])
        .collect();
    assert_eq!(ids, ["trade", "science"]);
}

#[test]
fn nothing_later_than_the_day_is_told() {
    let brief = bilat(&["brief", "KAZ", "SVN", "--as-of", "2015", "--format", "json"]).json();
    assert_eq!(brief["as_of"], "2015");
    let names = names(&brief);
    let later: Vec<_> = names
        .iter()
        .filter(|n| {
            n.split([':', '/', '-'])
                .filter_map(|part| part.parse::<u32>().ok())
                .any(|year| (2016..2100).contains(&year))
        })
        .collect();
    assert!(later.is_empty(), "{later:?}");
    assert!(names.iter().any(|n| n.contains("2015")) || names.iter().any(|n| n.contains("2014")));
    // What it names then leads back with the same day.
    let asked: Vec<&str> = names.iter().map(String::as_str).collect();
    let why = [&["why", "--as-of", "2015", "--format", "json"], &asked[..]].concat();
    assert_eq!(bilat(&why).json().as_array().unwrap().len(), names.len());
}

/// The figures of a cell's line in a table of the Markdown.
fn line<'a>(md: &'a str, start: &str) -> &'a str {
    md.lines()
        .find(|l| l.starts_with(start))
        .unwrap_or_else(|| panic!("no line starts with {start}"))
}

#[test]
fn kazakhstan_and_slovenia() {
    let md = brief("KAZ", "SVN", "md");
    let told = [
        "diplomatic relations since 20 October 1992",
        "neither has a resident embassy in the other",
        "from Vienna",
        "from Moscow (as of 16 November 2022)",
        "45 of the 81 roll calls of 2023",
        "1,745 of 2,695",
        "have met four times",
        "No direct scheduled route",
        "Slovenian citizens may enter Kazakhstan without a visa for 30 days",
        "Kazakh citizens need a visa for Slovenia",
    ];
    for part in told {
        assert!(md.contains(part), "no “{part}” in\n{md}");
    }
    // Both books of Slovenia's sales to Kazakhstan in 2019.
    assert_eq!(
        line(&md, "| 2019 | 17.073"),
        "| 2019 | 17.073 | 21.495 | 96.561 | 94.447 |"
    );
    assert!(md.contains("UNCTAD") && md.contains("CC BY-SA 4.0"));

    // The same out of the records.
    let evidence = bilat(&["evidence", "kazakhstan", "slovenia", "--format", "json"]).json();
    let rows = evidence.as_array().unwrap();
    let of = |kind: &str| {
        rows.iter()
            .filter(|r| r["kind"] == kind)
            .collect::<Vec<_>>()
    };
    assert!(of("air_route").is_empty());
    assert_eq!(of("embassy").len(), 2);
    assert!(of("embassy").iter().all(|r| r["as_of"] == "2022-11-16"));
    let since: Vec<_> = of("diplomatic_relations")
        .iter()
        .map(|r| r["period"].clone())
        .collect();
    assert!(
        !since.is_empty() && since.iter().all(|p| p == "1992-10-20"),
        "{since:?}"
    );
    let matches = rows.iter().filter(|r| r["source"] == "football").count();
    assert_eq!(matches, 4);
}

#[test]
fn the_gallery_reads_as_it_did() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("gallery");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (a, b) in &GALLERY[..6] {
            insta::assert_snapshot!(format!("{a}-{b}"), brief(a, b, "md"));
        }
    });
}

#[test]
fn a_home_that_is_not_there_is_no_hindrance() {
    let home = Bilat::new();
    home.run(&["brief", "KAZ", "SVN"]).good();
    assert!(!home.path("home").exists(), "a brief writes nothing");
}
