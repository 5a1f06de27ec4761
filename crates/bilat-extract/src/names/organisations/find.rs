//! Finding organisations: by name, by the word that says what they are, by how they are written.

use std::collections::BTreeMap;
use std::ops::Range;

use bilat_model::Country;
use bilat_model::document::BlockKind;

use super::{OrgKind, OrgMention};
use crate::names::{As, Gazetteer, Mention};
use crate::tokens::{Kind, Token, Tokens};

/// Words of a body's name at most, joining words included.
pub(super) const LONGEST: usize = 24;

/// The organisations that a text names, in order. Two share their tokens where
/// one name tells both ("the foreign ministries of Kazakhstan and Slovenia"); else none overlap.
#[must_use]
pub fn organisations(tokens: &Tokens<'_>, g: &Gazetteer, mentions: &[Mention]) -> Vec<OrgMention> {
    let mut finder = Finder {
        tokens,
        g,
        mentions,
        out: Vec::new(),
        short: BTreeMap::new(),
    };
    for sentence in &tokens.sentences {
        let heading = matches!(sentence.kind, BlockKind::Headline | BlockKind::Heading);
        finder.sentence(&sentence.tokens, heading);
    }
    finder.out
}

pub(super) struct Finder<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) g: &'a Gazetteer,
    pub(super) mentions: &'a [Mention],
    pub(super) out: Vec<OrgMention>,
    /// Short forms that the text gave in brackets ("(KazISS)"), with what they are short for.
    pub(super) short: BTreeMap<&'a str, (OrgKind, Option<Country>)>,
}

