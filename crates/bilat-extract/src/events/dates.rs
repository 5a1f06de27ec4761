//! Which time of a sentence dates an act.

use std::ops::Range;

use bilat_model::Period;
use bilat_model::evidence::EventKind;
use bilat_model::told::When;
use jiff::ToSpan;
use jiff::civil::Date;

use super::anniversary;
use super::breaks::Breaks;
use super::telling::{beside_the_telling, of_a_founding, of_another, of_the_telling};
use super::words::WORDS;
use crate::reading::Scene;
use crate::rules::Cue;
use crate::time::{Lead, Time, Value};

/// The date of an act.
#[derive(Clone, Debug)]
pub(super) struct Dated {
    /// When.
    pub(super) date: When,
    /// The last day of what lasts.
    pub(super) end: Option<When>,
}

/// Whether a time may date an act of this kind at all.
pub(super) fn may_date(scene: &Scene<'_>, time: &Time, kind: EventKind) -> bool {
    let r = scene.reading;
    if time.dateline || time.date().is_none() {
        return false;
    }
    // "For the term 2019-2021": the years of a seat.
    let term = kind == EventKind::Support
        && matches!(
            time.date(),
            Some((When::Period(Period::Years(..) | Period::Year(_)), _))
        )
        && !matches!(time.lead, Lead::In | Lead::During);
    let term = term || kind == EventKind::Support && matches!(time.value, Value::Range(..));
    // "It is 50 years since, on 5 September 1962, they set up relations."
    let ahead =
        |n: usize| time.tokens.start.saturating_sub(n).max(scene.range.start)..time.tokens.start;
    let founding = kind == EventKind::Anniversary
        && r.any_in(ahead(4), &WORDS.founding)
        && time.date().and_then(|d| d.0.year()) != r.published.map(Date::year);
    // "The business council, founded in 2019, meets in spring": no day of a gathering.
    let gathering = matches!(
        kind,
        EventKind::CommissionSession | EventKind::Forum | EventKind::Consultations
    );
    let created = gathering && of_a_founding(scene, ahead(2));
    leads(scene, time, kind) && !term && !founding && !created
}

/// Whether the words that lead to a time let it date an act of this kind.
fn leads(scene: &Scene<'_>, time: &Time, kind: EventKind) -> bool {
    let r = scene.reading;
    let before = |n: usize| {
        time.tokens
            .start
            .checked_sub(n)
            .filter(|i| *i >= scene.range.start)
    };
    let near = |words: &[String]| (1..=5).filter_map(before).any(|i| r.is_any(i, words));
    match time.lead {
        Lead::Since => {
            kind == EventKind::DiplomaticRelations
                || kind == EventKind::CommissionSession && near(&WORDS.denying)
                || kind == EventKind::Visit
                    && (3..=6).filter_map(before).any(|i| {
                        r.is_any(i, &["been", "is", "are", "staying"])
                            && r.is_any(i + 1, &["in", "here", "there", "on"])
                    })
        }
        Lead::For => kind != EventKind::Support && near(&WORDS.setting),
        // "Relations date back to 1970."
        // "To start in October": the verb, which reads as a part of the month, not the preposition.
        Lead::To => {
            near(&WORDS.moved_to) || r.is_any(time.tokens.start, &["start", "begin", "end", "open"])
        }
        Lead::Until => near(&WORDS.put_off),
        Lead::By => last_of_year(scene, time) && kind != EventKind::Support,
        Lead::Before if last_of_year(scene, time) => kind != EventKind::Support,
        Lead::Than
        | Lead::AsOf
        | Lead::Every
        | Lead::Over
        | Lead::Within
        | Lead::Before
        | Lead::After => false,
        Lead::From if !matches!(time.value, Value::Range(..)) => {
            matches!(kind, EventKind::Agreement | EventKind::DiplomaticRelations)
                || matches!(time.value, Value::When(When::Period(Period::Day(_))))
        }
        _ => true,
    }
}

