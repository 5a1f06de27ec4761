//! Checking a whole workspace from the inside: the file, the hashes, the spans, the quotes.

use bilat_model::told_evidence;
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use crate::documents::bytes_of;
use crate::error::Error;
use crate::reading::Reading;
use crate::store::{self, Workspace};

/// The outcome of a check of the whole workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// How many documents were compared with their hashes.
    pub documents: usize,
    /// How many readings were compared with their texts.
    pub readings: usize,
    /// How many pieces of evidence they hold.
    pub evidence: usize,
    /// What is wrong, a sentence each; empty when all is well.
    pub wrong: Vec<String>,
}

impl Workspace {
    /// Checks everything: the file by SQLite's own check, each document's bytes against its hash,
    /// each reading against its digest, each span and quote against the text, each name of
    /// evidence against its content. Takes as long as reading the whole file.
    ///
    /// # Errors
    /// [`Error`] when the file itself does not hold or cannot be read; what is wrong with single
    /// documents is listed in the outcome.
    pub fn verify(&self) -> Result<Verified, Error> {
        self.verified().map_err(|e| e.at(&self.path))
    }

    fn verified(&self) -> Result<Verified, Error> {
        store::check(&self.db, "integrity_check")?;
        let t = self.db.unchecked_transaction()?;
        let mut out = Verified::default();
        let stray: Option<String> = t
            .query_row("PRAGMA foreign_key_check", [], |r| r.get(0))
            .optional()?;
        if let Some(table) = stray {
            out.wrong.push(format!(
                "the table {table} points at rows that are not there"
            ));
        }
        let rows: Vec<(i64, String)> = t
            .prepare("SELECT id, sha256 FROM document ORDER BY id")?
            .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?
            .collect::<Result<_, _>>()?;
        for (row, sha256) in rows {
            out.documents += 1;
            if let Err(e) = document(&t, row, &sha256, &mut out) {
                let name = told_evidence::short(&sha256);
                out.wrong.push(format!("doc:{name}: {}", e.trouble));
            }
        }
        Ok(out)
    }
}

fn document(db: &Connection, row: i64, sha256: &str, out: &mut Verified) -> Result<(), Error> {
    let bytes = bytes_of(db, row)?;
    let readings: Vec<(i64, String, bool)> = db
        .prepare_cached("SELECT id, digest, current FROM reading WHERE document = ?1")?
        .query_map([row], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<Result<_, _>>()?;
    if readings.iter().filter(|(_, _, current)| *current).count() != 1 {
        return Err(Error::damaged("it has not one current reading"));
    }
    for (id, digest, _) in readings {
        out.readings += 1;
        let reading = Reading::load(db, id)?;
        if reading.digest()? != digest {
            return Err(Error::damaged("what was read of it has been altered"));
        }
        let text = match &reading.text {
            Some(text) => text.as_str(),
            None => std::str::from_utf8(&bytes).map_err(|e| Error::damaged(e.to_string()))?,
        };
        reading.check(text).map_err(Error::damaged)?;
        out.evidence += names(db, id, sha256, &reading)?;
    }
    let found: i64 = db.query_row("SELECT count(*) FROM words WHERE rowid = ?1", [row], |r| {
        r.get(0)
    })?;
    if found != 1 {
        return Err(Error::damaged("searches do not find it"));
    }
    Ok(())
}

/// Compares the names of the evidence with what its content makes of them.
fn names(db: &Connection, id: i64, sha256: &str, reading: &Reading) -> Result<usize, Error> {
    let mut stored: Vec<String> = db
        .prepare_cached("SELECT name FROM evidence WHERE reading = ?1")?
        .query_map([id], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    let told = reading.told.iter();
    let mut made: Vec<String> = told
        .flat_map(|t| told_evidence::of(sha256, t))
        .map(|e| e.id.0)
        .collect();
    stored.sort();
    made.sort();
    match stored == made {
        true => Ok(stored.len()),
        false => Err(Error::damaged(
            "its evidence has other names than its content makes",
        )),
    }
}
