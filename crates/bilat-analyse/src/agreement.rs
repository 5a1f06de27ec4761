//! Votes alike in the UN General Assembly.
//!
//! Two countries agree on a roll call when both voted yes, both abstained or both voted no. Roll
//! calls on which one of them was absent or no member are left out. Each country's votes are
//! three bitsets; agreement is a popcount. Every year begins at a word of its own, so that a year
//! is a range of whole words.

use std::collections::BTreeMap;
use std::ops::Range;

use bilat_model::profile::{Issues, RollCall, Vote, VotingRecord};
use bilat_model::source::SourceId;
use bilat_model::standing::AgreementMean;
use bilat_model::{Country, Decimal, Pair, Period};
use serde::Serialize;

use crate::computed::{Computed, ComputedId, Input, Missing};
use crate::exact;
use crate::indicator::{Indicator, UN_AGREEMENT, UN_AGREEMENT_EXCESS};

/// How often two countries did the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Agreement {
    /// Roll calls on which both did the same.
    pub same: u32,
    /// Roll calls on which both voted yes, abstained or voted no.
    pub both: u32,
}

impl Agreement {
    /// `same` in per cent of `both`, two digits; `None` when there is no roll call.
    #[must_use]
    pub fn percent(&self) -> Option<Decimal> {
        exact::percent(self.same.into(), self.both.into())
    }
}

/// Which roll calls: all, or those of a period, of an issue, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Scope {
    /// Those whose day lies in this period.
    pub period: Option<Period>,
    /// Those with this flag, a code of [`Issues::ALL`].
    pub issue: Option<&'static str>,
}

impl Scope {
    /// All roll calls.
    pub const ALL: Self = Self {
        period: None,
        issue: None,
    };

    /// Those of one year.
    #[must_use]
    pub fn year(year: i16) -> Self {
        Self::during(Period::Year(year))
    }

    /// Those of a period.
    #[must_use]
    pub fn during(period: Period) -> Self {
        Self {
            period: Some(period),
            issue: None,
        }
    }

    /// The same, narrowed to an issue.
    #[must_use]
    pub fn on(mut self, issue: &'static str) -> Self {
        self.issue = Some(issue);
        self
    }
}

/// A selection of roll calls, as bits.
#[derive(Clone, Debug)]
pub struct Mask(Vec<u64>);

/// What the roll calls and records do not agree on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadVotes {
    /// A vote on a roll call that is not in the list.
    #[error("{country} has a vote on roll call {index}, which is not in the list of roll calls")]
    UnknownRollCall {
        /// Whose vote.
        country: Country,
        /// The index.
        index: u32,
    },
    /// The list of roll calls is not in the order of its dates, or its indices do not count it.
    #[error("roll call {index} ({date}) is out of order: they come by date and are counted from 0")]
    Order {
        /// The index.
        index: u32,
        /// The day.
        date: Period,
    },
    /// One country has two records.
    #[error("{0} has two voting records")]
    Twice(Country),
}

/// One country's votes, word by word: yes, abstain, no.
#[derive(Clone, Debug, Default)]
struct Ballots(Vec<[u64; 3]>);

impl Ballots {
    fn count(&self, other: &Self, words: Range<usize>) -> Agreement {
        let mut sum = Agreement::default();
        for (x, y) in self.0[words.clone()].iter().zip(&other.0[words]) {
            let (same, both) = alike(x, y);
            sum.same += same.count_ones();
            sum.both += both.count_ones();
        }
        sum
    }
}

/// The bits on which both did the same, and on which both took a position.
#[inline]
fn alike(x: &[u64; 3], y: &[u64; 3]) -> (u64, u64) {
    let same = x[0] & y[0] | x[1] & y[1] | x[2] & y[2];
    let both = (x[0] | x[1] | x[2]) & (y[0] | y[1] | y[2]);
    (same, both)
}

/// Everybody's votes, ready to compare.
#[derive(Clone, Debug)]
pub struct Votes {
    source: SourceId,
    calls: Vec<RollCall>,
    /// The bit of each roll call.
    places: Vec<usize>,
    /// Each year's words.
    years: Vec<(i16, Range<usize>)>,
    words: usize,
    countries: Vec<Country>,
    ballots: Vec<Ballots>,
}

/// Roll calls on which the two took opposite sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Opposed<'a> {
    /// The roll call.
    pub call: &'a RollCall,
    /// What the first by code did: yes or no.
    pub a: Vote,
    /// What the second did: the other.
    pub b: Vote,
}

