//! Which pairs a text is about.

use std::collections::BTreeMap;

use bilat_model::document::BlockKind;
use bilat_model::{Country, Pair};

use super::{As, Mention};
use crate::tokens::{Sentence, Tokens};

/// A sentence with more countries than this is a list, and says little about any two of them.
const LIST: usize = 6;

/// Of how many countries, the most named, the whole text counts.
const CHIEF: usize = 8;

/// The pairs that a text may be about with a weight each, the heaviest first. Two countries in one
/// sentence weigh more than two in one text, joined by a hyphen ("Kazakhstan-Slovenia") most; the
/// headline and the first sentences weigh more than the rest, and the line of place and day less.
#[must_use]
pub fn pairs(mentions: &[Mention], tokens: &Tokens<'_>) -> Vec<(Pair, u32)> {
    let mut weights = BTreeMap::<Pair, u32>::new();
    let mut totals = BTreeMap::<Country, u32>::new();
    let mut next = 0;
    let mut body = 0;
    for sentence in &tokens.sentences {
        let from = next;
        while mentions
            .get(next)
            .is_some_and(|m| m.tokens.start < sentence.tokens.end)
        {
            next += 1;
        }
        let place = place_weight(sentence, &mut body);
        weigh(&mentions[from..next], place, &mut weights, &mut totals);
    }
    over_all(&totals, &mut weights);
    let mut out: Vec<_> = weights.into_iter().filter(|(_, w)| *w > 0).collect();
    out.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}

fn place_weight(sentence: &Sentence, body: &mut u32) -> u32 {
    if sentence.kind == BlockKind::Headline {
        return 6;
    }
    *body += 1;
    if *body <= 3 { 3 } else { 1 }
}

/// How much one mention counts.
fn mention_weight(m: &Mention) -> u32 {
    match m.how {
        _ if m.dateline => 1,
        _ if m.venue => 0,
        As::City => 2,
        _ => 4,
    }
}

/// Adds what one sentence tells.
fn weigh(
    mentions: &[Mention],
    place: u32,
    weights: &mut BTreeMap<Pair, u32>,
    totals: &mut BTreeMap<Country, u32>,
) {
    let mut here = BTreeMap::<Country, u32>::new();
    for m in mentions {
        let w = mention_weight(m);
        let slot = here.entry(m.country).or_default();
        *slot = w.max(*slot);
        *totals.entry(m.country).or_default() += w * place;
    }
    for two in mentions.windows(2) {
        if two[0].hyphen && two[1].hyphen && two[0].tokens.end + 1 == two[1].tokens.start {
            add(weights, two[0].country, two[1].country, 16 * place);
        }
    }
    let here: Vec<_> = here.into_iter().filter(|(_, w)| *w > 0).collect();
    if here.len() > LIST {
        return;
    }
    // Two alone in a sentence are its subject; among more, each two share it.
    let share = here.len().saturating_sub(1).max(1) as u32;
    for (i, (a, wa)) in here.iter().enumerate() {
        for (b, wb) in &here[i + 1..] {
            add(weights, *a, *b, 2 * place * (*wa).min(*wb) / share);
        }
    }
}

/// Adds what the whole text tells: two countries that are named often belong together even where
/// no sentence names both.
fn over_all(totals: &BTreeMap<Country, u32>, weights: &mut BTreeMap<Pair, u32>) {
    let mut chief: Vec<_> = totals.iter().map(|(c, n)| (*c, *n)).collect();
    chief.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    chief.truncate(CHIEF);
    for (i, (a, wa)) in chief.iter().enumerate() {
        for (b, wb) in &chief[i + 1..] {
            add(weights, *a, *b, (*wa).min(*wb));
        }
    }
}

fn add(weights: &mut BTreeMap<Pair, u32>, a: Country, b: Country, weight: u32) {
    if let Ok(pair) = Pair::new(a, b) {
        let slot = weights.entry(pair).or_default();
        *slot = slot.saturating_add(weight);
    }
}
