//! Places: percentiles among all, ranks among partners.

use std::collections::BTreeMap;

use bilat_model::standing::Standing;
use bilat_model::{Country, Decimal, Pair, Period};

use crate::exact;

/// Places among all values and among each country's.
pub(super) struct Field<'a> {
    code: &'a str,
    low_first: bool,
}

impl<'a> Field<'a> {
    pub(super) fn new(code: &'a str) -> Self {
        Self {
            code,
            low_first: code == "distance",
        }
    }

    /// A standing for every pair with a value.
    pub(super) fn push(
        &self,
        period: Option<Period>,
        rows: &[(Pair, Decimal)],
        out: &mut Vec<Standing>,
    ) {
        let all = Ladder::of(rows.iter().map(|(_, v)| *v).collect());
        let mut partners = BTreeMap::<Country, Vec<Decimal>>::new();
        for (pair, value) in rows {
            for c in pair.both() {
                partners.entry(c).or_default().push(*value);
            }
        }
        let partners: BTreeMap<_, _> = partners
            .into_iter()
            .map(|(c, v)| (c, Ladder::of(v)))
            .collect();
        for (pair, value) in rows {
            let rank = |c| {
                let ladder = &partners[&c]; // filled above for both of every pair
                (ladder.rank(*value, self.low_first), ladder.len())
            };
            let (a, b) = (rank(pair.a()), rank(pair.b()));
            out.push(self.standing(*pair, period, *value, &all, a, b));
        }
    }

    pub(super) fn standing(
        &self,
        pair: Pair,
        period: Option<Period>,
        value: Decimal,
        all: &Ladder,
        (rank_a, of_a): (u16, u16),
        (rank_b, of_b): (u16, u16),
    ) -> Standing {
        Standing {
            pair,
            indicator: self.code.to_owned(),
            period,
            value: value.normalize(),
            percentile: all.percentile(value),
            rank_a,
            of_a,
            rank_b,
            of_b,
        }
    }
}

/// Values in ascending order.
pub(super) struct Ladder(Vec<Decimal>);

impl Ladder {
    pub(super) fn of(mut values: Vec<Decimal>) -> Self {
        values.sort_unstable();
        Self(values)
    }

    pub(super) fn len(&self) -> u16 {
        u16::try_from(self.0.len()).unwrap_or(u16::MAX)
    }

    fn below(&self, value: Decimal) -> usize {
        self.0.partition_point(|v| *v < value)
    }

    /// The place from 1; equal values share the better one.
    pub(super) fn rank(&self, value: Decimal, low_first: bool) -> u16 {
        let better = if low_first {
            self.below(value)
        } else {
            self.0.len() - self.0.partition_point(|v| *v <= value)
        };
        u16::try_from(better + 1).unwrap_or(u16::MAX)
    }

    fn percentile(&self, value: Decimal) -> Decimal {
        exact::percent(self.below(value).into(), self.0.len().into()).unwrap_or_default()
    }
}

/// One way of trade: the flow from a to b of every pair lies on one field with the flow from b
/// to a, since which of the two comes first in the alphabet means nothing.
pub(super) fn directions(
    period: Option<Period>,
    ab: &[(Pair, Decimal)],
    ba: &[(Pair, Decimal)],
    out: &mut Vec<Standing>,
) {
    let all = Ladder::of(ab.iter().chain(ba).map(|(_, v)| *v).collect());
    let (mut sellers, mut buyers) = (Columns::default(), Columns::default());
    for (pair, value) in ab {
        sellers.add(pair.a(), *value);
        buyers.add(pair.b(), *value);
    }
    for (pair, value) in ba {
        sellers.add(pair.b(), *value);
        buyers.add(pair.a(), *value);
    }
    let (sellers, buyers) = (sellers.ladders(), buyers.ladders());
    let place = |of: &BTreeMap<Country, Ladder>, c, v| {
        of.get(&c).map_or((0, 0), |l| (l.rank(v, false), l.len()))
    };
    for (code, rows, forward) in [("exports_ab", ab, true), ("exports_ba", ba, false)] {
        let field = Field::new(code);
        for (pair, value) in rows {
            let (of_a, of_b) = if forward {
                (&sellers, &buyers)
            } else {
                (&buyers, &sellers)
            };
            let a = place(of_a, pair.a(), *value);
            let b = place(of_b, pair.b(), *value);
            out.push(field.standing(*pair, period, *value, &all, a, b));
        }
    }
}

/// Values by country.
#[derive(Default)]
struct Columns(BTreeMap<Country, Vec<Decimal>>);

impl Columns {
    fn add(&mut self, c: Country, value: Decimal) {
        self.0.entry(c).or_default().push(value);
    }

    fn ladders(self) -> BTreeMap<Country, Ladder> {
        let ladder = |(c, v)| (c, Ladder::of(v));
        self.0.into_iter().map(ladder).collect()
    }
}
