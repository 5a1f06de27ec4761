//! The numbers of a sentence: which are values, which say how a value moved.

use std::ops::Range;

use bilat_model::told::FigureKind;

use super::change::{self, Told};
use super::{period, qualify};
use crate::amount::{Amount, Unit};
use crate::names::{As, Mention};
use crate::reading::Scene;
use crate::rules::{Gives, Scope};
use crate::tokens::Kind;

/// What a number is to its measure.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// A value.
    Level,
    /// An earlier value.
    Earlier,
    /// The value before it in another currency.
    Again,
    /// A change in per cent or by a multiple.
    Change(Told),
    /// A change as an amount; whether it went up.
    Difference(bool),
    /// A share.
    Share,
}

impl Part {
    /// Whether dates and words of status may belong to it.
    pub(super) fn is_value(&self) -> bool {
        matches!(self, Self::Level | Self::Earlier | Self::Share)
    }
}

/// A number with what it is.
#[derive(Clone, Debug)]
pub(super) struct Number<'a> {
    pub(super) amount: Option<&'a Amount>,
    pub(super) tokens: Range<usize>,
    pub(super) part: Part,
}

/// The numbers of a sentence that may belong to a measure, in order.
pub(super) fn numbers<'a>(scene: &Scene<'a>) -> Vec<Number<'a>> {
    let mut out: Vec<Number<'_>> = Vec::new();
    for (i, amount) in scene.amounts.iter().enumerate() {
        let multiple = change::multiple(scene, amount).is_some();
        if third_country(scene, amount)
            || third_subject(scene, &amount.tokens)
            || third_behind(scene, &amount.tokens)
            || of_people(scene, &amount.tokens)
            || amount.unit == Unit::Count && !multiple && uncounted(scene, amount)
        {
            continue;
        }
        let before = i.checked_sub(1).map(|b| &scene.amounts[b]);
        let Some(part) = part(scene, before, amount) else {
            continue;
        };
        out.push(Number {
            tokens: amount.tokens.clone(),
            amount: Some(amount),
            part,
        });
    }
    for (tokens, told) in change::words(scene) {
        let covered = out
            .iter()
            .any(|n| n.tokens.start < tokens.end && tokens.start < n.tokens.end);
        if !covered {
            out.push(Number {
                amount: None,
                tokens,
                part: Part::Change(told),
            });
        }
    }
    out.sort_by_key(|n| (n.tokens.start, n.tokens.end));
    out
}

fn part(scene: &Scene<'_>, before: Option<&Amount>, amount: &Amount) -> Option<Part> {
    if let Some(told) = change::percent(scene, amount).or_else(|| change::multiple(scene, amount)) {
        return Some(Part::Change(told));
    }
    if amount.unit == Unit::Other("percentage_point") {
        return change::difference(scene, amount).map(Part::Difference);
    }
    if amount.is_percent() {
        return share(scene, amount).then_some(Part::Share);
    }
    if before.is_some_and(|b| again(scene, b, amount)) {
        return Some(Part::Again);
    }
    if let Some(up) = change::difference(scene, amount) {
        return Some(Part::Difference(up));
    }
    Some(if earlier(scene, amount) {
        Part::Earlier
    } else {
        Part::Level
    })
}

/// Numbers of a third country that is named just before them: "Turkey ($562.4 million)".
fn third_country(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let start = amount.tokens.start;
    let Some(m) = scene.mentions.iter().rev().find(|m| m.tokens.end <= start) else {
        return false;
    };
    let between = m.tokens.end..start;
    scene.third(m)
        && !m.dateline
        && between.len() <= if m.possessive { 4 } else { 2 }
        && between.clone().all(|i| {
            r.is_any(i, &["(", "with", "at", ",", ":", "by", "'s"])
                || r.tokens.tokens[i].kind == Kind::Sign('-')
                || m.possessive
                    && r.is_any(
                        i,
                        &["was", "were", "is", "are", "figure", "share", "part", "total"],
                    )
        })
}

