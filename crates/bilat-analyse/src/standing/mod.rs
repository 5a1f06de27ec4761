//! Where a pair stands among all pairs and among each side's partners.
//!
//! [`StandingsBuilder`] is fed record by record, in any order, when a snapshot is built, and
//! gives a row for every pair and indicator with a value. The same records give the same rows.
//!
//! | code | value |
//! |---|---|
//! | `turnover` | exports and imports both ways; for each way the mean of the books that report it |
//! | `exports_ab`, `exports_ba` | one way, mean of the books that report it |
//! | `turnover_books_a`, `turnover_books_b` | turnover by one side's own books |
//! | `exports_books_a`, `exports_books_b` | exports by one side's own books |
//! | `imports_books_a`, `imports_books_b` | imports by one side's own books |
//! | `turnover_share_a`, `turnover_share_b` | per cent of one side's own turnover with all partners |
//! | `un_agreement`, `un_agreement_10y` | votes alike, per cent, all years and the last ten |
//! | `works` | scientific works in the last three years |
//! | `migrants`, `refugees`, `remittances`, `fdi_stock` | both ways added up |
//! | `routes`, `flights`, `twin_towns`, `treaties`, `football`, `shared_memberships` | counts |
//! | `distance` | kilometres, nearest first |
//!
//! **Which year.** Values are compared within one year: the latest whose number of figures is at
//! least nine tenths of the fullest year's. For values by one side's own books it is the latest
//! such year of that country's books, so that a country that reports late is still ranked.
//!
//! **Two books.** A mean of both keeps one wrong book from making a rank, and needs no choice of
//! whom to believe; where one book is silent the other stands alone. This is for placing pairs
//! only: what a brief tells is by one side's books.
//!
//! **One way only.** Trade sources leave small flows out. A pair with a figure for one way is
//! placed by that one.
//!
//! **Ranks.** Equal values share the better place and the same percentile. A standing by one
//! side's own books has a rank among that side's partners only; the other rank is 0 of 0.

mod ladder;
mod own;

use std::collections::{BTreeMap, BTreeSet};

use bilat_model::evidence::{Measure, TieKind};
use bilat_model::profile::{Membership, MembershipKind};
pub use bilat_model::standing::{AgreementMean, Standing};
use bilat_model::{Country, Decimal, Event, Pair, Period, Tie, Unit};

use crate::agreement::{Agreement, Votes};
use crate::computed::{Computed, ComputedId, Input};
use crate::exact;
use crate::indicator::{self, Indicator};
use crate::rank::{mean, reference_year, total};
use crate::ties;

use ladder::{Field, directions};
use own::own_books;

/// Fewest roll calls in common for a place by UN agreement: below it a percentage is chance.
pub const FEWEST_VOTES: u32 = 30;

/// Both ways and both books: from the first by the seller, by the buyer; from the second.
type Slots = [Option<Decimal>; 4];

/// A value of every pair that has one.
type Values = Vec<(Pair, Decimal)>;

/// The figures of one kind, by year.
#[derive(Clone, Debug, Default)]
struct Yearly(Vec<(i16, Pair, u8, Decimal)>);

impl Yearly {
    fn reference(&self) -> Option<i16> {
        let mut counts = BTreeMap::new();
        for (year, ..) in &self.0 {
            *counts.entry(*year).or_default() += 1;
        }
        reference_year(&counts)
    }

    /// The slots of every pair in one year; of several figures of the same thing the first fed.
    fn at(&self, year: i16) -> BTreeMap<Pair, Slots> {
        let mut out = BTreeMap::<Pair, Slots>::new();
        for (_, pair, slot, value) in self.0.iter().filter(|r| r.0 == year) {
            out.entry(*pair).or_default()[usize::from(*slot)].get_or_insert(*value);
        }
        out
    }
}

/// How an indicator's values are gathered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Trade,
    Fdi,
    Works,
    Migrants,
    Refugees,
    Remittances,
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Count {
    Routes,
    Flights,
    TwinTowns,
    Treaties,
    Football,
}

/// Gathers what standings are made of.
#[derive(Clone, Default)]
pub struct StandingsBuilder {
    yearly: BTreeMap<Kind, Yearly>,
    distance: BTreeMap<Pair, Decimal>,
    counts: BTreeMap<(Count, Pair), u32>,
    routes: BTreeSet<(Pair, String, String)>,
    organisations: BTreeMap<String, BTreeSet<Country>>,
    agreement: Vec<(&'static str, Period, Values)>,
}

impl StandingsBuilder {
    /// Nothing gathered yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A figure for all goods. Feed one source of a measure only, the main one; figures by
    /// product, without a period, or of a measure that has no standing are passed over.
    pub fn figure(
        &mut self,
        pair: Pair,
        measure: Measure,
        from: Country,
        period: Option<Period>,
        value: Decimal,
    ) {
        use Measure as M;
        let (kind, book) = match measure {
            M::Exports => (Kind::Trade, 0),
            M::Imports => (Kind::Trade, 1),
            M::FdiInstock => (Kind::Fdi, 1),
            M::FdiOutstock => (Kind::Fdi, 0),
            M::Works => (Kind::Works, 0),
            M::Migrants => (Kind::Migrants, 0),
            M::Refugees => (Kind::Refugees, 0),
            M::Remittances => (Kind::Remittances, 0),
            M::Distance => {
                self.distance.entry(pair).or_insert(value);
                return;
            }
            _ => return,
        };
        let Some(Period::Year(year)) = period else {
            return;
        };
        let way = if from == pair.b() { 2 } else { 0 };
        let rows = self.yearly.entry(kind).or_default();
        rows.0.push((year, pair, way + book, value));
    }

