//! What earlier sentences lend to an act: the date of the visit it belongs to, the month of the
//! report, the place that "here" and "there" mean.

use std::ops::Range;

use bilat_model::document::BlockKind;
use bilat_model::evidence::EventKind;
use bilat_model::told::When;
use bilat_model::{Country, Period};
use jiff::civil::Date;

use super::breaks::Breaks;
use super::words::WORDS;
use crate::reading::{Reading, Scene};

/// How many sentences of the first paragraph are its news.
const LEAD: usize = 3;

/// An act that was told and dated.
#[derive(Clone, Debug)]
pub(super) struct Last {
    pub(super) kind: EventKind,
    pub(super) date: When,
    pub(super) end: Option<When>,
    pub(super) host: Option<Country>,
    pub(super) block: usize,
    pub(super) sentence: usize,
    /// Whether its date was lent to it.
    pub(super) lent: bool,
    /// Whether it lies ahead.
    pub(super) planned: bool,
}

impl Last {
    /// The date that a part of it takes.
    pub(super) fn part(&self) -> When {
        part(self.date, self.end)
    }

    /// The month of its day.
    pub(super) fn month(&self) -> When {
        month_of(self.date)
    }
}

fn month_of(date: When) -> When {
    match date {
        When::Period(Period::Day(d)) => Period::Month(d.year(), d.month()).into(),
        other => other,
    }
}

/// The date that a part of an act takes: its day, or the month of what lasted several.
pub(super) fn part(date: When, end: Option<When>) -> When {
    match end {
        Some(_) => month_of(date),
        None => date,
    }
}

/// Whether acts told next are likely to have happened on the occasion of one of this kind.
pub(super) fn occasion(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Visit
            | EventKind::Meeting
            | EventKind::CommissionSession
            | EventKind::Consultations
    )
}

/// Whether a noun points back: "the visit", "their meeting", "it was her third visit".
pub(super) fn definite(scene: &Scene<'_>, cue: &Range<usize>) -> bool {
    let r = scene.reading;
    let from = cue.start.saturating_sub(2).max(scene.range.start);
    let next = r.any_in(cue.clone(), &["next", "following"]);
    r.any_in(cue.clone(), &WORDS.gatherings)
        && !next
        && (r.any_in(from..cue.start, &WORDS.definite) || told_again(scene, cue))
}

/// "It was her third visit", "this is the president's first trip": more about an act told before.
pub(super) fn told_again(scene: &Scene<'_>, cue: &Range<usize>) -> bool {
    let r = scene.reading;
    let from = cue.start.saturating_sub(8).max(scene.range.start);
    (from..cue.end).any(|i| {
        r.is_any(i, &["it", "this", "that"]) && r.is_any(i + 1, &["is", "was", "will", "being"])
    }) && r.any_in(cue.clone(), &["visit", "trip", "tour"])
}

/// Which kinds of act the words around one make it a part of: "during the visit", "after the
/// talks".
pub(super) fn wholes(scene: &Scene<'_>, around: &Range<usize>) -> &'static [EventKind] {
    use EventKind as K;
    const OCCASIONS: &[EventKind] = &[
        K::Visit,
        K::Meeting,
        K::CommissionSession,
        K::Consultations,
        K::Forum,
    ];
    let r = scene.reading;
    let within = around.start.saturating_sub(2).max(scene.range.start)..around.end;
    match () {
        () if r.any_in(within.clone(), &["visit", "trip", "stay", "tour"]) => &[K::Visit],
        () if r.any_in(within.clone(), &["session"]) => &[K::CommissionSession],
        () if r.any_in(within.clone(), &["consultations"]) => &[K::Consultations],
        () if r.any_in(within, &["forum"]) => &[K::Forum],
        () => OCCASIONS,
    }
}

/// Whether an act is told to have closed or opened what it was part of.
pub(super) fn edge(scene: &Scene<'_>, whole: (When, Option<When>)) -> Option<When> {
    let r = scene.reading;
    let says = |words: &[&str], nouns: &[&str]| {
        scene
            .range
            .clone()
            .any(|i| r.is_any(i, words) && r.is_any(i + 1, nouns))
            || scene.range.clone().any(|i| {
                nouns.is_empty()
                    && r.is_any(i, words)
                    && r.is_any(i.wrapping_sub(1), &["the", "its"])
            })
    };
    let days = ["day", "evening", "night"];
    if says(&["last", "final", "closing"], &days) || says(&["end", "close", "conclusion"], &[]) {
        return Some(whole.1.unwrap_or(whole.0));
    }
    says(&["first", "opening"], &days).then_some(whole.0)
}

/// The first paragraph: its block and the first sentence of it.
pub(super) fn lead(reading: &Reading<'_>) -> Option<(usize, usize)> {
    let body = |s: &crate::tokens::Sentence| {
        matches!(
            s.kind,
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item
        )
    };
    let at = reading
        .tokens
        .sentences
        .iter()
        .position(|s| body(s) && s.tokens.len() > 6)?;
    Some((reading.tokens.sentences[at].block, at))
}

/// Where the report was written.
pub(super) fn here(reading: &Reading<'_>) -> Option<Country> {
    reading
        .mentions
        .iter()
        .find(|m| m.dateline)
        .map(|m| m.country)
}

/// The month of publication, for the news of the first paragraph.
pub(super) fn month(
    scene: &Scene<'_>,
    lead: Option<(usize, usize)>,
    cue: &Range<usize>,
    breaks: &Breaks,
) -> Option<When> {
    let published: Date = scene.reading.published?;
    let (block, first) = lead?;
    if scene.sentence.block != block || scene.index >= first + LEAD {
        return None;
    }
    let r = scene.reading;
    let around = breaks.around(cue);
    let earlier = r.any_in(around.start..cue.end, &WORDS.earlier);
    (!earlier).then(|| Period::Month(published.year(), published.month()).into())
}

/// Whether the words around an act make it part of one told before.
pub(super) fn belongs(scene: &Scene<'_>, around: &Range<usize>) -> bool {
    let r = scene.reading;
    let from = around.start.saturating_sub(1).max(scene.range.start);
    // "A treaty was signed | after the talks": the words that open the next clause.
    let to = (around.end + 1).min(scene.range.end);
    (from..to).any(|i| {
        if r.is(i, "there")
            && !r.is_any(
                i + 1,
                &["is", "are", "was", "were", "has", "have", "will", "'s"],
            )
        {
            return true;
        }
        let opens = r.is_any(
            i,
            &[
                "during",
                "at",
                "after",
                "following",
                "before",
                "on",
                "within",
                "in",
            ],
        );
        let named = r.is_any(
            i + 1,
            &[
                "the", "his", "her", "their", "this", "that", "same", "its", "these",
            ],
        ) && (i + 2..(i + 5).min(scene.range.end)).any(|k| r.is_any(k, &WORDS.wholes));
        let relative = r.is_any(i, &["during", "at", "after"]) && r.is(i + 1, "which");
        opens
            && (named || relative)
            && !scene
                .times
                .iter()
                .any(|t| t.tokens.start > i && t.tokens.start < i + 6)
    })
}
