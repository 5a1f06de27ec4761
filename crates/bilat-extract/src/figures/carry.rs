//! What a number without a measure of its own goes on with.

use std::ops::Range;

use bilat_model::told::{FigureKind, Status};

use super::group::is_trade;
use super::home::{closes, ends_clause};
use super::numbers::{Number, Part};
use super::qualify;
use super::topic::Topic;
use super::words::WORDS;
use crate::amount::{Amount, Unit};
use crate::names::{As, Mention};
use crate::reading::Scene;
use crate::rules::{Cue, Gives, Measure};

/// The measure of an earlier sentence, where a number here goes on with it.
pub(super) fn carry(
    scene: &Scene<'_>,
    topic: &Topic,
    number: &Number<'_>,
    measures: &[(&Cue, &Measure)],
) -> Option<FigureKind> {
    let kind = topic.last.kind?;
    if one_of_two(scene, topic, number) {
        return None;
    }
    // "In 2023 it was $2.27 billion": by its pronoun.
    let pronoun = topic
        .pronoun
        .filter(|at| *at >= scene.range.start && *at < number.tokens.start);
    // A new paragraph without a word for it goes on with nothing.
    let apart = topic.block != scene.sentence.block
        && pronoun.is_none()
        && !aimed_at(scene)
        && !of_this(scene, number.tokens.end);
    // A goal for the trade may be told far from it.
    let goal = aimed_at(scene) && is_trade(kind) && number.amount.is_some_and(Amount::is_money);
    if apart || !goal && scene.index > topic.sentence + 2 {
        return None;
    }
    let ahead = |cue: &Cue| cue.tokens.start >= number.tokens.end;
    let counts = kind.is_counted();
    match (&number.part, number.amount) {
        (Part::Change(_), _) => measures
            .iter()
            .all(|(c, _)| pronoun.is_some() && ahead(c))
            .then(|| aim(scene, topic, number, kind)),
        (Part::Share, _) => Some(kind),
        (_, Some(a)) if a.is_money() && own_noun(scene, a.tokens.start) => None,
        (_, Some(a)) if a.is_money() => {
            // "It was $2.27 billion: $1.32 billion of Iranian exports": the measures come behind.
            let first = pronoun.is_some_and(|at| {
                let between = |a: &Amount| {
                    a.tokens.start > at && a.tokens.end <= number.tokens.start && a.is_money()
                };
                !scene.amounts.iter().any(between)
            });
            let free = measures
                .iter()
                .all(|(c, m)| m.weak || m.counts || m.share || first && ahead(c));
            let kind =
                part_of(scene, a.tokens.end).unwrap_or_else(|| aim(scene, topic, number, kind));
            (!counts && free).then_some(kind)
        }
        (_, Some(a)) if a.unit == Unit::Count => {
            let free = counts
                && measures.iter().all(|(c, _)| ahead(c))
                && counted_on(scene, &a.tokens, pronoun.is_some());
            free.then_some(kind)
        }
        _ => None,
    }
}

/// Whether a bare number goes on with what was counted: "77 of them", "in 2017 there were 5,000",
/// "the figure should reach 200 thousand", "it aims at 25,000 Indonesians".
fn counted_on(scene: &Scene<'_>, number: &Range<usize>, pronoun: bool) -> bool {
    let r = scene.reading;
    if pronoun && closes(scene, number.end) {
        return true;
    }
    // "It hopes for 100,000 from India".
    let whence = number.end + 1;
    if r.is(number.end, "from")
        && scene
            .mention_at(whence)
            .is_some_and(|m| r.of_pair(m.country))
    {
        return true;
    }
    let people = scene
        .mention_at(number.end)
        .filter(|m| matches!(m.how, As::People | As::Adjective) && r.of_pair(m.country));
    if people.is_some_and(|m| closes(scene, m.tokens.end)) {
        return true;
    }
    let from = scene.range.start.max(number.start.saturating_sub(4));
    let there = r.any_in(from..number.start, &["there", "it"]) && ends_clause(scene, number.end);
    // "The whole of 2015 saw 13,000."
    let seen = number.start > scene.range.start
        && r.is_any(number.start - 1, &WORDS.seeing)
        && scene.times.iter().any(|t| t.tokens.end + 1 == number.start);
    if seen && closes(scene, number.end) {
        return true;
    }
    there || r.is_any(number.end, &["of", "are", "were", "is"])
}

