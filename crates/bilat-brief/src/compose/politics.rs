//! Political relations: since when, missions, votes, organisations, treaties, alliances.

use std::collections::BTreeMap;

use bilat_model::evidence::{EventDetails, EventKind, TieDetails, TieKind};
use bilat_model::profile::{Membership, MembershipKind};
use bilat_model::{Country, Evidence, Period};

use super::{Composer, Result, Told, by, votes};
use crate::brief::{Sentence, Support};
use crate::organisations::ORGANISATIONS;
use crate::wording::Args;

pub(super) fn tell(c: &Composer<'_>) -> Result<Told> {
    let mut told = Told::new();
    let mut first = vec![relations(c)?];
    first.extend(missions(c)?);
    leads(c, &first, &mut told)?;
    told.paragraph(first);
    votes::tell(c, &mut told)?;
    let mut bodies = organisations(c)?;
    bodies.extend(council(c)?);
    told.paragraph(bodies);
    let mut bonds = alliance(c, &mut told)?;
    bonds.extend(treaties(c)?);
    told.paragraph(bonds);
    if let Some(chart) = super::figures::timeline(c)? {
        told.blocks.push(chart);
    }
    Ok(told)
}

/// Which list of relations has which date, the first of each list.
pub(super) fn relation_dates<'c>(c: &'c Composer<'_>) -> BTreeMap<Country, (Period, &'c Evidence)> {
    let mut dates = BTreeMap::<Country, (Period, &Evidence)>::new();
    for (evidence, event) in c.dossier.events(EventKind::DiplomaticRelations) {
        if let (EventDetails::Relations { stated_by }, Some(date)) = (&event.details, event.date) {
            let earliest = dates.entry(*stated_by).or_insert((date, evidence));
            if date < earliest.0 {
                *earliest = (date, evidence);
            }
        }
    }
    dates
}

/// Whether two dates may be the same day: one lies within the other.
fn agree(x: Period, y: Period) -> bool {
    x.contains(&y) || y.contains(&x)
}

fn relations(c: &Composer<'_>) -> Result<Sentence> {
    let dates = relation_dates(c);
    let list: Vec<_> = dates.values().collect();
    let sentence = match list[..] {
        [] => {
            let absent = c.absence("diplomatic_relations", &["diplomatic_relations"]);
            return c.sentence("relations-unknown", &c.args(), vec![absent]);
        }
        [(x, ex), (y, ey)] if !agree(*x, *y) => {
            let [(cx, _), (cy, _)] = [dates.first_key_value(), dates.last_key_value()]
                .map(|o| o.map_or((c.a().code, ()), |(k, _)| (*k, ())));
            let args = c.dated(c.args_xy(cx, cy), "date-x", *x)?;
            let args = c.dated(args, "date-y", *y)?;
            c.sentence("relations-differ", &args, vec![by(ex), by(ey)])?
        }
        _ => {
            // Of two that agree, the more precise one is told.
            let finest = list
                .iter()
                .min_by_key(|(p, _)| (p.first().until(p.last()).map_or(0, |s| s.get_days()), *p));
            let (date, _) = finest.copied().copied().unwrap_or(*list[0]);
            let args = c.dated(c.args(), "date", date)?;
            let support = list.iter().map(|(_, e)| by(e)).collect();
            c.sentence("relations-since", &args, support)?
        }
    };
    Ok(sentence)
}

/// A mission of one side to the other.
pub(super) struct Mission<'c> {
    pub(super) evidence: &'c Evidence,
    pub(super) rank: u8,
    pub(super) type_name: &'c str,
    pub(super) city: &'c str,
    pub(super) resident: bool,
    pub(super) place: Option<(f64, f64)>,
}

/// Missions of `from` that cover `to`, embassies first, resident ones first.
pub(super) fn missions_of<'c>(c: &'c Composer<'_>, from: Country, to: Country) -> Vec<Mission<'c>> {
    let mut out: Vec<_> = c
        .dossier
        .ties(TieKind::Mission)
        .filter(|(_, t)| t.from == from && t.to == to)
        .filter_map(|(evidence, t)| match &t.details {
            TieDetails::Mission {
                type_name,
                city,
                seat,
                latitude,
                longitude,
                ..
            } => {
                let number =
                    |d: &Option<bilat_model::Decimal>| d.and_then(|d| d.to_string().parse().ok());
                Some(Mission {
                    evidence,
                    rank: mission_rank(type_name),
                    type_name,
                    city,
                    resident: *seat == to,
                    place: number(longitude).zip(number(latitude)),
                })
            }
            _ => None,
        })
        .collect();
    out.sort_by(|x, y| {
        (x.rank, !x.resident, x.city, x.type_name).cmp(&(y.rank, !y.resident, y.city, y.type_name))
    });
    out
}

