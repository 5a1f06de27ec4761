//! The measures that a sentence names.

use bilat_model::told::FigureKind;

use super::topic::Topic;
use super::words::WORDS;
use crate::reading::Scene;
use crate::rules::{Cue, Gives, Measure};

/// The measures that a sentence names; where two overlap the longer, and weak ones only where
/// nothing stronger is.
pub(super) fn measures<'a>(scene: &Scene<'a>, topic: &Topic) -> Vec<(&'a Cue, &'static Measure)> {
    let all = scene.cues_of(|g| match g {
        Gives::Measure(m) => Some(m),
        _ => None,
    });
    let mut out: Vec<(&Cue, &Measure)> = Vec::new();
    for (cue, m) in &all {
        let beaten = all.iter().any(|(other, om)| {
            !std::ptr::eq(*other, *cue)
                && other.tokens.start < cue.tokens.end
                && cue.tokens.start < other.tokens.end
                && rank(other, om) > rank(cue, m)
                // "45 projects worth 63 million": counted, and worth so much.
                && !(m.counts && m.kind == om.kind && !om.counts)
        });
        if !beaten
            && !(m.weak && aside(scene, cue))
            && !goods(scene, cue, m)
            && !worth_of(scene, cue, m)
            && !(m.near && m.kind == FigureKind::TradeTurnover && !adds_up(topic, &all, cue))
        {
            out.push((cue, m));
        }
    }
    out
}

/// Whether there is trade to add up: "together" says nothing where none was told before.
fn adds_up(topic: &Topic, all: &[(&Cue, &Measure)], cue: &Cue) -> bool {
    let trade = |k: FigureKind| k.is_flow_of_goods() || k == FigureKind::TradeTurnover;
    topic.last.kind.is_some_and(trade)
        || all.iter().any(|(c, m)| {
            !std::ptr::eq(*c, cue) && trade(m.kind) && c.tokens.start < cue.tokens.start
        })
}

/// Of two measures at one place the longer, then the stronger, then the noun is meant.
fn rank(cue: &Cue, m: &Measure) -> (usize, bool, bool) {
    (
        cue.tokens.len(),
        !m.weak,
        m.word == crate::rules::PartOfSpeech::Noun,
    )
}

/// "Exported $24 billion worth of goods": those goods are not told of anew.
fn worth_of(scene: &Scene<'_>, cue: &Cue, m: &Measure) -> bool {
    let at = cue.tokens.start;
    m.named
        && at >= scene.range.start + 2
        && scene.reading.is(at - 1, "of")
        && scene.reading.is(at - 2, "worth")
}

/// Vehicles and the like that are what is sold: "sales of tractors".
fn goods(scene: &Scene<'_>, cue: &Cue, m: &Measure) -> bool {
    let r = scene.reading;
    // "Deliveries of Belarusian tractors".
    let named = scene
        .mentions
        .iter()
        .find(|m| m.tokens.end == cue.tokens.start);
    let at = named.map_or(cue.tokens.start, |m| m.tokens.start);
    m.kind == FigureKind::Other
        && m.counts
        && at >= scene.range.start + 2
        && r.is(at - 1, "of")
        && r.is_any(
            at - 2,
            &[
                "sales",
                "exports",
                "imports",
                "shipments",
                "deliveries",
                "supplies",
                "purchases",
            ],
        )
}

/// "Trade" inside a name or before a noun that makes it something else: "trade mission".
fn aside(scene: &Scene<'_>, cue: &Cue) -> bool {
    let r = scene.reading;
    let next = cue.tokens.end;
    let before = cue
        .tokens
        .start
        .checked_sub(1)
        .filter(|i| *i >= scene.range.start);
    r.tokens
        .tokens
        .get(next)
        .is_some_and(|t| t.capital || t.is('-'))
        || r.is_any(next, &WORDS.beside_trade)
            && !(r.is(next, "and")
                && !r.is_any(
                    next + 1,
                    &[
                        "economic",
                        "investment",
                        "investments",
                        "industry",
                        "commerce",
                    ],
                ))
        || before.is_some_and(|b| {
            r.is_any(b, &["free", "fair", "of", "and"]) && !r.is(b, "of") && !r.is(b, "and")
        })
}
