//! Which cues of a sentence tell an act, when several lie over or beside each other.

use std::ops::Range;

use bilat_model::evidence::EventKind as K;

use super::again;
use super::breaks::Breaks;
use super::persons;
use super::telling::of_a_founding;
use super::words::WORDS;
use crate::names::As;
use crate::reading::Scene;
use crate::rules::{Cue, EventWord, Gives};

/// A cue with what it tells.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) cue: Cue,
    pub(super) word: &'static EventWord,
}

/// Of two cues over one another, the kind that says more goes first.
fn rank(word: &EventWord) -> u8 {
    match word.kind {
        K::Other if word.weight > 2 => 8,
        K::EmbassyOpening => 0,
        K::CommissionSession => 1,
        K::Consultations => 2,
        K::Support => 3,
        K::Anniversary => 4,
        K::DiplomaticRelations => 5,
        K::Memorial => 6,
        K::Forum => 7,
        K::Agreement => 8,
        K::Visit => 9,
        K::Sport => 10,
        K::Culture => 11,
        K::Meeting => 12,
        _ => 13,
    }
}

/// "The third session of the commission is expected in Ottawa": nobody visits, for the clause tells
/// a gathering and names no person.
fn of_nobody(scene: &Scene<'_>, breaks: &Breaks, t: &Told, kinds: &[(K, u8, u32)]) -> bool {
    let clause = breaks.clause(t.cue.tokens.start);
    let gathering = |(k, weight, c): &(K, u8, u32)| {
        matches!(k, K::CommissionSession | K::Consultations | K::Forum)
            && *weight > 1
            && *c == clause
    };
    let from = breaks.around(&t.cue.tokens).start;
    let person = scene.reading.is(from, "who")
        || scene
            .persons
            .iter()
            .any(|p| breaks.clause(p.tokens.start) == clause);
    t.word.kind == K::Visit && !person && kinds.iter().any(gathering)
}

/// "The commission was set up in 1987" tells no session.
fn founded(scene: &Scene<'_>, t: &Told) -> bool {
    let end = t.cue.tokens.end;
    let behind = end..scene.range.end.min(end + 4);
    let r = scene.reading;
    t.word.kind == K::CommissionSession
        && r.any_in(behind.clone(), &["was", "were", "been"])
        && of_a_founding(scene, behind)
}

/// "The European Commission met": a body of others.
fn of_others(scene: &Scene<'_>, t: &Told) -> bool {
    let r = scene.reading;
    let from = t.cue.tokens.start.max(scene.range.start + 1);
    let named = |i: usize| r.is_any(i, &WORDS.commissions) && r.is_any(i - 1, &WORDS.other_bodies);
    t.word.kind == K::CommissionSession && (from..t.cue.tokens.end).any(named)
}

