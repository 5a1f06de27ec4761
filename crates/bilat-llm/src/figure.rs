//! A proposed figure, read again out of its quote.

use std::ops::Range;

use bilat_extract::amount::{Amount, Unit};
use bilat_extract::reading::Scene;
use bilat_extract::rules::{Gives, Scope};
use bilat_extract::time::Value as TimeValue;
use bilat_model::document::{BlockKind, Span};
use bilat_model::evidence::Qualifier;
use bilat_model::interval::Interval;
use bilat_model::told::{Change, Direction, Figure, FigureKind};
use bilat_model::{Country, Decimal, Period};
use serde_json::{Map, Value};

use crate::stand::{Stand, Text, Why, needed, parsed, word};

/// Words between a hedge and its number.
const NEAR: usize = 3;

pub(crate) fn read(
    text: &Text<'_>,
    part: Span,
    fields: &Map<String, Value>,
    rule: &str,
) -> Result<Figure, Why> {
    let kind: FigureKind = needed(fields, "kind")?;
    let (from, to) = direction(text, kind, fields)?;
    let stand = text.stand(part, fields)?;
    if all_partners(&stand) {
        return Err("its quote tells of all partners together".to_owned());
    }
    let mut figure = Figure {
        product: product(&stand, kind, fields)?,
        status: parsed(fields, "status")?,
        headline: stand
            .scenes
            .iter()
            .any(|s| s.sentence.kind == BlockKind::Headline),
        rules: vec![rule.to_owned()],
        ..Figure::bare(kind, (from, to), stand.span, stand.quote)
    };
    let value = number(fields, "value")?;
    let change = number(fields, "change_percent")?;
    if let Some(value) = value {
        level(&stand, value, fields, &mut figure)?;
    } else if number(fields, "value_max")?.is_some() {
        return Err("it has an upper end without a value".to_owned());
    }
    if let Some(percent) = change {
        moved(&stand, percent, &mut figure)?;
    }
    if value.is_none() && change.is_none() {
        return Err("it tells neither a value nor a change".to_owned());
    }
    periods(&stand, fields, &mut figure)?;
    Ok(figure)
}

/// From and to, which are of the pair; turnover has no direction.
fn direction(
    text: &Text<'_>,
    kind: FigureKind,
    fields: &Map<String, Value>,
) -> Result<(Country, Country), Why> {
    let (from, to): (Country, Country) = (needed(fields, "from")?, needed(fields, "to")?);
    for country in [from, to] {
        if !text.pair.has(country) {
            return Err(format!("{country} is not of the pair"));
        }
    }
    if from == to {
        return Err(format!("it runs from {from} to itself"));
    }
    Ok(match kind {
        FigureKind::TradeTurnover => (text.pair.a(), text.pair.b()),
        _ => (from, to),
    })
}

fn all_partners(stand: &Stand<'_>) -> bool {
    let mut cues = stand.scenes.iter().flat_map(|s| s.cues);
    cues.any(|c| {
        matches!(
            c.rule.gives,
            Gives::Scope {
                is: Scope::AllPartners
            }
        ) && stand.holds(&c.tokens)
    })
}

fn product(
    stand: &Stand<'_>,
    kind: FigureKind,
    fields: &Map<String, Value>,
) -> Result<Option<String>, Why> {
    let product = word(fields, "product")?;
    match product {
        Some(words) if !stand.says(words) => {
            Err("its `product` is not in the words of the sentence".to_owned())
        }
        None if kind == FigureKind::Other => {
            Err("it does not say of what it is a figure".to_owned())
        }
        words => Ok(words.map(str::to_owned)),
    }
}

/// A field that holds a number, as a number or as its digits.
fn number(fields: &Map<String, Value>, name: &str) -> Result<Option<Decimal>, Why> {
    let digits = match fields.get(name) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Number(n)) => n.to_string(),
        Some(Value::String(s)) => s.trim().to_owned(),
        Some(_) => return Err(format!("its `{name}` is not a number")),
    };
    Decimal::from_str_exact(&digits)
        .or_else(|_| Decimal::from_scientific(&digits))
        .map(|d| Some(d.normalize()))
        .map_err(|_| format!("its `{name}` is not a number that is exact"))
}

