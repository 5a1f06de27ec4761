//! Findings as SARIF 2.1.0, the exchange format of static analysis.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bilat_model::document::Span;
use bilat_model::finding::{Finding, Outcome, Severity};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::place::Places;
use super::{Checked, RuleCard, Shown};
use crate::text::tame;

/// One run over all documents: the rules with their help, the documents with their hashes, and a
/// result for every finding.
///
/// What is confirmed is of the kind `pass`; everything else that is no error or warning is a
/// `note`. A region gives line and column (in UTF-16 units) where the document's file has them,
/// and bytes of the file where they are known; a PDF has neither.
///
/// `rules` describe the rules that may occur; one that is not among them is named only.
/// `version` is the program's.
#[must_use]
pub fn sarif(all: &[Checked], rules: &[RuleCard], version: &str) -> String {
    let mut cards: Vec<Value> = rules.iter().map(rule).collect();
    let mut places: BTreeMap<String, usize> = rules
        .iter()
        .enumerate()
        .map(|(i, r)| (r.id.clone(), i))
        .collect();
    let mut results = Vec::new();
    for (index, checked) in all.iter().enumerate() {
        let document = Artifact {
            index,
            checked,
            places: checked.places(),
        };
        for shown in checked.in_order() {
            let id = &shown.finding.rule;
            let next = cards.len();
            let rule = *places.entry(id.clone()).or_insert(next);
            if rule == next {
                cards.push(json!({ "id": tame(id) }));
            }
            results.push(document.result(&shown, rule));
        }
    }
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "bilat",
                "version": version,
                "shortDescription": {
                    "text": "Checks the figures of a text on two countries."
                },
                "rules": cards,
            }},
            "artifacts": all.iter().map(artifact).collect::<Vec<_>>(),
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    // Writing values that hold strings, numbers and lists alone does not fail.
    let mut out = serde_json::to_string_pretty(&log).unwrap_or_default();
    out.push('\n');
    out
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn rule(card: &RuleCard) -> Value {
    json!({
        "id": tame(&card.id),
        "shortDescription": { "text": tame(&card.title) },
        "fullDescription": { "text": tame(&card.why) },
        "help": { "text": tame(&card.why) },
        "defaultConfiguration": { "level": level(card.severity) },
    })
}

fn artifact(checked: &Checked) -> Value {
    let d = &checked.document;
    let mut out = json!({
        "location": { "uri": uri(&checked.name) },
        "length": d.bytes,
        "roles": ["analysisTarget"],
        "mimeType": tame(&d.media_type),
        "hashes": { "sha-256": tame(&d.sha256) },
    });
    if !d.encoding.is_empty() {
        out["encoding"] = json!(tame(&d.encoding));
    }
    out
}

/// A document under way: its place in the list, and its lines.
struct Artifact<'a> {
    index: usize,
    checked: &'a Checked,
    places: Places<'a>,
}

