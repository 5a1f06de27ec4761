//! What every document gets at the end: its hash, its day of publication, its title.

use bilat_model::document::{Block, BlockKind, Document, Meta, Span};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::dateline::{self, Dateline, Place};
use crate::{Draft, Error, Hints, Note, sniff, words};

/// Makes a document of what a format's reader gave.
pub(crate) fn finish(
    bytes: &[u8],
    kind: sniff::Kind,
    draft: Draft,
    hints: &Hints<'_>,
) -> Result<(Document, Vec<Note>), Error> {
    let Draft {
        encoding,
        mut meta,
        text,
        mut blocks,
        origin,
        notes,
    } = draft;
    fit(&text, &mut blocks);
    if let Some(title) = hints.title {
        meta.title = Some(title.to_owned());
    }
    title(&text, &mut blocks, &mut meta);
    published(&text, &blocks, hints, &mut meta)?;
    if meta.url.is_none() {
        meta.url = hints.url.map(str::to_owned);
    }
    let document = Document {
        sha256: hex(&Sha256::digest(bytes)),
        bytes: bytes.len(),
        media_type: kind.media_type().to_owned(),
        encoding: encoding.to_owned(),
        meta,
        text,
        blocks,
        origin,
    };
    Ok((document, notes))
}

fn hex(hash: &[u8]) -> String {
    hash.iter().map(|b| format!("{b:02x}")).collect()
}

/// Blocks in order, without overlap, on character boundaries, none empty: whatever a reader did.
fn fit(text: &str, blocks: &mut Vec<Block>) {
    blocks.sort_by_key(|b| (b.span.start, b.span.end));
    let mut end = 0;
    blocks.retain_mut(|b| {
        let mut start = b.span.start.max(end);
        while start < text.len() && !text.is_char_boundary(start) {
            start += 1;
        }
        b.span = words::trim(text, Span::new(start, b.span.end));
        let holds = b.span.end > b.span.start && !b.span.of(text).is_empty();
        if holds {
            end = b.span.end;
        }
        holds
    });
}

/// The block that says the title is the headline; without a title in the metadata the headline is
/// the title.
fn title(text: &str, blocks: &mut [Block], meta: &mut Meta) {
    let headline = blocks.iter().position(|b| b.kind == BlockKind::Headline);
    match (&meta.title, headline) {
        (None, Some(i)) => {
            let line = blocks[i].span.of(text).split_whitespace();
            meta.title = Some(line.collect::<Vec<_>>().join(" "));
        }
        (Some(title), None) => {
            let title = words::normal(title);
            let same = |b: &&mut Block| {
                let line = b.span.of(text);
                let fits = line.len() <= 2 * title.len() + 40;
                let prose = matches!(b.kind, BlockKind::Paragraph | BlockKind::Heading);
                // "Title - Site" names the site too.
                let line = if fits {
                    words::normal(line)
                } else {
                    String::new()
                };
                prose && (line == title || (line.len() > 15 && title.starts_with(&line)))
            };
            if let Some(block) = blocks.iter_mut().take(8).find(same) {
                block.kind = BlockKind::Headline;
            }
        }
        _ => {}
    }
}

/// The day of publication: the user's, else the earlier of what the metadata and a dateline say
/// (a page's header may be later than its news, and never earlier), else the address's.
fn published(
    text: &str,
    blocks: &[Block],
    hints: &Hints<'_>,
    meta: &mut Meta,
) -> Result<(), Error> {
    if let Some(day) = hints.published {
        meta.published = Some(day);
        meta.published_by = Some("argument".to_owned());
        return Ok(());
    }
    let address = [hints.url, hints.name, meta.url.as_deref()];
    let address = address.into_iter().flatten().find_map(dateline::in_address);
    let stated = dateline(text, blocks)?;
    let told = match stated {
        Some(d) => resolve(text, d, meta.published.or(address))?,
        None => None,
    };
    let place = stated.map(|d| d.place);
    // A date alone on a line, or behind a label, is the page's header too.
    let strong = matches!(place, Some(Place::Opening | Place::Statement));
    match (meta.published, told) {
        (Some(page), Some(day)) if strong && day < page => set(meta, day, "dateline"),
        (None, Some(day)) => set(meta, day, "dateline"),
        (None, None) => {
            if let Some(day) = address {
                set(meta, day, "address");
            }
        }
        _ => {}
    }
    Ok(())
}

fn set(meta: &mut Meta, day: Date, by: &str) {
    meta.published = Some(day);
    meta.published_by = Some(by.to_owned());
}

/// The day of a dateline. Where it has no year, the page's own date gives it (the news came
/// before or with the page), else the text where it leaves no doubt.
fn resolve(text: &str, line: Dateline, page: Option<Date>) -> Result<Option<Date>, Error> {
    if let Some(day) = line.date.day() {
        return Ok(Some(day));
    }
    if let Some(page) = page {
        let years = [page.year(), page.year() - 1];
        let mut days = years.into_iter().filter_map(|y| line.date.with_year(y));
        // A zone's difference may put the page's date one day before the news.
        return Ok(days.find(|d| d.duration_since(page).as_hours() <= 24));
    }
    let year = dateline::year_by_text(text, line.date.month)?;
    Ok(year.and_then(|y| line.date.with_year(y)))
}

/// The best dateline near the head or the foot: an opening with its year before all others.
fn dateline(text: &str, blocks: &[Block]) -> Result<Option<Dateline>, Error> {
    let spans: Vec<Span> = blocks.iter().map(|b| b.span).collect();
    let mut best: Option<(usize, Dateline)> = None;
    for (i, span) in dateline::near_ends(&spans) {
        let line = span.of(text).lines().next().unwrap_or_default();
        let Some(found) = dateline::of_line(line)? else {
            continue;
        };
        // A report opens once, at its head.
        if found.place == Place::Opening && i > 4 {
            continue;
        }
        let rank = match (found.place, found.date.year.is_some()) {
            (Place::Opening, true) => 0,
            (Place::Labelled, true) => 1,
            (Place::Statement, true) => 2,
            (Place::Alone, true) => 3,
            (Place::Opening, false) => 4,
            _ => 5,
        };
        if best.as_ref().is_none_or(|(r, _)| rank < *r) {
            best = Some((rank, found));
        }
    }
    Ok(best.map(|(_, d)| d))
}
