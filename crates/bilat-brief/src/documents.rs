//! What the user's documents tell of a pair, beside the snapshot's evidence.
//!
//! Plain values: whoever keeps the documents fills them in. An event told several times is one
//! [`Item`] with the other tellings beside it; copies of one report share an
//! [`origin`](DocumentInfo::origin), so that echoes are not counted as confirmations.

use std::collections::{BTreeMap, BTreeSet};

use bilat_model::document::{DocumentInfo, Span};
use bilat_model::evidence::{Evidence, EvidenceId, Statement};
use bilat_model::{Period, told};
use jiff::civil::Date;
use serde::Serialize;

/// What the documents tell of a pair; nothing by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents {
    /// Each piece of evidence once.
    pub items: Vec<Item>,
    /// The documents that tell of the pair.
    pub documents: Vec<DocumentInfo>,
}

/// A piece of evidence, with other tellings of the same event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The evidence. Of an event told several times, the most exact telling.
    pub evidence: Evidence,
    /// Other tellings of the event.
    pub also: Vec<Evidence>,
}

impl Item {
    /// All tellings, the most exact first.
    pub fn tellings(&self) -> impl Iterator<Item = &Evidence> {
        std::iter::once(&self.evidence).chain(&self.also)
    }
}

impl Documents {
    /// Whether nothing is told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The document that a piece of evidence stands in.
    #[must_use]
    pub fn of(&self, evidence: &Evidence) -> Option<&DocumentInfo> {
        self.by_short(&evidence.citation.file)
    }

    /// A document by the name that citations call it by.
    #[must_use]
    pub fn by_short(&self, short: &str) -> Option<&DocumentInfo> {
        self.documents.iter().find(|d| d.short() == short)
    }

    /// How many origins stand behind these pieces of evidence: five echoes of one report are one.
    #[must_use]
    pub fn origins<'e>(&self, evidence: impl IntoIterator<Item = &'e Evidence>) -> usize {
        let known = evidence.into_iter().filter_map(|e| self.of(e));
        known
            .map(|d| d.origin.as_str())
            .collect::<BTreeSet<_>>()
            .len()
    }

    /// Every telling, in order.
    pub fn evidence(&self) -> impl Iterator<Item = &Evidence> {
        self.items.iter().flat_map(Item::tellings)
    }

    /// The newest day that a document speaks from.
    #[must_use]
    pub fn newest(&self) -> Option<Period> {
        let days = self.documents.iter().filter_map(DocumentInfo::day);
        days.max().map(Period::Day)
    }

    /// The documents as they stood at the end of a day: those published or met later are left
    /// out with all that they tell. Of an event, another telling takes the place of one that is
    /// left out.
    #[must_use]
    pub fn as_of(mut self, last: Date) -> Self {
        self.documents
            .retain(|d| d.day().is_none_or(|day| day <= last));
        let kept: BTreeSet<String> = self
            .documents
            .iter()
            .map(|d| d.short().to_owned())
            .collect();
        self.items = self
            .items
            .into_iter()
            .filter_map(|item| {
                let mut tellings = std::iter::once(item.evidence)
                    .chain(item.also)
                    .filter(|e| kept.contains(&*e.citation.file) && holds(e, last));
                Some(Item {
                    evidence: tellings.next()?,
                    also: tellings.collect(),
                })
            })
            .collect();
        self
    }
}

/// Whether what is told had come about by then, or was ahead: a plan, a target, a forecast.
fn holds(evidence: &Evidence, last: Date) -> bool {
    match &evidence.statement {
        Statement::Told(f) => f.status.is_some() || f.period.is_none_or(|p| p.first() <= last),
        _ => true,
    }
}

/// A document as the brief's list of sources has it, after the sources with cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CitedDocument {
    /// Its number; those of the sources come first.
    pub number: usize,
    /// `doc:` and the first digits of the hash.
    pub id: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many bytes.
    pub bytes: usize,
    /// `text/html`, …
    pub media_type: String,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day of its publication.
    pub published: Option<Date>,
    /// Its address.
    pub url: Option<String>,
    /// What copies of one report share.
    pub origin: String,
    /// What of it the brief rests on, by the names that sentences and cells have.
    pub cited: Vec<CitedSpan>,
}

/// A place in a document that the brief rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CitedSpan {
    /// The evidence's name.
    pub id: EvidenceId,
    /// Bytes of the document's text.
    pub span: Span,
    /// Those bytes.
    pub quote: String,
    /// What was read there, as [`Statement`].
    pub statement: Statement,
}

/// The documents of these evidence names, numbered as `numbers` has them by their short names.
pub(crate) fn cited(
    documents: &Documents,
    numbers: &BTreeMap<String, usize>,
    names: &BTreeSet<EvidenceId>,
) -> Vec<CitedDocument> {
    let mut out: Vec<CitedDocument> = documents
        .documents
        .iter()
        .filter_map(|d| {
            let number = *numbers.get(d.short())?;
            let of = documents
                .evidence()
                .filter(|e| &*e.citation.file == d.short());
            let cited = of.filter(|e| names.contains(&e.id)).filter_map(|e| {
                let (span, quote) = e.statement.quoted()?;
                Some(CitedSpan {
                    id: e.id.clone(),
                    span,
                    quote: quote.to_owned(),
                    statement: e.statement.clone(),
                })
            });
            Some(CitedDocument {
                number,
                id: format!("doc:{}", d.short()),
                sha256: d.sha256.clone(),
                bytes: d.bytes,
                media_type: d.media_type.clone(),
                title: d.title.clone(),
                author: d.author.clone(),
                publisher: d.publisher.clone(),
                published: d.published,
                url: d.url.clone(),
                origin: d.origin.clone(),
                cited: cited.collect(),
            })
        })
        .collect();
    out.sort_by_key(|d| d.number);
    out
}

/// Whether a citation is of a document.
pub(crate) fn is_document(citation: &bilat_model::Citation) -> bool {
    citation.source.0.as_ref() == told::SOURCE
}
