//! Lines over years, each labelled at its end.

use super::scale::{Range, shown, spread, year_ticks};
use super::svg::{Anchor, Canvas, FONT, LEADING, Paint, Pen, WIDTH, fit, width, wrap};
use super::{Axis, Series};

/// The most that labels at the ends of lines may take from the width.
const LABEL_ROOM: f64 = 132.0;
/// Height of the plot unless the labels need more.
const PLOT_HEIGHT: f64 = 220.0;
/// Above the plot: the unit.
const TOP: f64 = 30.0;

/// A series cleaned for drawing.
struct Line<'a> {
    series: &'a Series,
    /// Ascending years with shown values.
    points: Vec<(i16, f64)>,
    label: Vec<String>,
}

/// Where years and values lie.
struct Frame {
    left: f64,
    right: f64,
    height: f64,
    years: (i16, i16),
    range: Range,
}

impl Frame {
    fn x(&self, year: i16) -> f64 {
        let (first, last) = (f64::from(self.years.0), f64::from(self.years.1));
        if last <= first {
            return f64::midpoint(self.left, self.right);
        }
        self.left + (f64::from(year) - first) / (last - first) * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f64 {
        TOP + (1.0 - self.range.at(value)) * self.height
    }
}

/// The drawing; `None` when no series has a point.
pub(crate) fn draw(series: &[Series], axis: &Axis, pen: &Pen) -> Option<Canvas> {
    let lines: Vec<Line<'_>> = series.iter().filter_map(|s| clean(s, axis)).collect();
    let years = || lines.iter().flat_map(|l| &l.points).map(|p| p.0);
    let years = (years().min()?, years().max()?);
    let range = Range::of(lines.iter().flat_map(|l| &l.points).map(|p| p.1), axis);
    let ticks: Vec<String> = range
        .ticks
        .iter()
        .map(|t| pen.number(*t, range.digits))
        .collect();
    let ticks_room = ticks
        .iter()
        .map(|t| width(t))
        .fold(0.0, f64::max)
        .min(110.0);
    let label_room = lines.iter().flat_map(|l| &l.label).map(|l| width(l));
    let label_room = label_room.fold(0.0, f64::max);
    let label_height: f64 = lines.iter().map(label_height).sum();
    let frame = Frame {
        left: ticks_room + 10.0,
        right: WIDTH - label_room - if label_room > 0.0 { 16.0 } else { 22.0 },
        height: PLOT_HEIGHT.max(label_height),
        years,
        range,
    };
    let mut canvas = pen.canvas(TOP + frame.height + 30.0);
    grid(&mut canvas, &frame, &ticks, axis);
    let step = sampling(&lines);
    for line in lines.iter().rev() {
        trace(&mut canvas, &frame, line, step);
    }
    label(&mut canvas, &frame, &lines);
    Some(canvas)
}

fn clean<'a>(series: &'a Series, axis: &Axis) -> Option<Line<'a>> {
    let mut points: Vec<(i16, f64)> = series
        .points
        .iter()
        .filter_map(|(y, v)| Some((*y, shown(*v, axis)?)))
        .collect();
    points.sort_by_key(|p| p.0);
    points.dedup_by_key(|p| p.0);
    (!points.is_empty()).then(|| Line {
        series,
        points,
        label: wrap(&series.label, LABEL_ROOM, 3),
    })
}

fn label_height(line: &Line<'_>) -> f64 {
    line.label.len() as f64 * LEADING + 5.0
}

