//! What can go wrong, where, and what to do about it.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A download that did not come about. The target is as it was.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address is not one that is downloaded from.
    #[error("{url}: {reason}; correct the origin in the source's card")]
    Url {
        /// The address.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The header cannot be sent. Its value is not repeated here.
    #[error("{url}: the header {name} cannot be sent: {reason}; check the key for line breaks")]
    Header {
        /// The address.
        url: String,
        /// The header's name.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A redirect that is not followed.
    #[error(
        "{url}: redirected to {to}, which is not followed: {reason}; look at the publisher's page and correct the origin in the source's card"
    )]
    Redirect {
        /// The address asked for.
        url: String,
        /// Where the server points, without its query.
        to: String,
        /// Why it is not followed.
        reason: String,
    },
    /// A host on the inside of a network.
    #[error(
        "{url}: {host} is at {address}, which is not a public address; nothing was sent. If a proxy is needed, name it in HTTPS_PROXY"
    )]
    Inside {
        /// The address asked for.
        url: String,
        /// The host, perhaps of a redirect.
        host: String,
        /// What it resolves to.
        address: IpAddr,
    },
    /// The server refuses, or fails each time.
    #[error("{url}: the server answered {status} ({attempts}); {}", advice(*status))]
    Status {
        /// The address.
        url: String,
        /// The HTTP status.
        status: u16,
        /// How often it was tried, in words.
        attempts: String,
    },
    /// The connection fails each time.
    #[error(
        "{url}: {reason} ({attempts}); check the network and run the command again, it goes on where it stopped"
    )]
    Network {
        /// The address.
        url: String,
        /// What went wrong last.
        reason: String,
        /// How often it was tried, in words.
        attempts: String,
    },
    /// The connection is not secure.
    #[error(
        "{url}: no secure connection: {reason}; check the computer's date, and whether something stands between it and the server"
    )]
    Tls {
        /// The address.
        url: String,
        /// What the TLS library says.
        reason: String,
    },
    /// It took too long.
    #[error("{url}: not done after {} s (last: {reason}); run the command again, it goes on where it stopped", limit.as_secs_f64())]
    Timeout {
        /// The address.
        url: String,
        /// The limit.
        limit: Duration,
        /// What went on last.
        reason: String,
    },
    /// More bytes than the card allows.
    #[error("{url}: {} where the card allows {limit} bytes; if the file has rightly grown, raise max_bytes in the source's card", declared.map_or_else(|| "more bytes came".to_owned(), |n| format!("the server announces {n} bytes")))]
    TooLarge {
        /// The address.
        url: String,
        /// The limit in bytes.
        limit: u64,
        /// What the server announces; `None` when it sent more than it announced.
        declared: Option<u64>,
    },
    /// Bytes packed in a way that is not unpacked here.
    #[error(
        "{url}: the server sends it packed as “{encoding}” though asked not to; only gzip is unpacked"
    )]
    Encoding {
        /// The address.
        url: String,
        /// The `Content-Encoding` header.
        encoding: String,
    },
    /// Another file than the one expected.
    #[error(
        "{url}: the file has SHA-256 {found} where {expected} is expected; nothing was replaced. If the publisher has issued a new state, take its hash"
    )]
    Hash {
        /// The address.
        url: String,
        /// As asked for.
        expected: String,
        /// Of what came.
        found: String,
    },
    /// Another process downloads the same file.
    #[error("{}: another download of this file is running; wait for it", path.display())]
    Busy {
        /// The target.
        path: PathBuf,
    },
    /// The disk.
    #[error("{}: cannot {doing}: {source}; check that the folder can be written to and has room", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
}

/// What to do about a status.
fn advice(status: u16) -> &'static str {
    match status {
        401 | 403 => "a key may be missing or no longer valid",
        404 | 410 => {
            "the file has moved: look at the publisher's page and correct the origin in the source's card"
        }
        429 => "the server limits how often it may be asked: try again later",
        500..=599 => "the fault is the server's: try again later",
        _ => "look at the publisher's page",
    }
}

/// Turns an I/O error into [`FetchError::Disk`].
pub(crate) fn disk(
    path: &Path,
    doing: &'static str,
) -> impl FnOnce(std::io::Error) -> FetchError + use<> {
    let path = path.to_owned();
    move |source| FetchError::Disk {
        path,
        doing,
        source,
    }
}

/// Why an attempt ended without the file.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Trying again would not help.
    Final(FetchError),
    /// Trying again may help.
    Passing {
        reason: String,
        /// The status, when it was the server's answer that failed.
        status: Option<u16>,
        /// How long the server asks to wait.
        retry_after: Option<Duration>,
    },
    /// The part on disk belongs to another state of the file: begin anew, without waiting.
    Anew,
}

impl Failure {
    /// A failure of the connection.
    pub(crate) fn passing(reason: impl Into<String>) -> Self {
        Self::Passing {
            reason: reason.into(),
            status: None,
            retry_after: None,
        }
    }
}

impl From<FetchError> for Failure {
    fn from(e: FetchError) -> Self {
        Self::Final(e)
    }
}
