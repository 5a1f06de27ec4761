//! Judgements: which documents have one origin, and which tellings are of one event.
//!
//! A judgement joins two names and gives its reason. It deletes nothing, and it is taken back by
//! a flag. A judgement that was taken back is not made by rule again.

use std::collections::{BTreeMap, BTreeSet};

use bilat_model::document::Document;
use bilat_model::told;
use bilat_model::told_evidence;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::documents::{find, text_of};
use crate::error::Error;
use crate::log::{Flag, Log};
use crate::origin::{Fingerprint, OriginRules};
use crate::reading::{Reading, parsed};
use crate::same_event::{EventRules, SameEvent};
use crate::store::{Workspace, time};

/// How many documents that have one run of words are considered; what more have is common speech.
const MOST_PER_RUN: i64 = 64;

/// How many documents a new one is compared with.
const MOST_COMPARED: usize = 32;

/// How many events of one pair and kind a new one is compared with.
const MOST_EVENTS: i64 = 5000;

/// What is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JudgementKind {
    /// Two documents have one origin.
    Origin,
    /// Two tellings are of one event.
    Event,
}

impl JudgementKind {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::Event => "event",
        }
    }
}

/// Who judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Judge {
    /// A rule of the program.
    Rule,
    /// The user.
    User,
}

impl Judge {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::User => "user",
        }
    }
}

/// That two are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// Its number in this workspace.
    pub id: i64,
    /// What is judged.
    pub kind: JudgementKind,
    /// The one that was there first: a document (`doc:…`) or an event by its evidence's name.
    pub left: String,
    /// The other.
    pub right: String,
    /// Why, in words.
    pub reason: String,
    /// How sure, per mille.
    pub score: u64,
    /// Who judged.
    pub judge: Judge,
    /// When.
    pub at: String,
    /// Whether it was taken back.
    pub reversed: bool,
}

/// The rules by which is judged.
pub(crate) struct Rules {
    pub(crate) origins: OriginRules,
    events: EventRules,
}

impl Rules {
    /// Those of this program. They are read when something comes in and not at each opening.
    pub(crate) fn built_in() -> Result<Self, Error> {
        Ok(Self {
            origins: OriginRules::built_in()?,
            events: EventRules::built_in()?,
        })
    }
}

/// A judgement to be written.
struct Draft<'a> {
    kind: JudgementKind,
    left: &'a str,
    right: &'a str,
    reason: &'a str,
    score: u64,
    judge: Judge,
}

impl Workspace {
    /// All judgements, in the order in which they were made.
    ///
    /// # Errors
    /// [`Error`] of the database.
    pub fn judgements(&self) -> Result<Vec<Judgement>, Error> {
        let all = (|| {
            let sql = format!("{SELECT} ORDER BY id");
            let mut q = self.db.prepare(&sql)?;
            q.query_map([], judgement)?.collect::<Result<_, _>>()
        })();
        all.map_err(|e| Error::from(e).at(&self.path))
    }

    /// Judges two documents to have one origin, or two events to be one, by the user's word.
    ///
    /// # Errors
    /// [`Error`]; also when a name is unknown or both are the same.
    pub fn judge(
        &mut self,
        kind: JudgementKind,
        left: &str,
        right: &str,
        reason: &str,
        at: &str,
    ) -> Result<Judgement, Error> {
        let path = self.path.clone();
        self.judged(kind, (left, right), reason, at)
            .map_err(|e| e.at(&path))
    }

    fn judged(
        &mut self,
        kind: JudgementKind,
        (left, right): (&str, &str),
        reason: &str,
        at: &str,
    ) -> Result<Judgement, Error> {
        let at = time(at)?;
        let command = self.command;
        let t = self.write()?;
        let (left, right) = (subject(&t, kind, left)?, subject(&t, kind, right)?);
        if left == right {
            return Err(Error::unfit(format!("{left} is one with itself")));
        }
        let what = format!("{} {left} {right}", kind.code());
        let mut log = Log::begin(&t, command, "judge", &at, &what)?;
        let draft = Draft {
            kind,
            left: &left,
            right: &right,
            reason,
            score: 1000,
            judge: Judge::User,
        };
        let id = write(&t, &mut log, &draft, &at)?;
        let made = t.query_row(&format!("{SELECT} WHERE id = ?1"), [id], judgement)?;
        t.commit()?;
        Ok(made)
    }

