#![allow(clippy::unwrap_used)]

use std::io::Write;

use crate::testing::{read_sample, source, try_read_sample};
use crate::{Records, Report};

/// A line of the list: number, name, latitude, longitude, feature code, country, inhabitants.
fn line(of: [&str; 7]) -> String {
    let [id, name, lat, lon, feature, country, people] = of;
    format!(
        "{id}\t{name}\t{name}\t\t{lat}\t{lon}\tP\t{feature}\t{country}\t\t\t\t\t\t{people}\t\t1\tZone\t2026-01-01\n"
    )
}

fn zipped(member: &str, text: &[u8]) -> Vec<u8> {
    let mut w = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    w.start_file(member, zip::write::SimpleFileOptions::default())
        .unwrap();
    w.write_all(text).unwrap();
    w.finish().unwrap().into_inner()
}

/// What the corrections wait for.
fn corrected() -> String {
    [
        line([
            "2028462",
            "Ulan Bator",
            "47.9",
            "106.9",
            "PPLC",
            "MN",
            "844818",
        ]),
        line([
            "281184",
            "Jerusalem",
            "31.8",
            "35.2",
            "PPLA",
            "IL",
            "971800",
        ]),
        line(["282239", "Ramallah", "31.9", "35.2", "PPL", "PS", "43880"]),
    ]
    .concat()
}

fn read(text: &str) -> (Records, Report) {
    let text = format!("{}{text}", corrected());
    read_sample(
        source("cities"),
        &[(
            "cities15000.zip",
            &zipped("cities15000.txt", text.as_bytes()),
        )],
    )
}

fn of(records: &Records, country: &str) -> Vec<(String, bool)> {
    let cities = records
        .cities
        .iter()
        .filter(|c| c.country.code() == country);
    cities.map(|c| (c.name.clone(), c.capital)).collect()
}

fn named(all: &[(&str, bool)]) -> Vec<(String, bool)> {
    all.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect()
}

#[test]
fn capitals_large_cities_and_the_largest_three_stay() {
    let (records, report) = read(
        &[
            line(["1", "Maribor", "46.6", "15.6", "PPLA", "SI", "96209"]),
            line(["2", "Celje", "46.2", "15.3", "PPLA", "SI", "38059"]),
            line(["3", "Kranj", "46.2", "14.4", "PPLA", "SI", "37966"]),
            line(["4", "Koper", "45.5", "13.7", "PPLA", "SI", "25753"]),
            line([
                "5",
                "Ljubljana",
                "46.05108",
                "14.50513",
                "PPLC",
                "SI",
                "272220",
            ]),
            line(["6", "Windhoek", "-22.6", "17.1", "PPLC", "NA", "10"]),
            line(["7", "A", "-22.6", "17.1", "PPL", "NA", "100000"]),
            line(["8", "B", "-22.6", "17.1", "PPL", "NA", "200000"]),
            line(["9", "C", "-22.6", "17.1", "PPL", "NA", "300000"]),
            line(["10", "D", "-22.6", "17.1", "PPL", "NA", "400000"]),
        ]
        .concat(),
    );
    let want = [("Ljubljana", true), ("Maribor", false), ("Celje", false)];
    assert_eq!(of(&records, "SVN"), named(&want));
    let want = [
        ("D", false),
        ("C", false),
        ("B", false),
        ("A", false),
        ("Windhoek", true),
    ];
    assert_eq!(of(&records, "NAM"), named(&want), "NA is Namibia");
    let ljubljana = records
        .cities
        .iter()
        .find(|c| c.name == "Ljubljana")
        .unwrap();
    assert_eq!(ljubljana.latitude.to_string(), "46.05108");
    assert_eq!(ljubljana.citation.at.to_string(), "cities15000.txt, line 8");
    assert_eq!(report.files[0].left_out, 2);
}

#[test]
fn capitals_that_the_list_does_not_mark_are_marked() {
    let (records, _) = read("");
    assert_eq!(of(&records, "ISR"), named(&[("Jerusalem", true)]));
    assert_eq!(of(&records, "PSE"), named(&[("Ramallah", true)]));
    assert_eq!(of(&records, "MNG"), named(&[("Ulaanbaatar", true)]));
}

#[test]
fn broken_lines_are_listed() {
    let (records, report) = read(
        &[
            line(["1", "X", "91", "14", "PPL", "SI", "1"]),
            line(["2", "X", "46", "east", "PPL", "SI", "1"]),
            line(["3", "X", "46", "14", "PPL", "SI", "-1"]),
            line(["4", "X", "46", "14", "PPL", "QQ", "1"]),
            line(["5", "", "46", "14", "PPL", "SI", "1"]),
            line(["6", "Ljubljana", "46", "14", "PPLC", "SI", "9"]),
            line(["7", "Maribor", "46", "14", "PPLC", "SI", "8"]),
            "too\tshort\n".to_owned(),
        ]
        .concat(),
    );
    let reasons: Vec<_> = report.skipped.iter().map(|s| s.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "“91” is no angle up to 90 degrees",
            "“east” is no angle up to 180 degrees",
            "“-1” is no number of inhabitants",
            "nobody has the code “QQ”",
            "a place without a name",
            "2 fields where the card has 19",
            "Maribor is a second capital beside Ljubljana",
        ]
    );
    assert_eq!(of(&records, "SVN"), named(&[("Ljubljana", true)]));
}

#[test]
fn text_that_is_not_utf8_is_listed() {
    let mut text = corrected().into_bytes();
    text.extend_from_slice(b"1\t\xff\n");
    let zip = zipped("cities15000.txt", &text);
    let (_, report) = read_sample(source("cities"), &[("cities15000.zip", &zip)]);
    assert_eq!(report.skipped[0].reason, "not UTF-8");
}

#[test]
fn an_archive_without_the_list_stops() {
    for bytes in [zipped("other.txt", b"x"), b"no archive".to_vec()] {
        let read = try_read_sample(source("cities"), &[("cities15000.zip", &bytes)]);
        let text = read.err().unwrap().to_string();
        assert!(
            text.starts_with("cities: cities15000.zip, cities15000.txt: "),
            "{text}"
        );
    }
}
