//! Key figures at a glance, the map, and the timeline.

use bilat_analyse::Scope;
use bilat_model::evidence::{Measure, TieDetails, TieKind};
use bilat_model::{Country, Decimal, Period};

use super::{Composer, Result, Told, by, politics, trade};
use crate::brief::{Block, Cell, Support, Table};
use crate::chart::{Chart, Map, Place, Plot, TimelineEvent};

pub(super) fn tell(c: &Composer<'_>) -> Result<Told> {
    let mut told = Told::new();
    let mut rows = Vec::new();
    relations(c, &mut rows)?;
    goods(c, &mut rows)?;
    capital(c, &mut rows)?;
    votes(c, &mut rows)?;
    people(c, &mut rows)?;
    ways(c, &mut rows)?;
    if !rows.is_empty() {
        told.blocks.push(Block::Table(Table {
            id: "key-figures".into(),
            title: c.wording.sentence("table-key-title", &c.args())?,
            columns: vec![
                c.wording.sentence("column-what", &c.args())?,
                c.wording.sentence("column-value", &c.args())?,
                c.wording.sentence("column-when", &c.args())?,
            ],
            numeric: vec![false, true, false],
            rows,
            citations: Vec::new(),
        }));
    }
    told.blocks.extend(map(c)?);
    Ok(told)
}

type Rows = Vec<Vec<Cell>>;

fn row(
    c: &Composer<'_>,
    rows: &mut Rows,
    label: &str,
    args: &crate::wording::Args,
    value: String,
    when: String,
    support: Vec<Support>,
) -> Result<()> {
    let label = c.wording.sentence(label, args)?;
    rows.push(vec![
        Cell::label(label),
        Cell {
            text: value,
            support,
        },
        Cell::label(when),
    ]);
    Ok(())
}

fn relations(c: &Composer<'_>, rows: &mut Rows) -> Result<()> {
    let dates = politics::relation_dates(c);
    let mut told: Vec<(Period, Vec<Support>)> = Vec::new();
    for (date, evidence) in dates.values() {
        match told.iter_mut().find(|(d, _)| d == date) {
            Some((_, support)) => support.push(by(evidence)),
            None => told.push((*date, vec![by(evidence)])),
        }
    }
    for (date, support) in told {
        let value = c.wording.period(date)?;
        row(
            c,
            rows,
            "key-relations",
            &c.args(),
            value,
            String::new(),
            support,
        )?;
    }
    if let Some((e, f)) = c.dossier.figures(Measure::DistanceCapitals).next() {
        let value = c
            .wording
            .say("kilometres", &c.args().text("n", c.wording.count(f.value)))?;
        row(
            c,
            rows,
            "key-distance",
            &c.args(),
            value,
            String::new(),
            vec![by(e)],
        )?;
    }
    Ok(())
}

fn goods(c: &Composer<'_>, rows: &mut Rows) -> Result<()> {
    let Some(books) = trade::books(c) else {
        return Ok(());
    };
    for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
        let years = books.years();
        let sold = years
            .iter()
            .rev()
            .find_map(|t| Some((*t, books.year(x, *t).exports?)));
        let bought = years
            .iter()
            .rev()
            .find_map(|t| Some((*t, books.year(y, *t).imports?)));
        for (label, found) in [("key-exports", sold), ("key-imports", bought)] {
            if let Some((year, (e, v))) = found {
                row(
                    c,
                    rows,
                    label,
                    &c.args_xy(x, y),
                    c.wording.usd(v)?,
                    year.to_string(),
                    vec![by(e)],
                )?;
            }
        }
    }
    for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
        if let Some((rank, of, s)) = c.rank_of_partner(x) {
            let args = c
                .ordinal(c.args_xy(x, y), "rank", rank)?
                .text("of", of.to_string());
            let value = c.wording.say("rank-of", &args)?;
            let when = s.period.map_or(String::new(), |p| p.to_string());
            row(
                c,
                rows,
                "key-rank",
                &args,
                value,
                when,
                c.place(s).into_iter().collect(),
            )?;
        }
    }
    Ok(())
}

