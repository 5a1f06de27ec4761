//! What states have promised each other: defence, attack, neutrality, non-aggression,
//! consultation.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bilat_model::evidence::{Locator, Tie, TieDetails, TieKind};
use bilat_model::{Country, Pair, Period};

use crate::cow::{Cow, CowCodes, whole};
use crate::{Context, Name, SourceError};

const YEARS: &str = "atop_dyad_year_1990-2018.csv.gz";
const CODES: &str = "cow-cc.csv";

/// What is promised, in the order of the file's columns, and its bit.
const PROMISES: [(&str, u8); 5] = [
    ("defence", 1),
    ("joint attack", 2),
    ("neutrality", 4),
    ("non-aggression", 8),
    ("consultation", 16),
];

/// A set of promises, as bits of [`PROMISES`].
type Promise = u8;

/// By state that promises and state that it promises to: the years, each with its line.
type Promises = BTreeMap<(Country, Country), BTreeMap<i16, (Promise, u32)>>;

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let (file, promises) = read_years(context)?;
    let all = promises.values().flat_map(BTreeMap::keys);
    let (first, last) = (all.clone().min().copied(), all.max().copied());
    let pairs: BTreeSet<Pair> = promises
        .keys()
        .filter_map(|(x, y)| Pair::new(*x, *y).ok())
        .collect();
    for pair in pairs {
        for s in stretches(pair, &promises) {
            let since = (Some(s.first) != first).then_some(Period::Year(s.first));
            let until = (Some(s.last) != last).then_some(Period::Year(s.last));
            for (from, to, promise) in s.told(pair) {
                let tie = Tie {
                    kind: TieKind::Alliance,
                    from,
                    to,
                    what: words(promise),
                    since,
                    until,
                    as_of: last.map(Period::Year),
                    details: details(promise),
                };
                context.tie(pair, &file, Locator::Line(s.line), tie);
            }
        }
    }
    check_codes(context)
}

fn read_years(context: &mut Context<'_>) -> Result<(Arc<str>, Promises), SourceError> {
    let codes = CowCodes::new(context.registry);
    let mut promises = Promises::new();
    let mut table = context.table(YEARS, b',')?;
    let mut file: Arc<str> = YEARS.into();
    while let Some(row) = context.next(&mut table)? {
        file = Arc::clone(&row.file);
        let at = Locator::Line(row.line);
        let Some((sides, year, promise)) = numbers(&row) else {
            context.skip(
                &file,
                at,
                "a code, year or flag that is no number".to_owned(),
            );
            continue;
        };
        if promise == 0 {
            context.leave_out(&file, "a year without any promise");
            continue;
        }
        let [x, y] = sides.map(|code| (code, codes.at(code, year)));
        let (Some(from), Some(to)) = (name(context, x), name(context, y)) else {
            context.leave_out(&file, "a year in which a state did not exist");
            continue;
        };
        let Some(_) = context.pair(&file, &at, from, to) else {
            continue;
        };
        let (Name::Country(from), Name::Country(to)) = (from, to) else {
            continue; // A pair has two countries.
        };
        let years = promises.entry((from, to)).or_default();
        if years.contains_key(&year) {
            context.leave_out(&file, "the same pair and year under an older code");
            continue;
        }
        years.insert(year, (promise, row.line));
        context.keep(&file);
    }
    Ok((file, promises))
}

/// Whom a code means; `None` for a state that did not exist then.
fn name(context: &mut Context<'_>, (code, cow): (u16, Cow)) -> Option<Name> {
    match cow {
        Cow::Country(c) => Some(Name::Country(c)),
        Cow::NotThen => None,
        Cow::Unknown => Some(context.country(&format!("COW {code}"))),
    }
}

/// The codes of both sides, the year and the promises of a record.
fn numbers(row: &crate::Row<'_>) -> Option<([u16; 2], i16, Promise)> {
    let mut promise = 0;
    for (column, (_, bit)) in (3..).zip(PROMISES) {
        match whole::<u8>(row.at(column))? {
            0 => {}
            1 => promise |= bit,
            _ => return None,
        }
    }
    let sides = [whole(row.at(0))?, whole(row.at(1))?];
    Some((sides, whole(row.at(2))?, promise))
}

/// Years in which both sides' promises stay the same.
struct Stretch {
    first: i16,
    last: i16,
    /// Of the pair's first to its second, and back.
    promises: [Promise; 2],
    line: u32,
}

impl Stretch {
    /// One tie when both promise the same, else one for each side that promises anything.
    fn told(&self, pair: Pair) -> Vec<(Country, Country, Promise)> {
        let (a, b) = (pair.a(), pair.b());
        let [there, back] = self.promises;
        if there == back {
            return vec![(a, b, there)];
        }
        let both = [(a, b, there), (b, a, back)];
        both.into_iter().filter(|(_, _, p)| *p != 0).collect()
    }
}

fn stretches(pair: Pair, promises: &Promises) -> Vec<Stretch> {
    let none = BTreeMap::new();
    let [there, back] = [(pair.a(), pair.b()), (pair.b(), pair.a())]
        .map(|direction| promises.get(&direction).unwrap_or(&none));
    let years: BTreeSet<i16> = there.keys().chain(back.keys()).copied().collect();
    let mut out: Vec<Stretch> = Vec::new();
    for year in years {
        let now = [there.get(&year), back.get(&year)];
        let promises = now.map(|p| p.map_or(0, |(p, _)| *p));
        let line = now.iter().flatten().map(|(_, line)| *line).next();
        match out.last_mut() {
            Some(s) if s.promises == promises && s.last + 1 == year => s.last = year,
            _ => out.push(Stretch {
                first: year,
                last: year,
                promises,
                line: line.unwrap_or(0),
            }),
        }
    }
    out
}

/// The promises in words: `defence, consultation`.
fn words(promise: Promise) -> String {
    let set = PROMISES.iter().filter(|(_, bit)| promise & bit != 0);
    set.map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
}

fn details(promise: Promise) -> TieDetails {
    let [defence, offence, neutrality, nonaggression, consultation] =
        PROMISES.map(|(_, bit)| promise & bit != 0);
    TieDetails::Alliance {
        defence,
        offence,
        neutrality,
        nonaggression,
        consultation,
    }
}

/// The publisher's list of codes against ours: a code that means another state is listed.
fn check_codes(context: &mut Context<'_>) -> Result<(), SourceError> {
    let codes = CowCodes::new(context.registry);
    let mut table = context.table(CODES, b',')?;
    let mut met = BTreeSet::new();
    let mut record = 1;
    while let Some(row) = context.next(&mut table)? {
        // The file's lines end in carriage returns, which the reader does not count.
        record += 1;
        let at = Locator::Line(record);
        let (code, state) = (row.get("CCode"), row.get("StateNme"));
        let Ok(code) = code.parse::<u16>() else {
            context.skip(&row.file, at, format!("“{code}” is no code"));
            continue;
        };
        if !met.insert(code) {
            context.leave_out(&row.file, "another spell of the same state");
            continue;
        }
        match context.country(state) {
            Name::NotACountry => context.leave_out(&row.file, "a state gone before 1990"),
            Name::Unresolved => {
                context.skip(&row.file, at, format!("“{state}” is not resolved"));
            }
            Name::Country(c) if codes.means(code, c) => context.keep(&row.file),
            Name::Country(c) => {
                let reason = format!("{state} has the code {code}, which is not that of {c}");
                context.skip(&row.file, at, reason);
            }
        }
    }
    Ok(())
}
