//! `bilat verify`: a brief checked from the outside.

use crate::args::{TextFormat, VerifyBriefArgs};
use crate::failure::Failure;
use crate::verify::{self, Against, Verified};
use crate::{flow, input, output, workspace};

/// A brief as JSON has no more bytes than this.
const MOST: usize = 64 << 20;

pub(crate) fn run(args: &VerifyBriefArgs) -> Result<u8, Failure> {
    let bytes = input::of_file(&args.brief, MOST)?;
    let name = args.brief.display();
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::new(format!("{name} is no brief: it is not UTF-8")))?;
    let snapshot = flow::snapshot()?;
    let workspace = match args.documents {
        Some(_) => None,
        None => workspace::if_there(&args.workspace)?,
    };
    let against = Against {
        snapshot: &snapshot,
        workspace: workspace.as_ref(),
        documents: args.documents.as_deref(),
    };
    let found = verify::verify(&text, &against).map_err(|mut f| {
        f.message = format!("{name}: {}", f.message);
        f
    })?;
    let text = match args.format {
        TextFormat::Json => serde_json::to_string_pretty(&found)? + "\n",
        TextFormat::Text => shown(&found),
    };
    output::write(None, text.as_bytes())?;
    Ok(u8::from(!found.wrong.is_empty()))
}

fn shown(found: &Verified) -> String {
    let mut out = String::new();
    for (part, what) in [
        ("file", "files of sources have their hash"),
        ("record", "records stand where they are cited"),
        ("computed", "values are computed again"),
        ("absence", "searches that found nothing"),
        ("document", "quotes stand in their documents"),
        ("sentence", "sentences say what is composed from these"),
        ("table", "tables likewise"),
    ] {
        if let Some(n) = found.holds.get(part) {
            out.push_str(&format!("{n:>5} {what}\n"));
        }
    }
    for part in &found.unchecked {
        let lines = output::wrap(&format!("not checked: {part}"), output::width());
        out.push_str(&format!("{}\n", lines.join("\n")));
    }
    for wrong in &found.wrong {
        let lines = output::wrap(&output::tame(wrong), output::width().saturating_sub(7));
        out.push_str(&format!("wrong  {}\n", lines.join("\n       ")));
    }
    out.push_str(match found.wrong.len() {
        0 if found.unchecked.is_empty() => "all holds\n",
        0 => "what was checked holds\n",
        _ => "this brief does not hold as it stands\n",
    });
    out
}
