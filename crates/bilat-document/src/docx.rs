//! A word processor's file (Office Open XML): paragraphs, headings by style, lists, rows of
//! tables, footnotes at the end, and what the file says of itself.
//!
//! The parts are read one event at a time, with no tree. Nothing outside of the archive is looked
//! at, and no entity is expanded but the five of XML.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use bilat_model::document::{Block, BlockKind, Meta, Origin, Span};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::blocks::{Piece, head, settle};
use crate::{Draft, Error, Limits};

/// Paragraphs within each other (text boxes in text boxes) that are told apart.
const DEPTH: usize = 32;

/// Reads a DOCX.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Draft, Error> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken("as an archive", e))?;
    if archive.len() > limits.pages {
        return Err(Error::TooMany {
            what: "parts of the archive",
            size: archive.len(),
            limit: limits.pages,
        });
    }
    let mut parts = Parts {
        archive,
        left: limits.unpacked,
        limit: limits.unpacked,
    };
    let body = parts
        .text("word/document.xml")?
        .ok_or_else(|| broken("word/document.xml", "there is none"))?;
    let styles = parts
        .text("word/styles.xml")?
        .map(|s| styles(&s))
        .transpose()?
        .unwrap_or_default();
    let mut story = Story {
        out: Vec::new(),
        styles: &styles,
        open: Vec::new(),
        cells: None,
        rows: 0,
        skipped: 0,
        hidden: false,
        taken: false,
    };
    story.read(&body, "word/document.xml")?;
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(notes) = parts.text(name)? {
            story.read(&notes, name)?;
        }
    }
    let meta = match parts.text("docProps/core.xml")? {
        Some(core) => properties(&core)?,
        None => Meta::default(),
    };
    compose(story.out, meta)
}

fn broken(place: &str, reason: impl std::fmt::Display) -> Error {
    Error::Broken {
        format: "DOCX",
        place: place.to_owned(),
        reason: reason.to_string(),
    }
}

/// The text of blocks, one a line.
fn compose(blocks: Vec<(BlockKind, String)>, meta: Meta) -> Result<Draft, Error> {
    let (mut text, mut pieces) = (String::new(), Vec::new());
    for (kind, line) in blocks {
        let line = line.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        if !line.contains(char::is_alphanumeric) {
            continue;
        }
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
    if text.is_empty() {
        return Err(Error::NoText {
            format: "DOCX",
            hint: "it may hold pictures alone",
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
        notes: Vec::new(),
    })
}

struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
    limit: u64,
}

impl Parts<'_> {
    /// A part's text, when there is one; counted against what may be unpacked.
    fn text(&mut self, name: &str) -> Result<Option<String>, Error> {
        let mut file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(e) => return Err(broken(name, e)),
        };
        if file.encrypted() {
            return Err(Error::Encrypted { format: "DOCX" });
        }
        let mut bytes = Vec::new();
        // What the archive says of the size may be wrong: what comes out is counted.
        let read = (&mut file).take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|e| broken(name, e))?;
        let size = bytes.len() as u64;
        if size > self.left {
            return Err(Error::TooLarge {
                what: "unpacked content",
                size: self.limit - self.left + size,
                limit: self.limit,
            });
        }
        self.left -= size;
        let (text, _, _) = encoding_rs::UTF_8.decode(&bytes);
        Ok(Some(text.into_owned()))
    }
}

/// An attribute by its local name.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut each = attributes.with_checks(false).flatten();
    let found = each.find(|a| a.key.local_name().as_ref() == name)?;
    let value = found
        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
        .ok()?;
    Some(value.into_owned())
}

fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    // Word closes what it opens, others may not: what is read stays.
    reader.config_mut().check_end_names = false;
    reader
}

