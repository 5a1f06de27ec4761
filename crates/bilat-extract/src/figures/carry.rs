//! What a number without a measure of its own goes on with.

use bilat_model::told::FigureKind;

use super::home::ends_clause;
use super::numbers::{Number, Part};
use super::qualify;
use super::topic::Topic;
use super::words::WORDS;
use crate::amount::Unit;
use crate::reading::Scene;
use crate::rules::{Cue, Gives, Measure};

/// The measure of an earlier sentence, where a number here goes on with it.
pub(super) fn carry(
    scene: &Scene<'_>,
    topic: &Topic,
    number: &Number<'_>,
    measures: &[(&Cue, &Measure)],
) -> Option<FigureKind> {
    use FigureKind::{Companies, Flights, JointVentures, Students, Tourists};
    let kind = topic.last.kind?;
    if scene.index > topic.sentence + 2 {
        return None;
    }
    let r = scene.reading;
    let counts = matches!(
        kind,
        Companies | JointVentures | Tourists | Students | Flights
    );
    // "In 2023 it was $2.27 billion: $1.32 billion of Iranian exports": the measures come behind.
    let taken = topic
        .pronoun
        .is_some_and(|at| at >= scene.range.start && at < number.tokens.start);
    let told = taken
        && !scene.amounts.iter().any(|a| {
            topic.pronoun.is_some_and(|at| a.tokens.start > at)
                && a.tokens.end <= number.tokens.start
                && a.is_money()
        });
    // A new paragraph without a word for it goes on with nothing.
    if !taken
        && topic.block != scene.sentence.block
        && !aimed_at(scene)
        && !of_this(scene, number.tokens.end)
    {
        return None;
    }
    let ahead = |cue: &Cue| cue.tokens.start >= number.tokens.end;
    use FigureKind::{Exports, Imports, TradeBalance, TradeTurnover};
    let aimed = || {
        let bounds = scene.range.clone();
        matches!(kind, Exports | Imports | TradeBalance | TradeTurnover)
            && qualify::status(scene, &number.tokens, bounds)
                == Some(bilat_model::told::Status::Target)
    };
    match (&number.part, number.amount) {
        (Part::Change(_), _) => {
            let kind = if aimed() { TradeTurnover } else { kind };
            measures
                .iter()
                .all(|(c, _)| taken && ahead(c))
                .then_some(kind)
        }
        (Part::Share, _) => Some(kind),
        (_, Some(a)) if a.is_money() && own_noun(scene, a.tokens.start) => None,
        (_, Some(a)) if a.is_money() => {
            let free = measures
                .iter()
                .all(|(c, m)| m.weak || m.counts || m.share || told && ahead(c));
            // A goal without a measure of its own is for the turnover.
            let kind = if aimed() {
                FigureKind::TradeTurnover
            } else {
                kind
            };
            let kind = part_of(scene, a.tokens.end).unwrap_or(kind);
            (!counts && free).then_some(kind)
        }
        (_, Some(a)) if a.unit == Unit::Count => {
            let partial = r.is_any(a.tokens.end, &["of", "are", "were", "is"]);
            // "In 2017 there were about 5,000."
            let from = scene.range.start.max(a.tokens.start.saturating_sub(4));
            let there = r.any_in(from..a.tokens.start, &["there", "it"])
                && ends_clause(scene, a.tokens.end);
            (counts && (partial || there) && measures.is_empty()).then_some(kind)
        }
        _ => None,
    }
}

/// Whether a number is told to be a part of what was told before: "$2.6 billion of the sales".
pub(super) fn of_this(scene: &Scene<'_>, at: usize) -> bool {
    const BEFORE: &[&str] = &["this", "it", "that", "them", "these", "the"];
    let r = scene.reading;
    r.is(at, "of")
        && at + 1 < scene.range.end
        && r.is_any(at + 1, BEFORE)
        && (!r.is(at + 1, "the") || r.is_any(at + 2, &WORDS.wholes))
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
    let target = |c: &Cue| {
        matches!(
            c.rule.gives,
            Gives::Status {
                is: bilat_model::told::Status::Target
            }
        )
    };
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
