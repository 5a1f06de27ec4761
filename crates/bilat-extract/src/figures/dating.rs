//! The period of a number: told beside it, by its sentence, or carried on from those before.

use std::ops::Range;

use bilat_model::Period;
use bilat_model::told::{Figure, FigureKind, Status};

use super::teller::Teller;
use super::topic::Topic;
use super::words::WORDS;
use super::{comparison, period};

impl Teller<'_, '_, '_> {
    /// Whether the quantity is told as of a day, not over a period.
    pub(super) fn is_stock(&self) -> bool {
        self.group.measure.kind.is_companies()
    }

    /// Whether what is counted is told as of now, not over a period.
    pub(super) fn lasts(&self, bounds: &Range<usize>) -> bool {
        let m = &self.group.measure;
        let flows = m.kind == FigureKind::Tourists;
        self.is_stock() || m.counts && !flows && period::now(self.scene, bounds)
    }

    /// The period told beside a number; of what lasts (companies, what is counted now) and of loans
    /// only within their own clause.
    pub(super) fn own_period(
        &self,
        tokens: &Range<usize>,
        bounds: &Range<usize>,
    ) -> Option<Period> {
        let r = self.scene.reading;
        // "Signed in 2016, thanks to which there are at present four flights".
        let lasts = self.lasts(bounds);
        let parted = |i: &usize| {
            r.tokens.tokens[*i].is(',')
                && (r.is_any(i + 1, &["and", "while"]) || lasts && !self.is_stock())
        };
        let mut clause = bounds.clone();
        if lasts || self.group.measure.kind == FigureKind::Loans {
            let (mut ahead, mut behind) = (bounds.start..tokens.start, tokens.end..bounds.end);
            clause.start = ahead.rfind(parted).unwrap_or(bounds.start);
            clause.end = behind.find(parted).unwrap_or(bounds.end);
        }
        period::near(self.scene, tokens, clause)
    }

    /// The year of publication.
    pub(super) fn this_year(&self) -> Option<Period> {
        let day = self.scene.reading.published;
        day.map(|d| Period::Year(d.year()))
    }

    /// Whether investment is told by a verb.
    pub(super) fn invested(&self) -> bool {
        self.group.cue.is_some_and(|c| {
            self.scene
                .reading
                .any_in(c.tokens.clone(), &WORDS.investing)
        })
    }

    /// The period of a number whose sentence tells none.
    pub(super) fn inherited(
        &self,
        topic: &Topic,
        status: Option<Status>,
        bounds: &Range<usize>,
    ) -> Option<Period> {
        if status.is_some() {
            return None;
        }
        if let Some(period) = comparison::same(self.scene, topic.period, bounds) {
            return Some(period);
        }
        // "The Peruvian one in Spain does not exceed 90 million": of the day of the one before.
        if self.group.cue.is_none() && topic.dated + 1 >= self.scene.index && topic.period.is_some()
        {
            return topic.period;
        }
        let this_year = || self.this_year();
        if self.is_stock() {
            // Companies are counted as of the day of writing.
            return this_year();
        }
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
                .last
                .period
                .or(topic.period)
                .filter(|_| topic.last.kind == Some(FigureKind::Tourists)),
            // What is counted now is told as of the day of writing, unless it recurs.
            _ if self.group.measure.counts => this_year().filter(|_| !past),
            // "The committee has published data for January-June 2023. Turnover was 2.4 billion."
            _ => topic
                .period
                .or_else(|| period::told_before(self.scene).filter(|_| topic.last.kind.is_none())),
        }
    }

    /// The period of the numbers before in the sentence.
    pub(super) fn of_neighbour(&self, topic: &Topic, bounds: &Range<usize>) -> Option<Period> {
        let index = self.scene.index;
        let told = topic
            .here
            .filter(|(sentence, _)| *sentence == index)
            .map(|(_, p)| p);
        told.or(topic.period.filter(|_| topic.dated == index))
            .filter(|_| !self.lasts(bounds))
    }

    /// Keeps the period that a number's own words tell for the numbers behind it.
    pub(super) fn note_date(&self, topic: &mut Topic, figure: &Figure, tokens: &Range<usize>) {
        let own = period::near(self.scene, tokens, self.bounds(tokens));
        if let Some(p) = own
            && figure.status.is_none()
        {
            topic.here = Some((self.scene.index, p));
        }
    }

    /// Keeps the period of an actual for the sentences that follow.
    pub(super) fn carry_date(&self, topic: &mut Topic, figure: &Figure) {
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

    /// An earlier value's period follows from the later one's, unless its own date is told.
    pub(super) fn date_earlier(&self, figures: &mut [Figure], earlier: usize, main: usize) {
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
            .or_else(|| comparison::compared(self.scene, of, &self.scene.range).filter(|_| !aimed))
            .or_else(|| of.and_then(|p| p.shift_years(-1)).filter(|_| !aimed));
        figures[earlier].product = figures[main].product.clone();
    }
}
