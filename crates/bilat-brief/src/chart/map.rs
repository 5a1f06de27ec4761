//! The two countries, their capitals and missions, and the shortest line between them.

use super::sphere::{Degrees, Point, Projection, angle, centre, clip, radius, valid, way};
use super::svg::{Anchor, BOLD, Canvas, FONT, Paint, Pen, WIDTH, fit, path, width};
use super::{Map, Ring};

/// Farther than this from the centre nothing is shown, degrees: shapes would be unrecognisable.
const HORIZON: f64 = 125.0;
/// A country's outline widens the view up to this distance from the centre, degrees, however
/// near the capitals are.
const NEAR: f64 = 15.0;
/// The least that a view is high and wide, degrees.
const LEAST: f64 = 9.0;
/// Outlines smaller than this get a ring around their capital, units of the drawing.
const SMALL: f64 = 9.0;

type Polygon = Vec<Vec<Degrees>>;

/// The drawing; `None` when there is neither a line nor a place nor a country.
pub(crate) fn draw(map: &Map, pen: &Pen) -> Option<Canvas> {
    let line = map.line.filter(|(a, b)| valid(*a) && valid(*b));
    let places: Vec<_> = map.places.iter().filter(|p| valid(p.at)).collect();
    let countries: Vec<(usize, Polygon)> = map
        .countries
        .iter()
        .map(|(side, rings)| (*side, clean(rings)))
        .collect();
    let mut anchors: Vec<Degrees> = line.map_or_else(Vec::new, |(a, b)| vec![a, b]);
    if anchors.is_empty() {
        anchors = places.iter().filter(|p| p.capital).map(|p| p.at).collect();
    }
    if anchors.is_empty() {
        anchors = places.iter().map(|p| p.at).collect();
    }
    if anchors.is_empty() {
        anchors = countries
            .iter()
            .flat_map(|c| c.1.iter().flatten().copied())
            .collect();
    }
    let centre = centre(&anchors)?;
    let way = line.map_or_else(Vec::new, |(a, b)| way(a, b));
    anchors.extend(places.iter().map(|p| p.at));
    anchors.extend(&way);
    let view = View::of(centre, &anchors, &countries);

    let mut canvas = pen.canvas(view.height);
    canvas.area(&path(&view.window, true), Paint::Water, Paint::Water, false);
    let ground: Vec<Polygon> = map.ground.iter().map(|p| clean(p)).collect();
    view.ground(&mut canvas, &ground);
    for (side, rings) in &countries {
        let paint = Paint::Series(side % 2);
        canvas.area(&view.shape(rings), paint, edge_of(rings, paint), true);
    }
    let mut labels = Labels::new(view.height);
    view.line(&mut canvas, &mut labels, &way, &map.line_label);
    view.places(&mut canvas, &mut labels, &places, &countries);
    labels.write(&mut canvas);
    Some(canvas)
}

/// Rings with at least three valid points.
fn clean(rings: &[Ring]) -> Polygon {
    let wide = |r: &Ring| -> Vec<Degrees> {
        let all = r.iter().map(|(l, p)| (f64::from(*l), f64::from(*p)));
        all.filter(|p| valid(*p)).collect()
    };
    rings.iter().map(wide).filter(|r| r.len() > 2).collect()
}

/// The edge of a shape: none to be seen where the source cuts a country at the date line.
fn edge_of(rings: &Polygon, fill: Paint) -> Paint {
    if rings.iter().flatten().any(|p| p.0.abs() > 179.99) {
        fill
    } else {
        Paint::Border
    }
}

/// The stretch of the world that is shown.
struct View {
    projection: Projection,
    centre: Degrees,
    /// From the projection's units to the drawing's.
    scale: f64,
    shift: Point,
    height: f64,
    /// The visible part of the plane: the drawing's rectangle, cut by the horizon.
    window: Vec<Point>,
}

