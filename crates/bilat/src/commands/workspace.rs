//! `bilat workspace`: checking, cleaning and judging what the documents say.

use bilat_workspace::JudgementKind;

use crate::args::{
    JudgementsArgs, KeepVerifyArgs, LogArgs, MergeArgs, PurgeArgs, TextFormat, UnmergeArgs,
};
use crate::failure::Failure;
use crate::table::{Rows, Value};
use crate::{clock, output, workspace};

pub(crate) fn verify(args: &KeepVerifyArgs) -> Result<u8, Failure> {
    let found = workspace::read(&args.workspace)?.verify()?;
    let text = match args.format {
        TextFormat::Json => serde_json::to_string_pretty(&found)? + "\n",
        TextFormat::Text => {
            let mut text = format!(
                "{}, {}, {}\n",
                output::count(found.documents, "document", "documents"),
                output::count(found.readings, "reading", "readings"),
                output::count(found.evidence, "piece of evidence", "pieces of evidence")
            );
            for wrong in &found.wrong {
                text.push_str(&format!("wrong: {}\n", output::tame(wrong)));
            }
            if found.wrong.is_empty() {
                text.push_str("all holds\n");
            }
            text
        }
    };
    output::write(None, text.as_bytes())?;
    Ok(u8::from(!found.wrong.is_empty()))
}

pub(crate) fn purge(args: &PurgeArgs) -> Result<u8, Failure> {
    let n = workspace::write(&args.workspace, false)?.purge()?;
    let n = output::count(n, "removed document", "removed documents");
    output::write(None, format!("{n} deleted for good\n").as_bytes())?;
    Ok(0)
}

pub(crate) fn judgements(args: &JudgementsArgs) -> Result<u8, Failure> {
    let mut rows = Rows::new(&[
        "id", "kind", "left", "right", "reason", "score", "judge", "at", "reversed",
    ]);
    for j in workspace::read(&args.workspace)?.judgements()? {
        rows.push(vec![
            Value::Whole(j.id),
            word(&j.kind)?,
            j.left.into(),
            j.right.into(),
            j.reason.into(),
            j.score.into(),
            word(&j.judge)?,
            j.at.into(),
            yes(j.reversed),
        ]);
    }
    rows.write(&args.table)?;
    Ok(0)
}

/// A word of a vocabulary as it is serialised.
fn word<T: serde::Serialize>(value: &T) -> Result<Value, Failure> {
    let text = serde_json::to_value(value)?;
    Ok(text.as_str().map(str::to_owned).into())
}

fn yes(flag: bool) -> Value {
    if flag { "yes".into() } else { Value::Null }
}

pub(crate) fn merge(args: &MergeArgs) -> Result<u8, Failure> {
    let documents = [&args.a, &args.b].map(|name| name.starts_with("doc:"));
    let kind = match documents {
        [true, true] => JudgementKind::Origin,
        [false, false] => JudgementKind::Event,
        _ => {
            return Err(Failure::new("a document and an event cannot be one")
                .hint("name two documents (doc:…), or two events of `bilat evidence A B`"));
        }
    };
    let at = clock::at(args.at.at.as_deref())?;
    let mut workspace = workspace::write(&args.workspace, false)?;
    let made = workspace.judge(kind, &args.a, &args.b, &args.reason, &at)?;
    let text = format!(
        "judgement {}: {} and {} are one; `bilat workspace unmerge {}` takes it back\n",
        made.id, made.left, made.right, made.id
    );
    output::write(None, text.as_bytes())?;
    Ok(0)
}

pub(crate) fn unmerge(args: &UnmergeArgs) -> Result<u8, Failure> {
    let at = clock::at(args.at.at.as_deref())?;
    workspace::write(&args.workspace, false)?.reverse(args.judgement, &at)?;
    output::write(
        None,
        format!("judgement {} taken back\n", args.judgement).as_bytes(),
    )?;
    Ok(0)
}

pub(crate) fn log(args: &LogArgs) -> Result<u8, Failure> {
    let mut rows = Rows::new(&["id", "command", "kind", "at", "what", "undone"]);
    for o in workspace::read(&args.workspace)?.operations(args.limit)? {
        rows.push(vec![
            Value::Whole(o.id),
            Value::Whole(o.command),
            o.kind.into(),
            o.at.into(),
            o.what.into(),
            yes(o.undone),
        ]);
    }
    rows.write(&args.table)?;
    Ok(0)
}
