//! Embassies and consulates: one tie for each country that a mission covers.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bilat_model::evidence::{Locator, Tie, TieDetails, TieKind};
use bilat_model::{Country, Pair, Period};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::{Context, Name, SourceError, Table};

const FILE: &str = "database_of_embassies_2022-11-16.csv.gz";

/// Foundation years before this one are centuries in Wikidata.
const FIRST_FOUNDATION: i16 = 1500;

/// A type of mission: its plain name, or why such missions are left out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Type {
    source: String,
    name: Option<String>,
    left_out: Option<String>,
}

/// A record of the file, corrected.
struct Mission {
    line: u32,
    operator: String,
    jurisdictions: Vec<String>,
    country: String,
    city: String,
    city_item: String,
    type_name: String,
    latitude: Option<Decimal>,
    longitude: Option<Decimal>,
    founded: Option<Period>,
}

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let types = types(context)?;
    let (file, missions) = read_missions(context)?;
    let cities = cities(&missions);
    let mut told = BTreeSet::new();
    for mission in missions {
        let at = Locator::Line(mission.line);
        let type_name = match types.get(&mission.type_name) {
            None => {
                let reason = format!("“{}” is no type of types.toml", mission.type_name);
                context.skip(&file, at, reason);
                continue;
            }
            Some(Err(why)) => {
                context.leave_out(&file, why);
                continue;
            }
            Some(Ok(name)) => name,
        };
        let operator = match context.country(&mission.operator) {
            Name::Country(c) => c,
            Name::NotACountry => {
                context.leave_out(&file, "a mission of no country");
                continue;
            }
            Name::Unresolved => {
                let reason = format!("“{}” is not resolved", mission.operator);
                context.skip(&file, at, reason);
                continue;
            }
        };
        let Some(seat) = seat(context, &file, &mission, &cities) else {
            continue;
        };
        let Some(covered) = covered(context, &file, &mission, operator, seat) else {
            continue;
        };
        // Wikidata has some missions under two items; without a city they cannot be told apart.
        let mut new = |to: Country| {
            let city = mission.city.clone();
            city.is_empty() || told.insert((operator, to, seat, type_name.clone(), city))
        };
        let covered: Vec<_> = covered.into_iter().filter(|(_, to)| new(*to)).collect();
        if covered.is_empty() {
            context.leave_out(&file, "the same mission under another item");
            continue;
        }
        context.keep(&file);
        for (pair, to) in covered {
            let tie = tie(context, &mission, type_name, operator, to, seat);
            context.tie(pair, &file, at.clone(), tie);
        }
    }
    Ok(())
}

fn tie(
    context: &Context<'_>,
    mission: &Mission,
    type_name: &str,
    from: Country,
    to: Country,
    seat: Country,
) -> Tie {
    Tie {
        kind: TieKind::Mission,
        from,
        to,
        what: type_name.to_owned(),
        since: None,
        until: None,
        as_of: Some(context.card.vintage),
        details: TieDetails::Mission {
            type_name: type_name.to_owned(),
            city: mission.city.clone(),
            seat,
            latitude: mission.latitude,
            longitude: mission.longitude,
            founded: mission.founded,
        },
    }
}

/// Where a mission stands. A mission that the source puts into its own operator's country stands
/// where the other missions of its city stand.
fn seat(
    context: &mut Context<'_>,
    file: &Arc<str>,
    mission: &Mission,
    cities: &BTreeMap<String, String>,
) -> Option<Country> {
    let mut name = &mission.country;
    if *name == mission.operator {
        match cities.get(&mission.city_item) {
            Some(country) => name = country,
            None => {
                let reason = format!("the mission stands at home, in “{}”", mission.city);
                context.skip(file, Locator::Line(mission.line), reason);
                return None;
            }
        }
    }
    match context.country(name) {
        Name::Country(c) => Some(c),
        Name::NotACountry => {
            context.leave_out(file, "a seat in no single country");
            None
        }
        Name::Unresolved => {
            let reason = format!("“{name}” is not resolved");
            context.skip(file, Locator::Line(mission.line), reason);
            None
        }
    }
}

/// The countries that a mission covers: its jurisdictions, or where it stands when it states
/// none; `None` after counting why there is none.
fn covered(
    context: &mut Context<'_>,
    file: &Arc<str>,
    mission: &Mission,
    operator: Country,
    seat: Country,
) -> Option<BTreeSet<(Pair, Country)>> {
    let mut stated = false;
    let mut countries = BTreeSet::new();
    for name in &mission.jurisdictions {
        match context.country(name) {
            // The operator among its own mission's jurisdictions says nothing.
            Name::Country(c) if c == operator => {}
            Name::Country(c) => {
                stated = true;
                countries.insert(c);
            }
            Name::NotACountry => stated = true,
            Name::Unresolved => {
                let reason = format!("“{name}” is not resolved");
                context.skip(file, Locator::Line(mission.line), reason);
                return None;
            }
        }
    }
    if !stated {
        countries.insert(seat);
    }
    let pairs: BTreeSet<_> = countries
        .into_iter()
        .filter_map(|c| Some((Pair::new(operator, c).ok()?, c)))
        .collect();
    if pairs.is_empty() {
        context.leave_out(file, "covers no other country");
        return None;
    }
    Some(pairs)
}

