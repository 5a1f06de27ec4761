//! Gatherings named by their number alone: "the next one", "the sixth meeting", "the Fourth". They
//! are of the kind of the gathering told or named before.

use std::ops::Range;
use std::sync::LazyLock;

use bilat_model::evidence::EventKind;
use bilat_model::told::TieKind;

use super::pick::Told;
use crate::reading::Reading;
use crate::rules::{Again, Cue, EventWord, Gives, Rule, rules};

/// How many cues back the gathering may have been told.
const BACK: usize = 120;
/// How many tokens back the mission may have been named that a pronoun stands for.
const NEAR: usize = 40;
/// How many tokens before a meeting the name of the body that met may stand.
const OWNER: usize = 15;

/// The words of each kind that others can be told of so.
static KINDS: LazyLock<Vec<&'static EventWord>> = LazyLock::new(|| {
    let word = |rule: &'static Rule| match &rule.gives {
        Gives::Event(word) if word.again => Some(word),
        _ => None,
    };
    rules()
        .unwrap_or_default()
        .iter()
        .filter_map(word)
        .collect()
});

/// What a cue tells: of one that names no kind, the kind of what was told before it.
pub(super) fn told(reading: &Reading<'_>, cue: &Cue) -> Option<Told> {
    let word = match &cue.rule.gives {
        Gives::Event(word) => word,
        Gives::Again { is } => {
            let kind = before(reading, &cue.tokens, *is)?;
            *KINDS.iter().find(|w| w.kind == kind)?
        }
        _ => return None,
    };
    let cue = cue.clone();
    Some(Told { cue, word })
}

/// The kind of the gathering, or the mission, told or named last before some tokens.
fn before(reading: &Reading<'_>, tokens: &Range<usize>, again: Again) -> Option<EventKind> {
    let end = reading
        .cues
        .partition_point(|c| c.tokens.start < tokens.start);
    let of = |kind: EventKind| match again {
        Again::Mission => kind == EventKind::EmbassyOpening,
        Again::Gathering => kind != EventKind::EmbassyOpening,
    };
    let kinds = || {
        let earlier = reading.cues[..end].iter().rev().take(BACK);
        earlier
            .filter(|c| c.tokens.end <= tokens.start)
            .filter_map(|c| Some((c.tokens.start, kind(c)?)))
            .filter(|(_, k)| of(*k))
    };
    let (at, found) = kinds().next()?;
    match again {
        Again::Mission => (tokens.start <= at + NEAR).then_some(found),
        Again::Gathering if found == EventKind::Meeting => {
            // "The commission had its fifth meeting": the meeting was the commission's.
            let owner = kinds().find(|(start, k)| *k != found && at < start + OWNER);
            Some(owner.map_or(found, |(_, k)| k))
        }
        Again::Gathering => Some(found),
    }
}

/// The kind of gathering or mission that a cue names.
fn kind(cue: &Cue) -> Option<EventKind> {
    match &cue.rule.gives {
        Gives::Event(w) if w.again => Some(w.kind),
        Gives::Tie(w) if w.kind == TieKind::Commission => Some(EventKind::CommissionSession),
        Gives::Tie(w) if w.kind == TieKind::Embassy => Some(EventKind::EmbassyOpening),
        _ => None,
    }
}
