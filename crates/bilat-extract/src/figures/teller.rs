//! From a measure and its numbers to figures.

use std::ops::Range;

use bilat_model::document::{BlockKind, Span};
use bilat_model::evidence::Qualifier;
use bilat_model::told::{Constraint, Figure, FigureKind, Status};
use bilat_model::{Country, Period};

use super::change::{self, Told};
use super::group::Group;
use super::numbers::{self, Number, Part};
use super::{Topic, direction, period, product, qualify};
use crate::reading::Scene;
use crate::rules::Gives;

/// Tells the figures of one group.
pub(super) struct Teller<'s, 'g, 'a> {
    scene: &'s Scene<'s>,
    group: &'g Group<'a>,
    /// The values of the whole sentence, which share its dates and words of status out.
    values: &'s [Range<usize>],
    product: Option<String>,
    sentence_period: Option<Period>,
}

/// What has been told of a group so far.
#[derive(Default)]
struct State {
    /// The last value that was no earlier one.
    level: Option<usize>,
    /// The figure last made, for the same amount in another currency.
    last: Option<usize>,
    /// The last earlier value.
    before: Option<usize>,
    /// From and to of the last value.
    ends: Option<(Country, Country)>,
    period: Option<Period>,
    /// Changes and earlier values that wait for their value.
    changes: Vec<(Told, Range<usize>)>,
    earlier: Vec<usize>,
    /// Whether the sentence looks back from the value of the one before.
    back: bool,
    /// Whether the last value was not the pair's, and with it what is told about it.
    dropped: bool,
}

impl<'s, 'g, 'a> Teller<'s, 'g, 'a> {
    pub(super) fn new(
        group: &'g Group<'a>,
        scene: &'s Scene<'s>,
        values: &'s [Range<usize>],
        topic: &Topic,
        last_is_earlier: bool,
    ) -> Self {
        Self {
            scene,
            group,
            values,
            product: match group.cue {
                Some(cue) => product::of(scene, cue),
                None => topic.last.product.clone(),
            },
            sentence_period: period::of_sentence(scene, values, last_is_earlier),
        }
    }

    /// Adds the figures to `figures`.
    pub(super) fn tell(
        &self,
        topic: &mut Topic,
        figures: &mut Vec<Figure>,
        constraints: &mut Vec<Constraint>,
    ) {
        let mut state = State::default();
        for number in &self.group.numbers {
            match &number.part {
                Part::Level | Part::Share => self.value(number, topic, figures, &mut state),
                _ if state.dropped => {}
                Part::Earlier => self.earlier(number, topic, figures, &mut state),
                Part::Again => self.again(number, figures, &mut state),
                Part::Change(told) => match state.level {
                    Some(at)
                        if figures[at].change.is_none()
                            && !told.opens
                            && !self.elsewhen(&figures[at], &number.tokens) =>
                    {
                        self.change(&mut figures[at], told, &number.tokens);
                    }
                    _ => state.changes.push((told.clone(), number.tokens.clone())),
                },
                Part::Difference(up) => self.difference(number, *up, topic, figures, &mut state),
            }
        }
        for (told, tokens) in std::mem::take(&mut state.changes) {
            self.only_change(topic, figures, &told, &tokens, &mut state);
        }
        if let Some(moved) = self.moved(figures, &state) {
            constraints.push(moved);
        }
        self.remember(topic, figures, &state);
    }

    /// "Climbed from 9.1 to 8.7 billion": which way the verb says a value went, for two values
    /// without a percentage.
    fn moved(&self, figures: &[Figure], state: &State) -> Option<Constraint> {
        let (figure, before) = (state.level?, state.before?);
        if figures[figure].change.is_some() || figures[figure].unit != figures[before].unit {
            return None;
        }
        let first = self.group.numbers.first()?.tokens.start;
        let opens = self
            .group
            .cue
            .map_or(self.scene.range.start, |c| c.tokens.end);
        let mut words = self.scene.cues.iter().filter_map(|c| match &c.rule.gives {
            Gives::Change(w) if w.percent.is_none() => Some((c, w.direction?)),
            _ => None,
        });
        let (cue, direction) =
            words.rfind(|(c, _)| c.tokens.start >= opens && c.tokens.start < first)?;
        Some(Constraint::Moved {
            figure,
            before: Some(before),
            direction,
            span: self.scene.reading.tokens.span(&cue.tokens),
        })
    }

