//! Key figures at a glance, and the map.

use bilat_analyse::Scope;
use bilat_model::evidence::{Measure, TieDetails, TieKind};
use bilat_model::{Decimal, Period};

use super::{Composer, Result, Told, by, map, relations, trade};
use crate::brief::{Block, Cell, Support, Table};

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
    told.blocks.extend(map::map(c)?);
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
    let dates = relations::relation_dates(c);
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
    let mut all = c.dossier.world.votes.by_year(pair.a(), pair.b());
    all.retain(|(y, _)| c.before(Period::Year(*y)));
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
