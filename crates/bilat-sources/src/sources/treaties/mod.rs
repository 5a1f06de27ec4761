//! Treaties that both countries are party to: on investment (UNCTAD) and on trade (DESTA).

mod desta;
mod investment;
#[cfg(test)]
mod tests;

use crate::{Context, SourceError};

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    investment::read(context)?;
    desta::read(context)
}
