//! The parts of a DOCX, put into an archive that is sound: the raw target seldom gets past its
//! check sums.
#![no_main]

#[path = "common/mod.rs"]
mod common;
#[allow(dead_code)]
#[path = "common/made.rs"]
mod made;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| common::check(&made::docx(bytes), made::DOCX));
