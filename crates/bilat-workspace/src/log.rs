//! The log of operations: what was done, and how it is taken back.
//!
//! Operations change flags and add rows; nothing else. A row that an operation has added counts as
//! one whose flag it has turned from "away" to "there", so that undoing is setting flags back.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;

use crate::add::index;
use crate::documents::{find, text_of};
use crate::error::{Error, Trouble};
use crate::store::{Workspace, time};

/// A flag of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flag {
    /// A document is out of the way.
    Removed,
    /// A reading holds.
    Current,
    /// A sighting is taken back.
    Hidden,
    /// A judgement is taken back.
    Reversed,
}

impl Flag {
    fn code(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Current => "current",
            Self::Hidden => "hidden",
            Self::Reversed => "reversed",
        }
    }

    fn of(code: &str) -> Option<Self> {
        let all = [Self::Removed, Self::Current, Self::Hidden, Self::Reversed];
        all.into_iter().find(|f| f.code() == code)
    }

    fn read(self) -> &'static str {
        match self {
            Self::Removed => "SELECT removed FROM document WHERE id = ?1",
            Self::Current => "SELECT current FROM reading WHERE id = ?1",
            Self::Hidden => "SELECT hidden FROM sighting WHERE id = ?1",
            Self::Reversed => "SELECT reversed FROM judgement WHERE id = ?1",
        }
    }

    fn write(self) -> &'static str {
        match self {
            Self::Removed => "UPDATE document SET removed = ?2 WHERE id = ?1",
            Self::Current => "UPDATE reading SET current = ?2 WHERE id = ?1",
            Self::Hidden => "UPDATE sighting SET hidden = ?2 WHERE id = ?1",
            Self::Reversed => "UPDATE judgement SET reversed = ?2 WHERE id = ?1",
        }
    }
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Operation {
    /// Its number; later ones have higher numbers.
    pub id: i64,
    /// The command that it belongs to: what one command did is undone at once.
    pub command: i64,
    /// `add`, `remove`, `restore`, `judge`, `reverse` or `import`.
    pub kind: String,
    /// When.
    pub at: String,
    /// On what.
    pub what: String,
    /// Whether it was taken back.
    pub undone: bool,
}

/// An operation in the making.
pub(crate) struct Log<'t> {
    db: &'t Connection,
    id: i64,
    n: i64,
}

impl<'t> Log<'t> {
    pub(crate) fn begin(
        t: &'t Transaction<'_>,
        command: Option<i64>,
        kind: &str,
        at: &str,
        what: &str,
    ) -> Result<Self, Error> {
        let command = command.map_or_else(|| new_command(t), Ok)?;
        t.execute(
            "INSERT INTO operation (command, kind, at, what) VALUES (?1, ?2, ?3, ?4)",
            params![command, kind, at, what],
        )?;
        Ok(Self {
            db: t,
            id: t.last_insert_rowid(),
            n: 0,
        })
    }

    /// Sets a flag and notes how it was.
    pub(crate) fn set(&mut self, flag: Flag, row: i64, to: bool) -> Result<(), Error> {
        let was: bool = self.db.query_row(flag.read(), [row], |r| r.get(0))?;
        if was != to {
            self.db.execute(flag.write(), params![row, to])?;
            self.note(flag, row, was)?;
        }
        Ok(())
    }

    /// Notes that a row was made; undoing puts it away.
    pub(crate) fn made(&mut self, flag: Flag, row: i64) -> Result<(), Error> {
        self.note(flag, row, flag != Flag::Current)
    }

    fn note(&mut self, flag: Flag, row: i64, was: bool) -> Result<(), Error> {
        self.n += 1;
        self.db.execute(
            "INSERT INTO change (operation, n, flag, row, was) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![self.id, self.n, flag.code(), row, was],
        )?;
        Ok(())
    }
}

impl Workspace {
    /// What follows belongs to one command, and is undone at once, until
    /// [`Workspace::end_command`].
    ///
    /// # Errors
    /// [`Error`] of the database.
    pub fn begin_command(&mut self) -> Result<(), Error> {
        let next = new_command(&self.db).map_err(|e| e.at(&self.path))?;
        self.command = Some(next);
        Ok(())
    }

    /// Each operation is a command of its own again.
    pub fn end_command(&mut self) {
        self.command = None;
    }

    /// Takes a document out of the way: it tells nothing and is not found, until it is restored.
    ///
    /// # Errors
    /// [`Error`]; also when there is no such document.
    pub fn remove(&mut self, id: &str, at: &str) -> Result<String, Error> {
        self.flag_document(id, at, "remove", true)
            .map_err(|e| e.at(&self.path))
    }

    /// Brings a removed document back.
    ///
    /// # Errors
    /// [`Error`]; also when there is no such document.
    pub fn restore(&mut self, id: &str, at: &str) -> Result<String, Error> {
        self.flag_document(id, at, "restore", false)
            .map_err(|e| e.at(&self.path))
    }

    fn flag_document(&mut self, id: &str, at: &str, kind: &str, to: bool) -> Result<String, Error> {
        let at = time(at)?;
        let command = self.command;
        let t = self.write()?;
        let (row, name) = find(&t, id)?;
        let name = format!("doc:{name}");
        let mut log = Log::begin(&t, command, kind, &at, &name)?;
        log.set(Flag::Removed, row, to)?;
        t.commit()?;
        Ok(name)
    }

