#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bilat_model::evidence::{Figure, Measure, Statement};
use bilat_model::records::Records;
use bilat_model::source::SourceId;
use bilat_model::{Country, Decimal, EvidenceId, Period};
use proptest::prelude::*;

use crate::testing::{add, country, imports, mean, pair, records, standing};
use crate::*;

fn snapshot(records: &Records) -> (tempfile::TempDir, Snapshot) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("snapshot");
    write(records, &[standing()], &[mean()], &out).unwrap();
    let opened = Snapshot::open(&out).unwrap();
    (dir, opened)
}

#[test]
fn everything_written_comes_back() {
    let r = records();
    let (_dir, s) = snapshot(&r);
    let evidence = s.pair(pair("KAZ-SVN")).unwrap();
    let ours = r.evidence.iter().filter(|e| e.0 == pair("KAZ-SVN"));
    assert_eq!(evidence.len(), ours.clone().count());
    for (p, statement, citation) in ours {
        let found = evidence.iter().find(|e| e.citation == *citation).unwrap();
        assert_eq!((&found.statement, found.pair), (statement, *p));
    }
    let ids: BTreeSet<_> = evidence.iter().map(|e| e.id.clone()).collect();
    assert_eq!(ids.len(), evidence.len());
    assert!(ids.contains(&EvidenceId(
        "KAZ-SVN:books:imports:SVN>KAZ:KAZ:2019:2".to_owned()
    )));

    let slovenia = s.profile(country("SVN")).unwrap().unwrap();
    assert_eq!(slovenia.info, r.countries[1]);
    assert_eq!(slovenia.memberships, r.memberships);
    assert_eq!(slovenia.facts, r.facts);
    assert_eq!(slovenia.cities, r.cities);
    assert_eq!(slovenia.capital().unwrap().name, "Ljubljana");
    assert_eq!(slovenia.outline.as_ref(), r.outlines.first());
    assert!(s.profile(country("QQQ")).unwrap().is_none());
    assert_eq!(s.outlines().unwrap(), r.outlines);

    let calls = s.roll_calls().unwrap();
    assert_eq!(calls, [r.roll_calls[1].clone(), r.roll_calls[0].clone()]);
    assert_eq!(s.voting(country("SVN")).unwrap(), r.voting[0]);
    assert_eq!(
        s.all_voting().unwrap(),
        [r.voting[1].clone(), r.voting[0].clone()]
    );
    assert!(s.voting(country("FRA")).unwrap().votes.is_empty());
    assert_eq!(s.products().unwrap(), r.products);
    assert_eq!(s.vintages().unwrap(), r.vintages);
    assert_eq!(s.standings(pair("KAZ-SVN")).unwrap(), [standing()]);
    assert_eq!(s.agreement_means(country("KAZ")).unwrap(), [mean()]);
    assert_eq!(s.registry().unwrap().find("slovenia"), Ok(country("SVN")));
}

#[test]
fn the_order_of_reading_does_not_show() {
    let dir = tempfile::tempdir().unwrap();
    let mut r = records();
    let first = write(&r, &[], &[], &dir.path().join("a")).unwrap();
    r.evidence.reverse();
    r.names.reverse();
    r.voting.reverse();
    let second = write(&r, &[], &[], &dir.path().join("b")).unwrap();
    assert_eq!(first, second);
    for table in Table::ALL {
        let read = |d: &str| fs::read(dir.path().join(d).join(table.file())).unwrap();
        assert_eq!(read("a"), read("b"), "{table:?}");
    }
}

