//! Patterns: how a wording is written in `rules.toml`, and whether it stands at a token.
//!
//! A pattern is a row of items with spaces between them. `MONTH` and other capitals are classes
//! ([`Class`]), `$to` is a set of `lexicon.toml`, `of|in` one of several words, all else the word
//! or sign itself. `?` behind an item says that it may be absent, `<` that it stands before the
//! expression and is no part of it.

use super::lexicon::{Lexicon, Meaning, set};
use super::raw::{Action, YearRef};
use super::rules::Rule;
use super::value::Unit;
use crate::tokens::{Kind, Tokens, Vocabulary, Word};

/// What an item may be, other than given words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A month, with the full stop of its short form.
    Month,
    /// 1 to 31, "27th".
    Day,
    /// Four digits, 1500 to 2100.
    Year,
    /// Two digits of a year.
    Yy,
    /// Two digits of a day or month.
    Nn,
    /// A weekday in full.
    Weekday,
    /// The same or shortened.
    Wday,
    /// First, 2nd.
    Ord,
    /// One, 12, thirty-two.
    Count,
    /// One digit.
    Digit,
    /// Day, weeks.
    Unit,
    /// Last, this, next.
    Rel,
    /// The year of what stands before it: ", 2024", "of last year", "(2023)", "'22".
    Y,
    /// 1990s.
    Decade,
    /// Nineties.
    DecadeWord,
    /// Q1.
    Quarter,
    /// The letter and year of "1Q22".
    QuarterYear,
    /// H1.
    Half,
    /// The letter and year of "1H22".
    HalfYear,
    /// FY15.
    FiscalYear,
    /// I to IV.
    Roman,
    /// 27.11.2024.
    Dotted,
}

impl Class {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "MONTH" => Self::Month,
            "DAY" => Self::Day,
            "YEAR" => Self::Year,
            "YY" => Self::Yy,
            "NN" => Self::Nn,
            "WEEKDAY" => Self::Weekday,
            "WDAY" => Self::Wday,
            "ORD" => Self::Ord,
            "N" => Self::Count,
            "DIGIT" => Self::Digit,
            "UNIT" => Self::Unit,
            "REL" => Self::Rel,
            "Y" => Self::Y,
            "DECADE" => Self::Decade,
            "DECADEWORD" => Self::DecadeWord,
            "QN" => Self::Quarter,
            "QY" => Self::QuarterYear,
            "HN" => Self::Half,
            "HY" => Self::HalfYear,
            "FY" => Self::FiscalYear,
            "ROMAN" => Self::Roman,
            "DOTTED" => Self::Dotted,
            _ => return None,
        })
    }

    /// Whether it may begin with a number of four bytes: "2024", "27th".
    pub(super) fn begins_year(self) -> bool {
        matches!(self, Self::Year | Self::Decade | Self::Day | Self::Ord)
    }

    /// Whether it may begin with a number of another length.
    pub(super) fn begins_number(self) -> bool {
        matches!(
            self,
            Self::Day | Self::Yy | Self::Nn | Self::Ord | Self::Count | Self::Digit | Self::Dotted
        )
    }

    /// Whether it may begin with a word.
    pub(super) fn begins_word(self, m: &Meaning) -> bool {
        match self {
            Self::Month => m.month > 0,
            Self::Weekday => m.weekday > 0 && !m.short,
            Self::Wday => m.weekday > 0,
            Self::Ord => m.ordinal > 0,
            Self::Count => m.cardinal > 0,
            Self::Unit => m.unit.is_some(),
            Self::Rel => m.relative.is_some(),
            Self::DecadeWord => m.decade > 0,
            Self::Quarter => m.quarter > 0,
            Self::Half => m.half > 0,
            Self::FiscalYear => m.fiscal_year > 0,
            Self::Roman => m.roman > 0,
            _ => false,
        }
    }
}

#[derive(Clone, Debug)]
enum What {
    Words(Box<[Word]>),
    Class(Class),
}

#[derive(Clone, Debug)]
struct Item {
    what: What,
    optional: bool,
    lead: bool,
}

/// How a pattern may begin.
pub(super) enum First<'p> {
    Words(&'p [Word]),
    Class(Class),
}

/// A wording, compiled.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    items: Box<[Item]>,
    pub(super) rule: &'static str,
    pub(super) action: Action,
    pub(super) number: Option<i16>,
}

