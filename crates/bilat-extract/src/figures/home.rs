//! Which measure a number belongs to.

use std::ops::Range;

use bilat_model::told::{FigureKind, Status};

use super::numbers::{Number, Part};
use super::qualify;
use super::words::WORDS;
use crate::amount::Unit;
use crate::reading::Scene;
use crate::rules::{Cue, Measure};
use crate::tokens::Kind;

/// The measure that a number belongs to, by its place in `measures`.
pub(super) fn home(
    scene: &Scene<'_>,
    measures: &[(&Cue, &Measure)],
    number: &Number<'_>,
) -> Option<usize> {
    let count = number.part.is_value() && number.amount.is_some_and(|a| a.unit == Unit::Count);
    let near = |i: &usize| {
        let (cue, m) = measures[*i];
        // The first number stands just behind; the ones after it go with it.
        let gap = cue.tokens.end..number.tokens.start;
        let first = scene
            .amounts
            .iter()
            .find(|a| a.tokens.start >= cue.tokens.end)
            .map_or(number.tokens.start, |a| a.tokens.start);
        !m.near
            || cue.tokens.end <= number.tokens.start
                && gap.len() <= 30
                && first - cue.tokens.end <= 3
    };
    let mut order: Vec<usize> = (0..measures.len())
        .filter(near)
        .filter(|i| fits(measures[*i].1, number))
        .collect();
    // A weak measure serves where no strong one stands before the number.
    let strong = |i: &usize| !measures[*i].1.weak;
    let before = |i: &&usize| measures[**i].0.tokens.start < number.tokens.start;
    if let Some(last) = order.iter().filter(|i| strong(i)).rfind(before) {
        // "Copper bought by China made up 3.27 billion, and Chinese deliveries 0.75": the strong one
        // has its number already.
        let last = measures[*last].0.tokens.end;
        let served = |i: &usize| {
            let start = measures[*i].0.tokens.start;
            start < number.tokens.start
                && (scene
                    .amounts
                    .iter()
                    .any(|a| a.tokens.start >= last && a.tokens.end <= start && a.is_money())
                    || (last..start).any(|i| scene.reading.tokens.tokens[i].is(';')))
        };
        let said = |i: &usize| says(scene, measures[*i].0.tokens.end..number.tokens.start);
        order.retain(|i| {
            strong(i) || measures[*i].1.named && served(i) || !measures[*i].1.named && said(i)
        });
    }
    if number.part == Part::Share {
        return order
            .first()
            .copied()
            .or_else(|| (0..measures.len()).find(|i| !measures[*i].1.counts))
            // "24 percent of all arrivals".
            .or_else(|| {
                let behind = |i: &usize| {
                    let start = measures[*i].0.tokens.start;
                    let of = number.tokens.end;
                    start > of && start - of <= 4 && scene.reading.is(of, "of")
                };
                (0..measures.len()).find(behind)
            });
    }
    // "put $4 billion into factories": the words hold the number.
    if let Some(i) = order.iter().copied().find(|i| {
        let cue = &measures[*i].0.tokens;
        cue.start < number.tokens.start && cue.end >= number.tokens.end
    }) {
        return Some(i);
    }
    let next = next_value(scene, number);
    let asking = Asking {
        scene,
        measures,
        order: &order,
        number,
        next,
    };
    match count {
        true => asking.counted_by(),
        false => asking.named_by(),
    }
}

/// Whether people are followed by an aside between commas and then by what they do.
fn parenthesis(scene: &Scene<'_>, at: usize, verb: usize) -> bool {
    let r = scene.reading;
    let commas: Vec<usize> = (at..verb).filter(|i| r.tokens.tokens[*i].is(',')).collect();
    matches!(commas[..], [first, second] if first <= at + 2 && verb - second <= 2)
}

