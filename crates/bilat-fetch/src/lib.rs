//! Downloads from a source's origin: resumable, bounded, atomic; and single pages, into memory.
//!
//! [`Visitor`] brings pages and feeds, see there. [`fetch`] brings one file. Whatever happens, a killed process and a full disk included, the
//! target is either the old file or the whole new one; what had come lies beside it:
//!
//! | file | holds |
//! |---|---|
//! | `NAME` | the file, complete |
//! | `NAME.part` | what has come so far |
//! | `NAME.part.json` | which state of which address the part belongs to |
//! | `NAME.lock` | nothing; locked while a download runs, and left behind |
//!
//! # What is refused
//! Addresses other than `https://`; redirects away from it; hosts that resolve to private,
//! loopback or link-local addresses, at the first request and at every redirect; more bytes than
//! the source's card allows. Behind a proxy named by the environment (`HTTPS_PROXY`) the proxy
//! looks names up, so that only addresses written as numbers can be checked here.
//!
//! # What cannot be seen
//! A server that declares fewer bytes than its file has, or declares none and closes early, sends
//! a shorter file that looks whole. A known hash ([`Request::sha256`]) and the expected shape in
//! the source's card catch that.

mod address;
mod body;
mod error;
mod exchange;
#[cfg(fuzzing)]
pub mod fuzzing;
mod http;
mod page;
mod part;
mod run;
mod url;

pub use error::FetchError;
pub use page::{Page, PageError, Policy, Visitor};
pub use run::fetch;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What to download.
#[derive(Clone, Debug)]
pub struct Request {
    /// The address.
    pub url: String,
    /// A header that the publisher wants, such as an API key. It goes to the host of
    /// [`url`](Self::url) alone: a redirect to another host or port leaves it out.
    pub header: Option<Header>,
    /// The state that the target has now; the file is downloaded only when the server has
    /// another. Not asked when the target does not exist.
    pub if_changed: Option<Validators>,
    /// The SHA-256 that the file must have, hexadecimal, when it is known.
    pub sha256: Option<String>,
}

impl Request {
    /// A plain request.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            header: None,
            if_changed: None,
            sha256: None,
        }
    }
}

/// A header whose value is nobody's business: it is not shown by `Debug` and stands in no error.
#[derive(Clone)]
pub struct Header {
    /// The name, such as `Ocp-Apim-Subscription-Key`.
    pub name: String,
    /// The value.
    pub value: String,
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Header({}: …)", self.name)
    }
}

/// By what a server tells one state of a file from another.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Validators {
    /// The `ETag` header, quotes included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The `Last-Modified` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// How far a download may go.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The largest file accepted, in bytes: `max_bytes` of the source's card.
    pub max_bytes: u64,
    /// How long looking up a host's name, and connecting to it, may take, each.
    pub connect: Duration,
    /// How long the server may stay silent.
    pub read: Duration,
    /// How long everything may take: attempts, waits and redirects together.
    pub overall: Duration,
    /// How many redirects are followed in one attempt.
    pub redirects: u32,
    /// How often a failed attempt is repeated. An attempt that brought at least a mebibyte
    /// starts the count again.
    pub retries: u32,
    /// The wait before the first repetition; it doubles from one to the next.
    pub backoff: Duration,
    /// The longest wait, also when the server asks for a longer one.
    pub longest_wait: Duration,
    /// Whether `http://` and loopback addresses are accepted, for tests with a local server.
    /// Nothing but loopback is then reached over `http://`.
    pub allow_loopback: bool,
    /// How to wait.
    pub sleep: Sleep,
}

impl Limits {
    /// The usual limits, for files of at most `max_bytes`.
    #[must_use]
    pub fn new(max_bytes: u64) -> Self {
        Self {
            max_bytes,
            connect: Duration::from_secs(15),
            read: Duration::from_secs(30),
            overall: Duration::from_secs(3600),
            redirects: 5,
            retries: 4,
            backoff: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            allow_loopback: false,
            sleep: Sleep(Arc::new(std::thread::sleep)),
        }
    }
}

/// How to wait between attempts: the thread sleeps, or a test takes note.
#[derive(Clone)]
pub struct Sleep(pub Arc<dyn Fn(Duration) + Send + Sync>);

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sleep")
    }
}

/// What goes on, for a progress bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Bytes of the file have come.
    Bytes {
        /// How many lie on disk, those of an earlier run included. Falls back when the download
        /// has to begin anew.
        bytes: u64,
        /// How many there will be, when the server says so.
        total: Option<u64>,
    },
    /// An attempt failed and will be repeated.
    Waiting {
        /// After how long.
        wait: Duration,
        /// Why the attempt failed.
        reason: String,
    },
}

/// A file that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Whether it was downloaded; otherwise the server says that the target is still its state.
    pub changed: bool,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes as they lie on disk, hexadecimal.
    pub sha256: String,
    /// By what to ask for a later state, see [`Request::if_changed`].
    pub validators: Validators,
    /// How many bytes an earlier, broken download had left to go on from.
    pub resumed_from: u64,
}
