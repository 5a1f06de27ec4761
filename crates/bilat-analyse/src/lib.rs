//! Indicators: computed quantities with formula, inputs and method source.
//!
//! Pure: values in, values out. Every [`Computed`] says what went in, piece by piece, and writes
//! its arithmetic out, so that a reader can repeat it with a pencil. What cannot be computed is
//! a [`Missing`] that says which figure is absent; a missing figure is never taken for zero.
//!
//! | module | holds |
//! |---|---|
//! | [`indicator`] | the catalogue: name, unit, formula, method source of each indicator |
//! | [`computed`] | a computed value, its name, its inputs; why a value is missing |
//! | [`exact`] | shares, growth and roots in exact decimals |
//! | [`trade`] | a pair's trade: turnover, growth, mirror gap, concentration, gaps |
//! | [`agreement`] | votes alike in the UN General Assembly, by bitsets |

pub mod agreement;
pub mod computed;
pub mod exact;
pub mod indicator;
pub mod trade;

pub use agreement::{Agreement, Scope, Votes};
pub use computed::{Computed, ComputedId, Input, Missing};
pub use indicator::Indicator;
pub use trade::{Series, Trade};
