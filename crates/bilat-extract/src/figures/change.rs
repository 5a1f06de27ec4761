//! Changes: percentages, multiples, fractions and differences.

use std::ops::Range;

use bilat_model::Decimal;
use bilat_model::evidence::Qualifier;
use bilat_model::interval::Interval;
use bilat_model::told::{Change, Direction, Figure};

use super::qualify;
use super::words::WORDS;
use crate::amount::{Amount, Unit};
use crate::document_span;
use crate::reading::Scene;
use crate::rules::{self, Cue, Gives};

/// A change as told.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    /// Signed, in per cent.
    pub(super) percent: Decimal,
    /// What its printed form allows.
    pub(super) interval: Interval,
    pub(super) qualifier: Qualifier,
    /// Which way the words say, and which tokens they are.
    pub(super) verb: Option<(Direction, Range<usize>)>,
    /// Whether it stands before its value: "decreased by 8.1 %, totalling 99.9 million".
    pub(super) opens: bool,
    pub(super) rule: String,
}

impl Told {
    /// Whether a change alone is a figure: its words say that something moved.
    pub(super) fn stands_alone(&self) -> bool {
        self.verb.is_some() || matches!(self.rule.as_str(), "change-index" | "change-times")
    }
}

fn word(cue: &Cue) -> Option<&'static rules::Change> {
    match &cue.rule.gives {
        Gives::Change(c) => Some(c),
        _ => None,
    }
}

/// The word that says which way a number went: just behind it ("8 percent higher"), or before it
/// without another number between.
fn direction(scene: &Scene<'_>, tokens: &Range<usize>) -> Option<(Direction, Range<usize>)> {
    let r = scene.reading;
    // "They make up 29.7 percent": that "up" moves nothing.
    let held = |c: &Cue| {
        r.is(c.tokens.start, "up")
            && c.tokens.start > scene.range.start
            && r.is_any(c.tokens.start - 1, &WORDS.holding_up)
    };
    let words = || {
        scene
            .cues
            .iter()
            .filter_map(|c| Some((c, word(c)?.direction?)))
            .filter(|(c, _)| !held(c))
    };
    if let Some(sign) = tokens
        .start
        .checked_sub(1)
        .filter(|i| *i >= scene.range.start)
    {
        if r.is(sign, "+") {
            return Some((Direction::Up, sign..sign + 1));
        }
        let t = &r.tokens.tokens[sign];
        let glued = !r.tokens.tokens[tokens.start].spaced;
        if t.is('-') && glued && (t.spaced || sign == scene.range.start || r.is(sign - 1, "(")) {
            return Some((Direction::Down, sign..sign + 1));
        }
    }
    let behind = words().find(|(c, _)| {
        let gap = tokens.end..c.tokens.start;
        c.tokens.start >= tokens.end
            && gap.len() <= 2
            && gap.clone().all(|i| {
                matches!(
                    r.tokens.tokens[i].kind,
                    crate::tokens::Kind::Sign('-' | '.')
                ) || r.is_any(i, &WORDS.before_direction)
            })
    });
    if let Some((c, d)) = behind {
        return Some((d, c.tokens.clone()));
    }
    // "A third lower": the words of a fraction hold which way it went.
    let within =
        words().find(|(c, _)| c.tokens.start > tokens.start && c.tokens.start < tokens.end);
    if let Some((c, d)) = within {
        return Some((d, c.tokens.clone()));
    }
    let before =
        words().rfind(|(c, _)| c.tokens.end <= tokens.start || c.tokens.contains(&tokens.start))?;
    let gap = before.0.tokens.end.min(tokens.start)..tokens.start;
    // "having gained $9.4 million, or 4.2 %": the same change twice.
    let twice = |a: &Amount| {
        let gap = a.tokens.end..tokens.start;
        gap.len() <= 2 && r.any_in(gap, &["or", "("])
    };
    let crossed = scene.amounts.iter().any(|a| {
        a.tokens.start >= gap.start
            && a.tokens.end <= gap.end
            && !between_brackets(scene, a)
            && !twice(a)
    });
    let broken = gap
        .clone()
        .any(|i| r.tokens.tokens[i].is(';') || r.is_any(i, &["while", "whereas"]));
    (!crossed && !broken && gap.len() <= 12).then(|| (before.1, before.0.tokens.clone()))
}

fn between_brackets(scene: &Scene<'_>, a: &Amount) -> bool {
    let r = scene.reading;
    a.tokens.start > 0 && r.is(a.tokens.start - 1, "(") && r.is(a.tokens.end, ")")
}

