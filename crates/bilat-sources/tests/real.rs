//! Every source read from the publishers' real files, where the data folder is at hand.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::path::PathBuf;

use bilat_model::Registry;
use bilat_sources::{Records, SOURCES, read_one};

/// The data folder: `BILAT_DATA`, else `../shared/data` beside the workspace.
fn data() -> Option<PathBuf> {
    let dir = std::env::var_os("BILAT_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    dir.is_dir().then_some(dir)
}

/// Reads what has a card and says of each source how it went. `BILAT_SOURCE=id` reads only that
/// one (after the countries).
#[test]
#[ignore = "needs the data folder"]
fn every_source_holds() {
    let Some(dir) = data() else {
        println!("not run: no data folder");
        return;
    };
    let only = std::env::var("BILAT_SOURCE").ok();
    let mut records = Records::default();
    let mut registry = Registry::default();
    let mut broken = Vec::new();
    for source in SOURCES {
        let wanted = only.as_deref().is_none_or(|o| o == source.id) || source.id == "countries";
        // A card of one line is a folder that waits for its reader.
        if !wanted || source.card_toml.lines().count() < 2 {
            continue;
        }
        let before = records.evidence.len();
        let report = match read_one(source, &dir, &registry, &mut records) {
            Ok(r) => r,
            Err(e) => {
                broken.push(e.to_string());
                continue;
            }
        };
        if source.id == "countries" {
            registry = Registry::new(records.countries.clone(), records.names.clone());
        }
        println!(
            "== {}: {} of evidence",
            source.id,
            records.evidence.len() - before
        );
        for f in &report.files {
            println!(
                "   {}: {} records, {} kept, {} left out, {} skipped",
                f.file, f.records, f.kept, f.left_out, f.skipped
            );
        }
        println!("   left out: {:?}", report.left_out);
        println!("   not countries: {}", report.not_countries.len());
        report
            .skipped
            .iter()
            .take(10)
            .for_each(|s| println!("   {s:?}"));
        if !report.holds() || !report.unused_lookups.is_empty() {
            broken.push(format!(
                "{}: unresolved {:?}; unexpected {:?}; unused lookups {:?}",
                source.id, report.unresolved, report.unexpected, report.unused_lookups
            ));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
