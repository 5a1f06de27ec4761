//! Words that are searched for on the first line, a document's text on the others.
#![no_main]

#[allow(dead_code)]
#[path = "common/archive.rs"]
mod archive;
#[allow(dead_code)]
#[path = "common/world.rs"]
mod world;

use std::cell::RefCell;

use archive::{AT, workspace};
use bilat_workspace::{Arrival, Trouble, Workspace};

thread_local! {
    static KEPT: RefCell<Option<Workspace>> = const { RefCell::new(None) };
}

libfuzzer_sys::fuzz_target!(|input: &str| {
    let (words, text) = input.split_once('\n').unwrap_or((input, ""));
    let mut kept = KEPT.take().unwrap_or_else(|| workspace("kept"));
    let mut document = world::document(text);
    document.sha256 = archive::hash(text.as_bytes());
    let arrival = Arrival {
        bytes: text.as_bytes(),
        document: &document,
        from: "/home/user/a.txt",
        at: AT,
        url: None,
        program: "bilat",
    };
    let id = kept.add(&arrival, &[]).unwrap().id;
    match kept.search(words, 10) {
        Ok(hits) => {
            for hit in hits {
                let text = kept.text(&hit.document.id).unwrap();
                assert_eq!(text.get(hit.snippet.start..hit.snippet.end), Some(hit.text.as_str()));
                for mark in hit.marks {
                    assert!(hit.snippet.contains(&mark));
                    assert!(text.get(mark.start..mark.end).is_some_and(|t| !t.is_empty()));
                }
            }
        }
        Err(e) => assert!(matches!(e.trouble, Trouble::NoWords), "{e}"),
    }
    kept.remove(&id, AT).unwrap();
    kept.purge().unwrap();
    KEPT.set(Some(kept));
});
