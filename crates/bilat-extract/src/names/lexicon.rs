//! Phrases of several words, found by their first word, the longest first.

use std::ops::Range;

use bilat_model::document::{Block, BlockKind, Span};
use bilat_model::registry::fold;

use crate::tokens::{Kind, Token, Tokens, Vocabulary, Word, fold_word};

/// A phrase: where its words lie, and what it stands for.
#[derive(Clone, Copy, Debug)]
struct Phrase {
    words: u32,
    len: u16,
    /// Which word must begin with a capital; `NO_CAPITAL` for none.
    capital: u16,
    value: u32,
}

const NO_CAPITAL: u16 = u16::MAX;

/// Phrases with a value each, by their words.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    words: Vec<Word>,
    /// Sorted by their words.
    phrases: Vec<Phrase>,
    /// For each word, the phrases that begin with it.
    first: Vec<Range<u32>>,
    /// Phrases drafted again: the value that stays and the one that went.
    pub(super) merged: Vec<(u32, u32)>,
}

/// Phrases before they are cut into words.
#[derive(Default)]
pub(super) struct Draft {
    text: String,
    ends: Vec<(usize, u32)>,
}

impl Draft {
    /// A phrase with its value; where it has accents, the same without them, too.
    pub(super) fn add(&mut self, phrase: &str, value: u32) {
        self.push(phrase, value);
        if phrase.is_ascii() {
            return;
        }
        let plain = unaccented(phrase);
        if plain != phrase {
            self.push(&plain, value);
        }
    }

    fn push(&mut self, phrase: &str, value: u32) {
        self.text.push_str(phrase);
        self.text.push('\n');
        self.ends.push((self.text.len(), value));
    }

    /// Cuts all phrases by the rules that cut texts, so that both agree.
    pub(super) fn compile(self, vocabulary: &mut Vocabulary) -> Lexicon {
        let block = Block {
            span: Span::new(0, self.text.len()),
            kind: BlockKind::Paragraph,
        };
        let cut = Tokens::new(&self.text, &[block], &Vocabulary::default());
        let mut out = Lexicon::default();
        let mut at = 0;
        for (end, value) in self.ends {
            let from = at;
            let words = out.words.len() as u32;
            while let Some(t) = cut.tokens.get(at).filter(|t| t.span.end <= end) {
                let raw = &self.text[t.span.start..t.span.end];
                out.words.push(vocabulary.add(&fold_word(raw)));
                at += 1;
            }
            let capital = cut.tokens[from..at]
                .iter()
                .position(|t| t.capital && t.span.of(&self.text) != "The")
                .map_or(NO_CAPITAL, |i| i as u16);
            if at > from {
                out.phrases.push(Phrase {
                    words,
                    len: (at - from) as u16,
                    capital,
                    value,
                });
            }
        }
        out.index(vocabulary.len());
        out
    }
}

/// A name with the marks taken off its letters, word by word; other signs stay.
pub(super) fn unaccented(name: &str) -> String {
    name.chars()
        .map(|c| {
            if c.is_ascii() || !c.is_alphabetic() {
                return c.to_string();
            }
            let plain = fold(c.encode_utf8(&mut [0; 4]));
            match plain.chars().next() {
                Some(p) if plain.is_ascii() && c.is_uppercase() => {
                    p.to_uppercase().chain(plain.chars().skip(1)).collect()
                }
                Some(_) if plain.is_ascii() => plain,
                _ => c.to_string(),
            }
        })
        .collect()
}

impl Lexicon {
    fn index(&mut self, words: usize) {
        let all = std::mem::take(&mut self.words);
        let key = |p: &Phrase| &all[p.words as usize..p.words as usize + usize::from(p.len)];
        self.phrases.sort_by(|a, b| key(a).cmp(key(b)));
        // Of the same words the first drafted stays.
        let merged = &mut self.merged;
        self.phrases.dedup_by(|b, a| {
            let same = key(a) == key(b);
            if same && a.value != b.value {
                merged.push((a.value, b.value));
            }
            same
        });
        self.first = vec![0..0; words + 1];
        let mut from = 0;
        while from < self.phrases.len() {
            let word = key(&self.phrases[from])[0];
            let len = self.phrases[from..].partition_point(|p| key(p)[0] == word);
            if let Some(slot) = self.first.get_mut(word.0 as usize) {
                *slot = from as u32..(from + len) as u32;
            }
            from += len;
        }
        self.words = all;
    }

    /// Whether some phrase begins with a word.
    #[inline]
    pub(super) fn begins(&self, word: Word) -> bool {
        self.first
            .get(word.0 as usize)
            .is_some_and(|r| r.start < r.end)
    }

    /// The phrases that stand at a place, the longest first: how many tokens, and the value.
    pub(super) fn at(&self, tokens: &[Token], at: usize, end: usize) -> Found {
        let mut found = Found::default();
        let Some(first) = tokens.get(at) else {
            return found;
        };
        let Some(range) = self.first.get(first.word.0 as usize) else {
            return found;
        };
        let (mut low, mut high) = (range.start as usize, range.end as usize);
        let mut depth = 0;
        while low < high {
            // All phrases in the range share their first `depth + 1` words; one that ends there
            // comes first.
            let phrase = &self.phrases[low];
            if usize::from(phrase.len) == depth + 1 {
                let capital = usize::from(phrase.capital);
                if phrase.capital == NO_CAPITAL || tokens[at + capital].capital {
                    found.push(depth + 1, phrase.value);
                }
                low += 1;
            }
            depth += 1;
            let Some(next) = tokens.get(at + depth).filter(|_| at + depth < end) else {
                break;
            };
            if next.word == Word::NONE {
                break;
            }
            let word = |p: &Phrase| self.words[p.words as usize + depth];
            let part = &self.phrases[low..high];
            let skip = part.partition_point(|p| word(p) < next.word);
            let take = part[skip..].partition_point(|p| word(p) == next.word);
            low += skip;
            high = low + take;
        }
        found
    }

    /// The longest phrase that stands at a place.
    pub(super) fn longest(&self, tokens: &[Token], at: usize, end: usize) -> Option<(usize, u32)> {
        self.at(tokens, at, end).next()
    }
}

/// Up to four phrases at one place; more never matter.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    items: [(u16, u32); 4],
    len: usize,
}

impl Found {
    fn push(&mut self, len: usize, value: u32) {
        if self.len == self.items.len() {
            self.items.copy_within(1.., 0);
            self.len -= 1;
        }
        self.items[self.len] = (len as u16, value);
        self.len += 1;
    }
}

impl Iterator for Found {
    type Item = (usize, u32);

    fn next(&mut self) -> Option<(usize, u32)> {
        self.len = self.len.checked_sub(1)?;
        let (len, value) = self.items[self.len];
        Some((usize::from(len), value))
    }
}

/// A set of words.
#[derive(Clone, Debug, Default)]
pub(super) struct WordSet {
    bits: Vec<bool>,
}

impl WordSet {
    /// Puts in every word of a phrase.
    pub(super) fn add(&mut self, phrase: &str, vocabulary: &mut Vocabulary) {
        for piece in phrase.split([' ', '-']).filter(|p| !p.is_empty()) {
            let word = vocabulary.add(&fold_word(piece.trim_end_matches('.')));
            let at = word.0 as usize;
            if self.bits.len() <= at {
                self.bits.resize(at + 1, false);
            }
            self.bits[at] = true;
        }
    }

    /// Whether a token is one of them.
    #[inline]
    pub(super) fn has(&self, token: &Token) -> bool {
        token.kind == Kind::Word && self.bits.get(token.word.0 as usize).copied() == Some(true)
    }
}
