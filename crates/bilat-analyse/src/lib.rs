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
//! | [`memberships`] | organisations that both belong to; joint terms |
//! | [`ties`] | routes, missions, visas, twin towns, treaties |
//! | [`rank`] | the partners of one country in order |
//! | [`bulk`] | turnover, growth and rank of all pairs and years at once |
//! | [`standing`] | where a pair stands among all pairs and each side's partners |

pub mod agreement;
pub mod bulk;
pub mod computed;
pub mod exact;
pub mod indicator;
pub mod memberships;
pub mod rank;
pub mod standing;
pub mod ties;
pub mod trade;

pub use agreement::{Agreement, Scope, Votes};
pub use computed::{Computed, ComputedId, Input, Missing};
pub use indicator::Indicator;
pub use rank::{By, PartnerTable, Partners};
pub use standing::StandingsBuilder;
pub use trade::{Series, Trade};
