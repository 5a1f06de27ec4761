//! `bilat diff`: what is new, changed, contradicted or gone on two countries since a day.

use bilat_model::Evidence;
use bilat_workspace::Diff;

use crate::args::{DiffArgs, TextFormat};
use crate::failure::Failure;
use crate::{clock, flow, output, record, workspace};

pub(crate) fn run(args: &DiffArgs) -> Result<u8, Failure> {
    let since = flow::day(&args.since)?;
    let snapshot = flow::snapshot()?;
    let registry = snapshot.registry()?;
    let pair = flow::pair(&registry, &args.pair.a, &args.pair.b)?;
    let mut before = flow::evidence_before(&snapshot, pair, since)?;
    let mut after = snapshot.pair(pair)?;
    if let Some(w) = workspace::if_there(&args.workspace)? {
        before.extend(w.evidence(pair, Some(&clock::before(since)?))?.flat());
        after.extend(w.evidence(pair, None)?.flat());
    }
    let diff = bilat_workspace::diff(&before, &after);
    let text = match args.format {
        TextFormat::Json => serde_json::to_string_pretty(&diff)? + "\n",
        TextFormat::Text => text(&diff, &args.since),
    };
    output::write(None, text.as_bytes())?;
    Ok(0)
}

fn text(diff: &Diff, since: &str) -> String {
    if diff.is_empty() {
        return format!("nothing has changed since {since}\n");
    }
    let mut out = String::new();
    let head = |out: &mut String, word: &str, n: usize| {
        if !out.is_empty() && n > 0 {
            out.push('\n');
        }
        if n > 0 {
            out.push_str(&format!("{word} ({n})\n"));
        }
    };
    head(&mut out, "new", diff.new.len());
    diff.new.iter().for_each(|e| item(&mut out, "+", e));
    head(&mut out, "changed", diff.changed.len());
    for c in &diff.changed {
        item(&mut out, "-", &c.before);
        item(&mut out, "+", &c.after);
    }
    head(&mut out, "contradicted", diff.contradicted.len());
    for c in &diff.contradicted {
        item(&mut out, " ", &c.known);
        item(&mut out, "+", &c.new);
    }
    head(&mut out, "gone", diff.gone.len());
    diff.gone.iter().for_each(|e| item(&mut out, "-", e));
    out
}

fn item(out: &mut String, mark: &str, e: &Evidence) {
    let says = output::tame(&record::statement(&e.statement));
    let lines = output::wrap(&says, output::width().saturating_sub(4));
    out.push_str(&format!(
        "  {mark} {}\n    {}\n",
        lines.join("\n    "),
        e.id.0
    ));
}
