//! What the political sources say of pairs that we know, read from the real files.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use bilat_model::evidence::{EventDetails, Statement, Tie, TieDetails, TieKind};
use bilat_model::profile::{MembershipKind, Vote, VotingRecord};
use bilat_model::{Country, Pair, Registry};
use bilat_sources::{Records, Report, SOURCES, read_one};

const READ: [&str; 8] = [
    "countries",
    "unga",
    "security_council",
    "diplomatic_relations",
    "embassies",
    "treaties",
    "alliances",
    "igo",
];

/// The data folder: `BILAT_DATA`, else `../shared/data` beside the workspace.
fn data() -> Option<PathBuf> {
    let dir = std::env::var_os("BILAT_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    dir.is_dir().then_some(dir)
}

/// The sources, read once for all tests; `None`, said aloud, without the data folder.
fn read() -> Option<&'static (Records, Vec<Report>)> {
    static READ_ONCE: OnceLock<Option<(Records, Vec<Report>)>> = OnceLock::new();
    let read = READ_ONCE.get_or_init(|| {
        let dir = data()?;
        let mut records = Records::default();
        let mut reports = Vec::new();
        let mut registry = Registry::default();
        for source in SOURCES.iter().filter(|s| READ.contains(&s.id)) {
            reports.push(read_one(source, &dir, &registry, &mut records).unwrap());
            if source.id == "countries" {
                registry = Registry::new(records.countries.clone(), records.names.clone());
            }
        }
        Some((records, reports))
    });
    if read.is_none() {
        println!("not run: no data folder");
    }
    read.as_ref()
}

fn pair(a: &'static str, b: &'static str) -> Pair {
    Pair::new(Country::new(a), Country::new(b)).unwrap()
}

fn voting<'r>(records: &'r Records, code: &str) -> &'r VotingRecord {
    let found = records.voting.iter().find(|v| v.country.code() == code);
    found.unwrap()
}

/// Same votes, and roll calls on which both voted yes, no or abstained, over years.
fn agreement(
    records: &Records,
    a: &str,
    b: &str,
    years: std::ops::RangeInclusive<i16>,
) -> (u32, u32) {
    let other: BTreeMap<_, _> = voting(records, b).votes.iter().copied().collect();
    let (mut same, mut both) = (0, 0);
    for (index, x) in &voting(records, a).votes {
        let call = &records.roll_calls[*index as usize];
        let Some(y) = other.get(index) else { continue };
        let voted = *x != Vote::Absent && *y != Vote::Absent;
        if voted && years.contains(&call.date.year().unwrap()) {
            both += 1;
            same += u32::from(x == y);
        }
    }
    (same, both)
}

fn ties(records: &Records, pair: Pair, kind: TieKind) -> Vec<&Tie> {
    records
        .evidence
        .iter()
        .filter(|(p, _, _)| *p == pair)
        .filter_map(|(_, s, _)| match s {
            Statement::Tie(t) if t.kind == kind => Some(t),
            _ => None,
        })
        .collect()
}

#[test]
#[ignore = "needs the data folder"]
fn votes_in_the_general_assembly() {
    let Some((records, _)) = read() else { return };
    assert_eq!(agreement(records, "KAZ", "SVN", 2023..=2023), (45, 81));
    assert_eq!(agreement(records, "KAZ", "SVN", 1992..=2024), (1745, 2695));
    let calls = &records.roll_calls;
    assert_eq!(calls.len(), 6551);
    // Roll calls are numbered in the order of their dates.
    assert!(
        calls
            .windows(2)
            .all(|w| (w[0].date, w[0].rcid) <= (w[1].date, w[1].rcid))
    );
    // Four numbers were used twice; each stands for two roll calls.
    for rcid in [411, 427, 449, 495] {
        let years: Vec<_> = calls.iter().filter(|c| c.rcid == rcid).collect();
        assert_eq!(years.len(), 2, "{rcid}");
        assert!(years[0].title.is_some() && years[1].title.is_none());
        assert_eq!(years[1].date.year(), Some(2023));
    }
    assert_eq!(calls.iter().filter(|c| c.session.is_some()).count(), 6202);
    // Votes belong to the states that cast them.
    let span = |code: &str| {
        let votes = &voting(records, code).votes;
        let date = |v: &(u32, Vote)| calls[v.0 as usize].date.to_string();
        (date(votes.first().unwrap()), date(votes.last().unwrap()))
    };
    assert_eq!(span("SUN"), ("1946-01".into(), "1991-12".into()));
    assert_eq!(span("RUS"), ("1992-08".into(), "2024-06-04".into()));
    assert_eq!(span("YUG").1, "1991-12");
    assert_eq!(span("SVN").0, "1992-08");
}

