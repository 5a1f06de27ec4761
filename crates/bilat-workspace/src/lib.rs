//! Documents and their evidence, kept in one SQLite file.
