//! What can be wrong with a source as a whole.

/// A source that cannot be read. A broken record is no error: it is skipped and listed.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// A file is missing or unreadable.
    #[error("{source_id}: cannot read {file}: {reason}")]
    File {
        /// The source.
        source_id: String,
        /// The file, relative to the source's folder.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// A file is not built as the card says.
    #[error("{source_id}: {file}, {place}: {reason}")]
    Structure {
        /// The source.
        source_id: String,
        /// The file.
        file: String,
        /// Line, cell or member.
        place: String,
        /// What was expected and what was found.
        reason: String,
    },
    /// A data file of the program itself is wrong: a card, lookups or corrections.
    #[error("{source_id}: {file} in the program is not valid: {reason}")]
    Data {
        /// The source.
        source_id: String,
        /// `source.toml`, `lookups.toml` or `corrections.toml`.
        file: &'static str,
        /// What is wrong.
        reason: String,
    },
}
