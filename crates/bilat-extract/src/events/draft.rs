//! Acts as sentences tell them, before those told twice are put together.

use std::ops::Range;

use bilat_model::document::BlockKind;
use bilat_model::evidence::EventKind;
use bilat_model::told::{Constraint, Event, Person, When};
use bilat_model::{Country, Period};

use super::breaks::Breaks;
use super::context::{self, Last};
use super::dates::{self, Dated};
use super::pick::{self, Told};
use super::{anniversary, documents, persons, place, tense};
use crate::attribution::attribution;
use crate::reading::{Reading, Scene};

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
    reading: &'a Reading<'a>,
    lead: Option<(usize, usize)>,
    here: Option<Country>,
    last: Option<Last>,
    pub(super) list: Vec<Draft>,
    pub(super) constraints: Vec<Constraint>,
}

/// Verbs that tell that what a noun names took or takes place.
const HOLDING: &[&str] = &[
    "held",
    "took",
    "takes",
    "take",
    "taking",
    "hosted",
    "hosts",
    "host",
    "hosting",
    "opened",
    "opens",
    "closed",
    "ended",
    "convened",
    "organised",
    "organized",
    "scheduled",
    "planned",
    "attended",
    "addressed",
    "participated",
    "started",
    "begins",
    "began",
    "starts",
    "launched",
    "concluded",
    "gathered",
    "running",
    "staged",
    "inaugurated",
    "upcoming",
    "forthcoming",
    "set",
    "agreed",
    "erected",
    "attend",
    "attends",
    "chaired",
    "hold",
    "holds",
    "readying",
    "seen",
    "kicked",
];

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
        let claimed: Vec<When> = self.list[from..]
            .iter()
            .filter_map(|d| d.event.date)
            .collect();
        for act in persons::dated(scene, &breaks, &claimed, &ranges) {
            if place::of_pair(scene, &breaks, &act.cue.tokens, act.word.kind) {
                self.act(scene, &breaks, &act, &ranges, from);
            }
        }
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
        let around = breaks.around(cue);
        let others: Vec<Range<usize>> = all.iter().filter(|o| *o != cue).cloned().collect();
        let headline = matches!(
            scene.sentence.kind,
            BlockKind::Headline | BlockKind::Heading
        );
        let tense = tense::of(scene, breaks, cue);
        let ahead = word.planned || tense.as_ref().is_some_and(|t| t.ahead);
        let belongs = context::belongs(scene, &around);
        let own = dates::nearest(
            scene,
            breaks,
            &act.cue,
            word.kind,
            word.weight,
            &others,
            ahead,
        );
        let definite = definite(scene, cue);
        let close = around.start.max(cue.start.saturating_sub(7))..around.end.min(cue.end + 5);
        let habit = self.habit(scene, &close);
        let Some((when, lent)) = self.when(scene, breaks, act, own, belongs, ahead, headline, from)
        else {
            return;
        };
        if when.is_none() && !self.stands(scene, act, &around, ahead, definite, habit, headline) {
            return;
        }
        let there = self.last.as_ref().and_then(|l| l.host);
        let (mut host, cities) = place::host(scene, breaks, cue, word.kind, self.here, there);
        if host.is_none() && (lent || belongs) {
            host = there;
        }
        let list = match own {
            Some(t) if !lent => dates::listed(scene, t, word.kind),
            _ => Vec::new(),
        };
        let event = self.event(scene, act, &around, host, cities);
        let planned = |w: Option<When>| self.planned(w, ahead, tense.is_some());
        let base = Draft {
            sentence: scene.index,
            headline,
            definite,
            weight: word.weight,
            lent,
            slip: None,
            apart: lent && scene.reading.is(scene.range.start + 2, "year"),
            event,
        };
        let mut made = Vec::new();
        if list.len() > 1 {
            for time in &list {
                let mut draft = base.clone();
                if let Some(d) = dates::dated(time) {
                    draft.event.planned = planned(Some(d.date));
                    (draft.event.date, draft.event.end) = (Some(d.date), d.end);
                }
                draft.apart = true;
                made.push(draft);
            }
            let spans: Vec<_> = list.iter().map(|t| t.tokens.clone()).collect();
            self.count(scene, cue, &spans);
        } else {
            let mut draft = base;
            let date = when.as_ref().map(|w| w.date);
            draft.event.planned = planned(date);
            draft.event.date = date;
            draft.event.end = when.as_ref().and_then(|w| w.end);
            draft.slip = tense.filter(|t| self.slips(date, t.ahead) && !lent && !word.planned);
            made.push(draft);
        }
        if word.kind == EventKind::Anniversary {
            self.founding(scene, cue, &made[0]);
        }
        self.apart(scene, act, made);
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
            self.last = Some(Last {
                kind: d.event.kind,
                date,
                end: d.event.end,
                host: d.event.host,
                block: scene.sentence.block,
                sentence: scene.index,
            });
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

    /// The date of an act and whether it was lent; none when the act is no event.
    #[allow(
        clippy::too_many_arguments,
        reason = "what the sentence says about one act"
    )]
    fn when(
        &self,
        scene: &Scene<'_>,
        breaks: &Breaks,
        act: &Told,
        own: Option<&crate::time::Time>,
        belongs: bool,
        ahead: bool,
        headline: bool,
        from: usize,
    ) -> Option<(Option<Dated>, bool)> {
        let (cue, word) = (&act.cue.tokens, act.word);
        let around = breaks.around(cue);
        let wide = around.start.saturating_sub(1).max(scene.range.start)..around.end;
        let during = scene.reading.any_in(wide, &["during", "within"]) && belongs;
        if let Some(time) = own {
            let mut dated = dates::dated(time)?;
            dated = dates::coming(scene, time, dated, ahead || present(scene, cue));
            let dated = match word.kind {
                EventKind::Visit => dates::stretch(scene, &(around.start..around.end), dated),
                _ => dated,
            };
            let part = self.list[from..].last().filter(|d| {
                word.kind != d.event.kind
                    && word.kind != EventKind::Visit
                    && d.event.end.is_some()
                    && (during || dated.end.is_some())
                    && d.event.kind == EventKind::Visit
            });
            if let Some(whole) = part
                && let Some(date) = whole.event.date
            {
                let lent = Last {
                    kind: word.kind,
                    date,
                    end: whole.event.end,
                    host: None,
                    block: 0,
                    sentence: 0,
                };
                return Some((
                    Some(Dated {
                        date: lent.part(),
                        end: None,
                    }),
                    true,
                ));
            }
            return Some((Some(dated), false));
        }
        if word.weight <= 1 && !ahead {
            let news = word.kind == EventKind::Other
                && context::month(scene, self.lead, cue, breaks).is_some();
            if !news {
                return None;
            }
        }
        let lend = |date: When| Some((Some(Dated { date, end: None }), true));
        if let Some(last) = &self.last {
            let near = scene.sentence.block == last.block && scene.index <= last.sentence + 2;
            let same_year = scene.reading.is_any(scene.range.start + 1, &["same"])
                && scene.reading.is_any(scene.range.start + 2, &["year"]);
            if same_year && let Some(year) = last.date.year() {
                return lend(Period::Year(year).into());
            }
            if belongs && near && last.kind != word.kind && !ahead {
                let first = scene.reading.any_in(around.clone(), &["opening", "first"])
                    && scene.reading.any_in(around.clone(), &["day"]);
                return lend(if first { last.date } else { last.part() });
            }
            // "… paid a visit on Wednesday. Five documents were signed."
            let occasion = matches!(
                last.kind,
                EventKind::Visit
                    | EventKind::Meeting
                    | EventKind::CommissionSession
                    | EventKind::Consultations
            );
            if near && occasion && !ahead && word.kind == EventKind::Agreement {
                return lend(last.part());
            }
            let pronoun = scene
                .reading
                .is_any(scene.range.start, &["he", "she", "they", "both"]);
            let visit = last.kind == EventKind::Visit && near && pronoun;
            if visit
                && ahead
                && matches!(word.kind, EventKind::Meeting | EventKind::CommissionSession)
            {
                let month = match last.date {
                    When::Period(Period::Day(d)) => Period::Month(d.year(), d.month()).into(),
                    other => other,
                };
                return lend(month);
            }
        }
        let undated = matches!(
            word.kind,
            EventKind::Support | EventKind::DiplomaticRelations
        );
        // "During her visit" speaks of a visit told before and dates none.
        let before = scene.reading.is(scene.range.start, "during") && definite(scene, cue);
        if !ahead
            && !undated
            && !headline
            && !before
            && let Some(month) = context::month(scene, self.lead, cue, breaks)
        {
            return lend(month);
        }
        Some((None, false))
    }

    /// Whether an act without a date is told as one at all.
    #[allow(
        clippy::too_many_arguments,
        reason = "what the sentence says about one act"
    )]
    fn stands(
        &self,
        scene: &Scene<'_>,
        act: &Told,
        around: &Range<usize>,
        ahead: bool,
        definite: bool,
        habit: bool,
        headline: bool,
    ) -> bool {
        if habit || headline && act.word.weight < 3 {
            return false;
        }
        if act.word.kind == EventKind::Meeting && !self.sides(scene) {
            return false;
        }
        match act.word.weight {
            3 => true,
            2 => !definite && (scene.reading.any_in(around.clone(), HOLDING) || ahead),
            _ => ahead && act.word.planned,
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
            || self.reading.any_in(
                scene.range.clone(),
                &[
                    "ministers",
                    "presidents",
                    "premiers",
                    "leaders",
                    "speakers",
                    "sides",
                    "delegations",
                    "counterpart",
                    "counterparts",
                    "two",
                    "both",
                    "vice-ministers",
                ],
            )
    }

    /// Whether something is done again and again.
    fn habit(&self, scene: &Scene<'_>, around: &Range<usize>) -> bool {
        let r = scene.reading;
        r.any_in(
            around.clone(),
            &[
                "every",
                "each",
                "regularly",
                "regular",
                "annually",
                "often",
                "always",
                "usually",
                "frequently",
                "times",
                "traditionally",
            ],
        ) || scene.times.iter().any(|t| {
            around.contains(&t.tokens.start)
                && matches!(t.value, crate::time::Value::Recurring { .. })
                && !r.is_any(t.tokens.start, &["annual", "yearly"])
        })
    }

    fn planned(&self, date: Option<When>, ahead: bool, told: bool) -> bool {
        let place = date.and_then(|d| d.period()).zip(self.reading.published);
        match place {
            Some((p, published)) if p.last() < published => false,
            Some((p, published)) if p.first() > published => ahead || !told,
            _ => ahead,
        }
    }

    /// Whether tense and date lie on different sides of the publication.
    fn slips(&self, date: Option<When>, ahead: bool) -> bool {
        let Some((p, published)) = date.and_then(|d| d.period()).zip(self.reading.published) else {
            return false;
        };
        ahead && p.last() < published || !ahead && p.first() > published
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
            by: None,
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

    /// A number in front of a list: "three times: in 2002, 2009 and 2010".
    fn count(&mut self, scene: &Scene<'_>, cue: &Range<usize>, listed: &[Range<usize>]) {
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

    /// What an anniversary says about the founding it marks.
    fn founding(&mut self, scene: &Scene<'_>, cue: &Range<usize>, marked: &Draft) {
        let Some(of) = anniversary::of(scene, cue) else {
            return;
        };
        let Some((years, at)) = anniversary::years(scene, cue) else {
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

/// Whether the verb of an act is in the present, which dates it ahead in a report.
fn present(scene: &Scene<'_>, cue: &Range<usize>) -> bool {
    const PRESENT: &[&str] = &[
        "flies", "fly", "travels", "travel", "arrives", "arrive", "comes", "come", "goes", "go",
        "leaves", "leave", "heads", "visits", "meets", "meet", "opens", "open", "begins", "starts",
        "holds", "hold", "hosts", "receives", "takes", "gathers", "convenes", "leads", "signs",
        "sign",
    ];
    scene.reading.is_any(cue.start, PRESENT)
}

/// Whether a noun points back: "the visit", "their meeting".
fn definite(scene: &Scene<'_>, cue: &Range<usize>) -> bool {
    let r = scene.reading;
    let from = cue.start.saturating_sub(2).max(scene.range.start);
    let before = r.any_in(
        from..cue.start,
        &[
            "the", "this", "that", "his", "her", "their", "its", "these", "such",
        ],
    );
    let named = r.any_in(
        cue.clone(),
        &[
            "visit",
            "meeting",
            "talks",
            "trip",
            "forum",
            "session",
            "summit",
            "anniversary",
        ],
    );
    before && named
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