/// Whether nothing but a verb stands between a measure and its number: "the flow was 10.5 billion".
fn says(scene: &Scene<'_>, gap: std::ops::Range<usize>) -> bool {
    let r = scene.reading;
    gap.start < gap.end && gap.len() <= 5 && gap.clone().all(|i| r.is_any(i, &WORDS.copulas))
}

/// A number whose measure is looked for, and where.
#[derive(Clone, Copy)]
struct Asking<'s, 'a> {
    scene: &'s Scene<'a>,
    measures: &'s [(&'s Cue, &'s Measure)],
    /// The measures that fit, in order.
    order: &'s [usize],
    number: &'s Number<'a>,
    /// Where the next value begins.
    next: usize,
}

impl Asking<'_, '_> {
    /// What counts a bare number: the noun behind it, or one before it that is told to number so.
    fn counted_by(&self) -> Option<usize> {
        self.counted_behind().or_else(|| self.counted_before())
    }

    /// The noun behind a bare number, or the verb of its people.
    fn counted_behind(&self) -> Option<usize> {
        let r = self.scene.reading;
        let tokens = &self.number.tokens;
        // "80,000 Maldivians were tourists in Sri Lanka".
        let people = self
            .scene
            .mention_at(tokens.end)
            .is_some_and(|m| m.how != crate::names::As::Name || m.possessive);
        // "25,000 of his countrymen have come".
        let persons = |gap: &Range<usize>| r.any_in(gap.clone(), &WORDS.persons);
        let behind = |i: &usize| {
            let start = self.measures[*i].0.tokens.start;
            let gap = tokens.end..start;
            let free = gap.clone().all(|i| {
                counted(self.scene, i)
                    || (i == gap.start || i + 1 == start)
                        && r.is_any(i, &["are", "were", "is", "now", "have"])
            }) || people
                && !gap.clone().any(|i| {
                    r.tokens.tokens[i].is(',') || r.is_any(i, &["and", "have", "has", "with"])
                })
                // "2,600 Nepalis, most of them future doctors, are studying".
                || people && parenthesis(self.scene, tokens.end, start);
            // "Three classes of engineers" are not three engineers.
            let aside = people && parenthesis(self.scene, tokens.end, start);
            let free = free && (aside || !gap.clone().skip(1).any(|i| r.is(i, "of")));
            start >= tokens.end
                && start < self.next
                && gap.len() <= if people { 12 } else { 6 }
                && free
                && (people || persons(&gap) || !self.measures[*i].1.people)
        };
        // "12,000 Moldovan citizens studied in Romania" are students.
        let general = |i: &usize| self.measures[*i].1.kind == FigureKind::Other;
        let mut found = self.order.iter().copied().filter(behind);
        let first = found.next()?;
        // "Uzbekistan was visited by 1.1 million citizens".
        let just_before = |i: &usize| {
            let (cue, m) = self.measures[*i];
            m.people && cue.tokens.end <= tokens.start && tokens.start - cue.tokens.end <= 3
        };
        let by_verb = || self.order.iter().copied().filter(just_before);
        let telling = general(&first)
            .then(|| {
                found
                    .chain(by_verb())
                    .find(|i| !general(i) && self.measures[*i].1.kind != FigureKind::Flights)
            })
            .flatten();
        Some(telling.unwrap_or(first))
    }

