//! What is new, changed, contradicted or gone between two states of the evidence on a pair.
//!
//! Statements are matched by what they are about. A statement whose name stays while its content
//! differs has changed, and so has one that went while another on the same subject came (a new
//! vintage of a page, a revised statistic). A statement that came beside one that stays, on the
//! same subject and impossible together with it, contradicts it.

use std::collections::BTreeMap;

use bilat_model::evidence::{EventDetails, Statement, TieDetails};
use bilat_model::interval::Interval;
use bilat_model::registry::fold;
use bilat_model::{Decimal, Evidence, EvidenceId, Pair, told};
use serde::Serialize;

/// The difference of two states. Each list is in the order of the names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// On subjects on which nothing was known, or beside what was known without contradiction.
    pub new: Vec<Evidence>,
    /// What was known before, and what stands in its place.
    pub changed: Vec<Changed>,
    /// What came and cannot be true together with what stays.
    pub contradicted: Vec<Contradicted>,
    /// What went and has nothing in its place.
    pub gone: Vec<Evidence>,
}

/// One statement in place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// As it was.
    pub before: Evidence,
    /// As it is.
    pub after: Evidence,
}

/// Two statements that cannot both be true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contradicted {
    /// What stays.
    pub known: Evidence,
    /// What came.
    pub new: Evidence,
}

impl Diff {
    /// Whether both states say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new.is_empty()
            && self.changed.is_empty()
            && self.contradicted.is_empty()
            && self.gone.is_empty()
    }
}

/// The difference of two states of the evidence.
#[must_use]
pub fn diff(before: &[Evidence], after: &[Evidence]) -> Diff {
    let (old, new) = (by_name(before), by_name(after));
    let mut out = Diff::default();
    let mut went: BTreeMap<Subject, Vec<&Evidence>> = BTreeMap::new();
    let mut stays: BTreeMap<Subject, Vec<&Evidence>> = BTreeMap::new();
    for (id, e) in &old {
        match new.get(id) {
            None => went.entry(subject(e)).or_default().push(e),
            Some(n) => {
                stays.entry(subject(n)).or_default().push(n);
                if !says_the_same(e, n) {
                    out.changed.push(changed(e, n));
                }
            }
        }
    }
    for (id, e) in &new {
        if old.contains_key(id) {
            continue;
        }
        let about = subject(e);
        if let Some(old) = went.get_mut(&about).and_then(|list| take(list, e)) {
            if !says_the_same(old, e) {
                out.changed.push(changed(old, e));
            }
            continue;
        }
        let known = stays.get(&about).into_iter().flatten();
        let against: Vec<_> = known.filter(|k| contradicts(k, e)).collect();
        for known in &against {
            out.contradicted.push(Contradicted {
                known: (**known).clone(),
                new: (*e).clone(),
            });
        }
        if against.is_empty() {
            out.new.push((*e).clone());
        }
    }
    out.gone = went.into_values().flatten().cloned().collect();
    out.gone.sort_by(|a, b| a.id.cmp(&b.id));
    out.changed.sort_by(|a, b| a.after.id.cmp(&b.after.id));
    out
}

fn by_name(list: &[Evidence]) -> BTreeMap<&EvidenceId, &Evidence> {
    list.iter().map(|e| (&e.id, e)).collect()
}

/// Takes the statement that a new one stands for: one that says the same, else the first.
fn take<'a>(list: &mut Vec<&'a Evidence>, e: &Evidence) -> Option<&'a Evidence> {
    let at = list.iter().position(|o| says_the_same(o, e)).unwrap_or(0);
    (!list.is_empty()).then(|| list.remove(at))
}

fn changed(before: &Evidence, after: &Evidence) -> Changed {
    Changed {
        before: before.clone(),
        after: after.clone(),
    }
}

type Subject = (Pair, Vec<String>);

