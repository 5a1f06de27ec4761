//! One pass through a page: what its head says, its visible text by place, and a clean copy of
//! its markup for the extractor.

use std::collections::BTreeMap;

use bilat_model::document::{Run, Span};

use super::head::Head;
use super::markup::{Tag, Token, Tokens, is_inline, is_void};
use crate::Limits;
use crate::decode::Runs;

/// What a page holds.
pub(super) struct Page {
    pub(super) head: Head,
    /// The text that a browser shows, blocks parted by line ends.
    pub(super) visible: String,
    /// Where it stands in the page.
    pub(super) runs: Vec<Run>,
    /// The markup without what is not shown, no deeper than the limit.
    pub(super) clean: String,
}

/// Elements that are never text: controls, pictures, what is shown elsewhere.
const DROPPED: &[&str] = &[
    "svg", "object", "canvas", "audio", "video", "select", "button", "template", "datalist", "map",
    "applet", "progress", "meter",
];

/// Attributes that the extractor looks at.
const KEPT: &[&str] = &[
    "class", "id", "role", "itemprop", "rel", "href", "dir", "lang",
];

/// Bytes of an attribute's value that are kept.
const VALUE: usize = 200;

/// Classes of text for screen readers alone.
const UNSEEN: &[&str] = &[
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screenreader-only",
];

/// Goes through a page.
pub(super) fn scan(page: &str, limits: &Limits) -> Page {
    let mut scanner = Scanner {
        page: Page {
            head: Head::default(),
            visible: String::new(),
            runs: Vec::new(),
            clean: String::new(),
        },
        runs: Runs::default(),
        stack: Vec::new(),
        counts: BTreeMap::new(),
        hidden: 0,
        depth: limits.depth,
        heading: None,
    };
    for token in Tokens::new(page) {
        match token {
            Token::Text(text, at) => scanner.text(text, at),
            Token::Open(tag) => scanner.open(tag),
            Token::Close(name) => scanner.close(&name.to_ascii_lowercase()),
            Token::Raw(tag, body) => scanner.raw(tag, body),
        }
    }
    while scanner.stack.last().is_some() {
        scanner.pop();
    }
    scanner.page.runs = scanner.runs.0;
    scanner.page
}

struct Element {
    name: String,
    hidden: bool,
    /// Whether its tag is in the clean copy.
    written: bool,
}

struct Scanner {
    page: Page,
    runs: Runs,
    stack: Vec<Element>,
    /// How many elements of each name are open.
    counts: BTreeMap<String, usize>,
    /// How many open elements are hidden.
    hidden: usize,
    depth: usize,
    /// Where the first-level heading that is open begins in the visible text.
    heading: Option<usize>,
}

impl Scanner {
    fn open(&mut self, tag: Tag<'_>) {
        let name = tag.name.to_ascii_lowercase();
        self.page.head.tag(&name, &tag);
        if matches!(
            name.as_str(),
            "html" | "head" | "body" | "meta" | "link" | "base"
        ) {
            return;
        }
        self.imply(&name);
        if !is_inline(&name) {
            self.part();
        }
        if is_void(&name) {
            if self.hidden == 0 && matches!(name.as_str(), "br" | "hr") {
                self.page.clean.push_str(&format!("<{name}>"));
            }
            return;
        }
        let hidden = DROPPED.contains(&name.as_str()) || is_hidden(&tag);
        let written =
            !hidden && self.hidden == 0 && self.stack.len() < self.depth && is_name(&name);
        if written {
            self.write(&name, &tag);
        }
        if name == "h1" && self.hidden == 0 {
            self.heading = Some(self.page.visible.len());
        }
        self.hidden += usize::from(hidden);
        *self.counts.entry(name.clone()).or_default() += 1;
        self.stack.push(Element {
            name,
            hidden,
            written,
        });
    }

    /// Ends that the standard lets authors leave out.
    fn imply(&mut self, name: &str) {
        let top = |s: &Self| s.stack.last().map(|e| e.name.clone()).unwrap_or_default();
        if !is_inline(name) && top(self) == "p" && name != "br" {
            self.pop();
        }
        let ends = |top: &str| match name {
            "li" => top == "li",
            "dt" | "dd" => matches!(top, "dt" | "dd"),
            "td" | "th" => matches!(top, "td" | "th"),
            "tr" => matches!(top, "td" | "th" | "tr"),
            "option" => top == "option",
            _ => false,
        };
        while ends(&top(self)) {
            self.pop();
        }
    }

