//! Facts about one country.

use bilat_model::evidence::Locator;
use bilat_model::profile::{Fact, FactField};
use bilat_model::{Decimal, Period, Unit};

use super::{Entry, text};
use crate::Context;
use crate::markup::plain;

/// Texts: the field, its path, and whether it is as of the edition.
const TEXTS: [(FactField, &[&str], bool); 8] = [
    (FactField::Capital, &["Government", "Capital", "name"], true),
    (
        FactField::ChiefOfState,
        &["Government", "Executive branch", "chief of state"],
        true,
    ),
    (
        FactField::HeadOfGovernment,
        &["Government", "Executive branch", "head of government"],
        true,
    ),
    (
        FactField::ExportGoods,
        &["Economy", "Exports - commodities"],
        false,
    ),
    (
        FactField::ImportGoods,
        &["Economy", "Imports - commodities"],
        false,
    ),
    (
        FactField::Languages,
        &["People and Society", "Languages", "Languages"],
        false,
    ),
    // Files without a sample of the language have the text one level higher.
    (
        FactField::Languages,
        &["People and Society", "Languages"],
        false,
    ),
    (
        FactField::Independence,
        &["Government", "Independence"],
        false,
    ),
];

/// Numbers with their year behind them.
const NUMBERS: [(FactField, &[&str], Unit); 2] = [
    (
        FactField::Population,
        &["People and Society", "Population", "total"],
        Unit::Person,
    ),
    (
        FactField::Gdp,
        &["Economy", "GDP (official exchange rate)"],
        Unit::USD,
    ),
];

/// Numbers told for several years under keys that end in the year.
const SERIES: [(FactField, &str); 3] = [
    (FactField::GdpPerHead, "Real GDP per capita"),
    (FactField::Exports, "Exports"),
    (FactField::Imports, "Imports"),
];

/// Reads all facts of a country.
pub(super) fn read(context: &mut Context<'_>, entry: &Entry<'_>) {
    for (field, path, edition) in TEXTS {
        words(context, entry, field, path, edition);
    }
    for (field, path, unit) in NUMBERS {
        if let Some((raw, at)) = entry.text(path) {
            number(context, entry, field, raw, unit, at);
        }
    }
    for (field, name) in SERIES {
        newest(context, entry, field, name);
    }
    area(context, entry);
}

fn push(
    context: &mut Context<'_>,
    entry: &Entry<'_>,
    field: FactField,
    text: Option<String>,
    number: Option<(Decimal, Option<Unit>)>,
    (period, at): (Option<Period>, Locator),
) {
    let citation = context.cite(&entry.file, at);
    context.records.facts.push(Fact {
        country: entry.country,
        field,
        text,
        value: number.map(|(v, _)| v),
        unit: number.and_then(|(_, u)| u),
        period,
        citation,
    });
}

fn words(
    context: &mut Context<'_>,
    entry: &Entry<'_>,
    field: FactField,
    path: &[&str],
    edition: bool,
) {
    let Some((raw, at)) = entry.text(path) else {
        return;
    };
    let whole = plain(raw);
    let (whole, period) = match text::dated(&whole) {
        Some((rest, period)) if !edition => (rest, Some(period)),
        _ => (whole.as_str(), edition.then_some(context.card.vintage)),
    };
    let short = text::short(whole);
    if short.is_empty() || short == "none" {
        return;
    }
    push(context, entry, field, Some(short), None, (period, at));
}

/// A number with its year; anything else is listed, but for fields that say that there is none.
fn number(
    context: &mut Context<'_>,
    entry: &Entry<'_>,
    field: FactField,
    raw: &str,
    unit: Unit,
    at: Locator,
) {
    let raw = plain(raw);
    let told = text::dated(&raw).and_then(|(rest, period)| Some((text::amount(rest)?, period)));
    match told {
        Some((value, period)) => {
            let number = Some((value, Some(unit)));
            push(context, entry, field, None, number, (Some(period), at));
        }
        None if ["NA", "uninhabited", "no permanent inhabitants"].contains(&raw.as_str()) => {
            context.seen(&entry.file);
            context.leave_out(&entry.file, "a field that says there is no number");
        }
        None => {
            context.seen(&entry.file);
            context.skip(
                &entry.file,
                at,
                format!("“{raw}” is no number with its year"),
            );
        }
    }
}

/// The newest year of a series.
fn newest(context: &mut Context<'_>, entry: &Entry<'_>, field: FactField, name: &str) {
    let Some(years) = entry.json["Economy"][name].as_object() else {
        return;
    };
    let last = years
        .keys()
        .filter_map(|key| {
            let year = key.strip_prefix(name)?.trim().parse::<i16>().ok()?;
            Some((year, key))
        })
        .max();
    if let Some((_, key)) = last
        && let Some((raw, at)) = entry.text(&["Economy", name, key])
    {
        number(context, entry, field, raw, Unit::USD, at);
    }
}

/// Land and water in square kilometres. The key ends in a space in all files but three.
fn area(context: &mut Context<'_>, entry: &Entry<'_>) {
    let told = ["total ", "total"]
        .iter()
        .find_map(|key| entry.text(&["Geography", "Area", key]));
    let Some((raw, at)) = told else {
        return;
    };
    let raw = plain(raw);
    match text::amount(&raw) {
        Some(value) if raw.contains("sq km") => {
            let number = Some((value, None));
            push(context, entry, FactField::Area, None, number, (None, at));
        }
        _ => {
            context.seen(&entry.file);
            context.skip(&entry.file, at, format!("“{raw}” is no area"));
        }
    }
}
