//! World heritage sites that several states share.

use std::sync::Arc;

use bilat_model::evidence::{Locator, Tie, TieDetails, TieKind};
use bilat_model::{Country, Pair, Period};

use crate::markup::plain;
use crate::{Context, Name, SourceError};

const FILE: &str = "whc-sites-2021.csv.gz";

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let as_of = context.card.vintage;
    let mut table = context.table(FILE, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let at = Locator::Line(row.line);
        let file = row.file.clone();
        let codes: Vec<&str> = row.get("iso_code").split(',').map(str::trim).collect();
        if row.get("transboundary") != "1" && codes.len() == 1 {
            context.leave_out(&file, "in one country");
            continue;
        }
        let name = plain(row.get("name_en"));
        let year = row.get("date_inscribed");
        let (false, Ok(since @ Period::Year(_))) = (name.is_empty(), year.parse()) else {
            context.skip(
                &file,
                at,
                format!("“{name}”, “{year}”: a name and a year expected"),
            );
            continue;
        };
        let Some(states) = states(context, &file, &at, &codes) else {
            continue;
        };
        for (i, x) in states.iter().enumerate() {
            for y in &states[i + 1..] {
                let Ok(pair) = Pair::new(*x, *y) else {
                    continue; // states are sorted and told once
                };
                let tie = Tie {
                    kind: TieKind::WorldHeritage,
                    from: pair.a(),
                    to: pair.b(),
                    what: name.clone(),
                    since: Some(since),
                    until: None,
                    as_of: Some(as_of),
                    details: TieDetails::None,
                };
                context.tie(pair, &file, at.clone(), tie);
            }
        }
        context.keep(&file);
    }
    Ok(())
}

/// The states of a shared site by code, or `None` after skipping one that cannot be told.
fn states(
    context: &mut Context<'_>,
    file: &Arc<str>,
    at: &Locator,
    codes: &[&str],
) -> Option<Vec<Country>> {
    let mut out = Vec::new();
    for code in codes {
        if let Name::Country(c) = context.alpha2(&code.to_ascii_uppercase()) {
            out.push(c);
        }
    }
    out.sort();
    out.dedup();
    if out.len() == codes.len() && out.len() > 1 {
        return Some(out);
    }
    let reason = format!("“{}” is no list of two or more states", codes.join(","));
    context.skip(file, at.clone(), reason);
    None
}

#[cfg(test)]
mod tests;
