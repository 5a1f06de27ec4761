//! The map: the two countries, their capitals and missions, and the way between.

use bilat_model::evidence::{Measure, TieKind};
use bilat_model::{Country, Decimal};

use super::{Composer, Result, by, missions};
use crate::brief::{Block, Cell, Support, Table};
use crate::chart::{Chart, Map, Place, Plot};

fn degrees(d: Decimal) -> f64 {
    d.to_string().parse().unwrap_or(0.0)
}

/// The two countries with capitals and missions, and the way between the capitals.
pub(super) fn map(c: &Composer<'_>) -> Result<Option<Block>> {
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
        let missions = missions::missions_of(c, from, to);
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
