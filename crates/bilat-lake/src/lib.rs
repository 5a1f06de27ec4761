//! SQL over the snapshot.
//!
//! [`Lake`] shows DataFusion the tables of a [`Snapshot`](bilat_snapshot::Snapshot) where they
//! lie in memory, and a few views beside them ([`tables`] lists and explains all). It only reads:
//! statements that would write, create or set anything are refused, no file of the machine can be
//! named, and a query that wants more memory than it may have ends in an error.

mod error;
mod hint;
mod lake;
mod output;
mod scaled;
mod tables;

pub use arrow::datatypes::SchemaRef;
pub use arrow::record_batch::RecordBatch;
pub use error::LakeError;
pub use lake::{Batches, Lake, MEMORY};
pub use output::{Format, write_batches};
pub use tables::{LakeColumn, LakeTable, tables};