    /// A value. In a sentence that goes on from another with "a year earlier", it is an earlier one.
    fn value(
        &self,
        number: &Number<'_>,
        topic: &mut Topic,
        figures: &mut Vec<Figure>,
        state: &mut State,
    ) {
        let back = self.group.cue.is_none()
            && topic.last.level.is_some()
            && period::looks_back(self.scene, &number.tokens);
        let share = number.part == Part::Share;
        if !share && numbers::all_partners(self.scene, self.values, &number.tokens) {
            state.dropped = true;
            return;
        }
        let Some(ends) = self.ends(number, topic, state) else {
            state.dropped = true;
            return;
        };
        state.dropped = false;
        let Some(mut figure) = self.level(number, topic, ends, state.period) else {
            return;
        };
        self.aim_on(&mut figure, figures, number, state);
        if number.part == Part::Share {
            self.share(&mut figure, ends);
            self.note_date(topic, &figure, &number.tokens);
            if figure.period.is_none() && period::now(self.scene, &self.bounds(&number.tokens)) {
                let day = self.scene.reading.published;
                figure.period = day.map(|d| Period::Year(d.year()));
            }
            figures.push(figure);
            state.last = Some(figures.len() - 1);
            return;
        } else if self.group.measure.kind == FigureKind::TradeTurnover
            && figure.status.is_none()
            && let Some(ends) = self.singled_out(number)
        {
            figure.kind = FigureKind::Exports;
            (figure.from, figure.to) = ends;
            figures.push(figure);
            state.last = Some(figures.len() - 1);
            return;
        }
        if back && let Some(main) = topic.last.level {
            let own = period::near(self.scene, &number.tokens, self.bounds(&number.tokens));
            let before = figures[main].period.and_then(|p| p.shift_years(-1));
            figure.period = own.or(before);
            state.back = true;
            figures.push(figure);
            state.last = Some(figures.len() - 1);
            return;
        }
        if let Some(main) = state.level
            && self.is_earlier(&figures[main], &figure, number)
        {
            figures.push(figure);
            state.before = Some(figures.len() - 1);
            state.last = state.before;
            return;
        }
        self.note_date(topic, &figure, &number.tokens);
        self.carry_date(topic, &figure);
        state.period = figure.period.or(state.period);
        state.ends = Some(ends);
        figures.push(figure);
        let at = figures.len() - 1;
        for (told, tokens) in state.changes.drain(..) {
            if figures[at].change.is_none() {
                self.change(&mut figures[at], &told, &tokens);
            }
        }
        for earlier in state.earlier.drain(..) {
            self.date_earlier(figures, earlier, at);
        }
        state.level = Some(at);
        state.last = Some(at);
    }

    /// "$100 billion in 2023 and $150 billion by 2030": the second is aimed at like the first.
    fn aim_on(&self, figure: &mut Figure, figures: &[Figure], number: &Number<'_>, state: &State) {
        let Some(before) = state.last.and_then(|i| figures.get(i)) else {
            return;
        };
        let start = self.bounds(&number.tokens).start;
        let r = self.scene.reading;
        let joined = (start..number.tokens.start)
            .filter(|i| !self.scene.times.iter().any(|t| t.tokens.contains(i)))
            .all(|i| r.is_any(i, &["and", "or", "then", "in", "by", "for", ",", "even", "to"]));
        if figure.status.is_none() && before.status.is_some() && joined {
            figure.status = before.status;
        }
    }

    /// "Exports were 742 million, in the third quarter of 2021 530 million; a plus of 40 %": a
    /// further value with a date of its own, the same months of an earlier year.
    fn is_earlier(&self, main: &Figure, figure: &Figure, number: &Number<'_>) -> bool {
        let own = period::near(self.scene, &number.tokens, self.bounds(&number.tokens));
        let (Some(now), Some(then)) = (main.period, own) else {
            return false;
        };
        let years = now.first().year() - then.first().year();
        years > 0
            && then.shift_years(years) == Some(now)
            && (main.from, main.to, &main.unit) == (figure.from, figure.to, &figure.unit)
            && main.status.is_none()
            && figure.status.is_none()
            && main.value.is_some()
    }

