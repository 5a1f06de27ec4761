//! `bilat explain`: what a rule does, and why.

use crate::args::ExplainArgs;
use crate::failure::Failure;
use crate::rules::{self, Rule};
use crate::{llm, output};

pub(crate) fn run(args: &ExplainArgs) -> Result<u8, Failure> {
    let all = rules::all()?;
    let text = match &args.rule {
        None => list(&all),
        Some(id) if id.starts_with(llm::RULE) => llm::explained(id),
        Some(id) => {
            let rule = all
                .iter()
                .find(|r| r.id == *id)
                .ok_or_else(|| unknown(id, &all))?;
            explained(rule)
        }
    };
    output::write(None, text.as_bytes())?;
    Ok(0)
}

fn unknown(id: &str, all: &[Rule]) -> Failure {
    let near: Vec<&str> = all
        .iter()
        .map(|r| r.id.as_str())
        .filter(|r| r.contains(id) || strsim::jaro_winkler(r, id) > 0.85)
        .take(5)
        .collect();
    let failure = Failure::new(format!("there is no rule “{id}”"));
    match near.is_empty() {
        true => failure.hint("`bilat explain` lists all"),
        false => failure.hint(format!("did you mean {}?", near.join(" or "))),
    }
}

/// The names, with what each does in a line.
fn list(all: &[Rule]) -> String {
    let wide = all.iter().map(|r| r.id.len()).max().unwrap_or(0);
    let width = output::width();
    let mut out = String::new();
    for (heading, checks) in [("Rules that check", true), ("Rules that read", false)] {
        out.push_str(&format!("{heading}\n"));
        for r in all.iter().filter(|r| r.severities.is_empty() != checks) {
            let said = if r.title.is_empty() { &r.why } else { &r.title };
            let lines = output::wrap(said, width.saturating_sub(wide + 4).max(24));
            for (i, line) in lines.iter().enumerate() {
                let id = if i == 0 { r.id.as_str() } else { "" };
                out.push_str(&format!("  {id:wide$}  {line}\n"));
            }
        }
        if checks {
            out.push('\n');
        }
    }
    out
}

fn explained(r: &Rule) -> String {
    let mut out = format!("{}\n", r.id);
    if !r.title.is_empty() {
        out.push_str(&format!("{}\n", r.title));
    }
    out.push('\n');
    let severities: Vec<&str> = r.severities.iter().map(|s| s.code()).collect();
    if !severities.is_empty() {
        entry(&mut out, "severities", &severities.join(", "));
    }
    entry(&mut out, "why", &r.why);
    for (heading, text) in &r.more {
        entry(&mut out, heading, text);
    }
    if !r.examples.is_empty() {
        out.push_str("\nfinds something in\n");
    }
    for e in &r.examples {
        item(&mut out, &e.text);
        for gives in &e.gives {
            for line in output::wrap(gives, output::width() - 6) {
                out.push_str(&format!("      {line}\n"));
            }
        }
    }
    if !r.counter.is_empty() {
        out.push_str("\nfinds nothing in\n");
    }
    for text in &r.counter {
        item(&mut out, text);
    }
    out
}

/// A heading, and text beside it, each of its lines wrapped.
fn entry(out: &mut String, heading: &str, text: &str) {
    let lines = text.lines().filter(|l| !l.trim().is_empty());
    let wrapped = lines.flat_map(|l| output::wrap(l, output::width().saturating_sub(12)));
    for (i, line) in wrapped.enumerate() {
        let heading = if i == 0 { heading } else { "" };
        out.push_str(&format!("{heading:<11} {line}\n"));
    }
}

fn item(out: &mut String, text: &str) {
    for (i, line) in output::wrap(text, output::width() - 4).iter().enumerate() {
        let mark = if i == 0 { "- " } else { "  " };
        out.push_str(&format!("  {mark}{line}\n"));
    }
}
