//! What the documents say of a pair.

use std::collections::{BTreeMap, BTreeSet};

use bilat_model::document::DocumentInfo;
use bilat_model::evidence::{EventDetails, Statement};
use bilat_model::told::Extraction;
use bilat_model::{Evidence, EvidenceId, Pair, told_evidence};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use crate::add::newest;
use crate::documents::{find, info};
use crate::error::Error;
use crate::judge;
use crate::reading::load_told;
use crate::store::{Workspace, time};

/// What the documents say of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Each piece of evidence once; an event told several times is one, with the other tellings
    /// beside it. In the order of the documents, and within one of its text.
    pub items: Vec<Item>,
    /// The documents that hold now and tell of the pair, earliest first: by day of publication,
    /// else by when they were met.
    pub documents: Vec<DocumentInfo>,
}

/// A piece of evidence, with other tellings of the same event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The evidence. Of an event told several times, the most exact telling.
    pub evidence: Evidence,
    /// The document that tells it.
    pub document: String,
    /// Other tellings of the event.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Also>,
    /// How many origins stand behind the tellings: five echoes of one report are one.
    pub origins: usize,
}

/// Another telling of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Also {
    /// What it says.
    pub evidence: Evidence,
    /// The document that tells it.
    pub document: String,
}

impl Told {
    /// Every piece of evidence, other tellings included, as a flat list.
    #[must_use]
    pub fn flat(&self) -> Vec<Evidence> {
        let mut out = Vec::new();
        for item in &self.items {
            out.push(item.evidence.clone());
            out.extend(item.also.iter().map(|a| a.evidence.clone()));
        }
        out
    }
}

impl Workspace {
    /// What the documents say of a pair; with `until`, as it stood at a point in time: documents
    /// met later are left out, and of a page the vintage that held then is taken. Removed
    /// documents say nothing either way.
    ///
    /// # Errors
    /// [`Error`] of the database, or when `until` is no time.
    pub fn evidence(&self, pair: Pair, until: Option<&str>) -> Result<Told, Error> {
        self.told(pair, until).map_err(|e| e.at(&self.path))
    }

    fn told(&self, pair: Pair, until: Option<&str>) -> Result<Told, Error> {
        let until = until.map(time).transpose()?;
        let t = self.db.unchecked_transaction()?;
        let mut documents = Vec::new();
        for (row, reading) in holding(&t, pair, until.as_deref())? {
            documents.push((info(&t, row)?, reading));
        }
        let day = |d: &DocumentInfo| {
            let met = d.seen.first().map(|s| s.at.clone()).unwrap_or_default();
            d.published.map_or(met, |p| p.to_string())
        };
        documents.sort_by_cached_key(|(d, _)| (day(d), d.id.clone()));
        let mut all = Vec::new();
        for (n, (d, (reading, published, constraints))) in documents.iter().enumerate() {
            let told = load_told(&t, *reading, pair, published.clone(), constraints)?;
            let named = told_evidence::of(&d.sha256, &told);
            all.extend(named.into_iter().map(|e| (n, e)));
        }
        let documents: Vec<_> = documents.into_iter().map(|(d, _)| d).collect();
        let items = gather(&t, &documents, all)?;
        Ok(Told { items, documents })
    }

    /// What was read of one document, one extraction a pair.
    ///
    /// # Errors
    /// [`Error`]; also when there is no such document.
    pub fn extractions(&self, id: &str) -> Result<Vec<Extraction>, Error> {
        let read = (|| {
            let (row, _) = find(&self.db, id)?;
            let sql = "SELECT id FROM reading WHERE document = ?1 AND current = 1";
            let reading = self.db.query_row(sql, [row], |r| r.get(0))?;
            Ok(crate::reading::Reading::load(&self.db, reading)?.told)
        })();
        read.map_err(|e: Error| e.at(&self.path))
    }

    /// A piece of evidence by its name, with its document; also of documents that were removed or
    /// replaced by a later vintage, so that a published name stays good.
    ///
    /// # Errors
    /// [`Error`] of the database.
    pub fn by_id(&self, id: &EvidenceId) -> Result<Option<(Evidence, DocumentInfo)>, Error> {
        let sql = "SELECT d.sha256 FROM document d JOIN reading r ON r.document = d.id
                   JOIN evidence e ON e.reading = r.id WHERE e.name = ?1 AND r.current = 1";
        let row = self.db.query_row(sql, [&id.0], |r| r.get::<_, String>(0));
        let found = row.optional().map_err(|e| Error::from(e).at(&self.path))?;
        let Some(sha256) = found else {
            return Ok(None);
        };
        let told = self.extractions(&sha256)?;
        let mut all = told.iter().flat_map(|t| told_evidence::of(&sha256, t));
        let evidence = all.find(|e| e.id == *id);
        let document = self.document(&sha256)?;
        Ok(evidence.map(|e| (e, document)))
    }

