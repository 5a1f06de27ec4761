//! Numbers as messages and arithmetic show them.

use bilat_model::Decimal;
use bilat_model::evidence::Qualifier;
use bilat_model::interval::{Bound, Interval};
use rust_decimal::RoundingStrategy::{
    MidpointAwayFromZero, ToNegativeInfinity, ToPositiveInfinity,
};

/// No more digits after the point than these; nothing printed by a newspaper has more.
const MOST_PLACES: u32 = 6;

/// What the numbers of one finding are told in, so that they can be compared at a glance.
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    /// One million for "million".
    by: Decimal,
    word: &'static str,
    unit: String,
    /// Digits after the point for the ends of intervals.
    places: u32,
}

impl Scale {
    /// The scale that fits the told intervals of one unit.
    pub(crate) fn of<'a>(unit: &str, told: impl Iterator<Item = &'a Interval> + Clone) -> Self {
        let ends = told.flat_map(|i| [i.low(), i.high()]);
        let ends = ends.filter_map(|b| b.value());
        let (mut smallest, mut largest) = (Decimal::MAX, Decimal::ZERO);
        for e in ends.clone().map(|e| e.abs()).filter(|e| !e.is_zero()) {
            (smallest, largest) = (smallest.min(e), largest.max(e));
        }
        let money = unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase());
        let steps = [
            (1_000_000_000_000_i64, "trillion"),
            (1_000_000_000, "billion"),
            (1_000_000, "million"),
        ];
        // The largest word that leaves no number below one; a million at least for what reaches
        // ten of them.
        let fits = |by: i64| smallest >= Decimal::from(by) && largest > Decimal::ZERO;
        let large = |by: i64| by == 1_000_000 && largest >= Decimal::from(10_000_000);
        let (by, word) = steps
            .into_iter()
            .find(|(by, _)| (fits(*by) || large(*by)) && (money || *by <= 1_000_000))
            .unwrap_or((1, ""));
        let by = Decimal::from(by);
        let fine = |d: Decimal| d.checked_div(by).map_or(0, |q| q.normalize().scale());
        let places = ends.map(fine).max().unwrap_or(0).min(MOST_PLACES);
        Self {
            by,
            word,
            unit: unit.to_owned(),
            places,
        }
    }

    fn scaled(&self, d: Decimal) -> Decimal {
        d.checked_div(self.by).unwrap_or(d)
    }

    /// A number without its unit: `105.7`.
    pub(crate) fn bare(&self, d: Decimal) -> String {
        let s = self
            .scaled(d)
            .round_dp_with_strategy(MOST_PLACES, MidpointAwayFromZero);
        s.normalize().to_string().replace('-', "−")
    }

    /// A number with its unit: `105.7 million USD`.
    pub(crate) fn full(&self, d: Decimal) -> String {
        self.with_unit(&self.bare(d))
    }

    fn end(&self, d: Decimal, up: bool) -> String {
        let way = if up {
            ToPositiveInfinity
        } else {
            ToNegativeInfinity
        };
        let s = self.scaled(d).round_dp_with_strategy(self.places, way);
        s.normalize().to_string().replace('-', "−")
    }

    /// An interval, its ends rounded outward: `[105.65, 105.75)`.
    pub(crate) fn interval(&self, i: &Interval) -> String {
        if i.is_empty() {
            return "nothing".to_owned();
        }
        let low = match i.low() {
            Bound::Unbounded => "(−∞".to_owned(),
            Bound::Open(v) => format!("({}", self.end(v, false)),
            Bound::Closed(v) => format!("[{}", self.end(v, false)),
        };
        let high = match i.high() {
            Bound::Unbounded => "∞)".to_owned(),
            Bound::Open(v) => format!("{})", self.end(v, true)),
            Bound::Closed(v) => format!("{}]", self.end(v, true)),
        };
        format!("{low}, {high}")
    }

    /// The single number of an interval that allows one only; else the interval.
    pub(crate) fn ends(&self, i: &Interval) -> String {
        match (i.low(), i.high()) {
            (Bound::Closed(l), Bound::Closed(h)) if l == h => self.bare(l),
            _ => self.interval(i),
        }
    }

    /// An interval in words: `105.6 to 105.7 million USD`.
    pub(crate) fn words(&self, i: &Interval) -> String {
        let (low, high) = (i.low().value(), i.high().value());
        let text = match (low, high) {
            _ if i.is_empty() => return "nothing".to_owned(),
            (None, None) => return "any value".to_owned(),
            (Some(l), None) => format!("at least {}", self.end(l, false)),
            (None, Some(h)) => format!("at most {}", self.end(h, true)),
            (Some(l), Some(h)) => {
                let (l, h) = (self.end(l, false), self.end(h, true));
                if l == h { l } else { format!("{l} to {h}") }
            }
        };
        self.with_unit(&text)
    }

    /// The words before a line of arithmetic: `million USD: `; empty for plain counts.
    pub(crate) fn lead(&self) -> String {
        let name = self.with_unit("");
        let name = name.trim();
        match name {
            "" | "%" => String::new(),
            _ => format!("{name}: "),
        }
    }

    fn with_unit(&self, number: &str) -> String {
        let mut out = number.to_owned();
        let unit = match self.unit.as_str() {
            "count" => "",
            "percent" => "%",
            u => u,
        };
        for part in [self.word, unit] {
            if !part.is_empty() {
                out.push(' ');
                out.push_str(part);
            }
        }
        out
    }
}

