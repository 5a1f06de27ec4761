//! Findings in every format as they are read, and what hostile text must not do to them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/breaks.rs"]
mod breaks;
#[path = "common/checked.rs"]
mod common;

use std::collections::BTreeSet;

use bilat_model::document::{Origin, Run, Span};
use bilat_publish::findings::{
    Checked, MESSAGES, Phrases, TerminalOptions, claim_review, github, html, json, markdown, sarif,
    terminal, trace,
};
use breaks::breaks;
use common::{any, cards, checked};
use proptest::prelude::*;
use serde_json::Value;

const PLAIN: TerminalOptions = TerminalOptions {
    width: 100,
    colour: false,
    verbose: false,
};

fn english() -> Phrases {
    Phrases::english().unwrap()
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn as_they_are_read() {
    let p = english();
    let one = [checked()];
    insta::assert_snapshot!("findings_terminal", terminal(&one, &PLAIN, &p).unwrap());
    let verbose = TerminalOptions {
        width: 72,
        verbose: true,
        ..PLAIN
    };
    insta::assert_snapshot!("findings_verbose", terminal(&one, &verbose, &p).unwrap());
    insta::assert_snapshot!("findings_json", json(&one, false).unwrap());
    insta::assert_snapshot!("findings_sarif", sarif(&one, &cards(), "0.1.0"));
    insta::assert_snapshot!("findings_claim_review", claim_review(&one, &p).unwrap());
    insta::assert_snapshot!("findings_html", html(&one, &p).unwrap());
    insta::assert_snapshot!("findings_markdown", markdown(&one, &p).unwrap());
    insta::assert_snapshot!("findings_github", github(&one, false, &p).unwrap());
    insta::assert_snapshot!("findings_trace", trace(&one, &p).unwrap());
}

/// Everything that is written of some documents.
fn all_formats(all: &[Checked]) -> Vec<String> {
    let p = english();
    let colour = TerminalOptions {
        width: 60,
        colour: true,
        verbose: true,
    };
    vec![
        terminal(all, &PLAIN, &p).unwrap(),
        terminal(all, &colour, &p).unwrap(),
        json(all, false).unwrap(),
        sarif(all, &cards(), "0.1.0"),
        claim_review(all, &p).unwrap(),
        html(all, &p).unwrap(),
        markdown(all, &p).unwrap(),
        github(all, true, &p).unwrap(),
        trace(all, &p).unwrap(),
    ]
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    let all = [checked(), checked()];
    assert_eq!(all_formats(&all), all_formats(&all));
}

#[test]
fn findings_come_in_the_order_of_the_text() {
    let mut turned = checked();
    turned.pairs[0].findings.reverse();
    let p = english();
    for verbose in [false, true] {
        let options = TerminalOptions { verbose, ..PLAIN };
        assert_eq!(
            terminal(&[turned.clone()], &options, &p).unwrap(),
            terminal(&[checked()], &options, &p).unwrap()
        );
    }
}

#[test]
fn colour_changes_nothing_but_escapes() {
    let p = english();
    let colour = TerminalOptions {
        colour: true,
        ..PLAIN
    };
    let coloured = terminal(&[checked()], &colour, &p).unwrap();
    let mut parts = coloured.split('\u{1b}');
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').unwrap().1);
    }
    assert_ne!(plain, coloured);
    assert_eq!(plain, terminal(&[checked()], &PLAIN, &p).unwrap());
}

#[test]
fn a_long_line_with_many_findings_is_told() {
    let text = "Exports were $5.7 million and imports $99.9 million. ".repeat(20_000);
    let spans: Vec<Span> = (0..40)
        .map(|i| Span::new(i * 26_000 + 13, i * 26_000 + 25))
        .collect();
    let mut c = any("long.txt", &text, &spans);
    let one = c.pairs[0].findings[0].clone();
    c.pairs[0].findings = (0..500)
        .map(|i| {
            let mut f = one.clone();
            f.labels.rotate_left(i % 40);
            f.labels.truncate(3);
            f
        })
        .collect();
    for text in all_formats(&[c]) {
        assert!(text.len() < 12_000_000);
    }
}

