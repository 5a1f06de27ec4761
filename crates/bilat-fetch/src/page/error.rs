//! Why a page did not come, and what to do.

use std::net::IpAddr;
use std::time::Duration;

/// A page that did not come.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The address is not one that is fetched from.
    #[error("{url}: {reason}")]
    Url {
        /// The address.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A host on the inside of a network.
    #[error(
        "{url}: {host} is at {address}, which is not a public address; nothing was sent to it. If the page is your own, allow private addresses"
    )]
    Inside {
        /// The address asked for.
        url: String,
        /// The host, perhaps of a redirect.
        host: String,
        /// What it resolves to.
        address: IpAddr,
    },
    /// A redirect that is not followed.
    #[error("{url}: redirected to {to}, which is not followed: {reason}")]
    Redirect {
        /// The address asked for.
        url: String,
        /// Where the server points, without its query.
        to: String,
        /// Why it is not followed.
        reason: String,
    },
    /// The site does not want programs there.
    #[error(
        "{url}: {reason}; save the page with a browser and add the file instead, if its terms allow that"
    )]
    Robots {
        /// The address.
        url: String,
        /// What robots.txt says, or why it could not be asked.
        reason: String,
    },
    /// The server refuses.
    #[error("{url}: the server answered {status}; {}", advice(*status))]
    Status {
        /// The address.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The connection fails.
    #[error("{url}: {reason}; check the network and the address, and try again")]
    Network {
        /// The address.
        url: String,
        /// What went wrong.
        reason: String,
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
    #[error("{url}: not done after {} s; try again later", limit.as_secs_f64())]
    Timeout {
        /// The address.
        url: String,
        /// The limit.
        limit: Duration,
    },
    /// More bytes than allowed.
    #[error(
        "{url}: the page has more than {limit} bytes unpacked, which is the most that is taken"
    )]
    TooLarge {
        /// The address.
        url: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// Bytes packed in a way that is not unpacked here, or wrongly.
    #[error("{url}: what the server sends does not unpack ({reason}); try again later")]
    Packing {
        /// The address.
        url: String,
        /// In what way.
        reason: String,
    },
}

fn advice(status: u16) -> &'static str {
    match status {
        401 | 403 => "it wants a reader who is known to it",
        404 | 410 => "the page has moved: check the address",
        429 => "it limits how often it may be asked: try again later",
        500..=599 => "the fault is the server's: try again later",
        _ => "check the address in a browser",
    }
}