    /// Takes a judgement back: what it joined stands apart again.
    ///
    /// # Errors
    /// [`Error`]; also when there is no such judgement.
    pub fn reverse(&mut self, judgement: i64, at: &str) -> Result<(), Error> {
        let path = self.path.clone();
        self.reversed(judgement, at).map_err(|e| e.at(&path))
    }

    fn reversed(&mut self, judgement: i64, at: &str) -> Result<(), Error> {
        let at = time(at)?;
        let command = self.command;
        let t = self.write()?;
        let sql = "SELECT count(*) FROM judgement WHERE id = ?1";
        if t.query_row(sql, [judgement], |r| r.get::<_, i64>(0))? == 0 {
            return Err(Error::unknown("judgement", &judgement.to_string()));
        }
        let mut log = Log::begin(
            &t,
            command,
            "reverse",
            &at,
            &format!("judgement {judgement}"),
        )?;
        log.set(Flag::Reversed, judgement, true)?;
        t.commit()?;
        Ok(())
    }
}

const SELECT: &str =
    "SELECT id, kind, \"left\", \"right\", reason, score, judge, at, reversed FROM judgement";

fn judgement(r: &rusqlite::Row<'_>) -> rusqlite::Result<Judgement> {
    let kind = match r.get_ref(1)?.as_str()? {
        "origin" => JudgementKind::Origin,
        _ => JudgementKind::Event,
    };
    let judge = match r.get_ref(6)?.as_str()? {
        "user" => Judge::User,
        _ => Judge::Rule,
    };
    let name = |i: usize| -> rusqlite::Result<String> {
        let name: String = r.get(i)?;
        Ok(match kind {
            JudgementKind::Origin => format!("doc:{name}"),
            JudgementKind::Event => name,
        })
    };
    Ok(Judgement {
        id: r.get(0)?,
        kind,
        left: name(2)?,
        right: name(3)?,
        reason: r.get(4)?,
        score: r.get(5)?,
        judge,
        at: r.get(7)?,
        reversed: r.get(8)?,
    })
}

/// The stored name of what a user names.
fn subject(db: &Connection, kind: JudgementKind, name: &str) -> Result<String, Error> {
    match kind {
        JudgementKind::Origin => Ok(find(db, name)?.1),
        JudgementKind::Event => {
            let sql = "SELECT name FROM evidence WHERE name = ?1 AND type = 'event' LIMIT 1";
            let found = db.query_row(sql, [name], |r| r.get(0)).optional()?;
            found.ok_or_else(|| Error::unknown("event", name))
        }
    }
}

/// Writes a judgement, or makes an earlier one of the same two hold again.
fn write(t: &Connection, log: &mut Log<'_>, draft: &Draft<'_>, at: &str) -> Result<i64, Error> {
    if let Some(id) = between(t, draft.kind, draft.left, draft.right)? {
        log.set(Flag::Reversed, id, false)?;
        return Ok(id);
    }
    t.execute(
        "INSERT INTO judgement (kind, \"left\", \"right\", reason, score, judge, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            draft.kind.code(),
            draft.left,
            draft.right,
            draft.reason,
            draft.score,
            draft.judge.code(),
            at
        ],
    )?;
    let id = t.last_insert_rowid();
    log.made(Flag::Reversed, id)?;
    Ok(id)
}

