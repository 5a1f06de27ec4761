#![allow(clippy::unwrap_used)]

use bilat_model::evidence::Statement;

use crate::testing::{gz, read_sample, source};

#[test]
fn na_is_namibia_and_a_pair_is_read_once() {
    let sample = gz(b"year,iso2_a,iso2_b,works\n\
        2023,NA,SI,3\n\
        2023,SI,NA,3\n\
        2023,KZ,SI,14\n\
        2023,SI,KZ,14\n\
        2023,XK,SI,2\n\
        2023,SI,SI,99\n\
        2023,ZZ,SI,1\n\
        2023,SI,KZ,\n\
        2023,KZ,SI,0\n");
    let codes = b"code;name\nNA;Namibia\n";
    let files: [(&str, &[u8]); 2] = [(super::FILE, &sample), ("ISO2codes.csv", codes)];
    let (records, report) = read_sample(source("coauthorship"), &files);
    let told: Vec<String> = records
        .evidence
        .iter()
        .map(|(pair, s, c)| match s {
            Statement::Figure(f) => format!("{pair} {} {} {}", c.at, f.from, f.value),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        told,
        ["NAM-SVN line 2 NAM 3", "KAZ-SVN line 4 KAZ 14"],
        "Kosovo comes first in its row and second by code"
    );
    assert_eq!(report.left_out["the same pair from the other side"], 3);
    assert_eq!(report.left_out["a country with itself"], 1);
    assert_eq!(report.unresolved["ZZ"], 1);
    assert_eq!(report.skipped.len(), 3);
}
