//! Why bytes cannot be read as a document.

/// What went wrong, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// More came, or more came out, than a limit allows.
    #[error(
        "{what} of {size} bytes is over the limit of {limit}: split the document, or raise the limit"
    )]
    TooLarge {
        /// `input`, `text` or `unpacked content`.
        what: &'static str,
        /// How much there is, as far as it was counted.
        size: u64,
        /// How much is allowed.
        limit: u64,
    },
    /// More parts than a limit allows.
    #[error("{size} {what} are over the limit of {limit}: split the document, or raise the limit")]
    TooMany {
        /// `pages`, `parts of the archive`.
        what: &'static str,
        /// How many there are.
        size: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// The bytes are no text in any encoding.
    #[error(
        "byte {at} is a control character that no text has: this is a binary file; give a text, HTML, Markdown, PDF or DOCX file"
    )]
    Binary {
        /// Where the first such byte stands.
        at: usize,
    },
    /// A format that is not read.
    #[error("{media_type} is not read: convert it to text, HTML, Markdown, PDF or DOCX")]
    Format {
        /// What it is.
        media_type: String,
    },
    /// Locked with a password.
    #[error("the {format} file is encrypted: save it without a password")]
    Encrypted {
        /// `PDF`, `DOCX`.
        format: &'static str,
    },
    /// The format's own rules are broken beyond reading.
    #[error("the {format} file cannot be read, {place}: {reason}")]
    Broken {
        /// `PDF`, `DOCX`, `HTML`.
        format: &'static str,
        /// Where: a page, a part.
        place: String,
        /// What was found.
        reason: String,
    },
    /// Nothing to read came out (a scanned PDF, a page made by script).
    #[error("the {format} file has no text: {hint}")]
    NoText {
        /// `PDF`, `DOCX`, `HTML`.
        format: &'static str,
        /// Why that may be and what to do.
        hint: &'static str,
    },
    /// A data file of the program itself is wrong.
    #[error("{file} in the program is not valid: {reason}")]
    Data {
        /// Its name.
        file: &'static str,
        /// What is wrong.
        reason: String,
    },
}
