//! Numbers, in digits and in words.

use bilat_model::Decimal;

use super::lexicon::Lexicon;
use crate::tokens::{Kind, Tokens, plain_sign};

/// A number with its scale.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numeral {
    pub(super) start: usize,
    pub(super) end: usize,
    /// With a decimal point and without grouping.
    pub(super) digits: String,
    pub(super) scale: Decimal,
    /// Whether a scale word stands beside it.
    pub(super) scaled: bool,
    pub(super) words: bool,
}

/// The number that begins at a token. `money` says that a currency stands before it, `commas`
/// that the text writes decimal commas.
pub(super) fn read(
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    at: usize,
    end: usize,
    money: bool,
    commas: bool,
) -> Option<Numeral> {
    let (digits, mut stop, words) = match tokens.tokens[at].kind {
        Kind::Number => {
            let (digits, stop) = in_digits(tokens, at, end, commas)?;
            (digits, stop, false)
        }
        Kind::Word => {
            let (digits, stop) = in_words(tokens, lexicon, at, end)?;
            (digits, stop, true)
        }
        Kind::Sign(_) => return None,
    };
    // "2.79[1] billion": a note's mark stands between a number and its unit.
    if let Some(past) = past_note(tokens, stop, end) {
        let word = tokens.tokens[past].word;
        if lexicon.scale(word, true).is_some() || lexicon.unit(tokens, past, end, true).is_some() {
            stop = past;
        }
    }
    let mut scale = Decimal::ONE;
    let mut scaled = false;
    // "3 thousand million", "1 lakh crore": scales multiply.
    while stop < end {
        let token = &tokens.tokens[stop];
        let hyphen = token.is('-') && !token.spaced && stop + 1 < end;
        let word = if hyphen {
            tokens.tokens[stop + 1].word
        } else {
            token.word
        };
        // "12,130 M€": the sign touches the letter.
        let signed = stop + 1 < end
            && !tokens.tokens[stop + 1].spaced
            && lexicon.sign(tokens, stop + 1, end).is_some();
        let Some(power) = lexicon.scale(word, !token.spaced || money || signed) else {
            break;
        };
        if scaled && power < scale && scale > Decimal::from(1_000_000) {
            break;
        }
        let Some(product) = scale.checked_mul(power) else {
            break;
        };
        scale = product;
        scaled = true;
        stop += if hyphen { 2 } else { 1 };
        // "1 429,2 mln. dollars": the stop of an abbreviation stands before the unit.
        let dot = stop + 1 < end && tokens.tokens[stop].is('.') && !tokens.tokens[stop].spaced;
        if dot && lexicon.unit(tokens, stop + 1, end, true).is_some() {
            stop += 1;
        }
    }
    // "five thousand three hundred": what follows the thousands adds to them.
    if words
        && scale == Decimal::ONE_THOUSAND
        && let Some((rest, end)) = in_words(tokens, lexicon, stop, end)
        && let (Ok(thousands), Ok(rest)) = (digits.parse::<u32>(), rest.parse::<u32>())
        && rest < 1000
        && rest > 1
    {
        let sum = thousands.saturating_mul(1000).saturating_add(rest);
        return Some(Numeral {
            start: at,
            end,
            digits: sum.to_string(),
            scale: Decimal::ONE,
            scaled: true,
            words,
        });
    }
    Some(Numeral {
        start: at,
        end: stop,
        digits,
        scale,
        scaled,
        words,
    })
}

/// What follows the mark of a note that touches the word before it: "[1]", "(*)".
fn past_note(tokens: &Tokens<'_>, at: usize, end: usize) -> Option<usize> {
    let mark = tokens.tokens.get(at..at + 4).filter(|_| at + 3 < end)?;
    let opens = mark[0].is('[') && mark[2].is(']') || mark[0].is('(') && mark[2].is(')');
    let note = mark[1].is('*') || mark[1].kind == Kind::Number && tokens.raw(at + 1).len() <= 2;
    (opens && note && !mark[0].spaced && !mark[1].spaced && !mark[2].spaced).then_some(at + 3)
}

/// Digits over one or several tokens ("12 345,6"), with grouping taken out.
fn in_digits(tokens: &Tokens<'_>, at: usize, end: usize, commas: bool) -> Option<(String, usize)> {
    let raw = tokens.raw(at);
    if !raw
        .bytes()
        .all(|b| b.is_ascii_digit() || !b.is_ascii_alphabetic())
    {
        return None;
    }
    let mut joined: String = raw.chars().map(plain_sign).collect();
    let mut stop = at + 1;
    // Groups of three after a space: the first has one to three digits, and no separator yet.
    let short = joined.len() <= 3 && joined.bytes().all(|b| b.is_ascii_digit());
    while short && stop < end {
        let token = &tokens.tokens[stop];
        let next = tokens.raw(stop);
        let whole = next.len().min(3);
        let group = token.kind == Kind::Number
            && token.span.start - tokens.tokens[stop - 1].span.end <= 3
            && next.len() >= 3
            && next.bytes().take(3).all(|b| b.is_ascii_digit())
            && next
                .as_bytes()
                .get(whole)
                .is_none_or(|b| matches!(b, b',' | b'.'));
        if !group {
            break;
        }
        joined.push_str(next);
        stop += 1;
        if next.len() > 3 {
            break;
        }
    }
    plain(&joined, commas).map(|d| (d, stop))
}

