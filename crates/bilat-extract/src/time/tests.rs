//! Every example of the rules, and what holds for any text.

use bilat_model::document::{Block, BlockKind, Span};
use jiff::civil::Date;
use proptest::prelude::*;

use super::pattern::Pattern;
use super::{Lead, Lexicon, Time, find, rules};
use crate::tokens::{Tokens, Vocabulary};

/// One block a paragraph.
fn blocks(text: &str) -> Vec<Block> {
    let mut at = 0;
    text.split('\n')
        .map(|line| {
            let span = Span::new(at, at + line.len());
            at += line.len() + 1;
            Block {
                span,
                kind: BlockKind::Paragraph,
            }
        })
        .collect()
}

fn told(text: &str, published: Option<Date>) -> Vec<(String, Time)> {
    let mut vocabulary = Vocabulary::default();
    let lexicon = Lexicon::new(&mut vocabulary);
    let tokens = Tokens::new(text, &blocks(text), &vocabulary);
    find(&tokens, &lexicon, published)
        .into_iter()
        .map(|t| (tokens.slice(&t.tokens).to_owned(), t))
        .collect()
}

#[test]
fn the_rules_are_read_and_compile() {
    super::rules::read().unwrap();
    let mut vocabulary = Vocabulary::default();
    for rule in rules() {
        for pattern in &rule.patterns {
            Pattern::new(rule, pattern, &mut vocabulary)
                .unwrap_or_else(|e| panic!("rule {}: {pattern}: {e}", rule.id));
        }
        assert!(!rule.examples.is_empty(), "rule {} has no example", rule.id);
    }
    let mut ids: Vec<_> = rules().iter().map(|r| &r.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), rules().len(), "an id twice");
}

