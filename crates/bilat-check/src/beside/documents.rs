//! Told figures against those that other documents tell.

use bilat_model::Evidence;
use bilat_model::evidence::{Qualifier, Statement};
use bilat_model::finding::{Beside, Finding, Outcome, Severity};
use bilat_model::interval::Interval;
use bilat_model::registry::fold;
use bilat_model::told::{Figure, ItemRef};

use super::trade::digits;
use super::{About, Against};
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
            match f.period {
                Some(_) => self.dated(i, f, &others, out),
                None => out.extend(self.undated(i, f, &others, out)),
            }
        }
    }

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
        told.filter(|o| o.figure.unit == f.unit && subject(o.figure) == subject(f))
            .filter(|o| o.figure.value.is_some())
            .collect()
    }

    /// The same period: what one number allows must meet what the other allows.
    fn dated(&self, i: usize, f: &Figure, others: &[Other<'_>], out: &mut Vec<Finding>) {
        let same = others.iter().filter(|o| o.figure.period == f.period);
        let meets = |o: &&Other<'_>| !allowed(f).intersect(&allowed(o.figure)).is_empty();
        let (agree, differ): (Vec<_>, Vec<_>) = same.partition(meets);
        for (others, case, severity, outcome) in [
            (&agree, "confirmed", Severity::Info, Outcome::Confirmed),
            (&differ, "differs", Severity::Warning, Outcome::Contradicted),
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
        let old = others.iter().filter(same);
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
        let other = first.and_then(|o| o.figure.value).map(|v| scale.full(v));
        let source = first.map(|o| self.title(&o.evidence.citation));
        let values = [
            ("name", name.as_str()),
            ("told", told.as_str()),
            ("other", other.as_deref().unwrap_or_default()),
            ("source", source.as_deref().unwrap_or_default()),
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
        let beside = case.others.iter().map(|o| self.told_by(o, &scale));
        self.finding(&about, beside.collect())
    }

    fn told_by(&self, o: &Other<'_>, scale: &Scale) -> Beside {
        let value = o.figure.value.map_or(String::new(), |v| scale.full(v));
        let period = o.figure.period.map(|p| p.to_string());
        let says = match period {
            Some(p) => format!("{value}, {p}"),
            None => value,
        };
        self.beside(o.evidence, says)
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
