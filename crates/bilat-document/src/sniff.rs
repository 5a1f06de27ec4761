//! What kind of document some bytes are: by their content first, then by what was declared, then
//! by the ending of the name.

use crate::Hints;

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text without markup.
    Plain,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// PDF.
    Pdf,
    /// A word processor's file, Office Open XML.
    Docx,
    /// A format that is known but not read, by its media type.
    Other(&'static str),
}

impl Kind {
    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Plain => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
            Self::Pdf => "application/pdf",
            Self::Docx => DOCX,
            Self::Other(m) => m,
        }
    }
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Formats that begin with fixed bytes.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/msword"),
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xFF\xD8\xFF", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\x1F\x8B\x08", "application/gzip"),
    (b"7z\xBC\xAF\x27\x1C", "application/x-7z-compressed"),
    (b"\x28\xB5\x2F\xFD", "application/zstd"),
    (b"\x7FELF", "application/x-executable"),
    (b"%!PS", "application/postscript"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
];

/// How far into the bytes a look is taken.
const LOOK: usize = 4096;

/// What the bytes are.
#[must_use]
pub fn kind(bytes: &[u8], hints: &Hints<'_>) -> Kind {
    let head = &bytes[..bytes.len().min(LOOK)];
    if let Some(kind) = packed(bytes, head) {
        return kind;
    }
    let text = Look::new(head);
    if text.is_html() {
        return Kind::Html;
    }
    if let Some(other) = text.is_xml() {
        return Kind::Other(other);
    }
    let declared = hints.media_type.and_then(by_media_type);
    let named = hints.name.or(hints.url).and_then(by_ending);
    match (declared, named) {
        // A server that knows no Markdown sends it as plain text.
        (Some(Kind::Plain) | None, Some(kind)) => kind,
        // A page that is declared so, however it begins; a text without a tag is none.
        (Some(Kind::Html), _) if !text.has_tag() && !bytes.contains(&b'<') => Kind::Plain,
        (Some(kind), _) => kind,
        (None, None) if text.is_markdown() => Kind::Markdown,
        (None, None) => Kind::Plain,
    }
}

fn packed(bytes: &[u8], head: &[u8]) -> Option<Kind> {
    let within = &head[..head.len().min(1024)];
    if memchr::memmem::find(within, b"%PDF-").is_some() {
        return Some(Kind::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let docx = memchr::memmem::find(bytes, b"word/document.xml").is_some();
        return Some(match docx {
            true => Kind::Docx,
            false => Kind::Other("application/zip"),
        });
    }
    let magic = MAGIC.iter().find(|(m, _)| head.starts_with(m));
    magic.map(|(_, media_type)| Kind::Other(media_type))
}

fn by_media_type(declared: &str) -> Option<Kind> {
    let essence = declared.split(';').next()?.trim().to_ascii_lowercase();
    Some(match essence.as_str() {
        "text/html" | "application/xhtml+xml" => Kind::Html,
        "text/markdown" | "text/x-markdown" => Kind::Markdown,
        "text/plain" => Kind::Plain,
        // Its first bytes are not there: the reader says what is wrong with it.
        "application/pdf" => Kind::Pdf,
        DOCX => Kind::Docx,
        "application/json" | "application/ld+json" => Kind::Other("application/json"),
        "text/csv" => Kind::Other("text/csv"),
        _ => return None,
    })
}

fn by_ending(name: &str) -> Option<Kind> {
    let path = name.split(['?', '#']).next()?;
    let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" | "xhtml" => Kind::Html,
        "md" | "markdown" | "mdown" => Kind::Markdown,
        "txt" | "text" => Kind::Plain,
        "json" => Kind::Other("application/json"),
        "csv" => Kind::Other("text/csv"),
        _ => return None,
    })
}

/// The beginning of a text, without byte order mark and white space, in lower case. UTF-16 loses
/// its zero bytes, which is enough to see a tag.
struct Look {
    lower: Vec<u8>,
    raw: Vec<u8>,
}

impl Look {
    fn new(head: &[u8]) -> Self {
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        let wide = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
        let head = if wide { &head[2..] } else { head };
        let kept = head.iter().filter(|b| !wide || **b != 0).copied();
        let raw: Vec<u8> = kept.skip_while(u8::is_ascii_whitespace).collect();
        Self {
            lower: raw.to_ascii_lowercase(),
            raw,
        }
    }

