//! Bytes as they lie in the file: packed, bounded, hashed.

use sha2::{Digest, Sha256};

use crate::error::Error;

/// The largest document that is kept, in bytes; its text may be as large.
pub const MOST_BYTES: usize = 256 << 20;

/// Documents are written once and read seldom, but adding should not wait for the packer.
const LEVEL: i32 = 6;

pub(crate) fn pack(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    Ok(zstd::bulk::compress(bytes, LEVEL)?)
}

/// Unpacks what must come to `size` bytes; more is never made, whatever the packed bytes say.
pub(crate) fn unpack(packed: &[u8], size: usize) -> Result<Vec<u8>, Error> {
    let wrong = |reason: String| Error::damaged(format!("a document does not unpack: {reason}"));
    if size > MOST_BYTES {
        return Err(wrong(format!("it is said to have {size} bytes")));
    }
    let bytes = zstd::bulk::decompress(packed, size).map_err(|e| wrong(e.to_string()))?;
    if bytes.len() != size {
        return Err(wrong(format!("{} bytes instead of {size}", bytes.len())));
    }
    Ok(bytes)
}

pub(crate) fn unpack_text(packed: &[u8], size: usize) -> Result<String, Error> {
    String::from_utf8(unpack(packed, size)?)
        .map_err(|_| Error::damaged("a document's text is not UTF-8"))
}

/// SHA-256, lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
