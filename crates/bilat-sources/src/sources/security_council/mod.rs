//! Seats in the UN Security Council, as unbroken stretches of years.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bilat_model::evidence::{Citation, Locator};
use bilat_model::profile::{Membership, MembershipKind};
use bilat_model::{Country, Period};

use crate::{Context, Name, SourceError};

const FILES: [&str; 2] = [
    "DPPA-SCMEMBERSHIP_2023.csv",
    "DPPA-SCMembership_tail_2025-2027.csv",
];

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let mut years = BTreeMap::<Country, BTreeMap<i16, Citation>>::new();
    for path in FILES {
        read_file(context, path, &mut years)?;
    }
    let last = years.values().filter_map(|y| y.keys().next_back()).max();
    let last = last.copied();
    for (country, seats) in years {
        let all: BTreeSet<i16> = seats.keys().copied().collect();
        for (year, citation) in seats {
            if all.contains(&(year - 1)) {
                continue;
            }
            let end = (year..).take_while(|y| all.contains(y)).last();
            let end = end.unwrap_or(year);
            context.records.memberships.push(Membership {
                country,
                organisation: "UNSC".to_owned(),
                name: "United Nations Security Council".to_owned(),
                kind: MembershipKind::Seat,
                since: Some(Period::Year(year)),
                until: (Some(end) != last).then_some(Period::Year(end)),
                citation,
            });
        }
    }
    Ok(())
}

fn read_file(
    context: &mut Context<'_>,
    path: &str,
    years: &mut BTreeMap<Country, BTreeMap<i16, Citation>>,
) -> Result<(), SourceError> {
    let mut table = context.table(path, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let (file, at) = (Arc::clone(&row.file), Locator::Line(row.line));
        let year = row.get("year");
        let Ok(Period::Year(year)) = year.parse() else {
            context.skip(&file, at, format!("“{year}” is no year"));
            continue;
        };
        let mut name = row.get("security_council_member").trim().to_owned();
        if name.is_empty() {
            // Only a missing name is put right: a correction must not meet a name that has
            // come back.
            name = context.correct(path, row.get("id"), "").into_owned();
        }
        if name.is_empty() {
            context.skip(&file, at, format!("the seat of {year} has no name"));
            continue;
        }
        match context.country(&name) {
            Name::Country(c) => {
                let citation = context.cite(&file, at);
                match years.entry(c).or_default().entry(year) {
                    std::collections::btree_map::Entry::Vacant(e) => {
                        e.insert(citation);
                        context.keep(&file);
                    }
                    std::collections::btree_map::Entry::Occupied(_) => {
                        context.leave_out(&file, "the same seat and year again");
                    }
                }
            }
            Name::NotACountry => context.leave_out(&file, "not a country"),
            Name::Unresolved => context.skip(&file, at, format!("“{name}” is not resolved")),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::testing::{source, try_read_sample};

    const HEAD: &str = "id,year,security_council_member,last_update\n";

    /// The rows that the corrections expect, without names.
    fn nameless() -> String {
        let corrections = source("security_council").corrections().unwrap();
        let row = |c: &crate::card::Correction| {
            let year: String = c.reason.split("row of ").nth(1).unwrap()[..4].to_owned();
            format!("{},{year},,2021-01-17\n", c.record)
        };
        corrections.list.iter().map(row).collect()
    }

    #[test]
    fn years_become_stretches() {
        let rows = "1,2023,Japan,x\n2,2024,Japan,x\n3,2009,Japan,x\n4,2024,Slovenia,x\n\
                    5,1990,USSR (Union of Soviet Socialist Republics),x\n6,199x,Japan,x\n";
        let tail = "7,2025,Slovenia,x\n8,2026,Bahrain,x\n9,2026,,x\n";
        let (records, report) = try_read_sample(
            source("security_council"),
            &[
                (
                    super::FILES[0],
                    format!("{HEAD}{rows}{}", nameless()).as_bytes(),
                ),
                (super::FILES[1], format!("{HEAD}{tail}").as_bytes()),
            ],
        )
        .unwrap();
        let of = |code: &str| {
            let all = records
                .memberships
                .iter()
                .filter(|m| m.country.code() == code);
            all.map(|m| (m.since.unwrap().to_string(), m.until.map(|u| u.to_string())))
                .collect::<Vec<_>>()
        };
        let some = |y: &str| Some(y.to_owned());
        assert_eq!(
            of("JPN"),
            [("2009".into(), some("2009")), ("2023".into(), some("2024"))]
        );
        assert_eq!(of("SVN"), [("2024".into(), some("2025"))]);
        assert_eq!(of("BHR"), [("2026".into(), None)]);
        assert_eq!(of("SUN"), [("1990".into(), some("1990"))]);
        assert_eq!(of("CIV").len(), 3);
        assert_eq!(of("TUR").len(), 4);
        let reasons: Vec<_> = report.skipped.iter().map(|s| s.reason.as_str()).collect();
        assert_eq!(
            reasons,
            ["“199x” is no year", "the seat of 2026 has no name"]
        );
    }

    #[test]
    fn a_correction_without_its_row_stops() {
        let one = format!("{HEAD}1,2023,Japan,x\n");
        let error = try_read_sample(
            source("security_council"),
            &[
                (super::FILES[0], one.as_bytes()),
                (super::FILES[1], HEAD.as_bytes()),
            ],
        )
        .unwrap_err();
        assert!(error.to_string().contains("corrections.toml"), "{error}");
    }
}
