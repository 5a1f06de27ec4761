//! The measures of a sentence and the numbers that belong to each.

use std::ops::Range;

use bilat_model::Decimal;
use bilat_model::document::BlockKind;
use bilat_model::evidence::Qualifier;
use bilat_model::told::{Constraint, Figure, FigureKind, Status};
use bilat_model::{Country, Period};

use super::change::{self, Told};
use super::{Topic, direction, period, product, qualify};
use crate::amount::{Amount, Unit};
use crate::reading::Scene;
use crate::rules::{Cue, Gives, Measure, PartOfSpeech, Scope};

/// What a number is to its measure.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// A value.
    Level,
    /// An earlier value.
    Earlier,
    /// The same value in another currency, of the level at this place in `numbers`.
    Again(usize),
    /// A change in per cent or by a multiple.
    Change(Told),
    /// A change as an amount; whether it went up.
    Difference(Option<bool>),
    /// A share.
    Share,
}

/// A number of a group.
#[derive(Clone, Debug)]
struct Number<'a> {
    amount: Option<&'a Amount>,
    tokens: Range<usize>,
    part: Part,
}

/// A measure with its numbers.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    cue: Option<&'a Cue>,
    measure: Measure,
    numbers: Vec<Number<'a>>,
    /// Taken over from an earlier sentence.
    carried: bool,
}

fn carried(kind: FigureKind) -> Measure {
    use crate::rules::Role;
    let subject = match kind {
        FigureKind::TradeTurnover | FigureKind::Flights => None,
        FigureKind::Imports => Some(Role::To),
        _ => Some(Role::From),
    };
    Measure {
        kind,
        word: PartOfSpeech::Noun,
        subject,
        counts: matches!(
            kind,
            FigureKind::Companies
                | FigureKind::JointVentures
                | FigureKind::Tourists
                | FigureKind::Students
        ),
        weak: false,
        share: false,
    }
}

impl<'a> Group<'a> {
    /// The groups of a sentence, in the order of their first number.
    pub(super) fn of(scene: &Scene<'a>, topic: &Topic) -> Vec<Group<'a>> {
        let measures = measures(scene);
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut used = vec![None; measures.len()];
        let mut carried_group = None;
        let numbers = numbers(scene);
        for (tokens, amount, part) in numbers {
            let home = match home(scene, &measures, &tokens, amount, &part) {
                Some(home) => Some(home),
                None if part_follows(&part) && !groups.is_empty() => None,
                None => None,
            };
            match home {
                Some(m) => {
                    let at = *used[m].get_or_insert_with(|| {
                        groups.push(Group {
                            cue: Some(measures[m].0),
                            measure: measures[m].1.clone(),
                            numbers: Vec::new(),
                            carried: false,
                        });
                        groups.len() - 1
                    });
                    groups[at].push(amount, tokens, part);
                }
                None => {
                    let Some(kind) = carry(scene, topic, amount, &part, &measures) else {
                        continue;
                    };
                    let at = *carried_group.get_or_insert_with(|| {
                        groups.push(Group {
                            cue: None,
                            measure: carried(kind),
                            numbers: Vec::new(),
                            carried: true,
                        });
                        groups.len() - 1
                    });
                    groups[at].push(amount, tokens, part);
                }
            }
        }
        groups
    }

    fn push(&mut self, amount: Option<&'a Amount>, tokens: Range<usize>, part: Part) {
        let part = match part {
            // "again" is known by its neighbour; here it gets the neighbour's place.
            Part::Again(_) => match self
                .numbers
                .iter()
                .rposition(|n| matches!(n.part, Part::Level | Part::Earlier))
            {
                Some(level) => Part::Again(level),
                None => Part::Level,
            },
            part => part,
        };
        self.numbers.push(Number {
            amount,
            tokens,
            part,
        });
    }

    /// The figures of the group.
    pub(super) fn tell(
        &self,
        scene: &Scene<'_>,
        topic: &mut Topic,
        figures: &mut Vec<Figure>,
        _constraints: &mut Vec<Constraint>,
    ) {
        let Some(teller) = Teller::new(self, scene, topic) else {
            return;
        };
        teller.tell(topic, figures);
    }
}

fn part_follows(part: &Part) -> bool {
    matches!(
        part,
        Part::Earlier | Part::Again(_) | Part::Change(_) | Part::Difference(_)
    )
}

/// The measures that a sentence names; where two overlap the longer, and weak ones only where
/// nothing stronger is.
fn measures<'a>(scene: &Scene<'a>) -> Vec<(&'a Cue, &'static Measure)> {
    let all = scene.cues_of(|g| match g {
        Gives::Measure(m) => Some(m),
        _ => None,
    });
    let mut out: Vec<(&Cue, &Measure)> = Vec::new();
    for (cue, m) in &all {
        let beaten = all.iter().any(|(other, om)| {
            !std::ptr::eq(*other, *cue)
                && other.tokens.start < cue.tokens.end
                && cue.tokens.start < other.tokens.end
                && (other.tokens.len(), !om.weak) > (cue.tokens.len(), !m.weak)
        });
        if !beaten && !(m.weak && aside(scene, cue)) {
            out.push((cue, m));
        }
    }
    out
}

