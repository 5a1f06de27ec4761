#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{gz, source, try_read_sample};
use crate::{Records, Report};
use bilat_model::evidence::Statement;

/// A record: operator, jurisdictions, country, city, type, creation, item.
type Row<'a> = [&'a str; 7];

/// The rows that the corrections expect.
const CORRECTED: [Row<'_>; 6] = [
    [
        "Hungary",
        "",
        "Hungary",
        "Miercurea Ciuc",
        "consulate general",
        "",
        "Q111889686",
    ],
    [
        "Japan",
        "",
        "Portuguese colonization of the Americas",
        "Belém",
        "consulate",
        "",
        "Q98690941",
    ],
    [
        "Ministry of Foreign Affairs",
        "Holy See",
        "Italy",
        "Rome",
        "embassy",
        "",
        "Q28065003",
    ],
    [
        "Netherlands",
        "Mongolia",
        "Mongolia",
        "Beijing",
        "embassy",
        "",
        "Q38053030",
    ],
    [
        "Netherlands",
        "Palau",
        "Palau",
        "Makati",
        "embassy",
        "",
        "Q38084660",
    ],
    [
        "Iraq",
        "Kuwait",
        "Kuwait",
        "Kuwait City",
        "embassy",
        "",
        "Q106686567",
    ],
];

