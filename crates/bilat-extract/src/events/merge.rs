//! One act told twice is one event.

use bilat_model::evidence::EventKind;
use bilat_model::told::{Constraint, Event, Extraction, When};

use super::draft::{Draft, Drafts};

/// Puts the acts told twice together and adds the events to what is told; hands back those that
/// opened an embassy, which then stands.
pub(super) fn into(drafts: Drafts<'_>, told: &mut Extraction) -> Vec<Event> {
    let Drafts {
        list,
        mut constraints,
        ..
    } = drafts;
    let mut kept: Vec<Draft> = Vec::new();
    let explicit = list.iter().any(|d| {
        d.event.kind == EventKind::DiplomaticRelations && !d.event.derived && d.event.date.is_some()
    });
    for draft in list {
        if draft.event.derived && explicit {
            continue;
        }
        match kept.iter().position(|k| same(k, &draft)) {
            Some(i) => join(&mut kept[i], draft),
            None => kept.push(draft),
        }
    }
    kept.retain(|d| !(d.event.date.is_none() && d.definite && d.weight < 3));
    // "Backed its bid to host the summit": what is bid for is no event of the two.
    let supports: Vec<_> = kept
        .iter()
        .filter(|d| d.event.kind == EventKind::Support)
        .map(|d| d.event.span)
        .collect();
    kept.retain(|d| {
        let bid_for = d.event.kind == EventKind::Forum
            && d.event.date.is_none()
            && supports.iter().any(|s| s.overlaps(&d.event.span));
        !bid_for
    });
    let origin = kept
        .iter()
        .filter(|d| d.event.kind == EventKind::DiplomaticRelations && !d.event.derived)
        .find_map(|d| d.event.date.map(|w| (w, d.event.span)));
    for c in &mut constraints {
        if let Constraint::Anniversary {
            of: EventKind::DiplomaticRelations,
            origin: o,
            ..
        } = c
        {
            *o = origin;
        }
    }
    // "On 29 October 1964 they had set up ties, and they celebrated 60 years": the date beside the
    // number is that of the founding, and when it was marked is not told.
    constraints.retain(|c| match c {
        Constraint::Anniversary {
            on: Some(on),
            origin: Some((founded, _)),
            ..
        } => on != founded,
        _ => true,
    });
    for draft in kept {
        // A month or year ahead may be a date that was moved; a day is a slip.
        let day = matches!(
            draft.event.date,
            Some(bilat_model::told::When::Period(bilat_model::Period::Day(_)))
        );
        if let Some(slip) = draft.slip.filter(|_| day) {
            constraints.push(Constraint::Tense {
                event: told.events.len(),
                past: !slip.ahead,
                span: draft.event.span,
            });
        }
        told.events.push(draft.event);
    }
    told.constraints.extend(constraints);
    let opened = |e: &&Event| e.kind == EventKind::EmbassyOpening && !e.planned;
    told.events.iter().filter(opened).cloned().collect()
}

/// Whether two drafts tell one act.
fn same(a: &Draft, b: &Draft) -> bool {
    if a.event.kind != b.event.kind || a.event.derived != b.event.derived {
        return false;
    }
    // "They raised their relations to a partnership. Four documents were signed."
    let relations = |d: &Draft| d.event.rules.iter().any(|r| r.ends_with("relations"));
    if a.event.kind == EventKind::Agreement && relations(a) != relations(b) {
        return false;
    }
    let one_sentence = a.sentence == b.sentence;
    if a.apart && b.apart && one_sentence {
        return false;
    }
    let hosts = match (a.event.host, b.event.host) {
        (Some(x), Some(y)) => x == y,
        _ => true,
    };
    let headline = a.headline || b.headline;
    let planned = a.event.planned == b.event.planned || headline;
    if b.lent && b.apart {
        return false;
    }
    // A borrowed date says nothing against one that was told.
    if b.lent && hosts && planned && single(a) && a.event.date.is_some() && !b.apart {
        return true;
    }
    match (a.event.date, b.event.date) {
        (Some(x), Some(y)) => {
            (x == y || planned && (within(x, y) || within(y, x))) && (hosts || headline)
        }
        (None, None) => {
            hosts
                && a.event.planned == b.event.planned
                && (one_sentence || headline || b.definite || single(a))
        }
        (Some(_), None) => {
            let back = b.definite || headline || one_sentence || single(a) && b.weight < 3;
            let same_side = a.event.planned == b.event.planned;
            // "It has not sat since July; its fourth session is hoped for soon."
            let one = one_sentence && a.event.kind != EventKind::CommissionSession;
            hosts && back && (same_side || headline || one || b.definite && single(a))
        }
        (None, Some(_)) => hosts && (headline || single(a) && a.event.planned && b.event.planned),
    }
}

/// Kinds of which a text seldom tells two.
fn single(a: &Draft) -> bool {
    matches!(
        a.event.kind,
        EventKind::DiplomaticRelations
            | EventKind::Anniversary
            | EventKind::Visit
            | EventKind::Forum
            | EventKind::Culture
            | EventKind::CommissionSession
            | EventKind::Consultations
            | EventKind::EmbassyOpening
    )
}

fn within(a: When, b: When) -> bool {
    match (a.period(), b.period()) {
        (Some(a), Some(b)) => a != b && a.contains(&b),
        _ => false,
    }
}

/// Adds what the second telling knows.
fn join(kept: &mut Draft, other: Draft) {
    let (k, o) = (&mut kept.event, other.event);
    let finer = match (k.date, o.date) {
        (None, Some(_)) => true,
        (Some(x), Some(y)) => within(x, y),
        _ => false,
    };
    if finer {
        (k.date, k.end) = (o.date, o.end);
        k.planned = o.planned;
        kept.slip = other.slip;
    }
    if kept.headline && !other.headline {
        (k.span, k.quote) = (o.span, o.quote);
        k.what = o.what;
        kept.headline = false;
        kept.sentence = other.sentence;
    }
    k.end = k.end.or(if k.date == o.date { o.end } else { None });
    k.host = k.host.or(o.host);
    k.attribution = k.attribution.take().or(o.attribution);
    for c in o.cities {
        if !k.cities.contains(&c) {
            k.cities.push(c);
        }
    }
    for p in o.persons {
        if !k.persons.contains(&p) {
            k.persons.push(p);
        }
    }
    for r in o.rules {
        if !k.rules.contains(&r) {
            k.rules.push(r);
        }
    }
}
