//! Declared encodings: the first byte chooses one.
#![no_main]

#[path = "common/mod.rs"]
mod common;

const LABELS: &[&str] = &["utf-8", "windows-1252", "windows-1251", "shift_jis", "gbk", "big5", "euc-kr", "euc-jp", "iso-2022-jp", "utf-16le", "gb18030", "koi8-r"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let label = LABELS[usize::from(*first) % LABELS.len()];
    common::check(rest, &format!("text/plain; charset={label}"));
});
