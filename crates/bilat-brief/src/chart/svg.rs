//! The canvas that charts are drawn on: colours, text and its width, escaping.
//!
//! Every drawing is `WIDTH` units wide and scales with its container. Text is `FONT` units
//! high: 9 pixels on a phone that leaves 304 pixels for the drawing.

use std::fmt::Write as _;

use icu_decimal::DecimalFormatter;
use icu_locale::Locale;

use super::Chart;

/// Width of every drawing, in its own units.
pub(crate) const WIDTH: f64 = 480.0;
/// Height of text, in the drawing's units.
pub(crate) const FONT: f64 = 14.5;
/// From one line of text to the next.
pub(crate) const LEADING: f64 = 17.0;

/// How a chart is written down.
#[derive(Clone, Copy, Debug)]
pub struct SvgOptions<'a> {
    /// Put before the chart's name in the ids of the drawing, so that one chart can stand in a
    /// page several times.
    pub prefix: &'a str,
    /// Colours as custom properties with fallbacks (`var(--c0,#1b6ca8)`), to follow a page's
    /// light and dark grounds; else plain colours for a light ground, which every renderer reads.
    pub variables: bool,
    /// BCP 47 language that numbers on axes are formatted in; an unknown one is read as English.
    pub language: &'a str,
    /// What stands in a chart that has nothing to show.
    pub no_data: &'a str,
}

impl Default for SvgOptions<'_> {
    fn default() -> Self {
        Self {
            prefix: "",
            variables: true,
            language: "en",
            no_data: "–",
        }
    }
}

/// A colour by what it is for. [`custom_properties`] gives the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// The palette of series: first country, second country, both, context, and two more.
    Series(usize),
    Ink,
    Muted,
    Grid,
    Land,
    Border,
    Water,
    Paper,
}

/// Name, colour on a light ground, colour on a dark ground.
///
/// Blue and vermilion are told apart with every kind of colour vision; both together is ink. All
/// series colours and both text colours have a contrast of at least 4.5 to 1 on their ground.
const COLOURS: [(&str, &str, &str); 13] = [
    ("--c0", "#1b6ca8", "#6cb8f0"),
    ("--c1", "#b84a00", "#f59a52"),
    ("--c2", "#22272e", "#eceff3"),
    ("--c3", "#6b737c", "#98a2ad"),
    ("--c4", "#00704f", "#4cc79e"),
    ("--c5", "#9c4179", "#e79ac6"),
    ("--ink", "#1d2228", "#e6e9ed"),
    ("--muted", "#5b636c", "#a3acb6"),
    ("--grid", "#d5dadf", "#3a424b"),
    ("--land", "#e3e1da", "#39414a"),
    ("--border", "#ffffff", "#171b20"),
    ("--water", "#f1f5f8", "#1f262d"),
    ("--paper", "#ffffff", "#171b20"),
];

/// The custom properties that drawings refer to: name, value on a light ground (also their
/// fallback) and value on a dark ground.
#[must_use]
pub fn custom_properties() -> &'static [(&'static str, &'static str, &'static str)] {
    &COLOURS
}

impl Paint {
    fn entry(self) -> (&'static str, &'static str, &'static str) {
        COLOURS[match self {
            Self::Series(i) => i % 6,
            Self::Ink => 6,
            Self::Muted => 7,
            Self::Grid => 8,
            Self::Land => 9,
            Self::Border => 10,
            Self::Water => 11,
            Self::Paper => 12,
        }]
    }
}

/// Which end of a text its position names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// What all drawings share: the options and the number format.
pub(crate) struct Pen {
    variables: bool,
    no_data: String,
    numbers: Option<DecimalFormatter>,
}

impl Pen {
    pub(crate) fn new(options: &SvgOptions<'_>) -> Self {
        let locale: Locale = options
            .language
            .parse()
            .unwrap_or(icu_locale::locale!("en"));
        Self {
            variables: options.variables,
            no_data: options.no_data.to_owned(),
            numbers: DecimalFormatter::try_new(locale.into(), Default::default()).ok(),
        }
    }

