//! Trade over the years, as a chart and as a table.

use std::collections::BTreeSet;

use bilat_analyse::Series as Of;
use bilat_model::Decimal;

use super::{Books, narrator, shown};
use crate::brief::{Block, Cell, Table};
use crate::chart::{Axis, Chart, Plot, Series};
use crate::compose::{Composer, Result, by};

/// Turnover by year, both books.
pub(super) fn turnover_chart(c: &Composer<'_>, books: &Books<'_>) -> Result<Option<Block>> {
    let million = Decimal::from(1_000_000);
    let mut series = Vec::new();
    let mut largest = Decimal::ZERO;
    for (i, side) in c.sides.iter().enumerate() {
        let points: Vec<(i16, f64)> = books
            .of
            .get(&side.code)
            .into_iter()
            .flatten()
            .filter_map(|(y, t)| {
                let v = t.turnover()?;
                largest = largest.max(v);
                Some((*y, v.to_string().parse::<f64>().unwrap_or(0.0)))
            })
            .collect();
        if !points.is_empty() {
            let args = c.args().country("x", &side.forms);
            series.push(Series {
                label: c.wording.sentence("chart-books-of", &args)?,
                colour: i,
                dashed: i == 1,
                points,
            });
        }
    }
    if series.iter().map(|s| s.points.len()).sum::<usize>() < 3 {
        return Ok(None);
    }
    let billions = largest >= million * Decimal::ONE_THOUSAND;
    let (divisor, unit) = if billions {
        (1e9, "axis-usd-billion")
    } else {
        (1e6, "axis-usd-million")
    };
    let unit = c.wording.say(unit, &c.args())?;
    let digits = u32::from(
        largest
            / Decimal::from(if billions {
                1_000_000_000_i64
            } else {
                1_000_000
            })
            < Decimal::TEN,
    );
    let years: BTreeSet<i16> = series
        .iter()
        .flat_map(|s| s.points.iter().map(|p| p.0))
        .collect();
    let (first, last) = (
        years.first().copied().unwrap_or(0),
        years.last().copied().unwrap_or(0),
    );
    let args = c
        .args()
        .text("unit", unit.clone())
        .text("from", first.to_string())
        .text("to", last.to_string());
    let title = headline(c, books, first)?;
    let scale = Decimal::from(if billions {
        1_000_000_000_i64
    } else {
        1_000_000
    });
    let mut rows = Vec::new();
    for year in years {
        let mut row = vec![Cell::label(year.to_string())];
        for side in &c.sides {
            let entry = books.year(side.code, year);
            row.push(match entry.turnover() {
                Some(t) => {
                    let mut support = entry.support();
                    support.extend(shown(c, books.trade.turnover(side.code, year)));
                    Cell {
                        text: c.wording.decimal(t / scale, 3),
                        support,
                    }
                }
                None => Cell::label(""),
            });
        }
        rows.push(row);
    }
    let mut columns = vec![c.wording.sentence("column-year", &c.args())?];
    for side in &c.sides {
        let args = c.args().country("x", &side.forms);
        columns.push(c.wording.sentence("chart-books-of", &args)?);
    }
    let table = Table {
        id: "turnover-data".into(),
        title: c.wording.sentence("chart-turnover-subtitle", &args)?,
        columns,
        numeric: vec![false, true, true],
        rows,
        citations: Vec::new(),
    };
    Ok(Some(Block::Chart(Chart {
        id: "turnover".into(),
        alt: c
            .wording
            .sentence("chart-turnover-alt", &args.text("title", title.clone()))?,
        title,
        subtitle: table.title.clone(),
        source_line: c.source_line(std::slice::from_ref(&books.source))?,
        plot: Plot::Lines {
            series,
            axis: Axis {
                unit,
                divisor,
                digits: digits as usize,
                bounds: None,
            },
        },
        table,
    })))
}

/// What the turnover chart shows: the latest year against ten years before, by the books that
/// the section is told by, so that headline and text agree.
fn headline(c: &Composer<'_>, books: &Books<'_>, first: i16) -> Result<String> {
    let values = match narrator(c, books) {
        Some((x, ..)) => books.trade.values(Of::Turnover, x),
        None => Vec::new(),
    };
    let now = values.last();
    let then = now.and_then(|(last, _)| {
        let before = values.iter().rev().find(|(y, _)| *y <= last - 10);
        before
            .or(values.first())
            .filter(|(y, v)| y < last && *v > Decimal::ZERO)
    });
    let args = match (then, now) {
        (Some((since, v0)), Some((_, v1))) => {
            let percent = v1 * Decimal::ONE_HUNDRED / v0;
            let over = |n: i64| percent >= Decimal::from(n);
            let trend = match () {
                () if over(300) => "multiplied",
                () if over(180) => "doubled",
                () if over(110) => "grown",
                () if over(90) => "steady",
                () if over(55) => "fallen",
                () => "halved",
            };
            c.args()
                .text("trend", trend)
                .text("since", since.to_string())
        }
        _ => c
            .args()
            .text("trend", "plain")
            .text("since", first.to_string()),
    };
    Ok(c.wording.sentence("chart-turnover-title", &args)?)
}

/// The last ten years that anyone reports, four figures a year: both directions, both books.
pub(super) fn by_year(c: &Composer<'_>, books: &Books<'_>) -> Result<Option<Block>> {
    let million = Decimal::from(1_000_000);
    let (a, b) = (c.a().code, c.b().code);
    let years: Vec<i16> = books.years().into_iter().rev().take(10).collect();
    let mut rows = Vec::new();
    for year in years {
        let (of_a, of_b) = (books.year(a, year), books.year(b, year));
        let mut row = vec![Cell::label(year.to_string())];
        for value in [of_a.exports, of_b.imports, of_b.exports, of_a.imports] {
            row.push(match value {
                Some((e, v)) => Cell {
                    text: c.wording.decimal(v / million, 3),
                    support: vec![by(e)],
                },
                None => Cell::label(""),
            });
        }
        rows.push(row);
    }
    let heading = |message: &str, x, y| c.wording.sentence(message, &c.args_xy(x, y));
    Ok(Some(Block::Table(Table {
        id: "trade-by-year".into(),
        title: c.wording.sentence("table-trade-title", &c.args())?,
        columns: vec![
            c.wording.sentence("column-year", &c.args())?,
            heading("column-exporter-books", a, b)?,
            heading("column-importer-books", a, b)?,
            heading("column-exporter-books", b, a)?,
            heading("column-importer-books", b, a)?,
        ],
        numeric: vec![false, true, true, true, true],
        rows,
        citations: Vec::new(),
    })))
}
