#![allow(clippy::unwrap_used)]

use bilat_model::evidence::{Statement, TieDetails};

use crate::testing::{read_sample, source};

const HEADER: &str = "origincityLabel\torigincountry\toriginlat\toriginlong\toriginpopulation\t\
    sistercityLabel\tdestinationlat\tdestinationlong\tdestinationpopulation\t\
    destination_countryLabel\tdist\teu\n";

fn row(a: &str, x: &str, b: &str, y: &str) -> String {
    format!("{a}\t{x}\t1\t2\t3\t{b}\t4\t5\t6\t{y}\t7\tEU\n")
}

#[test]
fn a_twinning_is_told_once_from_whichever_side() {
    let rows = [
        row("Sofia", "Bulgaria", "Ljubljana", "Slovenia"),
        row("Ljubljana", "Slovenia", "Sofia", "Bulgaria"),
        row("Sofia", "Bulgaria", "Ljubljana", "Slovenia"),
        row(
            "Varna \"the Sea\"",
            "Bulgaria",
            "Skopje",
            "Republic of Macedonia",
        ),
        row("Sofia", "Bulgaria", "Varna", "Bulgaria"),
        row("Montreuil", "France", "Beit Sira", "Prussia"),
        row("Montmorillon", "France", "Q16511122", "Burkina Faso"),
        row("Paris", "France", "", "Italy"),
        row("Paris", "France", "Atlantis", "Ocean"),
    ];
    let text = format!("{HEADER}{}", rows.concat());
    let files: [(&str, &[u8]); 2] = [
        (super::FILE, text.as_bytes()),
        ("slovenia.sparql", b"SELECT"),
    ];
    let (records, report) = read_sample(source("twin_towns"), &files);
    let told: Vec<String> = records
        .evidence
        .iter()
        .map(|(pair, s, c)| match s {
            Statement::Tie(t) => match &t.details {
                TieDetails::Towns { from_town, to_town } => {
                    format!("{pair} {} {from_town} / {to_town}", c.at)
                }
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [
        "BGR-SVN line 2 Sofia / Ljubljana",
        "BGR-MKD line 5 Varna \"the Sea\" / Skopje",
    ];
    assert_eq!(told, expected);
    assert_eq!(report.left_out["the same twinning again"], 2);
    assert_eq!(report.left_out["a country with itself"], 1);
    assert_eq!(report.left_out["not between two countries"], 1);
    assert_eq!(report.left_out["a town without an English name"], 1);
    assert_eq!(report.unresolved["Ocean"], 1);
    assert_eq!(report.skipped.len(), 2);
}
