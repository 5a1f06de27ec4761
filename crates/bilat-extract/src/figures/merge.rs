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
