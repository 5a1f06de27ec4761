//! What an example takes as known.

use std::collections::BTreeMap;

use bilat_model::evidence::{
    Citation, Event as KnownEvent, EventDetails, EventKind, Figure as KnownFigure, Locator,
    Tie as KnownTie, TieDetails, TieKind,
};
use bilat_model::profile::{Membership, MembershipKind};
use bilat_model::source::SourceId;
use bilat_model::told::{FigureKind, When};
use bilat_model::{Country, Decimal, Evidence, EvidenceId, Measure, Pair, Period, Statement};
use jiff::civil::Date;
use serde::Deserialize;

use super::told::{Places, ToldEvent, known_figure, way};
use crate::{Known, KnownSource};

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum KnownItem {
    /// A figure of a statistical source: goods told by one side's books.
    Goods {
        source: String,
        way: String,
        book: Country,
        period: Period,
        value: Decimal,
    },
    /// A figure of another document.
    Document {
        title: String,
        published: Date,
        measure: Measure,
        way: String,
        period: Period,
        value: Decimal,
    },
    /// A figure as another document tells it.
    Told {
        title: String,
        published: Date,
        kind: FigureKind,
        #[serde(default)]
        way: Option<String>,
        value: String,
        #[serde(default)]
        period: Option<Period>,
        #[serde(default)]
        product: Option<String>,
        #[serde(default)]
        alt: Vec<String>,
    },
    /// An event as another document tells it.
    Event {
        title: String,
        published: Date,
        kind: EventKind,
        date: When,
        #[serde(default)]
        host: Option<Country>,
        #[serde(default)]
        office: Option<String>,
        #[serde(default)]
        of: Option<Country>,
        #[serde(default)]
        persons: Vec<String>,
    },
    /// A visit that a source has.
    Visit {
        by: Country,
        host: Country,
        office: String,
        date: Period,
    },
    /// A date of diplomatic relations.
    Relations { stated_by: Country, date: Period },
    /// A treaty.
    Treaty { what: String, signed: Period },
    /// A seat.
    Seat {
        country: Country,
        body: String,
        since: Period,
        #[serde(default)]
        until: Option<Period>,
    },
}

/// What [`Known`] borrows.
#[derive(Clone, Debug, Default)]
pub(super) struct Store {
    evidence: Vec<Evidence>,
    sources: BTreeMap<SourceId, KnownSource>,
    memberships: Vec<Membership>,
}

impl Store {
    pub(super) fn known(&self) -> Known<'_> {
        Known {
            evidence: &self.evidence,
            sources: &self.sources,
            memberships: &self.memberships,
        }
    }
}

impl KnownItem {
    pub(super) fn put(&self, pair: Pair, store: &mut Store) -> Result<(), String> {
        let number = store.evidence.len();
        let mut cite = |id: &str, source: KnownSource| {
            let id = SourceId::new(id);
            store.sources.insert(id.clone(), source);
            Citation {
                source: id,
                file: "file".into(),
                at: Locator::Line(2),
            }
        };
        let plain = |title: &str| KnownSource {
            title: title.to_owned(),
            date: Some("2021".to_owned()),
            document: false,
            published: None,
        };
        let (statement, citation) = match self {
            Self::Goods {
                source,
                way: told,
                book,
                period,
                value,
            } => {
                let (from, to) = way(pair, Some(told))?;
                let sold = *book == from;
                let figure = KnownFigure {
                    measure: if sold {
                        Measure::Exports
                    } else {
                        Measure::Imports
                    },
                    from,
                    to,
                    reporter: Some(*book),
                    product: None,
                    period: Some(*period),
                    value: *value,
                    valuation: None,
                };
                (Statement::Figure(figure), cite(source, plain(source)))
            }
            Self::Document {
                title,
                published,
                measure,
                way: told,
                period,
                value,
            } => {
                let (from, to) = way(pair, Some(told))?;
                let figure = KnownFigure {
                    measure: *measure,
                    from,
                    to,
                    reporter: None,
                    product: None,
                    period: Some(*period),
                    value: *value,
                    valuation: None,
                };
                let source = KnownSource {
                    title: title.clone(),
                    date: Some(published.to_string()),
                    document: true,
                    published: Some(*published),
                };
                (Statement::Figure(figure), cite(title, source))
            }
            Self::Told {
                title,
                published,
                kind,
                way,
                value,
                period,
                product,
                alt,
            } => {
                let mut told = known_figure(*kind, way.as_deref(), value, *period, product.clone());
                told.alt.clone_from(alt);
                let text = format!("{value} {}", alt.join(" "));
                let figure = told.figure(pair, &mut Places { text: &text, at: 0 })?;
                let source = KnownSource {
                    title: title.clone(),
                    date: Some(published.to_string()),
                    document: true,
                    published: Some(*published),
                };
                (Statement::Told(Box::new(figure)), cite(title, source))
            }
            Self::Event {
                title,
                published,
                kind,
                date,
                host,
                office,
                of,
                persons,
            } => {
                let told = ToldEvent {
                    kind: *kind,
                    at: title.clone(),
                    date: Some(*date),
                    end: None,
                    planned: false,
                    host: *host,
                    office: office.clone(),
                    of: *of,
                    persons: persons.clone(),
                };
                let told = told.event(pair, &mut Places { text: title, at: 0 })?;
                let source = KnownSource {
                    title: title.clone(),
                    date: Some(published.to_string()),
                    document: true,
                    published: Some(*published),
                };
                let event = bilat_model::told_evidence::event(&told);
                (Statement::Event(event), cite(title, source))
            }
            Self::Visit {
                by,
                host,
                office,
                date,
            } => {
                let event = KnownEvent {
                    kind: EventKind::Visit,
                    date: Some(*date),
                    what: "visit".to_owned(),
                    details: EventDetails::Visit {
                        by: *by,
                        host: *host,
                        office: office.clone(),
                        level: "visit".to_owned(),
                    },
                };
                let source = plain("Notes on foreign relations");
                (Statement::Event(event), cite("foreign_relations", source))
            }
            Self::Relations { stated_by, date } => {
                let event = KnownEvent {
                    kind: EventKind::DiplomaticRelations,
                    date: Some(*date),
                    what: "diplomatic relations established".to_owned(),
                    details: EventDetails::Relations {
                        stated_by: *stated_by,
                    },
                };
                let source = plain("Lists of diplomatic relations");
                (
                    Statement::Event(event),
                    cite("diplomatic_relations", source),
                )
            }
            Self::Treaty { what, signed } => {
                let tie = KnownTie {
                    kind: TieKind::Treaty,
                    from: pair.a(),
                    to: pair.b(),
                    what: what.clone(),
                    since: None,
                    until: None,
                    as_of: None,
                    details: TieDetails::Treaty {
                        type_name: String::new(),
                        status: String::new(),
                        signed: Some(*signed),
                        in_force: None,
                        bilateral: true,
                    },
                };
                (Statement::Tie(tie), cite("treaties", plain("Treaties")))
            }
            Self::Seat {
                country,
                body,
                since,
                until,
            } => {
                let citation = cite("security_council", plain("Members of the Security Council"));
                store.memberships.push(Membership {
                    country: *country,
                    organisation: body.clone(),
                    name: body.clone(),
                    kind: MembershipKind::Seat,
                    since: Some(*since),
                    until: *until,
                    citation,
                });
                return Ok(());
            }
        };
        let id = EvidenceId::of(pair, &citation.source, &statement, number);
        store.evidence.push(Evidence {
            id,
            pair,
            statement,
            citation,
        });
        Ok(())
    }
}
