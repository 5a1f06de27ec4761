//! An office as the text tells it: the title with its field, its body and its country.

use std::ops::Range;

use bilat_model::Country;

use super::find::{Finder, Found};
use super::{Rank, Title};
use crate::names::{As, Mention};
use crate::tokens::{Kind, Token};

impl<'a> Finder<'a> {
    /// The title at a token with all that belongs to it on either side.
    pub(super) fn title(&self, at: usize, floor: usize, range: &Range<usize>) -> Option<Found> {
        let o = &self.g.offices;
        let (len, value) = o.titles.longest(&self.tokens.tokens, at, range.end)?;
        let mut title = *o.title.get(value as usize)?;
        let raw = self.tokens.raw(at);
        let short = len == 1 && raw.len() <= 3;
        let after_number = at > floor && self.token(at - 1).is_some_and(|t| t.kind == Kind::Number);
        if short && (raw.chars().any(char::is_lowercase) || after_number) {
            return None;
        }
        // "state-owner", "co-chair" are cut at the hyphen; "prince-bishop" is no prince.
        if self.token(at + len).is_some_and(|t| t.is('-') && !t.spaced) {
            return None;
        }
        let start = self.leftwards(at, floor, &mut title);
        let mut tokens = start..self.rightwards(at + len, range, title);
        let mut countries = self.countries_before(tokens.start, floor, title);
        if title.rank == Rank::Ambassador && countries.is_empty() {
            tokens.end = self.skip_post(tokens.end, range);
        }
        let mut of_country = false;
        if countries.is_empty()
            && let Some((end, found)) = self.countries_after(tokens.end, range, title)
        {
            tokens.end = end;
            countries = found;
            of_country = true;
        }
        if countries.is_empty() || of_country {
            tokens.end = self.body_after(&mut title, tokens.end, range, of_country)?;
        } else if title.of_body || title.rank == Rank::HeadOfState {
            let end = self.body_after(&mut title, tokens.end, range, true)?;
            tokens.end = end;
        }
        Some(Found {
            tokens,
            title,
            countries,
        })
    }

    /// "deputy economy minister": where it begins.
    pub(super) fn leftwards(&self, at: usize, floor: usize, title: &mut Title) -> usize {
        let o = &self.g.offices;
        let mut start = at;
        let mut field = false;
        while start > floor {
            let Some(before) = self.token(start - 1) else {
                break;
            };
            if before.is('-') && !before.spaced && start >= floor + 2 {
                let word = &self.tokens.tokens[start - 2];
                if !o.deputies.has(word) && !o.modifiers.has(word) {
                    break;
                }
                start -= 1;
            } else if o.deputies.has(before) {
                title.rank = match title.rank {
                    Rank::Minister | Rank::ForeignMinister => Rank::DeputyMinister,
                    Rank::HeadOfState | Rank::HeadOfGovernment => Rank::OtherOfficial,
                    other => other,
                };
                start -= 1;
            } else if title.portfolio
                && o.portfolio.has(before)
                && self.mention(start - 1).is_none()
            {
                field = true;
                start -= 1;
            } else if o.modifiers.has(before) && self.mention(start - 1).is_none() {
                start -= 1;
            } else if field
                && before.word == self.g.words.and
                && start >= floor + 2
                && o.portfolio.has(&self.tokens.tokens[start - 2])
            {
                start -= 2;
            } else {
                break;
            }
        }
        start
    }

    /// "minister of transport and communications", "Secretary of State for economic development":
    /// where the field ends.
    pub(super) fn rightwards(&self, end: usize, range: &Range<usize>, title: Title) -> usize {
        let o = &self.g.offices;
        let w = &self.g.words;
        let opens = self
            .inside(end, range)
            .is_some_and(|t| t.word == w.of || t.word == w.for_);
        if !title.portfolio || !opens {
            return end;
        }
        let mut last = end;
        for at in end + 1..range.end.min(end + 24) {
            let token = &self.tokens.tokens[at];
            if o.portfolio.has(token) && self.mention(at).is_none() {
                last = at + 1;
            } else if !(token.is(',')
                || token.is('&')
                || token.word == w.and
                || token.word == w.the)
            {
                break;
            }
        }
        last
    }