/// A percentage as a change; `None` when nothing says that it is one.
pub(super) fn percent(scene: &Scene<'_>, amount: &Amount) -> Option<Told> {
    if !amount.is_percent() {
        return None;
    }
    let r = scene.reading;
    if let Some(told) = index(scene, amount) {
        return Some(told);
    }
    let (direction, verb) = direction(scene, &amount.tokens)
        .or_else(|| as_before(scene, amount))
        .or_else(|| as_behind(scene, amount))?;
    // "9 percent of exports, more than before": a share, not a change.
    if r.is(amount.tokens.end, "of")
        && !verb.contains(&(amount.tokens.start.saturating_sub(1)))
        && verb.start < amount.tokens.start
    {
        let by = amount
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|i| r.is_any(i, &["by", "+"]));
        if !by {
            return None;
        }
    }
    // "More than half of the visitors": those words hedge a share.
    let hedges = |c: &Cue| {
        matches!(c.rule.gives, Gives::Qualifier(_)) && c.tokens.end == amount.tokens.start
    };
    if r.is(amount.tokens.end, "of")
        && verb.end == amount.tokens.start
        && scene.cues.iter().any(hedges)
    {
        return None;
    }
    let (qualifier, rule) = qualify::hedge(scene, &amount.tokens)
        .map_or((Qualifier::Exact, None), |(q, rule)| (q, Some(rule)));
    let size = Interval::printed(&amount.digits, Decimal::ONE, qualifier).ok()?;
    let (percent, interval) = match direction {
        Direction::Up => (amount.value(), size),
        Direction::Down => (-amount.value(), size.neg()),
    };
    Some(Told {
        percent,
        interval,
        qualifier,
        opens: opens(scene, amount.tokens.end) && !apposed(scene, &verb, amount),
        verb: Some((direction, verb)),
        rule: rule.unwrap_or("change-percent").to_owned(),
    })
}

/// "117 percent of the previous year's": 17 % more.
fn index(scene: &Scene<'_>, amount: &Amount) -> Option<Told> {
    if amount.value() < Decimal::from(60) {
        return None;
    }
    let r = scene.reading;
    let level = |c: &Cue| word(c).is_some_and(|w| w.index);
    let own = scene
        .cues
        .iter()
        .find(|c| level(c) && c.tokens.start == amount.tokens.end);
    // "Turnover was 2.4 billion, or 136 percent against last January-June. Exports: 37 million
    // (149 percent)": in a text that tells levels, those in brackets are levels too.
    let bracketed = amount.tokens.start > scene.range.start
        && r.is(amount.tokens.start - 1, "(")
        && (r.is(amount.tokens.end, ")") || compared_with(scene, amount.tokens.end));
    let cue = own.or_else(|| r.cues.iter().find(|c| bracketed && level(c)))?;
    // "Up 70 percent against last year" moved by 70; "grew to 117 percent of it" moved by 17.
    let before = amount.tokens.start.checked_sub(1);
    let to = before.is_some_and(|i| r.is_any(i, &["to", "or", "at", "by", "(", "was", "made"]));
    if !to && direction(scene, &amount.tokens).is_some() || before.is_some_and(|i| r.is(i, "by")) {
        return None;
    }
    by_level(amount, &cue.rule.id)
}

/// "The index to 2019 being 94,3", "index 92.6": a level in per cent of an earlier one, by its noun.
pub(super) fn indexed(scene: &Scene<'_>, amount: &Amount) -> Option<Told> {
    let r = scene.reading;
    let from = scene.range.start.max(amount.tokens.start.saturating_sub(7));
    let number = |i: usize| scene.amounts.iter().any(|a| a.tokens.contains(&i));
    let at = (from..amount.tokens.start)
        .rev()
        .take_while(|i| !number(*i) && !r.is_any(*i, &[";", "and"]))
        .find(|i| r.is_any(*i, &["index", "indices"]))?;
    let plausible = amount.value() > Decimal::TEN && amount.value() < Decimal::ONE_THOUSAND;
    let bare = amount.unit == Unit::Count && !r.is(at + 1, "of");
    (plausible && (bare || amount.is_percent()))
        .then(|| by_level(amount, "change-index"))
        .flatten()
}

