//! A workspace's archive. Heads and hashes are made here, since no chance meets them: members are
//! separated by a record separator, the first line of each is its name, and `@SHA` and `@LEN`
//! stand for hash and length of the bytes of the member that ends with no `.json`: its own, else
//! the next. What begins as a tar file does is taken as it is.
#![no_main]

#[path = "common/archive.rs"]
mod archive;

use std::cell::RefCell;

use archive::{AT, export, hash, is_empty, tar, workspace};
use bilat_workspace::Workspace;

thread_local! {
    static EMPTY: RefCell<Option<Workspace>> = const { RefCell::new(None) };
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let archive = match bytes.get(257..262) {
        Some(b"ustar") => bytes.to_vec(),
        _ => tar(&members(bytes)),
    };
    let mut into = EMPTY.take().unwrap_or_else(|| workspace("into"));
    let Ok(imported) = into.import(&mut archive.as_slice(), AT) else {
        // All or nothing.
        assert!(is_empty(&into));
        EMPTY.set(Some(into));
        return;
    };
    let wrong = into.verify().unwrap().wrong;
    assert!(wrong.is_empty(), "{wrong:?}");
    let out = export(&into);
    let again = into.import(&mut archive.as_slice(), AT).unwrap();
    assert_eq!((again.new, again.judgements), (0, 0));
    assert_eq!(export(&into), out);
    let mut other = workspace("other");
    let copied = other.import(&mut out.as_slice(), AT).unwrap();
    assert_eq!(copied.new, imported.new);
    assert_eq!(export(&other), out);
});

fn members(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let all: Vec<_> = bytes
        .split(|b| *b == 0x1e)
        .map(|member| {
            let end = member.iter().position(|b| *b == b'\n').unwrap_or(member.len());
            let (path, content) = member.split_at(end);
            (String::from_utf8_lossy(path).into_owned(), content.get(1..).unwrap_or_default())
        })
        .collect();
    let mut out = Vec::new();
    for (n, (path, content)) in all.iter().enumerate() {
        let own = |(path, _): &&(String, &[u8])| !path.ends_with(".json");
        let (sha, len) = all[n..].iter().find(own).map_or_else(
            || (hash(b""), 0),
            |(_, content)| (hash(content), content.len()),
        );
        let put = |text: &str| text.replace("@SHA", &sha).replace("@LEN", &len.to_string());
        let content = match path.ends_with(".json") {
            true => put(&String::from_utf8_lossy(content)).into_bytes(),
            false => content.to_vec(),
        };
        out.push((put(path), content));
    }
    out
}
