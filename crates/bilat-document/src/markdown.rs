//! Markdown to blocks. The text is the input; blocks leave the marks at their edges out.

use std::ops::Range;

use bilat_model::document::{Block, BlockKind, Meta, Span};
use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use crate::blocks::{Piece, settle};
use crate::decode::Decoded;
use crate::{Draft, Error, Limits, front, words};

/// Reads Markdown (CommonMark with tables, footnotes and front matter).
pub(crate) fn read(decoded: Decoded<'_>, _limits: &Limits) -> Result<Draft, Error> {
    let text = decoded.text.into_owned();
    let mut reader = Reader {
        text: &text,
        out: Vec::new(),
        open: Vec::new(),
        images: 0,
        front: None,
        meta: Meta::default(),
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        reader.event(event, range)?;
    }
    let (mut pieces, meta) = (reader.out, reader.meta);
    pieces.retain(|p| p.block.span.of(&text).contains(char::is_alphanumeric));
    pieces.sort_by_key(|p| p.block.span.start);
    headline(&mut pieces);
    settle(&text, &mut pieces)?;
    Ok(Draft {
        encoding: decoded.encoding,
        meta,
        blocks: pieces.iter().map(|p| p.block).collect(),
        text,
        origin: decoded.origin,
        notes: decoded.notes,
    })
}

/// A block that is open: where its inner part begins and ends as far as it was seen.
struct Open {
    kind: BlockKind,
    inner: Option<Span>,
    /// Only pictures so far.
    pictured: bool,
}

struct Reader<'a> {
    text: &'a str,
    out: Vec<Piece>,
    open: Vec<Open>,
    images: usize,
    front: Option<MetadataBlockKind>,
    meta: Meta,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), Error> {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(t) if self.front.is_some() => {
                let meta = match self.front {
                    Some(MetadataBlockKind::YamlStyle) => front::yaml(&t)?,
                    _ => front::toml(&t)?,
                };
                self.meta = meta;
            }
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak => self.inner(range),
            // Markup is no text: scripts and comments may be in it.
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let within = |kind: BlockKind| self.open.iter().any(|o| o.kind == kind);
        let kind = match tag {
            Tag::Heading { .. } => BlockKind::Heading,
            Tag::Paragraph if within(BlockKind::Quote) => BlockKind::Quote,
            Tag::Paragraph if within(BlockKind::Item) => BlockKind::Item,
            Tag::Paragraph => BlockKind::Paragraph,
            Tag::Item => BlockKind::Item,
            Tag::BlockQuote(_) => BlockKind::Quote,
            Tag::TableRow | Tag::TableHead => BlockKind::Row,
            // Code is not prose.
            Tag::CodeBlock(_) => BlockKind::Furniture,
            Tag::FootnoteDefinition(_) => BlockKind::Paragraph,
            Tag::Image { .. } => {
                self.images += 1;
                return self.inner(range);
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => {
                return self.inner(range);
            }
            Tag::MetadataBlock(kind) => {
                self.front = Some(*kind);
                return;
            }
            _ => return,
        };
        // What an item or a quote said before a block inside it is a block of its own.
        self.flush();
        self.open.push(Open {
            kind,
            inner: None,
            pictured: true,
        });
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::CodeBlock
            | TagEnd::FootnoteDefinition => {
                self.flush();
                self.open.pop();
            }
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::MetadataBlock(_) => self.front = None,
            _ => {}
        }
    }

    fn inner(&mut self, range: Range<usize>) {
        let pictured = self.images > 0;
        if let Some(open) = self.open.last_mut() {
            let span = Span::new(range.start, range.end);
            let blank = span.of(self.text).trim().is_empty();
            open.pictured &= pictured || blank;
            open.inner = Some(open.inner.map_or(span, |s| s.hull(&span)));
        }
    }

    /// Ends what the innermost open block has said so far.
    fn flush(&mut self) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let Some(span) = open.inner.take() else {
            return;
        };
        let kind = match open.pictured && open.kind != BlockKind::Row {
            true => BlockKind::Caption,
            false => open.kind,
        };
        open.pictured = true;
        let span = words::trim(self.text, span);
        self.out.push(Piece {
            block: Block { span, kind },
            group: 0,
        });
    }
}

/// The first heading of all, when no text stands before it, is the headline.
fn headline(pieces: &mut [Piece]) {
    let first = pieces
        .iter_mut()
        .find(|p| !matches!(p.block.kind, BlockKind::Caption | BlockKind::Furniture));
    if let Some(piece) = first.filter(|p| p.block.kind == BlockKind::Heading) {
        piece.block.kind = BlockKind::Headline;
    }
}

#[cfg(test)]
mod tests {
    use BlockKind::*;
    use jiff::civil::date;

    use super::*;
    use crate::Hints;

    fn parse(text: &str) -> Draft {
        let decoded = crate::decode::decode(text.as_bytes(), &Hints::default(), None).unwrap();
        read(decoded, &Limits::default()).unwrap()
    }

    fn kinds(text: &str) -> Vec<(BlockKind, &str)> {
        parse(text)
            .blocks
            .iter()
            .map(|b| (b.kind, b.span.of(text)))
            .collect()
    }

    #[test]
    fn blocks_leave_their_marks_out() {
        let text = "---\ntitle: Ties\ndate: 2024-05-06\n---\n\n# Chad and *Peru*\n\nTrade was **$5 million**\nin [2023](http://x).\n\n![A port](p.png)\n\n## Goods #\n\n- wheat\n  - hard\n- wine\n\n> said she\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n<script>bad()</script>\n\n*Photo: AP*\n";
        assert_eq!(
            kinds(text),
            [
                (Headline, "Chad and *Peru*"),
                (Paragraph, "Trade was **$5 million**\nin [2023](http://x)."),
                (Caption, "![A port](p.png)"),
                (Heading, "Goods"),
                (Item, "wheat"),
                (Item, "hard"),
                (Item, "wine"),
                (Quote, "said she"),
                (Row, "a | b"),
                (Row, "1 | 2"),
                (Furniture, "code"),
                (Caption, "*Photo: AP*"),
            ]
        );
        let draft = parse(text);
        assert_eq!(draft.meta.published, Some(date(2024, 5, 6)));
        assert_eq!(draft.text, text);
    }

    #[test]
    fn deep_nesting_is_only_markup() {
        let text = format!("{}trade {}x", "> ".repeat(2000), "[".repeat(5000));
        assert!(!parse(&text).blocks.is_empty());
        let text = format!("{}x", "- ".repeat(2000));
        assert!(parse(&text).blocks.len() < 3);
    }
}
