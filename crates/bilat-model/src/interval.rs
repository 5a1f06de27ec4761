//! What a printed number allows.
//!
//! A number in print is rounded: "5.7 million" may stand for anything from 5.65 million up to,
//! but not including, 5.75 million. An [`Interval`] holds what is allowed, and arithmetic on
//! intervals carries it through sums, differences, products and quotients.
//!
//! Every operation is sound: whatever numbers the operands allow, their result is in the
//! result. Where a decimal runs out of its 28 digits the end moves outward by one unit in the
//! last place; where it runs out of range the end becomes unbounded, or stays at the largest
//! decimal if that is the tighter truth. Nothing panics.
//!
//! | qualifier | "94 million" allows | rule |
//! |---|---|---|
//! | [`Exact`](Qualifier::Exact) | `[93500000, 94500000)` | half a unit of the last printed digit, halves rounded away from zero |
//! | [`About`](Qualifier::About) | `[89300000, 98700000]` | 5 % of the value, or the rounding where that is wider |
//! | [`Over`](Qualifier::Over) | `(94000000, ∞)` | more than the printed value |
//! | [`Under`](Qualifier::Under) | `(-∞, 94000000)` | less than the printed value |
//! | [`UpTo`](Qualifier::UpTo) | `(-∞, 94000000]` | the printed value at most |
//!
//! "Under" and "up to" have no lower end here; whoever knows that a quantity is never negative
//! intersects with [`Interval::NOT_NEGATIVE`].

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::evidence::Qualifier;

/// How far "about" reaches, in per cent of the value to either side.
///
/// Writers call a number round when it is off by a few per cent; 5 is what this project allows
/// before it calls them wrong.
pub const ABOUT_PERCENT: i64 = 5;

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// No limit on this side.
    Unbounded,
    /// The limit itself is left out.
    Open(Decimal),
    /// The limit itself belongs to the interval.
    Closed(Decimal),
}

impl Bound {
    /// The limit, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<Decimal> {
        match self {
            Self::Unbounded => None,
            Self::Open(v) | Self::Closed(v) => Some(*v),
        }
    }

    fn normal(self) -> Self {
        match self {
            Self::Unbounded => Self::Unbounded,
            Self::Open(v) => Self::Open(v.normalize()),
            Self::Closed(v) => Self::Closed(v.normalize()),
        }
    }
}

/// The decimals between two ends.
///
/// Two intervals that allow the same numbers are equal: there is one empty interval, and ends
/// are kept without trailing zeros.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    low: Bound,
    high: Bound,
}

/// The text is no printed number or no interval.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadInterval {
    /// Not digits as print has them.
    #[error("“{0}” is not a printed number such as 94, -5.7 or 1,250.30")]
    Number(String),
    /// More digits than a decimal holds.
    #[error("“{0}” is outside the range of exact decimals")]
    Range(String),
    /// Not an interval as [`Interval`] prints it.
    #[error("“{0}” is not an interval such as [5.65, 5.75), (94, ∞) or ∅")]
    Syntax(String),
}

impl Interval {
    /// All numbers.
    pub const ALL: Self = Self {
        low: Bound::Unbounded,
        high: Bound::Unbounded,
    };

    /// No number: what contradictory figures leave.
    pub const EMPTY: Self = Self {
        low: Bound::Open(Decimal::ZERO),
        high: Bound::Open(Decimal::ZERO),
    };

    /// Zero and more: counts, stocks, trade.
    pub const NOT_NEGATIVE: Self = Self {
        low: Bound::Closed(Decimal::ZERO),
        high: Bound::Unbounded,
    };

    /// Between two ends; [`EMPTY`](Self::EMPTY) when no number lies between them.
    #[must_use]
    pub fn new(low: Bound, high: Bound) -> Self {
        let empty = match (low, high) {
            (Bound::Closed(l), Bound::Closed(h)) => l > h,
            (Bound::Unbounded, _) | (_, Bound::Unbounded) => false,
            (Bound::Open(l) | Bound::Closed(l), Bound::Open(h) | Bound::Closed(h)) => l >= h,
        };
        if empty {
            return Self::EMPTY;
        }
        Self {
            low: low.normal(),
            high: high.normal(),
        }
    }