/// Embassies and their like 0, consulates 1, others 2.
fn mission_rank(type_name: &str) -> u8 {
    let t = type_name.to_lowercase();
    if t.contains("embassy")
        || t.contains("high commission")
        || t.contains("nunciature")
        || t.is_empty()
    {
        0
    } else if t.contains("consul") {
        1
    } else {
        2
    }
}

fn missions(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let (a, b) = (c.a().code, c.b().code);
    let (of_a, of_b) = (missions_of(c, a, b), missions_of(c, b, a));
    let heads = [head(&of_a), head(&of_b)];
    let args = c.args().text("as-of", c.vintage("embassies")?);
    let mut out = Vec::new();
    let sentence = match heads {
        [None, None] => {
            let absent = c.absence("embassy", &["embassies"]);
            c.sentence("missions-none", &args, vec![absent])?
        }
        [Some(x), Some(y)] => {
            let message = match (x.resident, y.resident) {
                (true, true) => "missions-both",
                (false, false) => "missions-neither",
                _ => "missions-one",
            };
            let args = both_args(c, args, x, y)?;
            c.sentence(message, &args, vec![by(x.evidence), by(y.evidence)])?
        }
        [x, y] => {
            let (from, to) = if x.is_some() { (a, b) } else { (b, a) };
            let Some(m) = x.or(y) else { return Ok(out) };
            let args = args.country("x", c.forms(from)).country("y", c.forms(to));
            let args = mission_args(c, args, "x", m)?;
            let message = if m.resident {
                "missions-only-resident"
            } else {
                "missions-only-covers"
            };
            c.sentence(
                message,
                &args,
                vec![by(m.evidence), c.absence("embassy", &["embassies"])],
            )?
        }
    };
    out.push(sentence);
    for (from, to, all) in [(a, b, &of_a), (b, a, &of_b)] {
        out.extend(consulates(c, from, to, all)?);
    }
    Ok(out)
}

/// The mission that stands for all: an embassy whose city is known, resident if any is.
fn head<'m, 'c>(all: &'m [Mission<'c>]) -> Option<&'m Mission<'c>> {
    all.iter().find(|m| m.rank == 0 && !m.city.is_empty())
}

/// Values for a sentence on a mission of each; a resident one is told first when there is one.
fn both_args(c: &Composer<'_>, args: Args, of_a: &Mission<'_>, of_b: &Mission<'_>) -> Result<Args> {
    let (a, b) = (c.a().code, c.b().code);
    let (fx, fy, x, y) = if of_b.resident && !of_a.resident {
        (b, a, of_b, of_a)
    } else {
        (a, b, of_a, of_b)
    };
    let same = if mission_word(x) == mission_word(y) {
        "yes"
    } else {
        "no"
    };
    let args = args
        .country("x", c.forms(fx))
        .country("y", c.forms(fy))
        .text("same", same);
    mission_args(c, mission_args(c, args, "x", x)?, "y", y)
}

/// What of this could open the brief: the date and the missions in one sentence where both are
/// known, else whichever is.
fn leads(c: &Composer<'_>, told_here: &[Sentence], told: &mut Told) -> Result<()> {
    let (of_a, of_b) = (
        missions_of(c, c.a().code, c.b().code),
        missions_of(c, c.b().code, c.a().code),
    );
    let dates = relation_dates(c);
    let mut days: Vec<Period> = dates.values().map(|(p, _)| *p).collect();
    days.dedup();
    if let (Some(x), Some(y), [date]) = (head(&of_a), head(&of_b), &days[..]) {
        let (message, weight) = match (x.resident, y.resident) {
            (true, true) => ("lead-both", "missions"),
            (false, false) => ("lead-neither", "missions_missing"),
            _ => ("lead-one", "missions_missing"),
        };
        let args = c.dated(both_args(c, c.args(), x, y)?, "date", *date)?;
        let mut support = vec![by(x.evidence), by(y.evidence)];
        support.extend(dates.values().map(|(_, e)| by(e)));
        let lead = c.sentence_as("lead-politics", message, &args, support)?;
        told.lead(c.salience.weight(weight), lead);
        return Ok(());
    }
    let known = if dates.is_empty() { 1 } else { 0 };
    if let Some(s) = told_here.get(known) {
        let weight = if known == 0 {
            "relations"
        } else {
            "missions_missing"
        };
        let lead = Sentence {
            id: format!("{}:lead-politics", c.dossier.pair),
            ..s.clone()
        };
        told.lead(c.salience.weight(weight), lead);
    }
    Ok(())
}

