//! A brief as one self-contained page: no script, no request, light and dark, screen and paper.

pub(crate) mod head;
pub(crate) mod parts;

use bilat_brief::brief::{Block, Brief, Section};

use crate::text::{direction, language};
use parts::{Ids, escape, text};

/// The brief as an HTML document that needs nothing else.
///
/// Every sentence is an element with its own id and links to its sources; every chart is drawn
/// inline with its data table under it. All text is escaped, and the page forbids itself scripts,
/// requests and frames.
#[must_use]
pub fn html(brief: &Brief) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n",
        language(&brief.language),
        direction(&brief.language),
    );
    head::write(&mut out, brief);
    out.push_str("<body>\n");
    out.push_str(&format!(
        "<a class=\"skip\" href=\"#text\">{}</a>\n<header>\n<h1>{}</h1>\n",
        text(&brief.labels.skip),
        text(&brief.title)
    ));
    if !brief.labels.dateline.is_empty() {
        let line = text(&brief.labels.dateline);
        out.push_str(&format!("<p class=\"dateline\">{line}</p>\n"));
    }
    out.push_str("</header>\n<main id=\"text\">\n<article>\n");
    let mut ids = Ids::new(["text", "sources", "sources-heading"]);
    for section in &brief.sections {
        write_section(&mut out, section, brief, &mut ids);
    }
    parts::sources(&mut out, brief);
    out.push_str("</article>\n</main>\n");
    if !brief.labels.colophon.is_empty() {
        let line = text(&brief.labels.colophon);
        out.push_str(&format!("<footer>\n<p>{line}</p>\n</footer>\n"));
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn write_section(out: &mut String, section: &Section, brief: &Brief, ids: &mut Ids) {
    let id = ids.take(section.id.code());
    let code = section.id.code();
    match &section.heading {
        Some(heading) => out.push_str(&format!(
            "<section id=\"{id}\" class=\"{code}\" aria-labelledby=\"{id}-heading\">\n\
             <h2 id=\"{id}-heading\">{}</h2>\n",
            text(heading)
        )),
        None => out.push_str(&format!(
            "<section id=\"{id}\" class=\"{code}\" aria-label=\"{}\">\n",
            escape(&brief.title)
        )),
    }
    for block in &section.blocks {
        match block {
            Block::Paragraph { sentences } => parts::paragraph(out, sentences, brief, ids),
            Block::Table(table) => parts::table(out, table, brief, ids, true),
            Block::Chart(chart) => parts::chart(out, chart, brief, ids),
        }
    }
    out.push_str("</section>\n");
}
