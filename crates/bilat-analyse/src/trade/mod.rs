//! A pair's trade by one source.
//!
//! Both books are kept apart: what goes from A to B stands once in A's books as exports (FOB) and
//! once in B's as imports (CIF). Turnover, balance and everything built on them are by one
//! country's books; the mirror gap sets the two side by side.

mod gaps;
mod goods;
mod mirror;
mod series;

use std::collections::BTreeMap;

use bilat_model::source::SourceId;
use bilat_model::{Country, Decimal, Evidence, EvidenceId, Measure, Pair, Period, Statement, Unit};
use serde::Serialize;

use crate::computed::{Computed, ComputedId, Gap, Input, Missing};
use crate::exact::show;
use crate::indicator::{BALANCE, Indicator, TURNOVER};

pub use gaps::MissingYears;
pub use goods::Section;
pub use mirror::{Margin, usual_margin};

/// Which of a country's yearly values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Series {
    /// Exports and imports together.
    Turnover,
    /// Exports of the country whose books they are.
    Exports,
    /// Imports of the country whose books they are.
    Imports,
}

impl Series {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Turnover, Self::Exports, Self::Imports];

    /// The word for it in names of computed values.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Turnover => "turnover",
            Self::Exports => "exports",
            Self::Imports => "imports",
        }
    }
}

/// A figure as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub id: EvidenceId,
    /// Its value in US dollars.
    pub value: Decimal,
}

/// Year, from whom, and whether in the buyer's books (imports) or the seller's (exports).
type Key = (i16, Country, Measure);

/// A pair's trade by one source.
#[derive(Clone, Debug)]
pub struct Trade {
    pair: Pair,
    source: SourceId,
    /// Set where names of computed values must tell the source.
    marked: Option<SourceId>,
    totals: BTreeMap<Key, Entry>,
    /// By year, from whom, in which books, and section.
    goods: BTreeMap<Key, BTreeMap<String, Entry>>,
}