#[test]
fn several_documents_are_summed_up() {
    let p = english();
    let text = terminal(&[checked(), checked()], &PLAIN, &p).unwrap();
    assert!(
        text.ends_with(
            "2 files: 2 errors, 2 warnings, 8 figures confirmed, 2 could not be compared\n"
        ),
        "{text}"
    );
    let page = html(&[checked(), checked()], &p).unwrap();
    elements(&page);
    let array = parsed(&json(&[checked(), checked()], true).unwrap());
    assert_eq!(array.as_array().unwrap().len(), 2);
}

#[test]
fn a_document_about_no_pair_is_told_too() {
    let mut none = checked();
    none.pairs.clear();
    let p = english();
    let text = terminal(&[none.clone()], &PLAIN, &p).unwrap();
    assert!(text.contains("no errors"), "{text}");
    let schema = parsed(include_str!("../../../docs/check.schema.json"));
    let v = parsed(&json(&[none], false).unwrap());
    assert_eq!(breaks(&schema, &schema, &v, ""), None);
    assert_eq!(v["figures"], serde_json::json!([]));
}

#[test]
fn json_keeps_to_its_schema() {
    let schema = parsed(include_str!("../../../docs/check.schema.json"));
    let mut two = checked();
    two.pairs.push(two.pairs[0].clone());
    for c in [checked(), two, page_of_markup(), hostile()] {
        let v = parsed(&json(&[c], false).unwrap());
        assert_eq!(breaks(&schema, &schema, &v, ""), None);
    }
    // The schema is one, and finds what is wrong.
    let v = parsed(&json(&[checked()], false).unwrap());
    let held = jsonschema::validator_for(&schema).unwrap();
    assert!(held.is_valid(&v));
    let wrong = [
        ("/figures/0/kind", serde_json::json!("exportz")),
        ("/figures/0/span/start", serde_json::json!(-1)),
        ("/figures/0/value", serde_json::json!(true)),
        ("/findings/0/severity", serde_json::json!("fatal")),
        ("/findings/0/involves/0", serde_json::json!(3)),
        ("/document/origin", serde_json::json!("elsewhere")),
        ("/pair", serde_json::json!("SVN")),
    ];
    for (path, wrong) in wrong {
        let mut v = v.clone();
        *v.pointer_mut(path).unwrap() = wrong;
        assert!(!held.is_valid(&v), "{path}");
    }
}

#[test]
fn every_span_in_the_json_holds_its_quote() {
    let c = checked();
    let v = parsed(&json(std::slice::from_ref(&c), false).unwrap());
    let mut held = 0;
    for list in ["figures", "events", "ties", "findings"] {
        for item in v[list].as_array().unwrap() {
            let labels = item["labels"].as_array().cloned().unwrap_or_default();
            for at in labels.iter().chain([item]) {
                let edge = |e: &str| at["span"][e].as_u64().unwrap() as usize;
                let quoted = &c.document.text[edge("start")..edge("end")];
                assert_eq!(quoted, at["quote"].as_str().unwrap());
                held += 1;
            }
        }
    }
    assert!(held > 20);
}

/// A page of which only some runs are text, and its source.
fn page_of_markup() -> Checked {
    let text = "Exports were $5 million.\n\nImports: $7 million.";
    let source =
        "<html>\n<p class=\"ž\">Exports were <b>$5</b> million.</p>\n<p>Imports: $7 million.</p>\n";
    let mut runs = Vec::new();
    for part in ["Exports were ", "$5", " million.", "Imports: $7 million."] {
        let (t, i) = (common::span(text, part), common::span(source, part));
        let run = |s: Span| Span::new(s.start, s.end);
        // The first “ million.” is meant.
        runs.push(Run {
            text: run(t),
            input: run(i),
        });
    }
    let mut c = any(
        "page.html",
        text,
        &[common::span(text, "$5 million"), common::span(text, "$7")],
    );
    c.document.origin = Origin::Runs(runs);
    c.document.bytes = source.len();
    c.document.media_type = "text/html".into();
    c.input = Some(source.into());
    c
}

#[test]
fn places_are_those_of_the_file_that_came() {
    let p = english();
    let c = [page_of_markup()];
    assert!(terminal(&c, &PLAIN, &p).unwrap().contains("page.html:2:30"));
    assert!(
        github(&c, false, &p)
            .unwrap()
            .contains("line=2,col=30,endColumn=44")
    );
    let log = parsed(&sarif(&c, &[], "0.1.0"));
    let region = &log["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"];
    let source = c[0].input.as_deref().unwrap();
    let start = region["byteOffset"].as_u64().unwrap() as usize;
    let len = region["byteLength"].as_u64().unwrap() as usize;
    assert_eq!(&source[start..start + len], "$5</b> million");
    assert_eq!(region["snippet"]["text"], "$5 million");
    let v = parsed(&json(&c, false).unwrap());
    assert_eq!(v["findings"][0]["input_span"]["start"], start);
    assert_eq!(v["document"]["text"], c[0].document.text.as_str());
}

