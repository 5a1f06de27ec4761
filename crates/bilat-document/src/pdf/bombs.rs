//! What a small PDF may blow up to, found before it is read.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::ZlibDecoder;
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use super::broken;
use crate::{Error, Limits};

/// Forms within each other.
const DEPTH: usize = 24;

/// Counts what the compressed streams of a file unpack to.
pub(super) fn unpacked(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    // One filter upon another multiplies; no program writes a stream so.
    let twice = memchr::memmem::find_iter(bytes, b"/FlateDecode").any(|at| {
        let rest = bytes[at + 12..].trim_ascii_start();
        rest.starts_with(b"/FlateDecode") || rest.starts_with(b"/Fl ") || rest.starts_with(b"/Fl]")
    });
    if twice {
        return Err(broken("in a stream", "it is compressed twice"));
    }
    let (mut total, mut next, mut buffer) = (0u64, 0, vec![0; 1 << 16]);
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        if at < next || bytes[..at].ends_with(b"end") {
            continue;
        }
        let body = &bytes[at + 6..];
        let body = body
            .strip_prefix(b"\r\n")
            .or_else(|| body.strip_prefix(b"\n"))
            .or_else(|| body.strip_prefix(b"\r"))
            .unwrap_or(body);
        if body.first().is_none_or(|b| b & 0x0F != 8) {
            continue;
        }
        let mut unpacker = ZlibDecoder::new(body);
        while let Ok(n @ 1..) = unpacker.read(&mut buffer) {
            total += n as u64;
            if total > limits.unpacked {
                return Err(Error::TooLarge {
                    what: "unpacked content",
                    size: total,
                    limit: limits.unpacked,
                });
            }
        }
        // What was read as compressed holds no stream of its own.
        next = at + usize::try_from(unpacker.total_in()).unwrap_or(0);
    }
    Ok(())
}

/// Counts the bytes of instructions that drawing all pages takes: forms may draw forms, again and
/// again, or themselves.
pub(super) fn drawn(document: &Document, limits: &Limits) -> Result<(), Error> {
    let mut counter = Counter {
        document,
        known: BTreeMap::new(),
    };
    let mut total = 0u64;
    for page in document.get_pages().values() {
        let mut content = Vec::new();
        for id in document.get_page_contents(*page) {
            let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else {
                continue;
            };
            let part = unpack(stream);
            total = total.saturating_add(part.len() as u64);
            if total > limits.unpacked {
                return over(total, limits);
            }
            content.extend(part);
            content.push(b'\n');
        }
        let resources = inherited(document, *page);
        total = total.saturating_add(counter.calls(&content, resources, 0)?);
        if total > limits.unpacked {
            return over(total, limits);
        }
    }
    Ok(())
}

fn over(size: u64, limits: &Limits) -> Result<(), Error> {
    Err(Error::TooLarge {
        what: "drawn content",
        size,
        limit: limits.unpacked,
    })
}

fn unpack(stream: &Stream) -> Vec<u8> {
    stream
        .decompressed_content()
        .unwrap_or_else(|_| stream.content.clone())
}

/// A page's resources, its own or its ancestors'.
fn inherited(document: &Document, page: ObjectId) -> Option<&Dictionary> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..64 {
        if let Some(own) = dictionary(document, node, b"Resources") {
            return Some(own);
        }
        node = dictionary(document, node, b"Parent")?;
    }
    None
}

fn dictionary<'a>(
    document: &'a Document,
    of: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    document
        .dereference(of.get(key).ok()?)
        .ok()?
        .1
        .as_dict()
        .ok()
}

struct Counter<'a> {
    document: &'a Document,
    /// What drawing a form takes, by the form and where its names are looked up; `None` while it
    /// is being counted.
    known: BTreeMap<(ObjectId, usize), Option<u64>>,
}

impl<'a> Counter<'a> {
    /// What the forms take that some instructions draw.
    fn calls(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<u64, Error> {
        let Some(resources) = resources else {
            return Ok(0);
        };
        let Some(names) = dictionary(self.document, resources, b"XObject") else {
            return Ok(0);
        };
        let (mut total, mut before): (u64, &[u8]) = (0, b"");
        let gap = |b: &u8| b.is_ascii_whitespace() || *b == 0 || b"[]<>()".contains(b);
        for word in content.split(gap).filter(|w| !w.is_empty()) {
            if word == b"Do" && before.starts_with(b"/") {
                let form = names.get(&before[1..]).and_then(Object::as_reference);
                if let Ok(id) = form {
                    total = total.saturating_add(self.form(id, resources, depth)?);
                }
            }
            before = word;
        }
        Ok(total)
    }

    fn form(&mut self, id: ObjectId, around: &'a Dictionary, depth: usize) -> Result<u64, Error> {
        let Ok(stream) = self.document.get_object(id).and_then(Object::as_stream) else {
            return Ok(0);
        };
        if stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|n| n == b"Image")
        {
            return Ok(0);
        }
        let own = dictionary(self.document, &stream.dict, b"Resources").unwrap_or(around);
        let key = (id, std::ptr::from_ref(own) as usize);
        match self.known.get(&key) {
            Some(Some(known)) => return Ok(*known),
            Some(None) => return Err(broken("in a form", "it draws itself")),
            None if depth >= DEPTH => {
                return Err(broken("in a form", "forms lie too deep within each other"));
            }
            None => {}
        }
        self.known.insert(key, None);
        let content = unpack(stream);
        let cost = (content.len() as u64 + 1).saturating_add(self.calls(
            &content,
            Some(own),
            depth + 1,
        )?);
        self.known.insert(key, Some(cost));
        Ok(cost)
    }
}
