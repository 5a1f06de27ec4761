//! Plain text to blocks, and what every format does with its blocks at the end.
//!
//! A block is a paragraph between blank lines, or a line where a text has one paragraph a line.
//! What part it plays is told by its shape (list, quote, table row), by what stands around it
//! (headline, heading) and by what it says (captions, furniture).

use bilat_model::document::{Block, BlockKind, Meta, Span};

use crate::decode::Decoded;
use crate::phrases::{Found, phrases};
use crate::{Draft, Error, Limits, dateline, words};

/// Words that a headline may have.
const HEADLINE: usize = 30;
/// Words that a heading may have.
const HEADING: usize = 12;
/// A block with more words than this is text, whatever stands before it.
const SHORT: usize = 20;

/// Reads plain text.
pub(crate) fn read(decoded: Decoded<'_>, _limits: &Limits) -> Result<Draft, Error> {
    let text = decoded.text.into_owned();
    let mut pieces = split(&text);
    head(&text, &mut pieces)?;
    settle(&text, &mut pieces)?;
    Ok(Draft {
        encoding: decoded.encoding,
        meta: Meta::default(),
        blocks: pieces.iter().map(|p| p.block).collect(),
        text,
        origin: decoded.origin,
        notes: decoded.notes,
    })
}

/// A block and which group between blank lines it stands in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) block: Block,
    pub(crate) group: usize,
}

/// The lines of a text that hold something, each with its group between blank lines.
fn lines(text: &str) -> Vec<(Span, usize)> {
    let (mut out, mut group, mut blank, mut start) = (Vec::new(), 0, true, 0);
    let bytes = text.as_bytes();
    let mut push = |from: usize, to: usize| {
        let line = words::trim(text, Span::new(from, to));
        // A ruler of dashes parts like a blank line.
        if !line.of(text).contains(char::is_alphanumeric) {
            blank = true;
            return;
        }
        group += usize::from(std::mem::take(&mut blank));
        out.push((line, group));
    };
    for end in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        if end == start && end > 0 && bytes[end] == b'\n' && bytes[end - 1] == b'\r' {
            start = end + 1;
            continue;
        }
        push(start, end);
        start = end + 1;
    }
    push(start, text.len());
    out
}

/// Blocks with the kinds that their own shape tells.
fn split(text: &str) -> Vec<Piece> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut out: Vec<Piece> = Vec::with_capacity(lines.len());
    let mut last: Option<(Span, usize)> = None;
    for (line, group) in lines {
        let shape = shape(line.of(text));
        let joins = last.is_some_and(|(before, g)| {
            g == group
                && width.is_some_and(|w| before.end - before.start >= w * 3 / 5)
                && shape == BlockKind::Paragraph
        });
        match out.last_mut() {
            Some(piece) if joins && piece.block.kind != BlockKind::Row => {
                piece.block.span.end = line.end
            }
            _ => out.push(Piece {
                block: Block {
                    span: line,
                    kind: shape,
                },
                group,
            }),
        }
        last = Some((line, group));
    }
    out
}

/// The width at which a text's lines are broken, when they are broken at a width: lines of its
/// groups that go on in the next line are mostly about as long, and mostly end within a sentence.
fn wrap_width(text: &str, lines: &[(Span, usize)]) -> Option<usize> {
    let broken: Vec<Span> = lines
        .windows(2)
        .filter(|w| w[0].1 == w[1].1)
        .map(|w| w[0].0)
        .filter(|s| shape(s.of(text)) == BlockKind::Paragraph)
        .collect();
    let mut lengths: Vec<usize> = broken.iter().map(|s| s.end - s.start).collect();
    lengths.sort_unstable();
    // One long line (a title, an address) must not set the width.
    let width = *lengths.get(lengths.len().checked_sub(1)? * 9 / 10)?;
    let full = |s: &&Span| s.end - s.start >= width * 3 / 5;
    let inside = |s: &&Span| !words::is_closed(s.of(text));
    let (full, open) = (
        broken.iter().filter(full).count(),
        broken.iter().filter(full).filter(inside).count(),
    );
    let wrapped = (30..=140).contains(&width) && full * 3 >= broken.len() * 2 && open * 2 > full;
    wrapped.then_some(width)
}

