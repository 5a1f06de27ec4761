//! Findings as Markdown, with the words that they are about.

use std::fmt::Write as _;

use bilat_brief::wording::{Args, WordingError};
use bilat_model::finding::Severity;

use super::place::Places;
use super::{Checked, Phrases, Shown, proposals, summary};
use crate::markdown::{inline, line};

/// Each document under a heading: what came out in a line, then every finding with its place,
/// the quoted words, the arithmetic, what others say, and what to do. What holds follows in a
/// list.
///
/// # Errors
/// [`WordingError`] when the wording lacks a message.
pub fn markdown(all: &[Checked], phrases: &Phrases) -> Result<String, WordingError> {
    let mut out = String::new();
    for checked in all {
        if !out.is_empty() {
            out.push('\n');
        }
        let title = checked.document.meta.title.as_ref();
        let _ = write!(out, "# {}\n\n", line(title.unwrap_or(&checked.name)));
        let _ = writeln!(out, "{}", line(&summary(checked, phrases)?));
        for proposed in proposals(checked, phrases)? {
            let _ = writeln!(out, "\n{}", line(&proposed));
        }
        let places = checked.places();
        let all = checked.in_order();
        let (good, bad): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|s| s.finding.severity == Severity::Info);
        for shown in &bad {
            out.push('\n');
            finding(&mut out, &places, shown, phrases)?;
        }
        if !good.is_empty() {
            out.push('\n');
        }
        for shown in &good {
            let f = shown.finding;
            let _ = writeln!(
                out,
                "- **{}** {}, {}: {}",
                inline(&phrases.heading(f)?),
                inline(&f.rule),
                inline(&place(&places, shown, phrases)?),
                inline(&f.message),
            );
        }
    }
    Ok(out)
}

fn place(
    places: &Places<'_>,
    shown: &Shown<'_>,
    phrases: &Phrases,
) -> Result<String, WordingError> {
    let place = places.shown(shown.at());
    let args = Args::new()
        .text("line", phrases.digits(place.line))
        .text("column", phrases.digits(place.column));
    phrases.say("place", &args)
}

fn finding(
    out: &mut String,
    places: &Places<'_>,
    shown: &Shown<'_>,
    phrases: &Phrases,
) -> Result<(), WordingError> {
    let f = shown.finding;
    let _ = write!(
        out,
        "## {} ({})\n\n**{}**, {}\n",
        line(&f.message),
        inline(&f.rule),
        inline(&phrases.heading(f)?),
        inline(&place(places, shown, phrases)?),
    );
    for label in &f.labels {
        let said = inline(&label.text);
        let between = if said.is_empty() { "" } else { ": " };
        let _ = write!(out, "\n> “{}”{between}{said}\n", line(&label.quote));
    }
    if let Some(sum) = &f.arithmetic {
        let _ = write!(out, "\n{}\n", line(sum));
    }
    for beside in &f.beside {
        let _ = write!(out, "\n{}\n", line(&phrases.beside(beside)?));
    }
    if let Some(help) = &f.help {
        let _ = write!(out, "\n*{}*: {}\n", phrases.fixed("help")?, inline(help));
    }
    Ok(())
}
