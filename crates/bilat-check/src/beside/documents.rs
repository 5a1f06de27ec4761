//! Told figures against those that other documents tell.

use bilat_model::evidence::{Qualifier, Statement};
use bilat_model::finding::{Beside, Finding, Outcome, Severity};
use bilat_model::interval::Interval;
use bilat_model::registry::fold;
use bilat_model::told::{Figure, FigureKind, ItemRef};
use bilat_model::{Evidence, Period};

use super::trade::digits;
use super::{About, Against};
use crate::money::is_currency;
use crate::names::{self, beside};
use crate::net::reading::by_digits;
use crate::print::Scale;

/// What another document tells of the same.
struct Other<'a> {
    figure: &'a Figure,
    evidence: &'a Evidence,
}

/// A finding to be made about a figure.
struct Case<'a> {
    rule: &'static str,
    case: &'static str,
    severity: Severity,
    outcome: Outcome,
    year: &'a str,
    others: &'a [&'a Other<'a>],
}

impl Against<'_> {
    /// Every told figure against those of other documents that are on the same.
    pub(crate) fn documents(&self, out: &mut Vec<Finding>) {
        for (i, f) in self.told.figures.iter().enumerate() {
            // A headline repeats what the text tells.
            if f.value.is_none() || f.headline {
                continue;
            }
            let others = self.others(f);
            if others.is_empty() {
                continue;
            }
            let before = out.len();
            match f.period {
                Some(period) => self.dated((i, f, period), &others, out),
                None => out.extend(self.undated(i, f, &others, out)),
            }
            if out.len() == before {
                out.extend(self.not_comparable((i, f), &others));
            }
        }
    }

    /// Figures on the same subject, whatever their unit and period.
    fn others(&self, f: &Figure) -> Vec<Other<'_>> {
        let product = |f: &Figure| fold(f.product.as_deref().unwrap_or_default());
        let subject = |f: &Figure| (f.kind, f.from, f.to, f.status, product(f));
        let all = self.known.evidence.iter();
        let told = all.filter_map(|e| match &e.statement {
            Statement::Told(figure) => Some(Other {
                figure,
                evidence: e,
            }),
            _ => None,
        });
        told.filter(|o| subject(o.figure) == subject(f) && alike(&o.figure.unit, &f.unit))
            .filter(|o| o.figure.value.is_some())
            .collect()
    }

    /// The same period: what one number allows must meet what the other allows. A part of a period:
    /// it cannot be more than the whole.
    fn dated(
        &self,
        (i, f, period): (usize, &Figure, Period),
        others: &[Other<'_>],
        out: &mut Vec<Finding>,
    ) {
        let comparable = others.iter().filter_map(|o| {
            let (own, other) = both(f, o.figure)?;
            Some((o, o.figure.period?, own, other))
        });
        let (mut agree, mut differ, mut exceeds) = (Vec::new(), Vec::new(), Vec::new());
        for (o, other_period, own, other) in comparable {
            if other_period == period {
                match own.intersect(&other).is_empty() {
                    true => differ.push(o),
                    false => agree.push(o),
                }
            } else if adds_up(f.kind) && within(period, other_period) && above(&own, &other)
                || adds_up(f.kind) && within(other_period, period) && above(&other, &own)
            {
                exceeds.push(o);
            }
        }
        for (others, case, severity, outcome) in [
            (&agree, "confirmed", Severity::Info, Outcome::Confirmed),
            (&differ, "differs", Severity::Warning, Outcome::Contradicted),
            (&exceeds, "part", Severity::Warning, Outcome::Contradicted),
        ] {
            if !others.is_empty() {
                let found = Case {
                    rule: "other-document",
                    case,
                    severity,
                    outcome,
                    year: "",
                    others,
                };
                out.push(self.case((i, f), &found));
            }
        }
    }

    /// Why none of the others could be held against it.
    fn not_comparable(&self, (i, f): (usize, &Figure), others: &[Other<'_>]) -> Option<Finding> {
        let case = |o: &Other<'_>| match (f.period, o.figure.period) {
            (None, _) => "undated",
            (Some(_), None) => "other-undated",
            (Some(p), Some(o)) if p != o => "other-period",
            _ => "other-unit",
        };
        // The one that is nearest to being comparable: of the same period, else of a near one.
        let distance = |o: &&Other<'_>| match (f.period, o.figure.period) {
            (Some(p), Some(o)) => p.first().year().abs_diff(o.first().year()),
            _ => u16::MAX,
        };
        let nearest = others
            .iter()
            .min_by_key(|o| (f.period != o.figure.period, distance(o)))?;
        let found = Case {
            rule: "other-document",
            case: case(nearest),
            severity: Severity::Info,
            outcome: Outcome::NotComparable,
            year: "",
            others: &[nearest],
        };
        Some(self.case((i, f), &found))
    }

    /// A figure without a period that an old document has too, with its year or without.
    fn undated(
        &self,
        i: usize,
        f: &Figure,
        others: &[Other<'_>],
        found: &[Finding],
    ) -> Option<Finding> {
        let (value, published) = (f.value?, self.told.published?);
        let interval = allowed(f);
        // An old figure is repeated in the unit that it had.
        let others = || others.iter().filter(|o| o.figure.unit == f.unit);
        if f.qualifier != Qualifier::Exact || digits(&interval, value) < beside().stale_digits {
            return None;
        }
        let told_already =
            |x: &Finding| x.rule == "stale" && x.involves.first() == Some(&ItemRef::Figure(i));
        if found.iter().any(told_already) {
            return None;
        }
        let last = published.year().checked_sub(beside().stale_years)?;
        let year = |o: &Other<'_>| match o.figure.period {
            Some(p) => Some(p.last().year()),
            None => Some(self.source(&o.evidence.citation)?.published?.year()),
        };
        let same = |o: &&Other<'_>| o.figure.value.is_some_and(|v| interval.contains(v));
        let old = others().filter(same);
        let old = old.filter_map(|o| Some((year(o)?, o)));
        let (year, first) = old.filter(|(y, _)| *y <= last).min_by_key(|(y, _)| *y)?;
        let case = match first.figure.period {
            Some(_) => "found",
            None => "repeated",
        };
        let found = Case {
            rule: "stale",
            case,
            severity: Severity::Warning,
            outcome: Outcome::Stale,
            year: &year.to_string(),
            others: &[first],
        };
        Some(self.case((i, f), &found))
    }

    fn case(&self, (i, f): (usize, &Figure), case: &Case<'_>) -> Finding {
        let shown = allowed(f);
        let scale = Scale::of(&f.unit, std::iter::once(&shown));
        let product = f.product.as_deref().unwrap_or_default();
        let status = f.status.map_or("", |s| s.code());
        let name = names::quantity(f.kind, (f.from, f.to), product, f.period, status);
        let told = f.value.map_or(String::new(), |v| scale.full(v));
        let first = case.others.first();
        let other = first.map(|o| says(o.figure));
        let source = first.map(|o| self.title(&o.evidence.citation));
        let period = first.and_then(|o| o.figure.period);
        let period = period.map_or(String::new(), |p| p.to_string());
        let values = [
            ("name", name.as_str()),
            ("told", told.as_str()),
            ("other", other.as_deref().unwrap_or_default()),
            ("source", source.as_deref().unwrap_or_default()),
            ("period", period.as_str()),
            ("year", case.year),
        ];
        let about = About {
            rule: case.rule,
            case: case.case,
            severity: case.severity,
            outcome: case.outcome,
            values: &values,
            span: f.span,
            item: Some(ItemRef::Figure(i)),
        };
        let beside = case.others.iter().map(|o| self.told_by(o));
        self.finding(&about, beside.collect())
    }

    fn told_by(&self, o: &Other<'_>) -> Beside {
        let period = o.figure.period.map(|p| p.to_string());
        let says = match period {
            Some(p) => format!("{}, {p}", says(o.figure)),
            None => says(o.figure),
        };
        self.beside(o.evidence, says)
    }
}

