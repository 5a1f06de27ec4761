//! Templates: their parts, and what of them is read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bilat_model::document::Span;
use serde::Deserialize;

use crate::inline;
use crate::text::{Input, Template, Text};

const TOML: &str = include_str!("../data/templates.toml");

/// How templates are read, as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    names: Vec<String>,
    read: Word,
    number: Option<usize>,
    text: Option<String>,
    /// Why; for whoever reads the file.
    #[allow(dead_code)]
    reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Argument,
    Date,
    Measure,
    Fixed,
    Footnote,
}

/// What the text of a template is.
#[derive(Clone, Debug, PartialEq)]
enum Reading {
    /// The argument of a number, counted from 1.
    Argument(usize),
    /// A date out of year, month and day, or the one argument as it is.
    Date,
    /// The first two arguments: a number and its unit.
    Measure,
    /// Always the same.
    Fixed(String),
    /// A footnote.
    Footnote,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    template: Vec<Rule>,
}

fn parse(toml: &str) -> Result<BTreeMap<String, Reading>, toml::de::Error> {
    let file: File = toml::from_str(toml)?;
    let each = |rule: Rule| {
        let reading = match rule.read {
            Word::Argument => Reading::Argument(rule.number.unwrap_or(1)),
            Word::Date => Reading::Date,
            Word::Measure => Reading::Measure,
            Word::Fixed => Reading::Fixed(rule.text.unwrap_or_default()),
            Word::Footnote => Reading::Footnote,
        };
        rule.names
            .into_iter()
            .map(move |name| (name, reading.clone()))
    };
    Ok(file.template.into_iter().flat_map(each).collect())
}

/// The rules by name. That the file is whole is a test's matter; without it no template has text.
static RULES: LazyLock<BTreeMap<String, Reading>> =
    LazyLock::new(|| parse(TOML).unwrap_or_default());

/// The parts of a template.
pub(crate) struct Parts {
    name: String,
    /// As written, for names that are codes.
    written: String,
    /// Arguments without a name.
    unnamed: Vec<Span>,
    /// Named arguments.
    named: Vec<(String, Span)>,
}

impl Parts {
    /// A named argument as plain text.
    pub(crate) fn named(&self, input: Input<'_>, name: &str) -> Option<String> {
        let (_, span) = self.named.iter().find(|(n, _)| n == name)?;
        let text = argument(input, *span);
        (!text.is_empty()).then_some(text)
    }
}

fn argument(input: Input<'_>, span: Span) -> String {
    let mut text = Text::default();
    inline::read(input, span, &mut text, false);
    text.finish().plain
}

/// Splits a template at its bars.
pub(crate) fn parts(input: Input<'_>, span: Span) -> Parts {
    let inner = Span::new(span.start + 2, span.end.saturating_sub(2));
    let mut all = inline::split(input, inner);
    let written = all
        .next()
        .map_or("", |s| s.of(input.text))
        .trim()
        .to_owned();
    let lower = written.to_lowercase().replace('_', " ");
    let name = lower
        .strip_prefix("template:")
        .unwrap_or(&lower)
        .trim()
        .to_owned();
    let mut parts = Parts {
        name,
        written,
        unnamed: Vec::new(),
        named: Vec::new(),
    };
    if let Some((tag, first)) = parts.name.split_once(':')
        && tag == "#tag"
    {
        parts.name = format!("#tag:{}", first.trim());
    }
    for part in all {
        let text = part.of(input.text);
        let key = text.split_once('=').map(|(key, _)| key);
        match key {
            Some(key) if is_key(key) => {
                let value = Span::new(part.start + key.len() + 1, part.end);
                parts.named.push((key.trim().to_ascii_lowercase(), value));
            }
            _ => parts.unnamed.push(part),
        }
    }
    // The first argument of a module is its function.
    if parts.name.starts_with("#invoke:") && !parts.unnamed.is_empty() {
        parts.unnamed.remove(0);
    }
    parts
}

