//! Characters to lines, and lines to the order in which they are read.

use super::glyphs::{Glyph, Page};

/// A stretch of text on one base line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) base: f64,
    pub(super) size: f64,
    /// Which column of the page it stands in; lines of one column are read one after the other.
    pub(super) column: usize,
    /// Whether it is made of cells.
    pub(super) cells: bool,
}

/// Letters' heights between two words that make a new stretch: a column's gutter or a cell's.
const GAP: f64 = 1.8;
/// Letters' heights between two letters that make a space.
const SPACE: f64 = 0.15;
/// Stretches on either side of a gutter.
const COLUMN: usize = 5;

/// The lines of a page in reading order.
pub(super) fn lines(page: &Page) -> Vec<Line> {
    let stretches = stretches(&page.glyphs);
    match gutter(&stretches) {
        Some(at) => columns(stretches, at),
        None => rows(stretches, 0),
    }
}

/// Joins characters that are drawn one after the other on one line.
fn stretches(glyphs: &[Glyph]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for glyph in glyphs {
        let blank = glyph.text.trim().is_empty();
        let joins = out.last().filter(|l| {
            let gap = glyph.left - l.right;
            (l.base - glyph.base).abs() < 0.4 * l.size.max(glyph.size)
                && gap < GAP * l.size
                && gap > -0.6 * l.size
        });
        match joins.is_some() {
            true => {
                if let Some(line) = out.last_mut() {
                    let apart = glyph.left - line.right > SPACE * line.size.min(glyph.size);
                    if (apart || blank) && !line.text.ends_with(' ') {
                        line.text.push(' ');
                    }
                    line.text.push_str(glyph.text.trim());
                    // A space alone does not widen the line: it may be a cell's filling.
                    if !blank {
                        line.right = line.right.max(glyph.right);
                        line.size = line.size.max(glyph.size);
                    } else {
                        line.right = line.right.max(glyph.right.min(line.right + line.size));
                    }
                }
            }
            false if blank => {}
            false => out.push(Line {
                text: glyph.text.clone(),
                left: glyph.left,
                right: glyph.right,
                base: glyph.base,
                size: glyph.size,
                column: 0,
                cells: false,
            }),
        }
    }
    out.retain(|l| !l.text.trim().is_empty());
    out
}

/// Where the page is parted in two columns: a place in its middle that few stretches cross, with
/// lines on either side that fill their half and stand side by side.
fn gutter(lines: &[Line]) -> Option<f64> {
    let left = lines.iter().map(|l| l.left).fold(f64::MAX, f64::min);
    let right = lines.iter().map(|l| l.right).fold(f64::MIN, f64::max);
    let width = right - left;
    if lines.len() < 2 * COLUMN || width <= 0.0 {
        return None;
    }
    // Thirty places in the middle three fifths.
    let places = (0..=30).map(|i| left + width * (0.2 + 0.02 * f64::from(i)));
    let crossing = |at: f64| lines.iter().filter(|l| l.left < at && l.right > at).count();
    let (count, at) = places
        .map(|at| (crossing(at), at))
        .min_by(|a, b| a.0.cmp(&b.0))?;
    let side = |keep: &dyn Fn(&Line) -> bool| {
        let lines: Vec<&Line> = lines.iter().filter(|l| keep(l)).collect();
        let wide = lines.iter().map(|l| l.right - l.left).sum::<f64>() / lines.len().max(1) as f64;
        let extent = lines.iter().fold((f64::MAX, f64::MIN), |(a, b), l| {
            (a.min(l.left), b.max(l.right))
        });
        let tall = lines.iter().fold((f64::MAX, f64::MIN), |(a, b), l| {
            (a.min(l.base), b.max(l.base))
        });
        (lines.len(), wide / (extent.1 - extent.0).max(1.0), tall)
    };
    let (a, fill_a, tall_a) = side(&|l| l.right <= at);
    let (b, fill_b, tall_b) = side(&|l| l.left >= at);
    let shared = tall_a.1.min(tall_b.1) - tall_a.0.max(tall_b.0);
    let beside = shared > 0.5 * (tall_a.1 - tall_a.0).min(tall_b.1 - tall_b.0);
    let filled = fill_a > 0.55 && fill_b > 0.55;
    (a >= COLUMN && b >= COLUMN && count * 4 <= lines.len() && beside && filled).then_some(at)
}

/// Left column, right column, between the lines that go over both.
fn columns(lines: Vec<Line>, at: f64) -> Vec<Line> {
    let (across, inner): (Vec<Line>, Vec<Line>) =
        lines.into_iter().partition(|l| l.left < at && l.right > at);
    let mut across = rows(across, 0);
    across.sort_by(|a, b| b.base.total_cmp(&a.base));
    let (mut out, mut column) = (Vec::new(), 0);
    // From top to bottom, so that each line is looked at once, however many go over both columns.
    let mut inner = inner;
    inner.sort_by(|a, b| b.base.total_cmp(&a.base));
    let mut inner = inner.into_iter().peekable();
    for bar in across.into_iter().map(Some).chain([None]) {
        let base = bar.as_ref().map_or(f64::MIN, |b| b.base);
        let above = std::iter::from_fn(|| inner.next_if(|l| l.base > base));
        let (a, b): (Vec<Line>, Vec<Line>) = above.partition(|l| l.right <= at);
        // Lines over both columns that follow each other are one stretch, such as a long title.
        if !(a.is_empty() && b.is_empty()) {
            out.extend(rows(a, column + 1));
            out.extend(rows(b, column + 2));
            column += 3;
        }
        out.extend(bar.map(|mut b| {
            b.column = column;
            b
        }));
    }
    out
}

/// Stretches from top to bottom, those on one base line joined.
fn rows(mut lines: Vec<Line>, column: usize) -> Vec<Line> {
    lines.sort_by(|a, b| b.base.total_cmp(&a.base));
    let mut out: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        let same = out
            .last()
            .and_then(|r| r.first())
            .is_some_and(|first| (first.base - line.base).abs() < 0.4 * first.size.max(line.size));
        match out.last_mut().filter(|_| same) {
            Some(row) => row.push(line),
            None => out.push(vec![line]),
        }
    }
    out.into_iter()
        .filter_map(|row| join(row, column))
        .collect()
}

fn join(mut row: Vec<Line>, column: usize) -> Option<Line> {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut parts = row.into_iter();
    let mut line = parts.next()?;
    for part in parts {
        let gap = part.left - line.right;
        let cell = gap > GAP * line.size;
        line.cells |= cell;
        let between = match (cell, gap > SPACE * line.size) {
            (true, _) => " | ",
            (false, true) => " ",
            (false, false) => "",
        };
        // Added at the end: a row of very many cells is not copied for each.
        line.text.truncate(line.text.trim_end().len());
        line.text.push_str(between);
        line.text.push_str(part.text.trim_start());
        line.right = line.right.max(part.right);
        line.size = line.size.max(part.size);
    }
    line.text = line.text.trim().to_owned();
    line.column = column;
    Some(line)
}