    fn close(&mut self, name: &str) {
        if matches!(name, "html" | "head" | "body") || is_void(name) {
            return;
        }
        if self.counts.get(name).copied().unwrap_or(0) == 0 {
            return;
        }
        while let Some(top) = self.stack.last() {
            let found = top.name == name;
            self.pop();
            if found {
                break;
            }
        }
    }

    fn pop(&mut self) {
        let Some(element) = self.stack.pop() else {
            return;
        };
        if let Some(n) = self.counts.get_mut(&element.name) {
            *n = n.saturating_sub(1);
        }
        self.hidden -= usize::from(element.hidden);
        if element.written {
            self.page.clean.push_str("</");
            self.page.clean.push_str(&element.name);
            self.page.clean.push('>');
        }
        if element.name == "h1"
            && let Some(start) = self.heading.take()
        {
            self.page.head.heading(&self.page.visible[start..]);
        }
        if !is_inline(&element.name) {
            self.part();
        }
    }

    /// Parts words of different blocks.
    fn part(&mut self) {
        if !self.page.visible.is_empty() && !self.page.visible.ends_with('\n') {
            self.page.visible.push('\n');
        }
    }

    fn text(&mut self, text: &str, at: usize) {
        if self.hidden > 0 || text.is_empty() {
            return;
        }
        self.page.clean.push_str(text);
        let (mut from, bytes) = (0, text.as_bytes());
        for amp in memchr::memchr_iter(b'&', bytes) {
            if amp < from {
                continue;
            }
            let name = &text[amp..text.len().min(boundary(text, amp + 40))];
            let Some(end) = name.find(';') else {
                continue;
            };
            let written = &name[..=end];
            let meant = html_escape::decode_html_entities(written);
            if meant == written {
                continue;
            }
            self.keep(&text[from..amp], at + from);
            let start = self.page.visible.len();
            self.page.visible.push_str(&meant);
            let shown = Span::new(start, self.page.visible.len());
            let input = Span::new(at + amp, at + amp + written.len());
            self.runs.made(&meant, shown, input);
            from = amp + written.len();
        }
        self.keep(&text[from..], at + from);
    }

    fn keep(&mut self, text: &str, at: usize) {
        let start = self.page.visible.len();
        self.page.visible.push_str(text);
        self.runs.push(
            Span::new(start, start + text.len()),
            Span::new(at, at + text.len()),
        );
    }

    fn raw(&mut self, tag: Tag<'_>, body: &str) {
        self.page.head.raw(&tag, body);
    }

    fn write(&mut self, name: &str, tag: &Tag<'_>) {
        let clean = &mut self.page.clean;
        clean.push('<');
        clean.push_str(name);
        for (key, value) in tag.attributes().take(40) {
            let key = key.to_ascii_lowercase();
            // Emphasis needs none, and with none a browser's rule against piling it up holds.
            let wanted =
                KEPT.contains(&key.as_str()) && (!is_inline(name) || matches!(name, "a" | "span"));
            if wanted && !value.is_empty() {
                let value = &value[..boundary(value, VALUE)];
                clean.push_str(&format!(" {key}=\"{}\"", value.replace('"', "&quot;")));
            }
        }
        clean.push('>');
    }
}

/// The last character boundary at or before a place.
fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn is_name(name: &str) -> bool {
    name.len() <= 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.attributes().take(100).any(|(name, value)| {
        let is = |n: &str| name.eq_ignore_ascii_case(n);
        let value = &value[..boundary(value, 2000)];
        if is("hidden") {
            return !value.eq_ignore_ascii_case("until-found");
        }
        if is("aria-hidden") {
            return value.eq_ignore_ascii_case("true");
        }
        if is("style") {
            let style: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            let style = style.to_ascii_lowercase();
            return style.contains("display:none") || style.contains("visibility:hidden");
        }
        is("class") && value.split_ascii_whitespace().any(|c| UNSEEN.contains(&c))
    })
}