    /// One number alone.
    #[must_use]
    pub fn exactly(value: Decimal) -> Self {
        Self::new(Bound::Closed(value), Bound::Closed(value))
    }

    /// From one number to another, both included.
    #[must_use]
    pub fn closed(low: Decimal, high: Decimal) -> Self {
        Self::new(Bound::Closed(low), Bound::Closed(high))
    }

    /// What a printed number allows.
    ///
    /// `digits` is the number as it stands in print: a sign, digits, a decimal point; groups of
    /// three may be set apart by a comma, a space or an apostrophe. Trailing zeros count as
    /// printed: "5.70" is ten times as narrow as "5.7". `scale` is what the number is told in:
    /// one million for "5.7 million". `qualifier` is how it is hedged.
    ///
    /// ```
    /// use bilat_model::{Decimal, evidence::Qualifier, interval::Interval};
    /// let million = Decimal::from(1_000_000);
    /// let i = Interval::printed("5.7", million, Qualifier::Exact).unwrap();
    /// assert_eq!(i.to_string(), "[5650000, 5750000)");
    /// assert!(!i.contains(Decimal::from(5_750_000)));
    /// let i = Interval::printed("94", Decimal::ONE, Qualifier::Over).unwrap();
    /// assert_eq!(i.to_string(), "(94, ∞)");
    /// ```
    ///
    /// # Errors
    /// [`BadInterval`] when `digits` is no number, or one with more digits than a decimal holds.
    pub fn printed(
        digits: &str,
        scale: Decimal,
        qualifier: Qualifier,
    ) -> Result<Self, BadInterval> {
        let range = || BadInterval::Range(digits.to_owned());
        let plain = plain_digits(digits).ok_or_else(|| BadInterval::Number(digits.to_owned()))?;
        let printed = Decimal::from_str_exact(&plain).map_err(|_| range())?;
        let value = printed.checked_mul(scale).ok_or_else(range)?;
        // Half a unit of the last printed digit: 0.05 for one digit after the point.
        let half_unit = Decimal::try_new(5, printed.scale() + 1).map_err(|_| range())?;
        let half = half_unit
            .checked_mul(scale)
            .map(|h| h.abs())
            .ok_or_else(range)?;
        Ok(match qualifier {
            Qualifier::Exact => {
                let (low, high) = around(value, half).ok_or_else(range)?;
                match value.cmp(&Decimal::ZERO) {
                    Ordering::Greater => Self::new(Bound::Closed(low), Bound::Open(high)),
                    Ordering::Less => Self::new(Bound::Open(low), Bound::Closed(high)),
                    Ordering::Equal => Self::new(Bound::Open(low), Bound::Open(high)),
                }
            }
            Qualifier::About => {
                let reach = value
                    .abs()
                    .checked_mul(Decimal::new(ABOUT_PERCENT, 2))
                    .ok_or_else(range)?;
                let (low, high) = around(value, reach.max(half)).ok_or_else(range)?;
                Self::closed(low, high)
            }
            Qualifier::Over => Self::new(Bound::Open(value), Bound::Unbounded),
            Qualifier::Under => Self::new(Bound::Unbounded, Bound::Open(value)),
            Qualifier::UpTo => Self::new(Bound::Unbounded, Bound::Closed(value)),
        })
    }

    /// The lower end.
    #[must_use]
    pub fn low(&self) -> Bound {
        self.low
    }

    /// The upper end.
    #[must_use]
    pub fn high(&self) -> Bound {
        self.high
    }

