//! Numbers with their scale and unit.
#![no_main]

#[allow(dead_code)]
#[path = "common/world.rs"]
mod world;

use std::sync::LazyLock;

use bilat_extract::amount::{self, Lexicon};
use bilat_extract::tokens::{Tokens, Vocabulary};
use bilat_model::evidence::Qualifier;
use bilat_model::interval::Interval;

static WORDS: LazyLock<(Vocabulary, Lexicon)> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    let lexicon = Lexicon::new(&mut vocabulary).unwrap();
    (vocabulary, lexicon)
});

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (vocabulary, lexicon) = &*WORDS;
    let document = world::document(text);
    let tokens = Tokens::new(text, &document.blocks, vocabulary);
    let mut before = 0;
    for found in amount::find(&tokens, lexicon, &|_| false) {
        assert!(found.tokens.start >= before && found.tokens.end > found.tokens.start);
        before = found.tokens.end;
        if let Ok(interval) = Interval::printed(&found.digits, found.scale, Qualifier::Exact) {
            assert!(interval.contains(found.value()), "{} x {}", found.digits, found.scale);
        }
        let _ = found.max();
    }
});
