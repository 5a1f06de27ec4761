//! Sources are downloaded over a line on which anything may happen, and used only when whole.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use common::{Bilat, Ran, bilat};

/// What the server does with a request.
enum Reply {
    /// Serves the file, or the part asked for, or says that nothing has changed.
    Serve,
    /// Promises the file and closes the line in the middle.
    Drop,
    /// Promises the file and falls silent in the middle.
    Stall,
    /// Answers with a status alone.
    Status(&'static str),
    /// Promises more than it has.
    Short,
}

/// A mirror of one file on this machine; `behave` chooses by the number of the request.
fn mirror(body: Vec<u8>, behave: fn(usize) -> Reply) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (body, count) = (Arc::new(body), Arc::new(AtomicUsize::new(0)));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (body, count) = (Arc::clone(&body), Arc::clone(&count));
            std::thread::spawn(move || {
                // A client that is gone is part of what is tested.
                let _ = answer(
                    &mut stream.unwrap(),
                    &body,
                    &behave(count.fetch_add(1, Ordering::SeqCst)),
                );
            });
        }
    });
    format!("http://{address}")
}

fn answer(stream: &mut TcpStream, body: &[u8], reply: &Reply) -> std::io::Result<()> {
    let mut from = 0;
    let mut known = false;
    let mut lines = BufReader::new(stream.try_clone()?);
    loop {
        let mut line = String::new();
        lines.read_line(&mut line)?;
        let lower = line.to_lowercase();
        if let Some(range) = lower.strip_prefix("range: bytes=") {
            from = range.trim().trim_end_matches('-').parse().unwrap_or(0);
        }
        known |= lower.starts_with("if-none-match:") && lower.contains("\"v1\"");
        if line.trim().is_empty() {
            break;
        }
    }
    let head = |status: &str, length: usize, more: &str| {
        format!(
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nETag: \"v1\"\r\nAccept-Ranges: bytes\r\n{more}Connection: close\r\n\r\n"
        )
    };
    let rest = &body[from.min(body.len())..];
    let partial = format!(
        "Content-Range: bytes {from}-{}/{}\r\n",
        body.len() - 1,
        body.len()
    );
    let opening = || match from {
        0 => head("200 OK", rest.len(), ""),
        _ => head("206 Partial Content", rest.len(), &partial),
    };
    match reply {
        Reply::Status(status) => stream.write_all(head(status, 0, "Retry-After: 0\r\n").as_bytes()),
        Reply::Serve if known => stream.write_all(head("304 Not Modified", 0, "").as_bytes()),
        Reply::Serve => {
            stream.write_all(opening().as_bytes())?;
            stream.write_all(rest)
        }
        Reply::Short => {
            stream.write_all(head("200 OK", body.len() + 1000, "").as_bytes())?;
            stream.write_all(body)
        }
        Reply::Drop | Reply::Stall => {
            stream.write_all(opening().as_bytes())?;
            stream.write_all(&rest[..rest.len() / 2])?;
            stream.flush()?;
            if matches!(reply, Reply::Stall) {
                // Longer than any test waits; the thread ends with the test.
                std::thread::sleep(Duration::from_secs(120));
            }
            Ok(())
        }
    }
}

const FILE: &str = "passport-index-tidy-iso3.csv";

/// A list of visa rules of our own making, as long as the publisher's: everybody needs a visa
/// everywhere, but Slovenes stay 77 days in Kazakhstan.
fn visas() -> Vec<u8> {
    let codes = bilat(&[
        "sql",
        "select country from countries where status <> 'former' order by country limit 199",
        "--format",
        "csv",
    ])
    .good();
    let codes: Vec<&str> = codes.out.lines().skip(1).collect();
    let mut out = String::from("Passport,Destination,Requirement\n");
    for p in codes.iter().chain(&["SVN"]) {
        for d in codes.iter().chain(&["KAZ"]) {
            if p == d {
                out.push_str(&format!("{p},{d},-1\n"));
            } else if (*p, *d) == ("SVN", "KAZ") {
                out.push_str("SVN,KAZ,77\n");
            } else {
                out.push_str(&format!("{p},{d},visa required\n"));
            }
        }
    }
    let mut lines: Vec<&str> = out.lines().collect();
    let header = lines.remove(0);
    lines.sort_unstable();
    lines.dedup();
    format!("{header}\n{}\n", lines.join("\n")).into_bytes()
}

fn sync(bilat: &Bilat, mirror: &str) -> Ran {
    bilat.run(&[
        "sources",
        "sync",
        "visas",
        "--mirror",
        mirror,
        "--allow-loopback",
        "--date",
        "2026-11-01",
    ])
}

fn vintage(bilat: &Bilat) -> String {
    let list = bilat.run(&["sources", "list", "--format", "json"]).json();
    let all = list.as_array().unwrap();
    let row = all.iter().find(|r| r["id"] == "visas").unwrap();
    row["vintage"].as_str().unwrap().to_owned()
}

fn travel(bilat: &Bilat) -> String {
    bilat
        .run(&[
            "brief",
            "kaz",
            "svn",
            "--section",
            "people",
            "--format",
            "md",
        ])
        .good()
        .out
}

