//! Lines to paragraphs: running heads and page numbers apart, hyphens at line ends joined.

use std::collections::{BTreeMap, BTreeSet};

use bilat_model::document::BlockKind;

use super::glyphs::Page;
use super::layout::{Line, lines};
use crate::words;

/// The part of a page's height at its head and foot where running heads stand.
const MARGIN: f64 = 0.1;

/// The blocks of all pages, furniture last.
pub(super) fn paragraphs(pages: &[Page]) -> Vec<(BlockKind, String)> {
    let set: Vec<Vec<Line>> = pages.iter().map(lines).collect();
    let running = running(pages, &set);
    let body = body_size(&set);
    let hyphened = hyphened(&set);
    let mut builder = Builder {
        out: Vec::new(),
        open: None,
        body,
        hyphened,
        largest: 0.0,
        headline: None,
    };
    let mut furniture = BTreeSet::new();
    for (page, lines) in pages.iter().zip(set) {
        let mut kept = Vec::new();
        for line in lines {
            let edge = is_edge(page, &line);
            if edge && (running.contains(&mask(&line.text)) || is_number(&line.text)) {
                furniture.insert(line.text);
            } else {
                kept.push(line);
            }
        }
        builder.page(kept);
    }
    builder.close();
    if let Some(at) = builder.headline {
        builder.out[at].0 = BlockKind::Headline;
    }
    let furniture = furniture
        .into_iter()
        .map(|line| (BlockKind::Furniture, line));
    builder
        .out
        .into_iter()
        .chain(furniture)
        .filter(|(_, t)| t.contains(char::is_alphanumeric))
        .collect()
}

fn is_edge(page: &Page, line: &Line) -> bool {
    let height = (page.top - page.bottom).max(1.0);
    let at = (line.base - page.bottom) / height;
    !(MARGIN..=1.0 - MARGIN).contains(&at)
}

/// A line with its digits alike, so that "Page 1" and "Page 2" are one.
fn mask(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii_digit() && out.ends_with('#') => {}
            c if c.is_ascii_digit() => out.push('#'),
            c => out.push(c),
        }
    }
    out
}

/// Lines at the edge of two pages and of a third of all.
fn running(pages: &[Page], set: &[Vec<Line>]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (page, lines) in pages.iter().zip(set) {
        let edges = lines.iter().filter(|l| is_edge(page, l));
        let each: BTreeSet<String> = edges.map(|l| mask(&l.text)).collect();
        for line in each {
            *counts.entry(line).or_default() += 1;
        }
    }
    let often = |n: usize| n >= 2 && n * 3 >= pages.len();
    counts
        .into_iter()
        .filter(|(_, n)| often(*n))
        .map(|(l, _)| l)
        .collect()
}

/// "12", "- 12 -", "Page 3 of 9", "3/9".
fn is_number(text: &str) -> bool {
    let masked = mask(text).to_lowercase();
    let bare: String = masked
        .chars()
        .filter(|c| !c.is_whitespace() && !"-–—|[]().".contains(*c))
        .collect();
    ["#", "page#", "page#of#", "#of#", "#/#", "p#", "pg#", "стр#"].contains(&bare.as_str())
}

/// The height of most letters.
fn body_size(set: &[Vec<Line>]) -> f64 {
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for line in set.iter().flatten() {
        *sizes.entry((line.size * 10.0) as i64).or_default() += line.text.len();
    }
    let most = sizes.into_iter().max_by_key(|(_, n)| *n);
    most.map_or(10.0, |(s, _)| s as f64 / 10.0)
}

