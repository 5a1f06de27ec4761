//! Amounts told in two currencies: the rates that they imply.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use bilat_model::document::Span;
use bilat_model::finding::{Finding, Label, Outcome, Severity};
use bilat_model::interval::Interval;
use bilat_model::told::{Extraction, ItemRef};
use bilat_model::{Decimal, Period};
use jiff::civil::Date;
use serde::Deserialize;

use crate::names::word;
use crate::net::reading::by_digits;
use crate::print::Scale;
use crate::rule;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rates {
    odd_percent: Number,
    impossible_times: Number,
    same_period_percent: Number,
    any_period_percent: Number,
    currency: Vec<Currency>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Currency {
    code: String,
    spans: Vec<(i16, i16, Number, Number)>,
}

/// A decimal as TOML writes it.
#[derive(Clone, Copy, Debug, Default)]
struct Number(Decimal);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        bilat_model::told::number::deserialize(d).map(Self)
    }
}

fn read() -> Result<Rates, toml::de::Error> {
    toml::from_str(include_str!("../rules/rates.toml"))
}

fn rates() -> &'static Rates {
    static RATES: OnceLock<Rates> = OnceLock::new();
    RATES.get_or_init(|| read().unwrap_or_default())
}

/// Units of a currency for one US dollar in any of the years; `None` when one of the years is
/// not listed.
fn per_dollar(code: &str, years: (i16, i16)) -> Option<Interval> {
    if code == "USD" {
        return Some(Interval::exactly(Decimal::ONE));
    }
    let currency = rates().currency.iter().find(|c| c.code == code)?;
    let mut out = Interval::EMPTY;
    for y in years.0..=years.1 {
        let (_, _, low, high) = currency.spans.iter().find(|s| (s.0..=s.1).contains(&y))?;
        out = out.hull(&Interval::closed(low.0, high.0));
    }
    Some(out)
}

/// One amount in two currencies.
struct Double<'a> {
    figure: usize,
    spans: (Span, Span),
    /// `a` units for one of `b`, in the order of their codes.
    codes: (&'a str, &'a str),
    amounts: (Decimal, Decimal),
    rate: Interval,
    period: Option<Period>,
}

/// Checks the rates of a text.
pub(crate) fn check(told: &Extraction, text: &str, out: &mut Vec<Finding>) {
    let doubles = doubles(told);
    let mut pairs: BTreeMap<(&str, &str), Vec<&Double<'_>>> = BTreeMap::new();
    for d in &doubles {
        pairs.entry(d.codes).or_default().push(d);
    }
    for all in pairs.values() {
        let mut bad = vec![false; all.len()];
        for (i, d) in all.iter().enumerate() {
            if let Some(f) = d.implausible(told.published, text) {
                out.push(f);
                bad[i] = true;
            }
        }
        let good: Vec<&Double<'_>> = all
            .iter()
            .zip(&bad)
            .filter(|(_, b)| !**b)
            .map(|(d, _)| *d)
            .collect();
        between(&good, text, out);
    }
}

/// Every amount that is told in two currencies at one place. Sums at two places may well be of two
/// things, and their reader may have taken them for one.
fn doubles(told: &Extraction) -> Vec<Double<'_>> {
    let mut out = Vec::new();
    for (i, f) in told.figures.iter().enumerate() {
        let (Some(value), true) = (f.value, is_currency(&f.unit)) else {
            continue;
        };
        let own = f.interval.unwrap_or_else(|| by_digits(value, f.qualifier));
        for a in f.alt.iter().filter(|a| is_currency(&a.unit)) {
            let one = (f.unit.as_str(), value, own, f.span);
            let other = (a.unit.as_str(), a.value, a.interval, a.span);
            out.extend(double(i, one, other, f.period));
        }
    }
    out
}

pub(crate) fn is_currency(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase())
}

type Side<'a> = (&'a str, Decimal, Interval, Span);

