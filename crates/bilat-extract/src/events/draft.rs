//! Acts as sentences tell them, before those told twice are put together.

use std::ops::Range;

use bilat_model::Country;
use bilat_model::document::BlockKind;
use bilat_model::evidence::EventKind;
use bilat_model::told::{Constraint, Event, Person, When};

use super::breaks::Breaks;
use super::context::{self, Last};
use super::dates;
use super::pick::{self, Told};
use super::when::{Act, Found};
use super::{documents, place, tense};
use crate::attribution::attribution;
use crate::reading::{Reading, Scene};
use crate::time::Time;

/// One act as one sentence tells it.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) event: Event,
    pub(super) sentence: usize,
    pub(super) headline: bool,
    /// Whether it points back ("the visit") rather than tells something new.
    pub(super) definite: bool,
    pub(super) weight: u8,
    /// Whether its date was lent by something else.
    pub(super) lent: bool,
    /// What the words say about past and future when the date says otherwise.
    pub(super) slip: Option<tense::Tense>,
    /// Several of one sentence that are counted apart.
    pub(super) apart: bool,
}

/// The acts of a text so far.
pub(super) struct Drafts<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) lead: Option<(usize, usize)>,
    here: Option<Country>,
    pub(super) last: Option<Last>,
    pub(super) list: Vec<Draft>,
    pub(super) constraints: Vec<Constraint>,
}

impl<'a> Drafts<'a> {
    pub(super) fn new(reading: &'a Reading<'a>) -> Self {
        Self {
            reading,
            lead: context::lead(reading),
            here: context::here(reading),
            last: None,
            list: Vec::new(),
            constraints: Vec::new(),
        }
    }

    /// Reads a sentence.
    pub(super) fn read(&mut self, scene: &Scene<'_>) {
        let breaks = Breaks::new(scene);
        let acts = pick::acts(scene, &breaks);
        let ranges: Vec<Range<usize>> = acts
            .iter()
            .filter(|t| t.word.weight > 1)
            .map(|t| t.cue.tokens.clone())
            .collect();
        let from = self.list.len();
        for act in &acts {
            if place::of_pair(scene, &breaks, &act.cue.tokens, act.word.kind) {
                self.act(scene, &breaks, act, &ranges, from);
            }
        }
    }

    /// What is asked of an act before it is known when it took place.
    fn ask<'s, 't>(
        scene: &'s Scene<'t>,
        breaks: &'s Breaks,
        act: &'s Told,
        all: &[Range<usize>],
        from: usize,
    ) -> (Act<'s, 't>, Option<tense::Tense>) {
        let (cue, word) = (&act.cue.tokens, act.word);
        let around = breaks.around(cue);
        let others: Vec<Range<usize>> = all.iter().filter(|o| *o != cue).cloned().collect();
        let headline = matches!(
            scene.sentence.kind,
            BlockKind::Headline | BlockKind::Heading
        );
        let tense = tense::of(scene, breaks, cue);
        // Whoever will support has said so.
        let ahead = (word.planned || tense.as_ref().is_some_and(|t| t.ahead))
            && word.kind != EventKind::Support;
        let own = dates::nearest(
            scene,
            breaks,
            &act.cue,
            word.kind,
            word.weight,
            &others,
            ahead,
        );
        let ask = Act {
            scene,
            breaks,
            told: act,
            belongs: context::belongs(scene, &around),
            around,
            own,
            ahead,
            definite: context::definite(scene, cue),
            headline,
            from,
        };
        (ask, tense)
    }

