//! When an act was: by a time of its own sentence, or by one that an act told before lends it; and
//! whether an act without any is told as one at all.

use std::ops::Range;

use bilat_model::Period;
use bilat_model::evidence::EventKind;
use bilat_model::told::When;

use super::anniversary;
use super::breaks::Breaks;
use super::context::{self, Last};
use super::dates::{self, Dated};
use super::draft::{Draft, Drafts};
use super::pick::Told;
use super::words::WORDS;
use crate::reading::Scene;
use crate::rules::Gives;
use crate::time::{Time, Value};

/// What a sentence says about one act.
pub(super) struct Act<'s, 'a> {
    pub(super) scene: &'s Scene<'a>,
    pub(super) breaks: &'s Breaks,
    pub(super) told: &'s Told,
    /// The clauses that it stands in.
    pub(super) around: Range<usize>,
    /// The time that dates it, if one does.
    pub(super) own: Option<&'a Time>,
    /// Whether its words put it ahead.
    pub(super) ahead: bool,
    /// Whether its words make it part of one told before.
    pub(super) belongs: bool,
    /// Whether it points back ("the visit").
    pub(super) definite: bool,
    pub(super) headline: bool,
    /// Where the drafts of its sentence begin.
    pub(super) from: usize,
}

/// How many sentences behind an act others can be told as parts of it.
const WHOLE: usize = 8;
/// How many acts back are looked at for one told again.
const BEHIND: usize = 8;

/// The date of an act, and whether it was lent.
pub(super) struct Found {
    pub(super) date: Option<Dated>,
    pub(super) lent: bool,
}

impl Found {
    fn lent(date: When) -> Option<Self> {
        Some(Self {
            date: Some(Dated { date, end: None }),
            lent: true,
        })
    }
}

impl Act<'_, '_> {
    fn kind(&self) -> EventKind {
        self.told.word.kind
    }

    fn cue(&self) -> &Range<usize> {
        &self.told.cue.tokens
    }

    /// Whether it is told to have happened in the course of another act.
    fn during(&self) -> bool {
        let from = self.around.start.saturating_sub(1);
        let wide = from.max(self.scene.range.start)..self.around.end;
        self.belongs && self.scene.reading.any_in(wide, &["during", "within"])
    }

    /// "Talked with the minister, who was there on a visit on 3 May": the day is the visit's.
    fn of_a_visitor(&self) -> bool {
        let Some(time) = self.own.filter(|_| self.kind() == EventKind::Meeting) else {
            return false;
        };
        let clause = self.breaks.clause(time.tokens.start);
        let visit = self.scene.cues.iter().any(|c| {
            matches!(&c.rule.gives, Gives::Event(w) if w.kind == EventKind::Visit && w.weight > 1)
                && self.breaks.clause(c.tokens.start) == clause
        });
        visit && clause > self.breaks.clause(self.cue().start)
    }
}

