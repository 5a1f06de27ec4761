//! Numbers that are not the pair's own: those of third countries, of bodies of several states, of all
//! partners together.

use std::ops::Range;

use bilat_model::document::BlockKind;
use bilat_model::told::FigureKind;

use super::words::WORDS;
use crate::amount::Amount;
use crate::names::{As, Mention};
use crate::reading::Scene;
use crate::rules::{Cue, Gives, Scope};
use crate::tokens::Kind;

/// Numbers of a third country that is named just before them: "Turkey ($562.4 million)".
pub(super) fn third_country(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let start = amount.tokens.start;
    let Some(m) = scene.mentions.iter().rev().find(|m| m.tokens.end <= start) else {
        return false;
    };
    let between = m.tokens.end..start;
    scene.third(m)
        && !m.dateline
        && between.len() <= if m.possessive { 4 } else { 2 }
        && between.clone().all(|i| {
            r.is_any(i, &["(", "with", "at", ",", ":", "by", "'s"])
                || r.tokens.tokens[i].kind == Kind::Sign('-')
                || m.possessive && r.is_any(i, &WORDS.of_possessor)
        })
}

/// Numbers of a clause that a third country is the subject of: "China remained its main client with
/// purchases of $3.7 billion".
pub(super) fn third_subject(scene: &Scene<'_>, number: &Range<usize>) -> bool {
    let r = scene.reading;
    let opens = |i: usize| {
        r.tokens.tokens[i].is(';')
            || r.is_any(i, &["while", "whereas", "but"])
            || r.tokens.tokens[i].is(',') && r.is_any(i + 1, &["and", "with", "of"])
    };
    let clause = (scene.range.start..number.start)
        .rev()
        .find(|i| opens(*i))
        .map_or(scene.range.start, |i| i + 1);
    let mut free = scene.mentions.iter().filter(|m| {
        m.tokens.start >= clause
            && m.tokens.end <= number.start
            && !m.dateline
            && !m.venue
            && scene.preposition(m).is_none()
    });
    let Some(first) = free.next() else {
        return donor(scene, clause, number) || third_partner(scene, clause, number);
    };
    // "Indonesia and Singapore traded for 75 billion": the two of them, not the pair.
    let joined =
        |m: &&Mention| r.is(m.tokens.start - 1, "and") && m.tokens.start == first.tokens.end + 1;
    let mut free = free.filter(|m| !joined(m));
    let bare = matches!(first.how, As::Name | As::People) && !first.possessive && !first.hyphen;
    // Another number between was of the subject; what follows goes on with the pair again.
    bare && scene.third(first)
        && first.tokens.start <= clause + 3
        && free.all(|m| scene.third(m))
        && !r.is_any(first.tokens.end, &["-", "'s"])
}

/// "With China it was 39 billion": only a third country is named, at the head of the clause.
fn third_partner(scene: &Scene<'_>, clause: usize, number: &Range<usize>) -> bool {
    let r = scene.reading;
    let within =
        |m: &&Mention| m.tokens.start >= clause && m.tokens.end <= number.start && !m.dateline;
    let mut named = scene.mentions.iter().filter(within);
    named.clone().all(|m| scene.third(m))
        && named.next().is_some_and(|m| {
            m.tokens.start <= clause + 2
                && m.how == As::Name
                && scene
                    .preposition(m)
                    .is_some_and(|p| r.is_any(p, &["with", "to", "from"]))
        })
}

/// "The European Commission gives a grant of 307 million": a body of several states is the subject.
fn donor(scene: &Scene<'_>, clause: usize, number: &Range<usize>) -> bool {
    let r = scene.reading;
    scene.organisations.iter().any(|o| {
        o.kind == crate::names::OrgKind::International
            && o.tokens.start >= clause
            && o.tokens.end <= number.start
            && r.any_in(o.tokens.end..number.start, &WORDS.giving)
    })
}

/// How many live in a country is no figure of the two.
pub(super) fn of_people(scene: &Scene<'_>, number: &Range<usize>) -> bool {
    let r = scene.reading;
    let from = scene.range.start.max(number.start.saturating_sub(6));
    // "Uzbekistan, with 32 million people".
    let with = number.start > scene.range.start
        && r.is_any(number.start - 1, &["with", "has", "counted", "counts"])
        && r.is_any(number.end, &["people", "inhabitants"]);
    with || r.any_in(from..number.start, &["population"])
}

