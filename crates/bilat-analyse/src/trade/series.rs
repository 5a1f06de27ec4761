//! Values over the years: growth, average growth, trend, peak, latest year.

use bilat_model::{Country, Decimal, Period};

use super::{Entry, Series, Trade, out_of_range, usd};
use crate::computed::{Computed, Missing};
use crate::exact::{annual_growth, growth, percent, show};
use crate::indicator::{CAGR, GROWTH, Indicator, PEAK, TREND};

/// The value of a series in one year with the figures that it is made of.
struct Point<'a> {
    year: i16,
    value: Decimal,
    parts: Vec<(String, &'a Entry)>,
}

impl Trade {
    fn point(
        &self,
        indicator: &'static Indicator,
        series: Series,
        reporter: Country,
        year: i16,
    ) -> Result<Point<'_>, Missing> {
        let parts = self.parts(indicator, series, reporter, year)?;
        let value = parts
            .iter()
            .try_fold(Decimal::ZERO, |s, (_, e)| s.checked_add(e.value))
            .ok_or_else(|| out_of_range(indicator))?;
        Ok(Point { year, value, parts })
    }

    /// The years in which a series is complete by one country's books, with its values, ascending.
    #[must_use]
    pub fn values(&self, series: Series, reporter: Country) -> Vec<(i16, Decimal)> {
        self.points(series, reporter)
            .map(|p| (p.year, p.value))
            .collect()
    }

    fn points(&self, series: Series, reporter: Country) -> impl Iterator<Item = Point<'_>> {
        self.years()
            .into_iter()
            .filter_map(move |y| self.point(&PEAK, series, reporter, y).ok())
    }

    /// The latest year in which a series is complete by one country's books.
    #[must_use]
    pub fn latest_year(&self, series: Series, reporter: Country) -> Option<i16> {
        self.points(series, reporter).map(|p| p.year).last()
    }

    /// The latest year in which both countries' books have both ways.
    #[must_use]
    pub fn latest_common_year(&self) -> Option<i16> {
        let complete = |c, y| self.point(&PEAK, Series::Turnover, c, y).is_ok();
        let years = self.years();
        let mut latest = years.into_iter().rev();
        latest.find(|y| self.pair.both().iter().all(|c| complete(*c, *y)))
    }

    fn over(
        &self,
        indicator: &'static Indicator,
        series: Series,
        reporter: Country,
        points: Vec<Point<'_>>,
    ) -> Computed {
        let years: Vec<_> = points.iter().map(|p| p.year).collect();
        let period = match (years.first(), years.last()) {
            (Some(a), Some(b)) if a < b => Some(Period::Years(*a, *b)),
            (Some(a), _) => Some(Period::Year(*a)),
            _ => None,
        };
        let mut id = self.id(indicator).of(reporter).what(series.code());
        id.period = period;
        Computed {
            id,
            indicator,
            period,
            value: Decimal::ZERO,
            unit: indicator.unit,
            inputs: points
                .into_iter()
                .flat_map(|p| p.parts)
                .map(|(role, e)| usd(role, e))
                .collect(),
            arithmetic: String::new(),
        }
    }

    /// Growth on the year before, per cent.
    ///
    /// # Errors
    /// [`Missing`] when a figure of either year is absent or the year before is zero.
    pub fn growth(
        &self,
        series: Series,
        reporter: Country,
        year: i16,
    ) -> Result<Computed, Missing> {
        let before = self.point(&GROWTH, series, reporter, year.saturating_sub(1))?;
        let after = self.point(&GROWTH, series, reporter, year)?;
        let (b, a) = (before.value, after.value);
        let value = growth(b, a).ok_or_else(|| out_of_range(&GROWTH))?;
        let mut out = self.over(&GROWTH, series, reporter, vec![before, after]);
        let period = Period::Year(year);
        out.id.period = Some(period);
        out.period = Some(period);
        out.value = value;
        out.arithmetic = format!(
            "100 × ({} − {}) / {} = {} %",
            show(a),
            show(b),
            show(b),
            show(value)
        );
        Ok(out)
    }

    /// The steady yearly growth between two years, per cent.
    ///
    /// # Errors
    /// [`Missing`] when a figure of either year is absent, a value is not positive, or the years
    /// are not in order.
    pub fn cagr(
        &self,
        series: Series,
        reporter: Country,
        first: i16,
        last: i16,
    ) -> Result<Computed, Missing> {
        let years = u32::try_from(i32::from(last) - i32::from(first))
            .ok()
            .filter(|n| *n > 0)
            .ok_or_else(|| Missing::TooLittle {
                indicator: CAGR.id,
                needed: "a first year before the last".to_owned(),
                found: format!("{first} to {last}"),
            })?;
        let start = self.point(&CAGR, series, reporter, first)?;
        let end = self.point(&CAGR, series, reporter, last)?;
        let (a, b) = (start.value, end.value);
        let value = annual_growth(a, b, years).ok_or_else(|| out_of_range(&CAGR))?;
        let mut out = self.over(&CAGR, series, reporter, vec![start, end]);
        out.value = value;
        out.arithmetic = format!(
            "100 × (({} / {})^(1/{years}) − 1) = {} %",
            show(b),
            show(a),
            show(value)
        );
        Ok(out)
    }

    /// The mean of the five years up to `last` against the mean of the five before, per cent.
    ///
    /// # Errors
    /// [`Missing::TooLittle`] when a half has fewer than three complete years.
    pub fn trend(&self, series: Series, reporter: Country, last: i16) -> Result<Computed, Missing> {
        let half = |first: i16, last: i16| -> Vec<Point<'_>> {
            self.points(series, reporter)
                .filter(|p| (first..=last).contains(&p.year))
                .collect()
        };
        let middle = last.saturating_sub(5);
        let earlier = half(last.saturating_sub(9), middle);
        let later = half(middle.saturating_add(1), last);
        if earlier.len() < 3 || later.len() < 3 {
            return Err(Missing::TooLittle {
                indicator: TREND.id,
                needed: "three complete years in each half of the ten".to_owned(),
                found: format!("{} and {}", earlier.len(), later.len()),
            });
        }
        let mean = |points: &[Point<'_>]| {
            let total = points
                .iter()
                .try_fold(Decimal::ZERO, |s, p| s.checked_add(p.value))?;
            total.checked_div(Decimal::from(points.len()))
        };
        let (a, b) = (mean(&earlier), mean(&later));
        let (a, b) = a.zip(b).ok_or_else(|| out_of_range(&TREND))?;
        let value = growth(a, b).ok_or_else(|| out_of_range(&TREND))?;
        let arithmetic = format!(
            "mean of {} years {}, mean of {} years before {}: {} %",
            later.len(),
            show(b.round_dp(0)),
            earlier.len(),
            show(a.round_dp(0)),
            show(value)
        );
        let points = earlier.into_iter().chain(later).collect();
        let mut out = self.over(&TREND, series, reporter, points);
        let period = Period::Years(last.saturating_sub(9), last);
        out.id.period = Some(period);
        out.period = Some(period);
        out.value = value;
        out.arithmetic = arithmetic;
        Ok(out)
    }

    /// The year with the largest value; of equal ones the latest.
    ///
    /// # Errors
    /// [`Missing::TooLittle`] when no year is complete.
    pub fn peak(&self, series: Series, reporter: Country) -> Result<Computed, Missing> {
        let years = self.points(series, reporter).count();
        let top = self
            .points(series, reporter)
            .max_by_key(|p| p.value) // the last of equal ones
            .ok_or_else(|| Missing::TooLittle {
                indicator: PEAK.id,
                needed: format!("a year with {} by {reporter}’s books", series.code()),
                found: "none".to_owned(),
            })?;
        let (year, value) = (top.year, top.value);
        let mut out = self.over(&PEAK, series, reporter, vec![top]);
        out.id.period = None; // the year is the answer, not a part of the question
        out.value = value;
        out.arithmetic = format!(
            "the largest of {years} yearly values: {} USD in {year}",
            show(value)
        );
        Ok(out)
    }

    /// The part of one year's value that goes to or comes from the partner, among all partners.
    ///
    /// `total` is the sum over all partners that are countries, by the same books; `partners` is
    /// how many have a value.
    ///
    /// # Errors
    /// [`Missing`] when a figure is absent or the total is zero.
    pub fn share(
        &self,
        series: Series,
        reporter: Country,
        year: i16,
        total: Decimal,
        partners: u32,
    ) -> Result<Computed, Missing> {
        use crate::indicator::SHARE;
        let point = self.point(&SHARE, series, reporter, year)?;
        let part = point.value;
        let value = percent(part, total).ok_or_else(|| out_of_range(&SHARE))?;
        let mut out = self.over(&SHARE, series, reporter, vec![point]);
        out.value = value;
        out.arithmetic = format!("100 × {} / {} = {} %", show(part), show(total), show(value));
        out.inputs.push(crate::computed::Input::Partners {
            role: format!("{} of {reporter} with all partners", series.code()),
            source: self.source.clone(),
            of: reporter,
            period: Some(Period::Year(year)),
            total,
            partners,
        });
        Ok(out)
    }
}
