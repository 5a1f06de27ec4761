//! A conflict or a confirmation as a sum written out with its intervals.

use std::collections::BTreeMap;

use bilat_model::Decimal;
use bilat_model::interval::Interval;

use super::{Law, Net};
use crate::names::word;
use crate::print::{self, Scale};

/// Writes sums with the numbers of some claims.
pub(crate) struct Writer<'a> {
    net: &'a Net,
    /// What is known of each variable, and the claim that says it.
    known: BTreeMap<usize, (Interval, Option<usize>)>,
    scale: Scale,
    percent: Scale,
}

/// A step from known variables to another.
pub(crate) struct Step {
    /// What is computed.
    pub(crate) var: usize,
    /// By which law.
    pub(crate) law: usize,
    /// `111.5 [111.45, 111.55) − 5.7 [5.65, 5.75) = [105.7, 105.9)`
    pub(crate) text: String,
    /// Whether what comes out is impossible for the variable.
    pub(crate) impossible: bool,
}

impl<'a> Writer<'a> {
    /// A writer that knows what the given claims say.
    pub(crate) fn new(net: &'a Net, claims: &[usize], laws: &[usize]) -> Self {
        let mut known = BTreeMap::<usize, (Interval, Option<usize>)>::new();
        for &c in claims {
            let claim = &net.claims[c];
            let entry = known
                .entry(claim.var)
                .or_insert((net.vars[claim.var].base, Some(c)));
            entry.0 = entry.0.intersect(&claim.interval);
        }
        for v in laws.iter().flat_map(|l| net.laws[*l].law.vars()) {
            let var = &net.vars[v];
            if var.claims.is_empty() && var.base.low() == var.base.high() {
                known.entry(v).or_insert((var.base, None));
            }
        }
        let of = |percent: bool| {
            let all = claims.iter().map(|c| &net.claims[*c]);
            let fits = move |c: &&super::Claim| (net.vars[c.var].unit == "percent") == percent;
            all.filter(fits)
        };
        let unit = laws
            .iter()
            .flat_map(|l| net.laws[*l].law.vars())
            .chain(claims.iter().map(|c| net.claims[*c].var))
            .map(|v| net.vars[v].unit.as_str())
            .find(|u| *u != "percent" && *u != "count")
            .unwrap_or("count");
        let scale = Scale::of(unit, of(false).map(|c| &c.interval));
        let hundred: Vec<Interval> = of(true).map(|c| hundredfold(&c.interval)).collect();
        Self {
            net,
            known,
            scale,
            percent: print::percent_scale(hundred.iter()),
        }
    }

    /// The interval of a variable as the writer prints it, without the number.
    pub(crate) fn interval(&self, var: usize, i: &Interval) -> String {
        match self.is_percent(var) {
            true => format!("{} %", self.percent.interval(&hundredfold(i))),
            false if i.low() == i.high() => self.scale.ends(i),
            false => self.scale.interval(i),
        }
    }

    /// The interval of a variable in words.
    pub(crate) fn words(&self, var: usize, i: &Interval) -> String {
        match self.is_percent(var) {
            true => self.percent.words(&hundredfold(i)),
            false => self.scale.words(i),
        }
    }

    /// What a claim says, in words: `105.7 million USD`, `more than 100 %`.
    pub(crate) fn told(&self, claim: usize) -> String {
        let c = &self.net.claims[claim];
        let Some(printed) = c.printed else {
            return self.words(c.var, &c.interval);
        };
        match self.is_percent(c.var) {
            true => format!("{}{}", c.hedge, print::percent(by_hundred(printed))),
            false => {
                let exact = Interval::exactly(printed);
                let own = Scale::of(&self.net.vars[c.var].unit, std::iter::once(&exact));
                format!("{}{}", c.hedge, own.full(printed))
            }
        }
    }

    /// The words before the sum: `million USD: `.
    pub(crate) fn lead(&self) -> String {
        self.scale.lead()
    }

    fn is_percent(&self, var: usize) -> bool {
        self.net.vars[var].unit == "percent"
    }

    /// A variable within a sum.
    fn show(&self, var: usize) -> String {
        let Some((interval, claim)) = self.known.get(&var) else {
            return self.net.vars[var].name.clone();
        };
        let exact = self.interval(var, interval);
        let Some(claim) = claim.map(|c| &self.net.claims[c]) else {
            return match self.net.vars[var].claims.is_empty() && interval.low() == interval.high() {
                true => self.net.vars[var].name.clone(),
                false => format!("{} {exact}", self.net.vars[var].name),
            };
        };
        let number = claim.printed.map(|p| match self.is_percent(var) {
            true => print::percent(by_hundred(p)),
            false => self.scale.bare(p),
        });
        match number {
            Some(n) if interval.low() == interval.high() => n,
            Some(n) => format!("{}{n} {exact}", claim.hedge),
            None => exact,
        }
    }

    /// `(1 − 5.2 % [5.15, 5.25))`
    fn factor(&self, by: usize) -> String {
        let Some((interval, claim)) = self.known.get(&by) else {
            return format!("(1 + {})", self.net.vars[by].name);
        };
        let falls = interval.high().value().is_some_and(|h| h <= Decimal::ZERO);
        let (sign, shown) = match falls {
            true => ('−', interval.neg()),
            false => ('+', *interval),
        };
        let ends = self.percent.interval(&hundredfold(&shown));
        let claim = claim.map(|c| &self.net.claims[c]);
        match claim.and_then(|c| Some((c.hedge, c.printed?))) {
            Some((hedge, p)) => {
                let p = if falls { -p } else { p };
                format!("(1 {sign} {hedge}{} {ends})", print::percent(by_hundred(p)))
            }
            None => format!("(1 {sign} {ends} %)"),
        }
    }

