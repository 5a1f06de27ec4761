//! The text with marks, and the findings beside it, as one self-contained page.

use bilat_brief::wording::{Args, WordingError};
use bilat_model::document::{Block, BlockKind, Span};
use bilat_model::finding::{Label, Outcome, Severity};

use super::place::Places;
use super::segments::segments;
use super::{Checked, Phrases, Shown, proposals, summary, summary_of_all};
use crate::html::head;
use crate::html::parts::{escape, text};
use crate::text::{direction, language};

/// What the page adds to the style of all pages.
const STYLE: &str = include_str!("findings.css");

/// A page with each document's text, the words of the findings marked in it, and the findings
/// in the margin; on a narrow screen they stand below their paragraph.
///
/// The page needs nothing else and runs nothing: all text is escaped, and it forbids itself
/// scripts, requests and frames.
///
/// # Errors
/// [`WordingError`] when the wording lacks a message.
pub fn html(all: &[Checked], phrases: &Phrases) -> Result<String, WordingError> {
    let title = match all {
        [one] => {
            let args = Args::new().text("title", name(one));
            phrases.say("page-title", &args)?
        }
        _ => phrases.fixed("page-findings")?,
    };
    let about = match all {
        [one] => summary(one, phrases)?,
        all => summary_of_all(all, phrases)?,
    };
    let own = phrases.language();
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n",
        language(own),
        direction(own)
    );
    head::open(&mut out, &title, &about, STYLE, None);
    out.push_str(&format!(
        "<body class=\"check\">\n<a class=\"skip\" href=\"#text\">{}</a>\n\
         <header>\n<h1>{}</h1>\n<p class=\"dateline summary\">{}</p>\n</header>\n\
         <main id=\"text\">\n",
        text(&phrases.fixed("page-skip")?),
        text(&title),
        text(&about),
    ));
    for (number, checked) in all.iter().enumerate() {
        if all.len() > 1 {
            out.push_str(&format!(
                "<h2>{}</h2>\n<p class=\"dateline summary\">{}</p>\n",
                text(name(checked)),
                text(&summary(checked, phrases)?),
            ));
        }
        Page::new(number, checked, phrases).write(&mut out)?;
    }
    out.push_str("</main>\n<footer>\n");
    for checked in all {
        let args = Args::new()
            .text("bytes", phrases.digits(checked.document.bytes))
            .text("sha256", &*checked.document.sha256);
        let line = phrases.say("page-colophon", &args)?;
        out.push_str(&format!("<p>{}</p>\n", text(&line)));
        for line in proposals(checked, phrases)? {
            out.push_str(&format!("<p>{}</p>\n", text(&line)));
        }
    }
    out.push_str("</footer>\n</body>\n</html>\n");
    Ok(out)
}

fn name(checked: &Checked) -> &str {
    let title = checked.document.meta.title.as_deref();
    title
        .filter(|t| !t.trim().is_empty())
        .unwrap_or(&checked.name)
}

/// A document under way.
struct Page<'a> {
    number: usize,
    checked: &'a Checked,
    phrases: &'a Phrases,
    places: Places<'a>,
    findings: Vec<Shown<'a>>,
    /// Every place of every finding: span, finding, label.
    marks: Vec<(Span, usize, &'a Label)>,
}

impl<'a> Page<'a> {
    fn new(number: usize, checked: &'a Checked, phrases: &'a Phrases) -> Self {
        let places = checked.places();
        let findings = checked.in_order();
        let mut marks: Vec<_> = findings
            .iter()
            .enumerate()
            .flat_map(|(i, s)| s.finding.labels.iter().map(move |l| (l, i)))
            .map(|(l, i)| (places.text.clamp(l.span), i, l))
            .filter(|(span, ..)| span.start < span.end)
            .collect();
        marks.sort_by_key(|(span, i, _)| (span.start, span.end, *i));
        Self {
            number,
            checked,
            phrases,
            places,
            findings,
            marks,
        }
    }

