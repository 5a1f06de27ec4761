//! Men's football internationals.

use std::collections::BTreeMap;

use bilat_model::Period;
use bilat_model::evidence::{Event, EventDetails, EventKind, Locator};

use crate::{Context, Name, Row, SourceError};

const RESULTS: &str = "results.csv.gz";
const NAMES: &str = "former_names.csv";

/// A team's former names: first and last day, the name.
type Former = BTreeMap<String, Vec<(Period, Period, String)>>;

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let former = former_names(context)?;
    let mut table = context.table(RESULTS, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let at = Locator::Line(row.line);
        let file = row.file.clone();
        let (home, away) = (row.get("home_score"), row.get("away_score"));
        if home == "NA" && away == "NA" {
            context.leave_out(&file, "not yet played");
            continue;
        }
        let text = row.get("date");
        let (Ok(date @ Period::Day(_)), Ok(home_goals), Ok(away_goals)) =
            (text.parse(), home.parse(), away.parse())
        else {
            let reason = format!("“{text}”, “{home}”, “{away}”: a day and two scores expected");
            context.skip(&file, at, reason);
            continue;
        };
        let Some(neutral) = yes_or_no(row.get("neutral")) else {
            let reason = format!("neutral is “{}”", row.get("neutral"));
            context.skip(&file, at, reason);
            continue;
        };
        let (home_name, x) = team(context, &former, row.get("home_team"), date);
        let (away_name, y) = team(context, &former, row.get("away_team"), date);
        let Some(pair) = context.pair(&file, &at, x, y) else {
            continue;
        };
        let (Name::Country(home), Name::Country(away)) = (x, y) else {
            continue; // no pair comes of anything else
        };
        let event = Event {
            kind: EventKind::Sport,
            date: Some(date),
            what: what(&row),
            details: EventDetails::Match {
                home,
                away,
                home_name,
                away_name,
                home_goals,
                away_goals,
                tournament: row.get("tournament").to_owned(),
                city: row.get("city").to_owned(),
                neutral,
            },
        };
        context.event(pair, &file, at, event);
        context.keep(&file);
    }
    Ok(())
}

/// A few words for the match.
fn what(row: &Row<'_>) -> String {
    match (row.get("tournament"), row.get("city")) {
        (tournament, "") => tournament.to_owned(),
        (tournament, city) => format!("{tournament} in {city}"),
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "TRUE" => Some(true),
        "FALSE" => Some(false),
        _ => None,
    }
}

/// The names that teams had.
fn former_names(context: &mut Context<'_>) -> Result<Former, SourceError> {
    let mut out = Former::new();
    let mut table = context.table(NAMES, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let (start, end) = (row.get("start_date"), row.get("end_date"));
        let (Ok(first), Ok(last)) = (start.parse(), end.parse()) else {
            let reason = format!("“{start}”, “{end}”: two days expected");
            context.skip(&row.file, Locator::Line(row.line), reason);
            continue;
        };
        let names = out.entry(row.get("current").to_owned()).or_default();
        names.push((first, last, row.get("former").to_owned()));
        context.keep(&row.file);
    }
    Ok(out)
}

/// A team's name on a day and whose team it was.
///
/// A former name is looked up with today's in brackets: "Ireland" in 1900 is not the Ireland of
/// today, nor is the Soviet Union Russia.
fn team(context: &mut Context<'_>, former: &Former, today: &str, date: Period) -> (String, Name) {
    let then = former.get(today).and_then(|names| {
        names
            .iter()
            .find(|(first, last, _)| *first <= date && date <= *last)
    });
    match then {
        Some((_, _, name)) => (name.clone(), context.country(&format!("{name} ({today})"))),
        None => (today.to_owned(), context.country(today)),
    }
}

#[cfg(test)]
mod tests;