impl Drafts<'_> {
    /// The date of an act; none when the act is no event.
    pub(super) fn when(&self, act: &Act<'_, '_>) -> Option<Found> {
        let of_one =
            act.kind() == EventKind::Anniversary && anniversary::of_one(act.scene, act.cue());
        if act.of_a_visitor() || of_one {
            return None;
        }
        match act.own {
            Some(time) => self.own(act, time),
            None => self.lend(act),
        }
    }

    /// The date that the sentence gives, or that of the act which this one is told to be part of.
    fn own(&self, act: &Act<'_, '_>, time: &Time) -> Option<Found> {
        let soon = act.ahead || present(act.scene, act.cue());
        let mut dated = dates::coming(act.scene, time, dates::dated(time)?, soon);
        if let (When::MonthDay(month, day), Some(last)) = (dated.date, &self.last)
            && last.sentence + 1 >= act.scene.index
            && !act.ahead
            && let Some(year) = last.date.year()
            && let Ok(date) = jiff::civil::Date::new(year, month, day)
        {
            dated.date = date.into();
        }
        if act.kind() == EventKind::Visit {
            dated = dates::stretch(act.scene, &act.around, dated);
        }
        let whole = |d: &&Draft| {
            act.kind() != d.event.kind
                && d.event.end.is_some()
                && match d.event.kind {
                    EventKind::Visit => act.during() || dated.end.is_some(),
                    EventKind::CommissionSession | EventKind::Consultations => {
                        act.kind() == EventKind::Agreement && dated.end == d.event.end
                    }
                    _ => false,
                }
        };
        let of = self.list[act.from..].iter().rfind(whole);
        if let Some(whole) = of.filter(|_| act.kind() != EventKind::Visit)
            && let Some(date) = whole.event.date
        {
            return Found::lent(context::part(date, whole.event.end));
        }
        Some(Found {
            date: Some(dated),
            lent: false,
        })
    }

    /// "He leaves for Ankara today; the visit lasts until Friday", "signed during the visit": the
    /// visit told before.
    fn visit_again(&self, act: &Act<'_, '_>) -> bool {
        act.kind() == EventKind::Visit
            && act.definite
            && !context::told_again(act.scene, act.cue())
            && self.list.iter().rev().take(BEHIND).any(|d| {
                d.event.kind == EventKind::Visit
                    && d.event.date.is_some()
                    && !d.headline
                    && act.scene.index <= d.sentence + 3
            })
    }

    /// "They commemorated the peace in Lima. The ministers unveiled a plaque": part of that.
    fn of_a_commemoration(&self, act: &Act<'_, '_>) -> bool {
        act.kind() == EventKind::Memorial
            && self.list.iter().rev().take(BEHIND).any(|d| {
                d.event.kind == EventKind::Anniversary && act.scene.index <= d.sentence + 1
            })
    }

    /// The date that an act told before lends, or the month of the report.
    fn lend(&self, act: &Act<'_, '_>) -> Option<Found> {
        if invited(act) || self.of_a_commemoration(act) || named_only(act) || self.visit_again(act)
        {
            return None;
        }
        let month = context::month(act.scene, self.lead, act.cue(), act.breaks);
        if let Some(date) = self.of_the_whole(act) {
            return Found::lent(date);
        }
        if let Some(last) = &self.last
            && let Some(date) = self.of_the_last(act, last)
        {
            return Found::lent(date);
        }
        let news = act.kind() == EventKind::Other && month.is_some();
        if act.told.word.weight <= 1 && !act.ahead && !news {
            return None;
        }
        let undated = matches!(
            act.kind(),
            EventKind::Support | EventKind::DiplomaticRelations
        );
        // "During her visit" speaks of a visit told before and dates none.
        let r = act.scene.reading;
        let visit = act.kind() == EventKind::Visit && (act.definite || act.belongs);
        let before = r.is(act.scene.range.start, "during") && act.definite
            || visit && context::told_again(act.scene, act.cue());
        let habit = r.any_in(act.around.clone(), &["every", "annually"]);
        match month.filter(|_| !habit && !act.ahead && !undated && !act.headline && !before) {
            Some(month) => Found::lent(month),
            None => Some(Found {
                date: None,
                lent: false,
            }),
        }
    }

    /// What the act lends that this one is told to be part of, some sentences on and behind others:
    /// "during the visit", "they also signed".
    fn of_the_whole(&self, act: &Act<'_, '_>) -> Option<When> {
        let (scene, kind) = (act.scene, act.kind());
        let again = kind == EventKind::Visit && context::told_again(scene, act.cue());
        if act.ahead || !(act.belongs || again) || kind == EventKind::Visit && !again {
            return None;
        }
        let kinds = context::wholes(scene, &act.around);
        let whole = self.list.iter().rev().take(4 * BEHIND).find(|d| {
            kinds.contains(&d.event.kind)
                && d.event.date.is_some()
                && !d.event.planned
                && (d.event.kind != kind || again)
                && scene.index <= d.sentence + WHOLE
        })?;
        let (date, end) = (whole.event.date?, whole.event.end);
        Some(context::edge(scene, (date, end)).unwrap_or_else(|| context::part(date, end)))
    }

    /// What the act told last lends.
    fn of_the_last(&self, act: &Act<'_, '_>, last: &Last) -> Option<When> {
        let (scene, r, kind) = (act.scene, act.scene.reading, act.kind());
        let start = scene.range.start;
        if act.told.word.weight <= 1 && !act.ahead {
            // "An agreement was signed after it, and three lines were inaugurated."
            let beside = last.sentence == scene.index && last.lent && kind == EventKind::Other;
            return beside.then(|| last.part());
        }
        // "The delegations noted the growth of trade. They signed two agreements."
        let they_too = r.is_any(start, &["they", "both"])
            && kind == EventKind::Agreement
            && context::occasion(last.kind)
            && scene.index <= last.sentence + 3;
        let near = scene.sentence.block == last.block && scene.index <= last.sentence + 2;
        let near = near || they_too;
        if r.is(start + 1, "same")
            && r.is(start + 2, "year")
            && let Some(year) = last.date.year()
        {
            return Some(Period::Year(year).into());
        }
        // "Eight memorandums will be signed during the trip."
        let visit = last.kind == EventKind::Visit;
        if act.ahead && act.during() && visit && kind != EventKind::Visit {
            return Some(last.month());
        }
        if !near {
            return None;
        }
        // "The summit took place on Tuesday; the two signed eleven instruments."
        let met = matches!(
            last.kind,
            EventKind::Meeting
                | EventKind::CommissionSession
                | EventKind::Consultations
                | EventKind::Forum
        );
        if met && last.sentence == scene.index && kind == EventKind::Agreement && !act.ahead {
            return Some(last.date);
        }
        let assured = kind == EventKind::Support && r.any_in(scene.range.clone(), &WORDS.assuring);
        if assured && context::occasion(last.kind) && !last.planned {
            return Some(last.part());
        }
        // "A forum followed in the afternoon": of the day told before.
        let hour = (start..scene.range.end).any(|i| {
            r.is_any(i, &["morning", "afternoon", "evening"]) && r.is(i.wrapping_sub(1), "the")
        });
        if hour && !last.planned && last.end.is_none() {
            return Some(last.date);
        }
        if act.belongs && last.kind != kind && !act.ahead {
            let around = act.around.clone();
            let first =
                r.any_in(around.clone(), &["opening", "first"]) && r.any_in(around, &["day"]);
            return Some(if first { last.date } else { last.part() });
        }
        // "… paid a visit on Wednesday. Five documents were signed."
        if context::occasion(last.kind) && !act.ahead && kind == EventKind::Agreement {
            return Some(last.part());
        }
        let gathering = matches!(kind, EventKind::Meeting | EventKind::CommissionSession);
        let they = r.is_any(start, &["he", "she", "they", "both"]);
        if visit && they && gathering && !act.ahead && !last.planned {
            return Some(last.part());
        }
        // "A trade house was opened yesterday. Its head signed a memorandum."
        let next = scene.index <= last.sentence + 1 && !last.planned && last.end.is_none();
        let founding = matches!(
            last.kind,
            EventKind::Anniversary | EventKind::DiplomaticRelations | EventKind::Agreement
        );
        if next && kind == EventKind::Agreement && !act.ahead && !founding {
            return Some(last.date).filter(|d| matches!(d, When::Period(Period::Day(_))));
        }
        (visit && they && act.ahead && gathering).then(|| last.month())
    }

    /// Whether an act without a date is told as one at all.
    pub(super) fn stands(&self, act: &Act<'_, '_>, habit: bool) -> bool {
        if habit || act.headline && act.told.word.weight < 3 {
            return false;
        }
        if act.kind() == EventKind::Meeting && !self.sides(act.scene) {
            return false;
        }
        let r = act.scene.reading;
        match act.told.word.weight {
            3 => true,
            2 => !act.definite && (r.any_in(act.around.clone(), &WORDS.holding) || act.ahead),
            _ => act.ahead && act.told.word.planned,
        }
    }

    /// Whether a sentence names one of the pair or office holders of both.
    fn sides(&self, scene: &Scene<'_>) -> bool {
        scene
            .mentions
            .iter()
            .any(|m| !m.dateline && !scene.third(m))
            || scene
                .persons
                .iter()
                .any(|p| p.country.is_some_and(|c| self.reading.of_pair(c)))
            || scene.persons.len() > 1
            || self.reading.any_in(scene.range.clone(), &WORDS.sides)
    }

    /// Whether something is done again and again.
    pub(super) fn habit(&self, scene: &Scene<'_>, around: &Range<usize>) -> bool {
        let r = scene.reading;
        let each_other = |i: usize| r.is(i, "each") && r.is(i + 1, "other");
        around
            .clone()
            .any(|i| r.is_any(i, &WORDS.habits) && !each_other(i))
            || scene.times.iter().any(|t| {
                around.contains(&t.tokens.start)
                    && matches!(t.value, Value::Recurring { .. })
                    && !r.is_any(t.tokens.start, &["annual", "yearly"])
            })
    }

    pub(super) fn planned(&self, date: Option<When>, ahead: bool, told: bool) -> bool {
        let place = date.and_then(|d| d.period()).zip(self.reading.published);
        match place {
            Some((p, published)) if p.last() < published => false,
            Some((p, published)) if p.first() > published => ahead || !told,
            _ => ahead,
        }
    }

    /// Whether tense and date lie on different sides of the publication.
    pub(super) fn slips(&self, date: Option<When>, ahead: bool) -> bool {
        let Some((p, published)) = date.and_then(|d| d.period()).zip(self.reading.published) else {
            return false;
        };
        ahead && p.last() < published || !ahead && p.first() > published
    }
}

