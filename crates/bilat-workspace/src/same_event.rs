//! Whether two tellings are of one event.
//!
//! Nothing may speak against it (kind, dates, hosts, persons, places), and, where the kind and the
//! date alone are not enough, something must speak for it. What is asked stands in
//! `rules/same_event.toml`, with examples.

use std::collections::BTreeSet;

use bilat_model::Country;
use bilat_model::document::Span;
use bilat_model::evidence::EventKind;
use bilat_model::registry::fold;
use bilat_model::told::{Event, Person, When};
use jiff::civil::Date;
use serde::Deserialize;

use crate::error::{Error, Trouble};

/// How many days two tellings may span together and still be near.
const NEAR_DAYS: i32 = 7;

/// Data: what is asked of two tellings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRules {
    words: Words,
    empty: Empty,
    kind: Vec<Kinds>,
    #[allow(dead_code)] // read by the test of the rules
    example: Vec<Example>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    share: usize,
    why: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Empty {
    words: BTreeSet<String>,
    why: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    is: Vec<EventKind>,
    near: Asked,
    longer: Asked,
    why: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Asked {
    Nothing,
    Something,
    Never,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)] // read by the test of the rules
struct Example {
    a: Telling,
    b: Telling,
    same: bool,
    why: String,
}

/// An event as an example has it: without its place in a text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Telling {
    kind: EventKind,
    date: Option<When>,
    end: Option<When>,
    host: Option<Country>,
    participants: Vec<Country>,
    planned: bool,
    what: String,
    #[serde(default)]
    persons: Vec<Person>,
    #[serde(default)]
    cities: Vec<String>,
    #[serde(default)]
    organisations: Vec<String>,
}

/// Why two tellings are of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameEvent {
    /// In words.
    pub reason: String,
    /// How much speaks for it, per mille: 1000 for one day and something in common.
    pub score: u64,
}

impl EventRules {
    /// The rules of this program.
    ///
    /// # Errors
    /// [`Trouble::Rules`] when they do not read.
    pub fn built_in() -> Result<Self, Error> {
        toml::from_str(include_str!("../rules/same_event.toml"))
            .map_err(|e| Trouble::Rules(e.to_string()).into())
    }

    /// Whether two tellings about one pair are of one event. It does not matter which comes first.
    #[must_use]
    pub fn same_event(&self, a: &Event, b: &Event) -> Option<SameEvent> {
        if a.kind != b.kind || differ(a.host, b.host) {
            return None;
        }
        let (x, y) = (days(a)?, days(b)?);
        let near = x.0.min(y.0).until(x.1.max(y.1)).ok()?.get_days() < NEAR_DAYS;
        // One stretch must lie in the other: March and "spring of 2024" may be one, March and
        // "the first quarter or the second" may not.
        if !(within(x, y) || within(y, x)) {
            return None;
        }
        if apart(&names(&a.persons), &names(&b.persons), same_person)
            || apart(&folded(&a.cities), &folded(&b.cities), same_name)
            || !nested(&a.participants, &b.participants)
        {
            return None;
        }
        let rule = self.kind.iter().find(|k| k.is.contains(&a.kind))?;
        let asked = if near { rule.near } else { rule.longer };
        let common = self.common(a, b);
        let date = match x == y {
            true => format!("both on {}", told(a)),
            false => format!("{} and {} can be one date", told(a), told(b)),
        };
        let share = if near { 600 } else { 400 };
        match (asked, common) {
            (Asked::Never, _) | (Asked::Something, None) => None,
            (_, Some(common)) => Some(SameEvent {
                reason: format!("{}, {date}; {common}", a.kind),
                score: share + 400,
            }),
            (Asked::Nothing, None) => Some(SameEvent {
                reason: format!("{}, {date}; nothing speaks against it", a.kind),
                score: share,
            }),
        }
    }

    /// What two tellings have in common beside kind and date.
    fn common(&self, a: &Event, b: &Event) -> Option<String> {
        let persons = (names(&a.persons), names(&b.persons));
        if let Some(name) = shared(&persons.0, &persons.1, same_person) {
            return Some(format!("both name {name}"));
        }
        let organisations = (folded(&a.organisations), folded(&b.organisations));
        if let Some(name) = shared(&organisations.0, &organisations.1, same_name) {
            return Some(format!("both name {name}"));
        }
        let (x, y) = (self.content(&a.what), self.content(&b.what));
        let least = x.len().min(y.len());
        let alike: Vec<_> = x.intersection(&y).cloned().collect();
        (least > 0 && alike.len() * 1000 >= least * self.words.share)
            .then(|| format!("both speak of “{}”", alike.join(" ")))
    }

    /// The words of a description that say which event it is.
    fn content(&self, what: &str) -> BTreeSet<String> {
        let folded = fold(what);
        let words = folded.split(' ').filter(|w| w.chars().count() > 1);
        words
            .filter(|w| !self.empty.words.contains(*w))
            .map(str::to_owned)
            .collect()
    }

    /// The reasons behind the rules, for whoever asks why.
    #[must_use]
    pub fn reasons(&self) -> Vec<&str> {
        let kinds = self.kind.iter().map(|k| k.why.as_str());
        [self.words.why.as_str(), self.empty.why.as_str()]
            .into_iter()
            .chain(kinds)
            .collect()
    }
}

