//! Airports and airlines that routes are told by.

use std::collections::BTreeMap;
use std::sync::Arc;

use bilat_model::Country;
use bilat_model::evidence::Locator;
use regex::Regex;

use crate::{Context, Name, SourceError};

/// An airport.
pub(super) struct Airport {
    /// Its ICAO code; the IATA code where it has none.
    pub(super) code: String,
    /// The town it serves; its name where none is told.
    pub(super) place: String,
    /// Where it lies; `None` for a code that leads to no country, which the report lists.
    pub(super) country: Option<Country>,
}

/// Airports by the code that routes use.
pub(super) type Airports = BTreeMap<String, Airport>;

/// Which flights are no scheduled passenger flights.
pub(super) struct Airlines {
    /// Airlines that carry freight only.
    cargo: BTreeMap<String, String>,
    /// By airline, patterns of the number of its positioning and its charter flights.
    patterns: BTreeMap<String, Vec<Regex>>,
}

impl Airlines {
    /// Why a flight number is left out, if it is.
    pub(super) fn left_out(&self, airline: &str, number: &str) -> Option<&'static str> {
        if self.cargo.contains_key(airline) {
            return Some("an airline that carries freight only");
        }
        let patterns = self.patterns.get(airline)?;
        let hit = patterns.iter().any(|p| p.is_match(number));
        hit.then_some("a charter or positioning flight by the airline's own pattern")
    }
}

const AIRPORT_COLUMNS: [&str; 9] = [
    "Code",
    "Name",
    "ICAO",
    "IATA",
    "Location",
    "CountryISO2",
    "Latitude",
    "Longitude",
    "AltitudeFeet",
];

const AIRLINE_COLUMNS: [&str; 6] = [
    "Code",
    "Name",
    "ICAO",
    "IATA",
    "PositioningFlightPattern",
    "CharterFlightPattern",
];

/// The records of a member whose header is checked.
fn records<const N: usize>(
    context: &Context<'_>,
    file: &str,
    path: &str,
    bytes: &[u8],
    columns: &[&str; N],
) -> Result<Vec<(u64, [String; N])>, SourceError> {
    let fail = |reason: String| context.structure(file, path, reason);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(|e| fail(e.to_string()))?;
    if !header.iter().eq(columns.iter().copied()) {
        let found: Vec<&str> = header.iter().collect();
        return Err(fail(format!(
            "columns {found:?} where {columns:?} are expected"
        )));
    }
    let mut out = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| fail(e.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        out.push((
            line,
            std::array::from_fn(|i| record.get(i).unwrap_or("").to_owned()),
        ));
    }
    Ok(out)
}

/// All airports.
pub(super) fn airports(
    context: &mut Context<'_>,
    file: &Arc<str>,
    members: &BTreeMap<String, &[u8]>,
) -> Result<Airports, SourceError> {
    let mut out = Airports::new();
    for (path, bytes) in members {
        if !path.contains("airports/schema-01/") || !path.ends_with(".csv") {
            continue;
        }
        for (_, record) in records(context, file, path, bytes, &AIRPORT_COLUMNS)? {
            let [code, name, icao, _, location, country, ..] = record;
            let country = match context.alpha2(&country) {
                Name::Country(c) => Some(c),
                Name::NotACountry | Name::Unresolved => None,
            };
            let airport = Airport {
                code: if icao.is_empty() { code.clone() } else { icao },
                place: if location.is_empty() { name } else { location },
                country,
            };
            out.insert(code, airport);
        }
    }
    Ok(out)
}

/// All airlines whose flights, or some of them, are left out.
pub(super) fn airlines(
    context: &mut Context<'_>,
    file: &Arc<str>,
    members: &BTreeMap<String, &[u8]>,
) -> Result<Airlines, SourceError> {
    let found = members
        .iter()
        .find(|(path, _)| path.ends_with("airlines/schema-01/airlines.csv"));
    let Some((path, bytes)) = found else {
        return Err(context.structure(
            file,
            "archive",
            "it has no airlines/schema-01/airlines.csv",
        ));
    };
    let mut cargo: BTreeMap<String, String> =
        toml::from_str(include_str!("cargo.toml")).map_err(|e| SourceError::Data {
            source_id: context.card.id.to_string(),
            file: "cargo.toml",
            reason: e.to_string(),
        })?;
    let mut patterns = BTreeMap::<String, Vec<Regex>>::new();
    for (line, record) in records(context, file, path, bytes, &AIRLINE_COLUMNS)? {
        let at = || Locator::Pointer(format!("{path} line {line}"));
        let [code, name, _, _, positioning, charter] = record;
        if cargo.get(&code).is_some_and(|known| *known != name) {
            cargo.remove(&code);
            let reason = format!("{code} is now called “{name}”: review its entry in cargo.toml");
            context.seen(file);
            context.skip(file, at(), reason);
        }
        for pattern in [positioning, charter].into_iter().filter(|p| !p.is_empty()) {
            match Regex::new(&context.correct(file, &code, &pattern)) {
                Ok(p) => patterns.entry(code.clone()).or_default().push(p),
                Err(e) => {
                    context.seen(file);
                    context.skip(file, at(), format!("{code}: {e}"));
                }
            }
        }
    }
    Ok(Airlines { cargo, patterns })
}
