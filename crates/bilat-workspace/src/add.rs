//! Adding a document: one transaction from the bytes to the judgements.

use bilat_model::document::Document;
use bilat_model::told::Extraction;
use bilat_model::told_evidence;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::error::{Error, Trouble};
use crate::judge::{self, Judgement};
use crate::log::{Flag, Log};
use crate::pack::{self, MOST_BYTES};
use crate::reading::Reading;
use crate::store::{Workspace, time};

/// A document that has come in.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// Its bytes as they came.
    pub bytes: &'a [u8],
    /// What was read of them.
    pub document: &'a Document,
    /// Where they came from: a path or an address.
    pub from: &'a str,
    /// When, in RFC 3339.
    pub at: &'a str,
    /// The address of the page that this is a state of, when the caller knows it better than the
    /// document: documents with one address are vintages of one page. Without it the document's
    /// own canonical address is taken when its host is the one it came from, else `from` when that
    /// is an address; a file is a vintage of nothing.
    pub url: Option<&'a str>,
    /// The program that read it, with its version.
    pub program: &'a str,
}

/// What became of an arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was not known.
    New,
    /// It was known: only that it was met again is kept.
    Same,
    /// It is a new state of a page; the state before is kept beside it.
    Vintage {
        /// The document that it follows.
        of: String,
    },
    /// It was known and had been removed: it is back.
    Back,
}

/// The outcome of an addition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The document's name, `doc:` and 16 digits.
    pub id: String,
    /// What became of it.
    pub added: Added,
    /// Whether something else was read of a known document than before: the new reading now holds.
    pub reread: bool,
    /// How many figures, events and ties it tells.
    pub evidence: usize,
    /// What was judged on the way: one origin with another document, one event with another's.
    pub judgements: Vec<Judgement>,
}

impl Workspace {
    /// Adds a document with all that it tells, or nothing of it.
    ///
    /// # Errors
    /// [`Error`]; the workspace is then as it was.
    pub fn add(&mut self, arrival: &Arrival<'_>, told: &[Extraction]) -> Result<Receipt, Error> {
        self.added(arrival, told).map_err(|e| e.at(&self.path))
    }

    fn added(&mut self, arrival: &Arrival<'_>, told: &[Extraction]) -> Result<Receipt, Error> {
        let at = time(arrival.at)?;
        let reading = fitting(arrival, told)?;
        // Packing takes time that no other process should wait for.
        let packed = pack::pack(arrival.bytes)?;
        let command = self.command;
        let rules = judge::Rules::built_in()?;
        let t = self.write()?;
        let mut log = Log::begin(&t, command, "add", &at, &format!("doc:{}", name(arrival)))?;
        let known = known(&t, &arrival.document.sha256)?;
        let receipt = match known {
            Some(row) => again(&t, &mut log, arrival, &reading, row, &at)?,
            None => first(&t, &mut log, arrival, &reading, &packed, &at, &rules)?,
        };
        t.commit()?;
        Ok(receipt)
    }
}

fn name<'a>(arrival: &Arrival<'a>) -> &'a str {
    told_evidence::short(&arrival.document.sha256)
}

/// The reading, if bytes, document and evidence belong together.
fn fitting(arrival: &Arrival<'_>, told: &[Extraction]) -> Result<Reading, Error> {
    let document = arrival.document;
    for bytes in [arrival.bytes.len(), document.text.len()] {
        if bytes > MOST_BYTES {
            return Err(Trouble::TooLarge {
                bytes,
                limit: MOST_BYTES,
            }
            .into());
        }
    }
    let sha256 = pack::sha256(arrival.bytes);
    if sha256 != document.sha256 {
        return Err(Error::unfit(format!(
            "the bytes have SHA-256 {sha256}, the document says {}",
            document.sha256
        )));
    }
    Reading::of(arrival.bytes, document, told, arrival.program)
}

