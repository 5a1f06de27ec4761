//! Addresses and redirects: the page's on the first line, where it sends on the second.
#![no_main]

use std::net::IpAddr;

use bilat_fetch::fuzzing::{accepts, redirect};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (page, location) = text.split_once('\n').unwrap_or((text, ""));
    let mut all = vec![page.to_owned(), location.to_owned()];
    all.extend(redirect(page, location));
    all.extend(redirect("https://example.org/a/b?c", location));
    for url in all {
        // What is written as a number of the inside is accepted nowhere.
        let Some(host) = accepts(&url) else {
            continue;
        };
        assert!(url.get(..8).is_some_and(|s| s.eq_ignore_ascii_case("https://")), "{url}");
        assert!(!host.is_empty() && host != "localhost" && !host.contains('@'), "{url}");
        if let Ok(IpAddr::V4(a)) = host.parse() {
            assert!(!a.is_private() && !a.is_loopback() && !a.is_link_local(), "{url}");
        }
    }
});
