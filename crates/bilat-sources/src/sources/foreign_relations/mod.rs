//! Events and ties out of the notes of encyclopaedia articles on foreign relations.
//!
//! `notes` finds what an article tells of one other country, sentence by sentence; `mask` puts signs
//! for the countries, towns and dates in a sentence; `rule` has the patterns of rules.toml over such
//! sentences; `tell` reads a match; here it becomes evidence. `labels` holds all of it against
//! sentences labelled by hand. No sentence goes further than this folder: evidence has words of its
//! own and the place to look.

mod dates;
mod evidence;
#[cfg(test)]
mod labels;
mod mask;
mod missions;
mod notes;
mod rule;
mod tell;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use bilat_model::evidence::Locator;

use self::mask::Names;
use self::notes::Note;
use self::rule::Rules;
use self::tell::{Sides, Teller};
use crate::input::tar_members;
use crate::{Context, Name, SourceError};

const FILE: &str = "wiki_foreign_relations_jsons.tar.gz";

/// What stands before and after a country's name in the names of the archive's files.
const BEFORE: &str = "Foreign relations of ";
const AFTER: &str = ".json";

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when the archive is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let (file, data) = context.bytes(FILE)?;
    let members: BTreeMap<String, &[u8]> =
        tar_members(&data).map_err(|e| context.structure(FILE, "archive", e.to_string()))?;
    let teller = Teller {
        rules: Rules::new(&context.card.id.0)?,
        names: Names::new(context.registry, &context.card.id.0)?,
    };
    for (path, bytes) in members {
        let name = path.rsplit('/').next().unwrap_or_default();
        let Some(article) = name
            .strip_prefix(BEFORE)
            .and_then(|n| n.strip_suffix(AFTER))
        else {
            return Err(context.structure(
                FILE,
                &path,
                "the member is no article on foreign relations",
            ));
        };
        let wikitext: String = serde_json::from_slice(bytes)
            .map_err(|e| context.structure(FILE, &path, format!("no JSON string: {e}")))?;
        read_article(context, &teller, &file, article, &wikitext);
    }
    Ok(())
}

fn read_article(
    context: &mut Context<'_>,
    teller: &Teller,
    file: &Arc<str>,
    article: &str,
    wikitext: &str,
) {
    let own = context.country(article);
    let notes = notes::notes(wikitext, |name| context.knows(name));
    for _ in 0..notes.dates {
        context.seen(file);
        context.leave_out(
            file,
            "the numbered list of dates, which diplomatic_relations has",
        );
    }
    for note in &notes.list {
        context.seen(file);
        let at = Locator::Pointer(pointer(article, note, note.place));
        let name = name_of(context, note);
        let other = context.country(&name);
        let Some(pair) = context.pair(file, &at, own, other) else {
            continue;
        };
        let (Name::Country(own), Name::Country(other)) = (own, other) else {
            continue; // A pair has two countries.
        };
        if note.sentences.is_empty() {
            context.leave_out(file, "no notes");
            continue;
        }
        let until = context.card.vintage.last();
        let mut any = false;
        for sentence in &note.sentences {
            for told in teller.tell(&sentence.plain, Sides { own, other }, until) {
                any = true;
                let at = Locator::Pointer(pointer(article, note, sentence.place));
                evidence::add(context, pair, own, file, at, &told);
            }
        }
        match any {
            true => context.keep(file),
            false => context.leave_out(file, "notes that no rule reads"),
        }
    }
}

/// The likeliest name of a note's country: the first that is known to be one, else the first that is
/// known to be none, else the first.
fn name_of(context: &Context<'_>, note: &Note) -> String {
    let all = || note.other.iter();
    all()
        .find(|n| context.knows(n))
        .or_else(|| all().find(|n| context.is_no_country(n)))
        .or(note.other.first())
        .cloned()
        .unwrap_or_default()
}

/// The wikitext that a citation of this source points to.
///
/// # Errors
/// What is wrong, in words: no archive in the folder, no such article, a place that does not fit.
pub fn passage(data: &std::path::Path, at: &Locator) -> Result<String, String> {
    let Locator::Pointer(pointer) = at else {
        return Err("the place is no article's".to_owned());
    };
    let parts = pointer.split_once('#').zip(pointer.rsplit_once('@'));
    let ((article, _), (_, span)) = parts.ok_or("the place is no article's")?;
    let (start, end) = span.split_once('-').ok_or("the place has no bytes")?;
    let path = data.join("diplomatic_relations").join(FILE);
    let archive = crate::input::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let members = tar_members(&archive.data).map_err(|e| e.to_string())?;
    let name = format!("{BEFORE}{article}{AFTER}");
    let (_, bytes) = members
        .iter()
        .find(|(path, _)| path.rsplit('/').next() == Some(name.as_str()))
        .ok_or_else(|| format!("{} has no article {article}", path.display()))?;
    let wikitext: String = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    let range = start.parse::<usize>().ok().zip(end.parse::<usize>().ok());
    range
        .and_then(|(start, end)| wikitext.get(start..end))
        .map(str::to_owned)
        .ok_or_else(|| format!("the article of {article} has no bytes {span}"))
}

/// `Kazakhstan#Bilateral relations/Europe@120-164`: the article, the sections, and the bytes of its
/// wikitext.
fn pointer(article: &str, note: &Note, place: bilat_model::document::Span) -> String {
    format!("{article}#{}@{}-{}", note.section, place.start, place.end)
}
