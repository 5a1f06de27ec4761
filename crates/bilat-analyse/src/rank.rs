//! The partners of one country in order.
//!
//! [`Partners`] is fed from a bulk scan, record by record in any order, and gives a table.
//! Trade is by the country's own books; other two-way quantities are added up.

use std::collections::{BTreeMap, BTreeSet};

use bilat_model::evidence::{Measure, TieKind};
use bilat_model::profile::{Membership, MembershipKind};
use bilat_model::{Country, Decimal, Event, Pair, Period, Tie, Unit};
use serde::Serialize;

use crate::agreement::{Scope, Votes};
use crate::exact;
use crate::indicator::{self, Indicator};
use crate::ties;

macro_rules! by {
    ($($(#[$meta:meta])* $variant:ident = $code:literal, $indicator:ident;)+) => {
        /// What partners are ordered by.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum By { $($(#[$meta])* $variant,)+ }

        impl By {
            /// All, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word for it on the command line.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The indicator, for its unit and method.
            #[must_use]
            pub fn indicator(&self) -> &'static Indicator {
                match self { $(Self::$variant => &indicator::$indicator,)+ }
            }
        }
    };
}

by! {
    /// Exports and imports added up, by the country's own books.
    Turnover = "turnover", TURNOVER;
    /// Its exports, by its own books.
    Exports = "exports", TURNOVER;
    /// Its imports, by its own books.
    Imports = "imports", TURNOVER;
    /// Votes alike in the UN General Assembly.
    UnAgreement = "un-agreement", UN_AGREEMENT;
    /// Air routes.
    Routes = "routes", ROUTES;
    /// Flight numbers.
    Flights = "flights", FLIGHTS;
    /// Scientific works together, in the year.
    Works = "works", WORKS;
    /// Migrants both ways.
    Migrants = "migrants", MIGRANTS;
    /// Refugees both ways.
    Refugees = "refugees", REFUGEES;
    /// Direct investment held, both ways; of two books the mean.
    FdiStock = "fdi", FDI_STOCK;
    /// Remittances both ways.
    Remittances = "remittances", REMITTANCES;
    /// Twin towns.
    TwinTowns = "twin-towns", TWIN_TOWNS;
    /// Treaties in force.
    Treaties = "treaties", TREATIES;
    /// Football internationals.
    Football = "football", FOOTBALL;
    /// Organisations in common.
    Memberships = "memberships", SHARED_MEMBERSHIPS;
    /// Distance, nearest first.
    Distance = "distance", DISTANCE;
}

impl By {
    /// The unit of the values.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.indicator().unit
    }

    /// Whether values belong to years.
    #[must_use]
    pub fn is_yearly(&self) -> bool {
        use By::{
            Exports, FdiStock, Imports, Migrants, Refugees, Remittances, Turnover, UnAgreement,
            Works,
        };
        matches!(
            self,
            Turnover
                | Exports
                | Imports
                | UnAgreement
                | Works
                | Migrants
                | Refugees
                | FdiStock
                | Remittances
        )
    }

    /// Which of the books or directions a figure fills, seen from `me`; `None` when it is not
    /// asked for. Slots 0 and 1 are two books of what goes out, 2 and 3 of what comes in.
    fn slot(&self, me: Country, measure: Measure, from: Country) -> Option<usize> {
        let (out, book) = match (self, measure) {
            (Self::Turnover | Self::Exports, Measure::Exports) if from == me => (true, 0),
            (Self::Turnover | Self::Imports, Measure::Imports) if from != me => (false, 0),
            (Self::Works, Measure::Works) | (Self::Distance, Measure::Distance) => (true, 0),
            (Self::Migrants, Measure::Migrants)
            | (Self::Refugees, Measure::Refugees)
            | (Self::Remittances, Measure::Remittances)
            | (Self::FdiStock, Measure::FdiInstock) => (from == me, 0),
            (Self::FdiStock, Measure::FdiOutstock) => (from == me, 1),
            _ => return None,
        };
        Some(if out { book } else { 2 + book })
    }
}

