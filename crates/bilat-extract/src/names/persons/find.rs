//! Finding persons: an office with a name, an office without, a name without an office.

use std::collections::BTreeMap;
use std::ops::Range;

use bilat_model::Country;
use bilat_model::document::BlockKind;

use super::{PersonMention, Rank, Title};
use crate::names::{Gazetteer, Mention};
use crate::tokens::{Kind, Sentence, Token, Tokens};

/// Words of a name at most.
pub(super) const LONGEST: usize = 8;

/// The persons and offices that a text names, in order. A name told again by its last part alone
/// keeps the office that it was first told with.
#[must_use]
pub fn persons(tokens: &Tokens<'_>, g: &Gazetteer, mentions: &[Mention]) -> Vec<PersonMention> {
    let mut finder = Finder {
        tokens,
        g,
        mentions,
        out: Vec::new(),
        known: BTreeMap::new(),
        here: 0,
    };
    // Headlines last: in "President Signs Law" only names that the text knows are names.
    for headings in [false, true] {
        for sentence in &tokens.sentences {
            let heading = matches!(sentence.kind, BlockKind::Headline | BlockKind::Heading);
            if heading == headings {
                let strict = heading && finder.title_case(sentence);
                finder.sentence(&sentence.tokens, strict);
            }
        }
    }
    let mut out = finder.out;
    out.sort_by_key(|p| (p.tokens.start, p.tokens.end));
    out
}

pub(super) struct Finder<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) g: &'a Gazetteer,
    pub(super) mentions: &'a [Mention],
    pub(super) out: Vec<PersonMention>,
    /// The last part of a name, and where in `out` it was first told.
    pub(super) known: BTreeMap<&'a str, usize>,
    /// How many of `out` stand in earlier sentences.
    here: usize,
}

/// An office as found: its tokens, what it is, whose.
pub(super) struct Found {
    pub(super) tokens: Range<usize>,
    pub(super) title: Title,
    pub(super) countries: Vec<Country>,
}

