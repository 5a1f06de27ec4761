//! A PDF to text. Its characters come with their places; lines, columns, paragraphs, running
//! heads and hyphens are made out of these.
//!
//! Characters are read by `pdf-extract`, behind a wall ([`guard`]): it stops at some broken files.
//! Before it sees a file, [`streams`] counts what the file unpacks to, [`bombs`] how often its forms
//! are drawn, and [`fonts`] how many characters its fonts claim to have; [`unread`] takes out what
//! would be unpacked again and again for nothing.

mod bombs;
mod fonts;
mod glyphs;
mod layout;
mod paragraphs;
mod streams;
mod unread;

use bilat_model::document::{Block, Meta, Origin, Span};
use pdf_extract::{Dictionary, Document, Object, decode_text_string, output_doc_page};

use crate::blocks::{Piece, head, settle};
use crate::{Draft, Error, Limits, Note, guard};
use glyphs::{Collector, Page};

/// Reads a PDF.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Draft, Error> {
    streams::before(bytes, limits)?;
    let read = guard::run(|| pages(bytes, limits));
    let (pages, meta, mut notes) = read.map_err(|reason| broken("at its structure", reason))??;
    let parts = paragraphs::paragraphs(&pages);
    let (mut text, mut pieces) = (String::new(), Vec::new());
    for (kind, line) in parts {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(&line);
        pieces.push(Piece {
            block: Block {
                span: Span::new(start, text.len()),
                kind,
            },
            group: 0,
        });
    }
    if !text.contains(char::is_alphanumeric) {
        if let Some(Note(first)) = notes.pop() {
            return Err(broken("on every page", first));
        }
        return Err(Error::NoText {
            format: "PDF",
            hint: "its pages may be pictures: read them with a text recogniser first",
        });
    }
    head(&text, &mut pieces)?;
    settle(&text, &mut pieces)?;
    Ok(Draft {
        encoding: "UTF-8",
        meta,
        blocks: pieces.iter().map(|p| p.block).collect(),
        text,
        origin: Origin::Made,
        notes,
    })
}

fn broken(place: &str, reason: impl std::fmt::Display) -> Error {
    Error::Broken {
        format: "PDF",
        place: place.to_owned(),
        reason: reason.to_string(),
    }
}

/// The characters of all pages; a page that cannot be read is noted and left out.
fn pages(bytes: &[u8], limits: &Limits) -> Result<(Vec<Page>, Meta, Vec<Note>), Error> {
    let mut document = open(bytes)?;
    unread::empty(&mut document);
    let ids = document.get_pages();
    if ids.len() > limits.pages {
        return Err(Error::TooMany {
            what: "pages",
            size: ids.len(),
            limit: limits.pages,
        });
    }
    bombs::ancestors(&document)?;
    streams::after(&document, limits)?;
    bombs::drawn(&document, limits)?;
    fonts::codes(&document, limits)?;
    fonts::widths(&mut document);
    let (mut out, mut notes, mut left) = (Vec::new(), Vec::new(), limits.text);
    for number in ids.keys().copied() {
        let mut collector = Collector::new(left);
        let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            output_doc_page(&document, &mut collector, number)
        }));
        if collector.full() {
            return Err(crate::too_large("text", limits.text + 1, limits.text));
        }
        if !matches!(read, Ok(Ok(()))) {
            let reason = match read {
                Ok(Err(e)) => e.to_string(),
                _ => "its drawing instructions are broken".to_owned(),
            };
            notes.push(Note(format!(
                "page {number} is read only in part: {reason}"
            )));
        }
        left = collector.left();
        out.push(collector.page());
    }
    let meta = meta(&document);
    Ok((out, meta, notes))
}

fn open(bytes: &[u8]) -> Result<Document, Error> {
    let locked = |e: &pdf_extract::Error| {
        matches!(
            e,
            pdf_extract::Error::Decryption(_) | pdf_extract::Error::InvalidPassword
        )
    };
    let refuse = |e: pdf_extract::Error| match locked(&e) {
        true => Error::Encrypted { format: "PDF" },
        false => broken("at its structure", e),
    };
    let mut document = Document::load_mem(bytes).map_err(refuse)?;
    // Many files are locked against change only, with an empty password to read.
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(Error::Encrypted { format: "PDF" });
    }
    Ok(document)
}

/// Title and author out of the document's own dictionary. The day on which the file was made is not
/// the day of publication: whoever prints an old page anew makes a new file.
fn meta(document: &Document) -> Meta {
    let info = document
        .trailer
        .get(b"Info")
        .and_then(|o| document.dereference(o))
        .and_then(|(_, o)| o.as_dict());
    let Ok(info) = info else {
        return Meta::default();
    };
    Meta {
        title: string(document, info, b"Title"),
        author: string(document, info, b"Author"),
        ..Meta::default()
    }
}

fn string(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    let (_, value): (_, &Object) = document.dereference(dictionary.get(key).ok()?).ok()?;
    let text = decode_text_string(value).ok()?;
    let plain: String = text.chars().filter(|c| !c.is_control()).take(500).collect();
    let plain = plain.trim().to_owned();
    // Programs that know no title write the file's name.
    let named = plain.is_empty()
        || ["untitled", "microsoft word -"]
            .iter()
            .any(|w| plain.to_lowercase().starts_with(w));
    (!named).then_some(plain)
}

#[cfg(test)]
mod tests;
