//! What stands between the two: commissions, groups, treaties, missions, visa rules.

use std::ops::Range;

use bilat_model::evidence::EventKind;
use bilat_model::told::{Event, Extraction, Tie, TieKind, When};

use super::breaks::Breaks;
use super::place;
use super::telling::of_a_founding;
use super::words::WORDS;
use crate::attribution::attribution;
use crate::reading::{Reading, Scene};
use crate::rules::{Cue, Gives, TieWord};
use crate::time::{Lead, Time, Value};

/// Finds the ties of a text.
pub(super) fn find(reading: &Reading<'_>, opened: &[Event], told: &mut Extraction) {
    let mut found: Vec<Tie> = Vec::new();
    for sentence in 0..reading.tokens.sentences.len() {
        let scene = reading.scene(sentence);
        let cues = scene.cues_of(|g| match g {
            Gives::Tie(w) => Some(w),
            _ => None,
        });
        if cues.is_empty() {
            continue;
        }
        let breaks = Breaks::new(&scene);
        for (cue, word) in cues {
            if let Some(tie) = tie(&scene, &breaks, cue, word) {
                add(&mut found, tie);
            }
        }
    }
    let building = |e: &&Event| {
        let quote = e.quote.to_lowercase();
        !["building", "premises"].iter().any(|w| quote.contains(w))
    };
    for event in opened.iter().filter(building) {
        let again = event.quote.contains("reopen") || event.quote.contains("re-open");
        let tie = Tie {
            kind: TieKind::Embassy,
            participants: event.participants.clone(),
            what: "diplomatic mission".to_owned(),
            since: event.date.filter(|_| !again),
            attribution: event.attribution.clone(),
            span: event.span,
            quote: event.quote.clone(),
            rules: event.rules.clone(),
        };
        add(&mut found, tie);
    }
    // Where its force is told too, a treaty stands since then.
    let force: Vec<usize> = found
        .iter()
        .filter(|t| t.kind == TieKind::Treaty && t.since.is_some() && !only_signed(t))
        .map(|t| t.span.start)
        .collect();
    found.retain(|t| !only_signed(t) || !force.iter().any(|f| f.abs_diff(t.span.start) < FORCE));
    for tie in &mut found {
        tie.since = tie.since.or_else(|| raised(tie, &told.events));
    }
    found.sort_by_key(|t| t.span.start);
    told.ties.extend(found);
}

/// When relations were made the partnership that a tie names: "a treaty on strategic partnership was
/// signed after the talks".
fn raised(tie: &Tie, events: &[Event]) -> Option<When> {
    let day =
        |e: &&Event| e.kind == EventKind::Agreement && !e.planned && e.span.overlaps(&tie.span);
    let made = events
        .iter()
        .find(day)
        .filter(|_| tie.kind == TieKind::StrategicPartnership);
    made.and_then(|e| e.date)
}

/// How many bytes from its signing the force of a treaty is told.
const FORCE: usize = 300;

/// Whether a treaty is told by its signing alone.
fn only_signed(tie: &Tie) -> bool {
    tie.rules.iter().all(|r| r.ends_with("signed"))
}

