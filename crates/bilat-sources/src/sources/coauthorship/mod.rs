//! Scientific works with authors in two countries.

use bilat_model::evidence::{Figure, Locator, Measure};
use bilat_model::quantity::parse_scaled;
use bilat_model::{Decimal, Period};

use crate::{Context, SourceError};

const FILE: &str = "coauthorship_1990_2023.csv.gz";

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let mut table = context.table(FILE, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let at = Locator::Line(row.line);
        let file = row.file.clone();
        let (year, works) = (row.get("year"), row.get("works"));
        let (Ok(period @ Period::Year(_)), Ok(value)) = (year.parse(), parse_scaled(works, 1))
        else {
            context.skip(
                &file,
                at,
                format!("“{year}”, “{works}”: a year and works expected"),
            );
            continue;
        };
        if value <= Decimal::ZERO || !value.is_integer() {
            context.skip(&file, at, format!("“{works}” works"));
            continue;
        }
        let (a, b) = (row.get("iso2_a"), row.get("iso2_b"));
        let (x, y) = (context.alpha2(a), context.alpha2(b));
        let Some(pair) = context.pair(&file, &at, x, y) else {
            continue;
        };
        if x != crate::Name::Country(pair.a()) {
            context.leave_out(&file, "the same pair from the other side");
            continue;
        }
        let figure = Figure {
            measure: Measure::Works,
            from: pair.a(),
            to: pair.b(),
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