/// Names of arguments are words, not sentences, links or tags.
fn is_key(key: &str) -> bool {
    key.len() < 40
        && key
            .trim()
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
}

/// Reads a template onto the end of a text.
pub(crate) fn read(input: Input<'_>, span: Span, out: &mut Text, outer: bool) {
    let parts = parts(input, span);
    let start = out.plain.len();
    match RULES.get(&parts.name) {
        Some(Reading::Footnote) => {
            let reference = inline::reference(input, span, out.plain.len());
            out.references.push(reference);
        }
        Some(reading) => said(input, span, &parts, reading, out),
        None if is_code(&parts) => {
            let code = parts.written.clone();
            let at = span.start + 2;
            match input.text[at..].starts_with(&code) {
                true => out.push_same(&code, at),
                false => out.push_made(&code, span),
            }
        }
        None => {}
    }
    if outer {
        let text = Span::new(start, out.plain.len());
        out.templates.push(Template {
            text,
            input: span,
            arguments: parts.unnamed.iter().map(|s| argument(input, *s)).collect(),
            named: parts
                .named
                .iter()
                .map(|(n, s)| (n.clone(), argument(input, *s)))
                .collect(),
            name: parts.name,
        });
    }
}

/// `{{GER}}` shows a flag and the country's name.
fn is_code(parts: &Parts) -> bool {
    parts.written.len() == 3
        && parts.written.bytes().all(|b| b.is_ascii_uppercase())
        && parts.unnamed.is_empty()
}

fn said(input: Input<'_>, span: Span, parts: &Parts, reading: &Reading, out: &mut Text) {
    match reading {
        Reading::Argument(number) => {
            let i = number.saturating_sub(1);
            let named = parts.named.iter().find(|(n, _)| *n == number.to_string());
            let at = parts.unnamed.get(i).or(named.map(|(_, s)| s));
            if let Some(at) = at {
                inline::read(input, trimmed(input, *at), out, false);
            }
        }
        Reading::Fixed(text) => out.push_made(text, span),
        Reading::Measure => {
            let words: Vec<_> = parts
                .unnamed
                .iter()
                .take(2)
                .map(|s| argument(input, *s))
                .collect();
            out.push_made(&words.join(" "), span);
        }
        Reading::Date => date(input, span, parts, out),
        Reading::Footnote => {}
    }
}

fn trimmed(input: Input<'_>, span: Span) -> Span {
    let text = span.of(input.text);
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `{{dts|1992|10|20}}` as “20 October 1992”; `{{dts|20 October 1992}}` as it is.
fn date(input: Input<'_>, span: Span, parts: &Parts, out: &mut Text) {
    let words: Vec<_> = parts.unnamed.iter().map(|s| argument(input, *s)).collect();
    let month = |text: &str| match text.parse::<usize>() {
        Ok(n) => n.checked_sub(1).and_then(|n| MONTHS.get(n)).copied(),
        Err(_) => MONTHS
            .iter()
            .find(|m| m.eq_ignore_ascii_case(text))
            .copied(),
    };
    let numbers: Vec<&str> = words
        .iter()
        .map(|w| w.trim())
        .filter(|w| !w.is_empty())
        .collect();
    let made = match numbers[..] {
        [year, m, day] => month(m).map(|m| format!("{} {m} {year}", day.trim_start_matches('0'))),
        [year, m] => month(m).map(|m| format!("{m} {year}")),
        _ => None,
    };
    match (made, parts.unnamed.first()) {
        (Some(made), _) => out.push_made(&made, span),
        // Templates in it have been read already: reading them twice at each level would double
        // the work with every level.
        (None, Some(first)) => match input.marks.within(*first).next() {
            None => inline::read(input, trimmed(input, *first), out, false),
            Some(_) => out.push_made(&words[0], span),
        },
        (None, None) => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[test]
    fn the_file_of_templates_is_whole() {
        let rules = super::parse(super::TOML).unwrap();
        assert!(rules.len() > 40);
        assert!(rules.keys().all(|name| *name == name.to_lowercase()));
    }
}