#[test]
fn writing_again_replaces_the_tables_and_keeps_other_files() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("s");
    write(&records(), &[], &[], &out).unwrap();
    fs::write(out.join("README.md"), "mine").unwrap();
    write_computed(&[standing()], &[mean()], &out).unwrap();
    assert_eq!(fs::read_to_string(out.join("README.md")).unwrap(), "mine");
    let s = Snapshot::open(&out).unwrap();
    assert_eq!(s.standings(pair("KAZ-SVN")).unwrap(), [standing()]);
    assert_eq!(s.pair(pair("FRA-KAZ")).unwrap().len(), 10);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn a_scan_hands_over_what_passes_the_filter() {
    let (_dir, s) = snapshot(&records());
    let count = |f: FigureFilter| {
        let mut rows = Vec::new();
        s.scan_figures(&f, |r| rows.push((r.pair, r.measure, r.period, r.value)))
            .unwrap();
        rows
    };
    assert_eq!(count(FigureFilter::default()).len(), 23);
    let works = count(FigureFilter {
        measures: Some(vec![Measure::Works]),
        ..FigureFilter::default()
    });
    assert_eq!(
        works,
        [(pair("KAZ-SVN"), Measure::Works, None, Decimal::from(3))]
    );
    let years = count(FigureFilter {
        years: Some(2012..=2013),
        ..FigureFilter::default()
    });
    assert_eq!(years.len(), 4);
    let papers = FigureFilter {
        sources: Some(vec![SourceId::new("papers")]),
        totals_only: true,
        ..FigureFilter::default()
    };
    assert_eq!(count(papers).len(), 1);
}

#[test]
fn pairs_in_order_agree_with_looking_each_up() {
    let (dir, s) = snapshot(&records());
    let mut overlay = Records::default();
    add(&mut overlay, "aaa", 2, imports("SVN", "KAZ", 2021, "5"));
    let over = dir.path().join("over");
    write_overlay(&overlay, &over).unwrap();
    let s = s.with_overlay(&over).unwrap();
    let all: Vec<_> = s
        .pairs_in_order(None, None)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let pairs: Vec<_> = all.iter().map(|(p, _)| p.to_string()).collect();
    assert_eq!(pairs, ["FRA-KAZ", "KAZ-SVN"]);
    for (p, evidence) in &all {
        assert_eq!(*evidence, s.pair(*p).unwrap());
    }
    let at_once = s.pairs(pair("FRA-GBR"), pair("KAZ-SVN")).unwrap();
    assert_eq!(at_once.into_iter().collect::<Vec<_>>(), all);
    assert!(
        s.pairs(pair("FRA-SVN"), pair("KAZ-RUS"))
            .unwrap()
            .is_empty()
    );
    let from = s.pairs_in_order(Some(pair("GBR-KAZ")), None).unwrap();
    assert_eq!(
        from.map(|x| x.unwrap().0).collect::<Vec<_>>(),
        [pair("KAZ-SVN")]
    );
    let until = s.pairs_in_order(None, Some(pair("KAZ-SVN"))).unwrap();
    assert_eq!(
        until.map(|x| x.unwrap().0).collect::<Vec<_>>(),
        [pair("FRA-KAZ")]
    );
}

#[test]
fn a_synced_source_replaces_its_rows_and_no_others() {
    let (dir, s) = snapshot(&records());
    let mut synced = Records::default();
    add(&mut synced, "books", 2, imports("SVN", "KAZ", 2024, "5"));
    synced.vintages.push(bilat_model::source::Vintage {
        vintage: Period::Year(2025),
        ..records().vintages[0].clone()
    });
    let over = dir.path().join("books");
    write_overlay(&synced, &over).unwrap();
    assert!(!over.join("votes.parquet").exists());
    let s = s.with_overlay(&over).unwrap();
    let books: Vec<_> = s.pair(pair("KAZ-SVN")).unwrap();
    let of = |source: &str| {
        books
            .iter()
            .filter(|e| *e.citation.source.0 == *source)
            .count()
    };
    assert_eq!(
        (of("books"), of("papers"), of("games"), of("visas")),
        (1, 2, 1, 1)
    );
    assert!(s.pair(pair("FRA-KAZ")).unwrap().is_empty());
    let mut scanned = 0;
    s.scan_figures(&FigureFilter::default(), |_| scanned += 1)
        .unwrap();
    assert_eq!(scanned, 3);
    let vintages = s.vintages().unwrap();
    assert_eq!(vintages.len(), 2);
    assert_eq!(vintages[0].vintage, Period::Year(2025));
    assert_eq!(s.voting(country("SVN")).unwrap(), records().voting[0]);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for e in fs::read_dir(from).unwrap() {
        let e = e.unwrap();
        fs::copy(e.path(), to.join(e.file_name())).unwrap();
    }
}