/// The acts that a sentence may tell.
pub(super) fn acts(scene: &Scene<'_>, breaks: &Breaks) -> Vec<Told> {
    let mut found: Vec<Told> = scene
        .cues
        .iter()
        .filter_map(|cue| again::told(scene.reading, cue))
        .filter(|t| !denied(scene, t) && !called_off(scene, breaks, t))
        .filter(|t| !counted(scene, breaks, t) && !purpose(scene, t))
        .collect();
    let tight: Vec<(K, Range<usize>)> = found
        .iter()
        .filter(|t| !torn(breaks, &t.cue.tokens))
        .map(|t| (t.word.kind, t.cue.tokens.clone()))
        .collect();
    // A verb of one clause takes no object out of the next, when that has a verb of its own.
    found.retain(|t| {
        let own = |(k, c): &(K, Range<usize>)| {
            *k == t.word.kind && c.start < t.cue.tokens.end && t.cue.tokens.start < c.start
        };
        !torn(breaks, &t.cue.tokens) || !tight.iter().any(own)
    });
    // "The third session of the consultations": no commission is named.
    let other = found.iter().any(|t| {
        t.word.weight >= 2
            && matches!(
                t.word.kind,
                K::Consultations | K::Forum | K::Culture | K::Sport
            )
    });
    let named = |t: &Told| {
        scene
            .reading
            .any_in(t.cue.tokens.clone(), &WORDS.commissions)
            && !scene.reading.any_in(t.cue.tokens.clone(), &["business"])
    };
    found.retain(|t| t.word.kind != K::CommissionSession || !other || named(t));
    // The best first: what lies over it and says less is left out.
    found.sort_by_key(|t| {
        (
            rank(t.word),
            3 - t.word.weight.min(3),
            t.word.weight == 1 && !t.word.planned,
            t.cue.tokens.start,
            usize::MAX - t.cue.tokens.end,
        )
    });
    let mut kept: Vec<Told> = Vec::new();
    for t in found {
        if !kept.iter().any(|k| covers(k, &t)) {
            kept.push(t);
        }
    }
    let kinds: Vec<(K, u8, u32)> = kept
        .iter()
        .map(|t| {
            (
                t.word.kind,
                t.word.weight,
                breaks.clause(t.cue.tokens.start),
            )
        })
        .collect();
    kept.retain(|t| !subsumed(scene, breaks, t, &kinds));
    kept.retain(|t| {
        !of_nobody(scene, breaks, t, &kinds) && !founded(scene, t) && !of_others(scene, t)
    });
    if kept.iter().all(|t| t.word.weight < 2) {
        let seen = persons::acts(scene, breaks);
        kept.retain(|t| seen.is_empty() || t.word.kind != K::Visit);
        kept.extend(seen.into_iter().filter(|t| !counted(scene, breaks, t)));
    }
    kept.sort_by_key(|t| t.cue.tokens.start);
    kept
}

/// Whether the words of a cue lie in two clauses.
fn torn(breaks: &Breaks, cue: &Range<usize>) -> bool {
    breaks.clause(cue.start) != breaks.clause(cue.end.saturating_sub(1))
}

/// Whether an act is only what another was for: "in Port Moresby for talks", "flew there to take
/// part in the Democracy Forum".
fn purpose(scene: &Scene<'_>, t: &Told) -> bool {
    if !matches!(t.word.kind, K::Meeting | K::Forum) || t.word.weight > 2 {
        return false;
    }
    let r = scene.reading;
    let travels = scene.cues.iter().any(|c| {
        c.tokens.start < t.cue.tokens.start
            && matches!(&c.rule.gives, Gives::Event(w) if w.kind == K::Visit)
    });
    let from = t.cue.tokens.start.saturating_sub(8).max(scene.range.start);
    let before = from..t.cue.tokens.start;
    let aim = before.clone().any(|i| {
        let noun = r.is(i, "for") && t.word.kind == K::Meeting && i + 4 >= t.cue.tokens.start;
        noun || r.is(i, "to") && r.is_any(i + 1, &WORDS.attending)
    });
    let bilateral = t.word.kind == K::Forum
        && !r.tokens.tokens[t.cue.tokens.start].capital
        && t.cue.tokens.len() > 1;
    travels && aim && !bilateral
}

/// Whether a cue says nothing beyond one that was kept.
fn covers(kept: &Told, other: &Told) -> bool {
    let (a, b) = (&kept.cue.tokens, &other.cue.tokens);
    let overlap = a.start < b.end && b.start < a.end;
    if kept.word.kind == other.word.kind {
        // An older one named by its year alone stands beside ("to replace one from the 1990s").
        return overlap && !(other.word.weight == 1 && kept.word.weight > 1 && a.start != b.start);
    }
    let joined = a.start == b.start || a.end == b.end;
    let short = b.len() <= 3 && a.start <= b.start && b.end <= a.end;
    let gathering = |k: K| {
        matches!(
            k,
            K::Meeting | K::Consultations | K::CommissionSession | K::Forum | K::Visit
        )
    };
    overlap
        && (joined
            || short && other.word.weight < 3
            || gathering(kept.word.kind) && gathering(other.word.kind)
            || kept.word.kind == K::Anniversary)
}

