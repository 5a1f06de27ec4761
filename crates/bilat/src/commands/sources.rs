//! `bilat sources list | show | verify`.

use std::fmt::Write as _;

use bilat_model::Registry;
use bilat_model::records::Records;
use bilat_model::source::{Card, Vintage};
use bilat_sources::{Report, SOURCES, Source};
use serde_json::json;

use crate::args::{ShowArgs, TableArgs, TextFormat, VerifyArgs};
use crate::failure::Failure;
use crate::table::Rows;
use crate::{flow, output};

pub(crate) fn list(args: &TableArgs) -> Result<u8, Failure> {
    let vintages = flow::snapshot()?.vintages()?;
    let mut rows = Rows::new(&[
        "id",
        "vintage",
        "records",
        "kept",
        "coverage",
        "licence",
        "publisher",
    ]);
    for card in bilat_sources::cards()? {
        let files: Vec<&Vintage> = vintages.iter().filter(|v| v.source == card.id).collect();
        let vintage = files.first().map_or(card.vintage, |v| v.vintage);
        rows.push(vec![
            card.id.to_string().into(),
            vintage.to_string().into(),
            files.iter().map(|v| v.records).sum::<u64>().into(),
            files.iter().map(|v| v.kept).sum::<u64>().into(),
            card.coverage.into(),
            card.licence.into(),
            card.publisher.into(),
        ]);
    }
    rows.write(args)?;
    Ok(0)
}

fn source(id: &str) -> Result<&'static Source, Failure> {
    SOURCES.iter().find(|s| s.id == id).ok_or_else(|| {
        let names: Vec<_> = SOURCES.iter().map(|s| s.id).collect();
        Failure::new(format!("there is no source “{id}”"))
            .hint(format!("the sources are {}", names.join(", ")))
    })
}

/// The sources of these ids, in reading order; all when none is named.
pub(super) fn chosen(ids: &[String]) -> Result<Vec<&'static Source>, Failure> {
    for id in ids {
        source(id)?;
    }
    Ok(SOURCES
        .iter()
        .filter(|s| ids.is_empty() || ids.iter().any(|i| i == s.id))
        .collect())
}

pub(crate) fn show(args: &ShowArgs) -> Result<u8, Failure> {
    let card = source(&args.id)?.card()?;
    let vintages = flow::snapshot()?.vintages()?;
    let files: Vec<&Vintage> = vintages.iter().filter(|v| v.source == card.id).collect();
    let text = match args.format {
        TextFormat::Json => {
            serde_json::to_string_pretty(&json!({ "card": card, "files": files }))? + "\n"
        }
        TextFormat::Text => card_text(&card, &files),
    };
    output::write(None, text.as_bytes())?;
    Ok(0)
}

fn card_text(card: &Card, files: &[&Vintage]) -> String {
    let mut out = String::new();
    let mut field = |name: &str, value: &str| {
        let indent = " ".repeat(14);
        let text = output::wrap(value, output::width().saturating_sub(14));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{name:<13} {}", text.join(&format!("\n{indent}")));
    };
    field("id", &card.id.0);
    field("title", &card.title);
    field("publisher", &card.publisher);
    field("credit", &card.credit);
    field(
        "licence",
        &format!("{} ({})", card.licence, card.licence_url),
    );
    if let Some(note) = &card.licence_note {
        field("", note);
    }
    field("homepage", &card.homepage);
    field("coverage", &card.coverage);
    field("about", &card.about);
    for caveat in &card.caveats {
        field("caveat", caveat);
    }
    for file in &card.files {
        field("file", &file.path);
        if let Some(v) = files.iter().find(|v| v.file == file.path) {
            field("  vintage", &v.vintage.to_string());
            field(
                "  records",
                &format!(
                    "{} read, {} kept, {} left out, {} skipped",
                    v.records, v.kept, v.left_out, v.skipped
                ),
            );
            field("  sha256", &v.sha256);
        }
        match (&file.origin, &file.no_origin) {
            (Some(url), _) => field("  origin", url),
            (None, Some(why)) => field("  origin", &format!("none: {why}")),
            (None, None) => {}
        }
    }
    out
}

