//! Finding countries: names by their words, then the words around them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use bilat_model::document::BlockKind;
use bilat_model::{Country, Pair};

use super::gazetteer::Sense;
use super::{As, Gazetteer, Mention};
use crate::tokens::{Kind, Sentence, Token, Tokens};

/// The countries that a text names, in order, without overlap; of several names at one place the
/// longest. What a name alone leaves open (Congo, Korean, Guinea) is decided by the pair, else by
/// the countries that the rest of the text names without doubt.
#[must_use]
pub fn mentions(tokens: &Tokens<'_>, g: &Gazetteer, pair: Option<Pair>) -> Vec<Mention> {
    let mut out = Vec::new();
    for sentence in &tokens.sentences {
        let within = Within {
            tokens,
            g,
            sentence,
            pair,
        };
        within.find(&mut out);
    }
    join(tokens, &mut out);
    dateline(tokens, g, &mut out);
    decide(tokens, &mut out, pair);
    out
}

/// One sentence in which names are looked for.
struct Within<'a> {
    tokens: &'a Tokens<'a>,
    g: &'a Gazetteer,
    sentence: &'a Sentence,
    pair: Option<Pair>,
}

impl Within<'_> {
    fn find(&self, out: &mut Vec<Mention>) {
        let tokens = &self.tokens.tokens;
        let end = self.sentence.tokens.end;
        let mut at = self.sentence.tokens.start;
        while at < end {
            if !self.g.names.begins(tokens[at].word) {
                at += 1;
                continue;
            }
            at = self.at(at, end, out).unwrap_or(at + 1);
        }
    }

    /// What stands at a place; gives where to go on.
    fn at(&self, at: usize, end: usize, out: &mut Vec<Mention>) -> Option<usize> {
        for (len, value) in self.g.names.at(&self.tokens.tokens, at, end) {
            let sense = self.g.senses.get(value as usize)?;
            let range = at..at + len;
            if sense.guard.nothing {
                return Some(range.end);
            }
            if self.holds(sense, &range) {
                out.push(self.mention(sense, &range));
                return Some(range.end);
            }
        }
        None
    }

    fn mention(&self, sense: &Sense, range: &Range<usize>) -> Mention {
        let next = self.token(range.end);
        let plural = self.tokens.raw(range.end - 1).ends_with(['s', 'S']);
        Mention {
            tokens: range.clone(),
            country: sense.country,
            also: sense.also.clone(),
            how: sense.how,
            possessive: next.is_some_and(|t| {
                t.word == self.g.words.possessive || plural && t.is('\'') && !t.spaced
            }),
            hyphen: sense.guard.prefix,
            venue: sense.guard.venue,
            dateline: false,
        }
    }

    /// A token of the same sentence.
    fn token(&self, at: usize) -> Option<&Token> {
        let inside = self.sentence.tokens.contains(&at);
        self.tokens.tokens.get(at).filter(|_| inside)
    }

    fn before(&self, range: &Range<usize>) -> Option<&Token> {
        self.token(range.start.checked_sub(1)?)
    }

    /// Whether the words around allow a sense.
    fn holds(&self, sense: &Sense, range: &Range<usize>) -> bool {
        let guard = sense.guard;
        let wanted = self.pair.is_some_and(|p| p.has(sense.country));
        let money = self
            .token(range.end)
            .is_some_and(|t| !t.capital && self.g.currencies.has(t));
        if money {
            return false;
        }
        if guard.code && !self.is_code(range) {
            return false;
        }
        if guard.prefix && !self.joined_to_a_name(range) {
            return false;
        }
        if guard.surname && self.follows_a_given_name(range) {
            return false;
        }
        if guard.given && self.is_given_name(sense, range) {
            return false;
        }
        if guard.common && !self.stands_as_a_place(range) {
            return false;
        }
        if guard.listed && !wanted_place(wanted, sense) && self.is_part_of_a_name(range) {
            return false;
        }
        sense.how != As::Adjective || !self.is_language(range)
    }

    /// Abbreviations count in capitals only or as the list spells them ("BiH"), and "US" not in a line of capitals.
    fn is_code(&self, range: &Range<usize>) -> bool {
        let raw = self.tokens.slice(range);
        let upper =
            |s: &str| !s.chars().any(char::is_lowercase) && s.chars().any(char::is_alphabetic);
        if !upper(raw) && !self.g.spelled.contains(raw) {
            return false;
        }
        let loud = |at: Option<usize>| {
            let at = at.filter(|i| self.sentence.tokens.contains(i));
            at.is_some_and(|i| {
                let word = self.tokens.raw(i);
                word.chars().count() > 2 && word.chars().all(char::is_alphabetic) && upper(word)
            })
        };
        raw != "US" || !(loud(range.start.checked_sub(1)) && loud(Some(range.end)))
    }

    /// "Sino-" and a country's name or adjective.
    fn joined_to_a_name(&self, range: &Range<usize>) -> bool {
        let hyphen = self
            .token(range.end)
            .is_some_and(|t| t.is('-') && !t.spaced);
        hyphen
            && self.token(range.end + 1).is_some_and(|t| {
                !t.spaced && t.kind == Kind::Word && t.capital && self.g.names.begins(t.word)
            })
    }

    /// "Michael Jordan", "Mr Chad", "M. Jordan".
    fn follows_a_given_name(&self, range: &Range<usize>) -> bool {
        let Some(before) = self.before(range) else {
            return false;
        };
        if before.is('.') && !before.spaced {
            let Some(at) = range.start.checked_sub(2) else {
                return false;
            };
            let Some(t) = self.token(at) else {
                return false;
            };
            let initial = t.capital && self.tokens.raw(at).chars().count() == 1;
            return initial || self.g.titles.has(t);
        }
        before.capital && (self.g.given_names.has(before) || self.g.titles.has(before))
    }

    /// "Santiago Cafiero", "transport minister Israel Katz".
    fn is_given_name(&self, sense: &Sense, range: &Range<usize>) -> bool {
        if matches!(self.sentence.kind, BlockKind::Headline | BlockKind::Heading)
            && !self.before(range).is_some_and(|t| self.is_title(t))
        {
            return false;
        }
        let surname = |at: usize| {
            self.token(at).is_some_and(|t| {
                t.kind == Kind::Word
                    && t.capital
                    && t.spaced
                    && !self.g.words.calendar.has(t)
                    && !self.g.offices.knows(t)
                    && !self.g.bodies.knows(t)
            })
        };
        if !surname(range.end) || self.names_a_country(range.end) {
            return false;
        }
        let mut run = 1;
        while run < 4 && surname(range.end + run) {
            run += 1;
        }
        // A run that ends in "Railways" or "Ministry" is an organisation of the country.
        let ends_in_body = self.token(range.end + run).is_some_and(|t| {
            t.capital && t.spaced && (self.g.bodies.knows(t) || self.g.offices.knows(t))
        });
        if ends_in_body {
            return false;
        }
        let city = matches!(sense.how, As::City | As::Capital);
        city || self.before(range).is_some_and(|t| self.is_title(t))
    }

    /// Whether a token ends an office or a form of address.
    fn is_title(&self, token: &Token) -> bool {
        self.g.titles.has(token) || self.g.offices.ends_title(token)
    }

    /// Whether a country's name or adjective begins at a place.
    fn names_a_country(&self, at: usize) -> bool {
        self.g
            .names
            .longest(&self.tokens.tokens, at, self.sentence.tokens.end)
            .and_then(|(_, v)| self.g.senses.get(v as usize))
            .is_some_and(|s| !s.guard.nothing && !s.guard.listed)
    }

    /// "in Split", "the city of Bar", "Reading, England".
    fn stands_as_a_place(&self, range: &Range<usize>) -> bool {
        let after_word = self
            .before(range)
            .is_some_and(|t| self.g.words.before_place.has(t));
        let before_country =
            self.token(range.end).is_some_and(|t| t.is(',')) && self.names_a_country(range.end + 1);
        (after_word || before_country) && !self.goes_on(range)
    }

    /// Whether a capitalised word follows at once.
    fn goes_on(&self, range: &Range<usize>) -> bool {
        self.token(range.end).is_some_and(|t| {
            t.kind == Kind::Word && t.capital && !self.g.words.calendar.has(t)
                || t.is('-') && !t.spaced
        })
    }

    /// A town out of the long list next to another capitalised word is a piece of a longer name.
    fn is_part_of_a_name(&self, range: &Range<usize>) -> bool {
        let capital_before = self.before(range).is_some_and(|t| {
            t.kind == Kind::Word
                && t.capital
                && range.start - 1 > self.sentence.tokens.start
                && !self.g.words.calendar.has(t)
        });
        let first = range.start == self.sentence.tokens.start;
        let hyphen_before = self.before(range).is_some_and(|t| t.is('-') && !t.spaced);
        capital_before
            || hyphen_before
            || self.goes_on(range)
            || first && range.len() == 1 && !self.opens(range)
    }

    /// At the head of a sentence every word has a capital: only what a comma, a verb or a full
    /// stop follows is taken there, and only where it is written in capitals throughout.
    fn opens(&self, range: &Range<usize>) -> bool {
        let raw = self.tokens.slice(range);
        raw.chars().count() > 4 || raw.chars().all(|c| !c.is_lowercase())
    }

    /// "in Russian.", "in English and French": the language.
    fn is_language(&self, range: &Range<usize>) -> bool {
        let w = &self.g.words;
        let prepositional = self.before(range).is_some_and(|t| t.word == w.in_);
        prepositional
            && self
                .token(range.end)
                .is_none_or(|t| t.kind != Kind::Word || t.word == w.and || t.word == w.or)
            && !self.token(range.end).is_some_and(|t| t.is('-'))
    }
}

