#![allow(clippy::unwrap_used)]

use std::io::Write;

use super::investment::split;
use crate::testing::{source, try_read_sample};
use crate::{Records, Report, SourceError};
use bilat_model::Period;
use bilat_model::evidence::{Statement, TieDetails};

const LIST: &str = "unctad_bits_2025-02.csv";
const DYADS: &str = "desta_list_of_treaties_02_02_dyads.xlsx";

/// A workbook with the sheet `data`: numbers as numbers, other cells as inline text.
fn workbook(rows: &[Vec<&str>]) -> Vec<u8> {
    let mut sheet = String::new();
    for (r, row) in rows.iter().enumerate() {
        sheet += &format!("<row r=\"{}\">", r + 1);
        for (c, cell) in row.iter().enumerate() {
            let name = crate::cell_name("", r, c);
            let name = name.trim_start_matches('!');
            sheet += &match cell.parse::<f64>() {
                Ok(n) => format!("<c r=\"{name}\"><v>{n}</v></c>"),
                Err(_) if cell.is_empty() => String::new(),
                Err(_) => {
                    format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>")
                }
            };
        }
        sheet += "</row>";
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |path: &str, text: String| {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(path, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    add(
        "_rels/.rels",
        format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" \
             Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    add(
        "xl/workbook.xml",
        format!(
            "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>\
             <sheet name=\"data\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
        ),
    );
    add(
        "xl/_rels/workbook.xml.rels",
        format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" \
             Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
        ),
    );
    add(
        "xl/worksheets/sheet1.xml",
        format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>"),
    );
    zip.finish().unwrap().into_inner()
}

fn columns(file: usize) -> Vec<String> {
    let card = source("treaties").card().unwrap();
    card.files[file]
        .columns
        .iter()
        .map(|c| c.name.clone())
        .collect()
}

fn sample(list: &str, dyads: &[Vec<&str>]) -> Result<(Records, Report), SourceError> {
    let text = format!("{}\n{list}", columns(0).join(","));
    let header = columns(1);
    let mut rows = vec![header.iter().map(String::as_str).collect::<Vec<_>>()];
    rows.extend_from_slice(dyads);
    let book = workbook(&rows);
    try_read_sample(
        source("treaties"),
        &[(LIST, text.as_bytes()), (DYADS, &book)],
    )
}

fn told(records: &Records) -> Vec<String> {
    let year = |p: Option<Period>| p.map_or_else(|| "?".to_owned(), |p| p.to_string());
    let line = |s: &Statement| {
        let Statement::Tie(t) = s else {
            panic!("{s:?}")
        };
        let TieDetails::Treaty {
            status,
            signed,
            bilateral,
            ..
        } = &t.details
        else {
            panic!()
        };
        format!(
            "{}-{} {} [{status}] {} {}–{} {bilateral}",
            t.from,
            t.to,
            t.what,
            year(*signed),
            year(t.since),
            year(t.until)
        )
    };
    records.evidence.iter().map(|(_, s, _)| line(s)).collect()
}

#[test]
fn names_with_commas_stay_whole() {
    for (list, parts) in [
        (
            "Bahrain, Korea, Republic of",
            vec!["Bahrain", "Korea, Republic of"],
        ),
        (
            "Congo, Democratic Republic of the, Italy",
            vec!["Congo, Democratic Republic of the", "Italy"],
        ),
        (
            "China, Hong Kong, China SAR",
            vec!["China", "Hong Kong, China SAR"],
        ),
        ("China, Congo", vec!["China", "Congo"]),
        (
            "ACP (African, Caribbean and Pacific Group of States), EU (European Union)",
            vec![
                "ACP (African, Caribbean and Pacific Group of States)",
                "EU (European Union)",
            ],
        ),
    ] {
        assert_eq!(split(list), parts);
    }
}

#[test]
fn investment_treaties_and_their_ends() {
    let (records, report) = sample(
        "1,,Kazakhstan - Slovenia BIT (1998),BITs,Terminated,\"Kazakhstan, Slovenia\",1998-04-16,2001-02-06,2020-01-01,\n\
         2,,Belgium/Luxembourg  -  Kazakhstan BIT (1998),BITs,In force,\"BLEU (Belgium-Luxembourg Economic Union), Kazakhstan\",1998-04-16,2001-02-06,,\n\
         3,,EU - Kazakhstan EPCA (2015),TIPs,In force,\"EU (European Union), Kazakhstan\",2015-12-21,2020-03-01,,\n\
         4,,A FTA (2001),TIPs,Signed (not in force),\"Chile, Japan, Peru\",2001-01-01,,,\n\
         5,,EFTA (2001),TIPs,In force,EFTA (European Free Trade Association),2001-06-21,2002-06-01,,\n\
         6,,EFTA old (1980),TIPs,In force,\"EFTA (European Free Trade Association), Chile\",1980-01-01,,,\n\
         7,,X,BITs,Dreamt,\"Chile, Japan\",2001-01-01,,,\n\
         8,,X,BITs,In force,\"Chile, Japan\",2001-31-01,,,\n\
         9,,X,BITs,In force,\"Chile, Atlantis\",2001-01-01,,,\n",
        &[],
    )
    .unwrap();
    let told = told(&records);
    assert_eq!(
        told[..6],
        [
            "KAZ-SVN Kazakhstan - Slovenia BIT (1998) [terminated] 1998-04-16 2001-02-06–2020-01-01 true",
            "BEL-KAZ Belgium/Luxembourg - Kazakhstan BIT (1998) [in force] 1998-04-16 2001-02-06–? false",
            "KAZ-LUX Belgium/Luxembourg - Kazakhstan BIT (1998) [in force] 1998-04-16 2001-02-06–? false",
            "CHL-JPN A FTA (2001) [signed] 2001-01-01 ?–? false",
            "CHL-PER A FTA (2001) [signed] 2001-01-01 ?–? false",
            "JPN-PER A FTA (2001) [signed] 2001-01-01 ?–? false",
        ]
    );
    // Four members among themselves.
    assert_eq!(told.len(), 6 + 6);
    assert_eq!(
        report.left_out["between groups whose members are not listed"],
        2
    );
    assert_eq!(report.unresolved["Atlantis"], 1);
    assert_eq!(report.skipped.len(), 3, "{:?}", report.skipped);
}

/// A row of the dyads: countries, codes, number, base, name, type, years, kind of membership.
fn dyad(fields: [&str; 11]) -> Vec<&str> {
    let [
        c1,
        c2,
        i1,
        i2,
        number,
        base,
        name,
        kind,
        year,
        force,
        members,
    ] = fields;
    vec![
        c1, c2, i1, i2, number, base, name, kind, "0", year, force, "English", members, "Asia",
        "0", "",
    ]
}

#[test]
fn steps_of_an_agreement_are_one_tie() {
    let (records, report) = sample(
        "",
        &[
            dyad([
                "Croatia",
                "Slovenia",
                "191",
                "705",
                "262",
                "262",
                "Croatia Slovenia",
                "base_treaty",
                "1997",
                "1998",
                "1",
            ]),
            dyad([
                "Croatia",
                "Slovenia",
                "191",
                "705",
                "192+4",
                "192",
                "CEFTA Croatia accession",
                "accession",
                "2002",
                "2003",
                "5",
            ]),
            dyad([
                "Hungary",
                "Slovenia",
                "348",
                "705",
                "192a",
                "192",
                "CEFTA (consolidated)",
                "consolidated",
                "2006",
                "2007",
                "2",
            ]),
            dyad([
                "Hungary",
                "Slovenia",
                "348",
                "705",
                "192",
                "192",
                "CEFTA",
                "base_treaty",
                "1992",
                "",
                "2",
            ]),
            dyad([
                "Slovenia",
                "Slovakia",
                "705",
                "705",
                "9",
                "9",
                "X",
                "base_treaty",
                "1992",
                "",
                "2",
            ]),
            dyad([
                "Slovenia",
                "Italy",
                "705",
                "380",
                "9",
                "9",
                "X",
                "withdrawal",
                "1992",
                "",
                "2",
            ]),
        ],
    )
    .unwrap();
    assert_eq!(
        told(&records),
        [
            "HRV-SVN CEFTA [entered into force] 2002 2003–? false",
            "HRV-SVN Croatia Slovenia [entered into force] 1997 1998–? true",
            "HUN-SVN CEFTA [entered into force] 1992 2007–? false",
        ]
    );
    // The earliest step is cited.
    assert_eq!(records.evidence[2].2.at.to_string(), "data!A5");
    assert_eq!(report.left_out["a further step of the same agreement"], 1);
    let reasons: Vec<_> = report.skipped.iter().map(|s| s.reason.as_str()).collect();
    assert_eq!(reasons.len(), 2, "{reasons:?}");
    assert_eq!(reasons[0], "Slovakia has the code 703, not 705");
    assert!(reasons[1].contains("withdrawal"), "{reasons:?}");
}

#[test]
fn another_column_stops() {
    let text = format!("{}\n", columns(0).join(","));
    let book = workbook(&[vec!["country1", "country2"]]);
    let files: [(&str, &[u8]); 2] = [(LIST, text.as_bytes()), (DYADS, &book)];
    let error = try_read_sample(source("treaties"), &files).unwrap_err();
    assert!(error.to_string().contains("data!A1"), "{error}");
    let files: [(&str, &[u8]); 2] = [(LIST, text.as_bytes()), (DYADS, b"no workbook")];
    assert!(try_read_sample(source("treaties"), &files).is_err());
}
