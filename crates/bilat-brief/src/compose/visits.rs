//! Visits: who came, how often, when last; the most senior first.

use bilat_model::evidence::EventKind;
use bilat_model::{Country, Period};

use super::acts::{Act, Subject};
use super::documents::short;
use super::{Composer, Result, Told, by};
use crate::brief::{Block, Cell, Sentence, Table};
use crate::offices;
use crate::wording::Args;

/// So many offices are told in each direction; the rest is counted.
const OFFICES: usize = 3;

/// Up to so many visits of one office are dated one by one.
const DATED: usize = 5;

/// From so many visits on a table lists them, the latest first, so many at most.
const TABLE: usize = 7;
const ROWS: usize = 16;

/// Offices up to this one, counted from the most senior, open a brief when they came lately.
const SENIOR: usize = 4;

/// Visits within so many years before the day of the brief are news.
const LATELY: i16 = 2;

/// What happened is told here; what was only planned, by the section on plans.
fn visits<'c, 'a>(c: &'c Composer<'a>) -> Vec<&'c Act<'a>> {
    let all = c.acts.iter().filter(|a| a.kind == EventKind::Visit);
    all.filter(|a| !a.planned && a.date.is_some()).collect()
}

pub(super) fn tell(c: &Composer<'_>, told: &mut Told) -> Result<()> {
    let all = visits(c);
    let mut out = Vec::new();
    for (by, host) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
        let one_way: Vec<_> = all
            .iter()
            .copied()
            .filter(|a| a.by == Some(by) && a.host == Some(host))
            .collect();
        direction(c, by, host, &one_way, &mut out)?;
    }
    let unclear: Vec<_> = all.iter().copied().filter(|a| a.by.is_none()).collect();
    if !unclear.is_empty() {
        let args = c.counted(c.args(), "n", unclear.len())?;
        let args = args.text("when", c.when(&dates(&unclear))?);
        out.push(c.sentence("visits-unclear", &args, support(&unclear))?);
    }
    lead(c, &all, &out, told)?;
    told.paragraph(out);
    if all.len() >= TABLE {
        told.blocks.push(Block::Table(table(c, &all)?));
    }
    Ok(())
}