/// A level in per cent of an earlier one as a change.
fn by_level(amount: &Amount, rule: &str) -> Option<Told> {
    let hundred = Decimal::ONE_HUNDRED;
    let size = Interval::printed(&amount.digits, Decimal::ONE, Qualifier::Exact).ok()?;
    Some(Told {
        percent: amount.value() - hundred,
        interval: size.sub(&Interval::exactly(hundred)),
        qualifier: Qualifier::Exact,
        verb: None,
        opens: false,
        rule: rule.to_owned(),
    })
}

/// "400 million, an increase of 28 percent, and was 231 million in …": said of what stands before.
fn apposed(scene: &Scene<'_>, verb: &Range<usize>, amount: &Amount) -> bool {
    let r = scene.reading;
    let Some(article) = verb.start.checked_sub(1).filter(|i| *i > scene.range.start) else {
        return false;
    };
    let told = scene
        .amounts
        .iter()
        .any(|a| a.tokens.end <= article && !a.is_percent());
    let comma = (article.saturating_sub(2)..article).any(|i| r.tokens.tokens[i].is(','));
    told && comma
        && verb.end <= amount.tokens.start
        && r.is_any(article, &["a", "an"])
        && r.is(amount.tokens.end, ",")
}

/// "It rose by 28 percent, exports by 3 percent": the verb of the change before.
fn as_before(scene: &Scene<'_>, amount: &Amount) -> Option<(Direction, Range<usize>)> {
    let r = scene.reading;
    let by = |a: &Amount| a.tokens.start > scene.range.start && r.is(a.tokens.start - 1, "by");
    let mut before = scene
        .amounts
        .iter()
        .filter(|a| a.tokens.end <= amount.tokens.start);
    let last = before
        .next_back()
        .filter(|a| a.is_percent() && by(a) && by(amount))?;
    let gap = last.tokens.end..amount.tokens.start;
    let near = gap.len() <= 8 && r.any_in(gap, &[",", "and"]);
    near.then(|| direction(scene, &last.tokens)).flatten()
}

/// "Exports were 12 percent and imports 27 percent higher": the word behind the second is of both.
fn as_behind(scene: &Scene<'_>, amount: &Amount) -> Option<(Direction, Range<usize>)> {
    let r = scene.reading;
    let next = scene
        .amounts
        .iter()
        .find(|a| a.tokens.start >= amount.tokens.end)?;
    let gap = amount.tokens.end..next.tokens.start;
    let joined = next.is_percent()
        && gap.len() <= 8
        && r.is(gap.start, "and")
        && r.is_any(
            next.tokens.end,
            &["higher", "lower", "more", "less", "up", "down"],
        );
    joined.then(|| direction(scene, &next.tokens)).flatten()
}

/// Whether words of comparison begin at a token.
fn compared_with(scene: &Scene<'_>, at: usize) -> bool {
    let compares = |c: &Cue| matches!(c.rule.gives, Gives::Compare {}) && c.tokens.start == at;
    scene.cues.iter().any(compares)
}

/// "2.4 times", "3.5-fold".
pub(super) fn multiple(scene: &Scene<'_>, amount: &Amount) -> Option<Told> {
    if amount.unit != Unit::Count {
        return None;
    }
    let r = scene.reading;
    if let Some(told) = multiplied_by(scene, amount) {
        return Some(told);
    }
    let cue = scene.cues.iter().find(|c| {
        let hyphen = usize::from(r.is(amount.tokens.end, "-"));
        word(c).is_some_and(|w| w.times) && c.tokens.start == amount.tokens.end + hyphen
    })?;
    let found = direction(scene, &amount.tokens).or_else(|| direction(scene, &cue.tokens));
    // "three times: in 2002, …" counts occasions.
    let lone = found.is_none() && !r.any_in(cue.tokens.clone(), &WORDS.of_multiple);
    if lone || amount.value() <= Decimal::ZERO {
        return None;
    }
    let one = Interval::exactly(Decimal::ONE);
    let hundred = Interval::exactly(Decimal::ONE_HUNDRED);
    let (qualifier, _) = qualify::hedge(scene, &amount.tokens).unwrap_or((Qualifier::Exact, ""));
    let factor = Interval::printed(&amount.digits, Decimal::ONE, qualifier).ok()?;
    let down = found.as_ref().is_some_and(|(d, _)| *d == Direction::Down);
    let (percent, interval) = if down {
        let part = Decimal::ONE.checked_div(amount.value())?;
        (
            (part - Decimal::ONE) * Decimal::ONE_HUNDRED,
            one.div(&factor)?.sub(&one).mul(&hundred),
        )
    } else {
        (
            (amount.value() - Decimal::ONE) * Decimal::ONE_HUNDRED,
            factor.sub(&one).mul(&hundred),
        )
    };
    Some(Told {
        percent: percent.round_dp(2).normalize(),
        interval,
        qualifier,
        verb: found,
        opens: opens(scene, amount.tokens.end),
        rule: cue.rule.id.clone(),
    })
}