#[test]
fn what_has_no_lines_is_given_none() {
    let mut c = checked();
    c.document.origin = Origin::Made;
    c.name = "draft.pdf".into();
    let line = github(&[c.clone()], false, &english()).unwrap();
    assert!(!line.contains("line=") && line.contains("file=draft.pdf"));
    let log = parsed(&sarif(&[c], &[], "0.1.0"));
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert!(place.get("region").is_none());
}

#[test]
fn what_was_fetched_is_no_file() {
    let mut c = checked();
    c.name = "https://news.example/latvia-uruguay".into();
    let text = github(&[c], false, &english()).unwrap();
    assert!(
        !text.contains("file=") && text.contains("https%3A//news.example/"),
        "{text}"
    );
}

fn sarif_schema() -> jsonschema::Validator {
    let mut schema = parsed(include_str!("schemas/sarif-schema-2.1.0.json"));
    // As published, these have a bracket too many and are no patterns.
    for part in ["run", "toolComponent"] {
        let place = format!("/definitions/{part}/properties/language/pattern");
        *schema.pointer_mut(&place).unwrap() = "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$".into();
    }
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

#[test]
fn sarif_keeps_to_the_standard() {
    let schema = sarif_schema();
    let all = [checked(), hostile(), page_of_markup()];
    let log = parsed(&sarif(&all, &cards(), "0.1.0"));
    let errors: Vec<_> = schema.iter_errors(&log).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    // Beyond the schema: indices lead somewhere, names agree, and hashes are of artifacts.
    let run = &log["runs"][0];
    for r in run["results"].as_array().unwrap() {
        let rule = r["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], r["ruleId"]);
        let at = &r["locations"][0]["physicalLocation"]["artifactLocation"];
        let artifact = at["index"].as_u64().unwrap() as usize;
        assert_eq!(run["artifacts"][artifact]["location"]["uri"], at["uri"]);
        assert!(r["kind"] != "pass" || r["level"] == "none");
    }
    // The schema finds what is wrong.
    for (path, wrong) in [
        ("/runs/0/results/0/level", "fatal"),
        ("/runs/0/columnKind", "bytes"),
        ("/version", "2.0.0"),
    ] {
        let mut log = log.clone();
        *log.pointer_mut(path).unwrap() = wrong.into();
        assert!(!schema.is_valid(&log), "{path}");
    }
}

#[test]
fn only_what_was_held_against_something_is_reviewed() {
    let v = parsed(&claim_review(&[checked()], &english()).unwrap());
    let reviews = v["@graph"].as_array().unwrap();
    let rated: Vec<_> = reviews
        .iter()
        .map(|r| {
            let rating = &r["reviewRating"];
            (
                r["itemReviewed"]["text"].as_str().unwrap(),
                rating["ratingValue"].as_u64().unwrap(),
                rating["alternateName"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        rated,
        [
            ("14 companies", 5, "Confirmed"),
            ("5 of them are joint ventures", 5, "Confirmed"),
            ("9 belong wholly", 5, "Confirmed"),
            // Confirmed by its growth, but the sum speaks against it.
            ("$48.3 million", 2, "Contradicts itself"),
            ("$45.5 million", 5, "Confirmed"),
            ("$12.4 million", 2, "Contradicts itself"),
            ("$35.1 million", 2, "Contradicts itself"),
            ("about $22 million", 3, "Out of date"),
        ]
    );
    let told = reviews[4]["claimReviewed"].as_str().unwrap();
    assert_eq!(
        told,
        "Trade between the two countries came to $48.3 million in 2024, up 6.2% from $45.5 million in 2023."
    );
    for r in reviews {
        assert_eq!(r["@type"], "ClaimReview");
        assert_eq!(r["author"]["name"], "bilat");
        assert!(
            r.get("datePublished").is_none(),
            "nobody knows when it was reviewed"
        );
    }
}

/// All that text could do to a format, with places everywhere: overlapping, empty, at the end,
/// beyond it, and inside a letter.
fn hostile() -> Checked {
    let text = "<script>alert(1)</script> {{7*7}} \u{202e}gnihton\u{2066} a\0b\rc\r\n\
        x\u{1b}[31m % ::error file=a::b %0A | `code` *b* [l](javascript:alert(1)) e\u{301}漢字💶\n\
        \t\t“quote” & &amp; </mark></p><!-- ]]> \u{2028} end";
    let end = text.len();
    any(
        "dir with space/<odd>,name:1.txt",
        text,
        &[
            Span::new(0, 25),
            Span::new(4, 60),
            Span::new(20, 30),
            Span::new(30, 30),
            Span::new(37, 38),
            Span::new(0, end),
            Span::new(end - 3, end),
            Span::new(end, end + 9),
            Span::new(usize::MAX - 1, usize::MAX),
        ],
    )
}

#[test]
fn hostile_text_does_not_steer_the_terminal() {
    for c in [hostile(), any("", "", &[Span::new(0, 0)])] {
        let text = terminal(&[c], &PLAIN, &english()).unwrap();
        let bad = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!text.contains(bad), "{text:?}");
    }
}

#[test]
fn hostile_text_gives_no_command() {
    let text = github(&[hostile()], true, &english()).unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
    for line in text.lines() {
        let (properties, _) = line[2..].split_once("::").unwrap();
        assert!(line.starts_with("::error ") || line.starts_with("::warning "));
        assert!(!properties.contains("name:1"), "{properties}");
        for p in properties.split_once(' ').unwrap().1.split(',') {
            let (name, _) = p.split_once('=').unwrap();
            assert!(["file", "line", "col", "endColumn", "endLine", "title"].contains(&name));
        }
    }
}

#[test]
fn hostile_text_is_no_markdown() {
    let text = markdown(&[hostile()], &english()).unwrap();
    let bare = |what: &str| {
        let mut all = text.match_indices(what);
        all.any(|(i, _)| !text[..i].ends_with('\\'))
    };
    for what in ["<script", "[x]", "{{", "`code", "*b*", "</mark", "<b>"] {
        assert!(!bare(what), "{what}");
    }
    assert_eq!(text.lines().filter(|l| l.starts_with("# ")).count(), 1);
}

/// An element: its name and attributes.
type Element = (String, Vec<(String, String)>);

/// Reads a page as XML after closing its void elements; fails when it is not well-formed. Gives
/// the elements, and the text inside `mark`s.
fn elements(page: &str) -> (Vec<Element>, Vec<String>) {
    use quick_xml::events::Event;
    let body = page.strip_prefix("<!DOCTYPE html>\n").unwrap();
    let closed: String = body
        .split_inclusive('\n')
        .map(|l| match l.starts_with("<meta ") {
            true => l.replace(">\n", "/>\n"),
            false => l.to_owned(),
        })
        .collect();
    let mut reader = quick_xml::Reader::from_str(&closed);
    let (mut all, mut marked, mut open) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) => {
                let attributes = e.attributes().map(|a| {
                    let a = a.unwrap();
                    let value = a
                        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                        .unwrap();
                    (a.key.as_ref().to_string(), value.into_owned())
                });
                let name = e.name().as_ref().to_string();
                all.push((name.clone(), attributes.collect()));
                if name == "mark" {
                    marked.push(String::new());
                }
                open.push(name);
            }
            Event::Text(t) if open.contains(&"mark".to_owned()) => {
                marked.last_mut().unwrap().push_str(&t);
            }
            Event::GeneralRef(r) if open.contains(&"mark".to_owned()) => {
                let r: &str = &r;
                let c = match r {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "#39" => "'",
                    "#123" => "{",
                    "#125" => "}",
                    other => panic!("{other}"),
                };
                marked.last_mut().unwrap().push_str(c);
            }
            Event::End(_) => {
                open.pop().unwrap();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    (all, marked)
}

fn page_is_safe(page: &str) {
    let (all, _) = elements(page);
    let allowed = [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "header",
        "h1",
        "h2",
        "p",
        "main",
        "article",
        "div",
        "span",
        "mark",
        "sup",
        "q",
        "ul",
        "li",
        "em",
        "footer",
        "blockquote",
        "bdi",
        "details",
        "summary",
    ];
    let mut ids = BTreeSet::new();
    for (name, attributes) in &all {
        assert!(allowed.contains(&name.as_str()), "{name}");
        for (key, value) in attributes {
            assert!(!key.starts_with("on") && key != "src", "{key}");
            if key == "id" {
                assert!(ids.insert(value.clone()), "{value} stands twice");
            }
        }
    }
    for (_, attributes) in &all {
        for (key, value) in attributes {
            if key == "href" {
                let target = value.strip_prefix('#').expect("no link leaves the page");
                assert!(ids.contains(target), "{target}");
            }
        }
    }
    assert!(page.contains("default-src &#39;none&#39;") && !page.contains("{{"));
}

#[test]
fn pages_are_well_formed_and_run_nothing() {
    for c in [
        vec![checked()],
        vec![hostile()],
        vec![checked(), hostile(), page_of_markup()],
        vec![any("", "", &[])],
    ] {
        page_is_safe(&html(&c, &english()).unwrap());
    }
}

#[test]
fn marks_are_where_the_findings_are() {
    let c = checked();
    let page = html(std::slice::from_ref(&c), &english()).unwrap();
    let (_, marked) = elements(&page);
    let mut wanted: Vec<String> = c.pairs[0]
        .findings
        .iter()
        .flat_map(|f| &f.labels)
        .map(|l| l.quote.clone())
        .collect();
    wanted.sort();
    wanted.dedup();
    let mut marked = marked;
    marked.sort();
    marked.dedup();
    assert_eq!(marked, wanted);
}

#[test]
fn every_message_is_said_somewhere() {
    let resource = fluent_syntax::parser::parse(MESSAGES).unwrap();
    let code: String = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/findings"))
        .unwrap()
        .map(|e| std::fs::read_to_string(e.unwrap().path()).unwrap())
        .collect();
    for entry in resource.body {
        let fluent_syntax::ast::Entry::Message(m) = entry else {
            continue;
        };
        let id = m.id.name;
        // Outcomes are named by their code.
        if let Some(code) = id.strip_prefix("outcome-") {
            code.parse::<bilat_model::finding::Outcome>().unwrap();
            continue;
        }
        assert!(code.contains(&format!("\"{id}\"")), "nobody says {id}");
    }
    for outcome in bilat_model::finding::Outcome::ALL {
        assert!(MESSAGES.contains(&format!("\noutcome-{} = ", outcome.code())));
    }
}

/// Pieces that a text may be made of: plain, wide, combining, steering, breaking.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z0-9$.,% ]{0,40}",
        1 => "[<>&\"'{}:`*|\\[\\]%\\\\]{1,6}",
        1 => "[\u{0}\u{7}\u{1b}\u{9b}\u{7f}\r\n\t\u{85}\u{2028}\u{202e}\u{2066}\u{2069}\u{200f}\u{feff}]{1,4}",
        1 => "[e\u{301}漢💶\u{1f468}\u{200d}\u{1f469}ש]{1,8}",
        1 => Just("\n\n".to_owned()),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_text_with_any_places_can_be_told(
        text in texts(),
        ends in prop::collection::vec((0usize..500, 0usize..500), 0..7),
    ) {
        let spans: Vec<Span> = ends.iter().map(|(a, b)| Span::new(*a, *b)).collect();
        let c = any("a.txt", &text, &spans);
        let formats = all_formats(std::slice::from_ref(&c));
        prop_assert!(formats[0].chars().all(|c| c == '\n' || !c.is_control()));
        page_is_safe(&formats[5]);
        // Marks are where the places are, and nowhere else.
        let (_, marked) = elements(&formats[5]);
        let mut inside = String::new();
        for (i, ch) in text.char_indices() {
            let covered = spans.iter().any(|s| {
                let start = text.floor_char_boundary(s.start);
                let end = text.floor_char_boundary(s.end);
                start <= i && i < end
            });
            if covered && !ch.is_whitespace() && !ch.is_control() {
                inside.push(ch);
            }
        }
        let plain = |c: &char| {
            !c.is_whitespace() && !c.is_control() && !matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
        };
        let got: String = marked.concat().chars().filter(plain).collect();
        let want: String = inside.chars().filter(plain).collect();
        prop_assert_eq!(got, want);
        // Each command is a line of its own.
        prop_assert_eq!(formats[7].lines().count(), 2);
        let log = parsed(&formats[3]);
        prop_assert!(sarif_schema().is_valid(&log));
    }
}
