//! Reads a folder of articles and prints what was found and how fast: `articles FOLDER`, each
//! file a JSON string of wikitext.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

use bilat_wikitext::{Block, parse};

fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let mut texts: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        texts.push(serde_json::from_slice(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap());
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let start = std::time::Instant::now();
    let (mut sections, mut tables, mut rows, mut cells, mut items, mut paragraphs) =
        (0, 0, 0, 0, 0, 0);
    fn count(blocks: &[Block], n: &mut [usize; 5]) {
        for b in blocks {
            match b {
                Block::Paragraph(_) => n[0] += 1,
                Block::Item { .. } => n[1] += 1,
                Block::Table(t) => {
                    n[2] += 1;
                    n[3] += t.rows.len();
                    for c in t.rows.iter().flat_map(|r| &r.cells) {
                        n[4] += 1;
                        count(&c.blocks, n);
                    }
                }
            }
        }
    }
    for text in &texts {
        let page = parse(text);
        sections += page.sections.len();
        let mut n = [0; 5];
        page.sections.iter().for_each(|s| count(&s.blocks, &mut n));
        paragraphs += n[0];
        items += n[1];
        tables += n[2];
        rows += n[3];
        cells += n[4];
    }
    let took = start.elapsed().as_secs_f64();
    println!(
        "{} articles, {bytes} bytes, {:.1} MB/s: {sections} sections, {tables} tables, {rows} rows, {cells} cells, {paragraphs} paragraphs, {items} items",
        texts.len(),
        bytes as f64 / took / 1e6
    );
}
