//! An extraction that nobody has vetted, as JSON on the first line; its text on the others.
#![no_main]

#[path = "common/findings.rs"]
mod findings;

use bilat_check::{Known, check};
use bilat_model::told::Extraction;
use bilat_model::told_evidence;

libfuzzer_sys::fuzz_target!(|input: &str| {
    let (json, text) = input.split_once('\n').unwrap_or((input, ""));
    let Ok(told) = serde_json::from_str::<Extraction>(json) else {
        return;
    };
    let written = serde_json::to_string(&told).unwrap();
    assert_eq!(serde_json::from_str::<Extraction>(&written).unwrap(), told);
    let evidence = told_evidence::of("0123456789abcdef", &told);
    let known = Known { evidence: &evidence, ..Known::nothing() };
    for known in [Known::nothing(), known] {
        let found = check(&told, text, &known);
        findings::hold(&found, &told, text);
        assert_eq!(found, check(&told, text, &known));
    }
});
