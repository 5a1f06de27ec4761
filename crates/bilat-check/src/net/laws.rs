//! Laws that hold by themselves: both directions make turnover, parts of a year lie within it.

use std::collections::BTreeMap;

use bilat_model::Country;
use bilat_model::document::Span;
use bilat_model::told::{Constraint, FigureKind};

use super::build::Builder;
use super::{Key, Law, Topic};

/// Turnover is both directions together, the balance their difference, and the change of the
/// whole lies between the changes of its parts.
pub(crate) fn flows(b: &mut Builder<'_>) {
    let (x, y) = (b.told.pair.a(), b.told.pair.b());
    let keys: Vec<Key> = b.places.keys().filter_map(of_key).cloned().collect();
    for key in keys {
        let flow = |from, to| Key {
            kind: FigureKind::Exports,
            from,
            to,
            ..key.clone()
        };
        let (there, back) = (flow(x, y), flow(y, x));
        let told = |b: &Builder<'_>, k: &Key| b.places.contains_key(&Topic::Of(k.clone()));
        let some = told(b, &there) || told(b, &back);
        match key.kind {
            FigureKind::TradeTurnover if some => {
                let whole = b.of_key(&key);
                let parts = vec![b.of_key(&there), b.of_key(&back)];
                b.law(Law::Sum { whole, parts }, "turnover", None);
            }
            FigureKind::TradeBalance => balance(b, &key, &there, &back),
            _ => {}
        }
    }
    changes(b);
}

fn of_key(topic: &Topic) -> Option<&Key> {
    match topic {
        Topic::Of(key) => Some(key),
        _ => None,
    }
}

/// The larger flow is the smaller one and the balance. Which is the larger the text tells with a
/// word ("a surplus"), or the flows themselves do.
fn balance(b: &mut Builder<'_>, key: &Key, there: &Key, back: &Key) {
    let turnover = Key {
        kind: FigureKind::TradeTurnover,
        ..key.clone()
    };
    let told = |b: &Builder<'_>, k: &Key| b.places.contains_key(&Topic::Of(k.clone()));
    let (known, other) = (told(b, there), told(b, back));
    if !(known && other || told(b, &turnover) && (known || other)) {
        return;
    }
    let whole = b.of_key(key);
    let (a, c) = (b.of_key(there), b.of_key(back));
    let said = surplus(b, whole);
    let middle = |b: &Builder<'_>, v: usize| {
        let first = b.net.vars[v].claims.first()?;
        b.net.claims[*first].printed
    };
    let (large, small, words) = match said {
        Some((of, span)) if of == there.from => (a, c, Some(span)),
        Some((_, span)) => (c, a, Some(span)),
        None => match (middle(b, a), middle(b, c)) {
            (Some(p), Some(q)) if p >= q => (a, c, None),
            (Some(_), Some(_)) => (c, a, None),
            _ => return,
        },
    };
    let parts = vec![small, whole];
    let law = Law::Sum {
        whole: large,
        parts,
    };
    b.law(law, "balance", words);
}

/// Who is told to sell more than it buys.
fn surplus(b: &Builder<'_>, balance: usize) -> Option<(Country, Span)> {
    b.told.constraints.iter().find_map(|c| match c {
        Constraint::Surplus {
            balance: figure,
            of,
            span,
        } if b.var_of.get(*figure) == Some(&balance) => Some((*of, *span)),
        _ => None,
    })
}

/// For every sum whose members' changes between the same two periods are told: the whole's
/// change lies between those of its parts.
fn changes(b: &mut Builder<'_>) {
    let mut by_now: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (topic, &v) in &b.places {
        if let Topic::Change(now, before) = topic {
            by_now.entry(*now).or_default().push((*before, v));
        }
    }
    let sums: Vec<(usize, Vec<usize>)> = b
        .net
        .laws
        .iter()
        .filter_map(|e| match &e.law {
            Law::Sum { whole, parts } if e.rule == "turnover" => Some((*whole, parts.clone())),
            _ => None,
        })
        .collect();
    let period = |b: &Builder<'_>, v: usize| {
        let topic = b.net.vars.get(v).map(|v| &v.topic)?;
        of_key(topic).map(|k| k.period)
    };
    for (whole, parts) in sums {
        for &(before, change) in by_now.get(&whole).into_iter().flatten() {
            let same = |part: &usize| {
                let all = by_now.get(part)?;
                let of = |(p, _): &&(usize, usize)| {
                    period(b, *p).is_some() && period(b, *p) == period(b, before)
                };
                all.iter().find(of).map(|(_, v)| *v)
            };
            let Some(of_parts) = parts.iter().map(same).collect::<Option<Vec<_>>>() else {
                continue;
            };
            let law = Law::Between {
                whole: change,
                parts: of_parts,
            };
            b.law(law, "change-between", None);
        }
    }
}

/// What moves within a stretch of time moves within every longer one that holds it; stretches
/// that fill a longer one without a gap add up to it.
pub(crate) fn periods(b: &mut Builder<'_>) {
    let mut series: BTreeMap<Key, Vec<(Key, usize)>> = BTreeMap::new();
    for (topic, &v) in &b.places {
        let Some(key) = of_key(topic) else { continue };
        let flows = matches!(
            key.kind,
            FigureKind::TradeTurnover
                | FigureKind::Exports
                | FigureKind::Tourists
                | FigureKind::FdiFlow
                | FigureKind::Investment
        );
        let fiscal = matches!(key.period, bilat_model::Period::Fiscal(_));
        let told = !b.net.vars[v].claims.is_empty();
        if flows && told && !fiscal && key.status.is_empty() {
            let any = Key {
                period: bilat_model::Period::Year(1),
                ..key.clone()
            };
            series.entry(any).or_default().push((key.clone(), v));
        }
    }
    for mut all in series.into_values() {
        all.sort_by_key(|(k, _)| (k.period.first(), std::cmp::Reverse(k.period.last())));
        nest(b, &all);
    }
}

fn nest(b: &mut Builder<'_>, all: &[(Key, usize)]) {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
    let mut open: Vec<usize> = Vec::new();
    for (i, (key, _)) in all.iter().enumerate() {
        while open
            .last()
            .is_some_and(|o| !all[*o].0.period.contains(&key.period))
        {
            open.pop();
        }
        if let Some(&o) = open.last() {
            children[o].push(i);
        }
        open.push(i);
    }
    for (i, inner) in children.iter().enumerate() {
        let (outer, large) = (&all[i].0.period, all[i].1);
        for &c in inner {
            let small = all[c].1;
            let law = Law::AtMost {
                small,
                large,
                strict: false,
            };
            b.law(law, "periods", None);
        }
        let of = |c: &usize| all[*c].0.period;
        let follows = |w: &[usize]| of(&w[0]).last().tomorrow().ok() == Some(of(&w[1]).first());
        let net = matches!(all[i].0.kind, FigureKind::FdiFlow | FigureKind::Investment);
        let fills = !net
            && inner.len() > 1
            && inner.first().map(|c| of(c).first()) == Some(outer.first())
            && inner.last().map(|c| of(c).last()) == Some(outer.last())
            && inner.windows(2).all(follows);
        if fills {
            let parts = inner.iter().map(|c| all[*c].1).collect();
            let law = Law::Sum {
                whole: large,
                parts,
            };
            b.law(law, "periods-add", None);
        }
    }
}
