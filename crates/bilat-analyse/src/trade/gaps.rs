//! Years that a book passes over.

use bilat_model::{Country, Decimal, Measure, Period};

use super::Trade;
use crate::computed::{Computed, Input, Missing};
use crate::indicator::MISSING_YEARS;

/// The years in which one book has no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingYears {
    /// From whom.
    pub from: Country,
    /// To whom.
    pub to: Country,
    /// The seller's book ([`Measure::Exports`]) or the buyer's ([`Measure::Imports`]).
    pub book: Measure,
    /// Whose book that is.
    pub reporter: Country,
    /// The years, ascending.
    pub years: Vec<i16>,
}

impl Trade {
    /// Years in which each of the four books has no figure, within the span in which any of them
    /// has one and while both countries existed. Books without such a year are left out.
    ///
    /// `existed` tells whether a country existed in a period, as the registry knows it.
    #[must_use]
    pub fn missing_years(&self, existed: impl Fn(Country, Period) -> bool) -> Vec<MissingYears> {
        let years = self.years();
        let (Some(first), Some(last)) = (years.first(), years.last()) else {
            return Vec::new();
        };
        let expected: Vec<_> = (*first..=*last)
            .filter(|y| {
                let both = self.pair.both();
                both.iter().all(|c| existed(*c, Period::Year(*y)))
            })
            .collect();
        let mut out = Vec::new();
        for from in self.pair.both() {
            let to = self.pair.other(from).unwrap_or(from);
            for (book, reporter) in [(Measure::Exports, from), (Measure::Imports, to)] {
                let absent = |y: &&i16| self.flow(from, book, **y).is_none();
                let years: Vec<_> = expected.iter().filter(absent).copied().collect();
                if !years.is_empty() {
                    out.push(MissingYears {
                        from,
                        to,
                        book,
                        reporter,
                        years,
                    });
                }
            }
        }
        out
    }

    /// How many years one book passes over, as a computed value; see
    /// [`missing_years`](Self::missing_years).
    ///
    /// # Errors
    /// [`Missing::TooLittle`] when no book of the pair has any figure.
    pub fn missing_count(&self, gap: &MissingYears) -> Result<Computed, Missing> {
        let all = self.years();
        let (Some(first), Some(last)) = (all.first(), all.last()) else {
            return Err(Missing::TooLittle {
                indicator: MISSING_YEARS.id,
                needed: "a year with a figure".to_owned(),
                found: format!("none in {}", self.source),
            });
        };
        let period = if first < last {
            Period::Years(*first, *last)
        } else {
            Period::Year(*first)
        };
        let names: Vec<_> = gap.years.iter().map(i16::to_string).collect();
        let there = self
            .totals
            .iter()
            .filter(|((_, from, book), _)| *from == gap.from && *book == gap.book);
        let mut id = self.id(&MISSING_YEARS).way(gap.from, gap.to).at(period);
        id.what = Some(gap.book.code().to_owned());
        Ok(Computed {
            id,
            indicator: &MISSING_YEARS,
            period: Some(period),
            value: Decimal::from(gap.years.len()),
            unit: MISSING_YEARS.unit,
            inputs: there
                .map(|((y, ..), e)| Input::Evidence {
                    role: format!("the figure of {y}"),
                    id: e.id.clone(),
                    value: None,
                    unit: None,
                })
                .collect(),
            arithmetic: format!("without a figure: {}", names.join(", ")),
        })
    }
}
