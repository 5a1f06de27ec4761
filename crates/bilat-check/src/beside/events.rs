//! Told events against the same events elsewhere: other documents, and visits and openings that
//! sources have.
//!
//! A date is no name: that two tellings are of one event is taken only when nothing speaks against
//! it (kind, host, persons), and beyond a few days only when something speaks for it (a person, an
//! office, an organisation). What is asked stands in `rules/names.toml`.

use std::collections::BTreeSet;

use bilat_model::evidence::{EventDetails, EventKind};
use bilat_model::finding::{Beside, Finding, Outcome, Severity};
use bilat_model::registry::fold;
use bilat_model::told::{self, ItemRef};
use bilat_model::{Country, Evidence, Statement};
use jiff::civil::Date;

use super::{About, Against};
use crate::names::{self, events};

/// A telling of an event, by a text, a document or a source.
struct Telling<'a> {
    kind: EventKind,
    /// From the first day that it may have begun on to the last that it may have ended on.
    days: (Date, Date),
    /// Its date as it is printed.
    date: String,
    host: Option<Country>,
    planned: bool,
    /// Names of persons, folded.
    persons: Vec<String>,
    /// Offices with whose they are, in folded words.
    offices: Vec<(Option<Country>, Vec<String>)>,
    /// Organisations, folded.
    names: BTreeSet<String>,
    /// What others know it by; `None` for the text that is checked.
    evidence: Option<&'a Evidence>,
}

impl Against<'_> {
    /// Every told event against its other tellings.
    pub(crate) fn events(&self, out: &mut Vec<Finding>) {
        let own: Vec<Option<Telling<'_>>> = self.told.events.iter().map(Telling::told).collect();
        let known: Vec<Telling<'_>> = self
            .known
            .evidence
            .iter()
            .filter_map(|e| self.known_event(e))
            .collect();
        if known.is_empty() {
            return;
        }
        // What one event of the text agrees with is not what another differs from.
        let met: Vec<bool> = known
            .iter()
            .map(|k| own.iter().flatten().any(|o| o.agrees(k)))
            .collect();
        for (i, own) in own.iter().enumerate() {
            let Some(own) = own else { continue };
            let agree: Vec<&Telling<'_>> = known.iter().filter(|k| own.agrees(k)).collect();
            if !agree.is_empty() {
                out.extend(self.event(i, own, "confirmed", &agree));
                continue;
            }
            let others = known.iter().zip(&met).filter(|(_, met)| !**met);
            let differ: Vec<&Telling<'_>> =
                others.map(|(k, _)| k).filter(|k| own.differs(k)).collect();
            if !differ.is_empty() {
                out.extend(self.event(i, own, "differs", &differ));
            }
        }
    }

    /// Events of documents, visits and openings; dates of relations are held against the lists
    /// elsewhere.
    fn known_event<'a>(&self, e: &'a Evidence) -> Option<Telling<'a>> {
        let Statement::Event(event) = &e.statement else {
            return None;
        };
        let plain = || {
            let date = event.date?;
            Some(Telling {
                kind: event.kind,
                days: (date.first(), date.last()),
                date: date.to_string(),
                host: None,
                planned: false,
                persons: Vec::new(),
                offices: Vec::new(),
                names: BTreeSet::new(),
                evidence: Some(e),
            })
        };
        match &event.details {
            EventDetails::Told(t) => Some(Telling {
                evidence: Some(e),
                ..Telling::told(t)?
            }),
            EventDetails::Visit {
                by, host, office, ..
            } => Some(Telling {
                host: Some(*host),
                offices: vec![(Some(*by), words(office))],
                ..plain()?
            }),
            EventDetails::MissionChange {
                host, opened: true, ..
            } => Some(Telling {
                host: Some(*host),
                ..plain()?
            }),
            _ => None,
        }
    }

    fn event(
        &self,
        i: usize,
        own: &Telling<'_>,
        case: &'static str,
        others: &[&Telling<'_>],
    ) -> Option<Finding> {
        let event = self.told.events.get(i)?;
        let first = others.first()?;
        let what = names::event(own.kind);
        let source = self.title(&first.evidence?.citation);
        let values = [
            ("what", what.as_str()),
            ("date", own.date.as_str()),
            ("other", first.date.as_str()),
            ("source", source.as_str()),
        ];
        let document = |t: &&Telling<'_>| {
            let source = t.evidence.and_then(|e| self.source(&e.citation));
            source.is_some_and(|s| s.document)
        };
        // A plan may change, a month is loose, and a list may count by another day.
        let firm = |t: &&Telling<'_>| document(t) && own.is_firm() && t.is_firm();
        let (severity, outcome) = match case {
            "confirmed" => (Severity::Info, Outcome::Confirmed),
            _ if others.iter().any(firm) => (Severity::Warning, Outcome::Contradicted),
            _ => (Severity::Info, Outcome::Contradicted),
        };
        let about = About {
            rule: "other-event",
            case,
            severity,
            outcome,
            values: &values,
            span: event.span,
            item: Some(ItemRef::Event(i)),
        };
        let beside = others.iter().filter_map(|t| self.told_event_by(t));
        Some(self.finding(&about, beside.collect()))
    }

    fn told_event_by(&self, t: &Telling<'_>) -> Option<Beside> {
        let says = format!("{}, {}", names::event(t.kind), t.date);
        Some(self.beside(t.evidence?, says))
    }
}

