//! Events and ties: acts with their dates and places, and what stands between the two.
//!
//! ```text
//! cues of a sentence ──pick──▶ acts ──date, place, tense──▶ drafts ──merge──▶ events
//! ```
//!
//! An act takes the nearest time of its sentence that can date one, breaks counted as distance.
//! Without one it takes that of the act it is told to be part of ("signed there", "during the
//! visit"), or, as the news of a report's first paragraph, the month of publication.

mod again;
mod anniversary;
mod breaks;
mod context;
mod dates;
mod documents;
mod draft;
mod merge;
mod persons;
mod pick;
mod place;
mod telling;
mod tense;
mod terms;
mod ties;
mod when;
mod words;

#[cfg(test)]
mod tests;

use bilat_model::told::Extraction;

use crate::reading::Reading;
use draft::Drafts;

/// Finds the events and ties of a text.
pub(crate) fn find(reading: &Reading<'_>, told: &mut Extraction) {
    let mut drafts = Drafts::new(reading);
    for sentence in 0..reading.tokens.sentences.len() {
        let scene = reading.scene(sentence);
        drafts.read(&scene);
        terms::find(&scene, &mut told.constraints);
    }
    let opened = merge::into(drafts, told);
    ties::find(reading, &opened, told);
}