/// "Trade" inside a name or before a noun that makes it something else: "trade mission".
fn aside(scene: &Scene<'_>, cue: &Cue) -> bool {
    let r = scene.reading;
    let next = cue.tokens.end;
    let before = cue
        .tokens
        .start
        .checked_sub(1)
        .filter(|i| *i >= scene.range.start);
    r.tokens
        .tokens
        .get(next)
        .is_some_and(|t| t.capital || t.is('-'))
        || r.is_any(
            next,
            &[
                "mission",
                "minister",
                "ministry",
                "delegation",
                "agreement",
                "agreements",
                "union",
                "ties",
                "relations",
                "fair",
                "representative",
                "house",
                "houses",
                "centre",
                "center",
                "commission",
                "office",
                "barriers",
                "cooperation",
                "partner",
                "partners",
                "deal",
                "deals",
                "route",
                "routes",
                "policy",
                "chamber",
                "talks",
                "zone",
                "facilitation",
                "and",
                "war",
                "show",
                "council",
                "finance",
                "bank",
                "secretary",
                "attache",
                "attaché",
                "area",
                "mark",
                "name",
            ],
        ) && !(r.is(next, "and")
            && !r.is_any(
                next + 1,
                &[
                    "economic",
                    "investment",
                    "investments",
                    "industry",
                    "commerce",
                ],
            ))
        || before.is_some_and(|b| {
            r.is_any(b, &["free", "fair", "of", "and"]) && !r.is(b, "of") && !r.is(b, "and")
        })
}

/// The numbers of a sentence that may belong to a measure, each with its part.
fn numbers<'a>(scene: &Scene<'a>) -> Vec<(Range<usize>, Option<&'a Amount>, Part)> {
    let mut out: Vec<(Range<usize>, Option<&Amount>, Part)> = Vec::new();
    let changes = change::words(scene);
    for (i, amount) in scene.amounts.iter().enumerate() {
        if excluded(scene, amount) {
            continue;
        }
        let before = i.checked_sub(1).map(|b| &scene.amounts[b]);
        let part = if let Some(told) = change::percent(scene, amount) {
            Part::Change(told)
        } else if amount.is_percent() || amount.unit == Unit::Other("percentage_point") {
            match share(scene, amount) {
                true => Part::Share,
                false => continue,
            }
        } else if let Some(told) = change::multiple(scene, amount) {
            Part::Change(told)
        } else if before.is_some_and(|b| again(scene, b, amount)) {
            Part::Again(0)
        } else if let Some(up) = change::difference(scene, amount) {
            Part::Difference(up)
        } else if earlier(scene, amount) {
            Part::Earlier
        } else {
            Part::Level
        };
        out.push((amount.tokens.clone(), Some(amount), part));
    }
    for (tokens, told) in changes {
        let covered = out
            .iter()
            .any(|(t, _, _)| t.start < tokens.end && tokens.start < t.end);
        if !covered {
            out.push((tokens, None, Part::Change(told)));
        }
    }
    out.sort_by_key(|(t, _, _)| (t.start, t.end));
    out
}

