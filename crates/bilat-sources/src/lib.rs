//! One folder a source: card, lookups, corrections, reader.
//!
//! [`SOURCES`] lists them in reading order. [`read_all`] turns a folder of publishers' files
//! into [`Records`]: evidence about pairs, what is known of single countries, and for every file
//! what was kept, left out on purpose and skipped as broken.

mod card;
mod context;
mod cow;
mod error;
#[cfg(test)]
mod frame_tests;
mod input;
mod markup;
mod records;
pub mod sources;
#[cfg(test)]
pub(crate) mod testing;

pub use card::{Corrections, Lookups, Source};
pub use context::{Context, Name};
pub use error::SourceError;
pub use input::{Row, Table, cell_name};
pub use records::{Records, Report, Skipped};
pub use sources::SOURCES;

use std::path::Path;

use bilat_model::Registry;
use bilat_model::source::Card;

/// The cards of all sources, in reading order.
///
/// # Errors
/// When a card compiled into the program is not valid, which a test rules out.
pub fn cards() -> Result<Vec<Card>, SourceError> {
    SOURCES.iter().map(Source::card).collect()
}

/// Reads every source from `dir`, which holds a folder for each.
///
/// `progress` is called with a source's name before it is read.
///
/// # Errors
/// The first broken structure: a missing file, an unexpected column, a card that does not fit.
pub fn read_all(
    dir: &Path,
    mut progress: impl FnMut(&str),
) -> Result<(Records, Vec<Report>), SourceError> {
    let mut records = Records::default();
    let mut reports = Vec::new();
    let mut registry = Registry::default();
    for source in SOURCES {
        progress(source.id);
        reports.push(read_one(source, dir, &registry, &mut records)?);
        if source.id == "countries" {
            registry = Registry::new(records.countries.clone(), records.names.clone());
        }
    }
    Ok((records, reports))
}

/// Reads one source from its folder below `dir` into `records`.
///
/// # Errors
/// As [`read_all`].
pub fn read_one(
    source: &Source,
    dir: &Path,
    registry: &Registry,
    records: &mut Records,
) -> Result<Report, SourceError> {
    read_in(
        source,
        &dir.join(source.card()?.folder()),
        registry,
        records,
    )
}

/// Reads one source whose files lie in `folder` itself.
///
/// # Errors
/// As [`read_all`].
pub fn read_in(
    source: &Source,
    folder: &Path,
    registry: &Registry,
    records: &mut Records,
) -> Result<Report, SourceError> {
    let card = source.card()?;
    let mut context = Context::new(source, &card, folder, registry, records)?;
    (source.read)(&mut context)?;
    context.finish()
}