    /// One act of a sentence, or several that are listed.
    fn act(
        &mut self,
        scene: &Scene<'_>,
        breaks: &Breaks,
        act: &Told,
        all: &[Range<usize>],
        from: usize,
    ) {
        let (cue, word) = (&act.cue.tokens, act.word);
        let (ask, tense) = Self::ask(scene, breaks, act, all, from);
        if word.kind == EventKind::Visit && context::told_again(scene, cue) {
            self.was_a_visit(scene);
        }
        let Some(Found { date: when, lent }) = self.when(&ask) else {
            return;
        };
        let around = &ask.around;
        let close = around.start.max(cue.start.saturating_sub(7))..around.end.min(cue.end + 5);
        if when.is_none() && !self.stands(&ask, self.habit(scene, &close)) {
            return;
        }
        let there = self.last.as_ref().and_then(|l| l.host);
        let (mut host, cities) = place::host(scene, breaks, cue, word.kind, self.here, there);
        // "On the sidelines of the General Assembly": wherever that was.
        let aside = scene
            .reading
            .any_in(around.clone(), &["sidelines", "margins"]);
        if host.is_none() && (lent || ask.belongs && !aside) {
            host = there;
        }
        let second = self.second_signers(scene, act, from);
        let base = Draft {
            sentence: scene.index,
            headline: ask.headline,
            definite: ask.definite,
            weight: word.weight,
            lent,
            slip: None,
            apart: second || lent && scene.reading.is(scene.range.start + 2, "year"),
            event: self.event(scene, act, around, host, cities),
        };
        let list = match ask.own {
            Some(t) if !lent => dates::listed(scene, t, word.kind),
            _ => Vec::new(),
        };
        // "He met the president and has talks on Monday": each verb tells of its own act.
        let tense = tense.filter(|t| !tense::apart(scene, t, cue));
        let planned = |w: Option<When>| self.planned(w, ask.ahead, tense.is_some());
        let made: Vec<Draft> = if list.len() > 1 {
            let each = |t: &&Time| on_one_day(&base, t, &planned);
            list.iter().map(each).collect()
        } else {
            let mut draft = base;
            let date = when.as_ref().map(|w| w.date);
            draft.event.planned = planned(date);
            draft.event.date = date;
            draft.event.end = when.as_ref().and_then(|w| w.end);
            // What is promised lies ahead; the promise does not.
            let promise = word.kind == EventKind::Support;
            let slips = |t: &tense::Tense| self.slips(date, t.ahead);
            draft.slip = tense.filter(|t| slips(t) && !lent && !word.planned && !promise);
            vec![draft]
        };
        if list.len() > 1 {
            let spans: Vec<_> = list.iter().map(|t| t.tokens.clone()).collect();
            self.count(scene, cue, &spans);
        }
        if word.kind == EventKind::Anniversary {
            self.founding(scene, cue, &made[0]);
        }
        self.apart(scene, act, made);
    }

    /// Whether others than those told before in the sentence sign something of their own; both are
    /// then counted apart.
    fn second_signers(&mut self, scene: &Scene<'_>, act: &Told, from: usize) -> bool {
        let first = self.list[from..]
            .iter_mut()
            .rfind(|d| d.event.kind == EventKind::Agreement);
        match first.filter(|_| documents::own_subject(scene, act)) {
            Some(first) => {
                first.apart = true;
                true
            }
            None => false,
        }
    }

    /// "Received his guest on Wednesday; it is the guest's first visit": the meeting was a visit.
    fn was_a_visit(&mut self, scene: &Scene<'_>) {
        let near = |d: &&mut Draft| d.sentence + 1 >= scene.index && d.event.date.is_some();
        let met = self.list.iter_mut().rfind(near);
        if let Some(met) = met.filter(|d| d.event.kind == EventKind::Meeting) {
            met.event.kind = EventKind::Visit;
        }
    }

