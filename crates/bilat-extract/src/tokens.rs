//! A text as words: tokens with exact spans, sentences, and the words that rules know.
//!
//! Word boundaries are those of Unicode (UAX 29); on top of them a possessive ending is a token of
//! its own ("Georgia", "'s"), and a unit glued to its number is cut off ("2.4", "bn"). Sentences
//! end at a full stop that no abbreviation, initial or number explains, and at the end of a block.

mod bounds;
mod vocabulary;

use std::ops::Range;

use bilat_model::document::{Block, BlockKind, Span};

pub use vocabulary::{Vocabulary, Word};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters first.
    Word,
    /// A digit first: `105.7`, `1,250`, `2022`.
    Number,
    /// One sign: `$`, `%`, `,`, `(`; hyphens, dashes and minus signs are `-`, quotes `"` and `'`.
    Sign(char),
}

/// A word, number or sign.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
    /// The word it is, folded: lower case, plain quotes, letters of other scripts mended.
    pub word: Word,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether white space comes before it.
    pub spaced: bool,
}

impl Token {
    /// Whether it is this sign.
    #[must_use]
    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// A sentence: tokens that belong together.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Which tokens.
    pub tokens: Range<usize>,
    /// The block it stands in, counted from 0.
    pub block: usize,
    /// What part that block plays.
    pub kind: BlockKind,
}

/// A text cut into tokens and sentences.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    /// The text itself.
    pub text: &'a str,
    /// In order.
    pub tokens: Vec<Token>,
    /// In order, without overlap.
    pub sentences: Vec<Sentence>,
}

/// A word as rules write it: lower case, with plain apostrophes and hyphens, and with the letters
/// that only look Latin put right where the rest of the word is Latin.
#[must_use]
pub fn fold_word(raw: &str) -> String {
    if raw.is_ascii() {
        return raw.to_ascii_lowercase();
    }
    let latin = raw.chars().any(|c| c.is_ascii_alphabetic());
    raw.chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if latin { look_alike(c) } else { c })
        .flat_map(char::to_lowercase)
        .map(plain_sign)
        .collect()
}

/// Marks that are not seen: soft hyphens, joiners, direction marks.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The Latin letter that a Cyrillic or Greek one looks like.
fn look_alike(c: char) -> char {
    match c {
        'а' => 'a',
        'е' => 'e',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'х' => 'x',
        'у' => 'y',
        'і' => 'i',
        'ј' => 'j',
        'ѕ' => 's',
        'ԁ' => 'd',
        'һ' => 'h',
        'ո' => 'n',
        'ԛ' => 'q',
        'ԝ' => 'w',
        'ӏ' => 'l',
        'А' => 'A',
        'В' => 'B',
        'Е' => 'E',
        'К' => 'K',
        'М' => 'M',
        'Н' => 'H',
        'О' => 'O',
        'Р' => 'P',
        'С' => 'C',
        'Т' => 'T',
        'Х' => 'X',
        'У' => 'Y',
        'І' => 'I',
        'Ј' => 'J',
        'Ѕ' => 'S',
        'Ӏ' => 'I',
        'ο' => 'o',
        'α' => 'a',
        'ν' => 'v',
        'ρ' => 'p',
        'ι' => 'i',
        'υ' => 'u',
        'κ' => 'k',
        'τ' => 't',
        'Α' => 'A',
        'Β' => 'B',
        'Ε' => 'E',
        'Ζ' => 'Z',
        'Η' => 'H',
        'Ι' => 'I',
        'Κ' => 'K',
        'Μ' => 'M',
        'Ν' => 'N',
        'Ο' => 'O',
        'Ρ' => 'P',
        'Τ' => 'T',
        'Υ' => 'Y',
        'Χ' => 'X',
        'ａ'..='ｚ' => char::from_u32(c as u32 - 'ａ' as u32 + 'a' as u32).unwrap_or(c),
        'Ａ'..='Ｚ' => char::from_u32(c as u32 - 'Ａ' as u32 + 'A' as u32).unwrap_or(c),
        _ => c,
    }
}

/// One sign for each family of quotes, apostrophes, hyphens and dashes.
#[must_use]
pub fn plain_sign(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | 'ʹ' | '`' | '´' | '′' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‹' | '›' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '－' => '-',
        '％' | '﹪' | '٪' => '%',
        '（' => '(',
        '）' => ')',
        _ => c,
    }
}

