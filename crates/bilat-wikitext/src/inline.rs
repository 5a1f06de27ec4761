//! The third pass: a stretch without blocks as plain text.

use bilat_model::document::Span;

use crate::scan::{Kind, Mark, Marks, scan, tag_end, tag_name};
use crate::template;
use crate::text::{Input, Link, Reference, Text};

/// Reads a stretch.
pub(crate) fn text(wikitext: &str, marks: &Marks, span: Span) -> Text {
    let input = Input {
        text: wikitext,
        marks,
    };
    let mut out = Text::default();
    read(input, span, &mut out, true);
    out.finish()
}

/// Reads a stretch onto the end of a text. `outer` is false inside a template, whose own
/// templates are not listed again.
pub(crate) fn read(input: Input<'_>, span: Span, out: &mut Text, outer: bool) {
    let mut at = span.start;
    for mark in input.marks.within(span) {
        plain(input, Span::new(at, mark.span.start), out, outer);
        marked(input, mark, out, outer);
        at = mark.span.end;
    }
    plain(input, Span::new(at, span.end), out, outer);
}

fn marked(input: Input<'_>, mark: &Mark, out: &mut Text, outer: bool) {
    match mark.kind {
        Kind::Comment | Kind::Opaque => {}
        Kind::Reference => out
            .references
            .push(reference(input, mark.span, out.plain.len())),
        Kind::Literal => {
            let inner = mark.span.of(input.text);
            let from = inner.find('>').map_or(0, |i| i + 1);
            let to = inner.rfind("</").unwrap_or(inner.len()).max(from);
            out.push_same(&inner[from..to], mark.span.start + from);
        }
        Kind::Link => link(input, mark.span, out, outer),
        Kind::Template => template::read(input, mark.span, out, outer),
    }
}

/// A footnote: its name and the date of what it cites.
pub(crate) fn reference(input: Input<'_>, span: Span, at: usize) -> Reference {
    let tag = tag_end(input.text, span.start).map_or(span.start, |(end, _)| end);
    let attributes = input.text.get(span.start..tag).unwrap_or_default();
    let name = attributes.split_once("name").and_then(|(_, rest)| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let name = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => rest.split(['>', '/', ' ']).next(),
        };
        name.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty())
    });
    // What stands in a reference was passed over by the scan.
    let inner = input.text.get(tag..span.end).unwrap_or_default();
    let marks = scan(inner);
    let within = Input {
        text: inner,
        marks: &marks,
    };
    let date = marks
        .within(Span::new(0, inner.len()))
        .filter(|m| m.kind == Kind::Template)
        .find_map(|m| template::parts(within, m.span).named(within, "date"));
    Reference {
        at,
        input: span,
        name,
        date,
    }
}

/// Namespaces whose links show a picture or nothing.
const UNREAD: &[&str] = &["file:", "image:", "category:", "media:"];

fn link(input: Input<'_>, span: Span, out: &mut Text, outer: bool) {
    let inner = Span::new(span.start + 2, span.end - 2);
    let written = inner.of(input.text);
    let lower = written
        .trim_start()
        .get(..9)
        .unwrap_or(written)
        .to_ascii_lowercase();
    if UNREAD.iter().any(|n| lower.trim_start().starts_with(n)) {
        return;
    }
    let bar = split(input, inner).next().map_or(inner, |first| first);
    let target = bar.of(input.text).trim().trim_start_matches(':');
    let label = match bar.end < inner.end {
        true => Span::new(bar.end + 1, inner.end),
        false => bar,
    };
    let start = out.plain.len();
    read(input, label, out, outer);
    let title = target.split('#').next().unwrap_or_default().trim();
    let words = Span::new(start, out.plain.len());
    if !title.is_empty() && words.start < words.end {
        out.links.push(Link {
            text: words,
            target: title.replace('_', " "),
        });
    }
}

/// The parts of a stretch between the bars that stand outside any mark.
pub(crate) fn split<'a>(input: Input<'a>, span: Span) -> impl Iterator<Item = Span> + 'a {
    let mut bars = Vec::new();
    let mut at = span.start;
    let mut look = |from: usize, to: usize| {
        let piece = input.text.get(from..to).unwrap_or_default();
        bars.extend(piece.match_indices('|').map(|(i, _)| from + i));
    };
    for mark in input.marks.within(span) {
        look(at, mark.span.start);
        at = mark.span.end;
    }
    look(at, span.end);
    bars.push(span.end);
    let mut start = span.start;
    bars.into_iter().map(move |end| {
        let part = Span::new(start, end);
        start = end + 1;
        part
    })
}

