//! The snapshot: evidence as Parquet, sorted by pair, read in place.
//!
//! A snapshot is a folder of Parquet files in the project's own schema ([`Table`]) with a list of
//! them, `MANIFEST.json`. [`write()`] makes one out of what the readers give; two runs give the same
//! bytes. The program carries one ([`Snapshot::embedded`]), others are opened from a folder
//! ([`Snapshot::open`]), and a synced source lies over either
//! ([`Snapshot::with_overlay`]).
//!
//! Reading decodes nothing that is not asked for: the rows of one pair cost the footer, the index
//! of one row group, and one or two pages of each column.

mod codec;
mod embedded;
mod error;
mod file;
mod manifest;
mod order;
mod scan;
mod schema;
mod snapshot;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod value;
mod write;

pub use error::SnapshotError;
pub use manifest::{Entry, FORMAT, MANIFEST, Manifest};
pub use scan::{FigureFilter, FigureRow, PairsInOrder};
pub use schema::{Column, Kind, Table, digits, zeros};
pub use snapshot::{Snapshot, TableInfo};
pub use value::value_of;
pub use write::{write, write_computed, write_overlay};
