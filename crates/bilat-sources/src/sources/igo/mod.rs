//! Memberships in intergovernmental organisations, as stretches of years.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use bilat_model::evidence::{Citation, Locator};
use bilat_model::profile::{Membership, MembershipKind};
use bilat_model::{Country, Period};
use serde::Deserialize;

use crate::cow::{Cow, CowCodes, whole};
use crate::{Context, SourceError, Table};

const NAMES: &str = "cow_igo_names.csv";
const YEARS: &str = "cow_igo_state_year_1990-2014.csv.gz";

/// An organisation: its code as the list of names has it, and its name.
struct Organisation {
    code: String,
    name: String,
}

/// What a year says of a state in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    In(MembershipKind),
    Out,
    /// The source does not know.
    Unknown,
}

/// A stretch of years of one kind of membership.
#[derive(Debug, PartialEq, Eq)]
struct Stretch {
    kind: MembershipKind,
    first: i16,
    last: i16,
}

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let names = read_names(context)?;
    let mut table = context.table(YEARS, b',')?;
    let listed = context.card.files[1].columns.len();
    let organisations = columns(context, &table, listed, &names)?;
    let codes = CowCodes::new(context.registry);
    // By state: its years with the line and the places, one an organisation.
    let mut states = BTreeMap::<Country, BTreeMap<i16, (u32, Vec<Place>)>>::new();
    let mut coverage_ends = i16::MIN;
    let mut file: Arc<str> = YEARS.into();
    while let Some(row) = context.next(&mut table)? {
        file = Arc::clone(&row.file);
        let at = Locator::Line(row.line);
        let (ccode, year) = (row.at(0), row.at(1));
        let (Some(ccode), Some(year)) = (whole::<u16>(ccode), whole::<i16>(year)) else {
            context.skip(
                &file,
                at,
                format!("“{ccode}” in “{year}” is no state and year"),
            );
            continue;
        };
        let country = match codes.at(ccode, year) {
            Cow::Country(c) => c,
            Cow::NotThen => {
                context.leave_out(&file, "a year in which the state did not exist");
                continue;
            }
            Cow::Unknown => {
                context.country(&format!("COW {ccode}")); // counted as unresolved
                context.skip(&file, at, format!("no country has the code {ccode}"));
                continue;
            }
        };
        let values = (listed..listed + organisations.len()).map(|i| place(row.at(i)));
        let Some(places) = values.collect::<Option<Vec<Place>>>() else {
            context.skip(&file, at, "a value that is no membership".to_owned());
            continue;
        };
        coverage_ends = coverage_ends.max(year);
        let years = states.entry(country).or_default();
        if years.contains_key(&year) {
            context.leave_out(&file, "the same state and year again");
            continue;
        }
        years.insert(year, (row.line, places));
        context.keep(&file);
    }
    for (country, years) in &states {
        tell(
            context,
            &file,
            *country,
            years,
            &organisations,
            coverage_ends,
        );
    }
    Ok(())
}

/// Adds the memberships of one state.
fn tell(
    context: &mut Context<'_>,
    file: &Arc<str>,
    country: Country,
    years: &BTreeMap<i16, (u32, Vec<Place>)>,
    organisations: &[&Organisation],
    coverage_ends: i16,
) {
    for (i, organisation) in organisations.iter().enumerate() {
        let places = years.iter().map(|(y, (_, places))| (*y, places[i]));
        for s in stretches(places) {
            let line = years.get(&s.first).map_or(0, |(line, _)| *line);
            let citation: Citation = context.cite(file, Locator::Line(line));
            context.records.memberships.push(Membership {
                country,
                organisation: organisation.code.clone(),
                name: organisation.name.clone(),
                kind: s.kind,
                since: Some(Period::Year(s.first)),
                until: (s.last != coverage_ends).then_some(Period::Year(s.last)),
                citation,
            });
        }
    }
}

/// Unbroken stretches: years of one kind, with nothing but unknown years between them. A year
/// that is missing altogether breaks a stretch.
fn stretches(places: impl Iterator<Item = (i16, Place)>) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    let mut open = false;
    let mut before = None;
    for (year, place) in places {
        if before.is_some_and(|b| b + 1 != year) {
            open = false;
        }
        before = Some(year);
        match (place, out.last_mut()) {
            (Place::Unknown, _) => {}
            (Place::Out, _) => open = false,
            (Place::In(kind), Some(s)) if open && s.kind == kind => s.last = year,
            (Place::In(kind), _) => {
                out.push(Stretch {
                    kind,
                    first: year,
                    last: year,
                });
                open = true;
            }
        }
    }
    out
}

fn place(value: &str) -> Option<Place> {
    Some(match whole::<i8>(value)? {
        1 => Place::In(MembershipKind::Full),
        2 => Place::In(MembershipKind::Associate),
        3 => Place::In(MembershipKind::Observer),
        0 | -1 => Place::Out,
        -9 => Place::Unknown,
        _ => return None,
    })
}

/// Organisations by their code in small letters.
fn read_names(context: &mut Context<'_>) -> Result<BTreeMap<String, Organisation>, SourceError> {
    #[derive(Deserialize)]
    struct Names {
        names: BTreeMap<String, String>,
    }
    let own: Names = toml::from_str(include_str!("names.toml")).map_err(|e| SourceError::Data {
        source_id: context.card.id.to_string(),
        file: "names.toml",
        reason: e.to_string(),
    })?;
    let mut out = BTreeMap::new();
    let mut table = context.table(NAMES, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let code = row.get("ioname").to_owned();
        let printed = row.get("orgname");
        if code.is_empty() || printed.trim().is_empty() {
            let reason = "an organisation without code or name".to_owned();
            context.skip(&row.file, Locator::Line(row.line), reason);
            continue;
        }
        let printed = context.correct(NAMES, &code, printed);
        let name = own.names.get(&code).map_or(printed.trim(), String::as_str);
        let name = name.to_owned();
        context.keep(&row.file);
        out.insert(code.to_ascii_lowercase(), Organisation { code, name });
    }
    Ok(out)
}

/// The organisations of the columns after the listed ones, in the file's order.
fn columns<'n>(
    context: &Context<'_>,
    table: &Table,
    listed: usize,
    names: &'n BTreeMap<String, Organisation>,
) -> Result<Vec<&'n Organisation>, SourceError> {
    let columns = table.columns();
    let mut out = Vec::new();
    for (i, column) in columns.iter().enumerate().skip(listed) {
        match names.get(column) {
            Some(o) if !columns[..i].contains(column) => out.push(o),
            Some(_) => {
                let reason = format!("the column {column} stands twice");
                return Err(context.structure(YEARS, "line 1", reason));
            }
            None => {
                let reason = format!("the column {column} is no organisation of {NAMES}");
                return Err(context.structure(YEARS, "line 1", reason));
            }
        }
    }
    Ok(out)
}
