//! The measures of a sentence and the numbers that belong to each.

use bilat_model::told::{FigureKind, Status};

use super::numbers::{self, Number, Part};
use super::topic::Topic;
use super::{carry, home, measures, qualify};
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
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut places = vec![None; measures.len()];
        let mut taken_over = None;
        let mut last: Option<usize> = None;
        for number in numbers::numbers(scene) {
            let named = home::home(scene, &measures, &number)
                // "Petroleum products stand for 498 million of this": of what was told before.
                .filter(|m| !(measures[*m].1.named && carry::of_this(scene, number.tokens.end)))
                // "Vehicles, with 118 million, fell by a quarter": no count of vehicles.
                .filter(|m| {
                    let other = measures[*m].1.counts && measures[*m].1.kind == FigureKind::Other;
                    let bare = places[*m].is_none() && last.is_some();
                    !(other && bare && matches!(number.part, Part::Change(_)))
                });
            let kind = match named {
                Some(_) => None,
                None => carry::carry(scene, topic, &number, &measures),
            };
            let named = named.or_else(|| match kind {
                Some(_) => None,
                None => home::ahead(scene, &measures, &number),
            });
            // "100,000 Mexicans travelled to Cuba, an increase of a quarter": a change without a
            // measure of its own is of the number before it.
            if let (None, None, Some(at), Part::Change(_)) = (named, kind, last, &number.part) {
                groups[at].numbers.push(number);
                continue;
            }
            // "India will give Rs 1,000 crore": what is promised is no trade.
            let promised = number.amount.is_some_and(crate::amount::Amount::is_money)
                && named.is_none_or(|m| is_trade(measures[m].1.kind))
                && kind.is_none_or(is_trade)
                && number.part == Part::Level
                && qualify::status(scene, &number.tokens, scene.range.clone())
                    == Some(Status::Pledge);
            let (named, kind) = match promised {
                true => (None, Some(FigureKind::Other)),
                false => (named, kind),
            };
            // "78,458 visited the country as tourists, 2.4 times the number": of the visitors told.
            let again = named.zip(last).filter(|(m, at)| {
                let measure = measures[*m].1;
                let same = measure.kind == groups[*at].measure.kind;
                let bracket = number.tokens.start.saturating_sub(2)..number.tokens.start;
                let aside = scene.reading.any_in(bracket, &["("]);
                let verb = measure.word == PartOfSpeech::Verb;
                places[*m].is_none() && same && (measure.counts || verb || aside)
            });
            if let (Part::Change(_), Some((_, at))) = (&number.part, again) {
                groups[at].numbers.push(number);
                continue;
            }
            let (place, group) = match (named, kind) {
                (Some(m), _) => (&mut places[m], (Some(measures[m].0), measures[m].1.clone())),
                (None, Some(kind)) => (&mut taken_over, (None, carried(kind))),
                (None, None) => continue,
            };
            let at = *place.get_or_insert_with(|| {
                groups.push(Group {
                    cue: group.0,
                    measure: group.1,
                    numbers: Vec::new(),
                });
                groups.len() - 1
            });
            last = Some(at);
            groups[at].numbers.push(number);
        }
        groups
    }
}