#[test]
fn figures_read_side_by_side_come_in_the_order_of_a_scan() {
    let s = Snapshot::embedded().unwrap();
    let filter = FigureFilter {
        years: Some(2019..=2020),
        totals_only: true,
        ..FigureFilter::default()
    };
    let mut scanned = Vec::new();
    s.scan_figures(&filter, |r| {
        scanned.push((r.pair, r.measure, r.from, r.value))
    })
    .unwrap();
    let all = s.collect_figures(&filter, |r| Some((r.pair, r.measure, r.from, r.value)));
    assert!(scanned.len() > 50_000);
    assert_eq!(all.unwrap(), scanned);
    let none = s.collect_figures(&filter, |_| None::<()>);
    assert!(none.unwrap().is_empty());
}

#[test]
fn a_damaged_file_is_named_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let good = dir.path().join("good");
    write(&records(), &[standing()], &[], &good).unwrap();
    let spoilt = dir.path().join("spoilt");
    for table in Table::ALL {
        copy(&good, &spoilt);
        let path = spoilt.join(table.file());
        let bytes = fs::read(&path).unwrap();
        let mut flipped = bytes.clone();
        flipped[bytes.len() / 2] ^= 0x40;
        for wrong in [&bytes[..bytes.len() / 2], &flipped, b""] {
            fs::write(&path, wrong).unwrap();
            let message = Snapshot::open(&spoilt).unwrap_err().to_string();
            assert!(
                message.contains(&format!("table {} ", table.name())),
                "{message}"
            );
            assert!(message.contains("build it again"), "{message}");
        }
        fs::remove_file(&path).unwrap();
        assert!(matches!(
            Snapshot::open(&spoilt),
            Err(SnapshotError::File { .. })
        ));
    }
    copy(&good, &spoilt);
    fs::write(spoilt.join(MANIFEST), "{").unwrap();
    assert!(matches!(
        Snapshot::open(&spoilt),
        Err(SnapshotError::Manifest { .. })
    ));
    let future = fs::read_to_string(good.join(MANIFEST)).unwrap();
    fs::write(
        spoilt.join(MANIFEST),
        future.replace("\"format\": 1", "\"format\": 2"),
    )
    .unwrap();
    assert!(
        Snapshot::open(&spoilt)
            .unwrap_err()
            .to_string()
            .contains("format 2")
    );
}

#[test]
fn a_file_that_matches_its_hash_but_is_no_table_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("s");
    write(&records(), &[], &[], &out).unwrap();
    // Votes in the place of figures, with a list that agrees.
    let votes = fs::read(out.join("votes.parquet")).unwrap();
    for (bytes, rows) in [(&votes[..], 3), (b"PAR1 nothing PAR1", 3)] {
        fs::write(out.join("figures.parquet"), bytes).unwrap();
        let text = fs::read_to_string(out.join(MANIFEST)).unwrap();
        let mut list: Manifest = serde_json::from_str(&text).unwrap();
        list.tables[0] = Entry::of(Table::Figures, rows, bytes);
        fs::write(out.join(MANIFEST), list.text().unwrap()).unwrap();
        let error = match Snapshot::open(&out) {
            Err(e) => e,
            Ok(s) => s.pair(pair("KAZ-SVN")).unwrap_err(),
        };
        assert!(
            matches!(
                error,
                SnapshotError::Damaged {
                    table: "figures",
                    ..
                }
            ),
            "{error}"
        );
    }
}