    /// A tie.
    pub fn tie(&mut self, pair: Pair, tie: &Tie) {
        match tie.kind {
            TieKind::AirRoute => {
                let Some((x, y)) = ties::airports(tie) else {
                    return;
                };
                if self.routes.insert((pair, x.to_owned(), y.to_owned())) {
                    self.count(Count::Routes, pair, 1);
                }
                self.count(Count::Flights, pair, ties::flight_numbers(tie));
            }
            TieKind::SisterCity => self.count(Count::TwinTowns, pair, 1),
            TieKind::Treaty if ties::in_force(tie) => self.count(Count::Treaties, pair, 1),
            _ => {}
        }
    }

    /// An event.
    pub fn event(&mut self, pair: Pair, event: &Event) {
        if ties::is_match(event) {
            self.count(Count::Football, pair, 1);
        }
    }

    fn count(&mut self, what: Count, pair: Pair, by: u32) {
        let n = self.counts.entry((what, pair)).or_default();
        *n = n.saturating_add(by);
    }

    /// A membership: full ones that stand at the end of the source's coverage count.
    pub fn membership(&mut self, m: &Membership) {
        if m.kind == MembershipKind::Full && m.until.is_none() {
            let members = self.organisations.entry(m.organisation.clone());
            members.or_default().insert(m.country);
        }
    }

    /// Everybody's votes, once.
    pub fn votes(&mut self, votes: &Votes) {
        let all = votes.all_pairs_by_year();
        let (Some(first), Some(last)) = (all.years().first(), all.years().last()) else {
            return;
        };
        let recent = last.saturating_sub(9);
        let from = all.years().partition_point(|y| *y < recent);
        let (mut whole, mut ten) = (Vec::new(), Vec::new());
        for (pair, row) in all.pairs() {
            whole.extend(share_alike(row).map(|v| (pair, v)));
            ten.extend(share_alike(&row[from..]).map(|v| (pair, v)));
        }
        self.agreement = vec![
            ("un_agreement", span(*first, *last), whole),
            ("un_agreement_10y", span(recent, *last), ten),
        ];
    }

    /// Every standing, by pair, then by indicator.
    #[must_use]
    pub fn finish(mut self) -> Vec<Standing> {
        let mut out = Vec::new();
        self.trade(&mut out);
        self.both_ways(&mut out);
        self.works(&mut out);
        self.counted(&mut out);
        for (code, period, rows) in &self.agreement {
            Field::new(code).push(Some(*period), rows, &mut out);
        }
        let distance: Vec<_> = self.distance.iter().map(|(p, v)| (*p, *v)).collect();
        Field::new("distance").push(None, &distance, &mut out);
        let memberships = self.shared_memberships();
        Field::new("shared_memberships").push(None, &memberships, &mut out);
        out.sort_by(|x, y| (x.pair, &x.indicator).cmp(&(y.pair, &y.indicator)));
        out
    }

    fn trade(&mut self, out: &mut Vec<Standing>) {
        let rows = self.yearly.remove(&Kind::Trade).unwrap_or_default();
        if let Some(year) = rows.reference() {
            let at = rows.at(year);
            let values = |f: fn(&Slots) -> Option<Decimal>| -> Vec<(Pair, Decimal)> {
                at.iter().filter_map(|(p, s)| Some((*p, f(s)?))).collect()
            };
            let period = Some(Period::Year(year));
            let ab = values(|s| mean(s[0], s[1]));
            let ba = values(|s| mean(s[2], s[3]));
            let both = values(|s| total(mean(s[0], s[1]), mean(s[2], s[3])));
            Field::new("turnover").push(period, &both, out);
            // A direction ranks among all flows: the seller's destinations, the buyer's origins.
            directions(period, &ab, &ba, out);
        }
        own_books(&rows, out);
    }

