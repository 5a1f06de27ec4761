//! Events on a line of time that runs downwards: dots where they happened, text pushed apart.

use super::TimelineEvent;
use super::scale::{spread, year_ticks};
use super::svg::{Anchor, Canvas, FONT, LEADING, Paint, Pen, WIDTH, fit, wrap};

/// Where the line of time stands, where leads bend, and where text begins.
const LINE: f64 = 52.0;
const BEND: f64 = 82.0;
const TEXT: f64 = 92.0;
const TOP: f64 = 12.0;

/// An event with its text in lines.
struct Entry<'a> {
    at: f64,
    date: &'a str,
    label: Vec<String>,
}

impl Entry<'_> {
    fn height(&self) -> f64 {
        (1 + self.label.len()) as f64 * LEADING + 9.0
    }
}

/// The drawing; `None` when there is no event with a date.
pub(crate) fn draw(events: &[TimelineEvent], pen: &Pen) -> Option<Canvas> {
    let mut entries: Vec<Entry<'_>> = events
        .iter()
        .filter(|e| e.at.is_finite() && e.at.abs() < 30_000.0)
        .map(|e| Entry {
            at: e.at,
            date: &e.date,
            label: wrap(&e.label, WIDTH - TEXT, 3),
        })
        .collect();
    entries.sort_by(|a, b| a.at.total_cmp(&b.at));
    let (first, last) = (entries.first()?.at, entries.last()?.at);
    let (from, to) = (first.floor(), last.floor() + 1.0);
    let heights: Vec<f64> = entries.iter().map(Entry::height).collect();
    // A little more than the text needs, so that dense and empty years are told apart.
    let total: f64 = heights.iter().sum();
    let height = (total * 1.08).max(120.0);
    let y = |at: f64| TOP + (at - from) / (to - from) * height;

    let mut canvas = pen.canvas(height + 2.0 * TOP);
    canvas.line((LINE, TOP), (LINE, TOP + height), Paint::Muted, 1.5);
    for year in year_ticks(from as i16, to as i16, (height / 36.0).min(8.0)) {
        let at = y(f64::from(year));
        canvas.line((LINE - 5.0, at), (LINE, at), Paint::Muted, 1.0);
        let text = year.to_string();
        canvas.text(
            (LINE - 8.0, at + FONT * 0.35),
            Anchor::End,
            Paint::Muted,
            &text,
        );
    }
    let wanted: Vec<f64> = entries.iter().map(|e| y(e.at) - LEADING * 0.55).collect();
    let tops = spread(&wanted, &heights, 2.0, height + 2.0 * TOP);
    for (entry, top) in entries.iter().zip(tops) {
        draw_entry(&mut canvas, entry, y(entry.at), top);
    }
    Some(canvas)
}

fn draw_entry(canvas: &mut Canvas, entry: &Entry<'_>, dot: f64, top: f64) {
    let middle = top + LEADING * 0.55;
    let lead = [(LINE, dot), (BEND, middle), (TEXT - 4.0, middle)];
    canvas.polyline(&lead, Paint::Series(3), 0.8, None);
    canvas.disc((LINE, dot), 4.0, Paint::Series(2), Paint::Paper);
    let date = fit(entry.date, WIDTH - TEXT);
    canvas.text(
        (TEXT, top + LEADING * 0.85),
        Anchor::Start,
        Paint::Muted,
        &date,
    );
    for (i, line) in entry.label.iter().enumerate() {
        let at = (TEXT, top + (i as f64 + 1.85) * LEADING);
        canvas.text(at, Anchor::Start, Paint::Ink, line);
    }
}
