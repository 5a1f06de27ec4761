//! From a measure and its numbers to figures.

use std::ops::Range;

use bilat_model::told::{Constraint, Figure, FigureKind};
use bilat_model::{Country, Period};

use super::change::Told;
use super::group::Group;
use super::numbers::{Number, Part};
use super::topic::Topic;
use super::{comparison, direction, foreign, period, product, qualify};
use crate::reading::Scene;
use crate::rules::Gives;

/// Tells the figures of one group.
pub(super) struct Teller<'s, 'g, 'a> {
    pub(super) scene: &'s Scene<'s>,
    pub(super) group: &'g Group<'a>,
    /// The values of the whole sentence, which share its dates and words of status out.
    pub(super) values: &'s [Range<usize>],
    pub(super) product: Option<String>,
    pub(super) sentence_period: Option<Period>,
}

fn is_years(p: &Period) -> bool {
    matches!(p, Period::Years(..))
}

/// What has been told of a group so far.
#[derive(Default)]
pub(super) struct State {
    /// The last value that was no earlier one.
    pub(super) level: Option<usize>,
    /// The figure last made, for the same amount in another currency.
    pub(super) last: Option<usize>,
    /// The last earlier value, and the one that it is compared with.
    pub(super) before: Option<usize>,
    pub(super) compared: Option<usize>,
    /// The value of one direction that a group on turnover told last.
    pub(super) single: Option<usize>,
    /// From and to of the last value.
    pub(super) ends: Option<(Country, Country)>,
    pub(super) period: Option<Period>,
    /// Changes and earlier values that wait for their value.
    pub(super) changes: Vec<(Told, Range<usize>)>,
    pub(super) earlier: Vec<usize>,
    /// Whether the sentence looks back from the value of the one before.
    pub(super) back: bool,
    /// Whether the last value was not the pair's, and with it what is told about it.
    pub(super) dropped: bool,
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
                Part::Change(told) => match state.single.or(state.level) {
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
        self.date_by_comparison(topic, figures, &state);
        self.since(figures, &state);
        if let Some(moved) = self.moved(figures, &state) {
            constraints.push(moved);
        }
        self.remember(topic, figures, &state);
    }

    /// "Tourists were 141 thousand, 2.5 times as many as in 2022": of the later period spoken of.
    fn date_by_comparison(&self, topic: &Topic, figures: &mut [Figure], state: &State) {
        let Some(figure) = state.level.map(|at| &mut figures[at]) else {
            return;
        };
        let compared = figure.compare_period;
        let later = |p: &Period| compared.is_some_and(|c| c.last() < p.first());
        if figure.period.is_none() && figure.status.is_none() && !self.is_stock() {
            figure.period = topic.period.or(topic.last.period).filter(later);
        }
    }

    /// "Risen fivefold, from 1.58 billion in 2003 to 8.0 billion in 2023": the change is since the
    /// earlier value, unless the sentence compares with something else.
    fn since(&self, figures: &mut [Figure], state: &State) {
        let (Some(level), Some(before)) = (state.compared, state.before) else {
            return;
        };
        // "Jumped to 568 from 322 million between 2019 and 2020": from the first year to the last.
        let told = [before, level].map(|i| figures[i].period);
        if let Some(Period::Years(from, to)) = told.into_iter().flatten().find(is_years)
            && told.iter().all(|p| p.is_none_or(|p| is_years(&p)))
        {
            figures[before].period = Some(Period::Year(from));
            figures[level].period = Some(Period::Year(to));
        }
        let (now, then) = (&figures[level], &figures[before]);
        let alike = now.unit == then.unit && then.period.is_some() && now.change.is_some();
        let told = comparison::told_comparison(self.scene, now.period, &self.scene.range);
        if alike && told.is_none() {
            figures[level].compare_period = then.period;
        }
    }

