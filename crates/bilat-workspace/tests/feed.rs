//! Feeds of all three kinds, and what of them is new.
#![allow(clippy::unwrap_used)]

mod common;

use bilat_workspace::feed::{self, MOST_ENTRIES};
use bilat_workspace::{FeedState, Trouble};
use common::*;
use proptest::prelude::*;

const URL: &str = "https://news.example/feed";

const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>News  of
 the day</title><link>https://news.example/</link><description>x</description>
<item><title>One &amp; only</title><link>https://news.example/1</link><guid>g1</guid>
<pubDate>Mon, 12 May 2025 10:00:00 +0200</pubDate></item>
<item><title>Two</title><link>/2</link></item>
<item><title>Script</title><link>javascript:alert(1)</link></item>
</channel></rss>"#;

const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>x</id>
<updated>2025-05-12T00:00:00Z</updated>
<entry><id>a1</id><title>One</title><updated>2025-05-12T23:30:00-05:00</updated>
<link rel="enclosure" href="https://news.example/1.mp3"/>
<link rel="alternate" href="https://news.example/1"/></entry></feed>"#;

const JSON: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "News",
"items": [{"id": "j1", "url": "https://news.example/1", "title": "One", "content_text": "x",
"date_published": "2025-05-12T10:00:00Z"}]}"#;

#[test]
fn feeds_of_all_kinds_are_read() {
    let rss = feed::parse(RSS.as_bytes(), URL).unwrap();
    assert_eq!(rss.title.as_deref(), Some("News of the day"));
    let first = &rss.entries[0];
    assert_eq!(first.id, "g1");
    assert_eq!(first.title.as_deref(), Some("One & only"));
    assert_eq!(first.link.as_deref(), Some("https://news.example/1"));
    assert_eq!(first.published.unwrap().to_string(), "2025-05-12");
    assert_eq!(
        rss.entries[1].link.as_deref(),
        Some("https://news.example/2")
    );
    // A link that is no page is none.
    assert_eq!(rss.entries[2].link, None);
    let atom = feed::parse(ATOM.as_bytes(), URL).unwrap();
    assert_eq!(
        atom.entries[0].link.as_deref(),
        Some("https://news.example/1")
    );
    assert_eq!(atom.entries[0].published.unwrap().to_string(), "2025-05-13");
    let json = feed::parse(JSON.as_bytes(), URL).unwrap();
    assert_eq!(json.entries[0].id, "j1");
    // The same bytes give the same entries, those without a name too.
    assert_eq!(feed::parse(RSS.as_bytes(), URL).unwrap(), rss);
}

#[test]
fn what_is_no_feed_is_told() {
    for bytes in [
        &b""[..],
        b"<html><body>x</body></html>",
        b"{}",
        b"\xff\xfe\0",
        b"<rss",
    ] {
        let e = feed::parse(bytes, URL).unwrap_err();
        assert!(matches!(e.trouble, Trouble::Feed(_)), "{e}");
    }
    let many: String = (0..MOST_ENTRIES + 5)
        .map(|n| format!("<item><guid>{n}</guid></item>"))
        .collect();
    let long = format!("<rss version=\"2.0\"><channel><title>x</title>{many}</channel></rss>");
    assert_eq!(
        feed::parse(long.as_bytes(), URL).unwrap().entries.len(),
        MOST_ENTRIES
    );
}

#[test]
fn only_new_entries_are_to_be_added() {
    let (_dir, _, mut w) = workspace();
    let rss = feed::parse(RSS.as_bytes(), URL).unwrap();
    assert_eq!(w.feed(URL).unwrap(), None);
    assert!(w.feed_taken(URL, &rss.entries[0], None, AT).is_err());
    let mut state = FeedState {
        url: URL.to_owned(),
        title: rss.title.clone(),
        etag: Some("\"1\"".to_owned()),
        last_modified: None,
        fetched: AT.to_owned(),
    };
    w.feed_fetched(&state).unwrap();
    assert_eq!(w.feed(URL).unwrap(), Some(state.clone()));
    assert_eq!(w.feed_new(URL, &rss).unwrap().len(), 3);
    let id = text("One.").add(&mut w).id;
    let sha256 = w.document(&id).unwrap().sha256;
    w.feed_taken(URL, &rss.entries[0], Some(&sha256), AT)
        .unwrap();
    w.feed_taken(URL, &rss.entries[2], None, AT).unwrap();
    let new = w.feed_new(URL, &rss).unwrap();
    assert_eq!(new, [rss.entries[1].clone()]);
    // A 304 has no title: the known one stays.
    state.title = None;
    w.feed_fetched(&state).unwrap();
    assert_eq!(
        w.feeds().unwrap()[0].title.as_deref(),
        Some("News of the day")
    );
}

proptest! {
    #[test]
    fn any_bytes_are_a_feed_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = feed::parse(&bytes, URL);
    }

    #[test]
    fn a_feed_cut_anywhere_does_no_harm(at in 0usize..700, flip in any::<u8>()) {
        for whole in [RSS, ATOM, JSON] {
            let mut bytes = whole.as_bytes()[..at.min(whole.len())].to_vec();
            if let Some(last) = bytes.last_mut() { *last ^= flip; }
            let _ = feed::parse(&bytes, URL);
        }
    }
}
