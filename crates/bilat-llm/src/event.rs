//! Proposed events and ties, read again out of their quotes.

use bilat_extract::names::As;
use bilat_model::Country;
use bilat_model::document::Span;
use bilat_model::evidence::EventKind;
use bilat_model::told::{Event, Person, Tie, TieKind, When};
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::stand::{Stand, Text, Why, needed, parsed, participants};

pub(crate) fn event(
    text: &Text<'_>,
    part: Span,
    fields: &Map<String, Value>,
    rule: &str,
) -> Result<Event, Why> {
    let kind: EventKind = needed(fields, "kind")?;
    let participants = participants(fields, text.pair)?;
    let stand = text.stand(part, fields)?;
    let date = told(&stand, fields, "date")?;
    let end = told(&stand, fields, "end")?;
    if end.is_some() && date.is_none() {
        return Err("it ends without having begun".to_owned());
    }
    if let (Some(date), Some(end)) = (date.and_then(|d| d.period()), end.and_then(|e| e.period()))
        && end.last() < date.first()
    {
        return Err("it ends before it begins".to_owned());
    }
    let host: Option<Country> = parsed(fields, "host")?;
    if let Some(host) = host.filter(|h| !stand.places(*h)) {
        return Err(format!("its sentence names no place in {host}"));
    }
    let said = fields.get("planned").and_then(Value::as_bool);
    Ok(Event {
        kind,
        date,
        end,
        host,
        participants,
        planned: planned(date, text.document.meta.published).unwrap_or(said.unwrap_or(false)),
        by: None,
        derived: false,
        what: stand.what(),
        persons: persons(&stand),
        cities: cities(&stand),
        organisations: organisations(&stand),
        attribution: None,
        span: stand.span,
        quote: stand.quote.to_owned(),
        rules: vec![rule.to_owned()],
    })
}

pub(crate) fn tie(
    text: &Text<'_>,
    part: Span,
    fields: &Map<String, Value>,
    rule: &str,
) -> Result<Tie, Why> {
    let kind: TieKind = needed(fields, "kind")?;
    let participants = participants(fields, text.pair)?;
    let stand = text.stand(part, fields)?;
    Ok(Tie {
        kind,
        participants,
        since: told(&stand, fields, "since")?,
        what: stand.what(),
        attribution: None,
        span: stand.span,
        quote: stand.quote.to_owned(),
        rules: vec![rule.to_owned()],
    })
}

/// A date that the quote or its sentence tells.
fn told(stand: &Stand<'_>, fields: &Map<String, Value>, name: &str) -> Result<Option<When>, Why> {
    let Some(when): Option<When> = parsed(fields, name)? else {
        return Ok(None);
    };
    let same = stand.times().any(|t| {
        let dated = t
            .date()
            .is_some_and(|(from, to)| from == when || to == Some(when));
        dated || t.period().map(When::Period) == Some(when)
    });
    match same {
        true => Ok(Some(when)),
        false => Err(format!("its sentence does not tell the date {when}")),
    }
}

/// Whether a date lay ahead; `None` where the calendar does not decide it.
fn planned(date: Option<When>, published: Option<Date>) -> Option<bool> {
    let (period, published) = (date?.period()?, published?);
    if period.first() > published {
        return Some(true);
    }
    (period.last() < published).then_some(false)
}

fn persons(stand: &Stand<'_>) -> Vec<Person> {
    let all = stand.scenes.iter().flat_map(|s| s.persons);
    all.filter(|p| stand.holds(&p.tokens))
        .map(|p| Person {
            name: p.name.clone(),
            office: p.office.clone(),
            country: p.country,
        })
        .collect()
}

fn cities(stand: &Stand<'_>) -> Vec<String> {
    let all = stand
        .scenes
        .iter()
        .flat_map(|s| s.mentions.iter().map(move |m| (s, m)));
    all.filter(|(_, m)| matches!(m.how, As::City | As::Capital) && stand.holds(&m.tokens))
        .map(|(s, m)| s.reading.tokens.slice(&m.tokens).to_owned())
        .collect()
}

fn organisations(stand: &Stand<'_>) -> Vec<String> {
    let all = stand.scenes.iter().flat_map(|s| s.organisations);
    all.filter(|o| stand.holds(&o.tokens))
        .map(|o| o.name.clone())
        .collect()
}
