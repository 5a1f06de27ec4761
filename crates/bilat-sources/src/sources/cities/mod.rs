//! Reader of `cities`: capitals and large cities, from a tab-separated list without a header
//! inside a zip. The columns are told by position; the card names them.
//!
//! Corrections name a record by the publisher's number and column: `2028462 name`.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use bilat_model::evidence::{Citation, Locator};
use bilat_model::profile::City;
use bilat_model::{Country, Decimal};

use crate::{Context, Name, SourceError};

const FILE: &str = "cities15000.zip";
const MEMBER: &str = "cities15000.txt";

/// The most that the list may unpack to; it is about 8 MB.
const MAX_LIST: u64 = 200 << 20;

/// A city of this size is kept wherever it lies.
const LARGE: u32 = 100_000;
/// So many of a country are kept however small.
const LARGEST: usize = 3;

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let (file, data) = context.bytes(FILE)?;
    let list = unpack(data).map_err(|reason| context.structure(FILE, MEMBER, reason))?;
    let columns = Columns::of(context)?;
    let mut places = BTreeMap::<Country, Vec<City>>::new();
    for (number, line) in (1_u32..).zip(list.split(|b| *b == b'\n')) {
        if line.is_empty() {
            continue;
        }
        context.seen(&file);
        let at = Locator::Pointer(format!("{MEMBER}, line {number}"));
        let citation = context.cite(&file, at.clone());
        match columns.city(context, line, citation) {
            Ok(Some(city)) => places.entry(city.country).or_default().push(city),
            Ok(None) => context.leave_out(&file, "no country of the register"),
            Err(reason) => context.skip(&file, at, reason),
        }
    }
    for cities in places.into_values() {
        choose(context, &file, cities);
    }
    Ok(())
}

/// Keeps the capital, the large cities and at any rate the largest three, largest first.
fn choose(context: &mut Context<'_>, file: &Arc<str>, mut cities: Vec<City>) {
    // Of equal size, the order of the list decides.
    cities.sort_by_key(|c| std::cmp::Reverse(c.population));
    let mut capital = None;
    for (rank, mut city) in cities.into_iter().enumerate() {
        if city.capital {
            match &capital {
                None => capital = Some(city.name.clone()),
                Some(first) => {
                    let reason = format!("{} is a second capital beside {first}", city.name);
                    context.skip(file, city.citation.at, reason);
                    continue;
                }
            }
        }
        city.name.shrink_to_fit();
        if city.capital || city.population >= LARGE || rank < LARGEST {
            context.keep(file);
            context.records.cities.push(city);
        } else {
            context.leave_out(file, "smaller than 100,000 and not among the three largest");
        }
    }
}

/// The list inside the archive.
fn unpack(data: Vec<u8>) -> Result<Vec<u8>, String> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(Cursor::new(data)).map_err(|e| e.to_string())?;
    let member = archive.by_name(MEMBER).map_err(|e| e.to_string())?;
    let mut list = Vec::new();
    let read = member.take(MAX_LIST).read_to_end(&mut list);
    match read.map_err(|e| e.to_string())? as u64 {
        MAX_LIST => Err("unpacks to more than 200 MB".to_owned()),
        _ => Ok(list),
    }
}

/// Where the columns that are read lie.
struct Columns {
    count: usize,
    id: usize,
    name: usize,
    latitude: usize,
    longitude: usize,
    feature: usize,
    country: usize,
    population: usize,
}

impl Columns {
    fn of(context: &Context<'_>) -> Result<Self, SourceError> {
        let card = context.card.files.iter().find(|f| f.path == FILE);
        let all = card.map_or(&[][..], |f| &f.columns);
        let at = |name: &str| {
            let found = all.iter().position(|c| c.name == name);
            found.ok_or_else(|| SourceError::Data {
                source_id: context.card.id.to_string(),
                file: "source.toml",
                reason: format!("it lists no column {name}"),
            })
        };
        Ok(Self {
            count: all.len(),
            id: at("geonameid")?,
            name: at("name")?,
            latitude: at("latitude")?,
            longitude: at("longitude")?,
            feature: at("feature code")?,
            country: at("country code")?,
            population: at("population")?,
        })
    }

    /// The city of a line; `None` when it lies in no country of the register.
    fn city(
        &self,
        context: &mut Context<'_>,
        line: &[u8],
        citation: Citation,
    ) -> Result<Option<City>, String> {
        let line = std::str::from_utf8(line).map_err(|_| "not UTF-8")?;
        let fields: Vec<&str> = line.trim_end_matches('\r').split('\t').collect();
        if fields.len() != self.count {
            let (n, want) = (fields.len(), self.count);
            return Err(format!("{n} fields where the card has {want}"));
        }
        let degrees = |i: usize, limit: i64| {
            let value = fields[i].parse::<Decimal>().ok();
            value
                .filter(|d| d.abs() <= Decimal::from(limit))
                .ok_or_else(|| format!("“{}” is no angle up to {limit} degrees", fields[i]))
        };
        let (latitude, longitude) = (degrees(self.latitude, 90)?, degrees(self.longitude, 180)?);
        let population = fields[self.population];
        let population = population
            .parse()
            .map_err(|_| format!("“{population}” is no number of inhabitants"))?;
        let country = match context.alpha2(fields[self.country]) {
            Name::Country(c) => c,
            Name::NotACountry => return Ok(None),
            Name::Unresolved => {
                return Err(format!("nobody has the code “{}”", fields[self.country]));
            }
        };
        let mut field = |i: usize, column: &str| {
            let record = format!("{} {column}", fields[self.id]);
            context.correct(FILE, &record, fields[i]).into_owned()
        };
        let name = field(self.name, "name");
        if name.is_empty() {
            return Err("a place without a name".to_owned());
        }
        Ok(Some(City {
            country,
            name,
            latitude,
            longitude,
            population,
            capital: field(self.feature, "feature code") == "PPLC",
            citation,
        }))
    }
}

#[cfg(test)]
mod tests;
