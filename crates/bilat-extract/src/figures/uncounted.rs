//! Bare numbers that count what is no figure of the two: sides, days, members of a delegation.

use bilat_model::told::FigureKind;

use super::words::WORDS;
use crate::amount::Amount;
use crate::reading::Scene;

/// Bare numbers that count what is no figure: countries, sides, members of a delegation.
pub(super) fn uncounted(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let next = amount.tokens.end;
    let parties = r.is_any(next, &WORDS.no_figures);
    let the_two = amount.words
        && amount.tokens.start > scene.range.start
        && r.is_any(
            amount.tokens.start - 1,
            &["the", "these", "those", "our", "their"],
        )
        && amount.value() == bilat_model::Decimal::TWO;
    if the_two
        && !scene
            .cues
            .iter()
            .any(|c| c.measure().is_some_and(|m| m.counts) && c.tokens.start == next)
    {
        return true;
    }
    let of_them = r.is(next, "of")
        && r.is_any(
            next + 1,
            &[
                "them", "which", "these", "those", "whom", "the", "our", "its", "their", "his",
                "her",
            ],
        );
    // "The 345,149 of 2022".
    let of_time = r.is(next, "of") && scene.times.iter().any(|t| t.tokens.start == next + 1);
    // "Flies to Nairobi 14 times a week" counts flights.
    let flown = scene.cues.iter().any(|c| {
        c.measure().is_some_and(|m| m.kind == FigureKind::Flights) && c.tokens.start == next
    });
    let tied = r.is(next, "-") && r.tokens.tokens.get(next).is_some_and(|t| !t.spaced);
    // "16 percent of all 82,327 arrivals".
    let all = amount.tokens.start >= scene.range.start + 2
        && r.is(amount.tokens.start - 1, "all")
        && r.is(amount.tokens.start - 2, "of");
    all || parties
        && !flown
        && !of_time
        && !of_them
        && !(r.is(next, "-") && !tied)
        && !(r.is(next, "foreign") && r.is_any(next + 1, &["tourists", "companies"]))
        || delegates(scene, amount)
}

/// People and firms that come along, attend or take part are no figure of the two countries.
fn delegates(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let from = scene.range.start.max(amount.tokens.start.saturating_sub(9));
    let came = &WORDS.delegations;
    let before = r.any_in(from..amount.tokens.start, came);
    let to = scene.range.end.min(amount.tokens.end + 9);
    let behind = r.any_in(amount.tokens.end..to, &WORDS.taking_part);
    // "800 Vietnamese attend Hungarian universities" study there.
    let students = scene.cues.iter().any(|c| {
        c.measure().is_some_and(|m| m.kind == FigureKind::Students)
            && c.tokens.start >= amount.tokens.end
            && c.tokens.start < to
    });
    if students {
        return false;
    }
    let part = (amount.tokens.end..to)
        .any(|i| r.is_any(i, &["took", "take", "taking", "takes"]) && r.is(i + 1, "part"));
    (before || behind || part) && !r.any_in(from..to, &WORDS.established)
}
