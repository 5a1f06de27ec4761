//! From what a text tells to variables, claims and laws.

use std::collections::BTreeMap;

use bilat_model::document::Span;
use bilat_model::evidence::Qualifier;
use bilat_model::interval::{Bound, Interval};
use bilat_model::told::{Constraint, Direction, Extraction, Figure, FigureKind, ItemRef};
use bilat_model::{Country, Decimal};

use super::reading::{
    adopted, base, by_digits, ends, headline, is_exact_count, key_of, lone, natural, place,
    product, side, size, status, subject, units,
};
use super::{Aspect, Claim, Key, Law, LawEntry, Net, Topic, Var};
use crate::{names, print};

/// Builds the network of a text.
pub(crate) fn build(told: &Extraction, text: &str) -> Net {
    let mut b = Builder {
        told,
        text,
        net: Net::default(),
        places: BTreeMap::new(),
        lone: lone(told),
        units: units(told),
        adopted: adopted(told),
        var_of: Vec::new(),
    };
    for i in 0..told.figures.len() {
        b.figure(i);
    }
    for i in 0..told.figures.len() {
        b.change(i);
    }
    for c in &told.constraints {
        b.words(c);
    }
    super::laws::flows(&mut b);
    super::laws::periods(&mut b);
    b.net.connect();
    b.net
}

/// A network in the making.
pub(crate) struct Builder<'a> {
    pub(crate) told: &'a Extraction,
    text: &'a str,
    pub(crate) net: Net,
    /// The variables by what they stand for.
    pub(crate) places: BTreeMap<Topic, usize>,
    /// The figures that cannot share a variable with others.
    lone: Vec<bool>,
    /// The units in which each subject is told.
    units: BTreeMap<(FigureKind, Country, Country, String), Vec<String>>,
    /// For headline figures without a period, the body's figure that they announce.
    adopted: Vec<Option<usize>>,
    /// The variable of each figure.
    pub(crate) var_of: Vec<usize>,
}

