//! What the compressed streams of a file unpack to, counted without keeping any of it.

use std::io::Read;

use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use pdf_extract::{Document, Object};
use weezl::{BitOrder, decode::Decoder};

use super::broken;
use crate::{Error, Limits};

const FLATE: &[u8] = b"FlateDecode";
const LZW: &[u8] = b"LZWDecode";
const ASCII85: &[u8] = b"ASCII85Decode";

/// Bytes of a name with every letter escaped.
const NAME: usize = 48;

/// What beginning to unpack costs, in bytes of input.
const ATTEMPT: usize = 256;

/// Bytes of white space and comments behind a name that are looked through.
const BLANK: usize = 1024;

/// Counts the streams of a file before anything has parsed it: the parser unpacks those that hold
/// other objects at once.
pub(super) fn before(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    if disguised(bytes) {
        return Err(broken(
            "in a stream",
            "the name of its compression is disguised",
        ));
    }
    if twice(bytes) {
        return Err(broken("in a stream", "it is compressed twice"));
    }
    let has = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    let (flate, lzw, ascii) = (has(FLATE), has(LZW), has(ASCII85));
    let mut left = Left::new(limits);
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let body = begin(&bytes[at + 6..]);
        if flate {
            left.flate(body)?;
        }
        if lzw {
            left.lzw(body)?;
        }
        if ascii {
            // Counted too: the word may stand in a stream over and over.
            let plain = ascii85(body);
            left.read(plain.read)?;
            let plain = plain.bytes;
            left.take(plain.len())?;
            left.flate(&plain)?;
            if lzw {
                left.lzw(&plain)?;
            }
        }
    }
    Ok(())
}

/// Counts the streams of a parsed file by the compression that each names.
pub(super) fn after(document: &Document, limits: &Limits) -> Result<(), Error> {
    let mut left = Left::new(limits);
    for object in document.objects.values() {
        let Object::Stream(stream) = object else {
            continue;
        };
        let filters = stream.filters().unwrap_or_default();
        let packed = filters
            .iter()
            .filter(|f| **f == FLATE || **f == LZW)
            .count();
        if packed > 1 {
            return Err(broken("in a stream", "it is compressed twice"));
        }
        let plain;
        let content = match filters.first() {
            Some(first) if *first == ASCII85 => {
                plain = ascii85(&stream.content).bytes;
                left.take(plain.len())?;
                &plain
            }
            _ => &stream.content,
        };
        if filters.contains(&FLATE) {
            left.flate(content)?;
        } else if filters.contains(&LZW) {
            left.lzw(content)?;
        }
    }
    Ok(())
}

/// Behind the end of the line that begins a stream.
fn begin(rest: &[u8]) -> &[u8] {
    let blank = rest
        .iter()
        .take_while(|b| matches!(b, b' ' | b'\t'))
        .count();
    let rest = &rest[blank..];
    rest.strip_prefix(b"\r\n")
        .or_else(|| rest.strip_prefix(b"\n"))
        .or_else(|| rest.strip_prefix(b"\r"))
        .unwrap_or(rest)
}

/// What may still be unpacked, and read for it: the word that begins a stream may stand over and
/// over in what unpacks to next to nothing.
struct Left {
    total: u64,
    read: u64,
    limit: u64,
    buffer: Vec<u8>,
}

impl Left {
    fn new(limits: &Limits) -> Self {
        Self {
            total: 0,
            read: 0,
            limit: limits.unpacked,
            buffer: vec![0; 1 << 16],
        }
    }

    fn take(&mut self, n: usize) -> Result<(), Error> {
        self.total = self.total.saturating_add(n as u64);
        match self.total > self.limit {
            true => Err(Error::TooLarge {
                what: "unpacked content",
                size: self.total,
                limit: self.limit,
            }),
            false => Ok(()),
        }
    }

    fn read(&mut self, n: usize) -> Result<(), Error> {
        self.read = self.read.saturating_add((n + ATTEMPT) as u64);
        match self.read > self.limit {
            true => Err(Error::TooLarge {
                what: "content that unpacks to nothing",
                size: self.read,
                limit: self.limit,
            }),
            false => Ok(()),
        }
    }

    fn flate(&mut self, content: &[u8]) -> Result<(), Error> {
        let before = self.total;
        let mut rest = content;
        self.drain(ZlibDecoder::new(&mut rest))?;
        self.read(content.len() - rest.len())?;
        // With a broken head the parser tries the body alone.
        match content.get(2..) {
            Some(body) if self.total == before => {
                let mut rest = body;
                self.drain(DeflateDecoder::new(&mut rest))?;
                self.read(body.len() - rest.len())
            }
            _ => Ok(()),
        }
    }

