//! Bytes to a document: text, blocks, metadata, and the way back to the bytes.
//!
//! [`read`] takes whatever came (a file, a page, standard input) and gives a
//! [`Document`]: the text that the rules read, cut into blocks that say what part they play, what
//! the document says of itself, and where each word of the text stands in the input. Nothing here
//! touches disk, network or clock.
//!
//! | format | text | way back |
//! |---|---|---|
//! | plain text, Markdown in UTF-8 | the input, byte for byte | the same bytes |
//! | the same in another encoding, or with a byte order mark | decoded | runs |
//! | HTML | the main text, one block a line | runs, word by word |
//! | PDF, DOCX | the text, one block a line | none |
//!
//! [`skeleton`] gives a shadow of a text in which look-alike letters, odd spaces and curly quotes
//! are plain, with the way back.
//!
//! What is too large, too deep or too dense is refused with an [`Error`] that says which of the
//! [`Limits`] it met.

mod blocks;
mod dateline;
mod decode;
mod docx;
mod error;
mod finish;
mod fold;
mod front;
mod guard;
mod html;
mod markdown;
mod pdf;
mod phrases;
pub mod sniff;
mod words;

use jiff::civil::Date;

use bilat_model::document::{Block, Document, Meta, Origin};

pub use error::Error;
pub use fold::{Folded, skeleton};

/// What is known of a document apart from its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// The media type that the server declared, with or without parameters.
    pub media_type: Option<&'a str>,
    /// The encoding that was declared outside of the bytes, by any of its WHATWG labels.
    pub charset: Option<&'a str>,
    /// The file's name or the address's path: its ending and a date in it are read.
    pub name: Option<&'a str>,
    /// Where it came from.
    pub url: Option<&'a str>,
    /// The day of publication as the user gives it; it wins over all that the text says.
    pub published: Option<Date>,
    /// The title as the user or a feed gives it.
    pub title: Option<&'a str>,
}

/// How much is read before a document is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that may come in. Default 64 MiB.
    pub bytes: usize,
    /// Bytes of text that may come out. Default 64 MiB.
    pub text: usize,
    /// Bytes that the compressed parts of a DOCX or PDF may unpack to, together. Default 256 MiB.
    pub unpacked: u64,
    /// Pages of a PDF, or parts of a DOCX. Default 5000.
    pub pages: usize,
    /// Bytes of HTML. Default 8 MiB: its main text is found in a tree that takes some thirty
    /// times the memory.
    pub html: usize,
    /// Elements of HTML within each other; tags that lie deeper are dropped and their text is
    /// kept. Default 200.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            text: 64 << 20,
            unpacked: 256 << 20,
            pages: 5000,
            html: 8 << 20,
            depth: 200,
        }
    }
}

/// What was mended or left out on the way, for the user to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(pub String);

/// What a format's reader hands over: all of a document but its hash and the hints.
struct Draft {
    encoding: &'static str,
    meta: Meta,
    text: String,
    blocks: Vec<Block>,
    origin: Origin,
    notes: Vec<Note>,
}

/// Reads a document of any format that is known here.
///
/// # Errors
/// [`Error`]: a format that is not read, a file that is encrypted or broken, a limit that is met.
pub fn read(bytes: &[u8], hints: &Hints<'_>, limits: &Limits) -> Result<Document, Error> {
    read_with_notes(bytes, hints, limits).map(|(document, _)| document)
}

/// As [`read`], with what was mended or left out on the way: invalid bytes, a wrong declaration.
///
/// # Errors
/// As [`read`].
pub fn read_with_notes(
    bytes: &[u8],
    hints: &Hints<'_>,
    limits: &Limits,
) -> Result<(Document, Vec<Note>), Error> {
    if bytes.len() > limits.bytes {
        return Err(too_large("input", bytes.len(), limits.bytes));
    }
    let kind = sniff::kind(bytes, hints);
    let draft = match kind {
        sniff::Kind::Plain => blocks::read(decode::decode(bytes, hints, None)?, limits)?,
        sniff::Kind::Markdown => markdown::read(decode::decode(bytes, hints, None)?, limits)?,
        sniff::Kind::Html => html::read(bytes, hints, limits)?,
        sniff::Kind::Pdf => pdf::read(bytes, limits)?,
        sniff::Kind::Docx => docx::read(bytes, limits)?,
        // A locked DOCX is wrapped in the older format, and its name is in wide letters.
        sniff::Kind::Other("application/msword") if is_locked(bytes) => {
            return Err(Error::Encrypted { format: "DOCX" });
        }
        sniff::Kind::Other(media_type) => {
            return Err(Error::Format {
                media_type: media_type.to_owned(),
            });
        }
    };
    if draft.text.len() > limits.text {
        return Err(too_large("text", draft.text.len(), limits.text));
    }
    finish::finish(bytes, kind, draft, hints)
}

fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
    memchr::memmem::find(bytes, &name).is_some()
}

fn too_large(what: &'static str, size: usize, limit: usize) -> Error {
    Error::TooLarge {
        what,
        size: size as u64,
        limit: limit as u64,
    }
}
