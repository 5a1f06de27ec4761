//! `bilat documents`, `bilat remove`, `bilat undo`: what there is, and taking it out of the way.

use bilat_workspace::Filter;

use crate::args::{DocumentsArgs, RemoveArgs, UndoArgs};
use crate::failure::Failure;
use crate::table::Rows;
use crate::{clock, flow, output, workspace};

const COLUMNS: [&str; 11] = [
    "id",
    "published",
    "title",
    "publisher",
    "pairs",
    "evidence",
    "origin",
    "superseded_by",
    "url",
    "met",
    "from",
];

pub(crate) fn list(args: &DocumentsArgs) -> Result<u8, Failure> {
    let pair = match &args.pair {
        Some(text) => Some(flow::pair_of(&flow::snapshot()?.registry()?, text)?),
        None => None,
    };
    let filter = Filter {
        pair,
        since: args.since.as_deref().map(flow::day).transpose()?,
        superseded: args.superseded,
        removed: args.removed,
    };
    let mut rows = Rows::new(&COLUMNS);
    for d in workspace::read(&args.workspace)?.documents(&filter)? {
        let pairs: Vec<_> = d.pairs.keys().map(ToString::to_string).collect();
        let evidence: usize = d.pairs.values().sum();
        let met = d.seen.first();
        // Only where it says something: a document that stands alone is its own origin.
        let origin = Some(d.origin.clone()).filter(|o| *o != d.id);
        rows.push(vec![
            d.id.clone().into(),
            d.published.map(|p| p.to_string()).into(),
            d.title.clone().into(),
            d.publisher.clone().into(),
            pairs.join(" ").into(),
            (evidence as u64).into(),
            origin.into(),
            d.superseded_by.clone().into(),
            d.url.clone().into(),
            met.map(|s| s.at.clone()).into(),
            met.map(|s| s.from.clone()).into(),
        ]);
    }
    rows.write(&args.table)?;
    Ok(0)
}

pub(crate) fn remove(args: &RemoveArgs) -> Result<u8, Failure> {
    let at = clock::at(args.at.at.as_deref())?;
    let mut workspace = workspace::write(&args.workspace, false)?;
    // A slip in one name is found before anything is removed.
    let mut names = Vec::new();
    for id in &args.ids {
        names.push(workspace.document(id)?);
    }
    workspace.begin_command()?;
    let mut text = String::new();
    for d in &names {
        workspace.remove(&d.id, &at)?;
        let title = output::tame(&workspace::title(d));
        text.push_str(&format!("{} removed: {title}\n", d.id));
    }
    text.push_str("`bilat undo` brings back what was removed\n");
    output::write(None, text.as_bytes())?;
    Ok(0)
}

pub(crate) fn undo(args: &UndoArgs) -> Result<u8, Failure> {
    let undone = workspace::write(&args.workspace, false)?.undo()?;
    let mut text = String::new();
    for o in &undone {
        text.push_str(&format!(
            "{} of {} undone: {}\n",
            o.kind,
            o.at,
            output::tame(&o.what)
        ));
    }
    output::write(None, text.as_bytes())?;
    Ok(0)
}
