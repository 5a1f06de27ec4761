//! How a told figure is read: what it stands for, and what its number allows.

use std::collections::BTreeMap;

use bilat_model::evidence::Qualifier;
use bilat_model::interval::{Bound, Interval};
use bilat_model::told::{Constraint, Direction, Extraction, Figure, FigureKind, Status};
use bilat_model::{Country, Decimal, Period};

use super::{Key, Topic};

/// Goods of one direction are one quantity, whoever tells them.
pub(crate) fn subject(f: &Figure) -> FigureKind {
    match f.kind {
        FigureKind::Imports => FigureKind::Exports,
        k => k,
    }
}

/// The two ends as a key has them: sorted where the kind has no direction.
pub(crate) fn ends(f: &Figure) -> (Country, Country) {
    match f.kind {
        FigureKind::TradeTurnover | FigureKind::TradeBalance => {
            (f.from.min(f.to), f.from.max(f.to))
        }
        _ => (f.from, f.to),
    }
}

pub(crate) fn product(f: &Figure) -> String {
    f.product
        .as_deref()
        .unwrap_or_default()
        .trim()
        .to_lowercase()
}

/// One form for one stretch of days: twelve months are a year, three a quarter.
pub(crate) fn canonical(p: Period) -> Period {
    match p {
        Period::Years(y, z) if y == z => Period::Year(y),
        Period::Months((y, a), (z, b)) if y == z => match (a, b) {
            (1, 12) => Period::Year(y),
            (1, 6) => Period::Half(y, 1),
            (7, 12) => Period::Half(y, 2),
            (1 | 4 | 7 | 10, _) if b == a + 2 => Period::Quarter(y, (a + 2) / 3),
            _ if a == b => Period::Month(y, a),
            _ => p,
        },
        _ => p,
    }
}

pub(crate) fn key_of(f: &Figure, unit: &str, period: Period, status: &'static str) -> Key {
    let (from, to) = ends(f);
    Key {
        kind: subject(f),
        from,
        to,
        product: product(f),
        unit: unit.to_owned(),
        status,
        period: canonical(period),
    }
}

pub(crate) fn status(f: &Figure) -> &'static str {
    f.status.map_or("", |s: Status| s.code())
}

/// Which figures stand for themselves alone: parts that would be taken for their whole or for
/// each other, and what has no subject that could be compared.
pub(crate) fn lone(told: &Extraction) -> Vec<bool> {
    let figures = &told.figures;
    let open =
        |f: &Figure| f.period.is_none() || f.kind == FigureKind::Other && f.product.is_none();
    let mut out: Vec<bool> = figures.iter().map(open).collect();
    let name = |i: usize| {
        let f = figures.get(i)?;
        Some((
            subject(f),
            ends(f),
            product(f),
            f.unit.as_str(),
            f.period.map(canonical),
        ))
    };
    for c in &told.constraints {
        let Constraint::Parts { whole, parts, .. } = c else {
            continue;
        };
        let mut seen = BTreeMap::from([(name(*whole), *whole)]);
        for &p in parts {
            let Some(flag) = out.get_mut(p) else {
                continue;
            };
            if let Some(other) = seen.insert(name(p), p) {
                *flag = true;
                if other != *whole {
                    out[other] = true;
                }
            }
        }
    }
    out
}

/// A headline leaves out what the text below it says: without a period it announces the body's
/// figure of its subject, when all of those are of one period.
pub(crate) fn adopted(told: &Extraction) -> Vec<Option<usize>> {
    let figures = &told.figures;
    let name = |f: &Figure| (subject(f), ends(f), product(f), status(f));
    // "Purchases 22 % up" over "1,456 million, 12 percent more than the 1,300 of 2013": a change
    // announces the one value that moved, whatever it moved from.
    let (mut body, mut moved) = (BTreeMap::new(), BTreeMap::new());
    let dated = |(_, f): &(usize, &Figure)| !f.headline && f.period.is_some();
    for (i, f) in figures.iter().enumerate().filter(dated) {
        let all = std::iter::once(&mut body);
        for of in all.chain(f.change_percent.map(|_| &mut moved)) {
            let first = of.entry(name(f)).or_insert(Some(i));
            if first.is_some_and(|o| figures[o].period != f.period) {
                *first = None;
            }
        }
    }
    let open = |f: &Figure| f.headline && f.period.is_none() && f.kind != FigureKind::Other;
    let of = |f: &Figure| {
        let told = if f.value.is_none() { &moved } else { &body };
        told.get(&name(f)).copied().flatten().filter(|_| open(f))
    };
    figures.iter().map(of).collect()
}