#[test]
fn a_value_that_would_change_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    for value in ["0.0000001", "1000000000000"] {
        let mut r = Records::default();
        add(&mut r, "books", 77, imports("SVN", "KAZ", 2019, value));
        let e = write(&r, &[], &[], &dir.path().join("s")).unwrap_err();
        assert!(e.to_string().contains("line 77"), "{e}");
        assert!(!dir.path().join("s").exists());
    }
}

#[test]
fn an_empty_snapshot_is_a_snapshot() {
    let (_dir, s) = snapshot(&Records::default());
    assert!(s.pair(pair("KAZ-SVN")).unwrap().is_empty());
    assert_eq!(s.pairs_in_order(None, None).unwrap().count(), 0);
    assert_eq!(s.registry().unwrap().pairs().len(), 0);
    assert_eq!(s.tables().len(), Table::ALL.len());
}

#[test]
fn figures_and_events_have_no_word_in_common() {
    // Their names in evidence ids would otherwise meet.
    let measures: BTreeSet<_> = Measure::ALL.iter().map(Measure::code).collect();
    let kinds = bilat_model::evidence::EventKind::ALL;
    assert!(kinds.iter().all(|k| !measures.contains(k.code())));
}

#[test]
fn columns_are_named_once_and_documented() {
    for t in Table::ALL {
        let names: BTreeSet<_> = t.columns().iter().map(|c| c.name).collect();
        assert_eq!(names.len(), t.columns().len(), "{t:?}");
        assert!(t.columns().iter().all(|c| !c.doc.is_empty()));
        assert_eq!(Table::of(t.name()), Some(*t));
    }
}

#[test]
fn the_snapshot_in_the_program_matches_its_list() {
    match Snapshot::embedded() {
        Ok(s) => s.verify().unwrap(),
        Err(e) => assert!(matches!(e, SnapshotError::NotEmbedded), "{e}"),
    }
}

fn codes() -> impl Strategy<Value = (Country, Country)> {
    ("[A-C]{3}", "[A-C]{3}")
        .prop_map(|(a, b)| (country(&a), country(&b)))
        .prop_filter("two different", |(a, b)| a != b)
}

prop_compose! {
    fn figures()(
        (from, to) in codes(),
        units in -999_999_999_999_999_999i64..1_000_000_000_000_000_000,
        scale in 0u32..=6,
        year in proptest::option::of(1i16..9999),
        product in proptest::option::of("[0-9]{1,2}"),
    ) -> Figure {
        Figure {
            measure: Measure::Exports,
            from,
            to,
            reporter: Some(from),
            product,
            period: year.map(Period::Year),
            value: Decimal::new(units / 10i64.pow(6 - scale), scale),
            valuation: None,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_figures_come_back_exactly(figures in proptest::collection::vec(figures(), 1..300)) {
        let mut r = Records::default();
        for (line, f) in (2..).zip(&figures) {
            add(&mut r, "books", line, f.clone());
        }
        let (_dir, s) = snapshot(&r);
        let mut back = 0;
        for item in s.pairs_in_order(None, None).unwrap() {
            let (p, evidence) = item.unwrap();
            prop_assert_eq!(&evidence, &s.pair(p).unwrap());
            let ids: BTreeSet<_> = evidence.iter().map(|e| &e.id).collect();
            prop_assert_eq!(ids.len(), evidence.len());
            for e in &evidence {
                let at = r.evidence.iter().find(|x| x.2 == e.citation).unwrap();
                prop_assert_eq!((&at.0, &at.1), (&e.pair, &e.statement));
                prop_assert!(matches!(e.statement, Statement::Figure(_)));
            }
            back += evidence.len();
        }
        prop_assert_eq!(back, figures.len());
    }
}