    /// A number with so many decimals, in the language's format, with a true minus sign.
    pub(crate) fn number(&self, value: f64, digits: usize) -> String {
        let size = value.abs();
        if size >= 1e15 || (size != 0.0 && size < 1e-9) {
            return format!("{value:.1e}").replace('-', "\u{2212}");
        }
        let plain = format!("{value:.*}", digits.min(12));
        let shown = match (plain.parse::<fixed_decimal::Decimal>(), &self.numbers) {
            (Ok(d), Some(f)) => f.format(&d).to_string(),
            _ => plain.clone(),
        };
        if plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
            shown.replace('-', "\u{2212}")
        } else {
            shown.replace('-', "") // a negative number that rounds to zero
        }
    }

    /// A number that is not nothing but too small to be shown is told to be less than the least
    /// that could be.
    pub(crate) fn amount(&self, value: f64, digits: usize) -> String {
        let least = 0.1f64.powi(i32::try_from(digits).unwrap_or(12).min(12));
        if value > 0.0 && value < least / 2.0 {
            format!("<{}", self.number(least, digits))
        } else {
            self.number(value, digits)
        }
    }

    pub(crate) fn canvas(&self, height: f64) -> Canvas {
        Canvas {
            out: String::new(),
            height,
            variables: self.variables,
        }
    }

    /// What is drawn when there is nothing to show.
    pub(crate) fn empty(&self) -> Canvas {
        let mut c = self.canvas(80.0);
        c.rect(
            (0.5, 0.5, WIDTH - 1.0, 79.0),
            Paint::Paper,
            Some(Paint::Grid),
        );
        let text = fit(&self.no_data, WIDTH - 20.0);
        c.text((WIDTH / 2.0, 45.0), Anchor::Middle, Paint::Muted, &text);
        c
    }
}

/// A drawing under way.
pub(crate) struct Canvas {
    out: String,
    pub(crate) height: f64,
    variables: bool,
}

impl Canvas {
    fn paint(&self, paint: Paint) -> String {
        let (name, light, _) = paint.entry();
        if self.variables {
            format!("var({name},{light})")
        } else {
            light.to_owned()
        }
    }

    pub(crate) fn rect(
        &mut self,
        (x, y, w, h): (f64, f64, f64, f64),
        fill: Paint,
        edge: Option<Paint>,
    ) {
        let edge = edge.map_or_else(String::new, |e| {
            format!(r#" stroke="{}" stroke-width="1.5""#, self.paint(e))
        });
        let _ = writeln!(
            self.out,
            r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{}"{edge}/>"#,
            n(x),
            n(y),
            n(w.max(0.0)),
            n(h.max(0.0)),
            self.paint(fill),
        );
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), paint: Paint, width: f64) {
        let _ = writeln!(
            self.out,
            r#"<path d="M{} {}L{} {}" fill="none" stroke="{}" stroke-width="{}"/>"#,
            n(from.0),
            n(from.1),
            n(to.0),
            n(to.1),
            self.paint(paint),
            n(width),
        );
    }

    /// An open path through points.
    pub(crate) fn polyline(
        &mut self,
        points: &[(f64, f64)],
        paint: Paint,
        width: f64,
        dashes: Option<&str>,
    ) {
        if points.len() < 2 {
            return;
        }
        let dashes = dashes.map_or_else(String::new, |d| format!(r#" stroke-dasharray="{d}""#));
        let _ = writeln!(
            self.out,
            r#"<path d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round" stroke-linecap="round"{dashes}/>"#,
            path(points, false),
            self.paint(paint),
            n(width),
        );
    }

    /// Filled rings, with an edge.
    pub(crate) fn area(&mut self, d: &str, fill: Paint, edge: Paint, even_odd: bool) {
        if d.is_empty() {
            return;
        }
        let rule = if even_odd {
            r#" fill-rule="evenodd""#
        } else {
            ""
        };
        let _ = writeln!(
            self.out,
            r#"<path d="{d}" fill="{}" stroke="{}" stroke-width=".6" stroke-linejoin="round"{rule}/>"#,
            self.paint(fill),
            self.paint(edge),
        );
    }

    pub(crate) fn disc(&mut self, at: (f64, f64), radius: f64, fill: Paint, edge: Paint) {
        let _ = writeln!(
            self.out,
            r#"<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="1.5"/>"#,
            n(at.0),
            n(at.1),
            n(radius),
            self.paint(fill),
            self.paint(edge),
        );
    }

    /// A rectangle that is not filled.
    pub(crate) fn frame(&mut self, (x, y, w, h): (f64, f64, f64, f64), edge: Paint) {
        let _ = writeln!(
            self.out,
            r#"<rect x="{}" y="{}" width="{}" height="{}" fill="none" stroke="{}" stroke-width="2"/>"#,
            n(x),
            n(y),
            n(w),
            n(h),
            self.paint(edge),
        );
    }

    pub(crate) fn ring(&mut self, at: (f64, f64), radius: f64, edge: Paint) {
        let _ = writeln!(
            self.out,
            r#"<circle cx="{}" cy="{}" r="{}" fill="none" stroke="{}" stroke-width="1.5"/>"#,
            n(at.0),
            n(at.1),
            n(radius),
            self.paint(edge),
        );
    }

    /// One line of text; `at` is on its baseline.
    pub(crate) fn text(&mut self, at: (f64, f64), anchor: Anchor, paint: Paint, text: &str) {
        self.text_with(at, anchor, paint, text, "");
    }

    /// One line of bold text.
    pub(crate) fn strong(&mut self, at: (f64, f64), anchor: Anchor, paint: Paint, text: &str) {
        self.text_with(at, anchor, paint, text, r#" font-weight="600""#);
    }

    /// One line of text that stays legible over lines and areas.
    pub(crate) fn haloed(&mut self, at: (f64, f64), anchor: Anchor, paint: Paint, text: &str) {
        let halo = format!(
            r#" font-weight="600" stroke="{}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke""#,
            self.paint(Paint::Paper)
        );
        self.text_with(at, anchor, paint, text, &halo);
    }

    fn text_with(&mut self, at: (f64, f64), anchor: Anchor, paint: Paint, text: &str, more: &str) {
        if text.is_empty() {
            return;
        }
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let _ = writeln!(
            self.out,
            r#"<text x="{}" y="{}"{anchor} fill="{}"{more}>{}</text>"#,
            n(at.0),
            n(at.1),
            self.paint(paint),
            escape(text),
        );
    }

    /// The document.
    pub(crate) fn finish(self, chart: &Chart, options: &SvgOptions<'_>) -> String {
        let pen = identifier(options.prefix);
        let name = identifier(&chart.id);
        let (title, desc) = (format!("{pen}{name}-title"), format!("{pen}{name}-desc"));
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {w} {h}" "#,
                r#"role="img" aria-labelledby="{title} {desc}" direction="ltr" "#,
                r#"font-family="system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif" "#,
                r#"font-size="{font}">"#,
                "\n<title id=\"{title}\">{t}</title>\n<desc id=\"{desc}\">{d}</desc>\n{body}</svg>\n"
            ),
            w = n(WIDTH),
            h = n(self.height),
            font = n(FONT),
            t = escape(&chart.title),
            d = escape(&chart.alt),
            title = title,
            desc = desc,
            body = self.out,
        )
    }
}

/// A coordinate with one decimal, without what can be left out.
pub(crate) fn n(x: f64) -> String {
    let tenths = (x.clamp(-1e7, 1e7) * 10.0).round();
    compact(if tenths.is_nan() { 0 } else { tenths as i64 })
}

/// Tenths as a number.
fn compact(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (0, part) => format!("{sign}.{part}"),
        (whole, part) => format!("{sign}{whole}.{part}"),
    }
}