    fn earlier(
        &self,
        number: &Number<'_>,
        topic: &Topic,
        figures: &mut Vec<Figure>,
        state: &mut State,
    ) {
        let Some(ends) = state.ends.or_else(|| self.ends(number, topic, state)) else {
            return;
        };
        let Some(mut figure) = self.level(number, topic, ends, None) else {
            return;
        };
        figure.status = None;
        figure.period = period::near(self.scene, &number.tokens, self.bounds(&number.tokens));
        figures.push(figure);
        let at = figures.len() - 1;
        match state
            .level
            .or(topic.last.level.filter(|_| self.group.cue.is_none()))
        {
            Some(main) => self.date_earlier(figures, at, main),
            None => state.earlier.push(at),
        }
        state.before = Some(at);
        state.last = Some(at);
    }

    fn again(&self, number: &Number<'_>, figures: &mut [Figure], state: &mut State) {
        if let (Some(at), Some(amount)) = (state.last, number.amount)
            && let Some(alt) = qualify::alternative(self.scene, amount)
        {
            figures[at].alt.push(alt);
        }
    }

    fn difference(
        &self,
        number: &Number<'_>,
        up: bool,
        topic: &Topic,
        figures: &mut Vec<Figure>,
        state: &mut State,
    ) {
        let Some(amount) = number.amount else { return };
        let signed = if up { amount.value() } else { -amount.value() };
        if let Some(at) = state.level {
            figures[at].change_abs = Some(signed);
            return;
        }
        let Some(ends) = self.ends(number, topic, state) else {
            return;
        };
        let mut figure = self.bare(number, topic, ends);
        figure.unit = amount.unit.code().to_owned();
        figure.change_abs = Some(signed);
        figure.compare_period = period::compared(self.scene, figure.period, &number.tokens);
        for (told, tokens) in state.changes.drain(..) {
            self.change(&mut figure, &told, &tokens);
        }
        figures.push(figure);
        state.ends = Some(ends);
        state.level = Some(figures.len() - 1);
    }

    /// Whether a value of a group on turnover is of one direction alone: in a sentence that goes on
    /// from another, or behind the turnover itself.
    fn singled_out(&self, number: &Number<'_>) -> Option<(Country, Country)> {
        let bounds = self.bounds(&number.tokens);
        let first = self.values.first().is_some_and(|v| *v == number.tokens);
        if first && self.group.cue.is_some() {
            return None;
        }
        let measured = self.scene.cues.iter().any(|c| {
            matches!(&c.rule.gives, Gives::Measure(m) if !m.weak && !m.share)
                && c.tokens.start >= bounds.start
                && c.tokens.end <= bounds.end
        });
        if measured {
            return None;
        }
        direction::singled_out(self.scene, bounds, number.tokens.start)
    }

    /// A share is a figure of its own kind; of exports or imports it keeps their direction.
    fn share(&self, figure: &mut Figure, ends: (Country, Country)) {
        let pair = self.scene.reading.pair;
        let directed = matches!(
            figure.kind,
            FigureKind::Exports
                | FigureKind::Imports
                | FigureKind::Tourists
                | FigureKind::Students
                | FigureKind::FdiFlow
                | FigureKind::FdiStock
                | FigureKind::Investment
        );
        figure.kind = FigureKind::Other;
        let whole = direction::of_whole(self.scene).filter(|_| !directed);
        (figure.from, figure.to) = match directed {
            true => ends,
            false => whole.unwrap_or((pair.a(), pair.b())),
        };
    }

    /// "Trade exceeded 400 million last year and was 11 % higher in the first eight months of this
    /// one": a change with a period of its own is not of the value before it.
    fn elsewhen(&self, level: &Figure, tokens: &Range<usize>) -> bool {
        let end = self.bounds(tokens).end;
        let own = period::near(self.scene, tokens, tokens.start..end);
        level.value.is_some()
            && level.period.is_some()
            && own.is_some_and(|p| Some(p) != level.period && !matches!(p, Period::Years(..)))
    }

