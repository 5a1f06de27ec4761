//! A text as it came, and what of it is read.
//!
//! [`Document::text`] is what the rules read. For plain text and Markdown in UTF-8 it is the input
//! itself, byte for byte; for anything else it is made from the input, and [`Document::origin`]
//! leads back where the format allows it. Every [`Span`] is of bytes in `text`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Pair;

/// A stretch of bytes, end excluded, that begins and ends on character boundaries.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// From one byte up to, but without, another; an end before the start is moved to the start.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// The bytes it stands for; empty when it does not fit the text.
    #[must_use]
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether every byte of `other` lies in it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether they share a byte.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// What part a block plays in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The title of the whole.
    Headline,
    /// A heading inside.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
    /// Quoted from somewhere else as a block.
    Quote,
    /// Below a picture: it may repeat the text, and its credit is not read.
    Caption,
    /// "Photo credit", "Most popular", navigation: kept, but not read.
    Furniture,
}

/// A stretch of text that belongs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Block {
    /// Where.
    pub span: Span,
    /// What part it plays.
    pub kind: BlockKind,
}

/// What a document says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Meta {
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub author: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub publisher: Option<String>,
    /// Its canonical address.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// The day of its publication.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<Date>,
    /// Where that day was read: `argument`, `json-ld`, `meta`, `dateline`, …
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published_by: Option<String>,
    /// BCP 47 language.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language: Option<String>,
}

/// One text as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// SHA-256 of the bytes as they came, in lower-case hexadecimal.
    pub sha256: String,
    /// How many bytes came.
    pub bytes: usize,
    /// `text/plain`, `text/markdown`, `text/html`, `application/pdf`, …
    pub media_type: String,
    /// The encoding that was declared or found, by its WHATWG name.
    pub encoding: String,
    /// What it says of itself.
    pub meta: Meta,
    /// What is read.
    pub text: String,
    /// Its parts in order, without overlap; what lies between them is white space or markup.
    pub blocks: Vec<Block>,
    /// Where the text stands in the bytes that came.
    pub origin: Origin,
}

/// When and where a document was met.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Sighting {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// A path or an address.
    pub from: String,
}

/// A kept document without its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DocumentInfo {
    /// `doc:` and the first 16 digits of the hash; citations have the digits as their file.
    pub id: String,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// How many bytes.
    pub bytes: usize,
    /// `text/html`, …
    pub media_type: String,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day of its publication.
    pub published: Option<Date>,
    /// BCP 47 language.
    pub language: Option<String>,
    /// The address of the page that it is a state of.
    pub url: Option<String>,
    /// When and where it was met, earliest first.
    pub seen: Vec<Sighting>,
    /// The vintage of the page before this one.
    pub vintage_of: Option<String>,
    /// The vintage of the page that holds now, when it is another: this document then tells
    /// nothing any more.
    pub superseded_by: Option<String>,
    /// The document that was met first among those of one origin; itself, when it is alone.
    pub origin: String,
    /// How many pieces of evidence it has on which pair.
    pub pairs: BTreeMap<Pair, usize>,
    /// The program that read it, with its version.
    pub program: String,
    /// Whether it was removed.
    pub removed: bool,
}

impl DocumentInfo {
    /// The name by which citations call it.
    #[must_use]
    pub fn short(&self) -> &str {
        crate::told_evidence::short(&self.sha256)
    }

    /// The day on which it was first met, in UTC.
    #[must_use]
    pub fn met(&self) -> Option<Date> {
        self.seen.first()?.at.get(..10)?.parse().ok()
    }

    /// The day that it speaks from: of its publication, else the one on which it was met.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.published.or_else(|| self.met())
    }
}

/// Where a document's text stands in the bytes that came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The text is the bytes.
    Identity,
    /// Runs of text by where they begin, each with where its source begins in the input and how
    /// long either is; text between runs was made.
    Runs(Vec<Run>),
    /// The format has no bytes that read as text (PDF, DOCX): spans are of the text alone.
    Made,
}

/// A run of text and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// In the text.
    pub text: Span,
    /// In the input.
    pub input: Span,
}

impl Document {
    /// Where a span of the text stands in the input: exact where text and input agree byte by
    /// byte, else the runs that hold it; `None` where the input has no such place.
    #[must_use]
    pub fn input_span(&self, span: Span) -> Option<Span> {
        let runs = match &self.origin {
            Origin::Identity => return Some(span),
            Origin::Made => return None,
            Origin::Runs(runs) => runs,
        };
        let from = runs.partition_point(|r| r.text.end <= span.start);
        let within = |r: &Run, at: usize, end: bool| {
            let same = r.text.end - r.text.start == r.input.end - r.input.start;
            match (same, end) {
                (true, _) => r.input.start + at.clamp(r.text.start, r.text.end) - r.text.start,
                (false, false) => r.input.start,
                (false, true) => r.input.end,
            }
        };
        let first = runs.get(from).filter(|r| r.text.overlaps(&span))?;
        let last = runs[from..]
            .iter()
            .take_while(|r| r.text.start < span.end)
            .last()?;
        Some(Span::new(
            within(first, span.start, false),
            within(last, span.end, true),
        ))
    }
}
