//! Tables of a font that name ranges of codes: a few bytes may stand for four billion characters,
//! and the reader makes an entry of each. And what fonts unpack to: the reader unpacks them once for
//! each page.

use std::collections::BTreeMap;

use pdf_extract::{Dictionary, Document, Object, ObjectId};

use super::{bombs, broken};
use crate::{Error, Limits};

/// Codes that the fonts of one page may have together; a font of all that is in Unicode's first
/// plane has 65,536.
const OF_A_PAGE: u64 = 1 << 21;

/// The same for all pages together.
const OF_ALL: u64 = 1 << 27;

/// How many times what a whole file may unpack to its fonts may, page by page.
const PAGES: u64 = 16;

/// Counts the codes of the fonts of every page and form, and what the fonts of all pages unpack to.
pub(super) fn codes(document: &Document, limits: &Limits) -> Result<(), Error> {
    let mut tables = Tables {
        document,
        known: BTreeMap::new(),
        sizes: BTreeMap::new(),
    };
    let limit = limits.unpacked.saturating_mul(PAGES);
    let (mut all, mut unpacked) = (0u64, 0u64);
    for page in document.get_pages().values() {
        let resources = bombs::inherited(document, *page);
        all = all.saturating_add(resources.map_or(0, |r| tables.of(r)));
        if all > OF_ALL {
            return Err(too_many());
        }
        unpacked = unpacked.saturating_add(resources.map_or(0, |r| tables.unpacked(r)));
        if unpacked > limit {
            return Err(Error::TooLarge {
                what: "fonts, unpacked for each page",
                size: unpacked,
                limit,
            });
        }
    }
    for object in document.objects.values() {
        let own = match object {
            Object::Dictionary(d) => d,
            Object::Stream(s) => &s.dict,
            _ => continue,
        };
        for holder in [Some(own), bombs::dictionary(document, own, b"Resources")] {
            if holder.is_some_and(|h| tables.of(h) > OF_A_PAGE) {
                return Err(too_many());
            }
        }
    }
    Ok(())
}

fn too_many() -> Error {
    broken("in a font", "it has more codes than there are characters")
}

/// The tables of a file with the codes of each.
struct Tables<'a> {
    document: &'a Document,
    known: BTreeMap<ObjectId, u64>,
    /// What streams of fonts unpack to.
    sizes: BTreeMap<ObjectId, u64>,
}

impl<'a> Tables<'a> {
    /// What the fonts that resources name unpack to.
    fn unpacked(&mut self, resources: &'a Dictionary) -> u64 {
        let Some(fonts) = bombs::dictionary(self.document, resources, b"Font") else {
            return 0;
        };
        let mut total = 0u64;
        for (_, font) in fonts.iter() {
            let font = self.document.dereference(font).ok();
            let Some(font) = font.and_then(|(_, o)| o.as_dict().ok()) else {
                continue;
            };
            let descriptor = bombs::dictionary(self.document, font, b"FontDescriptor");
            let keys: [&[u8]; 2] = [b"ToUnicode", b"Encoding"];
            let own = keys.iter().filter_map(|k| font.get(k).ok());
            let keys: [&[u8]; 2] = [b"FontFile", b"FontFile3"];
            let programs = keys.iter().filter_map(|k| descriptor?.get(k).ok());
            for stream in own.chain(programs) {
                total = total.saturating_add(self.size(stream));
            }
        }
        total
    }

    fn size(&mut self, stream: &Object) -> u64 {
        let Ok((Some(id), Object::Stream(stream))) = self.document.dereference(stream) else {
            return 0;
        };
        let size = || bombs::unpack(stream).len() as u64;
        *self.sizes.entry(id).or_insert_with(size)
    }

    /// The codes of all fonts that resources name.
    fn of(&mut self, resources: &'a Dictionary) -> u64 {
        let Some(fonts) = bombs::dictionary(self.document, resources, b"Font") else {
            return 0;
        };
        let mut total = 0u64;
        for (_, font) in fonts.iter() {
            let font = self.document.dereference(font).ok();
            let table = font
                .and_then(|(_, o)| o.as_dict().ok())
                .and_then(|f| f.get(b"ToUnicode").ok());
            total = total.saturating_add(table.map_or(0, |t| self.table(t)));
            if total > OF_A_PAGE {
                break;
            }
        }
        total
    }

    fn table(&mut self, table: &'a Object) -> u64 {
        // A stream is always an object of its own.
        let Ok((Some(id), Object::Stream(stream))) = self.document.dereference(table) else {
            return 0;
        };
        *self
            .known
            .entry(id)
            .or_insert_with(|| ranges(&bombs::unpack(stream)))
    }
}

/// The codes in the ranges of a table.
fn ranges(table: &[u8]) -> u64 {
    let mut total = 0u64;
    for at in memchr::memmem::find_iter(table, b"beginbfrange") {
        let section = &table[at + 12..];
        let end = memchr::memmem::find(section, b"endbfrange").unwrap_or(section.len());
        let section = &section[..end];
        // Comments and strings in brackets are legal there, and hide what is counted.
        if section.iter().any(|b| matches!(b, b'%' | b'(')) {
            return u64::MAX;
        }
        total = total.saturating_add(section_codes(section));
    }
    total
}

fn section_codes(section: &[u8]) -> u64 {
    let (mut total, mut ends, mut inside) = (0u64, Vec::new(), false);
    let mut rest = section;
    while let Some(at) = memchr::memchr3(b'<', b'[', b']', rest) {
        match rest[at] {
            b'<' => {
                let body = &rest[at + 1..];
                let end = memchr::memchr(b'>', body).unwrap_or(body.len());
                if !inside {
                    ends.push(code(&body[..end]));
                }
                rest = &body[end..];
                // Two ends and the first target.
                if let [low, high, _] = ends[..] {
                    total = total.saturating_add(u64::from(high).saturating_sub(low.into()) + 1);
                    ends.clear();
                }
                continue;
            }
            b'[' => inside = true,
            _ => {
                inside = false;
                // A list has as many targets as codes, or is refused by the reader.
                ends.clear();
            }
        }
        rest = &rest[at + 1..];
    }
    total
}

/// The last four bytes of a code, as the reader takes it.
fn code(hex: &[u8]) -> u32 {
    let digits = hex.iter().filter_map(|b| char::from(*b).to_digit(16));
    let count = hex.iter().filter(|b| b.is_ascii_hexdigit()).count();
    let code = digits.fold(0u32, |c, d| c << 4 | d);
    // A last digit that is missing is a zero.
    if count % 2 == 1 { code << 4 } else { code }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_counted() {
        for (table, codes) in [
            ("1 beginbfrange\n<0000> <00ff> <0000>\nendbfrange", 256),
            (
                "2 beginbfrange <01><02><0041> <03><05>[<0041><0042><0043>] endbfrange",
                2,
            ),
            (
                "1 beginbfrange <00000000><ffffffff><0000> endbfrange",
                1 << 32,
            ),
            ("1 beginbfrange <0><fffffff f><0000>", 0xFFFF_FFFF + 1),
            ("1 beginbfrange (\\0) <ff><0000> endbfrange", u64::MAX),
            ("1 beginbfchar <01> <0041> endbfchar", 0),
            ("beginbfrange <<<<[[]]>>", 0),
        ] {
            assert_eq!(ranges(table.as_bytes()), codes, "{table}");
        }
    }
}