/// What the classes of a match stood for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Caps {
    pub(super) years: Pairs<YearRef>,
    pub(super) months: Pairs<u8>,
    pub(super) days: Pairs<u8>,
    pub(super) numbers: Pairs<u8>,
    pub(super) ordinals: Pairs<u8>,
    pub(super) dotted: Option<(i16, u8, u8)>,
    pub(super) count: Option<u16>,
    pub(super) unit: Option<Unit>,
    /// Whether the unit was told in the plural.
    pub(super) plural: bool,
    pub(super) relative: Option<i8>,
    pub(super) weekday: u8,
    pub(super) decade: Option<i16>,
}

/// Up to two values in order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pairs<T> {
    pub(super) first: Option<T>,
    pub(super) second: Option<T>,
}

impl<T: Copy> Pairs<T> {
    fn push(&mut self, value: T) {
        match self.first {
            None => self.first = Some(value),
            Some(_) => self.second = Some(value),
        }
    }

    /// The last that was given.
    pub(super) fn last(&self) -> Option<T> {
        self.second.or(self.first)
    }
}

/// A match: tokens and what its classes stood for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) caps: Caps,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// A class or set that does not exist, and a pattern without items, as a text.
    pub(super) fn new(
        rule: &'static Rule,
        text: &str,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, String> {
        let items = text
            .split_whitespace()
            .map(|item| Item::new(item, vocabulary))
            .collect::<Result<Box<[_]>, _>>()?;
        if items.iter().all(|i| i.optional) {
            return Err(format!("“{text}” matches nothing"));
        }
        Ok(Self {
            items,
            rule: &rule.id,
            action: rule.value,
            number: rule.number,
        })
    }

    /// What it may begin with.
    pub(super) fn firsts(&self) -> impl Iterator<Item = First<'_>> {
        let required = self.items.iter().position(|i| !i.optional).unwrap_or(0);
        self.items.iter().take(required + 1).map(|i| match &i.what {
            What::Words(w) => First::Words(w),
            What::Class(c) => First::Class(*c),
        })
    }

    /// Whether it stands at a token, within a sentence that ends before `limit`.
    pub(super) fn matches(
        &self,
        tokens: &Tokens<'_>,
        lexicon: &Lexicon,
        at: usize,
        limit: usize,
    ) -> Option<Match> {
        let reader = Reader {
            tokens,
            lexicon,
            limit,
        };
        let mut m = Match {
            start: at,
            end: at,
            caps: Caps::default(),
        };
        reader.items(&self.items, &mut m)?;
        // The full stop of a shortened month is part of it only inside.
        while m.end > m.start + 1 && tokens.tokens.get(m.end - 1).is_some_and(|t| t.is('.')) {
            m.end -= 1;
        }
        Some(m)
    }
}

impl Item {
    fn new(text: &str, vocabulary: &mut Vocabulary) -> Result<Self, String> {
        let (text, optional) = match text.strip_suffix('?') {
            Some(t) if !t.is_empty() => (t, true),
            _ => (text, false),
        };
        let (text, lead) = match text.strip_suffix('<') {
            Some(t) if !t.is_empty() => (t, true),
            _ => (text, false),
        };
        let what = if let Some(name) = text.strip_prefix('$').filter(|n| !n.is_empty()) {
            let words = set(name).ok_or_else(|| format!("there is no set “{name}”"))?;
            What::Words(words.iter().map(|w| vocabulary.add(w)).collect())
        } else if text.chars().all(|c| c.is_ascii_uppercase()) {
            What::Class(Class::named(text).ok_or_else(|| format!("there is no class “{text}”"))?)
        } else {
            What::Words(text.split('|').map(|w| vocabulary.add(w)).collect())
        };
        Ok(Self {
            what,
            optional,
            lead,
        })
    }
}

struct Reader<'r, 't> {
    tokens: &'r Tokens<'t>,
    lexicon: &'r Lexicon,
    limit: usize,
}

impl Reader<'_, '_> {
    /// Matches the items one after the other; what may be absent is tried present first. Where
    /// nothing matches, `m` is left as it came to be.
    fn items(&self, items: &[Item], m: &mut Match) -> Option<()> {
        let Some((item, rest)) = items.split_first() else {
            return Some(());
        };
        if !item.optional {
            self.item(item, m)?;
            return self.items(rest, m);
        }
        let before = *m;
        if self.item(item, m).is_some() && self.items(rest, m).is_some() {
            return Some(());
        }
        *m = before;
        self.items(rest, m)
    }

    fn item(&self, item: &Item, m: &mut Match) -> Option<()> {
        m.end = match &item.what {
            What::Words(words) => {
                let t = self
                    .tokens
                    .tokens
                    .get(m.end)
                    .filter(|_| m.end < self.limit)?;
                words.contains(&t.word).then_some(m.end + 1)?
            }
            What::Class(class) => self.class(*class, m.end, &mut m.caps)?,
        };
        if item.lead {
            m.start = m.end;
        }
        Some(())
    }

