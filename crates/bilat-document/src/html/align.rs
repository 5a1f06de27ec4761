//! The words of the main text, found again in the page.
//!
//! Both texts are gone through once, word by word. Where they part (the extractor left something
//! out), the next place is looked for nearby, then by three words in a row over the whole rest of
//! the page. A word that is not found keeps its place in the text and has no source.

use bilat_model::document::{Block, Run, Span};

use super::Aligned;
use super::content::{CELL, Part};
use super::scan::Page;
use crate::decode::Runs;

/// Words ahead that are tried one by one.
const NEAR: usize = 40;
/// Words that must agree to jump further.
const SURE: usize = 6;
/// How far a block of fewer words may jump.
const SHORT: usize = 3000;

/// Builds the text of the blocks and finds its source.
pub(super) fn align(parts: &[Part], page: &Page) -> Aligned {
    let source = Source::new(page);
    let mut out = Builder {
        text: String::new(),
        runs: Runs::default(),
        page,
        run: 0,
    };
    let (mut blocks, mut at) = (Vec::new(), 0);
    let mut index = None;
    for part in parts.iter().filter(|p| !p.words.is_empty()) {
        if !out.text.is_empty() {
            out.text.push('\n');
        }
        let start = out.text.len();
        let mut before = None;
        for i in 0..part.words.len() {
            if i > 0 {
                out.text.push(' ');
            }
            let rest = &part.words[i..];
            let found = match rest[0] == CELL && source.word(at) != CELL {
                true => None,
                false => source.find(rest, at, &mut index),
            };
            out.word(&rest[0], found.map(|n| source.words[n]), before);
            before = found.map(|n| source.words[n]);
            at = found.map_or(at, |n| n + 1);
        }
        blocks.push(Block {
            span: Span::new(start, out.text.len()),
            kind: part.kind,
        });
    }
    Aligned {
        text: out.text,
        blocks,
        runs: out.runs.0,
    }
}

struct Source<'a> {
    visible: &'a str,
    words: Vec<Span>,
}

/// Three words in a row by their hash, with where the first stands; in order.
type Index = Vec<(u64, usize)>;

impl<'a> Source<'a> {
    fn new(page: &'a Page) -> Self {
        let visible = page.visible.as_str();
        let base = visible.as_ptr() as usize;
        let words = visible.split_ascii_whitespace().map(|w| {
            let start = w.as_ptr() as usize - base;
            Span::new(start, start + w.len())
        });
        Self {
            visible,
            words: words.collect(),
        }
    }

    fn word(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |s| s.of(self.visible))
    }

    /// How many words agree, up to `most`.
    fn agree(&self, words: &[String], at: usize, most: usize) -> usize {
        let each = words.iter().take(most).enumerate();
        each.take_while(|(i, w)| self.word(at + i) == w.as_str())
            .count()
    }

    /// Where the first of these words stands, at a place or after it.
    fn find(&self, words: &[String], at: usize, index: &mut Option<Index>) -> Option<usize> {
        let first = words[0].as_str();
        if self.word(at) == first {
            return Some(at);
        }
        let two = words.len().min(2);
        let near =
            (at + 1..(at + NEAR).min(self.words.len())).find(|n| self.agree(words, *n, two) == two);
        if near.is_some() {
            return near;
        }
        let three = words.len().min(3);
        if three < 3 {
            return None;
        }
        let index = index.get_or_insert_with(|| self.index());
        let key = hash(words[..3].iter().map(String::as_str));
        let from = index.partition_point(|e| *e < (key, at));
        let sure = words.len().min(SURE);
        let places = index[from..]
            .iter()
            .take_while(|(k, _)| *k == key)
            .take(NEAR);
        let mut places = places.map(|(_, n)| *n);
        places.find(|n| self.agree(words, *n, sure) == sure && (sure == SURE || n - at < SHORT))
    }

    fn index(&self) -> Index {
        let gram = |n: usize| (hash((n..n + 3).map(|i| self.word(i))), n);
        let mut index: Index = (0..self.words.len().saturating_sub(2)).map(gram).collect();
        index.sort_unstable();
        index
    }
}

/// FNV-1a: the same everywhere.
fn hash<'w>(words: impl Iterator<Item = &'w str>) -> u64 {
    let bytes = words.flat_map(|w| w.bytes().chain([b' ']));
    bytes.fold(0xCBF2_9CE4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x100_0000_01B3)
    })
}

struct Builder<'a> {
    text: String,
    runs: Runs,
    page: &'a Page,
    /// The run of the page's visible text that was used last.
    run: usize,
}

impl Builder<'_> {
    /// Adds a word with its place in the visible text, and the place of the word before it.
    fn word(&mut self, word: &str, place: Option<Span>, before: Option<Span>) {
        let start = self.text.len();
        self.text.push_str(word);
        let Some(place) = place else {
            return;
        };
        // One plain space between two words is the same in text and page.
        let adjoins = before.is_some_and(|b| {
            b.end + 1 == place.start && &self.page.visible[b.end..place.start] == " "
        });
        match adjoins && start > 0 {
            true => self.trace(
                Span::new(start - 1, self.text.len()),
                Span::new(place.start - 1, place.end),
            ),
            false => self.trace(Span::new(start, self.text.len()), place),
        }
    }

    /// Adds the runs of some text that is the same as a stretch of the visible text.
    fn trace(&mut self, text: Span, visible: Span) {
        let runs: &[Run] = &self.page.runs;
        while self.run > 0 && runs[self.run].text.start > visible.start {
            self.run -= 1;
        }
        while runs
            .get(self.run)
            .is_some_and(|r| r.text.end <= visible.start)
        {
            self.run += 1;
        }
        let mut at = self.run;
        while let Some(run) = runs.get(at).filter(|r| r.text.start < visible.end) {
            let part = Span::new(
                run.text.start.max(visible.start),
                run.text.end.min(visible.end),
            );
            let shown = Span::new(
                text.start + (part.start - visible.start),
                text.start + (part.end - visible.start),
            );
            let same = run.text.end - run.text.start == run.input.end - run.input.start;
            match same {
                true => {
                    let from = run.input.start + (part.start - run.text.start);
                    self.runs
                        .push(shown, Span::new(from, from + (part.end - part.start)));
                }
                false => self.runs.0.push(Run {
                    text: shown,
                    input: run.input,
                }),
            }
            at += 1;
        }
        self.run = at.saturating_sub(1).min(runs.len().saturating_sub(1));
    }
}
