//! One exchange with one host, which downloads and pages share: how it is asked, what went wrong,
//! and where a redirect leads.

use std::io;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use ureq::http::header::{HeaderName, LOCATION};
use ureq::http::{HeaderMap, Response};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Error, Proxy, Timeout};

use crate::Validators;
use crate::address::{Guard, Inside};
use crate::url::{self, Checked, Refused};

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

/// How long the steps of an exchange may take.
#[derive(Clone, Copy)]
pub(crate) struct Patience {
    /// All of it.
    pub(crate) deadline: Deadline,
    /// Looking up a host's name, and connecting to it, each.
    pub(crate) connect: Duration,
    /// Silence of the server.
    pub(crate) read: Duration,
}

/// Asks one host once; an answer of any status is one. Redirects are the caller's, who checks each.
/// The connection goes to the addresses that were checked.
pub(crate) fn call(
    at: &Checked,
    headers: HeaderMap,
    patience: &Patience,
) -> Result<Response<Body>, Error> {
    let config = Agent::config_builder()
        .https_only(!at.is_plain())
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(if at.local {
            None
        } else {
            Proxy::try_from_env()
        })
        .timeout_global(Some(patience.deadline.left()))
        .timeout_resolve(Some(patience.connect))
        .timeout_connect(Some(patience.connect))
        .timeout_recv_response(Some(patience.read))
        .timeout_per_read(Some(patience.read))
        .timeout_per_write(Some(patience.read))
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
    question.call()
}

/// What an error of the HTTP library means.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The deadline has passed.
    Late,
    /// The host is at an address that is not public.
    Inside(IpAddr),
    /// The connection is not secure, with what the TLS library says.
    Tls(String),
    /// Anything else, which another attempt may get over.
    Passing(String),
}

impl Trouble {
    pub(crate) fn of(e: Error, connect: Duration, read: Duration) -> Self {
        match e {
            Error::Timeout(Timeout::Global) => Self::Late,
            Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
                Self::Passing(format!("no connection within {} s", connect.as_secs_f64()))
            }
            Error::Timeout(_) => Self::Passing(format!(
                "the server was silent for {} s",
                read.as_secs_f64()
            )),
            Error::Other(inner) => match inner.downcast::<Inside>() {
                Ok(inside) => Self::Inside(inside.address),
                Err(other) => Self::Passing(other.to_string()),
            },
            Error::Rustls(e) => Self::Tls(e.to_string()),
            // The TLS library reports a bad certificate as invalid data on the wire.
            Error::Io(e) if e.kind() == io::ErrorKind::InvalidData => Self::Tls(e.to_string()),
            Error::Io(e) => Self::Passing(e.to_string()),
            Error::HostNotFound => Self::Passing("the host is not found".to_owned()),
            e => Self::Passing(e.to_string()),
        }
    }
}

/// A redirect that is not followed.
#[derive(Debug)]
pub(crate) struct Astray {
    /// Where it leads, without its query.
    pub(crate) to: String,
    /// Why it is not followed.
    pub(crate) why: Refused,
}

/// Where an answer redirects to.
pub(crate) fn redirect(answer: &Response<Body>) -> Option<String> {
    matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308)
        .then(|| text(answer.headers(), &LOCATION))
        .flatten()
}

/// Where a redirect leads, checked like the first address, and never away from HTTPS.
pub(crate) fn follow(
    from: &Checked,
    location: &str,
    check: impl FnOnce(&str) -> Result<Checked, Refused>,
) -> Result<Checked, Astray> {
    let to = url::join(&from.uri, location);
    let astray = |why: Refused| Astray {
        to: url::shown(&to).to_owned(),
        why,
    };
    let next = check(&to).map_err(astray)?;
    if next.is_plain() && !from.is_plain() {
        let away = "it leads away from https://".to_owned();
        return Err(astray(Refused::Form(away)));
    }
    Ok(next)
}

/// One redirect more than are followed.
pub(crate) fn too_many(at: &Checked, most: u32) -> Astray {
    Astray {
        to: url::shown(&at.uri.to_string()).to_owned(),
        why: Refused::Form(format!("it is redirect number {}", most.saturating_add(1))),
    }
}

/// By what the server tells states of a file or page apart.
pub(crate) fn validators(headers: &HeaderMap) -> Validators {
    use ureq::http::header::{ETAG, LAST_MODIFIED};
    Validators {
        etag: text(headers, &ETAG),
        last_modified: text(headers, &LAST_MODIFIED),
    }
}

/// A header as text; `None` when it is missing or not plain text.
pub(crate) fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
