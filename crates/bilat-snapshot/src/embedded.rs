//! The files of `/snapshot` as they were when the program was built.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The bytes of one of them.
pub(crate) fn file(name: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|(n, _)| *n == name).map(|(_, b)| *b)
}
