//! The smallest sets of claims that cannot all be true, and which of them is to blame.

use bilat_model::Decimal;
use bilat_model::interval::{Bound, Interval};

use super::solve::{Clash, View};
use super::{Component, Net};

/// A text with more contradictions than this is told the first ones; each costs a few runs.
const MOST: usize = 60;

/// A conflict of more claims than this is told without looking for the one to blame.
const MANY: usize = 32;

/// Evaluations of laws that finding one smallest set may cost.
const WORK: usize = 400_000;

/// Claims that cannot all be true.
#[derive(Clone, Debug)]
pub(crate) struct Conflict {
    /// The claims: without any one of them the rest can be true.
    pub(crate) claims: Vec<usize>,
    /// The laws that it takes; none when the claims are of one variable.
    pub(crate) laws: Vec<usize>,
    /// Those of the claims without which everything that is connected agrees.
    pub(crate) suspects: Vec<usize>,
    /// Whether one more unit in the last printed place of a claim would do.
    pub(crate) minor: bool,
    /// Whether the variable's claims alone conflict, and which variable.
    pub(crate) of_var: Option<usize>,
}

/// What is left when the contradictions are taken out.
#[derive(Clone, Debug)]
pub(crate) struct Solved {
    pub(crate) conflicts: Vec<Conflict>,
    /// The claims that still count.
    pub(crate) active: Vec<bool>,
}

impl Net {
    /// Finds the contradictions, each root cause once, the smallest sets first.
    pub(crate) fn examine(&self) -> Solved {
        let mut active = vec![true; self.claims.len()];
        let mut conflicts = Vec::new();
        for component in &self.components {
            let mut whole = true;
            while let Some(mut found) = self.find(component, &active) {
                whole = conflicts.len() < MOST;
                if !whole {
                    break;
                }
                found.suspects = self.suspects(component, &active, &found.claims);
                found.minor = self.is_minor(component, &active, &found);
                for c in self.to_drop(&found) {
                    active[c] = false;
                }
                conflicts.push(found);
            }
            if !whole {
                // What is left contradicts itself too; nothing of it is confirmed.
                for &v in &component.vars {
                    self.vars[v].claims.iter().for_each(|c| active[*c] = false);
                }
            }
        }
        Solved { conflicts, active }
    }

    /// What is taken out so that the search goes on: the one to blame, or all of them.
    fn to_drop(&self, found: &Conflict) -> Vec<usize> {
        // A third value of one quantity says nothing more: drop them all.
        if let Some(v) = found.of_var
            && self.vars[v].claims.len() > 2
            && found.suspects.is_empty()
        {
            return self.vars[v].claims.clone();
        }
        match found.suspects.first() {
            Some(first) => vec![*first],
            None => found.claims.clone(),
        }
    }

    fn find(&self, component: &Component, active: &[bool]) -> Option<Conflict> {
        let of_one = component.vars.iter().find_map(|v| self.within(*v, active));
        let of_law = || self.at_one_law(component, active);
        of_one
            .or_else(of_law)
            .or_else(|| self.across(component, active))
    }

    /// Claims of one variable that exclude each other, or what the variable can be.
    fn within(&self, var: usize, active: &[bool]) -> Option<Conflict> {
        let v = &self.vars[var];
        let claims = || v.claims.iter().copied().filter(|c| active[*c]);
        let all = claims().fold(v.base, |a, c| a.intersect(&self.claims[c].interval));
        if !all.is_empty() {
            return None;
        }
        let of = |claims: Vec<usize>| {
            Some(Conflict {
                claims,
                laws: Vec::new(),
                suspects: Vec::new(),
                minor: false,
                of_var: Some(var),
            })
        };
        let mut seen = v.base;
        for c in claims() {
            let own = &self.claims[c].interval;
            if own.intersect(&v.base).is_empty() {
                return of(vec![c]);
            }
            if seen.intersect(own).is_empty() {
                // Intervals that meet in pairs meet all: one of the earlier ones excludes this.
                let other = claims().find(|o| self.claims[*o].interval.intersect(own).is_empty());
                return of(vec![other?, c]);
            }
            seen = seen.intersect(own);
        }
        None
    }

    /// Claims that one law alone excludes; of several laws the one with the fewest claims.
    fn at_one_law(&self, component: &Component, active: &[bool]) -> Option<Conflict> {
        let mut best: Option<Conflict> = None;
        for &l in &component.laws {
            if self.can_hold(l, active) {
                continue;
            }
            let vars = self.laws[l].law.vars();
            let found = self.shrink(component, &vars, &[l], active);
            if best
                .as_ref()
                .is_none_or(|b| found.claims.len() < b.claims.len())
            {
                best = Some(found);
            }
        }
        best
    }

    /// Claims that several laws together exclude.
    fn across(&self, component: &Component, active: &[bool]) -> Option<Conflict> {
        if component.laws.len() < 2 {
            return None;
        }
        match self.solve(&component.view(active)) {
            Ok(_) => None,
            Err(Clash::Var(_) | Clash::Law(_)) => {
                Some(self.shrink(component, &component.vars, &component.laws, active))
            }
        }
    }

