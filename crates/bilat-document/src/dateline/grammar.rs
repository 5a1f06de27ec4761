//! How dates are written.

use jiff::civil::Date;

use super::tokens::Token;
use super::words::Vocabulary;

/// A day, with or without its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Partial {
    pub(crate) year: Option<i16>,
    pub(crate) month: i8,
    pub(crate) day: i8,
}

impl Partial {
    pub(super) fn with(self, year: i16) -> Self {
        Self {
            year: Some(year),
            ..self
        }
    }

    /// The day in a year.
    pub(crate) fn with_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }

    /// The day, when the year is told.
    pub(crate) fn day(self) -> Option<Date> {
        self.year.and_then(|y| self.with_year(y))
    }
}

/// A date and the token after it.
pub(super) struct Read {
    pub(super) date: Partial,
    pub(super) next: usize,
}

/// The date that begins at a token.
pub(super) fn date(tokens: &[Token<'_>], at: usize, words: &Vocabulary) -> Option<Read> {
    nth_weekday(tokens, at, words)
        .or_else(|| numeric(tokens, at))
        .or_else(|| written(tokens, skip_weekday(tokens, at, words), words))
        .filter(|r| {
            // The 29th of February needs a year to be none.
            let year = r.date.year.unwrap_or(2000);
            r.date.with_year(year).is_some()
        })
}

fn skip_weekday(tokens: &[Token<'_>], at: usize, words: &Vocabulary) -> usize {
    let named = tokens
        .get(at)
        .is_some_and(|t| words.weekday(t.text).is_some());
    if !named {
        return at;
    }
    let marks = tokens[at + 1..]
        .iter()
        .take_while(|t| t.is(",") || t.is("."))
        .count();
    at + 1 + marks
}

/// "25 October 2024", "5 de mayo de 2024", "Dec. 25, 2011", "May 1".
fn written(tokens: &[Token<'_>], at: usize, words: &Vocabulary) -> Option<Read> {
    let skip = |mut i: usize, marks: &[&str]| {
        while tokens
            .get(i)
            .is_some_and(|t| words.is_join(t.text) || marks.contains(&t.text))
        {
            i += 1;
        }
        i
    };
    let day_of = |i: usize| {
        let t = tokens.get(i)?;
        let short = t.text.len()
            - if t.ordinal {
                t.text
                    .trim_start_matches(|c: char| c.is_ascii_digit())
                    .len()
            } else {
                0
            }
            <= 2;
        t.number
            .filter(|n| short && (1..=31).contains(n))
            .map(|n| n as i8)
    };
    let month_of = |i: usize| words.month(tokens.get(i)?.text);
    let (month, day, mut next) = match (day_of(at), month_of(at)) {
        (Some(day), _) => {
            let m = skip(at + 1, &["."]);
            (month_of(m)?, day, m + 1)
        }
        (None, Some(month)) => {
            let d = skip(at + 1, &["."]);
            (month, day_of(d)?, d + 1)
        }
        _ => return None,
    };
    // The year, behind an abbreviation's stop, a comma or a small word.
    let y = skip(next, &[".", ","]);
    let year = tokens.get(y).and_then(Token::year);
    if year.is_some() {
        next = y + 1;
    } else if tokens.get(next).is_some_and(|t| t.is("."))
        && tokens.get(next + 1).is_some_and(|t| t.is("(") || t.is("-"))
    {
        // "3 Aug. (Xinhua)".
        next += 1;
    }
    Some(Read {
        date: Partial { year, month, day },
        next,
    })
}

/// "2024-03-02", "02.03.2024", "25/12/2011"; a pair that may be either way is none.
fn numeric(tokens: &[Token<'_>], at: usize) -> Option<Read> {
    let [a, m1, b, m2, c] = tokens.get(at..at + 5)? else {
        return None;
    };
    let close = !m1.spaced && !b.spaced && !m2.spaced && !c.spaced;
    let (x, y, z) = (a.number?, b.number?, c.number.or_else(|| leading(c.text))?);
    if !close || m1.text != m2.text || a.ordinal || b.text.len() > 2 {
        return None;
    }
    let small = |n: i16| i8::try_from(n).ok();
    let (year, month, day) = match m1.text {
        "-" | "/" | "." if a.year().is_some() && c.text.len() >= 2 => (x, small(y)?, small(z)?),
        "." if c.year().is_some() => (z, small(y)?, small(x)?),
        "/" | "-" if c.year().is_some() && x > 12 => (z, small(y)?, small(x)?),
        "/" | "-" if c.year().is_some() && y > 12 => (z, small(x)?, small(y)?),
        "/" | "-" if c.year().is_some() && x == y => (z, small(x)?, small(x)?),
        _ => return None,
    };
    let mut next = at + 5;
    // A time after `T` goes with it.
    if tokens
        .get(next)
        .is_some_and(|t| !t.spaced && t.text.starts_with(['T', 't']))
    {
        next = tokens.len();
    }
    let date = Partial {
        year: Some(year),
        month,
        day,
    };
    date.day().map(|_| Read { date, next })
}

/// The digits that a token begins with ("02T10").
fn leading(text: &str) -> Option<i16> {
    let n = text.bytes().take_while(u8::is_ascii_digit).count();
    text[..n].parse().ok()
}

/// "9th Saturday, April 2022": the day of the month with its weekday, or, where that day is
/// another weekday, the n-th such day of the month.
fn nth_weekday(tokens: &[Token<'_>], at: usize, words: &Vocabulary) -> Option<Read> {
    let number = tokens.get(at)?.number.filter(|n| (1..=31).contains(n))? as i8;
    let weekday = words.weekday(tokens.get(at + 1)?.text)?;
    let skip = |i: usize| {
        let past = tokens.get(i..).unwrap_or_default().iter();
        i + past
            .take_while(|t| t.is(",") || t.is(".") || words.is_join(t.text))
            .count()
    };
    let m = skip(at + 2);
    let month = words.month(tokens.get(m)?.text)?;
    let y = skip(m + 1);
    let year = tokens.get(y)?.year()?;
    let first = Date::new(year, month, 1).ok()?;
    let same = Date::new(year, month, number)
        .ok()
        .filter(|d| d.weekday().to_monday_one_offset() == weekday);
    let nth = || {
        let shift = (weekday - first.weekday().to_monday_one_offset()).rem_euclid(7);
        Date::new(year, month, 1 + shift + 7 * (number.checked_sub(1)?).min(5)).ok()
    };
    let day = same.or_else(|| if number <= 5 { nth() } else { None })?;
    Some(Read {
        date: Partial {
            year: Some(year),
            month,
            day: day.day(),
        },
        next: y + 1,
    })
}