/// What a line's first characters say.
fn shape(line: &str) -> BlockKind {
    let bullet = |mark: &str| {
        line.strip_prefix(mark)
            .is_some_and(|r| r.starts_with([' ', '\t', '\u{a0}']))
    };
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=2).contains(&digits)
        && line[digits..]
            .strip_prefix([')', '.'])
            .is_some_and(|r| r.starts_with([' ', '\t']));
    match line {
        _ if ["-", "*", "•", "◦", "▪", "‣", "●", "+", "·"]
            .iter()
            .any(|m| bullet(m)) =>
        {
            BlockKind::Item
        }
        _ if numbered => BlockKind::Item,
        l if l.starts_with("> ") => BlockKind::Quote,
        l if l.starts_with('|') && l[1..].contains('|') => BlockKind::Row,
        l if l.matches('\t').take(2).count() == 2 => BlockKind::Row,
        _ => BlockKind::Paragraph,
    }
}

/// Finds the headline and the headings by their place.
pub(crate) fn head(text: &str, pieces: &mut [Piece]) -> Result<(), Error> {
    let phrases = phrases()?;
    let mut first = pieces.iter().all(|p| p.block.kind != BlockKind::Headline);
    for i in 0..pieces.len() {
        if pieces[i].block.kind != BlockKind::Paragraph {
            continue;
        }
        let line = pieces[i].block.span.of(text);
        if phrases.find(line).is_some() || is_dated(line)? {
            continue;
        }
        let followed = pieces.get(i + 1).map(|p| p.block);
        if std::mem::take(&mut first) {
            if followed.is_some() && is_headline(line)? {
                pieces[i].block.kind = BlockKind::Headline;
            }
            continue;
        }
        let leads = followed.is_some_and(|b| {
            matches!(
                b.kind,
                BlockKind::Paragraph | BlockKind::Item | BlockKind::Row | BlockKind::Quote
            )
        });
        if leads && is_heading(line) {
            pieces[i].block.kind = BlockKind::Heading;
        }
    }
    Ok(())
}

fn is_headline(line: &str) -> Result<bool, Error> {
    let short = words::count(line, HEADLINE + 1) <= HEADLINE && line.len() <= 400;
    let ends = !words::is_closed(line) || line.ends_with(['?', '!', '？', '！']);
    let one = !line.contains('\n');
    Ok(short && one && ends && !words::is_open(line) && !dateline::opens(line)?)
}

fn is_heading(line: &str) -> bool {
    let short = words::count(line, HEADING + 1) <= HEADING && line.len() <= 200;
    let first = line.chars().next().unwrap_or(' ');
    let asks = line.ends_with('?');
    short
        && !line.contains('\n')
        && (asks || !words::is_closed(line))
        && !words::is_open(line)
        && !first.is_lowercase()
        && line.contains(char::is_alphabetic)
}

/// A date alone or behind a label.
fn is_dated(line: &str) -> Result<bool, Error> {
    if words::count(line, SHORT + 1) > SHORT {
        return Ok(false);
    }
    let found = dateline::of_line(line)?;
    Ok(
        found
            .is_some_and(|d| matches!(d.place, dateline::Place::Alone | dateline::Place::Labelled)),
    )
}

/// Marks captions and furniture in the blocks of any format.
pub(crate) fn settle(text: &str, pieces: &mut [Piece]) -> Result<(), Error> {
    let phrases = phrases()?;
    let mut tail = false;
    for i in 0..pieces.len() {
        let block = pieces[i].block;
        if matches!(
            block.kind,
            BlockKind::Row | BlockKind::Caption | BlockKind::Furniture
        ) {
            continue;
        }
        let line = block.span.of(text);
        let long = words::count(line, SHORT) == SHORT || line.len() > 400;
        let found = phrases.find(bare(line));
        let story = block.kind == BlockKind::Headline || long || words::is_closed(line);
        tail = match found {
            Some(Found { tail: true, .. }) => true,
            _ => tail && !story,
        };
        match found {
            Some(found) => pieces[i].block.kind = found.kind,
            None if tail => pieces[i].block.kind = BlockKind::Furniture,
            None if block.kind != BlockKind::Headline && !long && is_dated(line)? => {
                pieces[i].block.kind = BlockKind::Furniture;
            }
            None if i < 4 && is_byline(line) => pieces[i].block.kind = BlockKind::Furniture,
            None => {}
        }
        if pieces[i].block.kind == BlockKind::Caption {
            above(text, pieces, i);
        }
    }
    Ok(())
}

/// The line that a credit belongs to: right above it in the same group, or in its own words.
fn above(text: &str, pieces: &mut [Piece], caption: usize) {
    let Some(before) = caption.checked_sub(1) else {
        return;
    };
    let (above, below) = (pieces[before], pieces[caption]);
    let line = above.block.span.of(text);
    let short = words::count(line, SHORT + 1) <= SHORT && !words::is_closed(line);
    let repeated = below.block.span.of(text).starts_with(line);
    let beside =
        above.group == below.group && above.group > 0 && above.block.kind != BlockKind::Headline;
    if short
        && (repeated || beside)
        && matches!(above.block.kind, BlockKind::Paragraph | BlockKind::Heading)
    {
        pieces[before].block.kind = BlockKind::Caption;
    }
}

