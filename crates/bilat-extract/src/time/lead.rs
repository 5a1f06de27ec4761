//! The preposition before an expression.

use super::lexicon::{Lexicon, Set};
use super::value::Lead;
use crate::tokens::{Tokens, Word};

/// How many words may stand between a preposition and its expression: "for more than the last".
const REACH: usize = 5;

/// The preposition of an expression that begins at `start`; a pattern that began with one of its
/// own did so at `at`.
pub(super) fn before(
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    sentence: usize,
    at: usize,
    start: usize,
) -> Lead {
    if start > at {
        return lexicon
            .token(tokens.tokens.get(at))
            .lead
            .unwrap_or(Lead::None);
    }
    let floor = tokens
        .sentences
        .get(sentence)
        .map_or(start, |s| s.tokens.start);
    let word = |i: usize| match i >= floor {
        true => tokens.tokens.get(i).map_or(Word::NONE, |t| t.word),
        false => Word::NONE,
    };
    let mut i = start;
    for _ in 0..REACH {
        let Some(here) = i.checked_sub(1).filter(|i| *i >= floor) else {
            return Lead::None;
        };
        i = here;
        let (w, previous) = (word(i), i.checked_sub(1).map_or(Word::NONE, word));
        let meaning = lexicon.word(w);
        let hedge = w == lexicon.words.than && lexicon.word(previous).is(Set::More)
            || w == lexicon.words.over && lexicon.word(previous).lead.is_some();
        if hedge {
            continue;
        }
        if let Some(lead) = two_words(lexicon, w, previous).or(meaning.lead) {
            return lead;
        }
        if !meaning.is(Set::Skipped) {
            return Lead::None;
        }
    }
    Lead::None
}

/// Prepositions of two words, and those that the word before them bends.
fn two_words(lexicon: &Lexicon, word: Word, previous: Word) -> Option<Lead> {
    let w = &lexicon.words;
    let before = lexicon.word(previous);
    if word == w.of && previous == w.as_ {
        return Some(Lead::AsOf);
    }
    if (word == w.to || word == w.with) && before.is(Set::Compared) {
        return Some(Lead::Than);
    }
    if word == w.to && previous == w.up {
        return Some(Lead::Until);
    }
    if word == w.to && previous == w.prior {
        return Some(Lead::Before);
    }
    let counted = word == w.from || word == w.inside || word == w.on;
    if counted && (before.is(Set::Counting) || word == w.from && previous == w.as_) {
        return Some(Lead::Since);
    }
    None
}
