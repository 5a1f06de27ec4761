//! Told trade and investment against the books that are known.

use std::collections::BTreeMap;

use bilat_model::evidence::Qualifier;
use bilat_model::finding::{Beside, Finding, Outcome, Severity};
use bilat_model::interval::Interval;
use bilat_model::told::{Figure, FigureKind, ItemRef};
use bilat_model::{Country, Decimal, Evidence, Figure as KnownFigure, Measure, Period, Statement};

use super::{About, Against};
use crate::names::{self, beside};
use crate::net::reading::by_digits;
use crate::print::{Scale, percent};

/// A known value that a told one can be held against.
struct Candidate<'a> {
    /// Whose books.
    book: Option<Country>,
    value: Decimal,
    evidence: Vec<&'a Evidence>,
}

/// The known figures of a pair by year.
struct Books<'a> {
    years: BTreeMap<i16, Vec<(&'a KnownFigure, &'a Evidence)>>,
}

impl Against<'_> {
    /// Every told figure of goods or direct investment against the books of its year.
    pub(crate) fn trade(&self, out: &mut Vec<Finding>) {
        // With nothing to hold figures against, to say so of each would be noise.
        if self.known.evidence.is_empty() {
            return;
        }
        let mut books = Books {
            years: BTreeMap::new(),
        };
        for e in self.known.evidence {
            // What a document tells without a period was so by the year of its publication.
            let published = || self.source(&e.citation)?.published;
            if let Statement::Figure(f) = &e.statement
                && f.product.is_none()
                && let Some(Period::Year(y)) =
                    f.period.or_else(|| Some(Period::Year(published()?.year())))
            {
                books.years.entry(y).or_default().push((f, e));
            }
        }
        for (i, f) in self.told.figures.iter().enumerate() {
            let Some(value) = f.value.filter(|_| f.product.is_none()) else {
                continue;
            };
            if !measures(f.kind).is_empty() {
                out.extend(self.figure(i, f, value, &books));
            }
        }
    }

    fn figure(&self, i: usize, f: &Figure, value: Decimal, books: &Books<'_>) -> Option<Finding> {
        let any = books.any(f.kind);
        let told_interval = f.interval.unwrap_or_else(|| by_digits(value, f.qualifier));
        let exact = Interval::exactly(value);
        let scale = Scale::of(&f.unit, std::iter::once(&exact));
        let told = scale.full(value);
        let name = names::quantity(f.kind, (f.from, f.to), "", f.period, "");
        let because = |case, more: &str| {
            let values = [
                ("name", name.as_str()),
                ("told", told.as_str()),
                ("more", more),
            ];
            let how = (case, Severity::Info, Outcome::NotComparable);
            Some(self.book((i, f), how, &values, Vec::new()))
        };
        if !any {
            let values = [("name", name.as_str()), ("told", told.as_str())];
            let how = ("unsupported", Severity::Info, Outcome::Unsupported);
            return Some(self.book((i, f), how, &values, Vec::new()));
        }
        if let Some(s) = f.status {
            return because("status", s.code());
        }
        let year = match f.period {
            None => {
                return self
                    .stale(i, f, value, books)
                    .or_else(|| because("undated", ""));
            }
            Some(Period::Year(y)) => y,
            Some(p) => return because("partial", &p.to_string()),
        };
        if f.unit != "USD" {
            return because("currency", &f.unit);
        }
        let candidates = books.of(f, year);
        if candidates.is_empty() {
            return because("not-covered", &books.covered(f.kind));
        }
        let beside = candidates
            .iter()
            .map(|c| self.candidate(c, &scale))
            .collect();
        let how = judge(f.kind, &told_interval, value, &candidates);
        let nearest = candidates.iter().min_by_key(|c| gap(value, c.value))?;
        let by = percent(gap(value, nearest.value));
        let near = scale.full(nearest.value);
        let values = [
            ("name", name.as_str()),
            ("told", told.as_str()),
            ("near", near.as_str()),
            ("by", by.as_str()),
        ];
        Some(self.book((i, f), how, &values, beside))
    }

    fn book(
        &self,
        (i, f): (usize, &Figure),
        (case, severity, outcome): (&'static str, Severity, Outcome),
        values: &[(&str, &str)],
        beside: Vec<Beside>,
    ) -> Finding {
        let about = About {
            rule: "books",
            case,
            severity,
            outcome,
            values,
            span: f.span,
            item: Some(ItemRef::Figure(i)),
        };
        self.finding(&about, beside)
    }

    fn candidate(&self, c: &Candidate<'_>, scale: &Scale) -> Beside {
        let first = c.evidence[0];
        let mut says = scale.full(c.value.round_dp(0));
        if let Some(book) = c.book {
            says.push_str(&format!(", books of {book}"));
        }
        let mut out = self.beside(first, says);
        if let [_, second] = c.evidence[..] {
            out.id.push_str(&format!(" + {}", second.id.0));
        }
        out
    }

    /// An undated figure that equals a dated one of long before.
    fn stale(&self, i: usize, f: &Figure, value: Decimal, books: &Books<'_>) -> Option<Finding> {
        let published = self.told.published?;
        if f.unit != "USD" || f.qualifier != Qualifier::Exact || f.headline {
            return None;
        }
        let interval = f.interval.unwrap_or_else(|| by_digits(value, f.qualifier));
        let last = published.year().checked_sub(beside().stale_years)?;
        for year in books.years.keys().filter(|y| **y <= last) {
            for c in books.of(f, *year) {
                let first = c.evidence[0];
                let document = self.source(&first.citation).is_some_and(|s| s.document);
                let least = match document {
                    true => beside().stale_digits,
                    false => beside().stale_digits_of_series,
                };
                if !interval.contains(c.value) || digits(&interval, value) < least {
                    continue;
                }
                let exact = Interval::exactly(value);
                let scale = Scale::of(&f.unit, std::iter::once(&exact));
                let (told, year) = (scale.full(value), year.to_string());
                let title = self.title(&first.citation);
                let values = [
                    ("told", told.as_str()),
                    ("year", year.as_str()),
                    ("source", title.as_str()),
                ];
                let (severity, outcome) = match document {
                    true => (Severity::Warning, Outcome::Stale),
                    false => (Severity::Info, Outcome::Stale),
                };
                let about = About {
                    rule: "stale",
                    case: "found",
                    severity,
                    outcome,
                    values: &values,
                    span: f.span,
                    item: Some(ItemRef::Figure(i)),
                };
                return Some(self.finding(&about, vec![self.candidate(&c, &scale)]));
            }
        }
        None
    }
}

