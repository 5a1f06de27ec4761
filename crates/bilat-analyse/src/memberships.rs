//! Organisations that both belong to, and joint terms in the Security Council.

use std::collections::BTreeSet;

use bilat_model::profile::{Membership, MembershipKind};
use bilat_model::{Country, Decimal, Pair, Period};

use crate::computed::{Computed, ComputedId, Input, Missing};
use crate::indicator::{Indicator, JOINT_TERMS, SHARED_MEMBERSHIPS};

/// Two memberships in one organisation that overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared<'a> {
    /// The first country's by code.
    pub a: &'a Membership,
    /// The second country's.
    pub b: &'a Membership,
    /// The first year in common; `None` when it is not known.
    pub since: Option<i16>,
    /// The last year in common; `None` when both stand at the end of the coverage.
    pub until: Option<i16>,
}

fn first_year(m: &Membership) -> Option<i16> {
    m.since.map(|p| p.first().year())
}

fn last_year(m: &Membership) -> Option<i16> {
    m.until.map(|p| p.last().year())
}

/// Every two stretches of the pair in one organisation that share a year, by organisation, then
/// by first common year. Seats for a term are no memberships; see [`joint_terms`].
#[must_use]
pub fn shared<'a>(pair: Pair, memberships: &'a [Membership]) -> Vec<Shared<'a>> {
    overlaps(pair, memberships, |k| k != MembershipKind::Seat)
}

fn overlaps<'a>(
    pair: Pair,
    memberships: &'a [Membership],
    takes: impl Fn(MembershipKind) -> bool,
) -> Vec<Shared<'a>> {
    let of = |c: Country| -> Vec<&'a Membership> {
        let mut out: Vec<_> = memberships
            .iter()
            .filter(|m| m.country == c && takes(m.kind))
            .collect();
        out.sort_by(|x, y| key(x).cmp(&key(y)));
        out
    };
    let (a, b) = (of(pair.a()), of(pair.b()));
    let mut out = Vec::new();
    for x in &a {
        let from = b.partition_point(|y| y.organisation < x.organisation);
        for y in b[from..]
            .iter()
            .take_while(|y| y.organisation == x.organisation)
        {
            let since = first_year(x).max(first_year(y)); // an unknown beginning is the earliest
            let until = match (last_year(x), last_year(y)) {
                (Some(p), Some(q)) => Some(p.min(q)),
                (p, q) => p.or(q),
            };
            if since.zip(until).is_none_or(|(s, u)| s <= u) {
                out.push(Shared {
                    a: x,
                    b: y,
                    since,
                    until,
                });
            }
        }
    }
    out
}

fn key(m: &Membership) -> (&str, Option<i16>, MembershipKind) {
    (&m.organisation, first_year(m), m.kind)
}

impl Shared<'_> {
    /// Whether both belonged in a year, as far as is known.
    #[must_use]
    pub fn at(&self, year: i16) -> bool {
        self.since.is_none_or(|s| s <= year) && self.until.is_none_or(|u| year <= u)
    }

    /// Whether both are full members.
    #[must_use]
    pub fn full(&self) -> bool {
        self.a.kind == MembershipKind::Full && self.b.kind == MembershipKind::Full
    }
}

/// How many organisations have both as full members in a year. Ask for a year within the
/// source's coverage: a membership that stands at its end is taken to go on.
///
/// # Errors
/// [`Missing::TooLittle`] when one of the two has no record at all: the source does not know it.
pub fn shared_count(
    pair: Pair,
    memberships: &[Membership],
    year: i16,
) -> Result<Computed, Missing> {
    known(&SHARED_MEMBERSHIPS, pair, memberships, |k| {
        k != MembershipKind::Seat
    })?;
    let rows = shared(pair, memberships);
    let rows: Vec<_> = rows.iter().filter(|s| s.full() && s.at(year)).collect();
    let organisations: BTreeSet<_> = rows.iter().map(|s| s.a.organisation.as_str()).collect();
    let inputs = rows
        .iter()
        .flat_map(|s| [s.a, s.b])
        .map(|m| record(m, format!("{} in {}", m.country, m.organisation)))
        .collect();
    let period = Period::Year(year);
    let names: Vec<_> = organisations.iter().copied().collect();
    Ok(Computed {
        id: ComputedId::new(pair, &SHARED_MEMBERSHIPS).at(period),
        indicator: &SHARED_MEMBERSHIPS,
        period: Some(period),
        value: Decimal::from(organisations.len()),
        unit: SHARED_MEMBERSHIPS.unit,
        inputs,
        arithmetic: format!("{}: {}", names.len(), names.join(", ")),
    })
}

/// Years in which both held a seat in the Security Council: the stretches in common.
#[must_use]
pub fn joint_terms<'a>(pair: Pair, memberships: &'a [Membership]) -> Vec<Shared<'a>> {
    overlaps(pair, memberships, |k| k == MembershipKind::Seat)
}

/// How many calendar years both held a seat, up to a last year: terms that begin later, or run
/// on, are planned and not counted.
///
/// # Errors
/// [`Missing::TooLittle`] when one of the two never held a seat.
pub fn joint_years(pair: Pair, memberships: &[Membership], last: i16) -> Result<Computed, Missing> {
    known(&JOINT_TERMS, pair, memberships, |k| {
        k == MembershipKind::Seat
    })?;
    let rows = joint_terms(pair, memberships);
    let mut years = BTreeSet::new();
    for s in &rows {
        let until = s.until.map_or(last, |u| u.min(last));
        years.extend(s.since.unwrap_or(until)..=until);
    }
    let names: Vec<_> = years.iter().map(i16::to_string).collect();
    Ok(Computed {
        id: ComputedId::new(pair, &JOINT_TERMS),
        indicator: &JOINT_TERMS,
        period: None,
        value: Decimal::from(years.len()),
        unit: JOINT_TERMS.unit,
        inputs: rows
            .iter()
            .flat_map(|s| [s.a, s.b])
            .map(|m| record(m, format!("{}’s seat", m.country)))
            .collect(),
        arithmetic: format!("{}: {}", names.len(), names.join(", ")),
    })
}

fn known(
    indicator: &'static Indicator,
    pair: Pair,
    memberships: &[Membership],
    takes: impl Fn(MembershipKind) -> bool,
) -> Result<(), Missing> {
    for c in pair.both() {
        if !memberships.iter().any(|m| m.country == c && takes(m.kind)) {
            return Err(Missing::TooLittle {
                indicator: indicator.id,
                needed: format!("a record of {c}"),
                found: "none".to_owned(),
            });
        }
    }
    Ok(())
}

fn record(m: &Membership, role: String) -> Input {
    Input::Record {
        role,
        citation: m.citation.clone(),
    }
}
