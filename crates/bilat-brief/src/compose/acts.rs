//! What happened or is planned between the two, out of sources and documents alike: each act once,
//! with all that tells it.
//!
//! Of documents the tellings of one event come together already; here those of sources are put
//! beside them, and the two articles of a pair that tell the same.

use std::collections::BTreeSet;

use bilat_model::document::Span;
use bilat_model::evidence::{Event, EventDetails, EventKind, Evidence, Locator, Statement};
use bilat_model::{Country, Pair, Period, told};

use crate::documents::is_document;
use crate::dossier::Dossier;
use crate::offices;

/// What a kind of event does not say by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject<'a> {
    /// Nothing more.
    Plain,
    /// A mission opened or closed: its type in the source's words.
    Mission { type_name: &'a str, opened: bool },
    /// Relations broken off.
    Severed,
    /// Relations taken up again.
    Restored,
    /// One recognised the other.
    Recognition,
}

/// Something that happened or is planned.
#[derive(Clone, Debug)]
pub(crate) struct Act<'a> {
    pub(crate) kind: EventKind,
    pub(crate) subject: Subject<'a>,
    /// When; `None` when nothing tells a year.
    pub(crate) date: Option<Period>,
    /// Where.
    pub(crate) host: Option<Country>,
    /// Who came, opened, recognised.
    pub(crate) by: Option<Country>,
    /// The most senior office of those who came, by its place in the list.
    pub(crate) office: Option<usize>,
    /// Whether every telling of it lay before it.
    pub(crate) planned: bool,
    /// In a few words.
    pub(crate) what: &'a str,
    /// Towns.
    pub(crate) places: Vec<&'a str>,
    /// Organisations.
    pub(crate) bodies: Vec<&'a str>,
    /// What tells it, never empty.
    pub(crate) evidence: Vec<&'a Evidence>,
    /// Whether documents tell it.
    pub(crate) documented: bool,
}

impl Act<'_> {
    /// How many days its date leaves open; the most when there is none.
    fn open_days(&self) -> i32 {
        let days = self.date.and_then(|d| d.first().until(d.last()).ok());
        days.map_or(i32::MAX, |s| s.get_days())
    }
}

/// The source of events that encyclopaedia articles tell.
pub(crate) const ARTICLES: &str = "foreign_relations";

/// What its reader calls relations broken off, and taken up again.
const SEVERED: &str = "diplomatic relations broken off or suspended";
const RESTORED: &str = "diplomatic relations taken up again";

/// All acts, in the order of their dates, those without one last.
pub(crate) fn gather<'a>(dossier: &'a Dossier<'_>) -> Vec<Act<'a>> {
    let mut out: Vec<Act<'a>> = Vec::new();
    for item in &dossier.documents.items {
        if let Statement::Event(e) = &item.evidence.statement
            && let Some(mut act) = act(dossier.pair, &item.evidence, e)
        {
            act.evidence = item.tellings().collect();
            out.push(act);
        }
    }
    for evidence in &dossier.evidence {
        if let Statement::Event(e) = &evidence.statement
            && let Some(next) = act(dossier.pair, evidence, e)
        {
            match out.iter_mut().find(|a| same(a, &next)) {
                Some(known) => join(known, next),
                None => out.push(next),
            }
        }
    }
    out.sort_by(|x, y| {
        let key = |a: &Act<'_>| (a.date.is_none(), a.date, a.kind, a.office);
        key(x).cmp(&key(y)).then_with(|| {
            x.evidence
                .first()
                .map(|e| &e.id)
                .cmp(&y.evidence.first().map(|e| &e.id))
        })
    });
    out
}

/// An event as an act; `None` for football, and for relations, which sections of their own tell.
fn act<'a>(pair: Pair, evidence: &'a Evidence, event: &'a Event) -> Option<Act<'a>> {
    let documented = is_document(&evidence.citation);
    let plain = Act {
        kind: event.kind,
        subject: Subject::Plain,
        date: event.date,
        host: None,
        by: None,
        office: None,
        planned: false,
        what: &event.what,
        places: Vec::new(),
        bodies: Vec::new(),
        evidence: vec![evidence],
        documented,
    };
    Some(match &event.details {
        EventDetails::Match { .. } | EventDetails::Relations { .. } => return None,
        EventDetails::Visit {
            by, host, office, ..
        } => Act {
            by: Some(*by),
            host: Some(*host),
            office: offices::rank(office),
            ..plain
        },
        EventDetails::MissionChange {
            by,
            host,
            type_name,
            city,
            opened,
        } => Act {
            by: Some(*by),
            host: Some(*host),
            subject: Subject::Mission {
                type_name,
                opened: *opened,
            },
            places: Some(city.as_str())
                .filter(|c| !c.is_empty())
                .into_iter()
                .collect(),
            ..plain
        },
        EventDetails::Recognition { by, of } => Act {
            by: Some(*by),
            host: Some(*of),
            subject: Subject::Recognition,
            ..plain
        },
        EventDetails::None => Act {
            subject: match event.what.as_str() {
                SEVERED => Subject::Severed,
                RESTORED => Subject::Restored,
                _ => Subject::Plain,
            },
            ..plain
        },
        EventDetails::Told(told) => told_act(pair, told, plain),
    })
}