fn grid(canvas: &mut Canvas, frame: &Frame, ticks: &[String], axis: &Axis) {
    canvas.text(
        (0.0, FONT),
        Anchor::Start,
        Paint::Muted,
        &fit(&axis.unit, WIDTH),
    );
    for (value, text) in frame.range.ticks.iter().zip(ticks) {
        let y = frame.y(*value);
        let zero = *value == 0.0;
        let (paint, thick) = if zero {
            (Paint::Muted, 1.2)
        } else {
            (Paint::Grid, 1.0)
        };
        canvas.line((frame.left, y), (frame.right, y), paint, thick);
        canvas.text(
            (frame.left - 7.0, y + FONT * 0.35),
            Anchor::End,
            Paint::Muted,
            &fit(text, 110.0),
        );
    }
    let bottom = TOP + frame.height;
    let room = (frame.right - frame.left) / (width("0000") + 14.0);
    for year in year_ticks(frame.years.0, frame.years.1, room) {
        let x = frame.x(year);
        canvas.line((x, bottom), (x, bottom + 5.0), Paint::Muted, 1.0);
        let text = year.to_string();
        canvas.text((x, bottom + 21.0), Anchor::Middle, Paint::Muted, &text);
    }
}

/// Years from one value to the next: five for statistics that come every five years (the last
/// one may come sooner), else one.
fn sampling(lines: &[Line<'_>]) -> i16 {
    let five = lines.iter().all(|l| match l.points.as_slice() {
        [head @ .., _] => head.len() >= 2 && head.iter().all(|p| p.0 % 5 == 0),
        [] => false,
    });
    if five { 5 } else { 1 }
}

/// Draws a line, broken where values are missing; a value alone is a dot.
fn trace(canvas: &mut Canvas, frame: &Frame, line: &Line<'_>, step: i16) {
    let paint = Paint::Series(line.series.colour);
    let context = line.series.colour == 3;
    let thick = if context { 1.6 } else { 2.4 };
    let dashes = line.series.dashed.then_some("2 5");
    let (radius, edge) = if context {
        (2.4, Paint::Paper)
    } else {
        (3.2, Paint::Paper)
    };
    let apart = |a: &(i16, f64), b: &(i16, f64)| i32::from(b.0) - i32::from(a.0) <= i32::from(step);
    for run in line.points.chunk_by(apart) {
        let points: Vec<(f64, f64)> = run.iter().map(|p| (frame.x(p.0), frame.y(p.1))).collect();
        canvas.polyline(&points, paint, thick, dashes);
        if points.len() == 1 || step > 1 {
            for p in &points {
                canvas.disc(*p, radius + 0.4, paint, edge);
            }
        }
    }
    if let Some(last) = line.points.last() {
        canvas.disc((frame.x(last.0), frame.y(last.1)), radius, paint, edge);
    }
}

/// Puts each line's name right of its end, pushed apart, with a thin lead where it had to move
/// or the line ends early.
fn label(canvas: &mut Canvas, frame: &Frame, lines: &[Line<'_>]) {
    let mut ends: Vec<(f64, f64, &Line<'_>)> = lines
        .iter()
        .filter(|l| !l.label.is_empty())
        .filter_map(|l| {
            let last = l.points.last()?;
            Some((frame.y(last.1), frame.x(last.0), l))
        })
        .collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let heights: Vec<f64> = ends.iter().map(|e| label_height(e.2)).collect();
    let wanted: Vec<f64> = ends
        .iter()
        .zip(&heights)
        .map(|(e, h)| e.0 - h / 2.0)
        .collect();
    let tops = spread(&wanted, &heights, TOP - 12.0, TOP + frame.height + 6.0);
    for ((&(y, x, line), top), height) in ends.iter().zip(tops).zip(heights) {
        let middle = top + height / 2.0;
        if (middle - y).abs() > 8.0 || frame.right - x > 4.0 {
            let lead = [(x + 5.0, y), (frame.right + 10.0, middle)];
            canvas.polyline(&lead, Paint::Muted, 0.8, Some("1 3"));
        }
        for (i, text) in line.label.iter().enumerate() {
            let at = (frame.right + 13.0, top + (i as f64 + 0.8) * LEADING + 2.5);
            canvas.text(at, Anchor::Start, Paint::Series(line.series.colour), text);
        }
    }
}