fn capital(c: &Composer<'_>, rows: &mut Rows) -> Result<()> {
    for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
        let host = c.dossier.latest(Measure::FdiInstock, x, y);
        let home = c.dossier.latest(Measure::FdiOutstock, x, y);
        let pick = [host, home]
            .into_iter()
            .flatten()
            .filter(|(_, f)| !f.value.is_zero())
            .max_by_key(|(_, f)| f.period);
        if let Some((e, f)) = pick {
            let when = f.period.map_or(String::new(), |p| p.to_string());
            row(
                c,
                rows,
                "key-investment",
                &c.args_xy(x, y),
                c.wording.usd(f.value)?,
                when,
                vec![by(e)],
            )?;
        }
    }
    Ok(())
}

fn votes(c: &Composer<'_>, rows: &mut Rows) -> Result<()> {
    let pair = c.dossier.pair;
    let all = c.dossier.world.votes.by_year(pair.a(), pair.b());
    let (Some((first, _)), Some((last, _))) = (all.first(), all.last()) else {
        return Ok(());
    };
    let scope = Scope::during(Period::Years(*first, *last));
    let scope = if first == last {
        Scope::year(*first)
    } else {
        scope
    };
    let (same, both) = all
        .iter()
        .fold((0, 0), |(s, b), (_, g)| (s + g.same, b + g.both));
    let args = c
        .args()
        .text("same", c.wording.count(same.into()))
        .text("both", c.wording.count(both.into()));
    let value = c.wording.say("out-of", &args)?;
    let when = if first == last {
        first.to_string()
    } else {
        format!("{first}–{last}")
    };
    let support = c
        .dossier
        .world
        .votes
        .computed(pair, scope)
        .map(|x| vec![c.indicator(&x)])
        .unwrap_or_default();
    row(c, rows, "key-votes", &args, value, when, support)
}

fn people(c: &Composer<'_>, rows: &mut Rows) -> Result<()> {
    let both = |c: &Composer<'_>, measure, label, rows: &mut Rows| -> Result<()> {
        for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
            if let Some((e, f)) = c
                .dossier
                .latest(measure, x, y)
                .filter(|(_, f)| !f.value.is_zero())
            {
                let when = f.period.map_or(String::new(), |p| p.to_string());
                row(
                    c,
                    rows,
                    label,
                    &c.args_xy(x, y),
                    c.wording.count(f.value),
                    when,
                    vec![by(e)],
                )?;
            }
        }
        Ok(())
    };
    both(c, Measure::Migrants, "key-migrants", rows)?;
    both(c, Measure::Refugees, "key-refugees", rows)?;
    let works = c
        .dossier
        .figures(Measure::Works)
        .max_by_key(|(_, f)| f.period);
    if let Some((e, f)) = works {
        let when = f.period.map_or(String::new(), |p| p.to_string());
        row(
            c,
            rows,
            "key-works",
            &c.args(),
            c.wording.count(f.value),
            when,
            vec![by(e)],
        )?;
    }
    Ok(())
}

fn ways(c: &Composer<'_>, rows: &mut Rows) -> Result<()> {
    for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
        let rule = c
            .dossier
            .ties(TieKind::VisaRegime)
            .find_map(|(e, t)| match t.details {
                TieDetails::Visa { rule, days } if t.from == x && t.to == y => {
                    Some((e, rule, days))
                }
                _ => None,
            });
        if let Some((e, rule, days)) = rule {
            let args = c
                .args_xy(x, y)
                .text("rule", rule.code().replace('_', "-"))
                .text("stay", if days.is_some() { "days" } else { "open" })
                .number("days", days.unwrap_or(0).into());
            let value = c.wording.sentence("visa-short", &args)?;
            row(
                c,
                rows,
                "key-visa",
                &args,
                value,
                c.vintage("visas")?,
                vec![by(e)],
            )?;
        }
    }
    let routes: Vec<_> = c.dossier.ties(TieKind::AirRoute).collect();
    if !routes.is_empty() {
        let support = routes.iter().map(|(e, _)| by(e)).collect();
        let n = Decimal::from(routes.len());
        row(
            c,
            rows,
            "key-routes",
            &c.args(),
            c.wording.count(n),
            c.vintage("air_routes")?,
            support,
        )?;
    }
    Ok(())
}

fn degrees(d: Decimal) -> f64 {
    d.to_string().parse().unwrap_or(0.0)
}

