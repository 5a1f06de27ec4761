//! The snapshot that is kept in the repository: how large it is, and that it is what the program
//! makes of the publishers' files.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{Bilat, data, root};

/// The most that the snapshot may take, in bytes.
const MOST: u64 = 25_000_000;

fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    entries
        // The folder's note for readers is written by hand.
        .filter(|p| p.is_file() && p.file_name().is_some_and(|n| n != "README.md"))
        .map(|p| {
            let name = p.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&p).unwrap();
            (name, bytes)
        })
        .collect()
}

#[test]
fn the_snapshot_is_small_enough() {
    let files = files(&root().join("snapshot"));
    assert!(files.contains_key("MANIFEST.json"));
    let bytes: u64 = files.values().map(|b| b.len() as u64).sum();
    assert!(bytes <= MOST, "{bytes} bytes");
    assert!(bytes > 1_000_000, "{bytes} bytes are no snapshot");
}

#[test]
fn every_source_stands_in_the_table_of_licences() {
    let table = std::fs::read_to_string(root().join("DATA.md")).unwrap();
    let rows = common::bilat(&["sources", "list", "--format", "json"]).json();
    for row in rows.as_array().unwrap() {
        for field in ["id", "licence"] {
            let text = row[field].as_str().unwrap();
            assert!(table.contains(text), "no {text} in DATA.md");
        }
    }
}

#[test]
#[ignore = "needs the data folder"]
fn the_snapshot_is_what_the_sources_give_every_time() {
    let bilat = Bilat::new();
    let kept = files(&root().join("snapshot"));
    let table = std::fs::read_to_string(root().join("DATA.md")).unwrap();
    for name in ["one", "two"] {
        let out = bilat.path(name);
        let data_md = bilat.path("DATA.md");
        let data = data();
        let mut args = vec!["snapshot", "build", data.to_str().unwrap()];
        args.extend([
            "-o",
            out.to_str().unwrap(),
            "--data-md",
            data_md.to_str().unwrap(),
        ]);
        bilat.run(&args).good();
        let made = files(&out);
        assert_eq!(
            made.keys().collect::<Vec<_>>(),
            kept.keys().collect::<Vec<_>>()
        );
        for (file, bytes) in &made {
            assert!(
                kept[file] == *bytes,
                "{file} differs from the one in the repository"
            );
        }
        assert!(
            std::fs::read_to_string(&data_md).unwrap() == table,
            "DATA.md differs from the one in the repository"
        );
    }
}