/// What style names stand for, by the styles' ids.
fn styles(xml: &str) -> Result<BTreeMap<String, BlockKind>, Error> {
    let (mut out, mut id, mut reader) = (BTreeMap::new(), None, reader(xml));
    loop {
        match reader
            .read_event()
            .map_err(|e| broken("word/styles.xml", e))?
        {
            Event::Start(tag) if tag.local_name().as_ref() == "style" => {
                id = attribute(&tag, "styleId")
            }
            Event::Empty(tag) | Event::Start(tag) if tag.local_name().as_ref() == "name" => {
                let kind = attribute(&tag, "val").and_then(|n| style(&n));
                if let (Some(id), Some(kind)) = (id.take(), kind) {
                    out.insert(id, kind);
                }
            }
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// What a style's name, or its id, stands for.
fn style(name: &str) -> Option<BlockKind> {
    let name = name.to_lowercase().replace(' ', "");
    Some(match name.as_str() {
        "title" => BlockKind::Headline,
        "subtitle" => BlockKind::Heading,
        "caption" => BlockKind::Caption,
        "quote" | "intensequote" | "blockquote" => BlockKind::Quote,
        "header" | "footer" => BlockKind::Furniture,
        n if n.starts_with("heading") => BlockKind::Heading,
        n if n.starts_with("list") && n != "listparagraph" => BlockKind::Item,
        n if n.starts_with("toc") => BlockKind::Furniture,
        _ => return None,
    })
}

/// A paragraph that is open.
struct Open {
    kind: BlockKind,
    text: String,
}

struct Story<'a> {
    out: Vec<(BlockKind, String)>,
    styles: &'a BTreeMap<String, BlockKind>,
    open: Vec<Open>,
    /// The cells of the row that is open.
    cells: Option<Vec<String>>,
    /// Rows within each other; only the outermost is a row.
    rows: usize,
    /// Elements that are left out, within each other.
    skipped: usize,
    /// Whether the run is hidden.
    hidden: bool,
    /// Whether text is being taken.
    taken: bool,
}

impl Story<'_> {
    fn read(&mut self, xml: &str, part: &str) -> Result<(), Error> {
        let mut reader = reader(xml);
        loop {
            let event = reader
                .read_event()
                .map_err(|e| broken(&format!("{part}, byte {}", reader.error_position()), e))?;
            match event {
                Event::Start(tag) => self.start(&tag, false),
                Event::Empty(tag) => self.start(&tag, true),
                Event::End(tag) => self.end(tag.local_name().as_ref()),
                Event::Text(t) if self.taken => self.push(&t.xml10_content()),
                Event::CData(t) if self.taken => self.push(&t.xml10_content()),
                Event::GeneralRef(r) if self.taken => {
                    let name = r.xml10_content();
                    let meant =
                        html_escape::decode_html_entities(&format!("&{name};")).into_owned();
                    self.push(&meant);
                }
                Event::DocType(_) => {
                    return Err(broken(
                        part,
                        "it declares a document type, which no such file does",
                    ));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        while !self.open.is_empty() {
            self.paragraph();
        }
        self.row();
        (self.rows, self.skipped, self.taken, self.hidden) = (0, 0, false, false);
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart<'_>, empty: bool) {
        let local = tag.local_name();
        let name: &str = local.as_ref();
        // What is drawn a second time for older programs, what was deleted, field codes, and the
        // lines between text and notes.
        let separator = matches!(name, "footnote" | "endnote") && attribute(tag, "type").is_some();
        if matches!(name, "Fallback" | "del" | "moveFrom" | "instrText")
            || separator
            || self.skipped > 0
        {
            self.skipped += usize::from(!empty);
            return;
        }
        match name {
            "p" if !empty && self.open.len() < DEPTH => self.open.push(Open {
                kind: BlockKind::Paragraph,
                text: String::new(),
            }),
            "pStyle" => {
                let id = attribute(tag, "val").unwrap_or_default();
                let kind = self.styles.get(&id).copied().or_else(|| style(&id));
                self.mark(kind);
            }
            "numPr"
                if self
                    .open
                    .last()
                    .is_some_and(|o| o.kind == BlockKind::Paragraph) =>
            {
                self.mark(Some(BlockKind::Item))
            }
            "r" => self.hidden = false,
            "vanish" | "webHidden" => {
                self.hidden = attribute(tag, "val").is_none_or(|v| v != "0" && v != "false")
            }
            "t" => self.taken = !empty,
            "tab" | "br" | "cr" => self.push(" "),
            "noBreakHyphen" => self.push("-"),
            "tr" if !empty => {
                self.rows += 1;
                if self.rows == 1 {
                    self.cells = Some(Vec::new());
                }
            }
            "tc" if self.rows == 1 => {
                if let Some(cells) = &mut self.cells {
                    cells.push(String::new());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "t" => self.taken = false,
            "p" => self.paragraph(),
            "tr" => {
                self.rows = self.rows.saturating_sub(1);
                if self.rows == 0 {
                    self.row();
                }
            }
            _ => {}
        }
    }

    fn mark(&mut self, kind: Option<BlockKind>) {
        if let (Some(open), Some(kind)) = (self.open.last_mut(), kind) {
            open.kind = kind;
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut().filter(|_| !self.hidden) {
            open.text.push_str(text);
        }
    }

    fn paragraph(&mut self) {
        let Some(open) = self.open.pop() else {
            return;
        };
        match self.cells.as_mut().and_then(|c| c.last_mut()) {
            Some(cell) => {
                cell.push(' ');
                cell.push_str(&open.text);
            }
            None => self.out.push((open.kind, open.text)),
        }
    }

    fn row(&mut self) {
        let Some(cells) = self.cells.take() else {
            return;
        };
        // A table of one cell is a frame around text.
        let kind = if cells.len() > 1 {
            BlockKind::Row
        } else {
            BlockKind::Paragraph
        };
        let cells: Vec<&str> = cells.iter().map(|c| c.trim()).collect();
        self.out.push((kind, cells.join(" | ")));
    }
}

/// `docProps/core.xml`. The day on which a file was made is not taken from it: templates and
/// programs that convert set it, and relative dates would be counted from there.
fn properties(xml: &str) -> Result<Meta, Error> {
    let (mut meta, mut open, mut reader) = (Meta::default(), String::new(), reader(xml));
    loop {
        match reader
            .read_event()
            .map_err(|e| broken("docProps/core.xml", e))?
        {
            Event::Start(tag) => open = tag.local_name().as_ref().to_owned(),
            Event::End(_) => open.clear(),
            Event::Text(t) => {
                let value: String = t.xml10_content().trim().chars().take(500).collect();
                let field = match open.as_str() {
                    _ if value.is_empty() => continue,
                    "title" => &mut meta.title,
                    "creator" => &mut meta.author,
                    "publisher" => &mut meta.publisher,
                    "language" => &mut meta.language,
                    _ => continue,
                };
                // An entity cuts a text in two.
                *field = Some(field.take().unwrap_or_default() + &value);
            }
            Event::Eof => return Ok(meta),
            _ => {}
        }
    }
}
