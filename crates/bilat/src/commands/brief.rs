//! `bilat brief`: a cited brief on two countries.

use std::io::IsTerminal;

use bilat_brief::brief::SectionId;
use bilat_brief::{Brief, Options};

use crate::args::{BriefArgs, BriefFormat, SectionArg};
use crate::failure::Failure;
use crate::{flow, output, workspace};

pub(crate) fn run(args: &BriefArgs) -> Result<u8, Failure> {
    match (&args.a, &args.b) {
        (Some(a), Some(b)) => one(args, a, b),
        // The command line gives either both or --all.
        _ => super::brief_all::run(args),
    }
}

fn one(args: &BriefArgs, a: &str, b: &str) -> Result<u8, Failure> {
    let format = format(args)?;
    let snapshot = flow::snapshot()?;
    let registry = snapshot.registry()?;
    let pair = flow::pair(&registry, a, b)?;
    let mut options = options(args)?;
    if let Some(v) = &args.viewpoint {
        let c = flow::country(&registry, v)?;
        if !pair.has(c) {
            return Err(
                Failure::new(format!("{} is not one of the two", registry.english(c)))
                    .hint("--viewpoint takes one of the countries of the brief"),
            );
        }
        options.viewpoint = Some(c);
    }
    let workspace = workspace::if_there(&args.workspace)?;
    let brief = flow::brief(&snapshot, registry, pair, &options, workspace.as_ref())?;
    let to_terminal = args.output.is_none() && std::io::stdout().is_terminal();
    let text = published(&brief, format, to_terminal && output::colour());
    output::write(args.output.as_deref(), text.as_bytes())?;
    Ok(0)
}

/// What is asked for of any pair.
pub(super) fn options(args: &BriefArgs) -> Result<Options, Failure> {
    Ok(Options {
        viewpoint: None,
        as_of: args.as_of.as_deref().map(flow::period).transpose()?,
        sections: args.section.iter().map(|s| section(*s)).collect(),
    })
}

/// The brief in its form.
pub(super) fn published(brief: &Brief, format: BriefFormat, colour: bool) -> String {
    match format {
        BriefFormat::Terminal => {
            let width = output::width();
            bilat_publish::terminal(brief, &bilat_publish::TerminalOptions { width, colour })
        }
        BriefFormat::Md => bilat_publish::markdown(brief),
        BriefFormat::Html => bilat_publish::html(brief),
        BriefFormat::Json => bilat_publish::json(brief),
    }
}

fn format(args: &BriefArgs) -> Result<BriefFormat, Failure> {
    if let Some(f) = args.format {
        return Ok(f);
    }
    let Some(path) = &args.output else {
        return Ok(BriefFormat::Terminal);
    };
    match path.extension().and_then(|e| e.to_str()) {
        Some("html" | "htm") => Ok(BriefFormat::Html),
        Some("md" | "markdown") => Ok(BriefFormat::Md),
        Some("json") => Ok(BriefFormat::Json),
        Some("txt") => Ok(BriefFormat::Terminal),
        _ => Err(
            Failure::new(format!("the ending of {} names no format", path.display()))
                .hint("end the file's name in .html, .md, .json or .txt, or give --format"),
        ),
    }
}

fn section(arg: SectionArg) -> SectionId {
    match arg {
        SectionArg::Lead => SectionId::Lead,
        SectionArg::KeyFigures => SectionId::KeyFigures,
        SectionArg::Politics => SectionId::Politics,
        SectionArg::Trade => SectionId::Trade,
        SectionArg::Business => SectionId::Business,
        SectionArg::People => SectionId::People,
        SectionArg::Science => SectionId::Science,
        SectionArg::Culture => SectionId::Culture,
        SectionArg::Memory => SectionId::Memory,
        SectionArg::Planned => SectionId::Planned,
        SectionArg::Open => SectionId::Open,
        SectionArg::Documents => SectionId::Documents,
    }
}
