//! A brief as CommonMark, with pipe tables and footnotes as most readers know them.

use std::fmt::Write as _;

use bilat_brief::brief::{Block, Brief, CitedSource, Labels, Sentence, Table};
use bilat_brief::chart::Chart;
use bilat_brief::documents::CitedDocument;

use crate::text::{said, tame, web};

/// The brief as Markdown: sections under headings, a footnote for every citation, each chart as
/// its headline and the table behind it.
///
/// Whatever a reader of Markdown could take for markup is escaped.
#[must_use]
pub fn markdown(brief: &Brief) -> String {
    let mut out = format!("# {}\n", line(&brief.title));
    if !brief.labels.dateline.is_empty() {
        let _ = write!(out, "\n*{}*\n", line(&brief.labels.dateline));
    }
    for section in &brief.sections {
        if let Some(heading) = &section.heading {
            let _ = write!(out, "\n## {}\n", line(heading));
        }
        for block in &section.blocks {
            out.push('\n');
            match block {
                Block::Paragraph { sentences } => paragraph(&mut out, sentences),
                Block::Table(t) => {
                    let marks = citations(&t.citations);
                    let _ = write!(out, "**{}**{marks}\n\n", line(&t.title));
                    table(&mut out, t);
                }
                Block::Chart(c) => chart(&mut out, c),
            }
        }
    }
    if !brief.sources.is_empty() || !brief.documents.is_empty() {
        let _ = write!(out, "\n## {}\n", line(&brief.labels.sources));
        for s in &brief.sources {
            source(&mut out, s, &brief.labels);
        }
        for d in &brief.documents {
            document(&mut out, d);
        }
    }
    if !brief.labels.colophon.is_empty() {
        let _ = write!(out, "\n---\n\n{}\n", line(&brief.labels.colophon));
    }
    out
}

fn paragraph(out: &mut String, sentences: &[Sentence]) {
    for (i, s) in sentences.iter().enumerate() {
        let text = if i == 0 {
            line(&s.text)
        } else {
            inline(&s.text)
        };
        let space = if i == 0 { "" } else { " " };
        let _ = write!(out, "{space}{text}{}", citations(&s.citations));
    }
    out.push('\n');
}

fn citations(numbers: &[usize]) -> String {
    numbers.iter().map(|n| format!("[^{n}]")).collect()
}

fn chart(out: &mut String, chart: &Chart) {
    let marks = citations(&chart.table.citations);
    let _ = write!(out, "**{}**{marks}\n\n", line(&chart.title));
    if !chart.subtitle.is_empty() {
        let _ = write!(out, "{}\n\n", line(&chart.subtitle));
    }
    table(out, &chart.table);
    if !chart.source_line.is_empty() {
        let _ = write!(out, "\n*{}*\n", line(&chart.source_line));
    }
}

fn table(out: &mut String, table: &Table) {
    if table.columns.is_empty() {
        return;
    }
    for name in &table.columns {
        let _ = write!(out, "| {} ", inline(name));
    }
    out.push_str("|\n");
    for i in 0..table.columns.len() {
        let number = table.numeric.get(i).is_some_and(|n| *n);
        out.push_str(if number { "|--:" } else { "|---" });
    }
    out.push_str("|\n");
    for row in &table.rows {
        for i in 0..table.columns.len() {
            let text = row.get(i).map_or("", |c| c.text.as_str());
            let shown = if text.is_empty() { "–" } else { text };
            let _ = write!(out, "| {} ", inline(shown));
        }
        out.push_str("|\n");
    }
}

fn source(out: &mut String, source: &CitedSource, labels: &Labels) {
    let _ = write!(
        out,
        "\n[^{}]: {}. {}. {} {}. {}. {}: {}.",
        source.number,
        inline(&source.title),
        inline(&source.publisher),
        inline(&labels.vintage),
        inline(&source.vintage.to_string()),
        inline(source.credit.trim_end_matches('.')),
        inline(&labels.licence),
        link(&source.licence, &source.licence_url),
    );
    if let Some(url) = web(&source.homepage) {
        let _ = write!(out, " <{url}>");
    }
    out.push('\n');
}

fn document(out: &mut String, d: &CitedDocument) {
    let parts: Vec<String> = said(d).iter().map(|p| inline(p)).collect();
    let _ = write!(out, "\n[^{}]: {}.", d.number, parts.join(". "));
    if let Some(url) = d.url.as_deref().and_then(web) {
        let _ = write!(out, " <{url}>");
    }
    out.push('\n');
}

fn link(text: &str, url: &str) -> String {
    match web(url) {
        Some(url) => format!("[{}](<{url}>)", inline(text)),
        None => inline(text),
    }
}

/// Text within a line: everything that could begin markup is escaped.
pub(crate) fn inline(text: &str) -> String {
    let text = tame(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let marks = "\\`*_{}[]<>&|~$@^=".contains(c);
        // Readers that link bare addresses see none.
        let address = (c == ':' && rest.starts_with("://"))
            || (c == '.' && out.to_ascii_lowercase().ends_with("www"));
        if marks || address {
            out.push('\\');
        }
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out.trim().to_owned()
}

/// Text at the beginning of a line, where more can be markup.
pub(crate) fn line(text: &str) -> String {
    let text = inline(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if text.starts_with(['#', '+', '-', ':', '%']) {
        format!("\\{text}")
    } else if digits > 0
        && text
            .get(digits..)
            .is_some_and(|r| r.starts_with(['.', ')']))
    {
        let (number, rest) = text.split_at(digits);
        format!("{number}\\{rest}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(line("# <b> [x](y) `z`"), "\\# \\<b\\> \\[x\\](y) \\`z\\`");
        assert_eq!(line("1. one"), "1\\. one");
        assert_eq!(line("1992 was"), "1992 was");
        assert_eq!(
            inline("{{ a | b }} &lt; $x$"),
            "\\{\\{ a \\| b \\}\\} \\&lt; \\$x\\$"
        );
        assert_eq!(
            inline("see https://a.example, www.a.example"),
            "see https\\://a.example, www\\.a.example"
        );
        assert_eq!(inline("a\n\n# b"), "a  # b");
    }
}
