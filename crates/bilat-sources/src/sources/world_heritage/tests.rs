#![allow(clippy::unwrap_used)]

use bilat_model::evidence::Statement;

use crate::testing::{gz, read_sample, source};

/// A file with a byte-order mark, a quoted field over two lines in every record.
fn sample(sites: &[(&str, &str, &str, &str)]) -> Vec<u8> {
    let columns = source("world_heritage").card().unwrap().files[0]
        .columns
        .clone();
    let names: Vec<&str> = columns.iter().map(|c| c.name.as_str()).collect();
    let mut text = format!("\u{feff}{}\n", names.join(","));
    for (name, year, codes, shared) in sites {
        let cells = names.iter().map(|column| match *column {
            "name_en" => format!("\"{name}\""),
            "short_description_en" => "\"<p>One line,\nand \"\"another\"\"</p>\"".to_owned(),
            "date_inscribed" => (*year).to_owned(),
            "iso_code" => format!("\"{codes}\""),
            "transboundary" => (*shared).to_owned(),
            _ => String::new(),
        });
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    gz(text.as_bytes())
}

#[test]
fn a_shared_site_ties_every_two_states() {
    let bytes = sample(&[
        ("Mausoleum", "2003", "kz", "0"),
        ("Wooden <em>Tserkvas</em>", "2013", "kg,kz,uz", "1"),
    ]);
    let (records, report) = read_sample(source("world_heritage"), &[(super::FILE, &bytes)]);
    let told: Vec<String> = records
        .evidence
        .iter()
        .map(|(pair, s, c)| match s {
            Statement::Tie(t) => format!("{pair} {} {} {}", c.at, t.what, t.since.unwrap()),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [
        "KAZ-KGZ line 4 Wooden Tserkvas 2013",
        "KAZ-UZB line 4 Wooden Tserkvas 2013",
        "KGZ-UZB line 4 Wooden Tserkvas 2013",
    ];
    assert_eq!(told, expected);
    assert_eq!(report.left_out["in one country"], 1);
}

#[test]
fn a_state_that_cannot_be_told_spoils_the_site() {
    let bytes = sample(&[
        ("A", "2003", "kz,qq", "1"),
        ("B", "2003", "kz", "1"),
        ("", "2003", "kz,uz", "1"),
        ("C", "soon", "kz,uz", "1"),
    ]);
    let (records, report) = read_sample(source("world_heritage"), &[(super::FILE, &bytes)]);
    assert!(records.evidence.is_empty());
    assert_eq!(report.skipped.len(), 4);
    assert_eq!(report.unresolved["QQ"], 1);
}
