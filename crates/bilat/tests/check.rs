//! `bilat check` and `bilat explain` as a user runs them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::io::Write as _;
use std::process::Stdio;

use common::{Bilat, Ran, bilat, ran, root};
use serde_json::Value;

/// Exports and imports make the turnover, and the change fits.
const GOOD: &str = "\
RIGA, 12 May 2025. Trade turnover between Latvia and Uruguay amounted to $47.5 million in 2024, up \
4.4% from $45.5 million in 2023. Latvia’s exports to Uruguay were $12.4 million in 2024, and imports \
to Latvia from Uruguay were $35.1 million in 2024.\n";

/// One digit changed: the turnover is no longer the sum.
fn bad() -> String {
    GOOD.replace("$47.5", "$57.5")
}

/// A home with these files, and their paths.
fn with(files: &[(&str, &str)]) -> (Bilat, Vec<String>) {
    let home = Bilat::new();
    let mut paths = Vec::new();
    for (name, text) in files {
        let path = home.path(name);
        std::fs::write(&path, text).unwrap();
        paths.push(path.to_str().unwrap().to_owned());
    }
    (home, paths)
}

fn check(text: &str, more: &[&str]) -> Ran {
    let (home, paths) = with(&[("draft.txt", text)]);
    home.run(&[&["check", paths[0].as_str()], more].concat())
}

fn json(text: &str, more: &[&str]) -> (i32, Value) {
    let ran = check(text, &[&["--format", "json"], more].concat());
    (ran.status, serde_json::from_str(&ran.out).unwrap())
}