impl Votes {
    /// Of the roll calls in order and what each country did at them.
    ///
    /// # Errors
    /// [`BadVotes`] when the two do not fit together.
    pub fn new(calls: &[RollCall], records: &[VotingRecord]) -> Result<Self, BadVotes> {
        let (places, years, words) = lay_out(calls)?;
        let mut by_country = BTreeMap::new();
        for record in records {
            let ballots = fill(record, &places, words)?;
            if by_country.insert(record.country, ballots).is_some() {
                return Err(BadVotes::Twice(record.country));
            }
        }
        let (countries, ballots) = by_country.into_iter().unzip();
        Ok(Self {
            source: calls
                .first()
                .map_or_else(|| SourceId::new("unga"), |c| c.citation.source.clone()),
            calls: calls.to_vec(),
            places,
            years,
            words,
            countries,
            ballots,
        })
    }

    /// Who has a record, by code.
    #[must_use]
    pub fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// The years with roll calls, ascending.
    pub fn years(&self) -> impl Iterator<Item = i16> {
        self.years.iter().map(|(y, _)| *y)
    }

    /// The roll calls, in order.
    #[must_use]
    pub fn calls(&self) -> &[RollCall] {
        &self.calls
    }

    /// The roll calls of a scope, to be used for many pairs.
    #[must_use]
    pub fn mask(&self, scope: Scope) -> Mask {
        let mut bits = vec![0; self.words];
        for (_, place) in self.within(scope) {
            bits[place / 64] |= 1 << (place % 64);
        }
        Mask(bits)
    }

    /// The roll calls of a scope with their bits. They lie in order of time, so that those of a
    /// period are found without a look at the others.
    fn within(&self, scope: Scope) -> impl DoubleEndedIterator<Item = (&RollCall, usize)> {
        let calls = &self.calls;
        let stretch = scope.period.map_or(0..calls.len(), |p| {
            let (first, last) = (p.first(), p.last());
            let from = calls.partition_point(|c| c.date.first() < first);
            let to = calls.partition_point(|c| c.date.first() <= last);
            from..to.max(from)
        });
        let last = scope.period.map(|p| p.last());
        calls[stretch.clone()]
            .iter()
            .zip(self.places[stretch].iter().copied())
            .filter(move |(call, _)| {
                last.is_none_or(|l| call.date.last() <= l)
                    && scope.issue.is_none_or(|i| call.issues.has(i))
            })
    }

    fn ballots(&self, c: Country) -> Option<&Ballots> {
        let at = self.countries.binary_search(&c).ok()?;
        Some(&self.ballots[at])
    }

    /// How often two countries did the same, within a selection; nothing when one has no record.
    #[must_use]
    pub fn agreement(&self, a: Country, b: Country, mask: &Mask) -> Agreement {
        let mut sum = Agreement::default();
        if let (Some(x), Some(y)) = (self.ballots(a), self.ballots(b)) {
            for ((x, y), m) in x.0.iter().zip(&y.0).zip(&mask.0) {
                let (same, both) = alike(x, y);
                sum.same += (same & m).count_ones();
                sum.both += (both & m).count_ones();
            }
        }
        sum
    }

    /// The same year by year; years without a common roll call are left out.
    #[must_use]
    pub fn by_year(&self, a: Country, b: Country) -> Vec<(i16, Agreement)> {
        let (Some(x), Some(y)) = (self.ballots(a), self.ballots(b)) else {
            return Vec::new();
        };
        self.years
            .iter()
            .map(|(year, words)| (*year, x.count(y, words.clone())))
            .filter(|(_, g)| g.both > 0)
            .collect()
    }

    /// The same issue by issue, within a period; issues without a common roll call are left out.
    /// A roll call may have several issues or none.
    #[must_use]
    pub fn by_issue(
        &self,
        a: Country,
        b: Country,
        period: Option<Period>,
    ) -> Vec<(&'static str, Agreement)> {
        Issues::ALL
            .iter()
            .map(|(code, _)| {
                let scope = Scope {
                    period,
                    issue: Some(code),
                };
                (*code, self.agreement(a, b, &self.mask(scope)))
            })
            .filter(|(_, g)| g.both > 0)
            .collect()
    }

