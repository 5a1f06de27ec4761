//! The day of publication out of the text itself: datelines, dates alone on a line near the top
//! or the foot, labels ("Published: …"), and statements that open with their date.
//!
//! A date is taken for the publication's only by its place and by what ends it: "BAKU, May 1.
//! Figures …" opens with one, "April 1, 2025, the forum …" does not. A day without a year is
//! kept as such; [`Partial::with_year`] and [`year_by_text`] decide the year where it can be.

mod grammar;
mod tokens;
mod words;

use jiff::civil::Date;

use bilat_model::document::Span;

use crate::Error;
pub(crate) use grammar::Partial;
use grammar::{Read, date};
use tokens::{Token, tokens};
use words::{Vocabulary, vocabulary};

/// How a line tells a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// At the head of running text.
    Opening,
    /// Behind a label that says so.
    Labelled,
    /// Nothing else on the line.
    Alone,
    /// After the kind of statement that it dates.
    Statement,
}

/// A date and how it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dateline {
    pub(crate) date: Partial,
    pub(crate) place: Place,
}

/// The date that a line is headed by or consists of.
pub(crate) fn of_line(line: &str) -> Result<Option<Dateline>, Error> {
    let words = vocabulary()?;
    let folded = crate::skeleton(head(line));
    let tokens = tokens(folded.text());
    if tokens.is_empty() || words.is_change(&tokens) {
        return Ok(None);
    }
    let whole = head(line).len() == line.len();
    let found = labelled(&tokens, words, whole)
        .or_else(|| opening(&tokens, words, whole))
        .or_else(|| statement(&tokens, words));
    Ok(found)
}

/// Whether a line opens as a report does: a place in capitals or a date, then a stop or a dash.
/// Such a line is no headline.
pub(crate) fn opens(line: &str) -> Result<bool, Error> {
    let words = vocabulary()?;
    let folded = crate::skeleton(head(line));
    let tokens = tokens(folded.text());
    let place = place(&tokens, words);
    let shouted = place > 0
        && tokens[..place]
            .iter()
            .all(|t| !t.is_word() || t.is_shouted())
        && tokens
            .get(place)
            .is_some_and(|t| t.is(".") || t.is("-") && t.spaced);
    // More must follow than a headline in capitals has.
    Ok((shouted && tokens.len() > place + 4)
        || matches!(opening(&tokens, words, false), Some(d) if d.place == Place::Opening))
}

/// As much of a line as a dateline takes.
fn head(line: &str) -> &str {
    let end = line.char_indices().nth(160).map_or(line.len(), |(i, _)| i);
    &line[..end]
}