fn tie(scene: &Scene<'_>, breaks: &Breaks, cue: &Cue, word: &TieWord) -> Option<Tie> {
    let r = scene.reading;
    if !place::of_pair(
        scene,
        breaks,
        &cue.tokens,
        bilat_model::evidence::EventKind::Other,
    ) {
        return None;
    }
    let denied = cue.tokens.start.checked_sub(1).is_some_and(|i| {
        i >= scene.range.start
            && r.is_any(i, &["no", "not", "without"])
            && word.kind != TieKind::VisaRegime
    });
    let signed = cue.rule.id.ends_with("signed");
    let source =
        !of_both(scene, cue) && matches!(word.kind, TieKind::Embassy | TieKind::BusinessClub) && {
            let from = cue.tokens.start.saturating_sub(4).max(scene.range.start);
            r.any_in(from..cue.tokens.start, &WORDS.telling)
                || r.any_in(
                    cue.tokens.end..(cue.tokens.end + 3).min(scene.range.end),
                    &WORDS.telling,
                )
        };
    let ahead = matches!(word.kind, TieKind::Treaty | TieKind::Embassy)
        && super::tense::of(scene, breaks, &cue.tokens).is_some_and(|t| t.ahead)
        && (word.kind == TieKind::Embassy
            || signed
            || !r.any_in(cue.tokens.clone(), &["force", "effect", "from", "of"]));
    let issued = word.kind == TieKind::VisaRegime
        && (scene
            .amounts
            .iter()
            .any(|a| a.tokens.end <= cue.tokens.start && cue.tokens.start - a.tokens.end < 2)
            || r.is_any(cue.tokens.end, &WORDS.visa_things));
    // A chamber is a tie when both countries are in its name.
    let chamber = word.kind == TieKind::BusinessClub && r.is(cue.tokens.start, "chamber") && {
        let from = cue.tokens.start.saturating_sub(4).max(scene.range.start);
        let to = (cue.tokens.end + 6).min(scene.range.end);
        let own = |within: Range<usize>| {
            let ours = |m: &&crate::names::Mention| {
                r.of_pair(m.country) && within.contains(&m.tokens.start)
            };
            scene.mentions.iter().filter(ours).count()
        };
        let joint = r.any_in(
            from..cue.tokens.start,
            &["joint", "bilateral", "friendship"],
        );
        let behind = r.is_any(cue.tokens.end, &["of", "between", "with"]);
        !joint && own(from..cue.tokens.start) < 2 && !(behind && own(cue.tokens.end..to) > 1)
    };
    // "The strategic partnership has been in force since 2008": the partnership is the tie.
    let partnership = word.kind == TieKind::Treaty
        && scene.cues.iter().any(|c| {
            matches!(&c.rule.gives, Gives::Tie(w) if w.kind == TieKind::StrategicPartnership)
                && c.tokens.end <= cue.tokens.start
                && cue.tokens.start <= c.tokens.end + 4
                && !r.any_in(c.tokens.end..cue.tokens.start, &WORDS.document)
        });
    let council =
        word.kind == TieKind::Membership && r.is_any(cue.tokens.end, &["security", "human"]);
    // "Who heads the joint chamber of commerce": who speaks.
    let heads = word.kind == TieKind::BusinessClub && {
        let from = cue.tokens.start.saturating_sub(7).max(scene.range.start);
        r.any_in(from..cue.tokens.start, &WORDS.heads)
    };
    if heads || council || chamber || denied || source || ahead || issued || partnership {
        return None;
    }
    let since = since(scene, breaks, &cue.tokens, word.kind);
    if signed && since.is_none() {
        return None;
    }
    Some(Tie {
        kind: word.kind,
        participants: r.pair.both().to_vec(),
        what: word.what.clone(),
        since,
        attribution: attribution(scene, &cue.tokens),
        span: r.tokens.span(&cue.tokens),
        quote: r.tokens.slice(&cue.tokens).to_owned(),
        rules: vec![cue.rule.id.clone()],
    })
}

/// Whether both countries are in a name: "the Australia Fiji Business Council says" names a tie.
fn of_both(scene: &Scene<'_>, cue: &Cue) -> bool {
    let from = cue.tokens.start.saturating_sub(4).max(scene.range.start);
    let ours = |m: &&crate::names::Mention| {
        scene.reading.of_pair(m.country) && (from..cue.tokens.end).contains(&m.tokens.start)
    };
    scene.mentions.iter().filter(ours).count() > 1
}

