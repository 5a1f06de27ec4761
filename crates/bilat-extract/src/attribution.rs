//! Who says what a sentence tells.

use std::ops::Range;

use bilat_model::told::Attribution;

use crate::reading::Scene;
use crate::rules::Gives;

/// How far quotation marks are looked for before a place.
const LOOK_BACK: usize = 600;
/// How many words the name of a source may have.
const NAME: usize = 12;

/// Who says what stands at these tokens, when the sentence tells it.
pub(crate) fn attribution(scene: &Scene<'_>, tokens: &Range<usize>) -> Option<Attribution> {
    let quoted = quoted(scene, tokens.start);
    let mut best: Option<(usize, Range<usize>)> = None;
    for cue in scene.cues {
        let Gives::Attribution { after } = cue.rule.gives else {
            continue;
        };
        let who = match after {
            false => following(scene, cue.tokens.end),
            true => before(scene, cue.tokens.start).or_else(|| following(scene, cue.tokens.end)),
        };
        let Some(who) = who.filter(|w| !w.is_empty()) else {
            continue;
        };
        let far = tokens.start.abs_diff(cue.tokens.start);
        if best.as_ref().is_none_or(|b| far < b.0) {
            best = Some((far, who));
        }
    }
    let (_, who) = best?;
    let r = scene.reading;
    Some(Attribution {
        who: r.tokens.slice(&who).to_owned(),
        span: r.tokens.span(&who),
        quoted,
    })
}

/// Whether a token stands inside quotation marks of its block.
fn quoted(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let mut first = scene.index;
    while first > 0
        && r.tokens.sentences[first - 1].block == scene.sentence.block
        && at - r.tokens.sentences[first - 1].tokens.start < LOOK_BACK
    {
        first -= 1;
    }
    let from = r.tokens.sentences[first].tokens.start;
    (from..at).filter(|i| r.tokens.tokens[*i].is('"')).count() % 2 == 1
}

/// A known person or body in a range, the first or the last.
fn known(scene: &Scene<'_>, range: &Range<usize>, last: bool) -> Option<Range<usize>> {
    let persons = scene.persons.iter().map(|p| &p.tokens);
    let bodies = scene.organisations.iter().map(|o| &o.tokens);
    let inside = persons
        .chain(bodies)
        .filter(|t| range.start <= t.start && t.end <= range.end);
    match last {
        true => inside.max_by_key(|t| (t.end, t.len())).cloned(),
        false => inside
            .min_by_key(|t| (t.start, usize::MAX - t.len()))
            .cloned(),
    }
}

/// The source named behind a word: a known name, or the words up to the next break.
fn following(scene: &Scene<'_>, at: usize) -> Option<Range<usize>> {
    let r = scene.reading;
    let mut to = at;
    while to < scene.range.end && to < at + NAME && !stops(scene, to) {
        to += 1;
    }
    if let Some(found) = known(scene, &(at..to.min(at + 5).max(at)), false) {
        return Some(found);
    }
    let from = at + usize::from(r.is_any(at, &["the", "a", "an"]));
    let named = (from..to).any(|i| r.tokens.tokens[i].capital)
        || r.any_in(
            from..to,
            &[
                "ministry",
                "agency",
                "office",
                "service",
                "bank",
                "embassy",
                "statistics",
            ],
        );
    (named && from < to).then_some(from..to)
}

/// The source named before a verb: a known name close by, or the words since the last break.
fn before(scene: &Scene<'_>, at: usize) -> Option<Range<usize>> {
    let r = scene.reading;
    let mut from = at;
    while from > scene.range.start && from + NAME > at && !stops(scene, from - 1) {
        from -= 1;
    }
    if let Some(found) = known(scene, &(from..at), true) {
        return Some(found);
    }
    let from = from + usize::from(r.is_any(from, &["the", "a", "an", "and"]));
    let named = (from..at).any(|i| r.tokens.tokens[i].capital)
        || r.any_in(
            from..at,
            &[
                "ministry",
                "agency",
                "office",
                "service",
                "bank",
                "embassy",
                "statistics",
                "he",
                "she",
            ],
        );
    (named && from < at && at - from <= 8).then_some(from..at)
}

fn stops(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let t = &r.tokens.tokens[at];
    [',', ';', ':', '"', '(', ')', '.', '?', '!']
        .iter()
        .any(|c| t.is(*c))
        || r.is_any(
            at,
            &[
                "that", "in", "on", "when", "which", "who", "while", "were", "was", "has",
            ],
        )
}