/// "Before the end of this year": what is to be done by then is planned for that year.
fn last_of_year(scene: &Scene<'_>, time: &Time) -> bool {
    let r = scene.reading;
    let from = time.tokens.start.saturating_sub(3).max(scene.range.start);
    matches!(
        time.date(),
        Some((When::Period(Period::Year(_) | Period::Month(..)), _))
    ) && (r.any_in(from..time.tokens.end, &["end", "out", "year-end"]))
}

/// How near a time must be, by the weight of the words that tell the act.
fn reach(weight: u8) -> u32 {
    match weight {
        0 | 1 => 18,
        2 => 26,
        _ => 36,
    }
}

/// The time that dates an act, if one does.
pub(super) fn nearest<'a>(
    scene: &Scene<'a>,
    breaks: &Breaks,
    cue: &Cue,
    kind: EventKind,
    weight: u8,
    others: &[Range<usize>],
    ahead: bool,
) -> Option<&'a Time> {
    let ends = [
        cue.tokens.start..cue.tokens.start + 1,
        cue.tokens.end.saturating_sub(1)..cue.tokens.end,
    ];
    let score = |t: &Time| {
        let crossed = others
            .iter()
            .filter(|o| between(&cue.tokens, o, &t.tokens))
            .count() as u32;
        let inside = cue.tokens.start <= t.tokens.start && t.tokens.end < cue.tokens.end;
        let far = ends
            .iter()
            .map(|e| breaks.distance(e, &t.tokens))
            .min()
            .unwrap_or(0);
        let another = of_another(scene, &cue.tokens, &t.tokens, others);
        // "Who came on Sunday, opened the embassy on Monday": each clause has its own day.
        let apart = breaks.clause(t.tokens.start) != breaks.clause(cue.tokens.start);
        far + 2 * u32::from(apart) + 5 * crossed + 2 * u32::from(inside) + 6 * u32::from(another)
    };
    // The years of a seat are no date of its support; behind a semicolon something else is told.
    let term = |t: &Time| {
        kind == EventKind::Support
            && matches!(
                t.date(),
                Some((When::Period(Period::Years(..) | Period::Fiscal(_)), _))
                    | Some((When::Period(Period::Year(_)), Some(_)))
            )
    };
    let parted = |t: &Time| {
        let (a, b) = (
            cue.tokens.end.min(t.tokens.end),
            cue.tokens.start.max(t.tokens.start),
        );
        (a..b).any(|i| scene.reading.tokens.tokens[i].is(';'))
    };
    let told = |t: &Time| {
        of_the_telling(scene, t, kind, &cue.tokens) && !beside_the_telling(scene, t, &cue.tokens)
    };
    let origin = match kind {
        EventKind::Anniversary => anniversary::origin(scene, &cue.tokens),
        _ => None,
    };
    let founding = |t: &Time| {
        let year = t.date().and_then(|d| d.0.year());
        origin.zip(year).is_some_and(|(o, y)| o.abs_diff(y) <= 1)
    };
    let usable = |t: &&Time| {
        may_date(scene, t, kind)
            && !(ahead && over(scene, t))
            && !term(t)
            && !parted(t)
            && !told(t)
            && !founding(t)
    };
    let moved = |t: &&Time| {
        let from = t.tokens.start.saturating_sub(3).max(scene.range.start);
        scene.reading.any_in(from..t.tokens.start, &WORDS.moved)
    };
    if let Some(t) = scene.times.iter().filter(usable).find(moved) {
        return Some(t);
    }
    scene
        .times
        .iter()
        .filter(usable)
        .map(|t| (score(t), t))
        .filter(|(s, _)| *s <= reach(weight))
        .min_by_key(|(s, _)| *s)
        .map(|(_, t)| refine(scene, breaks, t, kind, &cue.tokens))
}

/// Whether a time lies wholly before the publication, or in a decade gone by.
fn over(scene: &Scene<'_>, time: &Time) -> bool {
    match (time.date(), scene.reading.published) {
        (Some((When::Decade(_), _)), _) => true,
        (Some((When::Period(p), end)), Some(published)) => {
            let last = end.and_then(|e| e.period()).unwrap_or(p).last();
            let year = time
                .tokens
                .clone()
                .any(|i| scene.reading.tokens.raw(i).len() == 4);
            last < published && !matches!(p, Period::Day(_)) && year
        }
        _ => false,
    }
}

