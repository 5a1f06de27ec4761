//! The files beside the target: what has come so far, to which state it belongs, and the lock.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::disk;
use crate::{FetchError, Validators};

/// `<target><ending>`.
fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(target.as_os_str());
    name.push(ending);
    name.into()
}

/// Held while a download runs. The system lets go of it when the process ends, however it ends.
/// The empty file stays: removing it would let two processes lock two files of one name.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    pub(crate) fn take(target: &Path) -> Result<Self, FetchError> {
        let path = beside(target, ".lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(disk(&path, "create the lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(FetchError::Busy {
                path: target.to_owned(),
            }),
            Err(TryLockError::Error(e)) => Err(disk(&path, "lock it")(e)),
        }
    }
}

/// Which state of which address a part belongs to: `NAME.part.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Note {
    /// The address asked for, before redirects.
    pub(crate) url: String,
    /// The size of the whole, when the server told it.
    pub(crate) total: Option<u64>,
    #[serde(flatten)]
    pub(crate) validators: Validators,
}

impl Note {
    /// What tells the server "the rest, if it is still this state" (`If-Range`, RFC 9110, 13.1.5).
    /// A weak tag says only that two states are alike, which is too little to join bytes.
    pub(crate) fn if_range(&self) -> Option<&str> {
        let v = &self.validators;
        v.etag
            .as_deref()
            .filter(|e| !e.starts_with("W/"))
            .or(v.last_modified.as_deref())
    }
}

/// What has come so far.
#[derive(Debug)]
pub(crate) struct Part {
    target: PathBuf,
    path: PathBuf,
    note_path: PathBuf,
    note: Option<Note>,
    len: u64,
}

impl Part {
    /// What an earlier run has left, if it can be gone on from; otherwise nothing.
    pub(crate) fn open(target: &Path, url: &str) -> Result<Self, FetchError> {
        let mut part = Self {
            target: target.to_owned(),
            path: beside(target, ".part"),
            note_path: beside(target, ".part.json"),
            note: None,
            len: 0,
        };
        part.note = fs::read(&part.note_path)
            .ok()
            .and_then(|text| serde_json::from_slice::<Note>(&text).ok())
            .filter(|note| note.url == url && note.if_range().is_some());
        part.len = fs::metadata(&part.path).map_or(0, |m| m.len());
        let too_long = |n: &Note| n.total.is_some_and(|total| part.len > total);
        if part.note.as_ref().is_none_or(too_long) {
            part.discard()?;
        }
        Ok(part)
    }

    /// Bytes that lie on disk.
    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// Whether, and as what, the rest can be asked for.
    pub(crate) fn resumable(&self) -> Option<&Note> {
        self.note
            .as_ref()
            .filter(|n| self.len > 0 && n.if_range().is_some())
    }

    /// Forgets what has come.
    pub(crate) fn discard(&mut self) -> Result<(), FetchError> {
        // The part goes first: a note without a part is harmless, the reverse is discarded anyway.
        for path in [&self.path, &self.note_path] {
            match fs::remove_file(path) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => {
                    return Err(disk(path, "remove it")(e));
                }
                _ => {}
            }
        }
        self.note = None;
        self.len = 0;
        Ok(())
    }

    /// Begins anew with a state of the file.
    pub(crate) fn begin(&mut self, note: Note) -> Result<File, FetchError> {
        self.discard()?;
        let text = serde_json::to_vec(&note)
            .map_err(|e| disk(&self.note_path, "write it")(io::Error::other(e)))?;
        // The note stands before the first byte, so that a part never lies under another's note.
        fs::write(&self.note_path, text).map_err(disk(&self.note_path, "write it"))?;
        let file = File::create(&self.path).map_err(disk(&self.path, "create it"))?;
        self.note = Some(note);
        Ok(file)
    }

    /// Goes on at the end of what has come.
    pub(crate) fn append(&self) -> Result<File, FetchError> {
        OpenOptions::new()
            .append(true)
            .open(&self.path)
            .map_err(disk(&self.path, "write to it"))
    }

    /// Writes all of `bytes`.
    pub(crate) fn write(&mut self, file: &mut File, bytes: &[u8]) -> Result<(), FetchError> {
        io::Write::write_all(file, bytes).map_err(disk(&self.path, "write to it"))?;
        self.len += bytes.len() as u64;
        Ok(())
    }

    /// Hash of what has come, read back from disk.
    pub(crate) fn sha256(&self) -> Result<String, FetchError> {
        sha256(&self.path)
    }

    /// Puts the part in the target's place, on disk and not only in memory.
    pub(crate) fn finish(mut self) -> Result<(), FetchError> {
        File::open(&self.path)
            .and_then(|f| f.sync_all())
            .map_err(disk(&self.path, "write it to the disk"))?;
        fs::rename(&self.path, &self.target).map_err(disk(&self.target, "replace it"))?;
        sync_folder(&self.target);
        self.discard()
    }
}

/// Writes the folder's new entry to the disk, where folders can be opened. The renaming has
/// happened; that it may be lost when the power fails now is no error.
fn sync_folder(target: &Path) {
    if let Some(folder) = folder(target)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// The folder of a file; `None` for the working directory.
pub(crate) fn folder(target: &Path) -> Option<&Path> {
    target.parent().filter(|p| !p.as_os_str().is_empty())
}

/// SHA-256 of a file, hexadecimal.
pub(crate) fn sha256(path: &Path) -> Result<String, FetchError> {
    let mut file = File::open(path).map_err(disk(path, "read it"))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => hash.update(&buffer[..n]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(disk(path, "read it")(e)),
        }
    }
    Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect())
}
