//! Airports that flight numbers connect.

mod standing;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bilat_model::evidence::{Locator, Tie, TieDetails, TieKind};
use bilat_model::{Country, Pair};

use crate::input::tar_members;
use crate::{Context, SourceError};
use standing::{Airlines, Airport, Airports};

const FILE: &str = "standing_data_2026-08-19.tar.gz";

/// Two airports in different countries, the one in the country first by code first.
type Ends<'a> = (&'a str, &'a str);

/// What is known of a leg.
struct Leg {
    pair: Pair,
    /// Flight numbers, both ways together.
    flights: u32,
    /// Where the first of them stands.
    first: String,
}

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let (file, data) = context.bytes(FILE)?;
    let members =
        tar_members(&data).map_err(|e| context.structure(&file, "archive", e.to_string()))?;
    let airports = standing::airports(context, &file, &members)?;
    let airlines = standing::airlines(context, &file, &members)?;
    let mut legs = BTreeMap::new();
    let mut some = false;
    for (path, bytes) in &members {
        if path.contains("routes/schema-01/") && path.ends_with(".csv") {
            some = true;
            routes(context, &file, path, bytes, &airports, &airlines, &mut legs)?;
        }
    }
    if !some {
        return Err(context.structure(&file, "archive", "it has no routes/schema-01/*.csv"));
    }
    for ((from, to), leg) in legs {
        let (Some(x), Some(y)) = (airports.get(from), airports.get(to)) else {
            continue; // legs are made of known airports
        };
        tie(context, &file, x, y, leg);
    }
    Ok(())
}

/// Adds the legs of one member of the archive.
fn routes<'a>(
    context: &mut Context<'_>,
    file: &Arc<str>,
    path: &str,
    bytes: &[u8],
    airports: &'a Airports,
    airlines: &Airlines,
    legs: &mut BTreeMap<Ends<'a>, Leg>,
) -> Result<(), SourceError> {
    let mut table = context.table_of(FILE, Arc::clone(file), bytes.to_vec(), b',')?;
    while let Some(row) = context.next(&mut table)? {
        let at = format!("{path} line {}", row.line);
        if let Some(why) = airlines.left_out(row.get("AirlineCode"), row.get("Number")) {
            context.leave_out(file, why);
            continue;
        }
        let stops: Vec<&str> = row.get("AirportCodes").split('-').collect();
        let Some(stops) = known(airports, &stops) else {
            let reason = format!(
                "an airport of “{}” is not among the airports",
                row.get("AirportCodes")
            );
            context.skip(file, Locator::Pointer(at), reason);
            continue;
        };
        let found = international(&stops);
        if found.is_empty() {
            context.leave_out(file, "within one country");
            continue;
        }
        for (ends, pair) in found {
            let leg = legs.entry(ends).or_insert_with(|| Leg {
                pair,
                flights: 0,
                first: at.clone(),
            });
            leg.flights += 1;
        }
        context.keep(file);
    }
    Ok(())
}

/// The airports of a route, when there are two or more and all are known.
fn known<'a>(airports: &'a Airports, stops: &[&str]) -> Option<Vec<(&'a str, Option<Country>)>> {
    let found: Vec<_> = stops
        .iter()
        .filter_map(|s| airports.get_key_value(*s))
        .map(|(code, airport)| (code.as_str(), airport.country))
        .collect();
    (found.len() == stops.len() && found.len() > 1).then_some(found)
}

/// The legs of a route that cross a border, each once however often it is flown.
fn international<'a>(stops: &[(&'a str, Option<Country>)]) -> BTreeSet<(Ends<'a>, Pair)> {
    let mut out = BTreeSet::new();
    for two in stops.windows(2) {
        let [(x, Some(cx)), (y, Some(cy))] = two else {
            continue;
        };
        if let Ok(pair) = Pair::new(*cx, *cy) {
            let ends = if pair.a() == *cx { (*x, *y) } else { (*y, *x) };
            out.insert((ends, pair));
        }
    }
    out
}

fn tie(context: &mut Context<'_>, file: &Arc<str>, x: &Airport, y: &Airport, leg: Leg) {
    let tie = Tie {
        kind: TieKind::AirRoute,
        from: leg.pair.a(),
        to: leg.pair.b(),
        what: format!("{}–{}", x.place, y.place),
        since: None,
        until: None,
        as_of: Some(context.card.vintage),
        details: TieDetails::Route {
            from_airport: x.code.clone(),
            from_place: x.place.clone(),
            to_airport: y.code.clone(),
            to_place: y.place.clone(),
            flights: leg.flights,
        },
    };
    context.tie(leg.pair, file, Locator::Pointer(leg.first), tie);
}

#[cfg(test)]
mod tests;