    /// The latest roll calls on which one said yes and the other no, latest first. Those with a
    /// title come before those without, which a reader could not place.
    #[must_use]
    pub fn opposed(&self, pair: Pair, limit: usize) -> Vec<Opposed<'_>> {
        let (Some(x), Some(y)) = (self.ballots(pair.a()), self.ballots(pair.b())) else {
            return Vec::new();
        };
        let mut out: Vec<_> = self
            .calls
            .iter()
            .zip(&self.places)
            .rev()
            .filter_map(|(call, place)| {
                let (x, y) = (&x.0[place / 64], &y.0[place / 64]);
                let set = |w: u64| w >> (place % 64) & 1 == 1;
                let (a, b) = if set(x[0] & y[2]) {
                    (Vote::Yes, Vote::No)
                } else if set(x[2] & y[0]) {
                    (Vote::No, Vote::Yes)
                } else {
                    return None;
                };
                Some(Opposed { call, a, b })
            })
            .collect();
        out.sort_by_key(|o| o.call.title.is_none()); // stable: latest first within each
        out.truncate(limit);
        out
    }

    /// Every pair and year at once.
    #[must_use]
    pub fn all_pairs_by_year(&self) -> AllAgreements {
        let n = self.countries.len();
        let mut counts = Vec::with_capacity(n * n.saturating_sub(1) / 2 * self.years.len());
        for (i, x) in self.ballots.iter().enumerate() {
            for y in &self.ballots[i + 1..] {
                counts.extend(
                    self.years
                        .iter()
                        .map(|(_, words)| x.count(y, words.clone())),
                );
            }
        }
        AllAgreements {
            countries: self.countries.clone(),
            years: self.years().collect(),
            counts,
        }
    }

    /// Each country's agreement with all others, by year: votes alike and votes in common, each
    /// added up over the other members. Years without a vote in common are left out.
    #[must_use]
    pub fn means(&self) -> Vec<AgreementMean> {
        self.all_pairs_by_year().means()
    }

    /// The agreement of a pair as a computed value.
    ///
    /// # Errors
    /// [`Missing::TooLittle`] when the two have no roll call in common within the scope.
    pub fn computed(&self, pair: Pair, scope: Scope) -> Result<Computed, Missing> {
        let agreement = self.agreement(pair.a(), pair.b(), &self.mask(scope));
        let input = self.input(&UN_AGREEMENT, "votes of the two", agreement, pair, scope)?;
        let value = agreement.percent().unwrap_or_default();
        let mut id = ComputedId::new(pair, &UN_AGREEMENT);
        id.period = scope.period;
        id.what = scope.issue.map(str::to_owned);
        Ok(Computed {
            id,
            indicator: &UN_AGREEMENT,
            period: span(&input),
            value,
            unit: UN_AGREEMENT.unit,
            arithmetic: format!(
                "100 × {} / {} = {} %",
                agreement.same,
                agreement.both,
                exact::show(value)
            ),
            inputs: vec![input],
        })
    }

    /// The pair's agreement in a year less the mean of `of` in that year, in percentage points.
    ///
    /// # Errors
    /// [`Missing::TooLittle`] when there is no roll call in common, or no mean of that year.
    pub fn excess(
        &self,
        pair: Pair,
        of: Country,
        year: i16,
        means: &[AgreementMean],
    ) -> Result<Computed, Missing> {
        let own = self.computed(pair, Scope::year(year))?;
        let mean = means
            .iter()
            .find(|m| m.country == of && m.year == year && m.both > 0)
            .ok_or_else(|| {
                too_little(&UN_AGREEMENT_EXCESS, format!("no mean of {of} in {year}"))
            })?;
        let percent = exact::percent(mean.same.into(), mean.both.into()).unwrap_or_default();
        let value = own.value - percent;
        let mut inputs = own.inputs;
        let day = Period::Year(year);
        inputs.push(Input::Votes {
            role: format!("votes of {of} and each other member, added up"),
            source: self.source.clone(),
            same: mean.same,
            both: mean.both,
            first: day,
            last: day,
        });
        Ok(Computed {
            id: ComputedId::new(pair, &UN_AGREEMENT_EXCESS).of(of).at(day),
            indicator: &UN_AGREEMENT_EXCESS,
            period: Some(day),
            value,
            unit: UN_AGREEMENT_EXCESS.unit,
            inputs,
            arithmetic: format!(
                "{}; 100 × {} / {} = {} %; {} − {} = {} points",
                own.arithmetic,
                exact::show(mean.same.into()),
                exact::show(mean.both.into()),
                exact::show(percent),
                exact::show(own.value),
                exact::show(percent),
                exact::show(value)
            ),
        })
    }

    /// The votes of a scope with the days of the first and last roll call in common.
    fn input(
        &self,
        indicator: &'static Indicator,
        role: &str,
        agreement: Agreement,
        pair: Pair,
        scope: Scope,
    ) -> Result<Input, Missing> {
        let none = || too_little(indicator, "none".to_owned());
        let (x, y) = (
            self.ballots(pair.a()).ok_or_else(none)?,
            self.ballots(pair.b()).ok_or_else(none)?,
        );
        let mut days = self
            .within(scope)
            .filter(|(_, place)| {
                let (_, both) = alike(&x.0[place / 64], &y.0[place / 64]);
                both >> (place % 64) & 1 == 1
            })
            .map(|(call, _)| call.date);
        let first = days.next().ok_or_else(none)?;
        Ok(Input::Votes {
            role: role.to_owned(),
            source: self.source.clone(),
            same: agreement.same.into(),
            both: agreement.both.into(),
            first,
            last: days.next_back().unwrap_or(first),
        })
    }
}