/// Numbers that are nobody's value here: those of a third country named just before them, totals
/// over all partners, ranks.
fn excluded(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let start = amount.tokens.start;
    let near = scene.mentions.iter().rev().find(|m| m.tokens.end <= start);
    if let Some(m) = near
        && scene.third(m)
        && !m.dateline
    {
        let between = m.tokens.end..start;
        let direct = between.len() <= 2
            && between.clone().all(|i| {
                r.is_any(i, &["(", "with", "at", ",", ":", "-", "by", "'s"])
                    || r.tokens.tokens[i].kind == crate::tokens::Kind::Sign('-')
            });
        if direct {
            return true;
        }
    }
    false
}

/// Whether a money amount repeats the one before it in another currency.
fn again(scene: &Scene<'_>, before: &Amount, amount: &Amount) -> bool {
    if !before.is_money() || !amount.is_money() || before.unit == amount.unit {
        return false;
    }
    let r = scene.reading;
    let between = before.tokens.end..amount.tokens.start;
    between.len() <= 5
        && between.clone().any(|i| {
            r.is_any(
                i,
                &[
                    "(",
                    "or",
                    "/",
                    "equivalent",
                    "i.e",
                    "ie",
                    "[",
                    "equal",
                    "=",
                    "equals",
                    "-",
                ],
            )
        })
        && !r.any_in(between, &["and", ";", "imports", "exports"])
}

/// Whether a word of comparison stands just before the number.
fn earlier(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let start = amount.tokens.start;
    let compared = scene
        .cues_of(|g| matches!(g, Gives::Compare {}).then_some(()))
        .into_iter()
        .any(|(cue, ())| {
            let between = cue.tokens.end..start;
            let over = cue.tokens.len() == 1 && r.is_any(cue.tokens.start, &["over", "on", "than"]);
            cue.tokens.end <= start
                && !over
                && between.len() <= 4
                && between.clone().all(|i| {
                    r.is_any(
                        i,
                        &[
                            "the",
                            "a",
                            "about",
                            "some",
                            "just",
                            "only",
                            "around",
                            "nearly",
                            "almost",
                            "over",
                            "level",
                            "of",
                            "figure",
                            "almost",
                            "roughly",
                            "approximately",
                            "more",
                            "less",
                            "than",
                            "earlier",
                            "previous",
                            "last",
                            "year's",
                            "year",
                            "'s",
                            "mere",
                        ],
                    )
                })
        });
    // "from" between two countries or dates is no comparison, and "from 30 to 40" is a range.
    if compared {
        return true;
    }
    // "($111.5 million)" behind "than in the same period of the previous year".
    let open = start.checked_sub(1).is_some_and(|i| r.is(i, "("));
    open && scene.times.iter().any(|t| {
        t.tokens.end + 1 == start && period::is_relative(&t.value)
            || t.tokens.end + 1 == start && period::compares(scene, t)
    })
}

/// Whether a percentage is a part of something.
fn share(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let of = r.is(amount.tokens.end, "of") || r.is(amount.tokens.end, "share");
    let said = scene
        .cues
        .iter()
        .any(|c| matches!(&c.rule.gives, Gives::Measure(m) if m.share));
    of || said
}

