//! Killed processes, several processes, full disks, damaged files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods)] // the environment tells a child what it is to do

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bilat_workspace::{Added, Filter, Mode, Trouble, Workspace};
use common::*;

/// Set for a child: the workspace's file, and the numbers of the documents it adds.
const CHILD: &str = "BILAT_WORKSPACE_TEST_CHILD";

/// A document that differs from its like; large enough for the writing to take a while.
fn numbered(n: usize) -> Text {
    let filler: String = (0..20_000)
        .map(|i| format!("{:x} ", (i + n * 7919) * 2_654_435_761))
        .collect();
    let body = format!("Document {n}: Ivo Alan came to Ljubljana. {filler}");
    text(&body).visit("Ivo Alan", &format!("{}-05-10", 1950 + n % 70), false)
}

fn child(test: &str, path: &Path, from: usize, to: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(CHILD, format!("{}|{from}|{to}", path.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// In a child: adds its documents and says so after each.
fn work() -> bool {
    let Ok(task) = std::env::var(CHILD) else {
        return false;
    };
    let parts: Vec<_> = task.split('|').collect();
    let mut w = Workspace::open(Path::new(parts[0]), Mode::Write).unwrap();
    for n in parts[1].parse().unwrap()..parts[2].parse().unwrap() {
        numbered(n).add(&mut w);
        println!("\nadded {n}");
    }
    true
}

/// The numbers that a child reports, as they come.
fn reports(child: &mut Child) -> impl Iterator<Item = usize> + use<> {
    let out = BufReader::new(child.stdout.take().unwrap());
    out.lines()
        .map_while(Result::ok)
        .filter_map(|l| l.strip_prefix("added ")?.parse().ok())
}

#[test]
fn a_process_killed_while_adding_leaves_the_workspace_whole() {
    if work() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bilat.db");
    let name = "a_process_killed_while_adding_leaves_the_workspace_whole";
    let mut done = 0;
    for round in 0..8 {
        let mut child = child(name, &path, done, done + 1000);
        let reported = reports(&mut child).nth(round % 3).unwrap();
        // Somewhere in the middle of the next one, later each time. SIGKILL: no destructor runs.
        std::thread::sleep(Duration::from_millis(7 * round as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        let w = open(&path);
        let kept = whole(&w);
        // All that was reported is there, and at most what came after.
        assert!(kept > reported, "{kept} kept, {reported} reported");
        let told = w.evidence(pair(), None).unwrap();
        assert_eq!(told.documents.len(), kept);
        let tellings: usize = told.items.iter().map(|i| 1 + i.also.len()).sum();
        assert_eq!(tellings, kept);
        assert_eq!(w.search("ljubljana", 10_000).unwrap().len(), kept);
        done = kept;
    }
}

#[test]
fn two_processes_add_at_once() {
    if work() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    // The file does not exist: they create it at once too.
    let path = dir.path().join("bilat.db");
    let name = "two_processes_add_at_once";
    let mut children = [
        child(name, &path, 0, 10),
        child(name, &path, 5, 15),
        child(name, &path, 0, 15),
    ];
    for c in &mut children {
        assert!(reports(c).count() >= 10);
        assert!(c.wait().unwrap().success());
    }
    let mut w = open(&path);
    assert_eq!(whole(&w), 15);
    assert_eq!(w.operations(1000).unwrap().len(), 35);
    assert_eq!(numbered(3).add(&mut w).added, Added::Same);
}

#[test]
fn a_log_cut_anywhere_leaves_the_workspace_whole() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bilat.db");
    let mut w = open(&path);
    let mut sizes = Vec::new();
    for n in 0..4 {
        text(&format!("Document {n}: Ivo Alan came to Ljubljana."))
            .visit("Ivo Alan", &format!("202{n}-05-10"), false)
            .add(&mut w);
        sizes.push(fs::metadata(dir.path().join("bilat.db-wal")).unwrap().len());
    }
    // The files as a power cut would leave them: everything is still in the log.
    let (db, log) = (
        fs::read(&path).unwrap(),
        fs::read(dir.path().join("bilat.db-wal")).unwrap(),
    );
    let mut kept_before = 0;
    for at in (0..=log.len()).step_by(1511).chain([log.len()]) {
        let other = tempfile::tempdir().unwrap();
        let copy = other.path().join("bilat.db");
        fs::write(&copy, &db).unwrap();
        fs::write(other.path().join("bilat.db-wal"), &log[..at]).unwrap();
        let kept = whole(&open(&copy));
        let complete = sizes.iter().filter(|s| **s <= at as u64).count();
        assert_eq!(kept, complete, "cut at {at}");
        assert!(kept >= kept_before);
        kept_before = kept;
    }
    assert_eq!(kept_before, 4);
}

#[test]
fn a_full_disk_keeps_nothing_of_the_step_and_all_of_those_before() {
    let (_dir, path, mut w) = workspace();
    text("One.").add(&mut w);
    w.limit(fs::metadata(&path).unwrap().len() + 600_000)
        .unwrap();
    let mut kept = 1;
    let e = loop {
        match numbered(kept).try_add(&mut w) {
            Ok(_) => kept += 1,
            Err(e) => break e,
        }
        assert!(kept < 100, "the limit is not kept");
    };
    assert!(matches!(e.trouble, Trouble::Full), "{e}");
    assert!(e.to_string().contains("make room"), "{e}");
    assert_eq!(whole(&w), kept);
    assert_eq!(w.documents(&Filter::default()).unwrap().len(), kept);
    // With room again it goes on.
    w.limit(1 << 30).unwrap();
    numbered(kept).add(&mut w);
    drop(w);
    assert_eq!(whole(&open(&path)), kept + 1);
}

/// A workspace with some documents, all in the file itself.
fn filled(path: &Path) -> usize {
    let mut w = open(path);
    for n in 0..6 {
        numbered(n).add(&mut w);
    }
    6
}

#[test]
fn a_damaged_file_is_refused_or_told_and_never_repaired() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bilat.db");
    let documents = filled(&path);
    let good = fs::read(&path).unwrap();
    let mut noticed = 0;
    for n in 0..60 {
        // A few bytes somewhere, the first page included.
        let mut bad = good.clone();
        let at = 100 + n * (bad.len() - 200) / 60;
        for b in &mut bad[at..at + 64] {
            *b ^= 0x5a;
        }
        fs::write(&path, &bad).unwrap();
        // Whatever it is, it ends in an error or in a list, not in a panic or a wrong document.
        let outcome = Workspace::open(&path, Mode::Write).and_then(|w| {
            let verified = w.verify()?;
            for d in w.documents(&Filter::default())? {
                let bytes = w.bytes(&d.id)?;
                assert!(bytes.starts_with(b"Document "));
            }
            Ok(verified)
        });
        match outcome {
            Ok(v) if v.wrong.is_empty() && v.documents == documents => {}
            Ok(_) => noticed += 1,
            Err(e) => {
                assert!(e.to_string().contains("bilat.db"), "{e}");
                noticed += 1;
            }
        }
    }
    assert!(noticed > 30, "only {noticed} of 60 noticed");
}

#[test]
fn a_cut_file_is_refused_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bilat.db");
    filled(&path);
    let good = fs::read(&path).unwrap();
    for part in [1, 2, 3, 5, 8, 9] {
        let cut = &good[..good.len() * part / 10];
        fs::write(&path, cut).unwrap();
        let e = Workspace::open(&path, Mode::Write).unwrap_err();
        assert!(matches!(e.trouble, Trouble::Damaged { .. }), "{part}: {e}");
        assert!(e.to_string().contains("bilat import"), "{e}");
        assert_eq!(fs::read(&path).unwrap(), cut, "{part}");
    }
}
