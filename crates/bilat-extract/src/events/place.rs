//! Where an act takes place, and whose it is.

use std::ops::Range;

use bilat_model::Country;
use bilat_model::evidence::EventKind;

use super::breaks::Breaks;
use super::words::WORDS;
use crate::names::{As, Mention};
use crate::reading::Scene;

/// Where an act takes place: the country, and the city in the text's words.
pub(super) fn host(
    scene: &Scene<'_>,
    breaks: &Breaks,
    cue: &Range<usize>,
    kind: EventKind,
    here: Option<Country>,
    there: Option<Country>,
) -> (Option<Country>, Vec<String>) {
    let r = scene.reading;
    let around = breaks.around(cue);
    let placed = scene
        .mentions
        .iter()
        .filter(|m| !m.dateline && around.contains(&m.tokens.start))
        .filter(|m| is_place(scene, m, cue, kind))
        .min_by_key(|m| breaks.distance(cue, &m.tokens));
    let wide = placed.or_else(|| {
        scene
            .mentions
            .iter()
            .filter(|m| !m.dateline && is_place(scene, m, cue, kind))
            .filter(|m| breaks.distance(cue, &m.tokens) < 24)
            .min_by_key(|m| breaks.distance(cue, &m.tokens))
    });
    if let Some(m) = wide {
        let cities = match m.how {
            As::Capital | As::City => vec![r.tokens.slice(&m.tokens).to_owned()],
            _ => Vec::new(),
        };
        return (Some(m.country), cities);
    }
    let town = scene.mentions.iter().find(|m| {
        let adjective = m.how == As::Adjective && r.of_pair(m.country);
        adjective
            && r.is_any(m.tokens.end, &WORDS.towns)
            && scene
                .preposition(m)
                .is_some_and(|p| r.is_any(p, &["in", "at", "to"]))
    });
    if let Some(m) = town {
        return (Some(m.country), Vec::new());
    }
    let seat = scene.organisations.iter().find(|o| {
        let from = o.tokens.start.saturating_sub(2).max(scene.range.start);
        r.any_in(from..o.tokens.start, &["at", "in"]) && o.country.is_some_and(|c| r.of_pair(c))
    });
    if let Some(o) = seat {
        return (o.country, Vec::new());
    }
    if r.any_in(around.clone(), &["here"]) {
        return (here, Vec::new());
    }
    if r.any_in(around.clone(), &["there"]) {
        return (there, Vec::new());
    }
    let hosting = scene.mentions.iter().find(|m| {
        let next = m.tokens.end..(m.tokens.end + 3).min(scene.range.end);
        !m.dateline
            && r.of_pair(m.country)
            && next.clone().any(|i| r.is_any(i, &WORDS.hosting))
            && m.how != As::Adjective
    });
    if let Some(m) = hosting {
        return (Some(m.country), Vec::new());
    }
    if kind == EventKind::Visit {
        let visitor = scene
            .mentions
            .iter()
            .find(|m| r.of_pair(m.country) && !m.dateline);
        return (visitor.map(|m| r.other(m.country)), Vec::new());
    }
    (None, Vec::new())
}

fn is_place(scene: &Scene<'_>, m: &Mention, cue: &Range<usize>, kind: EventKind) -> bool {
    let r = scene.reading;
    if m.possessive || m.hyphen || matches!(m.how, As::Adjective | As::People) {
        return false;
    }
    if kind == EventKind::Visit
        && (m.tokens.start == cue.end || cue.end == m.tokens.end && cue.contains(&m.tokens.start))
    {
        return true;
    }
    scene.preposition(m).is_some_and(|p| {
        r.is_any(p, &["in", "at", "inside"])
            || r.is_any(p, &["to", "into", "for", "from"])
                && kind == EventKind::Visit
                && r.is_any(p, &["to", "into"])
    })
}

/// Whether an act is the pair's: neither of others, nor of one of the pair with another.
pub(super) fn of_pair(
    scene: &Scene<'_>,
    breaks: &Breaks,
    cue: &Range<usize>,
    kind: EventKind,
) -> bool {
    let r = scene.reading;
    let around = breaks.around(cue);
    let (mut ours, mut third) = (false, false);
    let (mut a, mut b) = (false, false);
    for m in scene.mentions {
        // "Luís Montenegro signed."
        let name = |p: &crate::names::PersonMention| p.named.contains(&m.tokens.start);
        if m.dateline || scene.persons.iter().any(name) {
            continue;
        }
        let own = !scene.third(m);
        if own {
            a |= m.country == r.pair.a();
            b |= m.country == r.pair.b();
        }
        if !around.contains(&m.tokens.start) {
            continue;
        }
        ours |= own;
        let place = m.venue
            || scene
                .preposition(m)
                .is_some_and(|p| r.is_any(p, &["in", "at"]));
        third |= !own && !(place && kind != EventKind::Visit) && m.how != As::People;
    }
    let together = r.any_in(around, &["both", "neighbours", "neighbors", "two"]);
    match (third && !together, ours) {
        (false, _) => true,
        (true, false) => false,
        (true, true) => a && b || !matches!(kind, EventKind::Visit | EventKind::Meeting),
    }
}