impl View {
    /// Everything that matters with a margin: the anchors, and as much of the two countries as is
    /// near enough.
    fn of(centre: Degrees, anchors: &[Degrees], countries: &[(usize, Polygon)]) -> Self {
        let projection = Projection::around(centre);
        let reach = anchors
            .iter()
            .map(|a| angle(*a, centre))
            .filter(|a| *a < HORIZON)
            .fold(0.0, f64::max);
        let reach = (reach * 1.6).clamp(NEAR, 90.0);
        let outlines = countries.iter().flat_map(|c| c.1.iter().flatten());
        let outlines = outlines.filter(|p| angle(**p, centre) < reach);
        let far = |p: &&Degrees| angle(**p, centre) < HORIZON;
        let (mut low, mut high) = ((f64::MAX, f64::MAX), (f64::MIN, f64::MIN));
        for p in anchors.iter().filter(far).chain(outlines) {
            let (x, y) = projection.point(*p);
            low = (low.0.min(x), low.1.min(y));
            high = (high.0.max(x), high.1.max(y));
        }
        if low.0 > high.0 {
            (low, high) = ((0.0, 0.0), (0.0, 0.0));
        }
        let least = radius(LEAST);
        let mut size = ((high.0 - low.0) * 1.12, (high.1 - low.1) * 1.12);
        size = (size.0.max(least), size.1.max(least / 1.4));
        let height = WIDTH / (size.0 / size.1).clamp(1.1, 1.9);
        let scale = ((WIDTH - 24.0) / size.0).min((height - 24.0) / size.1);
        let shift = (
            WIDTH / 2.0 - f64::midpoint(low.0, high.0) * scale,
            height / 2.0 - f64::midpoint(low.1, high.1) * scale,
        );
        let mut view = Self {
            projection,
            centre,
            scale,
            shift,
            height,
            window: Vec::new(),
        };
        let horizon = radius(HORIZON) * scale;
        let circle = (0..90).map(|i| {
            let (s, c) = (f64::from(i) * 4.0).to_radians().sin_cos();
            (shift.0 + horizon * c, shift.1 + horizon * s)
        });
        let (w, h) = (WIDTH + 2.0, height + 2.0);
        let sheet = [(-2.0, -2.0), (w, -2.0), (w, h), (-2.0, h)];
        view.window = clip(circle.collect(), &sheet);
        view
    }

    fn put(&self, (x, y): Point) -> Point {
        (x * self.scale + self.shift.0, y * self.scale + self.shift.1)
    }

    fn point(&self, at: Degrees) -> Point {
        self.put(self.projection.point(at))
    }

    /// A polygon as path data, cut to the window; empty when nothing of it can be seen.
    fn shape(&self, rings: &Polygon) -> String {
        let mut out = String::new();
        if self.projection.inverts(rings) {
            out.push_str(&path(&self.window, true));
        }
        for ring in rings {
            let plane = self.projection.ring(ring).into_iter().map(|p| self.put(p));
            let cut = simple(clip(plane.collect(), &self.window));
            if cut.len() > 2 && extent(&cut) > 2.0 {
                out.push_str(&path(&cut, true));
            }
        }
        out
    }

    fn ground(&self, canvas: &mut Canvas, polygons: &[Polygon]) {
        // One path for all is the smallest; those that need a rule or an edge of their own
        // come first.
        let mut common = String::new();
        for rings in polygons {
            let shape = self.shape(rings);
            let edge = edge_of(rings, Paint::Land);
            if edge == Paint::Land || self.projection.inverts(rings) {
                canvas.area(&shape, Paint::Land, edge, true);
            } else {
                common.push_str(&shape);
            }
        }
        canvas.area(&common, Paint::Land, Paint::Border, false);
    }

    fn line(&self, canvas: &mut Canvas, labels: &mut Labels, way: &[Degrees], text: &str) {
        let line: Vec<Point> = way.iter().map(|p| self.point(*p)).collect();
        let drawn = simple(line.clone());
        canvas.polyline(&drawn, Paint::Paper, 4.0, None);
        canvas.polyline(&drawn, Paint::Ink, 1.8, Some("1 4.5"));
        for p in &line {
            labels.taken.push(Rect::around(*p, 2.5, 2.5));
        }
        if extent(&line) > 8.0 {
            labels.line = Some((line, fit(text, WIDTH * 0.6)));
        }
    }

