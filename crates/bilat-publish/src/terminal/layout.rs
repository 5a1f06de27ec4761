//! Lines of a width, filled word by word and measured by grapheme.

use anstyle::{AnsiColor, Effects};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::text::tame;

/// How a stretch of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Title,
    Head,
    Strong,
    Dim,
    /// Of the first country, the second, and anything else.
    Side(usize),
}

impl Style {
    fn ansi(self) -> anstyle::Style {
        let plain = anstyle::Style::new();
        match self {
            Self::Plain => plain,
            Self::Title => plain | Effects::BOLD | Effects::UNDERLINE,
            Self::Head => AnsiColor::Cyan.on_default() | Effects::BOLD,
            Self::Strong => plain | Effects::BOLD,
            Self::Dim => plain | Effects::DIMMED,
            Self::Side(0) => AnsiColor::Blue.on_default(),
            Self::Side(1) => AnsiColor::Yellow.on_default(),
            Self::Side(_) => plain,
        }
    }
}

/// Text in a style.
pub(super) type Piece<'a> = (Style, &'a str);

/// Columns that a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.graphemes(true).map(|g| g.width()).sum()
}

/// A text without what steers the terminal, cut to a width.
pub(crate) fn fit(text: &str, width: usize) -> String {
    let text = tame(text);
    if columns(&text) <= width {
        return text;
    }
    let mut out = String::new();
    let mut used = 1;
    for g in text.graphemes(true) {
        used += g.width();
        if used > width {
            break;
        }
        out.push_str(g);
    }
    if width > 0 {
        out.push('…');
    }
    out
}

/// A text in lines of at most so many columns.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut page = Page::new(width.max(1), false);
    page.wrap(&[(Style::Plain, text)], width.max(1), 0, 0);
    page.out.lines().map(str::to_owned).collect()
}

/// The text under way.
pub(super) struct Page {
    pub(super) out: String,
    pub(super) width: usize,
    colour: bool,
}

impl Page {
    pub(super) fn new(width: usize, colour: bool) -> Self {
        Self {
            out: String::new(),
            width,
            colour,
        }
    }

    /// One empty line, unless there is one already.
    pub(super) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A whole line of pieces that are known to fit.
    pub(super) fn line(&mut self, pieces: &[Piece<'_>]) {
        let last = pieces.iter().rposition(|p| !p.1.trim_end().is_empty());
        for (i, (style, text)) in pieces.iter().enumerate() {
            match last {
                Some(l) if i < l => self.put(*style, text),
                Some(l) if i == l => self.put(*style, text.trim_end()),
                _ => {}
            }
        }
        self.out.push('\n');
    }

    fn put(&mut self, style: Style, text: &str) {
        if text.is_empty() {
            return;
        }
        let ansi = style.ansi();
        if self.colour && ansi != anstyle::Style::new() {
            self.out.push_str(&ansi.render().to_string());
            self.out.push_str(text);
            self.out.push_str(&ansi.render_reset().to_string());
        } else {
            self.out.push_str(text);
        }
    }

    /// Text set in lines of a width, the first line and those after it indented so far. Pieces
    /// that follow each other without a space stay together; a word wider than a line is cut.
    pub(super) fn wrap(&mut self, pieces: &[Piece<'_>], width: usize, first: usize, rest: usize) {
        let mut lines: Vec<Vec<(Style, String)>> = vec![Vec::new()];
        let (mut used, mut space) = (first, false);
        for word in words(pieces) {
            if word.is_empty() {
                space = true;
                continue;
            }
            let size: usize = word.iter().map(|p| columns(&p.1)).sum();
            let empty = lines.last().is_none_or(Vec::is_empty);
            let gap = usize::from(space && !empty);
            space = false;
            if !empty && used + gap + size > width {
                lines.push(Vec::new());
                used = rest;
            } else if gap > 0 {
                used += 1;
                if let Some(l) = lines.last_mut() {
                    l.push((Style::Plain, " ".to_owned()));
                }
            }
            for (style, text) in word {
                for g in text.graphemes(true) {
                    if used + g.width() > width {
                        lines.push(Vec::new());
                        used = rest;
                    }
                    used += g.width();
                    let Some(l) = lines.last_mut() else { continue };
                    match l.last_mut() {
                        Some((s, t)) if *s == style => t.push_str(g),
                        _ => l.push((style, g.to_owned())),
                    }
                }
            }
        }
        let any = lines.iter().any(|l| !l.is_empty());
        for (i, line) in lines.iter().enumerate().filter(|_| any) {
            let indent = " ".repeat(if i == 0 { first } else { rest });
            let mut all: Vec<Piece<'_>> = vec![(Style::Plain, &indent)];
            all.extend(line.iter().map(|(s, t)| (*s, t.as_str())));
            self.line(&all);
        }
    }

    /// An entry: a term, padded to the indent, and text that goes on under itself.
    pub(super) fn hang(&mut self, term: &str, text: &str, width: usize, indent: usize) {
        let lines = wrap(text, width.saturating_sub(indent).max(1));
        let term = fit(term, indent.saturating_sub(1));
        for (i, line) in lines.iter().enumerate() {
            let term = if i == 0 { term.as_str() } else { "" };
            let pad = " ".repeat(indent.saturating_sub(columns(term)));
            self.line(&[
                (Style::Dim, term),
                (Style::Plain, &pad),
                (Style::Plain, line),
            ]);
        }
    }

    pub(super) fn finish(mut self) -> String {
        while self.out.ends_with("\n\n") {
            self.out.pop();
        }
        self.out
    }
}

/// Words with their styles; an empty word is a space.
fn words(pieces: &[Piece<'_>]) -> Vec<Vec<(Style, String)>> {
    let mut out: Vec<Vec<(Style, String)>> = Vec::new();
    let mut open = false;
    for (style, text) in pieces {
        // A no-break space stays: only the space that may break does.
        for part in tame(text).split_inclusive(' ') {
            let word = part.trim_end_matches(' ');
            if !word.is_empty() {
                match out.last_mut() {
                    Some(last) if open => last.push((*style, word.to_owned())),
                    _ => out.push(vec![(*style, word.to_owned())]),
                }
                open = true;
            }
            if word.len() < part.len() {
                out.push(Vec::new());
                open = false;
            }
        }
    }
    out
}
