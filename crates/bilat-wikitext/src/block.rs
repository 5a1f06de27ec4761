//! The second pass: lines into headings, paragraphs, lists and tables.

use bilat_model::document::Span;

use crate::inline;
use crate::scan::{Kind, Marks, tag_end, tag_name};
use crate::table::{Cell, Row, Table};
use crate::text::Text;
use crate::{Block, DEEPEST, Page, Section};

/// Reads a whole article.
pub(crate) fn page(text: &str, marks: &Marks) -> Page {
    let mut walker = Walker {
        text,
        marks,
        page: Page::default(),
        tables: Vec::new(),
        pending: Pending::default(),
    };
    walker.page.sections.push(Section {
        level: 1,
        title: Text::default(),
        blocks: Vec::new(),
    });
    for line in lines(text, marks, Span::new(0, text.len())) {
        walker.line(line);
    }
    while !walker.tables.is_empty() {
        walker.end_table(text.len());
    }
    walker.flush();
    walker.page
}

/// The lines of a stretch, without their ends. A line end inside a mark ends no line; `<br>` and
/// the template for a paragraph's break do.
fn lines(text: &str, marks: &Marks, span: Span) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = span.start;
    let mut soft = false;
    let mut end_at = |end: usize, next: usize, by_tag: bool| {
        out.push(Line {
            span: Span::new(start, end),
            soft,
        });
        start = next;
        soft = by_tag;
    };
    let mut at = span.start;
    let mut search = |from: usize, to: usize| {
        let mut i = from;
        while let Some(n) = text[i..to].find(['\n', '<']) {
            let here = i + n;
            i = here + 1;
            if text.as_bytes()[here] == b'\n' {
                end_at(here, here + 1, false);
                continue;
            }
            if tag_name(text, here).is_some_and(|name| name == "br" || name == "/br")
                && let Some((end, _)) = tag_end(text, here)
                && end <= to
            {
                end_at(here, end, true);
                i = end;
            }
        }
    };
    for mark in marks.within(span) {
        search(at, mark.span.start);
        at = mark.span.end;
    }
    search(at, span.end);
    out.push(Line {
        span: Span::new(start, span.end),
        soft,
    });
    out
}

#[derive(Clone, Copy)]
struct Line {
    span: Span,
    /// Begun by `<br>`: it is text, whatever it begins with.
    soft: bool,
}

/// Text that has been met and not yet read: lines of one paragraph or item.
#[derive(Default)]
struct Pending {
    /// From the first line to the last.
    span: Option<Span>,
    /// Of an item: its depth.
    depth: Option<u8>,
}

/// A table that is being read.
struct OpenTable {
    start: usize,
    rows: Vec<Row>,
    row: Row,
}

struct Walker<'a> {
    text: &'a str,
    marks: &'a Marks,
    page: Page,
    tables: Vec<OpenTable>,
    pending: Pending,
}

