#![allow(clippy::unwrap_used)]

use bilat_model::evidence::{Statement, TieDetails, VisaRule};

use crate::testing::{read_sample, source, try_read_sample};

const HEADER: &str = "Passport,Destination,Requirement\n";

fn rules(text: &str) -> (Vec<(String, VisaRule, Option<u16>)>, crate::Report) {
    let sample = format!("{HEADER}{text}");
    let (records, report) = read_sample(source("visas"), &[(super::FILE, sample.as_bytes())]);
    let rules = records.evidence.iter().map(|(_, statement, citation)| {
        let Statement::Tie(t) = statement else {
            panic!("{statement:?}");
        };
        let TieDetails::Visa { rule, days } = t.details else {
            panic!("{t:?}");
        };
        assert_eq!(t.as_of.unwrap().to_string(), "2025-01-12");
        (format!("{}>{} {}", t.from, t.to, citation.at), rule, days)
    });
    (rules.collect(), report)
}

#[test]
fn every_word_has_its_rule_and_numbers_are_days() {
    let (found, report) = rules(
        "SVN,KAZ,30\nKAZ,SVN,visa required\nSVN,XKX,visa free\nSVN,JOR,visa on arrival\n\
         SVN,IND,e-visa\nSVN,USA,eta\nXKX,ARM,no admission\n",
    );
    let expected = [
        ("SVN>KAZ line 2", VisaRule::Free, Some(30)),
        ("KAZ>SVN line 3", VisaRule::Required, None),
        ("SVN>XKX line 4", VisaRule::Free, None),
        ("SVN>JOR line 5", VisaRule::OnArrival, None),
        ("SVN>IND line 6", VisaRule::Electronic, None),
        ("SVN>USA line 7", VisaRule::Authorisation, None),
        ("XKX>ARM line 8", VisaRule::Refused, None),
    ];
    let found: Vec<_> = found.iter().map(|(s, r, d)| (s.as_str(), *r, *d)).collect();
    assert_eq!(found, expected);
    assert!(report.unresolved.is_empty() && report.skipped.is_empty());
}

#[test]
fn the_own_country_is_left_out_and_nothing_is_guessed() {
    let (found, report) =
        rules("KAZ,KAZ,-1\nKAZ,SVN,-1\nKAZ,SVN,0\nKAZ,SVN,visa maybe\nKAZ,QQQ,30\n");
    assert_eq!(found, []);
    assert_eq!(report.left_out["a country with itself"], 1);
    assert_eq!(report.skipped.len(), 4);
    assert!(report.skipped[2].reason.contains("visa maybe"));
    assert_eq!(report.unresolved["QQQ"], 1);
    assert!(!report.holds());
}

#[test]
fn another_column_stops_the_reading() {
    let sample = b"Passport,Destination,Days\nKAZ,SVN,30\n";
    let e = try_read_sample(source("visas"), &[(super::FILE, sample)]).unwrap_err();
    assert!(e.to_string().contains("Requirement"), "{e}");
}
