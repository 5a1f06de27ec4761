//! Dates and periods.
#![no_main]

#[allow(dead_code)]
#[path = "common/world.rs"]
mod world;

use std::sync::LazyLock;

use bilat_extract::time::{self, Lexicon};
use bilat_extract::tokens::{Tokens, Vocabulary};

static WORDS: LazyLock<(Vocabulary, Lexicon)> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    let lexicon = Lexicon::new(&mut vocabulary);
    (vocabulary, lexicon)
});

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (vocabulary, lexicon) = &*WORDS;
    let document = world::document(text);
    let tokens = Tokens::new(text, &document.blocks, vocabulary);
    for published in [None, document.meta.published] {
        let mut before = 0;
        for found in time::find(&tokens, lexicon, published) {
            assert!(found.tokens.start >= before && found.tokens.end > found.tokens.start);
            before = found.tokens.end;
            if let Some(period) = found.period() {
                assert!(period.first() <= period.last());
                assert_eq!(period.to_string().parse(), Ok(period));
            }
            let _ = found.date();
        }
    }
});
