//! Where each pair stands among all pairs: fed from what was read, or from a snapshot.

use bilat_analyse::{StandingsBuilder, Votes};
use bilat_model::Pair;
use bilat_model::evidence::{Figure, Measure, Statement};
use bilat_model::records::Records;
use bilat_model::source::SourceId;
use bilat_model::standing::Standing;
use bilat_snapshot::Snapshot;

use crate::failure::Failure;

/// Several sources measure goods trade; places are made by the one with both books.
const TRADE: &str = "trade_dots";

fn counts(figure: &Figure, source: &SourceId) -> bool {
    let trade = matches!(figure.measure, Measure::Exports | Measure::Imports);
    figure.product.is_none() && (!trade || source.0.as_ref() == TRADE)
}

fn feed(builder: &mut StandingsBuilder, pair: Pair, source: &SourceId, statement: &Statement) {
    match statement {
        Statement::Figure(f) if counts(f, source) => {
            builder.figure(pair, f.measure, f.from, f.period, f.value);
        }
        Statement::Figure(_) | Statement::Told(_) => {}
        Statement::Event(e) => builder.event(pair, e),
        Statement::Tie(t) => builder.tie(pair, t),
    }
}

/// Places that nothing tells: one way of trade alone, by one book or both. `bilat rank` computes
/// them from the figures when asked; kept for all pairs they would be a fifth of the table.
fn told(standing: &Standing) -> bool {
    !(standing.indicator.starts_with("exports_") || standing.indicator.starts_with("imports_"))
}

/// The places that are kept.
fn finish(builder: StandingsBuilder) -> Vec<Standing> {
    let mut all = builder.finish();
    all.retain(told);
    all
}

/// From what the readers gave.
pub(crate) fn of_records(records: &Records, votes: &Votes) -> Vec<Standing> {
    let mut builder = StandingsBuilder::new();
    for (pair, statement, citation) in &records.evidence {
        feed(&mut builder, *pair, &citation.source, statement);
    }
    for m in records
        .memberships
        .iter()
        .filter(|m| m.citation.source.0.as_ref() == "igo")
    {
        builder.membership(m);
    }
    builder.votes(votes);
    finish(builder)
}

/// From a snapshot with what was synced over it.
pub(crate) fn of_snapshot(snapshot: &Snapshot, votes: &Votes) -> Result<Vec<Standing>, Failure> {
    let mut builder = StandingsBuilder::new();
    for item in snapshot.pairs_in_order(None, None)? {
        let (pair, evidence) = item?;
        for e in &evidence {
            feed(&mut builder, pair, &e.citation.source, &e.statement);
        }
    }
    for m in snapshot
        .memberships()?
        .iter()
        .filter(|m| m.citation.source.0.as_ref() == "igo")
    {
        builder.membership(m);
    }
    builder.votes(votes);
    Ok(finish(builder))
}
