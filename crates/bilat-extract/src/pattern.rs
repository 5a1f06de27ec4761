//! The language that rules are written in: short patterns over words.
//!
//! | in a pattern | matches |
//! |---|---|
//! | `trade turnover` | these words, whatever their case |
//! | `(trade\|goods) turnover` | one of several, each a word or several words |
//! | `[bilateral\|mutual] trade` | the same, or nothing |
//! | `<number>` | any number |
//! | `<name>` | a word with a capital |
//! | `<country>` | a country, its people or its adjective |
//! | `<amount>` | a number with its unit |
//! | `<time>` | a date or period |
//! | `<person>` | a person or an office |
//! | `<ordinal>` | "third", "51st", "XII": a word, so that a pattern may begin with it |
//! | `..` | up to three words, of the same sentence |
//! | `...` | up to eight |
//!
//! A pattern begins with a word, which may be one that can be absent. Matching costs at each word the patterns that begin with it, and
//! each of those a bounded number of steps, so that a text takes time linear in its length.

use std::ops::Range;

use crate::ordinals;
use crate::tokens::{Kind, Token, Tokens, Vocabulary, Word, fold_word};

/// What stands at a token besides its word, for the bracketed parts of patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// A number.
    Number,
    /// A word with a capital.
    Name,
    /// A country mention.
    Country,
    /// A number with its unit.
    Amount,
    /// A temporal expression.
    Time,
    /// A person or an office.
    Person,
}

/// Where mentions of each class begin and end.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    /// By [`Class`]: where each mention begins and ends, in order.
    ends: [Vec<(usize, usize)>; 6],
    /// For each token, a bit for each class that begins there: most tokens begin none.
    begin: Vec<u8>,
}

impl Classes {
    /// Says that a mention stands at these tokens.
    pub fn mark(&mut self, class: Class, tokens: &Range<usize>) {
        if self.begin.len() <= tokens.start {
            self.begin.resize(tokens.start + 1, 0);
        }
        self.begin[tokens.start] |= 1 << class as u8;
        let ends = &mut self.ends[class as usize];
        let at = match ends.last() {
            Some((last, _)) if *last >= tokens.start => {
                ends.partition_point(|(start, _)| *start < tokens.start)
            }
            _ => ends.len(),
        };
        match ends.get_mut(at).filter(|(start, _)| *start == tokens.start) {
            Some((_, end)) => *end = tokens.end,
            None => ends.insert(at, (tokens.start, tokens.end)),
        }
    }

    fn end(&self, at: usize, class: Class) -> Option<usize> {
        let begins = self.begin.get(at)? & 1 << class as u8 != 0;
        let ends = &self.ends[class as usize];
        let found = ends.get(ends.partition_point(|(start, _)| *start < at));
        found.filter(|_| begins).map(|(_, end)| *end)
    }
}

#[derive(Clone, Debug)]
enum Part {
    Word(Word),
    /// One of these sequences.
    Any(Vec<Vec<Part>>),
    /// One of these sequences, or nothing.
    Maybe(Vec<Vec<Part>>),
    Class(Class),
    /// Up to so many tokens.
    Gap(usize),
}

/// The pattern is not of the language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("pattern “{pattern}”: {why}")]
pub struct BadPattern {
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it.
    pub why: &'static str,
}

/// One pattern, ready to match.
#[derive(Clone, Debug)]
pub struct Pattern {
    parts: Vec<Part>,
}

impl Pattern {
    /// Reads a pattern; its words are added to the vocabulary.
    ///
    /// # Errors
    /// [`BadPattern`].
    pub fn new(pattern: &str, vocabulary: &mut Vocabulary) -> Result<Self, BadPattern> {
        let bad = |why| BadPattern {
            pattern: pattern.to_owned(),
            why,
        };
        let mut rest = pattern.trim();
        let parts = sequence(&mut rest, vocabulary, 0).map_err(bad)?;
        if !rest.is_empty() {
            return Err(bad("a bracket is closed that was never opened"));
        }
        let begins = parts.iter().find(|p| !matches!(p, Part::Maybe(_)));
        match begins {
            Some(Part::Word(_) | Part::Any(_)) => Ok(Self { parts }),
            _ => Err(bad("it must begin with a word")),
        }
    }

    /// The words that a match can begin with.
    fn heads(&self, out: &mut Vec<Word>) {
        heads(&self.parts, out);
    }

