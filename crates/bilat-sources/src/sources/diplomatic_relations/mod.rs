//! Dates on which diplomatic relations were established, as both sides' articles have them.

use std::collections::BTreeSet;
use std::sync::Arc;

use bilat_model::Period;
use bilat_model::evidence::{Event, EventDetails, EventKind, Locator};

use crate::{Context, Name, SourceError};

const DATES: &str = "relations_dates_extracted.csv.gz";

/// Relations before this year are taken for misprints.
const FIRST_YEAR: i16 = 1000;

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let last = context.card.vintage.last();
    let mut table = context.table(DATES, b',')?;
    let mut met = BTreeSet::new();
    while let Some(row) = context.next(&mut table)? {
        let (file, at) = (Arc::clone(&row.file), Locator::Line(row.line));
        let text = row.get("date");
        let date = match date(text) {
            None => {
                context.skip(&file, at, format!("“{text}” is no date"));
                continue;
            }
            Some(d) if d.first().year() < FIRST_YEAR || d.first() > last => {
                context.skip(&file, at, format!("{d} cannot be the date of relations"));
                continue;
            }
            Some(d) => d,
        };
        let article = context.country(row.get("article_country"));
        let other = context.country(row.get("other_country"));
        let Some(pair) = context.pair(&file, &at, article, other) else {
            continue;
        };
        let Name::Country(stated_by) = article else {
            continue; // A pair has two countries.
        };
        if !met.insert((pair, stated_by, date)) {
            context.leave_out(&file, "the same date again");
            continue;
        }
        context.keep(&file);
        let event = Event {
            kind: EventKind::DiplomaticRelations,
            date: Some(date),
            what: "diplomatic relations established".to_owned(),
            details: EventDetails::Relations { stated_by },
        };
        context.event(pair, &file, at, event);
    }
    Ok(())
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date as the articles print it, with or without the remains of the wiki's date template.
fn date(text: &str) -> Option<Period> {
    let parts: Vec<&str> = text
        .split('|')
        .map(str::trim)
        .filter(|p| !p.starts_with("format="))
        .collect();
    match parts[..] {
        [y, m, d] => iso(y, Some(m.parse().ok()?), Some(d)),
        [one] => {
            let words: Vec<&str> = one.split_whitespace().collect();
            match words[..] {
                [d, m, y] => iso(y, Some(month(m)?), Some(d)),
                [m, y] => iso(y, Some(month(m)?), None),
                [y] => y.parse().ok(),
                _ => None,
            }
        }
        _ => None,
    }
}

fn month(name: &str) -> Option<u8> {
    let name = name.to_ascii_lowercase();
    (1..).zip(MONTHS).find(|(_, m)| *m == name).map(|(i, _)| i)
}

fn iso(year: &str, month: Option<u8>, day: Option<&str>) -> Option<Period> {
    let mut text = year.to_owned();
    if let Some(m) = month {
        text += &format!("-{m:02}");
    }
    if let Some(d) = day {
        text += &format!("-{:02}", d.parse::<u8>().ok()?);
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::date;
    use crate::testing::{gz, read_sample, source, try_read_sample};
    use bilat_model::evidence::{EventDetails, Statement};

    #[test]
    fn dates_of_every_kind() {
        for (text, expected) in [
            ("27 May 1919", Some("1919-05-27")),
            ("31 August  1957", Some("1957-08-31")),
            ("9 november 2012", Some("2012-11-09")),
            ("August 1948", Some("1948-08")),
            ("1952", Some("1952")),
            ("20 October 1992|format=dmy", Some("1992-10-20")),
            ("1963|01|18|format=dmy", Some("1963-01-18")),
            ("format=dmy|1947|3|18", Some("1947-03-18")),
            ("format=dmy|2000", Some("2000")),
            ("1973-06-01|format=dmy", Some("1973-06-01")),
            ("?", None),
            ("", None),
            ("30 February 1950", None),
            ("1950|13|1", None),
            ("Mai 1950", None),
            ("12 May 19500", None),
        ] {
            let found = date(text).map(|d| d.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn both_sides_dates_are_kept() {
        let rows = "article_country,other_country,date\n\
            Kazakhstan,Slovenia,20 October 1992\nSlovenia,Kazakhstan,October 1992\n\
            Slovenia,Kazakhstan,October 1992\nSlovenia,Slovakia,1 January 1993\n\
            Italy,Sovereign Military Order of Malta,1956\nItaly,Atlantis,1956\n\
            Italy,France,12 May 212\nItaly,Spain,1 January 2031\n";
        let (records, report) = read_sample(
            source("diplomatic_relations"),
            &[
                (super::DATES, &gz(rows.as_bytes())),
                ("wiki_foreign_relations_jsons.tar.gz", b"not opened"),
            ],
        );
        let told: Vec<_> = records
            .evidence
            .iter()
            .map(|(pair, statement, citation)| {
                let Statement::Event(e) = statement else {
                    panic!("{statement:?}")
                };
                let EventDetails::Relations { stated_by } = e.details else {
                    panic!()
                };
                format!("{pair} {} {stated_by} {}", e.date.unwrap(), citation.at)
            })
            .collect();
        assert_eq!(
            told,
            [
                "KAZ-SVN 1992-10-20 KAZ line 2",
                "KAZ-SVN 1992-10 SVN line 3",
                "SVK-SVN 1993-01-01 SVN line 5"
            ]
        );
        assert_eq!(report.left_out["the same date again"], 1);
        assert_eq!(report.left_out["not between two countries"], 1);
        assert_eq!(report.unresolved["Atlantis"], 1);
        // Atlantis, the year 212 (no year of four digits), and the future.
        assert_eq!(report.skipped.len(), 3, "{:?}", report.skipped);
        // The unread file is found and hashed.
        assert_eq!(report.files[1].bytes, 10);
        assert_eq!(report.files[1].sha256.len(), 64);
    }

    #[test]
    fn the_unread_file_must_be_there() {
        let rows = gz(b"article_country,other_country,date\n");
        let error = try_read_sample(source("diplomatic_relations"), &[(super::DATES, &rows)]);
        let error = error.unwrap_err().to_string();
        assert!(
            error.contains("wiki_foreign_relations_jsons.tar.gz"),
            "{error}"
        );
    }
}