    /// The smallest part of claims and laws that still contradicts itself: what can be left out
    /// is left out, half by half (QuickXplain: Junker, "Preferred explanations and relaxations
    /// for over-constrained problems", AAAI 2004).
    fn shrink(
        &self,
        component: &Component,
        vars: &[usize],
        laws: &[usize],
        active: &[bool],
    ) -> Conflict {
        let mut flags = vec![false; self.claims.len()];
        let own = vars.iter().flat_map(|v| &self.vars[*v].claims).copied();
        let mut candidates: Vec<usize> = own.filter(|c| active[*c]).collect();
        candidates.sort_unstable();
        candidates.dedup();
        // A run costs what the component is large; when the runs are used up, what has not been
        // left out yet stays in.
        let size = component.vars.len() + component.laws.len() + flags.len() / 16;
        let mut runs = (WORK / size.max(1)).clamp(24, 600);
        let mut contradicts = |claims: &[usize], laws: &[usize]| {
            runs = runs.saturating_sub(1);
            if runs == 0 {
                return false;
            }
            flags.fill(false);
            claims.iter().for_each(|c| flags[*c] = true);
            let view = View {
                component,
                laws,
                active: &flags,
                instead: None,
            };
            self.solve(&view).is_err()
        };
        let claims = least(&candidates, &mut |some| contradicts(some, laws));
        let laws = least(laws, &mut |some| contradicts(&claims, some));
        Conflict {
            claims,
            laws,
            suspects: Vec::new(),
            minor: false,
            of_var: None,
        }
    }

    fn suspects(&self, component: &Component, active: &[bool], claims: &[usize]) -> Vec<usize> {
        let mut flags = active.to_vec();
        let mut out = Vec::new();
        // Of very many members none is the one to blame.
        for &c in claims.iter().filter(|_| claims.len() <= MANY) {
            flags[c] = false;
            if self.solve(&component.view(&flags)).is_ok() {
                out.push(c);
            }
            flags[c] = true;
        }
        out
    }

    /// Whether rounded numbers that were rounded again explain it: the claims agree once one of
    /// them is allowed one more unit of its last printed place to either side.
    fn is_minor(&self, component: &Component, active: &[bool], found: &Conflict) -> bool {
        let mut flags = vec![false; active.len()];
        found.claims.iter().for_each(|c| flags[*c] = true);
        found.claims.iter().take(MANY).any(|&c| {
            let wider = widen(&self.claims[c].interval, self.claims[c].place);
            let view = View {
                component,
                laws: &found.laws,
                active: &flags,
                instead: Some((c, wider)),
            };
            wider != self.claims[c].interval && self.solve(&view).is_ok()
        })
    }

    /// What the other claims of a conflict leave for the variable of one of them; `None` when
    /// they say nothing about it.
    pub(crate) fn others_allow(&self, found: &Conflict, claim: usize) -> Option<Interval> {
        let mut flags = vec![false; self.claims.len()];
        found.claims.iter().for_each(|c| flags[*c] = *c != claim);
        let var = self.claims[claim].var;
        let view = View {
            component: self.component(var),
            laws: &found.laws,
            active: &flags,
            instead: None,
        };
        let values = self.solve(&view).ok()?;
        let value = *self.value(&values, var);
        (value != self.vars[var].base).then_some(value)
    }
}

impl Component {
    pub(crate) fn view<'a>(&'a self, active: &'a [bool]) -> View<'a> {
        View {
            component: self,
            laws: &self.laws,
            active,
            instead: None,
        }
    }
}

/// An interval with more room to either side.
pub(crate) fn widen(i: &Interval, by: Decimal) -> Interval {
    let low = i.low().value().and_then(|l| l.checked_sub(by));
    let high = i.high().value().and_then(|h| h.checked_add(by));
    let end = |v: Option<Decimal>| v.map_or(Bound::Unbounded, Bound::Closed);
    Interval::new(end(low), end(high))
}

/// A smallest part of the items for which `bad` holds, given that it holds for all of them.
fn least(items: &[usize], bad: &mut dyn FnMut(&[usize]) -> bool) -> Vec<usize> {
    if items.is_empty() {
        return Vec::new();
    }
    let mut held = Vec::new();
    let mut out = part(&mut held, false, items, bad);
    out.sort_unstable();
    out
}

fn part(
    held: &mut Vec<usize>,
    grown: bool,
    items: &[usize],
    bad: &mut dyn FnMut(&[usize]) -> bool,
) -> Vec<usize> {
    if grown && bad(held) {
        return Vec::new();
    }
    if items.len() == 1 {
        return items.to_vec();
    }
    let (first, second) = items.split_at(items.len() / 2);
    let before = held.len();
    held.extend(first);
    let mut of_second = part(held, true, second, bad);
    held.truncate(before);
    held.extend(&of_second);
    let grown = !of_second.is_empty();
    let of_first = part(held, grown, first, bad);
    held.truncate(before);
    of_second.extend(of_first);
    of_second
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_part_is_found() {
        let items: Vec<usize> = (0..20).collect();
        let mut runs = 0;
        let found = least(&items, &mut |some| {
            runs += 1;
            some.contains(&3) && some.contains(&17)
        });
        assert_eq!(found, [3, 17]);
        assert!(runs < 40, "{runs}");
        assert_eq!(least(&[7], &mut |_| true), [7]);
    }

    #[test]
    fn widening_goes_to_both_sides() {
        let i = Interval::closed(Decimal::ONE, Decimal::TWO);
        let wide = widen(&i, Decimal::ONE);
        assert_eq!(wide, Interval::closed(Decimal::ZERO, Decimal::from(3)));
        assert_eq!(widen(&Interval::ALL, Decimal::ONE), Interval::ALL);
    }
}
