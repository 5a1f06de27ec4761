#![allow(clippy::unwrap_used)]

use bilat_model::evidence::Statement;
use bilat_model::profile::FactField;
use bilat_model::{Country, Decimal};
use serde_json::json;

use super::organisations::{Belonging, Organisations, items};
use super::text;
use crate::testing::{gz, read_sample, source};
use crate::{Records, Report};

fn archive(files: &[(&str, serde_json::Value)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    let mut add = |path: &str, text: &str| {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, path, text.as_bytes()).unwrap();
    };
    add("all/README.md", "not read");
    add("all/package.json", "{}");
    add("all/meta/categories.json", "{\"count\": 1}");
    add("all/central-asia/kz.json", &kazakhstan().to_string());
    for (path, json) in files {
        add(path, &json.to_string());
    }
    gz(&tar.into_inner().unwrap())
}

fn kazakhstan() -> serde_json::Value {
    json!({
        "Government": {
            "Country name": { "conventional short form": { "text": "Kazakhstan" } },
            "Capital": { "name": { "text": "Astana; note - renamed in 2022" } },
            "Independence": { "text": "16 December 1991 (from the Soviet Union)" },
            "International organization participation": {
                "text": "BIS (suspended), NAM (observer), OAS&nbsp;(observer), MINURSO, UN, EEU, EAEU, XYZ"
            }
        },
        "Economy": {
            "Imports - partners": { "text": "China 28%, Russia 24%, Gambia, The 4% (2023)" },
            "Exports - partners": { "text": "UK 15.5%, Italy 5%, Togo 0% (2023 est.)" },
            "Exports - commodities": { "text": "crude petroleum, <em>gold</em> (2023)" },
            "Exports": {
                "Exports 2022": { "text": "$93.822 billion (2022 est.)" },
                "Exports 2024": { "text": "$91.908 billion (2024 est.)" },
                "note": "balance of payments"
            },
            "GDP (official exchange rate)": { "text": "$1.2 trillion (2024 est.)" }
        },
        "Geography": { "Area": { "total ": { "text": "2,724,900 sq km" } } },
        "People and Society": { "Population": { "total": { "text": "20,432,662 (2025 est.)" } } }
    })
}

fn named(name: &str) -> serde_json::Value {
    json!({ "Government": { "Country name": { "conventional short form": { "text": name } } } })
}

fn read(files: &[(&str, serde_json::Value)]) -> (Records, Report) {
    read_sample(source("factbook"), &[(super::FILE, &archive(files))])
}

#[test]
fn kazakhstans_imports_come_from_germany_not_the_gambia() {
    let (records, report) = read(&[]);
    let told: Vec<String> = records
        .evidence
        .iter()
        .map(|(_, s, c)| match s {
            Statement::Figure(f) => format!(
                "{} {}>{} by {} {} {} {}",
                f.measure,
                f.from,
                f.to,
                f.reporter.unwrap(),
                f.period.unwrap(),
                f.value,
                c.at
            ),
            other => panic!("{other:?}"),
        })
        .collect();
    let place = |field| format!("all/central-asia/kz.json#/Economy/{field}/text");
    let (out, into) = (place("Exports - partners"), place("Imports - partners"));
    let expected = [
        format!("export_share KAZ>GBR by KAZ 2023 15.5 {out}"),
        format!("export_share KAZ>ITA by KAZ 2023 5 {out}"),
        format!("import_share CHN>KAZ by KAZ 2023 28 {into}"),
        format!("import_share RUS>KAZ by KAZ 2023 24 {into}"),
        format!("import_share DEU>KAZ by KAZ 2023 4 {into}"),
    ];
    assert_eq!(told, expected);
    assert_eq!(report.left_out["a share rounded to nothing"], 1);
}