/// "Handed over an invitation for a visit": none took place, and no day is told for it.
fn invited(act: &Act<'_, '_>) -> bool {
    let scene = act.scene;
    let from = act.cue().start.saturating_sub(5).max(scene.range.start);
    let to = (act.cue().end + 2).min(scene.range.end);
    matches!(act.kind(), EventKind::Visit | EventKind::Other)
        && scene
            .reading
            .any_in(from..to, &["invitation", "invitations"])
}

/// "Five documents on political dialogue and trade": what a document is about did not take place.
fn named_only(act: &Act<'_, '_>) -> bool {
    act.kind() == EventKind::Consultations
        && !act.ahead
        && !act.belongs
        && !act.scene.reading.any_in(act.around.clone(), &WORDS.holding)
}

/// Whether the verb of an act is in the present, which dates it ahead in a report. "The first to
/// sign" tells no present.
fn present(scene: &Scene<'_>, cue: &Range<usize>) -> bool {
    // "To come" and "had come" tell no present.
    let r = scene.reading;
    let finite = |i: usize| {
        let before = i > scene.range.start
            && r.is_any(i - 1, &["to", "had", "has", "have", "having", "been"]);
        // "Has talks", but not "has held talks".
        let perfect = r.is_any(i, &["has", "have"])
            && (r.looks_past(i + 1) || r.is_any(i + 1, &["had", "held", "met", "been", "come"]));
        !before && !perfect && r.is_any(i, &WORDS.present)
    };
    // "On Wednesday he opens a business forum": the verb may stand before what names the act.
    let from = cue.start.saturating_sub(4).max(scene.range.start);
    let verb = (from..cue.start)
        .rev()
        .take_while(|i| !r.tokens.tokens[*i].is(',') && !r.is(*i, "and"))
        .any(|i| finite(i) && !r.is_any(i, &["has", "have"]));
    verb || cue.clone().any(finite)
}
