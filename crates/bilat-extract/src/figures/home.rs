//! Which measure a number belongs to.

use bilat_model::told::FigureKind;

use super::Topic;
use super::numbers::{Number, Part};
use super::qualify;
use crate::amount::Unit;
use crate::reading::Scene;
use crate::rules::{Cue, Gives, Measure};
use crate::tokens::Kind;

/// The measures that a sentence names; where two overlap the longer, and weak ones only where
/// nothing stronger is.
pub(super) fn measures<'a>(scene: &Scene<'a>) -> Vec<(&'a Cue, &'static Measure)> {
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
                && rank(other, om) > rank(cue, m)
        });
        if !beaten && !(m.weak && aside(scene, cue)) && !goods(scene, cue, m) {
            out.push((cue, m));
        }
    }
    out
}

/// Of two measures at one place the longer, then the stronger, then the noun is meant.
fn rank(cue: &Cue, m: &Measure) -> (usize, bool, bool) {
    (
        cue.tokens.len(),
        !m.weak,
        m.word == crate::rules::PartOfSpeech::Noun,
    )
}

/// Vehicles and the like that are what is sold: "sales of tractors".
fn goods(scene: &Scene<'_>, cue: &Cue, m: &Measure) -> bool {
    let r = scene.reading;
    let at = cue.tokens.start;
    m.kind == FigureKind::Other
        && m.counts
        && at >= scene.range.start + 2
        && r.is(at - 1, "of")
        && r.is_any(
            at - 2,
            &[
                "sales",
                "exports",
                "imports",
                "shipments",
                "deliveries",
                "supplies",
                "purchases",
            ],
        )
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

/// The measure that a number belongs to, by its place in `measures`.
pub(super) fn home(
    scene: &Scene<'_>,
    measures: &[(&Cue, &Measure)],
    number: &Number<'_>,
) -> Option<usize> {
    let count = number.part.is_value() && number.amount.is_some_and(|a| a.unit == Unit::Count);
    let near = |i: &usize| {
        let (cue, m) = measures[*i];
        !m.near
            || cue.tokens.end <= number.tokens.start && number.tokens.start - cue.tokens.end <= 3
    };
    let mut order: Vec<usize> = (0..measures.len())
        .filter(near)
        .filter(|i| fits(measures[*i].1, number))
        .collect();
    // A weak measure serves where no strong one stands before the number.
    let strong = |i: &usize| !measures[*i].1.weak;
    if order
        .iter()
        .any(|i| strong(i) && measures[*i].0.tokens.start < number.tokens.start)
    {
        order.retain(strong);
    }
    if number.part == Part::Share {
        return order
            .first()
            .copied()
            .or_else(|| (0..measures.len()).find(|i| !measures[*i].1.counts));
    }
    // "put $4 billion into factories": the words hold the number.
    if let Some(i) = order.iter().copied().find(|i| {
        let cue = &measures[*i].0.tokens;
        cue.start < number.tokens.start && cue.end > number.tokens.end
    }) {
        return Some(i);
    }
    let next = next_value(scene, number);
    match count {
        true => counted_by(scene, measures, &order, number, next),
        false => named_by(scene, measures, &order, number, next),
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

/// What counts a bare number: the noun behind it, or one before it that is told to number so.
fn counted_by(
    scene: &Scene<'_>,
    measures: &[(&Cue, &Measure)],
    order: &[usize],
    number: &Number<'_>,
    next: usize,
) -> Option<usize> {
    let r = scene.reading;
    let tokens = &number.tokens;
    // "80,000 Maldivians were tourists in Sri Lanka".
    let people = scene
        .mention_at(tokens.end)
        .is_some_and(|m| m.how != crate::names::As::Name || m.possessive);
    let behind = order.iter().copied().find(|i| {
        let start = measures[*i].0.tokens.start;
        let gap = tokens.end..start;
        let free = gap
            .clone()
            .all(|i| counted(scene, i) || i == gap.start && r.is_any(i, &["are", "were", "is"]))
            || people
                && !gap
                    .clone()
                    .any(|i| r.tokens.tokens[i].is(',') || r.is(i, "and"));
        start >= tokens.end
            && start < next
            && gap.len() <= 6
            && free
            && (people || !measures[*i].1.people)
    });
    if behind.is_some() {
        return behind;
    }
    let before: Vec<usize> = order
        .iter()
        .copied()
        .filter(|i| measures[*i].0.tokens.end <= tokens.start && !measures[*i].1.people)
        .collect();
    let last = *before.last()?;
    let gap = measures[last].0.tokens.end..tokens.start;
    let told = r.any_in(
        gap.clone(),
        &[
            "number", "numbered", "total", "totalled", "totaled", "reached", "was", "stood", "to",
            "at", "namely", "exceeded", "from", ":", "numbers", "amounted", "came",
        ],
    );
    let partial = r.is_any(
        tokens.end,
        &[
            "of",
            "are",
            "were",
            "in",
            "with",
            "more",
            "others",
            "is",
            "have",
            "fully",
            "wholly",
            "came",
            "arrived",
            "visited",
            "travelled",
            "went",
        ],
    );
    if gap.len() <= 16 && told || partial && gap.len() <= 30 {
        // "77 joint ventures and 104 in full foreign ownership": of the companies told before.
        let whole = before
            .iter()
            .copied()
            .find(|i| measures[*i].1.kind == FigureKind::Companies);
        let joint = measures[last].1.kind == FigureKind::JointVentures;
        return Some(whole.filter(|_| joint && partial).unwrap_or(last));
    }
    None
}

/// What a sum or change is of: words just behind it that say so, else the measure before it.
fn named_by(
    scene: &Scene<'_>,
    measures: &[(&Cue, &Measure)],
    order: &[usize],
    number: &Number<'_>,
    next: usize,
) -> Option<usize> {
    let r = scene.reading;
    let tokens = &number.tokens;
    let start = |i: usize| measures[i].0.tokens.start;
    let linked = order.iter().copied().find(|i| {
        let gap = tokens.end..start(*i);
        let of = gap.is_empty()
            || gap.clone().any(|i| {
                r.is_any(
                    i,
                    &["of", "in", "worth", "'", "-", "were", "was", "are", "is"],
                )
            })
            || gap.len() <= 2
                && gap
                    .clone()
                    .all(|i| scene.mention_at(i).is_some() || !r.is_any(i, &[",", "and", "("]));
        start(*i) >= tokens.end
            && start(*i) < next
            && gap.len() <= 5
            && of
            && gap.clone().all(|i| linking(scene, i))
    });
    if linked.is_some() && matches!(number.part, Part::Level | Part::Change(_)) {
        let before = order
            .iter()
            .copied()
            .rev()
            .find(|i| measures[*i].0.tokens.end <= tokens.start);
        // "exports of $5 million of goods": the strong noun before keeps its number.
        let near = before.is_some_and(|b| {
            if measures[b].1.near {
                return false;
            }
            let gap = measures[b].0.tokens.end..tokens.start;
            gap.len() <= 3 && !r.any_in(gap, &[",", "and", "with"])
        });
        if !near {
            return linked;
        }
    }
    let before = order
        .iter()
        .copied()
        .rev()
        .find(|i| measures[*i].0.tokens.end <= tokens.start)?;
    let before: usize = before;
    // "…, exports doubled, and $1 billion is the wish": a wish without a measure of its own is
    // about the turnover.
    if number.part == Part::Level
        && measures[before].1.kind != FigureKind::TradeTurnover
        && let Some(turnover) = order.iter().copied().rev().find(|i| {
            measures[*i].1.kind == FigureKind::TradeTurnover
                && measures[*i].0.tokens.end <= tokens.start
        })
        && apart(scene, measures[before].0.tokens.end..tokens.start)
        && qualify::status(
            scene,
            tokens,
            measures[before].0.tokens.end..scene.range.end,
        )
        .is_some()
    {
        return Some(turnover);
    }
    Some(before)
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
    let stop = r.is_any(
        at,
        &[
            "and", "or", "to", "from", "by", "for", "which", "that", "are", "is", "was", "were",
            "in", "on", "at", "as", "than", "but", "with",
        ],
    );
    match token.kind {
        Kind::Sign(c) => c == '-',
        Kind::Number => false,
        Kind::Word => !stop,
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
            "-",
            "low",
            "interest",
            "were",
            "was",
            "are",
            "is",
            "rise",
            "increase",
            "growth",
            "drop",
            "fall",
            "decline",
            "decrease",
            "jump",
            "surge",
        ],
    ) || scene.mention_at(at).is_some()
}

/// The measure of an earlier sentence, where a number here goes on with it.
pub(super) fn carry(
    scene: &Scene<'_>,
    topic: &Topic,
    number: &Number<'_>,
    measures: &[(&Cue, &Measure)],
) -> Option<FigureKind> {
    use FigureKind::{Companies, Flights, JointVentures, Students, Tourists};
    let kind = topic.last.kind?;
    if scene.index > topic.sentence + 2 {
        return None;
    }
    let r = scene.reading;
    let counts = matches!(
        kind,
        Companies | JointVentures | Tourists | Students | Flights
    );
    match (&number.part, number.amount) {
        (Part::Change(_), _) => measures.is_empty().then_some(kind),
        (Part::Share, _) => Some(kind),
        (_, Some(a)) if a.is_money() && own_noun(scene, a.tokens.start) => None,
        (_, Some(a)) if a.is_money() => {
            (!counts && measures.iter().all(|(_, m)| m.weak || m.counts)).then_some(kind)
        }
        (_, Some(a)) if a.unit == Unit::Count => {
            let partial = r.is_any(a.tokens.end, &["of", "are", "were", "is"]);
            (counts && partial && measures.is_empty()).then_some(kind)
        }
        _ => None,
    }
}

/// Whether a noun of its own says what a sum is: "a bridge of $3 million" goes on with nothing.
fn own_noun(scene: &Scene<'_>, start: usize) -> bool {
    let r = scene.reading;
    let Some(of) = start.checked_sub(2).filter(|i| *i > scene.range.start) else {
        return false;
    };
    r.is_any(of + 1, &["of", "worth"])
        && !r.tokens.tokens[of].capital
        && !r.is_any(
            of,
            &[
                "figure",
                "total",
                "amount",
                "level",
                "value",
                "volume",
                "sum",
                "mark",
                "record",
                "high",
                "out",
                "result",
                "rate",
                "maximum",
                "minimum",
                "peak",
                "low",
                "equivalent",
                "instead",
                "average",
            ],
        )
}
