//! The words around findings, from `check.ftl`.

use bilat_brief::wording::{Args, ENGLISH, Wording, WordingError, WordingFiles};
use bilat_model::Decimal;
use bilat_model::finding::{Beside, Finding, Outcome, Severity};

/// The English messages, as compiled in.
pub const MESSAGES: &str = include_str!("../../wording/en/check.ftl");

/// The words that stand around findings in every format.
pub struct Phrases(Wording);

impl Phrases {
    /// English.
    ///
    /// # Errors
    /// [`WordingError`] when the wording files are not valid.
    pub fn english() -> Result<Self, WordingError> {
        let files = WordingFiles {
            messages: MESSAGES,
            ..ENGLISH
        };
        Wording::new(files).map(Self)
    }

    pub(super) fn language(&self) -> &str {
        self.0.language()
    }

    pub(super) fn fixed(&self, message: &str) -> Result<String, WordingError> {
        self.0.say(message, &Args::new())
    }

    pub(super) fn say(&self, message: &str, args: &Args) -> Result<String, WordingError> {
        self.0.say(message, args)
    }

    pub(super) fn list(&self, items: &[String]) -> String {
        self.0.list(items)
    }

    pub(super) fn digits(&self, n: usize) -> String {
        self.0.count(Decimal::from(n))
    }

    /// A number of things, with the plural that goes with it.
    pub(super) fn count(&self, message: &str, n: usize) -> Result<String, WordingError> {
        let args = Args::new()
            .number("n", i64::try_from(n).unwrap_or(i64::MAX))
            .text("digits", self.digits(n));
        self.say(message, &args)
    }

    /// What a finding is headed by: how bad it is, or what came out when nothing is wrong.
    pub(super) fn heading(&self, finding: &Finding) -> Result<String, WordingError> {
        match finding.severity {
            Severity::Error => self.fixed("severity-error"),
            Severity::Warning => self.fixed("severity-warning"),
            Severity::Info => self.outcome(finding.outcome),
        }
    }

    pub(super) fn outcome(&self, outcome: Outcome) -> Result<String, WordingError> {
        self.fixed(&format!("outcome-{}", outcome.code()))
    }

    /// What another source says, with its date unless the source's name has it already.
    pub(super) fn beside(&self, beside: &Beside) -> Result<String, WordingError> {
        let args = Args::new()
            .text("source", &*beside.source)
            .text("says", &*beside.says);
        match &beside.date {
            Some(date) if !beside.source.contains(date.as_str()) => {
                self.say("beside-dated", &args.text("date", date))
            }
            _ => self.say("beside", &args),
        }
    }

    /// How to follow what another source says back to its record, when it has one.
    pub(super) fn why(&self, beside: &Beside) -> Result<Option<String>, WordingError> {
        let id = bilat_model::EvidenceId(beside.id.clone());
        // Words of a shell stay one word; nothing else is offered to be copied.
        let plain = |c: char| c.is_alphanumeric() || "-_:.>=/".contains(c);
        if id.pair().is_none() || !beside.id.chars().all(plain) {
            return Ok(None);
        }
        let shown = match beside.id.contains('>') {
            true => format!("'{}'", beside.id),
            false => beside.id.clone(),
        };
        self.say("beside-why", &Args::new().text("id", shown))
            .map(Some)
    }
}
