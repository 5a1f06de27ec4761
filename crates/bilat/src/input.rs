//! Documents as they come: from a file, an address or standard input, up to a size.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use bilat_fetch::{Progress, Request};

use crate::failure::Failure;
use crate::output;

/// The bytes of a document, and where they are from.
pub(crate) struct Input {
    /// As it was given: a file, an address, or `-`.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Input {
    /// The address that it was fetched from, if it was.
    pub(crate) fn url(&self) -> Option<&str> {
        is_address(&self.name).then_some(self.name.as_str())
    }
}

fn is_address(name: &str) -> bool {
    name.starts_with("https://") || name.starts_with("http://")
}

/// Reads a document of at most so many bytes.
pub(crate) fn read(name: &str, most: usize, allow_loopback: bool) -> Result<Input, Failure> {
    let bytes = if name == "-" {
        up_to(std::io::stdin().lock(), "standard input", most)?
    } else if is_address(name) {
        fetched(name, most, allow_loopback)?
    } else {
        of_file(Path::new(name), most)?
    };
    Ok(Input {
        name: name.to_owned(),
        bytes,
    })
}

fn of_file(path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    let failed = |e: std::io::Error| Failure::new(format!("cannot read {}: {e}", path.display()));
    if path.is_dir() {
        return Err(
            Failure::new(format!("{} is a folder", path.display())).hint(format!(
                "name the files in it, such as {}/*.txt",
                path.display()
            )),
        );
    }
    let file = File::open(path).map_err(|e| {
        failed(e).hint("give the path of a file, an https:// address, or - for standard input")
    })?;
    up_to(file, &path.display().to_string(), most)
}

/// All bytes, when they are not too many.
fn up_to(from: impl Read, what: &str, most: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    from.take(limit)
        .read_to_end(&mut bytes)
        .map_err(|e| Failure::new(format!("cannot read {what}: {e}")))?;
    if bytes.len() > most {
        return Err(Failure::new(format!("{what} has more than {most} bytes"))
            .hint("a document may not be larger; split it"));
    }
    Ok(bytes)
}

/// The bytes at an address, through a folder that is gone afterwards.
fn fetched(url: &str, most: usize, allow_loopback: bool) -> Result<Vec<u8>, Failure> {
    let folder = tempfile::tempdir()
        .map_err(|e| Failure::new(format!("cannot make a folder for {url}: {e}")))?;
    let target = folder.path().join("document");
    let mut limits = bilat_fetch::Limits::new(u64::try_from(most).unwrap_or(u64::MAX));
    limits.allow_loopback = allow_loopback;
    // Somebody waits for an article, not for a data set.
    limits.overall = std::time::Duration::from_secs(120);
    limits.retries = 1;
    let bar = output::bytes_bar(url);
    let got = bilat_fetch::fetch(&Request::new(url), &target, &limits, &mut |p| {
        if let Progress::Bytes { bytes, total } = p {
            bar.set_length(total.unwrap_or(bytes));
            bar.set_position(bytes);
        }
    });
    bar.finish_and_clear();
    got.map_err(|e| {
        Failure::new(format!("cannot fetch {url}: {e}"))
            .hint("save the page to a file and check that")
    })?;
    of_file(&target, most)
}
