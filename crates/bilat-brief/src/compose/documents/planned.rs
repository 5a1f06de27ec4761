//! What documents say is planned: what lies ahead, and what was planned for a day that is over.

use bilat_model::evidence::EventKind;

use super::short;
use crate::brief::Sentence;
use crate::compose::acts::Act;
use crate::compose::history::support;
use crate::compose::visits::office;
use crate::compose::{Composer, Result};

/// At most so many plans are told of either sort.
const MOST: usize = 6;

/// A plan without a date is told as one for so many days after the document's.
const FRESH_DAYS: i32 = 365;

/// What is planned and whether anything of it lies ahead.
pub(crate) fn planned(c: &Composer<'_>) -> Result<(Vec<Sentence>, bool)> {
    let plans = c.acts.iter().filter(|a| a.planned && a.documented);
    let (mut ahead, mut over): (Vec<_>, Vec<_>) = plans.partition(|a| lies_ahead(c, a));
    ahead.truncate(MOST);
    // The latest of those that are over.
    over.sort_by_key(|a| std::cmp::Reverse(a.date));
    over.truncate(MOST);
    over.reverse();
    let mut before = Vec::new();
    let mut out = Vec::new();
    for (i, (act, is_ahead)) in ahead
        .iter()
        .map(|a| (*a, true))
        .chain(over.iter().map(|a| (*a, false)))
        .enumerate()
    {
        out.push(plan(c, act, is_ahead, i, &mut before)?);
    }
    Ok((out, !ahead.is_empty()))
}

fn lies_ahead(c: &Composer<'_>, act: &Act<'_>) -> bool {
    if let Some(date) = act.date {
        return c.ahead(date);
    }
    let told = act
        .evidence
        .iter()
        .filter_map(|e| c.dossier.documents.of(e));
    let told = told.filter_map(|d| d.day()).max();
    match (c.today, told) {
        (Some(today), Some(told)) => told
            .until(today.last())
            .is_ok_and(|gone| gone.get_days() <= FRESH_DAYS),
        _ => true,
    }
}

fn plan(
    c: &Composer<'_>,
    act: &Act<'_>,
    ahead: bool,
    n: usize,
    before: &mut Vec<String>,
) -> Result<Sentence> {
    let place = act.places.first().map(|p| short(p)).unwrap_or_default();
    let visitor = match (act.kind, act.by, act.host) {
        (EventKind::Visit, Some(_), Some(_)) => "known",
        _ => "unknown",
    };
    let (x, y) = (act.by.unwrap_or(c.a().code), act.host.unwrap_or(c.b().code));
    let documents: Vec<_> = act.evidence.clone();
    let date = act.date.map(|d| c.wording.period(d)).transpose()?;
    let args = c
        .args_xy(x, y)
        .text("voice", c.voice(&documents, before)?)
        .text("kind", act.kind.code())
        .text("visitor", visitor)
        .text("office", office(c, act.office, 1)?)
        .text("placed", if place.is_empty() { "no" } else { "yes" })
        .text("place", place)
        .text("ahead", if ahead { "yes" } else { "no" })
        .text("dated", if date.is_some() { "yes" } else { "no" })
        .text("date", date.unwrap_or_default());
    let name = format!("plan-{}-{n}", act.kind.code().replace('_', "-"));
    c.sentence_as(&name, "plan", &args, support(&[act]))
}