/// Points as path data in relative steps of whole tenths, so that errors do not add up.
pub(crate) fn path(points: &[(f64, f64)], close: bool) -> String {
    let round = |v: f64| (v.clamp(-1e7, 1e7) * 10.0).round() as i64;
    let mut out = String::new();
    let mut at = None;
    for &(x, y) in points {
        let (x, y) = (round(x), round(y));
        match at {
            None => {
                let _ = write!(out, "M{} {}", compact(x), compact(y));
                if points.len() > 1 {
                    out.push('l');
                }
            }
            Some((px, py)) => {
                if (px, py) == (x, y) && points.len() > 2 {
                    continue;
                }
                if !out.ends_with('l') && x >= px {
                    out.push(' ');
                }
                out.push_str(&compact(x - px));
                if y >= py {
                    out.push(' ');
                }
                out.push_str(&compact(y - py));
            }
        }
        at = Some((x, y));
    }
    if out.ends_with('l') {
        out.push_str("0 0");
    }
    if close && !out.is_empty() {
        out.push('z');
    }
    out
}

/// Text as XML content or attribute value: markup escaped; control characters, which XML does
/// not admit, and those that reorder text left out.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No template engine downstream takes braces up.
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A text reduced to what an id may hold.
pub(crate) fn identifier(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
                c
            } else {
                '-'
            }
        })
        .collect()
}

/// How much wider bold text is.
pub(crate) const BOLD: f64 = 1.12;

/// The width of a text at [`FONT`], estimated on the wide side of usual sans-serif faces.
pub(crate) fn width(text: &str) -> f64 {
    text.chars().map(advance).sum::<f64>() * FONT
}

fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' | '’' | 'I' => 0.32,
        ' ' | '\u{a0}' | '\u{202f}' => 0.32,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 0.41,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' => 0.95,
        'A'..='Z' => 0.71,
        '0'..='9' => 0.64,
        c if c.is_ascii() => 0.61,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => 0.0,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{ffff}' | '\u{1f000}'.. => 1.05,
        c if c.is_uppercase() => 0.78,
        _ => 0.65,
    }
}

/// A text cut to a width, with an ellipsis where something is missing.
pub(crate) fn fit(text: &str, room: f64) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if width(&text) <= room {
        return text;
    }
    let room = room - width("…");
    let mut used = 0.0;
    let cut: String = text
        .chars()
        .take_while(|c| {
            used += advance(*c) * FONT;
            used <= room
        })
        .collect();
    format!("{}…", cut.trim_end())
}

/// A text in lines of a width, at most so many; the last is cut when there is more.
pub(crate) fn wrap(text: &str, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + width(" ") + width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(fit(&format!("{rest}…"), room));
    }
    lines.iter().map(|l| fit(l, room)).collect()
}