/// "By Jane Doe".
fn is_byline(line: &str) -> bool {
    let mut each = line.split_whitespace();
    let by = each.next().is_some_and(|w| w.eq_ignore_ascii_case("by"));
    let names: Vec<&str> = each.take(9).collect();
    let named =
        |w: &&str| words::is_capital(w) || ["and", "de", "van", "for", "in", "|", "of"].contains(w);
    by && (1..=8).contains(&names.len()) && names.iter().all(named) && !words::is_closed(line)
}

/// A line without the marks of a list or of emphasis.
fn bare(line: &str) -> &str {
    line.trim_start_matches(['*', '_', '-', '•', '>', '#', '+', ' ', '▪', '|'])
}

#[cfg(test)]
mod tests {
    use BlockKind::*;

    use super::*;
    use crate::Hints;

    fn kinds(text: &str) -> Vec<(BlockKind, &str)> {
        let decoded = crate::decode::decode(text.as_bytes(), &Hints::default(), None).unwrap();
        let draft = read(decoded, &Limits::default()).unwrap();
        draft
            .blocks
            .iter()
            .map(|b| (b.kind, b.span.of(text)))
            .collect()
    }

    #[test]
    fn a_page_as_it_was_copied() {
        let text = "Ties of Chad and Peru\n\nTrade between the two rose in 2023, says the ministry.\n\n\
            Ties of Chad and Peru\nCоllage credit: Agency\n\nJoint ventures\n\nThere are 5 of them.\n\n\
            Jane Doe\nPhоtо credit: Institute\n\nForeign trade\nForeign trade. Credit: Agency\n\n\
            Exports came to $5 million.\n\nEarlier, the agency reported on a visit of the President.\n\n\
            Most popular\nSee All\nFive places to see in Lima\n";
        assert_eq!(
            kinds(text),
            [
                (Headline, "Ties of Chad and Peru"),
                (
                    Paragraph,
                    "Trade between the two rose in 2023, says the ministry."
                ),
                (Caption, "Ties of Chad and Peru"),
                (Caption, "Cоllage credit: Agency"),
                (Heading, "Joint ventures"),
                (Paragraph, "There are 5 of them."),
                (Caption, "Jane Doe"),
                (Caption, "Phоtо credit: Institute"),
                (Caption, "Foreign trade"),
                (Caption, "Foreign trade. Credit: Agency"),
                (Paragraph, "Exports came to $5 million."),
                (
                    Paragraph,
                    "Earlier, the agency reported on a visit of the President."
                ),
                (Furniture, "Most popular"),
                (Furniture, "See All"),
                (Furniture, "Five places to see in Lima"),
            ]
        );
    }

    #[test]
    fn a_dateline_is_no_headline() {
        let text = "BAKU, May 1. Figures of trade\n\nIt rose.";
        assert_eq!(kinds(text)[0].0, Paragraph);
        let text = "TBILISI. When the minister was abroad\n\nIt rose.";
        assert_eq!(kinds(text)[0].0, Paragraph);
        let text = "25 October 2024\n\nTrade of two countries rises\n\nIt rose.";
        assert_eq!(
            kinds(text).iter().map(|k| k.0).collect::<Vec<_>>(),
            [Furniture, Headline, Paragraph]
        );
    }

    #[test]
    fn lines_broken_at_a_width_are_joined() {
        let text = "The trade of the two countries rose by a third in the\nyear of 2023 and came to five million dollars, as the\nministry says. It had been lower before.\n\nSecond paragraph of the text that also is broken at the\nsame width.";
        assert_eq!(kinds(text).len(), 2);
        let text = "One paragraph is on this line and it ends with a stop.\nAnother one is on the next line and it ends with one too.\nA third.";
        assert_eq!(kinds(text).len(), 3);
    }

    #[test]
    fn lists_quotes_and_rows() {
        let text = "Agreements on trade\r\n\r\nThey signed:\r\n- one on visas\r\n- one on taxes\r\n1. a first\r\n> quoted\r\n| a | b |\r\n";
        let found: Vec<_> = kinds(text).iter().map(|k| k.0).collect();
        assert_eq!(found, [Headline, Paragraph, Item, Item, Item, Quote, Row]);
    }

    #[test]
    fn a_text_of_one_line_has_no_headline() {
        assert_eq!(
            kinds("Trade of the two rises"),
            [(Paragraph, "Trade of the two rises")]
        );
        assert_eq!(kinds(""), []);
        assert_eq!(kinds("\n\n \t\n---\n"), []);
    }
}
