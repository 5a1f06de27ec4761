//! Reader of `fdi`.

use crate::{Context, SourceError};

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(_context: &mut Context<'_>) -> Result<(), SourceError> {
    Ok(())
}
