//! Which cues of a sentence tell an act, when several lie over or beside each other.

use bilat_model::evidence::EventKind as K;

use super::breaks::Breaks;
use super::persons;
use crate::reading::Scene;
use crate::rules::{Cue, EventWord, Gives};

/// A cue with what it tells.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) cue: Cue,
    pub(super) word: &'static EventWord,
}

/// Of two cues over one another, the kind that says more goes first.
fn rank(kind: K) -> u8 {
    match kind {
        K::EmbassyOpening => 0,
        K::CommissionSession => 1,
        K::Consultations => 2,
        K::Support => 3,
        K::Anniversary => 4,
        K::DiplomaticRelations => 5,
        K::Memorial => 6,
        K::Forum => 7,
        K::Agreement => 8,
        K::Visit => 9,
        K::Sport => 10,
        K::Culture => 11,
        K::Meeting => 12,
        _ => 13,
    }
}

/// The acts that a sentence may tell.
pub(super) fn acts(scene: &Scene<'_>, breaks: &Breaks) -> Vec<Told> {
    let mut found: Vec<Told> = scene
        .cues
        .iter()
        .filter_map(|cue| match &cue.rule.gives {
            Gives::Event(word) => Some(Told {
                cue: cue.clone(),
                word,
            }),
            _ => None,
        })
        .filter(|t| !denied(scene, t) && !counted(scene, breaks, t))
        .collect();
    // The best first: what lies over it and says less is left out.
    found.sort_by_key(|t| {
        (
            rank(t.word.kind),
            3 - t.word.weight.min(3),
            t.cue.tokens.start,
            usize::MAX - t.cue.tokens.end,
        )
    });
    let mut kept: Vec<Told> = Vec::new();
    for t in found {
        if !kept.iter().any(|k| covers(k, &t)) {
            kept.push(t);
        }
    }
    let kinds: Vec<(K, u8, u32)> = kept
        .iter()
        .map(|t| {
            (
                t.word.kind,
                t.word.weight,
                breaks.clause(t.cue.tokens.start),
            )
        })
        .collect();
    kept.retain(|t| !subsumed(scene, breaks, t, &kinds));
    if kept.iter().all(|t| t.word.weight < 2) {
        let seen = persons::acts(scene, breaks);
        kept.retain(|t| seen.is_empty() || t.word.kind != K::Visit);
        kept.extend(seen.into_iter().filter(|t| !counted(scene, breaks, t)));
    }
    kept.sort_by_key(|t| t.cue.tokens.start);
    kept
}

/// Whether a cue says nothing beyond one that was kept.
fn covers(kept: &Told, other: &Told) -> bool {
    let (a, b) = (&kept.cue.tokens, &other.cue.tokens);
    let overlap = a.start < b.end && b.start < a.end;
    if kept.word.kind == other.word.kind {
        // An older one named by its year alone stands beside ("to replace one from the 1990s").
        return overlap && !(other.word.weight == 1 && kept.word.weight > 1 && a.start != b.start);
    }
    let joined = a.start == b.start || a.end == b.end;
    let short = b.len() <= 3 && a.start <= b.start && b.end <= a.end;
    let gathering = |k: K| {
        matches!(
            k,
            K::Meeting | K::Consultations | K::CommissionSession | K::Forum | K::Visit
        )
    };
    overlap
        && (joined
            || short && other.word.weight < 3
            || gathering(kept.word.kind) && gathering(other.word.kind)
            || kept.word.kind == K::Anniversary)
}

/// Whether the same sentence tells the act as part of a larger one.
fn subsumed(scene: &Scene<'_>, breaks: &Breaks, t: &Told, kinds: &[(K, u8, u32)]) -> bool {
    let clause = breaks.clause(t.cue.tokens.start);
    let any = |wanted: &[K]| kinds.iter().any(|(k, w, _)| wanted.contains(k) && *w >= 2);
    let beside = |wanted: &[K]| {
        kinds
            .iter()
            .any(|(k, w, c)| wanted.contains(k) && *w >= 2 && *c == clause)
    };
    match t.word.kind {
        K::Meeting => {
            any(&[K::Consultations, K::CommissionSession, K::Sport])
                || beside(&[K::Visit, K::Forum, K::Memorial, K::EmbassyOpening, K::Sport])
        }
        K::Culture if t.word.weight < 3 => any(&[K::Anniversary, K::Memorial]),
        K::Visit if t.word.weight == 1 => beside(&[
            K::CommissionSession,
            K::Consultations,
            K::Forum,
            K::Meeting,
            K::Culture,
            K::Sport,
            K::EmbassyOpening,
            K::Anniversary,
            K::Memorial,
        ]),
        K::Visit if t.word.weight == 3 => {
            let r = scene.reading;
            r.any_in(t.cue.tokens.clone(), &["mission"]) && any(&[K::CommissionSession])
        }
        K::DiplomaticRelations => {
            // "The anniversary of the establishment of relations" names no act of its own.
            let bare = scene.reading.any_in(
                t.cue.tokens.clone(),
                &["establishment", "resumption", "restoration"],
            );
            bare && any(&[K::Anniversary])
        }
        K::Other if t.word.weight == 1 && !t.word.planned => beside(&[
            K::EmbassyOpening,
            K::Memorial,
            K::Agreement,
            K::Culture,
            K::Sport,
            K::Meeting,
            K::CommissionSession,
            K::DiplomaticRelations,
        ]),
        _ => false,
    }
}

/// Whether the words before an act deny it.
fn denied(scene: &Scene<'_>, t: &Told) -> bool {
    let r = scene.reading;
    let from = t.cue.tokens.start.saturating_sub(3).max(scene.range.start);
    (from..t.cue.tokens.start).any(|i| {
        r.is_any(
            i,
            &[
                "not", "never", "cannot", "without", "no", "neither", "nor", "failed",
            ],
        ) || r.tokens.raw(i).ends_with("n't")
            || r.tokens.raw(i).ends_with("n’t")
    })
}

/// Whether tourists or students go there, rather than somebody with an office.
fn counted(scene: &Scene<'_>, breaks: &Breaks, t: &Told) -> bool {
    if !matches!(t.word.kind, K::Visit | K::Meeting) {
        return false;
    }
    let r = scene.reading;
    let around = breaks.around(&t.cue.tokens);
    let floor = around.start.max(t.cue.tokens.start.saturating_sub(8));
    let amount = scene.amounts.iter().any(|a| {
        let before = floor <= a.tokens.start && a.tokens.end <= t.cue.tokens.start;
        let behind = t.cue.tokens.start <= a.tokens.start
            && a.tokens.start <= t.cue.tokens.end + 1
            && !r.is(a.tokens.end, "-");
        (before || behind && t.word.kind == K::Visit) && a.value() >= bilat_model::Decimal::from(60)
    });
    let people = r.any_in(
        floor..t.cue.tokens.start,
        &[
            "tourists",
            "tourist",
            "students",
            "travellers",
            "travelers",
            "holidaymakers",
            "citizens",
            "pilgrims",
            "exports",
            "goods",
            "shipments",
            "visitors",
            "flights",
            "trade",
            "loan",
            "imports",
        ],
    );
    amount || people
}