impl Telling<'_> {
    /// An event of a text; `None` when it has no year, or only follows from something else.
    fn told(e: &told::Event) -> Option<Self> {
        if e.derived {
            return None;
        }
        let from = e.date?.period()?;
        let to = e.end.and_then(|e| e.period());
        let date = match to {
            Some(to) => format!("{from} to {to}"),
            None => from.to_string(),
        };
        let named = e.persons.iter().map(|p| fold(&p.name));
        let held = e.persons.iter().filter_map(|p| {
            let office = words(p.office.as_deref()?);
            Some((p.country, office)).filter(|(_, office)| !office.is_empty())
        });
        Some(Self {
            kind: e.kind,
            days: (
                from.first(),
                to.map_or(from.last(), |t| t.last().max(from.last())),
            ),
            date,
            host: e.host,
            planned: e.planned,
            persons: named.filter(|n| !n.is_empty()).collect(),
            offices: held.collect(),
            names: e.organisations.iter().map(|o| fold(o)).collect(),
            evidence: None,
        })
    }

    /// Whether both are of one event, and their dates can be one.
    fn agrees(&self, other: &Self) -> bool {
        if self.kind != other.kind || self.against(other) || !self.meets(other) {
            return false;
        }
        let near = self.reach(other) < i64::from(events().near_days);
        let enough =
            events().alone.contains(&self.kind) || near && events().on_a_day.contains(&self.kind);
        enough || self.common(other)
    }

    /// Whether both are of one event, and their dates cannot be one: a few weeks apart, or the same
    /// day of another year.
    fn differs(&self, other: &Self) -> bool {
        if self.kind != other.kind || self.against(other) || self.meets(other) {
            return false;
        }
        let once = events().once.contains(&self.kind);
        let known = events().alone.contains(&self.kind) || self.common(other);
        once && known && (self.reach(other) <= i64::from(events().slip_days) || self.slip(other))
    }

    /// Whether something speaks against one event.
    fn against(&self, other: &Self) -> bool {
        let hosts = matches!((self.host, other.host), (Some(a), Some(b)) if a != b);
        let named = !self.persons.is_empty() && !other.persons.is_empty();
        hosts || named && !self.shares_person(other)
    }

    /// Whether something speaks for one event.
    fn common(&self, other: &Self) -> bool {
        self.shares_person(other)
            || !self.names.is_disjoint(&other.names)
            || self
                .offices
                .iter()
                .any(|a| other.offices.iter().any(|b| same_office(a, b)))
    }

    fn shares_person(&self, other: &Self) -> bool {
        let mut all = self.persons.iter();
        all.any(|a| other.persons.iter().any(|b| same_person(a, b)))
    }

    /// Whether one stretch of days lies in the other.
    fn meets(&self, other: &Self) -> bool {
        let within = |x: (Date, Date), y: (Date, Date)| y.0 <= x.0 && x.1 <= y.1;
        within(self.days, other.days) || within(other.days, self.days)
    }

    /// How many days both span together.
    fn reach(&self, other: &Self) -> i64 {
        let first = self.days.0.min(other.days.0);
        let last = self.days.1.max(other.days.1);
        first
            .until(last)
            .map_or(i64::MAX, |s| i64::from(s.get_days()))
    }

    /// The same day of another year: a slip of the year.
    fn slip(&self, other: &Self) -> bool {
        let (a, b) = (self.days.0, other.days.0);
        let day = |d: Date| (d.month(), d.day());
        self.is_day() && other.is_day() && day(a) == day(b) && a.year() != b.year()
    }

    /// Whether it is dated to the day, at most a few of them.
    fn is_day(&self) -> bool {
        self.reach(self) < i64::from(events().near_days)
    }

    fn is_firm(&self) -> bool {
        self.is_day() && !self.planned
    }
}

/// The words of an office, in the singular.
fn words(office: &str) -> Vec<String> {
    let folded = fold(office);
    let words = folded.split(' ').filter(|w| !w.is_empty());
    words
        .map(|w| w.strip_suffix('s').unwrap_or(w).to_owned())
        .collect()
}

/// Whether two may be one office: of one country, all words of the shorter in the longer, and no
/// word in either alone that makes it another.
fn same_office(a: &(Option<Country>, Vec<String>), b: &(Option<Country>, Vec<String>)) -> bool {
    if matches!((a.0, b.0), (Some(x), Some(y)) if x != y) {
        return false;
    }
    let (short, long) = match a.1.len() <= b.1.len() {
        true => (&a.1, &b.1),
        false => (&b.1, &a.1),
    };
    let other = |w: &&String| events().another_office.iter().any(|o| o == *w);
    !short.is_empty()
        && short.iter().all(|w| long.contains(w))
        && !long
            .iter()
            .filter(|w| !short.contains(w))
            .any(|w| other(&w))
}

/// Whether two folded names may be one person's: all words of the shorter stand in the longer.
fn same_person(a: &str, b: &str) -> bool {
    let (x, y): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    short.iter().all(|w| long.contains(w)) && short.iter().any(|w| w.chars().count() > 1)
}
