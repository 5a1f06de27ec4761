//! Since when the two have had diplomatic relations, by either side's list.

use std::collections::BTreeMap;

use bilat_model::evidence::{EventDetails, EventKind};
use bilat_model::{Country, Evidence, Period};

use super::Composer;

/// Which list of relations has which date, the first of each list.
pub(super) fn relation_dates<'c>(c: &'c Composer<'_>) -> BTreeMap<Country, (Period, &'c Evidence)> {
    let mut dates = BTreeMap::<Country, (Period, &Evidence)>::new();
    for (evidence, event) in c.dossier.events(EventKind::DiplomaticRelations) {
        if let (EventDetails::Relations { stated_by }, Some(date)) = (&event.details, event.date) {
            let earliest = dates.entry(*stated_by).or_insert((date, evidence));
            // A year that another source has for the same day is no earlier date.
            if date < earliest.0 && !date.contains(&earliest.0) {
                *earliest = (date, evidence);
            }
        }
    }
    dates
}
