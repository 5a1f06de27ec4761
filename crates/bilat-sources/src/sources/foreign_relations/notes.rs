//! An article's notes: what it tells of one other country, as sentences with their places.

use bilat_model::document::Span;
use bilat_wikitext::{Block, Cell, Table, Text, parse};

/// What an article tells of one other country: a row of a table, or a section under its name.
#[derive(Debug)]
pub(super) struct Note {
    /// The titles of the sections that hold it, joined by `/`.
    pub(super) section: String,
    /// The other country as the article writes it, the likeliest spelling first.
    pub(super) other: Vec<String>,
    /// Where it stands in the wikitext.
    pub(super) place: Span,
    /// What is told.
    pub(super) sentences: Vec<Sentence>,
}

/// A sentence of a paragraph or list item.
#[derive(Debug)]
pub(super) struct Sentence {
    /// Its words.
    pub(super) plain: String,
    /// Where it stands in the wikitext.
    pub(super) place: Span,
}

/// What is in an article.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The notes in order.
    pub(super) list: Vec<Note>,
    /// Rows of the numbered list of dates, which another source reads.
    pub(super) dates: u64,
}

/// Words of a column's heading that name the other country.
const WHO: &[&str] = &[
    "country",
    "state",
    "region",
    "organization",
    "organisation",
    "nation",
];

/// Words of a column's heading under which there is free text.
const NOTES: &[&str] = &[
    "notes",
    "note",
    "remarks",
    "comments",
    "details",
    "description",
];

/// Chapters that tell nothing of other countries.
const UNREAD: &[&str] = &[
    "see also",
    "references",
    "notes",
    "footnotes",
    "external links",
    "further reading",
    "bibliography",
    "sources",
];

/// Reads an article. `known` says whether a heading is the name of another country.
pub(super) fn notes(wikitext: &str, known: impl Fn(&str) -> bool) -> Notes {
    let page = parse(wikitext);
    let mut out = Notes::default();
    // A section under a country's name, and how deep its heading is.
    let mut under: Option<(u8, usize)> = None;
    for (i, section) in page.sections.iter().enumerate() {
        let path = page.path(i);
        let chapter = path.first().unwrap_or(&"").to_lowercase();
        if UNREAD.contains(&chapter.as_str()) {
            continue;
        }
        if under.is_some_and(|(level, _)| section.level <= level) {
            under = None;
        }
        if let Some(name) = heading(&section.title.plain, &known) {
            under = Some((section.level, out.list.len()));
            out.list.push(Note {
                section: path.join("/"),
                other: vec![name],
                place: section.title.whole().unwrap_or_default(),
                sentences: Vec::new(),
            });
        }
        for block in &section.blocks {
            match (block, under) {
                (Block::Table(table), _) => rows(table, &path.join("/"), &mut out),
                (block, Some((_, note))) => {
                    if let (Some(text), Some(note)) = (block.text(), out.list.get_mut(note)) {
                        note.sentences.extend(sentences(text));
                    }
                }
                _ => {}
            }
        }
    }
    out
}

/// The country that a heading names: alone, or as the other side of “relations with”.
fn heading(title: &str, known: &impl Fn(&str) -> bool) -> Option<String> {
    let title = title.trim();
    let name = ["Relations with ", "Relationship with "]
        .iter()
        .find_map(|p| title.strip_prefix(p))
        .unwrap_or(title);
    let name = name.strip_prefix("the ").unwrap_or(name);
    known(name).then(|| name.to_owned())
}

