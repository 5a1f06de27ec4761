//! A rule's example: what a text tells and what is known, as TOML.
#![no_main]

#[path = "common/findings.rs"]
mod findings;

use bilat_check::example::Example;

libfuzzer_sys::fuzz_target!(|toml: &str| {
    let Ok(example) = toml::from_str::<Example>(toml) else {
        return;
    };
    let (Ok(told), Ok(found)) = (example.extraction(), example.findings()) else {
        return;
    };
    findings::hold(&found, &told, &example.text);
    for (span, quote) in told.figures.iter().map(|f| (f.span, &f.quote)) {
        assert_eq!(example.text.get(span.start..span.end), Some(quote.as_str()));
    }
});
