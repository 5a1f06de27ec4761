//! A language model's answer on the first lines up to a form feed, the text that it is about
//! behind: what is admitted stands in the text.
#![no_main]

#[path = "common/world.rs"]
mod world;

use bilat_llm::{Proposals, admit, merge};
use bilat_model::document::Span;

const MOST: usize = 40;

libfuzzer_sys::fuzz_target!(|input: &str| {
    let (answer, text) = input.split_once('\u{c}').unwrap_or((input, ""));
    let document = world::document(text);
    let part = Span::new(0, text.len());
    let mut proposals = Proposals { model: "a".to_owned(), ..Proposals::default() };
    // As a server's whole answer, and as the words of a model in one.
    proposals.read(part, answer.as_bytes(), MOST);
    let said = serde_json::json!({"choices": [{"message": {"content": answer}}]});
    proposals.read(part, said.to_string().as_bytes(), MOST);
    assert!(proposals.items.len() <= 2 * MOST);
    let admitted = admit(&proposals, &document, world::pair(), &world::EXTRACTOR);
    let holds = |span: Span, quote: &str| assert_eq!(text.get(span.start..span.end), Some(quote));
    admitted.figures.iter().for_each(|f| holds(f.span, &f.quote));
    admitted.events.iter().for_each(|e| holds(e.span, &e.quote));
    admitted.ties.iter().for_each(|t| holds(t.span, &t.quote));
    for figure in &admitted.figures {
        assert!(world::pair().has(figure.from) && world::pair().has(figure.to));
        if let (Some(value), Some(interval)) = (figure.value, figure.interval) {
            assert!(interval.contains(value), "{figure:?}");
        }
    }
    for refused in &admitted.refused {
        assert!(!refused.why.is_empty() && refused.said.len() < 2000);
        assert!(!refused.said.chars().any(char::is_control));
    }
    assert_eq!(admitted, admit(&proposals, &document, world::pair(), &world::EXTRACTOR));
    let rules = world::EXTRACTOR.extract(&document, world::pair());
    let merged = merge(&rules, &admitted);
    assert!(merged.figures.len() >= rules.figures.len());
    assert_eq!(merged, merge(&merged, &admitted));
});
