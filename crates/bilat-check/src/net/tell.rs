//! Findings from what the network came to.

use bilat_model::Decimal;
use bilat_model::finding::{Finding, Label, Outcome, Severity};
use bilat_model::interval::Interval;
use bilat_model::told::{FigureKind, ItemRef};

use super::arithmetic::{Step, Writer};
use super::conflict::{Conflict, Solved};
use super::solve::View;
use super::{Aspect, Claim, Law, Net, Topic};
use crate::names::word;
use crate::rule;

/// Two values of one quantity that lie further apart than this (in per cent of the larger), and
/// do not look like a slip, are more likely two quantities that the words do not tell apart.
const APART_PERCENT: i64 = 25;

/// As many bases of growth are derived in one text; each costs a run.
const MOST_DERIVED: usize = 24;

/// What the network says about a text.
pub(crate) struct Tell<'a> {
    pub(crate) net: &'a Net,
    pub(crate) solved: &'a Solved,
    pub(crate) text: &'a str,
}

impl Tell<'_> {
    /// Every finding of the network, in no particular order.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let mut out: Vec<Finding> = self
            .solved
            .conflicts
            .iter()
            .map(|c| self.conflict(c))
            .collect();
        out.extend(self.confirmed());
        self.derived(&mut out);
        out
    }

    fn label(&self, claim: &Claim, primary: bool) -> Label {
        let text = match claim.aspect {
            Aspect::Verb => String::new(),
            _ => self.net.vars[claim.var].name.clone(),
        };
        Label {
            span: claim.span,
            quote: claim.span.of(self.text).to_owned(),
            text,
            primary,
        }
    }

    /// The labels of some claims and of the words of some laws, the primary one first, no place
    /// twice.
    fn labels(&self, claims: &[usize], laws: &[usize], primary: usize) -> Vec<Label> {
        let mut out = vec![self.label(&self.net.claims[primary], true)];
        let mut more: Vec<Label> = claims
            .iter()
            .filter(|c| **c != primary)
            .map(|c| self.label(&self.net.claims[*c], false))
            .collect();
        more.extend(
            laws.iter()
                .filter_map(|l| self.net.laws[*l].words)
                .map(|span| Label {
                    span,
                    quote: span.of(self.text).to_owned(),
                    text: String::new(),
                    primary: false,
                }),
        );
        more.sort_by_key(|l| l.span);
        for l in more {
            if !out.iter().any(|o| o.span == l.span) {
                out.push(l);
            }
        }
        out
    }

    fn involves(&self, claims: &[usize]) -> Vec<ItemRef> {
        let mut items: Vec<ItemRef> = claims
            .iter()
            .filter_map(|c| self.net.claims[*c].item)
            .collect();
        items.sort_unstable();
        items.dedup();
        items
    }

    fn conflict(&self, found: &Conflict) -> Finding {
        let primary = self.primary(found);
        let claim = &self.net.claims[primary];
        let mut writer = Writer::new(self.net, &found.claims, &found.laws);
        let range = self.net.others_allow(found, primary);
        let (rule_id, case, severity, outcome) = self.judge(found, primary);
        let name = self.net.vars[claim.var].name.as_str();
        let told = writer.told(primary);
        let range_words = range.map_or_else(String::new, |r| writer.words(claim.var, &r));
        let other = found.claims.iter().find(|c| **c != primary);
        let other_told = other.map_or_else(String::new, |c| writer.told(*c));
        let values = [
            ("name", name),
            ("told", told.as_str()),
            ("range", range_words.as_str()),
            ("other", other_told.as_str()),
            ("words", claim.span.of(self.text)),
        ];
        let mut message = rule::message(rule_id, case, &values);
        if found.minor && severity == Severity::Warning {
            message.push_str(&format!(" ({})", word("minor")));
        }
        let help = self
            .help(found, primary, &values, severity)
            .or_else(|| rule::help(rule_id, &values));
        Finding {
            rule: rule_id.to_owned(),
            severity,
            outcome,
            message,
            arithmetic: Some(self.sum(found, &mut writer)),
            labels: self.labels(&found.claims, &found.laws, primary),
            involves: self.involves(&found.claims),
            beside: Vec::new(),
            help,
        }
    }

    /// The claim that the finding is shown at: the one to blame, or the one that the others
    /// would make.
    fn primary(&self, found: &Conflict) -> usize {
        if let [one] = found.suspects[..] {
            return one;
        }
        let verb = found
            .claims
            .iter()
            .find(|c| self.net.claims[**c].aspect == Aspect::Verb);
        let made = |c: &&usize| {
            let claim = &self.net.claims[**c];
            found.laws.iter().any(|l| {
                let role = self.net.laws[*l].law.role(claim.var);
                let of = self.net.laws[*l].law.vars().contains(&claim.var);
                of && matches!(role, "whole" | "now" | "result" | "small")
                    && claim.aspect == Aspect::Value
            })
        };
        let last = || {
            found
                .claims
                .iter()
                .max_by_key(|c| self.net.claims[**c].span)
        };
        let chosen = verb
            .or_else(|| found.claims.iter().find(made))
            .or_else(last);
        chosen.copied().unwrap_or_default()
    }

    /// Rule, message, severity and outcome.
    fn judge(
        &self,
        found: &Conflict,
        primary: usize,
    ) -> (&'static str, &'static str, Severity, Outcome) {
        let claims = || found.claims.iter().map(|c| &self.net.claims[*c]);
        let soft = found.minor || claims().any(|c| c.aspect == Aspect::Change && c.in_words);
        let severity = if soft {
            Severity::Warning
        } else {
            Severity::Error
        };
        let bad = |rule, case| (rule, case, severity, Outcome::Inconsistent);
        if found.of_var.is_some() {
            let kinds = |k| claims().any(|c| c.kind == Some(k));
            let mut tellers: Vec<_> = claims().filter_map(|c| c.teller.as_ref()).collect();
            tellers.sort_unstable();
            tellers.dedup();
            return match claims().count() {
                1 => bad("impossible", "inconsistent"),
                _ if claims().any(|c| c.aspect == Aspect::Verb) => bad("verb", "sign"),
                _ if kinds(FigureKind::Exports) && kinds(FigureKind::Imports) => {
                    ("two-books", "found", Severity::Info, Outcome::NotComparable)
                }
                _ if tellers.len() > 1 => {
                    let warning = Severity::Warning;
                    ("two-sources", "found", warning, Outcome::Inconsistent)
                }
                _ if self.are_two_things(found) => {
                    let info = Severity::Info;
                    ("told-twice", "apart", info, Outcome::NotComparable)
                }
                _ => bad("told-twice", "inconsistent"),
            };
        }
        let [law] = found.laws[..] else {
            return bad("together", "inconsistent");
        };
        let entry = &self.net.laws[law];
        let claim = &self.net.claims[primary];
        match claim.aspect {
            Aspect::Verb => bad("verb", "values"),
            // Net flows of investment may be negative in a part of the time.
            _ if entry.rule == "periods"
                && matches!(
                    claim.kind,
                    Some(FigureKind::FdiFlow | FigureKind::Investment)
                ) =>
            {
                let role = entry.law.role(claim.var);
                (entry.rule, role, Severity::Warning, Outcome::Inconsistent)
            }
            _ => bad(entry.rule, entry.law.role(claim.var)),
        }
    }

    /// Whether two values of one name are more likely two quantities: far apart, not a slip of
    /// one digit or of scale, and neither in the headline; or three values and more. Wishes of
    /// different people differ; and what companies, loans and investments are counted differs
    /// from sentence to sentence, so that there only a slip counts.
    fn are_two_things(&self, found: &Conflict) -> bool {
        let claims: Vec<&Claim> = found.claims.iter().map(|c| &self.net.claims[*c]).collect();
        let [x, y] = claims[..] else {
            return false;
        };
        if x.headline || y.headline || x.aspect != Aspect::Value {
            return false;
        }
        let var = &self.net.vars[x.var];
        let Topic::Of(key) = &var.topic else {
            return true;
        };
        if var.claims.len() > 2 && found.suspects.is_empty() || !key.status.is_empty() {
            return true;
        }
        let (Some(a), Some(b)) = (x.printed, y.printed) else {
            return false;
        };
        let near = || {
            let gap = a.checked_sub(b)?.abs();
            let most = a
                .abs()
                .max(b.abs())
                .checked_mul(Decimal::new(APART_PERCENT, 2))?;
            Some(gap <= most)
        };
        let goods = matches!(key.kind, FigureKind::TradeTurnover | FigureKind::Exports);
        let slip = one_digit_apart(a, b) || factor(&x.interval, &y.interval).is_some();
        !(goods && near().unwrap_or(true) || slip)
    }

    fn help(
        &self,
        found: &Conflict,
        primary: usize,
        values: &[(&str, &str)],
        severity: Severity,
    ) -> Option<String> {
        if severity == Severity::Info || found.minor {
            return None;
        }
        let candidates = match found.suspects.is_empty() {
            true => &found.claims,
            false => &found.suspects,
        };
        for &c in candidates {
            let claim = &self.net.claims[c];
            let value = claim.aspect == Aspect::Value;
            let Some(range) = self.net.others_allow(found, c).filter(|_| value) else {
                continue;
            };
            if let Some(f) = factor(&claim.interval, &range) {
                let told = Writer::new(self.net, &[c], &[]).told(c);
                let filled = [("told", told.as_str()), ("factor", word(f))];
                return Some(rule::fill(word("scale"), &filled));
            }
        }
        let single = found.suspects.len() == 1
            && found.of_var.is_none()
            && self.net.claims[primary].aspect != Aspect::Verb;
        let known = values.iter().any(|(n, v)| *n == "range" && !v.is_empty());
        (single && known).then(|| rule::fill(word("one"), values))
    }

    /// The sum of a conflict.
    fn sum(&self, found: &Conflict, writer: &mut Writer<'_>) -> String {
        let verdict = match found.minor {
            true => word("minor"),
            false => word("fails"),
        };
        let lead = writer.lead();
        if found.of_var.is_some() {
            let all = found.claims.iter().map(|c| {
                let claim = &self.net.claims[*c];
                let ends = writer.interval(claim.var, &claim.interval);
                match claim.printed {
                    Some(_) => format!("{} {ends}", writer.told(*c)),
                    None => ends,
                }
            });
            let all: Vec<String> = all.collect();
            return match all.len() {
                1 => format!("{}: {}", all[0], word("below")),
                _ => format!("{}: {}", all.join("; "), word("apart")),
            };
        }
        let steps = writer.steps(&found.laws);
        let mut lines: Vec<String> = Vec::new();
        for s in &steps {
            lines.push(match s.impossible {
                true => format!("{}: {}", s.text, word("below")),
                false => s.text.clone(),
            });
        }
        let used: Vec<usize> = steps.iter().map(|s| s.law).collect();
        let rest = found.laws.iter().filter(|l| !used.contains(l));
        for l in rest {
            let law = &self.net.laws[*l].law;
            if writer.knows(law) {
                lines.push(writer.check(law, verdict));
            }
        }
        format!("{lead}{}", lines.join("; "))
    }

    /// The claims that still count for a law, when they tell every variable of it.
    fn told_wholly(&self, law: &Law) -> Option<Vec<usize>> {
        let mut out = Vec::new();
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
        }
        Some(out)
    }

    /// Laws whose variables are all told, and that hold.
    fn confirmed(&self) -> Vec<Finding> {
        let broken = |l: usize| self.solved.conflicts.iter().any(|c| c.laws.contains(&l));
        let mut out = Vec::new();
        for (l, entry) in self.net.laws.iter().enumerate() {
            let Some(claims) = self.told_wholly(&entry.law).filter(|_| !broken(l)) else {
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
    fn derived(&self, out: &mut Vec<Finding>) {
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

/// The factor of a thousand or a million by which what is told would fit, if there is one.
fn factor(told: &Interval, range: &Interval) -> Option<&'static str> {
    let thousand = Decimal::ONE_THOUSAND;
    let million = Decimal::from(1_000_000);
    let factors = [
        ("thousand", thousand),
        ("thousandth", Decimal::new(1, 3)),
        ("million", million),
        ("millionth", Decimal::new(1, 6)),
    ];
    // What has no end fits anything.
    for i in [told, range] {
        i.low().value()?;
        i.high().value()?;
    }
    let fits = |by: Decimal| !told.mul(&Interval::exactly(by)).intersect(range).is_empty();
    factors
        .into_iter()
        .find(|(_, by)| fits(*by))
        .map(|(name, _)| name)
}

/// Whether two numbers of the same length differ in one digit.
pub(crate) fn one_digit_apart(a: Decimal, b: Decimal) -> bool {
    let (a, b) = (a.normalize(), b.normalize());
    let scale = a.scale().max(b.scale());
    let digits = |d: Decimal| {
        let pad = scale.saturating_sub(d.scale()) as usize;
        format!("{}{}", d.mantissa().abs(), "0".repeat(pad))
    };
    let (a, b) = (digits(a), digits(b));
    // Of two digits one is half of the number.
    let long = a
        .trim_end_matches('0')
        .len()
        .max(b.trim_end_matches('0').len())
        > 2;
    long && a.len() == b.len() && a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_seen() {
        let d = |s: &str| Decimal::from_str_exact(s).unwrap();
        assert!(one_digit_apart(d("105.7"), d("905.7")));
        assert!(one_digit_apart(d("105.7"), d("105")));
        assert!(!one_digit_apart(d("105.7"), d("96.2")));
        let close = |a: &str, b: &str| Interval::closed(d(a), d(b));
        assert_eq!(
            factor(&close("5", "6"), &close("5500", "5600")),
            Some("thousand")
        );
        assert_eq!(factor(&close("5", "6"), &close("50", "60")), None);
        assert_eq!(factor(&close("5", "6"), &Interval::NOT_NEGATIVE), None);
    }
}