/// A printed number with a decimal point and no grouping; `None` for what is none (`1.2.3`).
fn plain(raw: &str, commas: bool) -> Option<String> {
    let (points, marks) = (raw.matches('.').count(), raw.matches(',').count());
    let raw = raw.replace('\'', "");
    let grouped = |s: &str, by: char| {
        s.split(by).skip(1).all(|g| g.len() == 3)
            && s.split(by)
                .next()
                .is_some_and(|g| (1..=3).contains(&g.len()))
    };
    let text = match (points, marks) {
        (0, 0) => raw,
        (1, 0) if commas && grouped(&raw, '.') && !raw.starts_with("0.") => raw.replace('.', ""),
        (1, 0) => raw,
        (0, 1) if grouped(&raw, ',') && !(commas && raw.starts_with('0')) => raw.replace(',', ""),
        (0, 1) => raw.replace(',', "."),
        (0, _) if grouped(&raw, ',') => raw.replace(',', ""),
        (_, 0) if grouped(&raw, '.') => raw.replace('.', ""),
        (1, _) if raw.find('.') > raw.rfind(',') => raw.replace(',', ""),
        (_, 1) if raw.find(',') > raw.rfind('.') => raw.replace('.', "").replace(',', "."),
        _ => return None,
    };
    let whole = !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && text.len() <= 24;
    (whole && !text.starts_with('.') && !text.ends_with('.')).then_some(text)
}

/// A part of something in words: "a quarter of", "two thirds of", "half of", as per cent; the end
/// leaves the "of" out.
pub(super) fn fraction(
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    at: usize,
    end: usize,
) -> Option<(&'static str, usize)> {
    let word = |i: usize| tokens.tokens.get(i).filter(|_| i < end).map(|t| t.word);
    let many = word(at)
        .and_then(|w| lexicon.ones(w))
        .or_else(|| word(at).filter(|w| lexicon.a.contains(w)).map(|_| 1));
    let (many, part) = match many {
        Some(n) => {
            let hyphen = usize::from(tokens.tokens.get(at + 1).is_some_and(|t| t.is('-')));
            (n, at + 1 + hyphen)
        }
        None if word(at) == Some(lexicon.half) => (1, at),
        None => return None,
    };
    let percent = lexicon.part(word(part)?, many)?;
    (word(part + 1) == Some(lexicon.of)).then_some((percent, part + 1))
}

/// "two", "twenty-five", "a hundred and twenty", "half a", "one and a half", "two dozen", "a".
fn in_words(
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    at: usize,
    end: usize,
) -> Option<(String, usize)> {
    let word = |i: usize| tokens.tokens.get(i).filter(|_| i < end).map(|t| t.word);
    let is_a = |i: usize| word(i).is_some_and(|w| lexicon.a.contains(&w));
    let scaled = |i: usize| {
        word(i).is_some_and(|w| lexicon.scale(w, false).is_some() || lexicon.times(w).is_some())
    };
    if word(at) == Some(lexicon.half) {
        let next = if is_a(at + 1) { at + 2 } else { at + 1 };
        return scaled(next).then(|| ("0.5".to_owned(), next));
    }
    let named = word(at).and_then(|w| lexicon.ones(w));
    if named.is_none() && is_a(at) || named == Some(1) {
        if word(at + 1) == Some(lexicon.and) && is_a(at + 2) && word(at + 3) == Some(lexicon.half) {
            return Some(("1.5".to_owned(), at + 4));
        }
        if !scaled(at + 1) {
            return named.map(|n| (n.to_string(), at + 1));
        }
    }
    let mut stop = at;
    let mut total = 0_u32;
    if let Some(first) = named {
        total = first;
        stop = at + 1;
        let hyphen = tokens.tokens.get(stop).is_some_and(|t| t.is('-')) as usize;
        if first >= 20
            && let Some(ones) = word(stop + hyphen)
                .and_then(|w| lexicon.ones(w))
                .filter(|n| (1..10).contains(n))
        {
            total += ones;
            stop += hyphen + 1;
        }
        if word(stop) == Some(lexicon.and) && is_a(stop + 1) && word(stop + 2) == Some(lexicon.half)
        {
            return Some((format!("{total}.5"), stop + 3));
        }
    } else if is_a(at) {
        stop = at + 1;
    } else if word(at) != Some(lexicon.hundred) && word(at).and_then(|w| lexicon.times(w)).is_none()
    {
        return None;
    }
    if let Some(times) = word(stop).and_then(|w| lexicon.times(w)) {
        return Some((total.max(1).checked_mul(times)?.to_string(), stop + 1));
    }
    if word(stop) == Some(lexicon.hundred) {
        let hundreds = total.max(1).checked_mul(100)?;
        let mut next = stop + 1;
        if word(next) == Some(lexicon.and) {
            next += 1;
        }
        return match word(next).and_then(|w| lexicon.ones(w)) {
            Some(rest) => {
                let hyphen = tokens.tokens.get(next + 1).is_some_and(|t| t.is('-')) as usize;
                let ones = word(next + 1 + hyphen)
                    .and_then(|w| lexicon.ones(w))
                    .filter(|n| rest >= 20 && (1..10).contains(n));
                let (extra, stop) = ones.map_or((0, next + 1), |n| (n, next + 2 + hyphen));
                Some(((hundreds + rest + extra).to_string(), stop))
            }
            None => Some((hundreds.to_string(), stop + 1)),
        };
    }
    (stop > at).then(|| (total.max(1).to_string(), stop))
}