/// Takes the value from the amount of the quote that has it.
fn level(
    stand: &Stand<'_>,
    value: Decimal,
    fields: &Map<String, Value>,
    figure: &mut Figure,
) -> Result<(), Why> {
    let unit = word(fields, "unit")?.ok_or("its value has no unit")?;
    let upper = number(fields, "value_max")?;
    let (scene, amount) = find(stand, value, unit, upper)?;
    if amount.is_percent() && figure.kind != FigureKind::Other {
        return Err("a share is not the quantity itself".to_owned());
    }
    if figure.kind.is_counted() && amount.unit != Unit::Count {
        return Err(format!(
            "{} are counted and not told in {unit}",
            figure.kind
        ));
    }
    figure.value = Some(amount.value());
    figure.value_max = amount.max();
    figure.unit = amount.unit.code().to_owned();
    figure.qualifier = hedge(scene, &amount.tokens);
    figure.interval = printed(amount, figure.qualifier);
    if figure.value_max.is_some() && figure.qualifier == Qualifier::Exact {
        figure.qualifier = Qualifier::About;
    }
    if figure.interval.is_none() {
        return Err("its number has more digits than are read".to_owned());
    }
    Ok(())
}

fn find<'s, 'a>(
    stand: &'s Stand<'a>,
    value: Decimal,
    unit: &str,
    upper: Option<Decimal>,
) -> Result<(&'s Scene<'a>, &'a Amount), Why> {
    let amounts = stand.amounts();
    let same = |a: &Amount| a.value() == value && (upper.is_none() || a.max() == upper);
    if let Some(found) = amounts
        .iter()
        .find(|(_, a)| same(a) && a.unit.code() == unit)
    {
        return Ok(*found);
    }
    let told = |a: &Amount| format!("{} {}", a.value(), a.unit.code());
    match &amounts[..] {
        [] => Err("its quote holds no number".to_owned()),
        all => {
            let all: Vec<_> = all.iter().take(5).map(|(_, a)| told(a)).collect();
            Err(format!(
                "its quote reads {}, not {value} {unit}",
                all.join(", ")
            ))
        }
    }
}

/// What a printed number allows, in base units.
fn printed(amount: &Amount, qualifier: Qualifier) -> Option<Interval> {
    let low = Interval::printed(&amount.digits, amount.scale, qualifier).ok()?;
    match &amount.upper {
        Some((digits, scale)) => {
            Some(low.hull(&Interval::printed(digits, *scale, qualifier).ok()?))
        }
        None => Some(low),
    }
}

/// The hedge beside a number, by the words of the text and not by the model's.
fn hedge(scene: &Scene<'_>, tokens: &Range<usize>) -> Qualifier {
    let near = scene.cues.iter().rev().find_map(|c| match &c.rule.gives {
        Gives::Qualifier(h) if h.after => (c.tokens.start == tokens.end).then_some(h.is),
        Gives::Qualifier(h) => {
            let gap = c.tokens.end..tokens.start;
            let before = c.tokens.end <= tokens.start && gap.len() <= NEAR;
            // Another number between takes the hedge for itself.
            let free = !scene
                .amounts
                .iter()
                .any(|a| a.tokens.start >= c.tokens.end && a.tokens.start < tokens.start);
            (before && free).then_some(h.is)
        }
        _ => None,
    });
    near.unwrap_or(Qualifier::Exact)
}

/// Takes the change from the percentage, or the word for a multiple, that the quote holds.
fn moved(stand: &Stand<'_>, percent: Decimal, figure: &mut Figure) -> Result<(), Why> {
    let size = percent.abs();
    let way = match percent.is_sign_negative() && !percent.is_zero() {
        true => Direction::Down,
        false => Direction::Up,
    };
    let found = stand.amounts();
    let printed_percent = found
        .iter()
        .find(|(_, a)| a.is_percent() && a.value().abs() == size);
    let (interval, qualifier, span, verb) = match printed_percent {
        Some((scene, amount)) => {
            let verb = verb(scene, &amount.tokens, way)?;
            let qualifier = hedge(scene, &amount.tokens);
            let digits = amount.digits.trim_start_matches(['-', '+']);
            let interval = Interval::printed(digits, amount.scale, qualifier)
                .map_err(|e| format!("its change: {e}"))?;
            (
                interval,
                qualifier,
                scene.reading.tokens.span(&amount.tokens),
                verb,
            )
        }
        None => multiple(stand, size, way)?,
    };
    figure.change_percent = Some(percent);
    figure.change_qualifier = Some(qualifier).filter(|q| *q != Qualifier::Exact);
    figure.change = Some(Change {
        interval: match way {
            Direction::Up => interval,
            Direction::Down => interval.neg(),
        },
        span,
        verb,
    });
    if figure.unit.is_empty() {
        figure.unit = "percent".to_owned();
    }
    Ok(())
}

