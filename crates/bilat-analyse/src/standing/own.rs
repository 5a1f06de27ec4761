//! Standings by one side's own books.

use std::collections::BTreeMap;

use bilat_model::standing::Standing;
use bilat_model::{Country, Decimal, Pair, Period};

use super::Yearly;
use super::ladder::{Field, Ladder};
use crate::exact;
use crate::rank::{reference_year, total};

/// What one reporter's books have of one partner: exports, imports.
type Own = BTreeMap<Country, [Option<Decimal>; 2]>;

/// Each country's own books in the latest year that they are full.
fn by_reporter(rows: &Yearly) -> BTreeMap<Country, (i16, Own)> {
    // Whose book a slot is: exports are the seller's, imports the buyer's.
    let whose = |pair: Pair, slot: u8| match slot {
        0 => (pair.a(), pair.b(), 0),
        1 => (pair.b(), pair.a(), 1),
        2 => (pair.b(), pair.a(), 0),
        _ => (pair.a(), pair.b(), 1),
    };
    let mut counts = BTreeMap::<Country, BTreeMap<i16, usize>>::new();
    for (year, pair, slot, _) in &rows.0 {
        let years = counts.entry(whose(*pair, *slot).0).or_default();
        *years.entry(*year).or_default() += 1;
    }
    let mut out: BTreeMap<Country, (i16, Own)> = counts
        .iter()
        .filter_map(|(c, years)| Some((*c, (reference_year(years)?, Own::new()))))
        .collect();
    for (year, pair, slot, value) in &rows.0 {
        let (reporter, partner, flow) = whose(*pair, *slot);
        if let Some((reference, own)) = out.get_mut(&reporter)
            && reference == year
        {
            own.entry(partner).or_default()[flow].get_or_insert(*value);
        }
    }
    out
}

/// Standings by one side's own books.
pub(super) fn own_books(rows: &Yearly, out: &mut Vec<Standing>) {
    let books = by_reporter(rows);
    own_field(
        &books,
        "turnover_books",
        |own| column(own, |s| total(s[0], s[1])),
        out,
    );
    own_field(&books, "exports_books", |own| column(own, |s| s[0]), out);
    own_field(&books, "imports_books", |own| column(own, |s| s[1]), out);
    own_field(
        &books,
        "turnover_share",
        |own| {
            let turnover = column(own, |s| total(s[0], s[1]));
            let sum = turnover
                .iter()
                .fold(Decimal::ZERO, |s, (_, v)| s.saturating_add(*v));
            let share = |(c, v)| Some((c, percent(v, sum)?));
            turnover.into_iter().filter_map(share).collect()
        },
        out,
    );
}

/// Digits kept of a share: with two, small partners would tie that their turnover tells apart.
const SHARE_DIGITS: u32 = 6;

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let ratio = part.checked_div(whole)?;
    let percent = ratio.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(exact::round(percent, SHARE_DIGITS))
}

fn column(
    own: &Own,
    value: fn(&[Option<Decimal>; 2]) -> Option<Decimal>,
) -> Vec<(Country, Decimal)> {
    own.iter()
        .filter_map(|(c, s)| Some((*c, value(s)?)))
        .collect()
}

fn own_field(
    books: &BTreeMap<Country, (i16, Own)>,
    name: &str,
    column: impl Fn(&Own) -> Vec<(Country, Decimal)>,
    out: &mut Vec<Standing>,
) {
    let columns: Vec<_> = books
        .iter()
        .map(|(c, (year, own))| (*c, *year, column(own)))
        .collect();
    let everything = columns.iter().flat_map(|(_, _, rows)| rows);
    let all = Ladder::of(everything.map(|(_, v)| *v).collect());
    let codes = [format!("{name}_a"), format!("{name}_b")];
    for (reporter, year, rows) in &columns {
        let ladder = Ladder::of(rows.iter().map(|(_, v)| *v).collect());
        for (partner, value) in rows {
            let Ok(pair) = Pair::new(*reporter, *partner) else {
                continue;
            };
            let place = (ladder.rank(*value, false), ladder.len());
            let first = pair.a() == *reporter;
            let field = Field::new(&codes[usize::from(!first)]);
            let (a, b) = if first {
                (place, (0, 0))
            } else {
                ((0, 0), place)
            };
            let period = Some(Period::Year(*year));
            out.push(field.standing(pair, period, *value, &all, a, b));
        }
    }
}
