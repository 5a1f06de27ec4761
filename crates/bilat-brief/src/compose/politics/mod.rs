//! Political relations: since when, missions, votes, organisations, treaties, alliances.

mod bodies;
mod treaties;

use bilat_model::Period;
use bilat_model::evidence::EventKind;

use super::acts::Act;
use super::missions::{both_args, head, missions, missions_of};
use super::relations::relation_dates;
use super::{Composer, Result, Told, by, documents, history, timeline, visits, votes};
use crate::brief::Sentence;

pub(super) use bodies::member;

pub(super) fn tell(c: &Composer<'_>) -> Result<Told> {
    let mut told = Told::new();
    let mut first = vec![relations(c)?];
    first.extend(missions(c)?);
    leads(c, &first, &mut told)?;
    told.paragraph(first);
    told.paragraph(history::tell(c)?);
    visits::tell(c, &mut told)?;
    told.paragraph(documents::politics(c)?);
    votes::tell(c, &mut told)?;
    let mut bodies = bodies::organisations(c)?;
    bodies.extend(bodies::council(c)?);
    told.paragraph(bodies);
    let mut bonds = treaties::alliance(c, &mut told)?;
    bonds.extend(treaties::treaties(c)?);
    told.paragraph(bonds);
    told.blocks.extend(timeline::timeline(c)?);
    Ok(told)
}

/// Whether two dates may be the same day: one lies within the other.
fn agree(x: Period, y: Period) -> bool {
    x.contains(&y) || y.contains(&x)
}

/// Relations established, as documents tell it.
fn told_date<'c, 'a>(c: &'c Composer<'a>) -> Option<&'c Act<'a>> {
    c.acts
        .iter()
        .find(|a| a.kind == EventKind::DiplomaticRelations && !a.planned && a.date.is_some())
}

fn relations(c: &Composer<'_>) -> Result<Sentence> {
    let dates = relation_dates(c);
    let list: Vec<_> = dates.values().collect();
    let sentence = match list[..] {
        [] => {
            if let Some((act, date)) = told_date(c).and_then(|a| Some((a, a.date?))) {
                let args = c.dated(c.args(), "date", date)?;
                let args = args.text("voice", c.voice(&act.evidence, &mut Vec::new())?);
                let support = act.evidence.iter().map(|e| by(e)).collect();
                return c.sentence("relations-told", &args, support);
            }
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
            let mut support: Vec<_> = list.iter().map(|(_, e)| by(e)).collect();
            // Documents that tell the same date stand beside the lists.
            if let Some(act) = told_date(c).filter(|a| a.date.is_some_and(|d| agree(d, date))) {
                support.extend(act.evidence.iter().map(|e| by(e)));
            }
            c.sentence("relations-since", &args, support)?
        }
    };
    Ok(sentence)
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
        let lead = s.again(format!("{}:lead-politics", c.dossier.pair));
        told.lead(c.salience.weight(weight), lead);
    }
    Ok(())
}