/// The measure that a number belongs to.
fn home(
    scene: &Scene<'_>,
    measures: &[(&Cue, &Measure)],
    tokens: &Range<usize>,
    amount: Option<&Amount>,
    part: &Part,
) -> Option<usize> {
    let r = scene.reading;
    let counts = amount.is_some_and(|a| a.unit == Unit::Count);
    let fits = |m: &Measure| match (part, amount) {
        (Part::Share, _) => m.share,
        (Part::Change(_), _) => !m.share,
        (_, Some(a)) if a.is_money() => !m.counts && !m.share && m.kind != FigureKind::Flights,
        (_, Some(a)) if a.unit == Unit::Count => m.counts,
        (_, Some(_)) => !m.share,
        _ => !m.share,
    };
    let mut order: Vec<usize> = (0..measures.len())
        .filter(|i| fits(measures[*i].1))
        .collect();
    // Strong measures first; a weak one serves where no strong one of the sentence does.
    if order.iter().any(|i| !measures[*i].1.weak) {
        order.retain(|i| !measures[*i].1.weak);
    }
    if matches!(part, Part::Share) {
        return order
            .first()
            .copied()
            .or_else(|| (!measures.is_empty() && !measures[0].1.counts).then_some(0));
    }
    let next_amount = scene
        .amounts
        .iter()
        .find(|a| a.tokens.start >= tokens.end && !a.is_percent())
        .map_or(scene.range.end, |a| a.tokens.start);
    let behind = order.iter().copied().find(|i| {
        let cue = measures[*i].0;
        let between = tokens.end..cue.tokens.start;
        cue.tokens.start >= tokens.end
            && cue.tokens.start < next_amount
            && match counts {
                true => between.len() <= 5 && between.clone().all(|i| counted(scene, i)),
                false => {
                    between.len() <= 4
                        && (between.is_empty() || between.clone().all(|i| linking(scene, i)))
                }
            }
    });
    if behind.is_some() && (counts || !matches!(part, Part::Earlier | Part::Change(_))) {
        return behind;
    }
    let before = order
        .iter()
        .copied()
        .rev()
        .find(|i| measures[*i].0.tokens.end <= tokens.start);
    if counts {
        // "The number of companies reached 181", "86 of them", "159 are Kazakh".
        let i = before?;
        let cue = measures[i].0;
        let between = cue.tokens.end..tokens.start;
        let told = r.any_in(
            between.clone(),
            &[
                "number",
                "numbered",
                "total",
                "totalled",
                "totaled",
                "reached",
                "was",
                "is",
                "stood",
                "to",
                "at",
                "namely",
                "exceeded",
                "are",
                "were",
                "from",
                "of",
                ":",
                "including",
            ],
        );
        let partial = r.is_any(
            tokens.end,
            &[
                "of", "are", "were", "in", "with", "more", "others", "is", "have",
            ],
        );
        return (between.len() <= 12 && told || partial && between.len() <= 25).then_some(i);
    }
    match before {
        Some(i) => Some(i),
        None => behind.or_else(|| {
            // "up by 5 percent were exports": the first measure behind.
            matches!(part, Part::Change(_) | Part::Level)
                .then(|| {
                    order.iter().copied().find(|i| {
                        measures[*i].0.tokens.start >= tokens.end
                            && measures[*i].0.tokens.start < next_amount
                    })
                })
                .flatten()
        }),
    }
}

/// Words that may stand between a number and what it counts.
fn counted(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let token = &r.tokens.tokens[at];
    let stop = r.is_any(
        at,
        &[
            "and", "or", "to", "from", "by", "for", "which", "that", "are", "is", "was", "were",
            "in", "on", "at", "as", "than", "but",
        ],
    );
    match token.kind {
        crate::tokens::Kind::Sign(c) => c == '-',
        crate::tokens::Kind::Number => false,
        crate::tokens::Kind::Word => !stop,
    }
}

/// Words that link a sum to what it is a sum of.
fn linking(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    r.is_any(
        at,
        &[
            "of",
            "in",
            "worth",
            "the",
            "its",
            "total",
            "annual",
            "direct",
            "foreign",
            "bilateral",
            "mutual",
            "goods",
            "a",
            "two-way",
            "annually",
            "trade",
            "concessional",
            "soft",
            "(",
            "new",
            "'s",
            "'",
            "net",
        ],
    ) || scene.mention_at(at).is_some()
}

