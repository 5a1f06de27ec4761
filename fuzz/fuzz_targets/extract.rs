//! A text to figures, events and ties.
#![no_main]

#[path = "common/world.rs"]
mod world;

use bilat_model::document::Span;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let document = world::document(text);
    let told = world::EXTRACTOR.extract(&document, world::pair());
    let holds = |span: Span, quote: &str| assert_eq!(text.get(span.start..span.end), Some(quote));
    told.figures.iter().for_each(|f| holds(f.span, &f.quote));
    told.events.iter().for_each(|e| holds(e.span, &e.quote));
    told.ties.iter().for_each(|t| holds(t.span, &t.quote));
    assert_eq!(told, world::EXTRACTOR.extract(&document, world::pair()));
    let _ = world::EXTRACTOR.pairs(&document);
});
