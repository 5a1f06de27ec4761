//! The timeline: what between the two has a date.

use bilat_model::Period;
use bilat_model::evidence::{EventKind, TieDetails, TieKind};

use super::{Composer, Result, acts::Act, acts::Subject, by, relations, visits};
use crate::brief::{Block, Cell, Support, Table};
use crate::chart::{Chart, Plot, TimelineEvent};

/// Dated events and ties on a line of time, at most eighteen: the earliest of each kind first.
pub(super) fn timeline(c: &Composer<'_>) -> Result<Option<Block>> {
    let mut all: Vec<(Period, String, Support, u8)> = Vec::new();
    for (date, evidence) in relations::relation_dates(c).values() {
        let label = c.wording.sentence("event-relations", &c.args())?;
        if !all.iter().any(|(d, l, ..)| d == date && *l == label) {
            all.push((*date, label, by(evidence), 0));
        }
    }
    for (e, t) in c.dossier.ties(TieKind::Treaty) {
        let TieDetails::Treaty {
            signed,
            in_force,
            bilateral,
            ..
        } = &t.details
        else {
            continue;
        };
        if let Some(date) = signed.or(*in_force).or(t.since) {
            all.push((date, t.what.clone(), by(e), if *bilateral { 1 } else { 4 }));
        }
    }
    for (e, t) in c.dossier.ties(TieKind::Alliance) {
        if let Some(since) = t.since.filter(|s| s.first().year() > 1990) {
            all.push((
                since,
                c.wording.sentence("event-alliance", &c.args())?,
                by(e),
                3,
            ));
        }
    }
    for (e, t) in c.dossier.ties(TieKind::WorldHeritage) {
        if let Some(since) = t.since {
            all.push((since, t.what.clone(), by(e), 3));
        }
    }
    if let Some((e, event)) = c
        .dossier
        .events(EventKind::Sport)
        .filter(|(_, v)| v.date.is_some())
        .min_by_key(|(e, v)| (v.date, e.id.clone()))
        && let Some(date) = event.date
    {
        all.push((
            date,
            c.wording.sentence("event-first-match", &c.args())?,
            by(e),
            3,
        ));
    }
    all.extend(acts(c)?);
    all.sort_by(|x, y| (x.3, x.0, &x.1).cmp(&(y.3, y.0, &y.1)));
    all.truncate(18);
    all.sort_by(|x, y| (x.0, &x.1).cmp(&(y.0, &y.1)));
    if all.len() < 2 {
        return Ok(None);
    }
    let mut events = Vec::new();
    let mut rows = Vec::new();
    let mut sources = Vec::new();
    for (date, label, support, _) in all {
        let shown = c.wording.period(date)?;
        let day = date.first();
        let at = f64::from(day.year()) + f64::from(day.day_of_year() - 1) / 366.0;
        events.push(TimelineEvent {
            at,
            date: shown.clone(),
            label: label.clone(),
        });
        sources.extend(support.sources());
        rows.push(vec![
            Cell::label(shown),
            Cell {
                text: label,
                support: vec![support],
            },
        ]);
    }
    let args = c.args().number("n", events.len().try_into().unwrap_or(0));
    let title = c.wording.sentence("chart-timeline-title", &args)?;
    Ok(Some(Block::Chart(Chart {
        id: "timeline".into(),
        alt: c.wording.sentence("chart-timeline-alt", &args)?,
        subtitle: c.wording.sentence("chart-timeline-subtitle", &args)?,
        source_line: c.source_line(&sources)?,
        table: Table {
            id: "timeline-data".into(),
            title: title.clone(),
            columns: vec![
                c.wording.sentence("column-when", &c.args())?,
                c.wording.sentence("column-what", &c.args())?,
            ],
            numeric: vec![false, false],
            rows,
            citations: Vec::new(),
        },
        title,
        plot: Plot::Timeline { events },
    })))
}

/// At most so many visits and the like stand on the line.
const ACTS: usize = 9;

/// What happened between the two: first what made or broke ties, then visits by office, of equal
/// ones the latest.
fn acts(c: &Composer<'_>) -> Result<Vec<(Period, String, Support, u8)>> {
    let weight = |a: &Act<'_>| match (&a.subject, a.kind, a.office) {
        (Subject::Severed | Subject::Restored | Subject::Recognition, ..) => Some(0),
        (_, EventKind::Visit, Some(office)) => Some(1 + office),
        (Subject::Mission { .. }, ..) => Some(2),
        _ => None,
    };
    let happened = c.acts.iter().filter(|a| !a.planned);
    let mut found: Vec<_> = happened
        .filter_map(|a| Some((weight(a)?, a.date?, a)))
        .collect();
    found.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.cmp(&x.1)));
    found.truncate(ACTS);
    let mut out = Vec::new();
    for (_, date, act) in found {
        if let Some(evidence) = act.evidence.first() {
            out.push((date, visits::label(c, act)?, by(evidence), 2));
        }
    }
    Ok(out)
}