/// Whether the same sentence tells the act as part of a larger one.
fn subsumed(scene: &Scene<'_>, breaks: &Breaks, t: &Told, kinds: &[(K, u8, u32)]) -> bool {
    let clause = breaks.clause(t.cue.tokens.start);
    let any = |wanted: &[K]| kinds.iter().any(|(k, w, _)| wanted.contains(k) && *w >= 2);
    let beside = |wanted: &[K]| {
        kinds
            .iter()
            .any(|(k, w, c)| wanted.contains(k) && *w >= 2 && *c == clause)
    };
    let r = scene.reading;
    match t.word.kind {
        // "A concert for the anniversary": the concert was held.
        K::Anniversary | K::DiplomaticRelations if dedicated(scene, &t.cue.tokens) => {
            any(&[K::Culture, K::Memorial, K::Forum, K::Sport])
        }
        // Where its signing is told too, that is the act.
        K::Agreement if t.word.weight == 1 && t.cue.rule.id.ends_with("force") => {
            any(&[K::Agreement])
        }
        // What ministers want is no meeting of theirs.
        K::Meeting if t.word.weight == 1 && wished(scene, breaks, &t.cue.tokens) => true,
        K::Meeting => {
            any(&[K::Consultations, K::CommissionSession, K::Sport])
                || beside(&[K::Visit, K::Sport]) && !own_day(scene, breaks, t)
                || beside(&[K::Forum, K::Memorial, K::EmbassyOpening]) && !own_verb(scene, t)
        }
        // "A seminar on Monday marked 20 years since the treaty": the anniversary was marked by it.
        K::Forum if t.word.weight < 3 => marked_by(scene, breaks, t),
        K::Culture if t.word.weight < 3 => {
            let of = |wanted: K| {
                scene
                    .cues
                    .iter()
                    .find(|c| matches!(&c.rule.gives, Gives::Event(w) if w.kind == wanted))
            };
            let marked = of(K::Anniversary).filter(|c| {
                // Each with a date of its own: "mark 30 years on 26 March, and a film week opens on
                // the same day".
                let nearest = |cue: &Range<usize>| {
                    let times = scene.times.iter().filter(|x| !x.dateline);
                    times
                        .min_by_key(|x| breaks.distance(cue, &x.tokens))
                        .map(|x| x.tokens.start)
                };
                let apart = nearest(&c.tokens) != nearest(&t.cue.tokens);
                !dedicated(scene, &c.tokens) && !apart
            });
            any(&[K::Memorial]) || marked.is_some()
        }
        K::Visit if t.word.weight == 1 => beside(&[
            K::CommissionSession,
            K::Consultations,
            K::Forum,
            K::Meeting,
            K::Culture,
            K::Sport,
            K::EmbassyOpening,
            K::Anniversary,
            K::Memorial,
        ]),
        K::Visit if t.word.weight == 3 => {
            r.any_in(t.cue.tokens.clone(), &["mission"]) && any(&[K::CommissionSession])
                || beside(&[K::Other]) && of_firms(scene, breaks, t)
        }
        K::DiplomaticRelations => {
            // "The anniversary of the establishment of relations" names no act of its own.
            let bare = r.any_in(
                t.cue.tokens.clone(),
                &["establishment", "resumption", "restoration"],
            );
            // "It will be 70 years since they took up relations", without a date of its own.
            let from = t.cue.tokens.start.saturating_sub(7).max(scene.range.start);
            let since = (from..t.cue.tokens.start).rev().find(|i| r.is(*i, "since"));
            let counted = since.is_some_and(|at| {
                let own = at..(t.cue.tokens.end + 4).min(scene.range.end);
                !scene.times.iter().any(|x| own.contains(&x.tokens.start))
            });
            (bare || counted) && any(&[K::Anniversary])
        }
        K::Other if t.word.weight == 1 && !t.word.planned => beside(&[
            K::EmbassyOpening,
            K::Memorial,
            K::Agreement,
            K::Culture,
            K::Sport,
            K::Meeting,
            K::CommissionSession,
            K::DiplomaticRelations,
        ]),
        _ => false,
    }
}

