//! A figure told twice is listed once.

use bilat_model::told::{Extraction, Figure, FigureKind};

/// Whether two tell the same quantity with the same value.
fn same(a: &Figure, b: &Figure) -> bool {
    let trade = |k| matches!(k, FigureKind::Exports | FigureKind::Imports);
    let kind = a.kind == b.kind || trade(a.kind) && trade(b.kind);
    let period = a.period == b.period || a.period.is_none() || b.period.is_none();
    kind && (a.from, a.to) == (b.from, b.to)
        && a.value == b.value
        && a.unit == b.unit
        && a.status == b.status
        && period
        && (a.value.is_some() || a.change_percent == b.change_percent)
        && (a.product == b.product || a.product.is_none() || b.product.is_none())
}

/// Lists each figure once, with what its repetitions add.
pub(super) fn merge(figures: Vec<Figure>, told: &mut Extraction) {
    let figures = with_their_values(figures);
    for figure in figures {
        match told.figures.iter_mut().find(|f| same(f, &figure)) {
            Some(first) => add(first, figure),
            None => told.figures.push(figure),
        }
    }
}

fn add(first: &mut Figure, again: Figure) {
    first.period = first.period.or(again.period);
    if first.change.is_none() && again.change.is_some() {
        first.change = again.change;
        first.change_percent = again.change_percent;
        first.change_qualifier = again.change_qualifier;
        first.compare_period = again.compare_period;
    }
    first.change_abs = first.change_abs.or(again.change_abs);
    if first.alt.is_empty() {
        first.alt = again.alt;
    }
    if first.product.is_none() {
        first.product = again.product;
    }
}

/// A change told without a value goes to the value that is told of the same quantity elsewhere.
fn with_their_values(figures: Vec<Figure>) -> Vec<Figure> {
    let (bare, mut out): (Vec<_>, Vec<_>) = figures
        .into_iter()
        .enumerate()
        .partition(|(_, f)| f.value.is_none() && f.change.is_some());
    for (at, change) in bare {
        let whose = out.iter_mut().find(|(_, f)| {
            f.kind == change.kind
                && (f.from, f.to) == (change.from, change.to)
                && f.status == change.status
                && f.period.is_some()
                && f.period == change.period
                && f.value.is_some()
                && (f.change.is_none() || f.change_percent == change.change_percent)
                && f.product == change.product
        });
        match whose {
            Some((_, figure)) => add(figure, change),
            None => out.push((at, change)),
        }
    }
    out.sort_by_key(|(at, _)| *at);
    out.into_iter().map(|(_, f)| f).collect()
}
