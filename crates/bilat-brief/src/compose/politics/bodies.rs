//! Organisations that both belong to, and the Security Council.

use std::collections::BTreeMap;

use bilat_model::profile::{Membership, MembershipKind};
use bilat_model::{Country, Period};

use crate::brief::{Sentence, Support};
use crate::compose::{Composer, Result};
use crate::organisations::ORGANISATIONS;
use crate::wording::Args;

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
pub(in crate::compose) fn member(m: &Membership) -> Support {
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

pub(super) fn organisations(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    let mut named: Vec<_> = shared(c, "factbook", MembershipKind::Full);
    if !c.knew("factbook") {
        named.clear();
    }
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
    let mut counted = shared(c, "igo", MembershipKind::Full);
    if !c.before(Period::Year(LAST_COUNT)) {
        counted.clear();
    }
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
pub(super) fn council(c: &Composer<'_>) -> Result<Option<Sentence>> {
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
