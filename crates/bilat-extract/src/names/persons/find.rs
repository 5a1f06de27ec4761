//! Finding persons: an office with a name, an office without, a name without an office.

use std::collections::BTreeMap;
use std::ops::Range;

use bilat_model::Country;
use bilat_model::document::BlockKind;

use super::{PersonMention, Rank, Title};
use crate::names::{As, Gazetteer, Mention};
use crate::tokens::{Kind, Sentence, Token, Tokens};

/// Words of a name at most.
const LONGEST: usize = 8;

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

struct Finder<'a> {
    tokens: &'a Tokens<'a>,
    g: &'a Gazetteer,
    mentions: &'a [Mention],
    out: Vec<PersonMention>,
    /// The last part of a name, and where in `out` it was first told.
    known: BTreeMap<&'a str, usize>,
}

/// An office as found: its tokens, what it is, whose.
struct Found {
    tokens: Range<usize>,
    title: Title,
    countries: Vec<Country>,
}

impl<'a> Finder<'a> {
    fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.tokens.get(at)
    }

    /// The mention that holds a token.
    fn mention(&self, at: usize) -> Option<&'a Mention> {
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

    /// The title at a token with all that belongs to it on either side.
    fn title(&self, at: usize, floor: usize, range: &Range<usize>) -> Option<Found> {
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
    fn leftwards(&self, at: usize, floor: usize, title: &mut Title) -> usize {
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
    fn rightwards(&self, end: usize, range: &Range<usize>, title: Title) -> usize {
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

    fn inside(&self, at: usize, range: &Range<usize>) -> Option<&'a Token> {
        self.token(at).filter(|_| range.contains(&at))
    }

    /// "ambassador to Slovenia": the post, which is not the country that he is of.
    fn skip_post(&self, end: usize, range: &Range<usize>) -> usize {
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
    fn countries_before(&self, start: usize, floor: usize, title: Title) -> Vec<Country> {
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
    fn ending_at(&self, start: usize) -> Option<&'a Mention> {
        let before = start.checked_sub(1)?;
        let possessive = self.tokens.tokens[before].word == self.g.words.possessive
            || self.tokens.tokens[before].is('\'');
        let m = self.mention(before.checked_sub(usize::from(possessive))?)?;
        (m.possessive || !possessive).then_some(m)
    }

    /// "of Kazakhstan", "of the Republic of Slovenia", "of Kazakhstan and Slovenia".
    fn countries_after(
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
    fn body_after(
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
        let earlier = self.out.iter_mut().rev().find(|p| p.named == named);
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
        if strict || words < 2 || words > 4 || !self.acts(at, end, range) {
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

    /// Whether the words around make a person of a name.
    fn acts(&self, at: usize, end: usize, range: &Range<usize>) -> bool {
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
    fn run(&self, from: usize, range: &Range<usize>) -> Option<(usize, usize)> {
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
    fn joined(&self, at: usize) -> bool {
        at.checked_sub(1)
            .and_then(|i| self.token(i))
            .is_some_and(|t| t.is('-') || t.is('.'))
    }

    fn may_be_name(&self, at: usize, t: &Token, words: usize) -> bool {
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
        !stop && !place && !(abbreviation && raw.len() <= 5)
    }
}