fn sample(rows: &[Row<'_>]) -> (Records, Report) {
    let columns = source("embassies").card().unwrap().files[0].columns.clone();
    let mut text: String = columns.iter().map(|c| format!("{};", c.name)).collect();
    text.push('\n');
    for row in CORRECTED.iter().chain(rows) {
        let field = |name: &str| match name {
            "operator" => row[0].to_owned(),
            "jurisdictions" => row[1].to_owned(),
            "country" => row[2].to_owned(),
            "city" | "cityQID" => row[3].to_owned(),
            "type" => row[4].to_owned(),
            "creation" => row[5].to_owned(),
            "QID" => format!("http://www.wikidata.org/entity/{}", row[6]),
            "latitude" => "48.1937".to_owned(),
            _ => String::new(),
        };
        let fields: Vec<_> = columns.iter().map(|c| field(&c.name)).collect();
        text += &(fields.join(";") + "\n");
    }
    try_read_sample(source("embassies"), &[(FILE, &gz(text.as_bytes()))]).unwrap()
}

fn told(records: &Records, operator: &str) -> Vec<String> {
    let line = |s: &Statement| {
        let Statement::Tie(t) = s else {
            panic!("{s:?}")
        };
        let TieDetails::Mission { city, seat, .. } = &t.details else {
            panic!()
        };
        format!("{}>{} {} {city} {seat}", t.from, t.to, t.what)
    };
    let all = records.evidence.iter().map(|(_, s, _)| line(s));
    all.filter(|l| l.starts_with(operator)).collect()
}

#[test]
fn an_embassy_covers_its_jurisdictions() {
    let (records, report) = sample(&[
        [
            "Kazakhstan",
            "Austria|Slovenia",
            "Austria",
            "Vienna",
            "embassy",
            "1993-01-01T00:00:00Z",
            "Q1",
        ],
        [
            "Slovenia",
            "Russia|Kazakhstan|Sovereign Military Order of Malta",
            "Russia",
            "Moscow",
            "embassy",
            "",
            "Q2",
        ],
        ["France", "Holy See", "Italy", "Rome", "embassy", "", "Q3"],
        [
            "France",
            "",
            "Germany",
            "Berlin",
            "embassy",
            "1300-01-01T00:00:00Z",
            "Q4",
        ],
        [
            "Germany",
            "European Union",
            "Belgium",
            "Brussels",
            "embassy",
            "",
            "Q5",
        ],
    ]);
    assert_eq!(
        told(&records, "KAZ"),
        ["KAZ>AUT embassy Vienna AUT", "KAZ>SVN embassy Vienna AUT"]
    );
    assert_eq!(
        told(&records, "SVN"),
        ["SVN>KAZ embassy Moscow RUS", "SVN>RUS embassy Moscow RUS"]
    );
    // Rome is the seat, not what is covered; without jurisdictions the seat is covered.
    assert_eq!(
        told(&records, "FRA"),
        ["FRA>VAT embassy Rome ITA", "FRA>DEU embassy Berlin DEU"]
    );
    assert_eq!(told(&records, "DEU"), Vec::<String>::new());
    assert_eq!(report.left_out["covers no other country"], 1);
    let founded: Vec<_> = records
        .evidence
        .iter()
        .filter_map(|(_, s, _)| match s {
            Statement::Tie(Tie {
                details: TieDetails::Mission { founded, .. },
                ..
            }) => *founded,
            _ => None,
        })
        .collect();
    assert_eq!(founded, [Period::Year(1993), Period::Year(1993)]);
}

#[test]
fn a_mission_under_two_items_is_told_once() {
    let (records, report) = sample(&[
        [
            "Belarus", "Armenia", "Armenia", "Yerevan", "embassy", "", "Q1",
        ],
        ["Belarus", "", "Armenia", "Yerevan", "embassy", "", "Q2"],
        [
            "Belarus",
            "Armenia",
            "Armenia",
            "Yerevan",
            "consulate",
            "",
            "Q3",
        ],
        ["Angola", "", "Italy", "Rome", "embassy", "", "Q4"],
        ["Angola", "Holy See", "Italy", "Rome", "embassy", "", "Q5"],
    ]);
    assert_eq!(told(&records, "BLR").len(), 2);
    assert_eq!(told(&records, "AGO").len(), 2);
    assert_eq!(report.left_out["the same mission under another item"], 1);
}

#[test]
fn a_consulates_district_leads_to_its_country() {
    let (records, _) = sample(&[
        [
            "Slovenia",
            "Scotland",
            "United Kingdom",
            "Edinburgh",
            "consulate",
            "",
            "Q1",
        ],
        [
            "Estonia",
            "Guangdong|Hainan",
            "People's Republic of China",
            "Guangzhou",
            "consulate general",
            "",
            "Q2",
        ],
    ]);
    assert_eq!(told(&records, "SVN"), ["SVN>GBR consulate Edinburgh GBR"]);
    assert_eq!(
        told(&records, "EST"),
        ["EST>CHN consulate general Guangzhou CHN"]
    );
}

#[test]
fn a_mission_at_home_stands_where_its_city_is() {
    let (records, report) = sample(&[
        ["Kazakhstan", "", "Turkey", "Ankara", "embassy", "", "Q1"],
        [
            "Australia",
            "Turkey|Georgia",
            "Australia",
            "Ankara",
            "embassy",
            "",
            "Q2",
        ],
        ["Australia", "", "Australia", "Nowhere", "embassy", "", "Q3"],
        ["Spain", "Spain", "Hungary", "Budapest", "embassy", "", "Q4"],
    ]);
    assert_eq!(
        told(&records, "AUS"),
        ["AUS>GEO embassy Ankara TUR", "AUS>TUR embassy Ankara TUR"]
    );
    assert_eq!(told(&records, "ESP"), ["ESP>HUN embassy Budapest HUN"]);
    assert_eq!(report.skipped.len(), 1, "{:?}", report.skipped);
    // Corrected seats.
    assert_eq!(
        told(&records, "HUN"),
        ["HUN>ROU consulate general Miercurea Ciuc ROU"]
    );
    assert_eq!(told(&records, "TWN"), ["TWN>VAT embassy Rome ITA"]);
    assert_eq!(told(&records, "IRQ"), Vec::<String>::new());
}

#[test]
fn what_is_no_mission_between_countries_is_counted() {
    let (records, report) = sample(&[
        [
            "Sovereign Military Order of Malta",
            "Austria",
            "Austria",
            "Vienna",
            "embassy",
            "",
            "Q1",
        ],
        [
            "New Zealand",
            "",
            "Switzerland",
            "Geneva",
            "permanent mission",
            "",
            "Q2",
        ],
        [
            "New Zealand",
            "",
            "Switzerland",
            "Geneva",
            "folly",
            "",
            "Q3",
        ],
        ["Atlantis", "", "Switzerland", "Bern", "embassy", "", "Q4"],
        [
            "France", "Atlantis", "Germany", "Berlin", "embassy", "", "Q5",
        ],
        ["Austria", "", "Germany", "Munich", "embassy", "", "Q6"],
        ["Austria", "", "Germany", "Munich", "embassy", "", "Q6"],
        [
            "Vatican",
            "Nordic countries",
            "Nordic countries",
            "",
            "apostolic nunciature",
            "",
            "Q7",
        ],
    ]);
    assert_eq!(told(&records, "NZL"), Vec::<String>::new());
    assert_eq!(told(&records, "AUT").len(), 1);
    for (reason, n) in [
        ("a mission of no country", 1),
        ("accredited to an organisation", 1),
        ("the same mission again", 1),
        ("a seat in no single country", 1),
        ("another mission's record", 1),
    ] {
        assert_eq!(report.left_out.get(reason), Some(&n), "{reason}");
    }
    assert_eq!(report.unresolved["Atlantis"], 2);
    assert_eq!(report.skipped.len(), 3, "{:?}", report.skipped);
}
