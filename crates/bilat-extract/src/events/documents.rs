//! How many acts one verb tells: documents signed one by one, candidacies backed one by one.

use std::ops::Range;

use bilat_model::evidence::EventKind;
use bilat_model::told::Constraint;

use super::dates;
use super::draft::Drafts;
use super::pick::Told;
use super::words::WORDS;
use crate::reading::Scene;

/// The documents that are signed as acts of their own: the tokens of each, none when they are one.
pub(super) fn apart(scene: &Scene<'_>, cue: &Range<usize>) -> Vec<Range<usize>> {
    let r = scene.reading;
    let mut heads: Vec<usize> = Vec::new();
    let mut ends = scene.range.end;
    for at in cue.start..scene.range.end {
        if r.tokens.tokens[at].is(';') || r.is_any(at, &["which", "who", "that", "during", "while"])
        {
            ends = at;
            break;
        }
        let several = r.is_any(at, &WORDS.documents);
        if !several && !r.is_any(at, &WORDS.document) {
            continue;
        }
        if r.is(at, "letter") && !r.is(at + 1, "of")
            || r.is(at + 1, "of") && r.is_any(at + 2, &WORDS.document)
        {
            continue;
        }
        let own = match several {
            false => article(scene, cue.start, at),
            true => counted_from_the_first(scene, cue.start, at, heads.last().copied()),
        };
        if own {
            heads.push(at);
        }
    }
    if heads.len() < 2 || !coordinated(scene, &heads) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (i, head) in heads.iter().enumerate() {
        let end = heads.get(i + 1).map_or(ends, |next| *next);
        out.push(*head..end.max(head + 1));
    }
    out
}

/// Whether a second verb of signing has a subject of its own: "the presidents adopted a statement,
/// and their ministers exchanged six documents".
pub(super) fn own_subject(scene: &Scene<'_>, act: &Told) -> bool {
    let r = scene.reading;
    let at = act.cue.tokens.start;
    let from = at.saturating_sub(6).max(scene.range.start);
    let noun = (from..at).rfind(|i| r.is_any(*i, &WORDS.signers));
    let opened = |noun: usize| {
        (from..noun)
            .any(|i| r.tokens.tokens[i].is(';') || r.tokens.tokens[i].is(',') || r.is(i, "and"))
    };
    act.word.kind == EventKind::Agreement && noun.is_some_and(opened)
}

/// Whether an indefinite article belongs to a singular noun.
fn article(scene: &Scene<'_>, floor: usize, at: usize) -> bool {
    let r = scene.reading;
    (floor..at)
        .rev()
        .take(6)
        .take_while(|i| {
            !r.tokens.tokens[*i].is(',') && !r.is_any(*i, &["and", "of", "on", "for", "with"])
        })
        .any(|i| r.is_any(i, &["a", "an", "another"]))
}

/// Whether a plural opens an item of a list, rather than being paired with the noun before it
/// ("five agreements and memorandums").
fn counted_from_the_first(scene: &Scene<'_>, floor: usize, at: usize, last: Option<usize>) -> bool {
    let r = scene.reading;
    let Some(last) = last else {
        // A number of them, then a list behind a colon: the list counts.
        return !(at..scene.range.end)
            .take(8)
            .any(|i| r.tokens.tokens[i].is(':'));
    };
    let paired = at.saturating_sub(last) <= 2;
    !paired && (last..at).any(|i| r.tokens.tokens[i].is(',') || r.is(i, "and")) && at > floor
}

fn coordinated(scene: &Scene<'_>, heads: &[usize]) -> bool {
    let r = scene.reading;
    heads
        .windows(2)
        .all(|w| (w[0]..w[1]).any(|i| r.tokens.tokens[i].is(',') || r.is(i, "and")))
}

/// How many bids one verb of support takes as its objects.
pub(super) fn bids(scene: &Scene<'_>, cue: &Range<usize>) -> usize {
    let r = scene.reading;
    let mut n = 1;
    for at in cue.end..scene.range.end {
        if r.tokens.tokens[at].is(';') || r.is_any(at, &["which", "while", "but"]) {
            break;
        }
        if !r.is(at, "and") && !(r.is(at, "as") && r.is(at + 1, "well") && r.is(at + 2, "as")) {
            continue;
        }
        let next = if r.is(at, "and") { at + 1 } else { at + 3 };
        let again = r.is(next, "for") && r.is_any(next + 1, &["a", "an", "the", "its"]);
        let object = r.is_any(next, &["the", "its", "a", "an", "for"])
            && (next + 1..(next + 7).min(scene.range.end))
                .take_while(|i| !r.tokens.tokens[*i].is(','))
                .any(|i| r.is_any(i, &WORDS.bid_for));
        n += usize::from(again || object);
    }
    n
}

impl Drafts<'_> {
    /// A number in front of a list: "three times: in 2002, 2009 and 2010".
    pub(super) fn count(&mut self, scene: &Scene<'_>, cue: &Range<usize>, listed: &[Range<usize>]) {
        let r = scene.reading;
        let Some(first) = listed.first() else { return };
        let from = cue.start.saturating_sub(8).max(scene.range.start);
        let found = (from..first.start.max(cue.end)).rev().find_map(|i| {
            if r.is(i, "twice") {
                return Some((2, i..i + 1, "times".to_owned()));
            }
            let of = r.tokens.raw(i + 1).to_ascii_lowercase();
            let counts = of == "times" || of.ends_with('s') && of.len() > 4;
            let timed = scene.times.iter().any(|t| t.tokens.contains(&i));
            let n = dates::small(r.tokens.raw(i)).filter(|n| counts && !timed && *n > 1)?;
            Some((n as u32, i..i + 1, of))
        });
        let Some((said, at, of)) = found else { return };
        let open = r.any_in(
            scene.range.clone(),
            &["including", "among", "notably", "inter"],
        );
        self.constraints.push(Constraint::Count {
            said,
            span: r.tokens.span(&at),
            of,
            listed: listed.iter().map(|t| r.tokens.span(t)).collect(),
            whole: !open,
        });
    }
}