#[test]
fn what_holds_is_no_error() {
    let ran = check(GOOD, &[]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    assert!(ran.err.is_empty(), "{}", ran.err);
    assert!(ran.out.contains("no errors"), "{}", ran.out);
}

#[test]
fn a_digit_changed_is_found_and_underlined() {
    let ran = check(&bad(), &[]);
    assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
    assert!(ran.out.starts_with("error["), "{}", ran.out);
    assert!(ran.out.contains("draft.txt:1:"), "{}", ran.out);
    assert!(ran.out.contains("^^^^^"), "{}", ran.out);
    let (_, v) = json(&bad(), &[]);
    let errors: Vec<_> = v["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["severity"] == "error")
        .collect();
    assert!(!errors.is_empty());
    for f in errors {
        assert!(
            f["quote"].as_str().unwrap().contains("$57.5 million"),
            "{f:#}"
        );
    }
}

#[test]
fn every_span_is_of_the_input() {
    for text in [GOOD.to_owned(), bad()] {
        let (status, v) = json(&text, &["--pair", "LVA,URY"]);
        assert_eq!(status == 1, text != GOOD);
        assert_eq!(v["pair"], "LVA-URY");
        assert_eq!(v["published"], "2025-05-12");
        assert_eq!(v["figures"].as_array().unwrap().len(), 4, "{v:#}");
        for list in ["figures", "events", "ties", "findings"] {
            for item in v[list].as_array().unwrap() {
                let edge = |e: &str| item["span"][e].as_u64().unwrap() as usize;
                assert_eq!(&text[edge("start")..edge("end")], item["quote"]);
            }
        }
    }
}

#[test]
fn the_pair_is_found_or_named() {
    let (_, found) = json(GOOD, &[]);
    let (_, named) = json(GOOD, &["--pair", "Uruguay,lettland"]);
    assert_eq!(found["pair"], named["pair"]);
    assert_eq!(found["figures"], named["figures"]);
    check("Nothing about anybody.\n", &[]).refused_with(&["no two countries", "--pair"]);
    check(GOOD, &["--pair", "LVA"]).refused_with(&["LVA", "KAZ,SVN"]);
    check(GOOD, &["--pair", "LVA,lettland"]).refused_with(&["both names mean Latvia"]);
}

#[test]
fn the_day_of_publication_can_be_given() {
    let (_, v) = json(GOOD, &["--published", "2025-06-01"]);
    assert_eq!(v["published"], "2025-06-01");
    check(GOOD, &["--published", "May"]).refused_with(&["“May” is not a day"]);
}

#[test]
fn standard_input_is_read() {
    let home = Bilat::new();
    let mut child = home
        .command(&["check", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(GOOD.as_bytes())
        .unwrap();
    let out = child.wait_with_output().unwrap();
    assert_eq!(out.status.code(), Some(0));
    let v: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(v["document"]["name"], "-");
    assert_eq!(v["figures"].as_array().unwrap().len(), 4);
}

#[test]
fn every_format_is_written() {
    for (name, begins) in [
        ("out.txt", "error["),
        ("out.json", "{"),
        ("out.sarif", "{"),
        ("out.jsonld", "{"),
        ("out.html", "<!DOCTYPE html>"),
        ("out.md", "# "),
    ] {
        let (home, paths) = with(&[("draft.txt", &bad())]);
        let target = home.path(name);
        let ran = home.run(&["check", &paths[0], "-o", target.to_str().unwrap()]);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{}", ran.err);
        let text = std::fs::read_to_string(target).unwrap();
        assert!(text.starts_with(begins), "{name}: {text}");
        if begins == "{" {
            serde_json::from_str::<Value>(&text).unwrap();
        }
    }
    let github = check(&bad(), &["--format", "github"]);
    assert!(github.out.starts_with("::error file="), "{}", github.out);
    check(GOOD, &["-o", "x.docx"]).refused_with(&["names no format", ".sarif"]);
}

#[test]
fn several_documents_are_checked_and_a_missing_one_hides_nothing() {
    let (home, paths) = with(&[("good.txt", GOOD), ("bad.txt", &bad())]);
    let ran = home.run(&["check", &paths[0], &paths[1]]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.out.contains("\n2 files: 1 error"), "{}", ran.out);
    let missing = home.path("missing.txt");
    let args = [
        "check",
        &paths[1],
        missing.to_str().unwrap(),
        "--format",
        "json",
    ];
    let ran = home.run(&args);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("missing.txt"), "{}", ran.err);
    let v: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(v.as_array().unwrap().len(), 1);
}

#[test]
fn what_cannot_be_read_is_refused() {
    let home = Bilat::new();
    home.run(&["check", home.path("nope.txt").to_str().unwrap()])
        .refused_with(&["nope.txt", "https://"]);
    home.run(&["check", home.home.path().to_str().unwrap()])
        .refused_with(&["is a folder", "*.txt"]);
    home.run(&["check", "http://news.example/x"])
        .refused_with(&["cannot fetch"]);
    home.run(&["check", "https://127.0.0.1/x"])
        .refused_with(&["cannot fetch"]);
}

#[test]
fn the_trace_names_rules_that_can_be_explained() {
    let ran = check(GOOD, &["--trace"]);
    let by = ran.out.lines().find_map(|l| l.trim().strip_prefix("by "));
    let rule = by.unwrap().split([',', ' ']).next().unwrap();
    let told = bilat(&["explain", rule]).good().out;
    assert!(told.starts_with(rule), "{told}");
    check(GOOD, &["--trace", "--format", "json"]).refused_with(&["--trace"]);
}

#[test]
fn every_rule_that_is_listed_is_explained() {
    let listed = bilat(&["explain"]).good().out;
    let names: Vec<&str> = listed
        .lines()
        .filter_map(|l| l.strip_prefix("  "))
        .filter(|l| !l.starts_with(' '))
        .filter_map(|l| l.split_whitespace().next())
        .collect();
    assert!(names.len() > 40, "{listed}");
    let home = Bilat::new();
    for name in &names {
        let told = home.run(&["explain", name]).good().out;
        assert!(
            told.contains("why") && told.contains("finds something in"),
            "{told}"
        );
    }
    bilat(&["explain", "turnovr"]).refused_with(&["there is no rule"]);
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let draft = root().join("docs/draft.txt");
    let one = |format: &str| {
        let home = Bilat::new();
        ran(&mut home.command(&["check", draft.to_str().unwrap(), "--format", format])).bytes
    };
    for format in ["json", "sarif", "html"] {
        assert_eq!(one(format), one(format), "{format}");
    }
}