/// Words that are written with a hyphen within a line: such a hyphen stays at a line's end too.
fn hyphened(set: &[Vec<Line>]) -> BTreeSet<String> {
    let words = set.iter().flatten().flat_map(|l| l.text.split_whitespace());
    let plain = |w: &str| {
        w.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    words.map(plain).filter(|w| w.contains('-')).collect()
}

struct Builder {
    out: Vec<(BlockKind, String)>,
    /// The paragraph that is open, with its last line, and where its lines begin.
    open: Option<(BlockKind, String, Line)>,
    body: f64,
    hyphened: BTreeSet<String>,
    largest: f64,
    headline: Option<usize>,
}

impl Builder {
    fn page(&mut self, lines: Vec<Line>) {
        let leading = leading(&lines);
        let right = lines.iter().fold(BTreeMap::new(), |mut m, l| {
            let edge = m.entry(l.column).or_insert(l.right);
            *edge = l.right.max(*edge);
            m
        });
        for line in lines {
            let edge = right.get(&line.column).copied().unwrap_or(line.right);
            self.line(line, leading, edge);
        }
    }

    fn line(&mut self, line: Line, leading: f64, edge: f64) {
        let kind = self.kind(&line);
        let joins = self.open.as_ref().is_some_and(|(k, text, last)| {
            *k == kind
                && kind != BlockKind::Row
                && continues(text, last, &line, leading, edge, kind)
                && !is_item(&line.text)
        });
        if !joins {
            self.close();
            self.open = Some((kind, line.text.clone(), line));
            return;
        }
        if let Some((_, text, last)) = &mut self.open {
            append(text, &line.text, &self.hyphened);
            *last = line;
        }
    }

    fn kind(&self, line: &Line) -> BlockKind {
        match line {
            l if l.cells => BlockKind::Row,
            l if l.size > 1.15 * self.body => BlockKind::Heading,
            l if is_item(&l.text) => BlockKind::Item,
            // A line of an item that goes on is told by its place.
            _ if self.open.as_ref().is_some_and(|(k, _, last)| {
                *k == BlockKind::Item && line.left > last.left - 1.0 && line.column == last.column
            }) =>
            {
                BlockKind::Item
            }
            _ => BlockKind::Paragraph,
        }
    }

    fn close(&mut self) {
        let Some((kind, text, last)) = self.open.take() else {
            return;
        };
        let kind = match kind {
            BlockKind::Heading if words::count(&text, 41) > 40 => BlockKind::Paragraph,
            k => k,
        };
        // The largest of the first headings is the headline.
        if kind == BlockKind::Heading && self.out.len() < 8 && last.size > self.largest {
            (self.largest, self.headline) = (last.size, Some(self.out.len()));
        }
        self.out.push((kind, text));
    }
}

fn is_item(text: &str) -> bool {
    ["• ", "◦ ", "▪ ", "● ", "– ", "- "]
        .iter()
        .any(|m| text.starts_with(m))
}

/// The usual distance of two lines.
fn leading(lines: &[Line]) -> f64 {
    let pairs = lines.windows(2).filter(|w| w[0].column == w[1].column);
    let mut steps: Vec<f64> = pairs
        .map(|w| w[0].base - w[1].base)
        .filter(|s| *s > 0.5)
        .collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(14.0)
}

/// Whether a line goes on with the paragraph above it.
fn continues(
    text: &str,
    last: &Line,
    line: &Line,
    leading: f64,
    edge: f64,
    kind: BlockKind,
) -> bool {
    let alike = (last.size - line.size).abs() < 0.1 * last.size.max(line.size);
    let step = last.base - line.base;
    // The next column or the next page: a sentence that is not over goes on there.
    if last.column != line.column || step <= 0.0 {
        let goes_on = line
            .text
            .starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
            || text.ends_with([',', '-']);
        return alike && !words::is_closed(text) && goes_on && last.size < 1.3 * line.size;
    }
    let indented = line.left - last.left > 0.8 * line.size && words::is_closed(text);
    let width = (edge - last.left).max(1.0);
    let filled = (last.right - last.left) / width;
    let short = filled < 0.75 && words::is_closed(text);
    // A title is set wider apart, and goes on where it has filled its line.
    let title = kind == BlockKind::Heading && filled > 0.6 && step < 1.6 * last.size;
    let near = step < 1.25 * leading.min(1.9 * last.size) || step < 1.35 * last.size || title;
    alike && near && !indented && !short
}

/// The longest word, in bytes, that is looked up when it was parted at a line's end.
const WORD: usize = 200;

/// Adds a line; a word that was parted at the line's end becomes one again. Of the text before, no
/// more than a word is looked at, so that many lines take no longer than their length.
fn append(text: &mut String, line: &str, hyphened: &BTreeSet<String>) {
    let parted = text.ends_with(['-', '\u{AD}', '\u{2010}']);
    if !parted {
        text.push(' ');
        text.push_str(line);
        return;
    }
    let soft = text.ends_with('\u{AD}');
    let last = words::tail(text, WORD);
    let before = last.trim_end_matches(['-', '\u{AD}', '\u{2010}']);
    let head = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let tail = line.split_whitespace().next().unwrap_or_default();
    let lower = head.ends_with(char::is_lowercase) && tail.starts_with(char::is_lowercase);
    let whole = format!("{head}-{tail}").to_lowercase();
    let known = hyphened.contains(whole.trim_matches(|c: char| !c.is_alphanumeric()));
    if soft || (lower && !known) {
        let hyphens = last.len() - before.len();
        text.truncate(text.len() - hyphens);
    }
    text.push_str(line);
}
