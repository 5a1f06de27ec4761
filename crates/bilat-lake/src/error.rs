//! What can go wrong with a query.

use bilat_snapshot::SnapshotError;

/// A query was not answered.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// The query does not read, or means nothing.
    #[error("{message}{}", .hint.as_ref().map(|h| format!("; {h}")).unwrap_or_default())]
    Query {
        /// What is wrong.
        message: String,
        /// What may have been meant.
        hint: Option<String>,
    },
    /// The statement would change something.
    #[error("this is no query; the tables can only be read: use SELECT")]
    ReadOnly,
    /// The query wants more memory than it may have.
    #[error(
        "the query wants more than its {limit} MB of memory; name fewer rows with WHERE, or join on \
         more columns"
    )]
    Memory {
        /// How much it may have.
        limit: usize,
    },
    /// The snapshot could not be read.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The engine did not start.
    #[error("the query engine did not start: {0}; free some memory or threads and try again")]
    Engine(String),
    /// The answer could not be written.
    #[error("the answer could not be written: {0}; check the output's folder and its space")]
    Output(String),
}
