//! Composition: from evidence and indicators to a brief.
//!
//! | module | holds |
//! |---|---|
//! | [`brief`] | the composed piece; a sentence cannot be built without support |
//! | [`chart`] | what a chart shows, and its drawing as SVG |

pub mod brief;
pub mod chart;