/// The row of a document and whether it is removed.
pub(crate) fn known(db: &Connection, sha256: &str) -> Result<Option<(i64, bool)>, Error> {
    let sql = "SELECT id, removed FROM document WHERE sha256 = ?1";
    Ok(db
        .query_row(sql, [sha256], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?)
}

/// A document that is known already.
fn again(
    t: &Transaction<'_>,
    log: &mut Log<'_>,
    arrival: &Arrival<'_>,
    reading: &Reading,
    (row, removed): (i64, bool),
    at: &str,
) -> Result<Receipt, Error> {
    see(t, log, row, arrival.from, at)?;
    if removed {
        log.set(Flag::Removed, row, false)?;
    }
    let reread = take_reading(t, log, arrival, reading, row, at)?;
    Ok(Receipt {
        id: format!("doc:{}", name(arrival)),
        added: if removed { Added::Back } else { Added::Same },
        reread,
        evidence: count(reading),
        judgements: Vec::new(),
    })
}

fn count(reading: &Reading) -> usize {
    let of = |t: &Extraction| t.figures.len() + t.events.len() + t.ties.len();
    reading.told.iter().map(of).sum()
}

/// Takes note of where and when a document was met.
fn see(
    t: &Transaction<'_>,
    log: &mut Log<'_>,
    row: i64,
    from: &str,
    at: &str,
) -> Result<(), Error> {
    let sql = "SELECT id, hidden FROM sighting WHERE document = ?1 AND place = ?2 AND at = ?3";
    let before: Option<(i64, bool)> = t
        .query_row(sql, params![row, from, at], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    match before {
        Some((_, false)) => Ok(()),
        Some((id, true)) => log.set(Flag::Hidden, id, false),
        None => {
            t.execute(
                "INSERT INTO sighting (document, place, at) VALUES (?1, ?2, ?3)",
                params![row, from, at],
            )?;
            log.made(Flag::Hidden, t.last_insert_rowid())
        }
    }
}

/// Makes a reading the current one; whether it is another than before.
fn take_reading(
    t: &Transaction<'_>,
    log: &mut Log<'_>,
    arrival: &Arrival<'_>,
    reading: &Reading,
    row: i64,
    at: &str,
) -> Result<bool, Error> {
    let digest = reading.digest()?;
    let sql = "SELECT id, current FROM reading WHERE document = ?1 AND digest = ?2";
    let before: Option<(i64, bool)> = t
        .query_row(sql, params![row, digest], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    if let Some((_, true)) = before {
        return Ok(false);
    }
    let sql = "SELECT id FROM reading WHERE document = ?1 AND current = 1";
    let current: Option<i64> = t.query_row(sql, [row], |r| r.get(0)).optional()?;
    if let Some(current) = current {
        log.set(Flag::Current, current, false)?;
    }
    let document = arrival.document;
    let id = match before {
        Some((id, _)) => id,
        None => reading.store(t, row, &document.sha256, (at, false), &document.text)?,
    };
    log.set(Flag::Current, id, true)?;
    index(t, row, document.meta.title.as_deref(), &document.text)?;
    Ok(true)
}

/// A document that is not known yet.
fn first(
    t: &Transaction<'_>,
    log: &mut Log<'_>,
    arrival: &Arrival<'_>,
    reading: &Reading,
    packed: &[u8],
    at: &str,
    rules: &judge::Rules,
) -> Result<Receipt, Error> {
    let document = arrival.document;
    let url = page(arrival);
    let before = match &url {
        Some(url) => newest(t, url, None)?,
        None => None,
    };
    let row = store(t, document, url.as_deref(), packed)?;
    log.made(Flag::Removed, row)?;
    see(t, log, row, arrival.from, at)?;
    reading.store(t, row, &document.sha256, (at, true), &document.text)?;
    index(t, row, document.meta.title.as_deref(), &document.text)?;
    let judgements = judge::arrived(t, log, rules, row, document, reading, at)?;
    Ok(Receipt {
        id: format!("doc:{}", name(arrival)),
        added: match before {
            Some((_, name)) => Added::Vintage {
                of: format!("doc:{name}"),
            },
            None => Added::New,
        },
        reread: false,
        evidence: count(reading),
        judgements,
    })
}

fn store(
    t: &Transaction<'_>,
    document: &Document,
    url: Option<&str>,
    packed: &[u8],
) -> Result<i64, Error> {
    t.execute(
        "INSERT INTO document (sha256, name, size, media_type, encoding, url, packed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            document.sha256,
            told_evidence::short(&document.sha256),
            document.bytes,
            document.media_type,
            document.encoding,
            url,
            packed
        ],
    )?;
    Ok(t.last_insert_rowid())
}

/// Puts the words of a text where searches find them, in place of earlier ones.
pub(crate) fn index(
    db: &Connection,
    document: i64,
    title: Option<&str>,
    text: &str,
) -> Result<(), Error> {
    db.execute("DELETE FROM words WHERE rowid = ?1", [document])?;
    db.execute(
        "INSERT INTO words (rowid, title, body) VALUES (?1, ?2, ?3)",
        params![document, title.unwrap_or_default(), text],
    )?;
    Ok(())
}

/// The address of the page that an arrival is a state of.
fn page(arrival: &Arrival<'_>) -> Option<String> {
    if let Some(url) = arrival.url {
        return plain(url);
    }
    let from = plain(arrival.from)?;
    // A page that claims to be another's would push that one's evidence aside.
    let own = arrival.document.meta.url.as_deref().and_then(plain);
    own.filter(|u| host(u) == host(&from)).or(Some(from))
}

/// A web address without its fragment, scheme and host in lower case; `None` for anything else.
fn plain(url: &str) -> Option<String> {
    let url = url.split('#').next().unwrap_or_default().trim();
    let (scheme, rest) = url.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "https" && scheme != "http" {
        return None;
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let path = if path.is_empty() { "/" } else { path };
    Some(format!("{scheme}://{}{path}", host.to_ascii_lowercase()))
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    rest.split('/').next().unwrap_or_default()
}

/// The state of a page that was met last, up to a point in time: row and name.
pub(crate) fn newest(
    db: &Connection,
    url: &str,
    until: Option<&str>,
) -> Result<Option<(i64, String)>, Error> {
    let mut q = db.prepare_cached(
        "SELECT d.id, d.name FROM document d JOIN sighting s ON s.document = d.id
         WHERE d.url = ?1 AND d.removed = 0 AND s.hidden = 0 AND (?2 IS NULL OR s.at <= ?2)
         ORDER BY s.at DESC, d.sha256 DESC LIMIT 1",
    )?;
    Ok(
        q.query_row(params![url, until], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()?,
    )
}
