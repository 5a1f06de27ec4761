//! Tables fitted to a width: wide ones wrap their cells, too wide ones become lists.

use bilat_brief::brief::Table;

use super::layout::{Page, Piece, Style, columns, wrap};
use crate::text::tame;

/// Between columns.
const GAP: usize = 2;
/// No column is made narrower than this.
const LEAST: usize = 7;

/// Draws at most so many rows; what is left out is told by an ellipsis.
pub(super) fn draw(page: &mut Page, table: &Table, most: usize) {
    let width = page.width;
    let count = table.columns.len();
    if count == 0 {
        return;
    }
    let head: Vec<String> = table.columns.iter().map(|c| tame(c)).collect();
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .take(most)
        .map(|row| {
            let cell = |i: usize| row.get(i).map_or("", |c| c.text.as_str());
            let shown = |t: &str| {
                if t.is_empty() {
                    "–".to_owned()
                } else {
                    tame(t)
                }
            };
            (0..count).map(|i| shown(cell(i))).collect()
        })
        .collect();
    let Some(widths) = widths(&head, &rows, width) else {
        list(page, &head, &rows);
        return;
    };
    let numeric = |i: usize| table.numeric.get(i).is_some_and(|n| *n);
    line(page, &head, &widths, numeric, Style::Dim);
    let total = widths.iter().sum::<usize>() + GAP * (count - 1);
    page.line(&[(Style::Dim, &"─".repeat(total))]);
    for row in &rows {
        line(page, row, &widths, numeric, Style::Plain);
    }
    if table.rows.len() > rows.len() {
        page.line(&[(Style::Dim, "…")]);
    }
}

/// Widths of the columns: their own if all fit, else the widest are narrowed; `None` when even
/// the narrowest do not fit.
fn widths(head: &[String], rows: &[Vec<String>], width: usize) -> Option<Vec<usize>> {
    let all = || std::iter::once(head).chain(rows.iter().map(Vec::as_slice));
    let mut widths: Vec<usize> = (0..head.len())
        .map(|i| {
            all()
                .filter_map(|r| r.get(i))
                .map(|c| columns(c))
                .max()
                .unwrap_or(0)
        })
        .collect();
    let gaps = GAP * (head.len() - 1);
    while widths.iter().sum::<usize>() + gaps > width {
        let (at, widest) = widths.iter().copied().enumerate().max_by_key(|w| w.1)?;
        if widest <= LEAST {
            return None;
        }
        *widths.get_mut(at)? -= 1;
    }
    Some(widths)
}

fn line(
    page: &mut Page,
    cells: &[String],
    widths: &[usize],
    numeric: impl Fn(usize) -> bool,
    style: Style,
) {
    let wrapped: Vec<Vec<String>> = cells.iter().zip(widths).map(|(c, w)| wrap(c, *w)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for k in 0..height {
        let mut text = String::new();
        for (i, (cell, width)) in wrapped.iter().zip(widths).enumerate() {
            let part = cell.get(k).map_or("", String::as_str);
            let pad = " ".repeat(width.saturating_sub(columns(part)));
            if i > 0 {
                text.push_str(&" ".repeat(GAP));
            }
            let (before, after) = if numeric(i) {
                (pad.as_str(), "")
            } else {
                ("", pad.as_str())
            };
            text.push_str(before);
            text.push_str(part);
            text.push_str(after);
        }
        page.line(&[(style, &text)]);
    }
}

/// Each row as a list of its cells under the row's label.
fn list(page: &mut Page, head: &[String], rows: &[Vec<String>]) {
    let width = page.width;
    for row in rows {
        for (i, (name, cell)) in head.iter().zip(row).enumerate() {
            let pieces: [Piece<'_>; 3] = if i == 0 {
                [
                    (Style::Strong, cell),
                    (Style::Plain, ""),
                    (Style::Plain, ""),
                ]
            } else {
                [(Style::Dim, name), (Style::Dim, ": "), (Style::Plain, cell)]
            };
            page.wrap(&pieces, width, if i == 0 { 0 } else { 2 }, 4);
        }
    }
}
