//! The snapshot: evidence as Parquet, sorted by pair, read in place
