//! SQL over the snapshot
