//! The flow on one screen: what is known is loaded, analysed and composed.
//!
//! ```text
//! snapshot ──load──▶ world, dossier ──compose──▶ brief ──publish──▶ page
//! ```
//!
//! and, for a text that somebody else has written:
//!
//! ```text
//! bytes ──read──▶ document ──extract──▶ evidence ──check──▶ findings ──publish──▶ page
//!                                          └──add──▶ workspace ──▶ what later texts are held against
//! ```
//!
//! Reading sources into a snapshot is the other half; it stands in `commands/snapshot.rs`.

use std::collections::{BTreeMap, BTreeSet};

use bilat_analyse::Votes;
use bilat_brief::{Brief, Documents, Dossier, Options, Party, Salience, Wording, World};
use bilat_model::document::Document;
use bilat_model::registry::NotFound;
use bilat_model::{Country, Evidence, Pair, Period, Registry};
use bilat_publish::findings::Checked;
use bilat_snapshot::Snapshot;
use bilat_workspace::Workspace;
use jiff::civil::Date;

use crate::failure::Failure;
use crate::home;
use crate::input::Input;
use crate::reader::{self, Reader};
use crate::workspace;

/// The snapshot inside the program, or that of `$BILAT_SNAPSHOT`, under whatever was synced.
pub(crate) fn snapshot() -> Result<Snapshot, Failure> {
    let mut snapshot = base()?;
    let Some(synced) = home::dir().map(|d| d.join("synced")).filter(|d| d.is_dir()) else {
        return Ok(snapshot);
    };
    let unreadable = |e: std::io::Error| {
        Failure::new(format!("cannot read {}: {e}", synced.display()))
            .hint("mend the folder's permissions, or set BILAT_HOME to another one")
    };
    let mut layers = Vec::new();
    for entry in std::fs::read_dir(&synced).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.join(bilat_snapshot::MANIFEST).is_file() {
            layers.push(path);
        }
    }
    layers.sort();
    for layer in layers {
        snapshot = snapshot.with_overlay(&layer).map_err(|e| {
            Failure::new(e).hint(format!(
                "remove {} to go back to the data inside the program",
                layer.display()
            ))
        })?;
    }
    Ok(snapshot)
}

/// The snapshot without what was synced.
pub(crate) fn base() -> Result<Snapshot, Failure> {
    Ok(match home::snapshot() {
        Some(dir) => Snapshot::open(&dir)?,
        None => Snapshot::embedded()?,
    })
}

/// Two countries of which one follows the other after a comma.
pub(crate) fn pair_of(registry: &Registry, text: &str) -> Result<Pair, Failure> {
    match text.split(',').map(str::trim).collect::<Vec<_>>()[..] {
        [a, b] => pair(registry, a, b),
        _ => Err(Failure::new(format!("“{text}” is not a pair"))
            .hint("give two countries with a comma between them, such as KAZ,SVN")),
    }
}

/// A day that the user gave.
pub(crate) fn day(text: &str) -> Result<Date, Failure> {
    text.parse()
        .map_err(|_| Failure::new(format!("“{text}” is not a day")).hint("give it as 2024-05-17"))
}

/// Two countries by whatever the user calls them.
pub(crate) fn pair(registry: &Registry, a: &str, b: &str) -> Result<Pair, Failure> {
    let (a, b) = (country(registry, a)?, country(registry, b)?);
    Pair::new(a, b).map_err(|_| {
        Failure::new(format!("both names mean {}", registry.english(a)))
            .hint("a pair needs two different countries")
    })
}

/// A country by whatever the user calls it.
pub(crate) fn country(registry: &Registry, text: &str) -> Result<Country, Failure> {
    registry.find(text).map_err(|e| {
        let hint = match &e {
            NotFound::Unknown { suggestions, .. } if suggestions.is_empty() => {
                "give an English name or a three-letter code; `bilat sql \"select country, name from countries\"` lists all".to_owned()
            }
            NotFound::Unknown { suggestions, .. } => {
                let names: Vec<_> = suggestions.iter().map(|(c, n)| format!("{n} ({c})")).collect();
                format!("did you mean {}?", names.join(" or "))
            }
            NotFound::Ambiguous { candidates, .. } => {
                let names: Vec<_> = candidates.iter().map(|(c, n)| format!("{n} ({c})")).collect();
                format!("name one of them: {}", names.join(", "))
            }
        };
        Failure::new(e).hint(hint)
    })
}

/// A day or period that the user gave.
pub(crate) fn period(text: &str) -> Result<Period, Failure> {
    text.parse()
        .map_err(|e: bilat_model::period::BadPeriod| Failure::new(e))
}

/// What composing needs apart from the pair.
pub(crate) struct Desk {
    pub(crate) wording: Wording,
    pub(crate) salience: Salience,
}

impl Desk {
    pub(crate) fn new() -> Result<Self, Failure> {
        Ok(Self {
            wording: Wording::new(bilat_brief::wording::ENGLISH)?,
            salience: Salience::new(bilat_brief::salience::WEIGHTS).map_err(Failure::new)?,
        })
    }

    /// From what is known of a pair to its brief.
    pub(crate) fn brief(
        &self,
        mut dossier: Dossier<'_>,
        options: &Options,
    ) -> Result<Brief, Failure> {
        if let Some(day) = options.as_of {
            dossier = dossier.as_of(day);
        }
        Ok(bilat_brief::compose(
            &dossier,
            &self.wording,
            &self.salience,
            options,
        )?)
    }
}

