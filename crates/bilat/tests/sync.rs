//! Sources are downloaded over a line on which anything may happen, and used only when whole.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::{Read, Write};
use std::time::Duration;

use bilat_testing::{Seen, Server, send, serve, serve_at_most};
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

/// The state that the mirror's file has.
const STATE: &str = "\"v1\"";

/// A mirror of one file on this machine; `behave` chooses by the number of the request.
fn mirror(body: Vec<u8>, behave: fn(usize) -> Reply) -> String {
    let server = Server::new(move |seen, out| match behave(seen.n) {
        Reply::Status(status) => send(out, status, &["Content-Length: 0", "Retry-After: 0"], b""),
        Reply::Serve => serve(seen, out, &body, STATE),
        Reply::Drop => serve_at_most(seen, out, &body, STATE, body.len() / 2),
        Reply::Stall => {
            serve_at_most(seen, out, &body, STATE, body.len() / 2);
            // Longer than any test waits; the thread ends with the test.
            std::thread::sleep(Duration::from_secs(120));
        }
        Reply::Short => {
            let length = format!("Content-Length: {}", body.len() + 1000);
            send(out, "200 OK", &[&length, &format!("ETag: {STATE}")], &body);
        }
    });
    server.url("")
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

/// The file of a source that shares another's folder.
const SHARED: &str = "wiki_foreign_relations_jsons.tar.gz";

/// A mirror laid out as the folder that snapshots are built from, with one file in it.
fn laid_out(path: &'static str, body: Vec<u8>) -> String {
    let server = Server::new(move |seen: &Seen, out| match seen.path == path {
        true => serve(seen, out, &body, STATE),
        false => send(out, "404 Not Found", &["Content-Length: 0"], b""),
    });
    server.url("")
}

fn sync_shared(bilat: &Bilat, mirror: &str) -> Ran {
    let args = ["sources", "sync", "foreign_relations", "--allow-loopback"];
    bilat.run(&[&args[..], &["--date", "2026-11-01", "--mirror", mirror]].concat())
}

#[test]
fn a_source_in_another_ones_folder_is_found_there_on_a_mirror() {
    let bilat = Bilat::new();
    // An archive with nothing in it: two blocks of zeros.
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    zip.write_all(&[0; 1024]).unwrap();
    let url = laid_out(
        "/diplomatic_relations/wiki_foreign_relations_jsons.tar.gz",
        zip.finish().unwrap(),
    );
    let ran = sync_shared(&bilat, &url);
    // It came, and its reader found it where it lies.
    assert!(
        ran.status == 1 && ran.out.contains("0 records"),
        "{}{}",
        ran.out,
        ran.err
    );
    let downloads = bilat.path("home/downloads/foreign_relations");
    assert!(downloads.join(SHARED).is_file());
    bilat
        .run(&["sources", "sync", "foreign_relations", "--forget"])
        .good();
    assert!(!downloads.exists());
}

#[test]
#[ignore = "needs the data folder"]
fn the_articles_sync_through_a_mirror() {
    let bilat = Bilat::new();
    let body = std::fs::read(common::data().join("diplomatic_relations").join(SHARED)).unwrap();
    let url = laid_out(
        "/diplomatic_relations/wiki_foreign_relations_jsons.tar.gz",
        body,
    );
    let ran = sync_shared(&bilat, &url).good();
    assert!(ran.out.contains("foreign_relations: synced"), "{}", ran.out);
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
