//! The order of the rows. Every table has one order whatever the order of reading was, and two
//! builds from the same files give the same bytes.

use std::collections::BTreeMap;

use bilat_model::evidence::{Citation, Event, EvidenceId, Figure, Statement, Tie};
use bilat_model::records::Records;
use bilat_model::{Country, Pair, Period};

use crate::SnapshotError;
use crate::Table;
use crate::codec::{Point, Stored, VoteRow};

/// A period as something cheap to compare, in the order of [`Period`].
fn when(period: Option<Period>) -> Option<(i32, i32, String)> {
    let days = |d: jiff::civil::Date| {
        i32::from(d.year()) * 512 + i32::from(d.month()) * 32 + i32::from(d.day())
    };
    // Periods over the same days differ in form; the text tells them apart, and most are years,
    // which need none.
    period.map(|p| {
        let form = match p {
            Period::Year(_) => String::new(),
            other => other.to_string(),
        };
        (days(p.first()), days(p.last()), form)
    })
}

/// Figures in the order of the table, with the numbers that tell equal names apart.
pub(crate) fn figures(records: &Records) -> Result<Vec<Stored<'_, Figure>>, SnapshotError> {
    let mut rows: Vec<_> = select(records, |s| match s {
        Statement::Figure(f) => Some(f),
        _ => None,
    });
    rows.sort_by_cached_key(|r| {
        let f = r.what;
        (
            (r.pair, &r.citation.source, f.measure, f.from, f.to),
            (f.reporter, f.product.as_deref(), when(f.period)),
            (&r.citation.file, &r.citation.at),
        )
    });
    number(&mut rows, Table::Figures, |f| Statement::Figure(f.clone()))?;
    Ok(rows)
}

/// Events in the order of the table.
pub(crate) fn events(records: &Records) -> Result<Vec<Stored<'_, Event>>, SnapshotError> {
    let mut rows: Vec<_> = select(records, |s| match s {
        Statement::Event(e) => Some(e),
        _ => None,
    });
    rows.sort_by_cached_key(|r| {
        let e = r.what;
        (
            (r.pair, &r.citation.source, e.kind, when(e.date)),
            (&e.what, format!("{:?}", e.details)),
            (&r.citation.file, &r.citation.at),
        )
    });
    number(&mut rows, Table::Events, |e| Statement::Event(e.clone()))?;
    Ok(rows)
}

/// Ties in the order of the table.
pub(crate) fn ties(records: &Records) -> Result<Vec<Stored<'_, Tie>>, SnapshotError> {
    let mut rows: Vec<_> = select(records, |s| match s {
        Statement::Tie(t) => Some(t),
        _ => None,
    });
    rows.sort_by_cached_key(|r| {
        let t = r.what;
        (
            (r.pair, &r.citation.source, t.kind, t.from, t.to),
            (&t.what, when(t.since), when(t.until)),
            (format!("{:?}", t.details), &r.citation.file, &r.citation.at),
        )
    });
    number(&mut rows, Table::Ties, |t| Statement::Tie(t.clone()))?;
    Ok(rows)
}

fn select<'a, T>(
    records: &'a Records,
    get: impl Fn(&'a Statement) -> Option<&'a T>,
) -> Vec<Stored<'a, T>> {
    let stored = |(pair, statement, citation): &'a (Pair, Statement, Citation)| {
        get(statement).map(|what| Stored {
            pair: *pair,
            what,
            citation,
            ordinal: 0,
        })
    };
    records.evidence.iter().filter_map(stored).collect()
}

/// Numbers the rows of a pair that would share a name, and checks that no two do in the end.
fn number<T>(
    rows: &mut [Stored<'_, T>],
    table: Table,
    statement: impl Fn(&T) -> Statement,
) -> Result<(), SnapshotError> {
    let mut taken = BTreeMap::<String, u32>::new();
    let mut pair = None;
    for row in rows {
        if pair != Some(row.pair) {
            pair = Some(row.pair);
            taken.clear();
        }
        let what = statement(row.what);
        let name = |n: u32| EvidenceId::of(row.pair, &row.citation.source, &what, n as usize).0;
        let plain = name(0);
        // The next number for this name; a name that already reads like a numbered one of
        // another statement is passed over.
        let mut n = taken.get(&plain).copied().unwrap_or(0);
        let mut full = if n == 0 { plain.clone() } else { name(n) };
        while n > 0 && taken.contains_key(&full) {
            n += 1;
            full = name(n);
        }
        if n == u32::MAX {
            return Err(SnapshotError::Unstorable {
                table: table.name(),
                record: plain,
                reason: "too many records share this name".to_owned(),
            });
        }
        taken.insert(plain, n + 1);
        taken.entry(full).or_insert(1);
        row.ordinal = n;
    }
    Ok(())
}

/// References in the order of a key.
pub(crate) fn sorted<T, K: Ord>(rows: &[T], key: impl Fn(&T) -> K) -> Vec<&T> {
    let mut out: Vec<&T> = rows.iter().collect();
    out.sort_by_cached_key(|r| key(r));
    out
}

/// Votes a row each, by country, then index.
pub(crate) fn votes(records: &Records) -> Vec<VoteRow> {
    let mut out: Vec<VoteRow> = records
        .voting
        .iter()
        .flat_map(|r| {
            r.votes.iter().map(|(index, vote)| VoteRow {
                country: r.country,
                index: *index,
                vote: *vote,
            })
        })
        .collect();
    out.sort_by_key(|v| (v.country, v.index));
    out
}

/// Outlines a point each, by country, the points as drawn.
pub(crate) fn points(records: &Records) -> Vec<Point<&Citation>> {
    let mut out = Vec::new();
    for outline in sorted(&records.outlines, |o| (o.country, o.citation.clone())) {
        for (ring, points) in (0..).zip(&outline.rings) {
            out.extend(points.iter().map(|at| Point {
                country: outline.country,
                ring,
                at: *at,
                citation: &outline.citation,
            }));
        }
    }
    out
}

/// The key of tables by country and citation.
pub(crate) fn by_citation(country: Country, citation: &Citation) -> (Country, Citation) {
    (country, citation.clone())
}