    /// Whether no number is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::EMPTY
    }

    /// Whether a number is allowed.
    #[must_use]
    pub fn contains(&self, value: Decimal) -> bool {
        let above = match self.low {
            Bound::Unbounded => true,
            Bound::Open(l) => value > l,
            Bound::Closed(l) => value >= l,
        };
        let below = match self.high {
            Bound::Unbounded => true,
            Bound::Open(h) => value < h,
            Bound::Closed(h) => value <= h,
        };
        above && below
    }

    /// The numbers that both allow.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return Self::EMPTY;
        }
        let low = inner(self.low, other.low, Ordering::Greater);
        let high = inner(self.high, other.high, Ordering::Less);
        Self::new(low, high)
    }

    /// The smallest interval that holds both.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        if self.is_empty() {
            return *other;
        }
        if other.is_empty() {
            return *self;
        }
        let low = outer(self.low, other.low, Ordering::Less);
        let high = outer(self.high, other.high, Ordering::Greater);
        Self::new(low, high)
    }

    /// All sums of a number from each.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return Self::EMPTY;
        }
        let ((a, b), (c, d)) = (self.ends(), other.ends());
        Self::from_ends(a.plus(c, Round::Down), b.plus(d, Round::Up))
    }

    /// The numbers with their signs changed.
    #[must_use]
    pub fn neg(&self) -> Self {
        let turn = |b: Bound| match b {
            Bound::Unbounded => Bound::Unbounded,
            Bound::Open(v) => Bound::Open(-v),
            Bound::Closed(v) => Bound::Closed(-v),
        };
        Self::new(turn(self.high), turn(self.low))
    }

    /// All differences of a number from this and one from `other`.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        self.add(&other.neg())
    }

    /// All products of a number from each.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return Self::EMPTY;
        }
        self.corners(other, End::times)
    }

    /// All quotients of a number from this by one from `other`; `None` when `other` allows zero.
    ///
    /// An end that comes near to zero without touching it, as in `(0, 5]`, is allowed and makes
    /// the quotient unbounded.
    #[must_use]
    pub fn div(&self, other: &Self) -> Option<Self> {
        if self.is_empty() || other.is_empty() {
            return Some(Self::EMPTY);
        }
        if other.contains(Decimal::ZERO) {
            return None;
        }
        // `other` lies wholly on one side of zero; from below, both operands change sign.
        if other.high.value().is_some_and(|h| h <= Decimal::ZERO) {
            return self.neg().div(&other.neg());
        }
        Some(self.corners(other, End::over_positive))
    }

    fn ends(&self) -> (End, End) {
        let end = |b: Bound, infinite: End| match b {
            Bound::Unbounded => infinite,
            Bound::Open(v) => End::At(v, false),
            Bound::Closed(v) => End::At(v, true),
        };
        (end(self.low, End::Below), end(self.high, End::Above))
    }

    fn from_ends(low: End, high: End) -> Self {
        let bound = |e: End| match e {
            End::Below | End::Above => Bound::Unbounded,
            End::At(v, true) => Bound::Closed(v),
            End::At(v, false) => Bound::Open(v),
        };
        Self::new(bound(low), bound(high))
    }

    /// The hull of an operation that is monotone in each operand: its extremes are at the
    /// corners.
    fn corners(&self, other: &Self, op: fn(End, End, Round) -> End) -> Self {
        let ((a, b), (c, d)) = (self.ends(), other.ends());
        let pick = |round: Round, want: Ordering| {
            [(a, d), (b, c), (b, d)]
                .into_iter()
                .fold(op(a, c, round), |best, (x, y)| {
                    let next = op(x, y, round);
                    match next.place(&best) {
                        // Of two corners at one place, the one that is reached decides.
                        Ordering::Equal => best.or_reached(next),
                        o if o == want => next,
                        _ => best,
                    }
                })
        };
        Self::from_ends(
            pick(Round::Down, Ordering::Less),
            pick(Round::Up, Ordering::Greater),
        )
    }
}

/// The digits of a printed number without grouping; `None` when it is none.
fn plain_digits(text: &str) -> Option<String> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = match rest.split_once('.') {
        Some((w, f)) => (w, Some(f)),
        None => (rest, None),
    };
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<_> = whole
        .split([',', ' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '’'])
        .collect();
    let grouped = groups.iter().all(|g| all_digits(g))
        && (groups.len() == 1 || groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3));
    if !grouped || fraction.is_some_and(|f| !all_digits(f)) {
        return None;
    }
    let whole = groups.concat();
    Some(match fraction {
        Some(f) => format!("{sign}{whole}.{f}"),
        None => format!("{sign}{whole}"),
    })
}

