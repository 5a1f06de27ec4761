//! Gatherings named by their number alone: "the next one", "the sixth meeting", "the Fourth". They
//! are of the kind of the gathering told or named before.

use std::ops::Range;
use std::sync::LazyLock;

use bilat_model::evidence::EventKind;
use bilat_model::told::TieKind;

use super::pick::Told;
use crate::reading::Reading;
use crate::rules::{Cue, EventWord, Gives, rules};

/// How the rules of such cues are called.
const AGAIN: &str = "event-again";
/// How many cues back the gathering may have been told.
const BACK: usize = 120;
/// How many tokens back the mission may have been named that a pronoun stands for.
const NEAR: usize = 40;
/// How many tokens before a meeting the name of the body that met may stand.
const OWNER: usize = 15;

/// The words of each kind of gathering.
static KINDS: LazyLock<Vec<&'static EventWord>> = LazyLock::new(|| {
    const IDS: &[&str] = &[
        "event-commission",
        "event-consultations",
        "event-forum",
        "event-meeting-named",
        "event-embassy",
    ];
    let all = rules().unwrap_or_default();
    let word = |id: &&str| match &all.iter().find(|r| r.id == *id)?.gives {
        Gives::Event(word) => Some(word),
        _ => None,
    };
    IDS.iter().filter_map(word).collect()
});

/// What a cue tells: of one that names no kind, the kind of the gathering before it.
pub(super) fn told(reading: &Reading<'_>, cue: &Cue) -> Option<Told> {
    let Gives::Event(word) = &cue.rule.gives else {
        return None;
    };
    let word = match cue.rule.id.as_str() {
        id if id.starts_with(AGAIN) => {
            let kind = before(reading, &cue.tokens, id.ends_with("mission"))?;
            *KINDS.iter().find(|w| w.kind == kind)?
        }
        _ => word,
    };
    let cue = cue.clone();
    Some(Told { cue, word })
}

/// The kind of the gathering, or the mission, told or named last before some tokens.
fn before(reading: &Reading<'_>, tokens: &Range<usize>, mission: bool) -> Option<EventKind> {
    let end = reading
        .cues
        .partition_point(|c| c.tokens.start < tokens.start);
    let kinds = || {
        let earlier = reading.cues[..end].iter().rev().take(BACK);
        earlier
            .filter(|c| c.tokens.end <= tokens.start)
            .filter_map(|c| Some((c.tokens.start, kind(c)?)))
            .filter(|(_, k)| mission == (*k == EventKind::EmbassyOpening))
    };
    let (at, found) = kinds().next()?;
    if mission && tokens.start > at + NEAR {
        return None;
    }
    // "The commission had its fifth meeting": the meeting was the commission's.
    let owner = kinds().find(|(start, k)| *k != EventKind::Meeting && at < start + OWNER);
    Some(
        owner
            .filter(|_| found == EventKind::Meeting)
            .map_or(found, |o| o.1),
    )
}

/// The kind of gathering that a cue names.
fn kind(cue: &Cue) -> Option<EventKind> {
    match &cue.rule.gives {
        Gives::Event(w) if !cue.rule.id.starts_with(AGAIN) && KINDS.contains(&w) => Some(w.kind),
        Gives::Tie(w) if w.kind == TieKind::Commission => Some(EventKind::CommissionSession),
        Gives::Tie(w) if w.kind == TieKind::Embassy => Some(EventKind::EmbassyOpening),
        _ => None,
    }
}
