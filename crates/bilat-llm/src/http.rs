//! The exchange with the endpoint: bounded in bytes, time and attempts.

use std::io::Read;
use std::time::{Duration, Instant};

use ureq::http::header::{AUTHORIZATION, DATE, HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use ureq::http::{HeaderMap, Uri};
use ureq::{Agent, Timeout};

use crate::error::{Error, plain};
use crate::prompt::{Manner, Question};
use crate::{Endpoint, Limits};

/// Bytes of an error's body that are looked at.
const WORDS: usize = 4096;

/// An endpoint that is being asked.
pub(crate) struct Server<'a> {
    endpoint: &'a Endpoint,
    address: Uri,
    host: String,
    bearer: Option<HeaderValue>,
    agent: Agent,
    manner: Manner,
    deadline: Instant,
}

/// What came of one attempt.
enum Outcome {
    Answer(Vec<u8>),
    /// An answer that is not worth asking for again.
    Useless(String),
    /// The server is busy or the connection broke; with the pause that was asked for.
    Passing(String, Option<Duration>),
    /// The server does not take this form of the question.
    Form {
        status: u16,
        said: String,
    },
}

impl<'a> Server<'a> {
    pub(crate) fn new(endpoint: &'a Endpoint) -> Result<Self, Error> {
        let limits = &endpoint.limits;
        let (address, host) = address(endpoint)?;
        let bearer = match &endpoint.key {
            Some(key) => Some(bearer(key).ok_or_else(|| Error::Key { host: host.clone() })?),
            None => None,
        };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Text and key go to nobody but the host that the user named.
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would be read from the environment.
            .proxy(None)
            .accept_encoding("identity")
            .timeout_connect(Some(limits.connect))
            .timeout_resolve(Some(limits.connect))
            .build();
        Ok(Self {
            endpoint,
            address,
            host,
            bearer,
            agent: Agent::new_with_config(config),
            manner: Manner {
                schema: true,
                temperature: true,
            },
            deadline: after(limits.overall),
        })
    }

    /// Asks until there is an answer or the limits are met; the inner error is an answer that is
    /// of no use.
    pub(crate) fn ask(&mut self, question: &Question) -> Result<Result<Vec<u8>, String>, Error> {
        let limits = &self.endpoint.limits;
        let (mut attempts, mut pause) = (0, limits.pause);
        loop {
            let (reason, asked) = match self.once(question)? {
                Outcome::Answer(body) => return Ok(Ok(body)),
                Outcome::Useless(why) => return Ok(Err(why)),
                Outcome::Form { status, said } => match self.simpler(&said) {
                    true => continue,
                    false => return Err(self.refused(status, &said)),
                },
                Outcome::Passing(reason, asked) => (reason, asked),
            };
            attempts += 1;
            if attempts >= limits.attempts.max(1) {
                return Err(Error::Unreachable {
                    host: self.host.clone(),
                    attempts,
                    reason,
                });
            }
            let wait = asked.unwrap_or(pause);
            if wait > limits.longest_pause || wait > left(self.deadline) {
                return Err(Error::Busy {
                    host: self.host.clone(),
                    pause: wait,
                });
            }
            std::thread::sleep(wait);
            pause = pause.saturating_mul(2).min(limits.longest_pause);
        }
    }

    /// Takes away what a server does not know; whether anything was left to take away.
    fn simpler(&mut self, said: &str) -> bool {
        if self.manner.temperature && said.contains("temperature") {
            self.manner.temperature = false;
            return true;
        }
        std::mem::take(&mut self.manner.schema)
    }

    fn refused(&self, status: u16, said: &str) -> Error {
        Error::Status {
            host: self.host.clone(),
            status,
            said: plain(said, self.endpoint.key.as_deref()),
        }
    }

