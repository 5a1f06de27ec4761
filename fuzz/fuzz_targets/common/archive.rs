//! Archives and workspaces that are thrown away.

use std::path::PathBuf;
use std::sync::LazyLock;

use bilat_workspace::{Filter, Mode, Workspace};
use sha2::{Digest, Sha256};

/// When everything happens.
pub const AT: &str = "2026-01-31T12:00:00Z";

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("bilat-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
});

/// An empty workspace; one of that name before it is gone.
pub fn workspace(name: &str) -> Workspace {
    let path = FOLDER.join(name);
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(FOLDER.join(format!("{name}{ending}")));
    }
    Workspace::open(&path, Mode::Write).unwrap()
}

/// Everything in a workspace.
pub fn export(workspace: &Workspace) -> Vec<u8> {
    let mut out = Vec::new();
    workspace.export(&mut out).unwrap();
    out
}

/// Whether nothing is in it.
pub fn is_empty(workspace: &Workspace) -> bool {
    let removed = Filter { removed: true, superseded: true, ..Filter::default() };
    let kept = Filter { superseded: true, ..Filter::default() };
    workspace.documents(&kept).unwrap().is_empty()
        && workspace.documents(&removed).unwrap().is_empty()
        && workspace.judgements().unwrap().is_empty()
        && workspace.feeds().unwrap().is_empty()
}

pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// A tar file of members.
pub fn tar(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (path, bytes) in members {
        let mut head = tar::Header::new_ustar();
        head.set_size(bytes.len() as u64);
        head.set_mode(0o644);
        head.set_entry_type(tar::EntryType::Regular);
        // A name that no tar file can hold is another target's.
        let _ = out.append_data(&mut head, path, bytes.as_slice());
    }
    out.into_inner().unwrap()
}
