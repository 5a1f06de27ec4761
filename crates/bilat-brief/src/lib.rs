//! Composition: from evidence and indicators to a brief.
//!
//! | module | holds |
//! |---|---|
//! | [`dossier`] | what the composer works from |
//! | [`documents`] | what the user's documents tell, beside the sources |
//! | [`mod@compose`] | the outline, section by section |
//! | [`salience`] | what comes first |
//! | [`wording`] | messages, numbers, dates, names |
//! | [`brief`] | the composed piece; a sentence cannot be built without support |
//! | [`chart`] | what a chart shows, and its drawing as SVG |

pub mod brief;
pub mod chart;
pub mod compose;
pub mod documents;
pub mod dossier;
mod offices;
mod organisations;
pub mod salience;
pub mod wording;

pub use brief::Brief;
pub use compose::{ComposeError, Options, compose};
pub use documents::Documents;
pub use dossier::{Dossier, Party, World};
pub use salience::Salience;
pub use wording::Wording;
