//! Charts in a few lines of text.

use bilat_brief::chart::{Axis, Chart, Plot, Series};

use super::layout::{Page, Style, columns, fit};
use super::{MEASURE, marks, table};

/// Rows of a data table that stands for a picture.
const ROWS: usize = 12;
/// The heights that a line of text can show.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

pub(super) fn draw(page: &mut Page, chart: &Chart, language: &str) {
    let measure = page.width.min(MEASURE);
    let cited = marks(&chart.table.citations);
    let head = [
        (Style::Strong, chart.title.as_str()),
        (Style::Dim, cited.as_str()),
    ];
    page.wrap(&head, measure, 0, 0);
    page.wrap(&[(Style::Dim, &chart.subtitle)], measure, 0, 0);
    match &chart.plot {
        Plot::Lines { series, axis } => lines(page, series, axis, language),
        Plot::Mirror {
            left,
            right,
            rows,
            axis,
        } => {
            mirror(page, [left, right], rows, axis, language);
        }
        Plot::Timeline { events } => {
            let dates = events.iter().map(|e| columns(&e.date)).max().unwrap_or(0);
            let indent = (dates + 2).min(measure / 2);
            for e in events {
                page.hang(&e.date, &e.label, measure, indent);
            }
        }
        Plot::Map(_) => table::draw(page, &chart.table, ROWS),
    }
    page.wrap(&[(Style::Dim, &chart.source_line)], measure, 0, 0);
}

/// One row a series: name, sparkline, first and last year, last value.
fn lines(page: &mut Page, series: &[Series], axis: &Axis, language: &str) {
    let points = || {
        series
            .iter()
            .flat_map(|s| &s.points)
            .filter(|p| p.1.is_finite())
    };
    let (Some(first), Some(last)) = (points().map(|p| p.0).min(), points().map(|p| p.0).max())
    else {
        return;
    };
    let high = points().map(|p| p.1).fold(0.0, f64::max);
    let low = points().map(|p| p.1).fold(0.0, f64::min);
    let tails: Vec<String> = series.iter().map(|s| tail(s, axis, language)).collect();
    let tail_width = tails.iter().map(|t| columns(t)).max().unwrap_or(0);
    let tail_width = tail_width.min(page.width / 2);
    let names = series.iter().map(|s| columns(&s.label)).max().unwrap_or(0);
    let names = names.min(page.width.saturating_sub(tail_width + 4) * 3 / 5);
    let room = page.width.saturating_sub(names + tail_width + 4).max(1);
    // As many years go into one mark as it takes to fit.
    let years = usize::from(last.abs_diff(first)) + 1;
    let bin = years.div_ceil(room);
    let cells = years.div_ceil(bin);
    for (s, tail) in series.iter().zip(&tails) {
        let name = pad(&fit(&s.label, names), names);
        let spark = sparkline(s, first, bin, cells, (low, high));
        let pieces = [
            (Style::Plain, name.as_str()),
            (Style::Plain, "  "),
            (Style::Side(s.colour), spark.as_str()),
            (Style::Plain, "  "),
            (Style::Plain, &fit(tail, tail_width)),
        ];
        page.line(&pieces);
    }
}

/// "1992–2019: 94.4": the years from the first to the last value, and the last value.
fn tail(series: &Series, axis: &Axis, language: &str) -> String {
    let finite: Vec<_> = series.points.iter().filter(|p| p.1.is_finite()).collect();
    match (finite.first(), finite.last()) {
        (Some(a), Some(b)) => format!("{}–{}: {}", a.0, b.0, axis.format(b.1, language)),
        _ => "–".to_owned(),
    }
}

fn sparkline(series: &Series, first: i16, bin: usize, cells: usize, range: (f64, f64)) -> String {
    (0..cells)
        .map(|cell| {
            let inside =
                |p: &&(i16, f64)| p.1.is_finite() && usize::from(p.0.abs_diff(first)) / bin == cell;
            // The last year stands for those that share a mark.
            let Some(p) = series.points.iter().rfind(inside) else {
                return ' ';
            };
            let span = (range.1 - range.0).max(f64::MIN_POSITIVE);
            let height = ((p.1 - range.0) / span * 7.0).round().clamp(0.0, 7.0);
            HEIGHTS.get(height as usize).copied().unwrap_or('?')
        })
        .collect()
}

/// Each row: name, bar to the left, value, line, value, bar to the right.
fn mirror(
    page: &mut Page,
    sides: [&str; 2],
    rows: &[(String, Option<f64>, Option<f64>)],
    axis: &Axis,
    language: &str,
) {
    let values = || rows.iter().flat_map(|r| [r.1, r.2]).flatten();
    let largest = values()
        .filter(|v| v.is_finite())
        .map(f64::abs)
        .fold(0.0, f64::max);
    let shown = |v: Option<f64>| v.map_or_else(|| "–".to_owned(), |v| axis.format(v, language));
    let number = rows
        .iter()
        .flat_map(|r| [r.1, r.2])
        .map(|v| columns(&shown(v)));
    let number = number.max().unwrap_or(1).min(page.width / 5);
    let names = rows.iter().map(|r| columns(&r.0)).max().unwrap_or(0);
    let names = names.min(page.width * 2 / 5);
    let half = page.width.saturating_sub(names + 2 * number + 7) / 2;
    let half = half.min(24);
    let bar = |v: Option<f64>| {
        let share = v
            .filter(|v| v.is_finite() && largest > 0.0)
            .map_or(0.0, |v| v.abs() / largest);
        let length = (share * half as f64).round() as usize;
        "█".repeat(if share > 0.0 {
            length.clamp(1, half.max(1))
        } else {
            0
        })
    };
    let room = half + number + 1;
    // The heads may take the room of the names, and what is left of the line.
    let [left, other] = sides;
    let before = names + 2 + room;
    page.line(&[
        (Style::Side(0), &right(&fit(left, before), before)),
        (Style::Plain, "   "),
        (
            Style::Side(1),
            &fit(other, page.width.saturating_sub(before + 3)),
        ),
    ]);
    for (name, l, r) in rows {
        page.line(&[
            (Style::Plain, &pad(&fit(name, names), names)),
            (Style::Plain, "  "),
            (
                Style::Plain,
                &right(&fit(&shown(*l), number), room - 1 - columns(&bar(*l))),
            ),
            (Style::Plain, " "),
            (Style::Side(0), &bar(*l)),
            (Style::Dim, " │ "),
            (Style::Side(1), &bar(*r)),
            (Style::Plain, " "),
            (Style::Plain, &fit(&shown(*r), number)),
        ]);
    }
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
}