/// The mean of the values that are there.
pub(crate) fn mean(x: Option<Decimal>, y: Option<Decimal>) -> Option<Decimal> {
    match (x, y) {
        (Some(x), Some(y)) => x.checked_add(y)?.checked_div(Decimal::TWO),
        (x, y) => x.or(y),
    }
}

/// What is there, added up.
pub(crate) fn total(x: Option<Decimal>, y: Option<Decimal>) -> Option<Decimal> {
    match (x, y) {
        (Some(x), Some(y)) => x.checked_add(y),
        (x, y) => x.or(y),
    }
}

/// A partner's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartnerRow {
    /// Who.
    pub partner: Country,
    /// The value.
    pub value: Decimal,
    /// Its place from 1; equal values share one.
    pub rank: u32,
    /// Its part in the sum over all partners, per cent; `None` for what does not add up.
    pub share: Option<Decimal>,
}

/// All partners of a country in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerTable {
    /// Whose.
    pub country: Country,
    /// By what.
    pub by: By,
    /// The period of the values; `None` for what has none.
    pub period: Option<Period>,
    /// The sum over all partners; `None` for what does not add up.
    pub total: Option<Decimal>,
    /// The partners, first rank first, equal ones by code.
    pub rows: Vec<PartnerRow>,
}

impl PartnerTable {
    /// A partner's line.
    #[must_use]
    pub fn row(&self, partner: Country) -> Option<&PartnerRow> {
        self.rows.iter().find(|r| r.partner == partner)
    }
}

/// Gathers the partners of one country.
#[derive(Clone, Debug)]
pub struct Partners {
    country: Country,
    by: By,
    year: Option<i16>,
    /// By year (0 for none) and partner.
    slots: BTreeMap<(i16, Country), [Option<Decimal>; 4]>,
    routes: BTreeSet<(Country, String, String)>,
    organisations: BTreeMap<String, BTreeSet<Country>>,
}

impl Partners {
    /// Of a country, by something, in a year; without one, in the latest year whose number of
    /// values is at least nine tenths of the fullest year's.
    #[must_use]
    pub fn new(country: Country, by: By, year: Option<i16>) -> Self {
        Self {
            country,
            by,
            year,
            slots: BTreeMap::new(),
            routes: BTreeSet::new(),
            organisations: BTreeMap::new(),
        }
    }

    /// A figure for all goods. Feed one source of a measure only: with several, which one counts
    /// would be chance. Of several figures of the same thing the first counts.
    pub fn figure(
        &mut self,
        pair: Pair,
        measure: Measure,
        from: Country,
        period: Option<Period>,
        value: Decimal,
    ) {
        let Some(partner) = pair.other(self.country) else {
            return;
        };
        let Some(slot) = self.by.slot(self.country, measure, from) else {
            return;
        };
        let year = match (self.by.is_yearly(), period) {
            (false, _) => 0,
            (true, Some(Period::Year(y))) if self.year.is_none_or(|want| want == y) => y,
            _ => return,
        };
        let slots = self.slots.entry((year, partner)).or_default();
        slots[slot].get_or_insert(value);
    }

    fn count(&mut self, partner: Country, by: Decimal) {
        let slot = &mut self.slots.entry((0, partner)).or_default()[0];
        *slot = total(*slot, Some(by));
    }

    /// A tie.
    pub fn tie(&mut self, pair: Pair, tie: &Tie) {
        let Some(partner) = pair.other(self.country) else {
            return;
        };
        match (self.by, tie.kind) {
            (By::Routes, TieKind::AirRoute) => {
                let Some((x, y)) = ties::airports(tie) else {
                    return;
                };
                if self.routes.insert((partner, x.to_owned(), y.to_owned())) {
                    self.count(partner, Decimal::ONE);
                }
            }
            (By::Flights, TieKind::AirRoute) => {
                self.count(partner, ties::flight_numbers(tie).into());
            }
            (By::TwinTowns, TieKind::SisterCity) => self.count(partner, Decimal::ONE),
            (By::Treaties, TieKind::Treaty) if ties::in_force(tie) => {
                self.count(partner, Decimal::ONE);
            }
            _ => {}
        }
    }