impl Trade {
    /// The trade of a pair as one source has it, taken to be the main source: names of computed
    /// values do not tell it. Of several figures of the same thing the first counts.
    ///
    /// Figures of other pairs and sources, and of periods other than calendar years, are passed
    /// over.
    #[must_use]
    pub fn of<'a>(
        pair: Pair,
        evidence: impl IntoIterator<Item = &'a Evidence>,
        source: &SourceId,
    ) -> Self {
        let mut out = Self {
            pair,
            source: source.clone(),
            marked: None,
            totals: BTreeMap::new(),
            goods: BTreeMap::new(),
        };
        for e in evidence {
            if e.pair == pair && e.citation.source == *source {
                out.take(e);
            }
        }
        out
    }

    /// The same, with the source told in the names of computed values.
    #[must_use]
    pub fn marked(mut self) -> Self {
        self.marked = Some(self.source.clone());
        self
    }

    fn take(&mut self, e: &Evidence) {
        let Statement::Figure(f) = &e.statement else {
            return;
        };
        let Some(Period::Year(year)) = f.period else {
            return;
        };
        if !matches!(f.measure, Measure::Exports | Measure::Imports) {
            return;
        }
        let entry = || Entry {
            id: e.id.clone(),
            value: f.value,
        };
        let key = (year, f.from, f.measure);
        match &f.product {
            None => {
                self.totals.entry(key).or_insert_with(entry);
            }
            Some(product) => {
                let sections = self.goods.entry(key).or_default();
                sections.entry(product.clone()).or_insert_with(entry);
            }
        }
    }

    /// The pair.
    #[must_use]
    pub fn pair(&self) -> Pair {
        self.pair
    }

    /// The source.
    #[must_use]
    pub fn source(&self) -> &SourceId {
        &self.source
    }

    /// Years in which any book has a figure for all goods, ascending.
    #[must_use]
    pub fn years(&self) -> Vec<i16> {
        let mut out: Vec<_> = self.totals.keys().map(|(y, ..)| *y).collect();
        out.dedup();
        out
    }

    /// What goes from one country to the other, by the seller's books ([`Measure::Exports`]) or
    /// the buyer's ([`Measure::Imports`]).
    #[must_use]
    pub fn flow(&self, from: Country, book: Measure, year: i16) -> Option<&Entry> {
        self.totals.get(&(year, from, book))
    }

    /// Exports and imports together, by one country's books.
    ///
    /// # Errors
    /// [`Missing::Figures`] names whichever of the two is absent.
    pub fn turnover(&self, reporter: Country, year: i16) -> Result<Computed, Missing> {
        let (x, m) = self.both_ways(&TURNOVER, reporter, year)?;
        let value = sum(&TURNOVER, x.1.value, m.1.value)?;
        let arithmetic = format!(
            "{} + {} = {} USD",
            show(x.1.value),
            show(m.1.value),
            show(value)
        );
        Ok(self.yearly(&TURNOVER, reporter, year, value, vec![x, m], arithmetic))
    }

    /// Exports less imports, by one country's books.
    ///
    /// # Errors
    /// [`Missing::Figures`] names whichever of the two is absent.
    pub fn balance(&self, reporter: Country, year: i16) -> Result<Computed, Missing> {
        let (x, m) = self.both_ways(&BALANCE, reporter, year)?;
        let value = sum(&BALANCE, x.1.value, -m.1.value)?;
        let arithmetic = format!(
            "{} − {} = {} USD",
            show(x.1.value),
            show(m.1.value),
            show(value)
        );
        Ok(self.yearly(&BALANCE, reporter, year, value, vec![x, m], arithmetic))
    }

    fn yearly(
        &self,
        indicator: &'static Indicator,
        reporter: Country,
        year: i16,
        value: Decimal,
        inputs: Vec<(String, &Entry)>,
        arithmetic: String,
    ) -> Computed {
        let period = Period::Year(year);
        Computed {
            id: self.id(indicator).of(reporter).at(period),
            indicator,
            period: Some(period),
            value,
            unit: indicator.unit,
            inputs: inputs.into_iter().map(|(r, e)| usd(r, e)).collect(),
            arithmetic,
        }
    }

    fn id(&self, indicator: &Indicator) -> ComputedId {
        ComputedId::new(self.pair, indicator).from_source(self.marked.clone())
    }

    /// The figures that a series of one country's books is made of in a year.
    fn parts(
        &self,
        indicator: &'static Indicator,
        series: Series,
        reporter: Country,
        year: i16,
    ) -> Result<Vec<(String, &Entry)>, Missing> {
        let partner = self.partner(indicator, reporter)?;
        let exports = (reporter, Measure::Exports);
        let imports = (partner, Measure::Imports);
        let wanted = match series {
            Series::Turnover => vec![exports, imports],
            Series::Exports => vec![exports],
            Series::Imports => vec![imports],
        };
        let (mut found, mut gaps) = (Vec::new(), Vec::new());
        for (from, measure) in wanted {
            match self.flow(from, measure, year) {
                Some(entry) => found.push((role(from, measure, self.pair, year), entry)),
                None => gaps.push(self.gap(from, measure, year)),
            }
        }
        if gaps.is_empty() {
            Ok(found)
        } else {
            Err(Missing::Figures {
                indicator: indicator.id,
                gaps,
            })
        }
    }

    fn both_ways(
        &self,
        indicator: &'static Indicator,
        reporter: Country,
        year: i16,
    ) -> Result<(Part<'_>, Part<'_>), Missing> {
        let mut parts = self
            .parts(indicator, Series::Turnover, reporter, year)?
            .into_iter();
        match (parts.next(), parts.next()) {
            (Some(x), Some(m)) => Ok((x, m)),
            _ => Err(Missing::Figures {
                indicator: indicator.id,
                gaps: Vec::new(),
            }),
        }
    }

    fn partner(&self, indicator: &Indicator, of: Country) -> Result<Country, Missing> {
        self.pair.other(of).ok_or_else(|| Missing::TooLittle {
            indicator: indicator.id,
            needed: format!("one of {}", self.pair),
            found: of.to_string(),
        })
    }

    fn gap(&self, from: Country, measure: Measure, year: i16) -> Gap {
        Gap {
            source: self.source.clone(),
            measure,
            from,
            to: self.pair.other(from).unwrap_or(from),
            year,
        }
    }
}

/// A figure with what it is in the formula.
type Part<'a> = (String, &'a Entry);

fn role(from: Country, measure: Measure, pair: Pair, year: i16) -> String {
    let to = pair.other(from).unwrap_or(from);
    match measure {
        Measure::Exports => format!("exports {from}>{to} by {from}’s books (FOB), {year}"),
        _ => format!("imports {from}>{to} by {to}’s books (CIF), {year}"),
    }
}

fn usd(role: String, entry: &Entry) -> Input {
    Input::Evidence {
        role,
        id: entry.id.clone(),
        value: Some(entry.value),
        unit: Some(Unit::USD),
    }
}

fn sum(indicator: &Indicator, a: Decimal, b: Decimal) -> Result<Decimal, Missing> {
    a.checked_add(b).ok_or_else(|| out_of_range(indicator))
}

fn out_of_range(indicator: &Indicator) -> Missing {
    Missing::Arithmetic {
        indicator: indicator.id,
        reason: "the base is not positive, or the result is out of range".to_owned(),
    }
}
