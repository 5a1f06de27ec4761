//! `bilat check`: every figure of a text, held against the others and against what is known.

use std::io::IsTerminal;
use std::path::Path;

use bilat_publish::findings::{self, Checked, Phrases, TerminalOptions};

use crate::args::{CheckArgs, CheckFormat};
use crate::failure::{self, Failure};
use crate::llm::Model;
use crate::reader::{self, Reader};
use crate::{flow, input, output, rules, workspace};

pub(crate) fn run(args: &CheckArgs) -> Result<u8, Failure> {
    let format = format(args)?;
    if args.trace && format != CheckFormat::Text {
        return Err(Failure::new("--trace is for text alone")
            .hint("in json every item has the names of its rules"));
    }
    let snapshot = flow::snapshot()?;
    let registry = snapshot.registry()?;
    let pairs = args
        .pair
        .iter()
        .map(|text| flow::pair_of(&registry, text))
        .collect::<Result<Vec<_>, _>>()?;
    let published_on = args.published.as_deref().map(flow::day).transpose()?;
    let model = Model::of(&args.extractor)?;
    let workspace = workspace::if_there(&args.workspace)?;
    let most = reader::limits().bytes;
    let mut visitor = input::visitor(most, args.allow_private);
    let mut read = Vec::new();
    let mut failed = Vec::new();
    for name in &args.documents {
        let document = input::read(name, most, &mut visitor)
            .and_then(|input| Ok((reader::document(&input, published_on)?, input)));
        match document {
            Ok(document) => read.push(document),
            Err(failure) => failed.push(failure),
        }
    }
    let documents: Vec<_> = read.iter().map(|(document, _)| document).collect();
    let reader = Reader::of(&snapshot, &registry, workspace.as_ref(), &documents)?.and(model);
    let mut all = Vec::new();
    for (document, input) in read {
        match flow::checked(&reader, input, document, &pairs) {
            Ok(checked) => all.push(checked),
            Err(failure) => failed.push(failure),
        }
    }
    // A document that cannot be read does not hide what the others hold.
    if let ([], [_]) = (all.as_slice(), failed.as_slice())
        && let Some(failure) = failed.pop()
    {
        return Err(failure);
    }
    if !all.is_empty() {
        let text = published(&all, format, args)?;
        output::write(args.output.as_deref(), text.as_bytes())?;
    }
    let phrases = Phrases::english()?;
    for checked in &all {
        for line in findings::proposals(checked, &phrases)? {
            failure::note(&output::tame(&format!("{}: {line}", checked.name)));
        }
    }
    for failure in &failed {
        failure.report();
    }
    Ok(
        match (failed.is_empty(), all.iter().any(Checked::has_error)) {
            (false, _) => 2,
            (true, true) => 1,
            (true, false) => 0,
        },
    )
}

fn published(all: &[Checked], format: CheckFormat, args: &CheckArgs) -> Result<String, Failure> {
    let phrases = Phrases::english()?;
    Ok(match format {
        CheckFormat::Text => {
            let to_terminal = args.output.is_none() && std::io::stdout().is_terminal();
            let options = TerminalOptions {
                width: output::width(),
                colour: to_terminal && output::colour(),
                verbose: args.verbose,
            };
            let mut text = String::new();
            if args.trace {
                text = findings::trace(all, &phrases)? + "\n";
            }
            text + &findings::terminal(all, &options, &phrases)?
        }
        CheckFormat::Json => findings::json(all, args.documents.len() > 1)?,
        CheckFormat::Sarif => findings::sarif(all, &rules::cards(), env!("CARGO_PKG_VERSION")),
        CheckFormat::Claimreview => findings::claim_review(all, &phrases)?,
        CheckFormat::Html => findings::html(all, &phrases)?,
        CheckFormat::Md => findings::markdown(all, &phrases)?,
        CheckFormat::Github => findings::github(all, args.verbose, &phrases)?,
    })
}

fn format(args: &CheckArgs) -> Result<CheckFormat, Failure> {
    match (args.format, &args.output) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(CheckFormat::Text),
        (None, Some(path)) => by_ending(path),
    }
}

fn by_ending(path: &Path) -> Result<CheckFormat, Failure> {
    match path.extension().and_then(|e| e.to_str()) {
        Some("txt") => Ok(CheckFormat::Text),
        Some("json") => Ok(CheckFormat::Json),
        Some("sarif") => Ok(CheckFormat::Sarif),
        Some("jsonld") => Ok(CheckFormat::Claimreview),
        Some("html" | "htm") => Ok(CheckFormat::Html),
        Some("md" | "markdown") => Ok(CheckFormat::Md),
        _ => Err(
            Failure::new(format!("the ending of {} names no format", path.display())).hint(
                "end the file's name in .txt, .json, .sarif, .jsonld, .html or .md, or give --format",
            ),
        ),
    }
}
