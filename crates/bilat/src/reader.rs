//! What reading and checking a document needs, made once for all of them.

use std::collections::{BTreeMap, BTreeSet};

use bilat_check::{Known, KnownSource};
use bilat_document::{Hints, Limits};
use bilat_extract::Extractor;
use bilat_model::document::{Document, Origin};
use bilat_model::profile::City;
use bilat_model::registry::fold;
use bilat_model::source::SourceId;
use bilat_model::told::Extraction;
use bilat_model::{Pair, Period, Registry};
use bilat_publish::findings::{Checked, CheckedPair, Proposed};
use bilat_snapshot::Snapshot;
use bilat_workspace::Workspace;
use jiff::civil::Date;

use crate::failure::Failure;
use crate::input::Input;
use crate::llm::Model;
use crate::workspace::{self, Beside};

/// A text is read for so many pairs at most, unless others are asked for.
const PAIRS: usize = 6;

/// How much of a document is read.
pub(crate) fn limits() -> Limits {
    Limits::default()
}

/// Bytes to a document: text, blocks, metadata.
pub(crate) fn document(input: &Input, published: Option<Date>) -> Result<Document, Failure> {
    let hints = Hints {
        name: (input.name != "-").then_some(input.name.as_str()),
        url: input.url.as_deref(),
        media_type: input.media_type.as_deref(),
        charset: input.charset.as_deref(),
        published,
        ..Hints::default()
    };
    bilat_document::read(&input.bytes, &hints, &limits())
        .map_err(|e| Failure::new(format!("{}: {e}", input.name)))
}

/// What a document tells of a pair, and what a model that was asked proposed.
pub(crate) struct Told {
    pub(crate) extraction: Extraction,
    pub(crate) proposed: Option<Proposed>,
}

/// The rules, and what is known apart from a text.
pub(crate) struct Reader<'a> {
    snapshot: &'a Snapshot,
    workspace: Option<&'a Workspace>,
    extractor: Extractor,
    model: Option<Model>,
    sources: BTreeMap<SourceId, KnownSource>,
}

impl<'a> Reader<'a> {
    /// For these documents alone: of the world's cities it knows those whose names stand in them.
    pub(crate) fn of(
        snapshot: &'a Snapshot,
        registry: &Registry,
        workspace: Option<&'a Workspace>,
        documents: &[&Document],
    ) -> Result<Self, Failure> {
        let mut words = BTreeSet::new();
        for document in documents {
            let plain = fold(bilat_document::skeleton(&document.text).text());
            words.extend(plain.split(' ').map(str::to_owned));
        }
        let mut cities = snapshot.cities()?;
        cities.retain(|c| {
            let name = fold(&c.name);
            name.split(' ').all(|w| words.contains(w))
        });
        Self::with(snapshot, registry, workspace, &cities)
    }

    /// Beside the rules, this model is asked.
    #[must_use]
    pub(crate) fn and(mut self, model: Option<Model>) -> Self {
        self.model = model;
        self
    }

    /// For any document.
    pub(crate) fn new(snapshot: &'a Snapshot, registry: &Registry) -> Result<Self, Failure> {
        Self::with(snapshot, registry, None, &snapshot.cities()?)
    }

    fn with(
        snapshot: &'a Snapshot,
        registry: &Registry,
        workspace: Option<&'a Workspace>,
        cities: &[City],
    ) -> Result<Self, Failure> {
        Ok(Self {
            snapshot,
            workspace,
            extractor: Extractor::new(registry, cities).map_err(Failure::new)?,
            model: None,
            sources: sources(snapshot)?,
        })
    }

    /// What a document tells: of the pairs asked for, else of those found in it. Of these the main
    /// one is kept whatever it tells, the others when they tell anything.
    pub(crate) fn told(&self, document: &Document, asked: &[Pair]) -> Vec<Told> {
        let pairs = match asked {
            [] => self.pairs(document),
            asked => asked.to_vec(),
        };
        let told = pairs.iter().map(|pair| self.read(document, *pair));
        let keep = |(n, t): &(usize, Told)| *n == 0 || !asked.is_empty() || tells(&t.extraction);
        told.enumerate().filter(keep).map(|(_, t)| t).collect()
    }

    /// What a document tells of a pair by the rules and, when one is asked, a model.
    fn read(&self, document: &Document, pair: Pair) -> Told {
        let rules = self.extract(document, pair);
        match &self.model {
            None => Told {
                extraction: rules,
                proposed: None,
            },
            Some(model) => {
                let (extraction, proposed) = model.read(rules, document, &self.extractor);
                let proposed = Some(proposed);
                Told {
                    extraction,
                    proposed,
                }
            }
        }
    }

    /// What a document tells of a pair by the rules.
    pub(crate) fn extract(&self, document: &Document, pair: Pair) -> Extraction {
        self.extractor.extract(document, pair)
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

    /// A document to evidence and findings about one pair: held against itself, the embedded
    /// statistics and lists, and the other documents of the workspace.
    pub(crate) fn check(&self, document: &Document, pair: Pair) -> Result<CheckedPair, Failure> {
        let Told {
            extraction,
            proposed,
        } = self.read(document, pair);
        let mut evidence = self.snapshot.pair(pair)?;
        let mut sources = self.sources.clone();
        let beside = match self.workspace {
            Some(w) => workspace::beside(w, document, pair)?,
            None => Beside::default(),
        };
        evidence.extend(beside.evidence.iter().cloned());
        sources.extend(beside.sources.clone());
        let mut memberships = self.snapshot.memberships_of(pair.a())?;
        memberships.extend(self.snapshot.memberships_of(pair.b())?);
        let known = Known {
            evidence: &evidence,
            sources: &sources,
            memberships: &memberships,
        };
        let mut findings = bilat_check::check(&extraction, &document.text, &known);
        beside.without_echoes(&mut findings);
        Ok(CheckedPair {
            extraction,
            findings,
            proposed,
        })
    }
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
