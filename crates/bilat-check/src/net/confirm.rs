//! What holds, and what follows without being told.

use bilat_model::Decimal;
use bilat_model::document::Span;
use bilat_model::finding::{Finding, Outcome, Severity};
use bilat_model::interval::Interval;

use super::arithmetic::{Step, Writer};
use super::solve::View;
use super::tell::Tell;
use super::{Aspect, Law, Net, Topic};
use crate::names::word;
use crate::rule;

/// As many bases of growth are derived in one text; each costs a run.
const MOST_DERIVED: usize = 24;

/// As many tellings of one value are shown with what it confirms: those nearest to the words that say
/// so. A text that repeats itself would otherwise show each of them with each.
const SHOWN: usize = 8;

impl Tell<'_> {
    /// The claims that still count for a law, when they tell every variable of it; of many tellings of
    /// one the nearest to the law's own words.
    fn told_wholly(&self, law: &Law, words: Option<Span>) -> Option<Vec<usize>> {
        let mut out = Vec::new();
        let mut at = words.map(|w| w.start);
        for v in law.vars() {
            let var = &self.net.vars[v];
            let before = out.len();
            out.extend(
                var.claims
                    .iter()
                    .copied()
                    .filter(|c| self.solved.active[*c]),
            );
            let fixed = matches!(var.topic, Topic::Number(_)) && var.claims.is_empty();
            let told = out[before..]
                .iter()
                .any(|c| self.net.claims[*c].aspect != Aspect::Verb);
            if !fixed && !told {
                return None;
            }
            let place = |c: &usize| self.net.claims[*c].span.start;
            let anchor = *at.get_or_insert(out.get(before).map_or(0, place));
            if out.len() > before + SHOWN {
                out[before..].sort_by_key(|c| place(c).abs_diff(anchor));
                out.truncate(before + SHOWN);
                out[before..].sort_unstable();
            }
        }
        Some(out)
    }

    /// Laws whose variables are all told, and that hold.
    pub(crate) fn confirmed(&self) -> Vec<Finding> {
        let broken = |l: usize| self.solved.conflicts.iter().any(|c| c.laws.contains(&l));
        let mut out = Vec::new();
        for (l, entry) in self.net.laws.iter().enumerate() {
            let Some(claims) = self
                .told_wholly(&entry.law, entry.words)
                .filter(|_| !broken(l))
            else {
                continue;
            };
            if matches!(entry.law, Law::AtMost { .. }) || self.is_loose(&entry.law, &claims) {
                continue;
            }
            let writer = Writer::new(self.net, &claims, &[l]);
            let arithmetic = format!(
                "{}{}",
                writer.lead(),
                writer.check(&entry.law, word("holds"))
            );
            out.push(self.holds(entry.rule, &claims, &[l], arithmetic));
        }
        out
    }

    fn holds(
        &self,
        rule_id: &str,
        claims: &[usize],
        laws: &[usize],
        arithmetic: String,
    ) -> Finding {
        let first = |l: &usize| self.net.laws[*l].law.vars().first().copied();
        let shown = laws.first().and_then(first);
        let of_shown = |c: &&usize| Some(self.net.claims[**c].var) == shown;
        let primary = claims.iter().find(of_shown).or(claims.first());
        let primary = primary.copied().unwrap_or_default();
        let name = &self.net.vars[self.net.claims[primary].var].name;
        let told = Writer::new(self.net, claims, laws).told(primary);
        let values = [("name", name.as_str()), ("told", told.as_str())];
        Finding {
            rule: rule_id.to_owned(),
            severity: Severity::Info,
            outcome: Outcome::Confirmed,
            message: rule::message(rule_id, "confirmed", &values),
            arithmetic: Some(arithmetic),
            labels: self.labels(claims, laws, primary),
            involves: self.involves(claims),
            beside: Vec::new(),
            help: None,
        }
    }

    /// The claim of a growth that says "more than doubled" and the like: hedged, and a multiple.
    fn multiple(&self, by: usize) -> Option<(usize, Decimal)> {
        self.net.vars[by].claims.iter().find_map(|&c| {
            let claim = &self.net.claims[c];
            let printed = claim.printed.filter(|p| *p >= Decimal::ONE)?;
            let over = claim.hedge == "more than " && self.solved.active[c];
            over.then_some((c, printed))
        })
    }

    fn without(&self, by: usize, now: usize) -> Option<Vec<Interval>> {
        let mut active = self.solved.active.clone();
        self.net.vars[by]
            .claims
            .iter()
            .for_each(|c| active[*c] = false);
        self.net.solve(&self.net.component(now).view(&active)).ok()
    }

    /// Whether "more than doubled" stands for what is threefold and more.
    fn is_loose(&self, law: &Law, claims: &[usize]) -> bool {
        let Law::Growth { by, .. } = law else {
            return false;
        };
        let Some((c, printed)) = self.multiple(*by) else {
            return false;
        };
        let vars = law.vars();
        let view = View {
            component: self.net.component(*by),
            laws: &[],
            active: &self.solved.active,
            instead: Some((c, Interval::ALL)),
        };
        let values: Vec<Interval> = vars
            .iter()
            .map(|v| {
                if v == by {
                    Interval::ALL
                } else {
                    self.net.told(*v, &view)
                }
            })
            .collect();
        let place = |v| vars.iter().position(|o| *o == v).unwrap_or_default();
        let narrowed = law.renamed(place).narrow(&values);
        let implied = narrowed.into_iter().find(|(v, _)| *v == place(*by));
        claims.contains(&c) && implied.is_some_and(|(_, i)| exceeds_next(&i, printed))
    }

    /// Bases of growth that are not told but follow from the rest, the growth checked against
    /// them, and multiples that understate.
    pub(crate) fn derived(&self, out: &mut Vec<Finding>) {
        let mut left = MOST_DERIVED;
        for (l, entry) in self.net.laws.iter().enumerate() {
            let Law::Growth { now, before, by } = entry.law else {
                continue;
            };
            let broken = self.solved.conflicts.iter().any(|c| c.laws.contains(&l));
            let told = |v: usize| {
                self.net.vars[v]
                    .claims
                    .iter()
                    .any(|c| self.solved.active[*c])
            };
            let open = !told(before);
            if broken || !told(by) || left == 0 || !(open || self.multiple(by).is_some()) {
                continue;
            }
            left -= 1;
            let Some(values) = self.without(by, now) else {
                continue;
            };
            if let Some((claim, printed)) = self.multiple(by)
                && exceeds_next(self.net.value(&values, by), printed)
            {
                out.push(self.loose(l, claim, self.net.value(&values, by)));
                continue;
            }
            let base = self.net.value(&values, before);
            let bounded = base.low().value().is_some_and(|v| v > Decimal::ZERO)
                && base.high().value().is_some();
            if open && bounded && told(now) {
                self.base(l, out);
            }
        }
    }

    /// A derived base, and the growth that holds against it.
    fn base(&self, growth: usize, out: &mut Vec<Finding>) {
        let Law::Growth { now, before, by } = self.net.laws[growth].law else {
            return;
        };
        let component = self.net.component(now);
        let of = |v: usize| self.net.vars[v].claims.iter().copied();
        let counts =
            |c: &usize| self.solved.active[*c] && self.net.claims[*c].aspect != Aspect::Verb;
        let all: Vec<usize> = component
            .vars
            .iter()
            .flat_map(|v| of(*v))
            .filter(counts)
            .collect();
        let others: Vec<usize> = all
            .iter()
            .copied()
            .filter(|c| self.net.claims[*c].var != by)
            .collect();
        let laws: Vec<usize> = component
            .laws
            .iter()
            .copied()
            .filter(|l| *l != growth)
            .collect();
        let mut writer = Writer::new(self.net, &others, &laws);
        let steps = writer.steps(&laws);
        let needed = needed(self.net, &steps, before);
        if needed.is_empty() {
            return;
        }
        let texts: Vec<&str> = needed.iter().map(|s| s.text.as_str()).collect();
        let mut used: Vec<usize> = needed.iter().map(|s| s.law).collect();
        let vars: Vec<usize> = used
            .iter()
            .flat_map(|l| self.net.laws[*l].law.vars())
            .collect();
        let inputs: Vec<usize> = others
            .iter()
            .copied()
            .filter(|c| vars.contains(&self.net.claims[*c].var))
            .collect();
        let Some(&first) = of(now).filter(counts).collect::<Vec<_>>().first() else {
            return;
        };
        let Ok(values) = self.net.solve(&View {
            component,
            laws: &used,
            active: &flags(self.net.claims.len(), &inputs),
            instead: None,
        }) else {
            return;
        };
        let name = self.net.vars[before].name.as_str();
        let range = writer.words(before, self.net.value(&values, before));
        let filled = [("name", name), ("range", range.as_str())];
        out.push(Finding {
            rule: "derived".to_owned(),
            severity: Severity::Info,
            outcome: Outcome::Derived,
            message: rule::message("derived", "derived", &filled),
            arithmetic: Some(format!("{}{}", writer.lead(), texts.join("; "))),
            labels: self.labels(&inputs, &used, first),
            involves: self.involves(&inputs),
            beside: Vec::new(),
            help: None,
        });
        used.push(growth);
        let mut claims = inputs;
        claims.extend(of(by).filter(counts));
        claims.extend(of(now).filter(counts));
        claims.sort_unstable();
        claims.dedup();
        let mut writer = Writer::new(self.net, &claims, &used);
        writer.steps(&used[..used.len() - 1]);
        let law = &self.net.laws[growth].law;
        if writer.knows(law) {
            let arithmetic = format!("{}{}", writer.lead(), writer.check(law, word("holds")));
            out.push(self.holds("growth", &claims, &[growth], arithmetic));
        }
    }

    /// "More than doubled" where the figures say threefold and more.
    fn loose(&self, law: usize, claim: usize, implied: &Interval) -> Finding {
        let vars = self.net.laws[law].law.vars();
        let all = vars.iter().flat_map(|v| &self.net.vars[*v].claims).copied();
        let claims: Vec<usize> = all.filter(|c| self.solved.active[*c]).collect();
        let writer = Writer::new(self.net, &claims, &[law]);
        let told = writer.told(claim);
        let range = writer.words(self.net.claims[claim].var, implied);
        let words = self.net.claims[claim].span.of(self.text);
        let values = [
            ("told", told.as_str()),
            ("range", range.as_str()),
            ("words", words),
        ];
        Finding {
            rule: "loose".to_owned(),
            severity: Severity::Warning,
            outcome: Outcome::Inconsistent,
            message: rule::message("loose", "inconsistent", &values),
            arithmetic: Some(writer.interval(self.net.claims[claim].var, implied)),
            labels: self.labels(&claims, &[law], claim),
            involves: self.involves(&claims),
            beside: Vec::new(),
            help: rule::help("loose", &values),
        }
    }
}

fn flags(n: usize, set: &[usize]) -> Vec<bool> {
    let mut out = vec![false; n];
    set.iter().for_each(|c| out[*c] = true);
    out
}

/// The steps that lead to a variable, in their order.
fn needed<'a>(net: &Net, steps: &'a [Step], target: usize) -> Vec<&'a Step> {
    let mut wanted = vec![target];
    let mut out = Vec::new();
    for s in steps.iter().rev() {
        if wanted.contains(&s.var) {
            wanted.extend(net.laws[s.law].law.vars());
            out.push(s);
        }
    }
    out.reverse();
    out
}

/// Whether a change reaches the next multiple for certain: "more than doubled" for threefold.
fn exceeds_next(implied: &Interval, printed: Decimal) -> bool {
    let next = printed.checked_add(Decimal::ONE);
    let low = implied.low().value();
    low.zip(next).is_some_and(|(l, n)| l >= n)
}
