//! Events and ties.

use bilat_model::told::Extraction;

use crate::reading::Reading;

/// Finds the events and ties of a text.
pub(crate) fn find(_reading: &Reading<'_>, _told: &mut Extraction) {}
