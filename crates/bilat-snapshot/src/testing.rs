//! A small world to test with.
#![allow(clippy::unwrap_used)]

use bilat_model::evidence::{
    Citation, Event, EventDetails, EventKind, Figure, Locator, Measure, Statement, Tie, TieDetails,
    TieKind, Valuation, VisaRule,
};
use bilat_model::profile::{
    City, Fact, FactField, Issues, Membership, MembershipKind, Outline, Product, RollCall, Vote,
    VotingRecord,
};
use bilat_model::records::Records;
use bilat_model::registry::{CountryInfo, CountryName, NameKind, Status, fold};
use bilat_model::source::{SourceId, Vintage};
use bilat_model::standing::{AgreementMean, Standing};
use bilat_model::{Country, Decimal, Pair, Period, Unit};

pub(crate) fn country(code: &str) -> Country {
    code.parse().unwrap()
}

pub(crate) fn pair(text: &str) -> Pair {
    text.parse().unwrap()
}

pub(crate) fn cite(source: &str, line: u32) -> Citation {
    Citation {
        source: SourceId::new(source),
        file: "data.csv".into(),
        at: Locator::Line(line),
    }
}

/// Goods that `to` bought from `from`, by its own books.
pub(crate) fn imports(from: &str, to: &str, year: i16, value: &str) -> Figure {
    Figure {
        measure: Measure::Imports,
        from: country(from),
        to: country(to),
        reporter: Some(country(to)),
        product: None,
        period: Some(Period::Year(year)),
        value: value.parse().unwrap(),
        valuation: Some(Valuation::Cif),
    }
}

/// Adds a figure.
pub(crate) fn add(records: &mut Records, source: &str, line: u32, figure: Figure) {
    let pair = Pair::new(figure.from, figure.to).unwrap();
    records
        .evidence
        .push((pair, Statement::Figure(figure), cite(source, line)));
}

fn evidence(records: &mut Records) {
    for (line, year) in (10..).zip(2010..2020) {
        add(
            records,
            "books",
            line,
            imports("SVN", "KAZ", year, "94447000.125"),
        );
        add(
            records,
            "books",
            line + 100,
            imports("FRA", "KAZ", year, "1"),
        );
    }
    // The same twice: two records of one source that speak of the same.
    add(records, "books", 500, imports("SVN", "KAZ", 2019, "7"));
    let works = Figure {
        measure: Measure::Works,
        from: country("KAZ"),
        to: country("SVN"),
        reporter: None,
        product: None,
        period: None,
        value: Decimal::from(3),
        valuation: None,
    };
    add(records, "papers", 9, works);
    let mut goods = imports("SVN", "KAZ", 2015, "0");
    goods.product = Some("SITC5".to_owned());
    add(records, "papers", 8, goods);
    let event = Event {
        kind: EventKind::Sport,
        date: Some("2003-09-06".parse().unwrap()),
        what: "a match".to_owned(),
        details: EventDetails::Match {
            home: country("SVN"),
            away: country("KAZ"),
            home_name: "Slovenia".to_owned(),
            away_name: "Kazakhstan".to_owned(),
            home_goals: 2,
            away_goals: 1,
            tournament: "Friendly".to_owned(),
            city: "Celje".to_owned(),
            neutral: false,
        },
    };
    let tie = Tie {
        kind: TieKind::VisaRegime,
        from: country("SVN"),
        to: country("KAZ"),
        what: "visa free".to_owned(),
        since: None,
        until: None,
        as_of: Some("2025-01-12".parse().unwrap()),
        details: TieDetails::Visa {
            rule: VisaRule::Free,
            days: Some(30),
        },
    };
    let mut at = cite("visas", 1);
    at.at = Locator::Pointer("/rows/3".to_owned());
    let p = pair("KAZ-SVN");
    records
        .evidence
        .push((p, Statement::Event(event), cite("games", 4)));
    records.evidence.push((p, Statement::Tie(tie), at));
}