/// `value` less and plus `reach`, exactly; `None` when a decimal cannot hold them.
fn around(value: Decimal, reach: Decimal) -> Option<(Decimal, Decimal)> {
    let exact = |end: End| match end {
        End::At(v, true) => Some(v),
        _ => None,
    };
    let (v, r) = (End::At(value, true), reach);
    Some((
        exact(v.plus(End::At(-r, true), Round::Down))?,
        exact(v.plus(End::At(r, true), Round::Up))?,
    ))
}

/// Of two ends on one side the narrower; `want` says which way narrower lies.
fn inner(x: Bound, y: Bound, want: Ordering) -> Bound {
    match (x.value(), y.value()) {
        (None, _) => y,
        (_, None) => x,
        (Some(a), Some(b)) => match a.cmp(&b) {
            Ordering::Equal => match x {
                Bound::Open(_) => x,
                _ => y,
            },
            o if o == want => x,
            _ => y,
        },
    }
}

/// Of two ends on one side the wider.
fn outer(x: Bound, y: Bound, want: Ordering) -> Bound {
    match (x.value(), y.value()) {
        (None, _) | (_, None) => Bound::Unbounded,
        (Some(a), Some(b)) => match a.cmp(&b) {
            Ordering::Equal => match x {
                Bound::Closed(_) => x,
                _ => y,
            },
            o if o == want => x,
            _ => y,
        },
    }
}

/// Which way a result that a decimal cannot hold exactly is moved.
#[derive(Clone, Copy, PartialEq)]
enum Round {
    Down,
    Up,
}

/// An end as a point of the extended line; `true` where the point itself is reached.
#[derive(Clone, Copy)]
enum End {
    Below,
    At(Decimal, bool),
    Above,
}

impl End {
    fn place(&self, other: &Self) -> Ordering {
        let side = |e: &Self| match e {
            Self::Below => -1,
            Self::At(..) => 0,
            Self::Above => 1,
        };
        match (self, other) {
            (Self::At(a, _), Self::At(b, _)) => a.cmp(b),
            _ => side(self).cmp(&side(other)),
        }
    }

    fn or_reached(self, other: Self) -> Self {
        match self {
            Self::At(_, false) => other,
            _ => self,
        }
    }

    /// The sign: of the number, or of the infinity.
    fn sign(&self) -> Ordering {
        match self {
            Self::Below => Ordering::Less,
            Self::At(v, _) => v.cmp(&Decimal::ZERO),
            Self::Above => Ordering::Greater,
        }
    }

    fn infinite(sign: Ordering) -> Self {
        match sign {
            Ordering::Less => Self::Below,
            _ => Self::Above,
        }
    }

    /// A result of this sign whose size no decimal holds.
    fn beyond(sign: Ordering, round: Round) -> Self {
        match (sign, round) {
            (Ordering::Less, Round::Down) => Self::Below,
            (Ordering::Less, Round::Up) => Self::At(Decimal::MIN, false),
            (_, Round::Down) => Self::At(Decimal::MAX, false),
            (_, Round::Up) => Self::Above,
        }
    }

    /// A result that was rounded, moved outward by one unit in its last place.
    fn rounded(value: Decimal, round: Round) -> Self {
        // Twenty-eight digits after the point is the finest that there is; a value that
        // underflowed to zero tells no scale of its own.
        let places = if value.is_zero() { 28 } else { value.scale() };
        let moved = Decimal::try_new(1, places)
            .ok()
            .and_then(|unit| match round {
                Round::Down => value.checked_sub(unit),
                Round::Up => value.checked_add(unit),
            });
        match (moved, round) {
            (Some(v), _) => Self::At(v, false),
            (None, Round::Down) => Self::Below,
            (None, Round::Up) => Self::Above,
        }
    }

    fn plus(self, other: Self, round: Round) -> Self {
        let (Self::At(a, x), Self::At(b, y)) = (self, other) else {
            // Both are lower ends or both upper ends, so that infinities have one sign.
            return match (self, other) {
                (Self::Below, _) | (_, Self::Below) => Self::Below,
                _ => Self::Above,
            };
        };
        let (a, b) = (a.normalize(), b.normalize());
        match a.checked_add(b) {
            None => Self::beyond(a.cmp(&Decimal::ZERO), round),
            Some(sum) if sum.scale() < a.scale().max(b.scale()) => Self::rounded(sum, round),
            Some(sum) => Self::At(sum, x && y),
        }
    }

