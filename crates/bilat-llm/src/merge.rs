//! What was admitted beside what the rules found.

use bilat_model::told::{Constraint, Event, Extraction, Figure, Tie};

use crate::Admitted;

/// The rules' extraction with what is new of the admitted items, all in the order of the text;
/// constraints follow their items. Where both tell the same the rules' item stays as it is.
#[must_use]
pub fn merge(rules: &Extraction, admitted: &Admitted) -> Extraction {
    let mut out = rules.clone();
    for figure in &admitted.figures {
        if !out.figures.iter().any(|f| same_figure(f, figure)) {
            out.figures.push(figure.clone());
        }
    }
    for event in &admitted.events {
        if !out.events.iter().any(|e| same_event(e, event)) {
            out.events.push(event.clone());
        }
    }
    for tie in &admitted.ties {
        if !out.ties.iter().any(|t| same_tie(t, tie)) {
            out.ties.push(tie.clone());
        }
    }
    let figures = order(&mut out.figures, rules.figures.len(), |f| f.span.start);
    let events = order(&mut out.events, rules.events.len(), |e| e.span.start);
    order(&mut out.ties, rules.ties.len(), |t| t.span.start);
    for constraint in &mut out.constraints {
        renumber(constraint, &figures, &events);
    }
    out
}

/// Puts the items behind the first `known` between these, which keep their order; gives the new
/// place of each old one.
fn order<T>(items: &mut Vec<T>, known: usize, start: impl Fn(&T) -> usize) -> Vec<usize> {
    let mut new = items.split_off(known.min(items.len()));
    new.sort_by_key(&start);
    let old = std::mem::take(items);
    let (mut new, mut places) = (new.into_iter().peekable(), Vec::with_capacity(old.len()));
    for item in old {
        while let Some(first) = new.next_if(|n| start(n) < start(&item)) {
            items.push(first);
        }
        places.push(items.len());
        items.push(item);
    }
    items.extend(new);
    places
}

/// One printed number is one figure, whatever it is called; and one figure told twice is one.
fn same_figure(a: &Figure, b: &Figure) -> bool {
    let number = match (a.value, b.value) {
        (Some(x), Some(y)) => x == y && a.unit == b.unit || alternative(a, b) || alternative(b, a),
        _ => a.change_percent.is_some() && a.change_percent == b.change_percent,
    };
    let again = a.kind == b.kind
        && (a.from, a.to) == (b.from, b.to)
        && a.period == b.period
        && a.product == b.product
        && a.status == b.status;
    number && (a.span.overlaps(&b.span) || again)
}

/// Whether `b` is the amount that `a` tells in a second currency.
fn alternative(a: &Figure, b: &Figure) -> bool {
    a.alt
        .iter()
        .any(|x| Some(x.value) == b.value && x.unit == b.unit)
}

fn same_event(a: &Event, b: &Event) -> bool {
    let dated = a.date.is_some() && a.date == b.date;
    let apart = a.date.is_some() && b.date.is_some() && !dated;
    a.kind == b.kind && (dated || a.span.overlaps(&b.span) && !apart)
}

fn same_tie(a: &Tie, b: &Tie) -> bool {
    a.kind == b.kind && (a.span.overlaps(&b.span) || a.what == b.what)
}

fn renumber(constraint: &mut Constraint, figures: &[usize], events: &[usize]) {
    let to = |places: &[usize], n: &mut usize| {
        if let Some(place) = places.get(*n) {
            *n = *place;
        }
    };
    let figure = |n: &mut usize| to(figures, n);
    match constraint {
        Constraint::Parts { whole, parts, .. } => {
            figure(whole);
            parts.iter_mut().for_each(figure);
        }
        Constraint::Moved {
            figure: later,
            before,
            ..
        } => {
            figure(later);
            before.iter_mut().for_each(figure);
        }
        Constraint::Share { part, whole, .. } => {
            figure(part);
            figure(whole);
        }
        Constraint::Average { each, total, .. } => {
            figure(each);
            figure(total);
        }
        Constraint::Surplus { balance, .. } => figure(balance),
        Constraint::Tense { event, .. } => to(events, event),
        Constraint::Count { .. }
        | Constraint::Anniversary { .. }
        | Constraint::Term { .. }
        | Constraint::Weekday { .. } => {}
    }
}
