//! `bilat rank`: all partners of a country.

use bilat_analyse::Votes;
use bilat_analyse::rank::{By, Partners};
use bilat_model::evidence::{Measure, Statement};
use bilat_model::source::SourceId;
use bilat_model::{Country, Pair, Registry};
use bilat_snapshot::{FigureFilter, Snapshot};

use super::rank_told::{self, Told};
use crate::args::RankArgs;
use crate::failure::Failure;
use crate::table::{Rows, Value};
use crate::{flow, workspace};

const COLUMNS: [&str; 7] = [
    "rank",
    "partner",
    "name",
    "value",
    "unit",
    "share_percent",
    "period",
];

pub(crate) fn run(args: &RankArgs) -> Result<u8, Failure> {
    let by = By::ALL
        .iter()
        .copied()
        .find(|b| b.code() == args.by)
        .ok_or_else(|| {
            let words: Vec<_> = By::ALL.iter().map(By::code).collect();
            Failure::new(format!("partners cannot be ranked by “{}”", args.by))
                .hint(format!("--by takes one of {}", words.join(", ")))
        })?;
    let snapshot = flow::snapshot()?;
    let registry = snapshot.registry()?;
    let country = flow::country(&registry, &args.country)?;
    let mut partners = Partners::new(country, by, args.year);
    feed(&snapshot, &registry, country, by, args.year, &mut partners)?;
    let table = partners.finish();
    let mut told = match workspace::if_there(&args.workspace)? {
        Some(w) => rank_told::of(&w, country, by, args.year)?,
        None => None,
    };
    if table.rows.is_empty() && told.is_none() {
        let when = args.year.map_or(String::new(), |y| format!(" in {y}"));
        return Err(Failure::new(format!(
            "no partner of {} has a value for {}{when}",
            registry.english(country),
            by.code()
        ))
        .hint("leave --year out for the latest year that most partners have"));
    }
    let mut columns = COLUMNS.to_vec();
    if told.is_some() {
        columns.extend(rank_told::COLUMNS);
    }
    let mut all: Vec<Vec<Value>> = Vec::new();
    for r in &table.rows {
        let mut row = vec![
            u64::from(r.rank).into(),
            r.partner.to_string().into(),
            registry.english(r.partner).into(),
            Value::Decimal(r.value),
            by.unit().to_string().into(),
            r.share.into(),
            table.period.map(|p| p.to_string()).into(),
        ];
        if let Some(told) = &mut told {
            row.extend(Told::values(told.remove(&r.partner).as_ref()));
        }
        all.push(row);
    }
    // Partners of whom documents alone tell.
    for (partner, told) in told.iter().flatten() {
        let mut row = vec![Value::Null; COLUMNS.len()];
        row[1] = partner.to_string().into();
        row[2] = registry.english(*partner).into();
        row.extend(Told::values(Some(told)));
        all.push(row);
    }
    let mut rows = Rows::new(&columns);
    for row in all.into_iter().take(args.limit.unwrap_or(usize::MAX)) {
        rows.push(row);
    }
    rows.write(&args.table)?;
    Ok(0)
}

/// What the ranking draws on: figures, votes, memberships, or ties and events pair by pair.
fn feed(
    snapshot: &Snapshot,
    registry: &Registry,
    country: Country,
    by: By,
    year: Option<i16>,
    partners: &mut Partners,
) -> Result<(), Failure> {
    if let Some((measures, source)) = figures(by) {
        let filter = FigureFilter {
            measures: Some(measures),
            sources: source.map(|s| vec![SourceId::new(s)]),
            years: year.map(|y| y..=y),
            totals_only: true,
        };
        snapshot.scan_figures(&filter, |f| {
            partners.figure(f.pair, f.measure, f.from, f.period, f.value);
        })?;
        return Ok(());
    }
    match by {
        By::UnAgreement => {
            let votes = Votes::new(&snapshot.roll_calls()?, &snapshot.all_voting()?)
                .map_err(Failure::new)?;
            partners.votes(&votes);
        }
        By::Memberships => snapshot
            .memberships()?
            .iter()
            .for_each(|m| partners.membership(m)),
        _ => {
            for other in registry.countries() {
                let Ok(pair) = Pair::new(country, other.code) else {
                    continue;
                };
                for e in snapshot.pair(pair)? {
                    match &e.statement {
                        Statement::Tie(t) => partners.tie(pair, t),
                        Statement::Event(v) => partners.event(pair, v),
                        Statement::Figure(f) => {
                            partners.figure(pair, f.measure, f.from, f.period, f.value)
                        }
                        // A snapshot holds none, and a writer's number is no rank's.
                        Statement::Told(_) => {}
                    }
                }
            }
        }
    }
    Ok(())
}

/// The measures of a ranking by figures, and the one source where several measure the same.
fn figures(by: By) -> Option<(Vec<Measure>, Option<&'static str>)> {
    use Measure as M;
    Some(match by {
        By::Turnover | By::Exports | By::Imports => {
            (vec![M::Exports, M::Imports], Some("trade_dots"))
        }
        By::Works => (vec![M::Works], None),
        By::Migrants => (vec![M::Migrants], None),
        By::Refugees => (vec![M::Refugees], None),
        By::FdiStock => (vec![M::FdiInstock, M::FdiOutstock], None),
        By::Remittances => (vec![M::Remittances], None),
        _ => return None,
    })
}