/// "In 2018 the figures had been 4.0 and 1.3 million", after both directions: which is of which only
/// their order tells, and neither is of both.
fn one_of_two(scene: &Scene<'_>, topic: &Topic, number: &Number<'_>) -> bool {
    let at = number.tokens.start;
    let before = |a: &Amount| a.tokens.end + 1 == at && a.unit == Unit::Count;
    both_ways(topic)
        && at > scene.range.start
        && scene.reading.is(at - 1, "and")
        && scene.amounts.iter().any(before)
}

/// Whether both directions were told.
fn both_ways(topic: &Topic) -> bool {
    matches!((topic.first.ends, topic.last.ends), (Some(a), Some(b)) if a == (b.1, b.0))
}

/// A goal without a measure of its own is for the turnover; so is what a sentence without a word for
/// it tells after both directions were told.
fn aim(scene: &Scene<'_>, topic: &Topic, number: &Number<'_>, kind: FigureKind) -> FigureKind {
    use FigureKind::TradeTurnover;
    let trade = is_trade(kind);
    let status = || qualify::status(scene, &number.tokens, scene.range.clone());
    let named = |m: &Mention| scene.reading.of_pair(m.country) && !m.dateline;
    let both = || both_ways(topic) && !scene.mentions.iter().any(named);
    match status() {
        Some(Status::Target) if trade => TradeTurnover,
        _ if trade && both() && matches!(number.part, Part::Level) => TradeTurnover,
        _ => kind,
    }
}

/// Whether a number is told to be a part of what was told before: "$2.6 billion of the sales".
pub(super) fn of_this(scene: &Scene<'_>, at: usize) -> bool {
    const BEFORE: &[&str] = &["this", "it", "that", "them", "these", "the"];
    let r = scene.reading;
    // "Of the FY23 receipts".
    let time = scene.times.iter().find(|t| t.tokens.start == at + 2);
    let whole = time.map_or(at + 2, |t| t.tokens.end);
    r.is(at, "of")
        && at + 1 < scene.range.end
        && r.is_any(at + 1, BEFORE)
        && (!r.is(at + 1, "the") || r.is_any(whole, &WORDS.wholes))
}

/// The goods that a number is told to be a part of: "2.6 billion of the sales".
fn part_of(scene: &Scene<'_>, at: usize) -> Option<FigureKind> {
    let r = scene.reading;
    let whole = at + 2;
    if !of_this(scene, at) || !r.is(at + 1, "the") {
        return None;
    }
    match () {
        () if r.is_any(whole, &["sales", "exports", "deliveries", "shipments"]) => {
            Some(FigureKind::Exports)
        }
        () if r.is_any(whole, &["imports", "purchases"]) => Some(FigureKind::Imports),
        () => None,
    }
}

/// Whether a sentence tells a goal.
fn aimed_at(scene: &Scene<'_>) -> bool {
    let target = |c: &Cue| matches!(c.rule.gives, Gives::Status { is: Status::Target });
    scene.cues.iter().any(target)
}

/// Whether a noun of its own says what a sum is: "a bridge of $3 million" goes on with nothing.
fn own_noun(scene: &Scene<'_>, start: usize) -> bool {
    let r = scene.reading;
    let Some(of) = start.checked_sub(2).filter(|i| *i > scene.range.start) else {
        return false;
    };
    r.is_any(of + 1, &["of", "worth"])
        && !r.tokens.tokens[of].capital
        && !r.is_any(of, &WORDS.no_noun)
}