type Verb = Option<(Direction, Span)>;

/// The word or sign that says which way a percentage goes; an error when it says otherwise or
/// nothing does.
fn verb(scene: &Scene<'_>, tokens: &Range<usize>, way: Direction) -> Result<Verb, Why> {
    let r = scene.reading;
    let other = || "the words beside its change do not go that way".to_owned();
    if let Some(sign) = tokens
        .start
        .checked_sub(1)
        .filter(|i| *i >= scene.range.start)
    {
        let glued = r.tokens.tokens.get(tokens.start).is_some_and(|t| !t.spaced);
        let said = match r.tokens.raw(sign) {
            "+" => Some(Direction::Up),
            "-" | "−" | "–" if glued => Some(Direction::Down),
            _ => None,
        };
        if let Some(said) = said {
            return match said == way {
                true => Ok(Some((way, r.tokens.span(&(sign..sign + 1))))),
                false => Err(other()),
            };
        }
    }
    let words = scene.cues.iter().filter_map(|c| match &c.rule.gives {
        Gives::Change(w) => Some((w.direction?, &c.tokens)),
        _ => None,
    });
    let away = |t: &Range<usize>| match t.start < tokens.start {
        true => tokens.start.saturating_sub(t.end),
        false => t.start.saturating_sub(tokens.end),
    };
    match words.min_by_key(|(_, t)| away(t)) {
        Some((said, t)) if said == way => Ok(Some((way, r.tokens.span(t)))),
        _ => Err(other()),
    }
}

/// "Doubled", "halved": a word that is a percentage by itself.
fn multiple(
    stand: &Stand<'_>,
    size: Decimal,
    way: Direction,
) -> Result<(Interval, Qualifier, Span, Verb), Why> {
    for scene in &stand.scenes {
        for cue in scene.cues.iter().filter(|c| stand.holds(&c.tokens)) {
            let Gives::Change(word) = &cue.rule.gives else {
                continue;
            };
            if word.percent != Some(size) || word.direction != Some(way) {
                continue;
            }
            let slack = word.slack.unwrap_or_default();
            let low = size.checked_sub(slack).unwrap_or(size);
            let high = size.checked_add(slack).unwrap_or(size);
            let span = scene.reading.tokens.span(&cue.tokens);
            let interval = Interval::closed(low, high);
            return Ok((interval, hedge(scene, &cue.tokens), span, Some((way, span))));
        }
    }
    Err(format!("its quote does not say {size} per cent"))
}

/// Takes period and comparison when the sentence tells them.
fn periods(stand: &Stand<'_>, fields: &Map<String, Value>, figure: &mut Figure) -> Result<(), Why> {
    let told = |p: Period| stand.times().any(|t| t.period() == Some(p));
    let period: Option<Period> = parsed(fields, "period")?;
    if let Some(period) = period.filter(|p| !told(*p)) {
        return Err(format!("its sentence does not tell the period {period}"));
    }
    figure.period = period;
    let compare: Option<Period> = parsed(fields, "compare_period")?;
    let shifted = |p: Period| {
        stand.times().any(|t| match (t.value, period) {
            (TimeValue::SamePeriod { shift_years }, Some(own)) => {
                own.shift_years(shift_years) == Some(p)
            }
            (TimeValue::SamePeriodIn { year }, Some(own)) => {
                let by = own
                    .first()
                    .year()
                    .checked_sub(year)
                    .and_then(i16::checked_neg);
                by.and_then(|by| own.shift_years(by)) == Some(p)
            }
            _ => false,
        })
    };
    if let Some(compare) = compare.filter(|p| !told(*p) && !shifted(*p)) {
        return Err(format!(
            "its sentence does not tell the comparison with {compare}"
        ));
    }
    figure.compare_period = compare;
    Ok(())
}
