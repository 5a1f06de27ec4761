//! One question to the server, redirects included.

use std::time::{Duration, Instant};

use ureq::http::header::{DATE, IF_MODIFIED_SINCE, RETRY_AFTER, USER_AGENT};
use ureq::http::header::{HeaderName, HeaderValue, IF_NONE_MATCH, IF_RANGE, LOCATION, RANGE};
use ureq::http::{HeaderMap, Response, StatusCode};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Error, Proxy, Timeout};

use crate::address::{Guard, Inside};
use crate::error::Failure;
use crate::part::Note;
use crate::url::{self, Checked, Refused};
use crate::{FetchError, Limits, Request, Validators};

pub(crate) const AGENT: &str = concat!("bilat/", env!("CARGO_PKG_VERSION"));

/// When everything has to be done.
#[derive(Clone, Copy)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    // The one clock: it decides when to give up, never what is written.
    #[allow(clippy::disallowed_methods)]
    pub(crate) fn after(limit: Duration) -> Self {
        let now = Instant::now();
        // A limit beyond what the clock can count is no limit; a year stands for it.
        let far = Duration::from_secs(365 * 24 * 3600);
        Self(now.checked_add(limit).unwrap_or(now + far))
    }

    #[allow(clippy::disallowed_methods)]
    pub(crate) fn left(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }
}

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
    let mut at = home.clone();
    for _ in 0..=limits.redirects {
        let mut headers = headers(conditions)?;
        if at.same_origin(&home) {
            add_secret(&mut headers, request)?;
        }
        let answer = one(request, &at, headers, limits, deadline)?;
        let Some(location) = redirect(&answer) else {
            return Ok(answer);
        };
        at = follow(request, &at, &location, limits)?;
    }
    Err(FetchError::Redirect {
        url: request.url.clone(),
        to: url::shown(&at.uri.to_string()).to_owned(),
        reason: format!("it is redirect number {}", limits.redirects + 1),
    }
    .into())
}

/// The address of a request, if it may be asked.
pub(crate) fn check(url: &str, limits: &Limits) -> Result<Checked, FetchError> {
    Checked::new(url, limits.allow_loopback).map_err(|refused| match refused {
        Refused::Form(reason) => FetchError::Url {
            url: url.to_owned(),
            reason,
        },
        Refused::Inside(host, address) => FetchError::Inside {
            url: url.to_owned(),
            host,
            address,
        },
    })
}

fn headers(conditions: &Conditions<'_>) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
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

/// One exchange with one host.
fn one(
    request: &Request,
    at: &Checked,
    headers: HeaderMap,
    limits: &Limits,
    deadline: Deadline,
) -> Result<Response<Body>, Failure> {
    let config = Agent::config_builder()
        .https_only(!at.is_plain())
        .http_status_as_error(false)
        // Redirects are followed above, where each is checked.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(if at.local {
            None
        } else {
            Proxy::try_from_env()
        })
        // The file as it lies there: ranges and hashes are those of its own bytes.
        .accept_encoding("identity")
        .timeout_global(Some(deadline.left()))
        .timeout_resolve(Some(limits.connect))
        .timeout_connect(Some(limits.connect))
        .timeout_recv_response(Some(limits.read))
        .timeout_per_read(Some(limits.read))
        .timeout_per_write(Some(limits.read))
        .build();
    let guard = Guard {
        host: at.host.clone(),
        rule: at.rule,
    };
    let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
    let mut question = agent.get(at.uri.clone());
    if let Some(map) = question.headers_mut() {
        map.extend(headers);
    }
    question
        .call()
        .map_err(|e| failure(e, request, Some(&at.host), limits))
}

/// Where an answer redirects to.
pub(crate) fn redirect(answer: &Response<Body>) -> Option<String> {
    matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308)
        .then(|| text(answer.headers(), &LOCATION))
        .flatten()
}

fn follow(
    request: &Request,
    from: &Checked,
    location: &str,
    limits: &Limits,
) -> Result<Checked, FetchError> {
    let to = url::join(&from.uri, location);
    let refuse = |reason: String| FetchError::Redirect {
        url: request.url.clone(),
        to: url::shown(&to).to_owned(),
        reason,
    };
    let next = Checked::new(&to, limits.allow_loopback).map_err(|refused| match refused {
        Refused::Form(reason) => refuse(reason),
        Refused::Inside(host, address) => FetchError::Inside {
            url: request.url.clone(),
            host,
            address,
        },
    })?;
    if next.is_plain() && !from.is_plain() {
        return Err(refuse("it leads away from https://".to_owned()));
    }
    Ok(next)
}

/// What an error of the HTTP library means for the download.
pub(crate) fn failure(e: Error, request: &Request, host: Option<&str>, limits: &Limits) -> Failure {
    let url = request.url.clone();
    match e {
        Error::Timeout(Timeout::Global) => FetchError::Timeout {
            url,
            limit: limits.overall,
            reason: "waiting for the server".to_owned(),
        }
        .into(),
        Error::Timeout(what) => Failure::passing(silence(what, limits)),
        Error::Other(inner) => match inner.downcast::<Inside>() {
            Ok(inside) => FetchError::Inside {
                url,
                host: host.unwrap_or_default().to_owned(),
                address: inside.address,
            }
            .into(),
            Err(other) => Failure::passing(other.to_string()),
        },
        Error::Rustls(e) => FetchError::Tls {
            url,
            reason: e.to_string(),
        }
        .into(),
        // The TLS library reports a bad certificate as invalid data on the wire.
        Error::Io(e) if e.kind() == std::io::ErrorKind::InvalidData => FetchError::Tls {
            url,
            reason: e.to_string(),
        }
        .into(),
        Error::Io(e) => Failure::passing(e.to_string()),
        Error::HostNotFound => Failure::passing("the host is not found"),
        e => Failure::passing(e.to_string()),
    }
}

fn silence(what: Timeout, limits: &Limits) -> String {
    match what {
        Timeout::Resolve | Timeout::Connect => {
            format!("no connection within {} s", limits.connect.as_secs_f64())
        }
        _ => format!("the server was silent for {} s", limits.read.as_secs_f64()),
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

/// By what the server tells states of the file apart.
pub(crate) fn validators(headers: &HeaderMap) -> Validators {
    use ureq::http::header::{ETAG, LAST_MODIFIED};
    Validators {
        etag: text(headers, &ETAG),
        last_modified: text(headers, &LAST_MODIFIED),
    }
}

/// Start and total of a `Content-Range: bytes 5-9/10` (the total may be `*`).
pub(crate) fn content_range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    use ureq::http::header::CONTENT_RANGE;
    let value = text(headers, &CONTENT_RANGE)?;
    let (range, total) = value.trim().strip_prefix("bytes ")?.split_once('/')?;
    let start = range.split_once('-')?.0.trim().parse().ok()?;
    Some((start, total.trim().parse().ok()))
}

/// A header as text; `None` when it is missing or not plain text.
pub(crate) fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// Whether asking again may help: too many requests, or a fault of the server.
pub(crate) fn passes(status: StatusCode) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error()
}
