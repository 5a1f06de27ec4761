//! Values to columns and back. One file a group of tables; the order of the columns is the one of
//! [`Table::columns`](crate::Table::columns).

mod country;
mod evidence;
mod read;
mod votes;
mod write;

pub(crate) use evidence::{FigureColumns, Stored, StoredRow};
pub(crate) use read::{Batch, Words};
pub(crate) use votes::{Point, VoteRow};

use arrow::array::ArrayRef;

use crate::Table;

/// A row type that can be written.
pub(crate) trait Encode {
    /// Where it goes.
    const TABLE: Table;

    /// The columns of these rows. The error names the record and says why it cannot be stored.
    fn encode(rows: &[Self]) -> Result<Vec<ArrayRef>, Unstorable>
    where
        Self: Sized;
}

/// A row type that can be read back.
pub(crate) trait Decode: Sized {
    /// Where it lies.
    const TABLE: Table;

    /// The rows of a batch, in order. The error says what does not fit.
    fn decode(batch: &Batch<'_>) -> Result<Vec<Self>, String>;
}

/// Which record cannot be stored, and why.
#[derive(Debug)]
pub(crate) struct Unstorable {
    pub(crate) record: String,
    pub(crate) reason: String,
}
