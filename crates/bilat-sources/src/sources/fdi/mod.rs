//! Reader of `fdi`: flows and stocks of direct investment between two countries.
//!
//! A row holds four numbers of one reporter about one partner. Three things of the file need all
//! rows at once, so rows are collected first: pairs whose rows contradict each other, reporters
//! that tell Aruba from the Netherlands Antilles, and numbers that both sides share to the last
//! digit and that are therefore one side's only.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bilat_model::evidence::{Figure, Locator, Measure};
use bilat_model::quantity::parse_scaled;
use bilat_model::{Country, Decimal, Period};

use crate::{Context, Name, Row, SourceError};

#[cfg(test)]
mod tests;

const FILE: &str = "unctad_bilateral_2001_2012.csv.gz";
/// Values lie in millions of dollars.
const SCALE: u32 = 1_000_000;
const ARUBA: Country = Country::new("ABW");
const ANTILLES: Country = Country::new("ANT");

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let mut table = context.table(FILE, b',')?;
    let file: Arc<str> = FILE.into();
    let mut entries = Vec::new();
    while let Some(row) = context.next(&mut table)? {
        match entry(context, &row) {
            Ok(e) => entries.push(e),
            Err(reason) => context.skip(&file, Locator::Line(row.line), reason),
        }
    }
    let all = All::of(&entries);
    for e in &entries {
        tell(context, &file, &all, e);
    }
    Ok(())
}

/// The four columns of numbers. For each: which measure, and whether it runs from the partner to
/// the reporter.
const COLUMNS: [(&str, Measure, bool); 4] = [
    ("FDI_inflows", Measure::FdiInflow, true),
    ("FDI_outflows", Measure::FdiOutflow, false),
    ("FDI_instock", Measure::FdiInstock, true),
    ("FDI_outstock", Measure::FdiOutstock, false),
];
/// The column in which the partner's row has the same thing.
const MIRROR: [usize; 4] = [1, 0, 3, 2];
/// The column that has zeros where nothing was reported.
const INFLOWS: usize = 0;

type Values = [Option<Decimal>; 4];

/// A row.
struct Entry {
    line: u32,
    reporter: Name,
    partner: Name,
    year: i16,
    values: Values,
}

impl Entry {
    fn countries(&self) -> Option<(Country, Country)> {
        match (self.reporter, self.partner) {
            (Name::Country(r), Name::Country(p)) => Some((r, p)),
            _ => None,
        }
    }
}

fn entry(context: &mut Context<'_>, row: &Row<'_>) -> Result<Entry, String> {
    let both = row.get("CountryPair");
    let (reporter, partner) = both
        .split_once('-')
        .ok_or_else(|| format!("“{both}” is not two codes with a hyphen between"))?;
    let year = match row.get("year").parse() {
        Ok(Period::Year(y)) => y,
        _ => return Err(format!("“{}” is not a year", row.get("year"))),
    };
    let mut values = Values::default();
    for (value, (column, _, _)) in values.iter_mut().zip(COLUMNS) {
        let text = row.get(column);
        if !text.is_empty() {
            *value = Some(parse_scaled(text, SCALE).map_err(|e| format!("{column}: {e}"))?);
        }
    }
    Ok(Entry {
        line: row.line,
        reporter: context.code(reporter),
        partner: context.code(partner),
        year,
        values,
    })
}

/// What only all rows together show.
#[derive(Default)]
struct All {
    /// The values of a reporter about a partner in a year.
    values: BTreeMap<(Country, Country, i16), Values>,
    /// Reporter and partner with several rows in a year that differ.
    torn: BTreeSet<(Country, Country)>,
    /// Reporters that name the Netherlands Antilles as a partner.
    name_antilles: BTreeSet<Country>,
}

impl All {
    fn of(entries: &[Entry]) -> Self {
        let mut all = Self::default();
        for e in entries {
            let Some((reporter, partner)) = e.countries() else {
                continue;
            };
            let known = all
                .values
                .entry((reporter, partner, e.year))
                .or_insert(e.values);
            if *known != e.values {
                all.torn.insert((reporter, partner));
            }
            if partner == ANTILLES {
                all.name_antilles.insert(reporter);
            }
        }
        all
    }

    /// Whether the partner's books have this number to the last digit.
    fn mirrored(&self, of: (Country, Country, i16), column: usize, value: Decimal) -> bool {
        let (reporter, partner, year) = of;
        let mirror = self.values.get(&(partner, reporter, year));
        !value.is_zero() && mirror.is_some_and(|m| m[MIRROR[column]] == Some(value))
    }
}

fn tell(context: &mut Context<'_>, file: &Arc<str>, all: &All, e: &Entry) {
    let at = Locator::Line(e.line);
    let Some(pair) = context.pair(file, &at, e.reporter, e.partner) else {
        return;
    };
    let Some((reporter, partner)) = e.countries() else {
        return;
    };
    if all.torn.contains(&(reporter, partner)) {
        let reason = format!(
            "{reporter} has rows about {partner} that contradict each other within a year: two \
             partners under one code"
        );
        return context.skip(file, at, reason);
    }
    if partner == ARUBA && !all.name_antilles.contains(&reporter) {
        return context.leave_out(file, "Aruba or the Netherlands Antilles, one code for both");
    }
    let mut figures = Vec::new();
    for (column, (_, measure, inward)) in COLUMNS.into_iter().enumerate() {
        let Some(value) = e.values[column] else {
            continue;
        };
        if column == INFLOWS && value.is_zero() {
            continue;
        }
        let (from, to) = if inward {
            (partner, reporter)
        } else {
            (reporter, partner)
        };
        let shared = all.mirrored((reporter, partner, e.year), column, value);
        figures.push(Figure {
            measure,
            from,
            to,
            reporter: (!shared).then_some(reporter),
            product: None,
            period: Some(Period::Year(e.year)),
            value,
            valuation: None,
        });
    }
    if figures.is_empty() {
        return context.leave_out(
            file,
            "nothing but an inflow of zero, which may be no report",
        );
    }
    context.keep(file);
    for figure in figures {
        context.figure(pair, file, at.clone(), figure);
    }
}
