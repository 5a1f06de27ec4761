//! Reader of `distance`: how far two countries are apart, and what they share.
//!
//! Every pair stands twice. The row whose first code comes first gives the evidence; the other is
//! checked against it, field by field, and gives none.

use std::collections::BTreeMap;
use std::sync::Arc;

use bilat_model::evidence::{Figure, Locator, Measure, Tie, TieDetails, TieKind};
use bilat_model::quantity::parse_scaled;
use bilat_model::{Country, Decimal, Pair};

use crate::{Context, Row, SourceError};

#[cfg(test)]
mod tests;

const FILE: &str = "dist_cepii.csv";
const MISSING: &str = ".";
/// One part in this many: how far the two directions may differ by rounding.
const ROUNDING: i64 = 100_000;

const DISTANCES: [(&str, Measure); 3] = [
    ("dist", Measure::Distance),
    ("distcap", Measure::DistanceCapitals),
    ("distw", Measure::DistanceWeighted),
];
const FLAGS: [(&str, TieKind, &str); 6] = [
    ("contig", TieKind::Border, "land border"),
    (
        "comlang_off",
        TieKind::OfficialLanguage,
        "common official language",
    ),
    (
        "comlang_ethno",
        TieKind::SpokenLanguage,
        "common spoken language",
    ),
    ("colony", TieKind::Colony, UNDIRECTED),
    ("comcol", TieKind::CommonColonizer, "common coloniser"),
    (
        "smctry",
        TieKind::SameCountry,
        "one country or one administrative unit in the past",
    ),
];
/// A colonial tie that runs from the coloniser to the colony.
const DIRECTED: &str = "coloniser to colony";
/// A colonial tie of which it is not settled who was whose colony.
const UNDIRECTED: &str = "colonial tie";

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let colonisers = colonisers().map_err(|reason| SourceError::Data {
        source_id: context.card.id.to_string(),
        file: "colonies.toml",
        reason,
    })?;
    let mut table = context.table(FILE, b';')?;
    let file: Arc<str> = FILE.into();
    let mut forth = Vec::new();
    let mut back = BTreeMap::new();
    while let Some(row) = context.next(&mut table)? {
        match Entry::of(context, &file, &row) {
            Err(reason) => context.skip(&file, Locator::Line(row.line), reason),
            Ok(e) if e.codes.0 < e.codes.1 => forth.push(e),
            Ok(e) if e.codes.0 == e.codes.1 => context.leave_out(&file, "a country with itself"),
            Ok(e) => {
                back.insert((e.codes.1.clone(), e.codes.0.clone()), e);
            }
        }
    }
    for e in &forth {
        let mirror = back.remove(&e.codes);
        tell(context, &file, &colonisers, e, mirror.as_ref());
    }
    for (_, e) in back {
        let reason = format!("no row from {} to {}", e.codes.1, e.codes.0);
        context.skip(&file, Locator::Line(e.line), reason);
    }
    Ok(())
}

/// Coloniser and colony, in that order, for ties whose direction is beyond doubt.
fn colonisers() -> Result<BTreeMap<Pair, Country>, String> {
    let listed: BTreeMap<String, Vec<Country>> =
        toml::from_str(include_str!("colonies.toml")).map_err(|e| e.to_string())?;
    let mut out = BTreeMap::new();
    for (coloniser, colonies) in listed {
        let coloniser: Country = coloniser.parse().map_err(|e| format!("{e}"))?;
        for colony in colonies {
            let pair = Pair::new(coloniser, colony).map_err(|e| e.to_string())?;
            if out.insert(pair, coloniser).is_some() {
                return Err(format!("{pair} stands twice"));
            }
        }
    }
    Ok(out)
}

/// A row.
struct Entry {
    line: u32,
    codes: (String, String),
    distances: [Option<Decimal>; 3],
    flags: [bool; 6],
}

