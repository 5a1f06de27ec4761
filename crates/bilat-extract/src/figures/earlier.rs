//! Which number is what another is compared with: "up from 3 million", "6 percent above the 813 million of
//! 2017", "(2017: 287 million)".

use std::ops::Range;

use super::words::WORDS;
use super::{change, comparison, qualify};
use crate::amount::Amount;
use crate::reading::Scene;
use crate::rules::{Cue, Gives};

/// Whether a number is what another is compared with.
pub(super) fn earlier(scene: &Scene<'_>, amount: &Amount) -> bool {
    let start = amount.tokens.start;
    behind_word(scene, amount)
        || exceeds(scene, start)
        || multiplied(scene, start)
        || bracketed(scene, amount)
        || ago(scene, amount)
        || behind_date(scene, amount)
        || beside_date(scene, start)
}

/// Behind a word of comparison: "from 3 million", "against 52", "after 4.2 billion".
fn behind_word(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let in_time = |i: usize| scene.times.iter().any(|t| t.tokens.contains(&i));
    let said = |cue: &Cue| {
        let (word, gap) = (cue.tokens.start, cue.tokens.end..amount.tokens.start);
        let single = cue.tokens.len() == 1;
        // "from 1995 to 2021 at more than $200 million": that "from" opens a period.
        let period = in_time(cue.tokens.end) || r.is_any(word, &["over", "on"]);
        let hedge = || r.is(word, "than") && hedges(scene, word);
        // "It was 4.9 billion after 4.2 billion": of what is told before it.
        let told = |a: &Amount| a.tokens.end <= word && a.unit == amount.unit;
        let after = r.is(word, "after") && (gap.len() > 2 || !scene.amounts.iter().any(told));
        if cue.tokens.end > amount.tokens.start
            || gap.len() > 12
            || single && (period || after || hedge())
        {
            return false;
        }
        // "from 2.1 million in 2020 to 3 million": a word of comparison with a date between.
        let words = gap.clone().filter(|i| !in_time(*i)).count();
        let short = single && r.is_any(word, &["from", "than"]);
        let again = told_again(scene, word, &gap);
        let loose = |i: usize| {
            in_time(i)
                || again.contains(&i)
                || r.is_any(i, &WORDS.loose)
                || r.is_any(i, &WORDS.loose_when)
        };
        words <= if short { 3 } else { 6 } && gap.clone().all(loose)
    };
    let compares = |c: &&Cue| matches!(c.rule.gives, Gives::Compare {});
    scene.cues.iter().filter(compares).any(said)
}

/// "The previous year, when the figure was 52.1 billion".
fn behind_date(scene: &Scene<'_>, amount: &Amount) -> bool {
    use crate::time::Value;
    let r = scene.reading;
    let start = amount.tokens.start;
    scene.times.iter().any(|t| {
        let gap = t.tokens.end..start;
        // "Up 8.9 % year-on-year, of which exports were 47 million": the date is of the change.
        let of_change = |a: &Amount| a.is_percent() && a.tokens.end == t.tokens.start;
        let measured = |c: &Cue| c.quantity().is_some() && gap.contains(&c.tokens.start);
        let when = r.any_in(gap.clone(), &["when"]);
        let before = match t.value {
            Value::SamePeriod { shift_years } => shift_years < 0,
            _ if !when => false,
            Value::SamePeriodIn { .. } => true,
            // "1.8 times more than in 2023, when it was $7 million".
            _ => comparison::compares(scene, t),
        };
        let alike = |a: &Amount| a.tokens.end <= t.tokens.start && a.unit == amount.unit;
        before
            && t.tokens.end <= start
            && gap.len() <= 7
            && (when || !r.any_in(gap.clone(), &WORDS.no_comparison))
            && !scene.cues.iter().any(measured)
            && !scene.amounts.iter().any(of_change)
            && !scene.amounts.iter().any(|a| gap.contains(&a.tokens.start))
            && scene.amounts.iter().any(alike)
    })
}

/// "($111.5 million)" behind "than in the same period of the previous year".
fn beside_date(scene: &Scene<'_>, start: usize) -> bool {
    let open = start
        .checked_sub(1)
        .is_some_and(|i| scene.reading.is(i, "("));
    open && scene.times.iter().any(|t| {
        let compared = comparison::is_relative(&t.value) || comparison::compares(scene, t);
        t.tokens.end + 1 == start && compared
    })
}

/// The measure of the value before, named again: "exports were 1.42 million against the exports of
/// 0.65 million".
fn told_again(scene: &Scene<'_>, at: usize, gap: &Range<usize>) -> Range<usize> {
    let kind = |c: &Cue| c.quantity().map(|m| m.kind);
    let within = |c: &&Cue| gap.contains(&c.tokens.start) && c.tokens.end <= gap.end;
    let before = |c: &&Cue| c.tokens.end <= at && kind(c).is_some();
    let named = scene.cues.iter().filter(|c| kind(c).is_some()).find(within);
    let told = scene.cues.iter().rfind(before);
    match (named, told) {
        (Some(n), Some(t)) if kind(n) == kind(t) => n.tokens.clone(),
        _ => 0..0,
    }
}

