//! The file: opening, creating, migrating, refusing.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::error::{Error, Trouble};

/// Marks the file as a workspace: the letters `bila`.
const APPLICATION: i64 = 0x6269_6c61;

/// How long to wait for another process that writes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Files up to this size are checked page by page whenever they are opened for writing; larger
/// ones by [`Workspace::verify`] alone, since the check takes as long as reading them.
const CHECKED_AT_OPENING: u64 = 32 << 20;

/// The schema, one step after the other; the number of steps taken is the file's version.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_documents.sql"),
    include_str!("../migrations/0002_feeds.sql"),
];

/// What a workspace is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Reading alone: the file must be there, and is neither created nor migrated.
    Read,
    /// Reading and writing: the file is created when it is missing, and migrated when it is old.
    Write,
}

/// The user's documents and their evidence.
pub struct Workspace {
    pub(crate) path: PathBuf,
    pub(crate) db: Connection,
    pub(crate) command: Option<i64>,
}

impl std::fmt::Debug for Workspace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Workspace({})", self.path.display())
    }
}

impl Workspace {
    /// Opens a workspace.
    ///
    /// A file that is not a workspace, was written by a later program or is damaged is refused and
    /// left as it is. Before an old file is migrated it is copied beside itself, as
    /// `NAME.schema-N`.
    ///
    /// # Errors
    /// [`Error`], with what to do.
    pub fn open(path: &Path, mode: Mode) -> Result<Self, Error> {
        Self::opened(path, mode, MIGRATIONS).map_err(|e| e.at(path))
    }

    fn opened(path: &Path, mode: Mode, migrations: &[&str]) -> Result<Self, Error> {
        let there = inspect(path)?;
        if mode == Mode::Read && !there {
            return Err(Trouble::Missing.into());
        }
        if mode == Mode::Write && !there {
            create(path)?;
        }
        let mut db = connect(path, mode)?;
        let version = version(&db)?;
        let known = migrations.len() as i64;
        if version > known {
            return Err(Trouble::Newer {
                found: version,
                known,
            }
            .into());
        }
        match mode {
            Mode::Read if version < known => return Err(old(&db, version, known)),
            Mode::Read => {}
            Mode::Write => {
                if std::fs::metadata(path)?.len() <= CHECKED_AT_OPENING {
                    check(&db, "quick_check")?;
                }
                if version < known {
                    back_up(&db, path, version)?;
                    migrate(&mut db, migrations)?;
                }
            }
        }
        Ok(Self {
            path: path.to_owned(),
            db,
            command: None,
        })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps the file from growing beyond a size; what would go beyond fails with
    /// [`Trouble::Full`] and leaves everything as it was.
    ///
    /// # Errors
    /// [`Error`] of the database.
    pub fn limit(&self, bytes: u64) -> Result<(), Error> {
        let page: i64 = self
            .db
            .pragma_query_value(None, "page_size", |r| r.get(0))?;
        let pages = bytes / page.unsigned_abs().max(1);
        let pages = i64::try_from(pages).unwrap_or(i64::MAX).max(1);
        self.db
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
        Ok(())
    }

    /// A transaction that holds the right to write from its beginning, so that two processes never
    /// meet half-way.
    pub(crate) fn write(&mut self) -> Result<Transaction<'_>, Error> {
        Ok(self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}

/// Whether there is a file to open; refuses at once what cannot be one.
fn inspect(path: &Path) -> Result<bool, Error> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(e.into()),
    };
    if file.metadata()?.is_dir() {
        return Err(Trouble::Foreign {
            reason: "it is a folder".to_owned(),
        }
        .into());
    }
    let mut head = Vec::new();
    file.by_ref().take(16).read_to_end(&mut head)?;
    match head.as_slice() {
        // Created and then killed before anything was written.
        [] => Ok(true),
        b"SQLite format 3\0" => Ok(true),
        _ => Err(Trouble::Foreign {
            reason: "it does not begin as an SQLite file does".to_owned(),
        }
        .into()),
    }
}

/// An empty file that its owner alone may read: documents are nobody else's business.
fn create(path: &Path) -> Result<(), Error> {
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        // Another process was faster: the file is there all the same.
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(e.into()),
    }
}