pub(crate) fn units(
    told: &Extraction,
) -> BTreeMap<(FigureKind, Country, Country, String), Vec<String>> {
    let mut out = BTreeMap::<_, Vec<String>>::new();
    for f in told.figures.iter().filter(|f| f.value.is_some()) {
        let (from, to) = ends(f);
        let all = out.entry((subject(f), from, to, product(f))).or_default();
        if !all.contains(&f.unit) {
            all.push(f.unit.clone());
        }
    }
    out
}

/// What a number without a stored interval allows: half a unit of its last digit that is not
/// zero.
pub(crate) fn by_digits(value: Decimal, q: Qualifier) -> Interval {
    let unit = last_digit(value);
    let digits = value.checked_div(unit).unwrap_or(value).normalize();
    Interval::printed(&digits.to_string(), unit, q).unwrap_or(Interval::exactly(value))
}

/// Whether a number is a count and not a rounded one: "19 companies" are neither 18.6 nor 19.4.
/// Hundreds and more that end in zero may be round.
pub(crate) fn is_exact_count(f: &Figure, value: Decimal, interval: &Interval) -> bool {
    let ends = interval.low().value().zip(interval.high().value());
    let to_the_unit = ends.is_none_or(|(l, h)| h.checked_sub(l) <= Some(Decimal::ONE));
    let round = value.abs() >= Decimal::ONE_HUNDRED && last_digit(value) > Decimal::ONE;
    f.unit == "count"
        && f.qualifier == Qualifier::Exact
        && value.is_integer()
        && to_the_unit
        && !round
}

/// One unit of a number's last digit that is not zero: 100,000 for 29,200,000.
pub(crate) fn last_digit(value: Decimal) -> Decimal {
    let v = value.normalize();
    if v.scale() > 0 || v.is_zero() {
        return Decimal::try_new(1, v.scale()).unwrap_or(Decimal::ONE);
    }
    let mut unit = 1_i128;
    while v.mantissa() % (unit * 10) == 0 && unit < 1_000_000_000_000_000_000 {
        unit *= 10;
    }
    Decimal::try_from_i128_with_scale(unit, 0).unwrap_or(Decimal::ONE)
}

/// One unit of the last printed place of a number that allows an interval.
pub(crate) fn place(i: &Interval, value: Decimal, q: Qualifier) -> Decimal {
    let width = match (i.low().value(), i.high().value()) {
        (Some(l), Some(h)) => h.checked_sub(l),
        _ => None,
    };
    let percent = |n: i64| {
        value
            .abs()
            .checked_mul(Decimal::new(n, 2))
            .unwrap_or_default()
    };
    match q {
        Qualifier::Exact => width.unwrap_or_default(),
        Qualifier::About => percent(5),
        // An open end has no width: the last digit, but no more than one in a hundred.
        _ => last_digit(value).min(percent(1)),
    }
}

/// What a headline may mean by a number: it rounds more than the text below it, so that zeros
/// at the end are not counted as printed digits.
pub(crate) fn headline(value: Decimal, q: Qualifier) -> Interval {
    match q {
        Qualifier::Exact | Qualifier::About => by_digits(value, Qualifier::Exact),
        _ => Interval::EMPTY,
    }
}

/// The sizes of the numbers in an interval.
pub(crate) fn size(i: &Interval) -> Interval {
    let turned = i.neg().intersect(&Interval::NOT_NEGATIVE);
    i.intersect(&Interval::NOT_NEGATIVE).hull(&turned)
}

pub(crate) fn side(d: Direction) -> Interval {
    let zero = Bound::Open(Decimal::ZERO);
    match d {
        Direction::Up => Interval::new(zero, Bound::Unbounded),
        Direction::Down => Interval::new(Bound::Unbounded, zero),
    }
}

/// What quantities of a kind can be.
pub(crate) fn natural(kind: FigureKind, unit: &str) -> Interval {
    match kind {
        // Flows of investment are net and may be negative; what "other" is nobody knows.
        FigureKind::FdiFlow | FigureKind::Other => Interval::ALL,
        _ if unit == "percent" => Interval::ALL,
        _ => Interval::NOT_NEGATIVE,
    }
}

pub(crate) fn base(topic: &Topic) -> Interval {
    match topic {
        Topic::Of(key) => natural(key.kind, &key.unit),
        _ => Interval::ALL,
    }
}