/// In which country most missions of a city stand, by the city's item; those that stand in
/// their operator's country do not count.
fn cities(missions: &[Mission]) -> BTreeMap<String, String> {
    let mut counts = BTreeMap::<&str, BTreeMap<&str, u32>>::new();
    for m in missions {
        if !m.city_item.is_empty() && m.country != m.operator {
            let countries = counts.entry(&m.city_item).or_default();
            *countries.entry(&m.country).or_default() += 1;
        }
    }
    let most = |countries: BTreeMap<&str, u32>| {
        let found = countries.into_iter().max_by_key(|(_, n)| *n);
        found.map(|(country, _)| country.to_owned())
    };
    counts
        .into_iter()
        .filter_map(|(city, countries)| Some((city.to_owned(), most(countries)?)))
        .collect()
}

fn types(context: &Context<'_>) -> Result<BTreeMap<String, Result<String, String>>, SourceError> {
    #[derive(Deserialize)]
    struct Types {
        r#type: Vec<Type>,
    }
    let data = |reason: String| SourceError::Data {
        source_id: context.card.id.to_string(),
        file: "types.toml",
        reason,
    };
    let list: Types =
        toml::from_str(include_str!("types.toml")).map_err(|e| data(e.to_string()))?;
    let mut out = BTreeMap::new();
    for t in list.r#type {
        let meaning = match (t.name, t.left_out) {
            (Some(name), None) => Ok(name),
            (None, Some(why)) => Err(why),
            _ => return Err(data(format!("{} needs a name or a reason", t.source))),
        };
        out.insert(t.source, meaning);
    }
    Ok(out)
}

/// The table. Its header ends in a delimiter that its records do not have.
fn table(context: &mut Context<'_>) -> Result<Table, SourceError> {
    let (file, mut data) = context.bytes(FILE)?;
    let end = data.iter().position(|b| *b == b'\n').unwrap_or(data.len());
    let end = end - usize::from(end > 0 && data[end - 1] == b'\r');
    if end > 0 && data[end - 1] == b';' {
        data.remove(end - 1);
    }
    context.table_of(FILE, file, data, b';')
}

fn read_missions(context: &mut Context<'_>) -> Result<(Arc<str>, Vec<Mission>), SourceError> {
    let mut table = table(context)?;
    let mut file: Arc<str> = FILE.into();
    let mut met = BTreeSet::new();
    let mut missions = Vec::new();
    while let Some(row) = context.next(&mut table)? {
        file = Arc::clone(&row.file);
        let item = row.get("QID").rsplit('/').next().unwrap_or_default();
        let key = |column: &str| format!("{item} {column}");
        let operator = context.correct(FILE, &key("operator"), row.get("operator"));
        let country = context.correct(FILE, &key("country"), row.get("country"));
        if operator.is_empty() {
            context.leave_out(&file, "another mission's record");
            continue;
        }
        if !met.insert(item.to_owned()) {
            context.leave_out(&file, "the same mission again");
            continue;
        }
        let jurisdictions = row.get("jurisdictions").split('|');
        missions.push(Mission {
            line: row.line,
            operator: operator.into_owned(),
            jurisdictions: jurisdictions
                .filter(|j| !j.is_empty())
                .map(str::to_owned)
                .collect(),
            country: country.into_owned(),
            city: town(row.get("city")).to_owned(),
            city_item: row.get("cityQID").to_owned(),
            type_name: row.get("type").to_owned(),
            latitude: row.get("latitude").parse().ok(),
            longitude: row.get("longitude").parse().ok(),
            founded: founded(row.get("creation")),
        });
    }
    Ok((file, missions))
}

/// `1993-01-01T00:00:00Z` is the year 1993; other days are days.
fn founded(text: &str) -> Option<Period> {
    let (day, _) = text.split_once('T')?;
    let period: Period = match day.strip_suffix("-01-01") {
        Some(year) => year.parse().ok()?,
        None => day.parse().ok()?,
    };
    (period.first().year() >= FIRST_FOUNDATION).then_some(period)
}

/// The town, where the source names a district of it: "16th arrondissement of Paris".
fn town(place: &str) -> &str {
    place
        .split_once(" arrondissement of ")
        .map_or(place, |(_, town)| town)
}
