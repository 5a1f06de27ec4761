//! The publishers' real files, where the data folder is at hand.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::path::PathBuf;

use bilat_analyse::standing::StandingsBuilder;
use bilat_analyse::trade::Margin;
use bilat_analyse::{By, Partners, Scope, Series, Trade, Votes};
use bilat_model::evidence::Statement;
use bilat_model::source::SourceId;
use bilat_model::{Country, Decimal, Evidence, EvidenceId, Pair, Period, Registry};
use bilat_sources::{Records, SOURCES, read_one};

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

/// The countries and one source.
fn read(id: &str) -> Option<Records> {
    let Some(dir) = data() else {
        println!("not run: no data folder");
        return None;
    };
    let source = |id: &str| SOURCES.iter().find(|s| s.id == id).unwrap();
    let mut records = Records::default();
    let empty = Registry::default();
    read_one(source("countries"), &dir, &empty, &mut records).unwrap();
    let registry = Registry::new(records.countries.clone(), records.names.clone());
    read_one(source(id), &dir, &registry, &mut records).unwrap();
    Some(records)
}

#[test]
#[ignore = "needs the data folder"]
fn kazakhstan_and_slovenia_in_the_general_assembly() {
    let Some(records) = read("unga") else { return };
    let votes = Votes::new(&records.roll_calls, &records.voting).unwrap();
    let year = votes.agreement(KAZ, SVN, &votes.mask(Scope::year(2023)));
    assert_eq!((year.same, year.both), (45, 81));
    let whole = votes.agreement(KAZ, SVN, &votes.mask(Scope::ALL));
    assert_eq!((whole.same, whole.both), (1745, 2695));
    let pair = Pair::new(KAZ, SVN).unwrap();
    let c = votes.computed(pair, Scope::ALL).unwrap();
    assert_eq!(c.period, Some(Period::Years(1992, 2024)));
    let means = votes.means();
    for c in [KAZ, SVN] {
        println!(
            "{} {}",
            c,
            votes.excess(pair, c, 2023, &means).unwrap().arithmetic
        );
    }
    for o in votes.opposed(pair, 5) {
        println!("{} {:?} {:?} {:?}", o.call.date, o.a, o.b, o.call.title);
    }
    println!("{:?}", votes.by_issue(KAZ, SVN, None));
}

#[test]
#[ignore = "needs the data folder"]
fn kazakhstan_and_slovenia_in_trade() {
    let Some(records) = read("trade_dots") else {
        return;
    };
    let pair = Pair::new(KAZ, SVN).unwrap();
    let evidence: Vec<_> = records
        .evidence
        .iter()
        .filter(|(p, ..)| *p == pair)
        .map(|(p, s, c)| Evidence {
            id: EvidenceId::of(*p, &c.source, s, 0),
            pair: *p,
            statement: s.clone(),
            citation: c.clone(),
        })
        .collect();
    let trade = Trade::of(pair, &evidence, &SourceId::new("trade_dots"));
    let t = trade.turnover(KAZ, 2019).unwrap();
    assert_eq!(t.value.round_dp(0), Decimal::from(111_520_366));
    assert_eq!(trade.margin(SVN, 2019), Some(Margin::Below));
    for c in pair.both() {
        println!(
            "{c}: {:?}",
            trade.peak(Series::Turnover, c).map(|c| c.arithmetic)
        );
        println!("{c}: {:?}", trade.latest_year(Series::Turnover, c));
    }
    println!("{:?}", trade.missing_years(|_, p| p.year() >= Some(1992)));
    let mut partners = Partners::new(KAZ, By::Turnover, Some(2019));
    let mut builder = StandingsBuilder::new();
    for (p, statement, _) in &records.evidence {
        if let Statement::Figure(f) = statement
            && f.product.is_none()
        {
            partners.figure(*p, f.measure, f.from, f.period, f.value);
            builder.figure(*p, f.measure, f.from, f.period, f.value);
        }
    }
    let table = partners.finish();
    let row = table.row(SVN).unwrap();
    println!("{row:?} of {}", table.rows.len());
    let standings = builder.finish();
    println!("{} standings", standings.len());
    for s in standings.iter().filter(|s| s.pair == pair) {
        println!(
            "{} {:?} {} p{} a {}/{} b {}/{}",
            s.indicator, s.period, s.value, s.percentile, s.rank_a, s.of_a, s.rank_b, s.of_b
        );
    }
    assert_eq!((row.rank, table.rows.len()), (47, 173));
}
