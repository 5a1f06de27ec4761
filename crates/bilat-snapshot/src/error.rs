//! What can go wrong with a snapshot.

use std::path::PathBuf;

use crate::Table;

/// A snapshot could not be written or read. Each message ends in what to do.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SnapshotError {
    /// The program was built without a snapshot.
    #[error(
        "this program carries no snapshot; make one with `bilat snapshot build DIR` in the source \
         tree and build again, or name a folder that holds one"
    )]
    NotEmbedded,
    /// A file or folder could not be read or written.
    #[error("{path}: {reason}; check that the folder exists and may be read and written")]
    File {
        /// Which.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// A table is not what the manifest or the schema promise.
    #[error(
        "the table {table} of the snapshot in {place} is damaged: {reason}; build it again with \
         `bilat snapshot build DIR`, or remove the folder of a synced source and sync again"
    )]
    Damaged {
        /// The table.
        table: &'static str,
        /// Where the snapshot lies.
        place: String,
        /// What does not fit.
        reason: String,
    },
    /// The list of files is missing or not readable.
    #[error(
        "MANIFEST.json of the snapshot in {place} is damaged: {reason}; build the snapshot again \
         with `bilat snapshot build DIR`, or remove the folder of a synced source and sync again"
    )]
    Manifest {
        /// Where the snapshot lies.
        place: String,
        /// What does not fit.
        reason: String,
    },
    /// A record cannot be stored without changing it.
    #[error("{record} cannot be stored in the table {table}: {reason}; correct it in the reader")]
    Unstorable {
        /// The table.
        table: &'static str,
        /// Which record.
        record: String,
        /// Why.
        reason: String,
    },
}

impl SnapshotError {
    pub(crate) fn damaged(table: Table, place: &str, reason: impl ToString) -> Self {
        Self::Damaged {
            table: table.name(),
            place: place.to_owned(),
            reason: reason.to_string(),
        }
    }

    pub(crate) fn file(path: &std::path::Path, reason: impl ToString) -> Self {
        Self::File {
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }

    pub(crate) fn manifest(place: &str, reason: impl ToString) -> Self {
        Self::Manifest {
            place: place.to_owned(),
            reason: reason.to_string(),
        }
    }
}
