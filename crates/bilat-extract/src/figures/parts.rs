//! Parts that make up a whole: "19 companies … of these, 8 are joint ventures and 11 wholly owned".

use bilat_model::document::Span;
use bilat_model::told::{Constraint, Figure};

use crate::reading::Reading;

/// Words that open a list of all parts.
const OPENERS: &[&[&str]] = &[
    &["of", "these"],
    &["of", "them"],
    &["of", "which"],
    &["of", "those"],
    &["namely"],
];

/// Finds the wholes that are told with their parts: counts of companies, of which two or more
/// parts follow an opener in the same sentence or the next.
pub(super) fn find(reading: &Reading<'_>, figures: &[Figure], constraints: &mut Vec<Constraint>) {
    let counts = |f: &Figure| f.kind.is_companies() && f.value.is_some() && f.status.is_none();
    for (whole, figure) in figures.iter().enumerate().filter(|(_, f)| counts(f)) {
        let told = out_of(reading, figure.span).or_else(|| opener(reading, figure.span));
        let Some((opener, end)) = told else {
            continue;
        };
        let parts: Vec<usize> = (0..figures.len())
            .filter(|i| *i != whole && counts(&figures[*i]) && figures[*i].to == figure.to)
            .filter(|i| {
                // "85 companies, 40 of them as joint ventures and 55 as wholly owned": the first may
                // stand just before.
                let at = figures[*i].span;
                at.end + 1 >= opener.start && at.end > figure.span.end && at.end <= end
            })
            .collect();
        // Parts of an earlier year were made then; they make up no whole of today.
        let together = parts.iter().all(|i| figures[*i].period == figure.period);
        if parts.len() >= 2 && together {
            constraints.push(Constraint::Parts {
                whole,
                parts,
                span: opener,
            });
        }
    }
}

/// "Out of 468 enterprises 176 are joint and 302 …": the whole is said to be one, and its sentence
/// lists the parts.
fn out_of(reading: &Reading<'_>, whole: Span) -> Option<(Span, usize)> {
    let tokens = &reading.tokens;
    let at = tokens
        .tokens
        .partition_point(|t| t.span.start < whole.start);
    let of = at.checked_sub(2)?;
    let said = reading.is(of, "out") && reading.is(of + 1, "of");
    let sentence = tokens.sentences.iter().find(|s| s.tokens.contains(&at))?;
    let end = tokens.tokens[sentence.tokens.end - 1].span.end;
    (said && sentence.tokens.contains(&of)).then(|| (tokens.span(&(of..at)), end))
}

/// The first opener behind a figure in its sentence or the next, and where the list can end: at a
/// semicolon or with the sentence.
fn opener(reading: &Reading<'_>, after: Span) -> Option<(Span, usize)> {
    let tokens = &reading.tokens;
    let sentence = tokens.sentences.partition_point(|s| {
        let last = tokens.tokens.get(s.tokens.end.saturating_sub(1));
        last.is_some_and(|t| t.span.end <= after.start)
    });
    for s in tokens.sentences.iter().skip(sentence).take(2) {
        for at in s.tokens.clone() {
            if tokens.tokens[at].span.start < after.end {
                continue;
            }
            let words = OPENERS.iter().find(|words| {
                let fits = |(i, w): (usize, &&str)| at + i < s.tokens.end && reading.is(at + i, w);
                words.iter().enumerate().all(fits)
            });
            if let Some(words) = words {
                let range = at..at + words.len();
                let stop = (range.end..s.tokens.end).find(|i| tokens.tokens[*i].is(';'));
                let last = stop.unwrap_or(s.tokens.end).saturating_sub(1);
                return Some((tokens.span(&range), tokens.tokens[last].span.end));
            }
        }
    }
    None
}
