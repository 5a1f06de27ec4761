//! Whether time grows with the length alone. The first byte chooses a reader; of the rest, parted by
//! NULs, the second piece is repeated between the first and the third until it is long. What takes
//! more than its length comes to the time limit of the run.
#![no_main]

#[allow(dead_code)]
#[path = "common/made.rs"]
mod made;
#[path = "common/mod.rs"]
mod common;
#[allow(dead_code)]
#[path = "common/world.rs"]
mod world;

/// Bytes that a piece is repeated to: what a sanitiser lets through in a second or two.
const LONG: usize = 200_000;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((reader, rest)) = bytes.split_first() else {
        return;
    };
    let mut pieces = rest.splitn(3, |b| *b == 0);
    let mut next = || pieces.next().unwrap_or_default();
    let (head, piece, tail) = (next(), next(), next());
    let times = LONG.saturating_sub(head.len() + tail.len()) / piece.len().max(1);
    let long = [head, &piece.repeat(times), tail].concat();
    let text = String::from_utf8_lossy(&long);
    match reader % 10 {
        0 => common::check(&long, "text/plain; charset=utf-8"),
        1 => common::check(&long, "text/markdown; charset=utf-8"),
        2 => common::check(&long, "text/html"),
        3 => common::check(&made::docx(&long), made::DOCX),
        4 => common::check(&made::pdf_parts(&long), "application/pdf"),
        5 => common::check(&long, "application/pdf"),
        6 => {
            let page = bilat_wikitext::parse(&text);
            assert!(page.sections.len() <= text.len() + 1);
        }
        7 => {
            let _ = bilat_workspace::feed::parse(&long, "https://example.org/feed");
        }
        8 => {
            let url = format!("https://example.org/{}", "a".repeat(300));
            let _ = bilat_fetch::fuzzing::robots("bilat", &long, &url);
        }
        _ => {
            let _ = bilat_document::skeleton(&text);
            let _ = bilat_model::registry::fold(&text);
            let _ = world::registry().find(&text);
        }
    }
});