/// Where a sign of money made of letters ends and its number begins: "Dh11.4", "USD400m", and a
/// single letter where the number has a fraction or a scale word ("R12.4 billion", "E118 million",
/// but not "Q3", "G20", "A320").
fn glued(piece: &str, rest: &str, vocabulary: &Vocabulary) -> Option<usize> {
    let bytes = piece.as_bytes();
    let cut = bytes.iter().take(5).position(u8::is_ascii_digit)?;
    let letters = bytes.get(..cut).filter(|l| !l.is_empty())?;
    if !letters.iter().all(u8::is_ascii_alphabetic) || !letters[0].is_ascii_uppercase() {
        return None;
    }
    let sign = piece[..cut].to_ascii_lowercase();
    if !vocabulary.is_sign(&sign) {
        return None;
    }
    let number = &piece[cut..];
    let scaled = || {
        let tail = number.trim_start_matches(|c: char| c.is_ascii_digit() || ".,".contains(c));
        let next = rest.trim_start();
        ["m", "bn", "b", "mn", "mln", "bln", "tn", "trn", "cr"].contains(&tail)
            || tail.is_empty()
                && next.len() < rest.len()
                && [
                    "million", "billion", "trillion", "thousand", "mln", "bln", "mn", "bn",
                    "crore", "lakh",
                ]
                .iter()
                .any(|w| next.starts_with(w))
    };
    (cut > 2 || number.contains(['.', ',']) || scaled()).then_some(cut)
}