    fn once(&self, question: &Question) -> Result<Outcome, Error> {
        let limits = &self.endpoint.limits;
        let time = limits.wait.min(left(self.deadline));
        let mut request = self
            .agent
            .post(self.address.clone())
            .config()
            .timeout_global(Some(time))
            .build()
            .header("content-type", "application/json");
        if let Some(bearer) = &self.bearer {
            request = request.header(AUTHORIZATION, bearer.clone());
        }
        let body = question.body(self.manner).to_string();
        let mut answer = match request.send(body.as_bytes()) {
            Ok(answer) => answer,
            Err(e) => return self.failed(e, time),
        };
        let status = answer.status().as_u16();
        let headers = answer.headers().clone();
        let most = if status == 200 { limits.answer } else { WORDS };
        let mut body = Vec::new();
        let unbounded = answer.body_mut().with_config().limit(u64::MAX);
        let read = unbounded
            .reader()
            .take(most as u64 + 1)
            .read_to_end(&mut body);
        if status != 200 {
            let said = String::from_utf8_lossy(&body[..body.len().min(WORDS)]);
            return self.no_answer(status, &headers, &said);
        }
        if body.len() > most {
            return Ok(Outcome::Useless(format!(
                "the answer is longer than {most} bytes"
            )));
        }
        match read {
            Ok(_) => Ok(Outcome::Answer(body)),
            Err(e) => self.failed(ureq::Error::from(e), time),
        }
    }

    fn no_answer(&self, status: u16, headers: &HeaderMap, said: &str) -> Result<Outcome, Error> {
        match status {
            300..400 => Err(Error::Redirect {
                host: self.host.clone(),
                to: plain(
                    &text(headers, &LOCATION).unwrap_or_default(),
                    self.endpoint.key.as_deref(),
                ),
            }),
            400 | 422 => Ok(Outcome::Form {
                status,
                said: said.to_owned(),
            }),
            429 | 500..600 => Ok(Outcome::Passing(
                format!("it answers {status}"),
                retry_after(headers),
            )),
            _ => Err(self.refused(status, said)),
        }
    }

    fn failed(&self, e: ureq::Error, time: Duration) -> Result<Outcome, Error> {
        match e {
            ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
                Ok(Outcome::Passing("no connection in time".to_owned(), None))
            }
            // A model that is too slow once is so again: the same question takes as long.
            ureq::Error::Timeout(_) => Err(Error::Silent {
                host: self.host.clone(),
                limit: time,
            }),
            e => Ok(Outcome::Passing(
                plain(&e.to_string(), self.endpoint.key.as_deref()),
                None,
            )),
        }
    }
}

/// The whole address and its host.
fn address(endpoint: &Endpoint) -> Result<(Uri, String), Error> {
    let bad = |reason| Error::Address {
        // An address with a password in it is not repeated.
        base: match endpoint.base.contains('@') {
            true => "…".to_owned(),
            false => plain(&endpoint.base, endpoint.key.as_deref()),
        },
        reason,
    };
    let base = endpoint.base.trim().trim_end_matches('/');
    if base.contains(['@', '?', '#']) {
        return Err(bad("it holds a user, a query or a fragment"));
    }
    let uri: Uri = format!("{base}/chat/completions")
        .parse()
        .map_err(|_| bad("it is no address"))?;
    let host = uri.host().unwrap_or_default().to_owned();
    if host.is_empty() {
        return Err(bad("it has no host"));
    }
    let inside = host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse()
            .is_ok_and(|a: std::net::IpAddr| a.is_loopback());
    match uri.scheme_str() {
        Some("https") => Ok((uri, host)),
        Some("http") if inside || endpoint.key.is_none() => Ok((uri, host)),
        Some("http") => Err(bad("a key is not sent over plain http to another machine")),
        _ => Err(bad("it does not begin with https://")),
    }
}

fn bearer(key: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", key.trim())).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// How long an answer asks to wait: seconds, or a date, counted from the answer's own so that the
/// computer's clock does not matter.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let asked = text(headers, &RETRY_AFTER)?;
    if let Ok(seconds) = asked.trim().parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let second = |s: &str| Some(jiff::fmt::rfc2822::parse(s).ok()?.timestamp().as_second());
    let wait = second(&asked)?.saturating_sub(second(&text(headers, &DATE)?)?);
    Some(Duration::from_secs(u64::try_from(wait).unwrap_or(0)))
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

// The one clock: it decides when to give up, never what is written.
#[allow(clippy::disallowed_methods)]
fn after(limit: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(limit)
        .unwrap_or_else(|| now + Limits::default().overall)
}

#[allow(clippy::disallowed_methods)]
fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}