    fn times(self, other: Self, round: Round) -> Self {
        let zero = |e: Self| match e {
            Self::At(v, reached) if v.is_zero() => Some(reached),
            _ => None,
        };
        match (zero(self), zero(other)) {
            // A zero that is reached makes a zero with whatever stands opposite.
            (Some(x), Some(y)) => return Self::At(Decimal::ZERO, x || y),
            (Some(x), None) | (None, Some(x)) => return Self::At(Decimal::ZERO, x),
            (None, None) => {}
        }
        let sign = if self.sign() == other.sign() {
            Ordering::Greater
        } else {
            Ordering::Less
        };
        let (Self::At(a, x), Self::At(b, y)) = (self, other) else {
            return Self::infinite(sign);
        };
        let (a, b) = (a.normalize(), b.normalize());
        match a.checked_mul(b) {
            None => Self::beyond(sign, round),
            Some(product) if product.is_zero() || product.scale() != a.scale() + b.scale() => {
                Self::rounded(product, round)
            }
            Some(product) => Self::At(product, x && y),
        }
    }

    /// Divided by an end of an interval that lies above zero.
    fn over_positive(self, by: Self, round: Round) -> Self {
        if let Self::At(v, reached) = self
            && v.is_zero()
        {
            return Self::At(Decimal::ZERO, reached);
        }
        let (b, y) = match by {
            Self::At(b, y) => (b, y),
            _ => return Self::At(Decimal::ZERO, false),
        };
        let Self::At(a, x) = self else {
            return self;
        };
        if b.is_zero() {
            return Self::infinite(self.sign());
        }
        let (a, b) = (a.normalize(), b.normalize());
        match a.checked_div(b) {
            None => Self::beyond(self.sign(), round),
            Some(q) => {
                let q = q.normalize();
                let back = q.checked_mul(b);
                let exact = back.is_some_and(|p| p == a && p.scale() == q.scale() + b.scale());
                if exact {
                    Self::At(q, x && y)
                } else {
                    Self::rounded(q, round)
                }
            }
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.pad("∅");
        }
        let low = match self.low {
            Bound::Unbounded => "(-∞".to_owned(),
            Bound::Open(v) => format!("({v}"),
            Bound::Closed(v) => format!("[{v}"),
        };
        let high = match self.high {
            Bound::Unbounded => "∞)".to_owned(),
            Bound::Open(v) => format!("{v})"),
            Bound::Closed(v) => format!("{v}]"),
        };
        f.pad(&format!("{low}, {high}"))
    }
}

impl fmt::Debug for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Interval {
    type Err = BadInterval;

    fn from_str(s: &str) -> Result<Self, BadInterval> {
        let bad = || BadInterval::Syntax(s.to_owned());
        if s == "∅" {
            return Ok(Self::EMPTY);
        }
        let number = |t: &str| match t.contains('_') {
            true => Err(bad()),
            false => Decimal::from_str_exact(t).map_err(|_| bad()),
        };
        let (low, high) = s.split_once(", ").ok_or_else(bad)?;
        let low = match low.split_at_checked(1).ok_or_else(bad)? {
            ("(", "-∞") => Bound::Unbounded,
            ("(", v) => Bound::Open(number(v)?),
            ("[", v) => Bound::Closed(number(v)?),
            _ => return Err(bad()),
        };
        let high = match high {
            "∞)" => Bound::Unbounded,
            _ => match (high.strip_suffix(')'), high.strip_suffix(']')) {
                (Some(v), _) => Bound::Open(number(v)?),
                (_, Some(v)) => Bound::Closed(number(v)?),
                _ => return Err(bad()),
            },
        };
        Ok(Self::new(low, high))
    }
}

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Interval {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let s = String::deserialize(d)?;
        s.parse().map_err(serde::de::Error::custom)
    }
}