/// The world with the votes and profiles of these countries, and with no roll call after
/// `until`.
pub(crate) fn world(
    snapshot: &Snapshot,
    registry: Registry,
    countries: &[Country],
    until: Option<Period>,
) -> Result<(World, BTreeMap<Country, Party>), Failure> {
    let mut voting = Vec::new();
    let mut parties = BTreeMap::new();
    for code in countries {
        voting.push(snapshot.voting(*code)?);
        if let Some(profile) = snapshot.profile(*code)? {
            parties.insert(
                *code,
                Party {
                    profile,
                    means: snapshot.agreement_means(*code)?,
                },
            );
        }
    }
    let mut calls = snapshot.roll_calls()?;
    if let Some(day) = until {
        // Roll calls stand in the order of their dates, so that what is left is a beginning.
        calls.retain(|c| c.date.first() <= day.last());
        let kept = calls.last().map_or(0, |c| c.index + 1);
        for record in &mut voting {
            record.votes.retain(|(index, _)| *index < kept);
        }
    }
    let votes = Votes::new(&calls, &voting).map_err(Failure::new)?;
    let world = World {
        registry,
        cards: bilat_sources::cards()?,
        vintages: snapshot.vintages()?,
        products: snapshot.products()?,
        outlines: snapshot.outlines()?,
        votes,
    };
    Ok((world, parties))
}

/// All that is known about a pair.
pub(crate) fn dossier<'a>(
    snapshot: &Snapshot,
    world: &'a World,
    parties: &'a BTreeMap<Country, Party>,
    pair: Pair,
    workspace: Option<&Workspace>,
) -> Result<Dossier<'a>, Failure> {
    Ok(Dossier {
        world,
        pair,
        sides: sides(parties, pair)?,
        evidence: snapshot.pair(pair)?,
        standings: snapshot.standings(pair)?,
        documents: match workspace {
            Some(w) => workspace::documents(w, pair)?,
            None => Documents::default(),
        },
    })
}

/// The same for pairs that follow each other in their order, read at once; `documents` are those
/// of the workspace, by pair.
pub(crate) fn dossiers<'a>(
    snapshot: &Snapshot,
    world: &'a World,
    parties: &'a BTreeMap<Country, Party>,
    pairs: &[Pair],
    documents: &BTreeMap<Pair, Documents>,
) -> Result<Vec<Dossier<'a>>, Failure> {
    let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else {
        return Ok(Vec::new());
    };
    let mut evidence = snapshot.pairs(*first, *last)?;
    let mut standings = snapshot.standings_of_pairs(*first, *last)?;
    let dossier = |pair: &Pair| {
        Ok(Dossier {
            world,
            pair: *pair,
            sides: sides(parties, *pair)?,
            evidence: evidence.remove(pair).unwrap_or_default(),
            standings: standings.remove(pair).unwrap_or_default(),
            documents: documents.get(pair).cloned().unwrap_or_default(),
        })
    };
    pairs.iter().map(dossier).collect()
}

fn sides(parties: &BTreeMap<Country, Party>, pair: Pair) -> Result<[&Party; 2], Failure> {
    let side = |c: Country| {
        parties
            .get(&c)
            .ok_or_else(|| Failure::new(format!("the snapshot knows no country {c}")))
    };
    Ok([side(pair.a())?, side(pair.b())?])
}

/// From two countries to their brief.
pub(crate) fn brief(
    snapshot: &Snapshot,
    registry: Registry,
    pair: Pair,
    options: &Options,
    workspace: Option<&Workspace>,
) -> Result<Brief, Failure> {
    let desk = Desk::new()?;
    let (world, parties) = world(snapshot, registry, &pair.both(), options.as_of)?;
    desk.brief(
        dossier(snapshot, &world, &parties, pair, workspace)?,
        options,
    )
}

/// What the sources said of a pair before a day: of a source synced on that day or later, what the
/// snapshot below says, since what was synced was not yet there.
pub(crate) fn evidence_before(
    snapshot: &Snapshot,
    pair: Pair,
    day: Date,
) -> Result<Vec<Evidence>, Failure> {
    let base = base()?;
    let old = base.vintages()?;
    let newer: BTreeSet<_> = snapshot
        .vintages()?
        .into_iter()
        .filter(|v| v.vintage.first() >= day && !old.contains(v))
        .map(|v| v.source)
        .collect();
    let mut evidence = snapshot.pair(pair)?;
    if !newer.is_empty() {
        evidence.retain(|e| !newer.contains(&e.citation.source));
        let below = base.pair(pair)?.into_iter();
        evidence.extend(below.filter(|e| newer.contains(&e.citation.source)));
    }
    Ok(evidence)
}

/// From a document to its findings: about the pairs asked for, else about those that it tells of.
pub(crate) fn checked(
    reader: &Reader<'_>,
    input: Input,
    document: Document,
    asked: &[Pair],
) -> Result<Checked, Failure> {
    let pairs = match asked {
        [] => reader.pairs(&document),
        asked => asked.to_vec(),
    };
    if pairs.is_empty() {
        return Err(
            Failure::new(format!("{}: no two countries are found in it", input.name))
                .hint("name them with --pair A,B"),
        );
    }
    let checked = pairs.iter().map(|pair| reader.check(&document, *pair));
    let mut checked = checked.collect::<Result<Vec<_>, _>>()?;
    if asked.is_empty() {
        // A pair that is only named beside the main one tells nothing.
        let mut first = true;
        checked.retain(|c| std::mem::take(&mut first) || reader::tells(&c.extraction));
    }
    Ok(reader::checked(input, document, checked))
}
