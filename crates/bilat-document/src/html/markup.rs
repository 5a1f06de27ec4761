//! Tags, attributes and text of a page, by their place; no tree is built.
//!
//! It follows the tokeniser of the HTML standard as far as text and tags are concerned: what ends
//! a tag, a comment, a script. What is broken never ends the reading: a tag that is not closed
//! runs to the end of the page.

use std::borrow::Cow;

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text as written, and where it begins.
    Text(&'a str, usize),
    /// An opening tag.
    Open(Tag<'a>),
    /// A closing tag's name, as written.
    Close(&'a str),
    /// What an element holds that has no tags in it (`script`, `style`, `title`): its name and
    /// the text between its tags.
    Raw(Tag<'a>, &'a str),
}

/// An opening tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// As written.
    pub(super) name: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Whether the tag has this name (given in lower case).
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The attributes, in order.
    pub(super) fn attributes(&self) -> Attributes<'a> {
        Attributes {
            rest: self.attributes,
        }
    }

    /// An attribute's value by its name in lower case.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut each = self.attributes();
        let found = each.find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, v)| html_escape::decode_html_entities(v))
    }
}

/// Names and values as written.
pub(super) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let gap = |c: char| c.is_ascii_whitespace() || c == '/';
        let rest = self.rest.trim_start_matches(gap);
        if rest.is_empty() {
            self.rest = rest;
            return None;
        }
        // A stray `=` begins a name.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find(|c: char| gap(c) || c == '=');
        let end = end.map_or(rest.len(), |e| first + e);
        let (name, after) = rest.split_at(end);
        let Some(value) = after.trim_ascii_start().strip_prefix('=') else {
            self.rest = after;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let quoted = |q: char| {
            let inner = value.strip_prefix(q)?;
            let end = inner.find(q).unwrap_or(inner.len());
            Some((
                &inner[..end],
                inner[end..].strip_prefix(q).unwrap_or_default(),
            ))
        };
        let bare = || {
            let end = value
                .find(|c: char| c.is_ascii_whitespace())
                .unwrap_or(value.len());
            value.split_at(end)
        };
        let (value, rest) = quoted('"').or_else(|| quoted('\'')).unwrap_or_else(bare);
        self.rest = rest;
        Some((name, value))
    }
}

/// Elements whose inside is not markup.
const RAW: &[&str] = &[
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript",
];

/// Goes through a page.
pub(super) struct Tokens<'a> {
    page: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(page: &'a str) -> Self {
        Self { page, at: 0 }
    }

    /// From a `<` on: a token, or `None` when it is no more than a character or says nothing.
    fn tag(&mut self) -> Option<Token<'a>> {
        let rest = &self.page[self.at..];
        let bytes = rest.as_bytes();
        match bytes.get(1)? {
            b'!' | b'?' => {
                let (from, end): (usize, &str) = match rest.starts_with("<!--") {
                    true => (4, "-->"),
                    false => (2, ">"),
                };
                // `<!-->` and `<!--->` are whole comments.
                let short = ["<!-->", "<!--->"].iter().find(|s| rest.starts_with(**s));
                let length = short
                    .map(|s| s.len())
                    .or_else(|| rest[from..].find(end).map(|i| from + i + end.len()));
                self.at += length.unwrap_or(rest.len());
                None
            }
            b'/' if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                let name = name(&rest[2..]);
                let length = 2 + name.len() + tag_end(&rest[2 + name.len()..]).1;
                self.at += length;
                Some(Token::Close(name))
            }
            // `</>` and `</ x>` are dropped by browsers.
            b'/' => {
                self.at += rest.find('>').map_or(rest.len(), |i| i + 1);
                None
            }
            c if c.is_ascii_alphabetic() => Some(self.open(rest)),
            _ => None,
        }
    }

    fn open(&mut self, rest: &'a str) -> Token<'a> {
        let name = name(&rest[1..]);
        let (inner, length) = tag_end(&rest[1 + name.len()..]);
        let attributes = &rest[1 + name.len()..1 + name.len() + inner];
        let tag = Tag { name, attributes };
        self.at += 1 + name.len() + length;
        if !RAW.iter().any(|r| tag.is(r)) {
            return Token::Open(tag);
        }
        let body = &self.page[self.at..];
        let (end, after) = raw_end(body, name);
        self.at += after;
        Token::Raw(tag, &body[..end])
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let start = self.at;
        let bytes = self.page.as_bytes();
        let mut look = start;
        while look < bytes.len() {
            let Some(found) = memchr::memchr(b'<', &bytes[look..]) else {
                break;
            };
            let at = look + found;
            let opens = bytes
                .get(at + 1)
                .is_some_and(|b| b.is_ascii_alphabetic() || b"!?/".contains(b));
            if !opens {
                look = at + 1;
                continue;
            }
            if at > start {
                self.at = at;
                return Some(Token::Text(&self.page[start..at], start));
            }
            self.at = at;
            return match self.tag() {
                Some(token) => Some(token),
                // A comment stands between texts and parts no word.
                None if self.at > at => Some(Token::Text("", self.at)),
                None => {
                    self.at = at + 1;
                    Some(Token::Text(&self.page[at..=at], at))
                }
            };
        }
        self.at = bytes.len();
        (start < bytes.len()).then(|| Token::Text(&self.page[start..], start))
    }
}