impl<'a> Tokens<'a> {
    /// Cuts the blocks of a text that are read.
    #[must_use]
    pub fn new(text: &'a str, blocks: &[Block], vocabulary: &Vocabulary) -> Self {
        let mut out = Self {
            text,
            tokens: Vec::with_capacity(text.len() / 5),
            sentences: Vec::new(),
        };
        for (i, block) in blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::Furniture | BlockKind::Caption) {
                continue;
            }
            let from = out.tokens.len();
            out.cut(block.span, vocabulary);
            out.split(from, i, block.kind);
        }
        out
    }

    /// The bytes of a range of tokens, from the first's begin to the last's end.
    #[must_use]
    pub fn span(&self, range: &Range<usize>) -> Span {
        match (
            self.tokens.get(range.start),
            self.tokens.get(range.end.wrapping_sub(1)),
        ) {
            (Some(a), Some(b)) if range.start < range.end => Span::new(a.span.start, b.span.end),
            _ => Span::new(0, 0),
        }
    }

    /// The text of a range of tokens.
    #[must_use]
    pub fn slice(&self, range: &Range<usize>) -> &'a str {
        let s = self.span(range);
        &self.text[s.start..s.end]
    }

    /// The text of one token.
    #[must_use]
    pub fn raw(&self, at: usize) -> &'a str {
        self.tokens
            .get(at)
            .map_or("", |t| &self.text[t.span.start..t.span.end])
    }

    fn cut(&mut self, span: Span, vocabulary: &Vocabulary) {
        let text = self.text.get(span.start..span.end).unwrap_or_default();
        let mut spaced = true;
        for (at, piece) in bounds::pieces(text) {
            let Some(first) = piece.chars().next() else {
                continue;
            };
            if first.is_whitespace() {
                spaced = true;
                continue;
            }
            if !first.is_ascii() && piece.chars().all(is_invisible) {
                continue;
            }
            let rest = &text[at + piece.len()..];
            match glued(piece, rest, vocabulary) {
                Some(cut) => {
                    let at = span.start + at;
                    self.piece(at, &piece[..cut], spaced, vocabulary);
                    self.piece(at + cut, &piece[cut..], false, vocabulary);
                }
                None => self.piece(span.start + at, piece, spaced, vocabulary),
            }
            spaced = false;
        }
    }

    /// One piece between word boundaries, as one token or several.
    fn piece(&mut self, at: usize, piece: &str, spaced: bool, vocabulary: &Vocabulary) {
        let first = piece.chars().find(|c| !is_invisible(*c)).unwrap_or(' ');
        if first.is_ascii_digit() {
            // "2.4bn": the number ends where the letters begin; ordinals ("9th") stay whole.
            let digits = piece
                .find(|c: char| {
                    // A mark that is not seen goes with the digits: cut off, it would come back
                    // at the head of the rest for ever.
                    !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’') || is_invisible(c))
                })
                .unwrap_or(piece.len());
            let tail = &piece[digits..];
            let ordinal = matches!(fold_word(tail).as_str(), "st" | "nd" | "rd" | "th");
            if digits < piece.len() && !ordinal {
                self.push(at, &piece[..digits], Kind::Number, spaced, vocabulary);
                self.piece(at + digits, tail, false, vocabulary);
            } else {
                self.push(at, piece, Kind::Number, spaced, vocabulary);
            }
        } else if first.is_alphanumeric() {
            let possessive =
                piece.char_indices().rev().nth(1).filter(|(i, c)| {
                    *i > 0 && plain_sign(*c) == '\'' && piece.ends_with(['s', 'S'])
                });
            match possessive {
                Some((i, _)) => {
                    self.push(at, &piece[..i], Kind::Word, spaced, vocabulary);
                    self.push(at + i, &piece[i..], Kind::Word, false, vocabulary);
                }
                None => self.push(at, piece, Kind::Word, spaced, vocabulary),
            }
        } else {
            self.push(at, piece, Kind::Sign(plain_sign(first)), spaced, vocabulary);
        }
    }

    fn push(&mut self, at: usize, raw: &str, kind: Kind, spaced: bool, vocabulary: &Vocabulary) {
        let word = match kind {
            Kind::Sign(_) | Kind::Number if raw.is_ascii() => vocabulary.get(raw),
            Kind::Sign(c) => vocabulary.get(c.encode_utf8(&mut [0; 4])),
            _ => self.look_up(raw, vocabulary),
        };
        self.tokens.push(Token {
            span: Span::new(at, at + raw.len()),
            kind,
            word,
            capital: raw.chars().next().is_some_and(char::is_uppercase),
            spaced,
        });
    }

    /// Folds without allocating where the word is short and plain, which is nearly always.
    fn look_up(&self, raw: &str, vocabulary: &Vocabulary) -> Word {
        let mut buffer = [0_u8; 32];
        match buffer.get_mut(..raw.len()) {
            Some(low) if raw.is_ascii() => {
                low.copy_from_slice(raw.as_bytes());
                low.make_ascii_lowercase();
                std::str::from_utf8(low).map_or(Word::NONE, |w| vocabulary.get(w))
            }
            _ => vocabulary.get(&fold_word(raw)),
        }
    }

    /// Splits the tokens from `from` on into sentences.
    fn split(&mut self, from: usize, block: usize, kind: BlockKind) {
        let mut start = from;
        for at in from..self.tokens.len() {
            if self.ends_sentence(at) {
                self.sentences.push(Sentence {
                    tokens: start..at + 1,
                    block,
                    kind,
                });
                start = at + 1;
            }
        }
        if start < self.tokens.len() {
            self.sentences.push(Sentence {
                tokens: start..self.tokens.len(),
                block,
                kind,
            });
        }
    }

    fn ends_sentence(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let Kind::Sign(sign) = token.kind else {
            return false;
        };
        let Some(next) = self.tokens.get(at + 1) else {
            return false;
        };
        match sign {
            // A closing quote goes with the sentence before it.
            '!' | '?' | '…' => !next.is('"') && !next.is(')'),
            '"' if !token.spaced && at > 0 && next.spaced => {
                matches!(self.tokens[at - 1].kind, Kind::Sign('.' | '!' | '?')) && next.capital
            }
            '.' if next.is('"') && !next.spaced => false,
            '.' => next.spaced && !self.continues(at, next),
            _ => false,
        }
    }

    /// Whether a full stop belongs to an abbreviation or an initial, or is followed by what does
    /// not begin a sentence.
    fn continues(&self, at: usize, next: &Token) -> bool {
        let opens = next.capital
            || matches!(
                next.kind,
                Kind::Number
                    | Kind::Sign('"' | '\'' | '(' | '[' | '-' | '$' | '€' | '£' | '•' | '*')
            )
            || next.kind == Kind::Word
                && !self.text[next.span.start..].starts_with(char::is_lowercase);
        if !opens {
            return true;
        }
        let Some(before) = at.checked_sub(1).map(|i| &self.tokens[i]) else {
            return false;
        };
        if self.tokens[at].spaced || before.kind != Kind::Word {
            return false;
        }
        let raw = &self.text[before.span.start..before.span.end];
        let initial = raw.chars().count() == 1 && raw.chars().all(char::is_uppercase);
        let folded = fold_word(raw);
        let number = next.kind == Kind::Number;
        initial
            || folded.contains('.')
                && next.capital
                && folded != "p.c"
                && folded != "p.m"
                && folded != "a.m"
            || TITLES.contains(&folded.as_str())
            || number && BEFORE_NUMBERS.contains(&folded.as_str())
    }
}

/// Abbreviations that a name follows.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "sen", "rep", "gov", "st", "hon", "rev", "sr",
    "jr", "lt", "maj", "capt", "messrs", "mt", "ft", "vs", "h.e", "amb", "zh", "sh", "ch", "yu",
    "ya", "dep", "min",
];

/// Abbreviations that a number follows.
const BEFORE_NUMBERS: &[&str] = &[
    "no", "nos", "art", "sec", "vol", "p", "pp", "fig", "res", "jan", "feb", "mar", "apr", "jun",
    "jul", "aug", "sep", "sept", "oct", "nov", "dec", "approx", "ca", "c", "rs", "us", "rub", "fr",
    "al", "inc", "usd", "eur",
];
