//! How fast texts are read, at sizes that show whether the time grows with the length alone.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::path::Path;

use bilat_document::{Hints, Limits, read};
use bilat_extract::Extractor;
use bilat_model::document::Document;
use bilat_snapshot::Snapshot;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// The labelled texts, one after the other, until there are so many bytes.
fn document(bytes: usize) -> Document {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/texts"));
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let mut text = String::new();
    for file in files.iter().cycle() {
        text += &std::fs::read_to_string(file).unwrap();
        text += "\n\n";
        if text.len() >= bytes {
            break;
        }
    }
    let hints = Hints {
        name: Some("text.txt"),
        ..Hints::default()
    };
    read(text.as_bytes(), &hints, &Limits::default()).unwrap()
}

/// Reading a text for one pair.
#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 5)]
fn extract(bencher: Bencher<'_, '_>, bytes: usize) {
    let registry = Snapshot::embedded().unwrap().registry().unwrap();
    let extractor = Extractor::new(&registry, &[]).unwrap();
    let document = document(bytes);
    let pair = "KAZ-SVN".parse().unwrap();
    // The answer first: two readings are one.
    assert_eq!(
        extractor.extract(&document, pair),
        extractor.extract(&document, pair)
    );
    bencher
        .counter(BytesCount::new(document.text.len()))
        .bench(|| extractor.extract(&document, pair));
}

/// Making the extractor: rules, names and words.
#[divan::bench(sample_count = 5)]
fn make(bencher: Bencher<'_, '_>) {
    let snapshot = Snapshot::embedded().unwrap();
    let registry = snapshot.registry().unwrap();
    bencher.bench(|| Extractor::new(&registry, &[]).unwrap());
}
