#![allow(clippy::unwrap_used)]

use bilat_model::evidence::Statement;

use crate::testing::{gz, read_sample, source};

const HEADER: &str = "year,coo_name,coo,coo_iso,coa_name,coa,coa_iso,refugees,asylum_seekers,\
    returned_refugees,idps,returned_idps,stateless,ooc,oip,hst\n";

fn read(rows: &str) -> (Vec<String>, crate::Report) {
    let sample = gz(format!("{HEADER}{rows}").as_bytes());
    let (records, report) = read_sample(source("refugees"), &[(super::FILE, &sample)]);
    let told = records.evidence.iter().map(|(_, s, c)| match s {
        Statement::Figure(f) => format!(
            "{} {} {}>{} {} {}",
            c.at,
            f.measure,
            f.from,
            f.to,
            f.period.unwrap(),
            f.value
        ),
        other => panic!("{other:?}"),
    });
    (told.collect(), report)
}

#[test]
fn each_kind_above_zero_is_a_figure() {
    let (told, report) = read(
        "2009.0,Kazakhstan,KAZ,KAZ,Slovenia,SVN,SVN,5.0,9.0,0.0,0.0,0.0,0.0,0.0,,0.0\n\
         2023.0,\"Venezuela (Bolivarian Republic of)\",VEN,VEN,Peru,PER,PER,0.0,0.0,7.0,0.0,0.0,0.0,0.0,8.0,0.0\n",
    );
    let expected = [
        "line 2 refugees KAZ>SVN 2009 5",
        "line 2 asylum_seekers KAZ>SVN 2009 9",
        "line 3 returned_refugees VEN>PER 2023 7",
        "line 3 other_protection VEN>PER 2023 8",
    ];
    assert_eq!(told, expected);
    assert!(report.skipped.is_empty());
}

#[test]
fn unknown_origins_and_people_at_home_make_no_pair() {
    let (told, report) = read(
        "1951.0,Unknown,UKN,UNK,Austria,AUS,AUT,9.0,0.0,0.0,0.0,0.0,0.0,0.0,,0.0\n\
         2020.0,Stateless,STA,XXA,Austria,AUS,AUT,9.0,0.0,0.0,0.0,0.0,0.0,0.0,,0.0\n\
         2020.0,Tibetan,TIB,TIB,India,IND,IND,9.0,0.0,0.0,0.0,0.0,0.0,0.0,,0.0\n\
         2020.0,Iraq,IRQ,IRQ,Iraq,IRQ,IRQ,0.0,0.0,0.0,9.0,0.0,0.0,0.0,,0.0\n\
         2020.0,Iraq,IRQ,IRQ,Austria,AUS,AUT,0.0,0.0,0.0,0.0,0.0,0.0,9.0,,0.0\n",
    );
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(report.left_out["not between two countries"], 3);
    assert_eq!(report.left_out["a country with itself"], 1);
    assert_eq!(report.left_out["only kinds of people that make no pair"], 1);
}

#[test]
fn a_broken_number_or_year_is_listed() {
    let (told, report) = read(
        "20o9.0,Iraq,IRQ,IRQ,Austria,AUS,AUT,1.0,0.0,0.0,0.0,0.0,0.0,0.0,,0.0\n\
         2009.0,Iraq,IRQ,IRQ,Austria,AUS,AUT,1.5,0.0,0.0,0.0,0.0,0.0,0.0,,0.0\n\
         2009.0,Iraq,IRQ,IRQ,Austria,AUS,AUT,x,0.0,0.0,0.0,0.0,0.0,0.0,,0.0\n\
         2009.0,Iraq,IRQ,IRQ,Austria,AUS\n",
    );
    assert!(told.is_empty());
    assert_eq!(report.skipped.len(), 4);
    assert!(report.skipped[1].reason.contains("refugees: “1.5”"));
}