    /// The pairs that documents tell of, with how many documents each.
    ///
    /// # Errors
    /// [`Error`] of the database.
    pub fn pairs(&self) -> Result<BTreeMap<Pair, usize>, Error> {
        let listed = (|| {
            let mut q = self.db.prepare(
                "SELECT t.pair, count(*) FROM told t JOIN reading r ON r.id = t.reading
                 JOIN document d ON d.id = r.document
                 WHERE r.current = 1 AND d.removed = 0 GROUP BY t.pair",
            )?;
            let mut rows = q.query([])?;
            let mut out = BTreeMap::new();
            while let Some(r) = rows.next()? {
                let pair: String = r.get(0)?;
                let pair = pair.parse().map_err(|e| Error::damaged(format!("{e}")))?;
                out.insert(pair, r.get(1)?);
            }
            Ok(out)
        })();
        listed.map_err(|e: Error| e.at(&self.path))
    }
}

/// A reading's number, the day of publication it went by, and its constraints.
type Header = (i64, Option<String>, String);

/// The documents that tell of a pair and hold: not removed, met, and the last vintage of their
/// page.
fn holding(db: &Connection, pair: Pair, until: Option<&str>) -> Result<Vec<(i64, Header)>, Error> {
    let mut q = db.prepare_cached(
        "SELECT d.id, d.url, r.id, t.published, t.constraints FROM told t
         JOIN reading r ON r.id = t.reading AND r.current = 1
         JOIN document d ON d.id = r.document AND d.removed = 0
         WHERE t.pair = ?1 AND EXISTS (SELECT 1 FROM sighting s
            WHERE s.document = d.id AND s.hidden = 0 AND (?2 IS NULL OR s.at <= ?2))
         ORDER BY d.id",
    )?;
    let mut rows = q.query(params![pair.to_string(), until])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let (row, url): (i64, Option<String>) = (r.get(0)?, r.get(1)?);
        let last = match url {
            Some(url) => newest(db, &url, until)?.is_none_or(|(n, _)| n == row),
            None => true,
        };
        if last {
            out.push((row, (r.get(2)?, r.get(3)?, r.get(4)?)));
        }
    }
    Ok(out)
}

/// Puts the tellings of one event together.
fn gather(
    db: &Connection,
    documents: &[DocumentInfo],
    all: Vec<(usize, Evidence)>,
) -> Result<Vec<Item>, Error> {
    let is_event = |e: &Evidence| matches!(e.statement, Statement::Event(_));
    let names = all.iter().filter(|(_, e)| is_event(e));
    let groups = judge::components(db, names.map(|(_, e)| e.id.0.as_str()))?;
    let mut group_of: BTreeMap<String, usize> = BTreeMap::new();
    for (n, group) in groups.into_iter().enumerate() {
        group_of.extend(group.into_iter().map(|name| (name, n)));
    }
    let mut items: Vec<Vec<(usize, Evidence)>> = Vec::new();
    let mut place: BTreeMap<usize, usize> = BTreeMap::new();
    for (n, e) in all {
        let group = group_of.get(&e.id.0).filter(|_| is_event(&e)).copied();
        match group.and_then(|g| place.get(&g)) {
            Some(at) => items[*at].push((n, e)),
            None => {
                if let Some(g) = group {
                    place.insert(g, items.len());
                }
                items.push(vec![(n, e)]);
            }
        }
    }
    Ok(items
        .into_iter()
        .filter_map(|g| item(documents, g))
        .collect())
}

fn item(documents: &[DocumentInfo], mut tellings: Vec<(usize, Evidence)>) -> Option<Item> {
    let origins: BTreeSet<_> = tellings
        .iter()
        .map(|(n, _)| &documents[*n].origin)
        .collect();
    let origins = origins.len();
    let best = (0..tellings.len()).min_by_key(|i| (vagueness(&tellings[*i].1), *i))?;
    let (n, evidence) = tellings.remove(best);
    Some(Item {
        evidence,
        document: documents[n].id.clone(),
        also: tellings
            .into_iter()
            .map(|(n, evidence)| Also {
                evidence,
                document: documents[n].id.clone(),
            })
            .collect(),
        origins,
    })
}

/// How little a telling says: plans after what happened, then by how many days its date leaves
/// open.
fn vagueness(e: &Evidence) -> (bool, i32) {
    let Statement::Event(event) = &e.statement else {
        return (false, 0);
    };
    let planned = matches!(&event.details, EventDetails::Told(t) if t.planned);
    let days = event
        .date
        .and_then(|d| d.first().until(d.last()).ok())
        .map_or(i32::MAX, |s| s.get_days());
    (planned, days)
}
