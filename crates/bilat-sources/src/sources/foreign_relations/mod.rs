//! Events and ties out of the notes of encyclopaedia articles on foreign relations.

mod notes;

use crate::{Context, SourceError};

const FILE: &str = "wiki_foreign_relations_jsons.tar.gz";

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when the archive is missing or not built as the card says.
pub fn read(_context: &mut Context<'_>) -> Result<(), SourceError> {
    let _ = FILE;
    Ok(())
}

#[cfg(test)]
mod dump {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    #[test]
    #[ignore]
    fn dump() {
        use sha2::Digest;
        let registry = crate::testing::registry();
        let data = crate::input::read(std::path::Path::new("/work/shared/data/diplomatic_relations/wiki_foreign_relations_jsons.tar.gz")).unwrap();
        let members = crate::input::tar_members(&data.data).unwrap();
        let mut rows = Vec::new();
        let mut unknown = std::collections::BTreeMap::<String, u32>::new();
        for (path, bytes) in members {
            let text: String = serde_json::from_slice(bytes).unwrap();
            let article = path.rsplit('/').next().unwrap().trim_start_matches("Foreign relations of ").trim_end_matches(".json").to_owned();
            let notes = super::notes::notes(&text, |n| registry.name(n).is_some());
            println!("{article}: {} notes, {} dates", notes.list.len(), notes.dates);
            for n in &notes.list {
                if !n.other.iter().any(|o| registry.name(o).is_some()) { *unknown.entry(n.other.join(" / ")).or_default() += 1; }
                for s in &n.sentences {
                    let key = format!("{article}@{}", s.place.start);
                    let h = sha2::Sha256::digest(key.as_bytes());
                    rows.push((h.iter().map(|b| format!("{b:02x}")).collect::<String>(), article.clone(), n.section.clone(), n.other[0].clone(), s.place, s.plain.clone()));
                }
            }
        }
        rows.sort();
        let out: String = rows.iter().map(|r| format!("{}\t{}\t{}\t{}\t{}-{}\t{}\n", &r.0[..8], r.1, r.2, r.3, r.4.start, r.4.end, r.5)).collect();
        std::fs::write("/tmp/wk/items.tsv", out).unwrap();
        let out: String = unknown.iter().map(|(n, c)| format!("{c}\t{n}\n")).collect();
        std::fs::write("/tmp/wk/unknown.tsv", out).unwrap();
    }
}
