//! What looks like time and is not: numbers that are amounts or numbers of documents, and words
//! such as "may" and "march".

use super::lexicon::{Lexicon, Set};
use super::raw::{Found, Raw, YearRef};
use super::value::{Lead, Side, Unit};
use crate::tokens::{Kind, Token, Tokens};

/// Whether a match is told as one. Turns a year that is part of a name into that.
pub(super) fn admits(tokens: &Tokens<'_>, lexicon: &Lexicon, found: &mut Found) -> bool {
    let alone = found.tokens.len() == 1;
    let Some(sentence) = tokens.sentences.get(found.sentence) else {
        return false;
    };
    let around = Around {
        tokens,
        lexicon,
        floor: sentence.tokens.start,
        limit: sentence.tokens.end,
        start: found.tokens.start,
        end: found.tokens.end,
    };
    match found.value {
        Raw::Year(YearRef::Given(year)) if alone => match around.year(year, found.lead) {
            Reading::Year => true,
            Reading::Name => {
                found.value = Raw::Name(year);
                true
            }
            Reading::Other => false,
        },
        Raw::Years(..) | Raw::Fiscal(_) => around.stands_free(),
        Raw::Month((YearRef::Untold, month)) if alone => around.month(month, found.lead),
        Raw::Duration(n, unit, side) => around.length(n, unit, side),
        Raw::Recurring(unit) => around.rate(unit),
        _ => true,
    }
}

enum Reading {
    Year,
    Name,
    Other,
}

struct Around<'r, 't> {
    tokens: &'r Tokens<'t>,
    lexicon: &'r Lexicon,
    floor: usize,
    limit: usize,
    start: usize,
    end: usize,
}

impl<'r> Around<'r, '_> {
    fn before(&self, n: usize) -> Option<&'r Token> {
        let i = self.start.checked_sub(n).filter(|i| *i >= self.floor)?;
        self.tokens.tokens.get(i)
    }

    fn after(&self, n: usize) -> Option<&'r Token> {
        let i = self.end + n - 1;
        self.tokens.tokens.get(i).filter(|_| i < self.limit)
    }

    /// Whether no number or sign is glued to it, as in telephone and document numbers.
    fn stands_free(&self) -> bool {
        let glued = |t: &Token| t.is('/') || t.is('.') || t.is('_') || t.is('=') || t.is(':');
        let own = self.tokens.tokens.get(self.start);
        let before = match (self.before(1), own) {
            (Some(p), Some(t)) if !t.spaced => {
                glued(p) || p.is('-') && self.before(2).is_some_and(|q| q.kind == Kind::Number)
            }
            _ => false,
        };
        let after = match (self.after(1), self.after(2)) {
            (Some(n), Some(m)) if !n.spaced && !m.spaced => {
                (n.is('-') || glued(n)) && m.kind == Kind::Number
            }
            _ => false,
        };
        !before && !after
    }

    fn year(&self, year: i16, lead: Lead) -> Reading {
        let (previous, next) = (self.before(1), self.after(1));
        let (p, n) = (self.lexicon.token(previous), self.lexicon.token(next));
        let joined = self
            .tokens
            .tokens
            .get(self.start)
            .is_some_and(|t| !t.spaced);
        if joined && previous.is_some_and(|t| t.is('-')) {
            let named = self
                .before(2)
                .is_some_and(|t| t.kind == Kind::Word && t.capital);
            if named && self.before(1).is_some_and(|t| !t.spaced) {
                return Reading::Name;
            }
        }
        if !self.stands_free() || self.is_numbered() || self.is_amount(year, lead) {
            return Reading::Other;
        }
        let firm = matches!(
            lead,
            Lead::In
                | Lead::Since
                | Lead::Until
                | Lead::From
                | Lead::By
                | Lead::Before
                | Lead::After
                | Lead::During
                | Lead::Between
        );
        if year < 1850 && !firm {
            return Reading::Other;
        }
        if p.is(Set::Named) && !firm || n.is(Set::Named) && next.is_some_and(|t| t.capital) {
            return Reading::Name;
        }
        match self.follows_name() && lead == Lead::None {
            true => Reading::Name,
            false => Reading::Year,
        }
    }

    /// Whether a capitalised word that is no word of time stands directly before, other than as
    /// the first of its sentence.
    fn follows_name(&self) -> bool {
        let Some(t) = self.before(1) else {
            return false;
        };
        let m = self.lexicon.word(t.word);
        t.kind == Kind::Word
            && t.capital
            && self.start > self.floor + 1
            && !m.tells_time()
            && !m.is(Set::OpenToYears)
    }

    /// "Resolution 1325", "No. 2022".
    fn is_numbered(&self) -> bool {
        let stop = self.before(1).is_some_and(|t| t.is('.'));
        let word = self.before(if stop { 2 } else { 1 });
        let m = self.lexicon.token(word);
        m.is(Set::Numbered) && (!stop || word.is_some_and(|w| w.span.end - w.span.start <= 4))
    }

    fn is_amount(&self, year: i16, lead: Lead) -> bool {
        let (previous, next) = (self.before(1), self.after(1));
        let p = self.lexicon.token(previous);
        if p.is(Set::Hedges) && !p.is(Set::Skipped) {
            return true;
        }
        let words = &self.lexicon.words;
        let than = previous.is_some_and(|t| t.word == words.than);
        if than && self.lexicon.token(self.before(2)).is(Set::More) {
            return true;
        }
        let firm = matches!(lead, Lead::In | Lead::Since | Lead::During);
        if !firm && p.is(Set::Hedges) || self.lexicon.token(next).is(Set::Counted) && !firm {
            return true;
        }
        // "to 2000 small firms": round, and a noun or its adjective follows.
        let round = year % 50 == 0 && !firm;
        let noun = next.is_some_and(|t| t.kind == Kind::Word && !t.capital);
        round
            && noun
            && !self.lexicon.token(next).tells_time()
            && next.map(|t| t.word) != Some(words.and)
    }

    /// "Three quarters of exports" is a share, "in the last quarter of 2022" a quarter of a year.
    fn length(&self, n: Option<u16>, unit: Unit, side: Side) -> bool {
        let of = self
            .after(1)
            .is_some_and(|t| t.word == self.lexicon.words.of);
        let share = unit == Unit::Quarter && (n == Some(1) || side == Side::Unplaced);
        !share && !(of && side == Side::Past)
    }

    /// "A quarter of exports", "a week of culture", "a day-long talk", "a decade" are no rates.
    fn rate(&self, unit: Unit) -> bool {
        let bound = |t: &Token| t.word == self.lexicon.words.of || t.is('-');
        let article = self.tokens.raw(self.start).len() <= 2;
        let long = matches!(unit, Unit::Quarter | Unit::Decade | Unit::Century);
        !(article && (long || self.after(1).is_some_and(bound)))
    }

    fn month(&self, month: u8, lead: Lead) -> bool {
        let Some(t) = self.tokens.tokens.get(self.start) else {
            return false;
        };
        if self.lexicon.word(t.word).short || !t.capital {
            return false;
        }
        // Names of people, and words of their own.
        if !matches!(month, 3..=6 | 8) {
            return true;
        }
        let name = self.before(1).is_some_and(|p| {
            p.kind == Kind::Word && p.capital && !self.lexicon.word(p.word).tells_time()
        });
        let follows = self
            .after(1)
            .is_some_and(|n| n.kind == Kind::Word && n.capital);
        lead != Lead::None && !name && !follows
    }
}
