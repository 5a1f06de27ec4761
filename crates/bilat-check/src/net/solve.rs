//! Narrows the variables of a network to a fixpoint.

use std::collections::VecDeque;

use bilat_model::Decimal;
use bilat_model::interval::{Bound, Interval};

use super::{Component, Law, Net};

/// What is to be solved: some laws and claims of one component of a network.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) component: &'a Component,
    pub(crate) laws: &'a [usize],
    /// Which claims count.
    pub(crate) active: &'a [bool],
    /// A claim that is taken with another interval than its own.
    pub(crate) instead: Option<(usize, Interval)>,
}

/// Where no value is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clash {
    /// The claims of one variable exclude each other, or what it can be.
    Var(usize),
    /// A law cannot hold.
    Law(usize),
}

/// Evaluations a law on average before a run stops. Narrowing that has not ended by then only
/// shaves digits off; what has been found until then is sound all the same.
const ROUNDS: usize = 24;

impl Net {
    /// What a variable may be by its claims alone.
    pub(crate) fn told(&self, var: usize, view: &View<'_>) -> Interval {
        let claims = self.vars[var].claims.iter().filter(|c| view.active[**c]);
        claims.fold(self.vars[var].base, |all, &c| {
            let own = match view.instead {
                Some((other, interval)) if other == c => interval,
                _ => self.claims[c].interval,
            };
            all.intersect(&own)
        })
    }

    /// The values that the variables of a component may have, by their place in it.
    ///
    /// # Errors
    /// Where no value is left.
    pub(crate) fn solve(&self, view: &View<'_>) -> Result<Vec<Interval>, Clash> {
        let told = |v: &usize| match self.told(*v, view) {
            i if i.is_empty() => Err(Clash::Var(*v)),
            i => Ok(i),
        };
        let vars = view.component.vars.iter();
        let mut values = vars.map(told).collect::<Result<Vec<_>, _>>()?;
        let n = view.component.laws.len();
        let (mut waits, mut allowed) = (vec![false; n], vec![false; n]);
        for &l in view.laws {
            (waits[self.law_place[l]], allowed[self.law_place[l]]) = (true, true);
        }
        let mut queue: VecDeque<usize> = view.laws.iter().copied().collect();
        let mut left = view.laws.len().saturating_mul(ROUNDS);
        while let Some(l) = queue.pop_front() {
            waits[self.law_place[l]] = false;
            if left == 0 {
                break;
            }
            left -= 1;
            for (at, narrowed) in self.narrowed(l, &values) {
                let next = values[at].intersect(&narrowed);
                if next.is_empty() {
                    return Err(Clash::Law(l));
                }
                if next == values[at] {
                    continue;
                }
                values[at] = next;
                for &other in &self.laws_of[view.component.vars[at]] {
                    let place = self.law_place[other];
                    if allowed[place] && !waits[place] {
                        waits[place] = true;
                        queue.push_back(other);
                    }
                }
            }
        }
        Ok(values)
    }

    /// What a law leaves of its variables, all by their place in their component.
    fn narrowed(&self, law: usize, values: &[Interval]) -> Vec<(usize, Interval)> {
        let local = self.laws[law].law.renamed(|v| self.place_of[v].1);
        local.narrow(values)
    }

    /// Whether one law alone can hold for what is told of its variables; costs no more than the
    /// law is long.
    pub(crate) fn can_hold(&self, law: usize, active: &[bool]) -> bool {
        let vars = self.laws[law].law.vars();
        let view = View {
            component: self.component(vars[0]),
            laws: &[],
            active,
            instead: None,
        };
        let mut values: Vec<Interval> = vars.iter().map(|v| self.told(*v, &view)).collect();
        let order: std::collections::BTreeMap<usize, usize> =
            vars.iter().enumerate().map(|(i, v)| (*v, i)).collect();
        let local = self.laws[law].law.renamed(|v| order[&v]);
        for _ in 0..ROUNDS {
            let before = values.clone();
            for (at, narrowed) in local.narrow(&before) {
                values[at] = values[at].intersect(&narrowed);
                if values[at].is_empty() {
                    return false;
                }
            }
            if values == before {
                return true;
            }
        }
        true
    }
}

impl Law {
    /// What the law leaves of each of its variables, given the values of the others.
    pub(crate) fn narrow(&self, values: &[Interval]) -> Vec<(usize, Interval)> {
        let at = |v: usize| &values[v];
        match self {
            Self::Sum { whole, parts } => {
                let mut out = vec![(*whole, sum(parts.iter().map(|p| at(*p))))];
                // What lies before and after each part, so that many parts cost no square.
                let mut after = vec![Interval::exactly(Decimal::ZERO); parts.len() + 1];
                for (i, p) in parts.iter().enumerate().rev() {
                    after[i] = after[i + 1].add(at(*p));
                }
                let mut before = Interval::exactly(Decimal::ZERO);
                for (i, p) in parts.iter().enumerate() {
                    out.push((*p, at(*whole).sub(&before.add(&after[i + 1]))));
                    before = before.add(at(*p));
                }
                out
            }
            Self::Growth { now, before, by } => {
                let one = Interval::exactly(Decimal::ONE);
                let factor = at(*by).add(&one);
                let mut out = vec![(*now, at(*before).mul(&factor))];
                if let Some(f) = at(*now).div(at(*before)) {
                    out.push((*by, f.sub(&one)));
                }
                if let Some(b) = at(*now).div(&factor) {
                    out.push((*before, b));
                }
                out
            }
            Self::Product { result, of, by } => {
                let mut out = vec![(*result, at(*of).mul(at(*by)))];
                if let Some(b) = at(*result).div(at(*of)) {
                    out.push((*by, b));
                }
                if let Some(o) = at(*result).div(at(*by)) {
                    out.push((*of, o));
                }
                out
            }
            Self::AtMost {
                small,
                large,
                strict,
            } => {
                let end = |b: Bound| match (b, strict) {
                    (Bound::Closed(v), true) => Bound::Open(v),
                    _ => b,
                };
                vec![
                    (
                        *small,
                        Interval::new(Bound::Unbounded, end(at(*large).high())),
                    ),
                    (
                        *large,
                        Interval::new(end(at(*small).low()), Bound::Unbounded),
                    ),
                ]
            }
            Self::Between { whole, parts } => {
                let hull = parts.iter().fold(Interval::EMPTY, |h, p| h.hull(at(*p)));
                vec![(*whole, hull)]
            }
        }
    }
}

fn sum<'a>(parts: impl Iterator<Item = &'a Interval>) -> Interval {
    parts.fold(Interval::exactly(Decimal::ZERO), |s, p| s.add(p))
}
