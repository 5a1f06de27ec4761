//! The language of rules: a pattern on the first line, a text on the others.
#![no_main]

#[allow(dead_code)]
#[path = "common/world.rs"]
mod world;

use bilat_extract::pattern::{Classes, Matcher, Pattern};
use bilat_extract::tokens::{Tokens, Vocabulary};

libfuzzer_sys::fuzz_target!(|input: &str| {
    let (pattern, text) = input.split_once('\n').unwrap_or((input, ""));
    let mut vocabulary = Vocabulary::default();
    let Ok(pattern) = Pattern::new(pattern, &mut vocabulary) else {
        return;
    };
    let mut matcher = Matcher::default();
    matcher.add(0, pattern);
    let document = world::document(text);
    let tokens = Tokens::new(text, &document.blocks, &vocabulary);
    for sentence in &tokens.sentences {
        for found in matcher.find(sentence.tokens.clone(), &tokens, &Classes::default()) {
            assert!(found.tokens.start >= sentence.tokens.start);
            assert!(found.tokens.end <= sentence.tokens.end);
        }
    }
});
