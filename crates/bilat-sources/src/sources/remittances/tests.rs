#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use bilat_model::evidence::{Locator, Statement};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::testing::{read_sample, source, try_read_sample};

/// A workbook with one sheet, as small as the format allows; cells beginning with a digit or a
/// minus and a digit are numbers, empty ones are missing.
fn workbook(sheet: &str, rows: &[&[&str]]) -> Vec<u8> {
    let mut cells = String::new();
    for (r, row) in rows.iter().enumerate() {
        cells.push_str(&format!("<row r=\"{}\">", r + 1));
        for (c, text) in row.iter().enumerate() {
            let name = crate::cell_name("", r, c);
            let name = name.trim_start_matches('!');
            if text.parse::<f64>().is_ok() {
                cells.push_str(&format!("<c r=\"{name}\"><v>{text}</v></c>"));
            } else if !text.is_empty() {
                cells.push_str(&format!(
                    "<c r=\"{name}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"
                ));
            }
        }
        cells.push_str("</row>");
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" \
                 ContentType=\"application/xml\"/><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"{sheet}\" \
                 sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{cells}</sheetData></worksheet>"),
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn matrix() -> Vec<u8> {
    let corner = "receiving (across) / sending (down) ";
    workbook(
        super::SHEET,
        &[
            &["Estimates for a test"],
            &[corner, "Slovenia", "Serbia", "Channel Islands", "WORLD"],
            &["Slovenia", "0", "12.345678", "0", "12.345678"],
            &["Serbia", "0", "7", "1", "7"],
            &["Slovak Republic", "1.6719914421996525", "", "0", "1.67"],
            &["Atlantis", "1", "1", "1", "1"],
            &["Kazakhstan", "-", "some", "-3", "9"],
            &["WORLD", "1", "2", "3", "4"],
            &[],
            &["Notes:"],
            &["These are estimates.", "5"],
        ],
    )
}

#[test]
fn senders_stand_in_rows_and_receivers_in_columns() {
    let (records, report) = read_sample(source("remittances"), &[(super::FILE, &matrix())]);
    let told: Vec<_> = records
        .evidence
        .iter()
        .map(|(_, s, c)| match (s, &c.at) {
            (Statement::Figure(f), Locator::Pointer(at)) => {
                format!("{}>{} {} {at}", f.from, f.to, f.value)
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        told,
        [
            "SVN>SRB 12345678 Bilateral_Remittances_2017!C3",
            "SVK>SVN 1671991.4422 Bilateral_Remittances_2017!B5",
        ]
    );
    assert_eq!(
        report.files[0].records, 24,
        "cells of the matrix, notes apart"
    );
    assert_eq!(report.left_out["an estimate of zero: no migrants known"], 1);
    assert_eq!(report.left_out["a country with itself"], 2);
    assert_eq!(report.left_out["an empty cell"], 1);
    assert_eq!(
        report.left_out["a dash: the estimate assumes that nothing is sent"],
        1
    );
    assert_eq!(report.unresolved["Atlantis"], 1);
    assert_eq!(report.not_countries["WORLD"].0, "total");
    // Four cells of Atlantis, a word, and money below zero sent to the Channel Islands, which
    // are no country and are left out before the value is looked at.
    assert_eq!(report.files[0].skipped, 5, "{:#?}", report.skipped);
}

#[test]
fn a_matrix_that_may_run_the_other_way_is_refused() {
    let file = workbook(
        super::SHEET,
        &[
            &["A test"],
            &["sending (across) / receiving (down)", "Slovenia"],
        ],
    );
    let error = try_read_sample(source("remittances"), &[(super::FILE, &file)]).unwrap_err();
    assert!(
        error.to_string().contains("Bilateral_Remittances_2017!A2"),
        "{error}"
    );
}

#[test]
fn a_missing_sheet_and_a_file_that_is_no_workbook_are_refused() {
    let other = workbook("Sheet1", &[&["x"]]);
    for bytes in [other.as_slice(), b"not a workbook"] {
        try_read_sample(source("remittances"), &[(super::FILE, bytes)]).unwrap_err();
    }
}