/// "Trade has multiplied by six".
fn multiplied_by(scene: &Scene<'_>, amount: &Amount) -> Option<Told> {
    let r = scene.reading;
    let by = amount.tokens.start.checked_sub(1)?;
    let verb = by.checked_sub(1).filter(|i| *i >= scene.range.start)?;
    let said = r.is(by, "by") && r.is_any(verb, &["multiplied", "multiplying", "multiply"]);
    if !said || amount.value() <= Decimal::ONE {
        return None;
    }
    let factor = Interval::printed(&amount.digits, Decimal::ONE, Qualifier::Exact).ok()?;
    let hundred = Interval::exactly(Decimal::ONE_HUNDRED);
    let one = Interval::exactly(Decimal::ONE);
    Some(Told {
        percent: (amount.value() - Decimal::ONE) * Decimal::ONE_HUNDRED,
        interval: factor.sub(&one).mul(&hundred),
        qualifier: Qualifier::Exact,
        verb: Some((Direction::Up, verb..by)),
        opens: opens(scene, amount.tokens.end),
        rule: "change-times".to_owned(),
    })
}

/// "by USD 29.2 million", "an increase of $5 million": whether the difference went up.
#[allow(
    clippy::option_option,
    reason = "no difference, one without a direction, one with"
)]
pub(super) fn difference(scene: &Scene<'_>, amount: &Amount) -> Option<bool> {
    let r = scene.reading;
    let before = amount
        .tokens
        .start
        .checked_sub(1)
        .filter(|i| *i >= scene.range.start)?;
    let by = r.is(before, "by")
        || before > 0
            && r.is_any(before, &["about", "almost", "nearly", "over", "than"])
            && r.any_in(before.saturating_sub(2)..before, &["by"]);
    let found = direction(scene, &amount.tokens);
    let noun_of = r.is(before, "of") && before > 0 && r.is_any(before - 1, &WORDS.change_nouns);
    let more = r.is_any(amount.tokens.end, &["more", "less", "higher", "lower"])
        && r.is_any(amount.tokens.end + 1, &["than", "compared", "against"]);
    // "up by 4.9 %, or £0.5 billion": the same change as an amount.
    let percent_before = scene
        .amounts
        .iter()
        .rev()
        .find(|a| a.tokens.end <= amount.tokens.start);
    let or = r.is(before, "or")
        && percent_before.is_some_and(|a| a.is_percent() && before - a.tokens.end <= 6);
    if or && !amount.is_percent() {
        return percent_before
            .and_then(|a| percent(scene, a))
            .map(|t| !t.percent.is_sign_negative());
    }
    // "having gained $9.4 million".
    let gained = r.is_any(before, &WORDS.gaining);
    if gained || r.is_any(before, &WORDS.losing) {
        return Some(gained);
    }
    let (direction, verb) = found?;
    let near = verb.end <= amount.tokens.start && amount.tokens.start - verb.end <= 3
        || verb.start >= amount.tokens.end;
    // "exceeded by", and "expanded by $3m" are differences; "to grow to $3m" is not.
    ((by && near) || noun_of || more && verb.start >= amount.tokens.end)
        .then_some(direction == Direction::Up)
}

/// Words that say the change by themselves: doubled, by a third.
pub(super) fn words(scene: &Scene<'_>) -> Vec<(Range<usize>, Told)> {
    let mut out: Vec<(Range<usize>, Told)> = Vec::new();
    for cue in scene.cues {
        let Some(w) = word(cue) else { continue };
        let (Some(percent), Some(slack)) = (w.percent, w.slack) else {
            continue;
        };
        let found = w
            .direction
            .map(|d| (d, cue.tokens.clone()))
            .or_else(|| direction(scene, &cue.tokens));
        let Some((direction, verb)) = found else {
            continue;
        };
        if out
            .iter()
            .any(|(t, _)| t.start < cue.tokens.end && cue.tokens.start < t.end)
            || no_change(scene, cue)
        {
            continue;
        }
        let hedge =
            qualify::hedge(scene, &cue.tokens).map_or_else(|| inside(scene, cue), |(q, _)| q);
        let size = match hedge {
            Qualifier::Over => {
                Interval::printed(&percent.to_string(), Decimal::ONE, Qualifier::Over).ok()
            }
            Qualifier::Under => {
                Interval::printed(&percent.to_string(), Decimal::ONE, Qualifier::Under).ok()
            }
            _ => Some(Interval::closed(percent - slack, percent + slack)),
        };
        let Some(size) = size else { continue };
        let (signed, interval) = match direction {
            Direction::Up => (percent, size),
            Direction::Down => (-percent, size.neg()),
        };
        out.push((
            cue.tokens.clone(),
            Told {
                percent: signed,
                interval,
                qualifier: if w.direction.is_none() && hedge == Qualifier::Exact {
                    Qualifier::About
                } else {
                    hedge
                },
                verb: Some((direction, verb)),
                opens: opens(scene, cue.tokens.end),
                rule: cue.rule.id.clone(),
            },
        ));
    }
    out
}

