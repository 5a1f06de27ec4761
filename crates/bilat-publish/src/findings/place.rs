//! Where a byte of a text stands as people and editors count: line and column.

use bilat_model::document::{Document, Origin, Span};

/// A stretch of a text in lines and columns, all counted from 1, ends one past the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    /// In Unicode characters.
    pub(super) column: usize,
    pub(super) end_line: usize,
    /// In UTF-16 code units, as editors and SARIF count.
    pub(super) utf16: usize,
    pub(super) utf16_end: usize,
}

/// How far apart the notes of the index are, in bytes; a look-up counts at most so many.
const STEP: usize = 1024;

/// Lines and columns of a text, found in steps that do not grow with it.
pub(super) struct Index<'a> {
    text: &'a str,
    /// Where each line begins.
    lines: Vec<usize>,
    /// Characters and UTF-16 units before the character boundary at or below each step.
    steps: Vec<(usize, usize)>,
}

impl<'a> Index<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let mut steps = Vec::with_capacity(text.len() / STEP + 1);
        let (mut before, mut from) = ((0, 0), 0);
        for at in (0..=text.len()).step_by(STEP) {
            let at = text.floor_char_boundary(at);
            before = counted(before, text.get(from..at));
            steps.push(before);
            from = at;
        }
        Self { text, lines, steps }
    }

    /// The nearest span at or inside a given one that lies within the text and on character
    /// boundaries.
    pub(super) fn clamp(&self, span: Span) -> Span {
        let start = self.text.floor_char_boundary(span.start);
        Span::new(start, self.text.floor_char_boundary(span.end))
    }

    /// The number of the line, from 0, that a byte stands in.
    pub(super) fn line_of(&self, at: usize) -> usize {
        self.lines.partition_point(|l| *l <= at).saturating_sub(1)
    }

    /// A line without its line feed and the carriage return before it.
    pub(super) fn line(&self, number: usize) -> Span {
        let start = self.lines.get(number).copied().unwrap_or(self.text.len());
        let next = self.lines.get(number + 1);
        let end = next.map_or(self.text.len(), |n| n - 1);
        let cr = next.is_some() && self.text.get(start..end).is_some_and(|l| l.ends_with('\r'));
        Span::new(start, end - usize::from(cr))
    }

    pub(super) fn place(&self, span: Span) -> Place {
        let span = self.clamp(span);
        let (line, column, utf16) = self.at(span.start);
        let (end_line, _, utf16_end) = self.at(span.end);
        Place {
            line,
            column,
            end_line,
            utf16,
            utf16_end,
        }
    }

    /// Line, column in characters and column in UTF-16 units of a byte.
    fn at(&self, at: usize) -> (usize, usize, usize) {
        let line = self.line_of(at);
        let start = self.lines.get(line).copied().unwrap_or_default();
        let (a, b) = (self.before(start), self.before(at));
        (line + 1, b.0 - a.0 + 1, b.1 - a.1 + 1)
    }

    fn before(&self, at: usize) -> (usize, usize) {
        let step = at / STEP;
        let from = self.text.floor_char_boundary(step * STEP);
        let known = self.steps.get(step).copied().unwrap_or_default();
        counted(known, self.text.get(from..at))
    }
}

fn counted(before: (usize, usize), text: Option<&str>) -> (usize, usize) {
    let chars = text.unwrap_or_default().chars();
    chars.fold(before, |(n, u), c| (n + 1, u + c.len_utf16()))
}

/// The places of a document: in the file that came wherever they are known there, else in the
/// text that was read out of it.
pub(super) struct Places<'a> {
    pub(super) document: &'a Document,
    pub(super) text: Index<'a>,
    input: Option<Index<'a>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(document: &'a Document, input: Option<&'a str>) -> Self {
        let runs = matches!(document.origin, Origin::Runs(_));
        Self {
            document,
            text: Index::new(&document.text),
            input: input.filter(|_| runs).map(Index::new),
        }
    }

    /// In lines and columns of the file when they are known, else of the text.
    pub(super) fn shown(&self, span: Span) -> Place {
        self.in_file(span).unwrap_or_else(|| self.text.place(span))
    }

    /// In lines and columns of the file that came; `None` where it has none, or they are not
    /// known.
    pub(super) fn in_file(&self, span: Span) -> Option<Place> {
        match (&self.document.origin, &self.input) {
            (Origin::Identity, _) => Some(self.text.place(span)),
            (Origin::Runs(_), Some(input)) => {
                Some(input.place(self.document.input_span(self.text.clamp(span))?))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn naive(text: &str, at: usize) -> (usize, usize, usize) {
        let before = &text[..at];
        let line = before.rsplit('\n').next().unwrap_or_default();
        (
            before.matches('\n').count() + 1,
            line.chars().count() + 1,
            line.encode_utf16().count() + 1,
        )
    }

    #[test]
    fn columns_are_counted_in_characters_and_in_units() {
        let text = "ab\r\nž𝄞c\n";
        let index = Index::new(text);
        let p = index.place(Span::new(4 + "ž𝄞".len(), 4 + "ž𝄞c".len()));
        assert_eq!(
            (p.line, p.column, p.end_line, p.utf16, p.utf16_end),
            (2, 3, 2, 4, 5)
        );
        assert_eq!(index.line(0).of(text), "ab");
        assert_eq!(index.line(1).of(text), "ž𝄞c");
        assert_eq!(index.line(2).of(text), "");
        assert_eq!(index.line(9).of(text), "");
    }

    proptest! {
        #[test]
        fn a_look_up_agrees_with_counting(
            parts in prop::collection::vec("[a\u{301}ž𝄞\r\n ]{0,300}", 0..12),
            at in any::<prop::sample::Index>(),
        ) {
            let text: String = parts.concat();
            let at = text.floor_char_boundary(at.index(text.len() + 1));
            prop_assert_eq!(Index::new(&text).at(at), naive(&text, at));
        }
    }
}
