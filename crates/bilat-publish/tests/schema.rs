//! The JSON that is written keeps to the form that is documented.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/breaks.rs"]
mod breaks;
mod common;

use bilat_publish::json;
use breaks::breaks;
use serde_json::{Value, json as value};

const SCHEMA: &str = include_str!("../../../docs/brief.schema.json");

#[test]
fn briefs_keep_to_the_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    for brief in [common::brief(), common::documented(), common::hostile()] {
        let v: Value = serde_json::from_str(&json(&brief)).unwrap();
        assert_eq!(breaks(&schema, &schema, &v, ""), None);
        // Every sentence rests on something.
        let sentences = brief.sentences().count();
        assert!(sentences > 0 && json(&brief).matches("\"support\": [").count() >= sentences);
    }
}

#[test]
fn what_breaks_the_schema_is_found() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let good: Value = serde_json::from_str(&json(&common::brief())).unwrap();
    let paths: [(&str, Value); 6] = [
        ("/schema", value!("1")),
        ("/labels/no_data", value!(null)),
        ("/sections/0/id", value!("leader")),
        ("/sections/0/blocks/0/sentences/0/support", value!([])),
        ("/sections/0/blocks/1/plot/line", value!([[1, 2]])),
        ("/sources/0/number", value!(0)),
    ];
    for (path, wrong) in paths {
        let mut v = good.clone();
        *v.pointer_mut(path).unwrap() = wrong;
        assert!(breaks(&schema, &schema, &v, "").is_some(), "{path}");
    }
    let mut v = good;
    v["sections"][0]["blocks"][0]["extra"] = value!(1);
    assert!(breaks(&schema, &schema, &v, "").is_some());
}
