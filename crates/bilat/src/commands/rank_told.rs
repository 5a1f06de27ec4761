//! What the user's documents tell of what partners are ranked by.
//!
//! A writer's number has no place among the books' and moves no rank: it stands beside, with its
//! own period and its name for `bilat why`. Partners of whom documents alone tell come last,
//! without a rank.

use std::collections::BTreeMap;

use bilat_analyse::rank::By;
use bilat_model::told::{Figure, FigureKind};
use bilat_model::{Country, Decimal, EvidenceId, Pair, Period, Statement};
use bilat_workspace::Workspace;

use crate::failure::Failure;
use crate::table::Value;

/// The columns beside a ranking.
pub(super) const COLUMNS: [&str; 5] = [
    "told",
    "told_unit",
    "told_qualifier",
    "told_period",
    "told_id",
];

/// What a document tells of a partner.
pub(super) struct Told {
    value: Decimal,
    unit: String,
    qualifier: String,
    period: Period,
    id: EvidenceId,
}

impl Told {
    /// A row's values; nothing for a partner of whom no document tells.
    pub(super) fn values(told: Option<&Self>) -> Vec<Value> {
        match told {
            None => vec![Value::Null; COLUMNS.len()],
            Some(t) => vec![
                Value::Decimal(t.value),
                t.unit.as_str().into(),
                t.qualifier.as_str().into(),
                t.period.to_string().into(),
                t.id.0.as_str().into(),
            ],
        }
    }
}

/// Of each partner the latest actual that documents tell; of the same period that of the document
/// published last. `None` when they tell nothing that partners can be ranked by.
pub(super) fn of(
    workspace: &Workspace,
    country: Country,
    by: By,
    year: Option<i16>,
) -> Result<Option<BTreeMap<Country, Told>>, Failure> {
    let mut out = BTreeMap::new();
    for pair in workspace.pairs()?.into_keys() {
        let Some(partner) = pair.other(country) else {
            continue;
        };
        // The documents come earliest first, so that of equals the last is the newest.
        let mut latest: Option<Told> = None;
        for e in workspace.evidence(pair, None)?.flat() {
            let Statement::Told(figure) = &e.statement else {
                continue;
            };
            let Some((value, period)) = fits(figure, country, pair, by, year) else {
                continue;
            };
            let newer =
                |t: &Told| (period.last(), period.first()) >= (t.period.last(), t.period.first());
            if latest.as_ref().is_none_or(newer) {
                latest = Some(Told {
                    value,
                    unit: figure.unit.clone(),
                    qualifier: figure.qualifier.to_string(),
                    period,
                    id: e.id.clone(),
                });
            }
        }
        out.extend(latest.map(|t| (partner, t)));
    }
    Ok(Some(out).filter(|o| !o.is_empty()))
}

/// Value and period of a figure that is on what partners are ranked by.
fn fits(
    f: &Figure,
    country: Country,
    pair: Pair,
    by: By,
    year: Option<i16>,
) -> Option<(Decimal, Period)> {
    use FigureKind as K;
    // Goods are the same whichever side tells them.
    let goods = f.kind.is_flow_of_goods();
    let same = match by {
        By::Turnover => f.kind == K::TradeTurnover,
        By::Exports => goods && f.from == country,
        By::Imports => goods && f.to == country,
        By::FdiStock => f.kind == K::FdiStock,
        _ => false,
    };
    let (value, period) = (f.value?, f.period?);
    let whole = f.product.is_none() && f.status.is_none() && f.value_max.is_none();
    let of_pair = pair.has(f.from) && pair.has(f.to);
    let then = year.is_none_or(|y| period == Period::Year(y));
    (same && whole && of_pair && then && f.unit != "percent").then_some((value, period))
}
