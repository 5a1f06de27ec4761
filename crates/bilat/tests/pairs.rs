//! Every pair of states composes.
#![allow(clippy::unwrap_used)]

mod common;

use common::Bilat;

/// Writes the briefs of every Nth pair and reads each back.
fn compose(every: u32) -> usize {
    let bilat = Bilat::new();
    let out = bilat.home.path().join("out");
    let n = every.to_string();
    bilat
        .run(&[
            "brief",
            "--all",
            "--every",
            &n,
            "--format",
            "json",
            "-o",
            out.to_str().unwrap(),
        ])
        .good();
    let mut count = 0;
    for entry in std::fs::read_dir(&out).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let brief: serde_json::Value = serde_json::from_str(&text).unwrap();
        let pair = brief["pair"].as_str().unwrap();
        assert_eq!(path.file_stem().unwrap().to_str().unwrap(), pair);
        assert_eq!(brief["sections"].as_array().unwrap().len(), 11, "{pair}");
        for section in brief["sections"].as_array().unwrap() {
            for block in section["blocks"].as_array().unwrap() {
                for s in block["sentences"].as_array().into_iter().flatten() {
                    let cited = s["citations"].as_array().unwrap();
                    assert!(!cited.is_empty(), "{pair}: {} cites nothing", s["id"]);
                    let said = s["text"].as_str().unwrap();
                    assert!(said.ends_with('.'), "{pair}: {said}");
                    assert!(
                        !said.contains("  ") && !said.contains(" ,") && !said.contains(" ."),
                        "{pair}: {said}"
                    );
                }
            }
        }
        count += 1;
    }
    count
}

#[test]
fn a_sample_of_all_pairs_composes_and_every_sentence_is_cited() {
    assert_eq!(compose(197), 98);
}

#[test]
fn slow_all_pairs_compose_and_every_sentence_is_cited() {
    assert_eq!(compose(1), 197 * 196 / 2);
}