    /// Takes back what the last command did that has not been taken back. Returns its operations,
    /// the last first.
    ///
    /// # Errors
    /// [`Trouble::NothingToUndo`], or [`Error`] of the database.
    pub fn undo(&mut self) -> Result<Vec<Operation>, Error> {
        self.undone().map_err(|e| e.at(&self.path))
    }

    fn undone(&mut self) -> Result<Vec<Operation>, Error> {
        let t = self.write()?;
        let last: Option<i64> = t
            .query_row(
                "SELECT command FROM operation WHERE undone = 0 ORDER BY id DESC LIMIT 1",
                [],
                |r| r.get(0),
            )
            .optional()?;
        let command = last.ok_or(Trouble::NothingToUndo)?;
        let sql = "SELECT id, command, kind, at, what, undone FROM operation
                   WHERE command = ?1 AND undone = 0 ORDER BY id DESC";
        let undone: Vec<Operation> = t
            .prepare(sql)?
            .query_map([command], operation)?
            .collect::<Result<_, _>>()?;
        for o in &undone {
            take_back(&t, o.id)?;
        }
        t.execute(
            "UPDATE operation SET undone = 1 WHERE command = ?1",
            [command],
        )?;
        t.commit()?;
        Ok(undone)
    }

    /// What was done, the last first, at most so many.
    ///
    /// # Errors
    /// [`Error`] of the database.
    pub fn operations(&self, most: usize) -> Result<Vec<Operation>, Error> {
        let sql = "SELECT id, command, kind, at, what, undone FROM operation
                   ORDER BY id DESC LIMIT ?1";
        let all = (|| {
            let mut q = self.db.prepare(sql)?;
            q.query_map([i64::try_from(most).unwrap_or(i64::MAX)], operation)?
                .collect::<Result<_, _>>()
        })();
        all.map_err(|e| Error::from(e).at(&self.path))
    }

    /// Deletes removed documents for good, with their evidence and judgements. This alone cannot
    /// be undone. Returns how many there were.
    ///
    /// # Errors
    /// [`Error`]; the workspace is then as it was.
    pub fn purge(&mut self) -> Result<usize, Error> {
        self.purged().map_err(|e| e.at(&self.path))
    }

    fn purged(&mut self) -> Result<usize, Error> {
        // Freed pages are overwritten, so that what was purged cannot be read from the file.
        self.db
            .pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
        let t = self.write()?;
        t.execute_batch(
            "DELETE FROM judgement WHERE kind = 'event' AND EXISTS (
                SELECT 1 FROM evidence e JOIN reading r ON r.id = e.reading
                JOIN document d ON d.id = r.document
                WHERE d.removed = 1 AND e.name IN (judgement.\"left\", judgement.\"right\"));
             DELETE FROM judgement WHERE kind = 'origin' AND EXISTS (
                SELECT 1 FROM document d
                WHERE d.removed = 1 AND d.name IN (judgement.\"left\", judgement.\"right\"));
             DELETE FROM words WHERE rowid IN (SELECT id FROM document WHERE removed = 1);
             UPDATE feed_entry SET document = NULL
                WHERE document IN (SELECT sha256 FROM document WHERE removed = 1);
             INSERT INTO words (words) VALUES ('optimize');",
        )?;
        let n = t.execute("DELETE FROM document WHERE removed = 1", [])?;
        t.execute(
            "DELETE FROM change WHERE flag = 'removed'
             AND row NOT IN (SELECT id FROM document)",
            [],
        )?;
        t.commit()?;
        self.db.execute_batch("VACUUM")?;
        self.db
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(n)
    }
}

/// A number that no other command has.
fn new_command(db: &Connection) -> Result<i64, Error> {
    db.execute("INSERT INTO command DEFAULT VALUES", [])?;
    Ok(db.last_insert_rowid())
}

fn operation(r: &rusqlite::Row<'_>) -> rusqlite::Result<Operation> {
    Ok(Operation {
        id: r.get(0)?,
        command: r.get(1)?,
        kind: r.get(2)?,
        at: r.get(3)?,
        what: r.get(4)?,
        undone: r.get(5)?,
    })
}

/// Sets the flags of an operation back, the last first.
fn take_back(t: &Transaction<'_>, operation: i64) -> Result<(), Error> {
    let changes: Vec<(String, i64, bool)> = t
        .prepare("SELECT flag, row, was FROM change WHERE operation = ?1 ORDER BY n DESC")?
        .query_map([operation], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (code, row, was) in changes {
        let flag = Flag::of(&code)
            .ok_or_else(|| Error::damaged(format!("the log speaks of a flag “{code}”")))?;
        // A row that was purged since is gone: nothing to set.
        t.execute(flag.write(), params![row, was])?;
        if flag == Flag::Current && was {
            let sql = "SELECT document FROM reading WHERE id = ?1";
            let document: Option<i64> = t.query_row(sql, [row], |r| r.get(0)).optional()?;
            if let Some(document) = document {
                let (title, text) = text_of(t, document)?;
                index(t, document, title.as_deref(), &text)?;
            }
        }
    }
    Ok(())
}
