//! A process that is killed in the middle of a download.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods)] // the environment tells tests where data and proxies are

mod common;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use bilat_fetch::{Request, fetch};
use bilat_testing::{Server, bytes, serve};
use common::limits;

/// Set for the process that is killed: address and target.
const CHILD: &str = "BILAT_FETCH_TEST_CHILD";

#[test]
fn a_killed_download_leaves_the_old_file_and_is_gone_on_from() {
    if let Ok(task) = std::env::var(CHILD) {
        let (url, target) = task.split_once('|').unwrap();
        fetch(
            &Request::new(url),
            Path::new(target),
            &limits(1 << 22).0,
            &mut |_| (),
        )
        .unwrap();
        std::process::exit(0);
    }
    let body = bytes(1 << 20);
    let copy = body.clone();
    let server = Server::new(move |r, out| {
        if r.n > 0 {
            return serve(r, out, &copy, "\"1\"");
        }
        // Half of it, and then nothing more for as long as the process lives.
        let length = format!("Content-Length: {}", copy.len());
        bilat_testing::send(
            out,
            "200 OK",
            &["ETag: \"1\"", &length],
            &copy[..copy.len() / 2],
        );
        while out.flush().is_ok() {
            std::thread::sleep(Duration::from_secs(1));
        }
    });
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("file");
    fs::write(&target, "old").unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "a_killed_download_leaves_the_old_file_and_is_gone_on_from",
        ])
        .env(CHILD, format!("{}|{}", server.url("/a"), target.display()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let part = dir.path().join("file.part");
    while fs::metadata(&part).map_or(0, |m| m.len()) < (body.len() / 2) as u64 {
        assert!(
            child.try_wait().unwrap().is_none(),
            "the child has ended by itself"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    // The child holds the lock while it lives.
    let request = Request::new(server.url("/a"));
    let (limits, _) = limits(1 << 22);
    let e = fetch(&request, &target, &limits, &mut |_| ()).unwrap_err();
    assert!(e.to_string().contains("another download"), "{e}");
    // SIGKILL: no destructor runs.
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read(&target).unwrap(), b"old");
    let got = fetch(&request, &target, &limits, &mut |_| ()).unwrap();
    assert_eq!(got.resumed_from, (body.len() / 2) as u64);
    assert_eq!(fs::read(&target).unwrap(), body);
    assert!(!part.exists());
}