fn rows(table: &Table, section: &str, out: &mut Notes) {
    let header = table.header();
    let column = |words: &[&str]| {
        let is = |h: &String| {
            h.split(|c: char| !c.is_alphabetic())
                .any(|w| words.contains(&w))
        };
        header.iter().position(is)
    };
    let (Some(who), Some(told)) = (column(WHO), column(NOTES)) else {
        let numbered = header.first().is_some_and(|h| h == "#");
        if numbered {
            out.dates += table.rows.len().saturating_sub(1) as u64;
        }
        return;
    };
    for row in table.grid() {
        let cell = |i: usize| row.get(i).copied().flatten();
        let Some(country) = cell(who).filter(|c| !c.header) else {
            continue;
        };
        let Some(cell) = cell(told) else { continue };
        let other = names(country);
        if other.is_empty() || std::ptr::eq(cell, country) {
            continue;
        }
        out.list.push(Note {
            section: section.to_owned(),
            other,
            place: country.input,
            sentences: cell
                .blocks
                .iter()
                .filter_map(Block::text)
                .flat_map(sentences)
                .collect(),
        });
    }
}

/// What a row's first cell may call its country: the flag's name, a link's target and words, all
/// the words.
fn names(cell: &Cell) -> Vec<String> {
    let texts: Vec<&Text> = cell.blocks.iter().filter_map(Block::text).collect();
    let mut out = Vec::new();
    for text in &texts {
        for template in &text.templates {
            let flag = template.name.contains("flag") || template.text.end > template.text.start;
            if let (true, Some(name)) = (flag, template.arguments.first()) {
                out.push(name.trim().to_owned());
            } else if flag {
                out.push(template.text.of(&text.plain).trim().to_owned());
            }
        }
        for link in &text.links {
            out.push(link.target.clone());
            out.push(link.text.of(&text.plain).trim().to_owned());
        }
    }
    out.push(cell.plain().trim().to_owned());
    out.retain(|name| !name.is_empty());
    out.dedup();
    out
}

/// The sentences of a paragraph or item.
pub(super) fn sentences(text: &Text) -> Vec<Sentence> {
    let mut out = Vec::new();
    for span in split(&text.plain) {
        let plain = span.of(&text.plain);
        let Some(place) = text.input(span) else {
            continue;
        };
        out.push(Sentence {
            plain: plain.to_owned(),
            place,
        });
    }
    out
}

/// Words before a full stop that ends no sentence.
const SHORT: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "St", "Gen", "Col", "Lt", "Capt", "Sen", "Gov", "Prof", "Hon", "Jr",
    "Sr", "vs", "No", "Nos", "Op", "c", "ca", "approx", "e.g", "i.e", "U.S", "U.K", "U.N", "U.A.E",
    "Rev", "Sgt", "Maj", "Adm", "Ft", "Mt", "Ste", "Inc", "Ltd", "Co", "Corp", "H.E", "H.R.H",
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
];

/// Where the sentences of a paragraph stand: after a full stop, question or exclamation mark and
/// white space a new one begins, unless the stop is that of an abbreviation or a single letter, or
/// what follows begins in lower case.
fn split(plain: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut push = |from: usize, to: usize| {
        let text = &plain[from..to];
        let lead = text.len() - text.trim_start().len();
        let trimmed = text.trim();
        if trimmed.chars().any(char::is_alphanumeric) {
            out.push(Span::new(from + lead, from + lead + trimmed.len()));
        }
    };
    for (i, c) in plain
        .char_indices()
        .filter(|(_, c)| matches!(c, '.' | '!' | '?' | ';'))
    {
        let end = i + c.len_utf8();
        let rest = &plain[end..];
        let closing = rest.len() - rest.trim_start_matches(['"', '”', '’', ')']).len();
        let after = &rest[closing..];
        let gap = after.starts_with(' ');
        let next = after.trim_start().chars().next();
        let before = plain[start..i]
            .rsplit([' ', '('])
            .next()
            .unwrap_or_default();
        let letter = before.chars().count() == 1 && before.chars().all(char::is_uppercase);
        let short = c == '.' && (letter || SHORT.contains(&before));
        let lower = next.is_some_and(char::is_lowercase);
        // A footnote leaves no space behind: "1992.Both countries".
        let glued = c == '.'
            && !gap
            && next.is_some_and(char::is_uppercase)
            && before.len() > 3
            && before.chars().all(char::is_alphanumeric);
        if (gap && !short && (!lower || c == ';')) || glued {
            push(start, end + closing);
            start = end + closing;
        }
    }
    push(start, plain.len());
    out
}