/// The measure of an earlier sentence, where a number here goes on with it.
fn carry(
    scene: &Scene<'_>,
    topic: &Topic,
    amount: Option<&Amount>,
    part: &Part,
    measures: &[(&Cue, &Measure)],
) -> Option<FigureKind> {
    let kind = topic.kind?;
    if scene.index > topic.sentence + 2 {
        return None;
    }
    let money_kind = !matches!(
        kind,
        FigureKind::Companies
            | FigureKind::JointVentures
            | FigureKind::Tourists
            | FigureKind::Students
            | FigureKind::Flights
    );
    match (part, amount) {
        (Part::Change(_), _) => measures.is_empty().then_some(kind),
        (Part::Share, _) => Some(FigureKind::Other),
        (_, Some(a)) if a.is_money() => {
            (money_kind && measures.iter().all(|(_, m)| m.weak || m.counts)).then_some(kind)
        }
        (_, Some(a)) if a.unit == Unit::Count => {
            let r = scene.reading;
            let partial = r.is_any(a.tokens.end, &["of", "are", "were", "is"]);
            (!money_kind && partial && measures.is_empty()).then_some(kind)
        }
        _ => None,
    }
}

/// Makes the figures of a group.
struct Teller<'s, 'g, 'a> {
    scene: &'s Scene<'s>,
    group: &'g Group<'a>,
    ends: (Country, Country),
    kind: FigureKind,
    product: Option<String>,
    sentence_period: Option<Period>,
}

impl<'s, 'g, 'a> Teller<'s, 'g, 'a> {
    /// `None` when the numbers are not the pair's.
    fn new(group: &'g Group<'a>, scene: &'s Scene<'s>, topic: &Topic) -> Option<Self> {
        let first = group.numbers.first()?.tokens.start;
        if let Some(cue) = group.cue
            && all_partners(scene, cue, first)
        {
            return None;
        }
        let ends = direction::ends(
            scene,
            group.cue,
            &group.measure,
            first,
            topic,
            group.carried,
        )?;
        let product = match group.cue {
            Some(cue) => product::of(scene, cue),
            None => topic.product.clone(),
        };
        Some(Self {
            scene,
            group,
            ends,
            kind: group.measure.kind,
            product,
            sentence_period: period::of_sentence(scene),
        })
    }

    fn tell(&self, topic: &mut Topic, figures: &mut Vec<Figure>) {
        let mut level: Option<usize> = None;
        let mut made: Vec<Option<usize>> = Vec::new();
        let mut waiting_change: Vec<(Told, Range<usize>)> = Vec::new();
        let mut waiting_earlier: Vec<usize> = Vec::new();
        let mut last_period = None;
        for number in &self.group.numbers {
            let mut index = None;
            match &number.part {
                Part::Level | Part::Share => {
                    let Some(figure) = self.level(number, topic, last_period) else {
                        continue;
                    };
                    last_period = figure.period.or(last_period);
                    figures.push(figure);
                    let at = figures.len() - 1;
                    for (told, tokens) in waiting_change.drain(..) {
                        self.change(&mut figures[at], &told, &tokens);
                    }
                    for earlier in waiting_earlier.drain(..) {
                        self.date_earlier(figures, earlier, at);
                    }
                    level = Some(at);
                    index = Some(at);
                }
                Part::Earlier => {
                    let Some(mut figure) = self.level(number, topic, None) else {
                        continue;
                    };
                    figure.status = None;
                    let own = period::near(self.scene, &number.tokens, self.bounds(&number.tokens));
                    figure.period = own;
                    figures.push(figure);
                    let at = figures.len() - 1;
                    match level {
                        Some(main) => self.date_earlier(figures, at, main),
                        None => waiting_earlier.push(at),
                    }
                    index = Some(at);
                }
                Part::Again(of) => {
                    if let (Some(Some(at)), Some(amount)) = (made.get(*of), number.amount)
                        && let Some(alt) = qualify::alternative(self.scene, amount)
                    {
                        figures[*at].alt.push(alt);
                    }
                }
                Part::Change(told) => match level {
                    Some(at) if figures[at].change.is_none() && !told.opens => {
                        self.change(&mut figures[at], told, &number.tokens)
                    }
                    _ => waiting_change.push((told.clone(), number.tokens.clone())),
                },
                Part::Difference(up) => {
                    if let Some(amount) = number.amount {
                        let value = amount.value();
                        let signed = if *up == Some(false) { -value } else { value };
                        match level {
                            Some(at) => figures[at].change_abs = Some(signed),
                            None => {
                                let Some(mut figure) = self.bare(number, topic) else {
                                    continue;
                                };
                                figure.unit = amount.unit.code().to_owned();
                                figure.change_abs = Some(signed);
                                figures.push(figure);
                                level = Some(figures.len() - 1);
                                index = level;
                                for (told, tokens) in waiting_change.drain(..) {
                                    self.change(&mut figures[level.unwrap_or(0)], &told, &tokens);
                                }
                            }
                        }
                    }
                }
            }
            made.push(index);
        }
        for (told, tokens) in waiting_change {
            self.only_change(topic, figures, &told, &tokens, &mut level);
        }
        self.remember(topic, figures, level);
    }