fn double<'a>(
    figure: usize,
    one: Side<'a>,
    other: Side<'a>,
    period: Option<Period>,
) -> Option<Double<'a>> {
    let (a, b) = if one.0 <= other.0 {
        (one, other)
    } else {
        (other, one)
    };
    // Bounds ("over a billion") imply no rate.
    let both = [&a.2, &b.2];
    let closed = both
        .iter()
        .all(|i| i.low().value().is_some() && i.high().value().is_some());
    if !closed || a.0 == b.0 {
        return None;
    }
    Some(Double {
        figure,
        spans: (a.3, b.3),
        codes: (a.0, b.0),
        amounts: (a.1, b.1),
        rate: a.2.div(&b.2)?,
        period,
    })
}

impl Double<'_> {
    /// The years whose rates a writer may have used: the period's, or those since, up to the
    /// day's of publication.
    fn years(&self, published: Option<Date>) -> Option<(i16, i16)> {
        let day = published.map(|d| d.year());
        let first = self.period.map(|p| p.first().year()).or(day)?;
        let last = self.period.map(|p| p.last().year()).or(day)?;
        let last = last.max(day.unwrap_or(last)).max(first);
        Some((first.min(last), last))
    }

    fn implausible(&self, published: Option<Date>, text: &str) -> Option<Finding> {
        let years = self.years(published)?;
        let (a, b) = (
            per_dollar(self.codes.0, years)?,
            per_dollar(self.codes.1, years)?,
        );
        let usual = a.div(&b)?;
        let hundred = Decimal::ONE_HUNDRED;
        let odd = rates().odd_percent.0.checked_div(hundred)?;
        let near = stretch(&usual, Decimal::ONE.checked_add(odd)?)?;
        if !self.rate.intersect(&near).is_empty() {
            return None;
        }
        let far = stretch(&usual, rates().impossible_times.0)?;
        let severity = match self.rate.intersect(&far).is_empty() {
            true => Severity::Error,
            false => Severity::Warning,
        };
        let span = format!("{}–{}", years.0, years.1);
        let values = [
            ("a", self.codes.0),
            ("b", self.codes.1),
            ("rate", &plain(&self.rate)),
            ("usual", &plain(&usual)),
            (
                "years",
                if years.0 == years.1 {
                    &span[..4]
                } else {
                    &span
                },
            ),
        ];
        let slip = ["thousand", "thousandth", "million", "millionth"];
        let by = [
            Decimal::ONE_THOUSAND,
            Decimal::new(1, 3),
            Decimal::from(1_000_000),
            Decimal::new(1, 6),
        ];
        let fits = |k: &Decimal| {
            let moved = self.rate.mul(&Interval::exactly(*k));
            !moved.intersect(&near).is_empty()
        };
        let help = slip.iter().zip(by).find(|(_, k)| fits(k)).map(|(f, _)| {
            let told = self.shown(true);
            rule::fill(
                word("scale"),
                &[("told", told.as_str()), ("factor", word(f))],
            )
        });
        Some(self.finding("rate", "implausible", severity, &values, text, help))
    }

    fn shown(&self, first: bool) -> String {
        let (code, amount) = match first {
            true => (self.codes.0, self.amounts.0),
            false => (self.codes.1, self.amounts.1),
        };
        let exact = Interval::exactly(amount);
        Scale::of(code, std::iter::once(&exact)).full(amount)
    }

    fn arithmetic(&self) -> String {
        let (a, b) = (self.shown(true), self.shown(false));
        let (x, y) = (self.codes.0, self.codes.1);
        format!("{a} ÷ {b} = {} {x} for one {y}", plain(&self.rate))
    }

    fn finding(
        &self,
        id: &str,
        case: &str,
        severity: Severity,
        values: &[(&str, &str)],
        text: &str,
        help: Option<String>,
    ) -> Finding {
        let label = |span: Span, primary| Label {
            span,
            quote: span.of(text).to_owned(),
            text: String::new(),
            primary,
        };
        let (x, y) = self.spans;
        Finding {
            rule: id.to_owned(),
            severity,
            outcome: match severity {
                Severity::Info => Outcome::Confirmed,
                _ => Outcome::Inconsistent,
            },
            message: rule::message(id, case, values),
            arithmetic: Some(self.arithmetic()),
            labels: vec![label(x.min(y), true), label(x.max(y), false)],
            involves: vec![ItemRef::Figure(self.figure)],
            beside: Vec::new(),
            help: help.or_else(|| rule::help(id, values)),
        }
    }
}

