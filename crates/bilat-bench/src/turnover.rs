//! Turnover, growth and rank of all pairs and years, from the Parquet file.

use std::error::Error;
use std::path::Path;

use bilat_analyse::bulk::{Flow, Turnover, turnovers};
use bilat_model::Decimal;
use bilat_model::evidence::Measure;
use bilat_model::source::SourceId;
use bilat_snapshot::{FigureFilter, FigureRow, Snapshot};
use serde_json::{Value, json};

/// A turnover with its growth, per cent.
type Row = (Turnover, Option<f64>);

pub(crate) fn run(dir: &Path, runs: usize) -> Result<Value, Box<dyn Error>> {
    // Opening compares each file with its hash, which the peers do not; the file itself is read
    // anew by each run.
    let load = || Ok(Snapshot::open(dir)?);
    crate::timed(load, runs, all, |rows| answer(rows))
}

fn all(snapshot: &Snapshot) -> Result<Vec<Row>, Box<dyn Error>> {
    let filter = FigureFilter {
        measures: Some(vec![Measure::Exports, Measure::Imports]),
        sources: Some(vec![SourceId::new("trade_dots")]),
        years: None,
        totals_only: true,
    };
    let flows = snapshot.collect_figures(&filter, |row| flow(&row))?;
    let rows = turnovers(flows);
    Ok(rows.into_iter().map(|t| (t, growth(&t))).collect())
}

/// A figure of the reporter's own books; the other side's is not counted twice.
fn flow(row: &FigureRow<'_>) -> Option<Flow> {
    let exports = row.measure == Measure::Exports;
    let (own, partner) = if exports {
        (row.from, row.to)
    } else {
        (row.to, row.from)
    };
    let mut value = row.value;
    value.rescale(6);
    Some(Flow {
        reporter: row.reporter.filter(|r| *r == own)?,
        partner,
        year: row.period?.year()?,
        exports,
        micros: i64::try_from(value.mantissa()).ok()?,
    })
}

/// As a floating-point number, as the peers have it.
#[allow(clippy::cast_precision_loss)]
fn growth(t: &Turnover) -> Option<f64> {
    let before = t.before.filter(|b| *b > 0)?;
    Some(100.0 * (t.micros - before) as f64 / before as f64)
}

fn answer(rows: &[Row]) -> Result<Value, Box<dyn Error>> {
    let total: i128 = rows.iter().map(|(t, _)| i128::from(t.micros)).sum();
    let grown = rows.iter().filter(|(_, g)| g.is_some_and(|g| g > 0.0));
    let (one, growth) = rows
        .iter()
        .find(|(t, _)| (t.reporter.code(), t.partner.code(), t.year) == ("KAZ", "SVN", 2019))
        .ok_or("there is no turnover of KAZ with SVN in 2019")?;
    let growth = growth.ok_or("there is no growth of KAZ with SVN in 2019")?;
    Ok(json!({
        "rows": rows.len(),
        "turnover": Decimal::try_from_i128_with_scale(total, 6)?.normalize().to_string(),
        "growths": rows.iter().filter(|(_, g)| g.is_some()).count(),
        "grown": grown.count(),
        "ranks": rows.iter().map(|(t, _)| u64::from(t.rank)).sum::<u64>(),
        "kaz_svn_2019": {
            "turnover": one.dollars().to_string(),
            "growth": format!("{growth:.6}"),
            "rank": one.rank,
        },
    }))
}