fn dates(acts: &[&Act<'_>]) -> Vec<Period> {
    acts.iter().filter_map(|a| a.date).collect()
}

fn support(acts: &[&Act<'_>]) -> Vec<crate::brief::Support> {
    let all = acts.iter().flat_map(|a| &a.evidence);
    all.map(|e| by(e)).collect()
}

/// Visits of one country's office holders to the other, by office.
fn direction(
    c: &Composer<'_>,
    from: Country,
    host: Country,
    all: &[&Act<'_>],
    out: &mut Vec<Sentence>,
) -> Result<()> {
    let mut ranks: Vec<Option<usize>> = all.iter().map(|a| a.office).collect();
    // Offices that are not told come last.
    ranks.sort_by_key(|r| r.unwrap_or(usize::MAX));
    ranks.dedup();
    for (i, rank) in ranks.iter().take(OFFICES).enumerate() {
        let of: Vec<_> = all.iter().copied().filter(|a| a.office == *rank).collect();
        let args = c
            .counted(c.args_xy(from, host), "n", of.len())?
            .text("turn", if i == 0 { "first" } else { "next" })
            .text("office", office(c, *rank, of.len())?);
        let name = format!(
            "visits-{from}-{}",
            rank.and_then(offices::code).unwrap_or("other")
        );
        let dates = dates(&of);
        let sentence = match (dates.iter().min(), dates.iter().max()) {
            (Some(first), Some(last)) if of.len() > DATED => {
                let args = args
                    .text("since", first.first().year().to_string())
                    .text("last", c.when(&[*last])?);
                c.sentence_as(&name, "visits-many", &args, support(&of))?
            }
            _ => {
                let args = args.text("when", c.when(&dates)?);
                c.sentence_as(&name, "visits", &args, support(&of))?
            }
        };
        out.push(sentence);
    }
    let told: Vec<_> = ranks.iter().take(OFFICES).collect();
    let rest: Vec<_> = all
        .iter()
        .copied()
        .filter(|a| !told.contains(&&a.office))
        .collect();
    if !rest.is_empty() {
        let args = c.counted(c.args_xy(from, host), "n", rest.len())?;
        let args = args.text("when", c.when(&dates(&rest))?);
        out.push(c.sentence_as(
            &format!("visits-{from}-rest"),
            "visits-rest",
            &args,
            support(&rest),
        )?);
    }
    Ok(())
}

/// An office's name, in the plural for several visits.
pub(super) fn office(c: &Composer<'_>, rank: Option<usize>, n: usize) -> Result<String> {
    let code = rank.and_then(offices::code).unwrap_or("other");
    let args = Args::new().number("n", i64::try_from(n).unwrap_or(2));
    Ok(c.wording.say(&format!("office-{code}"), &args)?)
}

/// A visit of the most senior office holders, when it was lately, can open the brief.
fn lead(c: &Composer<'_>, all: &[&Act<'_>], out: &[Sentence], told: &mut Told) -> Result<()> {
    let Some(today) = c.today else { return Ok(()) };
    let since = today.last().year() - LATELY;
    let senior = |a: &&&Act<'_>| {
        a.office.is_some_and(|r| r < SENIOR) && a.date.is_some_and(|d| d.first().year() >= since)
    };
    let latest = all
        .iter()
        .filter(senior)
        .max_by_key(|a| (a.date, std::cmp::Reverse(a.office)));
    let (Some(act), false) = (latest, out.is_empty()) else {
        return Ok(());
    };
    if let (Some(from), Some(host)) = (act.by, act.host) {
        let args = c
            .args_xy(from, host)
            .text("office", office(c, act.office, 1)?)
            .text("when", c.when(act.date.as_slice())?);
        let lead = c.sentence("lead-visit", &args, support(&[act]))?;
        told.lead(c.salience.weight("visit"), lead);
    }
    Ok(())
}

/// The latest visits, a row each.
fn table(c: &Composer<'_>, all: &[&Act<'_>]) -> Result<Table> {
    let mut latest = all.to_vec();
    latest.sort_by(|x, y| y.date.cmp(&x.date).then(x.office.cmp(&y.office)));
    latest.truncate(ROWS);
    let mut rows = Vec::new();
    for act in latest {
        let date = act.date.map(|d| c.wording.period(d)).transpose()?;
        rows.push(vec![
            Cell::label(date.unwrap_or_default()),
            Cell {
                text: label(c, act)?,
                support: support(&[act]),
            },
        ]);
    }
    let say = |m: &str| c.wording.sentence(m, &c.args());
    Ok(Table {
        id: "visits".into(),
        title: say("table-visits-title")?,
        columns: vec![say("column-when")?, say("column-visit")?],
        numeric: vec![false, false],
        rows,
        citations: Vec::new(),
    })
}

/// An act in a few words, for tables and the timeline.
pub(super) fn label(c: &Composer<'_>, act: &Act<'_>) -> Result<String> {
    let (from, host) = (act.by.unwrap_or(c.a().code), act.host.unwrap_or(c.b().code));
    let kind = match (&act.subject, act.kind) {
        (Subject::Severed, _) => "severed",
        (Subject::Restored, _) => "restored",
        (Subject::Recognition, _) => "recognition",
        (Subject::Mission { opened: true, .. }, _) => "opened",
        (Subject::Mission { opened: false, .. }, _) => "closed",
        (Subject::Plain, EventKind::Visit) if act.by.is_some() => "visit",
        _ => "other",
    };
    let args = c
        .args_xy(from, host)
        .text("kind", kind)
        .text("office", office(c, act.office, 1)?)
        .text("what", act.what)
        .text(
            "place",
            act.places.first().map(|p| short(p)).unwrap_or_default(),
        )
        .text("placed", if act.places.is_empty() { "no" } else { "yes" });
    Ok(c.wording.sentence("event-act", &args)?)
}