impl<'a> Finder<'a> {
    pub(super) fn inside(&self, at: usize, range: &Range<usize>) -> Option<&'a Token> {
        self.tokens.tokens.get(at).filter(|_| range.contains(&at))
    }

    pub(super) fn mention(&self, at: usize) -> Option<&'a Mention> {
        let i = self.mentions.partition_point(|m| m.tokens.end <= at);
        self.mentions.get(i).filter(|m| m.tokens.start <= at)
    }

    fn sentence(&mut self, range: &Range<usize>, heading: bool) {
        let loud = self.loud(range);
        let companies = range
            .clone()
            .any(|i| self.g.bodies.companies.has(&self.tokens.tokens[i]));
        let mut at = range.start;
        while at < range.end {
            let found = self
                .known(at, range)
                .or_else(|| self.lower_ministry(at, range))
                .or_else(|| self.described(at, range, heading))
                .or_else(|| self.listed(at, range, companies))
                .or_else(|| self.written(at, range, loud));
            match found {
                Some(end) => at = end.max(at + 1),
                None => at += 1,
            }
        }
    }

    /// Whether a sentence is written in capitals throughout.
    fn loud(&self, range: &Range<usize>) -> bool {
        let words = range
            .clone()
            .filter(|i| self.tokens.tokens[*i].kind == Kind::Word)
            .take(64);
        let (mut all, mut upper) = (0, 0);
        for i in words {
            all += 1;
            upper += usize::from(is_upper(self.tokens.raw(i)));
        }
        upper * 2 > all && all > 2
    }

    pub(super) fn push(
        &mut self,
        tokens: Range<usize>,
        kind: OrgKind,
        country: Option<Country>,
    ) -> usize {
        let end = tokens.end;
        self.out.push(OrgMention {
            name: self.tokens.slice(&tokens).to_owned(),
            tokens,
            kind,
            country,
        });
        end
    }

    /// A body out of the list.
    fn known(&mut self, at: usize, range: &Range<usize>) -> Option<usize> {
        let bodies = &self.g.bodies;
        if !bodies.names.begins(self.tokens.tokens[at].word) {
            return None;
        }
        let (len, value) = bodies.names.longest(&self.tokens.tokens, at, range.end)?;
        let known = *bodies.known.get(value as usize)?;
        let tokens = at..at + len;
        let raw = self.tokens.slice(&tokens);
        // An abbreviation is one in capitals only.
        let written = self.g.bodies.upper.get(value as usize).copied() == Some(true);
        if written && !is_upper(raw) {
            return None;
        }
        if known.word_like && !self.reports(&tokens, range) {
            return None;
        }
        let (end, after) = self.country_after(tokens.end, range);
        let owned = matches!(known.kind, OrgKind::CentralBank | OrgKind::StatisticsOffice);
        let country = known
            .country
            .or(self.country_before(at, range))
            .filter(|_| known.kind != OrgKind::International);
        if owned && country.is_none() && after.is_some() {
            return Some(self.push(at..end, known.kind, after));
        }
        // A longer name may go on: "World Bank Institute", "UN Development Fund for Women".
        let goes_on = self
            .inside(tokens.end, range)
            .is_some_and(|t| t.capital && t.spaced && bodies.knows(t));
        if goes_on && let Some(end) = self.described(at, range, false) {
            return Some(end);
        }
        Some(self.push(tokens, known.kind, country))
    }

    /// Whether a word that is also a name of an agency is one here.
    fn reports(&self, tokens: &Range<usize>, range: &Range<usize>) -> bool {
        let says = |at: Option<usize>| {
            at.and_then(|i| self.inside(i, range))
                .is_some_and(|t| self.g.bodies.reporting.has(t))
        };
        let placed = self.country_after(tokens.end, range).1.is_some()
            || self.country_before(tokens.start, range).is_some();
        let first = |at: usize| {
            at + usize::from(
                self.inside(at, range)
                    .is_some_and(|t| t.is('.') || t.is(',')),
            )
        };
        says(tokens.start.checked_sub(1))
            || says(Some(first(tokens.end)))
            || placed && tokens.len() > 1
            || tokens.len() > 1
                && self
                    .inside(tokens.start.wrapping_sub(1), range)
                    .is_some_and(|t| t.word == self.g.words.the)
    }

    /// "the foreign ministries of Kazakhstan and Slovenia", "her ministry".
    fn lower_ministry(&mut self, at: usize, range: &Range<usize>) -> Option<usize> {
        let token = &self.tokens.tokens[at];
        if token.capital || !self.g.bodies.lower_head.has(token) {
            return None;
        }
        let (kind, _, _) = self
            .g
            .bodies
            .heads
            .iter()
            .find(|(_, lower, words)| *lower && words.has(token))?;
        let floor = self.floor(range);
        let o = &self.g.offices;
        let mut start = at;
        while start > floor
            && o.portfolio.has(&self.tokens.tokens[start - 1])
            && self.mention(start - 1).is_none()
        {
            start -= 1;
        }
        let end = self.field(at + 1, range);
        let (to, after) = self.country_after(end, range);
        let country = self.country_before(start, range).or(after);
        let stop = if after.is_some() { to } else { end };
        let kind = *kind;
        // "the foreign ministries of Kazakhstan and Slovenia": one for each.
        let and = self
            .inside(stop, range)
            .is_some_and(|t| t.word == self.g.words.and);
        let second = self.mention(stop + 1).filter(|m| {
            and && after.is_some()
                && m.tokens.start == stop + 1
                && m.how != As::Adjective
                && self.tokens.raw(at).ends_with('s')
        });
        let stop = second.map_or(stop, |m| m.tokens.end);
        if let Some(m) = second {
            self.push(start..stop, kind, Some(m.country));
        }
        Some(self.push(start..stop, kind, country))
    }

    /// "of economy and sustainable development" in lower case or with capitals.
    fn field(&self, end: usize, range: &Range<usize>) -> usize {
        let w = &self.g.words;
        if !self
            .inside(end, range)
            .is_some_and(|t| t.word == w.of || t.word == w.for_)
        {
            return end;
        }
        let mut last = end;
        for at in end + 1..range.end.min(end + LONGEST) {
            let t = &self.tokens.tokens[at];
            if self.g.offices.portfolio.has(t) && self.mention(at).is_none() {
                last = at + 1;
            } else if !(t.is(',') || t.is('&') || t.word == w.and || t.word == w.the) {
                break;
            }
        }
        last
    }

    /// "Georgian", "Georgia's" before a name.
    pub(super) fn country_before(&self, start: usize, range: &Range<usize>) -> Option<Country> {
        let before = start.checked_sub(1).filter(|i| range.contains(i))?;
        let possessive = self.tokens.tokens[before].word == self.g.words.possessive
            || self.tokens.tokens[before].is('\'');
        let m = self.mention(before.checked_sub(usize::from(possessive))?)?;
        (possessive == m.possessive).then_some(m.country)
    }

    /// "of Kazakhstan": where it ends, and whose it is.
    pub(super) fn country_after(
        &self,
        end: usize,
        range: &Range<usize>,
    ) -> (usize, Option<Country>) {
        let w = &self.g.words;
        if self.inside(end, range).is_none_or(|t| t.word != w.of) {
            return (end, None);
        }
        let the = self.inside(end + 1, range).is_some_and(|t| t.word == w.the);
        let at = end + 1 + usize::from(the);
        match self.mention(at) {
            Some(m) if m.tokens.start == at && m.how != As::Adjective => {
                (m.tokens.end, Some(m.country))
            }
            _ => (end, None),
        }
    }

    /// "in Kyiv".
    pub(super) fn seat(&self, end: usize, range: &Range<usize>) -> Option<Country> {
        self.inside(end, range)
            .filter(|t| t.word == self.g.words.in_)?;
        self.mention(end + 1)
            .filter(|m| m.tokens.start == end + 1 && m.how != As::Adjective)
            .map(|m| m.country)
    }

    /// Offices of statistics, central banks and news agencies say so in their names.
    pub(super) fn refine(&self, kind: OrgKind, core: &Range<usize>) -> OrgKind {
        let name = self.tokens.slice(core).to_lowercase();
        let has = |words: &[&str]| words.iter().any(|w| name.contains(w));
        match kind {
            OrgKind::Other | OrgKind::Company | OrgKind::University if has(&["statistic"]) => {
                OrgKind::StatisticsOffice
            }
            OrgKind::Other | OrgKind::Company
                if has(&["central bank", "national bank of", "reserve bank"]) =>
            {
                OrgKind::CentralBank
            }
            OrgKind::Other
                if has(&[
                    "news agency",
                    "press agency",
                    "information agency",
                    "telegraph agency",
                    "broadcasting",
                ]) =>
            {
                OrgKind::NewsAgency
            }
            OrgKind::Other
                if has(&[
                    "united nations",
                    "european ",
                    "eurasian ",
                    "inter-american",
                    "african union",
                ]) =>
            {
                OrgKind::International
            }
            other => other,
        }
    }

    /// "(KazISS)" after a name is short for it.
    pub(super) fn note_short(
        &mut self,
        end: usize,
        range: &Range<usize>,
        kind: OrgKind,
        country: Option<Country>,
    ) {
        let open = self.inside(end, range).is_some_and(|t| t.is('('));
        let close = self.inside(end + 2, range).is_some_and(|t| t.is(')'));
        if open && close && self.tokens.tokens[end + 1].capital {
            let raw = self.tokens.raw(end + 1);
            if raw.chars().filter(|c| c.is_uppercase()).count() > 1 {
                self.short.insert(raw, (kind, country));
            }
        }
    }

    /// "(KRKA, Gorenje, Lek)" in a sentence about companies.
    fn listed(&mut self, at: usize, range: &Range<usize>, companies: bool) -> Option<usize> {
        if !companies || !self.tokens.tokens[at].is('(') {
            return None;
        }
        let mut items = Vec::new();
        let (mut from, mut i) = (at + 1, at + 1);
        loop {
            let t = self.inside(i, range)?;
            if t.is(',') || t.is(')') || t.word == self.g.words.and {
                if i > from {
                    items.push(from..i);
                }
                from = i + 1;
                if t.is(')') {
                    break;
                }
            } else if t.kind != Kind::Word && !t.is('-')
                || !t.capital && t.kind == Kind::Word
                || i - from > 3
                || i - at > 80
            {
                return None;
            } else if self.mention(i).is_some_and(|m| m.how != As::City)
                && i == from
                && self
                    .inside(i + 1, range)
                    .is_some_and(|n| n.is(',') || n.is(')'))
            {
                // A list of countries.
                return None;
            }
            i += 1;
        }
        if items.len() < 2 {
            return None;
        }
        for item in items {
            self.push(item, OrgKind::Company, None);
        }
        Some(i + 1)
    }

    /// By how it is written: short forms given before, abbreviations, "QazTrade".
    fn written(&mut self, at: usize, range: &Range<usize>, loud: bool) -> Option<usize> {
        let token = &self.tokens.tokens[at];
        if token.kind != Kind::Word || !token.capital {
            return None;
        }
        let raw = self.tokens.raw(at);
        if let Some((kind, country)) = self.short.get(raw).copied() {
            return Some(self.push(at..at + 1, kind, country));
        }
        let letters = raw.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 3
            || self.mention(at).is_some()
            || self.g.bodies.not_a_body.has(token) && is_upper(raw)
        {
            return None;
        }
        // "in $" and "KZT 5" are money: three capitals beside a number.
        let number = |i: Option<usize>| {
            i.and_then(|i| self.inside(i, range))
                .is_some_and(|t| t.kind == Kind::Number)
        };
        let beside_number = number(at.checked_sub(1)) || number(Some(at + 1));
        if is_upper(raw) && letters <= 8 && !loud && !(letters == 3 && beside_number) {
            return Some(self.push(at..at + 1, OrgKind::Other, None));
        }
        if camel(raw) && !is_upper(raw) {
            let country = self.country_before(at, range);
            return Some(self.push(at..at + 1, OrgKind::Company, country));
        }
        None
    }
}

/// No small letter and at least one capital.
fn is_upper(raw: &str) -> bool {
    raw.chars().any(char::is_uppercase) && !raw.chars().any(char::is_lowercase)
}

/// A capital after a small letter, but not as in McDonald, MacKay or DeVito.
fn camel(raw: &str) -> bool {
    let inner = raw
        .strip_prefix("Mac")
        .or_else(|| raw.strip_prefix("Mc"))
        .or_else(|| raw.strip_prefix("De"))
        .or_else(|| raw.strip_prefix("Di"))
        .or_else(|| raw.strip_prefix("La"))
        .unwrap_or(raw);
    let mut small = false;
    inner.chars().any(|c| {
        let hit = small && c.is_uppercase();
        small = c.is_lowercase();
        hit
    }) && raw.chars().all(char::is_alphabetic)
}
