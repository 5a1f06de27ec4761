//! The rules against their own examples, and against the sentences labelled by hand.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use bilat_model::{Country, Registry};
use jiff::civil::date;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::mask::Names;
use super::rule::Rules;
use super::tell::{Sides, Teller};

fn teller(registry: &Registry) -> Teller {
    let id = "foreign_relations".into();
    Teller {
        rules: Rules::new(&id).unwrap(),
        names: Names::new(registry, &id).unwrap(),
    }
}

/// Three countries of no map, so that no example leans on a real one.
fn invented() -> (Teller, Sides) {
    let mut teller = teller(&crate::testing::registry());
    teller.names.invent("Syldavia", "Syldavian", "Klow", "SYL");
    teller.names.invent("Borduria", "Bordurian", "Szohod", "BRD");
    teller.names.invent("Ruritania", "Ruritanian", "Strelsau", "RUR");
    let sides = Sides {
        own: "SYL".parse().unwrap(),
        other: "BRD".parse().unwrap(),
    };
    (teller, sides)
}

#[test]
fn every_rule_has_a_reason_and_keeps_to_its_examples() {
    let (teller, sides) = invented();
    let mut broken = Vec::new();
    for rule in &teller.rules.list {
        assert!(rule.reason.len() > 20 && !rule.matches.is_empty() && !rule.passes.is_empty());
        let by = |text: &str| -> Vec<String> {
            let only = |r: &super::rule::Rule| r.id == rule.id;
            let told = teller.tell_with(text, sides, date(2025, 12, 31), only);
            told.iter().map(ToString::to_string).collect()
        };
        for example in &rule.matches {
            if by(&example.text) != example.gives {
                broken.push(format!("{}: {} gives {:?}", rule.id, example.text, by(&example.text)));
            }
            let all = teller.tell(&example.text, sides, date(2025, 12, 31));
            if !example.alone && all.len() != example.gives.len() {
                broken.push(format!("{}: {} gives with all rules {all:?}", rule.id, example.text));
            }
        }
        for text in &rule.passes {
            if !by(text).is_empty() {
                broken.push(format!("{}: {text} must pass, gives {:?}", rule.id, by(text)));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    articles: BTreeMap<String, String>,
    label: Vec<Label>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    draw: String,
    article: String,
    section: String,
    other: String,
    at: (usize, usize),
    tells: Vec<String>,
}

#[derive(Default, Clone, Copy)]
struct Score {
    labelled: usize,
    told: usize,
    right: usize,
}

fn data() -> Option<PathBuf> {
    let dir = std::env::var_os("BILAT_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    dir.is_dir().then_some(dir)
}

/// The towns of labels stand in the notation without being part of the score: how a town is
/// spelt is the article's matter.
fn scored(told: &str) -> String {
    match told.split_once('@') {
        Some((mission, seat)) => format!("{mission}@{}", seat.split(' ').next().unwrap_or(seat)),
        None => told.to_owned(),
    }
}

#[test]
#[ignore = "needs the data folder"]
fn what_goes_in_is_right_nine_times_of_ten() {
    let Some(dir) = data() else {
        println!("not run: no data folder");
        return;
    };
    let labels: Labels = toml::from_str(include_str!("labels.toml")).unwrap();
    assert!(labels.label.len() >= 150);
    let mut records = crate::Records::default();
    let countries = crate::testing::source("countries");
    crate::read_one(countries, &dir, &Registry::default(), &mut records).unwrap();
    let registry = Registry::new(records.countries.clone(), records.names.clone());
    let teller = teller(&registry);
    let lookups = crate::testing::source("foreign_relations").lookups().unwrap();
    let country = |name: &str| -> Option<Country> {
        lookups.countries.get(name).copied().or_else(|| registry.name(name))
    };
    let archive = crate::input::read(&dir.join("diplomatic_relations").join(super::FILE)).unwrap();
    let members = crate::input::tar_members(&archive.data).unwrap();
    let mut scores = BTreeMap::<(String, char), Score>::new();
    let mut wrong = Vec::new();
    for label in &labels.label {
        let path = format!("wiki_foreign_relations_jsons/Foreign relations of {}.json", label.article);
        let text: String = serde_json::from_slice(members[&path]).unwrap();
        let sha: String = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(sha, labels.articles[&label.article], "{} is another text", label.article);
        let own = country(&label.article).unwrap();
        let notes = super::notes::notes(&text, |n| country(n).is_some());
        let mut told = Vec::new();
        let mut words = String::new();
        for note in &notes.list {
            let Some(other) = note.other.iter().find_map(|n| country(n)).filter(|o| *o != own) else {
                continue;
            };
            assert!(note.section != label.section || !label.other.is_empty());
            for s in note.sentences.iter().filter(|s| s.place.start < label.at.1 && label.at.0 < s.place.end) {
                words.clone_from(&s.plain);
                told.extend(teller.tell(&s.plain, Sides { own, other }, date(2025, 11, 30)).iter().map(|t| scored(&t.to_string())));
            }
        }
        let mut labelled: Vec<String> = label.tells.iter().map(|t| scored(t)).collect();
        let mut add = |letter: char, f: &dyn Fn(&mut Score)| {
            for draw in [label.draw.as_str(), "both"] {
                f(scores.entry((draw.to_owned(), letter)).or_default());
            }
        };
        for l in &labelled {
            add(l.chars().next().unwrap(), &|s| s.labelled += 1);
        }
        for t in &told {
            let letter = t.chars().next().unwrap();
            add(letter, &|s| s.told += 1);
            match labelled.iter().position(|l| l == t) {
                Some(i) => {
                    labelled.remove(i);
                    add(letter, &|s| s.right += 1);
                }
                None => wrong.push(format!("{} {:?}: told {t} in {words}", label.article, label.at)),
            }
        }
        for l in labelled {
            println!("missed {} {:?}: {l} in {words}", label.article, label.at);
        }
    }
    wrong.iter().for_each(|w| println!("{w}"));
    println!("draw  kind labelled told right precision recall");
    let mut low = Vec::new();
    for ((draw, letter), s) in &scores {
        let share = |n: usize| if n == 0 { 1.0 } else { s.right as f64 / n as f64 };
        println!("{draw:5} {letter}    {:8} {:4} {:5} {:9.3} {:6.3}", s.labelled, s.told, s.right, share(s.told), share(s.labelled));
        if draw == "both" && share(s.told) < 0.9 {
            low.push(*letter);
        }
    }
    assert!(low.is_empty(), "below 0.9: {low:?}");
}

/// Prints what the rules read, a few a kind by hash, for labelling.
#[test]
#[ignore = "needs the data folder"]
fn print_what_is_read() {
    let Some(dir) = data() else { return };
    let mut records = crate::Records::default();
    crate::read_one(crate::testing::source("countries"), &dir, &Registry::default(), &mut records).unwrap();
    let registry = Registry::new(records.countries.clone(), records.names.clone());
    let teller = teller(&registry);
    let lookups = crate::testing::source("foreign_relations").lookups().unwrap();
    let country = |name: &str| lookups.countries.get(name).copied().or_else(|| registry.name(name));
    let archive = crate::input::read(&dir.join("diplomatic_relations").join(super::FILE)).unwrap();
    let mut rows = Vec::new();
    for (path, bytes) in crate::input::tar_members(&archive.data).unwrap() {
        let text: String = serde_json::from_slice(bytes).unwrap();
        let article = path.split("Foreign relations of ").nth(1).unwrap().trim_end_matches(".json").to_owned();
        let Some(own) = country(&article) else { continue };
        for note in super::notes::notes(&text, |n| country(n).is_some()).list {
            let Some(other) = note.other.iter().find_map(|n| country(n)).filter(|o| *o != own) else { continue };
            for s in &note.sentences {
                let told = teller.tell(&s.plain, Sides { own, other }, date(2025, 11, 30));
                for t in told {
                    let hash: String = Sha256::digest(format!("{article}@{}", s.place.start).as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
                    rows.push(format!("{}\t{hash}\t{article}\t{}\t{}\t{}\t{}\t{t}\t{}", t.letter(), note.section, note.other[0], s.place.start, s.place.end, s.plain));
                }
            }
        }
    }
    rows.sort();
    std::fs::write("/tmp/wk/read.tsv", rows.join("\n")).unwrap();
}
