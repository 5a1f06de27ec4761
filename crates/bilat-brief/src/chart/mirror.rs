//! Bars in two directions from a line in the middle, one row a label.

use super::Axis;
use super::scale::shown;
use super::svg::{Anchor, BOLD, Canvas, FONT, LEADING, Paint, Pen, WIDTH, fit, width, wrap};

const MIDDLE: f64 = WIDTH / 2.0;
/// From one row to the next: a line of text and a bar.
const ROW: f64 = 44.0;
const BAR: f64 = 15.0;

/// A row with shown values.
struct Row<'a> {
    label: &'a str,
    values: [Option<f64>; 2],
}

/// The drawing; `None` when no row has a value.
pub(crate) fn draw(
    (left, right): (&str, &str),
    rows: &[(String, Option<f64>, Option<f64>)],
    axis: &Axis,
    pen: &Pen,
) -> Option<Canvas> {
    let rows: Vec<Row<'_>> = rows
        .iter()
        .map(|(label, l, r)| Row {
            label,
            values: [*l, *r].map(|v| v.and_then(|v| shown(v, axis))),
        })
        .collect();
    let values = || rows.iter().flat_map(|r| r.values).flatten();
    values().next()?;
    let largest = values().map(f64::abs).fold(0.0, f64::max);
    let room = values().map(|v| width(&pen.amount(v, axis.digits)));
    let room = room.fold(0.0, f64::max).min(110.0);
    let scale = (MIDDLE - room - 10.0) / if largest > 0.0 { largest } else { 1.0 };

    let heads = [left, right].map(|h| wrap(h, (MIDDLE - 14.0) / BOLD, 2));
    let head = heads.iter().map(Vec::len).max().unwrap_or(0) as f64 * LEADING;
    let unit = wrap(&axis.unit, WIDTH, 1);
    let top = head + unit.len() as f64 * LEADING + 8.0;
    let mut canvas = pen.canvas(top + rows.len() as f64 * ROW + 4.0);
    for (side, lines) in heads.iter().enumerate() {
        let (x, anchor) = place(side, 8.0);
        for (i, text) in lines.iter().enumerate() {
            let at = (x, (i as f64 + 0.8) * LEADING);
            canvas.strong(at, anchor, Paint::Series(side), text);
        }
    }
    for text in unit {
        let at = (MIDDLE, head + LEADING * 0.85);
        canvas.text(at, Anchor::Middle, Paint::Muted, &text);
    }
    for (i, row) in rows.iter().enumerate() {
        draw_row(&mut canvas, row, top + i as f64 * ROW, scale, axis, pen);
    }
    Some(canvas)
}

/// Where a text stands that begins so far from the middle on a side.
fn place(side: usize, distance: f64) -> (f64, Anchor) {
    if side == 0 {
        (MIDDLE - distance, Anchor::End)
    } else {
        (MIDDLE + distance, Anchor::Start)
    }
}

fn draw_row(canvas: &mut Canvas, row: &Row<'_>, top: f64, scale: f64, axis: &Axis, pen: &Pen) {
    let label = fit(row.label, WIDTH);
    canvas.text((MIDDLE, top + FONT), Anchor::Middle, Paint::Ink, &label);
    let bar = top + FONT + 6.0;
    for (side, value) in row.values.into_iter().enumerate() {
        let baseline = bar + BAR / 2.0 + FONT * 0.35;
        let Some(value) = value else {
            let (x, anchor) = place(side, 8.0);
            canvas.text((x, baseline), anchor, Paint::Muted, "–");
            continue;
        };
        let mut length = value.abs() * scale;
        if value != 0.0 {
            length = length.max(1.0); // a sliver tells something from nothing
        }
        let x = if side == 0 { MIDDLE - length } else { MIDDLE };
        let paint = Paint::Series(side);
        if value < 0.0 {
            canvas.rect((x, bar, length, BAR), Paint::Paper, Some(paint));
        } else if value > 0.0 {
            canvas.rect((x, bar, length, BAR), paint, None);
        }
        let (x, anchor) = place(side, length + 6.0);
        let text = fit(&pen.amount(value, axis.digits), 110.0);
        canvas.text((x, baseline), anchor, Paint::Ink, &text);
    }
    canvas.line(
        (MIDDLE, bar - 2.0),
        (MIDDLE, bar + BAR + 2.0),
        Paint::Muted,
        1.2,
    );
}