    /// A change without a value: of the value before it where the sentence names no measure, else
    /// a figure of its own.
    fn only_change(
        &self,
        topic: &Topic,
        figures: &mut Vec<Figure>,
        told: &Told,
        tokens: &Range<usize>,
        state: &mut State,
    ) {
        let near = period::near(self.scene, tokens, self.bounds(tokens));
        let own = near.or(self.sentence_period).filter(|_| !state.back);
        if self.group.cue.is_none()
            && let Some(at) = topic.last.level
            && figures[at].change.is_none()
            && own.is_none_or(|p| Some(p) == figures[at].period)
        {
            if direction::foreign(self.scene, tokens.start) {
                return;
            }
            self.change(&mut figures[at], told, tokens);
            return;
        }
        let carried = self.group.cue.is_none();
        // "The same period of the previous year showed 651 million, so trade expanded by 37 %".
        let looks_back = period::looks_back(self.scene, tokens) && !state.dropped;
        if let Some(at) = topic.last.level.filter(|_| looks_back)
            && figures[at].kind == self.kind()
            && figures[at].change.is_none()
            && told.stands_alone()
        {
            self.change(&mut figures[at], told, tokens);
            return;
        }
        if carried && own.is_none() || !told.stands_alone() || state.dropped {
            return;
        }
        let number = Number {
            amount: None,
            tokens: tokens.clone(),
            part: Part::Level,
        };
        if numbers::all_partners(self.scene, self.values, tokens) {
            return;
        }
        let Some(ends) = self.ends(&number, topic, state) else {
            return;
        };
        let mut figure = self.bare(&number, topic, ends);
        figure.unit = "percent".to_owned();
        self.change(&mut figure, told, tokens);
        // "Tripled from 2010 to 2013": from the first year to the last.
        if let Some(Period::Years(from, to)) = figure.period
            && !self.scene.reading.any_in(self.scene.range.clone(), &["average", "annually"])
        {
            figure.period = Some(Period::Year(to));
            figure.compare_period = Some(Period::Year(from));
        }
        figures.push(figure);
        state.ends = Some(ends);
        state.level = state.level.or(Some(figures.len() - 1));
    }

    fn remember(&self, topic: &mut Topic, figures: &[Figure], state: &State) {
        let Some(at) = state.level else {
            if state.dropped && self.group.cue.is_some() {
                // What follows is about the same quantity, though these numbers were not the pair's.
                topic.last.kind = Some(self.group.measure.kind);
                topic.last.ends = None;
                topic.sentence = self.scene.index;
                topic.block = self.scene.sentence.block;
            }
            return;
        };
        let figure = &figures[at];
        if figure.status.is_none() && figure.unit != "percent" {
            topic.last.level = Some(at);
        }
        if figure.kind != FigureKind::Other {
            topic.last.kind = Some(figure.kind);
            topic.last.ends = Some((figure.from, figure.to));
            topic.last.product = self.product.clone();
        }
        self.carry_date(topic, figure);
        if topic.sentence != self.scene.index || topic.first.kind.is_none() {
            topic.first = topic.last.clone();
        }
        topic.sentence = self.scene.index;
        topic.block = self.scene.sentence.block;
    }

    /// Keeps the period of an actual for the sentences that follow.
    fn carry_date(&self, topic: &mut Topic, figure: &Figure) {
        let Some(period) = figure.period else { return };
        // "In June alone": a part of the period at hand does not take its place.
        let part = topic
            .period
            .is_some_and(|whole| whole != period && period::holds(whole, period));
        if figure.status.is_none() && !self.group.measure.counts && !part {
            topic.period = Some(period);
            topic.dated = self.scene.index;
        }
    }

    /// Keeps the period that a number's own words tell for the numbers behind it.
    fn note_date(&self, topic: &mut Topic, figure: &Figure, tokens: &Range<usize>) {
        let own = period::near(self.scene, tokens, self.bounds(tokens));
        if let Some(p) = own
            && figure.status.is_none()
        {
            topic.here = Some((self.scene.index, p));
        }
    }

    /// From and to of a number: by the measure's words for the first, by the words since the
    /// value before for later ones.
    fn ends(
        &self,
        number: &Number<'_>,
        topic: &Topic,
        state: &State,
    ) -> Option<(Country, Country)> {
        if let Some(before) = state.ends {
            let window = self.bounds(&number.tokens);
            return direction::again(
                self.scene,
                &self.group.measure,
                window,
                number.tokens.start,
                before,
            );
        }
        direction::ends(
            self.scene,
            self.group.cue,
            &self.group.measure,
            number.tokens.start,
            topic,
        )
    }

    /// The tokens around a number that are its own: from the value before to the value behind.
    fn bounds(&self, tokens: &Range<usize>) -> Range<usize> {
        let before = self.values.iter().rev().find(|v| v.end <= tokens.start);
        let after = self.values.iter().find(|v| v.start >= tokens.end);
        before.map_or(self.scene.range.start, |v| v.end)
            ..after.map_or(self.scene.range.end, |v| v.start)
    }

