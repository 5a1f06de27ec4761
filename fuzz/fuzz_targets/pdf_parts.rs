//! What is drawn on a PDF's page, and the font that it is drawn with, in a file that is sound.
#![no_main]

#[path = "common/mod.rs"]
mod common;
#[allow(dead_code)]
#[path = "common/made.rs"]
mod made;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| common::check(&made::pdf_parts(bytes), "application/pdf"));
