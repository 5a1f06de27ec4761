//! A web page to its main text, with the way back to the page's bytes.
//!
//! 1. [`scan`] goes through the page once. It notes what the head says, and writes two things:
//!    the visible text with the place of every character, and a clean copy of the markup without
//!    scripts, styles, hidden parts and depth.
//! 2. `dom_smoothie` finds the main text in the clean copy.
//! 3. [`content`] cuts what it found into blocks of words.
//! 4. [`align`] finds these words again in the visible text, in order, and so in the input.
//!
//! Since the extractor sees nothing but the clean copy, what a browser would not show cannot
//! become text.

mod align;
mod content;
mod head;
mod markup;
mod scan;

use bilat_model::document::{Block, BlockKind, Origin, Run, Span};
use dom_smoothie::{Config, Readability};

use crate::blocks::{Piece, settle};
use crate::decode::{Runs, decode};
use crate::{Draft, Error, Hints, Limits, Note, guard, too_large, words};
use content::Part;

/// Characters of main text below which the extractor is taken to have missed it.
const LEAST: usize = 140;

/// Reads a web page.
pub(crate) fn read(bytes: &[u8], hints: &Hints<'_>, limits: &Limits) -> Result<Draft, Error> {
    if bytes.len() > limits.html {
        return Err(too_large("HTML", bytes.len(), limits.html));
    }
    let declared = head::charset(&bytes[..bytes.len().min(4096)]);
    let decoded = decode(bytes, hints, declared.as_deref())?;
    let page = scan::scan(&decoded.text, limits);
    let mut notes = decoded.notes;
    let meta = head::meta(&page.head)?;
    let (mut parts, whole) = main_text(&page.clean)?;
    if whole {
        notes.push(Note(
            "no main text was found: the whole page is read".to_owned(),
        ));
    }
    if let Some(headline) = headline(&page, meta.title.as_deref(), &parts) {
        parts.insert(0, headline);
    }
    let aligned = align::align(&parts, &page);
    if aligned.text.is_empty() {
        return Err(Error::NoText {
            format: "HTML",
            hint: "it may be made by script: save the page as shown, or give its text",
        });
    }
    let mut pieces: Vec<Piece> = aligned
        .blocks
        .iter()
        .map(|b| Piece {
            block: *b,
            group: 0,
        })
        .collect();
    once(&mut pieces);
    settle(&aligned.text, &mut pieces)?;
    Ok(Draft {
        encoding: decoded.encoding,
        meta,
        blocks: pieces.iter().map(|p| p.block).collect(),
        text: aligned.text,
        origin: Origin::Runs(through(aligned.runs, &decoded.origin)),
        notes,
    })
}

/// The blocks of the main text, and whether they are those of the whole page.
fn main_text(clean: &str) -> Result<(Vec<Part>, bool), Error> {
    let config = Config {
        disable_json_ld: true,
        ..Config::default()
    };
    let found = guard::run(|| {
        let article = Readability::new(clean, None, Some(config)).and_then(|mut r| r.parse());
        article.ok().map(|a| a.content.to_string())
    });
    let found = found.map_err(|reason| Error::Broken {
        format: "HTML",
        place: "in its main text".to_owned(),
        reason,
    })?;
    let parts = content::parts(found.as_deref().unwrap_or_default());
    let length: usize = parts.iter().map(Part::len).sum();
    if length >= LEAST {
        return Ok((parts, false));
    }
    // A short page, or one that is built like no other.
    let all = content::parts(clean);
    let longer = all.iter().map(Part::len).sum::<usize>() > length;
    Ok(if longer { (all, true) } else { (parts, false) })
}

/// The page's title where it stands in the page but not in the main text: extractors leave it to
/// the metadata.
fn headline(page: &scan::Page, title: Option<&str>, parts: &[Part]) -> Option<Part> {
    let plain = |s: &str| words::normal(s);
    let title = title.map(plain);
    let fits = |line: &str| {
        let line = plain(line);
        let title = title.as_deref();
        !line.is_empty()
            && title.is_none_or(|t| {
                t == line || (line.len() > 15 && (t.starts_with(&line) || line.starts_with(t)))
            })
    };
    let shown = |line: &str| {
        parts
            .iter()
            .take(3)
            .any(|p| plain(&p.text()) == plain(line))
    };
    let one = page.head.headings.iter().find(|h| fits(h));
    // One first-level heading is the headline, whatever the metadata calls the page.
    let only = match page.head.headings.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    let line = one.or(only).filter(|l| !shown(l))?;
    Some(Part::of(BlockKind::Headline, line))
}

/// At most one headline: the first first-level heading of the main text.
fn once(pieces: &mut [Piece]) {
    let mut seen = false;
    for piece in pieces {
        if piece.block.kind == BlockKind::Headline && std::mem::replace(&mut seen, true) {
            piece.block.kind = BlockKind::Heading;
        }
    }
}

/// Runs into the decoded page, led on through the decoding into the input.
fn through(runs: Vec<Run>, decoding: &Origin) -> Vec<Run> {
    let steps = match decoding {
        Origin::Runs(steps) => steps,
        Origin::Identity | Origin::Made => return runs,
    };
    let same = |r: &Run| r.text.end - r.text.start == r.input.end - r.input.start;
    let mut out = Runs::default();
    for run in runs {
        let from = steps.partition_point(|s| s.text.end <= run.input.start);
        let touched = steps[from..]
            .iter()
            .take_while(|s| s.text.start < run.input.end);
        if !same(&run) {
            // A named character: its source is all that its letters were decoded from.
            let hull = touched.map(|s| cut(s, run.input)).reduce(|a, b| a.hull(&b));
            if let Some(input) = hull {
                out.0.push(Run {
                    text: run.text,
                    input,
                });
            }
            continue;
        }
        for step in touched {
            let middle = Span::new(
                step.text.start.max(run.input.start),
                step.text.end.min(run.input.end),
            );
            let shift = middle.start - run.input.start;
            let text = Span::new(
                run.text.start + shift,
                run.text.start + shift + (middle.end - middle.start),
            );
            out.push(text, cut(step, middle));
        }
    }
    out.0
}

/// The source of a part of a step; of the whole step, where its lengths differ.
fn cut(step: &Run, part: Span) -> Span {
    if step.text.end - step.text.start != step.input.end - step.input.start {
        return step.input;
    }
    let at =
        |n: usize| step.input.start + n.clamp(step.text.start, step.text.end) - step.text.start;
    Span::new(at(part.start), at(part.end))
}

/// Words with their blocks, and where they came from.
struct Aligned {
    text: String,
    blocks: Vec<Block>,
    runs: Vec<Run>,
}

#[cfg(test)]
mod tests;