/// A number of per cent with its sign as a word of arithmetic: `5.2 %`.
pub(crate) fn percent(d: Decimal) -> String {
    let s = d.round_dp_with_strategy(MOST_PLACES, MidpointAwayFromZero);
    format!("{} %", s.normalize().to_string().replace('-', "−"))
}

/// The scale of per cent for the given intervals.
pub(crate) fn percent_scale<'a>(told: impl Iterator<Item = &'a Interval> + Clone) -> Scale {
    let mut scale = Scale::of("percent", told);
    scale.by = Decimal::ONE;
    scale.word = "";
    scale.places = scale.places.max(1);
    scale
}

/// The word before a hedged number.
pub(crate) fn hedge(q: Qualifier) -> &'static str {
    match q {
        Qualifier::Exact => "",
        Qualifier::About => "about ",
        Qualifier::Over => "more than ",
        Qualifier::Under => "less than ",
        Qualifier::UpTo => "up to ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(digits: &str, scale: i64) -> Interval {
        Interval::printed(digits, Decimal::from(scale), Qualifier::Exact).unwrap()
    }

    #[test]
    fn numbers_share_one_scale_and_ends_go_outward() {
        let told = [printed("105.7", 1_000_000), printed("5.7", 1_000_000)];
        let scale = Scale::of("USD", told.iter());
        assert_eq!(scale.full(Decimal::from(105_700_000)), "105.7 million USD");
        assert_eq!(scale.interval(&told[0]), "[105.65, 105.75)");
        let product = Interval::closed(Decimal::from(105_598_875), Decimal::from(105_805_175));
        assert_eq!(scale.interval(&product), "[105.59, 105.81]");
        assert_eq!(scale.words(&product), "105.59 to 105.81 million USD");
        assert_eq!(scale.lead(), "million USD: ");
    }

    #[test]
    fn counts_and_extremes_print() {
        let scale = Scale::of("count", [printed("19", 1)].iter());
        assert_eq!(scale.full(Decimal::from(19)), "19");
        assert_eq!(scale.lead(), "");
        let scale = Scale::of("USD", [Interval::exactly(Decimal::MAX)].iter());
        assert!(scale.interval(&Interval::ALL).contains('∞'));
        assert!(!scale.full(Decimal::MIN).is_empty());
    }
}
