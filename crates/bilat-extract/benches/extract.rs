//! How fast texts are read, at sizes that show whether the time grows with the length alone, and
//! what each step of it takes.
//!
//! `benches/reading` measures the same over long articles, beside other programs.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::path::Path;

use bilat_document::{Hints, Limits, read};
use bilat_extract::Extractor;
use bilat_extract::reading::Reading;
use bilat_model::Pair;
use bilat_model::document::Document;
use bilat_snapshot::Snapshot;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// The labelled texts, one after the other, until there are so many bytes. Each round has digits of
/// its own, so that no figure is told twice: repetitions would be found and put together.
fn document(bytes: usize) -> Document {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/texts"));
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let mut text = String::new();
    let mut state = 1_u64;
    for (i, file) in files.iter().cycle().enumerate() {
        let one = std::fs::read_to_string(file).unwrap();
        text.extend(one.chars().map(|c| {
            // The first digits of years stay, so that dates stay dates.
            if i < files.len() || !matches!(c, '3'..='9') {
                return c;
            }
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            char::from(b'3' + ((state >> 33) % 7) as u8)
        }));
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

fn extractor() -> Extractor {
    let snapshot = Snapshot::embedded().unwrap();
    let registry = snapshot.registry().unwrap();
    Extractor::new(&registry, &snapshot.cities().unwrap()).unwrap()
}

/// A step, after a look at its answer: two readings are one.
fn step<T: PartialEq>(
    bencher: Bencher<'_, '_>,
    bytes: usize,
    work: impl Fn(&Extractor, &Document, Pair) -> T + Sync,
) {
    let (extractor, document) = (extractor(), document(bytes));
    let pair = "KAZ-SVN".parse().unwrap();
    assert!(work(&extractor, &document, pair) == work(&extractor, &document, pair));
    bencher
        .counter(BytesCount::new(document.text.len()))
        .bench(|| work(&extractor, &document, pair));
}

/// Names, dates, amounts and cues, before anything is made of them.
#[divan::bench(args = [1_000_000], sample_count = 5)]
fn reading(bencher: Bencher<'_, '_>, bytes: usize) {
    step(bencher, bytes, |extractor, document, pair| {
        let reading = Reading::new(extractor, document, pair);
        (reading.tokens.tokens.len(), reading.cues.len())
    });
}

/// Reading a text for one pair.
#[divan::bench(args = [10_000, 100_000, 1_000_000, 2_000_000, 4_000_000], sample_count = 5)]
fn extract(bencher: Bencher<'_, '_>, bytes: usize) {
    step(bencher, bytes, Extractor::extract);
}

/// The same with the check of what was read.
#[divan::bench(args = [10_000, 100_000, 1_000_000, 2_000_000, 4_000_000], sample_count = 5)]
fn extract_and_check(bencher: Bencher<'_, '_>, bytes: usize) {
    step(bencher, bytes, |extractor, document, pair| {
        let told = extractor.extract(document, pair);
        let findings = bilat_check::check(&told, &document.text, &bilat_check::Known::nothing());
        (told, findings)
    });
}

/// Making the extractor: rules, names and words.
#[divan::bench(sample_count = 5)]
fn make(bencher: Bencher<'_, '_>) {
    let snapshot = Snapshot::embedded().unwrap();
    let (registry, cities) = (snapshot.registry().unwrap(), snapshot.cities().unwrap());
    bencher.bench(|| Extractor::new(&registry, &cities).unwrap());
}
