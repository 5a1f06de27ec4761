//! International organisations that a country belongs to.

use std::collections::{BTreeMap, BTreeSet};

use bilat_model::profile::{Membership, MembershipKind};
use serde::Deserialize;

use super::Entry;
use crate::markup::plain;
use crate::{Context, SourceError};

/// `organisations.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Organisations {
    kinds: BTreeMap<String, String>,
    aliases: BTreeMap<String, String>,
    left_out: BTreeMap<String, String>,
    names: BTreeMap<String, String>,
}

/// What an entry of a list comes to.
#[derive(Debug, PartialEq)]
pub(super) enum Belonging<'a> {
    /// A membership: code, name, kind.
    Member(&'a str, &'a str, MembershipKind),
    /// None, on purpose.
    LeftOut,
    /// An abbreviation or kind that is not in the data file.
    Unknown,
}

impl Organisations {
    /// The data file compiled in.
    pub(super) fn load(context: &Context<'_>) -> Result<Self, SourceError> {
        toml::from_str(include_str!("organisations.toml")).map_err(|e| SourceError::Data {
            source_id: context.card.id.to_string(),
            file: "organisations.toml",
            reason: e.to_string(),
        })
    }

    /// What `NAM (observer)` says.
    pub(super) fn belonging<'a>(&'a self, item: &'a str) -> Belonging<'a> {
        let (code, kind) = match item.strip_suffix(')').and_then(|i| i.split_once('(')) {
            Some((code, kind)) => (code.trim_end(), kind),
            None => (item, ""),
        };
        if self.left_out.contains_key(code) {
            return Belonging::LeftOut;
        }
        let code = self.aliases.get(code).map_or(code, String::as_str);
        let (Some(name), Some(kind)) = (self.names.get(code), self.kinds.get(kind)) else {
            return Belonging::Unknown;
        };
        match kind.parse() {
            Ok(kind) => Belonging::Member(code, name, kind),
            Err(_) => Belonging::LeftOut,
        }
    }

    /// Reads the memberships of a country.
    pub(super) fn read(&self, context: &mut Context<'_>, entry: &Entry<'_>) {
        let path = ["Government", "International organization participation"];
        let Some((raw, at)) = entry.text(&path) else {
            return;
        };
        let list = plain(raw);
        let mut told = BTreeSet::new();
        for item in items(&list) {
            let (code, name, kind) = match self.belonging(item) {
                Belonging::Member(code, name, kind) => (code, name, kind),
                Belonging::LeftOut => continue,
                Belonging::Unknown => {
                    context.seen(&entry.file);
                    let reason = format!("“{item}” is not in organisations.toml");
                    context.skip(&entry.file, at.clone(), reason);
                    continue;
                }
            };
            if !told.insert(code) {
                continue; // told twice, under an alias
            }
            let citation = context.cite(&entry.file, at.clone());
            context.records.memberships.push(Membership {
                country: entry.country,
                organisation: code.to_owned(),
                name: name.to_owned(),
                kind,
                since: None,
                until: None,
                citation,
            });
        }
    }
}

/// The entries of a list; a comma in brackets divides nothing. A sentence that leads into the
/// list ends in a colon.
pub(super) fn items(list: &str) -> Vec<&str> {
    let list = list.split_once(": ").map_or(list, |(_, rest)| rest);
    let mut out = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    for (i, c) in list.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' | ';' if depth == 0 => {
                out.push(list[start..i].trim());
                start = i + 1;
            }
            _ => {}
        }
    }
    out.push(list[start..].trim());
    out.retain(|i| !i.is_empty());
    out
}
