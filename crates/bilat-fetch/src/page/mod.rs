//! One page or feed, into memory.

mod body;
mod error;
pub(crate) mod robots;
mod visit;

pub use error::PageError;
pub use visit::Visitor;

use std::sync::Arc;
use std::time::Duration;

use crate::{Sleep, Validators, exchange};

/// How pages are fetched.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Whether the host that the user names may be on the user's own machine or network, and be
    /// asked over plain `http://`. A redirect to another host is judged as if this were not set,
    /// so that a page cannot lead into the network.
    pub allow_private: bool,
    /// The largest page accepted, in bytes, unpacked.
    pub max_bytes: u64,
    /// How many redirects are followed.
    pub max_redirects: u32,
    /// How long looking up a host's name, and connecting to it, may take, each.
    pub connect: Duration,
    /// How long the server may stay silent.
    pub read: Duration,
    /// How long a page may take: robots.txt, redirects and waits together.
    pub overall: Duration,
    /// The longest wait between two pages of one host that its robots.txt may ask for.
    pub longest_wait: Duration,
    /// What the program calls itself. The part before `/` is the name that robots.txt knows it by.
    pub user_agent: String,
    /// How to wait.
    pub sleep: Sleep,
}

impl Policy {
    /// The usual policy: public addresses over HTTPS, 16 MiB, a minute.
    #[must_use]
    pub fn new() -> Self {
        Self {
            allow_private: false,
            max_bytes: 16 << 20,
            max_redirects: 5,
            connect: Duration::from_secs(10),
            read: Duration::from_secs(20),
            overall: Duration::from_secs(60),
            longest_wait: Duration::from_secs(10),
            user_agent: exchange::AGENT.to_owned(),
            sleep: Sleep(Arc::new(std::thread::sleep)),
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::new()
    }
}

/// A page as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its bytes, unpacked; none when it has not changed.
    pub bytes: Vec<u8>,
    /// Its address after all redirects.
    pub final_url: String,
    /// The media type that the server declares, in lower case: `text/html`.
    pub media_type: Option<String>,
    /// The encoding that the server declares, in lower case: `utf-8`.
    pub charset: Option<String>,
    /// By what to ask for a later state.
    pub validators: Validators,
    /// The HTTP status: 200, or 304 when the page has not changed.
    pub status: u16,
}

impl Page {
    /// Whether the page is still in the state that was asked about.
    #[must_use]
    pub fn unchanged(&self) -> bool {
        self.status == 304
    }
}
