#![allow(clippy::unwrap_used)]

use bilat_model::evidence::Statement;

use crate::testing::{gz, read_sample, source};
use crate::{Records, Report};

fn read(rows: &str) -> (Records, Report) {
    let file = gz(format!(
        "CountryPair,year,FDI_inflows,FDI_outflows,FDI_instock,FDI_outstock\n{rows}"
    )
    .as_bytes());
    read_sample(source("fdi"), &[(super::FILE, &file)])
}

fn told(records: &Records) -> Vec<String> {
    records
        .evidence
        .iter()
        .map(|(_, s, _)| match s {
            Statement::Figure(f) => {
                let by = f.reporter.map_or("-".to_owned(), |r| r.to_string());
                format!("{} {}>{} by {by}: {}", f.measure, f.from, f.to, f.value)
            }
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_row_gives_up_to_four_figures_with_their_directions() {
    let (records, report) = read("KAZ-SVN,2012,2.09,-0.5,0.742767268,3\n");
    assert_eq!(
        told(&records),
        [
            "fdi_inflow SVN>KAZ by KAZ: 2090000",
            "fdi_outflow KAZ>SVN by KAZ: -500000",
            "fdi_instock SVN>KAZ by KAZ: 742767.268",
            "fdi_outstock KAZ>SVN by KAZ: 3000000",
        ]
    );
    assert_eq!(report.files[0].kept, 1, "a record counts once");
}

#[test]
fn empty_is_no_report_and_zero_is_one_except_for_inflows() {
    let (records, report) = read("KAZ-SVN,2010,0.0,,0.0,\nKAZ-SVN,2011,0.0,,,\n");
    assert_eq!(told(&records), ["fdi_instock SVN>KAZ by KAZ: 0"]);
    assert_eq!(
        report.left_out["nothing but an inflow of zero, which may be no report"],
        1
    );
}

#[test]
fn a_number_that_both_sides_share_has_no_reporter() {
    let (records, _) = read("CHL-PER,2005,263.5,1,,\nPER-CHL,2005,1.1,263.5,,\n");
    assert_eq!(
        told(&records),
        [
            "fdi_inflow PER>CHL by -: 263500000",
            "fdi_outflow CHL>PER by CHL: 1000000",
            "fdi_inflow CHL>PER by PER: 1100000",
            "fdi_outflow PER>CHL by -: 263500000",
        ]
    );
}

#[test]
fn rows_that_contradict_each_other_take_all_years_of_the_pair_with_them() {
    let (records, report) =
        read("USA-SRB,2001,1,,,\nUSA-SRB,2001,2,,,\nUSA-SRB,2002,3,,,\nUSA-FRA,2001,4,,,\n");
    assert_eq!(told(&records), ["fdi_inflow FRA>USA by USA: 4000000"]);
    assert_eq!(report.skipped.len(), 3);
    assert!(
        report.skipped[0]
            .reason
            .contains("two partners under one code")
    );
}

#[test]
fn aruba_is_taken_only_from_those_who_name_the_antilles_too() {
    let (records, report) =
        read("HRV-ABW,2005,1246.5,,,\nPAN-ABW,2005,5,,,\nPAN-ANT,2005,6,,,\nABW-USA,2005,7,,,\n");
    assert_eq!(
        told(&records),
        [
            "fdi_inflow ABW>PAN by PAN: 5000000",
            "fdi_inflow ANT>PAN by PAN: 6000000",
            "fdi_inflow USA>ABW by ABW: 7000000",
        ]
    );
    assert_eq!(report.left_out.values().sum::<u64>(), 1);
}

#[test]
fn hong_kong_reports_under_a_slip_of_a_code() {
    let (records, report) = read("HGK-CHN,2001,9591.25,,,\nCHN-HKG,2001,5,,,\n");
    assert_eq!(
        told(&records),
        [
            "fdi_inflow CHN>HKG by HKG: 9591250000",
            "fdi_inflow HKG>CHN by CHN: 5000000",
        ]
    );
    assert!(report.unresolved.is_empty());
}

#[test]
fn broken_rows_are_skipped_and_listed() {
    let (records, report) = read(
        "KAZSVN,2010,1,,,\nKAZ-SVN,2010x,1,,,\nKAZ-SVN,2010,one,,,\nKAZ-QQQ,2010,1,,,\n\
         KOR-KOR,2010,1,,,\n",
    );
    assert_eq!(records.evidence.len(), 0);
    assert_eq!(report.files[0].skipped, 4, "{:#?}", report.skipped);
    assert_eq!(report.left_out["a country with itself"], 1);
    assert!(
        report
            .skipped
            .iter()
            .any(|s| s.reason.contains("FDI_inflows"))
    );
}
