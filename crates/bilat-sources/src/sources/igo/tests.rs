#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{gz, source, try_read_sample};
use crate::{Records, Report};

/// The rows that the corrections expect.
const NAMES_LIST: &str = "ioname,orgname\nIRENA,International Renewable Energy Agency\u{ca}\n\
    NVC,Nordic Centre for Welfare and Social Issues (Nordens V\u{8a}lf\u{8a}rdscenter )\n\
    FAO,Food & Ag Org\nZZZ,Made Up Org\n";

fn sample(years: &str) -> Result<(Records, Report), SourceError> {
    try_read_sample(
        source("igo"),
        &[
            (NAMES, NAMES_LIST.as_bytes()),
            (YEARS, &gz(years.as_bytes())),
        ],
    )
}

#[test]
fn years_become_stretches() {
    use MembershipKind::{Full, Observer};
    use Place::{In, Out, Unknown};
    let of = |places: &[Place]| {
        let found = stretches((1990..).zip(places.iter().copied()));
        found
            .iter()
            .map(|s| (s.kind, s.first, s.last))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&[In(Full), In(Full)]), [(Full, 1990, 1991)]);
    // Unknown years between years of one kind do not break a stretch …
    assert_eq!(
        of(&[In(Full), Unknown, Unknown, In(Full)]),
        [(Full, 1990, 1993)]
    );
    // … but do not prolong it either.
    assert_eq!(
        of(&[Unknown, In(Full), Unknown, Unknown]),
        [(Full, 1991, 1991)]
    );
    assert_eq!(
        of(&[In(Full), Unknown, Out, In(Full)]),
        [(Full, 1990, 1990), (Full, 1993, 1993)]
    );
    assert_eq!(
        of(&[In(Observer), Unknown, In(Full)]),
        [(Observer, 1990, 1990), (Full, 1992, 1992)]
    );
    assert_eq!(of(&[Out, Unknown]), []);
    let gap = stretches([(1990, In(Full)), (1992, In(Full))].into_iter());
    assert_eq!(gap.len(), 2);
}

#[test]
fn states_keep_their_own_years() {
    let (records, report) = sample(
        "ccode,year,state,fao,zzz\n705.0,2013.0,kazakhstan,1.0,0.0\n705.0,2014.0,kazakhstan,1.0,3.0\n\
         365.0,1991.0,russia,1.0,-1.0\n365.0,1992.0,russia,1.0,-9.0\n315.0,1995.0,cs,1.0,0.0\n\
         999.0,2000.0,nowhere,1.0,1.0\n2.0,2000.0,usa,7.0,1.0\n2.0,2001.0,usa,0.0,\n",
    )
    .unwrap();
    let told: Vec<_> = records
        .memberships
        .iter()
        .map(|m| {
            let until = m.until.map_or_else(|| "now".to_owned(), |u| u.to_string());
            format!(
                "{} {} {} {}–{until}",
                m.country,
                m.organisation,
                m.kind,
                m.since.unwrap()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "KAZ FAO full 2013–now",
            "KAZ ZZZ observer 2014–now",
            "RUS FAO full 1992–1992",
            "SUN FAO full 1991–1991"
        ]
    );
    assert_eq!(
        records.memberships[0].name,
        "Food and Agriculture Organization"
    );
    assert_eq!(records.memberships[1].name, "Made Up Org");
    assert_eq!(
        report.left_out["a year in which the state did not exist"],
        1
    );
    assert_eq!(report.unresolved["COW 999"], 1);
    assert_eq!(report.skipped.len(), 3, "{:?}", report.skipped);
}

#[test]
fn a_column_without_an_organisation_stops() {
    let error = sample("ccode,year,state,fao,quux\n")
        .unwrap_err()
        .to_string();
    assert!(error.contains("quux"), "{error}");
    let error = sample("ccode,year,state,fao,fao\n")
        .unwrap_err()
        .to_string();
    assert!(error.contains("twice"), "{error}");
}
