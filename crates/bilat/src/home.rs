//! Where the user's own data lies.

use std::path::PathBuf;

use crate::failure::Failure;

/// A variable of the environment that is set to something. What the program takes from the
/// environment is taken here.
#[allow(clippy::disallowed_methods)] // the edge of the program
fn var(name: &str) -> Option<PathBuf> {
    std::env::var_os(name)
        .filter(|v| !v.is_empty())
        .map(PathBuf::from)
}

/// A setting in words: a name, an address, a key.
pub(crate) fn setting(name: &str) -> Option<String> {
    var(name)?.into_os_string().into_string().ok()
}

/// A snapshot to use instead of the one inside the program: `$BILAT_SNAPSHOT`, a folder made by
/// `bilat snapshot build`.
pub(crate) fn snapshot() -> Option<PathBuf> {
    var("BILAT_SNAPSHOT")
}

/// The folder of synced sources: `$BILAT_HOME`, else `bilat` in the platform's data folder.
pub(crate) fn dir() -> Option<PathBuf> {
    var("BILAT_HOME")
        .or_else(|| var("XDG_DATA_HOME").map(|d| d.join("bilat")))
        .or_else(|| var("LOCALAPPDATA").map(|d| d.join("bilat")))
        .or_else(|| var("HOME").map(|d| d.join(".local/share/bilat")))
}

/// As [`dir`], for commands that cannot do without it.
pub(crate) fn required() -> Result<PathBuf, Failure> {
    dir().ok_or_else(|| {
        Failure::new("no folder for user data is known")
            .hint("set BILAT_HOME to a folder that may be written to")
    })
}