/// "Landed on Wednesday and was to talk with the president today": a meeting with a day of its own
/// beside the visit.
fn own_day(scene: &Scene<'_>, breaks: &Breaks, t: &Told) -> bool {
    let cue = &t.cue.tokens;
    let visit = scene
        .cues
        .iter()
        .find(|c| matches!(&c.rule.gives, Gives::Event(w) if w.kind == K::Visit && w.weight > 2));
    let nearest = |cue: &Range<usize>| {
        let times = scene
            .times
            .iter()
            .filter(|x| !x.dateline && x.date().is_some());
        times
            .min_by_key(|x| breaks.distance(cue, &x.tokens))
            .map(|x| x.tokens.start)
    };
    visit.is_some_and(|v| {
        let and = v.tokens.end..cue.start;
        t.word.weight > 2
            && scene.reading.any_in(and, &["and"])
            && nearest(&v.tokens) != nearest(cue)
    })
}

/// Whether a gathering is the subject of the verb that tells an anniversary.
fn marked_by(scene: &Scene<'_>, breaks: &Breaks, t: &Told) -> bool {
    let r = scene.reading;
    scene.cues.iter().any(|c| {
        let anniversary =
            matches!(&c.rule.gives, Gives::Event(w) if w.kind == K::Anniversary && w.weight > 1);
        anniversary
            && t.cue.tokens.end <= c.tokens.start
            && breaks.clause(t.cue.tokens.start) == breaks.clause(c.tokens.start)
            && r.is_any(c.tokens.start, &WORDS.marking)
            && !r.any_in(t.cue.tokens.end..c.tokens.start, &["and", ","])
    })
}

/// "A mission of 20 firms came to Kingston": no visit of an office holder.
fn of_firms(scene: &Scene<'_>, breaks: &Breaks, t: &Told) -> bool {
    let clause = breaks.clause(t.cue.tokens.start);
    let person = |p: &crate::names::PersonMention| breaks.clause(p.tokens.start) == clause;
    let mission =
        |c: &&Cue| c.rule.id == "event-mission" && breaks.clause(c.tokens.start) == clause;
    scene.cues.iter().any(|c| mission(&c)) && !scene.persons.iter().any(person)
}

/// "Had talks with the president and attended a forum", "laid a wreath and then met the
/// president": the meeting was not a part of the other act.
fn own_verb(scene: &Scene<'_>, t: &Told) -> bool {
    let r = scene.reading;
    let cue = &t.cue.tokens;
    let from = cue.start.saturating_sub(2).max(scene.range.start);
    let coordinated = r.any_in(from..cue.start, &["and", "then", "later", "afterwards"]);
    let verb = |i: usize| r.looks_past(i) || r.is_any(i, &WORDS.holding);
    let next = scene.cues.iter().find(|c| {
        let other = matches!(&c.rule.gives, Gives::Event(w) if matches!(w.kind, K::Forum | K::Memorial | K::EmbassyOpening));
        other && c.tokens.end > cue.end
    });
    let followed = next.is_some_and(|c| {
        let mut between = cue.end..c.tokens.start.max(cue.end);
        between.any(|i| r.is(i, "and") && verb(i + 1))
    });
    t.word.weight > 2 && (coordinated || followed)
}

/// Whether a clause tells a goal or an expectation.
fn wished(scene: &Scene<'_>, breaks: &Breaks, cue: &Range<usize>) -> bool {
    let around = breaks.around(cue);
    scene
        .cues
        .iter()
        .any(|c| matches!(c.rule.gives, Gives::Status { .. }) && around.contains(&c.tokens.start))
}

