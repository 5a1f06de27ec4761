//! What a check came to, for people, editors and machines.
//!
//! | function | gives |
//! |---|---|
//! | [`terminal`](terminal()) | messages like a compiler's, the words underlined |
//! | [`json`](json()) | all that was read and found, by `docs/check.schema.json` |
//! | [`sarif`](sarif()) | SARIF 2.1.0, for editors and code hosts |
//! | [`claim_review`] | schema.org `ClaimReview`, for newsrooms |
//! | [`html`](html()) | the text with marks, and the findings beside it |
//! | [`markdown`](markdown()) | the findings with the quoted words |
//! | [`github`](github()) | workflow commands that annotate a file |
//! | [`trace`](trace()) | what was read, with the rules that read it |
//!
//! All are functions from [`Checked`] to text; the same input gives the same bytes. What a finding
//! says comes with it; the words around it come from [`Phrases`].

mod claimreview;
mod github;
mod html;
mod json;
mod markdown;
mod phrases;
mod place;
mod proposed;
mod sarif;
mod segments;
mod terminal;
mod trace;
mod window;

use std::collections::BTreeSet;

use bilat_brief::wording::{Args, WordingError};
use bilat_model::document::{Document, Span};
use bilat_model::finding::{Finding, Outcome, Severity};
use bilat_model::told::{Extraction, ItemRef};

pub use claimreview::claim_review;
pub use github::github;
pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use phrases::{MESSAGES, Phrases};
pub use proposed::{Proposed, Refused};
pub use sarif::sarif;
pub use terminal::{TerminalOptions, terminal};
pub use trace::trace;

use place::Places;

/// A document and what its check came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The file or address as it was given; `-` for standard input.
    pub name: String,
    /// The document.
    pub document: Document,
    /// The bytes as they came, when they are text in UTF-8 and [`Document::text`] was made from
    /// them: then lines and columns are those of the file. `None` otherwise.
    pub input: Option<String>,
    /// What it tells about each pair, the main one first. Empty when it tells of none.
    pub pairs: Vec<CheckedPair>,
}

/// What a document tells about one pair, and what came of checking it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedPair {
    /// What it tells.
    pub extraction: Extraction,
    /// What came out.
    pub findings: Vec<Finding>,
    /// What a language model proposed beside the rules; `None` when none was asked.
    pub proposed: Option<Proposed>,
}

/// A rule as it is described to whoever reads its findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCard {
    /// Its name: [`Finding::rule`].
    pub id: String,
    /// What it holds against what, in a line.
    pub title: String,
    /// Why, in full.
    pub why: String,
    /// The worst that it finds.
    pub severity: Severity,
}

impl Checked {
    fn places(&self) -> Places<'_> {
        Places::new(&self.document, self.input.as_deref())
    }

    /// Whether something in it cannot be true.
    #[must_use]
    pub fn has_error(&self) -> bool {
        let mut all = self.pairs.iter().flat_map(|p| &p.findings);
        all.any(|f| f.severity == Severity::Error)
    }

    fn is_address(&self) -> bool {
        self.name.starts_with("https://") || self.name.starts_with("http://")
    }

    /// All findings in the order of the text; in one place the worse first.
    fn in_order(&self) -> Vec<Shown<'_>> {
        let mut all: Vec<Shown<'_>> = self
            .pairs
            .iter()
            .flat_map(|pair| {
                pair.findings.iter().map(move |finding| Shown {
                    pair: &pair.extraction,
                    finding,
                })
            })
            .collect();
        // Sorting keeps the order of what is equal.
        all.sort_by_key(|s| (s.at().start, s.finding.severity, s.finding.rule.as_str()));
        all
    }
}

/// A finding with the extraction that its items are of.
#[derive(Clone, Copy)]
struct Shown<'a> {
    pair: &'a Extraction,
    finding: &'a Finding,
}

impl Shown<'_> {
    /// Where it is shown; at the beginning when it names no place.
    fn at(&self) -> Span {
        self.finding
            .labels
            .first()
            .map_or(Span::new(0, 0), |l| l.span)
    }

    /// Whether it says that something could not be held against anything.
    fn is_open(&self) -> bool {
        matches!(
            self.finding.outcome,
            Outcome::Unsupported | Outcome::NotComparable
        ) && self.finding.severity == Severity::Info
    }
}