/// Numbers that a third country behind them owns: "3.1 billion came from Austria".
pub(super) fn third_behind(scene: &Scene<'_>, number: &Range<usize>) -> bool {
    let r = scene.reading;
    let Some(m) = scene.mentions.iter().find(|m| m.tokens.start >= number.end) else {
        return false;
    };
    let gap = number.end..m.tokens.start;
    let came = &WORDS.whence;
    scene.third(m)
        && !m.venue
        && gap.len() <= 4
        && scene
            .preposition(m)
            .is_some_and(|p| r.is_any(p, &["from", "to", "with"]))
        && gap.clone().all(|i| r.is_any(i, came))
}

/// Whether a value is told over all partners: words that say so stand between the value before it
/// and its own end, or just behind it.
pub(super) fn all_partners(
    scene: &Scene<'_>,
    values: &[Range<usize>],
    value: &Range<usize>,
) -> bool {
    let r = scene.reading;
    let before = values
        .iter()
        .rev()
        .find(|v| v.end <= value.start)
        .map_or(scene.range.start, |v| v.end);
    if whole_of_share(scene, value) || whole_of_one(scene, before..value.start) {
        return true;
    }
    let next = values
        .iter()
        .find(|v| v.start >= value.end)
        .map_or(scene.range.end, |v| v.start);
    scene.cues.iter().any(|c| {
        if !matches!(
            c.rule.gives,
            Gives::Scope {
                is: Scope::AllPartners
            }
        ) {
            return false;
        }
        if in_name(scene, c) || of_the_two(scene, c.tokens.end) {
            return false;
        }
        let ahead = c.tokens.start >= before && c.tokens.start < value.start;
        let behind = c.tokens.start >= value.end && c.tokens.start < next.min(value.end + 5);
        let gap = if ahead {
            c.tokens.end.min(value.start)..value.start
        } else {
            value.end..c.tokens.start
        };
        let broken = gap.clone().any(|i| {
            // "Total imports fell 16.1 per cent, to 1.61 trillion": the value follows its change.
            let leads = r.is_any(i + 1, &["to", "at", "reaching", "totalling", "totaling"]);
            r.tokens.tokens[i].is(';') || ahead && r.tokens.tokens[i].is(',') && !leads
        });
        (ahead || behind)
            && !broken
            && (aside(scene, value) || ahead && gap.len() <= 2 || !of_that(scene, c.tokens.start))
    })
}

/// "12.3 per cent of the country's exports, which stood at 743.7 billion", "the share in the country's
/// turnover, 11.7 billion, was 0.13 percent": the value is of the whole that the share is of.
fn whole_of_share(scene: &Scene<'_>, value: &Range<usize>) -> bool {
    let r = scene.reading;
    if of_all_of(scene, value) {
        return true;
    }
    let comma = (value.start.saturating_sub(6).max(scene.range.start)..value.start)
        .rev()
        .find(|i| r.tokens.tokens[*i].is(','));
    let Some(comma) = comma else { return false };
    let gap = comma + 1..value.start;
    let told = gap.len() <= 1 || r.is(gap.start, "which");
    let of = (comma.saturating_sub(6).max(scene.range.start)..comma)
        .find(|i| r.is_any(*i, &["of", "in"]));
    let Some(of) = of.filter(|_| told) else {
        return false;
    };
    let whole = scene.cues.iter().any(|c| {
        c.measure().is_some_and(|m| !m.share) && c.tokens.start > of && c.tokens.end == comma
    });
    let percent = scene
        .amounts
        .iter()
        .any(|a| a.is_percent() && a.tokens.end == of);
    let share = (of.saturating_sub(3).max(scene.range.start)..of)
        .any(|i| r.is_any(i, &["share", "part", "proportion"]));
    whole && (percent || share)
}

