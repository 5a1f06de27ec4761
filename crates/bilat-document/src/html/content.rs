//! The main text's markup to blocks of words.

use bilat_model::document::BlockKind;

use super::markup::{Token, Tokens, is_inline, is_void};
use crate::words;

/// A block in the making.
pub(super) struct Part {
    pub(super) kind: BlockKind,
    /// Words, in order.
    pub(super) words: Vec<String>,
}

impl Part {
    /// A part of one line of text.
    pub(super) fn of(kind: BlockKind, text: &str) -> Self {
        let words = text.split_ascii_whitespace().map(str::to_owned).collect();
        Self { kind, words }
    }

    /// Characters, about.
    pub(super) fn len(&self) -> usize {
        self.words.iter().map(|w| w.len() + 1).sum()
    }

    pub(super) fn text(&self) -> String {
        self.words.join(" ")
    }
}

/// Stands between the cells of a row.
pub(super) const CELL: &str = "|";

/// The blocks of some markup.
pub(super) fn parts(markup: &str) -> Vec<Part> {
    let mut reader = Reader {
        out: Vec::new(),
        open: Vec::new(),
        text: String::new(),
        said: false,
        broken: false,
    };
    for token in Tokens::new(markup) {
        match token {
            Token::Text(text, _) => {
                reader.broken &= text.trim().is_empty();
                let meant = html_escape::decode_html_entities(text);
                reader.said |= !meant.trim().is_empty();
                reader.text.push_str(&meant);
            }
            Token::Open(tag) => reader.open(&tag.name.to_ascii_lowercase()),
            Token::Close(name) => reader.close(&name.to_ascii_lowercase()),
            Token::Raw(..) => {}
        }
    }
    reader.flush();
    reader.out
}

struct Reader {
    out: Vec<Part>,
    /// The elements that are open, and the kind that they tell.
    open: Vec<(String, Option<BlockKind>)>,
    text: String,
    /// Whether the text is more than white space.
    said: bool,
    /// Whether a line has just been broken.
    broken: bool,
}

impl Reader {
    fn open(&mut self, name: &str) {
        match name {
            "br" => self.line(),
            "td" | "th" => self.cell(),
            _ if is_inline(name) => {}
            _ if self.in_row() => self.text.push(' '),
            _ => self.flush(),
        }
        if !is_inline(name) && !is_void(name) {
            self.open.push((name.to_owned(), kind(name)));
        }
    }

    fn close(&mut self, name: &str) {
        if is_inline(name) {
            return;
        }
        match self.in_row() && !matches!(name, "tr" | "table") {
            true => self.text.push(' '),
            false => self.flush(),
        }
        if let Some(at) = self.open.iter().rposition(|(n, _)| n == name) {
            self.open.truncate(at);
        }
    }

    /// What the innermost element that tells a kind says.
    fn kind(&self) -> BlockKind {
        let told = self.open.iter().rev().find_map(|(_, k)| *k);
        told.unwrap_or(BlockKind::Paragraph)
    }

    fn in_row(&self) -> bool {
        self.kind() == BlockKind::Row
    }

    /// A line's end: of a paragraph, when a sentence ends there or another line's end follows.
    fn line(&mut self) {
        if self.in_row() {
            self.text.push(' ');
        } else if self.broken || words::is_closed(&self.text) {
            self.flush();
        } else {
            self.text.push(' ');
        }
        self.broken = true;
    }

    fn cell(&mut self) {
        if !self.said {
            return;
        }
        self.text.push(' ');
        self.text.push_str(CELL);
        self.text.push(' ');
    }

    fn flush(&mut self) {
        let kind = self.kind();
        let text = std::mem::take(&mut self.text);
        self.said = false;
        if text.contains(char::is_alphanumeric) {
            self.out.push(Part::of(kind, &text));
        }
    }
}

fn kind(name: &str) -> Option<BlockKind> {
    Some(match name {
        "h1" => BlockKind::Headline,
        "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
        "li" | "dt" | "dd" => BlockKind::Item,
        "tr" => BlockKind::Row,
        "blockquote" => BlockKind::Quote,
        "figcaption" | "figure" | "caption" => BlockKind::Caption,
        "nav" | "footer" | "aside" => BlockKind::Furniture,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use BlockKind::*;

    use super::*;

    #[test]
    fn blocks_by_their_elements() {
        let markup = "<h1>Ties</h1><p>Trade <b>ro</b>se&nbsp;by 5 &amp; more.<br>It fell</p><ul><li>wheat<li>wine</ul>\
            <table><tr><th>a<th>b</tr><tr><td><p>1</p></td><td>2</td></tr></table>\
            <blockquote><p>so</p></blockquote><figure><figcaption>A port</figcaption></figure>x<br><br>y<br>z";
        let found: Vec<_> = parts(markup).iter().map(|p| (p.kind, p.text())).collect();
        let expected = [
            (Headline, "Ties"),
            (Paragraph, "Trade rose\u{a0}by 5 & more."),
            (Paragraph, "It fell"),
            (Item, "wheat"),
            (Item, "wine"),
            (Row, "a | b"),
            (Row, "1 | 2"),
            (Quote, "so"),
            (Caption, "A port"),
            (Paragraph, "x"),
            (Paragraph, "y z"),
        ];
        let expected: Vec<_> = expected
            .iter()
            .map(|(k, t)| (*k, (*t).to_owned()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn many_empty_cells_take_no_longer_than_their_length() {
        // Quadratic work over these would not end within anybody's patience.
        let empty = "<td><div></div></td>".repeat(400_000);
        let found = parts(&format!("<table><tr>{empty}<td>a<td>b</tr></table>"));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].text()), (Row, "a | b".to_owned()));
    }
}
