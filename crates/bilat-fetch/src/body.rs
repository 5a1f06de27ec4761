//! An answer's bytes on their way to the disk.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use ureq::Body;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use ureq::http::{HeaderMap, Response};

use crate::error::Failure;
use crate::exchange;
use crate::http::{self, failure};
use crate::part::{Note, Part};
use crate::{FetchError, Limits, Progress, Request};

/// How the bytes are packed on the way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Packing {
    /// Not at all: they are the file.
    None,
    /// With gzip, by a server that does so unasked.
    Gzip,
}

/// Takes the whole file from an answer 200.
pub(crate) fn whole(
    request: &Request,
    target: &Path,
    answer: Response<Body>,
    part: &mut Part,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Failure> {
    let packing = packing(request, target, answer.headers())?;
    let declared = length(answer.headers());
    // What is packed has another length on the way than on disk, and cannot be gone on from.
    let plain = packing == Packing::None;
    let total = declared.filter(|_| plain);
    check_size(request, limits, declared)?;
    let note = Note {
        url: request.url.clone(),
        total,
        validators: if plain {
            exchange::validators(answer.headers())
        } else {
            crate::Validators::default()
        },
    };
    let file = part.begin(note)?;
    let body = answer.into_body().into_with_config().limit(u64::MAX);
    match packing {
        Packing::None => copy(request, body.reader(), file, part, total, limits, progress),
        Packing::Gzip => {
            let unpacked = MultiGzDecoder::new(body.reader());
            copy(request, unpacked, file, part, None, limits, progress)
        }
    }
}

/// Takes the rest of the file from an answer 206, when it is the rest of what lies on disk.
pub(crate) fn rest(
    request: &Request,
    note: &Note,
    answer: Response<Body>,
    part: &mut Part,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Failure> {
    let headers = answer.headers();
    let Some((start, total)) = http::content_range(headers) else {
        return Err(Failure::Anew);
    };
    // Servers exist that send a range of another state in spite of If-Range; what they say of the
    // state is compared where they say it.
    let now = exchange::validators(headers);
    let differs = |old: &Option<String>, new: &Option<String>| new.is_some() && old != new;
    if start != part.len()
        || headers.contains_key(CONTENT_ENCODING)
        || (note.total.is_some() && total.is_some() && note.total != total)
        || differs(&note.validators.etag, &now.etag)
        || differs(&note.validators.last_modified, &now.last_modified)
    {
        return Err(Failure::Anew);
    }
    let total = total.or(note.total);
    check_size(request, limits, total)?;
    let file = part.append()?;
    let reader = answer.into_body().into_with_config().limit(u64::MAX);
    copy(
        request,
        reader.reader(),
        file,
        part,
        total,
        limits,
        progress,
    )
}

/// How an answer is packed. A `.gz` that a server declares to be packed with gzip is the file
/// itself: unpacked it would no longer be what its name says.
fn packing(request: &Request, target: &Path, headers: &HeaderMap) -> Result<Packing, FetchError> {
    let encoding = exchange::text(headers, &CONTENT_ENCODING).unwrap_or_default();
    match encoding.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => Ok(Packing::None),
        "gzip" | "x-gzip" if target.extension().is_some_and(|e| e == "gz") => Ok(Packing::None),
        "gzip" | "x-gzip" => Ok(Packing::Gzip),
        _ => Err(FetchError::Encoding {
            url: request.url.clone(),
            encoding,
        }),
    }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    exchange::text(headers, &CONTENT_LENGTH)?
        .trim()
        .parse()
        .ok()
}

fn check_size(request: &Request, limits: &Limits, total: Option<u64>) -> Result<(), FetchError> {
    if total.is_some_and(|n| n > limits.max_bytes) {
        return Err(FetchError::TooLarge {
            url: request.url.clone(),
            limit: limits.max_bytes,
            declared: total,
        });
    }
    Ok(())
}

/// Copies to the part, within the limit, and makes sure that all has come.
fn copy(
    request: &Request,
    mut from: impl Read,
    mut file: File,
    part: &mut Part,
    total: Option<u64>,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Failure> {
    let mut buffer = vec![0; 64 * 1024];
    progress(Progress::Bytes {
        bytes: part.len(),
        total,
    });
    loop {
        let n = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(broken(e, request, limits, part.len(), total)),
        };
        if part.len() + n as u64 > limits.max_bytes {
            // What came is of no use: more of it is not wanted.
            part.discard()?;
            return Err(FetchError::TooLarge {
                url: request.url.clone(),
                limit: limits.max_bytes,
                declared: None,
            }
            .into());
        }
        part.write(&mut file, &buffer[..n])?;
        progress(Progress::Bytes {
            bytes: part.len(),
            total,
        });
    }
    match total {
        Some(total) if part.len() < total => {
            Err(Failure::passing(stopped(part.len(), Some(total), "")))
        }
        // More than the whole: the parts do not belong together.
        Some(total) if part.len() > total => Err(Failure::Anew),
        _ => Ok(()),
    }
}

/// What a failed read means.
fn broken(
    e: io::Error,
    request: &Request,
    limits: &Limits,
    bytes: u64,
    total: Option<u64>,
) -> Failure {
    match failure(ureq::Error::from(e), request, None, limits) {
        Failure::Passing {
            reason,
            status,
            retry_after,
        } => Failure::Passing {
            reason: stopped(bytes, total, &format!(" ({reason})")),
            status,
            retry_after,
        },
        other => other,
    }
}

fn stopped(bytes: u64, total: Option<u64>, why: &str) -> String {
    match total {
        Some(total) => format!("the server stopped after {bytes} of {total} bytes{why}"),
        None => format!("the server stopped after {bytes} bytes{why}"),
    }
}