    fn places(
        &self,
        canvas: &mut Canvas,
        labels: &mut Labels,
        places: &[&super::Place],
        countries: &[(usize, Polygon)],
    ) {
        let seen = |p: &&&super::Place| angle(p.at, self.centre) < HORIZON;
        let capitals: Vec<_> = places.iter().filter(seen).filter(|p| p.capital).collect();
        let missions: Vec<_> = places.iter().filter(seen).filter(|p| !p.capital).collect();
        for p in &capitals {
            let (at, paint) = (self.point(p.at), Paint::Series(p.side % 2));
            let own = countries
                .iter()
                .filter(|c| c.0 == p.side)
                .flat_map(|c| &c.1);
            let size = own.map(|r| {
                let points: Vec<_> = r.iter().map(|q| self.point(*q)).collect();
                extent(&points)
            });
            if size.fold(0.0, f64::max) < SMALL {
                canvas.ring(at, 10.0, paint);
                labels.taken.push(Rect::around(at, 11.0, 11.0));
            }
            canvas.disc(at, 4.5, paint, Paint::Paper);
            labels.taken.push(Rect::around(at, 5.5, 5.5));
        }
        for p in &missions {
            let (at, paint) = (self.point(p.at), Paint::Series(p.side % 2));
            let on = |c: &&&&super::Place| {
                let q = self.point(c.at);
                (q.0 - at.0).hypot(q.1 - at.1) < 8.0
            };
            // A mission in a capital frames the capital's disc.
            let half = if capitals.iter().any(|c| on(&c)) {
                7.5
            } else {
                4.5
            };
            let square = (at.0 - half, at.1 - half, 2.0 * half, 2.0 * half);
            if half > 5.0 {
                canvas.frame(square, paint);
            } else {
                canvas.rect(square, paint, Some(Paint::Paper));
            }
            labels.taken.push(Rect::around(at, half + 1.0, half + 1.0));
        }
        for p in capitals {
            labels.wish(&p.label, self.point(p.at), p.side, true);
        }
        for p in missions {
            labels.wish(&p.label, self.point(p.at), p.side, false);
        }
    }
}

/// A path without the points that nobody would miss: those nearer than a pixel to the one before,
/// or to the line between their neighbours.
fn simple(path: Vec<Point>) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(path.len());
    for (i, p) in path.iter().enumerate() {
        let (Some(a), Some(b)) = (out.last(), path.get(i + 1)) else {
            out.push(*p);
            continue;
        };
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let off = (dx * (p.1 - a.1) - dy * (p.0 - a.0)).abs() / dx.hypot(dy).max(1e-9);
        let near = (p.0 - a.0).hypot(p.1 - a.1) < 0.9;
        let before = (p.0 - a.0) * dx + (p.1 - a.1) * dy < 0.0;
        if !near && (off > 0.4 || before) {
            out.push(*p);
        }
    }
    out
}

/// The larger of width and height.
fn extent(points: &[Point]) -> f64 {
    let span = |of: fn(&Point) -> f64| {
        let high = points.iter().map(of).fold(f64::MIN, f64::max);
        high - points.iter().map(of).fold(f64::MAX, f64::min)
    };
    span(|p| p.0).max(span(|p| p.1))
}

/// A rectangle on the page: left, top, right, bottom.
#[derive(Clone, Copy)]
struct Rect([f64; 4]);

impl Rect {
    fn around((x, y): Point, w: f64, h: f64) -> Self {
        Self([x - w, y - h, x + w, y + h])
    }

    fn meets(&self, other: &Self) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        a < g && e < c && b < h && f < d
    }
}

/// A name that wants to stand near a point.
struct Wish {
    text: String,
    at: Point,
    side: usize,
    capital: bool,
}

/// Names on the map, placed one after another where nothing is yet.
struct Labels {
    height: f64,
    taken: Vec<Rect>,
    wishes: Vec<Wish>,
    /// The line from end to end, and its label.
    line: Option<(Vec<Point>, String)>,
}

impl Labels {
    fn new(height: f64) -> Self {
        Self {
            height,
            taken: Vec::new(),
            wishes: Vec::new(),
            line: None,
        }
    }