#[test]
fn what_is_synced_is_used_from_then_on_until_it_is_forgotten() {
    let bilat = Bilat::new();
    let url = mirror(visas(), |_| Reply::Serve);
    let first = sync(&bilat, &url).good();
    assert!(
        first
            .out
            .contains("visas: synced, vintage 2026-11-01 is used from now on"),
        "{}",
        first.out
    );
    assert_eq!(vintage(&bilat), "2026-11-01");
    assert!(travel(&bilat).contains("77 days"), "{}", travel(&bilat));
    assert!(travel(&bilat).contains("1 November 2026"));
    let second = sync(&bilat, &url).good();
    assert!(second.out.contains("visas: unchanged"), "{}", second.out);
    bilat.run(&["sources", "sync", "visas", "--forget"]).good();
    assert_eq!(vintage(&bilat), "2025-01-12");
    assert!(travel(&bilat).contains("30 days"));
}

#[test]
fn a_dropped_line_is_taken_up_where_it_broke() {
    let bilat = Bilat::new();
    let url = mirror(visas(), |n| if n == 0 { Reply::Drop } else { Reply::Serve });
    sync(&bilat, &url).good();
    assert_eq!(vintage(&bilat), "2026-11-01");
}

#[test]
fn a_busy_or_broken_server_is_asked_again() {
    let bilat = Bilat::new();
    let url = mirror(visas(), |n| match n {
        0 => Reply::Status("429 Too Many Requests"),
        1 => Reply::Status("503 Service Unavailable"),
        _ => Reply::Serve,
    });
    sync(&bilat, &url).good();
    assert_eq!(vintage(&bilat), "2026-11-01");
}

#[test]
fn a_file_that_is_not_there_is_final_and_changes_nothing() {
    let bilat = Bilat::new();
    let ran = sync(&bilat, &mirror(visas(), |_| Reply::Status("404 Not Found")));
    assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
    assert!(
        ran.out.contains("visas: failed") && ran.out.contains("404"),
        "{}",
        ran.out
    );
    assert_eq!(vintage(&bilat), "2025-01-12");
}

#[test]
fn a_body_shorter_than_promised_is_asked_for_again() {
    let bilat = Bilat::new();
    let url = mirror(
        visas(),
        |n| if n == 0 { Reply::Short } else { Reply::Serve },
    );
    let ran = sync(&bilat, &url);
    let used = vintage(&bilat);
    // Whole or not at all: either the rest was fetched again, or nothing is used.
    assert!(
        ran.status == 0 && used == "2026-11-01" || ran.status == 1 && used == "2025-01-12",
        "{}",
        ran.out
    );
    assert!(travel(&bilat).contains(if ran.status == 0 {
        "77 days"
    } else {
        "30 days"
    }));
}

#[test]
fn a_file_of_another_build_is_refused_and_the_old_one_stays_in_use() {
    let bilat = Bilat::new();
    let url = mirror(
        b"Passport,Destination,Requirement,Fee\nSVN,KAZ,30,0\n".to_vec(),
        |_| Reply::Serve,
    );
    for _ in 0..2 {
        // Refused the first time and again: a file that was not accepted never counts as known.
        let ran = sync(&bilat, &url);
        assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
        assert!(
            ran.out.contains("Fee") && ran.out.contains("stays in use"),
            "{}",
            ran.out
        );
        assert_eq!(vintage(&bilat), "2025-01-12");
    }
    let few = mirror(
        b"Passport,Destination,Requirement\nSVN,KAZ,30\n".to_vec(),
        |_| Reply::Serve,
    );
    let ran = sync(&bilat, &few);
    assert!(
        ran.status == 1 && ran.out.contains("1 records"),
        "{}",
        ran.out
    );
}

#[test]
fn a_killed_download_leaves_all_usable_and_is_taken_up_later() {
    let bilat = Bilat::new();
    let body = visas();
    let url = mirror(body, |n| if n == 0 { Reply::Stall } else { Reply::Serve });
    let args = [
        "sources",
        "sync",
        "visas",
        "--mirror",
        &url,
        "--allow-loopback",
        "--date",
        "2026-11-01",
    ];
    let mut child = bilat.command(&args).spawn().unwrap();
    let part = bilat
        .home
        .path()
        .join("home/downloads/visas")
        .join(format!("{FILE}.part"));
    for _ in 0..200 {
        if part.metadata().is_ok_and(|m| m.len() > 0) {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(part.metadata().unwrap().len() > 0, "nothing had come");
    assert_eq!(vintage(&bilat), "2025-01-12");
    assert!(travel(&bilat).contains("30 days"));
    sync(&bilat, &url).good();
    assert_eq!(vintage(&bilat), "2026-11-01");
}

#[test]
fn addresses_inside_are_refused_unless_allowed() {
    let bilat = Bilat::new();
    let url = mirror(visas(), |_| Reply::Serve);
    let ran = bilat.run(&[
        "sources",
        "sync",
        "visas",
        "--mirror",
        &url,
        "--date",
        "2026-11-01",
    ]);
    assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
    assert_eq!(vintage(&bilat), "2025-01-12");
}

#[test]
#[ignore = "needs the data folder"]
fn the_publishers_own_file_syncs_through_a_mirror() {
    let bilat = Bilat::new();
    let mut body = Vec::new();
    let path = common::data().join("visas").join(FILE);
    std::fs::File::open(path)
        .unwrap()
        .read_to_end(&mut body)
        .unwrap();
    let url = mirror(body, |n| if n == 0 { Reply::Drop } else { Reply::Serve });
    sync(&bilat, &url).good();
    assert_eq!(vintage(&bilat), "2026-11-01");
    assert!(travel(&bilat).contains("30 days"));
}
