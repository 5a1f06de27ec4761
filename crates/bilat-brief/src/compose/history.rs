//! What else has a date between the two: recognition, relations broken off and taken up again,
//! missions opened and closed, agreements.

use bilat_model::Period;
use bilat_model::evidence::EventKind;

use super::acts::{ARTICLES, Act, Subject};
use super::documents::short;
use super::{Composer, Result, by};
use crate::brief::{Sentence, Support};

/// At most so many agreements and so many missions are told one by one.
const MOST: usize = 5;

fn of<'c, 'a>(c: &'c Composer<'a>, which: impl Fn(&Act<'a>) -> bool) -> Vec<&'c Act<'a>> {
    let all = c.acts.iter().filter(|a| !a.planned && a.date.is_some());
    all.filter(|a| which(a)).collect()
}

pub(super) fn support(acts: &[&Act<'_>]) -> Vec<Support> {
    let all = acts.iter().flat_map(|a| &a.evidence);
    all.map(|e| by(e)).collect()
}

pub(super) fn dates(acts: &[&Act<'_>]) -> Vec<Period> {
    acts.iter().filter_map(|a| a.date).collect()
}

pub(super) fn tell(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    for act in of(c, |a| a.subject == Subject::Recognition) {
        if let (Some(x), Some(y)) = (act.by, act.host) {
            let args = c.args_xy(x, y).text("when", c.when(&dates(&[act]))?);
            out.push(c.sentence_as(
                &format!("recognition-{x}"),
                "recognition",
                &args,
                support(&[act]),
            )?);
        }
    }
    let severed = of(c, |a| a.subject == Subject::Severed);
    let restored = of(c, |a| a.subject == Subject::Restored);
    if !severed.is_empty() || !restored.is_empty() {
        let case = match (severed.is_empty(), restored.is_empty()) {
            (false, false) => "both",
            (false, true) => "severed",
            _ => "restored",
        };
        let args = c
            .args()
            .text("case", case)
            .text("severed", c.when(&dates(&severed))?)
            .text("restored", c.when(&dates(&restored))?);
        let support = support(&[severed, restored].concat());
        out.push(c.sentence("relations-broken", &args, support)?);
    }
    out.extend(missions(c)?);
    out.extend(agreements(c)?);
    Ok(out)
}

/// Missions opened and closed, in the order of their dates.
fn missions(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut all = of(c, |a| matches!(a.subject, Subject::Mission { .. }));
    // The latest are told when there are many.
    let skipped = all.len().saturating_sub(MOST);
    all.drain(..skipped);
    let mut out = Vec::new();
    for (i, act) in all.iter().enumerate() {
        let (Subject::Mission { type_name, opened }, Some(x), Some(y)) =
            (&act.subject, act.by, act.host)
        else {
            continue;
        };
        let city = act.places.first().map(|p| short(p)).unwrap_or_default();
        let args = c
            .args_xy(x, y)
            .text("opened", if *opened { "yes" } else { "no" })
            .text("typed", if type_name.is_empty() { "no" } else { "yes" })
            .text("type", *type_name)
            .text("placed", if city.is_empty() { "no" } else { "yes" })
            .text("city", city)
            .text("when", c.when(&dates(&[act]))?);
        out.push(c.sentence_as(
            &format!("mission-change-{i}"),
            "mission-change",
            &args,
            support(&[act]),
        )?);
    }
    Ok(out)
}

/// Agreements of which a subject is known, by it; the others by their dates.
fn agreements(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let all = of(c, |a| a.kind == EventKind::Agreement);
    let (mut named, plain): (Vec<_>, Vec<_>) = all.into_iter().partition(|a| subject(a).is_some());
    let mut out = Vec::new();
    if !named.is_empty() {
        named.sort_by_key(|a| std::cmp::Reverse(a.date));
        let more = named.len() > MOST;
        named.truncate(MOST);
        named.reverse();
        let mut items = Vec::new();
        for act in &named {
            let (Some((what, case)), Some(date)) = (subject(act), act.date) else {
                continue;
            };
            let args = c
                .args()
                .text("what", what)
                .text("case", case)
                .text("date", c.wording.period(date)?)
                .text("when", c.when(&[date])?);
            items.push(c.wording.say("agreement-item", &args)?);
        }
        let args = c
            .counted(c.args(), "n", named.len())?
            .text("more", if more { "yes" } else { "no" })
            .text("items", c.wording.list(&items));
        out.push(c.sentence("agreements-named", &args, support(&named))?);
    }
    if !plain.is_empty() {
        let args = c.counted(c.args(), "n", plain.len())?;
        let args = args
            .text("turn", if named.is_empty() { "first" } else { "next" })
            .text("when", c.when(&dates(&plain))?);
        out.push(c.sentence("agreements-dated", &args, support(&plain))?);
    }
    Ok(out)
}

/// The subject of an agreement and whether it was signed or came into force, as the articles'
/// reader puts it; `None` for one of which nothing is known.
fn subject<'a>(act: &Act<'a>) -> Option<(&'a str, &'static str)> {
    let mut sources = act.evidence.iter().map(|e| &e.citation.source);
    if !sources.any(|s| s.0.as_ref() == ARTICLES) {
        return None;
    }
    let signed = act.what.strip_suffix(" signed").map(|w| (w, "signed"));
    let (what, case) = signed.or_else(|| Some((act.what.strip_suffix(" in force")?, "force")))?;
    (!matches!(what, "agreement" | "treaty")).then_some((what, case))
}
