//! Roll calls of the UN General Assembly: what each member did, with titles and issues.

mod calls;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bilat_model::evidence::Locator;
use bilat_model::profile::{Issues, RollCall, Vote, VotingRecord};
use bilat_model::{Country, Period};
use serde::Deserialize;

use crate::{Context, Name, Row, SourceError, Table};

const VOTES: &str = "votes_1946-2024.csv.gz";

/// The first year whose days are true. Before 1997 no day is later than the 7th of its month,
/// and until 2002 most are not; 25 October 1971, the day of resolution 2758, is told as the 7th.
const TRUE_DAYS_FROM: i16 = 2003;

/// The last year whose issues are classified soundly; see the card's caveats.
const CLASSIFIED_UNTIL: i16 = 2019;

/// A time during which a column held another state's votes, or nobody's.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seat {
    column: Country,
    since: Option<Period>,
    until: Period,
    country: Option<Country>,
    /// For the reader of the file.
    #[serde(rename = "why")]
    _why: String,
}

#[derive(Deserialize)]
struct Seats {
    seat: Vec<Seat>,
}

impl Seat {
    fn holds(&self, column: Country, date: Period) -> bool {
        self.column == column
            && self.since.is_none_or(|s| s.first() <= date.first())
            && date.last() <= self.until.last()
    }
}

/// Whose votes a column holds on a date.
fn holder(seats: &[Seat], column: Country, date: Period) -> Option<Country> {
    match seats.iter().find(|s| s.holds(column, date)) {
        Some(seat) => seat.country,
        None => Some(column),
    }
}

/// A roll call as read, before it has its number.
struct Read {
    rcid: u32,
    /// As the file has it, to join the titles.
    day: String,
    date: Period,
    issues: Issues,
    line: u32,
    votes: Vec<(Country, Vote)>,
}

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let seats: Seats =
        toml::from_str(include_str!("seats.toml")).map_err(|e| SourceError::Data {
            source_id: context.card.id.to_string(),
            file: "seats.toml",
            reason: e.to_string(),
        })?;
    let (file, mut read) = read_votes(context, &seats.seat)?;
    read.sort_by_key(|r| (r.date, r.rcid, r.line));
    let mut titles = calls::titles(context, &read)?;
    calls::compare_issues(context, &read)?;

    let mut voting = BTreeMap::<Country, Vec<(u32, Vote)>>::new();
    for (index, r) in (0..).zip(read) {
        for (country, vote) in r.votes {
            voting.entry(country).or_default().push((index, vote));
        }
        let title = titles.remove(&(r.rcid, r.day)).unwrap_or_default();
        let citation = context.cite(&file, Locator::Line(r.line));
        context.records.roll_calls.push(RollCall {
            index,
            rcid: r.rcid,
            date: r.date,
            session: title.session,
            symbol: title.symbol,
            title: title.text,
            issues: r.issues,
            citation,
        });
    }
    let records = voting
        .into_iter()
        .map(|(country, votes)| VotingRecord { country, votes });
    context.records.voting.extend(records);
    Ok(())
}

fn read_votes(
    context: &mut Context<'_>,
    seats: &[Seat],
) -> Result<(Arc<str>, Vec<Read>), SourceError> {
    let mut table = context.table(VOTES, b',')?;
    let listed = context.card.files[0].columns.len();
    let countries = country_columns(context, &table, listed)?;
    let mut met = BTreeSet::new();
    let mut read = Vec::new();
    let mut file: Arc<str> = VOTES.into();
    while let Some(row) = context.next(&mut table)? {
        file = Arc::clone(&row.file);
        let at = Locator::Line(row.line);
        let (rcid, day) = (row.get("rcid"), row.get("date"));
        let (Ok(rcid), Some(date)) = (rcid.parse::<u32>(), date(day)) else {
            context.skip(
                &file,
                at,
                format!("no roll call is called “{rcid}” of “{day}”"),
            );
            continue;
        };
        if !met.insert((rcid, day.to_owned())) {
            context.skip(&file, at, format!("roll call {rcid} of {day} stands twice"));
            continue;
        }
        let mut odd = Vec::new();
        let mut votes = Vec::new();
        for (column, position) in &countries {
            match vote(row.at(*position)) {
                Ok(None) => {}
                Ok(Some(v)) => {
                    votes.extend(holder(seats, *column, date).map(|c| (c, v)));
                }
                Err(text) => odd.push(format!("{column} “{text}”")),
            }
        }
        read.push(Read {
            rcid,
            day: day.to_owned(),
            date,
            issues: issues(&row, date),
            line: row.line,
            votes,
        });
        if odd.is_empty() {
            context.keep(&file);
        } else {
            context.skip(
                &file,
                at,
                format!(
                    "no votes, passed over; the others are kept: {}",
                    odd.join(", ")
                ),
            );
        }
    }
    Ok((file, read))
}

/// The columns after the listed ones, each a country by its code.
fn country_columns(
    context: &mut Context<'_>,
    table: &Table,
    listed: usize,
) -> Result<Vec<(Country, usize)>, SourceError> {
    let mut out = Vec::new();
    let mut met = BTreeSet::new();
    for (position, name) in table.columns().iter().enumerate().skip(listed) {
        match context.code(name) {
            Name::Country(c) if met.insert(c) => out.push((c, position)),
            Name::Country(_) => {
                let reason = format!("the column {name} stands twice");
                return Err(context.structure(VOTES, "line 1", reason));
            }
            _ => {
                let reason = format!(
                    "the column {name} is no country's code; add it to source.toml or lookups.toml"
                );
                return Err(context.structure(VOTES, "line 1", reason));
            }
        }
    }
    Ok(out)
}

/// A date of the file as far as it is true.
fn date(text: &str) -> Option<Period> {
    let Ok(Period::Day(d)) = text.parse() else {
        return None;
    };
    Some(if d.year() < TRUE_DAYS_FROM {
        Period::Month(d.year(), d.month())
    } else {
        Period::Day(d)
    })
}

/// A vote; `None` for who was no member, the text itself when it is no vote.
fn vote(text: &str) -> Result<Option<Vote>, &str> {
    match text.strip_suffix(".0").unwrap_or(text) {
        "1" => Ok(Some(Vote::Yes)),
        "2" => Ok(Some(Vote::Abstain)),
        "3" => Ok(Some(Vote::No)),
        "8" => Ok(Some(Vote::Absent)),
        "9" => Ok(None),
        _ => Err(text),
    }
}

fn issues(row: &Row<'_>, date: Period) -> Issues {
    if date.last().year() > CLASSIFIED_UNTIL {
        return Issues::default();
    }
    let set = Issues::ALL
        .iter()
        .filter(|(code, _)| row.get(code).eq_ignore_ascii_case("true"));
    Issues(set.fold(0, |bits, (_, bit)| bits | bit))
}
