//! How far apart two words of a sentence are for the reader: words, and the breaks between them.

use std::ops::Range;

use super::words::WORDS;
use crate::reading::Scene;

/// What a comma or an "and" costs, in words.
const LIGHT: u32 = 2;
/// What a relative pronoun or a conjunction that opens a clause costs.
const CLAUSE: u32 = 8;
/// What a semicolon, colon, bracket or dash costs.
const HEAVY: u32 = 14;

/// Sums over the tokens of a sentence, so that any distance takes one subtraction.
#[derive(Clone, Debug)]
pub(super) struct Breaks {
    start: usize,
    /// The cost of the breaks up to and with each token.
    cost: Vec<u32>,
    /// How many clauses began up to and with each token.
    clause: Vec<u32>,
}

impl Breaks {
    /// Those of a sentence.
    pub(super) fn new(scene: &Scene<'_>) -> Self {
        let r = scene.reading;
        let (mut cost, mut clause) = (Vec::new(), Vec::new());
        let (mut sum, mut clauses, mut last) = (0, 0, 0);
        // What a relative clause between commas interrupts: cost and clause before it.
        let mut interrupted: Option<(u32, u32)> = None;
        for at in scene.range.clone() {
            let token = &r.tokens.tokens[at];
            let dash = token.is('-')
                && token.spaced
                && at + 1 < scene.range.end
                && r.tokens.tokens[at + 1].spaced;
            if token.is(';') || token.is(':') || token.is('(') || token.is(')') || dash {
                sum += HEAVY;
                last += 1;
                clauses = last;
                interrupted = None;
            } else if let Some((cost, before)) = interrupted.filter(|_| resumes(scene, at)) {
                sum = cost + 2 * LIGHT;
                clauses = before;
                interrupted = None;
            } else if token.is(',') || r.is(at, "and") {
                sum += LIGHT;
            } else if r.is_any(at, &WORDS.openers) && opens(scene, at) {
                let comma = at > scene.range.start && r.tokens.tokens[at - 1].is(',');
                if comma && r.is_any(at, &["which", "who", "whose", "where"]) {
                    interrupted = Some((sum, clauses));
                }
                sum += CLAUSE;
                last += 1;
                clauses = last;
            }
            cost.push(sum);
            clause.push(clauses);
        }
        Self {
            start: scene.range.start,
            cost,
            clause,
        }
    }

    fn at(list: &[u32], start: usize, at: usize) -> u32 {
        let i = at.saturating_sub(start).min(list.len().saturating_sub(1));
        list.get(i).copied().unwrap_or(0)
    }

    /// The distance between two ranges; none when they overlap.
    pub(super) fn distance(&self, a: &Range<usize>, b: &Range<usize>) -> u32 {
        let (from, to) = match (a.end <= b.start, b.end <= a.start) {
            (true, _) => (a.end.saturating_sub(1), b.start),
            (_, true) => (b.end.saturating_sub(1), a.start),
            _ => return 0,
        };
        let words = (to - from).saturating_sub(1) as u32;
        let cost = |i| Self::at(&self.cost, self.start, i);
        words.min(40) + cost(to).abs_diff(cost(from))
    }

    /// Which clause a token stands in.
    pub(super) fn clause(&self, at: usize) -> u32 {
        Self::at(&self.clause, self.start, at)
    }

    /// The tokens of the clauses that a range touches.
    pub(super) fn around(&self, tokens: &Range<usize>) -> Range<usize> {
        let (first, last) = (
            self.clause(tokens.start),
            self.clause(tokens.end.saturating_sub(1)),
        );
        let of = |c: &u32| *c == first || *c == last;
        let from = self.clause.iter().position(of).unwrap_or(0);
        let to = self.clause.iter().rposition(of).map_or(0, |i| i + 1);
        (self.start + from).min(tokens.start)..(self.start + to).max(tokens.end)
    }
}

/// "As", "after", "before", "until" and "so" open a clause only when no date follows them.
fn opens(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let bare = r.is_any(at, &["as", "after", "before", "until", "so"]);
    let timed = scene
        .times
        .iter()
        .any(|t| t.tokens.start == at + 1 || t.tokens.contains(&at));
    let comma = at > scene.range.start && r.tokens.tokens[at - 1].is(',');
    let role = r.is(at, "as") && r.is_any(at + 1, &["part", "well", "a", "an", "the", "of"]);
    !timed && !role && (!bare || comma || r.is_any(at, &["after", "before"]))
}

/// Whether a comma closes a clause that interrupted a sentence.
fn resumes(scene: &Scene<'_>, at: usize) -> bool {
    scene.reading.tokens.tokens[at].is(',')
        && at + 1 < scene.range.end
        && (scene.reading.is_any(at + 1, &WORDS.resuming) || scene.reading.looks_past(at + 1))
}