/// What a statement is about, its value and its place apart.
fn subject(e: &Evidence) -> Subject {
    let text = |t: Option<&dyn ToString>| t.map_or(String::new(), |t| t.to_string());
    let parts = match &e.statement {
        Statement::Figure(f) => vec![
            "figure".to_owned(),
            e.citation.source.to_string(),
            f.measure.to_string(),
            f.from.to_string(),
            f.to.to_string(),
            text(f.reporter.as_ref().map(|r| r as _)),
            f.product.clone().unwrap_or_default(),
            text(f.period.as_ref().map(|p| p as _)),
        ],
        Statement::Told(f) => vec![
            "told".to_owned(),
            f.kind.to_string(),
            f.from.to_string(),
            f.to.to_string(),
            f.unit.clone(),
            fold(f.product.as_deref().unwrap_or_default()),
            text(f.period.as_ref().map(|p| p as _)),
            text(f.status.as_ref().map(|s| s as _)),
            // A change alone is about something else than a value.
            f.value.is_some().to_string(),
            text(
                f.compare_period
                    .as_ref()
                    .filter(|_| f.value.is_none())
                    .map(|p| p as _),
            ),
        ],
        Statement::Event(v) => vec![
            "event".to_owned(),
            v.kind.to_string(),
            text(v.date.as_ref().map(|d| d as _)),
            fold(&v.what),
        ],
        Statement::Tie(t) => vec![
            "tie".to_owned(),
            t.kind.to_string(),
            t.from.to_string(),
            t.to.to_string(),
            fold(&t.what),
        ],
    };
    (e.pair, parts)
}

/// Whether two statements say the same, wherever they stand.
fn says_the_same(a: &Evidence, b: &Evidence) -> bool {
    match (&a.statement, &b.statement) {
        (Statement::Told(x), Statement::Told(y)) => told_alike(x, y),
        (Statement::Event(x), Statement::Event(y)) => match (&x.details, &y.details) {
            (EventDetails::Told(p), EventDetails::Told(q)) => {
                (p.kind, p.date, p.end, p.host, p.planned)
                    == (q.kind, q.date, q.end, q.host, q.planned)
                    && fold(&p.what) == fold(&q.what)
            }
            _ => x == y,
        },
        (Statement::Tie(x), Statement::Tie(y)) => match (&x.details, &y.details) {
            (TieDetails::Told(p), TieDetails::Told(q)) => {
                (p.kind, p.since) == (q.kind, q.since) && fold(&p.what) == fold(&q.what)
            }
            _ => x == y,
        },
        (x, y) => x == y,
    }
}

fn told_alike(x: &told::Figure, y: &told::Figure) -> bool {
    (x.value, x.value_max, x.qualifier, &x.unit) == (y.value, y.value_max, y.qualifier, &y.unit)
        && (x.change_percent, x.change_abs, x.period, x.status)
            == (y.change_percent, y.change_abs, y.period, y.status)
}

/// Whether two statements on one subject cannot both be true.
fn contradicts(known: &Evidence, new: &Evidence) -> bool {
    match (&known.statement, &new.statement) {
        (Statement::Figure(x), Statement::Figure(y)) => x.value != y.value,
        (Statement::Told(x), Statement::Told(y)) => {
            // Without a period the two may speak of different times.
            let dated = x.period.is_some() && x.status.is_none();
            dated && allowed(x).intersect(&allowed(y)).is_empty()
        }
        (Statement::Tie(x), Statement::Tie(y)) => match (x.since, y.since) {
            (Some(a), Some(b)) => a.last() < b.first() || b.last() < a.first(),
            _ => false,
        },
        _ => false,
    }
}

/// What a told figure allows: its value's interval, or its change's.
fn allowed(f: &told::Figure) -> Interval {
    let exact = |v: Option<Decimal>| v.map_or(Interval::ALL, Interval::exactly);
    match (f.interval, f.value) {
        (Some(i), _) => i,
        (None, Some(v)) => Interval::exactly(v),
        (None, None) => f
            .change
            .as_ref()
            .map_or_else(|| exact(f.change_percent), |c| c.interval),
    }
}