#[test]
fn a_file_is_named_by_fips_code() {
    let (records, report) = read(&[
        (
            "all/europe/gm.json",
            country_with_capital("Germany", "Berlin"),
        ),
        (
            "all/africa/ga.json",
            country_with_capital("The Gambia", "Banjul"),
        ),
        (
            "all/africa/gb.json",
            country_with_capital("Germany", "Libreville"),
        ),
        ("all/oceans/xo.json", json!({ "Government": {} })),
        ("all/europe/zz.json", named("Atlantis")),
    ]);
    let capital = |code: &str| {
        let code: Country = code.parse().unwrap();
        let found = records
            .facts
            .iter()
            .filter(|f| f.country == code && f.field == FactField::Capital);
        found.map(|f| f.text.clone().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(capital("DEU"), ["Berlin"]);
    assert_eq!(capital("GMB"), ["Banjul"]);
    assert_eq!(capital("KAZ"), ["Astana"]);
    assert_eq!(report.left_out["no country with a code"], 1);
    let skipped: Vec<&str> = report.skipped.iter().map(|s| s.reason.as_str()).collect();
    assert!(
        skipped.contains(&"it tells of Germany, whose FIPS code is GM"),
        "{skipped:?}"
    );
    assert!(
        skipped.contains(&"“Atlantis” is not resolved"),
        "{skipped:?}"
    );
}

fn country_with_capital(name: &str, capital: &str) -> serde_json::Value {
    let mut country = named(name);
    country["Government"]["Capital"] = json!({ "name": { "text": capital } });
    country
}

#[test]
fn facts_are_in_base_units_with_the_newest_year() {
    let (records, _) = read(&[]);
    let told: Vec<String> = records
        .facts
        .iter()
        .map(|f| {
            let what = f.text.clone().unwrap_or_default();
            let value = f.value.map(|v| v.to_string()).unwrap_or_default();
            let unit = f.unit.map(|u| u.to_string()).unwrap_or_default();
            let period = f.period.map(|p| p.to_string()).unwrap_or_default();
            format!("{}: {what}{value} {unit} {period}", f.field)
        })
        .collect();
    let expected = [
        "capital: Astana  2026-05-17",
        "export_goods: crude petroleum, gold  2023",
        "independence: 16 December 1991 (from the Soviet Union)  ",
        "population: 20432662 person 2025",
        "gdp: 1200000000000 USD 2024",
        "exports: 91908000000 USD 2024",
        "area: 2724900  ",
    ];
    assert_eq!(told, expected);
    let exports = records.facts.iter().find(|f| f.field == FactField::Exports);
    let place = exports.unwrap().citation.at.to_string();
    assert_eq!(
        place,
        "all/central-asia/kz.json#/Economy/Exports/Exports 2024/text"
    );
}

#[test]
fn organisations_are_told_by_kind_and_missions_left_out() {
    let (records, report) = read(&[]);
    let told: Vec<String> = records
        .memberships
        .iter()
        .map(|m| format!("{} {} {}", m.country, m.organisation, m.kind))
        .collect();
    let expected = [
        "KAZ BIS full",
        "KAZ NAM observer",
        "KAZ OAS observer",
        "KAZ UN full",
        "KAZ EAEU full",
    ];
    assert_eq!(told, expected);
    let reasons: Vec<&str> = report.skipped.iter().map(|s| s.reason.as_str()).collect();
    assert_eq!(reasons, ["“XYZ” is not in organisations.toml"]);
}

#[test]
fn every_organisation_has_one_entry_and_every_kind_a_meaning() {
    let text = include_str!("organisations.toml");
    let organisations: Organisations = toml::from_str(text).unwrap();
    assert_eq!(organisations.belonging("ICC (NGOs)"), Belonging::LeftOut);
    assert_eq!(
        organisations.belonging("OSCE (partner)"),
        Belonging::LeftOut
    );
    assert_eq!(organisations.belonging("OSCE (guest)"), Belonging::Unknown);
    let table: toml::Table = text.parse().unwrap();
    let keys = |name: &str| table[name].as_table().unwrap().clone();
    for (alias, of) in keys("aliases") {
        assert!(keys("names").contains_key(of.as_str().unwrap()), "{alias}");
        assert!(!keys("names").contains_key(&alias), "{alias}");
    }
    for code in keys("left_out").keys() {
        assert!(!keys("names").contains_key(code), "{code}");
    }
    for (kind, meaning) in keys("kinds") {
        let meaning = meaning.as_str().unwrap();
        assert!(
            ["full", "associate", "observer", "none"].contains(&meaning),
            "{kind}"
        );
    }
}

#[test]
fn lists_are_divided_outside_brackets() {
    assert_eq!(
        items("CIS (associate, since 2005), UN; WTO,, EU"),
        ["CIS (associate, since 2005)", "UN", "WTO", "EU"]
    );
    assert_eq!(items("It belongs to the following: ADB, UN"), ["ADB", "UN"]);
}

#[test]
fn shares_are_read_whole_or_not_at_all() {
    let (list, year) = text::shares("Bahamas, The 13%, Saudi Arabia 0.5% (2023 est.)").unwrap();
    assert_eq!(
        list,
        [
            ("Bahamas, The", Decimal::from(13)),
            ("Saudi Arabia", "0.5".parse().unwrap())
        ]
    );
    assert_eq!(year.to_string(), "2023");
    for bad in [
        "almost entirely United Kingdom (2022)",
        "Italy 17%, China 14%",
        "Italy 17%, China (2023)",
        "Italy 170% (2023)",
        "Italy -1% (2023)",
        "Italy x% (2023)",
        "17% (2023)",
        "",
    ] {
        assert_eq!(text::shares(bad), None, "{bad}");
    }
}

#[test]
fn amounts_and_short_texts() {
    let amount = |t| text::amount(t).map(|d: Decimal| d.to_string());
    assert_eq!(amount("$27.7208 trillion").unwrap(), "27720800000000");
    assert_eq!(amount("1.284 million sq km").unwrap(), "1284000");
    assert_eq!(
        amount("643,801 sq km ; 551,500 sq km (metropolitan)").unwrap(),
        "643801"
    );
    assert_eq!(amount("$900").unwrap(), "900");
    assert_eq!(amount("NA"), None);
    assert_eq!(amount("1.2.3"), None);

    assert_eq!(text::short("Malabo; note - on an island"), "Malabo");
    let long = format!("{}, the end", "ä, ".repeat(90));
    let cut = text::short(&long);
    assert!(cut.ends_with("ä …") && cut.chars().count() <= 202, "{cut}");
    assert!(text::short(&"x".repeat(300)).ends_with("x …"));
    let bracket = format!(
        "Slovene 88%, Italian 0.2% (official, {})",
        "in towns ".repeat(30)
    );
    assert_eq!(text::short(&bracket), "Slovene 88% …");
}
