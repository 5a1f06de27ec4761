//! Anniversaries: how many years, of what.

use std::ops::Range;

use bilat_model::evidence::EventKind;
use bilat_model::told::Constraint;

use super::dates::small;
use super::draft::{Draft, Drafts};
use super::words::WORDS;
use crate::ordinals;
use crate::reading::Scene;

/// How many years are marked, and where the number stands.
fn years(scene: &Scene<'_>, cue: &Range<usize>) -> Option<(u16, Range<usize>)> {
    let from = cue.start.saturating_sub(6).max(scene.range.start);
    let to = (cue.end + 6).min(scene.range.end);
    let r = scene.reading;
    let words = |i: usize| -> Option<u16> {
        let raw = r.tokens.raw(i);
        // "Relations turn 50 in September."
        let turned = i > from && r.is_any(i - 1, &["turn", "turns", "turned"]);
        let next_is_years = r.is_any(i + 1, &["years", "year", "-"]) || turned;
        let anniversary = (i + 1..(i + 4).min(to))
            .any(|k| r.is_any(k, &["anniversary", "jubilee", "anniversaries"]));
        let digits = raw.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if digits.len() < raw.len() && anniversary || turned && digits.len() == raw.len() {
            return digits.parse().ok();
        }
        let compound = tens(raw).map(|t| {
            let unit = match r.is(i + 1, "-") {
                true => r.tokens.raw(i + 2),
                false => "",
            };
            t + small(unit).or_else(|| ordinal(unit)).unwrap_or(0)
        });
        if let Some(n) = compound.filter(|_| next_is_years || anniversary) {
            return u16::try_from(n).ok();
        }
        if let Some(n) = ordinal(raw).filter(|_| anniversary) {
            return u16::try_from(n).ok();
        }
        if r.is(i, "hundred") && r.is(i + 1, "years") {
            return Some(100);
        }
        small(raw)
            .filter(|n| next_is_years && *n > 0)
            .and_then(|n| u16::try_from(n).ok())
    };
    if let Some(found) = (from..to).find_map(|i| words(i).map(|n| (n, i..i + 1))) {
        return Some(found).filter(|(n, _)| (1..=1000).contains(n));
    }
    (from..to).find_map(|i| {
        let named = match r.tokens.raw(i).to_ascii_lowercase().as_str() {
            "centenary" | "centennial" => 100,
            "bicentenary" => 200,
            "golden" if r.is_any(i + 1, &["jubilee", "anniversary"]) => 50,
            "silver" if r.is_any(i + 1, &["jubilee", "anniversary"]) => 25,
            "half" if r.is(i + 2, "century") => 50,
            "quarter" if r.is(i + 3, "century") => 25,
            _ => return None,
        };
        Some((named, i..i + 1))
    })
}

/// "In July the islands celebrate fifty years of independence": no anniversary of the two.
pub(super) fn of_one(scene: &Scene<'_>, cue: &Range<usize>) -> bool {
    let r = scene.reading;
    let behind = cue.start..(cue.end + 6).min(scene.range.end);
    r.any_in(behind, &["independence", "statehood"])
        && !r.any_in(scene.range.clone(), &WORDS.of_the_two)
}

/// The year of what is marked, as far as the number of years and the publication tell it.
pub(super) fn origin(scene: &Scene<'_>, cue: &Range<usize>) -> Option<i16> {
    let published = scene.reading.published?;
    let (years, _) = years(scene, cue).filter(|(n, _)| *n > 1)?;
    published.year().checked_sub(i16::try_from(years).ok()?)
}

fn tens(word: &str) -> Option<i64> {
    const TENS: &[(&str, &str, i64)] = &[
        ("twenty", "twentieth", 20),
        ("thirty", "thirtieth", 30),
        ("forty", "fortieth", 40),
        ("fifty", "fiftieth", 50),
        ("sixty", "sixtieth", 60),
        ("seventy", "seventieth", 70),
        ("eighty", "eightieth", 80),
        ("ninety", "ninetieth", 90),
    ];
    let is = |w: &str| word.eq_ignore_ascii_case(w);
    TENS.iter().find(|t| is(t.0) || is(t.1)).map(|t| t.2)
}

fn ordinal(word: &str) -> Option<i64> {
    let hundredth = word.eq_ignore_ascii_case("hundredth").then_some(100);
    ordinals::number(word).or(hundredth)
}

/// What is marked: relations, unless the sentence names something else.
fn of(scene: &Scene<'_>, cue: &Range<usize>) -> Option<EventKind> {
    let r = scene.reading;
    let after = cue.start..scene.range.end.min(cue.end + 14);
    let word = after.into_iter().find_map(|i| {
        if r.is_any(i, &["relations", "ties", "diplomatic", "recognition"]) {
            return Some(EventKind::DiplomaticRelations);
        }
        if r.is_any(i, &["treaty", "agreement", "pact", "accord"]) {
            return Some(EventKind::Agreement);
        }
        r.is_any(i, &WORDS.other_foundings)
            .then_some(EventKind::Other)
    });
    match word {
        Some(EventKind::Other) => None,
        Some(k) => Some(k),
        None => r
            .any_in(scene.range.clone(), &["relations", "ties", "diplomatic"])
            .then_some(EventKind::DiplomaticRelations),
    }
}

impl Drafts<'_> {
    /// What an anniversary says about the founding it marks.
    pub(super) fn founding(&mut self, scene: &Scene<'_>, cue: &Range<usize>, marked: &Draft) {
        let Some(of) = of(scene, cue) else {
            return;
        };
        let Some((years, at)) = years(scene, cue) else {
            return;
        };
        self.constraints.push(Constraint::Anniversary {
            years,
            span: scene.reading.tokens.span(&at),
            on: marked.event.date,
            of,
            origin: None,
        });
        let founded = marked
            .event
            .date
            .and_then(|d| d.period())
            .and_then(|p| p.shift_years(-i16::try_from(years).unwrap_or(0)));
        if let (EventKind::DiplomaticRelations, Some(founded)) = (of, founded) {
            let mut draft = marked.clone();
            draft.event.kind = of;
            draft.event.date = Some(founded.into());
            draft.event.end = None;
            draft.event.host = None;
            draft.event.planned = false;
            draft.event.derived = true;
            draft.event.cities.clear();
            draft.event.what = "diplomatic relations established".to_owned();
            draft.slip = None;
            self.list.push(draft);
        }
    }
}