/// Whether a range lies between two others.
fn between(a: &Range<usize>, middle: &Range<usize>, b: &Range<usize>) -> bool {
    a.end <= middle.start && middle.end <= b.start || b.end <= middle.start && middle.end <= a.start
}

/// A year or month gives way to a day of the same sentence that lies in it.
fn refine<'a>(
    scene: &Scene<'a>,
    breaks: &Breaks,
    time: &'a Time,
    kind: EventKind,
    cue: &Range<usize>,
) -> &'a Time {
    let Some(outer) = time
        .date()
        .filter(|d| d.1.is_none())
        .and_then(|d| d.0.period())
    else {
        return time;
    };
    if matches!(outer, Period::Day(_)) {
        return time;
    }
    let finer = scene
        .times
        .iter()
        .filter(|t| t.tokens != time.tokens && may_date(scene, t, kind))
        .filter(|t| !of_the_telling(scene, t, kind, cue))
        .filter(|t| {
            let (a, b) = (
                time.tokens.end.min(t.tokens.end),
                time.tokens.start.max(t.tokens.start),
            );
            !(a..b).any(|i| scene.reading.tokens.tokens[i].is(';'))
        });
    finer
        .filter(|t| breaks.distance(&time.tokens, &t.tokens) < 24)
        .find(|t| {
            t.date()
                .and_then(|d| d.0.period())
                .is_some_and(|p| p != outer && outer.contains(&p))
        })
        .unwrap_or(time)
}

/// Times of one list with `time`: "in 2002, in 2009 and again in 2010".
pub(super) fn listed<'a>(scene: &Scene<'a>, time: &'a Time, kind: EventKind) -> Vec<&'a Time> {
    let at = scene
        .times
        .iter()
        .position(|t| t.tokens == time.tokens)
        .unwrap_or(0);
    let joined = |a: &Time, b: &Time| {
        let gap = a.tokens.end..b.tokens.start;
        // "30 years ago, on 15 January 1992" is one date told twice.
        let one = a
            .period()
            .zip(b.period())
            .is_some_and(|(x, y)| x.contains(&y) || y.contains(&x));
        !one && gap.len() <= 5
            && gap.clone().any(|i| scene.reading.is_any(i, &[",", "and"]))
            && gap.into_iter().all(|i| {
                scene.reading.is_any(
                    i,
                    &[
                        ",", "and", "in", "on", "again", "then", "later", "also", "the", "once",
                        "more", "finally",
                    ],
                )
            })
    };
    let usable = |t: &Time| may_date(scene, t, kind) && !matches!(t.value, Value::Range(..));
    let (mut from, mut to) = (at, at + 1);
    while from > 0
        && usable(&scene.times[from - 1])
        && joined(&scene.times[from - 1], &scene.times[from])
    {
        from -= 1;
    }
    while to < scene.times.len()
        && usable(&scene.times[to])
        && joined(&scene.times[to - 1], &scene.times[to])
    {
        to += 1;
    }
    scene.times[from..to].iter().collect()
}

/// A time as the date of an act, the months of a range told as its ends.
pub(super) fn dated(time: &Time) -> Option<Dated> {
    let (mut date, mut end) = time.date()?;
    // "Next week" is no range of a meeting: it lies in that month.
    if let (When::Period(Period::Day(a)), Some(When::Period(Period::Day(b)))) = (date, end)
        && (b - a).get_days() == 6
        && matches!(time.anchor, crate::time::Anchor::Publication)
    {
        (date, end) = (Period::Month(a.year(), a.month()).into(), None);
    }
    Some(Dated { date, end })
}

