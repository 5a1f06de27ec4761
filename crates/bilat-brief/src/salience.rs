//! What is unusual about a pair comes first.
//!
//! An indicator's salience is its weight times how far the pair stands out on it: among all
//! pairs by percentile, and among the partners of either side by rank. Weights are data,
//! `outline/salience.toml`, each with a reason.

use std::collections::BTreeMap;

use bilat_model::Decimal;
use bilat_model::standing::Standing;
use serde::Deserialize;

/// The weights as compiled in.
pub const WEIGHTS: &str = include_str!("../outline/salience.toml");

/// How much each indicator matters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Salience {
    indicator: BTreeMap<String, Weight>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weight {
    /// From 0 to 1.
    weight: Decimal,
    /// What stands out: `high`, `low` or `both` ends.
    end: End,
    /// Why it matters so much.
    #[allow(dead_code)] // for whoever reads or changes the file
    reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum End {
    High,
    Low,
    Both,
}

impl Salience {
    /// The weights of a file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(toml: &str) -> Result<Self, String> {
        toml::from_str(toml).map_err(|e| e.to_string())
    }

    /// How much a pair's standing deserves to be told, 0 to 1.
    ///
    /// The place among all pairs counts from the middle up: the median is 0, the top 1. The place
    /// among partners counts by order of magnitude, `1 - ln(rank) / ln(partners)`: first 1, tenth
    /// of two hundred 0.57, fiftieth 0.26, since a reader cares whether a partner is the third or
    /// the thirtieth, not whether it is the 120th or the 150th. The larger of the two counts,
    /// times the indicator's weight.
    #[must_use]
    pub fn of(&self, standing: &Standing) -> Decimal {
        let Some(w) = self.indicator.get(&standing.indicator) else {
            return Decimal::ZERO;
        };
        // From -1 for the lowest pair to 1 for the highest.
        let place = standing.percentile / Decimal::from(50) - Decimal::ONE;
        let top = among_partners(standing.rank_a, standing.of_a)
            .max(among_partners(standing.rank_b, standing.of_b));
        let out = match w.end {
            End::High => place.max(top).max(Decimal::ZERO),
            End::Low => (-place).max(Decimal::ZERO),
            End::Both => place.abs(),
        };
        (out * w.weight).round_dp(4)
    }

    /// A floor for what is told without a standing: the weight alone, scaled.
    #[must_use]
    pub fn weight(&self, indicator: &str) -> Decimal {
        self.indicator
            .get(indicator)
            .map_or(Decimal::ZERO, |w| w.weight)
    }
}

/// One minus the logarithm of the rank to the base of the number of partners.
fn among_partners(rank: u16, of: u16) -> Decimal {
    if rank == 0 || of < 2 {
        return Decimal::ZERO;
    }
    let place = 1.0 - f64::from(rank).ln() / f64::from(of).ln();
    Decimal::try_from(place).unwrap_or_default().round_dp(4)
}
