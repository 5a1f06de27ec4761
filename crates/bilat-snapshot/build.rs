//! Lists the files of `/snapshot` for `include_bytes!`, so that the crate builds before the
//! first snapshot has been made and carries it afterwards.

#![allow(
    clippy::disallowed_methods,
    reason = "cargo hands its folders over in the environment"
)]

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest_dir = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out_dir = env::var("OUT_DIR").map_err(io::Error::other)?;
    let folder = Path::new(&manifest_dir).join("../../snapshot");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={}", folder.display());

    let mut files = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path().canonicalize()?;
        let wanted = path
            .extension()
            .is_some_and(|e| e == "parquet" || e == "json");
        if wanted {
            files.push(path);
        }
    }
    files.sort();

    let mut code = String::from(
        "/// Name and bytes of every file of the snapshot.\npub(crate) static FILES: &[(&str, &[u8])] = &[\n",
    );
    for path in files {
        let name = path
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        code.push_str(&format!(
            "    ({name:?}, include_bytes!({:?})),\n",
            path.to_string_lossy()
        ));
    }
    code.push_str("];\n");
    fs::write(Path::new(&out_dir).join("embedded.rs"), code)
}
