//! The measures of a sentence and the numbers that belong to each.

use bilat_model::told::{FigureKind, Status};

use super::numbers::{self, Number, Part};
use super::topic::Topic;
use super::{carry, home, measures, qualify};
use crate::amount::Amount;
use crate::reading::Scene;
use crate::rules::{Cue, Measure, PartOfSpeech, Role};

/// A measure with its numbers.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    /// The words that name it; none when it is taken over from an earlier sentence.
    pub(super) cue: Option<&'a Cue>,
    pub(super) measure: Measure,
    pub(super) numbers: Vec<Number<'a>>,
}

/// Whether a kind is of goods in either direction or in both.
pub(super) fn is_trade(kind: FigureKind) -> bool {
    kind.is_flow_of_goods() || matches!(kind, FigureKind::TradeTurnover | FigureKind::TradeBalance)
}

/// A measure as an earlier sentence left it.
fn carried(kind: FigureKind) -> Measure {
    use FigureKind::{Flights, Imports, TradeTurnover};
    Measure {
        kind,
        word: PartOfSpeech::Noun,
        subject: match kind {
            TradeTurnover | Flights => None,
            Imports => Some(Role::To),
            _ => Some(Role::From),
        },
        counts: kind.is_counted(),
        weak: false,
        named: false,
        people: false,
        near: false,
        share: false,
    }
}

impl<'a> Group<'a> {
    /// The groups of a sentence, in the order of their first number.
    pub(super) fn of(scene: &Scene<'a>, topic: &Topic) -> Vec<Group<'a>> {
        let measures = measures::measures(scene, topic);
        let mut grouping = Grouping {
            scene,
            topic,
            places: vec![None; measures.len()],
            measures,
            groups: Vec::new(),
            carried: None,
            last: None,
        };
        for number in numbers::numbers(scene) {
            grouping.add(number);
        }
        grouping.groups
    }
}

/// What a number is of.
#[derive(Clone, Copy)]
enum Whose {
    /// A measure of the sentence, by its place.
    Named(usize),
    /// What an earlier sentence left.
    Carried(FigureKind),
}

/// The groups of a sentence as they are filled.
struct Grouping<'s, 'a> {
    scene: &'s Scene<'a>,
    topic: &'s Topic,
    measures: Vec<(&'a Cue, &'static Measure)>,
    groups: Vec<Group<'a>>,
    /// The group of each measure that has one, and of what was carried on.
    places: Vec<Option<usize>>,
    carried: Option<usize>,
    /// The group of the number before.
    last: Option<usize>,
}

impl<'a> Grouping<'_, 'a> {
    fn add(&mut self, number: Number<'a>) {
        let whose = self.whose(&number);
        let at = match self
            .last
            .filter(|at| self.is_change_of(*at, whose, &number))
        {
            Some(last) => Some(last),
            None => whose.map(|w| self.place(w)),
        };
        if let Some(at) = at {
            self.last = Some(at);
            self.groups[at].numbers.push(number);
        }
    }

    fn whose(&self, number: &Number<'a>) -> Option<Whose> {
        let (scene, measures) = (self.scene, &self.measures);
        let named = home::home(scene, measures, number)
            // "Petroleum products stand for 498 million of this": of what was told before.
            .filter(|m| !(measures[*m].1.named && carry::of_this(scene, number.tokens.end)))
            .filter(|m| !self.is_change_of_things(*m, number));
        let whose = named
            .map(Whose::Named)
            .or_else(|| carry::carry(scene, self.topic, number, measures).map(Whose::Carried))
            .or_else(|| home::ahead(scene, measures, number).map(Whose::Named));
        let kind = whose.map(|w| match w {
            Whose::Named(m) => measures[m].1.kind,
            Whose::Carried(kind) => kind,
        });
        // "India will give Rs 1,000 crore": what is promised is no trade.
        let promised = number.amount.is_some_and(Amount::is_money)
            && kind.is_none_or(is_trade)
            && number.part == Part::Level
            && qualify::status(scene, &number.tokens, scene.range.clone()) == Some(Status::Pledge);
        match promised {
            true => Some(Whose::Carried(FigureKind::Other)),
            false => whose,
        }
    }

    /// "Vehicles, with 118 million, fell by a quarter": no count of vehicles.
    fn is_change_of_things(&self, measure: usize, number: &Number<'a>) -> bool {
        let m = self.measures[measure].1;
        let bare = self.places[measure].is_none() && self.last.is_some();
        let things = m.counts && m.kind == FigureKind::Other;
        things && bare && matches!(number.part, Part::Change(_))
    }

    /// Whether a number is a change of the group before it: it has no measure of its own ("100,000
    /// Mexicans travelled to Cuba, an increase of a quarter"), or the same again ("78,458 visited the
    /// country as tourists, 2.4 times the number").
    fn is_change_of(&self, group: usize, whose: Option<Whose>, number: &Number<'a>) -> bool {
        let again = |m: usize| {
            let measure = self.measures[m].1;
            let bracket = number.tokens.start.saturating_sub(2)..number.tokens.start;
            let aside = self.scene.reading.any_in(bracket, &["("]);
            let verb = measure.word == PartOfSpeech::Verb;
            self.places[m].is_none()
                && measure.kind == self.groups[group].measure.kind
                && (measure.counts || verb || aside)
        };
        let goes_on = match whose {
            None => true,
            Some(Whose::Named(m)) => again(m),
            Some(Whose::Carried(_)) => false,
        };
        matches!(number.part, Part::Change(_)) && goes_on
    }

    /// The group of a measure, made where it has none yet.
    fn place(&mut self, whose: Whose) -> usize {
        let (place, cue, measure) = match whose {
            Whose::Named(m) => {
                let (cue, measure) = self.measures[m];
                (&mut self.places[m], Some(cue), measure.clone())
            }
            Whose::Carried(kind) => (&mut self.carried, None, carried(kind)),
        };
        *place.get_or_insert_with(|| {
            self.groups.push(Group {
                cue,
                measure,
                numbers: Vec::new(),
            });
            self.groups.len() - 1
        })
    }
}