/// Numbers of a clause that a third country is the subject of: "China remained its main client with
/// purchases of $3.7 billion".
pub(super) fn third_subject(scene: &Scene<'_>, number: &Range<usize>) -> bool {
    let r = scene.reading;
    let opens = |i: usize| {
        r.tokens.tokens[i].is(';')
            || r.is_any(i, &["while", "whereas", "but"])
            || r.tokens.tokens[i].is(',') && r.is_any(i + 1, &["and", "with", "of"])
    };
    let clause = (scene.range.start..number.start)
        .rev()
        .find(|i| opens(*i))
        .map_or(scene.range.start, |i| i + 1);
    let mut free = scene.mentions.iter().filter(|m| {
        m.tokens.start >= clause
            && m.tokens.end <= number.start
            && !m.dateline
            && !m.venue
            && scene.preposition(m).is_none()
    });
    let Some(first) = free.next() else {
        return donor(scene, clause, number) || third_partner(scene, clause, number);
    };
    // "Indonesia and Singapore traded for 75 billion": the two of them, not the pair.
    let joined = |m: &&Mention| r.is(m.tokens.start - 1, "and") && m.tokens.start == first.tokens.end + 1;
    let mut free = free.filter(|m| !joined(m));
    let bare = first.how == As::Name && !first.possessive && !first.hyphen;
    // Another number between was of the subject; what follows goes on with the pair again.
    bare && scene.third(first)
        && first.tokens.start <= clause + 3
        && free.all(|m| scene.third(m))
        && !r.is_any(first.tokens.end, &["-", "'s"])
}

/// "With China it was 39 billion": only a third country is named, at the head of the clause.
fn third_partner(scene: &Scene<'_>, clause: usize, number: &Range<usize>) -> bool {
    let r = scene.reading;
    let within = |m: &&Mention| m.tokens.start >= clause && m.tokens.end <= number.start && !m.dateline;
    let mut named = scene.mentions.iter().filter(within);
    named.clone().all(|m| scene.third(m))
        && named.next().is_some_and(|m| {
            m.tokens.start <= clause + 2
                && m.how == As::Name
                && scene.preposition(m).is_some_and(|p| r.is_any(p, &["with", "to", "from"]))
        })
}

/// "The European Commission gives a grant of 307 million": a body of several states is the subject.
fn donor(scene: &Scene<'_>, clause: usize, number: &Range<usize>) -> bool {
    let r = scene.reading;
    const GIVES: &[&str] = &[
        "gives", "gave", "provides", "provided", "lends", "lent", "granted", "grants", "approved",
        "approves", "finances", "financed", "funds", "funded", "allocated", "allocates", "donated",
        "pledged", "invested", "offers", "offered", "extended",
    ];
    scene.organisations.iter().any(|o| {
        o.kind == crate::names::OrgKind::International
            && o.tokens.start >= clause
            && o.tokens.end <= number.start
            && r.any_in(o.tokens.end..number.start, GIVES)
    })
}

/// How many live in a country is no figure of the two.
fn of_people(scene: &Scene<'_>, number: &Range<usize>) -> bool {
    let from = scene.range.start.max(number.start.saturating_sub(6));
    scene.reading.any_in(from..number.start, &["population"])
}

/// Numbers that a third country behind them owns: "3.1 billion came from Austria".
fn third_behind(scene: &Scene<'_>, number: &Range<usize>) -> bool {
    let r = scene.reading;
    let Some(m) = scene.mentions.iter().find(|m| m.tokens.start >= number.end) else {
        return false;
    };
    let gap = number.end..m.tokens.start;
    let came = &[
        "came", "went", "comes", "goes", "from", "to", "with", "was", "were", "is", "are", "the",
    ];
    scene.third(m)
        && !m.venue
        && gap.len() <= 4
        && scene
            .preposition(m)
            .is_some_and(|p| r.is_any(p, &["from", "to", "with"]))
        && gap.clone().all(|i| r.is_any(i, came))
}

/// Bare numbers that count what is no figure: countries, sides, members of a delegation.
fn uncounted(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let next = amount.tokens.end;
    let parties = r.is_any(
        next,
        &[
            "countries",
            "sides",
            "nations",
            "states",
            "peoples",
            "governments",
            "ministers",
            "presidents",
            "leaders",
            "parties",
            "capitals",
            "economies",
            "neighbours",
            "neighbors",
            "men",
            "delegations",
            "ministries",
            "parliaments",
            "days",
            "day",
            "months",
            "weeks",
            "hours",
            "times",
            "rounds",
            "documents",
            "agreements",
            "memorandums",
            "memoranda",
            "members",
            "seats",
            "votes",
            "points",
            "cities",
            "goals",
            "-",
            "foreign",
            "heads",
            "year",
            "years",
            "decades",
            "percent",
            "others",
            "areas",
            "fields",
            "sessions",
            "meetings",
            "visits",
            "regions",
            "of",
            "republics",
            "capital",
            "sister",
            "brotherly",
            "friendly",
            "neighbouring",
        ],
    );
    let the_two = amount.words
        && amount.tokens.start > scene.range.start
        && r.is_any(
            amount.tokens.start - 1,
            &["the", "these", "those", "our", "their"],
        )
        && amount.value() == bilat_model::Decimal::TWO;
    if the_two
        && scene.cues.iter().all(
            |c| !matches!(&c.rule.gives, Gives::Measure(m) if m.counts && c.tokens.start == next),
        )
    {
        return true;
    }
    let of_them = r.is(next, "of")
        && r.is_any(
            next + 1,
            &["them", "which", "these", "those", "whom", "the"],
        );
    let tied = r.is(next, "-") && r.tokens.tokens.get(next).is_some_and(|t| !t.spaced);
    parties
        && !of_them
        && !(r.is(next, "-") && !tied)
        && !(r.is(next, "foreign") && r.is_any(next + 1, &["tourists", "companies"]))
        || delegates(scene, amount)
}

