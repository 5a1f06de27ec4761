//! A text to words and sentences.
#![no_main]

#[allow(dead_code)]
#[path = "common/world.rs"]
mod world;

use bilat_extract::tokens::{Tokens, Vocabulary};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let document = world::document(text);
    let tokens = Tokens::new(text, &document.blocks, &Vocabulary::default());
    let mut before = 0;
    for token in &tokens.tokens {
        assert!(token.span.start >= before && token.span.end > token.span.start);
        assert!(text.get(token.span.start..token.span.end).is_some());
        before = token.span.end;
    }
    let mut next = 0;
    for sentence in &tokens.sentences {
        assert!(sentence.tokens.start >= next && sentence.tokens.end > sentence.tokens.start);
        assert!(sentence.tokens.end <= tokens.tokens.len());
        next = sentence.tokens.end;
    }
});
