//! Findings for a terminal, as a compiler shows what is wrong.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Padding, Renderer, Snippet,
};
use anstyle::{AnsiColor, Effects, Style};
use bilat_brief::wording::WordingError;
use bilat_model::document::Span;
use bilat_model::finding::{Finding, Outcome, Severity};

use super::place::Places;
use super::{Checked, Phrases, Shown, summary, summary_of_all, window};
use crate::terminal::layout::{fit, wrap};
use crate::text::tame;

/// How wide, whether in colour, and how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalOptions {
    /// Columns; fewer than 40 are taken as 40.
    pub width: usize,
    /// Whether to mark what matters by escape sequences.
    pub colour: bool,
    /// Whether to show what holds, and what could not be compared, in full too.
    pub verbose: bool,
}

/// A label is not set longer than this; what a finding has to say stands in its message.
const LABEL: usize = 60;

/// What is wrong in full, with place, words, arithmetic and help; what holds in a line each; and
/// a line that sums up, for each document.
///
/// # Errors
/// [`WordingError`] when the wording lacks a message.
pub fn terminal(
    all: &[Checked],
    options: &TerminalOptions,
    phrases: &Phrases,
) -> Result<String, WordingError> {
    let width = options.width.max(40);
    let options = TerminalOptions { width, ..*options };
    let mut out = String::new();
    for checked in all {
        document(&mut out, checked, &options, phrases)?;
    }
    if all.len() > 1 {
        out.push_str(&format!("{}\n", tame(&summary_of_all(all, phrases)?)));
    }
    Ok(out)
}

fn document(
    out: &mut String,
    checked: &Checked,
    options: &TerminalOptions,
    phrases: &Phrases,
) -> Result<(), WordingError> {
    let places = checked.places();
    let findings = checked.in_order();
    let in_full = |s: &&Shown<'_>| options.verbose || s.finding.severity != Severity::Info;
    for shown in findings.iter().filter(in_full) {
        out.push_str(&full(checked, &places, shown, options, phrases)?);
        out.push_str("\n\n");
    }
    let mut any = false;
    for shown in findings.iter().filter(|s| !in_full(s) && !s.is_open()) {
        out.push_str(&line(checked, &places, shown, options, phrases)?);
        any = true;
    }
    if any {
        out.push('\n');
    }
    let closing = tame(&summary(checked, phrases)?);
    for l in wrap(&closing, options.width) {
        out.push_str(&painted(&l, Style::new() | Effects::BOLD, options.colour));
        out.push('\n');
    }
    Ok(())
}

/// A finding in a line: place, outcome, rule, message.
fn line(
    checked: &Checked,
    places: &Places<'_>,
    shown: &Shown<'_>,
    options: &TerminalOptions,
    phrases: &Phrases,
) -> Result<String, WordingError> {
    let finding = shown.finding;
    let place = places.shown(shown.at());
    let colour = match finding.outcome {
        Outcome::Confirmed => AnsiColor::Green,
        _ => AnsiColor::Cyan,
    };
    let outcome = painted(
        &phrases.heading(finding)?,
        colour.on_default() | Effects::BOLD,
        options.colour,
    );
    Ok(format!(
        "{}:{}:{}: {outcome}[{}]: {}\n",
        tame(&checked.name),
        place.line,
        place.column,
        tame(&finding.rule),
        tame(&finding.message),
    ))
}

fn painted(text: &str, style: Style, colour: bool) -> String {
    if colour {
        format!("{}{text}{}", style.render(), style.render_reset())
    } else {
        text.to_owned()
    }
}

/// A finding with the words underlined.
fn full(
    checked: &Checked,
    places: &Places<'_>,
    shown: &Shown<'_>,
    options: &TerminalOptions,
    phrases: &Phrases,
) -> Result<String, WordingError> {
    let finding = shown.finding;
    let heading = phrases.heading(finding)?;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
    .with_name(heading.as_str());
    let rule = tame(&finding.rule);
    let head = heading.len() + rule.len() + 4;
    let message = hanging(&finding.message, options.width.saturating_sub(head).max(30));
    let mut group = Group::with_title(level.primary_title(message).id(rule));

    let name = tame(&checked.name);
    let most = finding
        .labels
        .iter()
        .map(|l| places.shown(l.span).line)
        .max();
    let gutter = most.unwrap_or(1).to_string().len() + 3;
    let views = views(places, finding, options.width.saturating_sub(gutter));
    for (i, view) in views.iter().enumerate() {
        let place = places.shown(if i == 0 { shown.at() } else { view.at });
        if i > 0 {
            group = group.element(Padding);
        }
        let origin = Origin::path(name.clone())
            .line(place.line)
            .char_column(place.column);
        group = group.element(origin).element(
            Snippet::source(view.shown.clone())
                .line_start(place.line)
                .annotations(annotations(view, finding)),
        );
    }
    let mut notes = Vec::new();
    notes.extend(finding.arithmetic.clone());
    for beside in &finding.beside {
        notes.push(phrases.beside(beside)?);
        notes.extend(phrases.why(beside)?);
    }
    let room = |name: &str| {
        options
            .width
            .saturating_sub(gutter + name.len() + 3)
            .max(30)
    };
    let (note, help) = (phrases.fixed("note")?, phrases.fixed("help")?);
    for text in &notes {
        let level = Level::NOTE.with_name(note.as_str());
        group = group.element(level.message(hanging(text, room(&note))));
    }
    if let Some(text) = &finding.help {
        let level = Level::HELP.with_name(help.as_str());
        group = group.element(level.message(hanging(text, room(&help))));
    }
    let renderer = if options.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    // Lines are cut to the width already; the renderer is not to cut them again.
    let renderer = renderer
        .term_width(options.width * 4)
        .decor_style(DecorStyle::Ascii);
    Ok(without_bare_marks(&renderer.render(&[group])))
}

/// The renderer sets `:::` before each further piece of source that has no place of its own; ours
/// have theirs in the line above.
fn without_bare_marks(rendered: &str) -> String {
    let bare = |line: &&str| !without_escapes(line).trim().eq(":::");
    rendered.lines().filter(bare).collect::<Vec<_>>().join("\n")
}

fn without_escapes(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once('m').map_or(part, |(_, rest)| rest));
    }
    out
}

/// Text without what steers a terminal, in lines of a width.
fn hanging(text: &str, width: usize) -> String {
    wrap(text, width).join("\n")
}

/// The cuts of the text in which a finding is shown: the one with its first place first.
fn views(places: &Places<'_>, finding: &Finding, width: usize) -> Vec<window::View> {
    let spans: Vec<Span> = finding.labels.iter().map(|l| l.span).collect();
    let mut views = window::views(&places.text, &places.document.text, &spans, width);
    if let Some(first) = views.iter().position(|v| v.marks.iter().any(|m| m.1 == 0)) {
        let view = views.remove(first);
        views.insert(0, view);
    }
    views
}

fn annotations(view: &window::View, finding: &Finding) -> Vec<Annotation<'static>> {
    let mut out = Vec::new();
    for (i, (span, mark)) in view.marks.iter().enumerate() {
        let Some(label) = finding.labels.get(*mark) else {
            continue;
        };
        let kind = if label.primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        // A mark in several pieces says its label at the last of them.
        let last = !view.marks.iter().skip(i + 1).any(|m| m.1 == *mark);
        let text = Some(fit(&label.text, LABEL)).filter(|t| last && !t.is_empty());
        out.push(kind.span(span.start..span.end).label(text));
    }
    out
}
