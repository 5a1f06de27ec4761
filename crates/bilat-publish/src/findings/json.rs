//! All that was read and found, as data.

use bilat_model::document::{Document, Origin, Span};
use bilat_model::finding::Finding;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Checked, CheckedPair};

/// What was read and found as JSON, indented, with a line feed at its end: the object of a
/// document, by `docs/check.schema.json`; when several documents were asked for, an array.
///
/// Spans are of bytes in the text that was read, which for plain text is the input itself. For
/// anything else the text stands in `document.text`, and `input_span` leads into the input where
/// that is known.
///
/// # Errors
/// Those of [`serde_json`], when a value cannot be written.
pub fn json(all: &[Checked], several: bool) -> Result<String, serde_json::Error> {
    let objects = all.iter().map(object).collect::<Result<Vec<_>, _>>()?;
    let mut out = match objects.as_slice() {
        [one] if !several => serde_json::to_string_pretty(one)?,
        all => serde_json::to_string_pretty(all)?,
    };
    out.push('\n');
    Ok(out)
}

fn object(checked: &Checked) -> Result<Map<String, Value>, serde_json::Error> {
    let document = &checked.document;
    let mut out = Map::new();
    out.insert("schema".into(), json!(1));
    out.insert("document".into(), self::document(checked)?);
    let mut pairs = checked.pairs.iter();
    match pairs.next() {
        Some(main) => out.extend(pair(document, main)?),
        None => {
            out.insert("pair".into(), Value::Null);
            out.insert("published".into(), json!(document.meta.published));
            for list in ["figures", "events", "ties", "constraints", "findings"] {
                out.insert(list.into(), json!([]));
            }
        }
    }
    let others: Result<Vec<_>, _> = pairs.map(|p| pair(document, p)).collect();
    out.insert("other_pairs".into(), json!(others?));
    Ok(out)
}

fn document(checked: &Checked) -> Result<Value, serde_json::Error> {
    let d = &checked.document;
    let mut out = json!({
        "name": checked.name,
        "sha256": d.sha256,
        "bytes": d.bytes,
        "media_type": d.media_type,
        "encoding": d.encoding,
    });
    out["meta"] = serde_json::to_value(&d.meta)?;
    out["origin"] = json!(match d.origin {
        Origin::Identity => "identity",
        Origin::Runs(_) => "runs",
        Origin::Made => "made",
    });
    if d.origin != Origin::Identity {
        out["text"] = json!(d.text);
    }
    Ok(out)
}

fn pair(document: &Document, pair: &CheckedPair) -> Result<Map<String, Value>, serde_json::Error> {
    let e = &pair.extraction;
    let mut out = Map::new();
    out.insert("pair".into(), json!(e.pair.to_string()));
    out.insert("published".into(), json!(e.published));
    let placed = |item: Result<Value, _>, span| item.map(|v| placed(document, v, span));
    let figures = e.figures.iter().map(|f| placed(value(f), f.span));
    let events = e.events.iter().map(|f| placed(value(f), f.span));
    let ties = e.ties.iter().map(|f| placed(value(f), f.span));
    out.insert("figures".into(), json!(all(figures)?));
    out.insert("events".into(), json!(all(events)?));
    out.insert("ties".into(), json!(all(ties)?));
    out.insert("constraints".into(), value(&e.constraints)?);
    let findings = pair.findings.iter().map(|f| finding(document, f));
    out.insert("findings".into(), json!(all(findings)?));
    if let Some(proposed) = &pair.proposed {
        out.insert("proposed".into(), value(proposed)?);
    }
    Ok(out)
}

fn value<T: Serialize>(item: &T) -> Result<Value, serde_json::Error> {
    serde_json::to_value(item)
}

fn all<E>(items: impl Iterator<Item = Result<Value, E>>) -> Result<Vec<Value>, E> {
    items.collect()
}

/// An item with where it stands in the input, when that is another place.
fn placed(document: &Document, mut item: Value, span: Span) -> Value {
    if let Origin::Runs(_) = document.origin
        && let Some(input) = document.input_span(span)
    {
        item["input_span"] = json!(input);
    }
    item
}

/// A finding with the span and the words of its first place; each place has its own in `labels`.
fn finding(document: &Document, f: &Finding) -> Result<Value, serde_json::Error> {
    let mut out = value(f)?;
    if let Some(first) = f.labels.first() {
        out["span"] = json!(first.span);
        out["quote"] = json!(first.quote);
        out = placed(document, out, first.span);
    }
    let labels = f
        .labels
        .iter()
        .map(|l| value(l).map(|v| placed(document, v, l.span)));
    out["labels"] = json!(all(labels)?);
    Ok(out)
}