    /// Splits what one verb tells of several objects, and keeps the drafts.
    fn apart(&mut self, scene: &Scene<'_>, act: &Told, made: Vec<Draft>) {
        let cue = &act.cue.tokens;
        let (pieces, listed) = match act.word.kind {
            EventKind::Agreement if made.len() == 1 && !act.word.planned => {
                let apart = documents::apart(scene, cue);
                (apart.len().max(1), apart)
            }
            EventKind::Support if made.len() == 1 => (documents::bids(scene, cue), Vec::new()),
            _ => (1, Vec::new()),
        };
        if !listed.is_empty() {
            self.count(scene, cue, &listed);
        }
        if let Some(d) = made.first()
            && let Some(date) = d.event.date
            && !d.headline
        {
            // What happened on an occasion leaves it open for more.
            let on = self.last.as_ref().is_some_and(|l| {
                context::occasion(l.kind) && !context::occasion(d.event.kind) && l.part() == date
            });
            if let Some(last) = self.last.as_mut().filter(|_| d.lent && on) {
                (last.sentence, last.lent) = (scene.index, true);
            } else {
                self.last = Some(Last {
                    kind: d.event.kind,
                    date,
                    end: d.event.end,
                    host: d.event.host,
                    block: scene.sentence.block,
                    sentence: scene.index,
                    lent: d.lent,
                    planned: d.event.planned,
                });
            }
        }
        for mut draft in made {
            draft.apart |= pieces > 1;
            for piece in 0..pieces {
                let mut one = draft.clone();
                if let Some(tokens) = listed.get(piece) {
                    one.event.span = scene.reading.tokens.span(tokens);
                    one.event.quote = scene.reading.tokens.slice(tokens).to_owned();
                }
                self.list.push(one);
            }
        }
    }

    fn event(
        &self,
        scene: &Scene<'_>,
        act: &Told,
        around: &Range<usize>,
        host: Option<Country>,
        cities: Vec<String>,
    ) -> Event {
        let r = self.reading;
        let tokens = trimmed(scene, around, &act.cue.tokens);
        let mut what = act.word.what.clone();
        if let Some(city) = cities.first() {
            what.push_str(" in ");
            what.push_str(city);
        }
        Event {
            kind: act.word.kind,
            date: None,
            end: None,
            host,
            participants: r.pair.both().to_vec(),
            planned: false,
            by: supporter(scene, act),
            derived: false,
            what,
            persons: scene
                .persons
                .iter()
                .filter(|p| around.contains(&p.tokens.start))
                .map(|p| Person {
                    name: p.name.clone(),
                    office: p.office.clone(),
                    country: p.country,
                })
                .collect(),
            cities,
            organisations: scene
                .organisations
                .iter()
                .filter(|o| around.contains(&o.tokens.start))
                .map(|o| o.name.clone())
                .collect(),
            attribution: attribution(scene, &act.cue.tokens),
            span: r.tokens.span(&tokens),
            quote: r.tokens.slice(&tokens).to_owned(),
            rules: vec![act.cue.rule.id.clone()],
        }
    }
}

/// A clause without the signs at its ends, and with the act itself in it.
fn trimmed(scene: &Scene<'_>, around: &Range<usize>, cue: &Range<usize>) -> Range<usize> {
    let r = scene.reading;
    let (mut from, mut to) = (around.start.min(cue.start), around.end.max(cue.end));
    let sign = |i: usize| matches!(r.tokens.tokens[i].kind, crate::tokens::Kind::Sign(_));
    while from < cue.start && sign(from) {
        from += 1;
    }
    while to > cue.end && sign(to - 1) {
        to -= 1;
    }
    from..to
}

/// Who supports whom: the side that stands before the words of support, without a preposition.
fn supporter(scene: &Scene<'_>, act: &Told) -> Option<Country> {
    if act.word.kind != EventKind::Support {
        return None;
    }
    let r = scene.reading;
    let cue = act.cue.tokens.start;
    scene
        .mentions
        .iter()
        .rev()
        .filter(|m| m.tokens.end <= cue && r.of_pair(m.country) && !m.dateline && !m.hyphen)
        .find(|m| scene.preposition(m).is_none())
        .map(|m| m.country)
}

/// One of several acts that are listed by their days.
fn on_one_day(base: &Draft, time: &Time, planned: &dyn Fn(Option<When>) -> bool) -> Draft {
    let mut draft = base.clone();
    if let Some(d) = dates::dated(time) {
        draft.event.planned = planned(Some(d.date));
        (draft.event.date, draft.event.end) = (Some(d.date), d.end);
    }
    draft.apart = true;
    draft
}