/// Whether an anniversary is only what something else was held for.
fn dedicated(scene: &Scene<'_>, cue: &Range<usize>) -> bool {
    let r = scene.reading;
    let from = cue.start.saturating_sub(12).max(scene.range.start);
    (from..cue.start).any(|i| {
        r.is_any(i, &WORDS.dedicated)
            || r.is(i, "occasion") && r.is(i + 1, "of")
            || r.is(i, "honour") && r.is(i + 1, "of")
            || r.is(i, "to") && r.is_any(i + 1, &WORDS.marking)
    })
}

/// Whether the words before an act deny it.
fn denied(scene: &Scene<'_>, t: &Told) -> bool {
    let r = scene.reading;
    if last_since(scene, t) {
        return false;
    }
    // "A press conference", "a video conference": no forum.
    let at = t.cue.tokens.start;
    let of_the_press =
        t.word.kind == K::Forum && at > scene.range.start && r.is_any(at - 1, &WORDS.no_forum);
    if of_the_press {
        return true;
    }
    let from = t.cue.tokens.start.saturating_sub(3).max(scene.range.start);
    (from..t.cue.tokens.start).any(|i| {
        r.is_any(i, &WORDS.denying)
            // "Has yet to visit the other country".
            || r.is(i, "yet") && r.is(i + 1, "to")
            || r.tokens.raw(i).ends_with("n't")
            || r.tokens.raw(i).ends_with("n’t")
    })
}

/// "A trip planned for May was called off".
fn called_off(scene: &Scene<'_>, breaks: &Breaks, t: &Told) -> bool {
    let r = scene.reading;
    let around = breaks.around(&t.cue.tokens);
    let off = |i: usize| r.is_any(i, &WORDS.called_off) || r.is(i, "called") && r.is(i + 1, "off");
    let mut behind = t.cue.tokens.end..around.end;
    behind.any(off)
        && matches!(
            t.word.kind,
            K::Visit | K::Meeting | K::Forum | K::CommissionSession | K::Consultations
        )
}

/// "The commission has not sat since July 2013": it sat then.
fn last_since(scene: &Scene<'_>, t: &Told) -> bool {
    t.word.kind == K::CommissionSession
        && scene.reading.is(t.cue.tokens.end, "since")
        && scene.reading.any_in(t.cue.tokens.clone(), &["not"])
}

/// Whether tourists or students go there, rather than somebody with an office.
fn counted(scene: &Scene<'_>, breaks: &Breaks, t: &Told) -> bool {
    if !matches!(t.word.kind, K::Visit | K::Meeting) {
        return false;
    }
    let r = scene.reading;
    let around = breaks.around(&t.cue.tokens);
    let floor = around.start.max(t.cue.tokens.start.saturating_sub(8));
    let amount = scene.amounts.iter().any(|a| {
        let before = floor <= a.tokens.start && a.tokens.end <= t.cue.tokens.start;
        let behind = t.cue.tokens.start <= a.tokens.start
            && a.tokens.start <= t.cue.tokens.end + 1
            && !r.is(a.tokens.end, "-");
        (before || behind && t.word.kind == K::Visit) && a.value() >= bilat_model::Decimal::from(60)
    });
    // "The trade minister", "the minister of investments": words of an office.
    let office = |i: usize| {
        r.is_any(i + 1, &WORDS.offices)
            || r.is_any(i.saturating_sub(1), &["of", "for"]) && r.tokens.tokens[i].capital
            || scene.persons.iter().any(|p| p.tokens.contains(&i))
    };
    let people = (floor..t.cue.tokens.start).any(|i| r.is_any(i, &WORDS.not_persons) && !office(i));
    // "Four times as many Colombians travelling to Mexico."
    let nationals = scene
        .mentions
        .iter()
        .any(|m| m.how == As::People && m.tokens.end == t.cue.tokens.start && !m.dateline)
        && scene.persons.is_empty()
        && t.word.kind == K::Visit;
    amount || people || nationals
}
