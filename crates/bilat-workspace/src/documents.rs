//! The documents: what there is, and each as it came.

use std::collections::BTreeMap;

use bilat_model::document::{Document, DocumentInfo, Sighting};
use bilat_model::{Pair, told_evidence};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use crate::add::newest;
use crate::error::{Error, Trouble};
use crate::judge;
use crate::pack;
use crate::reading::{Reading, date};
use crate::store::Workspace;

/// How the name of a document begins.
const PREFIX: &str = "doc:";

/// Which documents to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those that tell of a pair.
    pub pair: Option<Pair>,
    /// Those published on a day or later; of unknown date, those met then or later.
    pub since: Option<Date>,
    /// Also vintages that a later one has replaced.
    pub superseded: bool,
    /// Removed ones instead of the others.
    pub removed: bool,
}

impl Workspace {
    /// The documents that fit, newest first: by day of publication, else by when they were met.
    ///
    /// # Errors
    /// [`Error`] of the database.
    pub fn documents(&self, filter: &Filter) -> Result<Vec<DocumentInfo>, Error> {
        self.listed(filter).map_err(|e| e.at(&self.path))
    }

    fn listed(&self, filter: &Filter) -> Result<Vec<DocumentInfo>, Error> {
        let t = self.db.unchecked_transaction()?;
        let rows: Vec<i64> = t
            .prepare(
                "SELECT d.id FROM document d JOIN reading r ON r.document = d.id AND r.current = 1
                 WHERE d.removed = ?1 AND (?2 IS NULL OR EXISTS (
                    SELECT 1 FROM told WHERE told.reading = r.id AND told.pair = ?2))",
            )?
            .query_map(
                params![filter.removed, filter.pair.map(|p| p.to_string())],
                |r| r.get(0),
            )?
            .collect::<Result<_, _>>()?;
        let mut out = Vec::with_capacity(rows.len());
        for row in rows {
            let d = info(&t, row)?;
            let late = filter.since.is_none_or(|day| d.day() >= Some(day));
            if late && (filter.superseded || d.superseded_by.is_none()) {
                out.push(d);
            }
        }
        out.sort_by(|a, b| b.day().cmp(&a.day()).then(a.id.cmp(&b.id)));
        Ok(out)
    }

    /// One document, by its name, its hash, or the beginning of either.
    ///
    /// # Errors
    /// [`Error`]; also when there is none, or several.
    pub fn document(&self, id: &str) -> Result<DocumentInfo, Error> {
        let found = find(&self.db, id).and_then(|(row, _)| info(&self.db, row));
        found.map_err(|e| e.at(&self.path))
    }

    /// A document's bytes as they came. They are compared with their hash.
    ///
    /// # Errors
    /// [`Error`]; also when the bytes are not what they were.
    pub fn bytes(&self, id: &str) -> Result<Vec<u8>, Error> {
        let found = find(&self.db, id).and_then(|(row, _)| bytes_of(&self.db, row));
        found.map_err(|e| e.at(&self.path))
    }

    /// The text that a document's spans count in.
    ///
    /// # Errors
    /// [`Error`]; also when the bytes are not what they were.
    pub fn text(&self, id: &str) -> Result<String, Error> {
        let found = find(&self.db, id).and_then(|(row, _)| text_of(&self.db, row));
        found.map(|(_, text)| text).map_err(|e| e.at(&self.path))
    }

    /// A document as it was read, with its text, its parts, and where they stand in the bytes.
    ///
    /// # Errors
    /// [`Error`]; also when the bytes are not what they were.
    pub fn read(&self, id: &str) -> Result<Document, Error> {
        let found = find(&self.db, id).and_then(|(row, _)| whole(&self.db, row));
        found.map_err(|e| e.at(&self.path))
    }
}

