//! What a change is against: the periods that a sentence compares with, and those that it tells by
//! another's.

use std::ops::Range;

use bilat_model::Period;

use super::period::{about, told_before};
use super::words::WORDS;
use crate::amount::Amount;
use crate::reading::Scene;
use crate::rules::{Cue, Gives};
use crate::time::{Lead, Time, Value};

/// Whether an expression only says how it lies to another period.
pub(super) fn is_relative(value: &Value) -> bool {
    matches!(
        value,
        Value::SamePeriod { .. } | Value::SamePeriodIn { .. } | Value::Adjacent { .. }
    )
}

/// Whether an expression is what something is compared with.
pub(super) fn compares(scene: &Scene<'_>, time: &Time) -> bool {
    // "Tripled from 2010 to 2011" is no comparison with both.
    let span = matches!(time.value, Value::Range(..)) && time.lead == Lead::From;
    match time.lead {
        Lead::Than => true,
        _ if of_level(scene, time) => true,
        _ if span => false,
        _ if moved_from(scene, time) || multiplied(scene, time) => true,
        Lead::Over | Lead::On => grown_over(scene, time),
        _ => told_by_word(scene, time),
    }
}

/// "117.3 % to the first half of 2021": what a level is a level of.
fn of_level(scene: &Scene<'_>, time: &Time) -> bool {
    scene.cues.iter().any(|c| {
        matches!(&c.rule.gives, Gives::Change(w) if w.index)
            && c.tokens.start < time.tokens.start
            && c.tokens.end > time.tokens.start
    })
}

/// "A drop of 6.5 percent from 2016", "up from last year", "on the year ended June 2022", "as in the
/// second quarter of 2022".
fn moved_from(scene: &Scene<'_>, time: &Time) -> bool {
    let r = scene.reading;
    let own = time.tokens.start;
    let before = |i: usize| i.checked_sub(1).filter(|i| *i > scene.range.start);
    let lead = before(own).and_then(|i| if r.is(i, "the") { before(i) } else { Some(i) });
    let changed = |c: &Cue, end: usize| {
        matches!(c.rule.gives, Gives::Change(_)) && (c.tokens.end == end || c.tokens.contains(&end))
    };
    let moved = |end: usize| {
        let percent = |a: &Amount| a.tokens.end == end && a.is_percent();
        scene.amounts.iter().any(percent) || scene.cues.iter().any(|c| changed(c, end))
    };
    lead.is_some_and(|i| r.is_any(i, &["from", "above", "below", "on"]) && moved(i))
        || r.is(own, "on") && moved(own)
        || lead.is_some_and(|i| r.is(i, "in") && r.is(i - 1, "as"))
}

/// "2.3 times the result of 2010", "fivefold the figure for the whole of 2021".
fn multiplied(scene: &Scene<'_>, time: &Time) -> bool {
    const BETWEEN: &[&str] = &["of", "for", "in", "the", "whole", "all"];
    let r = scene.reading;
    let own = time.tokens.start;
    let from = own.saturating_sub(4).max(scene.range.start);
    let of = (from..own)
        .rev()
        .take_while(|i| *i + 1 == own || r.is_any(*i + 1, BETWEEN))
        .find(|i| r.is_any(*i, &WORDS.multiplied));
    let times = |c: &Cue, of: usize| {
        matches!(&c.rule.gives, Gives::Change(w) if w.times || w.index || w.percent.is_some())
            && c.tokens.start < of
            && c.tokens.end + 2 > of
    };
    of.is_some_and(|of| scene.cues.iter().any(|c| times(c, of)))
}

/// "47.5 % up on 2020", "growth over 2021".
fn grown_over(scene: &Scene<'_>, time: &Time) -> bool {
    let from = time.tokens.start.saturating_sub(4).max(scene.range.start);
    let year = match time.value {
        Value::When(w) => matches!(w.period(), Some(Period::Year(_))),
        _ => false,
    };
    year && scene.cues.iter().any(|c| {
        matches!(c.rule.gives, Gives::Change(_))
            && c.tokens.start + 6 > from
            && c.tokens.start < time.tokens.start
    })
}

