//! What every document keeps, whatever came.

use bilat_document::{Hints, Limits, read};
use bilat_model::document::{Origin, Span};

/// Reads bytes as a kind of document and holds the outcome against its promises.
pub fn check(bytes: &[u8], media_type: &str) {
    let hints = Hints { media_type: Some(media_type), ..Hints::default() };
    let limits = Limits { unpacked: 4 << 20, text: 4 << 20, ..Limits::default() };
    let Ok(document) = read(bytes, &hints, &limits) else {
        return;
    };
    assert!(document.text.len() <= limits.text);
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end && block.span.end > block.span.start);
        assert!(document.text.get(block.span.start..block.span.end).is_some());
        end = block.span.end;
        let source = document.input_span(block.span);
        assert!(source.is_none_or(|s| s.end <= bytes.len()));
    }
    if document.origin == Origin::Identity {
        assert_eq!(document.text.as_bytes(), bytes);
    }
    let _ = document.input_span(Span::new(0, document.text.len()));
    // Reading twice takes twice as long: it is done for some.
    if bytes.len().is_multiple_of(4) {
        assert_eq!(read(bytes, &hints, &limits).ok().as_ref(), Some(&document));
    }
}