    /// What was named before a bare number: "enterprises number 846, of which 203 are joint ventures",
    /// "two million tourists slept there; in 2021, only some 430 thousand".
    fn counted_before(&self) -> Option<usize> {
        let r = self.scene.reading;
        let tokens = &self.number.tokens;
        let closed = dated(self.scene, tokens.end) || ends_clause(self.scene, tokens.end);
        let before: Vec<usize> = self
            .order
            .iter()
            .copied()
            .filter(|i| self.measures[*i].0.tokens.end <= tokens.start)
            .filter(|i| !self.measures[*i].1.people || closed)
            .collect();
        let last = *before.last()?;
        let gap = self.measures[last].0.tokens.end..tokens.start;
        let told = r.any_in(gap.clone(), &WORDS.numbering);
        let partial = r.is_any(tokens.end, &WORDS.partial);
        if gap.len() > 30 || counts_other(self.scene, tokens.end) && !partial {
            return None;
        }
        let comma = r.tokens.tokens.get(tokens.end).is_some_and(|t| t.is(','));
        let stands = closed && (gap.len() <= 16 || !comma);
        // "Flights were resumed; there are now four a week."
        let weekly = r.is(tokens.end, "weekly")
            || r.is_any(tokens.end, &["a", "per", "each"]) && r.is(tokens.end + 1, "week");
        let flown = weekly && self.measures[last].1.kind == FigureKind::Flights;
        // "The other side would like four."
        let aimed = || {
            let status = qualify::status(self.scene, tokens, gap.clone());
            closed && status == Some(Status::Target)
        };
        let large = self
            .number
            .amount
            .is_some_and(|a| a.value() >= bilat_model::Decimal::ONE_HUNDRED);
        if !(gap.len() <= 16 && told || partial || stands && large || flown || aimed()) {
            return None;
        }
        // "77 joint ventures and 104 in full foreign ownership": of the companies told before.
        let whole = before
            .iter()
            .copied()
            .find(|i| self.measures[*i].1.kind == FigureKind::Companies);
        let joint = self.measures[last].1.kind == FigureKind::JointVentures;
        Some(whole.filter(|_| joint && partial).unwrap_or(last))
    }

    /// What a sum or change is of: words just behind it that say so, else the measure before it.
    fn named_by(&self) -> Option<usize> {
        let r = self.scene.reading;
        let tokens = &self.number.tokens;
        let before = self
            .order
            .iter()
            .copied()
            .rev()
            .find(|i| self.measures[*i].0.tokens.end <= tokens.start);
        let linked = self.linked();
        if linked.is_some() && matches!(self.number.part, Part::Level | Part::Change(_)) {
            // "exports of $5 million of goods": the strong noun before keeps its number.
            let near = before
                .filter(|b| !self.measures[*b].1.near)
                .is_some_and(|b| {
                    let gap = self.measures[b].0.tokens.end..tokens.start;
                    gap.len() <= 3 && !r.any_in(gap, &[",", "and", "with"])
                });
            if !near {
                return linked;
            }
        }
        let before = before?;
        self.wished(before).or(Some(before))
    }

    /// The measure that words just behind a number tie it to: "$36 million in investments".
    fn linked(&self) -> Option<usize> {
        let r = self.scene.reading;
        self.order.iter().copied().find(|i| {
            let start = self.measures[*i].0.tokens.start;
            let gap = self.number.tokens.end..start;
            let of = gap.is_empty()
                || gap.clone().any(|i| r.is_any(i, &WORDS.of_thing))
                || gap.len() <= 2
                    && gap.clone().all(|i| {
                        self.scene.mention_at(i).is_some()
                            || !r.is_any(i, &[",", "and", "(", ":", ";"])
                    });
            start >= self.number.tokens.end
                && start < self.next
                && gap.len() <= 5
                && of
                && gap.clone().all(|i| linking(self.scene, i))
        })
    }

    /// "…, exports doubled, and $1 billion is the wish": a wish without a measure of its own is about
    /// the turnover.
    fn wished(&self, before: usize) -> Option<usize> {
        let tokens = &self.number.tokens;
        let turnover = |i: &usize| self.measures[*i].1.kind == FigureKind::TradeTurnover;
        let end = self.measures[before].0.tokens.end;
        if self.number.part != Part::Level
            || turnover(&before)
            || !apart(self.scene, end..tokens.start)
        {
            return None;
        }
        qualify::status(self.scene, tokens, end..self.scene.range.end)?;
        let told = |i: &usize| turnover(i) && self.measures[*i].0.tokens.end <= tokens.start;
        self.order.iter().copied().rev().find(told)
    }
}