    fn write(&self, out: &mut String) -> Result<(), WordingError> {
        let label = escape(name(self.checked));
        let lang = self.checked.document.meta.language.as_deref();
        let lang = lang.map_or_else(String::new, |l| {
            format!(" lang=\"{}\" dir=\"{}\"", language(l), direction(l))
        });
        out.push_str(&format!("<article aria-label=\"{label}\">\n"));
        let mut told = vec![false; self.findings.len()];
        if self.findings.is_empty() {
            let nothing = self.phrases.fixed("page-nothing")?;
            out.push_str(&format!("<p class=\"dateline\">{}</p>\n", text(&nothing)));
        }
        if let Some(day) = self.checked.document.meta.published {
            let args = Args::new().text("date", day.to_string());
            let line = self.phrases.say("page-published", &args)?;
            out.push_str(&format!("<p class=\"dateline\">{}</p>\n", text(&line)));
        }
        let mut next = 0;
        for block in self.blocks() {
            let body = self.marked(block.span, &mut next);
            if body.trim().is_empty() {
                continue;
            }
            let (open, close) = element(block.kind);
            out.push_str(&format!(
                "<div class=\"row\">\n<{open}{lang}>{body}</{close}>\n"
            ));
            let mut here = self.beginning_in(block.span);
            here.retain(|i| !std::mem::replace(&mut told[*i], true));
            self.notes(out, &here)?;
            out.push_str("</div>\n");
        }
        // Findings about no place that is shown.
        let rest: Vec<usize> = (0..told.len()).filter(|i| !told[*i]).collect();
        self.notes(out, &rest)?;
        out.push_str("</article>\n");
        Ok(())
    }

    /// The findings beside a paragraph. Those that could not be held against anything are folded
    /// up: there are many, and they ask for nothing.
    fn notes(&self, out: &mut String, findings: &[usize]) -> Result<(), WordingError> {
        if findings.is_empty() {
            return Ok(());
        }
        let (open, told): (Vec<usize>, Vec<usize>) =
            findings.iter().partition(|i| self.findings[**i].is_open());
        out.push_str("<div class=\"notes\">\n");
        for i in told {
            self.note(out, i)?;
        }
        if !open.is_empty() {
            let summary = text(&self.phrases.count("count-open", open.len())?);
            out.push_str(&format!("<details>\n<summary>{summary}</summary>\n"));
            for i in open {
                self.note(out, i)?;
            }
            out.push_str("</details>\n");
        }
        out.push_str("</div>\n");
        Ok(())
    }

    /// The document's blocks, with what lies between them when something in it is marked, and
    /// by empty lines what lies in no block at all.
    fn blocks(&self) -> Vec<Block> {
        let whole = &self.checked.document.text;
        let mut out = Vec::new();
        let mut at = 0;
        let end = Block {
            span: Span::new(whole.len(), whole.len()),
            kind: BlockKind::Furniture,
        };
        let none = self.checked.document.blocks.is_empty();
        for block in self.checked.document.blocks.iter().chain([&end]) {
            let span = self.places.text.clamp(block.span);
            if span.start > at {
                let gap = Span::new(at, span.start);
                if none || self.marks.iter().any(|m| m.0.overlaps(&gap)) {
                    paragraphs(whole, gap, &mut out);
                }
            }
            if span.start >= at && span.start < span.end {
                out.push(Block { span, ..*block });
            }
            at = at.max(span.end);
        }
        out
    }

    /// The findings whose first place begins in a block. They stand in the order of the text.
    fn beginning_in(&self, block: Span) -> Vec<usize> {
        let from = self
            .findings
            .partition_point(|s| s.at().start < block.start);
        let to = self.findings.partition_point(|s| s.at().start < block.end);
        let placed = |i: &usize| !self.findings[*i].finding.labels.is_empty();
        (from..to).filter(placed).collect()
    }

    /// A block's text with the marks in it. `next` is the first mark that may reach into it.
    fn marked(&self, block: Span, next: &mut usize) -> String {
        while self
            .marks
            .get(*next)
            .is_some_and(|m| m.0.end <= block.start)
        {
            *next += 1;
        }
        let here: Vec<_> = self.marks[*next..]
            .iter()
            .take_while(|m| m.0.start < block.end)
            .filter(|m| m.0.overlaps(&block))
            .collect();
        let spans: Vec<Span> = here.iter().map(|m| m.0).collect();
        let mut out = String::new();
        for segment in segments(block, &spans) {
            let words = text(segment.span.of(&self.checked.document.text));
            let over: Vec<_> = segment.under.iter().map(|i| here[*i]).collect();
            // The worst finding gives the colour.
            let worst = over.iter().map(|m| Tone::of(&self.findings[m.1])).min();
            match worst {
                None => out.push_str(&words),
                Some(tone) => {
                    let aside = over.iter().all(|m| !m.2.primary);
                    out.push_str(&format!(
                        "<mark class=\"{}{}\">{words}</mark>",
                        tone.class(),
                        if aside { " aside" } else { "" }
                    ));
                }
            }
            self.references(&mut out, segment.ends.iter().map(|i| here[*i].1));
        }
        out
    }

