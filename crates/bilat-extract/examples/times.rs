//! Prints what is found about time in a file, or how fast: `times FILE [PUBLISHED] [ROUNDS]`.
#![allow(clippy::disallowed_methods)] // A benchmark asks the clock; nothing else here does.

use bilat_extract::time::{Lexicon, find};
use bilat_extract::tokens::{Tokens, Vocabulary};
use bilat_model::document::{Block, BlockKind, Span};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let text = std::fs::read_to_string(args.next().ok_or("which file?")?)?;
    let published = args.next().and_then(|d| d.parse().ok());
    let rounds: u32 = args.next().map_or(Ok(0), |n| n.parse())?;
    let mut at = 0;
    let blocks: Vec<Block> = text
        .split_inclusive('\n')
        .map(|line| {
            let span = Span::new(at, at + line.trim_end().len());
            at += line.len();
            Block {
                span,
                kind: BlockKind::Paragraph,
            }
        })
        .collect();
    let mut vocabulary = Vocabulary::default();
    let lexicon = Lexicon::new(&mut vocabulary);
    let tokens = Tokens::new(&text, &blocks, &vocabulary);
    if rounds == 0 {
        for t in find(&tokens, &lexicon, published) {
            let line = if t.dateline { " DATELINE" } else { "" };
            println!(
                "{:?} {} = {} [{}, {:?}]{line}",
                t.lead,
                tokens.slice(&t.tokens),
                t.value,
                t.rule,
                t.anchor
            );
        }
        return Ok(());
    }
    let start = std::time::Instant::now();
    let mut n = 0;
    for _ in 0..rounds {
        n += find(&tokens, &lexicon, published).len();
    }
    let seconds = start.elapsed().as_secs_f64();
    let bytes = text.len() as f64 * f64::from(rounds);
    println!("{n} times, {:.1} MB/s", bytes / seconds / 1e6);
    Ok(())
}
