//! `bilat brief --all`: the briefs of all pairs of states, a file each.
//!
//! What does not depend on the pair is loaded once; then each thread takes stretches of the list
//! of pairs. A file holds the same bytes as the brief of that pair made alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use bilat_brief::Options;
use bilat_model::Pair;
use rayon::prelude::*;

use crate::args::{BriefArgs, BriefFormat};
use crate::commands::brief::{options, published};
use crate::failure::Failure;
use crate::flow::{self, Desk};
use crate::{output, workspace};

/// Neighbouring pairs that a thread takes at once: so many that neither making a desk for them
/// nor reading the pages at their ends again costs anything.
const STRETCH: usize = 128;

pub(crate) fn run(args: &BriefArgs) -> Result<u8, Failure> {
    let Some(folder) = &args.output else {
        return Err(Failure::new("--all needs a folder to write to").hint("give one with -o"));
    };
    let format = args.format.unwrap_or(BriefFormat::Json);
    let options = options(args)?;
    fs::create_dir_all(folder).map_err(|e| {
        Failure::new(format!("cannot make the folder {}: {e}", folder.display()))
            .hint("give a folder that may be written to with -o")
    })?;

    let snapshot = flow::snapshot()?;
    let registry = snapshot.registry()?;
    let every = args.every.map_or(1, |n| n as usize);
    let pairs: Vec<Pair> = registry.pairs().into_iter().step_by(every).collect();
    let states = registry.states();
    let (world, parties) = flow::world(&snapshot, registry, &states, options.as_of)?;

    // A database is not shared between threads; of all pairs few have documents.
    let documents = match workspace::if_there(&args.workspace)? {
        Some(w) => workspace::documents_of(&w, &pairs)?,
        None => BTreeMap::new(),
    };

    let bar = output::progress(pairs.len() as u64);
    let bytes = AtomicU64::new(0);
    pairs
        .par_chunks((STRETCH / every).max(1))
        .try_for_each(|stretch| {
            // Formats of numbers and dates are not shared between threads, so each has its own.
            let desk = Desk::new()?;
            for dossier in flow::dossiers(&snapshot, &world, &parties, stretch, &documents)? {
                let path = file(folder, dossier.pair, format);
                let text = one(&desk, dossier, &options, format)?;
                output::write(Some(&path), text.as_bytes())?;
                bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
                bar.inc(1);
            }
            Ok::<_, Failure>(())
        })?;
    bar.finish_and_clear();
    anstream::eprintln!(
        "{} briefs, {:.1} MB, in {}",
        pairs.len(),
        bytes.into_inner() as f64 / 1e6,
        folder.display()
    );
    Ok(0)
}

fn one(
    desk: &Desk,
    dossier: bilat_brief::Dossier<'_>,
    options: &Options,
    format: BriefFormat,
) -> Result<String, Failure> {
    let pair = dossier.pair;
    let brief = desk.brief(dossier, options).map_err(|mut e| {
        e.message = format!("{pair}: {}", e.message);
        e
    })?;
    Ok(published(&brief, format, false))
}

/// Where a pair's brief goes.
fn file(folder: &Path, pair: Pair, format: BriefFormat) -> PathBuf {
    let ending = match format {
        BriefFormat::Terminal => "txt",
        BriefFormat::Md => "md",
        BriefFormat::Html => "html",
        BriefFormat::Json => "json",
    };
    folder.join(format!("{pair}.{ending}"))
}
