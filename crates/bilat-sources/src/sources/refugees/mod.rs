//! Refugees and asylum seekers by origin and asylum.

use bilat_model::evidence::{Figure, Locator, Measure};
use bilat_model::quantity::parse_scaled;
use bilat_model::{Decimal, Period};

use crate::{Context, Name, Row, SourceError};

const FILE: &str = "population_1951_2025.csv.gz";

const COLUMNS: [(&str, Measure); 4] = [
    ("refugees", Measure::Refugees),
    ("asylum_seekers", Measure::AsylumSeekers),
    ("returned_refugees", Measure::ReturnedRefugees),
    ("oip", Measure::OtherProtection),
];

/// A year written as a float, `1951.0`.
fn year(text: &str) -> Option<Period> {
    let y = text.strip_suffix(".0").unwrap_or(text).parse().ok()?;
    matches!(y, Period::Year(_)).then_some(y)
}

/// The measures above zero of one record.
fn values(row: &Row<'_>) -> Result<Vec<(Measure, Decimal)>, String> {
    let mut out = Vec::new();
    for (column, measure) in COLUMNS {
        let text = row.get(column);
        if text.is_empty() {
            continue;
        }
        match parse_scaled(text, 1) {
            Ok(v) if v.is_zero() => {}
            Ok(v) if v > Decimal::ZERO && v.is_integer() => out.push((measure, v)),
            _ => return Err(format!("{column}: “{text}” is no number of persons")),
        }
    }
    Ok(out)
}

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let mut table = context.table(FILE, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let at = Locator::Line(row.line);
        let file = row.file.clone();
        let Some(period) = year(row.get("year")) else {
            context.skip(&file, at, format!("“{}” is no year", row.get("year")));
            continue;
        };
        let found = match values(&row) {
            Ok(found) => found,
            Err(why) => {
                context.skip(&file, at, why);
                continue;
            }
        };
        let (x, y) = (
            context.code(row.get("coo_iso")),
            context.code(row.get("coa_iso")),
        );
        let Some(pair) = context.pair(&file, &at, x, y) else {
            continue;
        };
        let (Name::Country(from), Name::Country(to)) = (x, y) else {
            continue; // no pair comes of anything else
        };
        if found.is_empty() {
            context.leave_out(&file, "only kinds of people that make no pair");
            continue;
        }
        for (measure, value) in found {
            let figure = Figure {
                measure,
                from,
                to,
                reporter: None,
                product: None,
                period: Some(period),
                value,
                valuation: None,
            };
            context.figure(pair, &file, at.clone(), figure);
        }
        context.keep(&file);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