    /// A figure with nothing but what the group knows.
    fn bare(&self, number: &Number<'_>, topic: &Topic, (from, to): (Country, Country)) -> Figure {
        let scene = self.scene;
        let bounds = self.bounds(&number.tokens);
        let mut status = qualify::status(scene, &number.tokens, bounds.clone());
        if status == Some(Status::Forecast) && self.group.measure.kind == FigureKind::Loans {
            // What will be lent has been promised.
            status = Some(Status::Pledge);
        }
        let sentence = self.sentence_period.filter(|_| !self.lasts(&bounds));
        let span = self.span(&number.tokens);
        Figure {
            kind: self.kind(),
            from,
            to,
            value: None,
            value_max: None,
            unit: String::new(),
            qualifier: Qualifier::Exact,
            period: self.own_period(&number.tokens, &bounds)
                .or(self.of_neighbour(topic, &bounds))
                .or(sentence)
                .or_else(|| self.inherited(topic, status, &bounds)),
            change_percent: None,
            change_qualifier: None,
            change_abs: None,
            compare_period: None,
            product: self.product.clone(),
            status,
            alt: Vec::new(),
            interval: None,
            change: None,
            attribution: crate::attribution::attribution(scene, &number.tokens),
            headline: matches!(
                scene.sentence.kind,
                BlockKind::Headline | BlockKind::Heading
            ),
            quote: span.of(scene.reading.tokens.text).to_owned(),
            span,
            rules: self
                .group
                .cue
                .map(|c| vec![c.rule.id.clone()])
                .unwrap_or_default(),
        }
    }

    /// The kind; direct investment that "stood at" an amount at a day is a stock.
    fn kind(&self) -> FigureKind {
        let kind = self.group.measure.kind;
        match self.group.cue {
            Some(cue) if kind == FigureKind::FdiFlow && period::stands(self.scene, cue) => {
                FigureKind::FdiStock
            }
            // "Japanese investment, whose stock was 13.9 billion".
            Some(cue)
                if kind == FigureKind::Investment
                    && self.group.numbers.first().is_some_and(|n| {
                        self.scene
                            .reading
                            .any_in(cue.tokens.end..n.tokens.start, &["stock"])
                    }) =>
            {
                FigureKind::FdiStock
            }
            _ => kind,
        }
    }

    /// Whether the quantity is told as of a day, not over a period.
    fn is_stock(&self) -> bool {
        matches!(
            self.group.measure.kind,
            FigureKind::Companies | FigureKind::JointVentures
        )
    }

    /// The period told beside a number; of what is counted as of now only without a break between.
    fn own_period(&self, tokens: &Range<usize>, bounds: &Range<usize>) -> Option<Period> {
        let r = self.scene.reading;
        let parted = |i: usize| r.tokens.tokens[i].is(',') && r.is_any(i + 1, &["and", "while"]);
        let mut clause = bounds.clone();
        if self.is_stock() || self.group.measure.kind == FigureKind::Loans {
            let (ahead, behind) = (bounds.start..tokens.start, tokens.end..bounds.end);
            clause.start = ahead.rev().find(|i| parted(*i)).unwrap_or(bounds.start);
            clause.end = behind.into_iter().find(|i| parted(*i)).unwrap_or(bounds.end);
        }
        period::near(self.scene, tokens, clause.clone()).filter(|_| {
            // Dates before the clause are not its own.
            clause.start == bounds.start
                || period::near(self.scene, tokens, bounds.clone()).is_some_and(|_| {
                    self.scene.times.iter().any(|t| {
                        t.tokens.start >= clause.start && t.tokens.end <= clause.end
                    })
                })
        })
    }

    /// Whether investment is told by a verb.
    fn invested(&self) -> bool {
        const VERBS: &[&str] = &["invested", "put", "poured", "pumped", "injected"];
        self.group
            .cue
            .is_some_and(|c| self.scene.reading.any_in(c.tokens.clone(), VERBS))
    }

    /// Whether what is counted is told as of now, not over a period.
    fn lasts(&self, bounds: &Range<usize>) -> bool {
        let m = &self.group.measure;
        let flows = m.kind == FigureKind::Tourists;
        self.is_stock() || m.counts && !flows && period::now(self.scene, bounds)
    }

    /// The period of the numbers before in the sentence.
    fn of_neighbour(&self, topic: &Topic, bounds: &Range<usize>) -> Option<Period> {
        let index = self.scene.index;
        let told = topic
            .here
            .filter(|(sentence, _)| *sentence == index)
            .map(|(_, p)| p);
        told.or(topic.period.filter(|_| topic.dated == index))
            .filter(|_| !self.lasts(bounds))
    }

