//! Whether time grows with the length alone. The first byte chooses a reader; of the rest, parted by
//! NULs, the second piece is repeated between the first and the third until it is long. What takes
//! more than its length comes to the time limit of the run.
#![no_main]

#[allow(dead_code)]
#[path = "common/archive.rs"]
mod archive;
#[allow(dead_code)]
#[path = "common/made.rs"]
mod made;
#[path = "common/mod.rs"]
mod common;
#[allow(dead_code)]
#[path = "common/world.rs"]
mod world;

use bilat_check::{Known, check};

/// Bytes that a piece is repeated to, by reader: what a sanitiser lets through in a second or two.
const LONG: usize = 200_000;
const LONG_TEXT: usize = 60_000;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((reader, rest)) = bytes.split_first() else {
        return;
    };
    let mut pieces = rest.splitn(3, |b| *b == 0);
    let mut next = || pieces.next().unwrap_or_default();
    let (head, piece, tail) = (next(), next(), next());
    let long = |most: usize| {
        let times = most.saturating_sub(head.len() + tail.len()) / piece.len().max(1);
        [head, &piece.repeat(times), tail].concat()
    };
    let text = |most| String::from_utf8_lossy(&long(most)).into_owned();
    match reader % 12 {
        0 => common::check(&long(LONG), "text/plain; charset=utf-8"),
        1 => common::check(&long(LONG), "text/markdown; charset=utf-8"),
        2 => common::check(&long(LONG), "text/html"),
        3 => common::check(&made::docx(&long(LONG)), made::DOCX),
        4 => common::check(&made::pdf_parts(&long(LONG)), "application/pdf"),
        5 => common::check(&long(LONG), "application/pdf"),
        6 => {
            let text = text(LONG);
            let page = bilat_wikitext::parse(&text);
            assert!(page.sections.len() <= text.len() + 1);
        }
        7 => {
            let _ = bilat_workspace::feed::parse(&long(LONG), "https://example.org/feed");
        }
        8 => {
            let url = format!("https://example.org/{}", "a".repeat(300));
            let _ = bilat_fetch::fuzzing::robots("bilat", &long(LONG), &url);
        }
        9 => {
            let _ = bilat_document::skeleton(&text(LONG));
            let _ = bilat_model::registry::fold(&text(LONG));
            let _ = world::registry().find(&text(LONG));
        }
        10 => {
            let text = text(LONG_TEXT);
            let told = world::EXTRACTOR.extract(&world::document(&text), world::pair());
            let _ = check(&told, &text, &Known::nothing());
        }
        _ => {
            let text = text(LONG_TEXT);
            let _ = world::EXTRACTOR.pairs(&world::document(&text));
        }
    }
});
