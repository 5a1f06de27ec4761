//! The download from the first question to the file in its place.

use std::path::Path;
use std::time::Duration;

use ureq::http::StatusCode;

use crate::error::{Failure, disk};
use crate::exchange::{self, Deadline};
use crate::http::{self, Conditions};
use crate::part::{self, Lock, Part};
use crate::{FetchError, Fetched, Limits, Progress, Request, Validators, body};

/// How many bytes an attempt must bring to count as progress.
const PROGRESS: u64 = 1 << 20;

/// Downloads a file to `target`, whose folder is created when it is missing.
///
/// Failures that may pass (connections, 429, 5xx) are repeated after waits that double, or as
/// long as the server asks for; other answers are final. What an earlier run has left is gone on
/// from when the server still has the same state of the file.
///
/// # Errors
/// [`FetchError`]; the target is then as it was.
pub fn fetch(
    request: &Request,
    target: &Path,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Fetched, FetchError> {
    http::check(&request.url, limits)?;
    if let Some(folder) = part::folder(target) {
        std::fs::create_dir_all(folder).map_err(disk(folder, "create it"))?;
    }
    let _lock = Lock::take(target)?;
    let mut part = Part::open(target, &request.url)?;
    let mut patience = Patience::new(request, limits);
    loop {
        let before = part.len();
        match attempt(
            request,
            target,
            &mut part,
            limits,
            patience.deadline,
            progress,
        ) {
            Ok(Came::Unchanged(validators)) => return unchanged(target, part, validators),
            Ok(Came::Whole {
                validators,
                resumed_from,
            }) => return finish(request, part, validators, resumed_from),
            Err(Failure::Final(e)) => return Err(e),
            Err(Failure::Anew) => {
                part.discard()?;
                patience.again("the server has another state of the file")?;
            }
            Err(Failure::Passing {
                reason,
                status,
                retry_after,
            }) => {
                if part.len() >= before.saturating_add(PROGRESS) {
                    patience.failed = 0;
                }
                patience.wait(reason, status, retry_after, progress)?;
            }
        }
    }
}

/// What an attempt brought.
enum Came {
    /// The target is the server's state still.
    Unchanged(Validators),
    /// The part is the whole file.
    Whole {
        validators: Validators,
        resumed_from: u64,
    },
}

fn attempt(
    request: &Request,
    target: &Path,
    part: &mut Part,
    limits: &Limits,
    deadline: Deadline,
    progress: &mut dyn FnMut(Progress),
) -> Result<Came, Failure> {
    let note = part.resumable().cloned();
    let conditions = Conditions {
        if_changed: request.if_changed.as_ref().filter(|_| target.exists()),
        rest: note.as_ref().map(|n| (part.len(), n)),
    };
    let answer = http::ask(request, &conditions, limits, deadline)?;
    let mut validators = exchange::validators(answer.headers());
    match (answer.status(), &note) {
        (StatusCode::OK, _) => {
            body::whole(request, target, answer, part, limits, progress)?;
            Ok(Came::Whole {
                validators,
                resumed_from: 0,
            })
        }
        (StatusCode::PARTIAL_CONTENT, Some(note)) => {
            let resumed_from = part.len();
            body::rest(request, note, answer, part, limits, progress)?;
            // A 206 need not repeat what the 200 said.
            let known = note.validators.clone();
            validators.etag = validators.etag.or(known.etag);
            validators.last_modified = validators.last_modified.or(known.last_modified);
            Ok(Came::Whole {
                validators,
                resumed_from,
            })
        }
        // The part is longer than the file now is, or as long and its end is not told.
        (StatusCode::RANGE_NOT_SATISFIABLE, Some(_)) => Err(Failure::Anew),
        (StatusCode::NOT_MODIFIED, _) if let Some(known) = conditions.if_changed => {
            validators.etag = validators.etag.or_else(|| known.etag.clone());
            validators.last_modified = validators
                .last_modified
                .or_else(|| known.last_modified.clone());
            Ok(Came::Unchanged(validators))
        }
        (status, _) if http::passes(status) => Err(Failure::Passing {
            reason: format!("the server answered {}", status.as_u16()),
            status: Some(status.as_u16()),
            retry_after: http::retry_after(answer.headers()),
        }),
        (status, _) => Err(FetchError::Status {
            url: request.url.clone(),
            status: status.as_u16(),
            attempts: "not tried again".to_owned(),
        }
        .into()),
    }
}

fn unchanged(target: &Path, mut part: Part, validators: Validators) -> Result<Fetched, FetchError> {
    // A part of a state that the server no longer has is of no use.
    part.discard()?;
    Ok(Fetched {
        changed: false,
        bytes: std::fs::metadata(target)
            .map_err(disk(target, "read it"))?
            .len(),
        sha256: part::sha256(target)?,
        validators,
        resumed_from: 0,
    })
}

fn finish(
    request: &Request,
    mut part: Part,
    validators: Validators,
    resumed_from: u64,
) -> Result<Fetched, FetchError> {
    let bytes = part.len();
    let sha256 = part.sha256()?;
    if let Some(expected) = &request.sha256
        && !expected.eq_ignore_ascii_case(&sha256)
    {
        part.discard()?;
        return Err(FetchError::Hash {
            url: request.url.clone(),
            expected: expected.clone(),
            found: sha256,
        });
    }
    part.finish()?;
    Ok(Fetched {
        changed: true,
        bytes,
        sha256,
        validators,
        resumed_from,
    })
}

/// How often has been tried, and how long may still be waited.
struct Patience<'a> {
    request: &'a Request,
    limits: &'a Limits,
    deadline: Deadline,
    /// Failures in a row.
    failed: u32,
    /// Times begun anew. Counted apart, so that a server whose file changes at every question
    /// does not keep the program going.
    anew: u32,
}

impl<'a> Patience<'a> {
    fn new(request: &'a Request, limits: &'a Limits) -> Self {
        Self {
            request,
            limits,
            deadline: Deadline::after(limits.overall),
            failed: 0,
            anew: 0,
        }
    }

    /// Begins anew at once.
    fn again(&mut self, reason: &str) -> Result<(), FetchError> {
        self.anew += 1;
        if self.anew > self.limits.retries.max(1) {
            return Err(self.network(reason.to_owned()));
        }
        Ok(())
    }

    /// Waits before the next attempt, or says that there is none.
    fn wait(
        &mut self,
        reason: String,
        status: Option<u16>,
        retry_after: Option<Duration>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), FetchError> {
        self.failed += 1;
        if self.failed > self.limits.retries {
            return Err(match status {
                Some(status) => FetchError::Status {
                    url: self.request.url.clone(),
                    status,
                    attempts: self.attempts(),
                },
                None => self.network(reason),
            });
        }
        let doubled = 2_u32.saturating_pow(self.failed - 1);
        let wait = retry_after
            .unwrap_or_else(|| self.limits.backoff.saturating_mul(doubled))
            .min(self.limits.longest_wait);
        if wait >= self.deadline.left() {
            return Err(FetchError::Timeout {
                url: self.request.url.clone(),
                limit: self.limits.overall,
                reason,
            });
        }
        progress(Progress::Waiting { wait, reason });
        (self.limits.sleep.0)(wait);
        Ok(())
    }

    fn network(&self, reason: String) -> FetchError {
        FetchError::Network {
            url: self.request.url.clone(),
            reason,
            attempts: self.attempts(),
        }
    }

    fn attempts(&self) -> String {
        match self.failed.max(self.anew) {
            1 => "tried once".to_owned(),
            n => format!("tried {n} times"),
        }
    }
}
