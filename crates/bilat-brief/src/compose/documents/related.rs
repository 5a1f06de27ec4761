//! The related documents, newest first; copies of one report are one row.

use bilat_model::document::DocumentInfo;
use bilat_model::evidence::{Evidence, Statement};

use super::short;
use crate::brief::{Block, Cell, Table};
use crate::compose::{Composer, Result, Told, by};
use crate::wording::Args;

/// So many rows at most; the sentence above says how many there are.
const ROWS: usize = 40;

/// The section; without documents it has no blocks and is left out.
pub(crate) fn tell(c: &Composer<'_>) -> Result<Told> {
    let mut told = Told::new();
    let reports = reports(c);
    if reports.is_empty() {
        return Ok(told);
    }
    let mut rows = Vec::new();
    for report in reports.iter().take(ROWS) {
        rows.push(row(c, report)?);
    }
    let documents: usize = reports.iter().map(|r| r.documents.len()).sum();
    let args = c.counted(c.counted(c.args(), "n", reports.len())?, "all", documents)?;
    let args = args.text(
        "copies",
        if documents > reports.len() {
            "yes"
        } else {
            "no"
        },
    );
    let support = reports.iter().flat_map(|r| &r.evidence);
    let support = support.map(|e| by(e)).collect();
    told.paragraph(vec![c.sentence("documents-counted", &args, support)?]);
    let say = |m: &str| c.wording.sentence(m, &c.args());
    told.blocks.push(Block::Table(Table {
        id: "documents".into(),
        title: say("table-documents-title")?,
        columns: vec![
            say("column-document")?,
            say("column-publisher")?,
            say("column-published")?,
            say("column-gave")?,
        ],
        numeric: vec![false; 4],
        rows,
        citations: Vec::new(),
    }));
    Ok(told)
}

/// Documents of one origin with all that they tell.
struct Report<'c> {
    /// The earliest first.
    documents: Vec<&'c DocumentInfo>,
    evidence: Vec<&'c Evidence>,
}

/// The reports that tell of the pair, newest first.
fn reports<'c>(c: &'c Composer<'_>) -> Vec<Report<'c>> {
    let all = &c.dossier.documents;
    let mut out: Vec<Report<'c>> = Vec::new();
    for document in &all.documents {
        let of = all
            .evidence()
            .filter(|e| *e.citation.file == *document.short());
        let evidence: Vec<_> = of.collect();
        if evidence.is_empty() {
            continue;
        }
        let known = out
            .iter_mut()
            .find(|r| r.documents.iter().any(|d| d.origin == document.origin));
        match known {
            Some(report) => {
                report.documents.push(document);
                report.evidence.extend(evidence);
            }
            None => out.push(Report {
                documents: vec![document],
                evidence,
            }),
        }
    }
    for report in &mut out {
        report.documents.sort_by_key(|d| (d.day(), &d.sha256));
    }
    let newest = |r: &Report<'_>| r.documents.last().and_then(|d| d.day());
    out.sort_by(|x, y| {
        let first = |r: &Report<'c>| r.documents.first().map(|d| &d.sha256);
        newest(y)
            .cmp(&newest(x))
            .then_with(|| first(x).cmp(&first(y)))
    });
    out
}

fn row(c: &Composer<'_>, report: &Report<'_>) -> Result<Vec<Cell>> {
    let Some(first) = report.documents.first() else {
        return Ok(Vec::new());
    };
    let title = match first.title.as_deref().map(short).filter(|t| !t.is_empty()) {
        Some(title) => title,
        None => c.wording.say("told-unnamed", &Args::new())?,
    };
    let copies = report.documents.len() - 1;
    let args = c.counted(Args::new(), "n", copies)?.text("title", title);
    let day = first.day().map(|d| c.day(d)).transpose()?;
    let count =
        |of: fn(&Statement) -> bool| report.evidence.iter().filter(|e| of(&e.statement)).count();
    let mut gave = Vec::new();
    for (message, n) in [
        ("gave-figures", count(|s| matches!(s, Statement::Told(_)))),
        ("gave-events", count(|s| matches!(s, Statement::Event(_)))),
        ("gave-ties", count(|s| matches!(s, Statement::Tie(_)))),
    ] {
        if n > 0 {
            gave.push(c.wording.say(message, &c.counted(Args::new(), "n", n)?)?);
        }
    }
    Ok(vec![
        Cell::label(c.wording.say("documents-title", &args)?),
        Cell::label(first.publisher.as_deref().map(short).unwrap_or_default()),
        Cell::label(day.unwrap_or_default()),
        Cell {
            text: c.wording.list(&gave),
            support: report.evidence.iter().map(|e| by(e)).collect(),
        },
    ])
}
