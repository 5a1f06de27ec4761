//! What an archive's members hold, and how it is brought out of the workspace.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::judge::{Judge, JudgementKind};
use crate::reading::Reading;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) form: String,
    pub(super) version: u32,
    pub(super) documents: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentRecord {
    pub(super) sha256: String,
    pub(super) bytes: usize,
    pub(super) media_type: String,
    pub(super) encoding: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) url: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub(super) removed: bool,
    pub(super) seen: Vec<SightingRecord>,
    pub(super) readings: Vec<ReadingRecord>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SightingRecord {
    pub(super) at: String,
    pub(super) from: String,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub(super) hidden: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadingRecord {
    pub(super) at: String,
    pub(super) current: bool,
    pub(super) reading: Reading,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JudgementRecord {
    pub(super) kind: JudgementKind,
    pub(super) left: String,
    pub(super) right: String,
    pub(super) reason: String,
    pub(super) score: u64,
    pub(super) judge: Judge,
    pub(super) at: String,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub(super) reversed: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FeedRecord {
    pub(super) url: String,
    pub(super) title: Option<String>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) fetched: String,
    pub(super) entries: Vec<EntryRecord>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryRecord {
    pub(super) id: String,
    pub(super) link: Option<String>,
    pub(super) title: Option<String>,
    pub(super) published: Option<String>,
    pub(super) document: Option<String>,
    pub(super) at: String,
}

pub(super) fn record(db: &Connection, row: i64) -> Result<DocumentRecord, Error> {
    let mut d = db.query_row(
        "SELECT sha256, size, media_type, encoding, url, removed FROM document WHERE id = ?1",
        [row],
        |r| {
            Ok(DocumentRecord {
                sha256: r.get(0)?,
                bytes: r.get(1)?,
                media_type: r.get(2)?,
                encoding: r.get(3)?,
                url: r.get(4)?,
                removed: r.get(5)?,
                seen: Vec::new(),
                readings: Vec::new(),
            })
        },
    )?;
    let sql = "SELECT at, place, hidden FROM sighting WHERE document = ?1 ORDER BY at, place";
    d.seen = db
        .prepare_cached(sql)?
        .query_map([row], |r| {
            Ok(SightingRecord {
                at: r.get(0)?,
                from: r.get(1)?,
                hidden: r.get(2)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    let sql = "SELECT id, at, current FROM reading WHERE document = ?1 ORDER BY digest";
    let readings: Vec<(i64, String, bool)> = db
        .prepare_cached(sql)?
        .query_map([row], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (id, at, current) in readings {
        d.readings.push(ReadingRecord {
            at,
            current,
            reading: Reading::load(db, id)?,
        });
    }
    Ok(d)
}

pub(super) fn judgements(db: &Connection) -> Result<Vec<JudgementRecord>, Error> {
    let sql = "SELECT kind, \"left\", \"right\", reason, score, judge, at, reversed FROM judgement
               ORDER BY kind, \"left\", \"right\"";
    let mut q = db.prepare(sql)?;
    let rows = q.query_map([], |r| {
        let (kind, judge): (String, String) = (r.get(0)?, r.get(5)?);
        Ok(JudgementRecord {
            kind: match kind.as_str() {
                "origin" => JudgementKind::Origin,
                _ => JudgementKind::Event,
            },
            left: r.get(1)?,
            right: r.get(2)?,
            reason: r.get(3)?,
            score: r.get(4)?,
            judge: match judge.as_str() {
                "user" => Judge::User,
                _ => Judge::Rule,
            },
            at: r.get(6)?,
            reversed: r.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn feeds(db: &Connection) -> Result<Vec<FeedRecord>, Error> {
    let sql = "SELECT url, title, etag, last_modified, fetched FROM feed ORDER BY url";
    let mut all: Vec<FeedRecord> = db
        .prepare(sql)?
        .query_map([], |r| {
            Ok(FeedRecord {
                url: r.get(0)?,
                title: r.get(1)?,
                etag: r.get(2)?,
                last_modified: r.get(3)?,
                fetched: r.get(4)?,
                entries: Vec::new(),
            })
        })?
        .collect::<Result<_, _>>()?;
    let sql = "SELECT entry, link, title, published, document, at FROM feed_entry
               WHERE feed = ?1 ORDER BY entry";
    for f in &mut all {
        f.entries = db
            .prepare_cached(sql)?
            .query_map([&f.url], |r| {
                Ok(EntryRecord {
                    id: r.get(0)?,
                    link: r.get(1)?,
                    title: r.get(2)?,
                    published: r.get(3)?,
                    document: r.get(4)?,
                    at: r.get(5)?,
                })
            })?
            .collect::<Result<_, _>>()?;
    }
    Ok(all)
}