pub(crate) fn verify(args: &VerifyArgs) -> Result<u8, Failure> {
    let Some(dir) = &args.dir else {
        return verify_snapshot(args);
    };
    let chosen = chosen(&args.source)?;
    let bar = output::progress(chosen.len() as u64);
    let mut records = Records::default();
    let mut registry = Registry::default();
    let mut reports = Vec::new();
    for source in SOURCES {
        let asked = chosen.iter().any(|c| c.id == source.id);
        // Names of countries are looked up by every source.
        if !asked && source.id != "countries" {
            continue;
        }
        bar.set_message(format!("reading {}", source.id));
        let report = bilat_sources::read_one(source, dir, &registry, &mut records)?;
        if source.id == "countries" {
            registry = Registry::new(records.countries.clone(), records.names.clone());
        }
        records.evidence.clear();
        if asked {
            reports.push(report);
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    let holds = reports.iter().all(Report::holds);
    let text = match args.format {
        TextFormat::Json => {
            serde_json::to_string_pretty(&reports.iter().map(report_json).collect::<Vec<_>>())?
                + "\n"
        }
        TextFormat::Text => reports
            .iter()
            .map(|r| report_text(r, args.skipped))
            .collect(),
    };
    output::write(None, text.as_bytes())?;
    Ok(u8::from(!holds))
}

fn verify_snapshot(args: &VerifyArgs) -> Result<u8, Failure> {
    let snapshot = flow::snapshot()?;
    snapshot.verify()?;
    let tables = snapshot.tables();
    let text = match args.format {
        TextFormat::Json => {
            let rows: Vec<_> = tables
                .iter()
                .map(|t| json!({ "table": t.name, "rows": t.rows, "bytes": t.bytes }))
                .collect();
            serde_json::to_string_pretty(&json!({ "holds": true, "tables": rows }))? + "\n"
        }
        TextFormat::Text => format!(
            "the snapshot is whole: {} tables, {} rows, {} bytes, every file as its hash says\n",
            tables.len(),
            tables.iter().map(|t| t.rows).sum::<u64>(),
            tables.iter().map(|t| t.bytes).sum::<u64>()
        ),
    };
    output::write(None, text.as_bytes())?;
    Ok(0)
}

fn report_json(r: &Report) -> serde_json::Value {
    let skipped: Vec<_> = r
        .skipped
        .iter()
        .map(|s| json!({ "file": s.file, "at": s.at.to_string(), "reason": s.reason }))
        .collect();
    json!({
        "source": r.source, "holds": r.holds(), "files": r.files, "left_out": r.left_out,
        "not_countries": r.not_countries, "unresolved": r.unresolved,
        "unused_lookups": r.unused_lookups, "unexpected": r.unexpected, "skipped": skipped,
    })
}

fn report_text(r: &Report, all_skipped: bool) -> String {
    let mut out = String::new();
    let mut line = |s: String| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{s}");
    };
    let mark = if r.holds() { "holds" } else { "DOES NOT HOLD" };
    line(format!("{}: {mark}", r.source));
    for v in &r.files {
        line(format!(
            "  {}: {} records, {} kept, {} left out, {} skipped",
            v.file, v.records, v.kept, v.left_out, v.skipped
        ));
    }
    for (reason, n) in &r.left_out {
        line(format!("  left out: {n} because: {reason}"));
    }
    if !r.not_countries.is_empty() {
        line(format!(
            "  {} names are deliberately no country",
            r.not_countries.len()
        ));
    }
    for (name, n) in &r.unresolved {
        line(format!("  unresolved: “{name}” in {n} records"));
    }
    for u in &r.unexpected {
        line(format!("  unexpected: {u}"));
    }
    for name in &r.unused_lookups {
        line(format!("  lookup no longer met: “{name}”"));
    }
    let shown = if all_skipped { r.skipped.len() } else { 5 };
    for s in r.skipped.iter().take(shown) {
        line(format!("  skipped {}, {}: {}", s.file, s.at, s.reason));
    }
    if r.skipped.len() > shown {
        line(format!(
            "  … and {} more (--skipped lists all)",
            r.skipped.len() - shown
        ));
    }
    out
}
