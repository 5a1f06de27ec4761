//! Figures: from amounts, and the words around them, to quantities about the pair.
//!
//! A sentence is read as its measures, each with the numbers that belong to it. Every number goes
//! to the measure that stands nearest before it, unless its own words name one behind it ("$36
//! million in investments"); the first number of a measure is its level, one behind "from" or
//! "against" its comparison, a percentage beside "rose" its change. Directions come from what the
//! countries are to the measure, periods from the nearest date on the same side of a break. What a
//! sentence leaves open, the sentences before it decide.

mod carry;
mod change;
mod comparison;
mod dating;
mod direction;
mod earlier;
mod foreign;
mod frame;
mod group;
mod home;
mod measures;
mod merge;
mod numbers;
mod parts;
mod period;
mod product;
mod qualify;
mod sides;
mod teller;
mod topic;
mod uncounted;
mod words;

use bilat_model::told::{Extraction, Figure};

use crate::reading::Reading;
use group::Group;
use teller::Teller;
use topic::Topic;

/// Finds the figures of a text.
pub(crate) fn find(reading: &Reading<'_>, told: &mut Extraction) {
    let mut topic = Topic::default();
    let mut figures: Vec<Figure> = Vec::new();
    let mut constraints = Vec::new();
    for index in 0..reading.tokens.sentences.len() {
        let scene = reading.scene(index);
        if scene.amounts.is_empty() && scene.cues.is_empty() {
            continue;
        }
        topic.turn_to(&scene);
        let groups = Group::of(&scene, &topic);
        if groups.is_empty() {
            topic.name(&scene);
        }
        let mut values: Vec<_> = groups
            .iter()
            .flat_map(|g| &g.numbers)
            .filter(|n| n.part.is_value())
            .map(|n| n.tokens.clone())
            .collect();
        values.sort_by_key(|v| v.start);
        let last_is_earlier = groups
            .iter()
            .flat_map(|g| &g.numbers)
            .filter(|n| n.part.is_value())
            .max_by_key(|n| n.tokens.start)
            .is_some_and(|n| n.part == numbers::Part::Earlier);
        for group in &groups {
            Teller::new(group, &scene, &values, &topic, last_is_earlier).tell(
                &mut topic,
                &mut figures,
                &mut constraints,
            );
        }
    }
    parts::find(reading, &figures, &mut constraints);
    merge::merge(figures, constraints, told);
}