/// Rates of one text held against each other. The one that most others disagree with is shown;
/// of two the later.
fn between(all: &[&Double<'_>], text: &str, out: &mut Vec<Finding>) {
    // A text with more is a table; its first rows are enough to hold each against.
    const MOST: usize = 64;
    let agree = |x: &Double<'_>, y: &Double<'_>| {
        let percent = match x.period == y.period {
            true => rates().same_period_percent.0,
            false => rates().any_period_percent.0,
        };
        let room = percent.checked_div(Decimal::ONE_HUNDRED);
        let by = room.and_then(|r| Decimal::ONE.checked_add(r));
        let wide = by.and_then(|b| stretch(&x.rate, b));
        wide.is_none_or(|w| !w.intersect(&y.rate).is_empty())
    };
    for (i, d) in all.iter().enumerate() {
        let others = || all.iter().enumerate().take(MOST).filter(|(j, _)| *j != i);
        let against: Vec<usize> = others()
            .filter(|(_, o)| !agree(o, d))
            .map(|(j, _)| j)
            .collect();
        let Some(&other) = against.first() else {
            continue;
        };
        let count = others().count();
        let odd = against.len() * 2 > count || (count == 1 && i == 1);
        if !odd || count == 1 && i == 0 {
            continue;
        }
        let (rate, usual) = (plain(&d.rate), plain(&all[other].rate));
        let values = [
            ("a", d.codes.0),
            ("b", d.codes.1),
            ("rate", rate.as_str()),
            ("usual", usual.as_str()),
        ];
        let mut f = d.finding("rate", "between", Severity::Warning, &values, text, None);
        f.arithmetic = Some(format!("{}; {}", all[other].arithmetic(), d.arithmetic()));
        f.involves.push(ItemRef::Figure(all[other].figure));
        out.push(f);
    }
    if let [first, second, ..] = all
        && all.iter().all(|d| agree(first, d))
    {
        let values = [("a", first.codes.0), ("b", first.codes.1)];
        let mut f = first.finding("rate", "confirmed", Severity::Info, &values, text, None);
        f.arithmetic = Some(format!("{}; {}", first.arithmetic(), second.arithmetic()));
        f.help = None;
        out.push(f);
    }
}

/// An interval of positive numbers with its ends moved apart by a factor.
fn stretch(i: &Interval, by: Decimal) -> Option<Interval> {
    let low = i.low().value()?.checked_div(by)?;
    let high = i.high().value()?.checked_mul(by)?;
    Some(Interval::closed(low, high))
}

/// A rate in four digits.
fn plain(i: &Interval) -> String {
    let short = |d: Decimal| d.round_sf(4).unwrap_or(d).normalize().to_string();
    match (i.low().value(), i.high().value()) {
        (Some(l), Some(h)) => format!("{} to {}", short(l), short(h)),
        _ => i.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rates_are_read_in_order_and_without_gaps() {
        let all = read().unwrap();
        assert!(all.currency.len() > 50);
        for c in &all.currency {
            assert!(is_currency(&c.code));
            for s in &c.spans {
                assert!(
                    s.0 <= s.1 && s.2.0 < s.3.0 && s.2.0 > Decimal::ZERO,
                    "{}",
                    c.code
                );
            }
            for w in c.spans.windows(2) {
                assert_eq!(w[0].1 + 1, w[1].0, "{}", c.code);
            }
        }
    }

    #[test]
    fn a_year_that_is_not_listed_gives_no_range() {
        assert!(per_dollar("EUR", (1995, 1996)).is_none());
        assert!(per_dollar("XXX", (2020, 2020)).is_none());
        assert!(
            per_dollar("EUR", (2009, 2011))
                .unwrap()
                .contains(Decimal::new(76, 2))
        );
    }
}
