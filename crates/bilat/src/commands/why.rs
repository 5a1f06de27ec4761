//! `bilat why`: from a sentence, a figure or a computed value back to the records.

use crate::args::{TextFormat, WhyArgs};
use crate::explain::{self, Asked};
use crate::failure::Failure;
use crate::{flow, output, workspace};

pub(crate) fn run(args: &WhyArgs) -> Result<u8, Failure> {
    let snapshot = flow::snapshot()?;
    let registry = snapshot.registry()?;
    let workspace = workspace::if_there(&args.workspace)?;
    let asked = Asked {
        ids: &args.ids,
        viewpoint: args
            .viewpoint
            .as_deref()
            .map(|v| flow::country(&registry, v))
            .transpose()?,
        as_of: args.as_of.as_deref().map(flow::period).transpose()?,
        data: args.data.as_deref(),
        workspace: workspace.as_ref(),
    };
    let answers = explain::explain(&snapshot, &asked)?;
    let text = match (args.format, answers.as_slice()) {
        (TextFormat::Json, [one]) => serde_json::to_string_pretty(one)? + "\n",
        (TextFormat::Json, all) => serde_json::to_string_pretty(all)? + "\n",
        (TextFormat::Text, all) => {
            let texts: Vec<_> = all.iter().map(|a| a.text(output::width())).collect();
            texts.join("\n")
        }
    };
    output::write(None, text.as_bytes())?;
    Ok(0)
}
