//! What documents tell, in the words of the brief: who says so, since when, how surely.

mod differ;
mod events;
mod figures;
mod phrase;
mod planned;
mod related;

use bilat_model::Period;
use bilat_model::document::DocumentInfo;
use bilat_model::evidence::Evidence;
use jiff::civil::Date;

pub(super) use differ::differ;
pub(super) use events::{culture, memory, politics};
pub(super) use figures::{Fact, business, gather, people, trade};
pub(super) use planned::planned;
pub(super) use related::tell;

use super::{Composer, Result};
use crate::wording::Args;

/// Titles and names out of documents are cut after this many characters.
const MOST_CHARACTERS: usize = 90;

/// A text from outside, short enough to stand in a sentence, without what would steer its reading.
pub(crate) fn short(text: &str) -> String {
    let steers = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = text
        .chars()
        .take(MOST_CHARACTERS * 8)
        .filter(|c| !steers(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let mut out = String::new();
    for word in clean.split_whitespace() {
        let more = usize::from(!out.is_empty()) + word.chars().count();
        if out.chars().count() + more > MOST_CHARACTERS {
            if out.is_empty() {
                out.extend(word.chars().take(MOST_CHARACTERS));
            }
            out.push('…');
            return out;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

impl Composer<'_> {
    /// Who tells it: "Agencia Río (12 May 2025)"; of several the latest.
    pub(super) fn teller(&self, evidence: &[&Evidence]) -> Result<String> {
        let documents = &self.dossier.documents;
        let known = evidence.iter().filter_map(|e| documents.of(e));
        let latest = known.max_by_key(|d| (d.day(), std::cmp::Reverse(&d.sha256)));
        let Some(document) = latest else {
            return Ok(self.wording.say("told-unnamed", &Args::new())?);
        };
        self.document_with_day(document)
    }

    /// A document by its publisher, else its title, with its day.
    pub(super) fn document_with_day(&self, document: &DocumentInfo) -> Result<String> {
        let filled = |t: &Option<String>| t.as_deref().map(short).filter(|t| !t.is_empty());
        let who = match (filled(&document.publisher), filled(&document.title)) {
            (Some(publisher), _) => publisher,
            (None, Some(title)) => self
                .wording
                .say("told-title", &Args::new().text("title", title))?,
            (None, None) => self.wording.say("told-unnamed", &Args::new())?,
        };
        Ok(match document.day() {
            Some(day) => {
                let args = Args::new()
                    .text("who", who)
                    .text("day", self.day(day)?)
                    .text(
                        "known",
                        if document.published.is_some() {
                            "yes"
                        } else {
                            "no"
                        },
                    );
                self.wording.say("told-who", &args)?
            }
            None => who,
        })
    }

    /// A day in words.
    pub(super) fn day(&self, day: Date) -> Result<String> {
        Ok(self.wording.period(Period::Day(day))?)
    }

    /// "According to Agencia Río (12 May 2025),", or that several independent documents say so;
    /// nothing when the sentence before it in the same paragraph rests on the same document.
    pub(super) fn voice(&self, evidence: &[&Evidence], before: &mut Vec<String>) -> Result<String> {
        let files: Vec<String> = evidence
            .iter()
            .map(|e| e.citation.file.to_string())
            .collect();
        if *before == files {
            return Ok(String::new());
        }
        *before = files;
        let origins = self.dossier.documents.origins(evidence.iter().copied());
        let args = self
            .counted(Args::new(), "n", origins)?
            .text("who", self.teller(evidence)?);
        Ok(self.wording.say("told-voice", &args)?)
    }

    /// A count: `$NAME` to choose a plural by, and `$NAME-count` in words.
    pub(super) fn counted(&self, args: Args, name: &str, n: usize) -> Result<Args> {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        Ok(args
            .number(name, n)
            .text(&format!("{name}-count"), self.wording.words(n)?))
    }

    /// When, with its preposition: "in September 2002, November 2009 and December 2010".
    pub(super) fn when(&self, periods: &[Period]) -> Result<String> {
        let mut all = periods.to_vec();
        all.sort();
        all.dedup();
        let form = |p: &Period| match p {
            Period::Day(_) => "day",
            Period::Months(..) => "range",
            Period::Years(..) => "years",
            _ => "other",
        };
        let say = |form: &str, dates: String| {
            let args = Args::new().text("form", form).text("date", dates);
            self.wording.say("told-when", &args)
        };
        let mut forms: Vec<&str> = all.iter().map(form).collect();
        forms.dedup();
        let names: Vec<String> = all
            .iter()
            .map(|p| match p {
                Period::Years(from, to) => {
                    let args = Args::new()
                        .text("from", from.to_string())
                        .text("to", to.to_string());
                    self.wording.say("period-range", &args)
                }
                other => self.wording.period(*other),
            })
            .collect::<std::result::Result<_, _>>()?;
        match forms[..] {
            [] => Ok(String::new()),
            [one] if !matches!(one, "range" | "years") || all.len() == 1 => {
                Ok(say(one, self.wording.list(&names))?)
            }
            _ => {
                let each: Vec<String> = all
                    .iter()
                    .zip(names)
                    .map(|(p, name)| say(form(p), name))
                    .collect::<std::result::Result<_, _>>()?;
                Ok(self.wording.list(&each))
            }
        }
    }
}
