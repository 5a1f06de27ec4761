//! Both books side by side.

use bilat_model::{Country, Decimal, Measure, Period};
use serde::Serialize;

use super::{Entry, Trade, out_of_range, role, sum, usd};
use crate::computed::{Computed, Missing};
use crate::exact::{percent, show};
use crate::indicator::{Indicator, MIRROR_GAP, MIRROR_GAP_PERCENT};

/// How the two books lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Margin {
    /// The buyer has less than the seller: freight and insurance cannot explain it.
    Below,
    /// The buyer has up to ten per cent more: what freight and insurance usually come to.
    Usual,
    /// The buyer has over ten per cent more.
    Above,
    /// The buyer has exactly six or ten per cent more: one of the two figures was probably
    /// estimated from the other by the publisher, so that they confirm nothing.
    Estimated,
}

/// Where a ratio of buyer's to seller's value stands against the usual CIF/FOB margin.
///
/// `None` when the seller's value is not positive. The IMF estimates a missing book from the
/// partner's with a factor of 1.10 (early editions) or 1.06; a ratio within a hundred-thousandth
/// of these is taken for such an estimate.
#[must_use]
pub fn usual_margin(exports: Decimal, imports: Decimal) -> Option<Margin> {
    if exports <= Decimal::ZERO {
        return None;
    }
    let ratio = imports.checked_div(exports)?;
    let near = |factor: Decimal| (ratio - factor).abs() <= Decimal::new(1, 5);
    let ten = Decimal::new(110, 2);
    Some(if near(Decimal::new(106, 2)) || near(ten) {
        Margin::Estimated
    } else if ratio < Decimal::ONE {
        Margin::Below
    } else if ratio <= ten {
        Margin::Usual
    } else {
        Margin::Above
    })
}

impl Trade {
    /// What goes from one country to the other, by the seller's books and by the buyer's.
    fn books(
        &self,
        indicator: &'static Indicator,
        from: Country,
        year: i16,
    ) -> Result<(&Entry, &Entry), Missing> {
        self.partner(indicator, from)?;
        let x = self.flow(from, Measure::Exports, year);
        let m = self.flow(from, Measure::Imports, year);
        match (x, m) {
            (Some(x), Some(m)) => Ok((x, m)),
            _ => Err(Missing::Figures {
                indicator: indicator.id,
                gaps: [(x, Measure::Exports), (m, Measure::Imports)]
                    .into_iter()
                    .filter(|(e, _)| e.is_none())
                    .map(|(_, measure)| self.gap(from, measure, year))
                    .collect(),
            }),
        }
    }

    /// Imports by the buyer's books less exports by the seller's, in dollars.
    ///
    /// # Errors
    /// [`Missing::Figures`] names the book that has no figure.
    pub fn mirror_gap(&self, from: Country, year: i16) -> Result<Computed, Missing> {
        let (x, m) = self.books(&MIRROR_GAP, from, year)?;
        let value = sum(&MIRROR_GAP, m.value, -x.value)?;
        let text = format!(
            "{} (CIF) − {} (FOB) = {} USD",
            show(m.value),
            show(x.value),
            show(value)
        );
        Ok(self.mirror(&MIRROR_GAP, from, year, value, text))
    }

    /// The mirror gap in per cent of the seller's value.
    ///
    /// # Errors
    /// [`Missing`] names the book that has no figure; a seller's value of zero has no per cent.
    pub fn mirror_gap_percent(&self, from: Country, year: i16) -> Result<Computed, Missing> {
        let (x, m) = self.books(&MIRROR_GAP_PERCENT, from, year)?;
        let gap = sum(&MIRROR_GAP_PERCENT, m.value, -x.value)?;
        let value = percent(gap, x.value).ok_or_else(|| out_of_range(&MIRROR_GAP_PERCENT))?;
        let text = format!(
            "100 × ({} (CIF) − {} (FOB)) / {} = {} %; freight and insurance usually make 6 to 10 %",
            show(m.value),
            show(x.value),
            show(x.value),
            show(value)
        );
        Ok(self.mirror(&MIRROR_GAP_PERCENT, from, year, value, text))
    }

    /// How the two books of one direction lie to each other in a year; `None` when one is absent.
    #[must_use]
    pub fn margin(&self, from: Country, year: i16) -> Option<Margin> {
        let (x, m) = self.books(&MIRROR_GAP, from, year).ok()?;
        usual_margin(x.value, m.value)
    }

    fn mirror(
        &self,
        indicator: &'static Indicator,
        from: Country,
        year: i16,
        value: Decimal,
        arithmetic: String,
    ) -> Computed {
        let period = Period::Year(year);
        let to = self.pair.other(from).unwrap_or(from);
        let inputs = [Measure::Imports, Measure::Exports]
            .into_iter()
            .filter_map(|m| Some((m, self.flow(from, m, year)?)))
            .map(|(m, entry)| usd(role(from, m, self.pair, year), entry))
            .collect();
        Computed {
            id: self.id(indicator).way(from, to).at(period),
            indicator,
            period: Some(period),
            value,
            unit: indicator.unit,
            inputs,
            arithmetic,
        }
    }
}
