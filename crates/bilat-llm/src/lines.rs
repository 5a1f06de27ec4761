//! The lines in which a model is shown a text, and where a quote stands in them.

use bilat_extract::tokens::Tokens;
use bilat_model::document::{BlockKind, Document, Span};

/// Bytes of a line; a longer block is cut between words.
const LONGEST: usize = 4000;

/// A line: its number, counted from 1 over the whole document, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) number: usize,
    pub(crate) span: Span,
}

/// The lines of a document: its blocks that are read, cut where they are long.
pub(crate) fn lines(document: &Document) -> Vec<Line> {
    let mut out = Vec::new();
    for block in &document.blocks {
        if matches!(block.kind, BlockKind::Furniture | BlockKind::Caption) {
            continue;
        }
        let mut at = block.span.start;
        while let Some(rest) = document
            .text
            .get(at..block.span.end)
            .filter(|r| !r.is_empty())
        {
            let end = at + cut(rest);
            if !rest[..end - at].trim().is_empty() {
                out.push(Line {
                    number: out.len() + 1,
                    span: Span::new(at, end),
                });
            }
            at = end;
        }
    }
    out
}

/// Where a line ends that begins here: behind the last sentence that fits, else the last word,
/// else the last character.
fn cut(rest: &str) -> usize {
    if rest.len() <= LONGEST {
        return rest.len();
    }
    let fits = &rest[..rest.floor_char_boundary(LONGEST)];
    let sentence = fits.rmatch_indices(['.', '!', '?']).find_map(|(i, _)| {
        let after = fits[i + 1..].chars().next()?;
        after.is_whitespace().then_some(i + 1)
    });
    let word = || fits.rfind(char::is_whitespace).filter(|i| *i > 0);
    sentence.or_else(word).unwrap_or(fits.len())
}

/// Lines in parts of at most so many bytes, a line at least.
pub(crate) fn parts(document: &Document, most: usize) -> Vec<Vec<Line>> {
    let mut out: Vec<Vec<Line>> = Vec::new();
    let mut size = 0;
    for line in lines(document) {
        let long = line.span.end - line.span.start;
        match out.last_mut().filter(|_| size + long <= most) {
            Some(part) => {
                part.push(line);
                size += long;
            }
            None => {
                out.push(vec![line]);
                size = long;
            }
        }
    }
    out
}

/// From the first line to the last.
pub(crate) fn hull(part: &[Line]) -> Span {
    match (part.first(), part.last()) {
        (Some(a), Some(b)) => a.span.hull(&b.span),
        _ => Span::new(0, 0),
    }
}

/// A text with each run of white space as one space, and the way back.
struct Folded {
    text: String,
    /// For each byte, where its character begins in the original; one more for the end.
    back: Vec<usize>,
}

fn fold(text: &str) -> Folded {
    let mut out = Folded {
        text: String::with_capacity(text.len()),
        back: Vec::with_capacity(text.len() + 1),
    };
    let mut gap = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            if !gap {
                out.text.push(' ');
                out.back.push(at);
            }
            gap = true;
            continue;
        }
        gap = false;
        out.text.push(c);
        out.back.extend(std::iter::repeat_n(at, c.len_utf8()));
    }
    out.back.push(text.len());
    out
}

/// Every place of a quote in a line: its exact bytes, or where there are none the same but for
/// white space.
pub(crate) fn places(text: &str, line: Line, quote: &str) -> Vec<Span> {
    let hay = line.span.of(text);
    let exact = starts(hay, quote).map(|at| Span::new(at, at + quote.len()));
    let mut found: Vec<Span> = exact.collect();
    if found.is_empty() {
        let (hay, quote) = (fold(hay), fold(quote).text);
        found = starts(&hay.text, &quote)
            .map(|at| Span::new(hay.back[at], hay.back[at + quote.len()]))
            .collect();
    }
    found
        .iter()
        .map(|s| Span::new(line.span.start + s.start, line.span.start + s.end))
        .collect()
}

fn starts<'a>(hay: &'a str, needle: &'a str) -> impl Iterator<Item = usize> + 'a {
    hay.match_indices(needle).map(|(at, _)| at)
}

/// The sentences that share a byte with a span, by number.
pub(crate) fn sentences(tokens: &Tokens<'_>, span: Span) -> std::ops::Range<usize> {
    let place = |n: usize| tokens.span(&tokens.sentences[n].tokens);
    let from = tokens
        .sentences
        .partition_point(|s| tokens.span(&s.tokens).end <= span.start);
    let mut to = from;
    while to < tokens.sentences.len() && place(to).start < span.end {
        to += 1;
    }
    from..to
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, quote: &str) -> Vec<String> {
        let line = Line {
            number: 1,
            span: Span::new(0, text.len()),
        };
        places(text, line, quote)
            .iter()
            .map(|s| s.of(text).to_owned())
            .collect()
    }

    #[test]
    fn a_quote_is_found_by_its_bytes_or_but_for_white_space() {
        assert_eq!(at("a 5.7 million b", "5.7 million"), ["5.7 million"]);
        assert_eq!(
            at("é 5.7\n \u{a0}million é b", "5.7 million"),
            ["5.7\n \u{a0}million"]
        );
        assert_eq!(at("ab  c", "b c"), ["b  c"]);
        assert_eq!(at("x é  ", "x é"), ["x é"]);
        assert_eq!(at("x y x y", "x y").len(), 2);
        assert!(at("5,7 million", "5.7 million").is_empty());
        assert!(at("5.7 Million", "5.7 million").is_empty());
    }

    #[test]
    fn a_long_line_is_cut_between_sentences() {
        let text = "Word word word. ".repeat(400);
        let end = cut(&text);
        assert!(end <= LONGEST && text[..end].ends_with("word."));
        let solid = "é".repeat(3000);
        assert_eq!(cut(&solid), LONGEST);
    }
}
