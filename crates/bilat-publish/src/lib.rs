//! A brief as terminal text, Markdown, HTML and JSON; and what a check came to, in [`findings`].
//!
//! | function | gives |
//! |---|---|
//! | [`terminal`](terminal()) | text of a width, with small charts |
//! | [`markdown`](markdown()) | CommonMark with pipe tables and footnotes |
//! | [`html`](html()) | one self-contained page |
//! | [`json`](json()) | the brief as data, by `docs/brief.schema.json` |
//!
//! All four are functions from the brief to text; the same brief gives the same bytes. No wording
//! is added here: what is read stands in the brief. What the brief says came from outside, and
//! each format writes it so that it stays text.

pub mod findings;
mod html;
mod json;
mod markdown;
mod terminal;
mod text;

pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use terminal::{TerminalOptions, terminal};
