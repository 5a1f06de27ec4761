//! The workspace as an archive: export and import.
//!
//! A tar file that other tools open too. The same workspace gives the same bytes.
//!
//! | member | holds |
//! |---|---|
//! | `bilat-workspace.json` | the form's name and version, how many documents follow |
//! | `documents/SHA256.json` | what is known of a document: sightings, readings with their evidence |
//! | `documents/SHA256` | its bytes, right after |
//! | `judgements.json` | the judgements, those taken back included |
//! | `feeds.json` | feeds, and which entries were dealt with |
//!
//! Removed documents are in it, as removed. The log is not: what an import brought is one
//! operation of the workspace that it came into.

mod record;

use std::io::{Read, Write};

use bilat_model::told_evidence;
use rusqlite::{Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::add::{index, known};
use crate::documents::bytes_of;
use crate::error::Error;
use crate::judge;
use crate::log::{Flag, Log};
use crate::origin::OriginRules;
use crate::pack::{self, MOST_BYTES};
use crate::store::{Workspace, time};
use record::{
    DocumentRecord, FeedRecord, Head, JudgementRecord, ReadingRecord, SightingRecord, feeds,
    judgements, record,
};

const HEAD: &str = "bilat-workspace.json";
const JUDGEMENTS: &str = "judgements.json";
const FEEDS: &str = "feeds.json";
const FOLDER: &str = "documents/";
const FORM: &str = "bilat workspace";
const VERSION: u32 = 1;

/// The largest member that is not a document's bytes.
const MOST_JSON: u64 = 1 << 30;

/// What an import brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Documents that were not known.
    pub new: usize,
    /// Documents that were known.
    pub known: usize,
    /// Judgements that were not known.
    pub judgements: usize,
}

impl Workspace {
    /// Writes everything to an archive. Returns how many documents it holds.
    ///
    /// # Errors
    /// [`Error`]; also when a document's bytes are not what they were.
    pub fn export(&self, to: &mut dyn Write) -> Result<usize, Error> {
        self.exported(to).map_err(|e| e.at(&self.path))
    }

