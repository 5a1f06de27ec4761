//! Which period a number is of.

use std::ops::Range;

use bilat_model::Period;
use bilat_model::told::When;

use super::words::WORDS;
use crate::reading::Scene;
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
    if time.lead == Lead::Than {
        return true;
    }
    // "Or 117.3 % to the first half of 2021".
    let level = |c: &crate::rules::Cue| {
        matches!(&c.rule.gives, crate::rules::Gives::Change(w) if w.index)
            && c.tokens.start < time.tokens.start
            && c.tokens.end > time.tokens.start
    };
    if scene.cues.iter().any(level) {
        return true;
    }
    // "Tripled from 2010 to 2011" is no comparison with both.
    if matches!(time.value, Value::Range(..)) && time.lead == Lead::From {
        return false;
    }
    let r = scene.reading;
    let from = time.tokens.start.saturating_sub(4).max(scene.range.start);
    let range = from..time.tokens.start;
    // "A drop of 6.5 percent from 2016", "up from last year".
    let before = |i: usize| i.checked_sub(1).filter(|i| *i > scene.range.start);
    let lead =
        before(time.tokens.start).and_then(|i| if r.is(i, "the") { before(i) } else { Some(i) });
    let moved = |end: usize| {
        scene
            .amounts
            .iter()
            .any(|a| a.tokens.end == end && a.is_percent())
            || scene.cues.iter().any(|c| {
                matches!(c.rule.gives, crate::rules::Gives::Change(_))
                    && (c.tokens.end == end || c.tokens.contains(&end))
            })
    };
    if lead.is_some_and(|i| r.is_any(i, &["from", "above", "below", "on"]) && moved(i)) {
        return true;
    }
    // "On the year ended June 2022", "as in the second quarter of 2022".
    let own = time.tokens.start;
    // "2.3 times the result of 2010", "fivefold the figure for the whole of 2021".
    let of = (from.max(own.saturating_sub(6))..own)
        .rev()
        .take_while(|i| {
            *i + 1 == own || r.is_any(*i + 1, &["of", "for", "in", "the", "whole", "all"])
        })
        .find(|i| r.is_any(*i, &WORDS.multiplied));
    let times = |c: &crate::rules::Cue, of: usize| {
        matches!(&c.rule.gives, crate::rules::Gives::Change(w)
            if w.times || w.index || w.percent.is_some())
            && c.tokens.start < of
            && c.tokens.end + 2 > of
    };
    if of.is_some_and(|of| scene.cues.iter().any(|c| times(c, of))) {
        return true;
    }
    if r.is(own, "on") && moved(own) || lead.is_some_and(|i| r.is(i, "in") && r.is(i - 1, "as")) {
        return true;
    }
    if time.lead == Lead::Over || time.lead == Lead::On {
        // "47.5 % up on 2020", "growth over 2021".
        let year = matches!(time.value, Value::When(w) if w.period().is_some_and(|p| matches!(p, Period::Year(_))));
        return year
            && scene.cues.iter().any(|c| {
                matches!(c.rule.gives, crate::rules::Gives::Change(_))
                    && c.tokens.start + 6 > from
                    && c.tokens.start < time.tokens.start
            });
    }
    // "More than doubled in 2024" compares with nothing that is told.
    let hedge = range
        .clone()
        .any(|i| r.is(i, "than") && r.is_any(i + 1, &WORDS.more_than));
    if hedge {
        return false;
    }
    r.any_in(range, &WORDS.comparing)
}

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
    let cue = scene.cues.iter().any(|c| {
        matches!(&c.rule.gives, crate::rules::Gives::Measure(m) if !m.weak && !m.share)
            && c.tokens.contains(&at)
    });
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
            && (matches!(t.value, Value::SamePeriod { shift_years } if shift_years < 0)
                || matches!(t.value, Value::SamePeriodIn { .. }))
    });
    let from = scene.range.start.max(number.start.saturating_sub(6));
    let had_been = (from..number.start).any(|i| {
        r.is(i, "had") && r.is_any(i + 1, &["been", "stood", "amounted", "totalled", "reached"])
    });
    back || had_been
}

/// The words that say when a number holds: between its neighbours, and those that the sentence
/// opens with.
fn about(scene: &Scene<'_>, bounds: &Range<usize>) -> impl Iterator<Item = usize> + Clone {
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
    let done = |i: usize| r.is_any(i, &["has", "have"]) && r.tokens.raw(i + 1).ends_with("ed");
    about(scene, bounds).any(|i| r.is_any(i, &WORDS.now) && !done(i))
}

/// Whether a number is told of the past and not of what is so now.
pub(super) fn past(scene: &Scene<'_>, bounds: &Range<usize>) -> bool {
    const WAS: &[&str] = &["was", "were", "had", "went", "received", "came"];
    let r = scene.reading;
    let delivered = |i: usize| {
        r.is_any(i, &["has", "have"])
            && r.is_any(
                i + 1,
                &[
                    "delivered",
                    "supplied",
                    "sent",
                    "shipped",
                    "handed",
                    "donated",
                ],
            )
    };
    !now(scene, bounds) && about(scene, bounds).any(|i| r.is_any(i, WAS) || delivered(i))
}

/// Whether investment is told as what is held at a day.
pub(super) fn stands(scene: &Scene<'_>, cue: &crate::rules::Cue) -> bool {
    let r = scene.reading;
    if r.any_in(
        cue.tokens.clone(),
        &["flow", "flows", "inflow", "inflows", "outflow", "influx"],
    ) {
        return false;
    }
    let range = scene.range.clone();

    range.clone().any(|i| {
        r.is_any(i, &WORDS.standing)
            || r.is_any(i, &["end", "close", "beginning", "start"])
                && r.is(i + 1, "of")
                && scene.times.iter().any(|t| t.tokens.contains(&(i + 2)))
            || r.is(i, "as") && r.is(i + 1, "of")
            || r.is(i, "to") && r.is(i + 1, "date")
            || r.is(i, "so") && r.is(i + 1, "far")
    })
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
