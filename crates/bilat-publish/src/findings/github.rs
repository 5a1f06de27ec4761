//! Findings as the workflow commands by which GitHub annotates the files of a change.

use bilat_brief::wording::WordingError;
use bilat_model::finding::Severity;

use super::{Checked, Phrases, Shown};
use crate::text::tame;

/// A command a line, `::error file=…,line=…,col=…,endColumn=…,title=…::message`; what holds is
/// left out unless `verbose`, since a run shows ten of a kind.
///
/// A document that was fetched from an address has no file to annotate; its findings name it in
/// the title.
///
/// # Errors
/// [`WordingError`] when the wording lacks a message.
pub fn github(all: &[Checked], verbose: bool, phrases: &Phrases) -> Result<String, WordingError> {
    let mut out = String::new();
    for checked in all {
        let places = checked.places();
        for shown in checked.in_order() {
            if shown.finding.severity == Severity::Info && !verbose {
                continue;
            }
            let mut properties = Vec::new();
            if !checked.is_address() && checked.name != "-" {
                properties.push(("file", checked.name.replace('\\', "/")));
            }
            let place = places
                .in_file(shown.at())
                .filter(|_| !checked.is_address() && !shown.finding.labels.is_empty());
            if let Some(p) = place {
                properties.push(("line", p.line.to_string()));
                // Columns are taken only within one line.
                if p.line == p.end_line {
                    properties.push(("col", p.utf16.to_string()));
                    properties.push(("endColumn", p.utf16_end.to_string()));
                } else {
                    properties.push(("endLine", p.end_line.to_string()));
                }
            }
            properties.push(("title", title(checked, &shown)));
            let properties: Vec<_> = properties
                .iter()
                .map(|(name, value)| format!("{name}={}", property(value)))
                .collect();
            out.push_str(&format!(
                "::{} {}::{}\n",
                match shown.finding.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Info => "notice",
                },
                properties.join(","),
                data(&message(&shown, phrases)?),
            ));
        }
    }
    Ok(out)
}

fn title(checked: &Checked, shown: &Shown<'_>) -> String {
    match checked.is_address() {
        true => format!("{} ({})", shown.finding.rule, checked.name),
        false => shown.finding.rule.clone(),
    }
}

/// All that a finding says, a line each.
fn message(shown: &Shown<'_>, phrases: &Phrases) -> Result<String, WordingError> {
    let finding = shown.finding;
    let mut lines = vec![tame(&finding.message)];
    for label in &finding.labels {
        let text = tame(&label.text);
        let between = if text.is_empty() { "" } else { ": " };
        lines.push(format!("“{}”{between}{text}", tame(&label.quote)));
    }
    lines.extend(finding.arithmetic.as_deref().map(tame));
    for beside in &finding.beside {
        lines.push(tame(&phrases.beside(beside)?));
    }
    lines.extend(finding.help.as_deref().map(tame));
    Ok(lines.join("\n"))
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&tame(text)).replace(':', "%3A").replace(',', "%2C")
}