/// Reads what stands between marks: letters, emphasis, tags, entities, addresses with a label.
fn plain(input: Input<'_>, span: Span, out: &mut Text, outer: bool) {
    let mut at = span.start;
    while at < span.end {
        let rest = &input.text[at..span.end];
        let next = rest
            .find(['\'', '<', '&', '[', ']', '_'])
            .unwrap_or(rest.len());
        out.push_same(&rest[..next], at);
        at += next;
        let rest = &rest[next..];
        let Some(first) = rest.bytes().next() else {
            return;
        };
        at += match first {
            b'\'' => emphasis(rest, at, out),
            b'<' => tag(input.text, Span::new(at, span.end), out),
            b'&' => entity(rest, at, out),
            b'[' => address(input, Span::new(at, span.end), out, outer),
            b'_' => switch(rest, at, out),
            _ => {
                out.push_same(&rest[..1], at);
                1
            }
        };
    }
}

/// Two apostrophes are italics, three bold, five both; the rest of a longer row are letters.
fn emphasis(rest: &str, at: usize, out: &mut Text) -> usize {
    let n = rest.bytes().take_while(|b| *b == b'\'').count();
    let letters = match n {
        2 | 3 | 5 => 0,
        1 => 1,
        4 => 1,
        _ => n - 5,
    };
    out.push_same(&rest[..letters], at);
    n
}

/// Passes over a tag; a `<` that opens none stays.
fn tag(text: &str, span: Span, out: &mut Text) -> usize {
    match (tag_name(text, span.start), tag_end(text, span.start)) {
        (Some(name), Some((end, _))) if end <= span.end => {
            if matches!(
                name.as_str(),
                "br" | "p" | "/p" | "div" | "/div" | "li" | "/li" | "hr"
            ) {
                out.push_made(" ", Span::new(span.start, end));
            }
            end - span.start
        }
        _ => {
            out.push_same("<", span.start);
            1
        }
    }
}

/// Named characters that articles use; `&#8211;` needs no table.
const NAMED: &[(&str, &str)] = &[
    ("nbsp", " "),
    ("thinsp", " "),
    ("ensp", " "),
    ("emsp", " "),
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("minus", "−"),
    ("hellip", "…"),
    ("middot", "·"),
    ("bull", "•"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("deg", "°"),
    ("euro", "€"),
    ("pound", "£"),
    ("aacute", "á"),
    ("eacute", "é"),
    ("iacute", "í"),
    ("oacute", "ó"),
    ("uacute", "ú"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("auml", "ä"),
    ("ntilde", "ñ"),
    ("ccedil", "ç"),
    ("zwnj", ""),
    ("zwj", ""),
    ("shy", ""),
    ("lrm", ""),
    ("rlm", ""),
];

fn entity(rest: &str, at: usize, out: &mut Text) -> usize {
    let end = rest.bytes().take(12).position(|b| b == b';');
    let known = end.and_then(|end| {
        let name = &rest[1..end];
        let number = name.strip_prefix('#').and_then(|n| {
            let code = match n.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => n.parse().ok()?,
            };
            char::from_u32(code).map(String::from)
        });
        let named = || {
            NAMED
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, c)| (*c).to_owned())
        };
        Some((number.or_else(named)?, end + 1))
    });
    match known {
        Some((made, taken)) => {
            out.push_made(&made, Span::new(at, at + taken));
            taken
        }
        None => {
            out.push_same("&", at);
            1
        }
    }
}

/// `[http://… label]` shows its label, without one nothing.
fn address(input: Input<'_>, span: Span, out: &mut Text, outer: bool) -> usize {
    let rest = span.of(input.text);
    let scheme = ["[http://", "[https://", "[//", "[ftp://", "[mailto:"]
        .iter()
        .any(|s| rest.starts_with(s));
    // The first bracket or line end decides, so that no byte is looked at twice.
    let close = scheme
        .then(|| rest[1..].find([']', '[', '\n']))
        .flatten()
        .map(|i| i + 1)
        .filter(|i| rest.as_bytes()[*i] == b']');
    let Some(close) = close else {
        out.push_same("[", span.start);
        return 1;
    };
    if let Some(space) = rest[..close].find(' ') {
        let label = Span::new(span.start + space + 1, span.start + close);
        // A label has no further address in it: the next bracket closes it.
        plain(input, label, out, outer);
    }
    close + 1
}

/// `__NOTOC__` and its like; other underscores are letters.
fn switch(rest: &str, at: usize, out: &mut Text) -> usize {
    let word = rest.strip_prefix("__").and_then(|r| {
        let n = r
            .bytes()
            .take(30)
            .take_while(u8::is_ascii_uppercase)
            .count();
        (n > 0 && r[n..].starts_with("__")).then_some(n + 4)
    });
    match word {
        Some(n) => n,
        None => {
            out.push_same("_", at);
            1
        }
    }
}
