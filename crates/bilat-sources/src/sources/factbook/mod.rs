//! Partners, organisations and facts of the World Factbook.

mod facts;
mod organisations;
mod text;

use std::sync::Arc;

use bilat_model::evidence::{Figure, Locator, Measure};
use bilat_model::{Country, Pair};
use serde_json::Value;

use crate::input::tar_members;
use crate::markup::plain;
use crate::{Context, Name, SourceError};
use organisations::Organisations;

const FILE: &str = "factbook_2026-05-17.tar.gz";

/// One country's file while it is read.
struct Entry<'a> {
    country: Country,
    /// The archive.
    file: Arc<str>,
    /// The member of the archive.
    member: &'a str,
    json: &'a Value,
}

impl Entry<'_> {
    /// The text under a path of keys and its place, when there is one.
    fn text(&self, path: &[&str]) -> Option<(&str, Locator)> {
        let value = path.iter().try_fold(self.json, |v, key| v.get(key))?;
        let text = value.get("text")?.as_str()?;
        Some((text, self.at(path)))
    }

    /// Where a text stands: the member and a JSON pointer.
    fn at(&self, path: &[&str]) -> Locator {
        let mut place = format!("{}#", self.member);
        for key in path.iter().chain(&["text"]) {
            place.push('/');
            place.push_str(&key.replace('~', "~0").replace('/', "~1"));
        }
        Locator::Pointer(place)
    }

    /// The member without the archive's top folder, as corrections name it.
    fn record(&self) -> &str {
        self.member.split_once('/').map_or(self.member, |(_, m)| m)
    }
}

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let organisations = Organisations::load(context)?;
    let (file, data) = context.bytes(FILE)?;
    let members =
        tar_members(&data).map_err(|e| context.structure(&file, "archive", e.to_string()))?;
    for (member, bytes) in &members {
        let Some(stem) = country_file(member) else {
            continue;
        };
        let json: Value = serde_json::from_slice(bytes)
            .map_err(|e| context.structure(&file, member, e.to_string()))?;
        context.seen(&file);
        let Some(country) = country(context, &file, member, stem, &json) else {
            continue;
        };
        let entry = Entry {
            country,
            file: Arc::clone(&file),
            member,
            json: &json,
        };
        shares(context, &entry, "Exports - partners", Measure::ExportShare);
        shares(context, &entry, "Imports - partners", Measure::ImportShare);
        facts::read(context, &entry);
        organisations.read(context, &entry);
        context.keep(&file);
    }
    Ok(())
}

/// The FIPS code that names a country's file `top/region/xx.json`; `None` for other members.
fn country_file(member: &str) -> Option<&str> {
    let mut parts = member.rsplit('/');
    let stem = parts.next()?.strip_suffix(".json")?;
    let region = parts.next()?;
    parts.next()?;
    (stem.len() == 2 && region != "meta").then_some(stem)
}

/// Whose file it is, by the name in it; `None` after counting why it is nobody's.
///
/// The file's name is a FIPS code and reads like an ISO code of somebody else: where the country
/// found has another FIPS code, the record is skipped.
fn country(
    context: &mut Context<'_>,
    file: &Arc<str>,
    member: &str,
    stem: &str,
    json: &Value,
) -> Option<Country> {
    let names = &json["Government"]["Country name"];
    let name = ["conventional short form", "conventional long form"]
        .iter()
        .filter_map(|form| names[form]["text"].as_str())
        .map(plain)
        .find(|n| !n.is_empty() && n != "none");
    let name = name.unwrap_or_else(|| format!("file {stem}"));
    let at = || Locator::Pointer(member.to_owned());
    match context.country(&name) {
        Name::Country(c) => {
            let fips = context.registry.info(c).and_then(|i| i.fips.clone());
            match fips {
                Some(f) if !f.eq_ignore_ascii_case(stem) => {
                    let reason = format!("it tells of {name}, whose FIPS code is {f}");
                    context.skip(file, at(), reason);
                    None
                }
                _ => Some(c),
            }
        }
        Name::NotACountry => {
            context.leave_out(file, "no country with a code");
            None
        }
        Name::Unresolved => {
            context.skip(file, at(), format!("“{name}” is not resolved"));
            None
        }
    }
}

/// The shares of the largest partners in exports or imports.
fn shares(context: &mut Context<'_>, entry: &Entry<'_>, field: &str, measure: Measure) {
    let Some((raw, at)) = entry.text(&["Economy", field]) else {
        return;
    };
    let record = format!("{} {field}", entry.record());
    let corrected = plain(&context.correct(&entry.file, &record, raw));
    let Some((partners, period)) = text::shares(&corrected) else {
        context.seen(&entry.file);
        if text::has_share(&corrected) {
            context.skip(
                &entry.file,
                at,
                format!("“{corrected}” is no list of shares"),
            );
        } else {
            context.leave_out(&entry.file, "partners told in words without shares");
        }
        return;
    };
    for (name, value) in partners {
        if value.is_zero() {
            context.seen(&entry.file);
            context.leave_out(&entry.file, "a share rounded to nothing");
            continue;
        }
        let Name::Country(partner) = context.country(name) else {
            context.seen(&entry.file);
            context.skip(&entry.file, at.clone(), format!("“{name}” is not resolved"));
            continue;
        };
        let Ok(pair) = Pair::new(entry.country, partner) else {
            context.seen(&entry.file);
            context.skip(
                &entry.file,
                at.clone(),
                format!("{name} trades with itself"),
            );
            continue;
        };
        let (from, to) = match measure {
            Measure::ImportShare => (partner, entry.country),
            _ => (entry.country, partner),
        };
        let figure = Figure {
            measure,
            from,
            to,
            reporter: Some(entry.country),
            product: None,
            period: Some(period),
            value,
            valuation: None,
        };
        context.figure(pair, &entry.file, at.clone(), figure);
    }
}

#[cfg(test)]
mod tests;
