//! What was read out of a document, with the rules that read it.

use std::fmt::Write as _;

use bilat_brief::wording::{Args, WordingError};
use bilat_model::document::Span;
use bilat_model::told::{Event, Figure, Tie};

use super::{Checked, CheckedPair, Phrases, Proposed};
use crate::text::tame;

/// Every item in the order of the text: its place, what it says in the words of the schema, the
/// words that it was read from, and the rules or the model that gave it; then what a model proposed
/// in vain.
///
/// # Errors
/// [`WordingError`] when the wording lacks a message.
pub fn trace(all: &[Checked], phrases: &Phrases) -> Result<String, WordingError> {
    let mut out = String::new();
    for checked in all {
        let places = checked.places();
        for pair in &checked.pairs {
            let e = &pair.extraction;
            let mut items: Vec<(Span, String, &[String], &str)> = Vec::new();
            items.extend(
                e.figures
                    .iter()
                    .map(|f| (f.span, figure(f), &*f.rules, &*f.quote)),
            );
            items.extend(
                e.events
                    .iter()
                    .map(|f| (f.span, event(f), &*f.rules, &*f.quote)),
            );
            items.extend(
                e.ties
                    .iter()
                    .map(|f| (f.span, tie(f), &*f.rules, &*f.quote)),
            );
            items.sort_by_key(|i| (i.0.start, i.0.end));
            for (span, said, rules, quote) in items {
                let place = places.shown(span);
                let _ = writeln!(
                    out,
                    "{}:{}:{}: {}: {}",
                    tame(&checked.name),
                    place.line,
                    place.column,
                    e.pair,
                    tame(&said),
                );
                let _ = writeln!(out, "    “{}”", tame(quote));
                if !rules.is_empty() {
                    let args = Args::new().text("rules", phrases.list(rules));
                    let _ = writeln!(out, "    {}", tame(&phrases.say("trace-rules", &args)?));
                }
            }
            if let Some(proposed) = &pair.proposed {
                refused(&mut out, checked, pair, proposed, phrases)?;
            }
        }
    }
    Ok(out)
}

/// What a model proposed and the text does not tell.
fn refused(
    out: &mut String,
    checked: &Checked,
    pair: &CheckedPair,
    proposed: &Proposed,
    phrases: &Phrases,
) -> Result<(), WordingError> {
    let line = phrases.proposed(pair.extraction.pair, proposed)?;
    let _ = writeln!(out, "{}: {}", tame(&checked.name), tame(&line));
    for r in &proposed.refused {
        let args = Args::new().text("why", &*r.why);
        let line = match &r.item {
            Some(item) => phrases.say("trace-refused", &args.text("item", &**item))?,
            None => phrases.say("trace-unread", &args)?,
        };
        let _ = writeln!(out, "    {}", tame(&line));
        if !r.said.is_empty() {
            let _ = writeln!(out, "        {}", tame(&r.said));
        }
    }
    Ok(())
}

/// The words that there are, in one line.
fn joined(words: impl IntoIterator<Item = Option<String>>) -> String {
    let all: Vec<String> = words.into_iter().flatten().collect();
    all.join(" ")
}

fn field<T: ToString>(name: &str, value: Option<&T>) -> Option<String> {
    value.map(|v| format!("{name}={}", v.to_string()))
}

fn figure(f: &Figure) -> String {
    joined([
        Some(f.kind.to_string()),
        Some(format!("{}>{}", f.from, f.to)),
        f.value.map(|v| v.normalize().to_string()),
        field("to", f.value_max.map(|v| v.normalize()).as_ref()),
        Some(f.unit.clone()),
        Some(f.qualifier.to_string()),
        field("period", f.period.as_ref()),
        field(
            "change_percent",
            f.change_percent.map(|v| v.normalize()).as_ref(),
        ),
        field("compare_period", f.compare_period.as_ref()),
        field("product", f.product.as_ref()),
        field("status", f.status.as_ref()),
        field("interval", f.interval.as_ref()),
    ])
}

fn event(e: &Event) -> String {
    joined([
        Some(e.kind.to_string()),
        field("date", e.date.as_ref()),
        field("end", e.end.as_ref()),
        field("host", e.host.as_ref()),
        e.planned.then(|| "planned".to_owned()),
        e.derived.then(|| "derived".to_owned()),
        Some(e.what.clone()),
    ])
}

fn tie(t: &Tie) -> String {
    joined([
        Some(t.kind.to_string()),
        field("since", t.since.as_ref()),
        Some(t.what.clone()),
    ])
}
