//! Acts that no word tells, only who is where with whom: a minister of one country in the other on
//! a day is there on a visit, and ministers of both in one clause with a day have met.

use std::ops::Range;
use std::sync::LazyLock;

use bilat_model::Period;
use bilat_model::told::When;

use super::breaks::Breaks;
use super::context;
use super::pick::Told;
use super::words::WORDS;
use crate::names::{As, Rank};
use crate::reading::Scene;
use crate::rules::{Cue, EventWord, Gives, Rule, rules};
use crate::time::Time;

/// The rules whose meaning such acts have.
static MEANING: LazyLock<[Option<(&'static Rule, &'static EventWord)>; 2]> = LazyLock::new(|| {
    let find = |id: &str| {
        let rule = rules().ok()?.iter().find(|r| r.id == id)?;
        match &rule.gives {
            Gives::Event(word) => Some((rule, word)),
            _ => None,
        }
    };
    [find("event-visit-presence"), find("event-meeting-presence")]
});

/// The acts of a sentence in which no rule found one.
pub(super) fn acts(scene: &Scene<'_>, breaks: &Breaks) -> Vec<Told> {
    let mut out = Vec::new();
    let r = scene.reading;
    let precise = scene.times.iter().any(|t| !t.dateline && precise(t));
    if let Some(spoke) = spoke_abroad(scene) {
        out.extend(told(0, spoke));
        return out;
    }
    let telling = scene
        .cues
        .iter()
        .any(|c| matches!(c.rule.gives, Gives::Attribution { .. }));
    if telling || !precise || scene.amounts.iter().any(crate::amount::Amount::is_money) {
        return out;
    }
    let officials: Vec<_> = scene
        .persons
        .iter()
        .filter(|p| {
            !matches!(p.rank, Rank::CompanyHead)
                && (p.rank != Rank::None || p.country.is_some())
                && p.country.is_none_or(|c| r.of_pair(c))
        })
        .collect();
    let Some(first) = officials.first() else {
        return out;
    };
    let other = officials.iter().find(|p| {
        let sides = first.country.zip(p.country).is_some_and(|(a, b)| a != b);
        sides && breaks.clause(p.tokens.start) == breaks.clause(first.tokens.start)
    });
    if let Some(other) = other {
        out.extend(told(
            1,
            first.tokens.start..other.tokens.end.max(first.tokens.end),
        ));
        return out;
    }
    let away = scene.mentions.iter().find(|m| {
        let place = matches!(m.how, As::Name | As::Capital | As::City)
            && !m.possessive
            && !m.hyphen
            && !m.dateline;
        let inside = officials.iter().any(|p| p.tokens.contains(&m.tokens.start));
        place
            && !inside
            && r.of_pair(m.country)
            && first.country.is_some_and(|c| c != m.country)
            && m.tokens.start >= first.tokens.end
            && scene
                .preposition(m)
                .is_some_and(|p| r.is_any(p, &["in", "to", "at", "into"]))
    });
    if let Some(place) = away {
        out.extend(told(0, first.tokens.start..place.tokens.end));
    }
    out
}

fn told(which: usize, tokens: Range<usize>) -> Option<Told> {
    MEANING[which].map(|(rule, word)| Told {
        cue: Cue { rule, tokens },
        word,
    })
}

/// "The Hungarian foreign minister said in Bishkek on Tuesday": who speaks in the other country on a
/// day is there. Of ambassadors, who live there, it tells nothing.
fn spoke_abroad(scene: &Scene<'_>) -> Option<Range<usize>> {
    let r = scene.reading;
    let home = |p: &crate::names::PersonMention| p.country.filter(|c| r.of_pair(*c));
    let high = |p: &&crate::names::PersonMention| {
        matches!(
            p.rank,
            Rank::HeadOfState | Rank::HeadOfGovernment | Rank::ForeignMinister | Rank::Minister
        )
    };
    let speaker = scene.persons.iter().find(high)?;
    let place = scene.mentions.iter().find(|m| {
        matches!(m.how, As::Name | As::Capital | As::City)
            && !m.dateline
            && m.tokens.start == speaker.tokens.end + 2
    })?;
    let verb = speaker.tokens.end;
    let said = r.is_any(verb, &WORDS.said) && r.is(verb + 1, "in");
    // The day stands directly behind the place, "on" before it or not.
    let end = place.tokens.end;
    let day = scene
        .times
        .iter()
        .any(|t| precise(t) && (end..end + 2).contains(&t.tokens.start));
    let abroad = r.of_pair(place.country)
        && match home(speaker) {
            Some(country) => country != place.country,
            None => context::here(r).is_some_and(|c| r.of_pair(c) && c != place.country),
        };
    (said && day && abroad).then_some(speaker.tokens.start..place.tokens.end)
}

/// Whether a time is a day or a month, or a range of days.
fn precise(time: &Time) -> bool {
    matches!(
        time.date(),
        Some((
            When::Period(Period::Day(_) | Period::Month(..)) | When::MonthDay(..),
            _
        ))
    )
}
