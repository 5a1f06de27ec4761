//! What dates say about themselves: the term of a seat, a weekday beside a day.

use bilat_model::Period;
use bilat_model::document::Span;
use bilat_model::evidence::EventKind;
use bilat_model::told::{Constraint, When};

use crate::reading::Scene;
use crate::rules::Gives;
use crate::time::{Lead, Time};

/// Bodies with terms, by the words of their names.
const BODIES: &[(&[&str], &str)] = &[
    (&["security", "council"], "UNSC"),
    (&["human", "rights", "council"], "UNHRC"),
    (&["economic", "and", "social", "council"], "ECOSOC"),
    (&["iaea"], "IAEA"),
    (&["osce"], "OSCE"),
    (&["unesco"], "UNESCO"),
    (&["african", "union"], "AU"),
];
const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
/// How far before its term a body may stand.
const REACH: usize = 14;

/// Adds what the times of a sentence say.
pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Constraint>) {
    for time in scene.times {
        out.extend(term(scene, time));
        out.extend(weekday(scene, time));
    }
}

/// "A seat on the UN Security Council for 2017-2018".
fn term(scene: &Scene<'_>, time: &Time) -> Option<Constraint> {
    let r = scene.reading;
    if !matches!(time.lead, Lead::For | Lead::In | Lead::During | Lead::From) {
        return None;
    }
    let period = time
        .period()
        .filter(|p| matches!(p, Period::Year(_) | Period::Years(..) | Period::Months(..)))?;
    let from = time
        .tokens
        .start
        .saturating_sub(REACH)
        .max(scene.range.start);
    let (at, body) = (from..time.tokens.start).rev().find_map(|i| {
        BODIES
            .iter()
            .find(|(words, _)| words.iter().enumerate().all(|(k, w)| r.is(i + k, w)))
            .map(|(_, body)| (i, *body))
    })?;
    let seat = r.any_in(
        from..at,
        &[
            "seat",
            "member",
            "membership",
            "chairmanship",
            "chair",
            "board",
            "candidacy",
            "candidature",
        ],
    ) || r.any_in(at..time.tokens.start, &["board", "seat", "member"]);
    let candidacy = scene
        .cues
        .iter()
        .any(|c| matches!(&c.rule.gives, Gives::Event(w) if w.kind == EventKind::Support));
    let own = |m: &&crate::names::Mention| m.tokens.start < at && r.of_pair(m.country);
    let country = scene.mentions.iter().rfind(own)?.country;
    let span = r.tokens.span(&(at..time.tokens.end));
    seat.then(|| Constraint::Term {
        body: body.to_owned(),
        country,
        period,
        candidacy,
        span,
    })
}

/// "Friday, 23 December 2011".
fn weekday(scene: &Scene<'_>, time: &Time) -> Option<Constraint> {
    let r = scene.reading;
    let Some((When::Period(Period::Day(date)), None)) = time.date() else {
        return None;
    };
    let numbered = time
        .tokens
        .clone()
        .any(|i| r.tokens.raw(i).starts_with(|c: char| c.is_ascii_digit()));
    let floor = time.tokens.start.saturating_sub(2).max(scene.range.start);
    let (at, weekday) = (floor..time.tokens.end).find_map(|i| {
        let n = WEEKDAYS.iter().position(|w| r.is(i, w))?;
        Some((i, i8::try_from(n + 1).ok()?))
    })?;
    let beside =
        at >= time.tokens.start || (at + 1..time.tokens.start).all(|i| r.is_any(i, &[",", "("]));
    let (a, b) = (r.tokens.span(&(at..at + 1)), r.tokens.span(&time.tokens));
    (numbered && beside).then(|| Constraint::Weekday {
        date,
        weekday,
        span: Span::new(a.start.min(b.start), b.end),
    })
}
