//! `bilat why`: from a sentence, a figure or a computed value back to the records.

use crate::args::{TextFormat, WhyArgs};
use crate::explain::{self, Asked};
use crate::failure::Failure;
use crate::{flow, output};

pub(crate) fn run(args: &WhyArgs) -> Result<u8, Failure> {
    let snapshot = flow::snapshot()?;
    let registry = snapshot.registry()?;
    let asked = Asked {
        id: &args.id,
        viewpoint: args
            .viewpoint
            .as_deref()
            .map(|v| flow::country(&registry, v))
            .transpose()?,
        as_of: args.as_of.as_deref().map(flow::period).transpose()?,
        data: args.data.as_deref(),
    };
    let answer = explain::explain(&snapshot, registry, &asked)?;
    let text = match args.format {
        TextFormat::Json => serde_json::to_string_pretty(&answer)? + "\n",
        TextFormat::Text => answer.text(output::width()),
    };
    output::write(None, text.as_bytes())?;
    Ok(0)
}