    /// The words that can follow a head in a match; `None` where anything can.
    fn seconds(&self, head: Word) -> Option<Vec<Word>> {
        let mut collected = Collected {
            words: Vec::new(),
            steps: BUDGET,
        };
        let words_only = collected.seconds(&self.parts, None, head);
        words_only.then_some(collected.words)
    }

    /// One past the last token of the longest match that begins at `at`.
    fn end(
        &self,
        at: usize,
        limit: usize,
        tokens: &Tokens<'_>,
        classes: &Classes,
    ) -> Option<usize> {
        let mut walk = Walk {
            limit,
            tokens: &tokens.tokens,
            classes,
            best: None,
            budget: BUDGET,
        };
        walk.parts(&self.parts, None, at);
        walk.best
    }
}

/// Steps that one attempt may take; far more than any rule needs, so that none can run away.
const BUDGET: u32 = 4_000;

fn heads(parts: &[Part], out: &mut Vec<Word>) {
    for part in parts {
        match part {
            Part::Word(w) => out.push(*w),
            Part::Any(alternatives) | Part::Maybe(alternatives) => {
                alternatives.iter().for_each(|a| heads(a, out));
            }
            Part::Class(_) | Part::Gap(_) => {}
        }
        if !matches!(part, Part::Maybe(_)) {
            break;
        }
    }
}

/// What is left to match behind a bracketed part: sequences within sequences.
#[derive(Clone, Copy)]
struct After<'a> {
    parts: &'a [Part],
    then: Option<&'a After<'a>>,
}

/// The words that can follow one, as they are collected.
struct Collected {
    words: Vec<Word>,
    /// Brackets within brackets can be passed in more ways than there is time for; what is left
    /// when the steps are used up counts as anything.
    steps: u32,
}

impl Collected {
    fn step(&mut self) -> bool {
        self.steps = self.steps.saturating_sub(1);
        self.steps > 0
    }

    /// Collects the words that can follow `head`; false when something else than a word can.
    fn seconds(&mut self, parts: &[Part], after: Option<&After<'_>>, head: Word) -> bool {
        if !self.step() {
            return false;
        }
        let Some((part, rest)) = parts.split_first() else {
            return after.is_none_or(|a| self.seconds(a.parts, a.then, head));
        };
        let behind = After {
            parts: rest,
            then: after,
        };
        match part {
            Part::Word(word) => *word != head || self.firsts(rest, after),
            Part::Any(all) => all.iter().all(|s| self.seconds(s, Some(&behind), head)),
            Part::Maybe(all) => {
                all.iter().all(|s| self.seconds(s, Some(&behind), head))
                    && self.seconds(rest, after, head)
            }
            Part::Class(_) | Part::Gap(_) => false,
        }
    }

    /// Collects the words that parts can begin with; false when they can begin with something else,
    /// or when nothing is left of the pattern.
    fn firsts(&mut self, parts: &[Part], after: Option<&After<'_>>) -> bool {
        if !self.step() {
            return false;
        }
        let Some((part, rest)) = parts.split_first() else {
            return after.is_some_and(|a| self.firsts(a.parts, a.then));
        };
        let behind = After {
            parts: rest,
            then: after,
        };
        match part {
            Part::Word(word) => {
                self.words.push(*word);
                true
            }
            Part::Any(all) => all.iter().all(|s| self.firsts(s, Some(&behind))),
            Part::Maybe(all) => {
                all.iter().all(|s| self.firsts(s, Some(&behind))) && self.firsts(rest, after)
            }
            Part::Class(_) | Part::Gap(_) => false,
        }
    }
}

fn sequence(
    rest: &mut &str,
    vocabulary: &mut Vocabulary,
    depth: u8,
) -> Result<Vec<Part>, &'static str> {
    let mut parts = Vec::new();
    if depth > 4 {
        return Err("brackets are nested too deeply");
    }
    loop {
        *rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            break;
        };
        match first {
            '(' => {
                *rest = &rest[1..];
                parts.push(Part::Any(alternatives(rest, ')', vocabulary, depth)?));
            }
            '[' => {
                *rest = &rest[1..];
                parts.push(Part::Maybe(alternatives(rest, ']', vocabulary, depth)?));
            }
            ')' | ']' | '|' => break,
            '<' => {
                let (name, after) = rest[1..].split_once('>').ok_or("a class is not closed")?;
                *rest = after;
                if name == "ordinal" {
                    let word = |w: String| vec![Part::Word(vocabulary.add(&w))];
                    parts.push(Part::Any(ordinals::all().into_iter().map(word).collect()));
                    continue;
                }
                parts.push(Part::Class(match name {
                    "number" => Class::Number,
                    "name" => Class::Name,
                    "country" => Class::Country,
                    "amount" => Class::Amount,
                    "time" => Class::Time,
                    "person" => Class::Person,
                    _ => return Err("no such class"),
                }));
            }
            _ => {
                let end = rest
                    .find(|c: char| {
                        c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '|' | '<')
                    })
                    .unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                *rest = after;
                match word {
                    ".." => parts.push(Part::Gap(3)),
                    "..." => parts.push(Part::Gap(8)),
                    _ => words(word, vocabulary, &mut parts),
                }
            }
        }
    }
    Ok(parts)
}