impl Entry {
    fn of(context: &mut Context<'_>, file: &str, row: &Row<'_>) -> Result<Self, String> {
        let codes = (row.get("iso_o").to_owned(), row.get("iso_d").to_owned());
        let mut distances = [None; 3];
        for (distance, (column, _)) in distances.iter_mut().zip(DISTANCES) {
            let text = row.get(column);
            if text != MISSING {
                *distance = Some(parse_scaled(text, 1).map_err(|e| format!("{column}: {e}"))?);
            }
        }
        let mut flags = [false; 6];
        for (flag, (column, _, _)) in flags.iter_mut().zip(FLAGS) {
            let text = row.get(column);
            // Few flags are set, and only those may be wrongly set.
            *flag = match text {
                "0" => false,
                "1" => {
                    // One name for both directions, so that a correction mends both.
                    let (x, y) = (
                        codes.0.as_str().min(&codes.1),
                        codes.0.as_str().max(&codes.1),
                    );
                    let record = format!("{x};{y} {column}");
                    context.correct(file, &record, text) == "1"
                }
                other => return Err(format!("{column} is “{other}”, neither 0 nor 1")),
            };
        }
        Ok(Self {
            line: row.line,
            codes,
            distances,
            flags,
        })
    }
}

fn tell(
    context: &mut Context<'_>,
    file: &Arc<str>,
    colonisers: &BTreeMap<Pair, Country>,
    e: &Entry,
    mirror: Option<&Entry>,
) {
    let at = Locator::Line(e.line);
    let (x, y) = (context.code(&e.codes.0), context.code(&e.codes.1));
    let pair = context.pair(file, &at, x, y);
    let differing = mirror.map_or_else(Vec::new, |m| differences(e, m));
    if let Some(m) = mirror {
        if differing.is_empty() {
            context.leave_out(file, "the other direction of a pair already read");
        } else {
            let reason = format!(
                "{} differs from line {}, the other direction; not taken from either",
                differing.join(", "),
                e.line
            );
            context.skip(file, Locator::Line(m.line), reason);
        }
    }
    let Some(pair) = pair else {
        return;
    };
    context.keep(file);
    for (value, (column, measure)) in e.distances.iter().zip(DISTANCES) {
        if let Some(value) = value.filter(|_| !differing.contains(&column)) {
            context.figure(pair, file, at.clone(), figure(pair, measure, value));
        }
    }
    for (set, (column, kind, what)) in e.flags.iter().zip(FLAGS) {
        if *set && !differing.contains(&column) {
            let mut tie = tie(pair, kind, what);
            tie.as_of = Some(context.card.vintage);
            if kind == TieKind::Colony
                && let Some(coloniser) = colonisers.get(&pair)
                && let Some(colony) = pair.other(*coloniser)
            {
                (tie.from, tie.to, tie.what) = (*coloniser, colony, DIRECTED.to_owned());
            }
            context.tie(pair, file, at.clone(), tie);
        }
    }
}

/// The columns in which two directions of a pair differ by more than rounding.
fn differences(e: &Entry, m: &Entry) -> Vec<&'static str> {
    let mut out = Vec::new();
    for ((a, b), (column, _)) in e.distances.iter().zip(&m.distances).zip(DISTANCES) {
        let equal = match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() * Decimal::from(ROUNDING) <= *a,
            (a, b) => a == b,
        };
        if !equal {
            out.push(column);
        }
    }
    for ((a, b), (column, _, _)) in e.flags.iter().zip(&m.flags).zip(FLAGS) {
        if a != b {
            out.push(column);
        }
    }
    out
}

fn figure(pair: Pair, measure: Measure, value: Decimal) -> Figure {
    Figure {
        measure,
        from: pair.a(),
        to: pair.b(),
        reporter: None,
        product: None,
        period: None,
        value,
        valuation: None,
    }
}

fn tie(pair: Pair, kind: TieKind, what: &str) -> Tie {
    Tie {
        kind,
        from: pair.a(),
        to: pair.b(),
        what: what.to_owned(),
        since: None,
        until: None,
        as_of: None,
        details: TieDetails::None,
    }
}