/// Where the next value begins.
fn next_value(scene: &Scene<'_>, number: &Number<'_>) -> usize {
    scene
        .amounts
        .iter()
        .find(|a| a.tokens.start >= number.tokens.end && !a.is_percent())
        .map_or(scene.range.end, |a| a.tokens.start)
}

fn fits(m: &Measure, number: &Number<'_>) -> bool {
    match (&number.part, number.amount) {
        (Part::Share, _) => m.share,
        (Part::Change(_), _) => !m.share && !m.people,
        (_, Some(a)) if a.is_money() => !m.counts && !m.share && m.kind != FigureKind::Flights,
        (_, Some(a)) if a.unit == Unit::Count => m.counts,
        _ => !m.share,
    }
}

/// Whether a noun of its own follows a number: "give work to 220,000 people".
fn counts_other(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let t = match r.tokens.tokens.get(at).filter(|_| at < scene.range.end) {
        Some(t) => t,
        None => return false,
    };
    t.kind == Kind::Word
        && !t.capital
        && !r.is_any(at, &WORDS.going_on)
        && !r.is_any(at, crate::reading::PREPOSITIONS)
        && !scene.times.iter().any(|x| x.tokens.contains(&at))
        && r.tokens.raw(at).ends_with(['s', 'e', 'n'])
        && !r.tokens.raw(at).ends_with("ed")
}

/// Whether a clause ends at a token.
pub(super) fn ends_clause(scene: &Scene<'_>, at: usize) -> bool {
    let t = scene
        .reading
        .tokens
        .tokens
        .get(at)
        .filter(|_| at < scene.range.end);
    t.is_none_or(|t| matches!(t.kind, Kind::Sign('.' | ';' | ')' | ',')))
}

/// Whether nothing of the clause but a date follows.
pub(super) fn closes(scene: &Scene<'_>, at: usize) -> bool {
    let by = |i: usize| scene.reading.is(i, "by") && dated(scene, i + 1);
    ends_clause(scene, at) || dated(scene, at) || by(at)
}

/// Whether a date or the end of a clause follows: "had counted 2.09 lakh in 2022".
fn dated(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let time = |i: usize| scene.times.iter().any(|t| t.tokens.start == i);
    time(at) || r.is_any(at, &["in", "for", "during", "of"]) && time(at + 1)
}

/// Whether a new clause begins between.
fn apart(scene: &Scene<'_>, gap: std::ops::Range<usize>) -> bool {
    let r = scene.reading;
    gap.clone().any(|i| {
        r.tokens.tokens[i].is(';')
            || r.tokens.tokens[i].is(',') && r.is_any(i + 1, &["and", "while", "but", "with"])
    })
}

/// The first measure behind a number that has none before it.
pub(super) fn ahead(
    scene: &Scene<'_>,
    measures: &[(&Cue, &Measure)],
    number: &Number<'_>,
) -> Option<usize> {
    if number.amount.is_some_and(|a| a.unit == Unit::Count)
        || !matches!(number.part, Part::Level | Part::Change(_))
    {
        return None;
    }
    let next = next_value(scene, number);
    let fitting = |weak: bool| {
        (0..measures.len()).find(|i| {
            let (cue, m) = measures[*i];
            fits(m, number)
                && m.weak == weak
                && cue.tokens.start >= number.tokens.end
                && cue.tokens.start < next
        })
    };
    fitting(false).or_else(|| fitting(true))
}

/// Words that may stand between a number and what it counts.
fn counted(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let token = &r.tokens.tokens[at];
    let stop = r.is_any(at, &WORDS.not_counted);
    match token.kind {
        Kind::Sign(c) => c == '-',
        Kind::Number => false,
        Kind::Word => !stop,
    }
}

/// Words that link a sum to what it is a sum of.
fn linking(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    r.is_any(at, &WORDS.linking) || scene.mention_at(at).is_some()
}