/// The pair's own towns are taken with less ado, unless their name is a common word.
fn wanted_place(wanted: bool, sense: &Sense) -> bool {
    wanted && !sense.guard.common && sense.how == As::Capital
}

/// Marks names joined by an unspaced hyphen, dash or stroke.
fn join(tokens: &Tokens<'_>, out: &mut [Mention]) {
    for at in 1..out.len() {
        let (before, after) = out.split_at_mut(at);
        let (Some(a), Some(b)) = (before.last_mut(), after.first_mut()) else {
            continue;
        };
        if a.tokens.end + 1 != b.tokens.start {
            continue;
        }
        let (sign, next) = (&tokens.tokens[a.tokens.end], &tokens.tokens[b.tokens.start]);
        if (sign.is('-') || sign.is('/')) && !sign.spaced && !next.spaced {
            a.hyphen = true;
            b.hyphen = true;
        }
    }
}

/// Marks the names in the line of place and day that opens a report.
fn dateline(tokens: &Tokens<'_>, g: &Gazetteer, out: &mut [Mention]) {
    let body = tokens
        .sentences
        .iter()
        .filter(|s| !matches!(s.kind, BlockKind::Headline | BlockKind::Heading));
    for sentence in body.take(2) {
        let end = dateline_end(tokens, g, sentence, out);
        for m in out.iter_mut() {
            if m.tokens.start >= sentence.tokens.start && m.tokens.end <= end {
                m.dateline = true;
            }
        }
        if end > sentence.tokens.start {
            break;
        }
    }
}

