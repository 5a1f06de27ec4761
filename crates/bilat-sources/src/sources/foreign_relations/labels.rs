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
    teller
        .names
        .invent("Borduria", "Bordurian", "Szohod", "BRD");
    teller
        .names
        .invent("Ruritania", "Ruritanian", "Strelsau", "RUR");
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
                broken.push(format!(
                    "{}: {} gives {:?}",
                    rule.id,
                    example.text,
                    by(&example.text)
                ));
            }
            let all = teller.tell(&example.text, sides, date(2025, 12, 31));
            if !example.alone && all.len() != example.gives.len() {
                broken.push(format!(
                    "{}: {} gives with all rules {all:?}",
                    rule.id, example.text
                ));
            }
        }
        for text in &rule.passes {
            if !by(text).is_empty() {
                broken.push(format!(
                    "{}: {text} must pass, gives {:?}",
                    rule.id,
                    by(text)
                ));
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
    read: Vec<ReadLabel>,
}

/// Something that the rules read, judged by hand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadLabel {
    article: String,
    other: String,
    at: (usize, usize),
    told: String,
    right: bool,
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

/// The articles of the data folder, and what reads them.
struct Articles {
    labels: Labels,
    teller: Teller,
    registry: Registry,
    lookups: crate::Lookups,
    archive: Vec<u8>,
}

impl Articles {
    fn open() -> Option<Self> {
        let dir = data()?;
        let mut records = crate::Records::default();
        let countries = crate::testing::source("countries");
        crate::read_one(countries, &dir, &Registry::default(), &mut records).unwrap();
        let registry = Registry::new(records.countries, records.names);
        let path = dir.join("diplomatic_relations").join(super::FILE);
        Some(Self {
            labels: toml::from_str(include_str!("labels.toml")).unwrap(),
            teller: teller(&registry),
            registry,
            lookups: crate::testing::source("foreign_relations")
                .lookups()
                .unwrap(),
            archive: crate::input::read(&path).unwrap().data,
        })
    }

    fn country(&self, name: &str) -> Option<Country> {
        let own = self.lookups.countries.get(name).copied();
        own.or_else(|| self.registry.name(name))
    }

    /// What is told between two places of an article, towns left off, with the words.
    fn told(&self, article: &str, at: (usize, usize)) -> Vec<(String, String)> {
        let members = crate::input::tar_members(&self.archive).unwrap();
        let path = format!("wiki_foreign_relations_jsons/Foreign relations of {article}.json");
        let text: String = serde_json::from_slice(members[&path]).unwrap();
        let digest = Sha256::digest(text.as_bytes());
        let sha: String = digest.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(
            sha, self.labels.articles[article],
            "{article} is another text"
        );
        let own = self.country(article).unwrap();
        let mut out = Vec::new();
        for note in super::notes::notes(&text, |n| self.country(n).is_some()).list {
            let other = note.other.iter().find_map(|n| self.country(n));
            let Some(other) = other.filter(|o| *o != own) else {
                continue;
            };
            let here = |s: &&super::notes::Sentence| s.place.start < at.1 && at.0 < s.place.end;
            for s in note.sentences.iter().filter(here) {
                let sides = Sides { own, other };
                let told = self.teller.tell(&s.plain, sides, date(2025, 11, 30));
                out.extend(
                    told.iter()
                        .map(|t| (scored(&t.to_string()), s.plain.clone())),
                );
            }
        }
        out
    }
}

fn share(n: usize, of: usize) -> f64 {
    if of == 0 { 1.0 } else { n as f64 / of as f64 }
}

#[test]
#[ignore = "needs the data folder"]
fn what_goes_in_is_right_nine_times_of_ten() {
    let Some(articles) = Articles::open() else {
        println!("not run: no data folder");
        return;
    };
    assert!(articles.labels.label.len() >= 150);
    let mut scores = BTreeMap::<(String, char), Score>::new();
    for label in &articles.labels.label {
        assert!(!label.section.is_empty() && !label.other.is_empty());
        let mut labelled: Vec<String> = label.tells.iter().map(|t| scored(t)).collect();
        let mut add = |of: &str, f: &dyn Fn(&mut Score)| {
            let letter = of.chars().next().unwrap();
            for draw in [label.draw.as_str(), "both"] {
                f(scores.entry((draw.to_owned(), letter)).or_default());
            }
        };
        labelled.iter().for_each(|l| add(l, &|s| s.labelled += 1));
        for (told, words) in articles.told(&label.article, label.at) {
            add(&told, &|s| s.told += 1);
            match labelled.iter().position(|l| *l == told) {
                Some(i) => {
                    labelled.remove(i);
                    add(&told, &|s| s.right += 1);
                }
                None => println!("wrong: {} {told} in {words}", label.article),
            }
        }
        for l in labelled {
            println!("missed: {} {:?} {l}", label.article, label.at);
        }
    }
    println!("draw  kind labelled told right precision recall");
    for ((draw, letter), s) in &scores {
        let (precision, recall) = (share(s.right, s.told), share(s.right, s.labelled));
        println!(
            "{draw:5} {letter}    {:8} {:4} {:5} {precision:9.3} {recall:6.3}",
            s.labelled, s.told, s.right
        );
    }
    for ((draw, letter), s) in &scores {
        assert!(
            draw != "both" || share(s.right, s.told) > 0.9,
            "{letter} is below 0.9"
        );
    }
    judged(&articles);
}

/// The third draw: what was judged right is still read, and nine of ten are right.
fn judged(articles: &Articles) {
    let mut kinds = BTreeMap::<char, (usize, usize, usize)>::new();
    for read in &articles.labels.read {
        assert!(!read.other.is_empty());
        let told = articles.told(&read.article, read.at);
        let still = told.iter().any(|(t, _)| *t == scored(&read.told));
        let n = kinds.entry(read.told.chars().next().unwrap()).or_default();
        n.0 += usize::from(still);
        n.1 += usize::from(still && read.right);
        n.2 += usize::from(read.right);
    }
    for (kind, (read, right, judged)) in kinds {
        println!("judged {kind}: {read} read, {right} right of {judged}");
        assert!(share(right, read) > 0.9, "{kind} is below 0.9");
        assert!(
            share(right, judged) > 0.9,
            "{kind}: less is read than was judged"
        );
    }
}