fn connect(path: &Path, mode: Mode) -> Result<Connection, Error> {
    let access = match mode {
        Mode::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Mode::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let db = Connection::open_with_flags(real(path), flags)?;
    db.busy_timeout(PATIENCE)?;
    // The file may come from somebody else: its schema runs no functions and is not rewritten.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.pragma_update(None, "cell_size_check", true)?;
    db.pragma_update(None, "foreign_keys", true)?;
    let application: i64 = db.pragma_query_value(None, "application_id", |r| r.get(0))?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    if application != APPLICATION && (application != 0 || tables != 0) {
        return Err(Trouble::Foreign {
            reason: "it is another program's database".to_owned(),
        }
        .into());
    }
    if mode == Mode::Write {
        write_ahead(&db)?;
        // What `bilat add` has reported as kept survives a power cut: each commit is on disk
        // before it returns. A commit is a document, so the wait is small beside reading it.
        db.pragma_update(None, "synchronous", "FULL")?;
    }
    Ok(db)
}

/// The path without links at its end, since the file itself must not be one.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Switches to the write-ahead log. When two processes create the file at once, the database
/// reports one of them as busy without waiting: it asks again.
fn write_ahead(db: &Connection) -> Result<(), Error> {
    let mut tries = 0;
    loop {
        let mode =
            db.pragma_update_and_check(None, "journal_mode", "WAL", |r| r.get::<_, String>(0));
        match mode {
            Ok(_) => return Ok(()),
            Err(e)
                if tries < 200
                    && e.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) =>
            {
                tries += 1;
                std::thread::sleep(Duration::from_millis(50));
            }
            Err(e) => return Err(e.into()),
        }
    }
}

fn version(db: &Connection) -> Result<i64, Error> {
    Ok(db.pragma_query_value(None, "user_version", |r| r.get(0))?)
}

/// What to say when a file is opened for reading that is older than the program.
fn old(db: &Connection, version: i64, known: i64) -> Error {
    match db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0)) {
        Ok(0_i64) => Trouble::Missing.into(),
        Ok(_) => Trouble::Foreign {
            reason: format!(
                "it has schema {version}, and {known} is needed; a command that writes, such as `bilat add`, brings it up to date"
            ),
        }
        .into(),
        Err(e) => e.into(),
    }
}

/// A copy of the file before its schema changes; one that is there already is kept.
fn back_up(db: &Connection, path: &Path, version: i64) -> Result<(), Error> {
    if version == 0 {
        return Ok(());
    }
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".schema-{version}"));
    let copy = PathBuf::from(name);
    if !copy.exists() {
        db.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    }
    Ok(())
}

/// Takes the steps that the file lacks, all or none.
fn migrate(db: &mut Connection, migrations: &[&str]) -> Result<(), Error> {
    let t = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have migrated while this one waited.
    let from = usize::try_from(version(&t)?).unwrap_or(0);
    for step in migrations.iter().skip(from) {
        t.execute_batch(step)?;
    }
    t.pragma_update(None, "application_id", APPLICATION)?;
    if from < migrations.len() {
        t.pragma_update(None, "user_version", migrations.len() as i64)?;
    }
    t.commit()?;
    Ok(())
}

/// Runs one of SQLite's own checks of the file.
pub(crate) fn check(db: &Connection, pragma: &str) -> Result<(), Error> {
    let mut found = Vec::new();
    db.pragma_query(None, pragma, |r| {
        found.push(r.get::<_, String>(0)?);
        Ok(())
    })?;
    match found.first() {
        Some(first) if first != "ok" => Err(Error::damaged(first.trim())),
        _ => Ok(()),
    }
}

/// A point in time to the second, in UTC, from any RFC 3339 form of it.
pub(crate) fn time(text: &str) -> Result<String, Error> {
    let bad = || Trouble::Time(text.to_owned());
    let at: jiff::Timestamp = text.parse().map_err(|_| bad())?;
    let second = jiff::Timestamp::from_second(at.as_second()).map_err(|_| bad())?;
    Ok(second.to_string())
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
