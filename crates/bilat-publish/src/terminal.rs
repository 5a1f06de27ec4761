//! A brief as text for a terminal: wrapped paragraphs, fitted tables, small charts.

mod chart;
pub(crate) mod layout;
mod table;

use bilat_brief::brief::{Block, Brief, CitedSource, Sentence};
use bilat_brief::documents::CitedDocument;

use crate::text::{said, web};
use layout::{Page, Piece, Style};

/// How wide, and whether in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalOptions {
    /// Columns; fewer than 20 are taken as 20.
    pub width: usize,
    /// Whether to mark headings and citations by escape sequences.
    pub colour: bool,
}

/// Paragraphs are not set wider than this, however wide the terminal is.
const MEASURE: usize = 96;

/// The brief as text of which no line is wider than [`TerminalOptions::width`].
#[must_use]
pub fn terminal(brief: &Brief, options: &TerminalOptions) -> String {
    let width = options.width.max(20);
    let mut page = Page::new(width, options.colour);
    let measure = width.min(MEASURE);
    page.wrap(&[(Style::Title, &brief.title)], measure, 0, 0);
    page.wrap(&[(Style::Dim, &brief.labels.dateline)], measure, 0, 0);
    for section in &brief.sections {
        page.gap();
        if let Some(heading) = &section.heading {
            page.wrap(&[(Style::Head, heading)], measure, 0, 0);
            page.gap();
        }
        for block in &section.blocks {
            match block {
                Block::Paragraph { sentences } => paragraph(&mut page, sentences, measure),
                Block::Table(t) => {
                    let marks = marks(&t.citations);
                    let head = [
                        (Style::Strong, t.title.as_str()),
                        (Style::Dim, marks.as_str()),
                    ];
                    page.wrap(&head, measure, 0, 0);
                    table::draw(&mut page, t, usize::MAX);
                }
                Block::Chart(c) => chart::draw(&mut page, c, &brief.language),
            }
            page.gap();
        }
    }
    if !brief.sources.is_empty() || !brief.documents.is_empty() {
        page.gap();
        page.wrap(&[(Style::Head, &brief.labels.sources)], measure, 0, 0);
        for s in &brief.sources {
            source(&mut page, s, brief, measure);
        }
        for d in &brief.documents {
            document(&mut page, d, measure);
        }
    }
    page.gap();
    page.wrap(&[(Style::Dim, &brief.labels.colophon)], measure, 0, 0);
    page.finish()
}

/// `[1,2]`.
fn marks(numbers: &[usize]) -> String {
    if numbers.is_empty() {
        return String::new();
    }
    let all: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    format!("[{}]", all.join(","))
}

fn paragraph(page: &mut Page, sentences: &[Sentence], measure: usize) {
    let cited: Vec<String> = sentences.iter().map(|s| marks(&s.citations)).collect();
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for (s, marks) in sentences.iter().zip(&cited) {
        if !pieces.is_empty() {
            pieces.push((Style::Plain, " "));
        }
        pieces.push((Style::Plain, s.text.trim()));
        pieces.push((Style::Dim, marks));
    }
    page.wrap(&pieces, measure, 0, 0);
}

fn source(page: &mut Page, s: &CitedSource, brief: &Brief, measure: usize) {
    let number = format!("[{}] ", s.number);
    let indent = number.len();
    let more = format!(
        ". {}. {} {}. {}. {}: {}.",
        s.publisher,
        brief.labels.vintage,
        s.vintage,
        s.credit.trim_end_matches('.'),
        brief.labels.licence,
        s.licence,
    );
    let home = web(&s.homepage).map_or_else(String::new, |u| format!(" {u}"));
    let pieces = [
        (Style::Dim, number.as_str()),
        (Style::Strong, s.title.as_str()),
        (Style::Plain, more.as_str()),
        (Style::Dim, home.as_str()),
    ];
    page.wrap(&pieces, measure, 0, indent);
}

fn document(page: &mut Page, d: &CitedDocument, measure: usize) {
    let number = format!("[{}] ", d.number);
    let indent = number.len();
    let parts = said(d);
    let more: String = parts.iter().skip(1).map(|p| format!(". {p}")).collect();
    let url = d.url.as_deref().and_then(web);
    let url = url.map_or_else(String::new, |u| format!(" {u}"));
    let pieces = [
        (Style::Dim, number.as_str()),
        (Style::Strong, parts.first().map_or("", String::as_str)),
        (Style::Plain, more.as_str()),
        (Style::Plain, "."),
        (Style::Dim, url.as_str()),
    ];
    page.wrap(&pieces, measure, 0, indent);
}
