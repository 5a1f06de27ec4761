//! What a document tells, as evidence: named, cited to the byte, beside that of the sources.
//!
//! A told event is an [`Event`] and a told tie is a [`Tie`], so that they stand among those of the
//! sources; what a text adds to them is in their details. A told figure is a statement of its own,
//! [`Statement::Told`].

use std::collections::BTreeMap;

use crate::document::Span;
use crate::evidence::{EventDetails, Locator, TieDetails, TieKind};
use crate::source::SourceId;
use crate::told::{self, Extraction, SOURCE};
use crate::{Citation, Event, Evidence, EvidenceId, Pair, Statement, Tie};

/// How many hexadecimal digits of a document's SHA-256 stand in names and citations.
pub const SHORT: usize = 16;

/// The part of a document's SHA-256 that stands in names and citations.
#[must_use]
pub fn short(sha256: &str) -> &str {
    sha256.get(..SHORT).unwrap_or(sha256)
}

/// All that a document tells about the extraction's pair: figures, then events, then ties, each in
/// the order of the text. `sha256` is the document's.
#[must_use]
pub fn of(sha256: &str, told: &Extraction) -> Vec<Evidence> {
    let document = short(sha256);
    let figures = told
        .figures
        .iter()
        .map(|f| Statement::Told(Box::new(f.clone())));
    let events = told.events.iter().map(|e| Statement::Event(event(e)));
    let ties = told.ties.iter().map(|t| Statement::Tie(tie(told.pair, t)));
    let mut taken: BTreeMap<EvidenceId, usize> = BTreeMap::new();
    figures
        .chain(events)
        .chain(ties)
        .map(|statement| {
            let name = EvidenceId::told(told.pair, document, &statement, 0);
            let ordinal = taken.entry(name).or_default();
            let id = EvidenceId::told(told.pair, document, &statement, *ordinal);
            *ordinal += 1;
            let span = statement.quoted().map_or(Span::new(0, 0), |(s, _)| s);
            Evidence {
                id,
                pair: told.pair,
                citation: Citation {
                    source: SourceId::new(SOURCE),
                    file: document.into(),
                    at: Locator::Span(span),
                },
                statement,
            }
        })
        .collect()
}

/// A told event among those of the sources. A month or a day without a year stays in the details
/// alone.
#[must_use]
pub fn event(e: &told::Event) -> Event {
    Event {
        kind: e.kind,
        date: e.date.and_then(|d| d.period()),
        what: e.what.clone(),
        details: EventDetails::Told(Box::new(e.clone())),
    }
}

/// A told tie among those of the sources; from the first participant of the pair to the other.
#[must_use]
pub fn tie(pair: Pair, t: &told::Tie) -> Tie {
    let first = t.participants.iter().find(|c| pair.has(**c));
    let from = first.copied().unwrap_or(pair.a());
    Tie {
        // Either vocabulary has the other's words for what texts tell.
        kind: t.kind.code().parse().unwrap_or(TieKind::Other),
        from,
        to: pair.other(from).unwrap_or(pair.b()),
        what: t.what.clone(),
        since: t.since.and_then(|s| s.period()),
        until: None,
        as_of: None,
        details: TieDetails::Told(Box::new(t.clone())),
    }
}
