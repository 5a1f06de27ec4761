//! The day that a text is dated by at its very beginning.

use super::lexicon::Lexicon;
use super::raw::{Found, Raw, YearRef};
use crate::tokens::{Kind, Tokens};

/// The first lines of a text, where its dateline may stand.
pub(super) struct Head {
    /// Sentences from this one on do not count.
    end: usize,
}

/// How far down a dateline may stand, in blocks, and how long it may be, in tokens.
const HEAD_BLOCKS: usize = 3;
const DATELINE: usize = 14;

impl Head {
    pub(super) fn new(tokens: &Tokens<'_>) -> Self {
        let mut blocks = 0;
        let mut last = None;
        for (n, s) in tokens.sentences.iter().enumerate() {
            if last != Some(s.block) {
                blocks += 1;
                last = Some(s.block);
            }
            if blocks > HEAD_BLOCKS {
                return Self { end: n };
            }
        }
        Self {
            end: tokens.sentences.len(),
        }
    }

    /// Whether an expression dates the text: a day that opens its block, or follows nothing but
    /// places, and is cut off from what comes after it.
    pub(super) fn holds(&self, tokens: &Tokens<'_>, lexicon: &Lexicon, f: &Found) -> bool {
        let day = matches!(f.value, Raw::Day(_) | Raw::Month((YearRef::Given(_), _)));
        let Some(sentence) = tokens.sentences.get(f.sentence) else {
            return false;
        };
        let opens = f.sentence == 0
            || tokens
                .sentences
                .get(f.sentence - 1)
                .is_some_and(|s| s.block != sentence.block);
        let before = sentence.tokens.start..f.tokens.start;
        if !day || f.sentence >= self.end || !opens || before.len() > DATELINE {
            return false;
        }
        let place = before.clone().all(|i| {
            tokens.tokens.get(i).is_some_and(|t| match t.kind {
                Kind::Word => t.capital && lexicon.word(t.word).lead.is_none(),
                Kind::Number => false,
                Kind::Sign(c) => matches!(c, ',' | '(' | ')' | '-' | '/' | '.' | ':' | '|'),
            })
        });
        let next = tokens
            .tokens
            .get(f.tokens.end)
            .filter(|_| f.tokens.end < sentence.tokens.end);
        let cut = next
            .is_none_or(|t| matches!(t.kind, Kind::Sign('.' | '-' | '/' | ':' | '(' | ')' | '|')));
        // "Tehran, May 23, IRNA.": an agency between the day and the end of the dateline.
        let agency = next.is_some_and(|t| t.is(',')) && {
            let mut rest = tokens.tokens[f.tokens.end + 1..sentence.tokens.end].iter();
            let named = rest.by_ref().take(4).take_while(|t| t.capital).count();
            let after = tokens.tokens.get(f.tokens.end + 1 + named);
            named > 0
                && after.is_some_and(|t| matches!(t.kind, Kind::Sign('.' | '-' | '/' | ':' | ')')))
        };
        let last = next.is_none() || f.tokens.end + 1 == sentence.tokens.end;
        let comma = before
            .end
            .checked_sub(1)
            .is_some_and(|i| tokens.tokens[i].is(','));
        // "Remarks of the minister, 26 June 2014."
        let title = f.sentence == 0 && last && comma;
        cut && (place || title) || agency && place && !before.is_empty()
    }
}
