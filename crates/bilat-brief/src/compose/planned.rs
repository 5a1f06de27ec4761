//! What is planned: treaties signed and not in force, seats to be taken, round anniversaries, and
//! what documents announce.

use bilat_model::Period;
use bilat_model::evidence::{TieDetails, TieKind};
use bilat_model::profile::MembershipKind;

use super::{Composer, Result, Told, by, documents, politics, relations};
use crate::brief::Sentence;

pub(super) fn tell(c: &Composer<'_>) -> Result<Told> {
    let mut told = Told::new();
    let mut out = unratified(c)?;
    out.extend(seats(c)?);
    out.extend(anniversary(c)?);
    let (plans, ahead) = documents::planned(c)?;
    if !ahead {
        out.push(c.sentence(
            "planned-none",
            &c.args(),
            vec![c.absence(
                "planned",
                &["treaties", "security_council", "diplomatic_relations"],
            )],
        )?);
    }
    told.paragraph(out);
    told.paragraph(plans);
    Ok(told)
}

/// Treaties of the two alone that are signed, not in force and not ended.
fn unratified(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    for (e, t) in c.dossier.ties(TieKind::Treaty) {
        let TieDetails::Treaty {
            status,
            signed: Some(signed),
            in_force: None,
            bilateral: true,
            ..
        } = &t.details
        else {
            continue;
        };
        let recent = c
            .today
            .is_some_and(|today| today.last().year() - signed.first().year() <= 10);
        if status.to_lowercase().contains("not in force")
            && t.until.is_none()
            && recent
            && out.len() < 2
        {
            let args = c.dated(c.args().text("treaty", t.what.clone()), "date", *signed)?;
            out.push(c.sentence_as(
                &format!("treaty-pending-{}", out.len()),
                "treaty-pending",
                &args,
                vec![by(e)],
            )?);
        }
    }
    Ok(out)
}

/// Terms on the Security Council that have not ended yet.
fn seats(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let Some(today) = c.today else {
        return Ok(Vec::new());
    };
    let year = today.last().year();
    let mut out = Vec::new();
    for side in &c.sides {
        let terms = c.dossier.side(side.code).profile.memberships.iter();
        for m in terms.filter(|m| m.kind == MembershipKind::Seat) {
            let (Some(since), Some(until)) = (m.since, m.until) else {
                continue;
            };
            let (from, to) = (since.first().year(), until.last().year());
            if to < year || from > year + 5 {
                continue;
            }
            let args = c
                .args()
                .country("x", &side.forms)
                .text("from", from.to_string())
                .text("to", to.to_string())
                .text("when", if from > year { "ahead" } else { "now" });
            out.push(c.sentence_as(
                &format!("council-{}", side.code),
                "council-term",
                &args,
                vec![politics::member(m)],
            )?);
        }
    }
    Ok(out)
}

/// The next anniversary that is a multiple of five years.
fn anniversary(c: &Composer<'_>) -> Result<Option<Sentence>> {
    let Some(today) = c.today else {
        return Ok(None);
    };
    let dates = relations::relation_dates(c);
    let mut exact = dates.values().filter(|(p, _)| matches!(p, Period::Day(_)));
    let Some((date, evidence)) = exact.next() else {
        return Ok(None);
    };
    if exact.any(|(other, _)| other != date) {
        return Ok(None);
    }
    let age = today.last().year() - date.first().year();
    let mut years = (age.max(0) / 5) * 5;
    while years <= 0
        || date
            .shift_years(years)
            .is_some_and(|p| p.first() <= today.last())
    {
        years += 5;
        if years > 2000 {
            return Ok(None);
        }
    }
    let Some(next) = date.shift_years(years) else {
        return Ok(None);
    };
    let support = vec![by(evidence)];
    let args = c.dated(c.args().text("years", years.to_string()), "date", next)?;
    Ok(Some(c.sentence("anniversary", &args, support)?))
}
