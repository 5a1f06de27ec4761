//! RSS, Atom and JSON Feed.
#![no_main]

use bilat_workspace::feed::{MOST_ENTRIES, parse};

/// The longest word of an entry, in bytes.
const LONGEST: usize = 4096;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let url = "https://example.org/news/feed.xml";
    let Ok(feed) = parse(bytes, url) else {
        return;
    };
    assert!(feed.entries.len() <= MOST_ENTRIES);
    line(feed.title.as_deref());
    for entry in &feed.entries {
        assert!(!entry.id.is_empty() && entry.id.len() <= LONGEST);
        line(entry.title.as_deref());
        if let Some(link) = &entry.link {
            assert!(link.starts_with("https://") || link.starts_with("http://"));
            assert!(link.len() <= LONGEST);
        }
    }
    assert_eq!(feed, parse(bytes, url).unwrap());
});

fn line(text: Option<&str>) {
    assert!(text.is_none_or(|t| !t.is_empty() && t.len() <= LONGEST && t.lines().count() == 1));
}
