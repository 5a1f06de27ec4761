//! UNCTAD's list of investment treaties.

use std::collections::BTreeSet;
use std::sync::Arc;

use bilat_model::evidence::{Locator, Tie, TieDetails, TieKind};
use bilat_model::{Country, Pair, Period};
use serde::Deserialize;

use crate::{Context, Name, Row, SourceError};

const FILE: &str = "unctad_bits_2025-02.csv";

/// Ends of names that hold a comma: “Korea, Republic of”.
const TAILS: [&str; 9] = [
    "Bolivarian Republic of",
    "China SAR",
    "Dem. People's Rep. of",
    "Democratic Republic of the",
    "Federated States of",
    "Islamic Republic of",
    "Plurinational State of",
    "Republic of",
    "United Republic of",
];

/// A group whose members a treaty binds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bloc {
    name: String,
    members: Vec<Country>,
    /// From when on these are its members.
    since: Period,
    /// For the reader of the file.
    #[serde(rename = "why")]
    _why: String,
}

#[derive(Deserialize)]
struct Blocs {
    bloc: Vec<Bloc>,
}

/// A party: one country, or a bloc that acts as one.
type Party = Vec<Country>;

pub(super) fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let blocs: Blocs =
        toml::from_str(include_str!("blocs.toml")).map_err(|e| SourceError::Data {
            source_id: context.card.id.to_string(),
            file: "blocs.toml",
            reason: e.to_string(),
        })?;
    let mut table = context.table(FILE, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let (file, at) = (Arc::clone(&row.file), Locator::Line(row.line));
        let details = match treaty(&row) {
            Ok(t) => t,
            Err(reason) => {
                context.skip(&file, at, reason);
                continue;
            }
        };
        let names = split(row.get("parties"));
        let Some(parties) = parties(context, &file, &at, &names, &blocs.bloc, details.signed)
        else {
            continue;
        };
        let pairs = pairs(&parties);
        if pairs.is_empty() {
            context.leave_out(&file, "between groups whose members are not listed");
            continue;
        }
        context.keep(&file);
        let bilateral = names.len() == 2 && pairs.len() == 1;
        for pair in pairs {
            let tie = details.tie(context, pair, bilateral);
            context.tie(pair, &file, at.clone(), tie);
        }
    }
    Ok(())
}

/// What a record says besides its parties.
struct Treaty {
    title: String,
    type_name: &'static str,
    status: &'static str,
    signed: Option<Period>,
    in_force: Option<Period>,
    terminated: Option<Period>,
}

impl Treaty {
    fn tie(&self, context: &Context<'_>, pair: Pair, bilateral: bool) -> Tie {
        Tie {
            kind: TieKind::Treaty,
            from: pair.a(),
            to: pair.b(),
            what: self.title.clone(),
            since: self.in_force,
            until: self.terminated,
            as_of: Some(context.card.vintage),
            details: TieDetails::Treaty {
                type_name: self.type_name.to_owned(),
                status: self.status.to_owned(),
                signed: self.signed,
                in_force: self.in_force,
                bilateral,
            },
        }
    }
}

/// The treaty of a record, or why it cannot be told.
fn treaty(row: &Row<'_>) -> Result<Treaty, String> {
    let type_name = match row.get("type") {
        "BITs" => "bilateral investment treaty",
        "TIPs" => "treaty with investment provisions",
        other => return Err(format!("“{other}” is no type of treaty")),
    };
    let status = match row.get("status") {
        "In force" => "in force",
        "Signed (not in force)" => "signed",
        "Terminated" => "terminated",
        other => return Err(format!("“{other}” is no status")),
    };
    let date = |column: &str| match row.get(column) {
        "" => Ok(None),
        text => match text.parse() {
            Ok(Period::Day(d)) => Ok(Some(Period::Day(d))),
            _ => Err(format!("“{text}” is no {column}")),
        },
    };
    let title: Vec<&str> = row.get("short_title").split_whitespace().collect();
    if title.is_empty() {
        return Err("a treaty without a title".to_owned());
    }
    Ok(Treaty {
        title: title.join(" "),
        type_name,
        status,
        signed: date("date_of_signature")?,
        in_force: date("date_of_entry_into_force")?,
        terminated: date("termination_date")?,
    })
}

/// The names in a list whose separator also stands inside names.
pub(super) fn split(list: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for piece in list.split(", ").map(str::trim).filter(|p| !p.is_empty()) {
        let open = |s: &str| s.matches('(').count() > s.matches(')').count();
        match out.last_mut() {
            Some(last) if open(last) || TAILS.contains(&piece) => {
                last.push_str(", ");
                last.push_str(piece);
            }
            _ => out.push(piece.to_owned()),
        }
    }
    out
}

/// The parties whose countries are known; `None` after listing a name that is not resolved.
fn parties(
    context: &mut Context<'_>,
    file: &Arc<str>,
    at: &Locator,
    names: &[String],
    blocs: &[Bloc],
    signed: Option<Period>,
) -> Option<Vec<Party>> {
    let mut out = Vec::new();
    for name in names {
        if let Some(bloc) = blocs.iter().find(|b| b.name == *name) {
            if signed.is_some_and(|s| s.first() >= bloc.since.first()) {
                out.push(bloc.members.clone());
            }
            continue;
        }
        match context.country(name) {
            Name::Country(c) => out.push(vec![c]),
            Name::NotACountry => {}
            Name::Unresolved => {
                context.skip(file, at.clone(), format!("“{name}” is not resolved"));
                return None;
            }
        }
    }
    Some(out)
}

/// Each country of a party with each of another; a treaty of one bloc alone binds its members
/// to each other.
fn pairs(parties: &[Party]) -> BTreeSet<Pair> {
    let mut out = BTreeSet::new();
    if let [alone] = parties {
        for (i, x) in alone.iter().enumerate() {
            out.extend(alone[i + 1..].iter().filter_map(|y| Pair::new(*x, *y).ok()));
        }
    }
    for (i, one) in parties.iter().enumerate() {
        for other in &parties[i + 1..] {
            let each = one.iter().flat_map(|x| other.iter().map(move |y| (*x, *y)));
            out.extend(each.filter_map(|(x, y)| Pair::new(x, y).ok()));
        }
    }
    out
}
