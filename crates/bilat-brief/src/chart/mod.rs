//! What a chart shows, and its drawing as SVG.
//!
//! | module | holds |
//! |---|---|
//! | [`svg`] | the canvas: colours, text and its width, escaping |
//! | `scale` | round ticks, number formats, spreading of labels |
//! | `lines` | lines over years |
//! | `mirror` | bars in two directions |
//! | `map` | the two countries, their missions and the line between them; `sphere` projects |
//! | `timeline` | events on a line of time |
//!
//! A drawing is made of shapes and text alone: no script, no font, no link, no style sheet.

mod lines;
mod map;
mod mirror;
mod scale;
mod sphere;
pub mod svg;
mod timeline;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::brief::Table;
pub use svg::SvgOptions;

/// A chart: what it says, how it is drawn, and the data behind it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chart {
    /// Names it, stable: `turnover`, `goods`, `agreement`, `map`, `timeline`.
    pub id: String,
    /// What is seen, as a headline: "Trade has halved since 2013".
    pub title: String,
    /// What is drawn, with unit: "Goods, million US dollars a year".
    pub subtitle: String,
    /// "Source: IMF Direction of Trade Statistics, 2021".
    pub source_line: String,
    /// What the picture tells, for those who do not see it.
    pub alt: String,
    /// How it is drawn.
    pub plot: Plot,
    /// The data behind it.
    pub table: Table,
}

/// How a chart is drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Plot {
    /// Lines over years; gaps where a year is missing.
    Lines {
        /// The lines, the most important first.
        series: Vec<Series>,
        /// What values are shown in: scale and digits.
        axis: Axis,
    },
    /// Horizontal bars in two directions, one row a label: goods of A to B on one side, of B to
    /// A on the other.
    Mirror {
        /// Over the left bars: "Kazakhstan to Slovenia".
        left: String,
        /// Over the right bars.
        right: String,
        /// Label, left value, right value; `None` where nothing is reported.
        rows: Vec<(String, Option<f64>, Option<f64>)>,
        /// What values are shown in.
        axis: Axis,
    },
    /// A map with outlines, places and the great-circle line between the capitals.
    Map(Map),
    /// Events on a line of time.
    Timeline {
        /// In order of time: decimal year, date as shown, label.
        events: Vec<TimelineEvent>,
    },
}

/// A line of a chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// Its direct label.
    pub label: String,
    /// Which colour of the palette; the same thing has the same colour in every chart: 0 the
    /// first country, 1 the second, 2 both together, 3 context (drawn thin and grey).
    pub colour: usize,
    /// Drawn dashed, to be told apart without colour.
    pub dashed: bool,
    /// Year and value, ascending.
    pub points: Vec<(i16, f64)>,
}

/// How values are shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Axis {
    /// Behind the topmost tick: "million US dollars", "%".
    pub unit: String,
    /// Values are divided by this before they are shown.
    pub divisor: f64,
    /// Decimals of shown values.
    pub digits: usize,
    /// Bounds, when fixed (a share from 0 to 100).
    pub bounds: Option<(f64, f64)>,
}

/// A closed line of (longitude, latitude) in degrees; the last point need not repeat the first.
pub type Ring = Vec<(f32, f32)>;

/// A map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Map {
    /// Outlines of the two countries: rings of (longitude, latitude) in degrees, and which of
    /// the two (0 or 1). Not written with the brief: the drawing has them.
    #[serde(skip)]
    pub countries: Vec<(usize, Vec<Ring>)>,
    /// Outlines of all others, as ground. Not written with the brief either.
    #[serde(skip)]
    pub ground: Vec<Vec<Ring>>,
    /// Capitals and missions.
    pub places: Vec<Place>,
    /// The two ends of the great-circle line, (longitude, latitude).
    pub line: Option<((f64, f64), (f64, f64))>,
    /// On the line: "4,500 km".
    pub line_label: String,
}

/// A place on a map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// Its name.
    pub label: String,
    /// Degrees east and north.
    pub at: (f64, f64),
    /// A capital (a disc) or a mission (a square).
    pub capital: bool,
    /// Whose: 0 or 1.
    pub side: usize,
}

/// An event on a timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineEvent {
    /// Where on the line: year and its fraction.
    pub at: f64,
    /// "20 October 1992".
    pub date: String,
    /// In a few words.
    pub label: String,
}

impl Axis {
    /// A value as the chart shows it: divided, with the axis' decimals, in a language's number
    /// format, without the unit; a dash for what is no number.
    #[must_use]
    pub fn format(&self, value: f64, language: &str) -> String {
        let pen = svg::Pen::new(&SvgOptions {
            language,
            ..SvgOptions::default()
        });
        scale::shown(value, self).map_or_else(|| "–".to_owned(), |v| pen.amount(v, self.digits))
    }
}

impl Chart {
    /// The drawing as an SVG document to be put into an HTML page, with colours that follow the
    /// page's custom properties and text in English number format.
    #[must_use]
    pub fn svg(&self) -> String {
        self.svg_with(&SvgOptions::default())
    }

    /// The drawing as an SVG document. The same chart and options give the same bytes.
    ///
    /// A value that is not finite is left out like a missing one.
    #[must_use]
    pub fn svg_with(&self, options: &SvgOptions<'_>) -> String {
        let pen = svg::Pen::new(options);
        let canvas = match &self.plot {
            Plot::Lines { series, axis } => lines::draw(series, axis, &pen),
            Plot::Mirror {
                left,
                right,
                rows,
                axis,
            } => mirror::draw((left, right), rows, axis, &pen),
            Plot::Map(m) => map::draw(m, &pen),
            Plot::Timeline { events } => timeline::draw(events, &pen),
        };
        canvas.unwrap_or_else(|| pen.empty()).finish(self, options)
    }
}