/// "7.1 per cent of all revenue of A$205 million".
fn of_all_of(scene: &Scene<'_>, value: &Range<usize>) -> bool {
    let r = scene.reading;
    let from = scene.range.start.max(value.start.saturating_sub(7));
    let share = |a: &Amount| {
        a.is_percent()
            && (from..value.start).contains(&a.tokens.end)
            && r.is(a.tokens.end, "of")
            && r.is_any(a.tokens.end + 1, &["all", "total", "its", "the", "their"])
            && a.tokens.end + 2 < value.start
    };
    value.start > from && r.is(value.start - 1, "of") && scene.amounts.iter().any(share)
}

/// "Uzbekistan's total turnover reached 44.5 billion": of one country with all others.
fn whole_of_one(scene: &Scene<'_>, gap: Range<usize>) -> bool {
    let r = scene.reading;
    let total = |i: &usize| {
        let owner = scene
            .mentions
            .iter()
            .any(|m| m.possessive && m.tokens.end + 1 == *i);
        owner && r.is_any(*i, &["total", "overall", "entire"])
    };
    let Some(at) = gap.clone().find(total) else {
        return false;
    };
    let turnover = scene.cues.iter().find(|c| {
        c.measure()
            .is_some_and(|m| m.kind == FigureKind::TradeTurnover)
            && c.tokens.start > at
            && c.tokens.start <= at + 2
    });
    turnover.is_some_and(|c| {
        let named = scene
            .mentions
            .iter()
            .any(|m| m.tokens.start >= c.tokens.start && m.tokens.end <= gap.end);
        !named && !r.any_in(at..gap.end, &["with", "between"])
    })
}

/// Whether a measure is of all partners by the words just behind it: "exports to other countries".
pub(super) fn of_all(scene: &Scene<'_>, at: usize) -> bool {
    let all = Gives::Scope {
        is: Scope::AllPartners,
    };
    let led = scene.reading.is_any(at, &["to", "with", "from", "across"]);
    let told = |c: &Cue| c.rule.gives == all && c.tokens.start == at;
    let said = scene.cues.iter().find(|c| told(c));
    led && said.is_some_and(|c| !of_the_two(scene, c.tokens.end))
}

/// Whether words are part of a name: "the Foreign Trade Department says".
fn in_name(scene: &Scene<'_>, cue: &Cue) -> bool {
    let capital = |i: usize| {
        let token = scene.reading.tokens.tokens.get(i);
        token.is_some_and(|t| t.capital)
    };
    let title = matches!(
        scene.sentence.kind,
        BlockKind::Headline | BlockKind::Heading
    );
    !title && cue.tokens.clone().all(capital) && capital(cue.tokens.end)
}

/// Whether words of scope are narrowed to the two: "foreign trade of the two countries".
fn of_the_two(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let two = r.is_any(at + 1, &["both"])
        || r.is(at + 1, "the") && r.is_any(at + 2, &["two", "neighbours", "neighbors"]);
    let one = [at + 1, at + 2].into_iter().any(|i| {
        let m = scene.mention_at(i);
        m.is_some_and(|m| r.of_pair(m.country))
    });
    r.is(at, "between")
        || r.is_any(at, &["of", "by"]) && two
        || r.is_any(at, &["with", "to", "from"]) && one
}

/// A share that a body of several states has: "the European Union took 58.6 percent of exports".
pub(super) fn of_bloc(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let clause = (scene.range.start..amount.tokens.start)
        .rev()
        .find(|i| r.is_any(*i, &[",", ";", "while", "but"]))
        .map_or(scene.range.start, |i| i + 1);
    amount.is_percent()
        && r.is(amount.tokens.end, "of")
        && scene.organisations.iter().any(|o| {
            o.kind == crate::names::OrgKind::International
                && o.tokens.start >= clause
                && o.tokens.start <= clause + 2
                && o.tokens.end <= amount.tokens.start
        })
}

/// Whether a value stands in brackets by itself: "64 percent of all that it bought (1.6 trillion)".
fn aside(scene: &Scene<'_>, value: &Range<usize>) -> bool {
    let r = scene.reading;
    value.start > scene.range.start && r.is(value.start - 1, "(") && r.is(value.end, ")")
}

/// "X percent of total exports": the total is what the share is of.
fn of_that(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let from = scene.range.start.max(at.saturating_sub(4));
    r.any_in(from..at, &["of", "in"])
        && scene
            .amounts
            .iter()
            .any(|a| a.is_percent() && a.tokens.end <= at && at - a.tokens.end <= 5)
}