    /// A change without a value: of the level before it where the sentence names no measure, else
    /// a figure of its own.
    fn only_change(
        &self,
        topic: &Topic,
        figures: &mut Vec<Figure>,
        told: &Told,
        tokens: &Range<usize>,
        level: &mut Option<usize>,
    ) {
        if self.group.cue.is_none()
            && let Some(at) = topic.level
            && figures[at].change.is_none()
        {
            self.change(&mut figures[at], told, tokens);
            return;
        }
        if self.group.cue.is_none() || !change::stands_alone(self.scene, told, tokens) {
            return;
        }
        let number = Number {
            amount: None,
            tokens: tokens.clone(),
            part: Part::Level,
        };
        let Some(mut figure) = self.bare(&number, topic) else {
            return;
        };
        figure.unit = "percent".to_owned();
        self.change(&mut figure, told, tokens);
        figures.push(figure);
        *level = level.or(Some(figures.len() - 1));
    }

    fn remember(&self, topic: &mut Topic, figures: &[Figure], level: Option<usize>) {
        if let Some(at) = level {
            let figure = &figures[at];
            if figure.status.is_none() && figure.unit != "percent" {
                topic.level = Some(at);
            }
            if self.kind != FigureKind::Other {
                topic.kind = Some(self.kind);
                topic.ends = Some((figure.from, figure.to));
                topic.product = self.product.clone();
            }
            if figure.status.is_none() && figure.period.is_some() && !self.group.measure.counts {
                topic.period = figure.period;
            }
            topic.sentence = self.scene.index;
        }
    }

    /// The tokens around a number that are its own: from the number before to the number behind.
    fn bounds(&self, tokens: &Range<usize>) -> Range<usize> {
        let scene = self.scene;
        let own = |a: &&Amount| !a.is_percent();
        let before = scene
            .amounts
            .iter()
            .rev()
            .filter(own)
            .find(|a| a.tokens.end <= tokens.start);
        let after = scene
            .amounts
            .iter()
            .filter(own)
            .find(|a| a.tokens.start >= tokens.end);
        before.map_or(scene.range.start, |a| a.tokens.end)
            ..after.map_or(scene.range.end, |a| a.tokens.start)
    }

    /// A figure with nothing but what the group knows.
    fn bare(&self, number: &Number<'_>, topic: &Topic) -> Option<Figure> {
        let scene = self.scene;
        let own = period::near(scene, &number.tokens, self.bounds(&number.tokens));
        let status = qualify::status(scene, &number.tokens, self.bounds(&number.tokens));
        let period = own
            .or(self.sentence_period)
            .or_else(|| self.inherited(topic, status));
        let span = self.span(&number.tokens);
        Some(Figure {
            kind: self.kind,
            from: self.ends.0,
            to: self.ends.1,
            value: None,
            value_max: None,
            unit: String::new(),
            qualifier: Qualifier::Exact,
            period,
            change_percent: None,
            change_qualifier: None,
            change_abs: None,
            compare_period: None,
            product: self.product.clone(),
            status,
            alt: Vec::new(),
            interval: None,
            change: None,
            attribution: None,
            headline: scene.sentence.kind == BlockKind::Headline,
            quote: scene.reading.tokens.text[span.start..span.end].to_owned(),
            span,
            rules: self
                .group
                .cue
                .map(|c| vec![c.rule.id.clone()])
                .unwrap_or_default(),
        })
    }

