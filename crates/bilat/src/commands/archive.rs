//! `bilat export`, `bilat import`: the workspace as an archive.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

use crate::args::{ExportArgs, ImportArgs};
use crate::failure::Failure;
use crate::{clock, output, workspace};

pub(crate) fn export(args: &ExportArgs) -> Result<u8, Failure> {
    let failed = |e: std::io::Error| {
        Failure::new(format!("cannot write {}: {e}", args.file.display()))
            .hint("see that the folder exists and has room")
    };
    let workspace = workspace::read(&args.workspace)?;
    let folder = args.file.parent().filter(|p| !p.as_os_str().is_empty());
    let mut file = tempfile::Builder::new()
        .prefix(".bilat-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(failed)?;
    let mut to = BufWriter::new(file.as_file_mut());
    let documents = workspace.export(&mut to)?;
    to.flush().map_err(failed)?;
    drop(to);
    // Documents are nobody else's business: the archive stays as private as the workspace.
    file.persist(&args.file).map_err(|e| failed(e.error))?;
    let n = output::count(documents, "document", "documents");
    output::write(None, format!("{n} in {}\n", args.file.display()).as_bytes())?;
    Ok(0)
}

pub(crate) fn import(args: &ImportArgs) -> Result<u8, Failure> {
    let at = clock::at(args.at.at.as_deref())?;
    let file = File::open(&args.file).map_err(|e| {
        Failure::new(format!("cannot read {}: {e}", args.file.display()))
            .hint("give an archive that `bilat export` has written")
    })?;
    let mut workspace = workspace::write(&args.workspace, true)?;
    let got = workspace
        .import(&mut BufReader::new(file), &at)
        .map_err(|e| Failure::new(format!("{}: {e}", args.file.display())))?;
    let new = output::count(got.new, "new document", "new documents");
    let judged = output::count(got.judgements, "new judgement", "new judgements");
    let text = format!("{new}, {} known before, {judged}\n", got.known);
    output::write(None, text.as_bytes())?;
    Ok(0)
}
