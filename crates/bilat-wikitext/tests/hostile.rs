//! Any text is read, in bounded depth and without a panic, and every run is true.
#![allow(clippy::unwrap_used)]

use bilat_wikitext::{Block, Page, Text, parse};
use proptest::prelude::*;

fn all(page: &Page) -> Vec<&Text> {
    fn walk<'a>(blocks: &'a [Block], out: &mut Vec<&'a Text>) {
        for block in blocks {
            match block {
                Block::Paragraph(text) | Block::Item { text, .. } => out.push(text),
                Block::Table(table) => {
                    for cell in table.rows.iter().flat_map(|r| &r.cells) {
                        walk(&cell.blocks, out);
                    }
                }
            }
        }
    }
    let mut out = Vec::new();
    for section in &page.sections {
        out.push(&section.title);
        walk(&section.blocks, &mut out);
    }
    out
}

fn holds(wikitext: &str) {
    let page = parse(wikitext);
    for (i, _) in page.sections.iter().enumerate() {
        assert!(page.path(i).len() < 8);
    }
    for text in all(&page) {
        let mut end = 0;
        for run in &text.runs {
            assert!(
                run.text.start >= end && run.text.end > run.text.start,
                "{text:?}"
            );
            end = run.text.end;
            let made = text.plain.get(run.text.start..run.text.end).unwrap();
            let source = wikitext.get(run.input.start..run.input.end).unwrap();
            let same = run.text.end - run.text.start == run.input.end - run.input.start;
            let spaces = |s: &str| s.replace(char::is_whitespace, " ");
            // A run of equal length may be made markup of the same length by chance: only white
            // space may differ where the source has no markup.
            if same && !source.contains(['{', '&', '<', '[', '\'']) {
                assert_eq!(made, spaces(source));
            }
        }
        assert_eq!(end, text.plain.len());
        for link in &text.links {
            text.plain.get(link.text.start..link.text.end).unwrap();
        }
    }
}

const PIECES: &[&str] = &[
    "{{",
    "}}",
    "[[",
    "]]",
    "{|",
    "|}",
    "|-",
    "|",
    "||",
    "!",
    "!!",
    "\n",
    "\n\n",
    "==",
    "=",
    "*",
    "#",
    ":",
    "'''",
    "''",
    "<ref>",
    "</ref>",
    "<ref name=a/>",
    "<ref \"",
    "<!--",
    "-->",
    "<nowiki>",
    "</nowiki>",
    "<br>",
    "<br",
    "&amp;",
    "&#x0;",
    "&",
    "[http://a b]",
    "[",
    "]",
    "dts|1992|5|3",
    "flag|A",
    "File:",
    "a",
    "é",
    "\u{202e}",
    "\0",
    " ",
    "\u{a0}",
    "{{{",
    "}}}",
    "rowspan=99999 |",
    "colspan=9 |",
    "__TOC__",
    "_",
    "|}}",
    "#invoke:flag|x|",
    "efn|",
    "convert|",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn pieces_of_markup(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        holds(&pieces.concat());
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        holds(&text);
    }
}

#[test]
fn rows_of_openings_take_no_longer_than_text() {
    for piece in [
        "{{a|",
        "[[a|",
        "<b>",
        "{|\n|\n",
        "''",
        "<ref>",
        "<ref name=\"",
        "<!--",
        "[http://",
        "{{dts|{{dts|",
        "<nowiki>",
        "{{convert|",
        "&",
        "|-\n",
        "* ",
        "= ",
        "{{efn|date=",
        "[",
    ] {
        // Quadratic work over a megabyte would not end within anybody's patience.
        let text = piece.repeat(1_000_000 / piece.len());
        assert!(!parse(&text).sections.is_empty());
    }
    let closed = format!("{}{}", "{{dts|".repeat(300), "}}".repeat(300)).repeat(200);
    assert!(!parse(&closed).sections.is_empty());
}

#[test]
fn a_grid_is_in_proportion_to_its_table() {
    let wide = "|| colspan=64 rowspan=1000 | a ".repeat(1000);
    let text = format!("{{|\n|-\n{}\n{}|}}", &wide[1..], "|-\n| a\n".repeat(1000));
    let page = parse(&text);
    let Block::Table(table) = &page.sections[0].blocks[0] else {
        panic!("{page:?}");
    };
    let grid = table.grid();
    assert_eq!(grid.len(), 1001);
    // What hangs down is told in each row that it reaches, and no row is wider than 256.
    assert_eq!(grid[0].len(), 256);
    assert!(grid.iter().all(|row| row.len() <= 256));
}
