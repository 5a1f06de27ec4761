//! Hedges, intervals and the status of a number.

use std::ops::Range;

use bilat_model::evidence::Qualifier;
use bilat_model::interval::Interval;
use bilat_model::told::{self, Figure, Status};

use super::words::WORDS;
use crate::amount::Amount;
use crate::reading::Scene;
use crate::rules::Gives;

/// Whether a word that hedges belongs to a verb here: "added up to", "spread over", "took over".
fn part_of_verb(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    at > 0
        && (r.is_any(at, &["up"]) && r.is_any(at - 1, &WORDS.adding_up)
            || r.is_any(at, &["over", "above", "past"]) && r.is_any(at - 1, &WORDS.spread_over))
}

/// The hedge of an amount, and the rule that says so.
pub(super) fn hedge<'a>(scene: &Scene<'a>, tokens: &Range<usize>) -> Option<(Qualifier, &'a str)> {
    let r = scene.reading;
    let before = scene
        .cues
        .iter()
        .filter_map(|c| match &c.rule.gives {
            Gives::Qualifier(h) if !h.after => Some((c, h.is)),
            _ => None,
        })
        .filter(|(c, _)| {
            let gap = c.tokens.end..tokens.start;
            c.tokens.end <= tokens.start
                && gap.len() <= 3
                && !of_change(scene, c.tokens.start)
                && !part_of_verb(scene, c.tokens.start)
                && gap.clone().all(|i| r.is_any(i, &WORDS.fillers))
        })
        // "does not exceed" holds "exceed": the longer one is meant.
        .max_by_key(|(c, _)| (c.tokens.len(), c.tokens.end))
        .map(|(c, is)| (is, c.rule.id.as_str()));
    let after = || {
        scene.cues.iter().find_map(|c| match &c.rule.gives {
            Gives::Qualifier(h) if h.after && c.tokens.start == tokens.end => {
                Some((h.is, c.rule.id.as_str()))
            }
            _ => None,
        })
    };
    match before {
        Some(found) => Some(found),
        None => after(),
    }
}

/// Whether "more than" stands behind a percentage or a multiple: it compares and does not hedge.
pub(super) fn of_change(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    scene
        .amounts
        .iter()
        .any(|a| a.tokens.end == at && (a.is_percent() || a.is_money()))
        || at > 0 && r.is_any(at - 1, &["times", "fold"])
}

/// What a printed number allows, in base units.
fn interval(amount: &Amount, qualifier: Qualifier) -> Option<Interval> {
    let low = Interval::printed(&amount.digits, amount.scale, qualifier).ok()?;
    match &amount.upper {
        Some((digits, scale)) => {
            Some(low.hull(&Interval::printed(digits, *scale, qualifier).ok()?))
        }
        None => Some(low),
    }
}

/// Puts an amount into a figure.
pub(super) fn amount(scene: &Scene<'_>, amount: &Amount, figure: &mut Figure) {
    figure.value = Some(amount.value());
    figure.value_max = amount.max();
    figure.unit = amount.unit.code().to_owned();
    if let Some((qualifier, rule)) = hedge(scene, &amount.tokens) {
        figure.qualifier = qualifier;
        figure.rules.push(rule.to_owned());
    }
    if figure.value_max.is_some() && figure.qualifier == Qualifier::Exact {
        figure.qualifier = Qualifier::About;
        figure.interval = interval(amount, Qualifier::Exact);
    } else {
        figure.interval = interval(amount, figure.qualifier);
    }
}

/// The same amount in another currency.
pub(super) fn alternative(scene: &Scene<'_>, amount: &Amount) -> Option<told::Amount> {
    let qualifier = hedge(scene, &amount.tokens).map_or(Qualifier::Exact, |(q, _)| q);
    Some(told::Amount {
        value: amount.value(),
        unit: amount.unit.code().to_owned(),
        interval: interval(amount, qualifier)?,
        span: scene.reading.tokens.span(&amount.tokens),
    })
}

/// Whether a number is a target, a forecast or a pledge: by the nearest word that says so, before
/// it or behind it, without another number or a break between.
pub(super) fn status(
    scene: &Scene<'_>,
    tokens: &Range<usize>,
    bounds: Range<usize>,
) -> Option<Status> {
    let r = scene.reading;
    // "They aim to raise the volume, currently at around 80 million, to 100 million."
    let near = bounds.start.max(tokens.start.saturating_sub(4));
    if r.any_in(near..tokens.start, &["currently", "presently", "now"]) {
        return None;
    }
    let broken = |range: Range<usize>| {
        range
            .into_iter()
            .any(|i| r.tokens.tokens[i].is(';') || r.is_any(i, &["whereas", "while"]))
    };
    let mut best: Option<(usize, Status)> = None;
    for c in scene.cues {
        let Gives::Status { is } = &c.rule.gives else {
            continue;
        };
        let distance = if c.tokens.start < tokens.end {
            // Before the number; another value between takes the word for itself, unless the two
            // are the ends of one movement ("from 3 to 10").
            let gap = c.tokens.end.min(tokens.start)..tokens.start;
            let within = c.tokens.end > bounds.start || moves(scene, &bounds, tokens);
            if !within || broken(gap.clone()) {
                continue;
            }
            gap.len()
        } else {
            let gap = tokens.end..c.tokens.start;
            if c.tokens.start >= bounds.end || broken(gap.clone()) || gap.len() > 10 {
                continue;
            }
            // A comma and a new clause begin something else, unless it is about this number.
            let comma = gap
                .clone()
                .any(|i| r.tokens.tokens[i].is(',') || r.is(i, "and") || r.is(i, "but"));
            if comma {
                continue;
            }
            gap.len() * 2
        };
        if best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, *is));
        }
    }
    best.map(|(_, s)| s)
}

/// Whether the value before stands behind "from" and this one behind "to".
fn moves(scene: &Scene<'_>, bounds: &Range<usize>, tokens: &Range<usize>) -> bool {
    let r = scene.reading;
    let Some(before) = scene.amounts.iter().find(|a| a.tokens.end == bounds.start) else {
        return false;
    };
    let now = scene.range.start.max(before.tokens.start.saturating_sub(3));
    let from = r.any_in(
        now..before.tokens.start,
        &["from", "current", "currently", "now", "present"],
    );
    from && r.any_in(bounds.start..tokens.start, &["to"])
}
