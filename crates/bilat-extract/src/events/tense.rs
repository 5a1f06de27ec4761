//! Whether an act is told as past or as ahead.

use std::ops::Range;

use super::breaks::Breaks;
use super::words::WORDS;
use crate::reading::Scene;
use crate::rules::Gives;

/// What the words say, and which.
#[derive(Clone, Debug)]
pub(super) struct Tense {
    /// Whether it lies ahead.
    pub(super) ahead: bool,
    /// The words.
    pub(super) tokens: Range<usize>,
}

/// How far before an act the word that puts it ahead may stand.
const BEFORE: usize = 14;
/// And behind it.
const AFTER: usize = 7;

/// Whether the words of an act begin with a verb in the past.
fn done(scene: &Scene<'_>, cue: &Range<usize>) -> bool {
    let r = scene.reading;
    let past = r.looks_past(cue.start) || r.is_any(cue.start, &WORDS.went);
    let passive =
        cue.start > scene.range.start && r.is_any(cue.start - 1, &["be", "is", "are", "been"]);
    past && !passive
}

/// "Wants to widen the agreement, signed with Mexico in 2002": the participle is past, whatever the
/// verb before it.
fn participle(scene: &Scene<'_>, cue: &Range<usize>) -> bool {
    let r = scene.reading;
    cue.clone()
        .any(|i| r.tokens.tokens[i].is(',') && r.is_any(i + 1, &WORDS.signed))
}

/// Whether a new clause begins between a word of the past and an act.
pub(super) fn apart(scene: &Scene<'_>, tense: &Tense, cue: &Range<usize>) -> bool {
    let gap = match tense.tokens.end <= cue.start {
        true => tense.tokens.end..cue.start,
        false => cue.end.min(tense.tokens.start)..tense.tokens.start,
    };
    !tense.ahead
        && scene
            .reading
            .any_in(gap, &[",", "and", "that", "which", "who"])
}

/// The tense of an act: words ahead in its clause win, since the verb itself is often a participle.
pub(super) fn of(scene: &Scene<'_>, breaks: &Breaks, cue: &Range<usize>) -> Option<Tense> {
    let around = breaks.around(cue);
    let near = |t: &Range<usize>| {
        t.start >= around.start.max(cue.start.saturating_sub(BEFORE))
            && t.start < around.end.min(cue.end + AFTER)
    };
    let mut past = None;
    let participle = participle(scene, cue);
    let whose = done(scene, cue) && scene.reading.is(around.start, "who");
    for other in scene.cues {
        let Gives::Tense { ahead } = other.rule.gives else {
            continue;
        };
        if !near(&other.tokens) {
            continue;
        }
        // Behind a comma another verb begins: "launched in 2019, will be topped up".
        let apart = other.tokens.start >= cue.end
            && (cue.end..other.tokens.start).any(|i| scene.reading.tokens.tokens[i].is(','));
        // "Arrived on Thursday night and will stay until Saturday": the verb itself is past.
        let second = done(scene, cue)
            && other.tokens.start >= cue.end
            && scene
                .reading
                .any_in(cue.end..other.tokens.start, &["and", "where", "who"]);
        let second = second || whose && other.tokens.start >= cue.end;
        if ahead && (apart || second || participle) {
            continue;
        }
        if ahead {
            return Some(Tense {
                ahead,
                tokens: other.tokens.clone(),
            });
        }
        let nearer =
            |old: &Tense| breaks.distance(cue, &other.tokens) < breaks.distance(cue, &old.tokens);
        if past.as_ref().is_none_or(nearer) {
            past = Some(Tense {
                ahead,
                tokens: other.tokens.clone(),
            });
        }
    }
    past
}