/// "double taxation", "doubled efforts", "to double trade to …": no change that happened.
fn no_change(scene: &Scene<'_>, cue: &Cue) -> bool {
    let r = scene.reading;
    r.is_any(cue.tokens.end, &WORDS.doubled_things)
        || cue.tokens.len() == 1
            && r.is(cue.tokens.start, "twice")
            && !r.is_any(cue.tokens.end, &["as", "the", "more"])
}

/// A hedge that the words of the cue themselves hold: "more than doubled".
fn inside(scene: &Scene<'_>, cue: &Cue) -> Qualifier {
    let r = scene.reading;
    let range = cue.tokens.start.saturating_sub(2).max(scene.range.start)..cue.tokens.end;
    if r.any_in(range.clone(), &["more", "over"]) && r.any_in(range.clone(), &["than", "over"]) {
        Qualifier::Over
    } else if r.any_in(range, &["almost", "nearly", "about", "practically"]) {
        Qualifier::About
    } else {
        Qualifier::Exact
    }
}

/// Whether the value follows its change: "…, totalling $99.9 million", "… to $5.7 million".
fn opens(scene: &Scene<'_>, end: usize) -> bool {
    let r = scene.reading;
    let Some(next) = scene
        .amounts
        .iter()
        .find(|a| a.tokens.start >= end && !a.is_percent())
    else {
        return false;
    };
    let gap = end..next.tokens.start;
    // "To 3 million": just before it; "would like to see 250 million" leads to nothing.
    let to = gap
        .clone()
        .any(|i| r.is_any(i, &["to", "at"]) && i + 4 > gap.end);
    let aimed =
        |c: &Cue| matches!(c.rule.gives, Gives::Status { .. }) && gap.contains(&c.tokens.start);
    // "2.3 times the result of 2010, and both would like to see 250 million".
    if scene.cues.iter().any(aimed) && gap.clone().any(|i| r.is_any(i, &[",", "and"])) {
        return false;
    }
    let linked = to
        || r.any_in(gap.clone(), &WORDS.leading)
        || gap
            .clone()
            .any(|i| r.is_any(i, &["and", "which", ","]) && r.is_any(i + 1, &WORDS.leading_behind))
        || gap.len() == 1 && r.any_in(gap.clone(), &[",", "-", "or"]);
    // "28 percent larger than in the same months of last year and came to": what it is compared
    // with stands before the words that lead to the value.
    let lead = gap
        .clone()
        .rev()
        .find(|i| r.is_any(*i, &["and", "which"]))
        .unwrap_or(gap.start);
    linked
        && gap.len() <= 18
        && !r.any_in(
            lead..gap.end,
            &["from", "against", "compared", ";", "while", ")", "than"],
        )
        && (lead > gap.start || gap.len() <= 12)
        && !scene
            .cues
            .iter()
            .any(|c| c.quantity().is_some() && gap.contains(&c.tokens.start))
}

/// Puts a change into a figure.
pub(super) fn put(scene: &Scene<'_>, figure: &mut Figure, told: &Told, tokens: &Range<usize>) {
    figure.change_percent = Some(told.percent);
    if told.qualifier != Qualifier::Exact {
        figure.change_qualifier = Some(told.qualifier);
    }
    figure.change = Some(Change {
        interval: told.interval,
        span: scene.reading.tokens.span(tokens),
        verb: told
            .verb
            .as_ref()
            .map(|(d, t)| (*d, document_span(scene, t))),
    });
    if !figure.rules.contains(&told.rule) {
        figure.rules.push(told.rule.clone());
    }
}
