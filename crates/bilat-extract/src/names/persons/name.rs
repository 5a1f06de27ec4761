//! Which capitalised words are a person's name.

use std::ops::Range;

use super::find::{Finder, LONGEST};
use crate::names::As;
use crate::tokens::{Kind, Token};

impl Finder<'_> {
    /// Whether the words around make a person of a name.
    pub(super) fn acts(&self, at: usize, end: usize, range: &Range<usize>) -> bool {
        let o = &self.g.offices;
        let after = self.inside(end, range);
        if after.is_some_and(|t| self.g.bodies.knows(t) && t.capital || t.is('-') && !t.spaced) {
            return false;
        }
        let given = self.g.given_names.has(&self.tokens.tokens[at]);
        let initial = self
            .inside(at + 1, range)
            .is_some_and(|t| t.is('.') && !t.spaced);
        let does = after.is_some_and(|t| !t.capital && o.after.has(t))
            || after.is_some_and(|t| t.is(','))
                && self
                    .inside(end + 1, range)
                    .is_some_and(|t| t.word == self.g.words.who);
        // "Sergey Lavrov and Knowlson Gift signed".
        let both = after.is_some_and(|t| t.word == self.g.words.and)
            && self.run(end + 1, range).is_some_and(|(to, words)| {
                words > 1
                    && self
                        .inside(to, range)
                        .is_some_and(|t| !t.capital && o.after.has(t))
            });
        let does = does || both;
        let suffers = at > range.start && o.before.has(&self.tokens.tokens[at - 1]);
        let place = after.is_some_and(|t| t.capital);
        given || initial || does || suffers && !place
    }

    /// A run of words that read as a person's name: its end and the number of words.
    pub(super) fn run(&self, from: usize, range: &Range<usize>) -> Option<(usize, usize)> {
        let o = &self.g.offices;
        let (mut at, mut end, mut words) = (from, from, 0);
        while let Some(t) = self.inside(at, range) {
            if words >= LONGEST || at > from && !t.spaced && !self.joined(at) {
                break;
            }
            if t.kind == Kind::Word && t.capital && self.may_be_name(at, t, words) {
                words += 1;
                at += 1;
                let raw = self.tokens.raw(at - 1);
                let dot = self.inside(at, range).filter(|d| d.is('.') && !d.spaced);
                let more = self.inside(at + 1, range).is_some_and(|n| n.capital);
                if dot.is_some() && more && raw.chars().count() <= 2 {
                    at += 1;
                }
                end = at;
                if self
                    .inside(at, range)
                    .is_some_and(|h| h.is('-') && !h.spaced)
                    && self
                        .inside(at + 1, range)
                        .is_some_and(|n| !n.spaced && n.kind == Kind::Word)
                {
                    at += 1;
                }
            } else if words > 0 && o.particles.has(t) && !t.capital && self.mention(at).is_none() {
                at += 1;
                if self
                    .inside(at, range)
                    .is_some_and(|h| h.is('-') && !h.spaced)
                {
                    at += 1;
                }
            } else {
                break;
            }
        }
        (words > 0).then_some((end, words))
    }

    /// Whether a token without a space before it goes on a name: after a hyphen or an initial's stop.
    pub(super) fn joined(&self, at: usize) -> bool {
        at.checked_sub(1)
            .and_then(|i| self.token(i))
            .is_some_and(|t| t.is('-') || t.is('.'))
    }

    pub(super) fn may_be_name(&self, at: usize, t: &Token, words: usize) -> bool {
        let o = &self.g.offices;
        let raw = self.tokens.raw(at);
        let initial =
            raw.chars().count() == 1 && self.token(at + 1).is_some_and(|d| d.is('.') && !d.spaced);
        if initial && self.mention(at).is_none() {
            return true;
        }
        let stop = o.not_a_name.has(t)
            || o.function_words.has(t)
            || self.g.bodies.knows(t)
            || self.g.words.calendar.has(t) && words == 0
            || self.g.words.calendar.has(t)
                && self.token(at + 1).is_some_and(|n| n.kind == Kind::Number)
            || o.titles.begins(t.word)
                && o.titles.longest(&self.tokens.tokens, at, at + 4).is_some();
        let place = self.mention(at).is_some_and(|m| {
            m.how != As::City || self.tokens.raw(at).chars().all(char::is_uppercase)
        });
        // "UN", "EU": abbreviations are no names.
        let abbreviation = raw.len() > 1
            && raw.chars().all(|c| c.is_uppercase() || c == '.')
            && !raw.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        !stop && !place && (!abbreviation || raw.len() > 5)
    }
}