/// "Published: 2 March 2024", "Date 02.03.2024".
fn labelled(tokens: &[Token<'_>], words: &Vocabulary, whole: bool) -> Option<Dateline> {
    let mut at = words.label(tokens)?;
    while tokens
        .get(at)
        .is_some_and(|t| t.is(":") || t.is("-") || t.is("|"))
    {
        at += 1;
    }
    let Read { date, next } = date(tokens, at, words)?;
    let short = whole && tokens.len() - next <= 12;
    short.then_some(Dateline {
        date,
        place: Place::Labelled,
    })
}

/// "BAKU, May 1.", "25 October 2024.", "ASTANA - 12 March 2021 -", "NAIROBI, 3 Aug (Xinhua) --",
/// and the same with nothing after them.
fn opening(tokens: &[Token<'_>], words: &Vocabulary, whole: bool) -> Option<Dateline> {
    let place = place(tokens, words);
    let mut starts = vec![0];
    if place > 0 {
        starts.push(place);
        let separator = |t: &&Token<'_>| {
            t.is(",") || t.is(".") || t.is("-") || t.is("/") || t.is("(") || t.is("|")
        };
        let past = tokens[place..].iter().take_while(separator).count();
        starts.push(place + past);
    }
    starts.into_iter().find_map(|at| {
        let Read { date, mut next } = date(tokens, at, words)?;
        // Where a name runs straight into a date ("In May 2024"), the place must be shouted.
        let joined = at > 0
            && at == place
            && !tokens[..place]
                .iter()
                .all(|t| !t.is_word() || t.is_shouted());
        if joined {
            return None;
        }
        let year = bracketed_year(tokens, next);
        let date = match (date.year, year) {
            (None, Some((year, after))) => {
                next = after;
                date.with(year)
            }
            _ => date,
        };
        next = skip_agency(tokens, skip_time(tokens, next));
        match tokens.get(next) {
            None if whole => Some(Dateline {
                date,
                place: Place::Alone,
            }),
            Some(t) if t.is(")") || t.is("]") => {
                let after = next + 1;
                ends_opening(tokens, after, words).then_some(Dateline {
                    date,
                    place: Place::Opening,
                })
            }
            Some(_) => ends_opening(tokens, next, words).then_some(Dateline {
                date,
                place: Place::Opening,
            }),
            None => None,
        }
    })
}

/// A stop, a dash or a colon that ends the dateline, and something after it that is no date.
fn ends_opening(tokens: &[Token<'_>], at: usize, words: &Vocabulary) -> bool {
    let Some(end) = tokens.get(at) else {
        return false;
    };
    let stop = end.is(".")
        || end.is(":")
        || end.is("|")
        || (end.is("-")
            && (end.spaced || tokens.get(at + 1).is_some_and(|t| t.spaced || t.is("-"))));
    let after = tokens.get(at + 1);
    let range = end.is("-")
        && (date(tokens, at + 1, words).is_some() || after.is_some_and(|t| t.number.is_some()));
    stop && !range
}

/// How many tokens at the beginning name a place: capitalised words with commas and the small
/// words of names between them.
fn place(tokens: &[Token<'_>], words: &Vocabulary) -> usize {
    let mut end = 0;
    for (i, t) in tokens.iter().enumerate().take(14) {
        let named = t.is_word()
            && t.is_capital()
            && words.month(t.text).is_none()
            && words.weekday(t.text).is_none();
        let inner = end > 0
            && (t.is(",")
                || t.is("'")
                || t.is("-") && !t.spaced
                || t.is("/")
                || words.is_within_place(t.text));
        match (named, inner) {
            (true, _) => end = i + 1,
            (false, true) => {}
            (false, false) => break,
        }
    }
    end
}

/// "(2023)" behind a date without a year.
fn bracketed_year(tokens: &[Token<'_>], at: usize) -> Option<(i16, usize)> {
    let [open, year, close] = tokens.get(at..at + 3)? else {
        return None;
    };
    let year = year.year().filter(|_| open.is("(") && close.is(")"))?;
    Some((year, at + 3))
}

/// "14:30", "at 10:15 GMT", "T10:00:00Z", "10.30 a.m.".
fn skip_time(tokens: &[Token<'_>], at: usize) -> usize {
    let mut next = at;
    if tokens
        .get(next)
        .is_some_and(|t| t.is(",") || t.is("|") || t.text == "at" || t.text == "в")
    {
        next += 1;
    }
    let clock = |i: usize| {
        tokens
            .get(i)
            .is_some_and(|t| t.number.is_some_and(|n| n < 60))
    };
    let colon = |i: usize| tokens.get(i).is_some_and(|t| t.is(":"));
    if !(clock(next) && colon(next + 1) && clock(next + 2)) {
        return at;
    }
    next += 3;
    if colon(next) && clock(next + 1) {
        next += 2;
    }
    let zone = |t: &Token<'_>| {
        ["gmt", "utc", "am", "pm", "cet", "est", "msk", "ist", "h"].contains(&t.lower().as_str())
    };
    while tokens.get(next).is_some_and(zone) {
        next += 1;
    }
    next
}

/// "(Xinhua)", "/TASS/": who reports, up to four words in brackets or strokes.
fn skip_agency(tokens: &[Token<'_>], at: usize) -> usize {
    let close = match tokens.get(at) {
        Some(t) if t.is("(") => ")",
        Some(t) if t.is("/") => "/",
        Some(t) if t.is("[") => "]",
        // "May 5, Trend:" and "May 5. /TASS/".
        Some(t) if (t.is(",") || t.is(".")) && tokens.get(at + 1).is_some_and(|n| n.is("/")) => {
            return skip_agency(tokens, at + 1);
        }
        Some(t) if t.is(",") => {
            let named = tokens[at + 1..]
                .iter()
                .take_while(|t| t.is_word() && t.is_capital())
                .count();
            let colon = tokens
                .get(at + 1 + named)
                .is_some_and(|t| t.is(":") || t.is("-") && t.spaced);
            return if (1..=3).contains(&named) && colon {
                at + 1 + named
            } else {
                at
            };
        }
        _ => return at,
    };
    let inner = tokens[at + 1..].iter().take(6).position(|t| t.is(close));
    inner.map_or(at, |n| at + n + 2)
}

/// "Remarks of the foreign minister, 26 June 2014.": the whole of the first sentence.
fn statement(tokens: &[Token<'_>], words: &Vocabulary) -> Option<Dateline> {
    words.opener(tokens)?;
    let comma = tokens
        .iter()
        .take(24)
        .enumerate()
        .filter(|(_, t)| t.is(",") || t.is("(") || t.is("-") || t.is(":"));
    comma.into_iter().find_map(|(i, _)| {
        let Read { date, next } = date(tokens, i + 1, words)?;
        let after = tokens
            .get(next)
            .is_none_or(|t| t.is(".") || t.is(")") || t.is(":") || t.is("-"));
        (after && date.year.is_some()).then_some(Dateline {
            date,
            place: Place::Statement,
        })
    })
}

/// The year of a day that is told without one, where the text itself leaves no doubt: the latest
/// year it names, when it tells of months in that year, all before the day and the last of them
/// at most four months before it.
pub(crate) fn year_by_text(text: &str, month: i8) -> Result<Option<i16>, Error> {
    let words = vocabulary()?;
    // A page of text is enough, and keeps the cost apart from the length.
    let end = text
        .char_indices()
        .nth(20_000)
        .map_or(text.len(), |(i, _)| i);
    let folded = crate::skeleton(&text[..end]);
    let tokens = tokens(folded.text());
    let latest = tokens
        .iter()
        .filter_map(Token::year)
        .filter(|y| (1945..=2100).contains(y))
        .max();
    let Some(latest) = latest else {
        return Ok(None);
    };
    let mut months = Vec::new();
    for (i, t) in tokens.iter().enumerate() {
        if t.year() != Some(latest) {
            continue;
        }
        let before = &tokens[i.saturating_sub(3)..i];
        months.extend(before.iter().filter_map(|t| words.month(t.text)));
        let quarter = before.iter().any(|t| t.lower() == "quarter");
        let ordinal = tokens[i.saturating_sub(4)..i].iter().find_map(|t| {
            ["first", "second", "third", "fourth"]
                .iter()
                .position(|w| t.lower() == *w)
        });
        if let (true, Some(n)) = (quarter, ordinal) {
            months.push(3 * (n as i8 + 1));
        }
    }
    let last = months.iter().copied().max();
    Ok(last
        .filter(|last| *last <= month && month - last <= 4)
        .map(|_| latest))
}

/// The day that an address names in its path: `/2024/03/02/` or `2024-03-02`.
pub(crate) fn in_address(address: &str) -> Option<Date> {
    let bytes = address.as_bytes();
    let digits = |at: usize, n: usize| -> Option<i16> {
        let part = bytes.get(at..at + n)?;
        part.iter()
            .all(u8::is_ascii_digit)
            .then(|| part.iter().fold(0, |v, b| v * 10 + i16::from(b - b'0')))
    };
    (0..bytes.len()).find_map(|at| {
        let free = at == 0 || !bytes[at - 1].is_ascii_digit();
        let year = digits(at, 4).filter(|y| free && (1990..=2100).contains(y))?;
        let mark = *bytes.get(at + 4)?;
        let (month, day) = match mark {
            b'/' | b'-' | b'_' if bytes.get(at + 7) == Some(&mark) => {
                (digits(at + 5, 2)?, digits(at + 8, 2)?)
            }
            _ => return None,
        };
        let ends = bytes.get(at + 10).is_none_or(|b| !b.is_ascii_digit());
        Date::new(year, month as i8, day as i8)
            .ok()
            .filter(|_| ends)
    })
}

/// A date at the beginning of some text: an attribute's or a label's value.
pub(crate) fn value(text: &str) -> Result<Option<Date>, Error> {
    let words = vocabulary()?;
    let folded = crate::skeleton(head(text.trim()));
    let tokens = tokens(folded.text());
    Ok(date(&tokens, 0, words).and_then(|r| r.date.day()))
}

/// What of a text is looked at for its dateline: the first lines and the last.
pub(crate) fn near_ends(spans: &[Span]) -> impl Iterator<Item = (usize, Span)> + '_ {
    let last = spans.len().saturating_sub(3).max(6.min(spans.len()));
    let head = spans.iter().take(6).enumerate();
    let foot = spans.iter().enumerate().skip(last);
    head.chain(foot).map(|(i, s)| (i, *s))
}

#[cfg(test)]
mod tests;
