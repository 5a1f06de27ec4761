//! A text to figures and from there to findings; what stands before a form feed is another
//! document, which it is held against.
#![no_main]

#[path = "common/findings.rs"]
mod findings;
#[path = "common/world.rs"]
mod world;

use std::collections::BTreeMap;

use bilat_check::{Known, KnownSource, check};
use bilat_model::source::SourceId;
use bilat_model::told_evidence;

libfuzzer_sys::fuzz_target!(|input: &str| {
    let (earlier, text) = input.split_once('\u{c}').unwrap_or(("", input));
    let told = world::EXTRACTOR.extract(&world::document(text), world::pair());
    let id = SourceId::new("doc:0123456789abcdef");
    let mut evidence = Vec::new();
    if !earlier.is_empty() {
        let told = world::EXTRACTOR.extract(&world::document(earlier), world::pair());
        evidence = told_evidence::of("0123456789abcdef", &told);
        evidence.iter_mut().for_each(|e| e.citation.source = id.clone());
    }
    let source = KnownSource {
        title: earlier.lines().next().unwrap_or_default().to_owned(),
        date: Some("2020-01-01".to_owned()),
        document: true,
        published: "2020-01-01".parse().ok(),
    };
    let sources = BTreeMap::from([(id, source)]);
    let known = Known { evidence: &evidence, sources: &sources, memberships: &[] };
    let found = check(&told, text, &known);
    findings::hold(&found, &told, text);
    assert_eq!(found, check(&told, text, &known));
});
