//! Turnover, growth and rank of all pairs and years at once.
//!
//! By each country's own books: turnover where both exports and imports are there, growth on the
//! year before where that is there and positive, rank by turnover among the partners of one
//! reporter and year, equal values sharing a place. Values are whole millionths of a dollar, as
//! they are stored, so that sums are exact and fast.

use bilat_model::{Country, Decimal};

use crate::exact;

/// A figure of one reporter's books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Whose books.
    pub reporter: Country,
    /// The other side.
    pub partner: Country,
    /// The year.
    pub year: i16,
    /// Exports of the reporter; otherwise its imports.
    pub exports: bool,
    /// Millionths of a dollar.
    pub micros: i64,
}

/// One reporter's turnover with one partner in one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turnover {
    /// Whose books.
    pub reporter: Country,
    /// The other side.
    pub partner: Country,
    /// The year.
    pub year: i16,
    /// Exports and imports, millionths of a dollar.
    pub micros: i64,
    /// The same of the year before, where it is there.
    pub before: Option<i64>,
    /// Its place among the reporter's partners of the year, from 1.
    pub rank: u32,
}

impl Turnover {
    /// In dollars.
    #[must_use]
    pub fn dollars(&self) -> Decimal {
        Decimal::new(self.micros, 6).normalize()
    }

    /// Growth on the year before, per cent, two digits; `None` without a positive value before.
    #[must_use]
    pub fn growth(&self) -> Option<Decimal> {
        exact::growth(Decimal::new(self.before?, 6), Decimal::new(self.micros, 6))
    }
}

/// All turnovers, by reporter, partner and year. Of several figures of the same thing the first
/// counts; a sum beyond the range of 64 bits is left out, as no sum of stored values is.
#[must_use]
pub fn turnovers(flows: impl IntoIterator<Item = Flow>) -> Vec<Turnover> {
    let mut flows: Vec<_> = flows.into_iter().collect();
    let key = |f: &Flow| (f.reporter, f.partner, f.year, f.exports);
    // Files are sorted by pair, so that runs are long; the sort is stable for "the first counts".
    flows.sort_by_key(key);
    flows.dedup_by_key(|f| key(f));
    let mut out = Vec::<Turnover>::with_capacity(flows.len() / 2);
    for two in flows.windows(2) {
        let [m, x] = two else { continue };
        let same = (m.reporter, m.partner, m.year) == (x.reporter, x.partner, x.year);
        let Some(micros) = same.then(|| m.micros.checked_add(x.micros)).flatten() else {
            continue;
        };
        let before = out.last().filter(|l| {
            (l.reporter, l.partner, l.year.checked_add(1)) == (m.reporter, m.partner, Some(m.year))
        });
        out.push(Turnover {
            reporter: m.reporter,
            partner: m.partner,
            year: m.year,
            micros,
            before: before.map(|l| l.micros),
            rank: 0,
        });
    }
    rank(&mut out);
    out
}

/// Fills in the ranks.
fn rank(rows: &mut [Turnover]) {
    let mut order: Vec<u32> = (0u32..).take(rows.len()).collect();
    let at = |i: &u32| *i as usize;
    order.sort_unstable_by_key(|i| {
        let r = &rows[at(i)];
        (r.reporter, r.year, std::cmp::Reverse(r.micros))
    });
    let (mut group, mut place, mut above) = (None, 0, (0, 0));
    for i in &order {
        let row = &mut rows[at(i)];
        if group != Some((row.reporter, row.year)) {
            (group, place, above) = (Some((row.reporter, row.year)), 0, (i64::MAX, 0));
        }
        place += 1;
        row.rank = if above.0 == row.micros && above.1 > 0 {
            above.1
        } else {
            place
        };
        above = (row.micros, row.rank);
    }
}