/// The judgement between two names, whichever stands left.
pub(crate) fn between(
    t: &Connection,
    kind: JudgementKind,
    x: &str,
    y: &str,
) -> Result<Option<i64>, Error> {
    let sql = "SELECT id FROM judgement WHERE kind = ?1
               AND ((\"left\" = ?2 AND \"right\" = ?3) OR (\"left\" = ?3 AND \"right\" = ?2))";
    let row = t.query_row(sql, params![kind.code(), x, y], |r| r.get(0));
    Ok(row.optional()?)
}

/// Judges a document that has just come in.
pub(crate) fn arrived(
    t: &Transaction<'_>,
    log: &mut Log<'_>,
    rules: &Rules,
    row: i64,
    document: &Document,
    reading: &Reading,
    at: &str,
) -> Result<Vec<Judgement>, Error> {
    let mut made = Vec::new();
    let print = rules.origins.fingerprint(&document.text, &document.blocks);
    let samples = rules.origins.sample(&print);
    let name = told_evidence::short(&document.sha256);
    if let Some((left, reason, score)) = origin_of(t, &rules.origins, &print, &samples)? {
        let draft = Draft {
            kind: JudgementKind::Origin,
            left: &left,
            right: name,
            reason: &reason,
            score,
            judge: Judge::Rule,
        };
        made.push(write(t, log, &draft, at)?);
    }
    let mut keep = t.prepare_cached("INSERT INTO shingle (hash, document) VALUES (?1, ?2)")?;
    for hash in samples {
        // The same 64 bits; the database's integers have a sign.
        keep.execute(params![hash.cast_signed(), row])?;
    }
    for (right, event) in events_of(&document.sha256, reading) {
        if let Some((left, same)) = event_of(t, &rules.events, row, &right, &event)? {
            let draft = Draft {
                kind: JudgementKind::Event,
                left: &left,
                right: &right,
                reason: &same.reason,
                score: same.score,
                judge: Judge::Rule,
            };
            made.push(write(t, log, &draft, at)?);
        }
    }
    let sql = format!("{SELECT} WHERE id = ?1");
    made.into_iter()
        .map(|id| Ok(t.query_row(&sql, [id], judgement)?))
        .collect()
}

/// The document of the same origin that is most like a text: name, reason, score.
fn origin_of(
    t: &Connection,
    rules: &OriginRules,
    print: &Fingerprint,
    samples: &[u64],
) -> Result<Option<(String, String, u64)>, Error> {
    let mut hits: BTreeMap<i64, usize> = BTreeMap::new();
    let mut q = t.prepare_cached(
        "SELECT s.document FROM shingle s JOIN document d ON d.id = s.document
         WHERE s.hash = ?1 AND d.removed = 0 ORDER BY s.document LIMIT ?2",
    )?;
    for hash in samples {
        let mut rows = q.query(params![hash.cast_signed(), MOST_PER_RUN])?;
        while let Some(r) = rows.next()? {
            *hits.entry(r.get(0)?).or_default() += 1;
        }
    }
    let mut hits: Vec<_> = hits.into_iter().collect();
    hits.sort_by_key(|(row, n)| (std::cmp::Reverse(*n), *row));
    let mut best: Option<(i64, String, u64)> = None;
    for (row, _) in hits.into_iter().take(MOST_COMPARED) {
        let (_, text) = text_of(t, row)?;
        let sql = "SELECT blocks FROM reading WHERE document = ?1 AND current = 1";
        let blocks: String = t.query_row(sql, [row], |r| r.get(0))?;
        let other = rules.fingerprint(&text, &parsed::<Vec<_>>(&blocks)?);
        if let Some(one) = rules.one_origin(&other, print)
            && best.as_ref().is_none_or(|(_, _, score)| one.score > *score)
        {
            best = Some((row, one.reason, one.score));
        }
    }
    let Some((row, reason, score)) = best else {
        return Ok(None);
    };
    let sql = "SELECT name FROM document WHERE id = ?1";
    let name = t.query_row(sql, [row], |r| r.get(0))?;
    Ok(Some((name, reason, score)))
}

/// The events of a reading with the names of their evidence.
fn events_of(sha256: &str, reading: &Reading) -> Vec<(String, told::Event)> {
    let mut out = Vec::new();
    for told in &reading.told {
        let events = told_evidence::of(sha256, told)
            .into_iter()
            .skip(told.figures.len())
            .zip(&told.events);
        out.extend(events.map(|(e, event)| (e.id.0, event.clone())));
    }
    out
}

/// The known event that a new telling is of, when exactly one is possible. A vague telling that
/// fits two events joins neither.
fn event_of(
    t: &Connection,
    rules: &EventRules,
    document: i64,
    name: &str,
    event: &told::Event,
) -> Result<Option<(String, SameEvent)>, Error> {
    let pair = name.split(':').next().unwrap_or_default();
    let known = known_events(t, document, pair, event.kind.code())?;
    let groups = components(t, known.keys().map(String::as_str))?;
    let mut fits = Vec::new();
    for group in groups {
        let tellings: Vec<_> = group
            .iter()
            .filter_map(|n| known.get_key_value(n))
            .collect();
        let same: Option<Vec<_>> = tellings
            .iter()
            .map(|(n, e)| Some(((*n).clone(), rules.same_event(e, event)?)))
            .collect();
        if let Some(best) = same.and_then(|s| s.into_iter().max_by_key(|(_, s)| s.score)) {
            fits.push(best);
        }
    }
    let surest = fits.iter().map(|(_, s)| s.score).max();
    fits.retain(|(_, s)| Some(s.score) == surest);
    let one = if fits.len() == 1 { fits.pop() } else { None };
    match one {
        // Taken back by somebody: not for a rule to say again.
        Some((left, _)) if between(t, JudgementKind::Event, &left, name)?.is_some() => Ok(None),
        other => Ok(other),
    }
}

/// The events of one pair and kind in other documents, by name.
fn known_events(
    t: &Connection,
    document: i64,
    pair: &str,
    kind: &str,
) -> Result<BTreeMap<String, told::Event>, Error> {
    let mut q = t.prepare_cached(
        "SELECT e.name, e.original FROM evidence e JOIN reading r ON r.id = e.reading
         JOIN document d ON d.id = r.document
         WHERE e.pair = ?1 AND e.type = 'event' AND e.kind = ?2 AND r.current = 1
           AND d.removed = 0 AND d.id <> ?3 ORDER BY e.id DESC LIMIT ?4",
    )?;
    let mut rows = q.query(params![pair, kind, document, MOST_EVENTS])?;
    let mut out = BTreeMap::new();
    while let Some(r) = rows.next()? {
        let original: String = r.get(1)?;
        out.insert(r.get(0)?, parsed(&original)?);
    }
    Ok(out)
}

/// The names, put together as the judgements on events say.
pub(crate) fn components<'a>(
    db: &Connection,
    names: impl Iterator<Item = &'a str>,
) -> Result<Vec<BTreeSet<String>>, Error> {
    let all: BTreeSet<&str> = names.collect();
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for name in &all {
        if seen.contains(*name) {
            continue;
        }
        let mut group = group_of(db, JudgementKind::Event, name)?;
        seen.extend(group.iter().cloned());
        group.retain(|n| all.contains(n.as_str()));
        out.push(group);
    }
    Ok(out)
}

/// All names that judgements put together with one, itself included.
fn group_of(db: &Connection, kind: JudgementKind, name: &str) -> Result<BTreeSet<String>, Error> {
    let mut q = db.prepare_cached(
        "WITH RECURSIVE g (name) AS (
            VALUES (?2)
            UNION SELECT j.\"right\" FROM g JOIN judgement j
                ON j.kind = ?1 AND j.\"left\" = g.name AND j.reversed = 0
            UNION SELECT j.\"left\" FROM g JOIN judgement j
                ON j.kind = ?1 AND j.\"right\" = g.name AND j.reversed = 0)
         SELECT name FROM g",
    )?;
    let rows = q.query_map(params![kind.code(), name], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The document that was met first among those of one origin, by its digits. Removed ones do not
/// count.
pub(crate) fn origin(db: &Connection, name: &str) -> Result<String, Error> {
    let group = group_of(db, JudgementKind::Origin, name)?;
    if group.len() == 1 {
        return Ok(name.to_owned());
    }
    let mut q = db.prepare_cached(
        "SELECT min(s.at) FROM document d JOIN sighting s ON s.document = d.id
         WHERE d.name = ?1 AND s.hidden = 0 AND (d.removed = 0 OR d.name = ?2)",
    )?;
    let mut first: Option<(String, String)> = None;
    for member in group {
        let met: Option<String> = q.query_row(params![member, name], |r| r.get(0))?;
        let candidate = met.map(|at| (at, member));
        if candidate.is_some() && (first.is_none() || candidate < first) {
            first = candidate;
        }
    }
    Ok(first.map_or_else(|| name.to_owned(), |(_, n)| n))
}
