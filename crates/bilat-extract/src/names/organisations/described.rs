//! A body's name by the word in it that says what it is: "Chamber of Commerce and Industry".

use std::ops::Range;

use super::OrgKind;
use super::find::{Finder, LONGEST};
use crate::names::{As, Mention};
use crate::tokens::{Kind, Token};

impl<'a> Finder<'a> {
    /// A run of capitalised words with one that says what the whole is.
    pub(super) fn described(
        &mut self,
        at: usize,
        range: &Range<usize>,
        heading: bool,
    ) -> Option<usize> {
        if at < self.floor(range) || !self.is_core(at, range) {
            return None;
        }
        let mut end = at;
        while end < range.end && end - at < LONGEST && self.goes_on(end, at, range) {
            end += 1;
        }
        let (kind, head, stop) = self.head(at, end)?;
        let first = head == at;
        let mut to = stop;
        if self.opens_further(to, range) {
            to = self.further(to, range);
        }
        let core = at..to;
        // "Soviet Union" is a state; "Atlantic Co-operation" is cut at its hyphen.
        let state = self.mention(at).is_some_and(|m| m.tokens == core);
        let cut = self
            .inside(to, range)
            .is_some_and(|t| t.is('-') && !t.spaced);
        if state || cut {
            return None;
        }
        // "Committee", "Group" and "Bank" alone are words; a ministry or a parliament is one alone.
        let alone = core.len() == 1;
        let spoken = matches!(kind, OrgKind::Ministry | OrgKind::Parliament);
        if alone && !spoken || heading && first && alone {
            return None;
        }
        let within = self.mentions_in(&core).map(|m| m.country).next();
        let (_, after) = self.country_after(to, range);
        let seat = self.seat(to, range);
        let country = within
            .or_else(|| self.country_before(at, range))
            .or(after)
            .or(seat);
        let country = country.filter(|_| kind != OrgKind::International);
        let kind = self.refine(kind, &core);
        let end = self.push(core, kind, country);
        self.note_short(end, range, kind, country);
        Some(end)
    }

    pub(super) fn mentions_in(&self, core: &Range<usize>) -> impl Iterator<Item = &'a Mention> {
        let from = self
            .mentions
            .partition_point(|m| m.tokens.end <= core.start);
        let end = core.end;
        self.mentions[from..]
            .iter()
            .take_while(move |m| m.tokens.start < end)
    }

    /// Where nothing before belongs to another body.
    pub(super) fn floor(&self, range: &Range<usize>) -> usize {
        self.out
            .last()
            .map_or(range.start, |o| o.tokens.end.max(range.start))
    }

    pub(super) fn is_core(&self, at: usize, range: &Range<usize>) -> bool {
        self.inside(at, range).is_some_and(|t| {
            t.kind == Kind::Word
                && t.capital
                && !self.g.words.calendar.has(t)
                && !self.g.offices.function_word(t)
                && t.word != self.g.words.possessive
        })
    }

    pub(super) fn goes_on(&self, at: usize, from: usize, range: &Range<usize>) -> bool {
        let Some(t) = self.inside(at, range) else {
            return false;
        };
        let hyphen = |t: &Token| (t.is('-') || t.is('&')) && at > from;
        let next = self.inside(at + 1, range);
        if hyphen(t) {
            return t.is('&') || !t.spaced && next.is_some_and(|n| !n.spaced && n.capital);
        }
        // "Political and Integration Commission": an adjective waits for its noun.
        if at > from && t.word == self.g.words.and {
            let raw = self.tokens.raw(at - 1);
            let waits = self.g.offices.portfolio.has(&self.tokens.tokens[at - 1])
                || raw.ends_with("al")
                || raw.ends_with("ic");
            return waits
                && self.mention(at - 1).is_none()
                && self.mention(at + 1).is_none()
                && self.is_core(at + 1, range);
        }
        let joined = at > from && {
            let before = &self.tokens.tokens[at - 1];
            before.is('-') && !before.spaced
        };
        self.is_core(at, range) && (at == from || t.spaced || joined)
    }

    /// Which word of a core says what it is: the last one, else the first one before "of", else the
    /// last that there is, at which the name then ends.
    pub(super) fn head(&self, at: usize, end: usize) -> Option<(OrgKind, usize, usize)> {
        let is = |i: usize| {
            let token = &self.tokens.tokens[i];
            if !self.g.bodies.knows(token) {
                return None;
            }
            self.g
                .bodies
                .heads
                .iter()
                .find(|(_, _, words)| words.has(token))
                .map(|(kind, _, _)| *kind)
        };
        let last = end.checked_sub(1)?;
        if let Some(kind) = is(last) {
            return Some((kind, last, end));
        }
        (at..end)
            .rev()
            .find_map(|i| is(i).map(|kind| (kind, i, i + 1)))
            .filter(|(_, i, _)| *i > at)
    }

    pub(super) fn opens_further(&self, at: usize, range: &Range<usize>) -> bool {
        let w = &self.g.words;
        self.inside(at, range)
            .is_some_and(|t| t.word == w.of || t.word == w.for_ || t.word == w.on)
    }

    /// "of Commerce and Industry of Slovenia": where it ends.
    pub(super) fn further(&self, from: usize, range: &Range<usize>) -> usize {
        let mut last = from;
        let mut at = from;
        while at < range.end.min(from + LONGEST) {
            let t = &self.tokens.tokens[at];
            if let Some(m) = self.mention(at) {
                if m.how == As::People {
                    break;
                }
                last = m.tokens.end.min(range.end);
                at = last;
                if m.how != As::Adjective {
                    break;
                }
            } else if self.is_core(at, range) {
                last = at + 1;
                at += 1;
            } else if self.g.bodies.joiners.has(t) || t.is(',') || t.is('-') && !t.spaced {
                // A comma only inside "of Trade, Industry and Energy".
                let listed = t.is(',') && !self.list_ends_with_and(at, range);
                // Two bodies joined by "and" are two.
                let two = t.word == self.g.words.and && self.new_body(at + 1, range);
                let place = t.word == self.g.words.in_ || t.word == self.g.words.to;
                if listed || two || place {
                    break;
                }
                at += 1;
            } else {
                break;
            }
        }
        last
    }

    pub(super) fn list_ends_with_and(&self, at: usize, range: &Range<usize>) -> bool {
        (at + 1..range.end.min(at + 8))
            .take_while(|i| {
                let t = &self.tokens.tokens[*i];
                t.capital || t.is(',') || t.word == self.g.words.and
            })
            .any(|i| self.tokens.tokens[i].word == self.g.words.and)
            && self
                .inside(at + 1, range)
                .is_some_and(|t| self.g.offices.portfolio.has(t))
    }

    /// Whether another body's name begins at a place: a country's adjective, a person's title, or a
    /// word that says what it is.
    pub(super) fn new_body(&self, at: usize, range: &Range<usize>) -> bool {
        let the = self
            .inside(at, range)
            .is_some_and(|t| t.word == self.g.words.the);
        let at = at + usize::from(the);
        let ends_soon = (at..range.end.min(at + 5))
            .take_while(|i| self.is_core(*i, range))
            .last()
            .is_some_and(|i| self.g.bodies.knows(&self.tokens.tokens[i]));
        the || self.mention(at).is_some() || ends_soon
    }
}
