//! A page's bytes: unpacked, bounded, all of them.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use ureq::Body;
use ureq::http::Response;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};

use super::PageError;
use crate::exchange;

/// What packed bytes may exceed the limit by: the head and foot of the packing.
const SLACK: u64 = 4096;

/// How reading ended.
pub(super) enum Came {
    /// All of it.
    Whole(Vec<u8>),
    /// More than the limit; this is what came up to it.
    Cut(Vec<u8>),
}

/// Reads a body up to `most` bytes, unpacked. `ended` makes an error of what the library reports.
pub(super) fn read(
    url: &str,
    answer: Response<Body>,
    most: u64,
    ended: &dyn Fn(io::Error) -> PageError,
) -> Result<Came, PageError> {
    let headers = answer.headers();
    let encoding = exchange::text(headers, &CONTENT_ENCODING).unwrap_or_default();
    let declared: Option<u64> =
        exchange::text(headers, &CONTENT_LENGTH).and_then(|n| n.trim().parse().ok());
    let body = answer.into_body().into_with_config().limit(u64::MAX);
    // Whatever the packing says, no more than this is taken from the wire.
    let mut raw = body.reader().take(most.saturating_add(SLACK));
    match encoding.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => {
            let bytes = up_to(&mut raw, most).map_err(ended)?;
            match (bytes, declared) {
                (Came::Whole(b), Some(n)) if (b.len() as u64) < n => Err(PageError::Network {
                    url: url.to_owned(),
                    reason: format!("the server stopped after {} of {n} bytes", b.len()),
                }),
                (came, _) => Ok(came),
            }
        }
        "gzip" | "x-gzip" => {
            let mut unpacked = MultiGzDecoder::new(&mut raw);
            let bytes = up_to(&mut unpacked, most);
            match bytes {
                Ok(came) => Ok(came),
                Err(_) if raw.limit() == 0 => Ok(Came::Cut(Vec::new())),
                Err(e)
                    if matches!(
                        e.kind(),
                        io::ErrorKind::InvalidInput
                            | io::ErrorKind::InvalidData
                            | io::ErrorKind::UnexpectedEof
                    ) =>
                {
                    Err(PageError::Packing {
                        url: url.to_owned(),
                        reason: e.to_string(),
                    })
                }
                Err(e) => Err(ended(e)),
            }
        }
        _ => Err(PageError::Packing {
            url: url.to_owned(),
            reason: format!("it is packed as “{encoding}”, which was not asked for"),
        }),
    }
}

/// Reads up to a number of bytes.
fn up_to(from: &mut dyn Read, most: u64) -> io::Result<Came> {
    let mut out = Vec::new();
    let limit = most.saturating_add(1);
    from.take(limit).read_to_end(&mut out)?;
    if out.len() as u64 > most {
        out.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        return Ok(Came::Cut(out));
    }
    Ok(Came::Whole(out))
}

/// Media type and encoding as the server declares them.
pub(super) fn content_type(answer: &Response<Body>) -> (Option<String>, Option<String>) {
    let Some(text) = exchange::text(answer.headers(), &CONTENT_TYPE) else {
        return (None, None);
    };
    let mut parts = text.split(';').map(str::trim);
    let media_type = parts.next().map(str::to_ascii_lowercase);
    let charset = parts.find_map(|p| {
        let (name, value) = p.split_once('=')?;
        let is = name.trim().eq_ignore_ascii_case("charset");
        is.then(|| value.trim().trim_matches(['"', '\'']).to_ascii_lowercase())
    });
    let some = |t: Option<String>| t.filter(|t| !t.is_empty());
    (some(media_type), some(charset))
}
