//! What the trade sources must say, read from the publishers' real files.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use bilat_model::evidence::{Figure, Measure, Statement, TieKind, Valuation};
use bilat_model::{Country, Decimal, Registry};
use bilat_sources::{Records, Report, SOURCES, read_one};

const KAZ: Country = Country::new("KAZ");
const SVN: Country = Country::new("SVN");

/// The data folder: `BILAT_DATA`, else `../shared/data` beside the workspace.
fn data() -> Option<PathBuf> {
    let dir = std::env::var_os("BILAT_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    dir.is_dir().then_some(dir)
}

fn read(dir: &std::path::Path) -> (Records, BTreeMap<&'static str, Report>) {
    let wanted = [
        "countries",
        "trade_dots",
        "trade_unctad",
        "trade_comtrade_panel",
        "fdi",
        "remittances",
        "distance",
    ];
    let mut records = Records::default();
    let mut registry = Registry::default();
    let mut reports = BTreeMap::new();
    for source in SOURCES.iter().filter(|s| wanted.contains(&s.id)) {
        let report = read_one(source, dir, &registry, &mut records).unwrap();
        if source.id == "countries" {
            registry = Registry::new(records.countries.clone(), records.names.clone());
        }
        reports.insert(source.id, report);
    }
    (records, reports)
}

/// The figures of one source about goods from Slovenia to Kazakhstan, all goods, in a year.
fn svn_to_kaz<'r>(records: &'r Records, source: &str, year: &str) -> Vec<&'r Figure> {
    records
        .evidence
        .iter()
        .filter(|(_, _, c)| c.source.0.as_ref() == source)
        .filter_map(|(_, s, _)| match s {
            Statement::Figure(f) => Some(f),
            _ => None,
        })
        .filter(|f| (f.from, f.to) == (SVN, KAZ) && f.product.is_none())
        .filter(|f| f.period.is_some_and(|p| p.to_string() == year))
        .collect()
}

fn usd(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
#[ignore = "needs the data folder"]
fn trade_and_money_sources_hold() {
    let Some(dir) = data() else {
        println!("not run: no data folder");
        return;
    };
    let (records, reports) = read(&dir);
    for (id, report) in &reports {
        assert!(report.holds(), "{id}: {report:?}");
        assert!(
            report.unused_lookups.is_empty(),
            "{id}: {:?}",
            report.unused_lookups
        );
        for f in &report.files {
            let told = f.kept + f.left_out + f.skipped;
            assert!(told == f.records, "{id}: {f:?}");
        }
    }
    both_books_of_2019(&records);
    three_sources_for_2015(&records);
    counts(&reports);
    distances(&records);
}

fn both_books_of_2019(records: &Records) {
    let dots = svn_to_kaz(records, "trade_dots", "2019");
    let by = |who| *dots.iter().find(|f| f.reporter == Some(who)).unwrap();
    assert_eq!(dots.len(), 2);
    assert_eq!(by(KAZ).value, usd("94447357"));
    assert_eq!(by(KAZ).measure, Measure::Imports);
    assert_eq!(by(KAZ).valuation, Some(Valuation::Cif));
    assert_eq!(by(SVN).value, usd("96561418"));
    assert_eq!(by(SVN).measure, Measure::Exports);
    assert_eq!(by(SVN).valuation, Some(Valuation::Fob));
}

/// Between 70.0 and 80.1 million as printed with one decimal; the panel has 2016 in its stead.
fn three_sources_for_2015(records: &Records) {
    let sources = [
        ("trade_dots", "2015", 2),
        ("trade_unctad", "2015", 1),
        ("trade_comtrade_panel", "2016", 1),
    ];
    for (source, year, n) in sources {
        let figures = svn_to_kaz(records, source, year);
        assert_eq!(figures.len(), n, "{source}: {figures:?}");
        for f in figures {
            let millions = (f.value / Decimal::from(1_000_000)).round_dp(1);
            assert!(
                (usd("70.0")..=usd("80.1")).contains(&millions),
                "{source}: {millions}"
            );
        }
    }
}

fn counts(reports: &BTreeMap<&'static str, Report>) {
    let dots = &reports["trade_dots"];
    assert_eq!(dots.files[0].records, 2_431_413);
    assert_eq!(dots.left_out["an exact duplicate"], 24_401);
    assert_eq!(dots.files[0].skipped, 0);
    assert_eq!(
        reports["trade_unctad"].left_out["a country with itself"],
        22
    );
    assert_eq!(reports["trade_unctad"].files[0].skipped, 0);
    assert_eq!(reports["trade_comtrade_panel"].files[0].skipped, 0);
    assert_eq!(reports["fdi"].files[0].skipped, 1_809);
    assert_eq!(reports["remittances"].files[0].skipped, 0);
    assert_eq!(reports["distance"].files[0].skipped, 33);
}

fn distances(records: &Records) {
    let value = |measure| {
        records.evidence.iter().find_map(|(pair, s, _)| match s {
            Statement::Figure(f) if pair.both() == [KAZ, SVN] && f.measure == measure => {
                Some(f.value)
            }
            _ => None,
        })
    };
    assert_eq!(value(Measure::Distance), Some(usd("4824.831")));
    assert_eq!(value(Measure::DistanceCapitals), Some(usd("4123.43")));
    assert_eq!(value(Measure::DistanceWeighted), Some(usd("4222.144")));
    // Every line of the list of colonies meets a tie; ten ties have no direction.
    let colonies = |what: &str| {
        let told = records.evidence.iter();
        told.filter(|(_, s, _)| matches!(s, Statement::Tie(t) if t.kind == TieKind::Colony && t.what == what))
            .count()
    };
    assert_eq!(
        (colonies("coloniser to colony"), colonies("colonial tie")),
        (230, 10)
    );
}