/// "6 percent above the $813 million of 2017", "one fifth below 4.5 billion": what a change exceeds.
fn exceeds(scene: &Scene<'_>, start: usize) -> bool {
    let r = scene.reading;
    let from = scene.range.start.max(start.saturating_sub(4));
    let Some(at) = (from..start)
        .rev()
        .take_while(|i| *i + 1 == start || r.is_any(*i + 1, &WORDS.loose))
        .find(|i| {
            r.is_any(
                *i,
                &["above", "below", "over", "under", "beyond", "than", "on"],
            )
        })
    else {
        return false;
    };
    // "A 55 per cent jump over".
    let noun = |i: usize| {
        scene
            .cues
            .iter()
            .any(|c| matches!(c.rule.gives, Gives::Change(_)) && c.tokens.contains(&i))
    };
    let by_percent = scene.amounts.iter().any(|a| {
        let gap = a.tokens.end..at;
        (a.is_percent() || change::multiple(scene, a).is_some())
            && a.tokens.end <= at
            && (gap.len() <= 2 || gap.len() <= 4 && gap.clone().any(noun))
            && !r.any_in(gap, &["to", "and", ",", "of"])
    });
    let by_word = scene.cues.iter().any(|c| {
        matches!(&c.rule.gives, Gives::Change(w) if w.percent.is_some()) && c.tokens.end == at
    });
    by_percent || by_word
}

/// "Double the 2.55 billion of 2016": what is multiplied.
fn multiplied(scene: &Scene<'_>, start: usize) -> bool {
    let r = scene.reading;
    scene.cues.iter().any(|c| {
        let gap = c.tokens.end..start;
        // "More than four times the 4,325 of the previous year".
        let times = matches!(&c.rule.gives, Gives::Change(w) if w.times)
            && r.is(c.tokens.end - 1, "the")
            && c.tokens.end <= start
            && gap.clone().all(|i| r.is_any(i, &WORDS.loose_times));
        times
            || matches!(&c.rule.gives, Gives::Change(w) if w.percent.is_some())
                && c.tokens.end < start
                && gap.len() <= 4
                && r.is_any(gap.start, &["the", "that", "its", "last"])
                && gap.clone().all(|i| r.is_any(i, &WORDS.loose_times))
    })
}

/// "… to $3.79 billion; they had been $3.35 billion a year earlier": a date just behind a further
/// value of the unit says that it came before.
fn ago(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let Some(before) = scene
        .amounts
        .iter()
        .rev()
        .find(|a| a.tokens.end <= amount.tokens.start && a.unit == amount.unit)
    else {
        return false;
    };
    let back = scene.times.iter().any(|t| {
        matches!(t.value, crate::time::Value::SamePeriod { shift_years } if shift_years < 0)
            && t.tokens.start == amount.tokens.end
    });
    let measured = scene.cues.iter().any(|c| {
        c.quantity().is_some()
            && c.tokens.start >= before.tokens.end
            && c.tokens.end <= amount.tokens.start
    });
    back && !measured && !r.any_in(before.tokens.end..amount.tokens.start, &["from", "than"])
}

/// "(2017: EUR 287m, plus 6.3 %)", "(10.4 billion in 2017)": a value of another year in brackets
/// behind a value of the same unit.
fn bracketed(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let Some(open) = (scene.range.start..amount.tokens.start)
        .rev()
        .take(6)
        .find(|i| r.is_any(*i, &["(", ")", "["]))
    else {
        return false;
    };
    let Some(before) = scene.amounts.iter().rev().find(|a| a.tokens.end <= open) else {
        return false;
    };
    if !r.is_any(open, &["(", "["]) || before.unit != amount.unit {
        return false;
    }
    let dated = |range: Range<usize>| {
        scene.times.iter().find(|t| {
            t.tokens.start >= range.start
                && t.tokens.end <= range.end
                && !matches!(t.value, crate::time::Value::Name { .. })
        })
    };
    let close = (amount.tokens.end..scene.range.end.min(amount.tokens.end + 8))
        .find(|i| r.is_any(*i, &[")", "]"]))
        .unwrap_or(amount.tokens.end);
    let ahead = dated(open + 1..amount.tokens.start)
        .is_some_and(|t| amount.tokens.start - t.tokens.end <= 2);
    ahead || dated(amount.tokens.end..close).is_some() && open + 1 == amount.tokens.start
}

/// Whether "than" belongs to a hedge: "more than $3 million".
fn hedges(scene: &Scene<'_>, than: usize) -> bool {
    scene.cues.iter().any(|c| {
        matches!(c.rule.gives, Gives::Qualifier(_))
            && c.tokens.contains(&than)
            && !qualify::of_change(scene, c.tokens.start)
    })
}
