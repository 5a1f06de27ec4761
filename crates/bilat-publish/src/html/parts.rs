//! Paragraphs, tables, charts and sources as HTML.

use std::collections::BTreeSet;

use bilat_brief::brief::{Brief, CitedSource, Sentence, Table};
use bilat_brief::chart::{Chart, SvgOptions};
use bilat_brief::documents::CitedDocument;

use crate::text::{said, steers_direction, tame, web};

/// Ids that are taken, so that none stands twice in a page.
pub(super) struct Ids(BTreeSet<String>);

impl Ids {
    pub(super) fn new<const N: usize>(taken: [&str; N]) -> Self {
        Self(taken.iter().map(|s| (*s).to_owned()).collect())
    }

    /// The wanted id, or one like it that is free, escaped.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let plain = |c: char| c.is_alphanumeric() || "-_:.".contains(c);
        let base: String = wanted
            .chars()
            .map(|c| if plain(c) { c } else { '-' })
            .collect();
        let mut id = base.clone();
        let mut n = 2;
        while id.is_empty() || !self.0.insert(id.clone()) {
            id = format!("{base}-{n}");
            n += 1;
        }
        id
    }
}

/// Text as the content of an element or attribute, without isolation.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in tame(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Braces are as good as text, and no template engine downstream takes them up.
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            c => out.push(c),
        }
    }
    out
}

/// Text as the content of an element, kept apart when it steers the direction of reading.
pub(crate) fn text(text: &str) -> String {
    if steers_direction(text) {
        format!("<bdi>{}</bdi>", escape(text))
    } else {
        escape(text)
    }
}

pub(super) fn paragraph(out: &mut String, sentences: &[Sentence], brief: &Brief, ids: &mut Ids) {
    out.push_str("<p>");
    for (i, s) in sentences.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let id = ids.take(&s.id);
        let cited = citations(&s.citations, brief);
        out.push_str(&format!(
            "<span class=\"s\" id=\"{id}\">{}{cited}</span>",
            text(&s.text)
        ));
    }
    out.push_str("</p>\n");
}

/// Small numbers that lead to the sources, each named by its source's title.
fn citations(numbers: &[usize], brief: &Brief) -> String {
    if numbers.is_empty() {
        return String::new();
    }
    let links: Vec<String> = numbers
        .iter()
        .map(|n| {
            let title = brief.sources.iter().find(|s| s.number == *n);
            let document = brief.documents.iter().find(|d| d.number == *n);
            let title = title
                .map(|s| s.title.clone())
                .or_else(|| document.and_then(|d| said(d).into_iter().next()));
            let title = title.map_or_else(String::new, |t| {
                format!(" aria-label=\"{n}: {0}\" title=\"{0}\"", escape(&t))
            });
            format!("<a href=\"#source-{n}\" role=\"doc-noteref\"{title}>{n}</a>")
        })
        .collect();
    format!("<sup>{}</sup>", links.join(","))
}

/// A table in a box of its own that scrolls when it is wider than the page.
pub(super) fn table(out: &mut String, t: &Table, brief: &Brief, ids: &mut Ids, caption: bool) {
    let id = ids.take(&format!("table-{}", t.id));
    out.push_str(&format!(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n<table id=\"{id}\">\n",
        escape(&t.title)
    ));
    if caption {
        let cited = citations(&t.citations, brief);
        out.push_str(&format!("<caption>{}{cited}</caption>\n", text(&t.title)));
    }
    out.push_str("<thead>\n<tr>");
    let class = |i: usize| match t.numeric.get(i) {
        Some(true) => " class=\"n\"",
        _ => "",
    };
    for (i, name) in t.columns.iter().enumerate() {
        out.push_str(&format!(
            "<th scope=\"col\"{}>{}</th>",
            class(i),
            text(name)
        ));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &t.rows {
        out.push_str("<tr>");
        for i in 0..t.columns.len() {
            let shown = row.get(i).map_or("", |c| c.text.as_str());
            let shown = if shown.is_empty() {
                "–".to_owned()
            } else {
                text(shown)
            };
            let class = class(i);
            out.push_str(&if i == 0 {
                format!("<th scope=\"row\"{class}>{shown}</th>")
            } else {
                format!("<td{class}>{shown}</td>")
            });
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

pub(super) fn chart(out: &mut String, chart: &Chart, brief: &Brief, ids: &mut Ids) {
    let id = ids.take(&format!("chart-{}", chart.id));
    let svg = chart.svg_with(&SvgOptions {
        prefix: &format!("{id}-"),
        variables: true,
        language: &brief.language,
        no_data: &brief.labels.no_data,
    });
    let cited = citations(&chart.table.citations, brief);
    out.push_str(&format!(
        "<figure id=\"{id}\">\n<figcaption><strong>{}</strong> <span>{}</span></figcaption>\n{svg}",
        text(&chart.title),
        text(&chart.subtitle),
    ));
    out.push_str(&format!(
        "<p class=\"from\">{}{cited}</p>\n",
        text(&chart.source_line)
    ));
    if !chart.table.rows.is_empty() {
        let summary = text(&brief.labels.data);
        out.push_str(&format!("<details>\n<summary>{summary}</summary>\n"));
        table(out, &chart.table, brief, ids, false);
        out.push_str("</details>\n");
    }
    out.push_str("</figure>\n");
}

pub(super) fn sources(out: &mut String, brief: &Brief) {
    if brief.sources.is_empty() && brief.documents.is_empty() {
        return;
    }
    out.push_str(&format!(
        "<section id=\"sources\" class=\"sources\" aria-labelledby=\"sources-heading\">\n\
         <h2 id=\"sources-heading\">{}</h2>\n<ol>\n",
        text(&brief.labels.sources)
    ));
    for s in &brief.sources {
        source(out, s, brief);
    }
    for d in &brief.documents {
        document(out, d);
    }
    out.push_str("</ol>\n</section>\n");
}

fn source(out: &mut String, s: &CitedSource, brief: &Brief) {
    let labels = &brief.labels;
    out.push_str(&format!(
        "<li id=\"source-{0}\" value=\"{0}\"><cite>{1}</cite>. {2}. {3}&nbsp;{4}. {5}. {6}: {7}.</li>\n",
        s.number,
        link(&s.title, &s.homepage),
        text(&s.publisher),
        text(&labels.vintage),
        escape(&s.vintage.to_string()),
        text(s.credit.trim_end_matches('.')),
        text(&labels.licence),
        link(&s.licence, &s.licence_url),
    ));
}

fn document(out: &mut String, d: &CitedDocument) {
    let parts = said(d);
    let first = parts.first().map_or("", String::as_str);
    let more: String = parts
        .iter()
        .skip(1)
        .map(|p| format!(". {}", text(p)))
        .collect();
    out.push_str(&format!(
        "<li id=\"source-{0}\" value=\"{0}\"><cite>{1}</cite>{more}.</li>\n",
        d.number,
        link(first, d.url.as_deref().unwrap_or_default()),
    ));
}

fn link(shown: &str, url: &str) -> String {
    match web(url) {
        Some(url) => format!(
            "<a href=\"{}\" rel=\"noreferrer\">{}</a>",
            escape(url),
            text(shown)
        ),
        None => text(shown),
    }
}
