//! What reading and checking a document needs, made once for all of them.

use std::collections::BTreeMap;

use bilat_check::{Known, KnownSource};
use bilat_document::{Hints, Limits};
use bilat_extract::Extractor;
use bilat_model::document::{Document, Origin};
use bilat_model::profile::{City, Membership};
use bilat_model::source::SourceId;
use bilat_model::told::Extraction;
use bilat_model::{Pair, Period, Registry};
use bilat_publish::findings::{Checked, CheckedPair};
use bilat_snapshot::Snapshot;
use jiff::civil::Date;

use crate::failure::Failure;
use crate::input::Input;

/// A text is read for so many pairs at most, unless others are asked for.
const PAIRS: usize = 6;

/// The rules, and what is known apart from a text.
pub(crate) struct Reader<'a> {
    snapshot: &'a Snapshot,
    extractor: Extractor,
    sources: BTreeMap<SourceId, KnownSource>,
    memberships: Vec<Membership>,
    limits: Limits,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, registry: &Registry) -> Result<Self, Failure> {
        Ok(Self {
            snapshot,
            extractor: Extractor::new(registry, &cities(snapshot, registry)?)
                .map_err(Failure::new)?,
            sources: sources(snapshot)?,
            memberships: snapshot.memberships()?,
            limits: Limits::default(),
        })
    }

    /// The most bytes that a document may have.
    pub(crate) fn most(&self) -> usize {
        self.limits.bytes
    }

    /// Bytes to a document: text, blocks, metadata.
    pub(crate) fn read(&self, input: &Input, published: Option<Date>) -> Result<Document, Failure> {
        let hints = Hints {
            name: (input.name != "-").then_some(input.name.as_str()),
            url: input.url(),
            published,
            ..Hints::default()
        };
        bilat_document::read(&input.bytes, &hints, &self.limits)
            .map_err(|e| Failure::new(format!("{}: {e}", input.name)))
    }

    /// The pairs that a document is about, the main one first: those that weigh at least a
    /// quarter of it, and no more than [`PAIRS`].
    pub(crate) fn pairs(&self, document: &Document) -> Vec<Pair> {
        let all = self.extractor.pairs(document);
        let main = all.first().map_or(0, |(_, weight)| *weight);
        all.into_iter()
            .take_while(|(_, weight)| *weight >= main.div_ceil(4))
            .map(|(pair, _)| pair)
            .take(PAIRS)
            .collect()
    }

    /// A document to evidence and findings about one pair.
    pub(crate) fn check(&self, document: &Document, pair: Pair) -> Result<CheckedPair, Failure> {
        let extraction = self.extractor.extract(document, pair);
        let evidence = self.snapshot.pair(pair)?;
        let seats = self.memberships.iter().filter(|m| pair.has(m.country));
        let memberships: Vec<Membership> = seats.cloned().collect();
        let known = Known {
            evidence: &evidence,
            sources: &self.sources,
            memberships: &memberships,
        };
        let findings = bilat_check::check(&extraction, &document.text, &known);
        Ok(CheckedPair {
            extraction,
            findings,
        })
    }
}

/// The cities of all countries, by which a text may name them.
fn cities(snapshot: &Snapshot, registry: &Registry) -> Result<Vec<City>, Failure> {
    let mut out = Vec::new();
    for country in registry.countries() {
        out.extend(
            snapshot
                .profile(country.code)?
                .map(|p| p.cities)
                .unwrap_or_default(),
        );
    }
    Ok(out)
}

/// The snapshot's sources as a finding names them.
fn sources(snapshot: &Snapshot) -> Result<BTreeMap<SourceId, KnownSource>, Failure> {
    // The newest of a source's files.
    let mut states: BTreeMap<SourceId, Period> = BTreeMap::new();
    for v in snapshot.vintages()? {
        let state = states.entry(v.source).or_insert(v.vintage);
        *state = v.vintage.max(*state);
    }
    let cards = bilat_sources::cards()?;
    Ok(cards
        .into_iter()
        .map(|card| {
            let known = KnownSource {
                title: card.short.clone(),
                date: states.get(&card.id).map(Period::to_string),
                document: false,
                published: None,
            };
            (card.id, known)
        })
        .collect())
}

/// Whether anything was read.
pub(crate) fn tells(e: &Extraction) -> bool {
    !(e.figures.is_empty() && e.events.is_empty() && e.ties.is_empty())
}

/// A document with all that came of it.
pub(crate) fn checked(input: Input, document: Document, pairs: Vec<CheckedPair>) -> Checked {
    // Lines and columns are those of the file only where it is text of the same encoding.
    let source = match document.origin {
        Origin::Runs(_) => String::from_utf8(input.bytes).ok(),
        _ => None,
    };
    Checked {
        name: input.name,
        document,
        input: source,
        pairs,
    }
}