    /// Where a class that begins at a token ends.
    fn class(&self, class: Class, at: usize, caps: &mut Caps) -> Option<usize> {
        let t = self.tokens.tokens.get(at).filter(|_| at < self.limit)?;
        let meaning = self.lexicon.word(t.word);
        let positive = |n: u8| (n > 0).then_some(n);
        match class {
            Class::Month => return self.month(at, caps),
            Class::Y => {
                let (end, year) = self.year_of(at)?;
                caps.years.push(year);
                return Some(end);
            }
            Class::Count => return self.count(at, caps),
            Class::Decade => return self.decade(at, caps),
            Class::Day => caps.days.push(self.day(at)?),
            Class::Year => caps.years.push(YearRef::Given(self.year(at)?)),
            Class::Yy | Class::Nn => caps.numbers.push(self.digits(at, 2)? as u8),
            Class::Digit => caps.ordinals.push(self.digits(at, 1)? as u8),
            Class::Weekday if meaning.short => return None,
            Class::Weekday | Class::Wday => {
                caps.weekday = positive(meaning.weekday).filter(|_| t.capital)?;
                // "Fri., May 5": the full stop goes with the short form.
                if meaning.short && self.is_joined(at + 1, '.') {
                    return Some(at + 2);
                }
            }
            Class::Ord => caps.ordinals.push(match t.kind {
                Kind::Number => self.ordinal(at)?,
                _ => positive(meaning.ordinal)?,
            }),
            Class::Unit => {
                caps.unit = Some(meaning.unit?);
                caps.plural = self.tokens.raw(at).ends_with(['s', 'S']);
            }
            Class::Rel => caps.relative = Some(meaning.relative?),
            Class::DecadeWord => caps.decade = Some(meaning.decade).filter(|d| *d > 0),
            Class::Quarter => caps.ordinals.push(positive(meaning.quarter)?),
            Class::Half => caps.ordinals.push(positive(meaning.half)?),
            Class::Roman => caps
                .ordinals
                .push(positive(meaning.roman).filter(|_| t.capital)?),
            Class::QuarterYear if !t.spaced => caps.years.push(given(meaning.quarter_year)?),
            Class::HalfYear if !t.spaced => caps.years.push(given(meaning.half_year)?),
            Class::QuarterYear | Class::HalfYear => return None,
            Class::FiscalYear => caps.years.push(given(meaning.fiscal_year)?),
            Class::Dotted => caps.dotted = Some(dotted(self.tokens.raw(at))?),
        }
        Some(at + 1)
    }

    fn is_joined(&self, at: usize, sign: char) -> bool {
        at < self.limit
            && self
                .tokens
                .tokens
                .get(at)
                .is_some_and(|t| t.is(sign) && !t.spaced)
    }

    fn word(&self, at: usize) -> Word {
        match at < self.limit {
            true => self.tokens.tokens.get(at).map_or(Word::NONE, |t| t.word),
            false => Word::NONE,
        }
    }

    fn month(&self, at: usize, caps: &mut Caps) -> Option<usize> {
        let t = self.tokens.tokens.get(at)?;
        let m = self.lexicon.word(t.word);
        // "may", "march" and the short forms are words of their own without a capital.
        if m.month == 0 || !t.capital && (m.short || matches!(m.month, 3 | 5 | 8)) {
            return None;
        }
        caps.months.push(m.month);
        match m.short && self.is_joined(at + 1, '.') {
            true => Some(at + 2),
            false => Some(at + 1),
        }
    }

    /// The value of a number of so many digits.
    fn digits(&self, at: usize, length: usize) -> Option<u16> {
        if at >= self.limit {
            return None;
        }
        let raw = self.tokens.raw(at);
        match raw.len() == length && raw.bytes().all(|b| b.is_ascii_digit()) {
            true => raw.parse().ok(),
            false => None,
        }
    }

    fn year(&self, at: usize) -> Option<i16> {
        self.digits(at, 4)
            .filter(|y| (1500..=2100).contains(y))
            .map(|y| y as i16)
    }

    fn ordinal(&self, at: usize) -> Option<u8> {
        let raw = self.tokens.raw(at);
        let digits = raw.find(|c: char| !c.is_ascii_digit())?;
        raw.get(..digits)?.parse().ok().filter(|n| *n > 0)
    }

    fn day(&self, at: usize) -> Option<u8> {
        let plain = self
            .digits(at, 1)
            .or_else(|| self.digits(at, 2))
            .map(|d| d as u8);
        let n = plain.or_else(|| self.ordinal(at))?;
        // "in May 25 million", "up in March 12 %": the number belongs to what follows.
        let next = self
            .tokens
            .tokens
            .get(at + 1)
            .filter(|_| at + 1 < self.limit);
        let counted = self.lexicon.token(next).is(super::lexicon::Set::Counted);
        ((1..=31).contains(&n) && !counted).then_some(n)
    }

