//! Files as they lie: compressed or not, delimited text with a header.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

/// The most that a file may unpack to. The largest source unpacks to a tenth of it.
const MAX_UNPACKED: u64 = 4 << 30;

/// A file's bytes with the hash of what lies on disk.
pub(crate) struct Bytes {
    /// Size on disk.
    pub(crate) size: u64,
    /// SHA-256 of the file on disk, hexadecimal.
    pub(crate) sha256: String,
    /// The contents, unpacked when they are gzip, whatever the name says: origins may serve a
    /// file unpacked that lies packed here (a `.tar.gz` becomes a `.tar`).
    pub(crate) data: Vec<u8>,
}

/// Reads a file whole.
pub(crate) fn read(path: &Path) -> std::io::Result<Bytes> {
    let mut raw = Vec::new();
    File::open(path)?.read_to_end(&mut raw)?;
    let sha256 = hex_digest(&raw);
    let size = raw.len() as u64;
    let data = if raw.starts_with(&[0x1f, 0x8b]) {
        let mut out = Vec::new();
        let n = GzDecoder::new(Cursor::new(raw))
            .take(MAX_UNPACKED)
            .read_to_end(&mut out)?;
        if n as u64 == MAX_UNPACKED {
            return Err(std::io::Error::other("unpacks to more than 4 GiB"));
        }
        out
    } else {
        raw
    };
    Ok(Bytes { size, sha256, data })
}

/// Size and SHA-256 of a file that is not read.
pub(crate) fn fingerprint(path: &Path) -> std::io::Result<(u64, String)> {
    let raw = std::fs::read(path)?;
    Ok((raw.len() as u64, hex_digest(&raw)))
}

fn hex_digest(raw: &[u8]) -> String {
    let digest = Sha256::digest(raw);
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

/// The files of an unpacked `.tar` by path, each as a slice of it.
pub(crate) fn tar_members(data: &[u8]) -> std::io::Result<BTreeMap<String, &[u8]>> {
    let mut members = BTreeMap::new();
    for entry in tar::Archive::new(Cursor::new(data)).entries()? {
        let entry = entry?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let path = entry.path()?.to_string_lossy().into_owned();
        let start = usize::try_from(entry.raw_file_position()).unwrap_or(usize::MAX);
        let length = usize::try_from(entry.size()).unwrap_or(usize::MAX);
        let end = start.saturating_add(length);
        let bytes = data
            .get(start..end)
            .ok_or_else(|| std::io::Error::other(format!("{path} ends before its size")))?;
        members.insert(path, bytes);
    }
    Ok(members)
}

/// Delimited text with a header, its columns checked against the card.
pub struct Table {
    pub(crate) reader: csv::Reader<Cursor<Vec<u8>>>,
    pub(crate) columns: Vec<String>,
    pub(crate) record: csv::StringRecord,
    pub(crate) file: std::sync::Arc<str>,
}

/// One record of a [`Table`].
pub struct Row<'a> {
    /// The line that it begins on, the header being line 1.
    pub line: u32,
    /// The file, for citations.
    pub file: std::sync::Arc<str>,
    pub(crate) columns: &'a [String],
    pub(crate) record: &'a csv::StringRecord,
}

impl Row<'_> {
    /// The field of a column.
    ///
    /// # Panics
    /// When the table has no such column: readers name columns that their card lists, and the
    /// header was checked against it.
    #[must_use]
    pub fn get(&self, column: &str) -> &str {
        let i = self.columns.iter().position(|c| c == column);
        assert!(
            i.is_some(),
            "the card of this source lists no column {column}"
        );
        i.and_then(|i| self.record.get(i)).unwrap_or("")
    }

    /// The field at a position, for wide tables whose columns were looked up once.
    #[must_use]
    pub fn at(&self, position: usize) -> &str {
        self.record.get(position).unwrap_or("")
    }
}

impl Table {
    /// The columns in the file's order.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The line that a record begins on. The parser's position stands before the blank lines
    /// that it passes over on the way to the record.
    pub(crate) fn line_at(&self, position: Option<&csv::Position>) -> u32 {
        let Some(position) = position else { return 0 };
        let data = self.reader.get_ref().get_ref();
        let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let ahead = data.get(from..).unwrap_or_default().iter();
        let blank = ahead.take_while(|b| matches!(b, b'\n' | b'\r'));
        let lines = position.line() + blank.filter(|b| **b == b'\n').count() as u64;
        u32::try_from(lines).unwrap_or(u32::MAX)
    }
}

/// A cell's name as spreadsheets show it: row and column counted from 0 → `Sheet!C12`.
#[must_use]
pub fn cell_name(sheet: &str, row: usize, column: usize) -> String {
    let mut letters = String::new();
    let mut c = column + 1;
    while c > 0 {
        // The remainder is below 26.
        letters.insert(
            0,
            char::from(b'A' + u8::try_from((c - 1) % 26).unwrap_or(0)),
        );
        c = (c - 1) / 26;
    }
    format!("{sheet}!{letters}{}", row + 1)
}
