//! A site's robots.txt: an address on the first line, the file on the others.
#![no_main]

use bilat_fetch::fuzzing::robots;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let end = bytes.iter().position(|b| *b == b'\n').unwrap_or(bytes.len());
    let (url, text) = bytes.split_at(end);
    let path = String::from_utf8_lossy(url);
    for url in [format!("https://example.org/{path}"), path.into_owned()] {
        let (refusal, delay) = robots("bilat/1.0", text, &url);
        assert!(refusal.is_none_or(|r| !r.is_empty()));
        assert!(delay.is_none_or(|d| !d.is_zero()));
    }
});
