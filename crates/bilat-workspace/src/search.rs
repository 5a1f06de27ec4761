//! Searching the words of documents.

use bilat_model::document::{DocumentInfo, Span};
use bilat_model::registry::fold;
use rusqlite::params;
use serde::Serialize;

use crate::add::newest;
use crate::documents::{info, text_of};
use crate::error::{Error, Trouble};
use crate::store::Workspace;

/// How long a snippet is at most, in words.
const SNIPPET: usize = 30;

/// Words beyond this many are not searched for.
const MOST_WORDS: usize = 64;

/// A document in which words were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The document.
    pub document: DocumentInfo,
    /// Its place among the hits, from 1.
    pub rank: usize,
    /// The stretch of its text where the words stand closest together.
    pub snippet: Span,
    /// That stretch.
    pub text: String,
    /// The words within it, by where they stand in the document's text.
    pub marks: Vec<Span>,
}

impl Workspace {
    /// The documents in which all words stand, best first (BM25; a word in the title counts five
    /// times). Case and accents do not matter; words between quotation marks stand one after the
    /// other; a word that ends in `*` may go on. Removed documents and replaced vintages are not
    /// searched.
    ///
    /// # Errors
    /// [`Error`]; [`Trouble::NoWords`] when there is none.
    pub fn search(&self, words: &str, most: usize) -> Result<Vec<Hit>, Error> {
        self.found(words, most).map_err(|e| e.at(&self.path))
    }

    fn found(&self, words: &str, most: usize) -> Result<Vec<Hit>, Error> {
        let terms = terms(words);
        if terms.is_empty() {
            return Err(Trouble::NoWords.into());
        }
        let t = self.db.unchecked_transaction()?;
        let mut q = t.prepare(
            "SELECT d.id, d.url FROM words JOIN document d ON d.id = words.rowid
             WHERE words MATCH ?1 AND d.removed = 0
             ORDER BY bm25(words, 5.0, 1.0), d.name",
        )?;
        let mut rows = q.query(params![expression(&terms)])?;
        let mut out = Vec::new();
        while out.len() < most {
            let Some(r) = rows.next()? else { break };
            let (row, url): (i64, Option<String>) = (r.get(0)?, r.get(1)?);
            if let Some(url) = url
                && newest(&t, &url, None)?.is_some_and(|(n, _)| n != row)
            {
                continue;
            }
            let (_, text) = text_of(&t, row)?;
            let (snippet, marks) = snippet(&text, &terms);
            out.push(Hit {
                document: info(&t, row)?,
                rank: out.len() + 1,
                text: snippet.of(&text).to_owned(),
                snippet,
                marks,
            });
        }
        Ok(out)
    }
}

/// One word or several in a row, folded; whether the last may go on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    words: Vec<String>,
    prefix: bool,
}

/// What is searched for. Whatever is typed, only letters and digits reach the database.
fn terms(typed: &str) -> Vec<Term> {
    let mut out = Vec::new();
    for (n, part) in typed.split(['"', '“', '”', '„', '«', '»']).enumerate() {
        let pieces: Vec<&str> = match n % 2 {
            1 => vec![part],
            _ => part.split_whitespace().collect(),
        };
        for piece in pieces {
            let words: Vec<String> = tokens(piece).map(|(_, w)| w).collect();
            if !words.is_empty() {
                let prefix = piece.trim_end().ends_with('*');
                out.push(Term { words, prefix });
            }
        }
    }
    out.truncate(MOST_WORDS);
    out
}

/// The terms in the language of FTS5: each a quoted string.
fn expression(terms: &[Term]) -> String {
    let quoted = terms.iter().map(|t| {
        let star = if t.prefix { "*" } else { "" };
        format!("\"{}\"{star}", t.words.join(" "))
    });
    quoted.collect::<Vec<_>>().join(" ")
}

/// The words of a text, folded, with where they stand.
fn tokens(text: &str) -> impl Iterator<Item = (Span, String)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        // Marks belong to the letter before them.
        let inside = |c: char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
        while rest.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let (start, first) = rest.next()?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = rest.next_if(|(_, c)| inside(*c)) {
            end = at + c.len_utf8();
        }
        let span = Span::new(start, end);
        Some((span, fold(span.of(text)).replace(' ', "")))
    })
}

