#![allow(clippy::unwrap_used)]

use bilat_model::evidence::Statement;

use crate::testing::{gz, read_sample, source};
use crate::{Records, Report};

fn read(rows: &str) -> (Records, Report) {
    let file = gz(format!("exp,imp,time,export,id,agreement\n{rows}").as_bytes());
    read_sample(source("trade_comtrade_panel"), &[(super::FILE, &file)])
}

fn flows(records: &Records) -> Vec<String> {
    records
        .evidence
        .iter()
        .map(|(_, s, _)| match s {
            Statement::Figure(f) => {
                assert_eq!(f.reporter, Some(f.from), "the exporter's books");
                let year = f.period.unwrap();
                format!("{}>{} {year} {}", f.from, f.to, f.value)
            }
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn exports_stand_in_the_exporters_books_in_dollars() {
    let (records, _) = read("SVN,KAZ,2016,74398832.0,0.0,\nUSA,CHN,2012,1.5e+11,3.0,\"A, B\"\n");
    assert_eq!(
        flows(&records),
        ["SVN>KAZ 2016 74398832", "USA>CHN 2012 150000000000"]
    );
}

#[test]
fn old_codes_lead_to_todays_and_former_countries() {
    let (records, report) = read(
        "ROM,ZAR,1992,1,0.0,\nFRA,SVU,1988,1,0.0,\nFRA,SVR,1972,1,0.0,\nFRA,VDR,1972,1,0.0,\n\
         FRA,YDR,1972,1,0.0,\nFRA,TMP,1972,1,0.0,\nFRA,MNT,2008,1,0.0,\n",
    );
    let to: Vec<_> = flows(&records);
    assert_eq!(
        to,
        [
            "ROU>COD 1992 1",
            "FRA>SUN 1988 1",
            "FRA>XVN 1972 1",
            "FRA>VNM 1972 1",
            "FRA>YMD 1972 1",
            "FRA>TLS 1972 1",
            "FRA>MNE 2008 1",
        ]
    );
    assert!(report.unresolved.is_empty());
}

#[test]
fn serbia_stands_for_serbia_and_montenegro_until_they_part() {
    let (records, _) = read("SRB,FRA,2004,1,0.0,\nSRB,FRA,2008,1,0.0,\n");
    assert_eq!(flows(&records), ["SCG>FRA 2004 1", "SRB>FRA 2008 1"]);
}

#[test]
fn what_is_no_country_or_no_value_gives_nothing() {
    let (records, report) = read(
        "FRA,UNS,1992,1,0.0,\nFRA,ZPM,1964,1,0.0,\nFRA,QQQ,1992,1,0.0,\nFRA,DEU,x,1,0.0,\n\
         FRA,DEU,1992,-1,0.0,\nFRA,DEU,1996,,0.0,\n",
    );
    assert_eq!(records.evidence.len(), 0);
    assert_eq!(report.left_out["not between two countries"], 2);
    assert!(report.not_countries["ZPM"].0.contains("Zanzibar"));
    assert_eq!(report.files[0].skipped, 4);
}
