//! Documents as they come: from a file, an address or standard input, up to a size.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use bilat_fetch::{Page, Policy, Validators, Visitor};

use crate::failure::Failure;

/// The bytes of a document, and what is known of them apart from their content.
#[derive(Debug, Default)]
pub(crate) struct Input {
    /// As it was given: a file, an address, or `-`.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// The address that it was fetched from in the end, if it was.
    pub(crate) url: Option<String>,
    /// The media type that a server declared.
    pub(crate) media_type: Option<String>,
    /// The encoding that a server declared.
    pub(crate) charset: Option<String>,
}

/// Whether a name is an address of the web.
pub(crate) fn is_address(name: &str) -> bool {
    name.starts_with("https://") || name.starts_with("http://")
}

/// Fetches pages of at most so many bytes; on this machine and in its network only when that is
/// allowed.
pub(crate) fn visitor(most: usize, allow_private: bool) -> Visitor {
    Visitor::new(Policy {
        allow_private,
        max_bytes: u64::try_from(most).unwrap_or(u64::MAX),
        ..Policy::new()
    })
}

/// Reads a document of at most so many bytes.
pub(crate) fn read(name: &str, most: usize, visitor: &mut Visitor) -> Result<Input, Failure> {
    let bytes = if name == "-" {
        up_to(std::io::stdin().lock(), "standard input", most)?
    } else if is_address(name) {
        return Ok(of_page(name, page(name, visitor, &Validators::default())?));
    } else {
        of_file(Path::new(name), most)?
    };
    Ok(Input {
        name: name.to_owned(),
        bytes,
        ..Input::default()
    })
}

/// Fetches a page; one that has not changed since an earlier state comes without bytes.
pub(crate) fn page(url: &str, visitor: &mut Visitor, known: &Validators) -> Result<Page, Failure> {
    visitor
        .get(url, known)
        .map_err(|e| Failure::new(format!("cannot fetch {e}")))
}

/// A page as a document's bytes.
pub(crate) fn of_page(name: &str, page: Page) -> Input {
    Input {
        name: name.to_owned(),
        bytes: page.bytes,
        url: Some(page.final_url),
        media_type: page.media_type,
        charset: page.charset,
    }
}

/// Reads a file of at most so many bytes.
pub(crate) fn of_file(path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
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
