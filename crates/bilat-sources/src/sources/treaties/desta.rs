//! DESTA's list of trade agreements, a row for each pair of parties and each step.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use bilat_model::evidence::{Locator, Tie, TieDetails, TieKind};
use bilat_model::{Pair, Period};
use calamine::{Data, Range, Reader, Xlsx};

use crate::{Context, Name, SourceError, cell_name};

const FILE: &str = "desta_list_of_treaties_02_02_dyads.xlsx";
const SHEET: &str = "data";

/// The year of the version of the list.
const AS_OF: Period = Period::Year(2023);

/// One pair's part in one agreement, over all its steps.
struct Part {
    signed: i16,
    in_force: Option<i16>,
    bilateral: bool,
    /// The row of the earliest step.
    at: Locator,
}

/// A row of the list.
struct Step {
    pair: Pair,
    agreement: String,
    /// The agreement itself rather than an accession to it or a consolidated text.
    base: bool,
    name: String,
    year: i16,
    in_force: Option<i16>,
    bilateral: bool,
}

pub(super) fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let (file, range, columns) = open(context)?;
    let mut names = BTreeMap::<String, Vec<(bool, String)>>::new();
    let mut parts = BTreeMap::<(Pair, String), Part>::new();
    let top = range.start().map_or(0, |(row, _)| row as usize);
    for (i, cells) in range.rows().enumerate().skip(1) {
        context.seen(&file);
        let at = Locator::Pointer(cell_name(SHEET, top + i, 0));
        let get = |column: &str| {
            let found = columns.iter().position(|c| c == column);
            found
                .and_then(|p| cells.get(p))
                .map(text)
                .unwrap_or_default()
        };
        let Some(step) = step(context, &file, &at, &get) else {
            continue;
        };
        names
            .entry(step.agreement.clone())
            .or_default()
            .push((step.base, step.name));
        let part = Part {
            signed: step.year,
            in_force: step.in_force,
            bilateral: step.bilateral,
            at,
        };
        match parts.entry((step.pair, step.agreement)) {
            std::collections::btree_map::Entry::Vacant(e) => {
                e.insert(part);
                context.keep(&file);
            }
            std::collections::btree_map::Entry::Occupied(mut e) => {
                context.leave_out(&file, "a further step of the same agreement");
                e.get_mut().join(part);
            }
        }
    }
    let names: BTreeMap<String, String> = names
        .into_iter()
        .map(|(id, all)| (id, name(&all)))
        .collect();
    for ((pair, agreement), part) in parts {
        let what = names.get(&agreement).cloned().unwrap_or_default();
        let at = part.at.clone();
        context.tie(pair, &file, at, part.tie(pair, what));
    }
    Ok(())
}

impl Part {
    /// Adds a step: the earliest dates count.
    fn join(&mut self, other: Self) {
        if other.signed < self.signed {
            (self.signed, self.at) = (other.signed, other.at);
        }
        self.in_force = match (self.in_force, other.in_force) {
            (Some(x), Some(y)) => Some(x.min(y)),
            (x, y) => x.or(y),
        };
        self.bilateral |= other.bilateral;
    }

    fn tie(self, pair: Pair, what: String) -> Tie {
        let in_force = self.in_force.map(Period::Year);
        let status = match in_force {
            // The list does not say whether it still is.
            Some(_) => "entered into force",
            None => "signed",
        };
        Tie {
            kind: TieKind::Treaty,
            from: pair.a(),
            to: pair.b(),
            what,
            since: in_force,
            until: None,
            as_of: Some(AS_OF),
            details: TieDetails::Treaty {
                type_name: "trade agreement".to_owned(),
                status: status.to_owned(),
                signed: Some(Period::Year(self.signed)),
                in_force,
                bilateral: self.bilateral,
            },
        }
    }
}

/// The file's name, its sheet and the sheet's columns.
type Sheet = (Arc<str>, Range<Data>, Vec<String>);

