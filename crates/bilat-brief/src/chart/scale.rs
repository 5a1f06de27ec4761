//! Round ticks, shown values, and labels spread so that none overlaps another.

use super::Axis;

/// The largest size of a shown value; more would leave the range of a drawing.
const MOST: f64 = 1e100;

/// The distance of ticks that are multiples of 1, 2 or 5 times a power of ten, so that about
/// `wanted` fit into `span`.
pub(crate) fn step(span: f64, wanted: f64) -> f64 {
    let raw = span / wanted;
    let power = 10f64.powf(raw.log10().floor());
    match raw / power {
        r if r <= 1.0 => power,
        r if r <= 2.0 => 2.0 * power,
        r if r <= 5.0 => 5.0 * power,
        _ => 10.0 * power,
    }
}

/// A value as it is shown: divided, finite; `None` for what is no number.
pub(crate) fn shown(value: f64, axis: &Axis) -> Option<f64> {
    let divisor = if axis.divisor.is_finite() && axis.divisor != 0.0 {
        axis.divisor
    } else {
        1.0
    };
    value
        .is_finite()
        .then(|| (value / divisor).clamp(-MOST, MOST))
}

/// A range of values with its ticks.
pub(crate) struct Range {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) ticks: Vec<f64>,
    /// Decimals that tell the ticks apart.
    pub(crate) digits: usize,
}

impl Range {
    /// The range that holds all values and zero, ending on ticks, unless the axis fixes it.
    pub(crate) fn of(values: impl Iterator<Item = f64>, axis: &Axis) -> Self {
        let fixed = axis.bounds.filter(|(l, h)| {
            l.is_finite() && h.is_finite() && l < h && h.abs().max(l.abs()) < MOST
        });
        let (mut low, mut high) = fixed.unwrap_or((0.0, 0.0));
        for v in values {
            low = low.min(v);
            high = high.max(v);
        }
        if high - low < 1e-200 {
            high = low + 1.0;
        }
        let step = step(high - low, 5.0);
        let (first, last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
        if fixed.is_none() {
            (low, high) = (first * step, last * step);
        }
        let (first, last) = (
            (low / step - 1e-9).ceil() as i64,
            (high / step + 1e-9).floor() as i64,
        );
        // Five are wanted; rounding makes at most eleven.
        let ticks = (first..=last.min(first + 12))
            .map(|i| i as f64 * step)
            .collect();
        let digits = (-step.log10().floor()).clamp(0.0, 12.0) as usize;
        Self {
            low,
            high,
            ticks,
            digits,
        }
    }

    /// Where a value stands between the ends, 0 to 1.
    pub(crate) fn at(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

/// Years to be marked between two, at a distance of 1, 2, 5, 10, … years, at most `most`.
pub(crate) fn year_ticks(first: i16, last: i16, most: f64) -> Vec<i16> {
    let span = f64::from(last) - f64::from(first);
    let step = step(span.max(1.0), most.max(1.0)).max(1.0) as i32;
    let (first, last) = (i32::from(first), i32::from(last));
    let mut year = first.div_euclid(step) * step;
    let mut out = Vec::new();
    while year <= last {
        if year >= first {
            out.extend(i16::try_from(year).ok());
        }
        year += step;
    }
    out
}

/// Places boxes of given heights as near as possible to where each wants to begin, in order and
/// without overlap, between `low` and `high`; returns where each begins.
///
/// Least squares under an order (pool adjacent violators), then moved into the bounds. Boxes
/// that do not fit run over the end, still without overlap. `wanted` must ascend.
pub(crate) fn spread(wanted: &[f64], heights: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut before = Vec::with_capacity(heights.len());
    let mut total = 0.0;
    for h in heights {
        before.push(total);
        total += h;
    }
    // Pools of neighbours that move together: sum of their wishes and how many.
    let mut pools: Vec<(f64, f64)> = Vec::new();
    for (w, b) in wanted.iter().zip(&before) {
        pools.push((w - b, 1.0));
        while let [.., (s, n), (t, m)] = pools[..] {
            if s / n <= t / m {
                break;
            }
            pools.truncate(pools.len() - 2);
            pools.push((s + t, n + m));
        }
    }
    let last = (high - total).max(low);
    let mut out = Vec::with_capacity(wanted.len());
    for (sum, count) in pools {
        for _ in 0..count as usize {
            out.push((sum / count).clamp(low, last) + before[out.len()]);
        }
    }
    out
}
