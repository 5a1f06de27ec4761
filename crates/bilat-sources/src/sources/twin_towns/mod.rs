//! Twinned towns.

use std::collections::BTreeSet;

use bilat_model::Country;
use bilat_model::evidence::{Locator, Tie, TieDetails, TieKind};

use crate::{Context, Name, SourceError};

const FILE: &str = "sistercities.tsv";

/// Whether a label is an identifier of Wikidata that stands for a missing English name.
fn is_identifier(label: &str) -> bool {
    let digits = label.strip_prefix(['Q', 't']);
    digits.is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
}

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let as_of = context.card.vintage;
    let mut seen = BTreeSet::<[(Country, String); 2]>::new();
    let mut table = context.table(FILE, b'\t')?;
    while let Some(row) = context.next(&mut table)? {
        let at = Locator::Line(row.line);
        let file = row.file.clone();
        let towns = [row.get("origincityLabel"), row.get("sistercityLabel")].map(str::trim);
        if towns.iter().any(|t| t.is_empty()) {
            context.skip(&file, at, "a town without a name".to_owned());
            continue;
        }
        let x = context.country(row.get("origincountry"));
        let y = context.country(row.get("destination_countryLabel"));
        let Some(pair) = context.pair(&file, &at, x, y) else {
            continue;
        };
        if towns.iter().any(|t| is_identifier(t)) {
            context.leave_out(&file, "a town without an English name");
            continue;
        }
        let [a, b] = if x == Name::Country(pair.a()) {
            towns
        } else {
            [towns[1], towns[0]]
        };
        if !seen.insert([(pair.a(), a.to_owned()), (pair.b(), b.to_owned())]) {
            context.leave_out(&file, "the same twinning again");
            continue;
        }
        let tie = Tie {
            kind: TieKind::SisterCity,
            from: pair.a(),
            to: pair.b(),
            what: format!("{a} and {b}"),
            since: None,
            until: None,
            as_of: Some(as_of),
            details: TieDetails::Towns {
                from_town: a.to_owned(),
                to_town: b.to_owned(),
            },
        };
        context.tie(pair, &file, at, tie);
        context.keep(&file);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