fn too_little(indicator: &'static Indicator, found: String) -> Missing {
    Missing::TooLittle {
        indicator: indicator.id,
        needed: "a roll call on which both took a position".to_owned(),
        found,
    }
}

/// The years that votes run over.
fn span(input: &Input) -> Option<Period> {
    let Input::Votes { first, last, .. } = input else {
        return None;
    };
    let (first, last) = (first.first().year(), last.last().year());
    Some(if first == last {
        Period::Year(first)
    } else {
        Period::Years(first, last)
    })
}

/// The bit of each roll call, each year's words, and the number of words.
type Layout = (Vec<usize>, Vec<(i16, Range<usize>)>, usize);

fn lay_out(calls: &[RollCall]) -> Result<Layout, BadVotes> {
    let mut places = Vec::with_capacity(calls.len());
    let mut years = Vec::<(i16, Range<usize>)>::new();
    let mut next = 0;
    for (i, call) in calls.iter().enumerate() {
        let year = call.date.first().year();
        let in_order = i == 0 || calls[i - 1].date.first() <= call.date.first();
        if call.index as usize != i || !in_order {
            return Err(BadVotes::Order {
                index: call.index,
                date: call.date,
            });
        }
        match years.last_mut() {
            Some((y, words)) if *y == year => words.end = next / 64 + 1,
            _ => {
                next = usize::next_multiple_of(next, 64);
                years.push((year, next / 64..next / 64 + 1));
            }
        }
        places.push(next);
        next += 1;
    }
    Ok((places, years, next.div_ceil(64)))
}

fn fill(record: &VotingRecord, places: &[usize], words: usize) -> Result<Ballots, BadVotes> {
    let mut out = vec![[0; 3]; words];
    for (index, vote) in &record.votes {
        let place = places
            .get(*index as usize)
            .ok_or(BadVotes::UnknownRollCall {
                country: record.country,
                index: *index,
            })?;
        let kind = match vote {
            Vote::Yes => 0,
            Vote::Abstain => 1,
            Vote::No => 2,
            Vote::Absent => continue,
        };
        out[place / 64][kind] |= 1 << (place % 64);
    }
    Ok(Ballots(out))
}

/// Agreement of every pair in every year.
#[derive(Clone, Debug)]
pub struct AllAgreements {
    countries: Vec<Country>,
    years: Vec<i16>,
    /// By pair in order, then by year.
    counts: Vec<Agreement>,
}

impl AllAgreements {
    /// Every pair in order, with its agreement in each of [`years`](Self::years).
    pub fn pairs(&self) -> impl Iterator<Item = (Pair, &[Agreement])> {
        let (n, width) = (self.countries.len(), self.years.len());
        let pairs = (0..n).flat_map(move |i| (i + 1..n).map(move |j| (i, j)));
        pairs.enumerate().filter_map(move |(k, (i, j))| {
            let pair = Pair::new(self.countries[i], self.countries[j]).ok()?;
            Some((pair, &self.counts[k * width..(k + 1) * width]))
        })
    }

    /// The years.
    #[must_use]
    pub fn years(&self) -> &[i16] {
        &self.years
    }

    /// Each country's agreement with all others, by year; see [`Votes::means`].
    #[must_use]
    pub fn means(&self) -> Vec<AgreementMean> {
        let (n, width) = (self.countries.len(), self.years.len());
        let mut sums = vec![(0u64, 0u64); n * width];
        let mut rows = self.counts.chunks_exact(width.max(1));
        for i in 0..n {
            for j in i + 1..n {
                for (y, g) in rows.next().unwrap_or_default().iter().enumerate() {
                    for c in [i, j] {
                        let sum = &mut sums[c * width + y];
                        sum.0 += u64::from(g.same);
                        sum.1 += u64::from(g.both);
                    }
                }
            }
        }
        let mut out = Vec::with_capacity(sums.len());
        for (i, country) in self.countries.iter().enumerate() {
            for (y, year) in self.years.iter().enumerate() {
                let (same, both) = sums[i * width + y];
                if both > 0 {
                    out.push(AgreementMean {
                        country: *country,
                        year: *year,
                        same,
                        both,
                    });
                }
            }
        }
        out
    }
}
