//! What a figure has besides its value: its ends, kind, span and status, and what singles it out.

use std::ops::Range;

use bilat_model::document::{BlockKind, Span};
use bilat_model::told::{Figure, FigureKind, Status};
use bilat_model::{Country, Period};

use super::change::{self, Told};
use super::numbers::Number;
use super::teller::{State, Teller};
use super::topic::Topic;
use super::words::WORDS;
use super::{comparison, direction, period, qualify};

impl Teller<'_, '_, '_> {
    /// From and to of a number: by the measure's words for the first, by the words since the
    /// value before for later ones.
    pub(super) fn ends(
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
    pub(super) fn bounds(&self, tokens: &Range<usize>) -> Range<usize> {
        let before = self.values.iter().rev().find(|v| v.end <= tokens.start);
        let after = self.values.iter().find(|v| v.start >= tokens.end);
        before.map_or(self.scene.range.start, |v| v.end)
            ..after.map_or(self.scene.range.end, |v| v.start)
    }

    /// A figure with nothing but what the group knows.
    pub(super) fn bare(
        &self,
        number: &Number<'_>,
        topic: &Topic,
        ends: (Country, Country),
    ) -> Figure {
        let scene = self.scene;
        let bounds = self.bounds(&number.tokens);
        let mut status = qualify::status(scene, &number.tokens, bounds.clone());
        if status.is_some() && self.group.measure.kind == FigureKind::Loans {
            // What will be lent has been promised.
            status = Some(Status::Pledge);
        }
        let sentence = self.sentence_period.filter(|_| !self.lasts(&bounds));
        // "While he was there last November, …, the Emirates are to invest": no past is aimed at.
        let to_come = |p: &Period| {
            let published = scene.reading.published;
            status.is_none() || published.is_none_or(|d| p.last() >= d)
        };
        let span = self.span(&number.tokens);
        let quote = span.of(scene.reading.tokens.text);
        Figure {
            period: self
                .own_period(&number.tokens, &bounds)
                .or(self.of_neighbour(topic, &bounds))
                .or(sentence)
                .or_else(|| self.inherited(topic, status, &bounds))
                .filter(to_come),
            product: self.product.clone(),
            status,
            attribution: crate::attribution::attribution(scene, &number.tokens),
            headline: matches!(
                scene.sentence.kind,
                BlockKind::Headline | BlockKind::Heading
            ),
            rules: self
                .group
                .cue
                .map(|c| vec![c.rule.id.clone()])
                .unwrap_or_default(),
            ..Figure::bare(self.kind(), ends, span, quote)
        }
    }

    /// The kind; direct investment that "stood at" an amount at a day is a stock.
    pub(super) fn kind(&self) -> FigureKind {
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

    /// The bytes from the measure or the number, whichever comes first, to the end of either.
    pub(super) fn span(&self, tokens: &Range<usize>) -> Span {
        let mut range = tokens.clone();
        if let Some(cue) = self.group.cue
            && cue.tokens.start.abs_diff(tokens.start) < 40
        {
            range = range.start.min(cue.tokens.start)..range.end.max(cue.tokens.end);
        }
        self.scene.reading.tokens.span(&range)
    }

    pub(super) fn level(
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

    pub(super) fn change(&self, figure: &mut Figure, told: &Told, tokens: &Range<usize>) {
        let text = self.scene.reading.tokens.text;
        change::put(self.scene, figure, told, tokens);
        figure.compare_period = comparison::compared(self.scene, figure.period, tokens);
        let span = figure.span.hull(&self.scene.reading.tokens.span(tokens));
        if span.end - span.start < 600 {
            figure.span = span;
            figure.quote = span.of(text).to_owned();
        }
    }

    /// A share is a figure of its own kind; of exports or imports it keeps their direction.
    pub(super) fn share(&self, topic: &Topic, figure: &mut Figure, ends: (Country, Country)) {
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
            false => whole
                .or(self.of_flow(topic))
                .unwrap_or((pair.a(), pair.b())),
        };
    }

    /// "They made up 1.45 per cent of the country's total exports": the direction spoken of, where the
    /// sentence names such goods too.
    fn of_flow(&self, topic: &Topic) -> Option<(Country, Country)> {
        let goods = |k: &FigureKind| k.is_flow_of_goods();
        let last = topic.last.kind.filter(goods)?;
        let mut measures = self.scene.cues.iter().filter_map(|c| c.measure());
        let named = measures.find(|m| goods(&m.kind) && !m.weak).map(|m| m.kind);
        topic.last.ends.filter(|_| named == Some(last))
    }

    /// Whether a value of a group on turnover is of one direction alone: in a sentence that goes on
    /// from another, or behind the turnover itself.
    pub(super) fn singled_out(&self, number: &Number<'_>) -> Option<(Country, Country)> {
        let bounds = self.bounds(&number.tokens);
        let first = self.values.first().is_some_and(|v| *v == number.tokens);
        if first && self.group.cue.is_some() {
            return None;
        }
        let measured = self.scene.cues.iter().any(|c| {
            c.quantity().is_some() && c.tokens.start >= bounds.start && c.tokens.end <= bounds.end
        });
        if measured {
            return None;
        }
        direction::singled_out(self.scene, bounds, number.tokens.start)
    }

    /// "Trade exceeded 400 million last year and was 11 % higher in the first eight months of this
    /// one": a change with a period of its own is not of the value before it.
    pub(super) fn elsewhen(&self, level: &Figure, tokens: &Range<usize>) -> bool {
        // "Four times the number of last year, although fewer than the 61,000 of 2019": a date behind
        // another number is that number's.
        let next = self
            .scene
            .amounts
            .iter()
            .find(|a| a.tokens.start >= tokens.end);
        let end = self.bounds(tokens).end;
        let end = next.map_or(end, |a| end.min(a.tokens.start));
        let own = period::near(self.scene, tokens, tokens.start..end);
        level.value.is_some()
            && level.period.is_some()
            && own.is_some_and(|p| Some(p) != level.period && !matches!(p, Period::Years(..)))
    }

    /// "$100 billion in 2023 and $150 billion by 2030": the second is aimed at like the first.
    pub(super) fn aim_on(
        &self,
        figure: &mut Figure,
        figures: &[Figure],
        number: &Number<'_>,
        state: &State,
    ) {
        let Some(before) = state.last.and_then(|i| figures.get(i)) else {
            return;
        };
        let start = self.bounds(&number.tokens).start;
        let r = self.scene.reading;
        let joined = (start..number.tokens.start)
            .filter(|i| !self.scene.times.iter().any(|t| t.tokens.contains(i)))
            .filter(|i| !self.group.cue.is_some_and(|c| c.tokens.contains(i)))
            .filter(|i| self.scene.mention_at(*i).is_none())
            .all(|i| r.is_any(i, &WORDS.joining));
        if figure.status.is_none() && before.status.is_some() && joined {
            figure.status = before.status;
            figure.period = period::near(self.scene, &number.tokens, self.bounds(&number.tokens));
        }
    }

    /// "Exports were 742 million, in the third quarter of 2021 530 million; a plus of 40 %": a
    /// further value with a date of its own, the same months of an earlier year.
    pub(super) fn is_earlier(&self, main: &Figure, figure: &Figure, number: &Number<'_>) -> bool {
        let bounds = self.bounds(&number.tokens);
        let own = period::near(self.scene, &number.tokens, bounds.clone())
            // "…, while in the same period of 2022 it was 184 million".
            .or_else(|| {
                comparison::same(self.scene, main.period, &(bounds.start..number.tokens.end))
            });
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
}