/// People and firms that come along, attend or take part are no figure of the two countries.
fn delegates(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let from = scene.range.start.max(amount.tokens.start.saturating_sub(9));
    let came = &[
        "accompanied",
        "representatives",
        "attended",
        "participated",
        "gathered",
        "participants",
        "delegation",
        "businessmen",
        "entrepreneurs",
        "delegates",
        "executives",
        "brought",
        "heads",
        "leaders",
        "joined",
        "mission",
        "hosted",
        "forum",
        "managers",
    ];
    let before = r.any_in(from..amount.tokens.start, came);
    let to = scene.range.end.min(amount.tokens.end + 9);
    let behind = r.any_in(
        amount.tokens.end..to,
        &[
            "attended",
            "participated",
            "gathered",
            "participating",
            "attend",
            "participate",
            "exhibited",
            "showcased",
            "presented",
            "exhibit",
        ],
    );
    // "800 Vietnamese attend Hungarian universities" study there.
    let students = scene.cues.iter().any(|c| {
        matches!(&c.rule.gives, Gives::Measure(m) if m.kind == FigureKind::Students)
            && c.tokens.start >= amount.tokens.end
            && c.tokens.start < to
    });
    if students {
        return false;
    }
    let part = (amount.tokens.end..to).any(|i| {
        r.is_any(i, &["took", "take", "taking", "takes"]) && r.is(i + 1, "part")
    });
    (before || behind || part)
        && !r.any_in(
            from..to,
            &[
                "capital",
                "registered",
                "operating",
                "operate",
                "work",
                "working",
                "active",
                "ownership",
                "investments",
            ],
        )
}

/// Whether a money amount repeats the one before it in another currency.
fn again(scene: &Scene<'_>, before: &Amount, amount: &Amount) -> bool {
    if !before.is_money() || !amount.is_money() || before.unit == amount.unit {
        return false;
    }
    let r = scene.reading;
    let between = before.tokens.end..amount.tokens.start;
    // "RM 4.5 billion, about US$1.4 billion".
    let hedges = &[
        "about",
        "some",
        "around",
        "roughly",
        "approximately",
        "nearly",
    ];
    if between.len() == 2 && r.is(between.start, ",") && r.is_any(between.start + 1, hedges) {
        return true;
    }
    between.len() <= 5
        && r.any_in(
            between.clone(),
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
                "~",
            ],
        )
        && !r.any_in(between, &["and", ";", "imports", "exports"])
}

/// Words between a word of comparison and its number.
const LOOSE: &[&str] = &[
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
    "to",
    "its",
    "current",
    "present",
    "at",
    "under",
    "barely",
    "slightly",
    "well",
    "with",
];