    /// The period of a number whose sentence tells none.
    fn inherited(&self, topic: &Topic, status: Option<Status>) -> Option<Period> {
        if status.is_some() {
            return None;
        }
        if self.group.measure.counts {
            // A stock is told as of the day of writing.
            let stock = matches!(self.kind, FigureKind::Companies | FigureKind::JointVentures);
            return self
                .scene
                .reading
                .published
                .filter(|_| stock)
                .map(|d| Period::Year(d.year()));
        }
        match self.kind {
            FigureKind::FdiStock | FigureKind::Investment | FigureKind::Loans => None,
            _ => topic.period,
        }
    }

    /// The bytes from the measure or the number, whichever comes first, to the end of either.
    fn span(&self, tokens: &Range<usize>) -> bilat_model::document::Span {
        let mut range = tokens.clone();
        if let Some(cue) = self.group.cue {
            let near = cue.tokens.start.abs_diff(tokens.start) < 40;
            if near {
                range = range.start.min(cue.tokens.start)..range.end.max(cue.tokens.end);
            }
        }
        self.scene.reading.tokens.span(&range)
    }

    fn level(
        &self,
        number: &Number<'_>,
        topic: &Topic,
        last_period: Option<Period>,
    ) -> Option<Figure> {
        let amount = number.amount?;
        let mut figure = self.bare(number, topic)?;
        let own = period::near(self.scene, &number.tokens, self.bounds(&number.tokens));
        if own.is_none() && last_period.is_some() && figure.status.is_none() {
            figure.period = last_period;
        }
        if figure.status.is_some() && own.is_none() {
            figure.period = None;
        }
        qualify::amount(self.scene, amount, &mut figure);
        Some(figure)
    }

    fn change(&self, figure: &mut Figure, told: &Told, tokens: &Range<usize>) {
        if figure.unit.is_empty() {
            figure.unit = "percent".to_owned();
        }
        change::put(self.scene, figure, told, tokens);
        figure.compare_period = period::compared(self.scene, figure.period, tokens);
        figure.span = figure.span.hull(&self.scene.reading.tokens.span(tokens));
        figure.quote =
            self.scene.reading.tokens.text[figure.span.start..figure.span.end].to_owned();
    }

    /// An earlier value's period follows from the later one's, unless its own date is told.
    fn date_earlier(&self, figures: &mut [Figure], earlier: usize, main: usize) {
        let main_period = figures[main].period;
        let own = figures[earlier].period.filter(|p| Some(*p) != main_period);
        let period = own
            .or_else(|| figures[main].compare_period)
            .or_else(|| period::compared(self.scene, main_period, &(self.scene.range.clone())))
            .or_else(|| main_period.and_then(|p| p.shift_years(-1)));
        figures[earlier].period = period;
        figures[earlier].product = figures[main].product.clone();
    }
}

/// Whether the measure is told over all partners.
fn all_partners(scene: &Scene<'_>, cue: &Cue, number: usize) -> bool {
    let reach =
        cue.tokens.start.saturating_sub(6).max(scene.range.start)..cue.tokens.end.max(number) + 1;
    scene.cues.iter().any(|c| {
        matches!(
            c.rule.gives,
            Gives::Scope {
                is: Scope::AllPartners
            }
        ) && c.tokens.start >= reach.start
            && c.tokens.start < reach.end
    })
}

#[allow(unused)]
fn unused(_: Decimal) {}
