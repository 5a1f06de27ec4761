//! The examples of every rule, run.

use super::*;
use crate::testing;

/// What stands between `**`, and the text without the marks.
fn marked(example: &str) -> (String, Vec<String>) {
    let parts: Vec<&str> = example.split("**").collect();
    (
        parts.concat(),
        parts
            .iter()
            .skip(1)
            .step_by(2)
            .map(|s| (*s).to_owned())
            .collect(),
    )
}

#[test]
fn every_example_matches_and_no_counter_example_does() {
    let mut wrong = Vec::new();
    for (i, rule) in rules().unwrap().iter().enumerate() {
        let find = |text: &str| -> Vec<String> {
            testing::with_cues(text, |read, cues| {
                let of_rule = cues
                    .iter()
                    .filter(|c| std::ptr::eq(c.rule, &rules().unwrap()[i]));
                of_rule.map(|c| read.slice(&c.tokens).to_owned()).collect()
            })
        };
        assert!(
            !rule.examples.is_empty() && !rule.counter.is_empty(),
            "{} has no examples",
            rule.id
        );
        for example in &rule.examples {
            let (text, wanted) = marked(example);
            assert!(
                !wanted.is_empty(),
                "{}: nothing is marked in “{example}”",
                rule.id
            );
            let found = find(&text);
            for want in wanted {
                if !found
                    .iter()
                    .any(|f| f.contains(&want) || want.contains(f.as_str()))
                {
                    wrong.push(format!(
                        "{}: “{want}” in “{text}”, found {found:?}",
                        rule.id
                    ));
                }
            }
        }
        for text in &rule.counter {
            let found = find(text);
            if !found.is_empty() {
                wrong.push(format!("{}: nothing in “{text}”, found {found:?}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_are_unique() {
    let mut ids: Vec<_> = rules().unwrap().iter().map(|r| r.id.as_str()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|w| w[0] != w[1]));
}
