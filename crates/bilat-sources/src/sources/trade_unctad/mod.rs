//! Reader of `trade_unctad`: goods by SITC section between all pairs in three years.

use std::sync::Arc;

use bilat_model::Period;
use bilat_model::evidence::{Figure, Locator, Measure, Valuation};
use bilat_model::quantity::parse_scaled;

use crate::{Context, Name, Row, SourceError};

#[cfg(test)]
mod tests;

const FILE: &str = "unctad_sitc_long.csv.gz";
/// Values lie in thousands of dollars.
const SCALE: u32 = 1_000;
// The columns' positions; the header was checked against the card.
const YEAR: usize = 0;
const SECTION: usize = 1;
const EXPORTER: usize = 2;
const IMPORTER: usize = 3;
const VALUE: usize = 4;

/// Sections as the file names them, and their codes; all goods have none.
const SECTIONS: [(&str, Option<&str>); 11] = [
    ("All", None),
    ("SITC0_Food", Some("SITC0")),
    ("SITC1_BevTobacco", Some("SITC1")),
    ("SITC2_Crude", Some("SITC2")),
    ("SITC3_MineralFuels", Some("SITC3")),
    ("SITC4_AnimalVegOils", Some("SITC4")),
    ("SITC5_Chemicals", Some("SITC5")),
    ("SITC6_Manuf", Some("SITC6")),
    ("SITC7_Machinery", Some("SITC7")),
    ("SITC8_Misc", Some("SITC8")),
    ("SITC9_Commodities", Some("SITC9")),
];

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let mut table = context.table(FILE, b',')?;
    let file: Arc<str> = FILE.into();
    while let Some(row) = context.next(&mut table)? {
        let at = Locator::Line(row.line);
        let exporter = context.country(row.at(EXPORTER));
        let importer = context.country(row.at(IMPORTER));
        let Some(pair) = context.pair(&file, &at, exporter, importer) else {
            continue;
        };
        match figure(&row, exporter, importer) {
            Ok(figure) => {
                context.keep(&file);
                context.figure(pair, &file, at, figure);
            }
            Err(reason) => context.skip(&file, at, reason),
        }
    }
    Ok(())
}

fn figure(row: &Row<'_>, exporter: Name, importer: Name) -> Result<Figure, String> {
    let (Name::Country(from), Name::Country(to)) = (exporter, importer) else {
        return Err("not between two countries".to_owned());
    };
    let (section, year, value) = (row.at(SECTION), row.at(YEAR), row.at(VALUE));
    let (_, product) = SECTIONS
        .iter()
        .find(|(name, _)| *name == section)
        .ok_or_else(|| format!("“{section}” is no section of the SITC"))?;
    let period = match year.parse() {
        Ok(p @ Period::Year(_)) => p,
        _ => return Err(format!("“{year}” is not a year")),
    };
    let value = parse_scaled(value, SCALE).map_err(|e| e.to_string())?;
    if value.is_sign_negative() && !value.is_zero() {
        return Err(format!("trade below zero: {value}"));
    }
    Ok(Figure {
        measure: Measure::Exports,
        from,
        to,
        reporter: None,
        product: product.map(str::to_owned),
        period: Some(period),
        value,
        valuation: Some(Valuation::Fob),
    })
}
