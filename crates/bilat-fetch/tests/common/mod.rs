//! Limits for a server on this machine.

#![allow(dead_code, clippy::unwrap_used, unreachable_pub)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bilat_fetch::{Limits, Sleep};

/// Limits for a local server, and the waits that were asked for instead of slept.
pub fn limits(max_bytes: u64) -> (Limits, Arc<Mutex<Vec<Duration>>>) {
    let waits = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&waits);
    let mut limits = Limits::new(max_bytes);
    limits.allow_loopback = true;
    limits.read = Duration::from_secs(5);
    limits.overall = Duration::from_secs(60);
    limits.sleep = Sleep(Arc::new(move |d| list.lock().unwrap().push(d)));
    (limits, waits)
}
