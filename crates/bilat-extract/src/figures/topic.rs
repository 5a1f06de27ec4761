//! What a sentence takes over from those before it.

use bilat_model::told::FigureKind;
use bilat_model::{Country, Period};

use super::words::WORDS;
use crate::reading::Scene;

/// What later sentences take over.
#[derive(Clone, Debug, Default)]
pub(super) struct Topic {
    /// What was spoken of last.
    pub(super) last: Spoken,
    /// What the last sentence with a figure spoke of first.
    pub(super) first: Spoken,
    pub(super) period: Option<Period>,
    /// The sentence that told it.
    pub(super) dated: usize,
    /// The sentence and period of the last number that was dated by its own words.
    pub(super) here: Option<(usize, Period)>,
    /// The sentence that set it.
    pub(super) sentence: usize,
    /// The block of the text it stands in.
    pub(super) block: usize,
    /// Where a sentence takes a quantity up by a pronoun.
    pub(super) pronoun: Option<usize>,
    /// A quantity that a sentence spoke of without a number, and that sentence: "How is trade doing?"
    pub(super) named: Option<(Spoken, usize)>,
}

/// A quantity that was spoken of.
#[derive(Clone, Debug, Default)]
pub(super) struct Spoken {
    pub(super) kind: Option<FigureKind>,
    pub(super) ends: Option<(Country, Country)>,
    /// The last figure with a value that was no comparison.
    pub(super) level: Option<usize>,
    /// The period of what was told last.
    pub(super) period: Option<Period>,
    pub(super) product: Option<String>,
}

impl Topic {
    /// "In 2015 it had been 368 million" takes up what the sentence before began with; other words
    /// go on with what it ended with.
    pub(super) fn turn_to(&mut self, scene: &Scene<'_>) {
        let r = scene.reading;
        let opens = scene.range.start..scene.range.end.min(scene.range.start + 9);
        self.pronoun = opens.clone().find(|i| {
            let i = *i;
            r.is_any(i, &["it", "they"]) && r.is_any(i + 1, &WORDS.pronoun_verbs)
                // "Customs figures put it at 7.1 million."
                || r.is(i + 1, "at")
                    && i > scene.range.start
                    && r.is_any(i, &["it", "this", "them"])
                    && r.is_any(i - 1, &WORDS.putting)
                || r.is(i, "the")
                    && r.is_any(
                        i + 1,
                        &["figure", "total", "volume", "sum", "amount", "number"],
                    )
                    && !r.is(i + 2, "of")
        });
        if self.pronoun.is_some() && self.first.kind.is_some() {
            self.last = self.first.clone();
        }
        self.answer(scene);
    }

    /// "How is trade doing? It amounted to 255 million": what was named just before and not told is
    /// what a pronoun or an answer takes up.
    fn answer(&mut self, scene: &Scene<'_>) {
        let r = scene.reading;
        let Some((spoken, at)) = &self.named else {
            return;
        };
        let asked = r.is(r.scene(*at).range.end - 1, "?");
        let fresh = *at + 1 == scene.index || asked && *at + 2 >= scene.index;
        if !fresh
            || *at < self.sentence && self.last.kind.is_some()
            || !asked && self.pronoun.is_none()
        {
            return;
        }
        self.last = spoken.clone();
        self.first = spoken.clone();
        (self.sentence, self.block) = (scene.index, scene.sentence.block);
    }

    /// Keeps what a sentence speaks of without a number.
    pub(super) fn name(&mut self, scene: &Scene<'_>) {
        let measure = super::measures::measures(scene, self)
            .into_iter()
            .find(|(_, m)| !m.share && !m.people && m.kind != FigureKind::Other);
        let Some((cue, m)) = measure else { return };
        let ends = super::direction::ends(scene, Some(cue), m, cue.tokens.end, self);
        let spoken = Spoken {
            kind: Some(m.kind),
            ends,
            level: None,
            period: None,
            product: super::product::of(scene, cue),
        };
        self.named = ends.map(|_| (spoken, scene.index));
    }
}