    /// The beginning after comments, declarations and white space.
    fn first_tag(&self) -> &[u8] {
        let mut rest = self.lower.as_slice();
        loop {
            rest = rest.trim_ascii_start();
            let end: &[u8] = match rest {
                r if r.starts_with(b"<!--") => b"-->",
                r if r.starts_with(b"<?xml") => b"?>",
                r => return r,
            };
            match memchr::memmem::find(rest, end) {
                Some(at) => rest = &rest[at + end.len()..],
                None => return b"",
            }
        }
    }

    fn is_html(&self) -> bool {
        let tag = self.first_tag();
        let starts: [&[u8]; 12] = [
            b"<!doctype html",
            b"<html",
            b"<head",
            b"<body",
            b"<title",
            b"<meta",
            b"<div",
            b"<p>",
            b"<p ",
            b"<article",
            b"<h1",
            b"<table",
        ];
        starts.iter().any(|s| tag.starts_with(s))
    }

    fn is_xml(&self) -> Option<&'static str> {
        let tag = self.first_tag();
        Some(match () {
            () if tag.starts_with(b"<rss") => "application/rss+xml",
            () if tag.starts_with(b"<feed") => "application/atom+xml",
            () if tag.starts_with(b"<svg") => "image/svg+xml",
            () if self.lower.starts_with(b"<?xml") => "application/xml",
            () => return None,
        })
    }

    fn has_tag(&self) -> bool {
        let mut at = memchr::memchr_iter(b'<', &self.lower);
        at.any(|i| matches!(self.lower.get(i + 1), Some(b'a'..=b'z' | b'/' | b'!')))
    }

    /// Signs that plain text hardly has: a title marked with `#`, a table's ruler, front matter.
    fn is_markdown(&self) -> bool {
        let lines: Vec<&[u8]> = self.raw.split(|b| *b == b'\n').collect();
        let front = lines.first().is_some_and(|l| l.trim_ascii_end() == b"---")
            && lines.iter().skip(1).any(|l| l.trim_ascii_end() == b"---");
        let heading = |l: &&&[u8]| {
            let level = l.iter().take_while(|b| **b == b'#').count();
            (1..=6).contains(&level) && l.get(level) == Some(&b' ')
        };
        let ruler = |l: &&[u8]| {
            l.contains(&b'|')
                && l.windows(3).any(|w| w == b"---")
                && l.iter().all(|b| b"|-: \r".contains(b))
        };
        let headings = lines.iter().filter(heading).count();
        front
            || headings > 1
            || lines
                .first()
                .is_some_and(|l| heading(&l) && l.starts_with(b"# "))
            || lines.iter().any(ruler)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(bytes: &[u8]) -> Kind {
        kind(bytes, &Hints::default())
    }

    #[test]
    fn content_says_first() {
        assert_eq!(
            bare(b"\xEF\xBB\xBF \n<!-- x --><!DOCTYPE html><p>a"),
            Kind::Html
        );
        assert_eq!(bare(b"%PDF-1.7\n"), Kind::Pdf);
        assert_eq!(bare(b"\xFF\xFE<\0h\0t\0m\0l\0>\0"), Kind::Html);
        assert_eq!(bare(b"{\\rtf1 x}"), Kind::Other("application/rtf"));
        assert_eq!(
            bare(b"<?xml version='1.0'?><rss>"),
            Kind::Other("application/rss+xml")
        );
        assert_eq!(bare(b"BAKU, May 1. Trade rose."), Kind::Plain);
        assert_eq!(bare(b"# Title\n\nText"), Kind::Markdown);
        assert_eq!(bare(b"#1 partner is Italy\n"), Kind::Plain);
        assert_eq!(bare(b""), Kind::Plain);
        let hints = Hints {
            media_type: Some("application/pdf"),
            ..Hints::default()
        };
        assert_eq!(kind(b"<html><body>404", &hints), Kind::Html);
    }

    #[test]
    fn then_what_was_declared_then_the_ending() {
        let declared = |m, n| Hints {
            media_type: m,
            name: n,
            ..Hints::default()
        };
        assert_eq!(
            kind(
                b"Hello <b>x</b>",
                &declared(Some("text/html; charset=x"), None)
            ),
            Kind::Html
        );
        assert_eq!(
            kind(b"no markup", &declared(Some("text/html"), None)),
            Kind::Plain
        );
        assert_eq!(
            kind(b"Hello", &declared(Some("text/plain"), Some("a/b.md"))),
            Kind::Markdown
        );
        assert_eq!(
            kind(b"Hello", &declared(None, Some("x.MD?raw=1"))),
            Kind::Markdown
        );
        assert_eq!(
            kind(b"{}", &declared(None, Some("x.json"))),
            Kind::Other("application/json")
        );
    }
}
