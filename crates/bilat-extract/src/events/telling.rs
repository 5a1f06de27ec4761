//! Times of a sentence that date something else than the act: the telling of it, or another act.

use std::ops::Range;

use bilat_model::evidence::EventKind;

use super::words::WORDS;
use crate::reading::Scene;
use crate::time::Time;

/// Whether words tell that a body was founded: a date beside them is none of its gatherings.
pub(super) fn of_a_founding(scene: &Scene<'_>, mut range: Range<usize>) -> bool {
    let r = scene.reading;
    range.any(|i| r.is_any(i, &WORDS.founded) || r.is(i, "set") && r.is(i + 1, "up"))
}

/// Whether a time says when something was told: "announced on Monday that". Support is an act of
/// telling itself.
pub(super) fn of_the_telling(
    scene: &Scene<'_>,
    time: &Time,
    kind: EventKind,
    cue: &Range<usize>,
) -> bool {
    let r = scene.reading;
    let from = time.tokens.start.saturating_sub(2).max(scene.range.start);
    kind != EventKind::Support
        && (from..time.tokens.start).any(|i| {
            r.is_any(i, &WORDS.telling_when)
                && !cue.contains(&i)
                && (i + 1 == time.tokens.start
                    || r.is_any(i + 1, &["on", "in", "here", "late", "early"]))
        })
}

/// "Said today after he had received his guest": the act is told beside the telling and without a
/// day of its own, so that both were on one day.
pub(super) fn beside_the_telling(scene: &Scene<'_>, time: &Time, cue: &Range<usize>) -> bool {
    let r = scene.reading;
    let between = time.tokens.end..cue.start;
    let opener = between.clone().take(7).find(|i| {
        r.is_any(
            *i,
            &["after", "where", "when", "during", "following", "before"],
        )
    });
    opener.is_some_and(|at| !r.any_in(between.start..at, &["that", ";", "said"]))
}

/// Whether "and" parts a time from an act, with another act on the time's side: "met Xi the same
/// day and has talks with Li on Monday".
pub(super) fn of_another(
    scene: &Scene<'_>,
    cue: &Range<usize>,
    time: &Range<usize>,
    others: &[Range<usize>],
) -> bool {
    let behind = cue.end <= time.start;
    let between = if behind {
        cue.end..time.start
    } else {
        time.end..cue.start
    };
    let and = between.into_iter().find(|i| scene.reading.is(*i, "and"));
    and.is_some_and(|at| {
        others.iter().any(|o| match behind {
            true => at < o.start,
            false => o.end <= at && time.end <= cue.start && o.start < time.end + 12,
        })
    })
}