/// A pattern's word as the text is cut: "x-ray" and "state's" are several tokens.
fn words(word: &str, vocabulary: &mut Vocabulary, parts: &mut Vec<Part>) {
    let folded = fold_word(word);
    let (stem, ending) = match folded.strip_suffix("'s") {
        Some(stem) if !stem.is_empty() => (stem, Some("'s")),
        _ => (folded.as_str(), None),
    };
    let mut first = true;
    for piece in stem.split('-') {
        if !first {
            parts.push(Part::Word(vocabulary.add("-")));
        }
        first = false;
        if !piece.is_empty() {
            parts.push(Part::Word(vocabulary.add(piece)));
        }
    }
    if let Some(ending) = ending {
        parts.push(Part::Word(vocabulary.add(ending)));
    }
}

fn alternatives(
    rest: &mut &str,
    close: char,
    vocabulary: &mut Vocabulary,
    depth: u8,
) -> Result<Vec<Vec<Part>>, &'static str> {
    let mut out = Vec::new();
    loop {
        out.push(sequence(rest, vocabulary, depth + 1)?);
        match rest.chars().next() {
            Some('|') => *rest = &rest[1..],
            Some(c) if c == close => {
                *rest = &rest[1..];
                break;
            }
            _ => return Err("a bracket is not closed"),
        }
    }
    match out.iter().any(Vec::is_empty) {
        true => Err("an alternative is empty; write [x] for what may be absent"),
        false => Ok(out),
    }
}

/// One attempt to match a pattern.
struct Walk<'a> {
    limit: usize,
    tokens: &'a [Token],
    classes: &'a Classes,
    /// The furthest end so far.
    best: Option<usize>,
    budget: u32,
}

impl Walk<'_> {
    /// Matches `parts`, then the sequences of `after`, and keeps the furthest end.
    fn parts(&mut self, parts: &[Part], after: Option<&After<'_>>, at: usize) {
        if self.budget == 0 {
            return;
        }
        self.budget -= 1;
        let Some((part, rest)) = parts.split_first() else {
            match after {
                None => self.best = Some(self.best.map_or(at, |b| b.max(at))),
                Some(a) => self.parts(a.parts, a.then, at),
            }
            return;
        };
        match part {
            Part::Word(word) => {
                if at < self.limit && self.tokens[at].word == *word {
                    self.parts(rest, after, at + 1);
                }
            }
            Part::Any(sequences) => self.any(sequences, rest, after, at),
            Part::Maybe(sequences) => {
                self.any(sequences, rest, after, at);
                self.parts(rest, after, at);
            }
            Part::Class(class) => {
                if let Some(end) = self.class(*class, at).filter(|e| *e <= self.limit) {
                    self.parts(rest, after, end);
                }
            }
            Part::Gap(most) => {
                for skip in 0..=*most {
                    if at + skip > self.limit {
                        break;
                    }
                    self.parts(rest, after, at + skip);
                }
            }
        }
    }

    fn any(
        &mut self,
        sequences: &[Vec<Part>],
        rest: &[Part],
        after: Option<&After<'_>>,
        at: usize,
    ) {
        let after = After {
            parts: rest,
            then: after,
        };
        for sequence in sequences {
            self.parts(sequence, Some(&after), at);
        }
    }

    fn class(&self, class: Class, at: usize) -> Option<usize> {
        let token = self.tokens.get(at).filter(|_| at < self.limit);
        match class {
            Class::Number if token.is_some_and(|t| t.kind == Kind::Number) => Some(at + 1),
            Class::Name if token.is_some_and(|t| t.capital) => Some(at + 1),
            _ => self.classes.end(at, class),
        }
    }
}

