//! SQL over a small snapshot: queries and answers stand in `queries.txt`.
#![allow(clippy::unwrap_used)]

use bilat_lake::{Format, Lake, LakeError, write_batches};
use bilat_model::evidence::{
    Citation, Event, EventDetails, EventKind, Figure, Locator, Measure, Statement, Tie, TieDetails,
    TieKind, Valuation,
};
use bilat_model::profile::{Issues, Membership, MembershipKind, RollCall, Vote, VotingRecord};
use bilat_model::records::Records;
use bilat_model::source::{SourceId, Vintage};
use bilat_model::{Country, Pair, Period};
use bilat_snapshot::Snapshot;

fn country(code: &str) -> Country {
    code.parse().unwrap()
}

fn cite(source: &str, line: u32) -> Citation {
    Citation {
        source: SourceId::new(source),
        file: "data.csv".into(),
        at: Locator::Line(line),
    }
}

fn imports(from: &str, year: i16, value: &str) -> Statement {
    Statement::Figure(Figure {
        measure: Measure::Imports,
        from: country(from),
        to: country("KAZ"),
        reporter: Some(country("KAZ")),
        product: None,
        period: Some(Period::Year(year)),
        value: value.parse().unwrap(),
        valuation: Some(Valuation::Cif),
    })
}

fn evidence(records: &mut Records) {
    let works = Statement::Figure(Figure {
        measure: Measure::Works,
        from: country("KAZ"),
        to: country("SVN"),
        reporter: None,
        product: None,
        period: None,
        value: 3.into(),
        valuation: None,
    });
    let event = Statement::Event(Event {
        kind: EventKind::DiplomaticRelations,
        date: Some("1992-10-20".parse().unwrap()),
        what: "relations established".to_owned(),
        details: EventDetails::None,
    });
    let tie = Statement::Tie(Tie {
        kind: TieKind::VisaRegime,
        from: country("SVN"),
        to: country("KAZ"),
        what: "visa free".to_owned(),
        since: None,
        until: None,
        as_of: None,
        details: TieDetails::None,
    });
    let rows = [
        ("KAZ-SVN", imports("SVN", 2018, "90000000.5"), "books"),
        ("KAZ-SVN", imports("SVN", 2019, "94447000"), "books"),
        ("KAZ-SVN", imports("SVN", 2019, "94447000"), "books"),
        ("FRA-KAZ", imports("FRA", 2019, "1"), "books"),
        ("KAZ-SVN", works, "papers"),
        ("KAZ-SVN", event, "wiki"),
        ("KAZ-SVN", tie, "visas"),
    ];
    for (line, (pair, statement, source)) in (2..).zip(rows) {
        let pair: Pair = pair.parse().unwrap();
        records.evidence.push((pair, statement, cite(source, line)));
    }
}

fn records() -> Records {
    let mut records = Records::default();
    evidence(&mut records);
    for (code, since, vote) in [("KAZ", 2015, Vote::No), ("SVN", 1995, Vote::Yes)] {
        records.memberships.push(Membership {
            country: country(code),
            organisation: "WTO".to_owned(),
            name: "World Trade Organization".to_owned(),
            kind: MembershipKind::Full,
            since: Some(Period::Year(since)),
            until: None,
            citation: cite("igo", 7),
        });
        records.voting.push(VotingRecord {
            country: country(code),
            votes: vec![(0, vote)],
        });
    }
    records.roll_calls.push(RollCall {
        index: 0,
        rcid: 411,
        date: "1992-10-20".parse().unwrap(),
        session: Some(47),
        symbol: None,
        title: None,
        issues: "nu|hr".parse::<Issues>().unwrap(),
        citation: cite("unga", 2),
    });
    records
}

fn snapshot() -> (tempfile::TempDir, Snapshot) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("s");
    bilat_snapshot::write(&records(), &[], &[], &out).unwrap();
    let snapshot = Snapshot::open(&out).unwrap();
    (dir, snapshot)
}

fn csv(lake: &Lake, sql: &str) -> Result<String, LakeError> {
    let mut out = Vec::new();
    write_batches(&lake.query(sql)?, Format::Csv, &mut out)?;
    let text = String::from_utf8(out).unwrap();
    Ok(text
        .split_once('\n')
        .map_or("", |(_, rows)| rows)
        .to_owned())
}

#[test]
fn queries_have_the_answers_written_beside_them() {
    let (_dir, snapshot) = snapshot();
    let lake = Lake::new(&snapshot).unwrap();
    let mut ran = 0;
    for block in include_str!("queries.txt").split("\n\n") {
        let lines: Vec<_> = block.lines().filter(|l| !l.starts_with('#')).collect();
        let Some((kind, rest)) = lines.split_first() else {
            continue;
        };
        let rest = rest.join("\n");
        let (sql, expected) = rest.split_once("\n----").unwrap();
        let expected = expected.trim_start_matches('\n');
        match *kind {
            "query" => assert_eq!(
                csv(&lake, sql).unwrap().trim_end(),
                expected.trim_end(),
                "{sql}"
            ),
            "error" => {
                let message = lake.query(sql).unwrap_err().to_string();
                assert!(message.contains(expected.trim_end()), "{sql}\n{message}");
            }
            other => panic!("a block begins with “{other}”"),
        }
        ran += 1;
    }
    assert!(ran > 20);
}

