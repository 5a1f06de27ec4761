//! A figure told twice is listed once.

use std::collections::{BTreeMap, BTreeSet};

use bilat_model::told::{Constraint, Extraction, Figure, FigureKind};

/// Whether two tell the same quantity with the same value.
fn same(a: &Figure, b: &Figure) -> bool {
    let kind = a.kind == b.kind || a.kind.is_flow_of_goods() && b.kind.is_flow_of_goods();
    let period = a.period == b.period || a.period.is_none() || b.period.is_none();
    kind && (a.from, a.to) == (b.from, b.to)
        && a.value == b.value
        && a.unit == b.unit
        && a.status == b.status
        && period
        && (a.value.is_some() || a.change_percent == b.change_percent)
        && (a.product == b.product || a.product.is_none() || b.product.is_none())
}

/// Whether a line above the text gives away what the text tells in full: "$36 million in
/// investments" over "the direct investment flow from 2005 to 2024 amounted to $36 million".
fn announces(title: &Figure, full: &Figure) -> bool {
    let invested = |k| {
        matches!(
            k,
            FigureKind::Investment | FigureKind::FdiFlow | FigureKind::FdiStock
        )
    };
    title.headline
        && !full.headline
        && title.value.is_some()
        && title.value == full.value
        && title.unit == full.unit
        && (title.from, title.to) == (full.from, full.to)
        && (title.kind == full.kind || invested(title.kind) && invested(full.kind))
        && title.change.is_none()
}

/// Lists each figure once, with what its repetitions add; constraints follow their figures.
pub(super) fn merge(figures: Vec<Figure>, constraints: Vec<Constraint>, told: &mut Extraction) {
    let mut places = vec![None; figures.len()];
    let mut figures = with_their_values(figures, &mut places);
    let titles: Vec<usize> = figures
        .iter()
        .filter(|(_, t)| t.headline && figures.iter().any(|(_, f)| announces(t, f)))
        .map(|(at, _)| *at)
        .collect();
    figures.retain(|(at, _)| !titles.contains(at));
    // A whole and its parts are told apart even where they are equal: "19 companies, of which 8 …
    // and 19 …" is a slip, not a repetition.
    let apart: BTreeSet<usize> = constraints.iter().flat_map(told_apart).collect();
    // Repetitions are looked for among figures of the same value, so that a long text takes time
    // by its length.
    let mut by_value: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    let mut moved: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, figure) in figures {
        let alike = by_value
            .entry((figure.value, figure.from, figure.to))
            .or_default();
        let again = alike
            .iter()
            .copied()
            .find(|i| !apart.contains(&at) && same(&told.figures[*i], &figure));
        let place = again.unwrap_or(told.figures.len());
        match again {
            Some(i) => add(&mut told.figures[i], figure),
            None => {
                alike.push(place);
                told.figures.push(figure);
            }
        }
        moved.insert(at, place);
    }
    for p in &mut places {
        if let Some(Place::Before(at)) = p {
            *p = moved.get(at).copied().map(Place::After);
        }
    }
    let after = |i: usize| match places.get(i) {
        Some(Some(Place::After(p))) => Some(*p),
        _ => None,
    };
    told.constraints
        .extend(constraints.into_iter().filter_map(|c| follow(c, &after)));
}

/// The figures that a constraint sets apart as a whole and its parts.
fn told_apart(constraint: &Constraint) -> Vec<usize> {
    match constraint {
        Constraint::Parts { whole, parts, .. } => parts.iter().copied().chain([*whole]).collect(),
        _ => Vec::new(),
    }
}

/// Where a figure went: to whose place of the list before merging, then of the list after it.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Before(usize),
    After(usize),
}

/// A constraint about the merged figures; none when two of its figures became one.
fn follow(constraint: Constraint, after: &dyn Fn(usize) -> Option<usize>) -> Option<Constraint> {
    match constraint {
        Constraint::Moved {
            figure,
            before,
            direction,
            span,
        } => {
            let (figure, before) = (after(figure)?, after(before?)?);
            (figure != before).then_some(Constraint::Moved {
                figure,
                before: Some(before),
                direction,
                span,
            })
        }
        Constraint::Parts { whole, parts, span } => {
            let whole = after(whole)?;
            let parts: Vec<usize> = parts.into_iter().map(after).collect::<Option<_>>()?;
            let apart = !parts.contains(&whole)
                && parts
                    .iter()
                    .enumerate()
                    .all(|(i, p)| !parts[..i].contains(p));
            apart.then_some(Constraint::Parts { whole, parts, span })
        }
        other => Some(other),
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
fn with_their_values(figures: Vec<Figure>, places: &mut [Option<Place>]) -> Vec<(usize, Figure)> {
    let (bare, mut out): (Vec<_>, Vec<_>) = figures
        .into_iter()
        .enumerate()
        .partition(|(_, f)| f.value.is_none() && f.change.is_some());
    for (at, _) in &out {
        places[*at] = Some(Place::Before(*at));
    }
    for (at, change) in bare {
        // "Exports have doubled. They stood at 12.6 billion in 2021, against 6.3": the value told
        // next is the one that moved.
        let next = |i: usize| i > at && i <= at + 1;
        let whose = out.iter_mut().find(|(i, f)| {
            f.kind == change.kind
                && (f.from, f.to) == (change.from, change.to)
                && f.status == change.status
                && f.period.is_some()
                && (f.period == change.period || change.period.is_none() && next(*i))
                && f.value.is_some()
                && (f.change.is_none() || f.change_percent == change.change_percent)
                && f.product == change.product
        });
        match whose {
            Some((to, figure)) => {
                places[at] = Some(Place::Before(*to));
                add(figure, change);
            }
            None => {
                places[at] = Some(Place::Before(at));
                out.push((at, change));
            }
        }
    }
    out.sort_by_key(|(at, _)| *at);
    out
}
