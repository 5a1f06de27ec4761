//! Goods by section, in words and as a chart.

use std::collections::BTreeSet;

use bilat_analyse::Trade;
use bilat_model::evidence::{Figure, Measure};
use bilat_model::source::SourceId;
use bilat_model::{Country, Decimal, Evidence, Period};

use super::{Valued, shown};
use crate::brief::{Block, Cell, Sentence, Table};
use crate::chart::{Axis, Chart, Plot};
use crate::compose::{Composer, Result, by};

/// Goods by section in the latest year that has any, one direction.
struct Goods<'c> {
    year: Period,
    from: Country,
    sections: Vec<(&'c str, Valued<'c>)>,
    total: Decimal,
}

fn goods_of<'c>(c: &'c Composer<'_>, from: Country, year: Option<Period>) -> Option<Goods<'c>> {
    let mut of: Vec<(&Evidence, &Figure)> = c
        .dossier
        .figures(Measure::Exports)
        .filter(|(_, f)| f.from == from && f.product.is_some())
        .collect();
    let year = year.or_else(|| of.iter().filter_map(|(_, f)| f.period).max())?;
    of.retain(|(_, f)| f.period == Some(year));
    let mut sections: Vec<_> = of
        .iter()
        .filter_map(|(e, f)| Some((f.product.as_deref()?, (*e, f.value))))
        .collect();
    sections.sort_by(|x, y| y.1.1.cmp(&x.1.1).then(x.0.cmp(y.0)));
    let total = sections.iter().map(|s| s.1.1).sum();
    (!sections.is_empty()).then_some(Goods {
        year,
        from,
        sections,
        total,
    })
}

/// A section's name as a sentence uses it.
fn section_name(c: &Composer<'_>, code: &str) -> Result<String> {
    Ok(c.wording
        .say(&format!("goods-{}", code.to_lowercase()), &c.args())?)
}

pub(super) fn goods(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    let mut told_year = None;
    for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
        let Some(g) = goods_of(c, x, None).filter(|g| g.total >= Decimal::from(10_000)) else {
            continue;
        };
        let share = |v: Decimal| v * Decimal::ONE_HUNDRED / g.total;
        let (first, rest) = (&g.sections[0], &g.sections[1..]);
        let mut support = vec![by(first.1.0)];
        let trade = Trade::of(
            c.dossier.pair,
            &c.dossier.evidence,
            &first.1.0.citation.source,
        )
        .marked();
        let year = g.year.year().unwrap_or_default();
        support.extend(shown(c, trade.largest_section(x, year)));
        let args = c
            .args_xy(x, y)
            .text("turn", if out.is_empty() { "first" } else { "back" })
            .text(
                "same-year",
                if told_year.is_none_or(|t| t == g.year) {
                    "yes"
                } else {
                    "no"
                },
            )
            .text("year", g.year.to_string())
            .text("section", section_name(c, first.0)?)
            .text("percent", c.wording.percent(share(first.1.1)));
        let second = rest.first().filter(|s| share(s.1.1) >= Decimal::TEN);
        let args = match second {
            Some(s) => {
                support.extend(g.sections.iter().map(|s| by(s.1.0)));
                args.text("more", "yes")
                    .text("second", section_name(c, s.0)?)
                    .text("second-percent", c.wording.percent(share(s.1.1)))
            }
            None => args
                .text("more", "no")
                .text("second", "")
                .text("second-percent", ""),
        };
        told_year = told_year.or(Some(g.year));
        out.push(c.sentence_as(&format!("goods-{x}"), "goods", &args, support)?);
    }
    Ok(out)
}

/// Goods by section, both directions.
pub(super) fn goods_chart(c: &Composer<'_>) -> Result<Option<Block>> {
    let (a, b) = (c.a().code, c.b().code);
    let latest = goods_of(c, a, None)
        .map(|g| g.year)
        .max(goods_of(c, b, None).map(|g| g.year));
    let Some(year) = latest else { return Ok(None) };
    let both = [goods_of(c, a, Some(year)), goods_of(c, b, Some(year))];
    let value = |i: usize, code: &str| -> Option<Valued<'_>> {
        both[i]
            .as_ref()?
            .sections
            .iter()
            .find(|s| s.0 == code)
            .map(|s| s.1)
    };
    let codes: BTreeSet<&str> = both
        .iter()
        .flatten()
        .flat_map(|g| g.sections.iter().map(|s| s.0))
        .collect();
    let largest = both
        .iter()
        .flatten()
        .flat_map(|g| g.sections.iter().map(|s| s.1.1))
        .max()
        .unwrap_or_default();
    let (scale, unit) = match largest {
        v if v >= Decimal::from(2_000_000_000_i64) => (1_000_000_000_i64, "axis-usd-billion"),
        v if v >= Decimal::from(2_000_000) => (1_000_000, "axis-usd-million"),
        _ => (1_000, "axis-usd-thousand"),
    };
    let unit = c.wording.say(unit, &c.args())?;
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    for code in codes {
        let label = c
            .wording
            .sentence(&format!("goods-{}", code.to_lowercase()), &c.args())?;
        let number =
            |v: Option<Valued<'_>>| v.map(|v| v.1.to_string().parse::<f64>().unwrap_or(0.0));
        rows.push((
            label.clone(),
            number(value(0, code)),
            number(value(1, code)),
        ));
        let mut row = vec![Cell::label(label)];
        for i in 0..2 {
            row.push(match value(i, code) {
                Some(v) => Cell {
                    text: c.wording.decimal(v.1 / Decimal::from(scale), 3),
                    support: vec![by(v.0)],
                },
                None => Cell::label(""),
            });
        }
        cells.push(row);
    }
    let direction = |x, y| c.wording.sentence("chart-direction", &c.args_xy(x, y));
    let (left, right) = (direction(a, b)?, direction(b, a)?);
    let args = c
        .args()
        .text("unit", unit.clone())
        .text("year", year.to_string());
    let sources: Vec<SourceId> = both
        .iter()
        .flatten()
        .flat_map(|g| g.sections.iter().map(|s| s.1.0.citation.source.clone()))
        .collect();
    let tops = both
        .iter()
        .flatten()
        .filter(|g| g.total > Decimal::ZERO)
        .max_by_key(|g| g.total);
    let title = match tops {
        Some(g) => {
            let to = c.dossier.pair.other(g.from).unwrap_or(g.from);
            let args = c
                .args_xy(g.from, to)
                .text("section", section_name(c, g.sections[0].0)?)
                .text("year", year.to_string());
            c.wording.sentence("chart-goods-title", &args)?
        }
        None => c.wording.sentence("chart-goods-plain", &args)?,
    };
    let table = Table {
        id: "goods-data".into(),
        title: c.wording.sentence("chart-goods-subtitle", &args)?,
        columns: vec![
            c.wording.sentence("column-goods", &c.args())?,
            left.clone(),
            right.clone(),
        ],
        numeric: vec![false, true, true],
        rows: cells,
        citations: Vec::new(),
    };
    #[allow(clippy::cast_precision_loss)] // 10^9 at most
    let divisor = scale as f64;
    Ok(Some(Block::Chart(Chart {
        id: "goods".into(),
        alt: c
            .wording
            .sentence("chart-goods-alt", &args.text("title", title.clone()))?,
        title,
        subtitle: table.title.clone(),
        source_line: c.source_line(&sources)?,
        plot: Plot::Mirror {
            left,
            right,
            rows,
            axis: Axis {
                unit,
                divisor,
                digits: 1,
                bounds: None,
            },
        },
        table,
    })))
}