/// A bare weekday of what lies ahead is the coming one.
/// A day or month without a year that lies ahead is that of the coming year; one told as past that
/// would be next to the publication, were it not some days behind it, is not a year old.
pub(super) fn coming(scene: &Scene<'_>, time: &Time, mut dated: Dated, ahead: bool) -> Dated {
    const WEEKDAYS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let r = scene.reading;
    let last = time.tokens.end.saturating_sub(1);
    let bare = r.is_any(last, WEEKDAYS)
        && (time.tokens.len() == 1 || time.tokens.len() == 2 && r.is(time.tokens.start, "this"));
    let year = time.tokens.clone().any(|i| {
        let raw = r.tokens.raw(i);
        raw.len() == 4 && raw.bytes().all(|b| b.is_ascii_digit())
    }) || r.any_in(time.tokens.clone(), &WORDS.relative);
    if let (false, false, When::Period(p), Some(published)) = (bare, year, dated.date, r.published)
        && time.anchor != crate::time::Anchor::Absolute
        && matches!(p, Period::Day(_) | Period::Month(..))
        && p.last() < published
        && let Some(later) = p.shift_years(1)
    {
        let soon = (later.first() - published).get_days() <= 14 && matches!(p, Period::Day(_));
        if ahead || soon && later.first() > published {
            dated.date = later.into();
            dated.end = dated
                .end
                .and_then(|e| e.period())
                .and_then(|e| e.shift_years(1))
                .map(When::from);
        }
    }
    if let (true, true, When::Period(Period::Day(day)), Some(published)) =
        (ahead, bare, dated.date, r.published)
        && day <= published
        && let Ok(next) = day.checked_add(7.days())
    {
        dated.date = next.into();
    }
    dated
}

/// A visit of several days of which one end is told ("concluded a two-day visit on Monday").
pub(super) fn stretch(scene: &Scene<'_>, around: &Range<usize>, mut dated: Dated) -> Dated {
    let When::Period(Period::Day(day)) = dated.date else {
        return dated;
    };
    if dated.end.is_some() {
        return dated;
    }
    let r = scene.reading;
    // "Left on Friday after a two-day visit."
    let ends = r.any_in(around.clone(), &WORDS.ending) || r.is(around.start, "after");
    let begins = r.any_in(around.clone(), &WORDS.beginning);
    if ends && begins {
        // "Ended on Tuesday the visit that he had begun on Sunday."
        let days: Vec<Date> = scene
            .times
            .iter()
            .filter(|t| !t.dateline && around.contains(&t.tokens.start))
            .filter_map(|t| match t.date() {
                Some((When::Period(Period::Day(d)), None)) => Some(d),
                _ => None,
            })
            .collect();
        if let [a, b] = days[..] {
            (dated.date, dated.end) = (a.min(b).into(), Some(a.max(b).into()));
        }
        return dated;
    }
    let until = scene
        .times
        .iter()
        .filter(|t| begins && t.lead == Lead::Until && around.contains(&t.tokens.start))
        .find_map(|t| t.date()?.0.period().filter(|p| p.first() > day));
    if let Some(last) = until {
        dated.end = Some(last.into());
        return dated;
    }
    let Some(days) = length(scene, around) else {
        return dated;
    };
    let step = (days - 1).days();
    let shifted: Option<(Date, Date)> = match (ends, begins) {
        (true, false) => day.checked_sub(step).ok().map(|d| (d, day)),
        (false, true) => day.checked_add(step).ok().map(|d| (day, d)),
        _ => None,
    };
    if let Some((a, b)) = shifted {
        dated.date = a.into();
        dated.end = Some(b.into());
    }
    dated
}

/// "Two-day", "of two days": how many.
fn length(scene: &Scene<'_>, around: &Range<usize>) -> Option<i64> {
    let r = scene.reading;
    around.clone().find_map(|i| {
        let n = small(r.tokens.raw(i))?;
        let joined = r.is(i + 1, "-") && r.is(i + 2, "day");
        let plain = r.is_any(i + 1, &["days", "day"]);
        (i + 2 < scene.range.end && (joined || plain) && (2..=14).contains(&n)).then_some(n)
    })
}

/// A small number in digits or words.
pub(super) fn small(word: &str) -> Option<i64> {
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if word.len() <= 3 && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok();
    }
    WORDS
        .iter()
        .position(|w| word.eq_ignore_ascii_case(w))
        .map(|n| n as i64)
}
