//! The plain shadow of a text and the way back.
#![no_main]

use bilat_document::skeleton;
use bilat_model::document::Span;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let folded = skeleton(text);
    let shadow = folded.text();
    let mut before = 0;
    for (at, c) in shadow.char_indices() {
        let back = folded.back(Span::new(at, at + c.len_utf8()));
        assert!(text.get(back.start..back.end).is_some_and(|t| !t.is_empty()));
        assert!(back.start >= before || shadow.len() > text.len());
        before = back.start;
    }
});
