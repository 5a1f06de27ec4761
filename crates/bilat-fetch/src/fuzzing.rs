//! What the fuzz targets reach of the inside; compiled for them alone.

use std::time::Duration;

use crate::page::robots::Robots;
use crate::url::{Checked, join};

/// What a robots.txt says of an address to a program: why it may not be read, and how long to
/// wait between two pages.
#[must_use]
pub fn robots(agent: &str, text: &[u8], url: &str) -> (Option<String>, Option<Duration>) {
    let robots = Robots::read(agent, text);
    (robots.refusal(url), robots.delay())
}

/// Where a page sends to; `None` when the page's own address is none.
#[must_use]
pub fn redirect(page: &str, location: &str) -> Option<String> {
    Some(join(&page.parse().ok()?, location))
}

/// The host of an address that may be asked when nothing private is allowed.
#[must_use]
pub fn accepts(url: &str) -> Option<String> {
    Checked::page(url, false).ok().map(|c| c.host)
}
