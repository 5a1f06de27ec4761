#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{gz, read_sample, source};
use crate::{Records, Report};
use bilat_model::evidence::Statement;

const HEAD: &str =
    "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n";

fn sample(rows: &str) -> (Records, Report) {
    let codes = b"StateAbb,CCode,StateNme\rKZK,705,Kazakhstan\rSLV,349,Slovenia\r\
        SLV,349,Slovenia\rBAD,267,Baden\rSLO,317,Slovenia";
    read_sample(
        source("alliances"),
        &[
            (YEARS, &gz(format!("{HEAD}{rows}").as_bytes())),
            (CODES, codes),
        ],
    )
}

fn told(records: &Records) -> Vec<String> {
    let year = |p: Option<Period>| p.map_or_else(|| "?".to_owned(), |p| p.to_string());
    let line = |s: &Statement| {
        let Statement::Tie(t) = s else {
            panic!("{s:?}")
        };
        format!(
            "{}>{} {}–{} {}",
            t.from,
            t.to,
            year(t.since),
            year(t.until),
            t.what
        )
    };
    records.evidence.iter().map(|(_, s, _)| line(s)).collect()
}

#[test]
fn both_directions_make_one_tie_and_a_change_ends_it() {
    let (records, report) = sample(
        "705.0,2.0,1994.0,0.0,0.0,0.0,1.0,0.0\n2.0,705.0,1994.0,0.0,0.0,0.0,1.0,0.0\n\
         705.0,2.0,1995.0,0.0,0.0,0.0,1.0,0.0\n2.0,705.0,1995.0,0.0,0.0,0.0,1.0,0.0\n\
         705.0,2.0,1996.0,1.0,0.0,0.0,1.0,0.0\n2.0,705.0,1996.0,1.0,0.0,0.0,1.0,0.0\n\
         2.0,20.0,1990.0,1.0,0.0,0.0,0.0,1.0\n2.0,20.0,2018.0,1.0,0.0,0.0,0.0,1.0\n",
    );
    assert_eq!(
        told(&records),
        [
            // Stood when the coverage begins: since when is not known. The file has it from one
            // side only, so it is the promise of that side.
            "USA>CAN ?–1990 defence, consultation",
            "USA>CAN 2018–? defence, consultation",
            "KAZ>USA 1994–1995 non-aggression",
            "KAZ>USA 1996–1996 defence, non-aggression",
        ]
    );
    assert_eq!(report.files[0].kept, 8);
}

#[test]
fn one_sided_promises_stay_one_sided() {
    let (records, _) = sample(
        "705.0,2.0,1994.0,0.0,0.0,1.0,0.0,0.0\n2.0,705.0,1994.0,1.0,0.0,0.0,0.0,0.0\n\
         705.0,20.0,1994.0,0.0,0.0,1.0,0.0,0.0\n2.0,20.0,1990.0,1.0,0.0,0.0,0.0,0.0\n\
         2.0,20.0,2018.0,0.0,0.0,0.0,0.0,0.0\n",
    );
    let told = told(&records);
    assert!(
        told.contains(&"KAZ>USA 1994–? neutrality".to_owned()),
        "{told:?}"
    );
    assert!(
        told.contains(&"USA>KAZ 1994–? defence".to_owned()),
        "{told:?}"
    );
    assert!(
        told.contains(&"KAZ>CAN 1994–? neutrality".to_owned()),
        "{told:?}"
    );
}

#[test]
fn records_that_cannot_be_told_are_counted() {
    let (records, report) = sample(
        "260.0,2.0,1990.0,1.0,0.0,0.0,0.0,0.0\n255.0,2.0,1990.0,1.0,0.0,0.0,0.0,0.0\n\
         315.0,2.0,1993.0,1.0,0.0,0.0,0.0,0.0\n999.0,2.0,1993.0,1.0,0.0,0.0,0.0,0.0\n\
         2.0,20.0,1993.0,5.0,0.0,0.0,0.0,0.0\n2.0,20.0,1993.0,0.0,0.0,0.0,0.0,0.0\n",
    );
    assert_eq!(records.evidence.len(), 1);
    assert_eq!(
        report.left_out["the same pair and year under an older code"],
        1
    );
    assert_eq!(report.left_out["a year in which a state did not exist"], 1);
    assert_eq!(report.left_out["a year without any promise"], 1);
    assert_eq!(report.unresolved["COW 999"], 1);
    // The list of codes: Baden is gone, Slovenia stands twice, and SLO is not Slovenia.
    assert_eq!(report.left_out["a state gone before 1990"], 1);
    assert_eq!(report.left_out["another spell of the same state"], 1);
    let reasons: Vec<_> = report.skipped.iter().map(|s| s.reason.as_str()).collect();
    assert!(
        reasons.contains(&"Slovenia has the code 317, which is not that of SVN"),
        "{reasons:?}"
    );
    assert_eq!(report.skipped.len(), 3, "{reasons:?}");
}