/// How many there are of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Totals {
    errors: usize,
    warnings: usize,
    /// Figures that something confirms and nothing speaks against.
    confirmed: usize,
    open: usize,
    figures: usize,
    events: usize,
    ties: usize,
}

impl Totals {
    fn of(checked: &Checked) -> Self {
        let mut t = Self::default();
        for pair in &checked.pairs {
            let figures = |f: &&Finding| -> BTreeSet<ItemRef> {
                let all = f.involves.iter().copied();
                all.filter(|i| matches!(i, ItemRef::Figure(_))).collect()
            };
            let with = |fits: fn(&Finding) -> bool| -> BTreeSet<ItemRef> {
                let all = pair.findings.iter().filter(|f| fits(f));
                all.flat_map(|f| figures(&f)).collect()
            };
            let good = with(|f| f.outcome == Outcome::Confirmed);
            let bad = with(|f| f.severity != Severity::Info);
            t.confirmed += good.difference(&bad).count();
            for finding in &pair.findings {
                match finding.severity {
                    Severity::Error => t.errors += 1,
                    Severity::Warning => t.warnings += 1,
                    Severity::Info => {
                        let pair = &pair.extraction;
                        t.open += usize::from(Shown { pair, finding }.is_open());
                    }
                }
            }
            t.figures += pair.extraction.figures.len();
            t.events += pair.extraction.events.len();
            t.ties += pair.extraction.ties.len();
        }
        t
    }

    fn plus(self, other: Self) -> Self {
        Self {
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            confirmed: self.confirmed + other.confirmed,
            open: self.open + other.open,
            figures: self.figures + other.figures,
            events: self.events + other.events,
            ties: self.ties + other.ties,
        }
    }

    /// "1 error, 2 warnings, 3 figures confirmed".
    fn found(&self, phrases: &Phrases) -> Result<String, WordingError> {
        let mut parts = vec![
            phrases.count("count-errors", self.errors)?,
            phrases.count("count-warnings", self.warnings)?,
            phrases.count("count-confirmed", self.confirmed)?,
        ];
        if self.open > 0 {
            parts.push(phrases.count("count-open", self.open)?);
        }
        Ok(parts.join(", "))
    }
}

/// The line that closes what is said of a document.
fn summary(checked: &Checked, phrases: &Phrases) -> Result<String, WordingError> {
    let totals = Totals::of(checked);
    let read = [
        phrases.count("count-figures", totals.figures)?,
        phrases.count("count-events", totals.events)?,
        phrases.count("count-ties", totals.ties)?,
    ];
    let args = Args::new()
        .text("name", &*checked.name)
        .text("found", totals.found(phrases)?)
        .text("read", phrases.list(&read));
    let pairs: Vec<String> = checked
        .pairs
        .iter()
        .map(|p| p.extraction.pair.to_string())
        .collect();
    if pairs.is_empty() {
        return phrases.say("summary", &args);
    }
    phrases.say("summary-pairs", &args.text("pairs", phrases.list(&pairs)))
}

/// A line for each pair of which a model was asked: what it proposed, and what became of it.
///
/// # Errors
/// [`WordingError`] when the wording lacks a message.
pub fn proposals(checked: &Checked, phrases: &Phrases) -> Result<Vec<String>, WordingError> {
    let asked = checked.pairs.iter().filter_map(|p| {
        let proposed = p.proposed.as_ref()?;
        Some(phrases.proposed(p.extraction.pair, proposed))
    });
    asked.collect()
}

/// The line over several documents.
fn summary_of_all(all: &[Checked], phrases: &Phrases) -> Result<String, WordingError> {
    let totals = all
        .iter()
        .map(Totals::of)
        .fold(Totals::default(), Totals::plus);
    let args = Args::new()
        .text("files", phrases.count("count-files", all.len())?)
        .text("found", totals.found(phrases)?);
    phrases.say("summary-all", &args)
}