/// The message that names what kind of mission it is.
fn mission_word(m: &Mission<'_>) -> &'static str {
    match m.type_name.to_lowercase() {
        t if t.contains("high commission") => "mission-high-commission",
        t if t.contains("nunciature") => "mission-nunciature",
        _ => "mission-embassy",
    }
}

fn mission_args(c: &Composer<'_>, args: Args, side: &str, m: &Mission<'_>) -> Result<Args> {
    let kind = c.wording.say(mission_word(m), &Args::new())?;
    Ok(args
        .text(&format!("{side}-city"), m.city)
        .text(&format!("{side}-mission"), kind))
}

fn consulates(
    c: &Composer<'_>,
    from: Country,
    to: Country,
    all: &[Mission<'_>],
) -> Result<Option<Sentence>> {
    let here: Vec<_> = all
        .iter()
        .filter(|m| m.rank == 1 && m.resident && !m.city.is_empty())
        .collect();
    let mut cities: Vec<String> = here.iter().map(|m| m.city.to_owned()).collect();
    cities.sort();
    cities.dedup();
    if cities.is_empty() {
        return Ok(None);
    }
    let n = cities.len();
    let message = if n > 6 {
        "consulates-many"
    } else {
        "consulates"
    };
    cities.truncate(6);
    let args = c
        .args_xy(from, to)
        .number("n", n.try_into().unwrap_or(0))
        .text("count", c.wording.words(i64::try_from(n).unwrap_or(0))?)
        .text("cities", c.wording.list(&cities));
    let support = here.iter().map(|m| by(m.evidence)).collect();
    Ok(Some(c.sentence_as(
        &format!("consulates-{from}"),
        message,
        &args,
        support,
    )?))
}

/// Memberships of both sides in the same organisation of one source, paired by code.
fn shared<'c>(c: &'c Composer<'_>, source: &str, kind: MembershipKind) -> Vec<[&'c Membership; 2]> {
    let of = |i: usize| {
        c.dossier.sides[i]
            .profile
            .memberships
            .iter()
            .filter(move |m| {
                m.citation.source.0.as_ref() == source && m.kind == kind && m.until.is_none()
            })
    };
    let theirs: BTreeMap<&str, &Membership> = of(1).map(|m| (m.organisation.as_str(), m)).collect();
    of(0)
        .filter_map(|m| Some([m, *theirs.get(m.organisation.as_str())?]))
        .collect()
}

/// The support of a membership.
pub(super) fn member(m: &Membership) -> Support {
    Support::Record {
        id: format!(
            "{}:{}:membership:{}",
            m.country, m.citation.source, m.organisation
        ),
        citation: m.citation.clone(),
    }
}

/// The last year that the count of organisations covers.
const LAST_COUNT: i16 = 2014;

fn organisations(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    let named: Vec<_> = shared(c, "factbook", MembershipKind::Full);
    let mut told: Vec<(
        &'static crate::organisations::Organisation,
        [&Membership; 2],
    )> = named
        .iter()
        .filter_map(|pair| {
            Some((
                ORGANISATIONS
                    .iter()
                    .find(|o| o.code == pair[0].organisation)?,
                *pair,
            ))
        })
        .collect();
    told.sort_by_key(|(o, _)| o.order);
    // An organisation that most of the world belongs to says nothing of a pair.
    let telling: Vec<_> = told.iter().filter(|(o, _)| !o.universal).take(6).collect();
    if !telling.is_empty() {
        let mut names = Vec::new();
        for (o, _) in &telling {
            names.push(
                c.wording
                    .say(&format!("organisation-{}", o.message), &Args::new())?,
            );
        }
        let support = telling
            .iter()
            .flat_map(|(_, p)| p.iter().map(|m| member(m)))
            .collect();
        let args = c.args().text("names", c.wording.list(&names));
        out.push(c.sentence("organisations-named", &args, support)?);
    } else if !named.is_empty() {
        let support = named
            .iter()
            .flat_map(|p| p.iter().map(|m| member(m)))
            .collect();
        let args = c
            .args()
            .number("n", named.len().try_into().unwrap_or(0))
            .text(
                "count",
                c.wording.words(i64::try_from(named.len()).unwrap_or(0))?,
            );
        out.push(c.sentence("organisations-universal", &args, support)?);
    }
    let counted = shared(c, "igo", MembershipKind::Full);
    if !counted.is_empty() {
        let n = counted.len();
        let all: Vec<Membership> = c
            .dossier
            .sides
            .iter()
            .flat_map(|s| &s.profile.memberships)
            .filter(|m| m.citation.source.0.as_ref() == "igo")
            .cloned()
            .collect();
        let support =
            match bilat_analyse::memberships::shared_count(c.dossier.pair, &all, LAST_COUNT) {
                Ok(computed) => vec![c.indicator(&computed)],
                Err(_) => counted
                    .iter()
                    .flat_map(|p| p.iter().map(|m| member(m)))
                    .collect(),
            };
        let args = c
            .args()
            .number("n", n.try_into().unwrap_or(0))
            .text("count", c.wording.words(i64::try_from(n).unwrap_or(0))?)
            .text("year", LAST_COUNT.to_string());
        out.push(c.sentence("organisations-counted", &args, support)?);
    }
    Ok(out)
}

/// Terms on the Security Council: together, or each one's last.
fn council(c: &Composer<'_>) -> Result<Option<Sentence>> {
    let seats = |code: Country| -> Vec<&Membership> {
        let all = &c.dossier.side(code).profile.memberships;
        all.iter()
            .filter(|m| m.kind == MembershipKind::Seat)
            .collect()
    };
    let years = |m: &Membership| -> Option<(i16, i16)> {
        Some((
            m.since?.first().year(),
            m.until.map_or(9999, |u| u.last().year()),
        ))
    };
    let this_year = c.today.map_or(9999, |t| t.last().year());
    let (a, b) = (seats(c.a().code), seats(c.b().code));
    let mut joint = Vec::new();
    let mut support = Vec::new();
    for x in &a {
        for y in &b {
            let (Some((x0, x1)), Some((y0, y1))) = (years(x), years(y)) else {
                continue;
            };
            let (from, to) = (x0.max(y0), x1.min(y1).min(this_year));
            if from <= to {
                joint.push(if from == to {
                    from.to_string()
                } else {
                    format!("{from}–{to}")
                });
                support.extend([member(x), member(y)]);
            }
        }
    }
    let permanent = |s: &[&Membership]| s.iter().any(|m| m.since.is_some() && m.until.is_none());
    if permanent(&a) && permanent(&b) {
        return Ok(Some(c.sentence("council-permanent", &c.args(), support)?));
    }
    if !joint.is_empty() {
        let args = c.args().text("years", c.wording.list(&joint));
        return Ok(Some(c.sentence("council-joint", &args, support)?));
    }
    // Neither a permanent seat nor a common term: each one's last, when both have had one.
    let last = |s: &[&Membership]| -> Option<(Support, String)> {
        let past = s
            .iter()
            .filter(|m| years(m).is_some_and(|(from, _)| from <= this_year));
        let m = past.max_by_key(|m| m.since)?;
        let (from, to) = years(m)?;
        Some((
            member(m),
            if from == to {
                from.to_string()
            } else {
                format!("{from}–{to}")
            },
        ))
    };
    if permanent(&a) || permanent(&b) {
        return Ok(None);
    }
    match (last(&a), last(&b)) {
        (Some((sa, ya)), Some((sb, yb))) => {
            let args = c.args().text("years-a", ya).text("years-b", yb);
            Ok(Some(c.sentence("council-apart", &args, vec![sa, sb])?))
        }
        _ => Ok(None),
    }
}

fn alliance(c: &Composer<'_>, told: &mut Told) -> Result<Vec<Sentence>> {
    let standing = c
        .dossier
        .ties(TieKind::Alliance)
        .filter(|(_, t)| t.until.is_none());
    let mut words = Vec::new();
    let mut support = Vec::new();
    let mut defence_pact = false;
    let mut as_of = None;
    for (evidence, tie) in standing {
        let TieDetails::Alliance {
            defence,
            offence,
            neutrality,
            nonaggression,
            consultation,
        } = tie.details
        else {
            continue;
        };
        defence_pact |= defence;
        as_of = as_of.max(tie.as_of);
        for (has, word) in [
            (defence, "alliance-defence"),
            (offence, "alliance-offence"),
            (neutrality, "alliance-neutrality"),
            (nonaggression, "alliance-nonaggression"),
            (consultation, "alliance-consultation"),
        ] {
            if has && !words.contains(&word) {
                words.push(word);
            }
        }
        support.push(by(evidence));
    }
    if words.is_empty() {
        return Ok(Vec::new());
    }
    words.sort_by_key(|w| {
        [
            "alliance-defence",
            "alliance-offence",
            "alliance-neutrality",
            "alliance-nonaggression",
            "alliance-consultation",
        ]
        .iter()
        .position(|x| x == w)
    });
    let mut names = Vec::new();
    for w in words {
        names.push(c.wording.say(w, &Args::new())?);
    }
    let year = as_of.map_or(String::new(), |p: Period| p.last().year().to_string());
    let args = c
        .args()
        .text("promises", c.wording.list(&names))
        .text("year", year);
    let sentence = c.sentence("alliance", &args, support)?;
    if defence_pact {
        let lead = c.sentence("lead-alliance", &args, sentence.support.clone())?;
        told.lead(c.salience.weight("alliance_defence"), lead);
    }
    Ok(vec![sentence])
}

fn treaties(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    let all: Vec<_> = c
        .dossier
        .ties(TieKind::Treaty)
        .filter_map(|(e, t)| match &t.details {
            TieDetails::Treaty {
                type_name,
                status,
                signed,
                in_force,
                bilateral,
            } => Some((
                e,
                t,
                type_name.as_str(),
                status.as_str(),
                *signed,
                *in_force,
                *bilateral,
            )),
            _ => None,
        })
        .collect();
    let investment: Vec<_> = all
        .iter()
        .filter(|x| x.2.contains("investment treaty") && x.6)
        .collect();
    if let Some((e, t, _, status, signed, in_force, _)) = investment.iter().max_by_key(|x| {
        (
            x.1.until.is_none(),
            x.5.is_some(),
            x.4,
            std::cmp::Reverse(&x.0.id),
        )
    }) {
        let support = vec![by(e)];
        let args = c.args();
        let sentence = match (t.until, in_force, signed) {
            (Some(until), ..) => c.sentence(
                "investment-treaty-ended",
                &c.dated(args, "date", until)?,
                support,
            )?,
            (None, Some(since), _) => c.sentence(
                "investment-treaty",
                &c.dated(args, "date", *since)?,
                support,
            )?,
            (None, None, Some(signed))
                if status.to_lowercase().contains("not in force")
                    || status.to_lowercase().contains("signed") =>
            {
                c.sentence(
                    "investment-treaty-signed",
                    &c.dated(args, "date", *signed)?,
                    support,
                )?
            }
            _ => c.sentence("investment-treaty-known", &args, support)?,
        };
        out.push(sentence);
    }
    let trade: Vec<_> = all
        .iter()
        .filter(|x| x.2.contains("trade agreement") && x.1.until.is_none())
        .collect();
    if !trade.is_empty() {
        let mut names: Vec<(Option<Period>, String)> = trade
            .iter()
            .map(|x| (x.4.or(x.1.since), x.1.what.clone()))
            .collect();
        names.sort_by(|x, y| y.cmp(x));
        let latest = &names[0];
        let year = latest
            .0
            .map_or(String::new(), |p| p.first().year().to_string());
        let args = c
            .args()
            .number("n", trade.len().try_into().unwrap_or(0))
            .text(
                "count",
                c.wording.words(i64::try_from(trade.len()).unwrap_or(0))?,
            )
            .text("latest", latest.1.clone())
            .text("year-known", if year.is_empty() { "no" } else { "yes" })
            .text("year", year);
        let support = trade.iter().map(|x| by(x.0)).collect();
        out.push(c.sentence("trade-agreements", &args, support)?);
    }
    Ok(out)
}
