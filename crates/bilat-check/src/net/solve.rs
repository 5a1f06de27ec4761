//! Narrows the variables of a network to a fixpoint.

use std::collections::VecDeque;

use bilat_model::Decimal;
use bilat_model::interval::{Bound, Interval};

use super::{Law, Net};

/// What is to be solved: some variables, laws and claims of a network.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) vars: &'a [usize],
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

    /// The values that the variables of a view may have, by their place in the network; those
    /// outside the view are left unbounded.
    ///
    /// # Errors
    /// Where no value is left.
    pub(crate) fn solve(&self, view: &View<'_>) -> Result<Vec<Interval>, Clash> {
        let mut values = vec![Interval::ALL; self.vars.len()];
        for &v in view.vars {
            values[v] = self.told(v, view);
            if values[v].is_empty() {
                return Err(Clash::Var(v));
            }
        }
        let mut waits = vec![false; self.laws.len()];
        let mut allowed = vec![false; self.laws.len()];
        for &l in view.laws {
            (waits[l], allowed[l]) = (true, true);
        }
        let mut queue: VecDeque<usize> = view.laws.iter().copied().collect();
        let mut left = view.laws.len().saturating_mul(ROUNDS);
        while let Some(l) = queue.pop_front() {
            waits[l] = false;
            if left == 0 {
                break;
            }
            left -= 1;
            for (v, narrowed) in self.laws[l].law.narrow(&values) {
                let next = values[v].intersect(&narrowed);
                if next.is_empty() {
                    return Err(Clash::Law(l));
                }
                if next == values[v] {
                    continue;
                }
                values[v] = next;
                for &other in &self.laws_of[v] {
                    if allowed[other] && !waits[other] {
                        waits[other] = true;
                        queue.push_back(other);
                    }
                }
            }
        }
        Ok(values)
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
                    (*small, Interval::new(Bound::Unbounded, end(at(*large).high()))),
                    (*large, Interval::new(end(at(*small).low()), Bound::Unbounded)),
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