    /// "Climbed from 9.1 to 8.7 billion": which way the verb says a value went, for two values
    /// without a percentage.
    fn moved(&self, figures: &[Figure], state: &State) -> Option<Constraint> {
        let (figure, before) = (state.compared?, state.before?);
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

    /// A value: what it is of, and whether it stands for itself.
    fn value(
        &self,
        number: &Number<'_>,
        topic: &mut Topic,
        figures: &mut Vec<Figure>,
        state: &mut State,
    ) {
        let all = || foreign::all_partners(self.scene, self.values, &number.tokens);
        let ends = match number.part != Part::Share && all() {
            true => None,
            false => self.ends(number, topic, state),
        };
        state.dropped = ends.is_none();
        let Some(ends) = ends else { return };
        let Some(mut figure) = self.level(number, topic, ends, state.period) else {
            return;
        };
        if figure.product.is_none() {
            figure.product = product::behind(self.scene, number.tokens.end)
                .or_else(|| product::listed(self.scene, number.tokens.start));
        }
        self.aim_on(&mut figure, figures, number, state);
        state.single = None;
        if self.beside(number, topic, figures, &mut figure, state) {
            if figure.kind == FigureKind::Exports && self.group.measure.kind != figure.kind {
                state.single = Some(figures.len());
            }
            figures.push(figure);
            state.last = Some(figures.len() - 1);
        } else {
            self.main(number, topic, figures, figure, state);
        }
    }

    /// Whether a value stands beside the one that the group is about: a share, one direction of a
    /// turnover, a value of before. What it is then goes into it.
    fn beside(
        &self,
        number: &Number<'_>,
        topic: &mut Topic,
        figures: &[Figure],
        figure: &mut Figure,
        state: &mut State,
    ) -> bool {
        if number.part == Part::Share {
            self.share(topic, figure, (figure.from, figure.to));
            self.note_date(topic, figure, &number.tokens);
            if figure.period.is_none() && period::now(self.scene, &self.bounds(&number.tokens)) {
                figure.period = self.this_year();
            }
            figure.period = figure.period.or(topic.last.period);
            return true;
        }
        if self.group.measure.kind == FigureKind::TradeTurnover
            && figure.status.is_none()
            && let Some(ends) = self.singled_out(number)
        {
            figure.kind = FigureKind::Exports;
            (figure.from, figure.to) = ends;
            return true;
        }
        // In a sentence that goes on from another with "a year earlier", it is an earlier one.
        if self.group.cue.is_none()
            && let Some(main) = topic.last.level
            && comparison::looks_back(self.scene, &number.tokens)
        {
            let bounds = self.bounds(&number.tokens);
            let own = period::near(self.scene, &number.tokens, bounds.clone());
            let same = comparison::same(self.scene, figures[main].period, &bounds);
            let before = figures[main].period.and_then(|p| p.shift_years(-1));
            figure.period = own.or(same).or(before);
            state.back = true;
            return true;
        }
        // "The figure was 9.8 million in January-March 2022, so it grew 1.6 times."
        if self.group.cue.is_none()
            && let Some(main) = topic.last.level
            && topic.sentence + 1 == self.scene.index
            && state.level.is_none()
            && figures[main].change.is_none()
            && self.is_earlier(&figures[main], figure, number)
        {
            state.back = true;
            return true;
        }
        let earlier = state
            .level
            .is_some_and(|main| self.is_earlier(&figures[main], figure, number));
        if earlier {
            let main = state.level.and_then(|main| figures[main].period);
            if figure.period == main {
                let bounds = self.bounds(&number.tokens);
                figure.period = comparison::same(self.scene, main, &bounds).or(main);
            }
            state.before = Some(figures.len());
            state.compared = state.level;
        }
        earlier
    }

    /// The value that the group is about, with the changes and earlier values that waited for it.
    fn main(
        &self,
        number: &Number<'_>,
        topic: &mut Topic,
        figures: &mut Vec<Figure>,
        figure: Figure,
        state: &mut State,
    ) {
        self.note_date(topic, &figure, &number.tokens);
        self.carry_date(topic, &figure);
        state.period = figure.period.or(state.period);
        state.ends = Some((figure.from, figure.to));
        figures.push(figure);
        let at = figures.len() - 1;
        // "Up 35 percent in the first half against that of 2017; in the whole of 2017 it had risen to
        // 240 million": a change of another time waits on.
        for (told, tokens) in std::mem::take(&mut state.changes) {
            if figures[at].change.is_some() {
                continue;
            }
            match !told.opens && self.elsewhen(&figures[at], &tokens) {
                true => state.changes.push((told, tokens)),
                false => self.change(&mut figures[at], &told, &tokens),
            }
        }
        for earlier in state.earlier.drain(..) {
            self.date_earlier(figures, earlier, at);
            state.compared = Some(at);
        }
        state.level = Some(at);
        state.last = Some(at);
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
        match self.compared_of(topic, figures, state) {
            Some(main) => {
                self.date_earlier(figures, at, main);
                state.compared = Some(main);
            }
            None => state.earlier.push(at),
        }
        state.before = Some(at);
        state.last = Some(at);
    }

    /// The value that an earlier one is compared with: of this group, or told just before. "In 2023
    /// trade was 74.8 million; the year before, trade had been 81.3 million".
    fn compared_of(&self, topic: &Topic, figures: &[Figure], state: &State) -> Option<usize> {
        let level = |n: &Number<'_>| n.part == Part::Level;
        let goes_on = |at: &usize| {
            let here = topic.sentence == self.scene.index && figures[*at].kind == self.kind();
            (self.group.cue.is_none() || here) && !self.group.numbers.iter().any(level)
        };
        state.level.or(topic.last.level.filter(goes_on))
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
        figure.compare_period = comparison::compared(self.scene, figure.period, &number.tokens);
        for (told, tokens) in state.changes.drain(..) {
            self.change(&mut figure, &told, &tokens);
        }
        figures.push(figure);
        state.ends = Some(ends);
        state.level = Some(figures.len() - 1);
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
        let looks_back = comparison::looks_back(self.scene, tokens) && !state.dropped;
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
        if foreign::all_partners(self.scene, self.values, tokens) {
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
            && !self
                .scene
                .reading
                .any_in(self.scene.range.clone(), &["average", "annually"])
        {
            figure.period = Some(Period::Year(to));
            figure.compare_period = Some(Period::Year(from));
        }
        // "… last year. Tourists have doubled compared with 2021": of the year spoken of.
        let later = |p: &Period| figure.compare_period.is_some_and(|c| c.last() < p.first());
        if figure.period.is_none() && figure.status.is_none() {
            figure.period = topic.period.filter(later);
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
            topic.last.period = figure.period;
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
}