/// What a told kind can be held against.
fn measures(kind: FigureKind) -> &'static [Measure] {
    match kind {
        FigureKind::TradeTurnover | FigureKind::Exports | FigureKind::Imports => {
            &[Measure::Exports, Measure::Imports]
        }
        FigureKind::FdiStock => &[Measure::FdiInstock, Measure::FdiOutstock],
        FigureKind::FdiFlow => &[Measure::FdiInflow, Measure::FdiOutflow],
        _ => &[],
    }
}

impl<'a> Books<'a> {
    fn any(&self, kind: FigureKind) -> bool {
        self.years
            .values()
            .flatten()
            .any(|(f, _)| measures(kind).contains(&f.measure))
    }

    /// The years for which something is known: `1992–2020`.
    fn covered(&self, kind: FigureKind) -> String {
        let fits = |all: &Vec<(&KnownFigure, &Evidence)>| {
            all.iter().any(|(f, _)| measures(kind).contains(&f.measure))
        };
        let mut years = self
            .years
            .iter()
            .filter(|(_, all)| fits(all))
            .map(|(y, _)| *y);
        match (years.next(), years.next_back()) {
            (Some(first), Some(last)) => format!("{first}–{last}"),
            (Some(only), None) => only.to_string(),
            _ => String::new(),
        }
    }

