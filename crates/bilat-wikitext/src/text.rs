//! Plain text that knows where it comes from.

use bilat_model::document::{Run, Span};

use crate::scan::Marks;

/// Plain text made from a stretch of wikitext.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Text {
    /// What a reader sees, white space as single spaces; bold, italics, references and comments
    /// are gone.
    pub plain: String,
    /// Where it stands in the wikitext: where a run's two sides are equally long they are the
    /// same bytes, else the text was made from the markup (a date's template, an entity).
    pub runs: Vec<Run>,
    /// The links in it.
    pub links: Vec<Link>,
    /// The templates in it, outermost ones only, those without text too.
    pub templates: Vec<Template>,
    /// The references in it.
    pub references: Vec<Reference>,
}

/// A link to another article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its words, in the plain text.
    pub text: Span,
    /// The article's title as it is written, without a section.
    pub target: String,
}

/// A template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its text in the plain text; empty where it has none.
    pub text: Span,
    /// Where it stands in the wikitext.
    pub input: Span,
    /// Its name in lower case; of a module (`#invoke:flag`) the module's.
    pub name: String,
    /// Its arguments without a name, in order, as plain text.
    pub arguments: Vec<String>,
    /// Its named arguments, as plain text.
    pub named: Vec<(String, String)>,
}

/// A footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Where in the plain text it stands.
    pub at: usize,
    /// Where it stands in the wikitext.
    pub input: Span,
    /// Its name, when it has one: a footnote may be written once and used again by name.
    pub name: Option<String>,
    /// The publication date that its citation template states, as written.
    pub date: Option<String>,
}

impl Text {
    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.plain.trim().is_empty()
    }

    /// Where a stretch of the plain text stands in the wikitext: exact where both agree byte by
    /// byte, else the whole markup that it was made from. `None` for a stretch without a source.
    #[must_use]
    pub fn input(&self, span: Span) -> Option<Span> {
        let from = self.runs.partition_point(|r| r.text.end <= span.start);
        let first = self.runs.get(from).filter(|r| r.text.overlaps(&span))?;
        let to = self.runs.partition_point(|r| r.text.start < span.end);
        let last = self.runs.get(to.checked_sub(1)?)?;
        let same = |r: &Run| r.text.end - r.text.start == r.input.end - r.input.start;
        let start = match same(first) {
            true => first.input.start + span.start.saturating_sub(first.text.start),
            false => first.input.start,
        };
        let end = match same(last) {
            true => last.input.end - last.text.end.saturating_sub(span.end),
            false => last.input.end,
        };
        Some(Span::new(start, end))
    }

    /// Where its words begin and end in the wikitext; `None` when it has none.
    #[must_use]
    pub fn whole(&self) -> Option<Span> {
        self.input(Span::new(0, self.plain.len()))
    }

    /// Adds characters that stand in the wikitext as they are.
    pub(crate) fn push_same(&mut self, characters: &str, input: usize) {
        let mut from = 0;
        for (i, c) in characters.char_indices() {
            if !c.is_whitespace() && !is_unseen(c) {
                continue;
            }
            self.same(&characters[from..i], input + from);
            from = i + c.len_utf8();
            if c.is_whitespace() {
                self.space(Span::new(input + i, input + from));
            }
        }
        self.same(&characters[from..], input + from);
    }

    fn same(&mut self, characters: &str, input: usize) {
        if characters.is_empty() {
            return;
        }
        let start = self.plain.len();
        self.plain.push_str(characters);
        self.run(
            Span::new(start, self.plain.len()),
            Span::new(input, input + characters.len()),
        );
    }

    fn space(&mut self, input: Span) {
        if self.plain.is_empty() || self.plain.ends_with(' ') {
            return;
        }
        let start = self.plain.len();
        self.plain.push(' ');
        self.run(Span::new(start, start + 1), input);
    }

    /// Adds characters that were made from markup.
    pub(crate) fn push_made(&mut self, characters: &str, input: Span) {
        let start = self.plain.len();
        for c in characters.chars() {
            if c.is_whitespace() {
                if !self.plain.is_empty() && !self.plain.ends_with(' ') {
                    self.plain.push(' ');
                }
            } else if !is_unseen(c) {
                self.plain.push(c);
            }
        }
        let text = Span::new(start, self.plain.len());
        let first = text
            .of(&self.plain)
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        // As long as the markup by chance: in two runs, since one would be taken for the same bytes.
        let chance = text.end - text.start == input.end - input.start;
        if chance && text.end > start + first {
            self.runs.push(Run {
                text: Span::new(start, start + first),
                input,
            });
            self.runs.push(Run {
                text: Span::new(start + first, text.end),
                input,
            });
        } else if text.end > start {
            self.run(text, input);
        }
    }

    fn run(&mut self, text: Span, input: Span) {
        let same = |t: Span, i: Span| t.end - t.start == i.end - i.start;
        if let Some(last) = self.runs.last_mut()
            && last.text.end == text.start
            && last.input.end == input.start
            && same(last.text, last.input)
            && same(text, input)
        {
            last.text.end = text.end;
            last.input.end = input.end;
            return;
        }
        self.runs.push(Run { text, input });
    }

    /// Takes white space off the end.
    pub(crate) fn finish(mut self) -> Self {
        let end = self.plain.trim_end().len();
        self.plain.truncate(end);
        while let Some(last) = self.runs.last_mut() {
            if last.text.start >= end {
                self.runs.pop();
                continue;
            }
            let over = last.text.end.saturating_sub(end);
            if over > 0 && last.text.end - last.text.start == last.input.end - last.input.start {
                last.input.end -= over;
            }
            last.text.end -= over;
            break;
        }
        for span in self
            .links
            .iter_mut()
            .map(|l| &mut l.text)
            .chain(self.templates.iter_mut().map(|t| &mut t.text))
        {
            *span = Span::new(span.start.min(end), span.end.min(end));
        }
        for reference in &mut self.references {
            reference.at = reference.at.min(end);
        }
        self
    }
}

/// Characters that have a direction or no width: they are not read.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{ad}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A stretch of wikitext with its marks, for the passes after the scan.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    pub(crate) text: &'a str,
    pub(crate) marks: &'a Marks,
}
