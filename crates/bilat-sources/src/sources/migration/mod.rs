//! Migrants by country of origin and of residence.

use bilat_model::evidence::{Figure, Locator, Measure};
use bilat_model::quantity::parse_scaled;
use bilat_model::{Decimal, Period};

use crate::{Context, Name, SourceError};

const FILE: &str = "undesa_stock_2020rev_long.csv.gz";

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let mut table = context.table(FILE, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let at = Locator::Line(row.line);
        let file = row.file.clone();
        let (year, persons) = (row.get("period"), row.get("persons"));
        let (Ok(period @ Period::Year(_)), Ok(value)) = (year.parse(), parse_scaled(persons, 1))
        else {
            context.skip(
                &file,
                at,
                format!("“{year}”, “{persons}”: a year and persons expected"),
            );
            continue;
        };
        if value < Decimal::ZERO || !value.is_integer() {
            context.skip(&file, at, format!("“{persons}” persons"));
            continue;
        }
        let x = context.country(row.get("origin"));
        let y = context.country(row.get("destination"));
        let Some(pair) = context.pair(&file, &at, x, y) else {
            continue;
        };
        let (Name::Country(from), Name::Country(to)) = (x, y) else {
            continue; // no pair comes of anything else
        };
        let figure = Figure {
            measure: Measure::Migrants,
            from,
            to,
            reporter: None,
            product: None,
            period: Some(period),
            value,
            valuation: None,
        };
        context.figure(pair, &file, at, figure);
        context.keep(&file);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