    /// Small numbers that lead to the findings.
    fn references(&self, out: &mut String, findings: impl Iterator<Item = usize>) {
        for i in findings {
            out.push_str(&format!(
                "<sup class=\"{}\"><a href=\"#{}\" role=\"doc-noteref\">{}</a></sup>",
                Tone::of(&self.findings[i]).class(),
                self.id(i),
                i + 1,
            ));
        }
    }

    fn id(&self, finding: usize) -> String {
        format!("finding-{}-{}", self.number + 1, finding + 1)
    }

    fn note(&self, out: &mut String, i: usize) -> Result<(), WordingError> {
        let shown = &self.findings[i];
        let f = shown.finding;
        out.push_str(&format!(
            "<div class=\"note {}\" id=\"{}\" role=\"note\">\n\
             <p class=\"head\">{}. {} <span class=\"rule\">{}{}</span></p>\n<p>{}</p>\n",
            Tone::of(shown).class(),
            self.id(i),
            i + 1,
            text(&self.phrases.heading(f)?),
            text(&f.rule),
            self.line(shown)?,
            text(&f.message),
        ));
        if let (Severity::Error | Severity::Warning, true) = (f.severity, f.labels.len() > 1) {
            out.push_str("<ul>\n");
            for l in &f.labels {
                let between = if l.text.is_empty() { "" } else { ": " };
                let said = text(&l.text);
                out.push_str(&format!(
                    "<li><q>{}</q>{between}{said}</li>\n",
                    text(&l.quote)
                ));
            }
            out.push_str("</ul>\n");
        }
        if let Some(sum) = &f.arithmetic {
            let name = escape(&self.phrases.fixed("arithmetic")?);
            out.push_str(&format!(
                "<p class=\"sum\" title=\"{name}\">{}</p>\n",
                text(sum)
            ));
        }
        for beside in &f.beside {
            let said = self.phrases.beside(beside)?;
            out.push_str(&format!("<p>{}</p>\n", text(&said)));
        }
        if let Some(help) = &f.help {
            let name = text(&self.phrases.fixed("help")?);
            out.push_str(&format!("<p><em>{name}</em>: {}</p>\n", text(help)));
        }
        out.push_str("</div>\n");
        Ok(())
    }

    /// The line that a finding is shown at, after a comma; nothing when it has no place.
    fn line(&self, shown: &Shown<'_>) -> Result<String, WordingError> {
        if shown.finding.labels.is_empty() {
            return Ok(String::new());
        }
        let line = self.phrases.digits(self.places.shown(shown.at()).line);
        let said = self
            .phrases
            .say("place-line", &Args::new().text("line", line))?;
        Ok(format!(", {}", text(&said)))
    }
}

/// In what colour a finding stands, the worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tone {
    Error,
    Warning,
    /// Others say otherwise, rightfully or not.
    Differs,
    Holds,
    /// Nothing to hold it against: no colour.
    Open,
}

impl Tone {
    fn of(shown: &Shown<'_>) -> Self {
        match (shown.finding.severity, shown.finding.outcome) {
            (Severity::Error, _) => Self::Error,
            (Severity::Warning, _) => Self::Warning,
            (Severity::Info, Outcome::Confirmed | Outcome::Derived) => Self::Holds,
            (Severity::Info, Outcome::Unsupported | Outcome::NotComparable) => Self::Open,
            (Severity::Info, _) => Self::Differs,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Differs => "differs",
            Self::Holds => "info",
            Self::Open => "open",
        }
    }
}

/// What lies between empty lines.
fn paragraphs(whole: &str, gap: Span, out: &mut Vec<Block>) {
    let mut at = gap.start;
    for part in gap.of(whole).split_inclusive("\n\n") {
        let span = Span::new(at, at + part.len());
        at = span.end;
        if !part.trim().is_empty() {
            let kind = BlockKind::Paragraph;
            out.push(Block { span, kind });
        }
    }
}

/// How a block's element begins and ends.
fn element(kind: BlockKind) -> (&'static str, &'static str) {
    match kind {
        BlockKind::Headline => ("h2 class=\"headline\"", "h2"),
        BlockKind::Heading => ("h2", "h2"),
        BlockKind::Paragraph => ("p", "p"),
        BlockKind::Item => ("p class=\"item\"", "p"),
        BlockKind::Row => ("p class=\"cells\"", "p"),
        BlockKind::Quote => ("blockquote", "blockquote"),
        BlockKind::Caption => ("p class=\"from\"", "p"),
        BlockKind::Furniture => ("p class=\"furniture\"", "p"),
    }
}
