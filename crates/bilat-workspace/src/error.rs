//! What can go wrong with a workspace, and what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What went wrong, and in which file.
#[derive(Debug)]
pub struct Error {
    /// The workspace's file, or the archive; empty when nothing on disk is to blame.
    pub path: PathBuf,
    /// What.
    pub trouble: Trouble,
}

/// The kinds of trouble. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// There is no file.
    #[error("there is no workspace here; `bilat add` makes one")]
    Missing,
    /// A file that is something else. It was not touched.
    #[error("this is no workspace: {reason}; nothing was changed, name another file")]
    Foreign {
        /// How that is known.
        reason: String,
    },
    /// Written by a later version of the program. It was not touched.
    #[error(
        "the workspace has schema {found}, and this program knows schemas up to {known}; nothing was changed, use the newer program"
    )]
    Newer {
        /// Its schema.
        found: i64,
        /// The latest known.
        known: i64,
    },
    /// Bytes of the file are not what they were.
    #[error(
        "the workspace is damaged: {reason}; nothing was repaired. Move the file and those beside it that end in -wal and -shm away, keep them, and bring back the last export with `bilat import`"
    )]
    Damaged {
        /// What was found.
        reason: String,
    },
    /// No room.
    #[error(
        "the disk or the allowed size is full; nothing of this step was kept, make room and run it again"
    )]
    Full,
    /// Another process holds the file.
    #[error("another process has been writing for too long; run the command again when it is done")]
    Busy,
    /// The file or its folder cannot be written.
    #[error("the workspace cannot be written; check the permissions of the file and its folder")]
    ReadOnly,
    /// More than a document may have.
    #[error("the document has {bytes} bytes, and at most {limit} are kept; split it")]
    TooLarge {
        /// How many it has.
        bytes: usize,
        /// How many it may have.
        limit: usize,
    },
    /// What was handed in does not fit together.
    #[error(
        "the document and what was read of it do not fit: {reason}; nothing was kept, please report it"
    )]
    Unfit {
        /// In what way.
        reason: String,
    },
    /// No document, evidence or judgement of that name.
    #[error("there is no {what} “{name}”; `bilat documents` lists what there is")]
    Unknown {
        /// What was looked for.
        what: &'static str,
        /// By which name.
        name: String,
    },
    /// Several documents begin with the same digits.
    #[error("“{name}” may be {}; give more digits", of.join(" or "))]
    Ambiguous {
        /// What was given.
        name: String,
        /// Which it may be.
        of: Vec<String>,
    },
    /// Not a point in time.
    #[error("“{0}” is not a time such as 2026-01-31T12:00:00Z")]
    Time(String),
    /// A search without words.
    #[error("there is no word to search for")]
    NoWords,
    /// The log is at its beginning.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// An archive that cannot be taken in.
    #[error("the archive is not as it should be, in {place}: {reason}; nothing was imported")]
    Archive {
        /// Which member or line.
        place: String,
        /// In what way.
        reason: String,
    },
    /// No feed.
    #[error("this is no RSS, Atom or JSON feed: {0}; give the address of the feed itself")]
    Feed(String),
    /// The rules that are compiled in do not read.
    #[error("the rules of this program do not read: {0}; please report it")]
    Rules(String),
    /// The disk.
    #[error("{0}; check that the file can be read, and that its folder has room")]
    Io(#[from] std::io::Error),
    /// The database, otherwise.
    #[error("the database says: {0}")]
    Database(rusqlite::Error),
}

impl Error {
    /// The same with the file named, unless one is named already.
    pub(crate) fn at(mut self, path: &Path) -> Self {
        if self.path.as_os_str().is_empty() {
            self.path = path.to_owned();
        }
        self
    }

    pub(crate) fn damaged(reason: impl Into<String>) -> Self {
        Trouble::Damaged {
            reason: reason.into(),
        }
        .into()
    }

    pub(crate) fn unfit(reason: impl Into<String>) -> Self {
        Trouble::Unfit {
            reason: reason.into(),
        }
        .into()
    }

    pub(crate) fn archive(place: impl fmt::Display, reason: impl fmt::Display) -> Self {
        Trouble::Archive {
            place: place.to_string(),
            reason: reason.to_string(),
        }
        .into()
    }

    pub(crate) fn unknown(what: &'static str, name: &str) -> Self {
        Trouble::Unknown {
            what,
            name: name.to_owned(),
        }
        .into()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.as_os_str().is_empty() {
            write!(f, "{}: ", self.path.display())?;
        }
        self.trouble.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.trouble.source()
    }
}

impl From<Trouble> for Error {
    fn from(trouble: Trouble) -> Self {
        Self {
            path: PathBuf::new(),
            trouble,
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        Trouble::Io(e).into()
    }
}

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        let trouble = match e.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Trouble::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Trouble::Busy,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Trouble::ReadOnly,
            Some(ErrorCode::NotADatabase) => Trouble::Foreign {
                reason: "it is not an SQLite file".to_owned(),
            },
            Some(ErrorCode::DatabaseCorrupt) => Trouble::Damaged {
                reason: e.to_string(),
            },
            // A value of another type than the schema has: somebody else wrote it.
            None if matches!(
                e,
                rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::FromSqlConversionFailure(..)
                    | rusqlite::Error::IntegralValueOutOfRange(..)
                    | rusqlite::Error::Utf8Error(..)
            ) =>
            {
                Trouble::Damaged {
                    reason: e.to_string(),
                }
            }
            _ => Trouble::Database(e),
        };
        trouble.into()
    }
}
