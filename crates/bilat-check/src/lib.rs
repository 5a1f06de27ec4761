//! Holds figures, events and ties against each other and against what is known.
//!
//! [`check`] takes what a text tells ([`Extraction`]) and gives [`Finding`]s. It is pure: the same
//! input gives the same findings, and no model judges.
//!
//! | module | holds |
//! |---|---|
//! | `net` | figures as variables with intervals, the laws between them, conflicts and derived values |
//! | `money` | amounts in two currencies: the rates that they imply |
//! | `words` | counts and lists, anniversaries, weekdays, past and planned, terms |
//! | `beside` | what others say: books, other documents, events, dates of relations, seats, old figures |
//! | [`rule`](mod@rule) | the rules as data, with reasons, messages and examples |
//! | [`example`] | a compact way to write down what a text tells |
//!
//! # How contradictions are found
//!
//! Every told number is an interval, as wide as its printed form and its hedge allow. The laws
//! narrow these intervals until nothing moves. Where nothing is left, the smallest set of told
//! numbers that cannot all be true is looked for; the one without which the rest agrees is the
//! one to blame and is taken out, and the search goes on, so that one cause gives one finding.
//! What remains consistent is confirmed, sum by sum, and what follows without being told is
//! derived.
//!
//! A contradiction is a [`Severity::Error`](bilat_model::finding::Severity) unless one more unit
//! in the last printed place of a number would resolve it: numbers that were rounded from rounded
//! numbers go just past the interval, and that is a warning.

mod beside;
pub mod example;
mod money;
mod names;
mod net;
mod print;
pub mod rule;
mod words;

use std::collections::BTreeMap;

use bilat_model::Evidence;
use bilat_model::finding::Finding;
use bilat_model::profile::Membership;
use bilat_model::source::SourceId;
use bilat_model::told::Extraction;
use jiff::civil::Date;

pub use rule::{Rule, rule, rules};

/// What is known apart from the text.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The pair's evidence: from the embedded statistics, and from other documents.
    pub evidence: &'a [Evidence],
    /// What to print of the sources that the evidence cites; a source that is missing here is
    /// printed by its name.
    pub sources: &'a BTreeMap<SourceId, KnownSource>,
    /// The memberships of both countries.
    pub memberships: &'a [Membership],
}

impl Known<'static> {
    /// Nothing: the text is held against itself alone.
    #[must_use]
    pub fn nothing() -> Self {
        static NONE: BTreeMap<SourceId, KnownSource> = BTreeMap::new();
        Self {
            evidence: &[],
            sources: &NONE,
            memberships: &[],
        }
    }
}

/// What to print of a source or another document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSource {
    /// Its title.
    pub title: String,
    /// Its vintage or date, as it is printed.
    pub date: Option<String>,
    /// Whether it is a document of the workspace, and not a statistical source.
    pub document: bool,
    /// For a document, the day of its publication.
    pub published: Option<Date>,
}

/// Checks what a text tells.
///
/// `text` is what the spans of `told` are of; quotes are cut from it, and a span that does not
/// fit gives an empty quote. The findings come in the order of the text, those at one place by
/// severity and rule. Time grows with the number of figures, times the number of contradictions
/// up to a bound.
#[must_use]
pub fn check(told: &Extraction, text: &str, known: &Known<'_>) -> Vec<Finding> {
    let network = net::build::build(told, text);
    let solved = network.examine();
    let mut out = net::tell::Tell {
        net: &network,
        solved: &solved,
        text,
    }
    .findings();
    money::check(told, text, &mut out);
    out.extend(words::Words { told, text }.findings());
    let against = beside::Against { told, text, known };
    against.trade(&mut out);
    against.documents(&mut out);
    against.events(&mut out);
    against.politics(&mut out);
    let place = |f: &Finding| f.labels.first().map(|l| l.span);
    out.sort_by(|a, b| {
        let key = |f: &Finding| (place(f), f.severity);
        key(a)
            .cmp(&key(b))
            .then_with(|| (&a.rule, &a.message).cmp(&(&b.rule, &b.message)))
    });
    out.dedup();
    out
}
