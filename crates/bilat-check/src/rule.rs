//! Rules as data: what each checks, why, what it says, and examples that run as tests.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use bilat_model::finding::{Outcome, Severity};
use serde::Deserialize;

use crate::example::Example;

/// One rule of the check engine, as `bilat explain` prints it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name, as findings carry it.
    pub id: String,
    /// What it holds against what, in a line.
    pub title: String,
    /// The severities that it can give.
    pub severities: Vec<Severity>,
    /// Why the check is sound and worth having.
    pub why: String,
    /// How it computes.
    pub method: String,
    /// What it must not say.
    pub never: String,
    /// What it says, by case; `{name}` stands for a value.
    pub message: BTreeMap<String, String>,
    /// What to do, where the rule knows.
    #[serde(default)]
    pub help: Option<String>,
    /// Texts with what they tell, and the findings that must or must not come of them.
    pub example: Vec<Example>,
}

/// A finding that an example must give.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The rule; the one that the example stands at when left out.
    #[serde(default)]
    pub rule: Option<String>,
    /// How bad.
    pub severity: Severity,
    /// What it comes to.
    pub outcome: Outcome,
    /// Words that the message, the arithmetic or the help must hold.
    #[serde(default)]
    pub says: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
}

const FILES: [&str; 3] = [
    include_str!("../rules/figures.toml"),
    include_str!("../rules/words.toml"),
    include_str!("../rules/known.toml"),
];

/// Reads the rules.
///
/// # Errors
/// What is wrong with the data files; a test holds that nothing is.
pub(crate) fn read() -> Result<Vec<Rule>, toml::de::Error> {
    let mut all = Vec::new();
    for text in FILES {
        all.extend(toml::from_str::<File>(text)?.rule);
    }
    Ok(all)
}

/// Every rule, in the order of the data files.
#[must_use]
pub fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| read().unwrap_or_default())
}

/// The rule of a name.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().iter().find(|r| r.id == id)
}

/// A message of a rule with its values filled in; the name of the message where the data has
/// none, so that a gap shows instead of being silent.
pub(crate) fn message(id: &str, case: &str, values: &[(&str, &str)]) -> String {
    let template = rule(id).and_then(|r| r.message.get(case));
    fill(template.map_or(case, String::as_str), values)
}

/// The help of a rule with its values filled in.
pub(crate) fn help(id: &str, values: &[(&str, &str)]) -> Option<String> {
    Some(fill(rule(id)?.help.as_deref()?, values))
}

/// Replaces each `{name}` once over, so that braces in a value stay what they are.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = from.find('}') else {
            rest = from;
            break;
        };
        let name = &from[1..close];
        match values.iter().find(|(n, _)| *n == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&from[..=close]),
        }
        rest = &from[close + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_files_are_read_and_each_rule_has_examples_that_fire_and_that_do_not() {
        let all = read().unwrap();
        for r in &all {
            let twice = all.iter().filter(|o| o.id == r.id).count();
            assert_eq!(twice, 1, "{} is told twice", r.id);
            let own = |e: &Expected| e.rule.as_deref().is_none_or(|id| id == r.id);
            assert!(
                r.example.iter().any(|e| e.gives.iter().any(own)),
                "{} has no example that fires",
                r.id
            );
            let quiet =
                |e: &Example| e.silent || e.gives.iter().all(|x| x.severity == Severity::Info);
            assert!(
                r.example.iter().any(quiet),
                "{} has no example of a clean text",
                r.id
            );
        }
    }

    #[test]
    fn values_are_filled_in_once() {
        assert_eq!(
            fill("{a} and {b} {c", &[("a", "{b}"), ("b", "2")]),
            "{b} and 2 {c"
        );
        assert_eq!(fill("{unknown}", &[]), "{unknown}");
    }
}
