//! Wikitext, the markup of MediaWiki, read into what a reader of an article sees: sections with
//! paragraphs, list items and tables, each as plain text whose every byte leads back to the
//! wikitext.
//!
//! [`parse`] runs in three linear passes. `scan` marks what is closed in itself (comments,
//! references, templates, links) with one stack; `block` walks the lines between the marks and
//! makes sections, lists and tables; `inline` turns a stretch into a [`Text`]. No template is
//! looked up or run: `data/templates.toml` says what the text of a template is, and one that is
//! not listed has none. Nothing is an error: what is not closed is read as text.
//!
//! The parsers on crates.io were measured on the 196 articles that this was written for.
//! `parse-wiki-text-2` reads them quickly, but three kilobytes of unclosed braces hold it for the
//! five seconds after which it gives up, so that its answer depends on the clock; it keeps no way
//! back from text to bytes. `wikitext-parser` has no tables.

mod block;
mod inline;
mod scan;
mod table;
mod template;
mod text;

pub use table::{Cell, Row, Table};
pub use text::{Link, Reference, Template, Text};

use bilat_model::document::Span;

/// How deep templates, links and tables may stand in one another; what stands deeper is text.
pub const DEEPEST: usize = 32;

/// An article.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Page {
    /// Its sections in order. The first has no title and level 1: what stands before any heading.
    pub sections: Vec<Section>,
}

/// A heading and what stands below it, up to the next heading of whatever level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The number of equals signs: 2 for a chapter, 3 below it, …
    pub level: u8,
    /// The heading.
    pub title: Text,
    /// What stands below it.
    pub blocks: Vec<Block>,
}

/// A stretch of an article or of a table's cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Text),
    /// An item of a list.
    Item {
        /// How deep, from 1.
        depth: u8,
        /// Its text.
        text: Text,
    },
    /// A table.
    Table(Table),
}

impl Block {
    /// Its text, unless it is a table.
    #[must_use]
    pub fn text(&self) -> Option<&Text> {
        match self {
            Self::Paragraph(text) | Self::Item { text, .. } => Some(text),
            Self::Table(_) => None,
        }
    }
}

/// Reads an article.
#[must_use]
pub fn parse(wikitext: &str) -> Page {
    let marks = scan::scan(wikitext);
    block::page(wikitext, &marks)
}

/// Reads a stretch without blocks, such as a template's argument.
#[must_use]
pub fn parse_inline(wikitext: &str) -> Text {
    let marks = scan::scan(wikitext);
    inline::text(wikitext, &marks, Span::new(0, wikitext.len()))
}

impl Page {
    /// The titles of the sections that hold a section, outermost first, its own last.
    #[must_use]
    pub fn path(&self, section: usize) -> Vec<&str> {
        let mut path = Vec::new();
        let mut level = u8::MAX;
        for s in self.sections.iter().take(section + 1).rev() {
            if s.level < level {
                level = s.level;
                path.push(s.title.plain.trim());
            }
            if level <= 2 {
                break;
            }
        }
        path.reverse();
        path
    }
}
