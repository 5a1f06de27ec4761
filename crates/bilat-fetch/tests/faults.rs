//! Many downloads over a line on which anything may happen, in an order that is the same in
//! every run: what comes out is the whole file of one state, or an error and the old file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;
use std::net::TcpStream;
use std::sync::Mutex;

use bilat_fetch::{Request, fetch};
use bilat_testing::{Seen, Server, bytes, send, serve_at_most};
use common::limits;

/// Numbers without a pattern (a linear congruential generator).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// A state of the file on the server: other bytes and another size than any other state.
fn state(version: usize) -> Vec<u8> {
    let salt = u8::try_from(version).unwrap();
    let size = 150_000 + 1000 * version;
    bytes(size).iter().map(|b| b.wrapping_add(salt)).collect()
}

fn answer(request: &Seen, out: &mut TcpStream, dice: &mut Dice, version: &mut usize) {
    if dice.roll(6) == 0 {
        *version += 1;
    }
    let body = state(*version);
    let tag = format!("\"{version}\"");
    let most = dice.roll(body.len() + 50_000);
    match dice.roll(10) {
        0 => send(
            out,
            "500 Internal Server Error",
            &["Content-Length: 0"],
            b"",
        ),
        1 => send(
            out,
            "429 Too Many Requests",
            &["Retry-After: 2"],
            b"slow down",
        ),
        // Nothing at all.
        2 => {}
        // A server without ranges.
        3 => {
            let headers = [
                format!("ETag: {tag}"),
                format!("Content-Length: {}", body.len()),
            ];
            let headers = [headers[0].as_str(), headers[1].as_str()];
            send(out, "200 OK", &headers, &body[..body.len().min(most)]);
        }
        // A server that sends ranges of a state that was not asked for.
        4 if request.from().is_some_and(|n| n < body.len()) => {
            let from = request.from().unwrap();
            let range = format!(
                "Content-Range: bytes {from}-{}/{}",
                body.len() - 1,
                body.len()
            );
            let length = format!("Content-Length: {}", body.len() - from);
            send(
                out,
                "206 Partial Content",
                &[&range, &length],
                &body[from..],
            );
        }
        _ => serve_at_most(request, out, &body, &tag, most),
    }
}

#[test]
fn whatever_happens_the_file_is_whole_or_the_old_one() {
    let (mut whole, mut failed, mut resumed) = (0, 0, 0);
    for seed in 0..150 {
        let shared = Mutex::new((Dice(seed), 0));
        let server = Server::new(move |r, out| {
            let mut shared = shared.lock().unwrap();
            let (dice, version) = &mut *shared;
            answer(r, out, dice, version);
        });
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("file");
        fs::write(&target, "old").unwrap();
        let (limits, _) = limits(1 << 20);
        match fetch(
            &Request::new(server.url("/a")),
            &target,
            &limits,
            &mut |_| (),
        ) {
            Ok(got) => {
                let tag = got.validators.etag.unwrap();
                let version = tag.trim_matches('"').parse().unwrap();
                assert!(fs::read(&target).unwrap() == state(version), "seed {seed}");
                whole += 1;
                resumed += usize::from(got.resumed_from > 0);
            }
            Err(e) => {
                assert_eq!(fs::read(&target).unwrap(), b"old", "seed {seed}: {e}");
                failed += 1;
            }
        }
    }
    // Each way out is met, or the test would say little.
    assert!(
        whole > 50 && failed > 5 && resumed > 20,
        "{whole} {failed} {resumed}"
    );
}
