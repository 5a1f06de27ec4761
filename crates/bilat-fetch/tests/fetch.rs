//! Downloads from a local server that drops connections, lies about sizes and leads astray.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods)] // the environment tells tests where data and proxies are

mod common;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use bilat_fetch::{FetchError, Fetched, Header, Limits, Progress, Request, Validators, fetch};
use bilat_testing::{Server, bytes, send, serve, serve_at_most};
use common::limits;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// A folder with a target that does not exist yet.
fn folder() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("deep").join("file.csv");
    (dir, target)
}

fn get(url: &str, target: &std::path::Path, limits: &Limits) -> Result<Fetched, FetchError> {
    fetch(&Request::new(url), target, limits, &mut |_| ())
}

/// The names in the target's folder.
fn names(target: &std::path::Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(target.parent().unwrap())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_comes_whole() {
    let body = bytes(300_000);
    let copy = body.clone();
    let server = Server::new(move |r, out| serve(r, out, &copy, "\"1\""));
    let (_dir, target) = folder();
    let (limits, waits) = limits(300_000);
    let mut seen = Vec::new();
    let got = fetch(
        &Request::new(server.url("/a")),
        &target,
        &limits,
        &mut |p| seen.push(p),
    )
    .unwrap();
    assert_eq!(fs::read(&target).unwrap(), body);
    assert_eq!(
        got,
        Fetched {
            changed: true,
            bytes: 300_000,
            sha256: hash(&body),
            validators: Validators {
                etag: Some("\"1\"".into()),
                last_modified: None
            },
            resumed_from: 0,
        }
    );
    assert_eq!(
        seen[0],
        Progress::Bytes {
            bytes: 0,
            total: Some(300_000)
        }
    );
    assert_eq!(
        *seen.last().unwrap(),
        Progress::Bytes {
            bytes: 300_000,
            total: Some(300_000)
        }
    );
    assert_eq!(names(&target), ["file.csv", "file.csv.lock"]);
    assert!(waits.lock().unwrap().is_empty());
    let request = &server.seen()[0];
    assert_eq!(request.header("accept-encoding"), Some("identity"));
    assert!(request.header("user-agent").unwrap().starts_with("bilat/"));
}

#[test]
fn an_unchanged_file_is_not_sent_again() {
    let server = Server::new(|r, out| serve(r, out, b"one", "\"1\""));
    let (_dir, target) = folder();
    let (limits, _) = limits(10);
    let first = get(&server.url("/a"), &target, &limits).unwrap();
    let mut request = Request::new(server.url("/a"));
    request.if_changed = Some(first.validators.clone());
    let second = fetch(&request, &target, &limits, &mut |_| ()).unwrap();
    assert_eq!(
        second,
        Fetched {
            changed: false,
            ..first
        }
    );
    // Without the file its state is nothing to compare with.
    fs::remove_file(&target).unwrap();
    assert!(
        fetch(&request, &target, &limits, &mut |_| ())
            .unwrap()
            .changed
    );
    assert_eq!(server.seen()[2].header("if-none-match"), None);
}

#[test]
fn a_dropped_connection_is_gone_on_from() {
    let body = bytes(200_000);
    let copy = body.clone();
    let server = Server::new(move |r, out| {
        serve_at_most(
            r,
            out,
            &copy,
            "\"1\"",
            if r.n < 2 { 70_000 } else { usize::MAX },
        );
    });
    let (_dir, target) = folder();
    let (limits, waits) = limits(200_000);
    let got = get(&server.url("/a"), &target, &limits).unwrap();
    assert_eq!(fs::read(&target).unwrap(), body);
    assert_eq!((got.sha256, got.resumed_from), (hash(&body), 140_000));
    let starts: Vec<_> = server
        .seen()
        .iter()
        .map(bilat_testing::Seen::from)
        .collect();
    assert_eq!(starts, [None, Some(70_000), Some(140_000)]);
    assert_eq!(
        *waits.lock().unwrap(),
        [Duration::from_secs(1), Duration::from_secs(2)]
    );
    assert_eq!(names(&target), ["file.csv", "file.csv.lock"]);
}

#[test]
fn the_next_run_goes_on_where_the_last_one_stopped() {
    let body = bytes(100_000);
    let copy = body.clone();
    let server = Server::new(move |r, out| {
        serve_at_most(
            r,
            out,
            &copy,
            "\"1\"",
            if r.n == 0 { 40_000 } else { usize::MAX },
        );
    });
    let (_dir, target) = folder();
    let (mut limits, _) = limits(100_000);
    limits.retries = 0;
    fs::create_dir_all(target.parent().unwrap()).unwrap();
    fs::write(&target, "old").unwrap();
    let e = get(&server.url("/a"), &target, &limits)
        .unwrap_err()
        .to_string();
    assert!(e.contains("stopped after 40000 of 100000 bytes"), "{e}");
    assert!(e.contains("tried once"), "{e}");
    assert_eq!(fs::read(&target).unwrap(), b"old");
    assert_eq!(
        names(&target),
        [
            "file.csv",
            "file.csv.lock",
            "file.csv.part",
            "file.csv.part.json"
        ]
    );
    let got = get(&server.url("/a"), &target, &limits).unwrap();
    assert_eq!((got.resumed_from, got.sha256), (40_000, hash(&body)));
    assert_eq!(names(&target), ["file.csv", "file.csv.lock"]);
}

#[test]
fn a_part_of_another_address_is_not_gone_on_from() {
    let server = Server::new(|r, out| {
        let body = bytes(if r.path == "/a" { 5000 } else { 6000 });
        serve_at_most(
            r,
            out,
            &body,
            "\"1\"",
            if r.path == "/a" { 1000 } else { usize::MAX },
        );
    });
    let (_dir, target) = folder();
    let (mut limits, _) = limits(10_000);
    limits.retries = 0;
    get(&server.url("/a"), &target, &limits).unwrap_err();
    assert_eq!(
        get(&server.url("/b"), &target, &limits).unwrap().sha256,
        hash(&bytes(6000))
    );
    assert_eq!(server.seen()[1].from(), None);
}

#[test]
fn broken_leftovers_are_thrown_away() {
    let body = bytes(5000);
    let copy = body.clone();
    let server = Server::new(move |r, out| serve(r, out, &copy, "\"1\""));
    let (limits, _) = limits(10_000);
    let url = server.url("/a");
    let notes = [
        String::new(),
        "{".to_owned(),
        format!(r#"{{"url":"{url}","total":5000}}"#),
        format!(r#"{{"url":"{url}","total":10,"etag":"\"1\""}}"#),
        format!(r#"{{"url":"{url}","total":5000,"etag":"W/\"1\""}}"#),
    ];
    for note in notes {
        let (_dir, target) = folder();
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target.with_extension("csv.part"), bytes(100)).unwrap();
        fs::write(target.with_extension("csv.part.json"), &note).unwrap();
        let got = get(&url, &target, &limits).unwrap();
        assert_eq!((got.resumed_from, got.sha256), (0, hash(&body)), "{note}");
    }
    assert!(server.seen().iter().all(|r| r.from().is_none()));
}

#[test]
fn a_complete_part_that_was_not_put_in_place_ends_well() {
    let body = bytes(5000);
    let copy = body.clone();
    let server = Server::new(move |r, out| serve(r, out, &copy, "\"1\""));
    let (limits, _) = limits(10_000);
    let (_dir, target) = folder();
    fs::create_dir_all(target.parent().unwrap()).unwrap();
    fs::write(target.with_extension("csv.part"), &body).unwrap();
    let note = format!(
        r#"{{"url":"{}","total":5000,"etag":"\"1\""}}"#,
        server.url("/a")
    );
    fs::write(target.with_extension("csv.part.json"), note).unwrap();
    assert_eq!(
        get(&server.url("/a"), &target, &limits).unwrap().sha256,
        hash(&body)
    );
}

#[test]
fn a_declared_length_that_is_too_long_is_no_whole_file() {
    let server = Server::new(|_, out| send(out, "200 OK", &["Content-Length: 100"], &bytes(50)));
    let (_dir, target) = folder();
    let (limits, waits) = limits(1000);
    let e = get(&server.url("/a"), &target, &limits).unwrap_err();
    assert!(matches!(e, FetchError::Network { .. }), "{e}");
    assert!(e.to_string().contains("after 50 of 100 bytes"), "{e}");
    assert!(e.to_string().contains("tried 5 times"), "{e}");
    assert!(!target.exists());
    let seconds: Vec<_> = waits
        .lock()
        .unwrap()
        .iter()
        .map(Duration::as_secs)
        .collect();
    assert_eq!(seconds, [1, 2, 4, 8]);
    // No state to tell apart, so it was asked from the start each time.
    assert!(server.seen().iter().all(|r| r.from().is_none()));
}

#[test]
fn a_declared_length_that_is_too_short_is_caught_by_the_hash() {
    let server = Server::new(|_, out| send(out, "200 OK", &["Content-Length: 50"], &bytes(100)));
    let (_dir, target) = folder();
    let (limits, _) = limits(1000);
    let mut request = Request::new(server.url("/a"));
    request.sha256 = Some(hash(&bytes(100)));
    let e = fetch(&request, &target, &limits, &mut |_| ()).unwrap_err();
    assert!(matches!(e, FetchError::Hash { .. }), "{e}");
    assert!(e.to_string().contains(&hash(&bytes(50))), "{e}");
    assert_eq!(names(&target), ["file.csv.lock"]);
}

#[test]
fn the_limit_holds_against_what_is_declared_and_what_comes() {
    let server = Server::new(|r, out| match r.path.as_str() {
        "/declared" => send(out, "200 OK", &["Content-Length: 1001"], &bytes(1001)),
        "/endless" => {
            send(out, "200 OK", &["ETag: \"1\""], b"");
            while out.write_all(&[0; 4096]).is_ok() {}
        }
        _ => send(out, "200 OK", &["Content-Length: 1000"], &bytes(1000)),
    });
    let (_dir, target) = folder();
    let (limits, waits) = limits(1000);
    let e = get(&server.url("/declared"), &target, &limits).unwrap_err();
    assert!(
        matches!(
            e,
            FetchError::TooLarge {
                declared: Some(1001),
                limit: 1000,
                ..
            }
        ),
        "{e}"
    );
    let e = get(&server.url("/endless"), &target, &limits).unwrap_err();
    assert!(
        matches!(e, FetchError::TooLarge { declared: None, .. }),
        "{e}"
    );
    assert!(e.to_string().contains("max_bytes"), "{e}");
    assert_eq!(names(&target), ["file.csv.lock"]);
    assert!(waits.lock().unwrap().is_empty());
    assert_eq!(
        get(&server.url("/exact"), &target, &limits).unwrap().bytes,
        1000
    );
}

#[test]
fn a_server_that_is_busy_is_asked_again_when_it_says() {
    let server = Server::new(|r, out| match (r.path.as_str(), r.n) {
        ("/seconds", 0) => send(out, "429 Too Many Requests", &["Retry-After: 7"], b""),
        ("/date", 2) => {
            let date = "Date: Tue, 01 Jul 2025 10:00:00 GMT";
            let after = "Retry-After: Tue, 01 Jul 2025 10:00:11 GMT";
            send(out, "503 Service Unavailable", &[date, after], b"");
        }
        ("/long", 4) => send(out, "429 Too Many Requests", &["Retry-After: 86400"], b""),
        ("/nonsense", 6) => send(out, "429 Too Many Requests", &["Retry-After: soon"], b""),
        _ => serve(r, out, b"here", "\"1\""),
    });
    let (_dir, target) = folder();
    let (mut limits, waits) = limits(1000);
    limits.overall = Duration::from_secs(600);
    for path in ["/seconds", "/date", "/long", "/nonsense"] {
        assert_eq!(
            get(&server.url(path), &target, &limits).unwrap().bytes,
            4,
            "{path}"
        );
    }
    let seconds: Vec<_> = waits
        .lock()
        .unwrap()
        .iter()
        .map(Duration::as_secs)
        .collect();
    assert_eq!(seconds, [7, 11, 60, 1]);
}

#[test]
fn a_wait_beyond_the_time_limit_is_not_begun() {
    let server =
        Server::new(|_, out| send(out, "429 Too Many Requests", &["Retry-After: 50"], b""));
    let (_dir, target) = folder();
    let (mut limits, waits) = limits(1000);
    limits.overall = Duration::from_secs(20);
    let e = get(&server.url("/a"), &target, &limits).unwrap_err();
    assert!(matches!(e, FetchError::Timeout { .. }), "{e}");
    assert!(e.to_string().contains("429"), "{e}");
    assert!(waits.lock().unwrap().is_empty());
}

#[test]
fn a_fault_of_the_server_may_pass() {
    let server = Server::new(|r, out| match r.n {
        0..4 => send(
            out,
            "500 Internal Server Error",
            &["Content-Length: 4"],
            b"oops",
        ),
        _ => serve(r, out, b"here", "\"1\""),
    });
    let (_dir, target) = folder();
    let (limits, waits) = limits(1000);
    let mut said = Vec::new();
    fetch(
        &Request::new(server.url("/a")),
        &target,
        &limits,
        &mut |p| said.push(p),
    )
    .unwrap();
    assert_eq!(fs::read(&target).unwrap(), b"here");
    assert_eq!(waits.lock().unwrap().len(), 4);
    let first = Progress::Waiting {
        wait: Duration::from_secs(1),
        reason: "the server answered 500".into(),
    };
    assert_eq!(said[0], first);
}

#[test]
fn a_fault_that_does_not_pass_is_reported() {
    let server = Server::new(|_, out| send(out, "502 Bad Gateway", &[], b""));
    let (_dir, target) = folder();
    let (limits, _) = limits(1000);
    let e = get(&server.url("/a"), &target, &limits).unwrap_err();
    assert!(matches!(e, FetchError::Status { status: 502, .. }), "{e}");
    assert!(e.to_string().contains("tried 5 times"), "{e}");
    assert_eq!(server.seen().len(), 5);
    assert!(!target.exists());
}

#[test]
fn a_missing_page_is_final() {
    let server = Server::new(|r, out| {
        let status = r.path.trim_start_matches('/').to_owned() + " No";
        send(out, &status, &["Content-Length: 5"], b"sorry");
    });
    let (_dir, target) = folder();
    let (limits, _) = limits(1000);
    for (status, advice) in [
        (404, "origin"),
        (410, "origin"),
        (403, "key"),
        (400, "page"),
        (204, "page"),
    ] {
        let e = get(&server.url(&format!("/{status}")), &target, &limits).unwrap_err();
        assert!(
            matches!(e, FetchError::Status { status: s, .. } if s == status),
            "{e}"
        );
        assert!(e.to_string().contains(advice), "{e}");
    }
    assert_eq!(server.seen().len(), 5);
    assert!(!target.exists());
}

#[test]
fn redirects_are_followed_so_far() {
    let server = Server::new(|r, out| match r.path.as_str() {
        "/a/b" => send(
            out,
            "302 Found",
            &["Location: ../c?x=1", "Content-Length: 3"],
            b"see",
        ),
        "/c?x=1" => send(out, "308 Permanent Redirect", &["Location: /d"], b""),
        "/d" => serve_at_most(
            r,
            out,
            &bytes(500),
            "\"1\"",
            if r.n == 2 { 100 } else { 1000 },
        ),
        _ => send(out, "301 Moved", &["Location: /loop"], b""),
    });
    let (_dir, target) = folder();
    let (limits, _) = limits(1000);
    let got = get(&server.url("/a/b"), &target, &limits).unwrap();
    assert_eq!((got.sha256, got.resumed_from), (hash(&bytes(500)), 100));
    let before = server.seen().len();
    let e = get(&server.url("/loop"), &target, &limits).unwrap_err();
    assert!(matches!(e, FetchError::Redirect { .. }), "{e}");
    assert_eq!(server.seen().len() - before, 6);
}

#[test]
fn redirects_lead_to_no_place_that_is_refused() {
    let server = Server::new(|r, out| {
        let to = r.path.trim_start_matches("/?to=");
        send(out, "302 Found", &[&format!("Location: {to}")], b"");
    });
    let (_dir, target) = folder();
    let (limits, waits) = limits(1000);
    for to in [
        "http://example.org/x?token=1",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://u:p@example.org/",
    ] {
        let e = get(&server.url(&format!("/?to={to}")), &target, &limits).unwrap_err();
        let FetchError::Redirect { to, .. } = &e else {
            panic!("{e}")
        };
        assert!(!to.contains("token"), "{to}");
    }
    for to in [
        "https://10.0.0.1/",
        "https://[fe80::1]/",
        "https://169.254.169.254/latest",
        "//192.168.0.1/",
    ] {
        let e = get(&server.url(&format!("/?to={to}")), &target, &limits).unwrap_err();
        // The last keeps the scheme, and plain http is for loopback alone.
        assert!(
            matches!(e, FetchError::Inside { .. } | FetchError::Redirect { .. }),
            "{e}"
        );
    }
    assert_eq!(server.seen().len(), 8);
    assert!(waits.lock().unwrap().is_empty());
}

#[test]
fn names_are_judged_by_what_they_resolve_to() {
    let server = Server::new(|r, out| serve(r, out, b"secret", "\"1\""));
    let (_dir, target) = folder();
    let (mut limits, _) = limits(1000);
    limits.allow_loopback = false;
    let url = format!("https://localhost:{}/a", server.address.port());
    // Where a proxy looks names up, this one is not looked up here.
    let proxied = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    if proxied.iter().all(|v| std::env::var_os(v).is_none()) {
        let e = get(&url, &target, &limits).unwrap_err();
        assert!(matches!(e, FetchError::Inside { .. }), "{e}");
        assert!(e.to_string().contains("localhost is at"), "{e}");
    }
    let e = get(&server.url("/a"), &target, &limits).unwrap_err();
    assert!(matches!(e, FetchError::Url { .. }), "{e}");
    assert!(server.seen().is_empty());
}

#[test]
fn a_key_goes_to_its_host_alone() {
    let other = Server::new(|r, out| serve(r, out, b"here", "\"1\""));
    let there = other.url("/there");
    let server = Server::new(move |r, out| match r.path.as_str() {
        "/away" => send(out, "302 Found", &[&format!("Location: {there}")], b""),
        "/near" => send(out, "302 Found", &["Location: /end"], b""),
        _ => serve(r, out, b"here", "\"1\""),
    });
    let (_dir, target) = folder();
    let (limits, _) = limits(1000);
    let header = Header {
        name: "X-Key".into(),
        value: "s3cret".into(),
    };
    assert!(!format!("{header:?}").contains("s3cret"));
    for path in ["/near", "/away"] {
        let request = Request {
            header: Some(header.clone()),
            ..Request::new(server.url(path))
        };
        fetch(&request, &target, &limits, &mut |_| ()).unwrap();
    }
    assert!(
        server
            .seen()
            .iter()
            .all(|r| r.header("x-key") == Some("s3cret"))
    );
    assert_eq!(server.seen().len(), 3);
    assert_eq!(other.seen().len(), 1);
    assert_eq!(other.seen()[0].header("x-key"), None);
    let header = Header {
        name: "X-Key".into(),
        value: "s3cret\r\nHost: evil".into(),
    };
    let request = Request {
        header: Some(header),
        ..Request::new(server.url("/near"))
    };
    let e = fetch(&request, &target, &limits, &mut |_| ()).unwrap_err();
    assert!(matches!(e, FetchError::Header { .. }), "{e}");
    assert!(!format!("{e} {e:?}").contains("s3cret"), "{e:?}");
}

#[test]
fn a_server_without_ranges_is_asked_for_the_whole_again() {
    let server = Server::new(|r, out| {
        let body = bytes(5000);
        let sent = if r.n == 0 { 1000 } else { 5000 };
        send(
            out,
            "200 OK",
            &["ETag: \"1\"", "Content-Length: 5000"],
            &body[..sent],
        );
    });
    let (_dir, target) = folder();
    let (limits, _) = limits(5000);
    let got = get(&server.url("/a"), &target, &limits).unwrap();
    assert_eq!((got.sha256, got.resumed_from), (hash(&bytes(5000)), 0));
    assert_eq!(server.seen()[1].from(), Some(1000));
    assert_eq!(server.seen()[1].header("if-range"), Some("\"1\""));
}

#[test]
fn a_date_serves_where_there_is_no_tag() {
    let server = Server::new(|r, out| {
        let body = bytes(5000);
        let date = "Last-Modified: Tue, 01 Jul 2025 10:00:00 GMT";
        if r.from() == Some(1000) && r.header("if-range") == Some("Tue, 01 Jul 2025 10:00:00 GMT") {
            let range = "Content-Range: bytes 1000-4999/5000";
            return send(
                out,
                "206 Partial Content",
                &[range, "Content-Length: 4000"],
                &body[1000..],
            );
        }
        send(
            out,
            "200 OK",
            &[date, "ETag: W/\"1\"", "Content-Length: 5000"],
            &body[..1000],
        );
    });
    let (_dir, target) = folder();
    let (limits, _) = limits(5000);
    let got = get(&server.url("/a"), &target, &limits).unwrap();
    assert_eq!((got.sha256, got.resumed_from), (hash(&bytes(5000)), 1000));
    assert_eq!(got.validators.etag.as_deref(), Some("W/\"1\""));
}

#[test]
fn a_file_that_changes_on_the_way_is_begun_anew() {
    let new: Vec<u8> = bytes(6000).iter().map(|b| !b).collect();
    // A right server answers 200 to a range of a state that is gone.
    let copy = new.clone();
    let right = Server::new(move |r, out| match r.n {
        0 => serve_at_most(r, out, &bytes(5000), "\"1\"", 1000),
        _ => serve(r, out, &copy, "\"2\""),
    });
    // A wrong one sends the range of the new state.
    let copy = new.clone();
    let wrong = Server::new(move |r, out| match (r.n, r.from()) {
        (0, _) => serve_at_most(r, out, &bytes(5000), "\"1\"", 1000),
        (_, Some(1000)) => {
            let headers = [
                "ETag: \"2\"",
                "Content-Range: bytes 1000-5999/6000",
                "Content-Length: 5000",
            ];
            send(out, "206 Partial Content", &headers, &copy[1000..]);
        }
        _ => serve(r, out, &copy, "\"2\""),
    });
    for server in [right, wrong] {
        let (_dir, target) = folder();
        let (limits, _) = limits(6000);
        let got = get(&server.url("/a"), &target, &limits).unwrap();
        assert_eq!((got.sha256, got.resumed_from), (hash(&new), 0));
        assert_eq!(got.validators.etag.as_deref(), Some("\"2\""));
    }
}

#[test]
fn ranges_that_do_not_fit_are_not_joined() {
    for headers in [
        &["Content-Range: bytes 999-4999/5000"][..],
        &["Content-Range: bytes 1000-4999/5001"],
        &[
            "Content-Range: bytes 1000-4999/5000",
            "Content-Encoding: gzip",
        ],
        &["Content-Range: nonsense"],
        &[],
    ] {
        let server = Server::new(move |r, out| match (r.n, r.from()) {
            (0, _) => serve_at_most(r, out, &bytes(5000), "\"1\"", 1000),
            (_, Some(_)) => send(out, "206 Partial Content", headers, &[0; 4000]),
            _ => serve(r, out, &bytes(5000), "\"1\""),
        });
        let (_dir, target) = folder();
        let (limits, _) = limits(6000);
        let got = get(&server.url("/a"), &target, &limits).unwrap();
        assert_eq!(
            (got.sha256, got.resumed_from),
            (hash(&bytes(5000)), 0),
            "{headers:?}"
        );
    }
}

#[test]
fn a_server_that_never_agrees_with_itself_is_given_up() {
    let server = Server::new(|r, out| {
        if r.from().is_some() {
            return send(out, "416 Range Not Satisfiable", &[], b"");
        }
        serve_at_most(r, out, &bytes(5000), "\"1\"", 1000);
    });
    let (_dir, target) = folder();
    let (limits, _) = limits(6000);
    let e = get(&server.url("/a"), &target, &limits).unwrap_err();
    assert!(matches!(e, FetchError::Network { .. }), "{e}");
    assert!(server.seen().len() < 12);
}

#[test]
fn packed_bytes_are_unpacked_unless_the_file_is_packed_itself() {
    let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    pack.write_all(&bytes(5000)).unwrap();
    let packed = pack.finish().unwrap();
    let copy = packed.clone();
    let server = Server::new(move |r, out| {
        let length = format!("Content-Length: {}", copy.len());
        let sent = if r.path == "/cut" && r.n == 2 {
            2000
        } else {
            copy.len()
        };
        let encoding = if r.path == "/odd" {
            "Content-Encoding: br"
        } else {
            "Content-Encoding: gzip"
        };
        send(
            out,
            "200 OK",
            &["ETag: \"1\"", encoding, &length],
            &copy[..sent],
        );
    });
    let (_dir, target) = folder();
    let (limits, _) = limits(10_000);
    let got = get(&server.url("/a"), &target, &limits).unwrap();
    assert_eq!((got.bytes, got.sha256), (5000, hash(&bytes(5000))));
    let gz = target.with_extension("csv.gz");
    assert_eq!(
        get(&server.url("/a"), &gz, &limits).unwrap().sha256,
        hash(&packed)
    );
    // What was unpacked on the way cannot be gone on from by bytes.
    let got = get(&server.url("/cut"), &target, &limits).unwrap();
    assert_eq!((got.resumed_from, got.sha256), (0, hash(&bytes(5000))));
    assert!(server.seen().iter().all(|r| r.from().is_none()));
    let e = get(&server.url("/odd"), &target, &limits).unwrap_err();
    assert!(matches!(e, FetchError::Encoding { .. }), "{e}");
}

#[test]
fn a_small_packed_file_cannot_fill_the_disk() {
    let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    pack.write_all(&vec![0; 10 << 20]).unwrap();
    let packed = pack.finish().unwrap();
    let server =
        Server::new(move |_, out| send(out, "200 OK", &["Content-Encoding: gzip"], &packed));
    let (_dir, target) = folder();
    let (limits, _) = limits(100_000);
    let e = get(&server.url("/a"), &target, &limits).unwrap_err();
    assert!(
        matches!(e, FetchError::TooLarge { declared: None, .. }),
        "{e}"
    );
    assert_eq!(names(&target), ["file.csv.lock"]);
}

#[test]
fn a_chunked_body_that_breaks_off_is_gone_on_from() {
    let server = Server::new(|r, out| {
        if r.n > 0 {
            return serve(r, out, &bytes(5000), "\"1\"");
        }
        send(
            out,
            "200 OK",
            &["ETag: \"1\"", "Transfer-Encoding: chunked"],
            b"3e8\r\n",
        );
        out.write_all(&bytes(1000)).unwrap();
        out.write_all(b"\r\n3e8\r\n").unwrap();
        out.write_all(&bytes(1500)[1000..]).unwrap();
    });
    let (_dir, target) = folder();
    let (limits, _) = limits(6000);
    let got = get(&server.url("/a"), &target, &limits).unwrap();
    assert_eq!(got.sha256, hash(&bytes(5000)));
    assert!(got.resumed_from >= 1000);
}

#[test]
fn a_silent_server_is_given_up() {
    let server = Server::new(|r, out| {
        if r.path == "/body" {
            send(
                out,
                "200 OK",
                &["ETag: \"1\"", "Content-Length: 100"],
                &bytes(50),
            );
        }
        std::thread::sleep(Duration::from_secs(5));
    });
    let (_dir, target) = folder();
    let (mut limits, _) = limits(1000);
    limits.read = Duration::from_millis(200);
    limits.retries = 1;
    for path in ["/head", "/body"] {
        let e = get(&server.url(path), &target, &limits).unwrap_err();
        assert!(matches!(e, FetchError::Network { .. }), "{e}");
        assert!(e.to_string().contains("silent for 0.2 s"), "{e}");
    }
    assert_eq!(server.seen().len(), 4);
}

#[test]
fn a_server_that_drips_is_given_up_in_time() {
    let server = Server::new(|_, out| {
        send(out, "200 OK", &["ETag: \"1\"", "Content-Length: 1000"], b"");
        while out.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    let (_dir, target) = folder();
    let (mut limits, _) = limits(1000);
    limits.read = Duration::from_millis(400);
    limits.overall = Duration::from_millis(900);
    let e = get(&server.url("/a"), &target, &limits).unwrap_err();
    assert!(matches!(e, FetchError::Timeout { .. }), "{e}");
    assert!(e.to_string().contains("not done after 0.9 s"), "{e}");
}

#[test]
fn a_refused_connection_is_tried_again_and_reported() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/a", free.local_addr().unwrap());
    drop(free);
    let (_dir, target) = folder();
    let (limits, waits) = limits(1000);
    let e = get(&url, &target, &limits).unwrap_err();
    assert!(matches!(e, FetchError::Network { .. }), "{e}");
    assert_eq!(waits.lock().unwrap().len(), 4);
}

#[test]
fn a_server_that_does_not_speak_http_is_reported() {
    let server = Server::new(|_, out| {
        let _ = out.write_all(b"220 mail.example.org ESMTP\r\n\r\n");
    });
    let (_dir, target) = folder();
    let (limits, _) = limits(1000);
    let e = get(&server.url("/a"), &target, &limits).unwrap_err();
    assert!(e.to_string().contains(&server.url("/a")), "{e}");
    assert!(!target.exists());
}

#[test]
fn two_downloads_of_one_file_do_not_meet() {
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let server = Server::new(move |r, out| {
        wait.lock().unwrap().recv().unwrap();
        serve(r, out, b"here", "\"1\"");
    });
    let (_dir, target) = folder();
    let (limits, _) = limits(1000);
    let url = server.url("/a");
    std::thread::scope(|s| {
        let first = s.spawn(|| get(&url, &target, &limits));
        while server.seen().is_empty() {
            std::thread::sleep(Duration::from_millis(5));
        }
        let e = get(&url, &target, &limits).unwrap_err();
        assert!(matches!(e, FetchError::Busy { .. }), "{e}");
        go.send(()).unwrap();
        assert!(first.join().unwrap().unwrap().changed);
    });
    // The lock is free again, though its file is still there.
    go.send(()).unwrap();
    get(&url, &target, &limits).unwrap();
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let server = Server::new(|r, out| serve(r, out, b"here", "\"1\""));
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("file"), "").unwrap();
    let (limits, _) = limits(1000);
    let e = get(
        &server.url("/a"),
        &dir.path().join("file").join("x"),
        &limits,
    )
    .unwrap_err();
    assert!(matches!(e, FetchError::Disk { .. }), "{e}");
    assert!(server.seen().is_empty());
}

/// The folder of real files.
fn data() -> PathBuf {
    std::env::var_os("BILAT_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    )
}

#[test]
#[ignore = "needs the data folder"]
fn real_files_come_as_they_are_over_a_bad_line() {
    let files = [
        "countries/country-codes.csv",
        "cities/cities15000.zip",
        "trade_dots/dots_long.csv.gz",
        "world_heritage",
    ];
    for name in files {
        let mut path = data().join(name);
        if path.is_dir() {
            path = fs::read_dir(&path).unwrap().next().unwrap().unwrap().path();
        }
        let body = fs::read(&path).unwrap();
        let (size, expected) = (body.len(), hash(&body));
        let server = Server::new(move |r, out| match r.n % 4 {
            1 => send(out, "503 Service Unavailable", &["Retry-After: 3"], b""),
            // A third of the file on each connection.
            _ => serve_at_most(r, out, &body, "\"1\"", size / 3 + 1),
        });
        let (_dir, target) = folder();
        let (limits, waits) = limits(size as u64);
        let request = Request {
            sha256: Some(expected.clone()),
            ..Request::new(server.url("/f"))
        };
        let got = fetch(&request, &target, &limits, &mut |_| ()).unwrap();
        assert_eq!((got.bytes, got.sha256), (size as u64, expected), "{name}");
        assert!(got.resumed_from > 0);
        assert!(waits.lock().unwrap().contains(&Duration::from_secs(3)));
    }
}