/// Whether both are known and are not the same.
fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    matches!((a, b), (Some(x), Some(y)) if x != y)
}

/// First and last day; `None` when no year is told.
fn days(e: &Event) -> Option<(Date, Date)> {
    let date = e.date?.period()?;
    let end = e.end.and_then(|d| d.period());
    let last = end.map_or(date.last(), |p| p.last().max(date.last()));
    Some((date.first(), last))
}

fn within(inner: (Date, Date), outer: (Date, Date)) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1
}

fn told(e: &Event) -> String {
    let text = |d: Option<When>| d.map_or(String::new(), |d| d.to_string());
    match e.end {
        Some(_) => format!("{} to {}", text(e.date), text(e.end)),
        None => text(e.date),
    }
}

/// Whether one list of countries holds the other. Writers leave out whom they take for granted.
fn nested(a: &[Country], b: &[Country]) -> bool {
    let holds = |x: &[Country], y: &[Country]| y.iter().all(|c| x.contains(c));
    holds(a, b) || holds(b, a)
}

fn names(persons: &[Person]) -> Vec<String> {
    let named = persons.iter().map(|p| fold(&p.name));
    named.filter(|n| !n.is_empty()).collect()
}

fn folded(words: &[String]) -> Vec<String> {
    let folded = words.iter().map(|w| fold(w));
    folded.filter(|n| !n.is_empty()).collect()
}

/// The first of one list that the other has too.
fn shared<'a>(a: &'a [String], b: &[String], same: fn(&str, &str) -> bool) -> Option<&'a str> {
    let mut a = a.iter().map(String::as_str);
    a.find(|x| b.iter().any(|y| same(x, y)))
}

/// Whether both name some, and none in common.
fn apart(a: &[String], b: &[String], same: fn(&str, &str) -> bool) -> bool {
    !a.is_empty() && !b.is_empty() && shared(a, b, same).is_none()
}

fn same_name(a: &str, b: &str) -> bool {
    a == b
}

/// Whether two folded names may be one person's: all words of the shorter stand in the longer, in
/// any order, an initial standing for a name; at least one of them written out.
fn same_person(a: &str, b: &str) -> bool {
    let (x, y): (Vec<_>, Vec<_>) = (a.split(' ').collect(), b.split(' ').collect());
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let initial = |w: &str| w.chars().count() == 1;
    let fits = |w: &&str| {
        long.iter()
            .any(|v| v == w || initial(w) && v.starts_with(*w) || initial(v) && w.starts_with(v))
    };
    short.iter().all(fits) && short.iter().any(|w| !initial(w) && long.contains(w))
}

impl From<&Telling> for Event {
    fn from(t: &Telling) -> Self {
        Self {
            kind: t.kind,
            date: t.date,
            end: t.end,
            host: t.host,
            participants: t.participants.clone(),
            planned: t.planned,
            by: None,
            derived: false,
            what: t.what.clone(),
            persons: t.persons.clone(),
            cities: t.cities.clone(),
            organisations: t.organisations.clone(),
            attribution: None,
            span: Span::new(0, 0),
            quote: String::new(),
            rules: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_examples_of_the_rules_hold() {
        let rules = EventRules::built_in().unwrap();
        assert!(rules.example.len() >= 12);
        for e in &rules.example {
            let (a, b) = (Event::from(&e.a), Event::from(&e.b));
            let found = rules.same_event(&a, &b);
            assert_eq!(found.is_some(), e.same, "{}: {found:?}", e.why);
            // Reasons name what the first has; whether it is one event does not depend on order.
            assert_eq!(rules.same_event(&b, &a).is_some(), e.same, "{}", e.why);
            let twice = a.date.is_some_and(|d| d.period().is_some());
            if rules.same_event(&a, &a).is_some() {
                assert!(twice, "{}", e.why);
            }
        }
    }

    #[test]
    fn every_kind_has_one_rule_with_a_reason() {
        let rules = EventRules::built_in().unwrap();
        for kind in EventKind::ALL {
            let n = rules.kind.iter().filter(|k| k.is.contains(kind)).count();
            assert_eq!(n, 1, "{kind}");
        }
        assert!(rules.reasons().iter().all(|w| w.len() > 20));
        assert!(rules.example.iter().all(|e| !e.why.is_empty()));
    }

    #[test]
    fn persons_are_told_apart_by_their_names() {
        for (a, b, same) in [
            ("Kassym-Jomart Tokayev", "Tokayev", true),
            ("K. Tokayev", "Kassym-Jomart Tokayev", true),
            ("Nataša Pirc Musar", "Natasa Pirc-Musar", true),
            ("Kim Jong Un", "Kim Yo Jong", false),
            ("A. Smith", "B. Smith", false),
            ("A. B.", "Anna Berg", false),
            ("Anna Berg", "Anna Lund", false),
        ] {
            assert_eq!(same_person(&fold(a), &fold(b)), same, "{a} / {b}");
            assert_eq!(same_person(&fold(b), &fold(a)), same, "{b} / {a}");
        }
    }
}