/// Where the words stand closest together, and the words there; the beginning of the text when
/// they stand in the title alone.
fn snippet(text: &str, terms: &[Term]) -> (Span, Vec<Span>) {
    let words: Vec<(&str, bool)> = terms
        .iter()
        .flat_map(|t| {
            let last = t.words.len() - 1;
            t.words
                .iter()
                .enumerate()
                .map(move |(i, w)| (w.as_str(), t.prefix && i == last))
        })
        .collect();
    let which = |word: &str| {
        words.iter().position(|(w, prefix)| {
            if *prefix {
                word.starts_with(w)
            } else {
                word == *w
            }
        })
    };
    // Places of the sought words alone: number of the token, its span, which word it is.
    let mut hits: Vec<(usize, Span, usize)> = Vec::new();
    let mut first = Span::new(0, 0);
    for (n, (span, word)) in tokens(text).enumerate() {
        if n < SNIPPET {
            first = if n == 0 { span } else { first.hull(&span) };
        }
        if let Some(w) = which(&word) {
            hits.push((n, span, w));
        }
    }
    let Some(best) = densest(&hits, words.len()) else {
        return (first, Vec::new());
    };
    let (from, to) = (hits[best.0].0, hits[best.1].0);
    let spare = SNIPPET.saturating_sub(to - from + 1);
    let (low, high) = (from.saturating_sub(spare / 3), to + spare - spare / 3);
    let mut out: Option<Span> = None;
    for (span, _) in tokens(text).skip(low).take(high - low + 1) {
        out = Some(out.map_or(span, |o| o.hull(&span)));
    }
    let out = out.unwrap_or(first);
    let marks = hits.iter().map(|(_, s, _)| *s);
    (out, marks.filter(|s| out.contains(s)).collect())
}

/// First and last of the hits within a snippet's length that hold the most different words; the
/// earliest of equals.
fn densest(hits: &[(usize, Span, usize)], words: usize) -> Option<(usize, usize)> {
    let mut count = vec![0usize; words];
    let (mut different, mut left) = (0, 0);
    let mut best: Option<(usize, (usize, usize))> = None;
    for (right, hit) in hits.iter().enumerate() {
        count[hit.2] += 1;
        different += usize::from(count[hit.2] == 1);
        while hit.0 - hits[left].0 >= SNIPPET {
            let gone = hits[left].2;
            count[gone] -= 1;
            different -= usize::from(count[gone] == 0);
            left += 1;
        }
        if best.is_none_or(|(n, _)| different > n) {
            best = Some((different, (left, right)));
        }
    }
    best.map(|(_, range)| range)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_typed_becomes_quoted_words() {
        for (typed, expected) in [
            ("trade turnover", r#""trade" "turnover""#),
            ("Četrt, MILIJONA!", r#""cetrt" "milijona""#),
            (r#""air link" 2024"#, r#""air link" "2024""#),
            ("trad*", r#""trad"*"#),
            (
                r#"a" OR b NOT NEAR(c) {title}: ^x -y"#,
                r#""a" "or b not near c title x y""#,
            ),
            ("well-known", r#""well known""#),
            (" !? ", ""),
        ] {
            assert_eq!(expression(&terms(typed)), expected, "{typed}");
        }
    }

    #[test]
    fn a_snippet_lies_where_the_words_are_closest() {
        let filler = "lorem ipsum ".repeat(40);
        let text = format!("trade {filler}both trade and Türkiye {filler}turkiye");
        let (span, marks) = snippet(&text, &terms("turkiye TRADE"));
        assert!(span.of(&text).contains("both trade and Türkiye"));
        let marked: Vec<_> = marks.iter().map(|m| m.of(&text)).collect();
        assert_eq!(marked, ["trade", "Türkiye"]);
        assert_eq!(tokens(span.of(&text)).count(), SNIPPET);
        // Nothing found: the beginning.
        let (span, marks) = snippet("One two.", &terms("three"));
        assert_eq!((span, marks), (Span::new(0, 7), vec![]));
    }

    proptest! {
        #[test]
        fn snippets_lie_in_the_text(text in "\\PC{0,300}", typed in "\\PC{0,30}") {
            let terms = terms(&typed);
            let (span, marks) = snippet(&text, &terms);
            prop_assert!(text.get(span.start..span.end).is_some());
            for m in marks {
                prop_assert!(span.contains(&m));
                prop_assert!(text.get(m.start..m.end).is_some());
            }
        }
    }
}