#[test]
fn every_example_is_found_as_it_is_told() {
    let mut wrong = Vec::new();
    let mut fired = 0;
    for rule in rules() {
        for example in rule.examples.iter().chain(&rule.counter) {
            let found = told(&example.text, example.published);
            let got: Vec<String> = found
                .iter()
                .map(|(quote, t)| format!("{quote} = {}", t.value))
                .collect();
            if got != example.finds {
                wrong.push(format!(
                    "{}: {}\n  want {:?}\n  got  {:?}",
                    rule.id, example.text, example.finds, got
                ));
            }
        }
        for example in &rule.examples {
            let found = told(&example.text, example.published);
            if found.iter().any(|(_, t)| t.rule == rule.id) {
                fired += 1;
            } else {
                wrong.push(format!("{}: does not fire on: {}", rule.id, example.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(fired > 150, "only {fired} examples");
}

fn dateline(text: &str) -> Option<String> {
    let found = told(text, None);
    let mut lines = found.iter().filter(|(_, t)| t.dateline);
    let line = lines.next().map(|(quote, _)| quote.clone());
    assert!(lines.next().is_none(), "two datelines in {text}");
    line
}

#[test]
fn datelines_are_told_from_dates() {
    for (text, line) in [
        ("BAKU, May 1. Turnover rose.", "May 1"),
        ("25 October 2024. Turnover rose.", "25 October 2024"),
        (
            "9th Saturday, April 2022. He took a plane.",
            "9th Saturday, April 2022",
        ),
        (
            "Azerbaijan, Baku, Dec. 25, 2011. The minister says so.",
            "Dec. 25, 2011",
        ),
        (
            "UZBEKISTAN, February 3 (2023). The minister spoke.",
            "February 3 (2023)",
        ),
        (
            "A title\nASTANA, 12 March 2024 (Agency) - The minister spoke.",
            "12 March 2024",
        ),
        (
            "Remarks of the foreign minister, 26 June 2014. She spoke.",
            "26 June 2014",
        ),
    ] {
        assert_eq!(dateline(text).as_deref(), Some(line), "{text}");
    }
    for text in [
        "On 25 October 2024 turnover rose.",
        "TBILISI. The minister was there on February 13.",
        "The ministers met on 5 May 2022. They signed.",
        "Trade rose.\nIt fell.\nIt rose.\n5 May 2022. It fell.",
    ] {
        assert_eq!(dateline(text), None, "{text}");
    }
}

#[test]
fn a_dateline_stands_in_for_an_unknown_day_of_publication() {
    let found = told("25 October 2024. They met yesterday.", None);
    assert_eq!(found[1].1.value.to_string(), "2024-10-24");
    assert_eq!(found[1].1.anchor, super::Anchor::Publication);
}

#[test]
fn prepositions_are_told() {
    for (text, lead) in [
        ("It rose in 2022.", Lead::In),
        ("It rose for more than 30 years.", Lead::For),
        ("It rose over the past decade.", Lead::Over),
        ("It rose against 2021.", Lead::Than),
        ("It rose compared to 2021.", Lead::Than),
        ("It rose as of May 1, 2022.", Lead::AsOf),
        ("It rose from 2005 to 2024.", Lead::From),
        ("It rose between 2005 and 2024.", Lead::Between),
        ("It rose since July 2005.", Lead::Since),
        ("It rose starting from 2005.", Lead::Since),
        ("It rose by 2030.", Lead::By),
        ("It rose within the last year.", Lead::Within),
        ("It rose up to 2020.", Lead::Until),
        ("It rose, 2020 saw.", Lead::None),
    ] {
        let found = told(text, None);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].1.lead, lead, "{text}");
    }
}

fn holds_of_any(text: &str, published: Option<Date>) {
    let mut vocabulary = Vocabulary::default();
    let lexicon = Lexicon::new(&mut vocabulary);
    let tokens = Tokens::new(text, &blocks(text), &vocabulary);
    let mut end = 0;
    for t in find(&tokens, &lexicon, published) {
        assert!(t.tokens.start >= end && t.tokens.start < t.tokens.end);
        end = t.tokens.end;
        let span = tokens.span(&t.tokens);
        assert!(
            text.get(span.start..span.end)
                .is_some_and(|s| !s.is_empty())
        );
        // Whatever it prints is read back.
        if let super::Value::When(w) | super::Value::Open { since: w } = t.value {
            let printed = w.to_string();
            assert_eq!(
                printed.parse::<bilat_model::told::When>().ok(),
                Some(w),
                "{printed}"
            );
        }
        let _ = (t.period(), t.date());
    }
    assert!(end <= tokens.tokens.len());
}

#[test]
fn marks_inside_numbers_do_no_harm() {
    holds_of_any("15\u{200f}2024 may 2\u{200b}0 \u{200f}7 8\u{ad}bn", None);
}

/// Words and signs of time in any order.
fn jumble() -> impl Strategy<Value = String> {
    let words = vec![
        "May",
        "march",
        "Dec.",
        "Sept",
        "2024",
        "1999",
        "15",
        "00",
        "31",
        "9th",
        "-",
        "–",
        "/",
        ",",
        ".",
        "the",
        "of",
        "year",
        "years",
        "a",
        "quarter",
        "Q1",
        "1Q22",
        "half",
        "first",
        "last",
        "next",
        "this",
        "that",
        "same",
        "period",
        "earlier",
        "ago",
        "later",
        "in",
        "since",
        "from",
        "to",
        "between",
        "and",
        "fiscal",
        "FY15",
        "months",
        "three",
        "twenty-two",
        "Friday",
        "today",
        "mid",
        "early",
        "1990s",
        "'",
        "s",
        "(",
        ")",
        "30.02.2024",
        "decade",
        "past",
        "will",
        "was",
        "2100",
        "1500",
        "century",
        "999",
        "day",
        "before",
        "\n",
        "\u{200f}",
    ];
    prop::collection::vec(prop::sample::select(words), 0..40).prop_map(|w| w.join(" "))
}

fn day() -> impl Strategy<Value = Option<Date>> {
    prop::option::of(
        (1_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d)),
    )
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}", published in day()) {
        holds_of_any(&text, published);
    }

    #[test]
    fn any_words_of_time_are_read(text in jumble(), published in day()) {
        holds_of_any(&text, published);
        holds_of_any(&text.replace(' ', ""), published);
    }
}

#[test]
fn two_days_told_backwards_are_no_range() {
    for text in [
        "They met on May 17, 2024 - May 17, 2023 in Astana.",
        "From 5 June 2021 to 3 May 2019 nothing was signed.",
    ] {
        let found = told(text, None);
        assert!(!found.is_empty(), "{text}");
        for (words, time) in found {
            let forward = time.period().is_none_or(|p| p.first() <= p.last());
            let ends = time
                .date()
                .and_then(|(from, to)| Some((from.period()?, to?.period()?)));
            let ordered = ends.is_none_or(|(from, to)| from.first() <= to.last());
            assert!(forward && ordered, "{words}: {time:?}");
        }
    }
}