/// "Against 2020", "compared with last year".
fn told_by_word(scene: &Scene<'_>, time: &Time) -> bool {
    let r = scene.reading;
    let from = time.tokens.start.saturating_sub(4).max(scene.range.start);
    let range = from..time.tokens.start;
    // "More than doubled in 2024" compares with nothing that is told.
    let hedge = |i: usize| r.is(i, "than") && r.is_any(i + 1, &WORDS.more_than);
    !range.clone().any(hedge) && r.any_in(range, &WORDS.comparing)
}

/// The earlier period that a sentence says a change is against.
pub(super) fn told_comparison(
    scene: &Scene<'_>,
    of: Option<Period>,
    change: &Range<usize>,
) -> Option<Period> {
    // "1.94 billion in 2020 (-7.9 %): 548 million in the first quarter of 2021, 16 % more than in
    // January-March of last year": what a change is against begins before what changed.
    let before = |p: &Period| of.is_none_or(|of| p.first() < of.first());
    let near = scene.times.iter();
    near.filter(|t| t.tokens.start >= change.start.saturating_sub(30))
        .filter_map(|t| match t.value {
            Value::When(w) if compares(scene, t) => w.period(),
            Value::SamePeriod { shift_years } if shift_years != 0 => of?.shift_years(shift_years),
            Value::SamePeriodIn { year } => of.and_then(|p| p.shift_years(year - p.first().year())),
            _ => None,
        })
        .find(before)
}

/// What a change is against: the period that the sentence compares with, else a year before.
pub(super) fn compared(
    scene: &Scene<'_>,
    of: Option<Period>,
    change: &Range<usize>,
) -> Option<Period> {
    if let Some(told) = told_comparison(scene, of, change) {
        // "against 2021" beside a quarter means that quarter of 2021.
        return match (of, told) {
            (Some(p), Period::Year(y))
                if !matches!(p, Period::Year(_) | Period::Years(..) | Period::Fiscal(_)) =>
            {
                p.shift_years(y - p.first().year())
                    .filter(|q| q.last().year() == y)
                    .or(Some(told))
            }
            _ => Some(told),
        };
    }
    match of? {
        Period::Years(..) => None,
        p => p.shift_years(-1),
    }
}

/// Whether a sentence that goes on from another tells an earlier value: "a year earlier it had
/// been 250 million".
pub(super) fn looks_back(scene: &Scene<'_>, number: &Range<usize>) -> bool {
    let r = scene.reading;
    // "On a year-on-year basis they dropped to 129 million" tells of today.
    let basis = |t: &Time| t.tokens.len() >= 3 && r.is_any(t.tokens.start, &["year", "y"]);
    let back = scene.times.iter().any(|t| {
        t.tokens.start < number.start
            && !basis(t)
            && !compares(scene, t)
            && match t.value {
                Value::SamePeriod { shift_years } => shift_years < 0,
                Value::SamePeriodIn { .. } => true,
                _ => false,
            }
    });
    let from = scene.range.start.max(number.start.saturating_sub(6));
    let had_been = (from..number.start).any(|i| {
        r.is(i, "had") && r.is_any(i + 1, &["been", "stood", "amounted", "totalled", "reached"])
    });
    back || had_been
}

/// The period of the sentence before, where this one says "the same period", "in the same half of
/// 2018".
pub(super) fn same(
    scene: &Scene<'_>,
    before: Option<Period>,
    bounds: &Range<usize>,
) -> Option<Period> {
    let before = before.or_else(|| told_before(scene));
    let beside = |t: &&Time| about(scene, bounds).any(|i| i == t.tokens.start);
    scene
        .times
        .iter()
        .filter(beside)
        .find_map(|t| match t.value {
            _ if compares(scene, t) => None,
            Value::SamePeriod { shift_years } => before?.shift_years(shift_years),
            Value::SamePeriodIn { year } => {
                before.and_then(|p| p.shift_years(year - p.first().year()))
            }
            _ => None,
        })
}
