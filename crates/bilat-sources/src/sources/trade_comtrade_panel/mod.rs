//! Reader of `trade_comtrade_panel`: export totals every fourth year by the exporter's books.

use std::sync::Arc;

use bilat_model::evidence::{Figure, Locator, Measure, Valuation};
use bilat_model::quantity::parse_scaled;
use bilat_model::{Country, Period};

use crate::{Context, Name, SourceError};

#[cfg(test)]
mod tests;

const FILE: &str = "trade_1964_2016.csv.gz";
const SERBIA: Country = Country::new("SRB");
const SERBIA_AND_MONTENEGRO: Country = Country::new("SCG");
/// The first year that Serbia's code does not stand for Serbia and Montenegro.
const SERBIA_ALONE: i16 = 2006;

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let mut table = context.table(FILE, b',')?;
    let file: Arc<str> = FILE.into();
    while let Some(row) = context.next(&mut table)? {
        let at = Locator::Line(row.line);
        let Ok(Period::Year(year)) = row.get("time").parse() else {
            let reason = format!("“{}” is not a year", row.get("time"));
            context.skip(&file, at, reason);
            continue;
        };
        let exporter = of_its_time(context.code(row.get("exp")), year);
        let importer = of_its_time(context.code(row.get("imp")), year);
        let Some(pair) = context.pair(&file, &at, exporter, importer) else {
            continue;
        };
        let value = match parse_scaled(row.get("export"), 1) {
            Ok(v) if !v.is_sign_negative() || v.is_zero() => v,
            Ok(v) => {
                context.skip(&file, at, format!("trade below zero: {v}"));
                continue;
            }
            Err(e) => {
                context.skip(&file, at, e.to_string());
                continue;
            }
        };
        if let (Name::Country(from), Name::Country(to)) = (exporter, importer) {
            let figure = Figure {
                measure: Measure::Exports,
                from,
                to,
                reporter: Some(from),
                product: None,
                period: Some(Period::Year(year)),
                value,
                valuation: Some(Valuation::Fob),
            };
            context.keep(&file);
            context.figure(pair, &file, at, figure);
        }
    }
    Ok(())
}

/// The file has Serbia's code for Serbia and Montenegro too.
fn of_its_time(name: Name, year: i16) -> Name {
    match name {
        Name::Country(c) if c == SERBIA && year < SERBIA_ALONE => {
            Name::Country(SERBIA_AND_MONTENEGRO)
        }
        other => other,
    }
}
