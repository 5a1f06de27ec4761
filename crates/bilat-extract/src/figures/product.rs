//! Which goods or sub-group a measure is about, in the text's words.

use super::words::WORDS;
use crate::names::As;
use crate::reading::Scene;
use crate::rules::Cue;
use crate::tokens::Kind;

/// Whether a word may be one of a product: a plain one that says nothing else.
fn plain(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let t = &r.tokens.tokens[at];
    t.kind == Kind::Word
        && !t.capital
        && scene.mention_at(at).is_none()
        && !scene.cues.iter().any(|c| c.tokens.contains(&at))
        && !scene.times.iter().any(|t| t.tokens.contains(&at))
}

/// What the words behind a number say it is of: "including $390 million of oil and gas".
pub(super) fn behind(scene: &Scene<'_>, end: usize) -> Option<String> {
    let r = scene.reading;
    let named = |i: usize| {
        (r.is(i, "and") || !r.is_any(i, &WORDS.wide))
            && !r.is_any(i, &["it", "them", "which", "last", "next"])
            && plain(scene, i)
    };
    if !r.is(end, "of") {
        return None;
    }
    let from = end + 1;
    let words = from..scene.range.end.min(from + 4);
    let to = words.take_while(|i| named(*i)).last()?;
    (!r.is(to, "and")).then(|| r.tokens.slice(&(from..to + 1)).to_owned())
}

/// What stands before a number in a list of parts: "of which fertilisers USD 9.7 million and fish
/// USD 6 million".
pub(super) fn listed(scene: &Scene<'_>, start: usize) -> Option<String> {
    let r = scene.reading;
    let named = |i: usize| plain(scene, i) && !r.is_any(i, &WORDS.wide) && !r.is(i, "which");
    let words = (scene.range.start.max(start.saturating_sub(3))..start).rev();
    let from = words.take_while(|i| named(*i)).last()?;
    let parts = (scene.range.start + 1..from).any(|i| r.is(i, "which") && r.is(i - 1, "of"));
    let item = from > scene.range.start && r.is_any(from - 1, &["which", "and", ","]);
    (parts && item).then(|| r.tokens.slice(&(from..start)).to_owned())
}

/// The product: "wheat exports", "exports of wheat".
pub(super) fn of(scene: &Scene<'_>, cue: &Cue) -> Option<String> {
    let r = scene.reading;
    let plain = |i: usize| {
        let t = &r.tokens.tokens[i];
        t.kind == Kind::Word
            && !t.capital
            && !r.is_any(i, &WORDS.wide)
            && scene.mention_at(i).is_none()
            && !scene.cues.iter().any(|c| {
                c.tokens.contains(&i) && !std::ptr::eq(c, cue) && c.rule.id != "measure-trade"
            })
            && !scene.times.iter().any(|t| t.tokens.contains(&i))
    };
    // Behind: "exports of rolled metal".
    if r.is(cue.tokens.end, "of")
        && cue.tokens.end + 1 < scene.range.end
        && plain(cue.tokens.end + 1)
    {
        let from = cue.tokens.end + 1;
        let to = (from..scene.range.end.min(from + 5))
            .take_while(|i| plain(*i))
            .last()?;
        return Some(r.tokens.slice(&(from..to + 1)).to_owned());
    }
    // Before, between the country and the measure: "Ukrainian grain exports".
    let m = scene
        .mentions
        .iter()
        .rev()
        .find(|m| m.tokens.end <= cue.tokens.start)?;
    let from = m.tokens.end + usize::from(m.possessive);
    let gap = from..cue.tokens.start;
    // "Non-oil and gas exports": words may be joined.
    let joins = |i: usize| i > gap.start && i + 1 < gap.end && r.is_any(i, &["-", "and"]);
    let words = gap.clone().filter(|i| !joins(*i)).count();
    let near = words <= 3 && (m.possessive || matches!(m.how, As::Adjective | As::Name));
    let all = gap.clone().all(|i| plain(i) || joins(i));
    (near && words > 0 && all).then(|| r.tokens.slice(&gap).to_owned())
}