    fn of(&self, told: &Figure, year: i16) -> Vec<Candidate<'a>> {
        let all = self.years.get(&year).map_or(&[][..], Vec::as_slice);
        if told.kind != FigureKind::TradeTurnover {
            let fits = |f: &KnownFigure| {
                (f.from, f.to) == (told.from, told.to) && measures(told.kind).contains(&f.measure)
            };
            let one = |(f, e): &(&'a KnownFigure, &'a Evidence)| Candidate {
                book: f.reporter,
                value: f.value,
                evidence: vec![*e],
            };
            return all.iter().filter(|(f, _)| fits(f)).map(one).collect();
        }
        let mut out = Vec::new();
        for (sold, e) in all.iter().filter(|(f, _)| f.measure == Measure::Exports) {
            let bought = all.iter().find(|(f, o)| {
                f.measure == Measure::Imports
                    && f.reporter == sold.reporter
                    && (f.from, f.to) == (sold.to, sold.from)
                    && o.citation.source == e.citation.source
            });
            let sum = bought.and_then(|(f, _)| f.value.checked_add(sold.value));
            if let (Some((_, o)), Some(value)) = (bought, sum) {
                out.push(Candidate {
                    book: sold.reporter,
                    value,
                    evidence: vec![*e, *o],
                });
            }
        }
        out
    }
}

/// The difference in per cent of the known value; the largest decimal where that is zero.
fn gap(told: Decimal, known: Decimal) -> Decimal {
    let part = told
        .checked_sub(known)
        .and_then(|d| d.abs().checked_div(known.abs()))
        .and_then(|d| d.checked_mul(Decimal::ONE_HUNDRED));
    part.map_or(Decimal::MAX, |p| p.round_dp(1))
}

fn judge(
    kind: FigureKind,
    told: &Interval,
    value: Decimal,
    candidates: &[Candidate<'_>],
) -> (&'static str, Severity, Outcome) {
    let limits = beside();
    let near = |c: &Candidate<'_>| {
        let reach = c
            .value
            .abs()
            .checked_mul(Decimal::new(limits.confirmed_percent, 2));
        let reach = reach.unwrap_or_default();
        let around = (c.value.checked_sub(reach), c.value.checked_add(reach));
        matches!(around, (Some(l), Some(h)) if !told.intersect(&Interval::closed(l, h)).is_empty())
    };
    if candidates.iter().any(near) {
        return ("confirmed", Severity::Info, Outcome::Confirmed);
    }
    let differs = ("differs", Severity::Info, Outcome::Contradicted);
    let values = || candidates.iter().map(|c| c.value);
    let (Some(low), Some(high)) = (values().min(), values().max()) else {
        return differs;
    };
    let times = |a: Decimal, by: i64| a.checked_mul(Decimal::from(by)).unwrap_or(Decimal::MAX);
    let goods = !matches!(kind, FigureKind::FdiStock | FigureKind::FdiFlow);
    let firm = goods
        && candidates.len() > 1
        && low >= Decimal::from(limits.least)
        && high <= times(low, limits.books_times);
    let gross = value > times(high, limits.gross_times) || times(value, limits.gross_times) < low;
    if !(firm && gross) {
        return differs;
    }
    let slip = |k: i64| {
        let up = times(value, k) >= low.checked_div(Decimal::TWO).unwrap_or(low)
            && times(value, k) <= times(high, 2);
        let down = value >= times(low, k).checked_div(Decimal::TWO).unwrap_or(value)
            && value <= times(times(high, k), 2);
        up || down
    };
    let case = match slip(1_000) || slip(1_000_000) {
        true => "slip",
        false => "gross",
    };
    (case, Severity::Warning, Outcome::Contradicted)
}

/// How many digits a number was printed with.
pub(super) fn digits(i: &Interval, value: Decimal) -> usize {
    let width = match (i.low().value(), i.high().value()) {
        (Some(l), Some(h)) => h.checked_sub(l),
        _ => None,
    };
    let units = width.and_then(|w| value.abs().checked_div(w));
    units.map_or(0, |u| {
        u.trunc()
            .normalize()
            .to_string()
            .trim_start_matches('0')
            .len()
    })
}