    fn both_ways(&mut self, out: &mut Vec<Standing>) {
        for (kind, code) in [
            (Kind::Fdi, "fdi_stock"),
            (Kind::Migrants, "migrants"),
            (Kind::Refugees, "refugees"),
            (Kind::Remittances, "remittances"),
        ] {
            let rows = self.yearly.remove(&kind).unwrap_or_default();
            let Some(year) = rows.reference() else {
                continue;
            };
            let values: Vec<_> = rows
                .at(year)
                .into_iter()
                .filter_map(|(p, s)| Some((p, total(mean(s[0], s[1]), mean(s[2], s[3]))?)))
                .collect();
            Field::new(code).push(Some(Period::Year(year)), &values, out);
        }
    }

    fn works(&mut self, out: &mut Vec<Standing>) {
        let rows = self.yearly.remove(&Kind::Works).unwrap_or_default();
        let Some(year) = rows.reference() else {
            return;
        };
        let mut sums = BTreeMap::<Pair, Decimal>::new();
        for y in year.saturating_sub(2)..=year {
            for (pair, slots) in rows.at(y) {
                if let Some(v) = slots[0].or(slots[2]) {
                    let sum = sums.entry(pair).or_default();
                    *sum = sum.saturating_add(v);
                }
            }
        }
        let values: Vec<_> = sums.into_iter().collect();
        let period = span(year.saturating_sub(2), year);
        Field::new("works").push(Some(period), &values, out);
    }

    fn counted(&self, out: &mut Vec<Standing>) {
        for (what, code) in [
            (Count::Routes, "routes"),
            (Count::Flights, "flights"),
            (Count::TwinTowns, "twin_towns"),
            (Count::Treaties, "treaties"),
            (Count::Football, "football"),
        ] {
            let values: Vec<_> = self
                .counts
                .iter()
                .filter(|((w, _), n)| *w == what && **n > 0)
                .map(|((_, pair), n)| (*pair, Decimal::from(*n)))
                .collect();
            Field::new(code).push(None, &values, out);
        }
    }

    /// Organisations in common of every pair; pairs with none have no value.
    fn shared_memberships(&self) -> Vec<(Pair, Decimal)> {
        let everybody: BTreeSet<_> = self.organisations.values().flatten().copied().collect();
        let everybody: Vec<_> = everybody.into_iter().collect();
        let n = everybody.len();
        let mut table = vec![0u32; n * n];
        for members in self.organisations.values() {
            let at: Vec<_> = members
                .iter()
                .filter_map(|m| everybody.binary_search(m).ok())
                .collect();
            for (k, i) in at.iter().enumerate() {
                for j in &at[k + 1..] {
                    table[i * n + j] += 1;
                }
            }
        }
        let cells = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        cells
            .filter(|(i, j)| table[i * n + j] > 0)
            .filter_map(|(i, j)| {
                let pair = Pair::new(everybody[i], everybody[j]).ok()?;
                Some((pair, Decimal::from(table[i * n + j])))
            })
            .collect()
    }
}

fn span(first: i16, last: i16) -> Period {
    if first < last {
        Period::Years(first, last)
    } else {
        Period::Year(last)
    }
}

fn share_alike(years: &[Agreement]) -> Option<Decimal> {
    let sum = years.iter().fold(Agreement::default(), |s, g| Agreement {
        same: s.same + g.same,
        both: s.both + g.both,
    });
    (sum.both >= FEWEST_VOTES).then(|| sum.percent())?
}

/// The indicator that a standing's code belongs to; `None` for a code that no standing has.
#[must_use]
pub fn indicator_of(code: &str) -> Option<&'static Indicator> {
    let base = match code {
        "exports_ab" | "exports_ba" => "turnover",
        "un_agreement_10y" => "un_agreement",
        _ => code
            .strip_suffix("_a")
            .or_else(|| code.strip_suffix("_b"))
            .map_or(code, |stem| match stem {
                "turnover_share" => "share",
                _ => "turnover",
            }),
    };
    indicator::find(base)
}

/// A standing's percentile as a computed value: `PAIR:=INDICATOR:CODE:PERIOD` with the standing's
/// code as the narrowing word. `None` for a code that no standing has.
#[must_use]
pub fn computed(standing: &Standing) -> Option<Computed> {
    let indicator = indicator_of(&standing.indicator)?;
    let s = standing;
    let mut id = ComputedId::new(s.pair, indicator).what(&format!("standing_{}", s.indicator));
    id.period = s.period;
    let places: Vec<_> = [
        (s.pair.a(), s.rank_a, s.of_a),
        (s.pair.b(), s.rank_b, s.of_b),
    ]
    .iter()
    .filter(|(_, _, of)| *of > 0)
    .map(|(c, rank, of)| format!("{rank} of {of} among {c}’s partners"))
    .collect();
    Some(Computed {
        id,
        indicator,
        period: s.period,
        value: s.percentile,
        unit: Unit::Percent,
        inputs: vec![Input::Standing {
            indicator: s.indicator.clone(),
            value: s.value,
        }],
        arithmetic: format!(
            "{} % of the pairs with a value have less than {}; {}",
            exact::show(s.percentile),
            exact::show(s.value),
            places.join(", ")
        ),
    })
}
