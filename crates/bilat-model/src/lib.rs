//! The nouns of bilat. Pure values: no disk, no network, no clock.
//!
//! | module | holds |
//! |---|---|
//! | [`country`] | [`Country`] codes and [`Pair`]s |
//! | [`registry`] | what is known of each country, and the name lookup |
//! | [`period`] | years, quarters, months, days and ranges |
//! | [`quantity`] | exact decimals and units |
//! | [`interval`] | what a printed number allows |
//! | [`evidence`] | figures, events, ties and their citations |
//! | [`document`] | a text as it came: bytes, metadata, blocks, spans |
//! | [`told`] | figures, events and ties as a text tells them |
//! | [`told_evidence`] | what a document tells, as evidence with names and citations |
//! | [`finding`] | the outcome of a check |
//! | [`profile`] | what is known of one country: memberships, facts, votes, places |
//! | [`records`] | all that the sources say, from the readers to the snapshot |
//! | [`source`] | cards and vintages |
//! | [`standing`] | where a pair stands among all pairs |

pub mod country;
pub mod document;
pub mod evidence;
pub mod finding;
pub mod interval;
pub mod period;
pub mod profile;
pub mod quantity;
pub mod records;
pub mod registry;
pub mod source;
pub mod standing;
pub mod told;
pub mod told_evidence;

pub use country::{Country, Pair};
pub use evidence::{Citation, Event, Evidence, EvidenceId, Figure, Measure, Statement, Tie};
pub use period::Period;
pub use quantity::Unit;
pub use registry::Registry;
pub use rust_decimal::Decimal;
