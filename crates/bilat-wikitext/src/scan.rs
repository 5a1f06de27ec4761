//! The first pass: what is closed in itself. One stack, one walk over the bytes.

use bilat_model::document::Span;

use crate::DEEPEST;

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `<!-- … -->`.
    Comment,
    /// `<ref …>…</ref>` or `<ref … />`.
    Reference,
    /// `<nowiki>…</nowiki>`: text without markup.
    Literal,
    /// A gallery, a formula, a map: nothing to read.
    Opaque,
    /// `{{…}}`.
    Template,
    /// `[[…]]`.
    Link,
}

/// A closed construct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
}

/// The closed constructs of a text, each before what stands in it.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    list: Vec<Mark>,
}

impl Marks {
    /// The first mark that begins at or after a place.
    pub(crate) fn from(&self, at: usize) -> impl Iterator<Item = &Mark> {
        let i = self.list.partition_point(|m| m.span.start < at);
        self.list[i..].iter()
    }

    /// The outermost mark that begins at a place.
    pub(crate) fn at(&self, at: usize) -> Option<&Mark> {
        self.from(at).next().filter(|m| m.span.start == at)
    }

    /// The outermost marks inside a span, in order.
    pub(crate) fn within(&self, span: Span) -> impl Iterator<Item = &Mark> {
        let mut next = span.start;
        self.from(span.start)
            .take_while(move |m| m.span.start < span.end)
            .filter(move |m| {
                let outer = m.span.start >= next && m.span.end <= span.end;
                if outer {
                    next = m.span.end;
                }
                outer
            })
    }
}

/// Elements whose content is not wikitext, and what becomes of them.
const ELEMENTS: &[(&str, Kind)] = &[
    ("ref", Kind::Reference),
    ("nowiki", Kind::Literal),
    ("pre", Kind::Literal),
    ("gallery", Kind::Opaque),
    ("math", Kind::Opaque),
    ("mapframe", Kind::Opaque),
    ("timeline", Kind::Opaque),
    ("syntaxhighlight", Kind::Opaque),
];

/// Marks every closed construct of a text.
pub(crate) fn scan(text: &str) -> Marks {
    let bytes = text.as_bytes();
    let mut list = Vec::new();
    let mut open: Vec<(Kind, usize)> = Vec::new();
    let mut ends = Ends::default();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        match rest[0] {
            b'<' => match element(text, at, &mut ends) {
                Some(mark) => {
                    list.push(mark);
                    at = mark.span.end;
                }
                None => at += 1,
            },
            b'{' if rest.starts_with(b"{{") => {
                push(&mut open, Kind::Template, at);
                at += 2;
            }
            b'[' if rest.starts_with(b"[[") => {
                push(&mut open, Kind::Link, at);
                at += 2;
            }
            b'}' if rest.starts_with(b"}}") => {
                close(&mut open, &mut list, Kind::Template, at + 2);
                at += 2;
            }
            b']' if rest.starts_with(b"]]") => {
                close(&mut open, &mut list, Kind::Link, at + 2);
                at += 2;
            }
            b'\n' => {
                new_line(&mut open, bytes, at);
                at += 1;
            }
            _ => at += 1,
        }
    }
    list.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    Marks { list }
}

fn push(open: &mut Vec<(Kind, usize)>, kind: Kind, at: usize) {
    if open.len() < DEEPEST {
        open.push((kind, at));
    }
}

/// Closes the innermost construct of a kind; what was left open in it is text.
fn close(open: &mut Vec<(Kind, usize)>, list: &mut Vec<Mark>, kind: Kind, end: usize) {
    let Some(i) = open.iter().rposition(|(k, _)| *k == kind) else {
        return;
    };
    let (_, start) = open[i];
    open.truncate(i);
    list.push(Mark {
        kind,
        span: Span::new(start, end),
    });
}

/// A link stays on its line unless it is a picture, and a heading or a table's row inside a
/// template says that somebody forgot to close it.
fn new_line(open: &mut Vec<(Kind, usize)>, bytes: &[u8], at: usize) {
    if open.is_empty() {
        return;
    }
    let next = &bytes[at + 1..];
    if next.starts_with(b"|-")
        || next.starts_with(b"|}") && !next.starts_with(b"|}}")
        || next.starts_with(b"==")
    {
        open.clear();
        return;
    }
    while let Some((Kind::Link, start)) = open.last() {
        let target = &bytes[start + 2..at];
        let picture = [b"file:".as_slice(), b"image:"].iter().any(|p| {
            target
                .get(..p.len())
                .is_some_and(|t| t.eq_ignore_ascii_case(p))
        });
        if picture {
            break;
        }
        open.pop();
    }
}

/// From where on an ending was sought in vain, so that nobody seeks it twice.
#[derive(Default)]
struct Ends {
    absent: Vec<(&'static str, usize)>,
}

impl Ends {
    /// The end of the next `needle` at or after a place, letters in either case.
    fn find(&mut self, text: &str, needle: &'static str, from: usize) -> Option<usize> {
        if self
            .absent
            .iter()
            .any(|(n, at)| *n == needle && *at <= from)
        {
            return None;
        }
        let found = find(&text.as_bytes()[from..], needle.as_bytes());
        match found {
            Some(i) => Some(from + i + needle.len()),
            None => {
                self.absent.push((needle, from));
                None
            }
        }
    }
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .position(|w| w.eq_ignore_ascii_case(needle))
}

/// The longest opening tag that is looked at.
const LONGEST_TAG: usize = 2000;

/// The end of a tag that begins at a place, and whether it closes itself.
pub(crate) fn tag_end(text: &str, at: usize) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let mut quote = None;
    for (i, b) in bytes.iter().enumerate().skip(at + 1).take(LONGEST_TAG) {
        match (quote, b) {
            (None, b'>') => return Some((i + 1, bytes[i - 1] == b'/')),
            (None, b'<') => return None,
            (None, b'"') => quote = Some(*b),
            (Some(q), b) if *b == q => quote = None,
            // An attribute whose quotation mark was forgotten.
            (Some(_), b'\n') => quote = None,
            _ => {}
        }
    }
    None
}

/// The name of a tag in lower case, with its slash when it closes.
pub(crate) fn tag_name(text: &str, at: usize) -> Option<String> {
    let rest = text.get(at + 1..)?;
    let slash = usize::from(rest.starts_with('/'));
    let letters = rest[slash..]
        .bytes()
        .take(20)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let name = &rest[..slash + letters];
    (letters > 0 && rest.as_bytes()[slash].is_ascii_alphabetic()).then(|| name.to_ascii_lowercase())
}

fn element(text: &str, at: usize, ends: &mut Ends) -> Option<Mark> {
    let mark = |kind, end| {
        Some(Mark {
            kind,
            span: Span::new(at, end),
        })
    };
    if text.as_bytes()[at..].starts_with(b"<!--") {
        let end = ends.find(text, "-->", at + 4).unwrap_or(text.len());
        return mark(Kind::Comment, end);
    }
    let name = tag_name(text, at)?;
    let (element, kind) = ELEMENTS.iter().find(|(n, _)| *n == name)?;
    let (end, closed) = tag_end(text, at)?;
    if closed {
        return mark(*kind, end);
    }
    let closing = match *element {
        "ref" => "</ref>",
        "nowiki" => "</nowiki>",
        "pre" => "</pre>",
        "gallery" => "</gallery>",
        "math" => "</math>",
        "mapframe" => "</mapframe>",
        "timeline" => "</timeline>",
        _ => "</syntaxhighlight>",
    };
    mark(*kind, ends.find(text, closing, end)?)
}