impl Builder<'_> {
    /// The variable of a topic, made when it is new.
    pub(crate) fn var(&mut self, topic: Topic, name: impl FnOnce() -> String, unit: &str) -> usize {
        if let Some(&v) = self.places.get(&topic) {
            return v;
        }
        let v = self.net.vars.len();
        self.net.vars.push(Var {
            name: name(),
            unit: unit.to_owned(),
            base: base(&topic),
            claims: Vec::new(),
            topic: topic.clone(),
        });
        self.places.insert(topic, v);
        v
    }

    /// The variable of a key.
    pub(crate) fn of_key(&mut self, key: &Key) -> usize {
        self.called(key, key.kind)
    }

    /// The variable of a key, called as the text calls a kind when it is new.
    fn called(&mut self, key: &Key, kind: FigureKind) -> usize {
        let name = || {
            let ends = (key.from, key.to);
            names::quantity(kind, ends, &key.product, Some(key.period), key.status)
        };
        self.var(Topic::Of(key.clone()), name, &key.unit)
    }

    pub(crate) fn law(&mut self, law: Law, rule: &'static str, words: Option<Span>) {
        let mut vars = law.vars();
        vars.sort_unstable();
        // A law that ties a variable to itself says nothing about the text.
        if vars.windows(2).any(|w| w[0] == w[1]) {
            return;
        }
        if !self.net.laws.iter().rev().take(200).any(|e| e.law == law) {
            self.net.laws.push(LawEntry { law, rule, words });
        }
    }

    fn claim(&mut self, claim: Claim) {
        let id = self.net.claims.len();
        self.net.vars[claim.var].claims.push(id);
        self.net.claims.push(claim);
    }

    fn unit(&self, f: &Figure) -> String {
        if f.value.is_some() || f.unit != "percent" && !f.unit.is_empty() {
            return f.unit.clone();
        }
        let (from, to) = ends(f);
        match self
            .units
            .get(&(subject(f), from, to, product(f)))
            .map(Vec::as_slice)
        {
            Some([one]) => one.clone(),
            _ => f.unit.clone(),
        }
    }

    /// The variable of a figure, and what the text tells of its value.
    fn figure(&mut self, i: usize) {
        let f = &self.told.figures[i];
        let unit = self.unit(f);
        let announced = self.adopted[i].and_then(|o| self.told.figures[o].period);
        if announced.is_some() {
            self.lone[i] = false;
        }
        let topic = match f.period.or(announced) {
            Some(p) if !self.lone[i] => Topic::Of(key_of(f, &unit, p, status(f))),
            _ => Topic::Lone(i),
        };
        let name = || names::quantity(f.kind, (f.from, f.to), &product(f), f.period, status(f));
        let v = self.var(topic, name, &unit);
        self.var_of.push(v);
        if matches!(self.net.vars[v].topic, Topic::Lone(_)) {
            self.net.vars[v].base = natural(f.kind, &unit);
        }
        let Some(value) = f.value else {
            return;
        };
        let mut interval = f.interval.unwrap_or_else(|| by_digits(value, f.qualifier));
        if is_exact_count(f, value, &interval) {
            interval = Interval::exactly(value);
        }
        if let Some(max) = f.value_max {
            interval = interval.hull(&by_digits(max, Qualifier::Exact));
        }
        let mut printed = value;
        if f.kind == FigureKind::TradeBalance {
            // A deficit is told with a minus or in words; what is compared is its size.
            (interval, printed) = (size(&interval), value.abs());
        }
        if f.headline {
            interval = interval.hull(&headline(value, f.qualifier));
        }
        self.claim(Claim {
            var: v,
            interval,
            printed: Some(printed),
            hedge: print::hedge(f.qualifier),
            place: place(&interval, value, f.qualifier),
            aspect: Aspect::Value,
            item: Some(ItemRef::Figure(i)),
            span: f.span,
            in_words: false,
            teller: f.attribution.as_ref().map(|a| a.who.trim().to_lowercase()),
            // What is only taken to be the same is not held to be the same at any distance.
            title: f.headline,
            headline: f.headline && announced.is_none(),
            kind: Some(f.kind),
        });
    }

    /// What the text tells of a figure's change.
    fn change(&mut self, i: usize) {
        let f = &self.told.figures[i];
        let now = self.var_of[i];
        let interval = match (&f.change, f.change_percent) {
            (Some(c), _) => Some(c.interval),
            (None, Some(p)) => Some(by_digits(p, f.change_qualifier.unwrap_or(Qualifier::Exact))),
            (None, None) => None,
        };
        if interval.is_none() && f.change_abs.is_none() {
            return;
        }
        let before = self.before(i);
        // Without a comparison period the change is its own; without an amount told for the
        // base it still says what the base was.
        let pair = (now, before.unwrap_or(usize::MAX - i));
        let name = |b: &Builder<'_>| match before {
            Some(v) => format!("change of {} on {}", b.net.vars[now].name, b.period_of(v)),
            None => format!("change of {}", b.net.vars[now].name),
        };
        let by = interval.map(|interval| {
            let name = name(self);
            let by = self.var(Topic::Change(pair.0, pair.1), || name, "percent");
            if self.net.vars[now].base == Interval::NOT_NEGATIVE {
                let minus_one = Bound::Closed(Decimal::NEGATIVE_ONE);
                self.net.vars[by].base = Interval::new(minus_one, Bound::Unbounded);
            }
            self.change_claims(i, by, interval);
            by
        });
        let Some(before) = before else {
            return;
        };
        if let Some(by) = by {
            self.law(Law::Growth { now, before, by }, "growth", None);
        }
        if let Some(d) = f.change_abs {
            let name = format!("{} in amount", name(self));
            let unit = self.net.vars[now].unit.clone();
            let amount = self.var(Topic::Amount(now, before), || name, &unit);
            self.amount_claim(i, amount, d);
            let parts = vec![before, amount];
            self.law(Law::Sum { whole: now, parts }, "change-amount", None);
            if let Some(by) = by {
                let (result, of) = (amount, before);
                self.law(Law::Product { result, of, by }, "change-amount", None);
            }
        }
    }

    /// The variable that a figure's change is measured against.
    fn before(&mut self, i: usize) -> Option<usize> {
        let f = &self.told.figures[i];
        if self.lone[i] || f.kind == FigureKind::TradeBalance {
            return None;
        }
        let announced = self.adopted[i].and_then(|o| self.told.figures[o].compare_period);
        let base = f.compare_period.or(announced)?;
        let unit = self.net.vars[self.var_of[i]].unit.clone();
        // What is hoped for next year is measured against what was this year.
        let same = key_of(f, &unit, base, status(f));
        let key = match self.places.contains_key(&Topic::Of(same.clone())) {
            true => same,
            false => key_of(f, &unit, base, ""),
        };
        let kind = f.kind;
        Some(self.called(&key, kind)).filter(|v| *v != self.var_of[i])
    }

    fn period_of(&self, v: usize) -> String {
        match &self.net.vars[v].topic {
            Topic::Of(key) => key.period.to_string(),
            _ => String::new(),
        }
    }

    fn change_claims(&mut self, i: usize, by: usize, interval: Interval) {
        let f = &self.told.figures[i];
        let hundredth = Decimal::new(1, 2);
        let q = f.change_qualifier.unwrap_or(Qualifier::Exact);
        let span = f.change.as_ref().map_or(f.span, |c| c.span);
        let claim = Claim {
            var: by,
            interval: interval.mul(&Interval::exactly(hundredth)),
            printed: f.change_percent.and_then(|p| p.checked_mul(hundredth)),
            hedge: print::hedge(q),
            place: place(&interval, f.change_percent.unwrap_or_default(), q)
                .checked_mul(hundredth)
                .unwrap_or_default(),
            aspect: Aspect::Change,
            item: Some(ItemRef::Figure(i)),
            span,
            in_words: !span.of(self.text).bytes().any(|b| b.is_ascii_digit()),
            teller: f.attribution.as_ref().map(|a| a.who.trim().to_lowercase()),
            title: f.headline,
            headline: f.headline,
            kind: Some(f.kind),
        };
        self.claim(claim.clone());
        if let Some((direction, at)) = f.change.as_ref().and_then(|c| c.verb) {
            self.claim(Claim {
                interval: side(direction),
                printed: None,
                hedge: "",
                place: Decimal::ZERO,
                aspect: Aspect::Verb,
                span: at,
                ..claim
            });
        }
    }

    fn amount_claim(&mut self, i: usize, amount: usize, value: Decimal) {
        let f = &self.told.figures[i];
        let interval = by_digits(value, Qualifier::Exact);
        self.claim(Claim {
            var: amount,
            interval,
            printed: Some(value),
            hedge: "",
            place: place(&interval, value, Qualifier::Exact),
            aspect: Aspect::Amount,
            item: Some(ItemRef::Figure(i)),
            span: f.span,
            in_words: false,
            teller: None,
            title: f.headline,
            headline: f.headline,
            kind: Some(f.kind),
        });
    }

    /// Laws that the words of the text state.
    fn words(&mut self, c: &Constraint) {
        let var = |b: &Self, i: usize| b.var_of.get(i).copied();
        match c {
            Constraint::Parts { whole, parts, span } => {
                let Some(w) = var(self, *whole) else { return };
                let all: Vec<usize> = parts.iter().filter_map(|p| var(self, *p)).collect();
                let unit = |v: &usize| self.net.vars[*v].unit == self.net.vars[w].unit;
                if all.len() == parts.len() && all.len() > 1 && all.iter().all(unit) {
                    let law = Law::Sum {
                        whole: w,
                        parts: all,
                    };
                    self.law(law, "parts", Some(*span));
                }
            }
            Constraint::Moved {
                figure,
                before: Some(before),
                direction,
                span,
            } => {
                let (Some(now), Some(then)) = (var(self, *figure), var(self, *before)) else {
                    return;
                };
                if self.net.vars[now].unit != self.net.vars[then].unit {
                    return;
                }
                let (small, large) = match direction {
                    Direction::Up => (then, now),
                    Direction::Down => (now, then),
                };
                let law = Law::AtMost {
                    small,
                    large,
                    strict: true,
                };
                self.law(law, "verb", Some(*span));
            }
            Constraint::Share {
                part,
                whole,
                percent,
                span,
            } => {
                let (Some(result), Some(of)) = (var(self, *part), var(self, *whole)) else {
                    return;
                };
                if self.net.vars[result].unit != self.net.vars[of].unit {
                    return;
                }
                let by = self.share(percent, *span);
                self.law(Law::Product { result, of, by }, "share", Some(*span));
            }
            Constraint::Average {
                each,
                total,
                count,
                span,
            } => {
                let (Some(of), Some(result)) = (var(self, *each), var(self, *total)) else {
                    return;
                };
                if *count == 0 || self.net.vars[result].unit != self.net.vars[of].unit {
                    return;
                }
                let number = self.net.vars.len();
                let by = self.var(Topic::Number(number), || count.to_string(), "count");
                self.net.vars[by].base = Interval::exactly(Decimal::from(*count));
                self.law(Law::Product { result, of, by }, "average", Some(*span));
            }
            _ => {}
        }
    }

    fn share(&mut self, percent: &Interval, span: Span) -> usize {
        let number = self.net.vars.len();
        let by = self.var(Topic::Number(number), || "share".to_owned(), "percent");
        let hundredth = Interval::exactly(Decimal::new(1, 2));
        let interval = percent.mul(&hundredth);
        let width = match (interval.low().value(), interval.high().value()) {
            (Some(l), Some(h)) => h.checked_sub(l).unwrap_or_default(),
            _ => Decimal::ZERO,
        };
        let half = width.checked_div(Decimal::TWO).unwrap_or_default();
        self.claim(Claim {
            var: by,
            interval,
            printed: interval.low().value().and_then(|l| l.checked_add(half)),
            hedge: "",
            place: width,
            aspect: Aspect::Share,
            item: None,
            span,
            in_words: !span.of(self.text).bytes().any(|b| b.is_ascii_digit()),
            teller: None,
            title: false,
            headline: false,
            kind: None,
        });
        by
    }
}
