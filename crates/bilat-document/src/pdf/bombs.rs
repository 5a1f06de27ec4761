//! What the pages of a small PDF may draw, counted before they are read.

use std::collections::BTreeMap;

use pdf_extract::content::Content;
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use super::broken;
use crate::{Error, Limits};

/// Forms within each other.
const DEPTH: usize = 24;

/// Groups of pages within each other; the parser looks for pages no deeper.
const ANCESTORS: usize = 256;

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

pub(super) fn unpack(stream: &Stream) -> Vec<u8> {
    stream
        .decompressed_content()
        .unwrap_or_else(|_| stream.content.clone())
}

/// Refuses pages without a first ancestor: the reader goes up from a page, one call within the
/// other, until it finds what it looks for.
pub(super) fn ancestors(document: &Document) -> Result<(), Error> {
    for page in document.get_pages().values() {
        let parent = |id: ObjectId| {
            let node = document.get_dictionary(id).ok()?;
            node.get(b"Parent").ok()?.as_reference().ok()
        };
        let mut up = std::iter::successors(Some(*page), |id| parent(*id));
        if up.nth(ANCESTORS).is_some() {
            return Err(broken(
                "in its pages",
                "a page lies within itself, or too deep",
            ));
        }
    }
    Ok(())
}

/// A page's resources, its own or its ancestors'.
pub(super) fn inherited(document: &Document, page: ObjectId) -> Option<&Dictionary> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..=ANCESTORS {
        if let Some(own) = dictionary(document, node, b"Resources") {
            return Some(own);
        }
        node = dictionary(document, node, b"Parent")?;
    }
    None
}

pub(super) fn dictionary<'a>(
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
        // By the reader's own parser: what it takes for an instruction is one.
        let Ok(content) = Content::decode(content) else {
            return Ok(0);
        };
        let mut total = 0u64;
        for operation in content.operations.iter().filter(|o| o.operator == "Do") {
            let name = operation.operands.first().and_then(|n| n.as_name().ok());
            let form = name.and_then(|n| names.get(n).ok());
            if let Some(id) = form.and_then(|f| f.as_reference().ok()) {
                total = total.saturating_add(self.form(id, resources, depth)?);
            }
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