/// The two countries with capitals and missions, and the way between the capitals.
fn map(c: &Composer<'_>) -> Result<Option<Block>> {
    let place_of = |code: Country| c.dossier.side(code).profile.capital();
    let (Some(ca), Some(cb)) = (place_of(c.a().code), place_of(c.b().code)) else {
        return Ok(None);
    };
    let mut places = Vec::new();
    let mut rows = Vec::new();
    for (side, city) in [ca, cb].into_iter().enumerate() {
        let at = (degrees(city.longitude), degrees(city.latitude));
        places.push(Place {
            label: city.name.clone(),
            at,
            capital: true,
            side,
        });
        let args = c.args().country("x", &c.sides[side].forms);
        let support = vec![Support::Record {
            id: format!("{}:cities:{}", city.country, city.name),
            citation: city.citation.clone(),
        }];
        rows.push(vec![
            Cell {
                text: city.name.clone(),
                support,
            },
            Cell::label(c.wording.sentence("place-capital", &args)?),
        ]);
    }
    let (a, b) = (c.a().code, c.b().code);
    for (side, (from, to)) in [(a, b), (b, a)].into_iter().enumerate() {
        let missions = politics::missions_of(c, from, to);
        for m in missions
            .iter()
            .filter(|m| m.rank <= 1 && !m.city.is_empty())
            .take(8)
        {
            let args = c.args_xy(from, to);
            let message = if m.resident {
                "place-mission"
            } else {
                "place-mission-from"
            };
            rows.push(vec![
                Cell {
                    text: m.city.to_owned(),
                    support: vec![by(m.evidence)],
                },
                Cell::label(c.wording.sentence(message, &args)?),
            ]);
            let Some(at) = m.place else { continue };
            let near = |p: &Place| (p.at.0 - at.0).abs() < 0.6 && (p.at.1 - at.1).abs() < 0.6;
            if !places.iter().any(near) {
                places.push(Place {
                    label: m.city.to_owned(),
                    at,
                    capital: false,
                    side,
                });
            }
        }
    }
    let outlines = &c.dossier.world.outlines;
    let countries = outlines
        .iter()
        .filter_map(|o| {
            let side = c.sides.iter().position(|s| s.code == o.country)?;
            Some((side, o.rings.clone()))
        })
        .collect();
    let ground = outlines
        .iter()
        .filter(|o| !c.dossier.pair.has(o.country))
        .map(|o| o.rings.clone())
        .collect();
    let distance = c.dossier.figures(Measure::DistanceCapitals).next();
    let km = match distance {
        Some((_, f)) => c
            .wording
            .say("kilometres", &c.args().text("n", c.wording.count(f.value)))?,
        None => String::new(),
    };
    let mut sources = vec![ca.citation.source.clone(), cb.citation.source.clone()];
    sources.extend(outlines.iter().take(1).map(|o| o.citation.source.clone()));
    sources.extend(
        c.dossier
            .ties(TieKind::Mission)
            .take(1)
            .map(|(e, _)| e.citation.source.clone()),
    );
    if let Some((e, f)) = distance {
        sources.push(e.citation.source.clone());
        let text = c
            .wording
            .say("kilometres", &c.args().text("n", c.wording.count(f.value)))?;
        rows.push(vec![
            Cell {
                text,
                support: vec![by(e)],
            },
            Cell::label(c.wording.sentence("key-distance", &c.args())?),
        ]);
    }
    let args = c
        .args()
        .text("from", ca.name.clone())
        .text("to", cb.name.clone())
        .text("km", km.clone());
    let known = if km.is_empty() { "no" } else { "yes" };
    let args = args.text("known", known);
    Ok(Some(Block::Chart(Chart {
        id: "map".into(),
        title: c.wording.sentence("chart-map-title", &args)?,
        subtitle: c.wording.sentence("chart-map-subtitle", &args)?,
        source_line: c.source_line(&sources)?,
        alt: c.wording.sentence("chart-map-alt", &args)?,
        plot: Plot::Map(Map {
            countries,
            ground,
            line: Some((places[0].at, places[1].at)),
            places,
            line_label: km,
        }),
        table: Table {
            id: "map-data".into(),
            title: c.wording.sentence("chart-map-subtitle", &args)?,
            columns: vec![
                c.wording.sentence("column-place", &c.args())?,
                c.wording.sentence("column-what", &c.args())?,
            ],
            numeric: vec![false, false],
            rows,
            citations: Vec::new(),
        },
    })))
}

/// Dated events and ties on a line of time, at most eighteen: the earliest of each kind first.
pub(super) fn timeline(c: &Composer<'_>) -> Result<Option<Block>> {
    let mut all: Vec<(Period, String, Support, u8)> = Vec::new();
    for (date, evidence) in politics::relation_dates(c).values() {
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
        .events(bilat_model::evidence::EventKind::Sport)
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