#[test]
#[ignore = "needs the data folder"]
fn seats_in_the_security_council() {
    let Some((records, reports)) = read() else {
        return;
    };
    let seats = |code: &str| {
        let all = records.memberships.iter();
        all.filter(|m| m.country.code() == code && m.kind == MembershipKind::Seat)
            .map(|m| {
                (
                    m.since.unwrap().year().unwrap(),
                    m.until.and_then(|u| u.year()),
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(seats("SVN"), [(1998, Some(1999)), (2024, Some(2025))]);
    assert_eq!(seats("KAZ"), [(2017, Some(2018))]);
    assert_eq!(seats("FRA"), [(1946, None)]);
    assert_eq!(seats("SUN"), [(1946, Some(1991))]);
    assert_eq!(seats("RUS"), [(1992, None)]);
    assert_eq!(seats("TUR").len(), 4);
    let report = reports
        .iter()
        .find(|r| r.source.0.as_ref() == "security_council");
    assert_eq!(report.unwrap().skipped.len(), 1);
}

#[test]
#[ignore = "needs the data folder"]
fn relations_and_missions() {
    let Some((records, _)) = read() else { return };
    let dates: Vec<_> = records
        .evidence
        .iter()
        .filter(|(p, _, _)| *p == pair("KAZ", "SVN"))
        .filter_map(|(_, s, _)| match s {
            Statement::Event(e) => match e.details {
                EventDetails::Relations { stated_by } => {
                    Some(format!("{} {stated_by}", e.date.unwrap()))
                }
                _ => None,
            },
            _ => None,
        })
        .collect();
    assert!(dates.contains(&"1992-10-20 SVN".to_owned()), "{dates:?}");

    let missions = ties(records, pair("KAZ", "SVN"), TieKind::Mission);
    let mut told: Vec<_> = missions
        .iter()
        .map(|t| {
            let TieDetails::Mission {
                type_name,
                city,
                seat,
                ..
            } = &t.details
            else {
                panic!()
            };
            // No resident mission either way.
            assert_ne!(*seat, t.to);
            format!("{}>{} {type_name} {city} {seat}", t.from, t.to)
        })
        .collect();
    told.sort();
    assert_eq!(
        told,
        ["KAZ>SVN embassy Vienna AUT", "SVN>KAZ embassy Moscow RUS"]
    );
    // A mission to the Holy See in Rome is none to Italy.
    let to_italy = ties(records, pair("AUS", "ITA"), TieKind::Mission);
    let embassies = to_italy
        .iter()
        .filter(|t| t.from.code() == "AUS" && t.what == "embassy");
    assert_eq!(embassies.count(), 1);
}

#[test]
#[ignore = "needs the data folder"]
fn treaties_alliances_and_organisations() {
    let Some((records, _)) = read() else { return };
    let treaties: Vec<_> = ties(records, pair("KAZ", "SVN"), TieKind::Treaty)
        .iter()
        .map(|t| format!("{} {}", t.what, t.since.unwrap()))
        .collect();
    assert_eq!(treaties, ["EC Kazakhstan 2020"]);
    // A name with a comma, and a bloc of two.
    assert!(!ties(records, pair("KAZ", "KOR"), TieKind::Treaty).is_empty());
    assert!(!ties(records, pair("KAZ", "LUX"), TieKind::Treaty).is_empty());
    let ended: Vec<_> = ties(records, pair("ARE", "IND"), TieKind::Treaty)
        .into_iter()
        .filter(|t| t.until.is_some())
        .collect();
    assert_eq!(ended[0].until.unwrap().to_string(), "2024-08-31");

    let alliance = ties(records, pair("DEU", "FRA"), TieKind::Alliance);
    let last = alliance.last().unwrap();
    assert!(last.until.is_none() && last.as_of.unwrap().to_string() == "2018");
    assert!(matches!(
        last.details,
        TieDetails::Alliance { defence: true, .. }
    ));
    let soviet = ties(records, pair("FIN", "SUN"), TieKind::Alliance);
    assert_eq!(soviet.last().unwrap().until.unwrap().to_string(), "1991");

    let of = |code: &str, organisation: &str| {
        let all = records.memberships.iter();
        all.filter(|m| m.country.code() == code && m.organisation == organisation)
            .map(|m| format!("{} {:?} {:?}", m.kind, m.since.unwrap(), m.until))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("SVN", "NATO"), ["full 2004 None"]);
    assert_eq!(of("SVN", "EU"), ["full 2004 None"]);
    assert_eq!(of("KAZ", "OSCE"), ["full 1992 None"]);
    // Slovenia is not Slovakia.
    assert_eq!(of("SVK", "OECD"), ["full 2000 None"]);
    assert_eq!(of("SVN", "OECD"), ["full 2010 None"]);
}