    /// A law solved for one of its variables.
    fn expression(&self, law: &Law, target: usize) -> String {
        let join = |vars: &mut dyn Iterator<Item = usize>, by: &str| {
            let shown: Vec<String> = vars.map(|v| self.show(v)).collect();
            shown.join(by)
        };
        match law {
            Law::Sum { whole, parts } if *whole == target => {
                join(&mut parts.iter().copied(), " + ")
            }
            Law::Sum { whole, parts } => {
                let rest = parts.iter().copied().filter(|p| *p != target);
                join(&mut std::iter::once(*whole).chain(rest), " − ")
            }
            Law::Growth { now, before, by } => match target {
                t if t == *now => format!("{} × {}", self.show(*before), self.factor(*by)),
                t if t == *before => format!("{} ÷ {}", self.show(*now), self.factor(*by)),
                _ => format!("{} ÷ {} − 1", self.show(*now), self.show(*before)),
            },
            Law::Product { result, of, by } => match target {
                t if t == *result => format!("{} × {}", self.show(*of), self.show(*by)),
                t if t == *of => format!("{} ÷ {}", self.show(*result), self.show(*by)),
                _ => format!("{} ÷ {}", self.show(*result), self.show(*of)),
            },
            Law::AtMost { small, large, .. } => {
                let other = if target == *small { large } else { small };
                self.show(*other)
            }
            Law::Between { parts, .. } => join(&mut parts.iter().copied(), " … "),
        }
    }

    fn computed(&self, law: &Law, target: usize) -> Interval {
        let vars = law.vars();
        let value = |v: &usize| match self.known.get(v) {
            Some((i, _)) => *i,
            None => self.net.vars[*v].base,
        };
        let values: Vec<Interval> = vars.iter().map(value).collect();
        let order: BTreeMap<usize, usize> = vars.iter().enumerate().map(|(i, v)| (*v, i)).collect();
        let narrowed = law.renamed(|v| order[&v]).narrow(&values).into_iter();
        let of_target = narrowed.filter(|(v, _)| vars[*v] == target);
        of_target.fold(Interval::ALL, |all, (_, i)| all.intersect(&i))
    }

    /// Computes what follows, law by law, until nothing new does: the steps in their order.
    pub(crate) fn steps(&mut self, laws: &[usize]) -> Vec<Step> {
        let mut out = Vec::new();
        let mut left: Vec<usize> = laws.to_vec();
        loop {
            let unknown = |l: &usize| {
                let vars = self.net.laws[*l].law.vars().into_iter();
                let open: Vec<usize> = vars.filter(|v| !self.known.contains_key(v)).collect();
                match open[..] {
                    [one] => Some(one),
                    _ => None,
                }
            };
            let next = left
                .iter()
                .enumerate()
                .find_map(|(i, l)| Some((i, *l, unknown(l)?)));
            let Some((i, l, var)) = next else {
                return out;
            };
            left.remove(i);
            let law = &self.net.laws[l].law;
            let value = self.computed(law, var);
            if value == Interval::ALL {
                continue;
            }
            let within = value.intersect(&self.net.vars[var].base);
            let text = format!(
                "{} = {} = {}",
                self.net.vars[var].name,
                self.expression(law, var),
                self.interval(var, &value)
            );
            self.known.insert(var, (within, None));
            out.push(Step {
                var,
                law: l,
                text,
                impossible: within.is_empty(),
            });
            if within.is_empty() {
                return out;
            }
        }
    }

    /// A law whose variables are all known, as a check of one of them.
    pub(crate) fn check(&self, law: &Law, verdict: &str) -> String {
        let target = match law {
            Law::Sum { whole, .. } | Law::Between { whole, .. } => *whole,
            Law::Growth { now, before, by } => {
                // What is told is checked against what follows.
                let told = |v: &usize| self.known.get(v).is_some_and(|(_, c)| c.is_some());
                match (told(now), told(before)) {
                    (true, true) => *now,
                    _ => *by,
                }
            }
            Law::Product { result, .. } => *result,
            Law::AtMost {
                small,
                large,
                strict,
            } => {
                let sign = if *strict { '<' } else { '≤' };
                let (small, large) = (self.show(*small), self.show(*large));
                return format!("{small} {sign} {large}: {verdict}");
            }
        };
        let value = self.computed(law, target);
        format!(
            "{} = {}; {} {}: {verdict}",
            self.expression(law, target),
            self.interval(target, &value),
            word("told"),
            self.show(target)
        )
    }

    /// Whether a law's variables are all known.
    pub(crate) fn knows(&self, law: &Law) -> bool {
        law.vars().iter().all(|v| self.known.contains_key(v))
    }
}

fn by_hundred(d: Decimal) -> Decimal {
    d.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(d)
}

fn hundredfold(i: &Interval) -> Interval {
    i.mul(&Interval::exactly(Decimal::ONE_HUNDRED))
}