    fn count(&self, at: usize, caps: &mut Caps) -> Option<usize> {
        let t = self.tokens.tokens.get(at)?;
        if t.kind == Kind::Number {
            let n = (1..=3).find_map(|l| self.digits(at, l))?;
            caps.count = Some(n);
            return Some(at + 1);
        }
        let tens = self.lexicon.word(t.word).cardinal;
        let ones = self.lexicon.word(self.word(at + 2)).cardinal;
        if tens >= 20 && (1..10).contains(&ones) && self.is_joined(at + 1, '-') {
            caps.count = Some(u16::from(tens + ones));
            return Some(at + 3);
        }
        caps.count = Some(u16::from(tens)).filter(|n| *n > 0);
        caps.count.map(|_| at + 1)
    }

    /// `1990s`, `1990's`, `'90s`.
    fn decade(&self, at: usize, caps: &mut Caps) -> Option<usize> {
        let year = self.year(at).filter(|y| y % 10 == 0)?;
        let mut end = at + 1;
        if self.is_joined(end, '\'') {
            end += 1;
        }
        let s = self
            .tokens
            .tokens
            .get(end)
            .filter(|t| end < self.limit && !t.spaced)?;
        let plural = s.word == self.lexicon.words.s || matches!(self.tokens.raw(end), "'s" | "’s");
        caps.decade = Some(year).filter(|_| plural);
        caps.decade.map(|_| end + 1)
    }

    /// The year that is said of what stands before.
    fn year_of(&self, at: usize) -> Option<(usize, YearRef)> {
        let w = &self.lexicon.words;
        let t = self.tokens.tokens.get(at)?;
        if t.is('(') {
            let year = self.year(at + 1)?;
            let closed = self.tokens.tokens.get(at + 2).is_some_and(|t| t.is(')'));
            return (closed && at + 2 < self.limit).then_some((at + 3, YearRef::Given(year)));
        }
        if t.is('\'') {
            let yy = self.digits(at + 1, 2)?;
            let joined = self.tokens.tokens.get(at + 1).is_some_and(|t| !t.spaced);
            return joined.then_some((at + 2, YearRef::Given(century(yy as i16))));
        }
        let linked = t.is(',') || t.word == w.of || t.word == w.inside;
        let mut i = at + usize::from(linked);
        if let Some(year) = self.year(i) {
            // ", 2000 students" and "of 2000 tonnes" are amounts.
            let next = self.tokens.tokens.get(i + 1).filter(|_| i + 1 < self.limit);
            let counted = linked && self.lexicon.token(next).is(super::lexicon::Set::Counted);
            return (!counted).then_some((i + 1, YearRef::Given(year)));
        }
        let the = self.word(i) == w.the;
        i += usize::from(the);
        let word = self.word(i);
        if word == w.year && the && linked && !t.is(',') {
            return Some((i + 1, YearRef::The));
        }
        let shift = if let Some(by) = self.lexicon.word(word).relative {
            YearRef::Shift(by)
        } else if word == w.that || word == w.same {
            i += usize::from(word == w.that && self.word(i + 1) == w.same);
            YearRef::Text(0)
        } else if word == w.following {
            YearRef::Text(1)
        } else if word == w.previous {
            YearRef::Text(-1)
        } else {
            return None;
        };
        (self.word(i + 1) == w.year).then_some((i + 2, shift))
    }
}

fn given(year: i16) -> Option<YearRef> {
    (year > 0).then_some(YearRef::Given(year))
}

/// The year that two digits stand for: of this century, but of the last from 60 on.
pub(super) fn century(digits: i16) -> i16 {
    digits + if digits < 60 { 2000 } else { 1900 }
}

/// Year, month and day of `27.11.2024`, `2024.11.27` and `27.11.24`.
fn dotted(raw: &str) -> Option<(i16, u8, u8)> {
    let mut parts = raw.split('.');
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some()
        || ![a, b, c]
            .iter()
            .all(|p| p.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    let month = b.parse().ok()?;
    match (a.len(), b.len(), c.len()) {
        (1 | 2, 1 | 2, 4) => Some((c.parse().ok()?, month, a.parse().ok()?)),
        (4, 1 | 2, 1 | 2) => Some((a.parse().ok()?, month, c.parse().ok()?)),
        (2, 2, 2) => Some((century(c.parse().ok()?), month, a.parse().ok()?)),
        _ => None,
    }
}
