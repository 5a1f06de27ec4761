//! From the sphere to the plane: Lambert's azimuthal equal-area projection, and clipping.
//!
//! Formulas: J. P. Snyder, Map Projections: A Working Manual (1987), chapter 24. Centred near the
//! middle of two places, it has both well within its horizon for every pair, and knows no edge at
//! the date line: the only point it cannot show is the one opposite to its centre.

/// Longitude and latitude in degrees.
pub(crate) type Degrees = (f64, f64);
/// A point of the plane; in units of the globe's radius before it is scaled.
pub(crate) type Point = (f64, f64);

type Vector = [f64; 3];

fn vector((longitude, latitude): Degrees) -> Vector {
    let (l, p) = (longitude.to_radians(), latitude.to_radians());
    [p.cos() * l.cos(), p.cos() * l.sin(), p.sin()]
}

fn degrees([x, y, z]: Vector) -> Degrees {
    (y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees())
}

/// The middle of places on the sphere; a point 90 degrees away from both of two opposite places;
/// `None` of no place.
pub(crate) fn middle(places: &[Degrees]) -> Option<Degrees> {
    let first = places.first()?;
    let mut sum = [0.0; 3];
    for v in places.iter().map(|p| vector(*p)) {
        for i in 0..3 {
            sum[i] += v[i];
        }
    }
    if sum.iter().map(|x| x * x).sum::<f64>() < 1e-6 {
        return Some((first.0 + 90.0, 0.0));
    }
    Some(degrees(sum))
}

/// The angle between two places in degrees, 0 to 180.
pub(crate) fn angle(a: Degrees, b: Degrees) -> f64 {
    let (a, b) = (vector(a), vector(b));
    let cross = [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ];
    let dot: f64 = a.iter().zip(b).map(|(x, y)| x * y).sum();
    cross
        .iter()
        .map(|x| x * x)
        .sum::<f64>()
        .sqrt()
        .atan2(dot)
        .to_degrees()
}

/// Places on the shortest way from one to another, both included. Between opposite places every
/// way is the shortest; the one by the [`middle`] is taken.
pub(crate) fn way(a: Degrees, b: Degrees) -> Vec<Degrees> {
    let (from, to) = (vector(a), vector(b));
    let turn = angle(a, b).to_radians();
    if turn > 3.1 {
        let m = middle(&[a, b]).unwrap_or(a);
        let mut half = straight(from, vector(m), angle(a, m).to_radians());
        half.extend(
            straight(vector(m), to, angle(m, b).to_radians())
                .into_iter()
                .skip(1),
        );
        return half;
    }
    straight(from, to, turn)
}

fn straight(from: Vector, to: Vector, turn: f64) -> Vec<Degrees> {
    if turn < 1e-9 {
        return vec![degrees(from), degrees(to)];
    }
    let steps = 48;
    (0..=steps)
        .map(|i| {
            let f = f64::from(i) / f64::from(steps);
            let (s, t) = ((turn * (1.0 - f)).sin(), (turn * f).sin());
            degrees([0, 1, 2].map(|k| (s * from[k] + t * to[k]) / turn.sin()))
        })
        .collect()
}

/// The centre of a view of places: their middle, drawn towards the equator when they are far
/// apart, so that north stays up and no country stands on its head; never so far that one of
/// them comes near the view's horizon.
pub(crate) fn centre(places: &[Degrees]) -> Option<Degrees> {
    let m = middle(places)?;
    let reach = places.iter().map(|p| angle(*p, m)).fold(0.0, f64::max);
    let limit = (75.0 - 1.2 * reach).max(25.0);
    let shift = (m.1.abs() - limit).clamp(0.0, (115.0 - reach).max(0.0));
    Some((m.0, m.1 - shift * m.1.signum()))
}

/// Whether a place can be on a map at all.
pub(crate) fn valid((longitude, latitude): Degrees) -> bool {
    longitude.abs() <= 360.0 && latitude.abs() <= 90.0
}

/// Radius, on the map, of the circle of places so many degrees from the centre.
pub(crate) fn radius(angle: f64) -> f64 {
    2.0 * (angle.to_radians() / 2.0).sin()
}

/// The projection around a centre.
pub(crate) struct Projection {
    centre: Degrees,
    sin: f64,
    cos: f64,
}

impl Projection {
    pub(crate) fn around(centre: Degrees) -> Self {
        let (sin, cos) = centre.1.to_radians().sin_cos();
        Self { centre, sin, cos }
    }

    /// A place on the plane, y downwards, in units of the globe's radius.
    pub(crate) fn point(&self, (longitude, latitude): Degrees) -> Point {
        let (sl, cl) = (longitude - self.centre.0).to_radians().sin_cos();
        let (sp, cp) = latitude.to_radians().sin_cos();
        let cosine = self.sin * sp + self.cos * cp * cl;
        let k = (2.0 / (1.0 + cosine).max(1e-9)).sqrt();
        (k * cp * sl, -k * (self.cos * sp - self.sin * cp * cl))
    }