/// The row and the 16 digits of a document by what a user types.
pub(crate) fn find(db: &Connection, id: &str) -> Result<(i64, String), Error> {
    let digits = id.strip_prefix(PREFIX).unwrap_or(id).to_ascii_lowercase();
    let proper = digits.len() >= 4 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    if !proper {
        return Err(Error::unknown("document", id));
    }
    let mut found: Vec<(i64, String)> = db
        .prepare("SELECT id, name FROM document WHERE substr(sha256, 1, length(?1)) = ?1 LIMIT 9")?
        .query_map([&digits], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<Result<_, _>>()?;
    match found.len() {
        0 => Err(Error::unknown("document", id)),
        1 => Ok(found.remove(0)),
        _ => Err(Trouble::Ambiguous {
            name: id.to_owned(),
            of: found.into_iter().map(|(_, n)| format!("doc:{n}")).collect(),
        }
        .into()),
    }
}

/// A document's row as information.
pub(crate) fn info(db: &Connection, row: i64) -> Result<DocumentInfo, Error> {
    let mut d = db
        .query_row(
            "SELECT d.name, d.sha256, d.size, d.media_type, d.url, d.removed, r.title, r.author,
            r.publisher, r.published, r.language, r.program
         FROM document d JOIN reading r ON r.document = d.id AND r.current = 1 WHERE d.id = ?1",
            [row],
            |r| {
                let published: Option<String> = r.get(9)?;
                let info = DocumentInfo {
                    id: r.get(0)?,
                    sha256: r.get(1)?,
                    bytes: r.get(2)?,
                    media_type: r.get(3)?,
                    url: r.get(4)?,
                    removed: r.get(5)?,
                    title: r.get(6)?,
                    author: r.get(7)?,
                    publisher: r.get(8)?,
                    published: None,
                    language: r.get(10)?,
                    program: r.get(11)?,
                    seen: Vec::new(),
                    vintage_of: None,
                    superseded_by: None,
                    origin: String::new(),
                    pairs: BTreeMap::new(),
                };
                Ok((info, published))
            },
        )
        .map_err(Error::from)
        .and_then(|(mut d, published)| {
            d.published = published.as_deref().map(date).transpose()?;
            Ok(d)
        })?;
    d.seen = db
        .prepare_cached(
            "SELECT at, place FROM sighting WHERE document = ?1 AND hidden = 0 ORDER BY at, place",
        )?
        .query_map([row], |r| {
            Ok(Sighting {
                at: r.get(0)?,
                from: r.get(1)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    vintages(db, row, &mut d)?;
    d.origin = named(&judge::origin(db, &d.id)?);
    d.pairs = pairs(db, row)?;
    d.id = named(&d.id);
    Ok(d)
}

fn named(digits: &str) -> String {
    format!("{PREFIX}{digits}")
}

/// Which states of the page were before, and which holds.
fn vintages(db: &Connection, row: i64, d: &mut DocumentInfo) -> Result<(), Error> {
    let Some(url) = &d.url else { return Ok(()) };
    if let Some((other, name)) = newest(db, url, None)?
        && other != row
    {
        d.superseded_by = Some(named(&name));
    }
    if let Some(first) = d.seen.first() {
        d.vintage_of = db
            .prepare_cached(
                "SELECT d.name FROM document d JOIN sighting s ON s.document = d.id
                 WHERE d.url = ?1 AND d.id <> ?2 AND d.removed = 0 AND s.hidden = 0
                   AND (s.at, d.id) < (?3, ?2)
                 ORDER BY s.at DESC, d.id DESC LIMIT 1",
            )?
            .query_row(params![url, row, first.at], |r| r.get::<_, String>(0))
            .optional()?
            .map(|n| named(&n));
    }
    Ok(())
}

fn pairs(db: &Connection, row: i64) -> Result<BTreeMap<Pair, usize>, Error> {
    let mut q = db.prepare_cached(
        "SELECT t.pair, count(e.id) FROM reading r JOIN told t ON t.reading = r.id
         LEFT JOIN evidence e ON e.reading = r.id AND e.pair = t.pair
         WHERE r.document = ?1 AND r.current = 1 GROUP BY t.pair",
    )?;
    let mut rows = q.query([row])?;
    let mut out = BTreeMap::new();
    while let Some(r) = rows.next()? {
        let pair: String = r.get(0)?;
        let pair = pair.parse().map_err(|e| Error::damaged(format!("{e}")))?;
        out.insert(pair, r.get(1)?);
    }
    Ok(out)
}

/// A document's bytes, compared with their hash.
pub(crate) fn bytes_of(db: &Connection, row: i64) -> Result<Vec<u8>, Error> {
    let (packed, size, sha256): (Vec<u8>, usize, String) = db.query_row(
        "SELECT packed, size, sha256 FROM document WHERE id = ?1",
        [row],
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
    )?;
    let bytes = pack::unpack(&packed, size)?;
    if pack::sha256(&bytes) != sha256 {
        return Err(Error::damaged(format!(
            "the bytes of doc:{} are not what they were",
            told_evidence::short(&sha256)
        )));
    }
    Ok(bytes)
}

/// Title and text of the current reading.
pub(crate) fn text_of(db: &Connection, row: i64) -> Result<(Option<String>, String), Error> {
    let (title, packed, size): (Option<String>, Option<Vec<u8>>, usize) = db.query_row(
        "SELECT title, text, text_size FROM reading WHERE document = ?1 AND current = 1",
        [row],
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
    )?;
    let text = match packed {
        Some(packed) => pack::unpack_text(&packed, size)?,
        None => String::from_utf8(bytes_of(db, row)?)
            .map_err(|_| Error::damaged("a document that is said to be text is none"))?,
    };
    Ok((title, text))
}

/// A document as it was read.
fn whole(db: &Connection, row: i64) -> Result<Document, Error> {
    let (sha256, bytes, media_type, encoding) = db.query_row(
        "SELECT sha256, size, media_type, encoding FROM document WHERE id = ?1",
        [row],
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)),
    )?;
    let sql = "SELECT id FROM reading WHERE document = ?1 AND current = 1";
    let reading = Reading::load(db, db.query_row(sql, [row], |r| r.get(0))?)?;
    let (_, text) = text_of(db, row)?;
    Ok(Document {
        sha256,
        bytes,
        media_type,
        encoding,
        meta: reading.meta,
        text,
        blocks: reading.blocks,
        origin: reading.origin,
    })
}