/// Where the dateline of a sentence ends; its start when it has none.
fn dateline_end(tokens: &Tokens<'_>, g: &Gazetteer, sentence: &Sentence, out: &[Mention]) -> usize {
    let range = &sentence.tokens;
    let (mut at, mut places, mut dated, mut dashed) = (range.start, 0, false, false);
    while at < range.end {
        let place = out
            .binary_search_by_key(&at, |m| m.tokens.start)
            .ok()
            .map(|i| &out[i]);
        let token = &tokens.tokens[at];
        match (place, token.kind) {
            (Some(m), _)
                if !m.possessive
                    && matches!(m.how, As::Name | As::Capital | As::City | As::Code) =>
            {
                places += 1;
                at = m.tokens.end;
                continue;
            }
            (_, Kind::Number) => dated = true,
            (_, Kind::Word) if g.words.calendar.has(token) => dated = true,
            (_, Kind::Word) if places == 0 && g.words.labels.has(token) => {}
            (_, Kind::Sign(',' | '.' | '(' | ')' | '/' | '|')) => {}
            (_, Kind::Sign('-' | ':')) if places > 0 => {
                dashed = true;
                at += 1;
                break;
            }
            _ => break,
        }
        at += 1;
    }
    let whole = at == range.end;
    let set_off = dashed || whole || dated;
    if places > 0 && places <= 3 && set_off {
        at
    } else {
        range.start
    }
}

/// Settles what names leave open.
fn decide(tokens: &Tokens<'_>, out: &mut [Mention], pair: Option<Pair>) {
    let sentence = |m: &Mention| {
        let ends = |s: &Sentence| s.tokens.end <= m.tokens.start;
        tokens.sentences.partition_point(ends)
    };
    let certain: BTreeSet<(usize, Country)> = out
        .iter()
        .filter(|m| m.also.is_empty())
        .map(|m| (sentence(m), m.country))
        .collect();
    let mut sure = BTreeMap::<Country, u32>::new();
    for m in out.iter().filter(|m| m.also.is_empty()) {
        *sure.entry(m.country).or_default() += 1;
    }
    for m in out.iter_mut().filter(|m| !m.also.is_empty()) {
        let all: Vec<Country> = std::iter::once(m.country).chain(m.also.drain(..)).collect();
        let paired: Vec<Country> = all
            .iter()
            .copied()
            .filter(|c| pair.is_some_and(|p| p.has(*c)))
            .collect();
        let here = sentence(m);
        let best = match paired[..] {
            [one] => one,
            // "Guinea's exports to Guinea-Bissau": beside the one, the other is meant.
            [a, b] if certain.contains(&(here, a)) != certain.contains(&(here, b)) => {
                if certain.contains(&(here, a)) { b } else { a }
            }
            [first, _, ..] => first,
            // Of towns with one name the largest is meant unless the text names another's country.
            _ => all
                .iter()
                .copied()
                .filter(|c| sure.contains_key(c))
                .max_by_key(|c| (sure[c], *c == all[0]))
                .unwrap_or(all[0]),
        };
        m.country = best;
        m.also = all.into_iter().filter(|c| *c != best).collect();
    }
}
