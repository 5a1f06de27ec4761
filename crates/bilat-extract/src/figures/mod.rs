//! Figures: from amounts, and the words around them, to quantities about the pair.
//!
//! A sentence is read as its measures, each with the numbers that belong to it. Every number goes
//! to the measure that stands nearest before it, unless its own words name one behind it ("$36
//! million in investments"); the first number of a measure is its level, one behind "from" or
//! "against" its comparison, a percentage beside "rose" its change. Directions come from what the
//! countries are to the measure, periods from the nearest date on the same side of a break. What a
//! sentence leaves open, the sentences before it decide.

mod change;
mod direction;
mod group;
mod home;
mod merge;
mod numbers;
mod parts;
mod period;
mod product;
mod qualify;
mod teller;

use bilat_model::told::{Extraction, Figure, FigureKind};
use bilat_model::{Country, Period};

use crate::reading::{self, Reading};
use group::Group;
use teller::Teller;

/// What later sentences take over.
#[derive(Clone, Debug, Default)]
struct Topic {
    /// What was spoken of last.
    last: Spoken,
    /// What the last sentence with a figure spoke of first.
    first: Spoken,
    period: Option<Period>,
    /// The sentence that told it.
    dated: usize,
    /// The sentence and period of the last number that was dated by its own words.
    here: Option<(usize, Period)>,
    /// The sentence that set it.
    sentence: usize,
    /// The block of the text it stands in.
    block: usize,
    /// Where a sentence takes a quantity up by a pronoun.
    pronoun: Option<usize>,
}

/// A quantity that was spoken of.
#[derive(Clone, Debug, Default)]
struct Spoken {
    kind: Option<FigureKind>,
    ends: Option<(Country, Country)>,
    /// The last figure with a value that was no comparison.
    level: Option<usize>,
    product: Option<String>,
}

impl Topic {
    /// "In 2015 it had been 368 million" takes up what the sentence before began with; other words
    /// go on with what it ended with.
    fn turn_to(&mut self, scene: &reading::Scene<'_>) {
        const BE: &[&str] = &[
            "was", "had", "stood", "reached", "amounted", "is", "came", "totalled", "has", "will",
            "went", "fell", "rose", "grew", "climbed", "dropped", "increased", "decreased", "hit",
            "exceeded", "shrank", "declined", "should", "could", "would",
        ];
        let r = scene.reading;
        let opens = scene.range.start..scene.range.end.min(scene.range.start + 9);
        self.pronoun = opens.clone().find(|i| {
            let i = *i;
            r.is(i, "it") && r.is_any(i + 1, BE)
                || r.is(i, "the")
                    && r.is_any(i + 1, &["figure", "total", "volume", "sum", "amount", "number"])
                    && !r.is(i + 2, "of")
        });
        if self.pronoun.is_some() && self.first.kind.is_some() {
            self.last = self.first.clone();
        }
    }
}

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
