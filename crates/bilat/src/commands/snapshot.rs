//! `bilat snapshot build`: every source read, compared with its card, analysed and written.

use std::fmt::Write as _;

use bilat_analyse::Votes;
use bilat_model::records::Records;
use bilat_sources::Report;

use crate::args::{BuildArgs, SnapshotArgs, SnapshotCommand, TextFormat};
use crate::failure::Failure;
use crate::{data_md, output, standings};

pub(crate) fn run(args: &SnapshotArgs) -> Result<u8, Failure> {
    match &args.command {
        SnapshotCommand::Build(args) => build(args),
    }
}

fn build(args: &BuildArgs) -> Result<u8, Failure> {
    let bar = output::progress(bilat_sources::SOURCES.len() as u64 + 2);
    let (records, reports) = bilat_sources::read_all(&args.dir, |id| {
        bar.set_message(format!("reading {id}"));
        bar.inc(1);
    })
    .map_err(|e| {
        Failure::new(e).hint("the snapshot was not touched; `bilat sources verify DIR` says more")
    })?;
    refuse_unresolved(&reports)?;
    bar.set_message("placing each pair among all pairs");
    bar.inc(1);
    let votes = Votes::new(&records.roll_calls, &records.voting).map_err(Failure::new)?;
    let standings = standings::of_records(&records, &votes);
    bar.set_message("writing");
    let manifest = bilat_snapshot::write(&records, &standings, &votes.means(), &args.output)?;
    bar.finish_and_clear();
    if let Some(path) = &args.data_md {
        let cards = bilat_sources::cards()?;
        output::write(
            Some(path),
            data_md::render(&cards, &records.vintages).as_bytes(),
        )?;
    }
    let text = match args.format {
        TextFormat::Json => serde_json::to_string_pretty(&manifest)? + "\n",
        TextFormat::Text => summary(&records, &reports, &manifest),
    };
    output::write(None, text.as_bytes())?;
    Ok(0)
}

/// A name that leads nowhere would lose records in silence: nothing is written until it is
/// resolved or listed as no country.
fn refuse_unresolved(reports: &[Report]) -> Result<(), Failure> {
    let mut lines = Vec::new();
    for r in reports {
        lines.extend(
            r.unresolved
                .iter()
                .map(|(n, k)| format!("{}: “{n}” ({k} records)", r.source)),
        );
        lines.extend(r.unexpected.iter().map(|u| format!("{}: {u}", r.source)));
    }
    if lines.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "the sources are not as their cards say:\n  {}",
        lines.join("\n  ")
    ))
    .hint("resolve each name in the source's lookups.toml, or mend its card"))
}

fn summary(records: &Records, reports: &[Report], manifest: &bilat_snapshot::Manifest) -> String {
    let mut out = String::new();
    let mut line = |s: String| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{s}");
    };
    line(format!(
        "{:<22} {:>10} {:>10} {:>10} {:>8}",
        "source", "records", "kept", "left out", "skipped"
    ));
    for r in reports {
        let sum = |f: fn(&bilat_model::source::Vintage) -> u64| r.files.iter().map(f).sum::<u64>();
        line(format!(
            "{:<22} {:>10} {:>10} {:>10} {:>8}",
            r.source.to_string(),
            sum(|v| v.records),
            sum(|v| v.kept),
            sum(|v| v.left_out),
            sum(|v| v.skipped)
        ));
    }
    line(format!("{} statements about pairs", records.evidence.len()));
    line(String::new());
    line(format!("{:<22} {:>10} {:>12}", "table", "rows", "bytes"));
    for t in &manifest.tables {
        line(format!("{:<22} {:>10} {:>12}", t.table, t.rows, t.bytes));
    }
    let bytes: u64 = manifest.tables.iter().map(|t| t.bytes).sum();
    line(format!(
        "{:<22} {:>10} {:>12}",
        "all",
        manifest.tables.iter().map(|t| t.rows).sum::<u64>(),
        bytes
    ));
    out
}
