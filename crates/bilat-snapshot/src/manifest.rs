//! `MANIFEST.json`: every file of a snapshot with its size, rows and hash.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{SnapshotError, Table};

/// The file's name.
pub const MANIFEST: &str = "MANIFEST.json";

/// The layout that this program writes and reads.
pub const FORMAT: u32 = 1;

/// The list of a snapshot's files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The layout: [`FORMAT`].
    pub format: u32,
    /// The files, in the order of [`Table::ALL`].
    pub tables: Vec<Entry>,
}

/// One file of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The table's name.
    pub table: String,
    /// Its rows.
    pub rows: u64,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// The list as it stands in a folder.
    pub(crate) fn parse(text: &[u8], place: &str) -> Result<Self, SnapshotError> {
        let manifest: Self =
            serde_json::from_slice(text).map_err(|e| SnapshotError::manifest(place, e))?;
        if manifest.format != FORMAT {
            return Err(SnapshotError::manifest(
                place,
                format!(
                    "it has the format {} where this program reads {FORMAT}",
                    manifest.format
                ),
            ));
        }
        if let Some(e) = manifest
            .tables
            .iter()
            .find(|e| Table::of(&e.table).is_none())
        {
            let reason = format!("it names the unknown table “{}”", e.table);
            return Err(SnapshotError::manifest(place, reason));
        }
        Ok(manifest)
    }

    /// The text that [`parse`](Self::parse) reads.
    pub(crate) fn text(&self) -> Result<String, SnapshotError> {
        serde_json::to_string_pretty(self)
            .map(|s| s + "\n")
            .map_err(|e| SnapshotError::manifest("memory", e))
    }
}

impl Entry {
    /// The entry of a file.
    pub(crate) fn of(table: Table, rows: u64, bytes: &[u8]) -> Self {
        Self {
            table: table.name().to_owned(),
            rows,
            bytes: bytes.len() as u64,
            sha256: sha256(bytes),
        }
    }

    /// Why bytes are not the ones of this entry, if they are not.
    pub(crate) fn mismatch(&self, bytes: &[u8]) -> Option<String> {
        if bytes.len() as u64 != self.bytes {
            return Some(format!(
                "it has {} bytes where MANIFEST.json says {}",
                bytes.len(),
                self.bytes
            ));
        }
        (sha256(bytes) != self.sha256).then(|| {
            "its SHA-256 is not the one in MANIFEST.json; its bytes were changed".to_owned()
        })
    }
}

/// SHA-256 in hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}
