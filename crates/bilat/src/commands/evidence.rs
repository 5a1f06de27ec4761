//! `bilat evidence`: all evidence on two countries, one row each, with citation.

use std::collections::BTreeSet;

use bilat_model::evidence::Locator;
use bilat_model::told::{self, FigureKind};
use bilat_model::{Evidence, Statement};

use crate::args::EvidenceArgs;
use crate::failure::Failure;
use crate::table::{Rows, Value};
use crate::{flow, workspace};

const COLUMNS: [&str; 18] = [
    "id",
    "type",
    "kind",
    "from",
    "to",
    "reporter",
    "product",
    "period",
    "value",
    "unit",
    "valuation",
    "what",
    "until",
    "as_of",
    "source",
    "file",
    "at",
    "details",
];

pub(crate) fn run(args: &EvidenceArgs) -> Result<u8, Failure> {
    let snapshot = flow::snapshot()?;
    let registry = snapshot.registry()?;
    let pair = flow::pair(&registry, &args.pair.a, &args.pair.b)?;
    let of_publishers = args.source.iter().filter(|s| *s != told::SOURCE);
    let of_publishers: Vec<String> = of_publishers.cloned().collect();
    super::sources::chosen(&of_publishers)?;
    check_kinds(&args.kind)?;
    let mut all = snapshot.pair(pair)?;
    if let Some(w) = workspace::if_there(&args.workspace)? {
        all.extend(w.evidence(pair, None)?.flat());
    }
    let mut rows = Rows::new(&COLUMNS);
    for e in &all {
        let fits = |k: &String| k == kind(e) || k == type_of(e) || k == class(e);
        let kind_fits = args.kind.is_empty() || args.kind.iter().any(fits);
        let source_fits =
            args.source.is_empty() || args.source.iter().any(|s| **s == *e.citation.source.0);
        if kind_fits && source_fits {
            rows.push(row(e)?);
        }
    }
    rows.write(&args.table)?;
    Ok(0)
}

/// A kind that no evidence can have is a slip of the keyboard, not an empty answer.
fn check_kinds(kinds: &[String]) -> Result<(), Failure> {
    use bilat_model::evidence::{EventKind, Measure, TieKind};
    let mut known: Vec<&str> = ["figure", "told_figure", "event", "tie"]
        .into_iter()
        .chain(Measure::ALL.iter().map(Measure::code))
        .chain(FigureKind::ALL.iter().map(FigureKind::code))
        .chain(EventKind::ALL.iter().map(EventKind::code))
        .chain(TieKind::ALL.iter().map(TieKind::code))
        .collect();
    // Sources and documents have words in common.
    let mut met = BTreeSet::new();
    known.retain(|k| met.insert(*k));
    match kinds.iter().find(|k| !known.contains(&k.as_str())) {
        Some(k) => Err(Failure::new(format!("there is no kind “{k}”"))
            .hint(format!("the kinds are {}", known.join(", ")))),
        None => Ok(()),
    }
}

fn type_of(e: &Evidence) -> &'static str {
    match e.statement {
        Statement::Figure(_) => "figure",
        Statement::Told(_) => "told_figure",
        Statement::Event(_) => "event",
        Statement::Tie(_) => "tie",
    }
}

/// What a user means by the word: a figure is one whoever tells it.
fn class(e: &Evidence) -> &'static str {
    match e.statement {
        Statement::Told(_) => "figure",
        _ => type_of(e),
    }
}

fn kind(e: &Evidence) -> &'static str {
    match &e.statement {
        Statement::Figure(f) => f.measure.code(),
        Statement::Told(f) => f.kind.code(),
        Statement::Event(v) => v.kind.code(),
        Statement::Tie(t) => t.kind.code(),
    }
}

fn row(e: &Evidence) -> Result<Vec<Value>, Failure> {
    let text = |v: &dyn ToString| Value::Text(v.to_string());
    let maybe = |v: Option<&dyn ToString>| v.map_or(Value::Null, |v| Value::Text(v.to_string()));
    let mut out = vec![text(&e.id), type_of(e).into(), kind(e).into()];
    match &e.statement {
        Statement::Figure(f) => out.extend([
            text(&f.from),
            text(&f.to),
            maybe(f.reporter.as_ref().map(|r| r as _)),
            maybe(f.product.as_ref().map(|r| r as _)),
            maybe(f.period.as_ref().map(|r| r as _)),
            Value::Decimal(f.value),
            text(&f.measure.unit()),
            maybe(f.valuation.as_ref().map(|r| r as _)),
            Value::Null,
            Value::Null,
            Value::Null,
        ]),
        Statement::Told(f) => out.extend([
            text(&f.from),
            text(&f.to),
            Value::Null,
            maybe(f.product.as_ref().map(|r| r as _)),
            maybe(f.period.as_ref().map(|r| r as _)),
            f.value.map_or(Value::Null, Value::Decimal),
            text(&f.unit),
            Value::Null,
            text(&f.quote),
            Value::Null,
            Value::Null,
        ]),
        Statement::Event(v) => {
            out.extend([Value::Null, Value::Null, Value::Null, Value::Null]);
            out.push(maybe(v.date.as_ref().map(|r| r as _)));
            out.extend([Value::Null, Value::Null, Value::Null]);
            out.push(text(&v.what));
            out.extend([Value::Null, Value::Null]);
        }
        Statement::Tie(t) => {
            out.extend([text(&t.from), text(&t.to), Value::Null, Value::Null]);
            out.push(maybe(t.since.as_ref().map(|r| r as _)));
            out.extend([Value::Null, Value::Null, Value::Null]);
            out.push(text(&t.what));
            out.push(maybe(t.until.as_ref().map(|r| r as _)));
            out.push(maybe(t.as_of.as_ref().map(|r| r as _)));
        }
    }
    out.push(text(&e.citation.source));
    out.push(text(&e.citation.file));
    out.push(match &e.citation.at {
        Locator::Line(n) => Value::Text(format!("line {n}")),
        Locator::Pointer(p) => Value::Text(p.clone()),
        at @ Locator::Span(_) => text(at),
    });
    let details = match &e.statement {
        Statement::Event(v) => serde_json::to_string(&v.details)?,
        Statement::Tie(t) => serde_json::to_string(&t.details)?,
        Statement::Told(f) => serde_json::to_string(f)?,
        Statement::Figure(_) => String::new(),
    };
    let none = details.is_empty() || details.contains("\"is\":\"none\"");
    out.push(if none {
        Value::Null
    } else {
        Value::Text(details)
    });
    Ok(out)
}
