#![allow(clippy::unwrap_used)]

use bilat_model::evidence::{Locator, Statement};

use crate::testing::{read_sample, source};
use crate::{Records, Report};

const HEADER: &str = "iso_o;iso_d;contig;comlang_off;comlang_ethno;colony;comcol;curcol;col45;smctry;dist;distcap;distw;distwces\n";
/// The row that the correction meets; every sample needs it.
const CORRECTED: &str =
    "SVN;YUG;0;0;0;1;0;0;1;1;489.5;489.5;490;489\nYUG;SVN;0;0;0;1;0;0;1;1;489.5;489.5;490;489\n";

fn read(rows: &str) -> (Records, Report) {
    let file = format!("{HEADER}{CORRECTED}{rows}");
    read_sample(source("distance"), &[(super::FILE, file.as_bytes())])
}

/// What is told about all pairs but the one that every sample has.
fn told(records: &Records) -> Vec<String> {
    records
        .evidence
        .iter()
        .filter(|(pair, ..)| pair.to_string() != "SCG-SVN")
        .map(|(_, s, _)| match s {
            Statement::Figure(f) => format!("{} {}>{} {}", f.measure, f.from, f.to, f.value),
            Statement::Tie(t) => format!("{} {}>{} {}", t.kind, t.from, t.to, t.what),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_pair_is_told_once_and_the_other_direction_is_left_out() {
    let (records, report) = read(
        "KAZ;RUS;1;1;1;1;0;0;1;0;3104.607;2270.788;2152.753;1671.913\n\
         RUS;KAZ;1;1;1;1;0;0;1;0;3104.607;2270.788;2152.752;1671.914\n\
         KAZ;KAZ;0;0;0;0;0;0;0;0;600;600;600;600\n",
    );
    assert_eq!(
        told(&records),
        [
            "distance KAZ>RUS 3104.607",
            "distance_capitals KAZ>RUS 2270.788",
            "distance_weighted KAZ>RUS 2152.753",
            "border KAZ>RUS land border",
            "official_language KAZ>RUS common official language",
            "spoken_language KAZ>RUS common spoken language",
            "colony RUS>KAZ coloniser to colony",
        ]
    );
    assert_eq!(
        report.left_out["the other direction of a pair already read"],
        2
    );
    assert_eq!(report.left_out["a country with itself"], 1);
    assert_eq!(report.files[0].kept, 2);
    assert!(report.skipped.is_empty(), "the last digit may differ");
}

#[test]
fn slovenia_was_no_colony_of_serbia_and_montenegro() {
    let (records, report) = read("");
    let kinds: Vec<_> = records
        .evidence
        .iter()
        .filter_map(|(pair, s, _)| match s {
            Statement::Tie(t) => Some(format!("{pair} {}", t.kind)),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, ["SCG-SVN same_country"]);
    assert!(report.skipped.is_empty());
}

#[test]
fn fields_that_differ_between_directions_are_not_taken() {
    let (records, report) =
        read("BEN;MMR;0;0;0;0;1;0;0;1;100;100;100;1\nMMR;BEN;0;0;0;0;1;0;0;0;100;105;100;1\n");
    assert_eq!(
        told(&records),
        [
            "distance BEN>MMR 100",
            "distance_weighted BEN>MMR 100",
            "common_colonizer BEN>MMR common coloniser",
        ]
    );
    assert_eq!(report.skipped.len(), 1);
    assert_eq!(report.skipped[0].at, Locator::Line(5));
    assert!(
        report.skipped[0]
            .reason
            .contains("distcap, smctry differs from line 4")
    );
}

#[test]
fn old_codes_missing_values_and_undecided_colonies() {
    let (records, report) = read(
        "CYP;GRC;0;1;1;1;0;1;0;0;900;900;.;.\nGRC;CYP;0;1;1;1;0;1;0;0;900;900;.;.\n\
         ROM;ZAR;0;0;0;0;0;0;0;0;5500;5500;5500;5500\nZAR;ROM;0;0;0;0;0;0;0;0;5500;5500;5500;5500\n\
         PAL;TMP;0;0;0;0;0;0;0;0;9000;9000;.;.\nTMP;PAL;0;0;0;0;0;0;0;0;9000;9000;.;.\n",
    );
    let told = told(&records);
    assert!(
        told.contains(&"colony CYP>GRC colonial tie".to_owned()),
        "{told:?}"
    );
    assert!(!told.iter().any(|t| t.starts_with("distance_weighted CYP")));
    assert!(told.contains(&"distance COD>ROU 5500".to_owned()));
    assert!(told.contains(&"distance PSE>TLS 9000".to_owned()));
    assert!(report.unresolved.is_empty());
}

#[test]
fn a_flag_that_is_neither_and_a_single_direction_are_listed() {
    let (records, report) = read(
        "FRA;DEU;2;0;0;0;0;0;0;0;1;1;1;1\nDEU;FRA;1;0;0;0;0;0;0;0;800;800;800;800\n\
         USA;CHN;0;0;0;0;0;0;0;0;1;1;1;1\n",
    );
    assert_eq!(told(&records).len(), 4, "three distances and a border");
    let reasons: Vec<_> = report.skipped.iter().map(|s| s.reason.as_str()).collect();
    assert_eq!(
        reasons,
        ["contig is “2”, neither 0 nor 1", "no row from CHN to USA"]
    );
}

#[test]
fn nobody_is_listed_as_coloniser_and_colony_of_one_another() {
    let all = super::colonisers().unwrap();
    assert!(all.len() > 200);
    for (pair, coloniser) in all {
        assert!(pair.has(coloniser));
    }
}
