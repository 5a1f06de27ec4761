#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{gz, read_sample, source, try_read_sample};
use crate::{Records, Report};

const TITLES: &str = "rcid,session,importantvote,date,unres,amend,para,short,descr\n\
    411,9.0,0,1954-12-03,R/9/1,0,0,OLD ITEM,\n\
    900,26.0,0,1971-10-07,,0,0,,TO ADOPT A THING\n";
const ISSUES: &str = "rcid,short_name,issue\n900,hr,Human rights\n";

fn sample(votes: &str) -> (Records, Report) {
    read_sample(
        source("unga"),
        &[
            ("votes_1946-2024.csv.gz", &gz(votes.as_bytes())),
            ("un_roll_calls_1946-2019.csv.gz", &gz(TITLES.as_bytes())),
            ("un_roll_call_issues.csv", ISSUES.as_bytes()),
        ],
    )
}

const HEAD: &str = "rcid,date,me,nu,di,hr,co,ec";
const NONE: &str = "FALSE,FALSE,FALSE,FALSE,FALSE,FALSE";

fn votes_of(records: &Records, code: &str) -> Vec<(u32, Vote)> {
    let found = records.voting.iter().find(|v| v.country.code() == code);
    found.map(|v| v.votes.clone()).unwrap_or_default()
}

#[test]
fn a_number_used_twice_names_two_roll_calls() {
    let votes = format!(
        "{HEAD},KAZ,USA\n411,2023-12-04,{NONE},1,3\n411,1954-12-03,{NONE},9,1.0\n\
         900,1971-10-07,FALSE,FALSE,FALSE,TRUE,FALSE,FALSE,9,8\n"
    );
    let (records, report) = sample(&votes);
    let calls = &records.roll_calls;
    assert_eq!(calls.len(), 3);
    assert_eq!(calls[0].title.as_deref(), Some("OLD ITEM"));
    assert_eq!(
        (calls[0].session, calls[0].date.to_string()),
        (Some(9), "1954-12".into())
    );
    // No short title: the description stands in. The old day is not true.
    assert_eq!(calls[1].title.as_deref(), Some("TO ADOPT A THING"));
    assert_eq!(calls[1].issues.to_string(), "hr");
    assert_eq!(
        (calls[2].rcid, calls[2].date.to_string()),
        (411, "2023-12-04".into())
    );
    assert_eq!(calls[2].title, None);
    assert_eq!(votes_of(&records, "KAZ"), [(2, Vote::Yes)]);
    assert_eq!(
        votes_of(&records, "USA"),
        [(0, Vote::Yes), (1, Vote::Absent), (2, Vote::No)]
    );
    assert!(report.skipped.is_empty(), "{:?}", report.skipped);
}

#[test]
fn votes_belong_to_the_state_that_cast_them() {
    let votes = format!(
        "{HEAD},RUS,SRB,SYR\n411,1954-12-03,{NONE},3,2,1\n900,1971-10-07,{NONE},3,1,1\n\
         950,1960-03-01,{NONE},3,1,8\n951,1991-12-06,{NONE},1,1,1\n952,1992-08-03,{NONE},1,3,1\n\
         953,1999-12-15,{NONE},1,8,1\n954,2005-12-08,{NONE},1,1,1\n955,2006-09-08,{NONE},1,2,1\n"
    );
    let (records, _) = sample(&votes);
    let indices = |code| {
        votes_of(&records, code)
            .iter()
            .map(|v| v.0)
            .collect::<Vec<_>>()
    };
    assert_eq!(indices("SUN"), [0, 1, 2, 3]);
    assert_eq!(indices("RUS"), [4, 5, 6, 7]);
    assert_eq!(indices("YUG"), [0, 1, 2, 3]);
    assert_eq!(indices("SCG"), [4, 6]);
    assert_eq!(indices("SRB"), [7]);
    // Not while it was part of the United Arab Republic.
    assert_eq!(indices("SYR"), [0, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn a_value_that_is_no_vote_is_listed_and_the_others_kept() {
    let votes = format!("{HEAD},KAZ,USA\n411,1954-12-03,{NONE},7,1\n900,x,{NONE},1,1\n");
    let (records, report) = sample(&votes);
    assert_eq!(votes_of(&records, "KAZ"), []);
    assert_eq!(votes_of(&records, "USA"), [(0, Vote::Yes)]);
    let reasons: Vec<_> = report.skipped.iter().map(|s| s.reason.as_str()).collect();
    assert!(reasons.iter().any(|r| r.contains("KAZ “7”")), "{reasons:?}");
    assert!(reasons.iter().any(|r| r.contains("of “x”")), "{reasons:?}");
    // The title of 900 has lost its roll call, and so has its issue.
    assert_eq!(report.skipped.len(), 4, "{reasons:?}");
}

#[test]
fn issues_after_the_classification_are_left_out() {
    let votes = format!("{HEAD},KAZ\n9200,2021-12-06,TRUE,TRUE,TRUE,TRUE,TRUE,TRUE,1\n");
    let (records, _) = sample(&votes);
    assert_eq!(records.roll_calls[0].issues, Issues::default());
}

#[test]
fn an_unknown_column_stops() {
    let votes = format!("{HEAD},KAZ,QQQ\n");
    let files: [(&str, &[u8]); 3] = [
        ("votes_1946-2024.csv.gz", &gz(votes.as_bytes())),
        ("un_roll_calls_1946-2019.csv.gz", &gz(TITLES.as_bytes())),
        ("un_roll_call_issues.csv", ISSUES.as_bytes()),
    ];
    let error = try_read_sample(source("unga"), &files)
        .unwrap_err()
        .to_string();
    assert!(error.contains("QQQ"), "{error}");
}