fn name(text: &str) -> &str {
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>');
    &text[..end.unwrap_or(text.len())]
}

/// Where a tag's attributes end and where the tag does; a `>` within quotes ends nothing.
fn tag_end(text: &str) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        at += found;
        let quote = bytes[at];
        if quote == b'>' {
            return (at, at + 1);
        }
        // A quote only opens a value behind `=`; elsewhere it is part of a name.
        let value = text[..at].trim_ascii_end().ends_with('=');
        at += 1;
        if value {
            match memchr::memchr(quote, &bytes[at..]) {
                Some(end) => at += end + 1,
                None => return (bytes.len(), bytes.len()),
            }
        }
    }
    (bytes.len(), bytes.len())
}

/// Where `</name` ends a raw element's text, and where the tag ends.
fn raw_end(body: &str, name: &str) -> (usize, usize) {
    let bytes = body.as_bytes();
    for at in memchr::memmem::find_iter(bytes, b"</") {
        let rest = &bytes[at + 2..];
        let named = rest
            .get(..name.len())
            .is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        let ends = rest
            .get(name.len())
            .is_none_or(|b| b.is_ascii_whitespace() || b"/>".contains(b));
        if named && ends {
            let after = at + 2 + name.len();
            let close = memchr::memchr(b'>', &bytes[after..]);
            return (at, close.map_or(bytes.len(), |c| after + c + 1));
        }
    }
    (bytes.len(), bytes.len())
}

/// Elements without an end.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "frame"
            | "keygen"
    )
}

/// Elements that stand within a line of text.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "rb"
            | "rt"
            | "rp"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "img"
            | "picture"
            | "source"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(page: &str) -> Vec<String> {
        let show = |t: Token<'_>| match t {
            Token::Text("", _) => String::new(),
            Token::Text(t, at) => format!("{t}@{at}"),
            Token::Open(t) => {
                let each: Vec<String> = t.attributes().map(|(n, v)| format!(" {n}={v}")).collect();
                format!("<{}{}>", t.name, each.concat())
            }
            Token::Close(n) => format!("</{n}>"),
            Token::Raw(t, body) => format!("<{}>{{{body}}}", t.name),
        };
        Tokens::new(page)
            .map(show)
            .filter(|s| !s.is_empty())
            .collect()
    }

    #[test]
    fn tags_text_and_attributes() {
        assert_eq!(
            all("a<B c=\"x>y\" d='z' e=f g/>h</B >i"),
            ["a@0", "<B c=x>y d=z e=f g=>", "h@25", "</B>", "i@31"]
        );
        assert_eq!(all("1 < 2 <3 & <> x"), ["1 < 2 <3 & <> x@0"]);
        assert_eq!(
            all("a<!-- <b> -->c<!-->d<?x?>e<!DOCTYPE html>f"),
            ["a@0", "c@13", "d@19", "e@25", "f@41"]
        );
        assert_eq!(
            all("<script a>if (a</b>) '</scripty>'</SCRIPT >x"),
            ["<script>{if (a</b>) '</scripty>'}", "x@43"]
        );
        assert_eq!(
            all("<p it's><a =b 'c>d"),
            ["<p it's=>", "<a =b= 'c=>", "d@17"]
        );
    }

    #[test]
    fn what_is_broken_ends_with_the_page() {
        assert_eq!(all("x<a href=\"b>c"), ["x@0", "<a href=b>c>"]);
        assert_eq!(all("x<!-- y"), ["x@0"]);
        assert_eq!(all("<style>y"), ["<style>{y}"]);
        assert_eq!(all("<"), ["<@0"]);
        assert_eq!(all("</"), Vec::<String>::new());
        assert_eq!(all("<é>"), ["<é>@0"]);
        assert_eq!(all("<a é=é è>"), ["<a é=é è=>"]);
    }
}