/// Whether a word of comparison stands just before the number.
fn earlier(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let start = amount.tokens.start;
    let in_time = |i: usize| scene.times.iter().any(|t| t.tokens.contains(&i));
    let compared = scene
        .cues_of(|g| matches!(g, Gives::Compare {}).then_some(()))
        .into_iter()
        .any(|(cue, ())| {
            let gap = cue.tokens.end..start;
            let single = cue.tokens.len() == 1;
            // "from 1995 to 2021 at more than $200 million": that "from" opens a period.
            if single && in_time(cue.tokens.end) {
                return false;
            }
            if cue.tokens.end > start
                || gap.len() > 12
                || single && r.is_any(cue.tokens.start, &["over", "on"])
            {
                return false;
            }
            // "from 2.1 million in 2020 to 3 million": a word of comparison with a date between.
            let words = gap.clone().filter(|i| !in_time(*i)).count();
            let limit = if single && r.is_any(cue.tokens.start, &["from", "than"]) {
                3
            } else {
                6
            };
            words <= limit
                && gap.clone().all(|i| {
                    in_time(i)
                        || r.is_any(i, LOOSE)
                        || r.is_any(
                            i,
                            &[
                                "when", "it", "was", "in", "for", "that", "stood", "(", "had",
                                "been", "which", "period", "same",
                            ],
                        )
                })
                && !(single && r.is(cue.tokens.start, "than") && hedges(scene, cue.tokens.start))
        });
    if compared || exceeds(scene, start) || multiplied(scene, start) || bracketed(scene, amount) || ago(scene, amount) {
        return true;
    }
    // "the previous year, when the figure was 52.1 billion".
    let back = scene.times.iter().any(|t| {
        let gap = t.tokens.end..start;
        // "Up 8.9 % year-on-year, of which exports were 47 million": the date is of the change.
        let of_change = scene
            .amounts
            .iter()
            .any(|a| a.is_percent() && a.tokens.end == t.tokens.start);
        let measured = scene.cues.iter().any(|c| {
            matches!(&c.rule.gives, Gives::Measure(m) if !m.weak && !m.share)
                && gap.contains(&c.tokens.start)
        });
        let before = match t.value {
            crate::time::Value::SamePeriod { shift_years } => shift_years < 0,
            crate::time::Value::SamePeriodIn { .. } => r.any_in(gap.clone(), &["when"]),
            _ => false,
        };
        before
            && !of_change
            && !measured
            && t.tokens.end <= start
            && gap.len() <= 7
            && (r.any_in(gap.clone(), &["when"])
                || !r.any_in(
                    gap.clone(),
                    &[
                        "to",
                        "reached",
                        "reaching",
                        "amounted",
                        "totalling",
                        "totaling",
                        "totaled",
                        "at",
                        "and",
                        ";",
                        "exceeded",
                        "hit",
                    ],
                ))
            && !scene.amounts.iter().any(|a| gap.contains(&a.tokens.start))
            && scene
                .amounts
                .iter()
                .any(|a| a.tokens.end <= t.tokens.start && a.unit == amount.unit)
    });
    if back {
        return true;
    }
    // "($111.5 million)" behind "than in the same period of the previous year".
    let open = start.checked_sub(1).is_some_and(|i| r.is(i, "("));
    open && scene.times.iter().any(|t| {
        t.tokens.end + 1 == start && (period::is_relative(&t.value) || period::compares(scene, t))
    })
}

/// "6 percent above the $813 million of 2017", "one fifth below 4.5 billion": what a change exceeds.
fn exceeds(scene: &Scene<'_>, start: usize) -> bool {
    let r = scene.reading;
    let from = scene.range.start.max(start.saturating_sub(4));
    let Some(at) = (from..start)
        .rev()
        .take_while(|i| *i + 1 == start || r.is_any(*i + 1, LOOSE))
        .find(|i| r.is_any(*i, &["above", "below", "over", "under", "beyond", "than", "on"]))
    else {
        return false;
    };
    // "A 55 per cent jump over".
    let noun = |i: usize| {
        scene
            .cues
            .iter()
            .any(|c| matches!(c.rule.gives, Gives::Change(_)) && c.tokens.contains(&i))
    };
    let by_percent = scene.amounts.iter().any(|a| {
        let gap = a.tokens.end..at;
        (a.is_percent() || change::multiple(scene, a).is_some())
            && a.tokens.end <= at
            && (gap.len() <= 2 || gap.len() <= 4 && gap.clone().any(noun))
            && !r.any_in(gap, &["to", "and", ",", "of"])
    });
    let by_word = scene.cues.iter().any(|c| {
        matches!(&c.rule.gives, Gives::Change(w) if w.percent.is_some()) && c.tokens.end == at
    });
    by_percent || by_word
}

/// "Double the 2.55 billion of 2016": what is multiplied.
fn multiplied(scene: &Scene<'_>, start: usize) -> bool {
    let r = scene.reading;
    scene.cues.iter().any(|c| {
        let gap = c.tokens.end..start;
        matches!(&c.rule.gives, Gives::Change(w) if w.percent.is_some())
            && c.tokens.end < start
            && gap.len() <= 4
            && r.is_any(gap.start, &["the", "that", "its", "last"])
            && gap.clone().all(|i| r.is_any(i, &["the", "that", "of", "figure", "level", "its", "some", "about"]))
    })
}

