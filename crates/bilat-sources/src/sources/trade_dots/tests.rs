#![allow(clippy::unwrap_used)]

use bilat_model::evidence::{Figure, Locator, Measure, Statement, Valuation};
use bilat_model::{Country, Decimal};

use crate::testing::{gz, read_sample, source, try_read_sample};
use crate::{Records, Report};

const HEADER: &str = "reporter,flow,partner,year,value_usd_million,source_file\n";

fn read(rows: &str) -> (Records, Report) {
    let file = gz(format!("{HEADER}{rows}").as_bytes());
    read_sample(source("trade_dots"), &[(super::FILE, &file)])
}

fn figures(records: &Records) -> Vec<&Figure> {
    records
        .evidence
        .iter()
        .map(|(_, s, _)| match s {
            Statement::Figure(f) => f,
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn both_books_keep_reporter_direction_and_valuation() {
    let (records, report) = read(
        "\"Kazakhstan, Rep. of\",M_CIF,\"Slovenia, Rep. of\",2019,94.5,a.xlsx\n\
         \"Slovenia, Rep. of\",X_FOB,\"Kazakhstan, Rep. of\",2019,96.25,b.xlsx\n",
    );
    let all = figures(&records);
    let (kaz, svn) = (Country::new("KAZ"), Country::new("SVN"));
    assert_eq!(all.len(), 2);
    for f in &all {
        assert_eq!((f.from, f.to), (svn, kaz));
        assert_eq!(f.period.unwrap().to_string(), "2019");
    }
    assert_eq!(all[0].measure, Measure::Imports);
    assert_eq!(all[0].reporter, Some(kaz));
    assert_eq!(all[0].valuation, Some(Valuation::Cif));
    assert_eq!(all[0].value, Decimal::from(94_500_000));
    assert_eq!(all[1].measure, Measure::Exports);
    assert_eq!(all[1].reporter, Some(svn));
    assert_eq!(all[1].valuation, Some(Valuation::Fob));
    assert_eq!(all[1].value, Decimal::from(96_250_000));
    assert_eq!(report.files[0].kept, 2);
    assert_eq!(records.evidence[1].2.at, Locator::Line(3));
}

#[test]
fn powers_of_ten_and_float_noise_are_read_exactly() {
    let (records, _) = read(
        "France,X_FOB,Chile,2001,1e-06,a\nFrance,X_FOB,Chile,2002,638.1169999999997,a\n\
         France,X_FOB,Chile,2003,1.5E+03,a\n",
    );
    let values: Vec<_> = figures(&records)
        .iter()
        .map(|f| f.value.to_string())
        .collect();
    assert_eq!(values, ["1", "638117000", "1500000000"]);
}

#[test]
fn equal_rows_count_once_even_far_apart_and_among_groups() {
    let (records, report) = read(
        "Nicaragua,X_FOB,Australia,1990,2.5,a\nWorld,X_FOB,Australia,1990,7,a\n\
         Nicaragua,X_FOB,Australia,1990,2.50,b\nNicaragua,M_CIF,Australia,1990,2.5,a\n\
         Nicaragua,X_FOB,Australia,1990,2.5,a\nWorld,X_FOB,Australia,1990,7,a\n",
    );
    assert_eq!(records.evidence.len(), 2);
    assert_eq!(
        records.evidence[0].2.at,
        Locator::Line(5),
        "imports sort first"
    );
    assert_eq!(
        records.evidence[1].2.at,
        Locator::Line(2),
        "the first of the equal rows"
    );
    assert_eq!(report.left_out["an exact duplicate"], 3);
    assert_eq!(report.left_out["not between two countries"], 1);
}

#[test]
fn rows_that_contradict_each_other_are_all_listed_and_none_is_taken() {
    let (records, report) = read(
        "France,X_FOB,Chile,2001,5,a\nFrance,X_FOB,Chile,2002,6,a\nFrance,X_FOB,Chile,2001,5.1,a\n",
    );
    assert_eq!(records.evidence.len(), 1);
    let at: Vec<_> = report.skipped.iter().map(|s| s.at.clone()).collect();
    assert_eq!(at, [Locator::Line(2), Locator::Line(4)]);
    assert!(
        report.skipped[0].reason.contains("lines 2, 4"),
        "{:?}",
        report.skipped
    );
}

#[test]
fn groups_are_left_out_whatever_their_values() {
    let (records, report) = read(
        "World,X_FOB,Malaysia,1960,-4.8,a\nWorld,X_FOB,World,2019,19523000,a\n\
         Chile,X_FOB,\"Malaysia, West\",1962,1,a\n\
         South African Common Customs Area (SACCA),M_CIF,Chile,1990,3,a\n\
         Chile,M_CIF,Europe not specified,1990,3,a\n",
    );
    assert_eq!(records.evidence.len(), 0);
    assert_eq!(report.left_out["not between two countries"], 5);
    assert_eq!(report.not_countries["World"].1, 3);
    assert!(report.unresolved.is_empty() && report.skipped.is_empty());
}

#[test]
fn former_states_keep_their_own_codes() {
    let (records, _) = read(
        "France,X_FOB,USSR,1980,1,a\nFrance,X_FOB,Yugoslavia,1980,1,a\n\
         France,X_FOB,Czechoslovakia,1980,1,a\nFrance,X_FOB,Eastern Germany,1980,1,a\n\
         France,X_FOB,Serbia and Montenegro,2000,1,a\nFrance,X_FOB,Belgium-Luxembourg,1980,1,a\n\
         France,X_FOB,\"Yemen, People's Dem. Rep. of\",1980,1,a\nFrance,X_FOB,Slovak Rep.,1995,1,a\n\
         France,X_FOB,\"Slovenia, Rep. of\",1995,1,a\n",
    );
    let to: Vec<_> = figures(&records).iter().map(|f| f.to.to_string()).collect();
    assert_eq!(
        to,
        [
            "SUN", "YUG", "CSK", "DDR", "SCG", "BLX", "YMD", "SVK", "SVN"
        ]
    );
}

#[test]
fn broken_rows_are_skipped_and_listed() {
    let (records, report) = read(
        "France,X_FOB,Chile,2001,five,a\nFrance,RE_EX,Chile,2001,5,a\nFrance,X_FOB,Chile,201,5,a\n\
         France,X_FOB,Chile,2003,-5,a\nFrance,X_FOB,Chile,2004,NaN,a\nFrance,X_FOB,Chile\n\
         France,X_FOB,Atlantis,2005,5,a\nFrance,X_FOB,Chile,2006,2000000,a\n",
    );
    assert_eq!(records.evidence.len(), 0);
    assert_eq!(report.files[0].skipped, 8, "{:#?}", report.skipped);
    assert_eq!(report.unresolved["Atlantis"], 1);
}

#[test]
fn an_added_column_stops_the_reading() {
    let file = gz(b"reporter,flow,partner,year,value_usd_million,source_file,unit\n");
    let error = try_read_sample(source("trade_dots"), &[(super::FILE, &file)]).unwrap_err();
    assert!(error.to_string().contains("unit"), "{error}");
}