    fn exported(&self, to: &mut dyn Write) -> Result<usize, Error> {
        let t = self.db.unchecked_transaction()?;
        let rows: Vec<i64> = t
            .prepare("SELECT id FROM document ORDER BY sha256")?
            .query_map([], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        let mut out = tar::Builder::new(to);
        let head = Head {
            form: FORM.to_owned(),
            version: VERSION,
            documents: rows.len(),
        };
        member(&mut out, HEAD, &pretty(&head)?)?;
        for row in &rows {
            let record = record(&t, *row)?;
            let path = format!("{FOLDER}{}", record.sha256);
            member(&mut out, &format!("{path}.json"), &pretty(&record)?)?;
            member(&mut out, &path, &bytes_of(&t, *row)?)?;
        }
        member(&mut out, JUDGEMENTS, &pretty(&judgements(&t)?)?)?;
        member(&mut out, FEEDS, &pretty(&feeds(&t)?)?)?;
        out.into_inner()?.flush()?;
        Ok(rows.len())
    }

    /// Takes an archive in: what is known stays as it is, the rest is added, all or nothing. The
    /// same archive twice changes nothing more. `at` is the time of the import.
    ///
    /// # Errors
    /// [`Error`]; the archive's hashes, spans and quotes are checked.
    pub fn import(&mut self, from: &mut dyn Read, at: &str) -> Result<Imported, Error> {
        let path = self.path.clone();
        self.imported(from, at).map_err(|e| e.at(&path))
    }

    fn imported(&mut self, from: &mut dyn Read, at: &str) -> Result<Imported, Error> {
        let at = time(at)?;
        let command = self.command;
        let rules = OriginRules::built_in()?;
        let t = self.write()?;
        let mut log = Log::begin(&t, command, "import", &at, "an archive")?;
        let mut take = Take {
            t: &t,
            log: &mut log,
            rules: &rules,
            imported: Imported::default(),
            head: None,
            open: None,
            taken: 0,
            ended: false,
        };
        let mut archive = tar::Archive::new(from);
        for entry in archive
            .entries()
            .map_err(|e| Error::archive("its beginning", e))?
        {
            let mut entry = entry.map_err(|e| Error::archive("a member's head", e))?;
            let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if entry.header().entry_type() != tar::EntryType::Regular {
                return Err(Error::archive(path, "it is no plain file"));
            }
            let size = entry.size();
            take.member(&path, size, &mut entry)?;
        }
        let imported = take.end()?;
        t.commit()?;
        Ok(imported)
    }
}

/// An import on its way.
struct Take<'a, 't> {
    t: &'a Transaction<'t>,
    log: &'a mut Log<'a>,
    rules: &'a OriginRules,
    imported: Imported,
    head: Option<Head>,
    /// A document whose bytes come next.
    open: Option<DocumentRecord>,
    taken: usize,
    /// Whether the last member was there: an archive that was cut off has none.
    ended: bool,
}

impl Take<'_, '_> {
    fn member(&mut self, path: &str, size: u64, from: &mut dyn Read) -> Result<(), Error> {
        let wrong = |reason: &str| Error::archive(path, reason);
        if self.head.is_none() != (path == HEAD) {
            return Err(wrong("it does not begin as a workspace's archive does"));
        }
        if let Some(open) = self.open.take() {
            if path.strip_prefix(FOLDER) != Some(&open.sha256) {
                return Err(wrong("the bytes of the document before it are missing"));
            }
            if size > MOST_BYTES as u64 || size != open.bytes as u64 {
                return Err(wrong("it does not have the bytes that it should have"));
            }
            let bytes = bytes(path, size, from)?;
            return self.document(path, &open, &bytes);
        }
        match path {
            HEAD => {
                let head: Head = json(path, size, from)?;
                if head.form != FORM || head.version != VERSION {
                    return Err(wrong(
                        "it is of another form; use the program that wrote it",
                    ));
                }
                self.head = Some(head);
            }
            JUDGEMENTS => self.judgements(json(path, size, from)?)?,
            FEEDS => {
                self.feeds(json(path, size, from)?)?;
                self.ended = true;
            }
            _ if path.starts_with(FOLDER) && path.ends_with(".json") => {
                let record: DocumentRecord = json(path, size, from)?;
                if format!("{FOLDER}{}.json", record.sha256) != path {
                    return Err(wrong("it is about another document than its name says"));
                }
                self.open = Some(record);
            }
            _ => return Err(wrong("nothing of that name belongs into an archive")),
        }
        Ok(())
    }

    fn document(&mut self, path: &str, d: &DocumentRecord, bytes: &[u8]) -> Result<(), Error> {
        let wrong = |reason: String| Error::archive(path, reason);
        if pack::sha256(bytes) != d.sha256 {
            return Err(wrong(
                "its bytes do not have the hash that names it".to_owned(),
            ));
        }
        if d.readings.iter().filter(|r| r.current).count() != 1 {
            return Err(wrong("it has not one current reading".to_owned()));
        }
        self.taken += 1;
        let (row, new) = match known(self.t, &d.sha256)? {
            Some((row, _)) => (row, false),
            None => (self.first(d, bytes)?, true),
        };
        for s in &d.seen {
            self.sighting(row, s)?;
        }
        for r in &d.readings {
            let text = match &r.reading.text {
                Some(text) => text.as_str(),
                None => std::str::from_utf8(bytes).map_err(|e| wrong(e.to_string()))?,
            };
            r.reading.check(text).map_err(wrong)?;
            self.reading(row, d, r, text, new)?;
        }
        match new {
            true => self.imported.new += 1,
            false => self.imported.known += 1,
        }
        Ok(())
    }

    fn first(&mut self, d: &DocumentRecord, bytes: &[u8]) -> Result<i64, Error> {
        self.t.execute(
            "INSERT INTO document (sha256, name, size, media_type, encoding, url, packed, removed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                d.sha256,
                told_evidence::short(&d.sha256),
                bytes.len(),
                d.media_type,
                d.encoding,
                d.url,
                pack::pack(bytes)?,
                d.removed
            ],
        )?;
        let row = self.t.last_insert_rowid();
        self.log.made(Flag::Removed, row)?;
        Ok(row)
    }

    fn sighting(&mut self, row: i64, s: &SightingRecord) -> Result<(), Error> {
        let n = self.t.execute(
            "INSERT OR IGNORE INTO sighting (document, place, at, hidden) VALUES (?1, ?2, ?3, ?4)",
            params![row, s.from, time(&s.at)?, s.hidden],
        )?;
        match n {
            0 => Ok(()),
            _ => self.log.made(Flag::Hidden, self.t.last_insert_rowid()),
        }
    }