    /// The period of a number whose sentence tells none.
    fn inherited(
        &self,
        topic: &Topic,
        status: Option<Status>,
        bounds: &Range<usize>,
    ) -> Option<Period> {
        if status.is_some() {
            return None;
        }
        if let Some(period) = period::same(self.scene, topic.period, bounds) {
            return Some(period);
        }
        // "The Peruvian one in Spain does not exceed 90 million": of the day of the one before.
        if self.group.cue.is_none() && topic.dated + 1 >= self.scene.index && topic.period.is_some()
        {
            return topic.period;
        }
        if self.is_stock() {
            // Companies are counted as of the day of writing.
            return self.scene.reading.published.map(|d| Period::Year(d.year()));
        }
        let published = self.scene.reading.published;
        let this_year = || published.map(|d| Period::Year(d.year()));
        let past = period::past(self.scene, bounds);
        match self.group.measure.kind {
            FigureKind::Loans => None,
            // "They have invested over $6 billion": since when is not told.
            FigureKind::Investment if self.invested() => None,
            FigureKind::Investment | FigureKind::FdiStock | FigureKind::FdiFlow
                if self.kind() != FigureKind::FdiFlow =>
            {
                match past {
                    true => topic.period.filter(|_| topic.dated + 1 >= self.scene.index),
                    false => this_year(),
                }
            }
            _ if period::recurs(self.scene, bounds) => None,
            FigureKind::Tourists => topic
                .period
                .filter(|_| topic.last.kind == Some(FigureKind::Tourists)),
            // What is counted now is told as of the day of writing, unless it recurs.
            _ if self.group.measure.counts => this_year().filter(|_| !past),
            // "The committee has published data for January-June 2023. Turnover was 2.4 billion."
            _ => topic
                .period
                .or_else(|| period::told_before(self.scene).filter(|_| topic.last.kind.is_none())),
        }
    }

    /// The bytes from the measure or the number, whichever comes first, to the end of either.
    fn span(&self, tokens: &Range<usize>) -> Span {
        let mut range = tokens.clone();
        if let Some(cue) = self.group.cue
            && cue.tokens.start.abs_diff(tokens.start) < 40
        {
            range = range.start.min(cue.tokens.start)..range.end.max(cue.tokens.end);
        }
        self.scene.reading.tokens.span(&range)
    }

    fn level(
        &self,
        number: &Number<'_>,
        topic: &Topic,
        ends: (Country, Country),
        before: Option<Period>,
    ) -> Option<Figure> {
        let amount = number.amount?;
        let mut figure = self.bare(number, topic, ends);
        let own = period::near(self.scene, &number.tokens, self.bounds(&number.tokens));
        if own.is_none() && before.is_some() && figure.status.is_none() && !self.is_stock() {
            figure.period = before;
        }
        if figure.status.is_some() && own.is_none() {
            figure.period = None;
        }
        qualify::amount(self.scene, amount, &mut figure);
        Some(figure)
    }

    fn change(&self, figure: &mut Figure, told: &Told, tokens: &Range<usize>) {
        let text = self.scene.reading.tokens.text;
        change::put(self.scene, figure, told, tokens);
        figure.compare_period = period::compared(self.scene, figure.period, tokens);
        let span = figure.span.hull(&self.scene.reading.tokens.span(tokens));
        if span.end - span.start < 600 {
            figure.span = span;
            figure.quote = span.of(text).to_owned();
        }
    }

    /// An earlier value's period follows from the later one's, unless its own date is told.
    fn date_earlier(&self, figures: &mut [Figure], earlier: usize, main: usize) {
        let of = figures[main].period;
        // "From 310 million a year ago": of the same months of that year.
        let own = figures[earlier]
            .period
            .filter(|p| Some(*p) != of)
            .map(|p| match (of, p) {
                (Some(main), Period::Year(y))
                    if !matches!(main, Period::Year(_) | Period::Years(..)) =>
                {
                    main.shift_years(y - main.first().year()).unwrap_or(p)
                }
                _ => p,
            });
        // What is aimed at from today's level says no year before; flights a week have none.
        let aimed = figures[main].status.is_some() || figures[main].kind == FigureKind::Flights;
        figures[earlier].period = own
            .or(figures[main].compare_period.filter(|_| !aimed))
            .or_else(|| period::compared(self.scene, of, &self.scene.range).filter(|_| !aimed))
            .or_else(|| of.and_then(|p| p.shift_years(-1)).filter(|_| !aimed));
        figures[earlier].product = figures[main].product.clone();
    }
}