/// What a text adds.
fn told_act<'a>(pair: Pair, told: &'a told::Event, plain: Act<'a>) -> Act<'a> {
    let in_pair = |c: &Country| pair.has(*c);
    let held = told.persons.iter().filter(|p| p.office.is_some());
    // Who came is told by the host, else by whose office holder came.
    let host = told.host.filter(in_pair).or_else(|| {
        let of: BTreeSet<Country> = held
            .clone()
            .filter_map(|p| p.country)
            .filter(in_pair)
            .collect();
        match (told.kind, of.len()) {
            (EventKind::Visit, 1) => of.first().and_then(|c| pair.other(*c)),
            _ => None,
        }
    });
    // Support has no host: its town is that of what is bid for.
    let host = host.filter(|_| told.kind != EventKind::Support);
    let by = told
        .by
        .filter(in_pair)
        .or_else(|| host.and_then(|h| pair.other(h)));
    let of_visitor = held.filter(|p| p.country.is_none_or(|c| Some(c) == by));
    let ranks = of_visitor.filter_map(|p| offices::rank(p.office.as_deref()?));
    Act {
        host,
        by,
        office: ranks.min().filter(|_| told.kind == EventKind::Visit),
        planned: told.planned,
        places: match told.kind {
            EventKind::Support => Vec::new(),
            _ => told.cities.iter().map(String::as_str).collect(),
        },
        bodies: told.organisations.iter().map(String::as_str).collect(),
        subject: match told.kind {
            EventKind::EmbassyOpening => Subject::Mission {
                type_name: "",
                opened: true,
            },
            _ => Subject::Plain,
        },
        ..plain
    }
}

/// Whether both are known and differ.
fn differ<T: PartialEq>(x: Option<T>, y: Option<T>) -> bool {
    matches!((x, y), (Some(x), Some(y)) if x != y)
}

/// Whether a source's event is one that is known already: nothing speaks against it, and the date
/// or what is told besides speaks for it.
fn same(known: &Act<'_>, next: &Act<'_>) -> bool {
    let (Some(x), Some(y)) = (known.date, next.date) else {
        return false;
    };
    if known.kind != next.kind
        || differ(known.host, next.host)
        || differ(known.by, next.by)
        || differ(known.office, next.office)
        || !(x.contains(&y) || y.contains(&x))
        || std::mem::discriminant(&known.subject) != std::mem::discriminant(&next.subject)
    {
        return false;
    }
    let day = matches!((x, y), (Period::Day(_), Period::Day(_)));
    match known.kind {
        // On one day there is hardly ever a second one; in a year there may be.
        EventKind::Visit => day || (known.office.is_some() && known.office == next.office),
        EventKind::Agreement => known.what == next.what || (day && known.documented),
        _ => known.what == next.what || known.subject != Subject::Plain || day,
    }
}

/// Adds a second telling: what it knows better, and what stands behind it.
fn join<'a>(known: &mut Act<'a>, next: Act<'a>) {
    if next.open_days() < known.open_days() {
        known.date = next.date;
    }
    known.host = known.host.or(next.host);
    known.by = known.by.or(next.by);
    known.office = known.office.or(next.office);
    known.planned &= next.planned;
    if known.places.is_empty() {
        known.places = next.places;
    }
    match (&known.subject, &next.subject) {
        (Subject::Mission { type_name: "", .. }, Subject::Mission { .. }) => {
            known.subject = next.subject;
        }
        _ if known.documented && known.kind == EventKind::Agreement => known.what = next.what,
        _ => {}
    }
    known.evidence.extend(next.evidence);
}

/// Where a piece of evidence begins in its document, to tell in the order of the text.
pub(crate) fn place(evidence: &Evidence) -> Span {
    match evidence.citation.at {
        Locator::Span(s) => s,
        _ => Span::new(0, 0),
    }
}
