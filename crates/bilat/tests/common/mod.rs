//! Runs the built program as a user would, in a home of its own.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What a run gave.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub bytes: Vec<u8>,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// The run, if all was well; else the test fails with what was said.
    #[track_caller]
    pub fn good(self) -> Self {
        assert_eq!(self.status, 0, "{}", self.err);
        self
    }

    #[track_caller]
    pub fn json(self) -> Value {
        let ran = self.good();
        serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {}", ran.out))
    }

    /// The run, if the command could not work and said so in words, with nothing on standard
    /// output.
    #[track_caller]
    pub fn refused(self) -> Self {
        assert_eq!(self.status, 2, "{}{}", self.out, self.err);
        assert!(self.out.is_empty(), "{}", self.out);
        assert!(self.err.starts_with("error: "), "{}", self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }

    /// As [`Ran::refused`], with each of these in what it says.
    #[track_caller]
    pub fn refused_with(self, parts: &[&str]) -> Self {
        let ran = self.refused();
        for part in parts {
            assert!(ran.err.contains(part), "no “{part}” in: {}", ran.err);
        }
        ran
    }
}

/// The program with an empty folder of user data.
pub struct Bilat {
    pub home: TempDir,
}

impl Bilat {
    pub fn new() -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
        }
    }

    /// A command that sees nothing of the machine's own settings.
    pub fn command<S: AsRef<OsStr>>(&self, args: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bilat"));
        command
            .args(args)
            .env("BILAT_HOME", self.home.path().join("home"))
            .env_remove("BILAT_SNAPSHOT")
            .env("NO_COLOR", "1")
            .env("COLUMNS", "80")
            .env("TERM", "dumb")
            .stdin(Stdio::null());
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, args: &[S]) -> Ran {
        ran(&mut self.command(args))
    }

    /// A path in a folder that lives as long as this.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }
}

pub fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        bytes: output.stdout,
    }
}

/// A run in a fresh home.
pub fn bilat<S: AsRef<OsStr>>(args: &[S]) -> Ran {
    Bilat::new().run(args)
}

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of publishers' files, in tests that are ignored without it.
#[allow(clippy::disallowed_methods)] // the edge of a test
pub fn data() -> PathBuf {
    let dir =
        std::env::var_os("BILAT_DATA").map_or_else(|| root().join("../shared/data"), Into::into);
    assert!(
        dir.is_dir(),
        "not run: the data folder is not at {}; set BILAT_DATA",
        dir.display()
    );
    dir
}

/// All values at a key, anywhere below.
pub fn at_key<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(fields) => {
            for (name, v) in fields {
                if name == key {
                    found.push(v);
                }
                at_key(v, key, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|v| at_key(v, key, found)),
        _ => {}
    }
}