/// Many patterns, found together.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    patterns: Vec<(usize, Pattern)>,
    /// By [`Word`]: the patterns that begin with it.
    by_head: Vec<Vec<Start>>,
}

/// A pattern that can begin with a word.
#[derive(Clone, Debug)]
struct Start {
    pattern: u32,
    /// The words that must follow, where only certain words can; sorted.
    seconds: Option<Box<[Word]>>,
}

/// A match: whose pattern it was, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// As given to [`Matcher::add`].
    pub rule: usize,
    /// Which tokens.
    pub tokens: Range<usize>,
}

impl Matcher {
    /// Adds a pattern of a rule.
    pub fn add(&mut self, rule: usize, pattern: Pattern) {
        let mut words = Vec::new();
        pattern.heads(&mut words);
        words.sort_unstable();
        words.dedup();
        let index = self.patterns.len() as u32;
        for word in words {
            let at = word.0 as usize;
            if self.by_head.len() <= at {
                self.by_head.resize(at + 1, Vec::new());
            }
            let seconds = pattern.seconds(word).map(|mut words| {
                words.sort_unstable();
                words.dedup();
                words.into_boxed_slice()
            });
            self.by_head[at].push(Start {
                pattern: index,
                seconds,
            });
        }
        self.patterns.push((rule, pattern));
    }

    /// Every match in a range of tokens, by where it begins; of one rule at one place the longest.
    #[must_use]
    pub fn find(&self, range: Range<usize>, tokens: &Tokens<'_>, classes: &Classes) -> Vec<Found> {
        let mut out: Vec<Found> = Vec::new();
        for at in range.clone() {
            let word = tokens.tokens[at].word;
            if word == Word::NONE {
                continue;
            }
            let Some(starts) = self.by_head.get(word.0 as usize) else {
                continue;
            };
            let here = out.len();
            let next = match at + 1 < range.end {
                true => tokens.tokens[at + 1].word,
                false => Word::NONE,
            };
            for start in starts {
                if start.seconds.as_ref().is_some_and(|s| !s.contains(&next)) {
                    continue;
                }
                let (rule, pattern) = &self.patterns[start.pattern as usize];
                let Some(end) = pattern.end(at, range.end, tokens, classes) else {
                    continue;
                };
                match out[here..].iter_mut().find(|f| f.rule == *rule) {
                    Some(found) => found.tokens.end = found.tokens.end.max(end),
                    None => out.push(Found {
                        rule: *rule,
                        tokens: at..end,
                    }),
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bilat_model::document::{Block, BlockKind, Span};

    fn ends(pattern: &str, text: &str) -> Vec<String> {
        let mut vocabulary = Vocabulary::default();
        let mut matcher = Matcher::default();
        matcher.add(7, Pattern::new(pattern, &mut vocabulary).unwrap());
        let block = Block {
            span: Span::new(0, text.len()),
            kind: BlockKind::Paragraph,
        };
        let tokens = Tokens::new(text, &[block], &vocabulary);
        let found = matcher.find(0..tokens.tokens.len(), &tokens, &Classes::default());
        found
            .iter()
            .map(|f| tokens.slice(&f.tokens).to_owned())
            .collect()
    }

    #[test]
    fn words_alternatives_and_gaps() {
        assert_eq!(
            ends("(trade|goods) turnover", "Trade turnover, goods turnover"),
            ["Trade turnover", "goods turnover"]
        );
        assert_eq!(
            ends(
                "signed [a|the] (memorandum of understanding|agreement)",
                "They signed a memorandum of understanding."
            ),
            ["signed a memorandum of understanding"]
        );
        assert_eq!(
            ends("take .. place", "will take its place"),
            ["take its place"]
        );
        assert_eq!(
            ends("take .. place", "take one two three four place"),
            Vec::<String>::new()
        );
        assert_eq!(ends("non-oil", "the non-oil sector"), ["non-oil"]);
        assert_eq!(ends("no. <number>", "No 1325"), Vec::<String>::new());
    }

    #[test]
    fn brackets_within_brackets_without_end_are_passed_by() {
        let pattern = format!("trade {}volume", "[[a b] ]".repeat(200));
        assert_eq!(ends(&pattern, "Trade volume rose."), ["Trade volume"]);
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for bad in [
            "",
            "[x]",
            "(a|",
            "a)",
            "(a|)",
            "<nothing> x",
            "a <b",
            ".. a",
        ] {
            assert!(
                Pattern::new(bad, &mut Vocabulary::default()).is_err(),
                "{bad}"
            );
        }
    }
}