/// Since when, as far as the sentence says so.
fn since(scene: &Scene<'_>, breaks: &Breaks, cue: &Range<usize>, kind: TieKind) -> Option<When> {
    let r = scene.reading;
    // What a mission has been doing since a year says nothing of when it opened.
    let acting = kind == TieKind::Embassy && r.any_in(scene.range.clone(), &WORDS.mission_acts);
    if kind == TieKind::Embassy && (acting || !r.any_in(scene.range.clone(), &WORDS.mission_stands))
    {
        return None;
    }
    // "The commission has not sat since 2013."
    let idle = kind == TieKind::Commission
        && r.any_in(
            cue.start..(cue.end + 6).min(scene.range.end),
            &["not", "last"],
        );
    if idle {
        return None;
    }
    let began = |t: &Time| {
        let from = t.tokens.start.saturating_sub(18).max(scene.range.start);
        t.lead == Lead::Since
            || matches!(t.value, Value::Open { .. })
            || founded(scene, cue, t, kind)
            || kind != TieKind::Commission
                && matches!(
                    t.lead,
                    Lead::In | Lead::On | Lead::None | Lead::Of | Lead::From
                )
                && (r.any_in(from..t.tokens.start, &WORDS.began)
                    || matches!(t.lead, Lead::From | Lead::Of)
                        && breaks.distance(cue, &t.tokens) < 4
                    || r.any_in(
                        t.tokens.end..(t.tokens.end + 10).min(scene.range.end),
                        &WORDS.began_behind,
                    ))
    };
    let usable = |t: &&Time| !t.dateline && t.date().is_some_and(|d| d.1.is_none());
    let strong = scene
        .times
        .iter()
        .filter(usable)
        .filter(|t| t.lead == Lead::Since || matches!(t.value, Value::Open { .. }));
    // A time beyond another tie is that one's: "a friendship group works there, and the cities
    // have been twinned since 2008".
    let crossed = |t: &&Time| {
        let (from, to) = match cue.end <= t.tokens.start {
            true => (cue.end, t.tokens.start),
            false => (t.tokens.end, cue.start),
        };
        scene.cues.iter().any(|c| match &c.rule.gives {
            Gives::Tie(other) => other.kind != kind && from <= c.tokens.start && c.tokens.end <= to,
            _ => false,
        })
    };
    let near = |t: &&Time| breaks.distance(cue, &t.tokens) + 10 * u32::from(crossed(t));
    let best = strong
        .filter(|t| near(t) < 27)
        .min_by_key(near)
        .or_else(|| {
            scene
                .times
                .iter()
                .filter(usable)
                .filter(|t| began(t) && near(t) < 24)
                .min_by_key(near)
        })?;
    best.date().map(|d| d.0)
}

/// "The commission was set up in 1987", "the partnership goes back to 2010", "in January relations
/// became a strategic partnership".
fn founded(scene: &Scene<'_>, cue: &Range<usize>, time: &Time, kind: TieKind) -> bool {
    let r = scene.reading;
    let at = time.tokens.start;
    let between = cue.end.min(time.tokens.end)..cue.start.max(at);
    let dated = matches!(time.lead, Lead::In | Lead::On | Lead::None);
    match kind {
        _ if time.lead == Lead::To => {
            let from = at.saturating_sub(3).max(scene.range.start);
            r.any_in(from..at, &["back"])
        }
        TieKind::Commission | TieKind::FriendshipGroup | TieKind::BusinessClub => {
            let told = of_a_founding(scene, between.clone()) || of_a_founding(scene, cue.clone());
            dated && cue.end <= at && between.len() <= 6 && told
        }
        TieKind::StrategicPartnership => {
            dated && between.len() <= 8 && r.any_in(between, &WORDS.raised)
        }
        _ => false,
    }
}

/// Adds a tie, or what a second telling knows to the first.
fn add(found: &mut Vec<Tie>, tie: Tie) {
    let kin = |t: &&mut Tie| {
        t.kind == tie.kind
            && match (t.since, tie.since) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            }
    };
    match found.iter_mut().find(kin) {
        Some(known) => {
            known.since = known.since.or(tie.since);
            for rule in tie.rules {
                if !known.rules.contains(&rule) {
                    known.rules.push(rule);
                }
            }
        }
        None => found.push(tie),
    }
}
