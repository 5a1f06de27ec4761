//! What is computed over all pairs once, when the snapshot is built, and kept in it: where a pair
//! stands among the others, and how a country votes on average.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Country, Pair, Period};

/// Where one pair stands on one indicator among all pairs and among each side's partners.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Which pair.
    pub pair: Pair,
    /// The indicator's code.
    pub indicator: String,
    /// The period of the value; `None` for what has none.
    pub period: Option<Period>,
    /// The pair's value, in the indicator's unit.
    pub value: Decimal,
    /// Share of the pairs with a value whose value is lower, per cent, 0 to 100, two digits kept.
    pub percentile: Decimal,
    /// Rank of the second country among the partners of the first, from 1, highest first.
    pub rank_a: u16,
    /// Partners of the first country that have a value.
    pub of_a: u16,
    /// Rank of the first country among the partners of the second.
    pub rank_b: u16,
    /// Partners of the second country that have a value.
    pub of_b: u16,
}

/// How often a country voted in one year as the other members did, over all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementMean {
    /// Who.
    pub country: Country,
    /// The year.
    pub year: i16,
    /// Votes alike, summed over all other countries and roll calls.
    pub same: u64,
    /// Votes on which both took a position, summed likewise.
    pub both: u64,
}
