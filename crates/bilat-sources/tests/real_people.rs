//! What must come out of the real files on people, travel, sport and heritage, told for
//! Kazakhstan and Slovenia and for the traps that the sources set.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::path::PathBuf;

use bilat_model::evidence::{EventDetails, Measure, Statement, TieDetails, VisaRule};
use bilat_model::profile::FactField;
use bilat_model::{Country, Decimal, Pair, Registry};
use bilat_sources::{Records, SOURCES, read_one};

const KAZ: Country = Country::new("KAZ");
const SVN: Country = Country::new("SVN");

/// What one source says; `None`, told on the output, without the data folder.
fn read(id: &str) -> Option<Records> {
    let dir = std::env::var_os("BILAT_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    if !dir.is_dir() {
        println!("not run: no data folder");
        return None;
    }
    let find = |id| SOURCES.iter().find(|s| s.id == id).unwrap();
    let mut countries = Records::default();
    read_one(
        find("countries"),
        &dir,
        &Registry::default(),
        &mut countries,
    )
    .unwrap();
    let registry = Registry::new(countries.countries, countries.names);
    let mut records = Records::default();
    read_one(find(id), &dir, &registry, &mut records).unwrap();
    Some(records)
}

fn about(records: &Records, pair: Pair) -> Vec<&Statement> {
    let found = records.evidence.iter().filter(|(p, _, _)| *p == pair);
    found.map(|(_, s, _)| s).collect()
}

fn kaz_svn() -> Pair {
    Pair::new(KAZ, SVN).unwrap()
}

fn figure(records: &Records, measure: Measure, from: &str, to: &str, year: i16) -> Vec<Decimal> {
    let (from, to): (Country, Country) = (from.parse().unwrap(), to.parse().unwrap());
    let found = records.evidence.iter().filter_map(|(_, s, _)| match s {
        Statement::Figure(f)
            if (f.measure, f.from, f.to) == (measure, from, to)
                && f.period.and_then(|p| p.year()) == Some(year) =>
        {
            Some(f.value)
        }
        _ => None,
    });
    found.collect()
}

#[test]
#[ignore = "needs the data folder"]
fn visas() {
    let Some(records) = read("visas") else { return };
    let rules: Vec<_> = about(&records, kaz_svn())
        .into_iter()
        .map(|s| match s {
            Statement::Tie(t) => match t.details {
                TieDetails::Visa { rule, days } => (t.from, rule, days),
                _ => panic!("{t:?}"),
            },
            _ => panic!("{s:?}"),
        })
        .collect();
    let expected = [
        (KAZ, VisaRule::Required, None),
        (SVN, VisaRule::Free, Some(30)),
    ];
    assert_eq!(rules, expected);
}

#[test]
#[ignore = "needs the data folder"]
fn football() {
    let Some(records) = read("football") else {
        return;
    };
    let matches: Vec<_> = about(&records, kaz_svn())
        .into_iter()
        .map(|s| match s {
            Statement::Event(e) => match &e.details {
                EventDetails::Match {
                    home,
                    home_goals,
                    away_goals,
                    ..
                } => (e.date.unwrap().to_string(), *home, *home_goals, *away_goals),
                _ => panic!("{e:?}"),
            },
            _ => panic!("{s:?}"),
        })
        .collect();
    let expected = [
        ("2023-03-23".to_owned(), KAZ, 1, 2),
        ("2023-11-20".to_owned(), SVN, 2, 1),
        ("2024-09-09".to_owned(), SVN, 3, 0),
        ("2024-10-13".to_owned(), KAZ, 0, 1),
    ];
    assert_eq!(matches, expected);
}

#[test]
#[ignore = "needs the data folder"]
fn air_routes() {
    let Some(records) = read("air_routes") else {
        return;
    };
    assert!(about(&records, kaz_svn()).is_empty());
    let turkey = Pair::new(KAZ, Country::new("TUR")).unwrap();
    assert!(about(&records, turkey).len() > 10);
    assert!(records.evidence.len() < 60_000);
}

#[test]
#[ignore = "needs the data folder"]
fn factbook() {
    let Some(records) = read("factbook") else {
        return;
    };
    let shares = |from, to| figure(&records, Measure::ImportShare, from, to, 2023);
    assert_eq!(shares("DEU", "KAZ"), [Decimal::from(4)]);
    assert!(shares("GMB", "KAZ").is_empty());
    assert_eq!(
        shares("GMB", "GNB"),
        [Decimal::from(10)],
        "a neighbour, and no mistake"
    );
    let fact = |code: &str, field| {
        let found = records.facts.iter();
        let mut found = found.filter(|f| f.country.code() == code && f.field == field);
        found.next().unwrap().text.clone().unwrap_or_default()
    };
    assert_eq!(fact("DEU", FactField::Capital), "Berlin");
    assert_eq!(fact("GMB", FactField::Capital), "Banjul");
    assert_eq!(fact("KAZ", FactField::Capital), "Astana");
    assert!(fact("AUT", FactField::Capital).starts_with("Vienna"));
    assert!(fact("AUS", FactField::Capital).starts_with("Canberra"));
    for f in &records.facts {
        let text = f.text.as_deref().unwrap_or_default();
        assert!(!text.contains("&nbsp;") && !text.contains("</"), "{f:?}");
        assert!(text.chars().count() <= 202, "{f:?}");
    }
}

#[test]
#[ignore = "needs the data folder"]
fn migration_and_refugees() {
    let Some(records) = read("migration") else {
        return;
    };
    assert_eq!(
        figure(&records, Measure::Migrants, "KAZ", "SVN", 2020),
        [Decimal::from(207)]
    );
    let Some(records) = read("refugees") else {
        return;
    };
    assert_eq!(
        figure(&records, Measure::Refugees, "KAZ", "SVN", 2025),
        [Decimal::from(23)]
    );
    assert!(figure(&records, Measure::AsylumSeekers, "KAZ", "SVN", 2025).is_empty());
}

#[test]
#[ignore = "needs the data folder"]
fn coauthorship() {
    let Some(records) = read("coauthorship") else {
        return;
    };
    assert_eq!(
        figure(&records, Measure::Works, "KAZ", "SVN", 2023),
        [Decimal::from(14)]
    );
    let namibia = Country::new("NAM");
    let namibian = records.evidence.iter().filter(|(p, _, _)| p.has(namibia));
    assert!(namibian.count() > 1_500, "“NA” is Namibia");
    let france = figure(&records, Measure::Works, "FRA", "GBR", 2004);
    assert_eq!(
        france,
        [Decimal::from(4033)],
        "the side first by code, FR, has one more"
    );
}

#[test]
#[ignore = "needs the data folder"]
fn heritage_and_towns() {
    let Some(records) = read("world_heritage") else {
        return;
    };
    let shared = |x: &str, y: &str| {
        about(
            &records,
            Pair::new(x.parse().unwrap(), y.parse().unwrap()).unwrap(),
        )
        .len()
    };
    assert_eq!(shared("KAZ", "KGZ"), 2);
    assert_eq!(shared("ESP", "SVN"), 2, "beech forests and mercury");
    assert_eq!(shared("KAZ", "SVN"), 0);
    let Some(records) = read("twin_towns") else {
        return;
    };
    let pair = Pair::new(Country::new("DEU"), Country::new("FRA")).unwrap();
    assert!(about(&records, pair).len() > 1_000);
}
