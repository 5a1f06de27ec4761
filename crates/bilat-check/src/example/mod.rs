//! A compact way to write down what a text tells, for the examples of the rules and for tests.
//!
//! A figure is written as print has it, `"over 94 million USD"`, and its interval follows from
//! that; its place is found by looking its digits up in the text.
//!
//! ```toml
//! text = "Turnover was 105.7 million dollars in 2024, 5.2% less than 111.5 million in 2023."
//! pair = "KAZ-SVN"
//! figures = [
//!   { kind = "trade_turnover", told = "105.7 million USD", period = "2024", change = "-5.2", on = "2023", verb = "down" },
//!   { kind = "trade_turnover", told = "111.5 million USD", period = "2023" },
//! ]
//! ```

mod known;
mod told;

use bilat_model::Pair;
use bilat_model::finding::Finding;
use bilat_model::told::Extraction;
use jiff::civil::Date;
use serde::Deserialize;

use self::known::{KnownItem, Store};
use self::told::{Places, ToldEvent, ToldFigure, ToldWords};
use crate::rule::Expected;

/// A text, what it tells, and what the check must say.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The pair.
    #[serde(default)]
    pub pair: Option<Pair>,
    /// When it was published.
    #[serde(default)]
    pub published: Option<Date>,
    /// What it tells in numbers.
    #[serde(default)]
    figures: Vec<ToldFigure>,
    /// What it tells of events.
    #[serde(default)]
    events: Vec<ToldEvent>,
    /// What its words say about them.
    #[serde(default)]
    words: Vec<ToldWords>,
    /// What is known apart from the text.
    #[serde(default)]
    known: Vec<KnownItem>,
    /// The findings that must come of it, in order; others of severity `info` may come too.
    #[serde(default)]
    pub gives: Vec<Expected>,
    /// Whether nothing at all may come of it.
    #[serde(default)]
    pub silent: bool,
}

impl Example {
    /// What the text tells.
    ///
    /// # Errors
    /// What is wrong with the example, in a sentence: an amount that is none, or words that the
    /// text does not hold.
    pub fn extraction(&self) -> Result<Extraction, String> {
        let pair = match self.pair {
            Some(pair) => pair,
            None => "KAZ-SVN".parse().map_err(|_| "no pair".to_owned())?,
        };
        let mut places = Places {
            text: &self.text,
            at: 0,
        };
        let figures = self.figures.iter().map(|f| f.figure(pair, &mut places));
        let figures = figures.collect::<Result<_, _>>()?;
        places.at = 0;
        let events = self.events.iter().map(|e| e.event(pair, &mut places));
        let events = events.collect::<Result<_, _>>()?;
        places.at = 0;
        let words = self.words.iter().map(|w| w.constraint(&mut places));
        Ok(Extraction {
            pair,
            published: self.published,
            figures,
            events,
            ties: Vec::new(),
            constraints: words.collect::<Result<_, _>>()?,
        })
    }

    /// What the check says of it.
    ///
    /// # Errors
    /// As [`extraction`](Self::extraction).
    pub fn findings(&self) -> Result<Vec<Finding>, String> {
        let told = self.extraction()?;
        let store = self.store()?;
        Ok(crate::check(&told, &self.text, &store.known()))
    }

    /// What is known apart from the text.
    fn store(&self) -> Result<Store, String> {
        let mut store = Store::default();
        let pair = self.extraction()?.pair;
        for item in &self.known {
            item.put(pair, &mut store)?;
        }
        Ok(store)
    }
}

#[cfg(test)]
mod tests {
    use bilat_model::finding::Severity;

    use super::*;
    use crate::rule::{Rule, rules};

    fn holds(f: &Finding, e: &Expected, rule: &Rule) -> bool {
        let all = format!(
            "{} | {} | {}",
            f.message,
            f.arithmetic.as_deref().unwrap_or_default(),
            f.help.as_deref().unwrap_or_default()
        );
        f.rule == e.rule.as_deref().unwrap_or(&rule.id)
            && f.severity == e.severity
            && f.outcome == e.outcome
            && e.says.iter().all(|s| all.contains(s.as_str()))
    }

    fn allowed(id: &str) -> &'static [Severity] {
        crate::rule(id).map_or(&[], |r| &r.severities)
    }

    fn run(rule: &Rule, example: &Example) -> Result<(), String> {
        let findings = example.findings()?;
        let fail = |what: &str| {
            let text = &example.text;
            Err(format!("{}: {what}\n{text}\n{findings:#?}", rule.id))
        };
        if example.silent && !findings.is_empty() {
            return fail("something came of it");
        }
        let mut wanted = example.gives.iter().peekable();
        for f in &findings {
            if !allowed(&f.rule).contains(&f.severity) {
                return fail("a severity that the rule does not list");
            }
            if f.message.contains(['{', '}']) || f.message.len() < 12 {
                return fail("a message with a gap");
            }
            for l in &f.labels {
                if l.span.of(&example.text) != l.quote || l.quote.is_empty() {
                    return fail("a quote that is not in the text");
                }
            }
            if wanted.peek().is_some_and(|e| holds(f, e, rule)) {
                wanted.next();
            } else if f.severity != Severity::Info {
                return fail("an alarm that is not expected");
            }
        }
        match wanted.next() {
            Some(e) => fail(&format!("missing: {e:?}")),
            None => Ok(()),
        }
    }

    #[test]
    fn every_example_of_every_rule_gives_what_it_says() {
        let mut bad = Vec::new();
        for r in rules() {
            for e in &r.example {
                bad.extend(run(r, e).err());
            }
        }
        assert!(bad.is_empty(), "{}", bad.join("\n\n"));
    }
}