/// "… to $3.79 billion; they had been $3.35 billion a year earlier": a date just behind a further
/// value of the unit says that it came before.
fn ago(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let Some(before) = scene
        .amounts
        .iter()
        .rev()
        .find(|a| a.tokens.end <= amount.tokens.start && a.unit == amount.unit)
    else {
        return false;
    };
    let back = scene.times.iter().any(|t| {
        matches!(t.value, crate::time::Value::SamePeriod { shift_years } if shift_years < 0)
            && t.tokens.start == amount.tokens.end
    });
    let measured = scene.cues.iter().any(|c| {
        matches!(&c.rule.gives, Gives::Measure(m) if !m.weak && !m.share)
            && c.tokens.start >= before.tokens.end
            && c.tokens.end <= amount.tokens.start
    });
    back && !measured && !r.any_in(before.tokens.end..amount.tokens.start, &["from", "than"])
}

/// "(2017: EUR 287m, plus 6.3 %)", "(10.4 billion in 2017)": a value of another year in brackets
/// behind a value of the same unit.
fn bracketed(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let Some(open) = (scene.range.start..amount.tokens.start)
        .rev()
        .take(6)
        .find(|i| r.is_any(*i, &["(", ")", "["]))
    else {
        return false;
    };
    let Some(before) = scene.amounts.iter().rev().find(|a| a.tokens.end <= open) else {
        return false;
    };
    if !r.is_any(open, &["(", "["]) || before.unit != amount.unit {
        return false;
    }
    let dated = |range: Range<usize>| {
        scene.times.iter().find(|t| {
            t.tokens.start >= range.start
                && t.tokens.end <= range.end
                && !matches!(t.value, crate::time::Value::Name { .. })
        })
    };
    let close = (amount.tokens.end..scene.range.end.min(amount.tokens.end + 8))
        .find(|i| r.is_any(*i, &[")", "]"]))
        .unwrap_or(amount.tokens.end);
    let ahead = dated(open + 1..amount.tokens.start)
        .is_some_and(|t| amount.tokens.start - t.tokens.end <= 2);
    ahead || dated(amount.tokens.end..close).is_some() && open + 1 == amount.tokens.start
}

/// Whether "than" belongs to a hedge: "more than $3 million".
fn hedges(scene: &Scene<'_>, than: usize) -> bool {
    scene.cues.iter().any(|c| {
        matches!(c.rule.gives, Gives::Qualifier(_))
            && c.tokens.contains(&than)
            && !qualify::of_change(scene, c.tokens.start)
    })
}

/// Whether a percentage is a part of something.
fn share(scene: &Scene<'_>, amount: &Amount) -> bool {
    let r = scene.reading;
    let of = r.is(amount.tokens.end, "of") || r.is(amount.tokens.end, "share") || amount.words;
    let said = scene
        .cues
        .iter()
        .any(|c| matches!(&c.rule.gives, Gives::Measure(m) if m.share));
    of || said
}

/// Whether a value is told over all partners: words that say so stand between the value before it
/// and its own end, or just behind it.
pub(super) fn all_partners(
    scene: &Scene<'_>,
    values: &[Range<usize>],
    value: &Range<usize>,
) -> bool {
    let r = scene.reading;
    let before = values
        .iter()
        .rev()
        .find(|v| v.end <= value.start)
        .map_or(scene.range.start, |v| v.end);
    let next = values
        .iter()
        .find(|v| v.start >= value.end)
        .map_or(scene.range.end, |v| v.start);
    scene.cues.iter().any(|c| {
        if !matches!(
            c.rule.gives,
            Gives::Scope {
                is: Scope::AllPartners
            }
        ) {
            return false;
        }
        let ahead = c.tokens.start >= before && c.tokens.start < value.start;
        let behind = c.tokens.start >= value.end && c.tokens.start < next.min(value.end + 5);
        let gap = if ahead {
            c.tokens.end.min(value.start)..value.start
        } else {
            value.end..c.tokens.start
        };
        let broken = gap
            .clone()
            .any(|i| r.tokens.tokens[i].is(';') || ahead && r.tokens.tokens[i].is(','));
        (ahead || behind) && !broken && (aside(scene, value) || ahead && gap.len() <= 2 || !of_that(scene, c.tokens.start))
    })
}

/// Whether a value stands in brackets by itself: "64 percent of all that it bought (1.6 trillion)".
fn aside(scene: &Scene<'_>, value: &Range<usize>) -> bool {
    let r = scene.reading;
    value.start > scene.range.start && r.is(value.start - 1, "(") && r.is(value.end, ")")
}

/// "X percent of total exports": the total is what the share is of.
fn of_that(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let from = scene.range.start.max(at.saturating_sub(4));
    r.any_in(from..at, &["of", "in"])
        && scene
            .amounts
            .iter()
            .any(|a| a.is_percent() && a.tokens.end <= at && at - a.tokens.end <= 5)
}
