//! What a document tells about a pair: figures, events and ties, each with an exact span.
//!
//! ```text
//! text ──tokens──▶ words ──names, times, amounts──▶ mentions ──rules──▶ figures, events, ties
//! ```
//!
//! Pure: no disk, no network, no clock. Time and memory are linear in the length of the text.

pub mod names;
pub mod tokens;
