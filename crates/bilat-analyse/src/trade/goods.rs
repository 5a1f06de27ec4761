//! Trade by section of goods.

use bilat_model::{Country, Decimal, Measure, Period};

use super::{Entry, Trade, out_of_range, usd};
use crate::computed::{Computed, Missing};
use crate::exact::{percent, round, show};
use crate::indicator::{CONCENTRATION, Indicator, LARGEST_SECTION};

/// One section of goods going one way in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// Its code, such as `SITC5`.
    pub code: &'a str,
    /// The figure.
    pub entry: &'a Entry,
    /// Its part in the sum over the sections, per cent, two digits.
    pub percent: Decimal,
}

impl Trade {
    /// Years with figures by section for what goes from a country, ascending.
    #[must_use]
    pub fn goods_years(&self, from: Country) -> Vec<i16> {
        let mut out: Vec<_> = self
            .goods
            .keys()
            .filter(|(_, f, _)| *f == from)
            .map(|(y, ..)| *y)
            .collect();
        out.dedup();
        out
    }

    /// The sections that go from a country in a year, largest first, equal ones by code. Where
    /// both books have sections, the seller's count.
    #[must_use]
    pub fn sections(&self, from: Country, year: i16) -> Vec<Section<'_>> {
        let rows = [Measure::Exports, Measure::Imports]
            .into_iter()
            .find_map(|m| self.goods.get(&(year, from, m)));
        let rows: Vec<_> = rows.into_iter().flatten().collect();
        let total: Option<Decimal> = rows
            .iter()
            .try_fold(Decimal::ZERO, |s, (_, e)| s.checked_add(e.value));
        let mut out: Vec<_> = rows
            .into_iter()
            .filter_map(|(code, entry)| {
                Some(Section {
                    code,
                    entry,
                    percent: percent(entry.value, total?)?,
                })
            })
            .collect();
        out.sort_by(|x, y| (y.entry.value.cmp(&x.entry.value)).then(x.code.cmp(y.code)));
        out
    }

    /// How concentrated the goods from a country are in a year: squares of the sections' shares
    /// added up, 0 to 10,000 points, rounded to whole points.
    ///
    /// # Errors
    /// [`Missing::TooLittle`] when there are no sections.
    pub fn concentration(&self, from: Country, year: i16) -> Result<Computed, Missing> {
        let sections = self.some_sections(&CONCENTRATION, from, year)?;
        let out_of_range = || out_of_range(&CONCENTRATION);
        let total: Decimal = sections.iter().map(|s| s.entry.value).sum();
        // Squares are taken of the unrounded shares.
        let points = sections
            .iter()
            .try_fold(Decimal::ZERO, |sum, s| {
                let share = s.entry.value.checked_div(total)?;
                sum.checked_add(share.checked_mul(share)?)
            })
            .and_then(|h| h.checked_mul(Decimal::from(10_000)))
            .ok_or_else(out_of_range)?;
        let value = round(points, 0);
        let terms: Vec<_> = sections
            .iter()
            .map(|s| format!("{}²", show(s.percent)))
            .collect();
        let arithmetic = format!("{} = {}", terms.join(" + "), show(value));
        Ok(self.goods_computed(&CONCENTRATION, from, year, value, &sections, arithmetic))
    }

    /// The largest section from a country in a year, its share in per cent.
    ///
    /// # Errors
    /// [`Missing::TooLittle`] when there are no sections.
    pub fn largest_section(&self, from: Country, year: i16) -> Result<Computed, Missing> {
        let sections = self.some_sections(&LARGEST_SECTION, from, year)?;
        let top = &sections[0]; // some_sections gives at least one
        let total: Decimal = sections.iter().map(|s| s.entry.value).sum();
        let value = top.percent;
        let arithmetic = format!(
            "{}: 100 × {} / {} = {} %",
            top.code,
            show(top.entry.value),
            show(total),
            show(value)
        );
        Ok(self.goods_computed(&LARGEST_SECTION, from, year, value, &sections, arithmetic))
    }

    fn some_sections(
        &self,
        indicator: &'static Indicator,
        from: Country,
        year: i16,
    ) -> Result<Vec<Section<'_>>, Missing> {
        let sections = self.sections(from, year);
        if sections.is_empty() {
            return Err(Missing::TooLittle {
                indicator: indicator.id,
                needed: format!("goods from {from} by section in {year}"),
                found: format!("none in {}", self.source),
            });
        }
        Ok(sections)
    }

    fn goods_computed(
        &self,
        indicator: &'static Indicator,
        from: Country,
        year: i16,
        value: Decimal,
        sections: &[Section<'_>],
        arithmetic: String,
    ) -> Computed {
        let period = Period::Year(year);
        let to = self.pair.other(from).unwrap_or(from);
        Computed {
            id: self.id(indicator).way(from, to).at(period),
            indicator,
            period: Some(period),
            value,
            unit: indicator.unit,
            inputs: sections
                .iter()
                .map(|s| usd(format!("{} {from}>{to}, {year}", s.code), s.entry))
                .collect(),
            arithmetic,
        }
    }
}