fn country_info(code: &str, name: &str) -> CountryInfo {
    CountryInfo {
        code: country(code),
        alpha2: None,
        numeric: Some(398),
        cow: None,
        fips: None,
        status: Status::State,
        name: name.to_owned(),
        capital: Some("Seat".to_owned()),
        region: None,
        subregion: None,
        currency: Some("EUR".to_owned()),
        since: Some(Period::Year(1991)),
        until: None,
        successors: vec![country("KAZ"), country("SVN")],
        citation: cite("countries", 2),
    }
}

fn countries(records: &mut Records) {
    for (code, name) in [
        ("KAZ", "Kazakhstan"),
        ("SVN", "Slovenia"),
        ("FRA", "France"),
    ] {
        records.countries.push(country_info(code, name));
        records.names.push(CountryName {
            country: country(code),
            name: name.to_owned(),
            key: fold(name),
            language: Some("en".to_owned()),
            kind: NameKind::Short,
            since: None,
            until: None,
            citation: cite("countries", 2),
        });
    }
    records.memberships.push(Membership {
        country: country("SVN"),
        organisation: "WTO".to_owned(),
        name: "World Trade Organization".to_owned(),
        kind: MembershipKind::Full,
        since: Some(Period::Year(1995)),
        until: None,
        citation: cite("igo", 7),
    });
    records.facts.push(Fact {
        country: country("SVN"),
        field: FactField::Gdp,
        text: None,
        value: Some("68000000000000.5".parse().unwrap()),
        unit: Some(Unit::USD),
        period: Some(Period::Year(2023)),
        citation: cite("factbook", 1),
    });
    for (name, population, capital) in [("Ljubljana", 272_220, true), ("Maribor", 95_171, false)] {
        records.cities.push(City {
            country: country("SVN"),
            name: name.to_owned(),
            latitude: "46.05108".parse().unwrap(),
            longitude: "14.50513".parse().unwrap(),
            population,
            capital,
            citation: cite("cities", population),
        });
    }
    records.outlines.push(Outline {
        country: country("SVN"),
        rings: vec![
            vec![(13.5, 46.0), (14.0, 46.5), (13.5, 46.0)],
            vec![(15.1, 45.9), (15.2, 45.8), (15.1, 45.9)],
        ],
        citation: cite("shapes", 3),
    });
}

/// Three countries, two pairs, something in every table.
pub(crate) fn records() -> Records {
    let mut records = Records::default();
    evidence(&mut records);
    countries(&mut records);
    for index in [1, 0] {
        records.roll_calls.push(RollCall {
            index,
            rcid: 411,
            date: "1992-10-20".parse().unwrap(),
            session: None,
            symbol: Some("R/47/1".to_owned()),
            title: None,
            issues: "nu|hr".parse::<Issues>().unwrap(),
            citation: cite("unga", 2 + index),
        });
    }
    for (code, votes) in [
        ("SVN", vec![(0, Vote::Yes), (1, Vote::Absent)]),
        ("KAZ", vec![(1, Vote::No)]),
    ] {
        let country = country(code);
        records.voting.push(VotingRecord { country, votes });
    }
    records.products.push(Product {
        nomenclature: "SITC3".to_owned(),
        code: "SITC5".to_owned(),
        description: "Chemicals".to_owned(),
        parent: None,
        level: 1,
        citation: cite("nomenclature", 6),
    });
    for source in ["books", "papers"] {
        records.vintages.push(Vintage {
            source: SourceId::new(source),
            file: "data.csv".to_owned(),
            vintage: Period::Year(2020),
            bytes: 5_000_000_000,
            sha256: "00".repeat(32),
            records: 22,
            kept: 21,
            left_out: 1,
            skipped: 0,
        });
    }
    records
}

pub(crate) fn standing() -> Standing {
    Standing {
        pair: pair("KAZ-SVN"),
        indicator: "turnover".to_owned(),
        period: Some(Period::Year(2019)),
        value: "111500000.123456".parse().unwrap(),
        percentile: "61.25".parse().unwrap(),
        rank_a: 47,
        of_a: 173,
        rank_b: 44,
        of_b: 180,
    }
}

pub(crate) fn mean() -> AgreementMean {
    AgreementMean {
        country: country("KAZ"),
        year: 2023,
        same: 9_000_000_000,
        both: 12_000_000_000,
    }
}
