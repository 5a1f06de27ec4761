//! One question to the server, redirects included.

use std::time::Duration;

use ureq::http::header::{
    ACCEPT_ENCODING, HeaderName, HeaderValue, IF_NONE_MATCH, IF_RANGE, RANGE,
};
use ureq::http::header::{DATE, IF_MODIFIED_SINCE, RETRY_AFTER, USER_AGENT};
use ureq::http::{HeaderMap, Response, StatusCode};
use ureq::{Body, Error};

use crate::error::Failure;
use crate::exchange::{self, AGENT, Astray, Deadline, Patience, Trouble, redirect, text};
use crate::part::Note;
use crate::url::{Checked, Refused};
use crate::{FetchError, Limits, Request, Validators};

/// What to ask for besides the file itself.
#[derive(Default)]
pub(crate) struct Conditions<'a> {
    /// Only when it is no longer this state.
    pub(crate) if_changed: Option<&'a Validators>,
    /// Only what comes after so many bytes, when it is still the state of the note.
    pub(crate) rest: Option<(u64, &'a Note)>,
}

/// Asks, follows redirects, and returns the first answer that is none.
pub(crate) fn ask(
    request: &Request,
    conditions: &Conditions<'_>,
    limits: &Limits,
    deadline: Deadline,
) -> Result<Response<Body>, Failure> {
    let home = check(&request.url, limits)?;
    let patience = Patience {
        deadline,
        connect: limits.connect,
        read: limits.read,
    };
    let mut at = home.clone();
    for _ in 0..=limits.redirects {
        let mut headers = headers(conditions)?;
        if at.same_origin(&home) {
            add_secret(&mut headers, request)?;
        }
        let answer = exchange::call(&at, headers, &patience)
            .map_err(|e| failure(e, request, Some(&at.host), limits))?;
        let Some(location) = redirect(&answer) else {
            return Ok(answer);
        };
        at = exchange::follow(&at, &location, |to| Checked::new(to, limits.allow_loopback))
            .map_err(|astray| not_followed(request, astray))?;
    }
    Err(not_followed(request, exchange::too_many(&at, limits.redirects)).into())
}

fn not_followed(request: &Request, astray: Astray) -> FetchError {
    match astray.why {
        Refused::Form(reason) => FetchError::Redirect {
            url: request.url.clone(),
            to: astray.to,
            reason,
        },
        inside @ Refused::Inside(..) => refused(&request.url, inside),
    }
}

/// The address of a request, if it may be asked.
pub(crate) fn check(url: &str, limits: &Limits) -> Result<Checked, FetchError> {
    Checked::new(url, limits.allow_loopback).map_err(|why| refused(url, why))
}

fn refused(url: &str, why: Refused) -> FetchError {
    let url = url.to_owned();
    match why {
        Refused::Form(reason) => FetchError::Url { url, reason },
        Refused::Inside(host, address) => FetchError::Inside { url, host, address },
    }
}

fn headers(conditions: &Conditions<'_>) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    // The file as it lies there: ranges and hashes are those of its own bytes.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    // These values came from a server's headers, so they fit into one again.
    let mut put = |name: HeaderName, value: &str| {
        HeaderValue::from_str(value)
            .map(|v| drop(headers.insert(name, v)))
            .map_err(|e| Failure::passing(e.to_string()))
    };
    if let Some(v) = conditions.if_changed {
        if let Some(etag) = &v.etag {
            put(IF_NONE_MATCH, etag)?;
        } else if let Some(date) = &v.last_modified {
            put(IF_MODIFIED_SINCE, date)?;
        }
    }
    if let Some((from, note)) = conditions.rest
        && let Some(state) = note.if_range()
    {
        put(RANGE, &format!("bytes={from}-"))?;
        put(IF_RANGE, state)?;
    }
    Ok(headers)
}

fn add_secret(headers: &mut HeaderMap, request: &Request) -> Result<(), FetchError> {
    let Some(header) = &request.header else {
        return Ok(());
    };
    let wrong = |reason: String| FetchError::Header {
        url: request.url.clone(),
        name: header.name.clone(),
        reason,
    };
    let name: HeaderName = header
        .name
        .parse()
        .map_err(|_| wrong("its name is not a header's".to_owned()))?;
    let mut value = HeaderValue::from_str(&header.value)
        .map_err(|_| wrong("its value holds characters that a header cannot".to_owned()))?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}

/// What an error of the HTTP library means for the download.
pub(crate) fn failure(e: Error, request: &Request, host: Option<&str>, limits: &Limits) -> Failure {
    let url = request.url.clone();
    match Trouble::of(e, limits.connect, limits.read) {
        Trouble::Late => FetchError::Timeout {
            url,
            limit: limits.overall,
            reason: "waiting for the server".to_owned(),
        }
        .into(),
        Trouble::Inside(address) => FetchError::Inside {
            url,
            host: host.unwrap_or_default().to_owned(),
            address,
        }
        .into(),
        Trouble::Tls(reason) => FetchError::Tls { url, reason }.into(),
        Trouble::Passing(reason) => Failure::passing(reason),
    }
}

/// How long an answer asks to wait: seconds, or a date, counted from the answer's own `Date` so
/// that the computer's clock does not matter.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let asked = text(headers, &RETRY_AFTER)?;
    if let Ok(seconds) = asked.trim().parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::parse(&asked).ok()?.timestamp();
    let sent = jiff::fmt::rfc2822::parse(&text(headers, &DATE)?).ok()?;
    let wait = until.as_second() - sent.timestamp().as_second();
    Some(Duration::from_secs(u64::try_from(wait).unwrap_or(0)))
}

/// Start and total of a `Content-Range: bytes 5-9/10` (the total may be `*`).
pub(crate) fn content_range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    use ureq::http::header::CONTENT_RANGE;
    let value = text(headers, &CONTENT_RANGE)?;
    let (range, total) = value.trim().strip_prefix("bytes ")?.split_once('/')?;
    let start = range.split_once('-')?.0.trim().parse().ok()?;
    Some((start, total.trim().parse().ok()))
}

/// Whether asking again may help: too many requests, or a fault of the server.
pub(crate) fn passes(status: StatusCode) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error()
}
