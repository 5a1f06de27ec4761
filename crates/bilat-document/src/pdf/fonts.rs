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

/// Widths that are written out one by one for one file.
const WIDTHS: usize = 1 << 20;

/// Writes the widths of composite fonts out one by one: where a range of characters shares one, the
/// reader would take the first character's number for it, and letters would stand apart.
pub(super) fn widths(document: &mut Document) {
    let mut left = WIDTHS;
    let mut spread_out: Vec<(ObjectId, Vec<Object>)> = Vec::new();
    for (id, object) in &document.objects {
        let Object::Dictionary(font) = object else {
            continue;
        };
        let kind = font.get(b"Subtype").and_then(Object::as_name);
        if !kind.is_ok_and(|k| k.starts_with(b"CIDFontType")) {
            continue;
        }
        let list = font.get(b"W").and_then(|w| document.dereference(w));
        if let Ok((_, Object::Array(list))) = list
            && let Some(list) = spread(list, &mut left)
        {
            spread_out.push((*id, list));
        }
    }
    for (id, list) in spread_out {
        if let Some(Object::Dictionary(font)) = document.objects.get_mut(&id) {
            font.set("W", Object::Array(list));
        }
    }
}

/// `43 46 777` as `43 [777 777 777 777]`; `None` for a list that is not well formed or has more
/// than may be written.
fn spread(list: &[Object], left: &mut usize) -> Option<Vec<Object>> {
    let mut out = Vec::new();
    let mut rest = list;
    loop {
        match rest {
            [] => return Some(out),
            [first, widths @ Object::Array(_), tail @ ..] => {
                out.extend([first.clone(), widths.clone()]);
                rest = tail;
            }
            [first, last, width, tail @ ..] => {
                let (low, high) = (first.as_i64().ok()?, last.as_i64().ok()?);
                let n = usize::try_from(high.checked_sub(low)?)
                    .ok()?
                    .checked_add(1)?;
                *left = left.checked_sub(n)?;
                out.extend([first.clone(), Object::Array(vec![width.clone(); n])]);
                rest = tail;
            }
            _ => return None,
        }
    }
}

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
    fn ranges_of_widths_are_written_out() {
        let n = Object::Integer;
        let of = |list: &[Object]| spread(list, &mut 100);
        let some = Object::Array(vec![n(250), n(333)]);
        assert_eq!(
            of(&[n(3), some.clone(), n(43), n(45), Object::Real(777.8)]).unwrap(),
            [
                n(3),
                some.clone(),
                n(43),
                Object::Array(vec![Object::Real(777.8); 3])
            ]
        );
        for bad in [
            vec![n(1)],
            vec![n(1), n(2)],
            vec![n(5), n(3), n(500)],
            vec![n(0), n(100), n(500)],
            vec![n(0), n(i64::MAX), n(500)],
            vec![some.clone(), n(3), n(500)],
        ] {
            assert_eq!(of(&bad), None, "{bad:?}");
        }
    }

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
