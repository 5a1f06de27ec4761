//! When: every temporal expression of a text, resolved as far as the text and the day of its
//! publication allow.
//!
//! ```text
//! tokens ──match──▶ raw expressions ──resolve──▶ times
//!         rules.toml                 publication day, years told elsewhere in the text
//! ```
//!
//! Wordings are data: `rules.toml` has patterns with reasons and examples, `lexicon.toml` the
//! words. What code knows is how a match becomes a value. At each token the longest match counts;
//! matches do not overlap.

mod calendar;
mod dateline;
mod guard;
mod lead;
mod lexicon;
mod pattern;
mod raw;
mod resolve;
mod rules;
#[cfg(test)]
mod tests;
mod value;

pub use lexicon::Lexicon;
pub use rules::{Example, Rule, rules};
pub use value::{Anchor, Lead, Side, Time, Unit, Value};

use jiff::civil::Date;

use crate::tokens::Tokens;
use raw::Found;

/// Every temporal expression, in order and without overlaps.
///
/// `published` is the day that "yesterday" and "last year" are counted from. Without it a full
/// date in the dateline is taken instead; without either, such expressions stay unresolved.
/// Linear in the number of tokens.
#[must_use]
pub fn find(tokens: &Tokens<'_>, lexicon: &Lexicon, published: Option<Date>) -> Vec<Time> {
    // Beside the ends of the calendar "next year" and "last century" lie outside it.
    let published = published.filter(|d| (1000..=9000).contains(&d.year()));
    let mut found = Vec::new();
    let mut at = 0;
    for (n, sentence) in tokens.sentences.iter().enumerate() {
        at = at.max(sentence.tokens.start);
        let end = limit(tokens, lexicon, n);
        while at < sentence.tokens.end {
            match longest(tokens, lexicon, n, at, end) {
                Some(f) => {
                    at = f.tokens.end.max(at + 1);
                    found.push(f);
                }
                None => at += 1,
            }
        }
    }
    let mut times = resolve::resolve(tokens, lexicon, published, found);
    // "Last year" beside a day in the first year leads to a year that no period has.
    times.retain(|t| {
        t.date()
            .and_then(|(when, _)| when.period())
            .is_none_or(|p| p.first().year() > 0)
    });
    times
}

/// The longest match that begins at a token and ends before `end`; of two as long, the rule listed
/// first.
fn longest(
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    sentence: usize,
    at: usize,
    end: usize,
) -> Option<Found> {
    let mut best: Option<Found> = None;
    for pattern in lexicon.starting(tokens, at) {
        let Some(m) = pattern.matches(tokens, lexicon, at, end) else {
            continue;
        };
        if best.as_ref().is_some_and(|b| b.tokens.end >= m.end) || m.end <= m.start {
            continue;
        }
        let Some(value) = raw::build(pattern, &m.caps) else {
            continue;
        };
        let mut candidate = Found {
            tokens: m.start..m.end,
            value,
            lead: lead::before(tokens, lexicon, sentence, at, m.start),
            rule: pattern.rule,
            sentence,
        };
        if guard::admits(tokens, lexicon, &mut candidate) {
            best = Some(candidate);
        }
    }
    best
}

/// Where the matches in a sentence end: at its end, or at the next one's when it was cut at the
/// full stop of a shortened month.
fn limit(tokens: &Tokens<'_>, lexicon: &Lexicon, sentence: usize) -> usize {
    let Some(this) = tokens.sentences.get(sentence) else {
        return 0;
    };
    let end = this.tokens.end;
    let stop = end.checked_sub(1).and_then(|i| tokens.tokens.get(i));
    let month = end.checked_sub(2).and_then(|i| tokens.tokens.get(i));
    let meaning = lexicon.token(month);
    match tokens.sentences.get(sentence + 1) {
        Some(next)
            if next.block == this.block
                && stop.is_some_and(|t| t.is('.'))
                && meaning.month > 0
                && meaning.short =>
        {
            next.tokens.end
        }
        _ => end,
    }
}