/// A figure in its own unit, and in those that are told beside.
fn says(f: &Figure) -> String {
    let amount = |unit: &str, allowed: &Interval, value| {
        Scale::of(unit, std::iter::once(allowed)).full(value)
    };
    let Some(value) = f.value else {
        return String::new();
    };
    let mut out = amount(&f.unit, &allowed(f), value);
    for a in &f.alt {
        out.push_str(&format!(" ({})", amount(&a.unit, &a.interval, a.value)));
    }
    out
}

/// Whether two units are of one kind: the same, both currencies, or measured in one.
fn alike(a: &str, b: &str) -> bool {
    let base = |u: &str| match names::measured(u) {
        Some(m) => m.unit.clone(),
        None if is_currency(u) => "currency".to_owned(),
        None => u.to_owned(),
    };
    base(a) == base(b)
}

/// What two figures allow in a unit that both have: their own, that of an amount told beside, or
/// one that theirs are measured in. No currency is converted.
fn both(a: &Figure, b: &Figure) -> Option<(Interval, Interval)> {
    let (a, b) = (amounts(a), amounts(b));
    a.iter().find_map(|(unit, own)| {
        let other = b.iter().find(|(u, _)| u == unit)?;
        Some((*own, other.1))
    })
}

fn amounts(f: &Figure) -> Vec<(&str, Interval)> {
    let own = std::iter::once((f.unit.as_str(), allowed(f)));
    let alt = f.alt.iter().map(|a| (a.unit.as_str(), a.interval));
    own.chain(alt)
        .map(|(unit, allows)| match names::measured(unit) {
            Some(m) => (m.unit.as_str(), allows.mul(&Interval::exactly(m.times))),
            None => (unit, allows),
        })
        .collect()
}

/// Whether what is counted in the parts of a period adds up to the whole.
fn adds_up(kind: FigureKind) -> bool {
    use FigureKind as K;
    matches!(
        kind,
        K::TradeTurnover | K::Exports | K::Imports | K::Tourists
    )
}

/// Whether a period is a part of another one. The months of a fiscal year are not known.
fn within(part: Period, whole: Period) -> bool {
    let fiscal = |p: Period| matches!(p, Period::Fiscal(_));
    whole != part && whole.contains(&part) && !fiscal(part) && !fiscal(whole)
}

/// Whether all that one allows is more than all that the other allows.
fn above(a: &Interval, b: &Interval) -> bool {
    match (a.low().value(), b.high().value()) {
        (Some(low), Some(high)) => low > high,
        _ => false,
    }
}

/// What a figure's printed form allows, up to the end of a range.
fn allowed(f: &Figure) -> Interval {
    let Some(value) = f.value else {
        return Interval::ALL;
    };
    let own = f.interval.unwrap_or_else(|| by_digits(value, f.qualifier));
    match f.value_max {
        Some(top) => own.hull(&Interval::exactly(top)),
        None => own,
    }
}