impl<'a> Finder<'a> {
    pub(super) fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.tokens.get(at)
    }

    /// The mention that holds a token.
    pub(super) fn mention(&self, at: usize) -> Option<&'a Mention> {
        let i = self.mentions.partition_point(|m| m.tokens.end <= at);
        self.mentions.get(i).filter(|m| m.tokens.start <= at)
    }

    fn title_case(&self, sentence: &Sentence) -> bool {
        let long = sentence.tokens.clone().filter(|i| {
            self.tokens.raw(*i).chars().count() > 4 && self.tokens.tokens[*i].kind == Kind::Word
        });
        long.clone()
            .filter(|i| !self.tokens.tokens[*i].capital)
            .count()
            * 4
            < long.count()
    }

    fn sentence(&mut self, range: &Range<usize>, strict: bool) {
        self.here = self.out.len();
        let mut at = range.start;
        let mut floor = range.start;
        while at < range.end {
            let next = self
                .office(at, floor, range, strict)
                .or_else(|| self.name_alone(at, range, strict));
            match next {
                Some(end) => {
                    at = end.max(at + 1);
                    floor = at;
                }
                None => at += 1,
            }
        }
    }

    /// An office that begins at a token, with the names that belong to it.
    fn office(
        &mut self,
        at: usize,
        floor: usize,
        range: &Range<usize>,
        strict: bool,
    ) -> Option<usize> {
        let found = self.title(at, floor, range)?;
        let title = found.title;
        let text = self.tokens.slice(&found.tokens).to_owned();
        if let Some((first, count)) = self.name_after(&found, range, strict) {
            let end = self.named(&found, &text, first, count, range);
            return Some(end);
        }
        if let Some(name) = self.name_before(&found, range) {
            self.attach(&found, &text, name);
            return Some(found.tokens.end);
        }
        // "Board of Governors" is a body; "entrepreneurs" in general are nobody.
        let before = found
            .tokens
            .start
            .checked_sub(2)
            .filter(|i| *i >= range.start);
        let of_body = before.is_some_and(|i| {
            self.tokens.tokens[i + 1].word == self.g.words.of
                && self.tokens.tokens[i].capital
                && self.g.bodies.knows(&self.tokens.tokens[i])
        });
        let vague = found.countries.is_empty() && title.plural && title.rank >= Rank::Governor;
        if of_body || vague {
            return Some(found.tokens.end);
        }
        // "the Kazakh and Slovenian foreign ministers": one for each.
        let countries: Vec<Option<Country>> = match &found.countries[..] {
            [] => vec![None],
            all => all.iter().map(|c| Some(*c)).collect(),
        };
        let rank = self.rank(title);
        for country in countries {
            self.out.push(PersonMention {
                tokens: found.tokens.clone(),
                named: found.tokens.end..found.tokens.end,
                name: String::new(),
                office: Some(text.clone()),
                rank,
                country,
            });
        }
        Some(found.tokens.end)
    }

    /// A counterpart has the rank of whoever was named before.
    fn rank(&self, title: Title) -> Rank {
        if !title.counterpart {
            return title.rank;
        }
        let before = self.out.iter().rev().find(|p| p.office.is_some());
        before.map_or(title.rank, |p| p.rank)
    }

    /// The name that follows an office: where it begins and ends.
    fn name_after(
        &self,
        found: &Found,
        range: &Range<usize>,
        strict: bool,
    ) -> Option<(usize, usize)> {
        let mut at = found.tokens.end;
        let mut comma = false;
        while let Some(t) = self.inside(at, range) {
            match t.kind {
                Kind::Sign(',') if !comma && at == found.tokens.end => comma = true,
                Kind::Sign('.') if !t.spaced => {}
                _ if self.g.titles.has(t) => {}
                _ => break,
            }
            at += 1;
        }
        let (end, words) = self.run(at, range)?;
        let last = self.tokens.raw(end - 1);
        if strict && !self.known.contains_key(last) {
            return None;
        }
        if comma {
            // "the presidents, A B and C D"; "the foreign minister, A B, said".
            let closed = self
                .inside(end, range)
                .is_none_or(|t| t.is(',') || t.word == self.g.words.and);
            if words < 2
                || !closed
                || !found
                    .tokens
                    .end
                    .checked_sub(1)
                    .is_some_and(|_| found.title.plural || closed)
            {
                return None;
            }
        }
        Some((at, end))
    }

    /// Takes down the persons after an office; gives where to go on.
    fn named(
        &mut self,
        found: &Found,
        text: &str,
        first: usize,
        end: usize,
        range: &Range<usize>,
    ) -> usize {
        let mut country = found.countries.first().copied();
        let mut stop = end;
        if country.is_none()
            && let Some((to, countries)) = self.countries_after(end, range, found.title)
        {
            country = countries.first().copied();
            stop = to;
        }
        let rank = self.rank(found.title);
        let person = |tokens: Range<usize>, named: Range<usize>, country| PersonMention {
            name: self.tokens.slice(&named).to_owned(),
            tokens,
            named,
            office: Some(text.to_owned()),
            rank,
            country,
        };
        let mut new = vec![person(found.tokens.start..end, first..end, country)];
        // "deputy ministers A B and C D".
        while found.title.plural && new.len() < 12 {
            let Some(t) = self.inside(stop, range) else {
                break;
            };
            let comma_and = t.is(',')
                && self
                    .inside(stop + 1, range)
                    .is_some_and(|t| t.word == self.g.words.and);
            if !(t.is(',') || t.word == self.g.words.and) {
                break;
            }
            let from = stop + 1 + usize::from(comma_and);
            let Some((to, _)) = self.run(from, range) else {
                break;
            };
            let own = found.countries.get(new.len()).copied().or(country);
            new.push(person(from..to, from..to, own));
            stop = to;
        }
        for p in new {
            self.remember(&p.named);
            self.out.push(p);
        }
        stop
    }

    fn remember(&mut self, named: &Range<usize>) {
        if let Some(last) = named.end.checked_sub(1) {
            let raw = self.tokens.raw(last);
            if raw.chars().count() > 2 {
                let at = self.out.len();
                self.known.entry(raw).or_insert(at);
            }
        }
    }

    /// "Bekzhan Sadykov, head of …", "Pedro Reis, the Portuguese minister".
    fn name_before(&self, found: &Found, range: &Range<usize>) -> Option<Range<usize>> {
        let mut at = found.tokens.start;
        if let Some(m) = self.ending_at(at).filter(|m| m.tokens.start >= range.start) {
            at = m.tokens.start;
        }
        let article = |t: &Token| t.word == self.g.words.the || t.word == self.g.words.a;
        if at > range.start && self.token(at - 1).is_some_and(article) {
            at -= 1;
        }
        let comma = at.checked_sub(1).filter(|i| range.contains(i))?;
        self.token(comma).filter(|t| t.is(','))?;
        let mut start = comma;
        while start > range.start && comma - start < LONGEST && self.is_part(start - 1) {
            start -= 1;
        }
        // The longest stretch before the comma that reads as a name as a whole.
        (start..comma).find_map(|from| {
            let (end, words) = self.run(from, range)?;
            let whole = self.tokens.raw(comma - 1);
            (end == comma && (words >= 2 || self.known.contains_key(whole))).then_some(from..end)
        })
    }

    fn is_part(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|t| t.capital || t.is('-') || t.is('.') || self.g.offices.particles.has(t))
    }

    /// Gives a name that was told before its office that office.
    fn attach(&mut self, found: &Found, text: &str, named: Range<usize>) {
        let country = found.countries.first().copied();
        let rank = self.rank(found.title);
        let earlier = self.out[self.here..]
            .iter_mut()
            .rev()
            .find(|p| p.named == named);
        let person = PersonMention {
            tokens: named.start..found.tokens.end,
            name: self.tokens.slice(&named).to_owned(),
            named: named.clone(),
            office: Some(text.to_owned()),
            rank,
            country,
        };
        match earlier {
            Some(p) if p.office.is_none() => *p = person,
            // A second office of one person.
            Some(_) => self.out.push(person),
            None => {
                self.remember(&named);
                self.out.push(person);
            }
        }
    }

    /// A name without an office: one told before by its last part, or words that only a person
    /// does, or has done to him, beside two or more capitalised words.
    fn name_alone(&mut self, at: usize, range: &Range<usize>, strict: bool) -> Option<usize> {
        let token = self.token(at)?;
        if !token.capital || token.kind != Kind::Word {
            return None;
        }
        let (end, words) = self.run(at, range)?;
        let last = self.tokens.raw(end - 1);
        let known = self.known.get(last).and_then(|i| self.out.get(*i)).cloned();
        if let Some(p) = known {
            // "Cafiero", or the whole name again.
            let same = words == 1
                || p.name.ends_with(self.tokens.slice(&(at..end)))
                || p.name == self.tokens.slice(&(at..end));
            if same {
                self.out.push(PersonMention {
                    tokens: at..end,
                    named: at..end,
                    ..p
                });
                return Some(end);
            }
        }
        if strict || !(2..=4).contains(&words) || !self.acts(at, end, range) {
            return Some(end).filter(|_| words > 1);
        }
        self.remember(&(at..end));
        self.out.push(PersonMention {
            tokens: at..end,
            named: at..end,
            name: self.tokens.slice(&(at..end)).to_owned(),
            office: None,
            rank: Rank::None,
            country: None,
        });
        Some(end)
    }
}
