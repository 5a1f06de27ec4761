//! Findings of a hostile text in every format: the document's name on the first line, words that
//! find their way into messages on the second, the text on the others.
#![no_main]

#[allow(dead_code)]
#[path = "common/world.rs"]
mod world;

use std::sync::LazyLock;

use bilat_check::{Known, check};
use bilat_model::document::Span;
use bilat_model::finding::{Beside, Finding, Label, Severity};
use bilat_publish::findings::*;

thread_local! {
    static PHRASES: Phrases = Phrases::english().unwrap();
}

static CARDS: LazyLock<Vec<RuleCard>> = LazyLock::new(|| {
    let card = |r: &bilat_check::Rule| RuleCard {
        id: r.id.clone(),
        title: r.title.clone(),
        why: r.why.clone(),
        severity: r.severities.iter().copied().min().unwrap_or(Severity::Info),
    };
    bilat_check::rules().iter().map(card).collect()
});

libfuzzer_sys::fuzz_target!(|input: &str| {
    let mut lines = input.splitn(3, '\n');
    let mut next = || lines.next().unwrap_or_default();
    let (name, words, text) = (next(), next(), next());
    let document = world::document(text);
    let extraction = world::EXTRACTOR.extract(&document, world::pair());
    let mut findings = check(&extraction, text, &Known::nothing());
    findings.push(made(text, words));
    let checked = Checked {
        name: name.to_owned(),
        input: Some(text.to_owned()),
        document,
        pairs: vec![CheckedPair { extraction, findings, proposed: None }],
    };
    let all = [checked];
    let written = formats(&all);
    bounds(&all[0], &written, input.len());
    let [json, sarif, claims, html, markdown, github, trace, terminal] = &written;
    for data in [json, sarif, claims] {
        serde_json::from_str::<serde_json::Value>(data).unwrap();
    }
    for shown in [markdown, github, trace, terminal] {
        assert!(!shown.chars().any(|c| c != '\n' && c.is_control()), "{shown:?}");
    }
    // JSON holds the text as it is; all else is shown somewhere.
    for steering in ['\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}'] {
        assert!(!written[1..].iter().any(|w| w.contains(steering)), "{steering:?}");
    }
    assert!(!html.to_ascii_lowercase().contains("<script"));
    assert!(github.lines().all(|l| ["::error ", "::warning ", "::notice "].iter().any(|c| l.starts_with(c))));
    assert_eq!(written, formats(&all));
});

/// A finding that stands over the first words and says what it is given.
fn made(text: &str, words: &str) -> Finding {
    let middle = (0..=text.len() / 2).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let span = Span::new(0, middle);
    let label = Label { span, quote: span.of(text).to_owned(), text: words.to_owned(), primary: true };
    Finding {
        rule: "sum".to_owned(),
        severity: Severity::Error,
        outcome: bilat_model::finding::Outcome::Inconsistent,
        message: words.to_owned(),
        arithmetic: Some(words.to_owned()),
        labels: vec![label],
        involves: Vec::new(),
        beside: vec![Beside { id: words.to_owned(), source: words.to_owned(), says: words.to_owned(), date: None }],
        help: Some(words.to_owned()),
    }
}

fn formats(all: &[Checked]) -> [String; 8] {
    PHRASES.with(|phrases| each(all, phrases))
}

fn each(all: &[Checked], phrases: &Phrases) -> [String; 8] {
    let options = TerminalOptions { width: 80, colour: false, verbose: true };
    let coloured = TerminalOptions { colour: true, ..options };
    let _ = terminal(all, &coloured, phrases).unwrap();
    [
        json(all, false).unwrap(),
        sarif(all, &CARDS, "1"),
        claim_review(all, phrases).unwrap(),
        html(all, phrases).unwrap(),
        markdown(all, phrases).unwrap(),
        github(all, true, phrases).unwrap(),
        trace(all, phrases).unwrap(),
        terminal(all, &options, phrases).unwrap(),
    ]
}

/// No format is out of proportion to what was read and found.
fn bounds(checked: &Checked, written: &[String; 8], input: usize) {
    let labels: usize = checked.pairs[0].findings.iter().map(|f| f.labels.len() + 1).sum();
    for (n, format) in written.iter().enumerate() {
        assert!(format.len() < 200_000 + 20_000 * labels + 200 * input, "format {n}: {} of {input}", format.len());
    }
}