    fn wish(&mut self, text: &str, at: Point, side: usize, capital: bool) {
        let text = fit(text, WIDTH * 0.45);
        // A mission in a city that is already named there needs no second name.
        let named = |w: &Wish| w.text == text && (w.at.0 - at.0).hypot(w.at.1 - at.1) < 12.0;
        if !text.is_empty() && !self.wishes.iter().any(named) {
            self.wishes.push(Wish {
                text,
                at,
                side,
                capital,
            });
        }
    }

    fn free(&self, r: &Rect) -> bool {
        let [a, b, c, d] = r.0;
        a >= 2.0
            && b >= 2.0
            && c <= WIDTH - 2.0
            && d <= self.height - 2.0
            && !self.taken.iter().any(|t| t.meets(r))
    }

    /// The nearest free place around a point: distance after distance, right and left first.
    /// Gives the text's left end on its baseline.
    fn find(&self, text: &str, at: Point) -> Option<(Point, Rect, f64)> {
        const ROUND: [(f64, f64); 8] = [
            (1.0, 0.0),
            (-1.0, 0.0),
            (0.0, -1.0),
            (0.0, 1.0),
            (1.0, -1.0),
            (-1.0, -1.0),
            (1.0, 1.0),
            (-1.0, 1.0),
        ];
        let (w, h) = (width(text) * BOLD / 2.0, FONT / 2.0);
        for gap in [9.0, 14.0, 22.0, 34.0, 50.0, 70.0, 95.0] {
            for (dx, dy) in ROUND {
                let middle = (at.0 + dx * (w + gap), at.1 + dy * (h + gap * 0.8));
                let rect = Rect::around(middle, w + 1.0, h + 1.0);
                if self.free(&rect) {
                    return Some(((middle.0 - w, middle.1 + FONT * 0.35), rect, gap));
                }
            }
        }
        None
    }

    fn write(mut self, canvas: &mut Canvas) {
        // Capitals first, then the line, then missions: who comes late may have to go without.
        let wishes = std::mem::take(&mut self.wishes);
        let (capitals, missions): (Vec<_>, Vec<_>) = wishes.into_iter().partition(|w| w.capital);
        self.names(canvas, &capitals);
        self.distance(canvas);
        self.names(canvas, &missions);
    }

    fn names(&mut self, canvas: &mut Canvas, wishes: &[Wish]) {
        for w in wishes {
            let Some((at, rect, gap)) = self.find(&w.text, w.at) else {
                continue;
            };
            if gap > 20.0 {
                let [a, b, c, d] = rect.0;
                let to = (w.at.0.clamp(a, c), w.at.1.clamp(b, d));
                canvas.polyline(&[w.at, to], Paint::Muted, 0.8, None);
            }
            self.taken.push(rect);
            let paint = if w.capital {
                Paint::Ink
            } else {
                Paint::Series(w.side % 2)
            };
            canvas.haloed(at, Anchor::Start, paint, &w.text);
        }
    }

    fn distance(&mut self, canvas: &mut Canvas) {
        let Some((line, text)) = self.line.take() else {
            return;
        };
        let (w, h) = (width(&text) * BOLD / 2.0, FONT / 2.0);
        for f in [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74] {
            let i = ((line.len() - 1) as f64 * f) as usize;
            let (Some(p), Some(q)) = (line.get(i), line.get(i + 1)) else {
                continue;
            };
            let length = (q.0 - p.0).hypot(q.1 - p.1).max(1e-6);
            let normal = ((q.1 - p.1) / length, -(q.0 - p.0) / length);
            for (side, gap) in [(1.0, 5.0), (-1.0, 5.0), (1.0, 16.0), (-1.0, 16.0)] {
                // As far as the box needs to clear the line, whatever the line's slope.
                let away = side * (normal.0.abs() * w + normal.1.abs() * h + gap);
                let middle = (p.0 + normal.0 * away, p.1 + normal.1 * away);
                let rect = Rect::around(middle, w + 1.0, h + 1.0);
                if self.free(&rect) {
                    self.taken.push(rect);
                    let at = (middle.0 - w, middle.1 + FONT * 0.35);
                    canvas.haloed(at, Anchor::Start, Paint::Ink, &text);
                    return;
                }
            }
        }
    }
}
