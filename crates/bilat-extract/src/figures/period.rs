//! Which period a number is of.

use std::ops::Range;

use bilat_model::Period;
use bilat_model::told::When;

use super::comparison::{compares, is_relative};
use super::words::WORDS;
use crate::reading::Scene;
use crate::time::{Lead, Time, Value};

fn plain(scene: &Scene<'_>, time: &Time) -> Option<Period> {
    if time.dateline || is_relative(&time.value) || compares(scene, time) {
        return None;
    }
    let r = scene.reading;
    match time.value {
        // "From June": it begins then.
        Value::When(When::Period(Period::Month(..))) if time.lead == Lead::From => None,
        Value::When(w) => match w.period()? {
            // Figures are of years, quarters, months; a day is one only where it is the date of a
            // stock.
            Period::Day(d) => match time.lead {
                Lead::AsOf => Some(Period::Year(d.year())),
                _ => None,
            },
            // "700 million by the end of December" is the whole year's.
            Period::Month(y, 12) if time.lead == Lead::By => Some(Period::Year(y)),
            p => Some(p),
        },
        // A visit's days are no period of a figure.
        Value::Range(When::Period(Period::Day(_)), When::Period(Period::Day(_))) => None,
        Value::Range(..) | Value::Duration { .. } => time.period(),
        Value::Open { since } => {
            // "since 2005": up to the year that the sentence is about, else that of writing.
            let from = since.period()?.first().year();
            let reach = time.tokens.end..scene.range.end;
            let end = reach
                .clone()
                .find(|i| r.tokens.tokens[*i].is(';'))
                .unwrap_or(reach.end);
            let within = scene.times.iter().filter(|t| t.tokens.start < end);
            let told = within.filter_map(|t| match t.value {
                Value::When(w) => w.year(),
                _ => None,
            });
            let to = told.max().or(r.published.map(|d| d.year()))?;
            (from < to).then_some(Period::Years(from, to))
        }
        _ => None,
    }
}

/// Whether a period lies within another.
pub(super) fn holds(whole: Period, part: Period) -> bool {
    whole.first() <= part.first() && part.last() <= whole.last()
}

/// Whether a word parts what a date may belong to: a comma, "and", "while"; "from" and "to" only
/// where a value follows, for in "sold to Angola in 2017" they part nothing.
fn breaks(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    if r.tokens.tokens[at].is(',') || r.tokens.tokens[at].is(';') {
        return true;
    }
    if r.is_any(at, &["and", "while", "whereas", "but", "against"]) {
        // "trade of Peru and Chile in 2020": one name beside the other.
        let named = |i: usize| scene.mention_at(i).is_some();
        let joins = r.is(at, "and")
            && at > scene.range.start
            && named(at - 1)
            && (named(at + 1) || r.is(at + 1, "the") && named(at + 2));
        return !joins;
    }
    r.is_any(at, &["from", "to"])
        && scene
            .amounts
            .iter()
            .any(|a| a.tokens.start > at && a.tokens.start <= at + 4)
}

/// "Once near 10 billion, in 2014, and …": a date between commas is of what stands before it; so is
/// one with which a clause ends, "46 million of food, cement and fuel in 2019 and received".
fn set_off(scene: &Scene<'_>, gap: &Range<usize>, time: &Time) -> bool {
    let r = scene.reading;
    let end = time.tokens.end;
    let plain = |i: usize| !r.tokens.tokens[i].capital && !breaks_clause(scene, i);
    let listed = gap.len() > 2
        && r.is_any(gap.end - 1, &["in", "for", "during"])
        && r.is_any(end, &["and", "while", ";"])
        && gap.clone().all(plain)
        && !r.is_any(gap.end - 2, &[",", "and"]);
    if listed {
        return true;
    }
    let comma = gap.len() <= 2
        && r.is(gap.start, ",")
        && (gap.len() == 1 || r.is_any(gap.start + 1, &["in", "for", "during", "back", "by"]));
    let number = |i: usize| scene.amounts.iter().any(|a| a.tokens.start == i);
    comma && end < scene.range.end && r.is_any(end, &[",", ";"]) && !number(end + 1)
}

/// Whether a word is none of a list of goods.
fn breaks_clause(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let cue = scene
        .cues
        .iter()
        .any(|c| c.quantity().is_some() && c.tokens.contains(&at));
    cue || r.is_any(
        at,
        &[
            "while", "whereas", "but", ";", ":", "was", "were", "which", "had", "to",
        ],
    )
}