    fn drain(&mut self, mut unpacker: impl Read) -> Result<(), Error> {
        while let Ok(n @ 1..) = unpacker.read(&mut self.buffer) {
            self.take(n)?;
        }
        Ok(())
    }

    /// In both of the ways in which programs widen their codes, whichever unpacks to more.
    fn lzw(&mut self, content: &[u8]) -> Result<(), Error> {
        let before = self.total;
        self.codes(content, Decoder::with_tiff_size_switch(BitOrder::Msb, 8))?;
        let early = std::mem::replace(&mut self.total, before);
        self.codes(content, Decoder::new(BitOrder::Msb, 8))?;
        self.total = self.total.max(early);
        Ok(())
    }

    fn codes(&mut self, mut rest: &[u8], mut decoder: Decoder) -> Result<(), Error> {
        loop {
            let step = decoder.decode_bytes(rest, &mut self.buffer);
            self.take(step.consumed_out)?;
            self.read(step.consumed_in)?;
            rest = &rest[step.consumed_in..];
            let stuck = step.consumed_in == 0 && step.consumed_out == 0;
            if stuck || !matches!(step.status, Ok(weezl::LzwStatus::Ok)) {
                return Ok(());
            }
        }
    }
}

/// Bytes that were printed, and how many printed ones they were read from.
pub(super) struct Printed {
    pub(super) bytes: Vec<u8>,
    pub(super) read: usize,
}

/// The bytes behind their printable form, up to its end.
pub(super) fn ascii85(content: &[u8]) -> Printed {
    let mut out = Vec::new();
    let (mut group, mut n, mut read) = (0u32, 0, 0);
    for b in content {
        read += 1;
        match b {
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(b - b'!'));
                n += 1;
                if n == 5 {
                    out.extend(group.to_be_bytes());
                    (group, n) = (0, 0);
                }
            }
            b'z' if n == 0 => out.extend([0; 4]),
            b' ' | b'\t' | b'\r' | b'\n' | 0 | 0x0C => {}
            _ => break,
        }
    }
    if n > 1 {
        for _ in n..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend(&group.to_be_bytes()[..n - 1]);
    }
    Printed { bytes: out, read }
}

/// Whether one compression stands right behind another: one multiplies the other, and no program
/// writes a stream so.
fn twice(bytes: &[u8]) -> bool {
    let after = |name: &'static [u8]| {
        memchr::memmem::find_iter(bytes, name).any(move |at| {
            let rest = &bytes[at + name.len()..];
            let next = space(&rest[..rest.len().min(BLANK)]);
            // So much of nothing behind a name only hides what follows.
            if next.is_empty() && rest.len() > BLANK {
                return true;
            }
            let next = next.strip_prefix(b"/").unwrap_or_default();
            [FLATE, LZW, ASCII85, b"Fl ", b"Fl]"]
                .iter()
                .any(|f| next.starts_with(f))
        })
    };
    after(FLATE) || after(LZW)
}

/// Behind white space and comments.
fn space(mut rest: &[u8]) -> &[u8] {
    loop {
        let blank = |b: &u8| b.is_ascii_whitespace() || *b == 0;
        rest = &rest[rest.iter().take_while(|b| blank(b)).count()..];
        if rest.first() != Some(&b'%') {
            return rest;
        }
        rest = match memchr::memchr2(b'\n', b'\r', rest) {
            Some(end) => &rest[end..],
            None => &[],
        };
    }
}

/// Whether the name of a compression is written with escapes, which only hides it.
fn disguised(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'#', bytes).any(|at| {
        let before = &bytes[at.saturating_sub(NAME)..at];
        let Some(start) = memchr::memrchr(b'/', before) else {
            return false;
        };
        let start = at - before.len() + start + 1;
        // The sign is an escape only where it stands in the name; behind the name anything may
        // follow, the packed bytes of a stream for one.
        let name = &bytes[start..bytes.len().min(start + NAME)];
        let ends = |b: &u8| *b <= b' ' || b"()<>[]{}/%".contains(b);
        let name = &name[..name.iter().position(ends).unwrap_or(name.len())];
        if at >= start + name.len() {
            return false;
        }
        let plain = unescaped(name);
        [FLATE, LZW, ASCII85].iter().any(|f| plain.starts_with(f))
    })
}

fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name;
    while let [first, tail @ ..] = rest {
        rest = tail;
        let digit = |b: &u8| char::from(*b).to_digit(16);
        if *first == b'#'
            && let [a, b, tail @ ..] = tail
            && let (Some(a), Some(b)) = (digit(a), digit(b))
        {
            out.push((a * 16 + b) as u8);
            rest = tail;
        } else {
            out.push(*first);
        }
    }
    out
}