    /// The place that the projection cannot show.
    fn opposite(&self) -> Degrees {
        let l = self.centre.0 + 180.0;
        (if l > 180.0 { l - 360.0 } else { l }, -self.centre.1)
    }

    /// A ring on the plane, with points added where an edge would not be straight.
    pub(crate) fn ring(&self, ring: &[Degrees]) -> Vec<Point> {
        let mut out = Vec::with_capacity(ring.len() + 8);
        for (i, p) in ring.iter().enumerate() {
            let q = ring[(i + 1) % ring.len()];
            let at = self.point(*p);
            out.push(at);
            self.between((*p, at), (q, self.point(q)), 10, &mut out);
        }
        out
    }

    fn between(&self, p: (Degrees, Point), q: (Degrees, Point), depth: u8, out: &mut Vec<Point>) {
        let turn = (p.0.0 - q.0.0).abs() + (p.0.1 - q.0.1).abs();
        let step = (p.1.0 - q.1.0).hypot(p.1.1 - q.1.1);
        if depth == 0 || (turn <= 4.0 && step <= 0.2) {
            return;
        }
        let half = (f64::midpoint(p.0.0, q.0.0), f64::midpoint(p.0.1, q.0.1));
        let middle = (half, self.point(half));
        self.between(p, middle, depth - 1, out);
        out.push(middle.1);
        self.between(middle, q, depth - 1, out);
    }

    /// Whether a polygon holds the place that cannot be shown, so that on the plane it lies
    /// outside its own outline.
    pub(crate) fn inverts(&self, rings: &[Vec<Degrees>]) -> bool {
        let (x, y) = self.opposite();
        let mut inside = false;
        for ring in rings {
            for (i, a) in ring.iter().enumerate() {
                let b = ring[(i + 1) % ring.len()];
                if (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0 {
                    inside = !inside;
                }
            }
        }
        inside
    }
}

/// A ring cut to a convex window whose corners run clockwise on the page (Sutherland and Hodgman,
/// 1974). Parts that fall apart stay joined along the window's edge.
pub(crate) fn clip(ring: Vec<Point>, window: &[Point]) -> Vec<Point> {
    let mut ring = ring;
    for (i, a) in window.iter().enumerate() {
        let b = window[(i + 1) % window.len()];
        let side = |p: Point| (b.0 - a.0) * (p.1 - a.1) - (b.1 - a.1) * (p.0 - a.0);
        let mut out = Vec::with_capacity(ring.len());
        for (j, p) in ring.iter().enumerate() {
            let q = ring[(j + 1) % ring.len()];
            let (s, t) = (side(*p), side(q));
            if s >= 0.0 {
                out.push(*p);
            }
            if (s >= 0.0) != (t >= 0.0) {
                let f = s / (s - t);
                out.push((p.0 + f * (q.0 - p.0), p.1 + f * (q.1 - p.1)));
            }
        }
        ring = out;
        if ring.is_empty() {
            break;
        }
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64, by: f64) -> bool {
        (a - b).abs() <= by
    }

    #[test]
    fn places_keep_their_distance_from_the_centre() {
        // The middle of Ljubljana and Astana is as far from the one as from the other.
        let (lju, ast) = ((14.51, 46.06), (71.43, 51.13));
        let m = middle(&[lju, ast]).unwrap_or_default();
        assert!(near(angle(lju, m), angle(ast, m), 1e-9));
        let p = Projection::around(m);
        let (a, b) = (p.point(lju), p.point(ast));
        assert!(near(a.0.hypot(a.1), radius(angle(lju, m)), 1e-9));
        // Both ends lie on one straight line through the centre.
        assert!(near(a.0 * b.1 - a.1 * b.0, 0.0, 1e-9));
    }

    #[test]
    fn the_date_line_is_no_edge() {
        let (fiji, hawaii) = ((178.4, -18.1), (-157.9, 21.3));
        let m = middle(&[fiji, hawaii]).unwrap_or_default();
        assert!(m.0.abs() > 160.0, "{m:?}");
        assert!(angle(fiji, m) < 30.0);
    }

    #[test]
    fn opposite_places_have_a_middle() {
        let m = middle(&[(10.0, 40.0), (-170.0, -40.0)]).unwrap_or_default();
        assert!(near(angle(m, (10.0, 40.0)), 90.0, 1e-6));
    }

    #[test]
    fn a_square_over_the_corner_is_cut() {
        let window = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];
        let cut = clip(
            vec![(5.0, 5.0), (15.0, 5.0), (15.0, 15.0), (5.0, 15.0)],
            &window,
        );
        let area: f64 = (0..cut.len())
            .map(|i| {
                let (p, q) = (cut[i], cut[(i + 1) % cut.len()]);
                (p.0 * q.1 - q.0 * p.1) / 2.0
            })
            .sum();
        assert!(near(area.abs(), 25.0, 1e-9), "{cut:?}");
        assert!(clip(vec![(20.0, 0.0), (30.0, 0.0), (30.0, 9.0)], &window).is_empty());
    }
}