impl Artifact<'_> {
    fn result(&self, shown: &Shown<'_>, rule: usize) -> Value {
        let f = shown.finding;
        let mut out = json!({ "ruleId": tame(&f.rule), "ruleIndex": rule });
        // By the standard, only what fails has a level.
        if f.severity == Severity::Info && f.outcome == Outcome::Confirmed {
            out["kind"] = json!("pass");
            out["level"] = json!("none");
        } else {
            out["level"] = json!(level(f.severity));
        }
        out["message"] = json!({ "text": message(f) });
        let mut labels = f.labels.iter();
        let first = labels.next();
        let at = first.map(|l| (l.span, l.text.as_str()));
        out["locations"] = json!([self.location(at, None)]);
        let related: Vec<Value> = labels
            .enumerate()
            .map(|(i, l)| self.location(Some((l.span, &l.text)), Some(i)))
            .collect();
        if !related.is_empty() {
            out["relatedLocations"] = json!(related);
        }
        out["partialFingerprints"] = json!({ "ruleAndQuotes/v1": fingerprint(f) });
        out["properties"] = Value::Object(properties(shown));
        out
    }

    fn location(&self, at: Option<(Span, &str)>, id: Option<usize>) -> Value {
        let mut physical = json!({
            "artifactLocation": { "uri": uri(&self.checked.name), "index": self.index },
        });
        if let Some(region) = at.and_then(|(span, _)| self.region(span)) {
            physical["region"] = region;
        }
        let mut out = Map::new();
        out.extend(id.map(|i| ("id".to_owned(), json!(i))));
        out.insert("physicalLocation".into(), physical);
        if let Some((_, text)) = at.filter(|(_, text)| !text.is_empty()) {
            out.insert("message".into(), json!({ "text": tame(text) }));
        }
        Value::Object(out)
    }

    fn region(&self, span: Span) -> Option<Value> {
        let document = &self.checked.document;
        let span = self.places.text.clamp(span);
        let input = document.input_span(span)?;
        let mut out = Map::new();
        if let Some(p) = self.places.in_file(span) {
            out.insert("startLine".into(), json!(p.line));
            out.insert("startColumn".into(), json!(p.utf16));
            out.insert("endLine".into(), json!(p.end_line));
            out.insert("endColumn".into(), json!(p.utf16_end));
        }
        out.insert("byteOffset".into(), json!(input.start));
        out.insert("byteLength".into(), json!(input.end - input.start));
        let words = tame(span.of(&document.text));
        if !words.is_empty() {
            out.insert("snippet".into(), json!({ "text": words }));
        }
        Some(Value::Object(out))
    }
}

/// What a finding says, and its arithmetic.
fn message(f: &Finding) -> String {
    let mut text = tame(&f.message);
    if let Some(sum) = &f.arithmetic {
        text = format!("{text}\n{}", tame(sum));
    }
    text
}

/// The same for the same rule and the same words, wherever they have moved to.
fn fingerprint(f: &Finding) -> String {
    let mut hash = Sha256::new();
    hash.update(f.rule.as_bytes());
    for label in &f.labels {
        hash.update([0]);
        hash.update(label.quote.as_bytes());
    }
    hash.finalize().iter().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

fn properties(shown: &Shown<'_>) -> Map<String, Value> {
    let f = shown.finding;
    let mut out = Map::new();
    out.insert("outcome".into(), json!(f.outcome));
    out.insert("pair".into(), json!(shown.pair.pair.to_string()));
    out.extend(
        f.arithmetic
            .as_ref()
            .map(|a| ("arithmetic".to_owned(), json!(tame(a)))),
    );
    if !f.beside.is_empty() {
        let all: Vec<Value> = f
            .beside
            .iter()
            .map(|b| {
                let date = b.date.as_deref().map(tame);
                json!({
                    "id": tame(&b.id),
                    "source": tame(&b.source),
                    "says": tame(&b.says),
                    "date": date,
                })
            })
            .collect();
        out.insert("beside".into(), json!(all));
    }
    out.extend(f.help.as_ref().map(|h| ("help".to_owned(), json!(tame(h)))));
    out
}

/// A file's name or an address as a URI reference (RFC 3986): what may not stand in one is
/// written in percent.
fn uri(name: &str) -> String {
    let address = name.starts_with("https://") || name.starts_with("http://");
    let path = if address {
        name.to_owned()
    } else {
        name.replace('\\', "/")
    };
    let mut out = String::new();
    // A colon in the first part of a relative path would read as a scheme.
    let first = path.split('/').next().unwrap_or_default();
    if path.starts_with('/') {
        out.push_str("file://");
    } else if !address && first.contains(':') {
        out.push_str("./");
    }
    for b in path.bytes() {
        let plain = b.is_ascii_alphanumeric() || b"-._~/:@!$'()*,;=".contains(&b);
        // An address comes with its query, and with what is written in percent already.
        if plain || (address && b"?&+#%[]".contains(&b)) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn names_become_references() {
        assert_eq!(uri("drafts/my draft.txt"), "drafts/my%20draft.txt");
        assert_eq!(uri("/tmp/ž#1?.txt"), "file:///tmp/%C5%BE%231%3F.txt");
        assert_eq!(uri("a:b.txt"), "./a:b.txt");
        assert_eq!(uri("50%.txt"), "50%25.txt");
        assert_eq!(
            uri("https://a.example/b?c=%20d"),
            "https://a.example/b?c=%20d"
        );
    }
}
