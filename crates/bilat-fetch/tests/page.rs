//! Pages from a local server that leads astray, never ends, and packs bombs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write;
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bilat_fetch::{Page, PageError, Policy, Sleep, Validators, Visitor};
use bilat_testing::{Seen, Server, send};
use flate2::Compression;
use flate2::write::GzEncoder;

fn policy() -> Policy {
    Policy {
        allow_private: true,
        max_bytes: 100_000,
        read: Duration::from_secs(5),
        ..Policy::new()
    }
}

/// A server without robots.txt.
fn server(answer: impl Fn(&Seen, &mut TcpStream) + Send + Sync + 'static) -> Server {
    Server::new(move |r, out| match r.path.as_str() {
        "/robots.txt" => send(out, "404 Not Found", &["Content-Length: 0"], b""),
        _ => answer(r, out),
    })
}

fn get(server: &Server, path: &str) -> Result<Page, PageError> {
    Visitor::new(policy()).get(&server.url(path), &Validators::default())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

#[test]
fn a_page_comes_with_what_the_server_says_of_it() {
    let server = server(|_, out| {
        let headers = [
            "Content-Type: Text/HTML; x=y; Charset=\"Windows-1251\"",
            "ETag: \"7\"",
            "Last-Modified: Mon, 12 May 2025 10:00:00 GMT",
            "Content-Length: 3",
        ];
        send(out, "200 OK", &headers, b"<p>");
    });
    let page = get(&server, "/a?b=c").unwrap();
    assert_eq!(page.bytes, b"<p>");
    assert_eq!(page.final_url, server.url("/a?b=c"));
    assert_eq!(page.media_type.as_deref(), Some("text/html"));
    assert_eq!(page.charset.as_deref(), Some("windows-1251"));
    assert_eq!(page.validators.etag.as_deref(), Some("\"7\""));
    assert!(!page.unchanged());
    let seen = server.seen();
    assert_eq!(seen[0].path, "/robots.txt");
    assert!(seen[1].header("user-agent").unwrap().starts_with("bilat/"));
}

#[test]
fn a_page_that_has_not_changed_is_not_sent_again() {
    let server = server(|r, out| {
        assert_eq!(r.header("if-none-match"), Some("\"7\""));
        send(out, "304 Not Modified", &[], b"");
    });
    let known = Validators {
        etag: Some("\"7\"".to_owned()),
        last_modified: None,
    };
    let page = Visitor::new(policy())
        .get(&server.url("/a"), &known)
        .unwrap();
    assert!(page.unchanged() && page.bytes.is_empty());
    assert_eq!(page.validators, known);
}

#[test]
fn a_304_that_nobody_asked_for_is_no_page() {
    let server = server(|_, out| send(out, "304 Not Modified", &[], b""));
    assert!(matches!(
        get(&server, "/a"),
        Err(PageError::Status { status: 304, .. })
    ));
}

#[test]
fn private_addresses_and_plain_http_need_leave() {
    let server = server(|_, out| send(out, "200 OK", &[], b"secret"));
    let strict = || Visitor::new(Policy::new());
    let none = Validators::default();
    assert!(matches!(
        strict().get(&server.url("/a"), &none),
        Err(PageError::Url { .. })
    ));
    for url in [
        format!("https://{}/a", server.address),
        format!("https://localhost:{}/a", server.address.port()),
        "https://[::1]/".to_owned(),
        "https://[::ffff:127.0.0.1]/".to_owned(),
        "https://10.1.2.3/".to_owned(),
        "https://169.254.169.254/latest/meta-data".to_owned(),
        "https://2130706433/".to_owned(),
    ] {
        let e = strict().get(&url, &none).unwrap_err();
        assert!(
            matches!(
                e,
                PageError::Inside { .. } | PageError::Robots { .. } | PageError::Network { .. }
            ),
            "{url}: {e}"
        );
    }
    // With leave, the addresses at which clouds keep their secrets stay closed.
    let e = Visitor::new(policy())
        .get("http://169.254.169.254/", &none)
        .unwrap_err();
    assert!(matches!(e, PageError::Inside { .. }), "{e}");
    assert!(server.seen().is_empty());
}

#[test]
fn a_redirect_into_the_network_is_refused_even_when_the_first_host_is_private() {
    for to in [
        "http://127.0.0.2:9/secret",
        "http://localhost:9/secret",
        "http://169.254.169.254/latest",
        "https://10.0.0.1/",
        "https://[fd00::1]/",
        "https://[::ffff:192.168.0.1]/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "https://user:pass@example.org/",
    ] {
        let server = server(move |_, out| {
            let location = format!("Location: {to}");
            send(out, "302 Found", &[&location, "Content-Length: 0"], b"");
        });
        let e = get(&server, "/a").unwrap_err();
        assert!(
            matches!(e, PageError::Inside { .. } | PageError::Redirect { .. }),
            "{to}: {e}"
        );
    }
}

#[test]
fn redirects_on_the_host_are_followed_and_counted() {
    let server = server(|r, out| {
        let n: u32 = r.path[1..].parse().unwrap();
        if n == 0 {
            return send(out, "200 OK", &["Content-Length: 4"], b"here");
        }
        let location = format!("Location: /{}", n - 1);
        send(out, "301 Moved", &[&location, "Content-Length: 0"], b"");
    });
    let page = get(&server, "/5").unwrap();
    assert_eq!(
        (page.bytes.as_slice(), page.final_url),
        (&b"here"[..], server.url("/0"))
    );
    let e = get(&server, "/6").unwrap_err();
    assert!(e.to_string().contains("redirect number 6"), "{e}");
    // The rules of a site are asked for once a visitor.
    let asked = server
        .seen()
        .iter()
        .filter(|r| r.path == "/robots.txt")
        .count();
    assert_eq!(asked, 2);
}

#[test]
fn packed_pages_are_unpacked_and_bombs_are_not() {
    let server = server(|r, out| {
        let body = match r.path.as_str() {
            "/fits" => gzip(&vec![b'x'; 100_000]),
            "/bomb" => gzip(&vec![b'x'; 50_000_000]),
            // Packed bytes that come to nothing, without end.
            "/empty" => gzip(b"").repeat(50_000),
            "/two" => gzip(&gzip(&vec![b'x'; 50_000_000])),
            _ => b"not gzip at all".to_vec(),
        };
        send(out, "200 OK", &["Content-Encoding: gzip"], &body);
    });
    assert_eq!(get(&server, "/fits").unwrap().bytes.len(), 100_000);
    assert!(matches!(
        get(&server, "/bomb"),
        Err(PageError::TooLarge { .. })
    ));
    assert!(matches!(
        get(&server, "/empty"),
        Err(PageError::TooLarge { .. })
    ));
    // Packed twice, unpacked once.
    assert!(
        get(&server, "/two")
            .unwrap()
            .bytes
            .starts_with(&[0x1f, 0x8b])
    );
    assert!(matches!(
        get(&server, "/bad"),
        Err(PageError::Packing { .. })
    ));
}

#[test]
fn other_packings_are_refused() {
    let server = server(|_, out| send(out, "200 OK", &["Content-Encoding: br"], b"x"));
    let e = get(&server, "/a").unwrap_err();
    assert!(e.to_string().contains("“br”"), "{e}");
}

#[test]
fn an_endless_page_is_cut_off() {
    let server = server(|_, out| {
        send(out, "200 OK", &[], b"");
        while out.write_all(&[b'x'; 4096]).is_ok() {}
    });
    assert!(matches!(
        get(&server, "/a"),
        Err(PageError::TooLarge { limit: 100_000, .. })
    ));
}

#[test]
fn a_page_that_ends_early_is_no_page() {
    let server = server(|_, out| send(out, "200 OK", &["Content-Length: 10"], b"half"));
    assert!(matches!(get(&server, "/a"), Err(PageError::Network { .. })));
}

#[test]
fn a_server_that_drips_is_left() {
    for head in [true, false] {
        let server = server(move |_, out| {
            if head {
                send(out, "200 OK", &[], b"");
            }
            let drop = if head { &b"x"[..] } else { b"X-A: b\r\n" };
            if !head {
                let _ = out.write_all(b"HTTP/1.1 200 OK\r\n");
            }
            for _ in 0..2000 {
                if out.write_all(drop).and_then(|()| out.flush()).is_err() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let policy = Policy {
            overall: Duration::from_millis(700),
            ..policy()
        };
        let e = Visitor::new(policy)
            .get(&server.url("/a"), &Validators::default())
            .unwrap_err();
        assert!(matches!(e, PageError::Timeout { .. }), "{e}");
    }
}

#[test]
fn a_silent_server_is_left() {
    let server = server(|_, _| std::thread::sleep(Duration::from_secs(30)));
    let policy = Policy {
        read: Duration::from_millis(200),
        ..policy()
    };
    let e = Visitor::new(policy)
        .get(&server.url("/a"), &Validators::default())
        .unwrap_err();
    assert!(e.to_string().contains("silent for 0.2 s"), "{e}");
}

fn with_robots(status: &'static str, text: &'static str) -> Server {
    Server::new(move |r, out| match r.path.as_str() {
        "/robots.txt" => send(out, status, &[], text.as_bytes()),
        _ => send(out, "200 OK", &[], b"page"),
    })
}

#[test]
fn robots_txt_holds() {
    let rules = "User-agent: *\nDisallow: /\n\nUser-agent: bilat\nDisallow: /private\nAllow: /private/open\n";
    let server = with_robots("200 OK", rules);
    assert!(get(&server, "/a").is_ok());
    assert!(get(&server, "/private/open/x").is_ok());
    let e = get(&server, "/private/x").unwrap_err();
    assert!(matches!(e, PageError::Robots { .. }), "{e}");
    assert!(server.seen().iter().all(|r| r.path != "/private/x"));
    // Rules for all hold for us where none are for us.
    let server = with_robots("200 OK", "User-agent: *\nDisallow: /\n");
    assert!(matches!(get(&server, "/a"), Err(PageError::Robots { .. })));
}

#[test]
fn what_a_missing_robots_txt_means() {
    for (status, allowed) in [
        ("404 Not Found", true),
        ("403 Forbidden", true),
        ("503 Unavailable", false),
        ("429 Too Many", false),
    ] {
        let server = with_robots(status, "User-agent: *\nDisallow: /\n");
        assert_eq!(get(&server, "/a").is_ok(), allowed, "{status}");
    }
}

#[test]
fn a_redirect_to_what_robots_txt_closes_is_not_followed() {
    let server = Server::new(|r, out| match r.path.as_str() {
        "/robots.txt" => send(out, "200 OK", &[], b"User-agent: *\nDisallow: /closed\n"),
        "/a" => send(
            out,
            "302 Found",
            &["Location: /closed", "Content-Length: 0"],
            b"",
        ),
        _ => send(out, "200 OK", &[], b"page"),
    });
    assert!(matches!(get(&server, "/a"), Err(PageError::Robots { .. })));
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn the_wait_that_a_site_asks_for_is_kept_within_reason() {
    let waits = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&waits);
    let policy = Policy {
        longest_wait: Duration::from_secs(3),
        sleep: Sleep(Arc::new(move |d| list.lock().unwrap().push(d))),
        ..policy()
    };
    for (delay, expected) in [("2", 2), ("86400", 3)] {
        let text = format!("User-agent: *\nCrawl-delay: {delay}\n");
        let server = with_robots("200 OK", text.leak());
        let mut visitor = Visitor::new(policy.clone());
        for path in ["/a", "/b", "/c"] {
            visitor
                .get(&server.url(path), &Validators::default())
                .unwrap();
        }
        let waited: Vec<_> = waits.lock().unwrap().drain(..).collect();
        assert_eq!(waited, [Duration::from_secs(expected); 2]);
    }
}

#[test]
fn a_huge_robots_txt_is_read_in_part() {
    let mut text = "User-agent: *\nDisallow: /closed\n".to_owned();
    while text.len() < 3_000_000 {
        text.push_str("# nothing to see on this line\n");
    }
    text.push_str("Disallow: /late\n");
    let server = with_robots("200 OK", text.leak());
    assert!(matches!(
        get(&server, "/closed"),
        Err(PageError::Robots { .. })
    ));
    assert!(get(&server, "/late").is_ok());
}

#[test]
fn refusals_of_the_server_are_told_with_advice() {
    for (status, says) in [
        ("404 Not Found", "check the address"),
        ("403 Forbidden", "known to it"),
        ("500 Oops", "try again later"),
        ("204 No Content", "in a browser"),
    ] {
        let server = server(move |_, out| send(out, status, &["Content-Length: 0"], b""));
        let e = get(&server, "/a").unwrap_err();
        assert!(e.to_string().contains(says), "{e}");
    }
}
