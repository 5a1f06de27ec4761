//! Findings from what the network came to.

use bilat_model::Decimal;
use bilat_model::finding::{Finding, Label, Outcome, Severity};
use bilat_model::interval::Interval;
use bilat_model::told::{FigureKind, ItemRef};

use super::arithmetic::Writer;
use super::conflict::{Conflict, Solved};
use super::{Aspect, Claim, Net, Topic};
use crate::names::word;
use crate::rule;

/// Two values of one quantity that lie further apart than this (in per cent of the larger), and
/// do not look like a slip, are more likely two quantities that the words do not tell apart.
const APART_PERCENT: i64 = 25;

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
    pub(crate) fn labels(&self, claims: &[usize], laws: &[usize], primary: usize) -> Vec<Label> {
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

    pub(crate) fn involves(&self, claims: &[usize]) -> Vec<ItemRef> {
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

    /// Whether two values stand in one breath: then the text sets two things side by side, whatever
    /// its words were read as.
    fn side_by_side(&self, found: &Conflict) -> bool {
        let claims = || found.claims.iter().map(|c| &self.net.claims[*c]);
        // A title and its text are no breath: what they tell apart is told twice.
        if claims().any(|c| c.title) {
            return false;
        }
        let starts = || claims().map(|c| c.span.start);
        let (first, last) = (starts().min(), starts().max());
        first.zip(last).is_some_and(|(a, b)| b - a < 240)
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
                _ if self.are_two_things(found) || self.side_by_side(found) => {
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
        if x.headline || y.headline {
            return false;
        }
        if x.aspect == Aspect::Change {
            return self.are_changes_of_two(x, y);
        }
        if x.aspect != Aspect::Value {
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
        let goods = matches!(key.kind, FigureKind::TradeTurnover | FigureKind::Exports);
        let slip = one_digit_apart(a, b) || factor(&x.interval, &y.interval).is_some();
        !(goods && near(a, b) || slip)
    }

    /// Whether two changes of one name are told of values that are two quantities: then so are the
    /// changes.
    fn are_changes_of_two(&self, x: &Claim, y: &Claim) -> bool {
        let value = |of: &Claim| {
            let mut claims = self.net.claims.iter();
            claims.find(|c| c.item == of.item && c.aspect == Aspect::Value)
        };
        let (Some(x), Some(y)) = (value(x), value(y)) else {
            return false;
        };
        let (Some(a), Some(b)) = (x.printed, y.printed) else {
            return false;
        };
        x.item != y.item
            && !near(a, b)
            && !one_digit_apart(a, b)
            && factor(&x.interval, &y.interval).is_none()
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

/// Whether two values lie so near that they may be one, told twice.
fn near(a: Decimal, b: Decimal) -> bool {
    let most = a.abs().max(b.abs());
    let gap = a.checked_sub(b).map(|d| d.abs());
    let limit = most.checked_mul(Decimal::new(APART_PERCENT, 2));
    gap.zip(limit).is_none_or(|(gap, limit)| gap <= limit)
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
