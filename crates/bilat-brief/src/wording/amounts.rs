//! Told amounts: every digit that was printed, with the currency and the hedge.

use bilat_model::Decimal;
use bilat_model::evidence::Qualifier;

use super::{Args, Wording, WordingError};

/// Scale words with the message of each, the largest first.
const SCALES: [(i64, &str); 3] = [
    (1_000_000_000_000, "scaled-trillion"),
    (1_000_000_000, "scaled-billion"),
    (1_000_000, "count-million"),
];

/// More decimals than this before a scale word read worse than all digits.
const MOST_DECIMALS: u32 = 3;

impl Wording {
    /// A number with all its digits, from a million on before a scale word where that leaves
    /// three decimals at most: "105.7 million", "1,234,567".
    ///
    /// # Errors
    /// As [`say`](Self::say).
    pub fn digits(&self, value: Decimal) -> Result<String, WordingError> {
        for (unit, message) in SCALES {
            let unit = Decimal::from(unit);
            if value.abs() < unit {
                continue;
            }
            let n = (value / unit).normalize();
            if n.scale() <= MOST_DECIMALS {
                return self.say(message, &Args::new().text("n", self.decimal(n, n.scale())));
            }
        }
        let n = value.normalize();
        Ok(self.decimal(n, n.scale()))
    }

    /// An amount in a unit: an ISO 4217 code, `percent`, `count`, `tonne`, …
    ///
    /// # Errors
    /// As [`say`](Self::say).
    pub fn amount(&self, value: Decimal, unit: &str) -> Result<String, WordingError> {
        if unit == "count" {
            let small = value.is_integer() && value.abs() < Decimal::TEN;
            return match value.to_string().parse() {
                Ok(n) if small => self.words(n),
                _ => self.digits(value),
            };
        }
        let args = Args::new()
            .text("n", self.digits(value)?)
            .number("plural", i64::from(value != Decimal::ONE) + 1)
            .text("unit", unit);
        self.say("told-unit", &args)
    }

    /// An amount with its hedge, or a range: "more than 5.7 million dollars", "10 to 12 tonnes".
    ///
    /// # Errors
    /// As [`say`](Self::say).
    pub fn hedged(
        &self,
        value: Decimal,
        upto: Option<Decimal>,
        unit: &str,
        hedge: Qualifier,
    ) -> Result<String, WordingError> {
        let amount = match upto.filter(|m| *m != value) {
            Some(most) => {
                // "1 to 1.2 million": a scale word that both have is said once.
                let (low, high) = (self.digits(value)?, self.digits(most)?);
                let scaled = |t: &str| t.rsplit_once(' ').map(|(_, word)| word.to_owned());
                let low = match (scaled(&low), scaled(&high)) {
                    (Some(x), Some(y)) if x == y => low.trim_end_matches(&x).trim_end().to_owned(),
                    _ => low,
                };
                let args = Args::new()
                    .text("low", low)
                    .text("high", self.amount(most, unit)?);
                self.say("told-range", &args)?
            }
            None => self.amount(value, unit)?,
        };
        let args = Args::new()
            .text("hedge", hedge.code())
            .text("amount", amount);
        self.say("told-hedged", &args)
    }
}
