//! Composition: from evidence and indicators to a brief.
//!
//! | module | holds |
//! |---|---|
//! | [`dossier`] | what the composer works from |
//! | [`mod@compose`] | the outline, section by section |
//! | [`salience`] | what comes first |
//! | [`wording`] | messages, numbers, dates, names |
//! | [`brief`] | the composed piece; a sentence cannot be built without support |
//! | [`chart`] | what a chart shows, and its drawing as SVG |

pub mod brief;
pub mod chart;
pub mod compose;
pub mod dossier;
mod organisations;
pub mod salience;
pub mod wording;

pub use brief::Brief;
pub use compose::{ComposeError, Options, compose};
pub use dossier::{Dossier, Party, World};
pub use salience::Salience;
pub use wording::Wording;
