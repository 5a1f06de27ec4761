//! Streams that the reader unpacks and that no text needs: colour profiles and functions, once for
//! each instruction that names them, pictures, whose points it takes for instructions, and font
//! programs that it does not look into, once for each page. They are emptied before it begins.

use std::collections::BTreeSet;

use pdf_extract::{Dictionary, Document, Object, ObjectId};

/// Empties them.
pub(super) fn empty(document: &mut Document) {
    for id in found(document) {
        if let Some(Object::Stream(stream)) = document.objects.get_mut(&id) {
            stream.dict.remove(b"Filter");
            stream.content.clear();
        }
    }
}

fn found(document: &Document) -> BTreeSet<ObjectId> {
    let mut out = BTreeSet::new();
    let id = |object: &Object| document.dereference(object).ok().and_then(|(id, _)| id);
    for (own, object) in &document.objects {
        let picture = |d: &Dictionary| {
            let subtype = d.get(b"Subtype").and_then(Object::as_name);
            subtype.is_ok_and(|n| n == b"Image")
        };
        let unread = |d: &Dictionary| d.has(b"FunctionType") || picture(d);
        if object.as_stream().is_ok_and(|s| unread(&s.dict)) {
            out.insert(*own);
        }
        let mut open = vec![object];
        while let Some(object) = open.pop() {
            let dictionary = match object {
                Object::Array(list) => {
                    if let [Object::Name(name), profile, ..] = list.as_slice()
                        && name == b"ICCBased"
                    {
                        out.extend(id(profile));
                    }
                    open.extend(list);
                    continue;
                }
                Object::Dictionary(dictionary) => dictionary,
                Object::Stream(stream) => &stream.dict,
                _ => continue,
            };
            out.extend(dictionary.get(b"FontFile2").ok().and_then(id));
            open.extend(dictionary.iter().map(|(_, value)| value));
        }
    }
    out
}
