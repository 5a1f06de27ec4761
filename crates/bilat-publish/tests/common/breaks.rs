//! A value held against a JSON schema; as much of the standard as `docs/brief.schema.json` uses.
#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use serde_json::Value;

/// The first way in which a value breaks a schema, for the words that the schema uses.
pub fn breaks(root: &Value, schema: &Value, v: &Value, at: &str) -> Option<String> {
    let known = [
        "$schema",
        "$defs",
        "$ref",
        "title",
        "description",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "prefixItems",
        "minItems",
        "minimum",
        "maximum",
        "enum",
        "const",
        "pattern",
        "anyOf",
        "oneOf",
    ];
    let Some(words) = schema.as_object() else {
        return (schema == &Value::Bool(false)).then(|| format!("{at}: nothing may stand here"));
    };
    if let Some(odd) = words.keys().find(|k| !known.contains(&k.as_str())) {
        return Some(format!(
            "the schema uses {odd}, which this test does not check"
        ));
    }
    if let Some(r) = words.get("$ref") {
        let name = r.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
        let target = root["$defs"]
            .get(name)
            .unwrap_or_else(|| panic!("no definition of {name}"));
        if let Some(e) = breaks(root, target, v, at) {
            return Some(e);
        }
    }
    let kind = match v {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if let Some(t) = words.get("type")
        && t != kind
        && !(t == "number" && kind == "integer")
    {
        return Some(format!("{at}: {kind} instead of {t}"));
    }
    if words.get("const").is_some_and(|c| c != v)
        || words
            .get("enum")
            .is_some_and(|e| !e.as_array().unwrap().contains(v))
        || words
            .get("minimum")
            .is_some_and(|m| v.as_f64() < m.as_f64())
        || words
            .get("maximum")
            .is_some_and(|m| v.as_f64() > m.as_f64())
    {
        return Some(format!("{at}: {v} is not admitted"));
    }
    for word in ["anyOf", "oneOf"] {
        if let Some(all) = words.get(word).and_then(Value::as_array) {
            let fits = all
                .iter()
                .filter(|s| breaks(root, s, v, at).is_none())
                .count();
            if fits == 0 || (word == "oneOf" && fits > 1) {
                return Some(format!("{at}: {fits} forms fit"));
            }
        }
    }
    match v {
        Value::Object(fields) => fields_break(root, words, fields, at),
        Value::Array(items) => items_break(root, words, items, at),
        _ => None,
    }
}

type Object = serde_json::Map<String, Value>;

fn fields_break(root: &Value, words: &Object, fields: &Object, at: &str) -> Option<String> {
    for name in words
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        if !fields.contains_key(name.as_str().unwrap()) {
            return Some(format!("{at}: {name} is missing"));
        }
    }
    let properties = words.get("properties").and_then(Value::as_object)?;
    fields
        .iter()
        .find_map(|(name, v)| match properties.get(name) {
            Some(s) => breaks(root, s, v, &format!("{at}/{name}")),
            None => Some(format!("{at}/{name} is not documented")),
        })
}

fn items_break(root: &Value, words: &Object, items: &[Value], at: &str) -> Option<String> {
    let first = words.get("prefixItems").and_then(Value::as_array);
    if words
        .get("minItems")
        .is_some_and(|m| (items.len() as u64) < m.as_u64().unwrap())
    {
        return Some(format!("{at}: too few"));
    }
    items.iter().enumerate().find_map(|(i, v)| {
        let schema = first.and_then(|f| f.get(i)).or_else(|| words.get("items"));
        breaks(root, schema?, v, &format!("{at}/{i}"))
    })
}
