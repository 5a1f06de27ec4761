//! Bytes to a document: text, blocks, metadata.