/// The period told beside a number: within `bounds`, the stretch between its neighbours, on its
/// own side of a break.
pub(super) fn near(
    scene: &Scene<'_>,
    number: &Range<usize>,
    bounds: Range<usize>,
) -> Option<Period> {
    let r = scene.reading;
    let breaks = |range: Range<usize>| range.filter(|i| breaks(scene, *i)).count();
    let mut best: Option<(usize, Period)> = None;
    for time in scene.times {
        let Some(period) = plain(scene, time) else {
            continue;
        };
        let (distance, broken) = if time.tokens.start >= number.end {
            if time.tokens.start >= bounds.end {
                continue;
            }
            let gap = number.end..time.tokens.start;
            if gap.clone().any(|i| r.tokens.tokens[i].is(';')) {
                continue;
            }
            // A bracket that is still open holds another value's date.
            let signs = |c: char| gap.clone().filter(|i| r.tokens.tokens[*i].is(c)).count();
            let inside = usize::from(signs('(') > signs(')'));
            match set_off(scene, &gap, time) {
                true => (gap.len(), 0),
                false => (gap.len(), breaks(gap.clone()) + inside),
            }
        } else if time.tokens.end <= number.start {
            if time.tokens.end <= bounds.start {
                continue;
            }
            // Between two numbers a date belongs to the one on its side of the break.
            let theirs = bounds.start > scene.range.start
                    && breaks(bounds.start..time.tokens.start) == 0
                    // "7 % at the end of 2017, or 1.0 billion": the same, told again.
                    && !r.any_in(number.start.saturating_sub(2)..number.start, &["or"]);
            if theirs {
                continue;
            }
            let gap = time.tokens.end..number.start;
            // "Before it came into force (February 2018), they had been 24 million".
            let closed = |c: char| gap.clone().any(|i| r.tokens.tokens[i].is(c));
            if closed(')') && !closed('(') {
                continue;
            }
            (gap.len(), 0)
        } else {
            continue;
        };
        // Behind a break and before another number, it is that number's.
        let taken = broken > 0 && bounds.end < scene.range.end && time.tokens.start >= number.end;
        if taken {
            continue;
        }
        let cost = distance + 8 * broken;
        if best.is_none_or(|(d, _)| cost < d) {
            best = Some((cost, period));
        }
    }
    best.map(|(_, p)| p)
}

/// The period that a sentence opens with, for its numbers without one of their own.
pub(super) fn of_sentence(
    scene: &Scene<'_>,
    values: &[Range<usize>],
    last_is_earlier: bool,
) -> Option<Period> {
    let first = values.first().map_or(scene.range.end, |v| v.start);
    let last = values.last().map_or(scene.range.end, |v| v.end);
    let lone = values.len() < 2 && !last_is_earlier;
    let mut dates = scene
        .times
        .iter()
        .filter_map(|t| plain(scene, t).map(|p| (t, p)));
    // "Exports were 5 million and imports 3 million in 2020": one date behind both is of both.
    let one = dates.clone().count() == 1 && !last_is_earlier;
    dates
        .find(|(t, _)| lone || t.tokens.start < first || one && t.tokens.start >= last)
        .map(|(_, p)| p)
}

/// The words that say when a number holds: between its neighbours, and those that the sentence
/// opens with.
pub(super) fn about(
    scene: &Scene<'_>,
    bounds: &Range<usize>,
) -> impl Iterator<Item = usize> + Clone {
    let first = scene
        .amounts
        .first()
        .map_or(scene.range.start, |a| a.tokens.start.min(bounds.start));
    (scene.range.start..first).chain(bounds.clone())
}

/// Whether a number is told to be so each year: "annually", "a year".
pub(super) fn recurs(scene: &Scene<'_>, bounds: &Range<usize>) -> bool {
    let r = scene.reading;
    let each = |t: &&Time| matches!(t.value, Value::Recurring { unit } if unit >= crate::time::Unit::Quarter);
    let mut words = about(scene, bounds);
    scene
        .times
        .iter()
        .filter(each)
        .any(|t| about(scene, bounds).any(|i| i == t.tokens.start))
        || words.any(|i| {
            r.is_any(i, &["annually", "yearly"])
                || r.is_any(i, &["each", "every", "per"])
                    && r.is_any(i + 1, &["season", "academic"])
        })
}

/// Whether a number is told of the day of writing.
pub(super) fn now(scene: &Scene<'_>, bounds: &Range<usize>) -> bool {
    let r = scene.reading;
    // "Has delivered" tells of what was done.
    let done = |i: usize| r.is_any(i, &["has", "have"]) && r.looks_past(i + 1);
    about(scene, bounds).any(|i| r.is_any(i, &WORDS.now) && !done(i))
}

/// Whether a number is told of the past and not of what is so now.
pub(super) fn past(scene: &Scene<'_>, bounds: &Range<usize>) -> bool {
    let r = scene.reading;
    let delivered = |i: usize| r.is_any(i, &["has", "have"]) && r.is_any(i + 1, &WORDS.delivering);
    !now(scene, bounds) && about(scene, bounds).any(|i| r.is_any(i, &WORDS.was) || delivered(i))
}

/// Whether investment is told as what is held at a day.
pub(super) fn stands(scene: &Scene<'_>, cue: &crate::rules::Cue) -> bool {
    let r = scene.reading;
    if r.any_in(cue.tokens.clone(), &WORDS.flowing) {
        return false;
    }
    scene.range.clone().any(|i| {
        r.is_any(i, &WORDS.standing)
            || r.is_any(i, &["end", "close", "beginning", "start"])
                && r.is(i + 1, "of")
                && scene.times.iter().any(|t| t.tokens.contains(&(i + 2)))
            || r.is(i, "as") && r.is(i + 1, "of")
            || r.is(i, "to") && r.is(i + 1, "date")
            || r.is(i, "so") && r.is(i + 1, "far")
    })
}

/// The last period that the text told before a sentence, with or without a figure.
pub(super) fn told_before(scene: &Scene<'_>) -> Option<Period> {
    let times = &scene.reading.times;
    let here = times.partition_point(|t| t.tokens.start < scene.range.start);
    times[..here]
        .iter()
        .rev()
        .take(4)
        .find_map(|t| plain(scene, t))
}