    /// An event.
    pub fn event(&mut self, pair: Pair, event: &Event) {
        if let (By::Football, Some(partner)) = (self.by, pair.other(self.country))
            && ties::is_match(event)
        {
            self.count(partner, Decimal::ONE);
        }
    }

    /// A membership of any country: full ones that stand in the year count, or that stand at the
    /// end of the coverage where no year was asked for.
    pub fn membership(&mut self, m: &Membership) {
        let stands = match self.year {
            None => m.until.is_none(),
            Some(y) => {
                m.since.is_none_or(|s| s.first().year() <= y)
                    && m.until.is_none_or(|u| y <= u.last().year())
            }
        };
        if self.by == By::Memberships && m.kind == MembershipKind::Full && stands {
            let members = self.organisations.entry(m.organisation.clone());
            members.or_default().insert(m.country);
        }
    }

    /// Everybody's votes.
    pub fn votes(&mut self, votes: &Votes) {
        let year = self.year.or_else(|| votes.years().max());
        let (By::UnAgreement, Some(year)) = (self.by, year) else {
            return;
        };
        let mask = votes.mask(Scope::year(year));
        for partner in votes.countries() {
            if *partner != self.country
                && let Some(p) = votes.agreement(self.country, *partner, &mask).percent()
            {
                self.slots.entry((year, *partner)).or_default()[0] = Some(p);
            }
        }
    }

    /// The table.
    #[must_use]
    pub fn finish(mut self) -> PartnerTable {
        let organisations = std::mem::take(&mut self.organisations);
        let me = self.country;
        for members in organisations.values().filter(|m| m.contains(&me)) {
            for m in members.iter().filter(|m| **m != me) {
                self.count(*m, Decimal::ONE);
            }
        }
        let mut counts = BTreeMap::<i16, usize>::new();
        for (year, _) in self.slots.keys() {
            *counts.entry(*year).or_default() += 1;
        }
        let year = reference_year(&counts);
        let values: Vec<_> = self
            .slots
            .iter()
            .filter(|((y, _), _)| Some(*y) == year)
            .filter_map(|((_, partner), s)| {
                Some((*partner, total(mean(s[0], s[1]), mean(s[2], s[3]))?))
            })
            .collect();
        self.table(year.filter(|y| *y != 0).map(Period::Year), values)
    }

    fn table(&self, period: Option<Period>, mut values: Vec<(Country, Decimal)>) -> PartnerTable {
        let low_first = self.by == By::Distance;
        values.sort_by(|x, y| {
            let by_value = if low_first {
                x.1.cmp(&y.1)
            } else {
                y.1.cmp(&x.1)
            };
            by_value.then(x.0.cmp(&y.0))
        });
        let adds_up = !matches!(
            self.by,
            By::UnAgreement | By::Distance | By::Memberships | By::Treaties | By::Works
        );
        let sum = values
            .iter()
            .try_fold(Decimal::ZERO, |s, (_, v)| s.checked_add(*v))
            .filter(|_| adds_up);
        let mut rows = Vec::<PartnerRow>::with_capacity(values.len());
        for (place, (partner, value)) in (1u32..).zip(values) {
            let rank = match rows.last() {
                Some(above) if above.value == value => above.rank,
                _ => place,
            };
            rows.push(PartnerRow {
                partner,
                value,
                rank,
                share: sum.and_then(|s| exact::percent(value, s)),
            });
        }
        PartnerTable {
            country: self.country,
            by: self.by,
            period,
            total: sum,
            rows,
        }
    }
}

/// The latest year whose number of values is at least nine tenths of the fullest year's: the
/// newest year is often only half reported, and a ranking of half of the world misleads.
pub(crate) fn reference_year(counts: &BTreeMap<i16, usize>) -> Option<i16> {
    let most = counts.values().max()?;
    let full = |n: &usize| n * 10 >= most * 9;
    counts
        .iter()
        .rev()
        .find(|(_, n)| full(n))
        .map(|(year, _)| *year)
}
