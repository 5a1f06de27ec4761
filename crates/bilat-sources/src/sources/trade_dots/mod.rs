//! Reader of `trade_dots`: goods trade of every pair by both sides' books, yearly.
//!
//! The file has millions of rows, so a row is kept as a few numbers until doubles are found: names
//! become positions in a list, and runs of rows with one reporter and partner look them up once.

use std::collections::BTreeMap;
use std::sync::Arc;

use bilat_model::evidence::{Figure, Locator, Measure, Valuation};
use bilat_model::quantity::parse_scaled;
use bilat_model::{Decimal, Period};

use crate::{Context, Name, Row, SourceError};

#[cfg(test)]
mod tests;

const FILE: &str = "dots_long.csv.gz";
/// Values lie in millions of dollars.
const SCALE: u32 = 1_000_000;
// The columns' positions; the header was checked against the card.
const REPORTER: usize = 0;
const FLOW: usize = 1;
const PARTNER: usize = 2;
const YEAR: usize = 3;
const VALUE: usize = 4;

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let mut table = context.table(FILE, b',')?;
    let file: Arc<str> = FILE.into();
    let mut names = Names::default();
    let mut entries = Vec::new();
    while let Some(row) = context.next(&mut table)? {
        match entry(context, &mut names, &row) {
            Ok(e) => entries.push(e),
            Err(reason) => context.skip(&file, Locator::Line(row.line), reason),
        }
    }
    // Stable: among rows with one key the first of the file stays first.
    entries.sort_by_key(|e| e.key);
    for same in entries.chunk_by(|a, b| a.key == b.key) {
        tell(context, &file, &names, same);
    }
    Ok(())
}

/// Which figure a row is about; names by their position in [`Names`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    reporter: u16,
    partner: u16,
    exports: bool,
    year: i16,
}

/// A row.
struct Entry {
    key: Key,
    line: u32,
    /// The bits of the printed number, to tell equal rows; never calculated with.
    printed: u64,
    /// The value in dollars; `None` for rows that are not between two countries, whose totals
    /// may exceed what is stored.
    value: Option<Decimal>,
}

/// The names met, each with what it means.
#[derive(Default)]
struct Names {
    met: Vec<(String, Name)>,
    position: BTreeMap<String, u16>,
    last: [Option<u16>; 2],
}

impl Names {
    /// The position of the name in a column (0 reporters, 1 partners).
    fn position(&mut self, context: &mut Context<'_>, column: usize, name: &str) -> Option<u16> {
        let run = self.last[column].filter(|i| self.met[usize::from(*i)].0 == name);
        let i = match run.or_else(|| self.position.get(name).copied()) {
            Some(i) => {
                // Every meeting with a name that is no country is counted in the report.
                if !matches!(self.met[usize::from(i)].1, Name::Country(_)) {
                    context.country(name);
                }
                i
            }
            None => {
                let i = u16::try_from(self.met.len()).ok()?;
                self.met.push((name.to_owned(), context.country(name)));
                self.position.insert(name.to_owned(), i);
                i
            }
        };
        self.last[column] = Some(i);
        Some(i)
    }

    fn name(&self, position: u16) -> Name {
        self.met[usize::from(position)].1
    }
}

fn entry(context: &mut Context<'_>, names: &mut Names, row: &Row<'_>) -> Result<Entry, String> {
    let exports = match row.at(FLOW) {
        "X_FOB" => true,
        "M_CIF" => false,
        other => return Err(format!("the flow “{other}” is neither X_FOB nor M_CIF")),
    };
    let year = year(row.at(YEAR))?;
    let text = row.at(VALUE);
    let number: f64 = text
        .parse()
        .ok()
        .filter(|n: &f64| n.is_finite())
        .ok_or_else(|| format!("“{text}” is not a number"))?;
    let mut position = |column, field| {
        names
            .position(context, column, row.at(field))
            .ok_or("more names than the reader has room for")
    };
    let (reporter, partner) = (position(0, REPORTER)?, position(1, PARTNER)?);
    let value = match (names.name(reporter), names.name(partner)) {
        (Name::Country(_), Name::Country(_)) => {
            let value = parse_scaled(text, SCALE).map_err(|e| e.to_string())?;
            if value.is_sign_negative() && !value.is_zero() {
                return Err(format!("trade below zero: {text}"));
            }
            Some(value)
        }
        _ => None,
    };
    Ok(Entry {
        key: Key {
            reporter,
            partner,
            exports,
            year,
        },
        line: row.line,
        printed: number.to_bits(),
        value,
    })
}

fn year(text: &str) -> Result<i16, String> {
    match text.parse() {
        Ok(Period::Year(y)) => Ok(y),
        _ => Err(format!("“{text}” is not a year")),
    }
}

/// Hands over the rows of one key: one row gives a figure, equal rows give one, rows that
/// contradict each other none.
fn tell(context: &mut Context<'_>, file: &Arc<str>, names: &Names, same: &[Entry]) {
    let Some((first, rest)) = same.split_first() else {
        return;
    };
    if rest.iter().any(|e| e.printed != first.printed) {
        let lines: Vec<_> = same.iter().map(|e| e.line.to_string()).collect();
        let reason = format!(
            "lines {} give one flow of one year different values",
            lines.join(", ")
        );
        for e in same {
            context.skip(file, Locator::Line(e.line), reason.clone());
        }
        return;
    }
    rest.iter()
        .for_each(|_| context.leave_out(file, "an exact duplicate"));
    let key = first.key;
    let (reporter, partner) = (names.name(key.reporter), names.name(key.partner));
    let at = Locator::Line(first.line);
    let Some(pair) = context.pair(file, &at, reporter, partner) else {
        return;
    };
    if let (Name::Country(reporter), Name::Country(partner), Some(value)) =
        (reporter, partner, first.value)
    {
        let (measure, from, to, valuation) = if key.exports {
            (Measure::Exports, reporter, partner, Valuation::Fob)
        } else {
            (Measure::Imports, partner, reporter, Valuation::Cif)
        };
        let figure = Figure {
            measure,
            from,
            to,
            reporter: Some(reporter),
            product: None,
            period: Some(Period::Year(key.year)),
            value,
            valuation: Some(valuation),
        };
        context.keep(file);
        context.figure(pair, file, at, figure);
    }
}
