//! Whether time grows with the length alone, from a text to its findings. Of the input, parted by
//! NULs, the second piece is repeated between the first and the third until it is long. What takes
//! more than its length comes to the time limit of the run.
#![no_main]

#[path = "common/world.rs"]
mod world;

use bilat_check::{Known, check};

/// Bytes that a piece is repeated to: what a sanitiser lets through in a second or two.
const LONG: usize = 60_000;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut pieces = text.splitn(3, '\0');
    let mut next = || pieces.next().unwrap_or_default();
    let (head, piece, tail) = (next(), next(), next());
    let times = LONG.saturating_sub(head.len() + tail.len()) / piece.len().max(1);
    let text = [head, &piece.repeat(times), tail].concat();
    let document = world::document(&text);
    let told = world::EXTRACTOR.extract(&document, world::pair());
    let _ = check(&told, &text, &Known::nothing());
    let _ = world::EXTRACTOR.pairs(&document);
});