    /// Keeps a reading. Of a document that is known, the reading that holds goes on to hold.
    fn reading(
        &mut self,
        row: i64,
        d: &DocumentRecord,
        r: &ReadingRecord,
        text: &str,
        new: bool,
    ) -> Result<(), Error> {
        let sql = "SELECT count(*) FROM reading WHERE document = ?1 AND digest = ?2";
        let digest = r.reading.digest()?;
        let there: i64 = self.t.query_row(sql, params![row, digest], |x| x.get(0))?;
        if there > 0 {
            return Ok(());
        }
        let current = new && r.current;
        let at = time(&r.at)?;
        r.reading
            .store(self.t, row, &d.sha256, (&at, current), text)?;
        if current {
            index(self.t, row, r.reading.meta.title.as_deref(), text)?;
            let print = self.rules.fingerprint(text, &r.reading.blocks);
            for hash in self.rules.sample(&print) {
                self.t.execute(
                    "INSERT OR IGNORE INTO shingle (hash, document) VALUES (?1, ?2)",
                    params![hash.cast_signed(), row],
                )?;
            }
        }
        Ok(())
    }

    fn judgements(&mut self, all: Vec<JudgementRecord>) -> Result<(), Error> {
        for j in all {
            if judge::between(self.t, j.kind, &j.left, &j.right)?.is_some() {
                continue;
            }
            self.t.execute(
                "INSERT INTO judgement (kind, \"left\", \"right\", reason, score, judge, at, reversed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![j.kind.code(), j.left, j.right, j.reason, j.score, j.judge.code(), time(&j.at)?, j.reversed],
            )?;
            self.log.made(Flag::Reversed, self.t.last_insert_rowid())?;
            self.imported.judgements += 1;
        }
        Ok(())
    }

    fn feeds(&mut self, all: Vec<FeedRecord>) -> Result<(), Error> {
        for f in all {
            self.t.execute(
                "INSERT OR IGNORE INTO feed (url, title, etag, last_modified, fetched)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![f.url, f.title, f.etag, f.last_modified, time(&f.fetched)?],
            )?;
            for e in f.entries {
                self.t.execute(
                    "INSERT OR IGNORE INTO feed_entry
                        (feed, entry, link, title, published, document, at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    params![
                        f.url,
                        e.id,
                        e.link,
                        e.title,
                        e.published,
                        e.document,
                        time(&e.at)?
                    ],
                )?;
            }
        }
        Ok(())
    }

    fn end(self) -> Result<Imported, Error> {
        let wrong = |reason: &str| Error::archive("its end", reason);
        let head = self.head.ok_or_else(|| wrong("it is empty"))?;
        if !self.ended || self.open.is_some() {
            return Err(wrong("it was cut off"));
        }
        if head.documents != self.taken {
            return Err(wrong("documents are missing"));
        }
        Ok(self.imported)
    }
}

/// A member's bytes, all of them.
fn bytes(path: &str, size: u64, from: &mut dyn Read) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    from.take(size)
        .read_to_end(&mut out)
        .map_err(|e| Error::archive(path, e))?;
    if out.len() as u64 != size {
        return Err(Error::archive(path, "it was cut off"));
    }
    Ok(out)
}

fn json<T: DeserializeOwned>(path: &str, size: u64, from: &mut dyn Read) -> Result<T, Error> {
    if size > MOST_JSON {
        return Err(Error::archive(path, "it is larger than any such member"));
    }
    serde_json::from_slice(&bytes(path, size, from)?).map_err(|e| Error::archive(path, e))
}

fn pretty<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    let mut out = serde_json::to_vec_pretty(value).map_err(|e| Error::unfit(e.to_string()))?;
    out.push(b'\n');
    Ok(out)
}

/// A plain file without owner and date, so that the same content gives the same bytes.
fn member<W: Write>(out: &mut tar::Builder<W>, path: &str, bytes: &[u8]) -> Result<(), Error> {
    let mut header = tar::Header::new_ustar();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_mtime(0);
    header.set_entry_type(tar::EntryType::Regular);
    Ok(out.append_data(&mut header, path, bytes)?)
}