/// The sheet with its columns, which must be those of the card.
fn open(context: &mut Context<'_>) -> Result<Sheet, SourceError> {
    let (file, bytes) = context.bytes(FILE)?;
    let sheet = Xlsx::new(Cursor::new(bytes)).and_then(|mut x| x.worksheet_range(SHEET));
    let range = sheet.map_err(|e| context.structure(FILE, SHEET, e.to_string()))?;
    let header = range.rows().next().unwrap_or_default();
    let found: Vec<String> = header.iter().map(text).collect();
    let card = context.card.files.iter().find(|f| f.path == FILE);
    let expected: Vec<String> = card
        .map(|f| f.columns.iter().map(|c| c.name.clone()).collect())
        .unwrap_or_default();
    if found != expected {
        let reason = format!(
            "the columns are {found:?} where the card has {expected:?}; handle or ignore each in \
             source.toml"
        );
        return Err(context.structure(FILE, &cell_name(SHEET, 0, 0), reason));
    }
    Ok((file, range, found))
}

/// A cell as text; whole numbers without a decimal.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Float(f) if f.fract() == 0.0 => format!("{f:.0}"),
        other => other.to_string().trim().to_owned(),
    }
}

/// A row as a step; `None` after counting why it is none.
fn step(
    context: &mut Context<'_>,
    file: &Arc<str>,
    at: &Locator,
    get: &impl Fn(&str) -> String,
) -> Option<Step> {
    let x = context.country(&get("country1"));
    let y = context.country(&get("country2"));
    for (found, column, code) in [(x, "country1", "iso1"), (y, "country2", "iso2")] {
        if let Name::Country(c) = found
            && let Some(numeric) = context.registry.info(c).and_then(|i| i.numeric)
            && get(code) != numeric.to_string()
        {
            let reason = format!("{} has the code {numeric}, not {}", get(column), get(code));
            context.skip(file, at.clone(), reason);
            return None;
        }
    }
    let pair = context.pair(file, at, x, y)?;
    let year = get("year").parse().ok();
    let in_force = match get("entryforceyear").as_str() {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    };
    let base = match get("entry_type").as_str() {
        "base_treaty" => Some(true),
        "accession" | "consolidated" => Some(false),
        _ => None,
    };
    let (Some(year), Some(in_force), Some(base)) = (year, in_force, base) else {
        let reason = format!(
            "a year or type that is none: “{}”, “{}”, “{}”",
            get("year"),
            get("entryforceyear"),
            get("entry_type")
        );
        context.skip(file, at.clone(), reason);
        return None;
    };
    Some(Step {
        pair,
        agreement: get("base_treaty"),
        base,
        name: get("name"),
        year,
        in_force,
        bilateral: get("typememb") == "1",
    })
}

/// The name of an agreement: its own, or where the list has only later steps, what their names
/// begin with.
fn name(all: &[(bool, String)]) -> String {
    if let Some((_, name)) = all.iter().find(|(base, _)| *base) {
        return name.clone();
    }
    let mut names = all
        .iter()
        .map(|(_, n)| n.strip_suffix(" (consolidated)").unwrap_or(n));
    let first = names.next().unwrap_or_default();
    let mut words: Vec<&str> = first.split(' ').collect();
    for other in names {
        let same = words
            .iter()
            .zip(other.split(' '))
            .take_while(|(x, y)| **x == *y);
        let n = same.count();
        words.truncate(n);
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn an_agreement_without_its_own_row_is_named_by_its_steps() {
        let of = |all: &[(bool, &str)]| {
            let all: Vec<_> = all.iter().map(|(b, n)| (*b, (*n).to_owned())).collect();
            name(&all)
        };
        assert_eq!(of(&[(false, "X accession of A"), (true, "X")]), "X");
        assert_eq!(of(&[(false, "Community (consolidated)")]), "Community");
        assert_eq!(
            of(&[
                (false, "Community (C) Angola accession"),
                (false, "Community (C) Seychelles accession")
            ]),
            "Community (C)"
        );
    }
}
