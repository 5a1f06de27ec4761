//! How messages call what figures are about.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use bilat_model::evidence::EventKind;
use bilat_model::told::FigureKind;
use bilat_model::{Country, Decimal, Period};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    kinds: BTreeMap<FigureKind, String>,
    words: BTreeMap<String, String>,
    terms: BTreeMap<String, i16>,
    beside: Beside,
    events: Events,
    units: BTreeMap<String, Measured>,
}

/// When tellings of events are of one; the data file says why.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Events {
    pub(crate) near_days: u16,
    pub(crate) slip_days: u16,
    pub(crate) alone: Vec<EventKind>,
    pub(crate) on_a_day: Vec<EventKind>,
    pub(crate) once: Vec<EventKind>,
    pub(crate) another_office: Vec<String>,
}

/// A unit as so many of another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Measured {
    #[serde(rename = "in")]
    pub(crate) unit: String,
    pub(crate) times: Decimal,
}

/// How told figures are held against others'; the data file says why.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Beside {
    pub(crate) confirmed_percent: i64,
    pub(crate) books_times: i64,
    pub(crate) gross_times: i64,
    pub(crate) least: i64,
    pub(crate) stale_years: i16,
    pub(crate) stale_digits: usize,
    pub(crate) stale_digits_of_series: usize,
}

/// The limits of comparison.
pub(crate) fn beside() -> Beside {
    names().beside
}

/// What is asked of two tellings of an event.
pub(crate) fn events() -> &'static Events {
    &names().events
}

/// What a unit is measured in so that it can be compared; `None` for one that stands for itself.
pub(crate) fn measured(unit: &str) -> Option<&'static Measured> {
    names().units.get(unit)
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| toml::from_str(include_str!("../rules/names.toml")).unwrap_or_default())
}

/// What a kind of figure is called.
pub(crate) fn kind(kind: FigureKind) -> &'static str {
    names().kinds.get(&kind).map_or(kind.code(), String::as_str)
}

/// A word of the arithmetic; its own name where the data has none.
pub(crate) fn word(id: &'static str) -> &'static str {
    names().words.get(id).map_or(id, String::as_str)
}

/// The most calendar years that an elected term in a body touches; `None` when no rule is known.
pub(crate) fn term(body: &str) -> Option<i16> {
    names().terms.get(body).copied()
}

/// What an event is called.
pub(crate) fn event(kind: EventKind) -> String {
    kind.code().replace('_', " ")
}

/// What a quantity is called: `exports KAZ→SVN 2024 (oil)`.
pub(crate) fn quantity(
    of: FigureKind,
    (from, to): (Country, Country),
    product: &str,
    period: Option<Period>,
    status: &str,
) -> String {
    let mut out = kind(of).to_owned();
    if !matches!(of, FigureKind::TradeTurnover | FigureKind::TradeBalance) {
        out.push_str(&format!(" {from}→{to}"));
    }
    if let Some(p) = period {
        out.push_str(&format!(" {p}"));
    }
    for more in [product, status] {
        if !more.is_empty() {
            out.push_str(&format!(" ({more})"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name() {
        let read: Names = toml::from_str(include_str!("../rules/names.toml")).unwrap();
        for k in FigureKind::ALL {
            assert!(read.kinds.contains_key(k), "{k}");
        }
    }
}