    pub(super) fn inside(&self, at: usize, range: &Range<usize>) -> Option<&'a Token> {
        self.token(at).filter(|_| range.contains(&at))
    }

    /// "ambassador to Slovenia": the post, which is not the country that he is of.
    pub(super) fn skip_post(&self, end: usize, range: &Range<usize>) -> usize {
        let to = self
            .inside(end, range)
            .is_some_and(|t| t.word == self.g.words.to || t.word == self.g.words.in_);
        let the = self
            .inside(end + 1, range)
            .is_some_and(|t| t.word == self.g.words.the);
        let at = end + 1 + usize::from(the);
        match self.mention(at).filter(|m| to && m.tokens.start == at) {
            Some(m) => m.tokens.end,
            None => end,
        }
    }

    /// "Slovenian", "Georgia's", "Kazakh and Slovenian" before an office.
    pub(super) fn countries_before(
        &self,
        start: usize,
        floor: usize,
        title: Title,
    ) -> Vec<Country> {
        let Some(m) = self.ending_at(start) else {
            return Vec::new();
        };
        let mut out = vec![m.country];
        let joined = m.tokens.start.checked_sub(1).filter(|i| *i > floor);
        let and = joined.filter(|i| self.tokens.tokens[*i].word == self.g.words.and);
        if title.plural
            && let Some(other) = and.and_then(|i| self.ending_at(i))
        {
            out.insert(0, other.country);
        }
        out
    }

    /// The mention that ends just before a token, over its possessive ending.
    pub(super) fn ending_at(&self, start: usize) -> Option<&'a Mention> {
        let before = start.checked_sub(1)?;
        let possessive = self.tokens.tokens[before].word == self.g.words.possessive
            || self.tokens.tokens[before].is('\'');
        let m = self.mention(before.checked_sub(usize::from(possessive))?)?;
        (m.possessive || !possessive).then_some(m)
    }

    /// "of Kazakhstan", "of the Republic of Slovenia", "of Kazakhstan and Slovenia".
    pub(super) fn countries_after(
        &self,
        end: usize,
        range: &Range<usize>,
        title: Title,
    ) -> Option<(usize, Vec<Country>)> {
        let w = &self.g.words;
        self.inside(end, range).filter(|t| t.word == w.of)?;
        let the = self.inside(end + 1, range).is_some_and(|t| t.word == w.the);
        let at = end + 1 + usize::from(the);
        let m = self.mention(at).filter(|m| m.tokens.start == at)?;
        if m.possessive || m.how == As::Adjective || m.tokens.end > range.end {
            return None;
        }
        let mut out = (m.tokens.end, vec![m.country]);
        let and = self
            .inside(m.tokens.end, range)
            .is_some_and(|t| t.word == w.and);
        if let Some(other) = self.mention(m.tokens.end + 1).filter(|o| {
            and && title.plural && o.tokens.start == m.tokens.end + 1 && o.how != As::Adjective
        }) {
            out = (other.tokens.end, vec![m.country, other.country]);
        }
        Some(out)
    }

    /// "head of QazTrade", "President of the Chamber of Commerce": where the body ends; `None` when
    /// the title is an office only with one and there is none.
    pub(super) fn body_after(
        &self,
        title: &mut Title,
        end: usize,
        range: &Range<usize>,
        placed: bool,
    ) -> Option<usize> {
        let w = &self.g.words;
        let joins = |t: &Token| {
            t.word == w.of
                || t.word == w.the
                || t.word == w.for_
                || t.word == w.and
                || t.word == w.at
                || t.word == w.on
                || t.word == w.under
        };
        let opens = self
            .inside(end, range)
            .is_some_and(|t| t.word == w.of || t.word == w.at);
        let takes = title.of_body
            || matches!(
                title.rank,
                Rank::HeadOfState
                    | Rank::Governor
                    | Rank::Mayor
                    | Rank::CompanyHead
                    | Rank::OtherOfficial
            );
        if !opens || !takes {
            return (!title.of_body || placed).then_some(end);
        }
        let mut last = end;
        for at in end..range.end.min(end + 30) {
            let token = &self.tokens.tokens[at];
            if let Some(m) = self.mention(at) {
                last = m.tokens.end.max(last);
                let goes_on = self.inside(last, range).is_some_and(|t| {
                    t.capital
                        && t.spaced
                        && !self.g.bodies.knows(t)
                        && !self.g.offices.portfolio.has(t)
                });
                if goes_on && at + 1 >= last && m.how != As::Adjective {
                    break;
                }
            } else if token.kind == Kind::Word && token.capital
                || self.g.offices.portfolio.has(token)
            {
                last = at + 1;
            } else if token.is('-') && !token.spaced || joins(token) {
            } else {
                break;
            }
        }
        if last == end {
            return (!title.of_body || placed).then_some(end);
        }
        if title.rank == Rank::HeadOfState && !placed {
            title.rank = Rank::OtherOfficial;
        }
        Some(last)
    }
}
