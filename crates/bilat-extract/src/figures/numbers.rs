//! The numbers of a sentence: which are values, which say how a value moved.

use std::ops::Range;

use super::change::{self, Told};
use super::earlier::earlier;
use super::foreign::{of_bloc, of_people, third_behind, third_country, third_subject};
use super::uncounted::uncounted;
use super::words::WORDS;
use crate::amount::{Amount, Unit};
use crate::reading::Scene;

/// What a number is to its measure.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// A value.
    Level,
    /// An earlier value.
    Earlier,
    /// The value before it in another currency.
    Again,
    /// A change in per cent or by a multiple.
    Change(Told),
    /// A change as an amount; whether it went up.
    Difference(bool),
    /// A share.
    Share,
}

impl Part {
    /// Whether dates and words of status may belong to it.
    pub(super) fn is_value(&self) -> bool {
        matches!(self, Self::Level | Self::Earlier | Self::Share)
    }
}

/// A number with what it is.
#[derive(Clone, Debug)]
pub(super) struct Number<'a> {
    pub(super) amount: Option<&'a Amount>,
    pub(super) tokens: Range<usize>,
    pub(super) part: Part,
}

/// The numbers of a sentence that may belong to a measure, in order.
pub(super) fn numbers<'a>(scene: &Scene<'a>) -> Vec<Number<'a>> {
    let mut out: Vec<Number<'_>> = Vec::new();
    let said = change::words(scene);
    // "Risen by two thirds": that "two" is no number of its own.
    let within = |a: &Amount| {
        let inside = |t: &Range<usize>| t.start < a.tokens.start && a.tokens.end < t.end;
        a.unit == Unit::Count && said.iter().any(|(t, _)| inside(t))
    };
    for (i, amount) in scene.amounts.iter().enumerate() {
        if within(amount) {
            continue;
        }
        let multiple =
            change::multiple(scene, amount).is_some() || change::indexed(scene, amount).is_some();
        if third_country(scene, amount)
            || third_subject(scene, &amount.tokens)
            || third_behind(scene, &amount.tokens)
            || of_people(scene, &amount.tokens)
            || of_bloc(scene, amount)
            || amount.unit == Unit::Count && !multiple && uncounted(scene, amount)
        {
            continue;
        }
        let before = i.checked_sub(1).map(|b| &scene.amounts[b]);
        let Some(part) = part(scene, before, amount) else {
            continue;
        };
        out.push(Number {
            tokens: amount.tokens.clone(),
            amount: Some(amount),
            part,
        });
    }
    for (tokens, told) in said {
        let covered = out
            .iter()
            .any(|n| n.tokens.start < tokens.end && tokens.start < n.tokens.end);
        if !covered {
            out.push(Number {
                amount: None,
                tokens,
                part: Part::Change(told),
            });
        }
    }
    out.sort_by_key(|n| (n.tokens.start, n.tokens.end));
    out
}

fn part(scene: &Scene<'_>, before: Option<&Amount>, amount: &Amount) -> Option<Part> {
    let told = change::indexed(scene, amount)
        .or_else(|| change::percent(scene, amount))
        .or_else(|| change::multiple(scene, amount));
    if let Some(told) = told {
        return Some(Part::Change(told));
    }
    if amount.unit == Unit::Other("percentage_point") {
        return change::difference(scene, amount).map(Part::Difference);
    }
    if amount.is_percent() {
        return share(scene, amount).then_some(Part::Share);
    }
    if before.is_some_and(|b| again(scene, b, amount)) {
        return Some(Part::Again);
    }
    if let Some(up) = change::difference(scene, amount) {
        return Some(Part::Difference(up));
    }
    Some(if earlier(scene, amount) {
        Part::Earlier
    } else {
        Part::Level
    })
}

/// Whether a money amount repeats the one before it in another currency.
fn again(scene: &Scene<'_>, before: &Amount, amount: &Amount) -> bool {
    if !before.is_money() || !amount.is_money() || before.unit == amount.unit {
        return false;
    }
    let r = scene.reading;
    let between = before.tokens.end..amount.tokens.start;
    // "RM 4.5 billion, about US$1.4 billion".
    let hedges = &[
        "about",
        "some",
        "around",
        "roughly",
        "approximately",
        "nearly",
    ];
    if between.len() == 2 && r.is(between.start, ",") && r.is_any(between.start + 1, hedges) {
        return true;
    }
    between.len() <= 5
        && r.any_in(between.clone(), &WORDS.again)
        && !r.any_in(between, &["and", ";", "imports", "exports"])
}

/// Whether a percentage is a part of something.
fn share(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let of = r.is(amount.tokens.end, "of") || r.is(amount.tokens.end, "share") || amount.words;
    let said = scene
        .cues
        .iter()
        .any(|c| c.measure().is_some_and(|m| m.share));
    of || said
}