#[test]
fn names_in_sql_are_the_names_of_evidence() {
    let (_dir, snapshot) = snapshot();
    let lake = Lake::new(&snapshot).unwrap();
    let mut ours: Vec<String> = Vec::new();
    for item in snapshot.pairs_in_order(None, None).unwrap() {
        ours.extend(item.unwrap().1.into_iter().map(|e| e.id.0));
    }
    ours.sort();
    let theirs = csv(&lake, "SELECT id FROM evidence ORDER BY id").unwrap();
    assert_eq!(theirs.lines().collect::<Vec<_>>(), ours);
}

#[test]
fn documented_columns_are_the_columns() {
    let (_dir, snapshot) = snapshot();
    let lake = Lake::new(&snapshot).unwrap();
    for table in bilat_lake::tables(&snapshot) {
        let answer = lake
            .query(&format!("SELECT * FROM {} LIMIT 0", table.name))
            .unwrap();
        let names: Vec<_> = answer[0]
            .schema()
            .fields()
            .iter()
            .map(|f| f.name().clone())
            .collect();
        let documented: Vec<_> = table.columns.iter().map(|c| c.name.clone()).collect();
        assert_eq!(names, documented, "{}", table.name);
    }
}

#[test]
fn a_synced_source_shows_in_sql() {
    let (dir, snapshot) = snapshot();
    let mut synced = Records::default();
    let row = (
        "KAZ-SVN".parse().unwrap(),
        imports("SVN", 2024, "5"),
        cite("books", 2),
    );
    synced.evidence.push(row);
    synced.vintages.push(Vintage {
        source: SourceId::new("books"),
        file: "data.csv".to_owned(),
        vintage: Period::Year(2025),
        bytes: 1,
        sha256: "00".to_owned(),
        records: 1,
        kept: 1,
        left_out: 0,
        skipped: 0,
    });
    let over = dir.path().join("over");
    bilat_snapshot::write_overlay(&synced, &over).unwrap();
    let lake = Lake::new(&snapshot.with_overlay(&over).unwrap()).unwrap();
    let rows = csv(&lake, "SELECT source, period FROM figures ORDER BY 1").unwrap();
    assert_eq!(rows, "books,2024\npapers,\n");
    assert_eq!(
        csv(&lake, "SELECT count(*) FROM votes_named").unwrap(),
        "2\n"
    );
}

#[test]
fn too_large_a_query_ends_in_an_error() {
    let (_dir, snapshot) = snapshot();
    let lake = Lake::with_memory(&snapshot, 8 << 20).unwrap();
    let sql = "WITH n AS (SELECT * FROM generate_series(1, 3000) AS t(v)) \
               SELECT a.v, b.v, count(*) FROM n a CROSS JOIN n b GROUP BY 1, 2 ORDER BY 3, 1, 2";
    let error = lake.query(sql).unwrap_err();
    assert!(matches!(error, LakeError::Memory { limit: 8 }), "{error}");
    // The engine goes on.
    assert_eq!(csv(&lake, "SELECT 1").unwrap(), "1\n");
}

#[test]
fn answers_are_written_in_every_format() {
    let (_dir, snapshot) = snapshot();
    let lake = Lake::new(&snapshot).unwrap();
    let answer = lake
        .query("SELECT pair, value, line FROM figures WHERE pair = 'FRA-KAZ'")
        .unwrap();
    let write = |format| {
        let mut out = Vec::new();
        write_batches(&answer, format, &mut out).unwrap();
        out
    };
    let text = |format| String::from_utf8(write(format)).unwrap();
    assert_eq!(text(Format::Csv), "pair,value,line\nFRA-KAZ,1.000000,5\n");
    assert!(text(Format::Json).starts_with("[{\"pair\":\"FRA-KAZ\",\"value\":"));
    assert!(text(Format::Table).contains("| FRA-KAZ | 1.000000 | 5    |"));
    let parquet = bytes::Bytes::from(write(Format::Parquet));
    let mut back =
        parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(parquet, 10).unwrap();
    assert_eq!(back.next().unwrap().unwrap().num_rows(), 1);

    let none = lake
        .query("SELECT pair FROM figures WHERE pair = 'none'")
        .unwrap();
    let mut out = Vec::new();
    write_batches(&none, Format::Csv, &mut out).unwrap();
    assert_eq!(out, b"pair\n");
}