impl Walker<'_> {
    fn line(&mut self, line: Line) {
        let written = line.span.of(self.text);
        let trimmed = self.without_comments(line.span);
        let start = trimmed.start;
        let text = trimmed.of(self.text);
        if line.soft {
            self.flush();
            return self.add(line.span, None);
        }
        if text.is_empty() {
            return self.flush();
        }
        let table_text = text.trim_start_matches([':', ' ']);
        let in_table = !self.tables.is_empty();
        let template = text.starts_with("{{");
        if table_text.starts_with("{|") && !template && self.tables.len() < DEEPEST {
            self.flush();
            self.tables.push(OpenTable {
                start,
                rows: Vec::new(),
                row: Row::default(),
            });
        } else if in_table && text.starts_with("|}") && !text.starts_with("|}}") {
            self.flush();
            self.end_table(trimmed.end);
            // What stands after the table's end on its line.
            let rest = Span::new(start + 2, line.span.end);
            if !rest.of(self.text).trim().is_empty() {
                self.add(rest, None);
            }
        } else if in_table && text.starts_with("|-") {
            self.end_row();
        } else if in_table && text.starts_with("|+") {
            self.flush();
        } else if in_table && (text.starts_with('|') || text.starts_with('!')) {
            self.cells(Span::new(start, line.span.end), text.starts_with('!'));
        } else if let Some((level, title)) = heading(text) {
            // A table that somebody forgot to close ends before a heading.
            while !self.tables.is_empty() {
                self.end_table(start);
            }
            self.flush();
            let title = Span::new(start + title.start, start + title.end);
            let title = inline::text(self.text, self.marks, title);
            self.page.sections.push(Section {
                level,
                title,
                blocks: Vec::new(),
            });
        } else if written.starts_with(['*', '#', ':', ';']) || text.starts_with(['*', '#']) {
            self.flush();
            let depth = text
                .bytes()
                .take_while(|b| matches!(b, b'*' | b'#' | b':' | b';'))
                .count();
            let content = Span::new(start + depth, line.span.end);
            self.add(content, Some(u8::try_from(depth).unwrap_or(u8::MAX)));
            self.flush();
        } else {
            self.add(line.span, None);
        }
    }

    /// A line from the first character that is no comment and no white space.
    fn without_comments(&self, span: Span) -> Span {
        let mut start = span.start;
        loop {
            let rest = Span::new(start, span.end).of(self.text);
            start += rest.len() - rest.trim_start().len();
            match self.marks.at(start) {
                Some(m) if m.kind == Kind::Comment && m.span.end <= span.end => {
                    start = m.span.end;
                }
                _ => break,
            }
        }
        let rest = Span::new(start, span.end).of(self.text);
        Span::new(start, start + rest.trim_end().len())
    }

    /// Adds a line to what is pending.
    fn add(&mut self, span: Span, depth: Option<u8>) {
        match &mut self.pending.span {
            Some(pending) => pending.end = span.end,
            None => {
                self.pending.span = Some(span);
                self.pending.depth = depth;
            }
        }
    }

    /// Reads what is pending and puts it where it belongs.
    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let Some(span) = pending.span else {
            return;
        };
        let text = inline::text(self.text, self.marks, span);
        if text.is_blank() && text.templates.is_empty() {
            return;
        }
        self.put(match pending.depth {
            Some(depth) => Block::Item { depth, text },
            None => Block::Paragraph(text),
        });
    }

    fn put(&mut self, block: Block) {
        match self.tables.last_mut() {
            Some(table) => {
                // What stands in a table before any cell is no part of it.
                if let Some(cell) = table.row.cells.last_mut() {
                    cell.blocks.push(block);
                }
            }
            None => {
                if let Some(section) = self.page.sections.last_mut() {
                    section.blocks.push(block);
                }
            }
        }
    }

    fn end_row(&mut self) {
        self.flush();
        if let Some(table) = self.tables.last_mut() {
            let row = std::mem::take(&mut table.row);
            if !row.cells.is_empty() {
                table.rows.push(row);
            }
        }
    }

    fn end_table(&mut self, end: usize) {
        self.end_row();
        if let Some(table) = self.tables.pop() {
            self.put(Block::Table(Table {
                input: Span::new(table.start, end.max(table.start)),
                rows: table.rows,
            }));
        }
    }

    /// A line of cells: `| a || b`, `! a !! b`.
    fn cells(&mut self, line: Span, header: bool) {
        self.flush();
        let mut header = header;
        for part in cell_parts(self.text, self.marks, line, header) {
            header = part.header;
            let (attributes, content) = self.attributes(part.span);
            let (rows, columns) = spans(attributes.of(self.text));
            self.flush();
            if let Some(table) = self.tables.last_mut() {
                table.row.cells.push(Cell {
                    input: content,
                    header,
                    rows,
                    columns,
                    blocks: Vec::new(),
                });
            }
            let item = content.of(self.text).trim_start().starts_with('*');
            if item && part.last {
                let trimmed = self.without_comments(content);
                self.line(Line {
                    span: Span::new(trimmed.start, content.end),
                    soft: false,
                });
            } else {
                self.add(content, None);
            }
        }
    }

    /// The attributes before a cell's content, if any: `style="…" | content`. What has a link or
    /// a reference before the bar is content.
    fn attributes(&self, cell: Span) -> (Span, Span) {
        let mut at = cell.start;
        let end = Span::new(cell.end, cell.end);
        for mark in self.marks.within(cell).map(Some).chain([None]) {
            let next = mark.map_or(end, |m| m.span);
            if let Some(i) = Span::new(at, next.start).of(self.text).find('|') {
                let bar = at + i;
                let content = Span::new(bar + 1, cell.end);
                return (Span::new(cell.start, bar), content);
            }
            match mark.map(|m| m.kind) {
                Some(Kind::Comment | Kind::Template) => at = next.end,
                _ => break,
            }
        }
        (Span::new(cell.start, cell.start), cell)
    }
}

struct CellPart {
    span: Span,
    header: bool,
    last: bool,
}

/// The cells of a line, its first mark (`|` or `!`) passed over.
fn cell_parts(text: &str, marks: &Marks, line: Span, header: bool) -> Vec<CellPart> {
    let mut out = Vec::new();
    let mut start = line.start + 1;
    let mut at = start;
    let mut search = |from: usize, to: usize| {
        let mut i = from;
        while i + 1 < to {
            let two = &text.as_bytes()[i..i + 2];
            if two == b"||" || (header && two == b"!!") {
                out.push(CellPart {
                    span: Span::new(start, i),
                    header,
                    last: false,
                });
                start = i + 2;
                i += 2;
            } else {
                i += 1;
            }
        }
    };
    for mark in marks.within(Span::new(at, line.end)) {
        search(at, mark.span.start);
        at = mark.span.end;
    }
    search(at, line.end);
    out.push(CellPart {
        span: Span::new(start.min(line.end), line.end),
        header,
        last: true,
    });
    out
}

/// Level and title of a heading.
fn heading(text: &str) -> Option<(u8, Span)> {
    let equals = |mut bytes: std::slice::Iter<'_, u8>, back: bool| {
        let mut n = 0;
        while (if back {
            bytes.next_back()
        } else {
            bytes.next()
        }) == Some(&b'=')
        {
            n += 1;
        }
        n
    };
    // A comment after the heading is no part of it.
    let end = text.find("<!--").unwrap_or(text.len());
    let text = text[..end].trim_end();
    let level = equals(text.as_bytes().iter(), false).min(equals(text.as_bytes().iter(), true));
    let fits = (1..=6).contains(&level) && text.len() > 2 * level;
    fits.then(|| {
        let title = Span::new(level, text.len() - level);
        (u8::try_from(level).unwrap_or(6), title)
    })
}

/// `rowspan` and `colspan` of a cell's attributes.
fn spans(attributes: &str) -> (usize, usize) {
    let lower = attributes.to_ascii_lowercase();
    let of = |name: &str| {
        let (_, rest) = lower.split_once(name)?;
        let rest = rest.trim_start().strip_prefix('=')?;
        let digits: String = rest
            .chars()
            .skip_while(|c| matches!(c, ' ' | '"' | '\''))
            .take(4)
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse().ok().filter(|n| *n > 0)
    };
    (of("rowspan").unwrap_or(1), of("colspan").unwrap_or(1))
}
