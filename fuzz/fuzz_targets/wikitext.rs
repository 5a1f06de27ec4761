//! Wikitext to sections, tables and text, and the way back to the bytes.
#![no_main]

use bilat_model::document::Span;
use bilat_wikitext::{Block, Table, Text, parse, parse_inline};

libfuzzer_sys::fuzz_target!(|wikitext: &str| {
    let page = parse(wikitext);
    for (i, section) in page.sections.iter().enumerate() {
        assert!(page.path(i).len() < 8);
        holds(wikitext, &section.title);
        blocks(wikitext, &section.blocks);
    }
    holds(wikitext, &parse_inline(wikitext));
    assert_eq!(page, parse(wikitext));
});

fn blocks(wikitext: &str, all: &[Block]) {
    for block in all {
        match block {
            Block::Paragraph(text) | Block::Item { text, .. } => holds(wikitext, text),
            Block::Table(table) => cells(wikitext, table),
        }
    }
}

fn cells(wikitext: &str, table: &Table) {
    stands(wikitext, table.input);
    let grid = table.grid();
    assert_eq!(grid.len(), table.rows.len());
    // Whatever a cell claims to span, the grid stays in proportion to what was written.
    assert!(grid.iter().map(Vec::len).sum::<usize>() <= 300 * wikitext.len());
    let _ = table.header();
    for cell in table.rows.iter().flat_map(|r| &r.cells) {
        stands(wikitext, cell.input);
        assert!(cell.rows > 0 && cell.columns > 0);
        let _ = cell.plain();
        blocks(wikitext, &cell.blocks);
    }
}

fn holds(wikitext: &str, text: &Text) {
    let mut end = 0;
    for run in &text.runs {
        assert!(run.text.start == end && run.text.end > run.text.start);
        end = run.text.end;
        stands(&text.plain, run.text);
        stands(wikitext, run.input);
    }
    assert_eq!(end, text.plain.len());
    for (at, c) in text.plain.char_indices() {
        let back = text.input(Span::new(at, at + c.len_utf8()));
        assert!(back.is_some_and(|b| wikitext.get(b.start..b.end).is_some_and(|t| !t.is_empty())));
    }
    assert_eq!(text.whole().is_some(), !text.plain.is_empty());
    text.links.iter().for_each(|l| stands(&text.plain, l.text));
    for template in &text.templates {
        stands(&text.plain, template.text);
        stands(wikitext, template.input);
    }
    for reference in &text.references {
        assert!(text.plain.is_char_boundary(reference.at));
        stands(wikitext, reference.input);
    }
}

fn stands(text: &str, span: Span) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?}");
}
