//! The frame that readers work in, on a source that exists for these tests only.
#![allow(clippy::unwrap_used)]

use bilat_model::Country;
use bilat_model::evidence::Locator;

use crate::testing::{gz, read_sample, try_read_sample};
use crate::{Context, Name, Records, Report, Source, SourceError};

const CARD: &str = r#"
id = "sample"
title = "Sample"
short = "Sample"
publisher = "Nobody"
credit = "Nobody"
licence = "CC0-1.0"
licence_url = "https://example.org/licence"
homepage = "https://example.org"
vintage = "2020"
coverage = "none"
about = "Pairs of names."

[[file]]
path = "pairs.csv"
no_origin = "made for tests"
max_bytes = 1000
records = [1, 3]
columns = [
  { name = "a", means = "a name" },
  { name = "b", means = "another name" },
  { name = "note", ignored = "not used" },
]
"#;

const LOOKUPS: &str = r#"
[countries]
"Slovenia, Rep. of" = "SVN"

[not_countries]
World = "all countries"
"#;

const CORRECTION: &str = r#"
[[correction]]
file = "pairs.csv"
record = "1"
was = "Gambia, The"
becomes = "Germany"
reason = "a code read as another's"
"#;

/// Counts pairs; the correction's record is named by its number.
fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let path = context.card.files[0].path.clone();
    let mut table = context.table(&path, b',')?;
    let mut number = 0;
    while let Some(row) = context.next(&mut table)? {
        number += 1;
        let first = context.correct(&row.file, &number.to_string(), row.get("a"));
        let (x, y) = (context.country(&first), context.country(row.get("b")));
        if context
            .pair(&row.file, &Locator::Line(row.line), x, y)
            .is_some()
        {
            context.keep(&row.file);
        }
    }
    Ok(())
}

const SAMPLE: Source = Source {
    id: "sample",
    card_toml: CARD,
    lookups_toml: "",
    corrections_toml: "",
    read,
};

fn of(text: &[u8]) -> (Records, Report) {
    read_sample(&SAMPLE, &[("pairs.csv", text)])
}

fn error(source: &Source, files: &[(&str, &[u8])]) -> String {
    try_read_sample(source, files).err().unwrap().to_string()
}

#[test]
fn records_are_counted_and_files_hashed() {
    let (records, report) = of(b"a,b,note\nKazakhstan,Slovenia,x\n");
    let file = &report.files[0];
    assert_eq!(
        (file.records, file.kept, file.left_out, file.skipped),
        (1, 1, 0, 0)
    );
    assert_eq!(file.bytes, 31);
    assert_eq!(file.sha256.len(), 64);
    assert_eq!(records.vintages, report.files);
    assert!(report.holds());
}

#[test]
fn a_missing_added_or_moved_column_stops_with_file_and_line() {
    for header in ["a,b", "a,b,note,more", "b,a,note", "a,b,Note"] {
        let text = format!("{header}\nKazakhstan,Slovenia,x\n");
        let said = error(&SAMPLE, &[("pairs.csv", text.as_bytes())]);
        assert!(
            said.starts_with("sample: pairs.csv, line 1: the columns are not"),
            "{said}"
        );
    }
    let said = error(&SAMPLE, &[("pairs.csv", b"a,b,more\n")]);
    assert!(
        said.contains(r#"added: ["more"], missing: ["note"]"#),
        "{said}"
    );
    let said = error(&SAMPLE, &[("pairs.csv", b"")]);
    assert!(
        said.contains("line 1"),
        "an empty file has no columns: {said}"
    );
}

#[test]
fn a_missing_file_stops() {
    let said = error(&SAMPLE, &[("other.csv", b"")]);
    assert!(
        said.starts_with("sample: cannot read pairs.csv: "),
        "{said}"
    );
}

#[test]
fn a_file_that_is_not_on_the_card_stops() {
    let source = Source {
        read: |context| context.bytes("secret.csv").map(|_| ()),
        ..SAMPLE
    };
    let said = error(&source, &[("secret.csv", b"x")]);
    assert!(said.contains("it lists no file secret.csv"), "{said}");
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let (_, report) = of(b"\xef\xbb\xbfa,b,note\nKazakhstan,Slovenia,x\n");
    assert_eq!(report.files[0].kept, 1);
}

#[test]
fn records_of_another_length_are_skipped_and_listed_with_their_line() {
    let (_, report) = of(b"a,b,note\nKazakhstan\nKazakhstan,Slovenia,x\n\na,b,c,d\n");
    let file = &report.files[0];
    assert_eq!((file.records, file.kept, file.skipped), (3, 1, 2));
    assert_eq!(report.skipped[0].at, Locator::Line(2));
    assert_eq!(report.skipped[0].reason, "1 fields where the header has 3");
    assert_eq!(report.skipped[1].at, Locator::Line(5));
}

#[test]
fn a_record_over_several_lines_is_named_by_its_first() {
    let (_, report) = of(b"a,b,note\nKazakhstan,Slovenia,\"x\ny\"\nKazakhstan,Nowhere,x\n");
    assert_eq!(report.skipped[0].at, Locator::Line(4));
}

#[test]
fn text_that_is_not_utf8_is_skipped_and_listed() {
    let (_, report) = of(b"a,b,note\nKazakhstan,\xff,x\nKazakhstan,Slovenia,x\n");
    assert_eq!(report.skipped[0].reason, "not UTF-8");
    assert_eq!(report.skipped[0].at, Locator::Line(2));
    assert_eq!(report.files[0].kept, 1);
}

#[test]
fn names_are_resolved_by_lookups_then_registry_or_reported() {
    let source = Source {
        lookups_toml: LOOKUPS,
        ..SAMPLE
    };
    let text = "a,b,note\n\
        Kazakhstan,\"Slovenia, Rep. of\",x\n\
        World,Slovenia,x\n\
        Slovenai,World,x\n";
    let (_, report) = read_sample(&source, &[("pairs.csv", text.as_bytes())]);
    let file = &report.files[0];
    assert_eq!((file.kept, file.left_out, file.skipped), (1, 1, 1));
    assert_eq!(
        report.not_countries["World"],
        ("all countries".to_owned(), 2)
    );
    assert_eq!(report.unresolved["Slovenai"], 1);
    assert!(report.unused_lookups.is_empty());
    assert!(!report.holds(), "a name that is not resolved");
}

#[test]
fn a_lookup_that_nobody_needs_is_reported() {
    let source = Source {
        lookups_toml: LOOKUPS,
        ..SAMPLE
    };
    let (_, report) = read_sample(&source, &[("pairs.csv", b"a,b,note\nWorld,Slovenia,x\n")]);
    assert_eq!(report.unused_lookups, ["Slovenia, Rep. of"]);
}

#[test]
fn a_country_with_itself_is_left_out() {
    let (_, report) = of(b"a,b,note\nSlovenia,Slovenia,x\n");
    assert_eq!(report.left_out["a country with itself"], 1);
}

#[test]
fn fewer_or_more_records_than_expected_are_reported() {
    for (rows, n) in [("", 0), ("Kazakhstan,Slovenia,x\n", 4)] {
        let (_, report) = of(format!("a,b,note\n{}", rows.repeat(n)).as_bytes());
        assert_eq!(
            report.unexpected,
            [format!(
                "pairs.csv has {n} records where the card expects 1 to 3"
            )]
        );
        assert!(!report.holds());
    }
}

#[test]
fn a_correction_is_applied_where_its_text_stands() {
    let source = Source {
        corrections_toml: CORRECTION,
        read: |context| {
            let mut table = context.table("pairs.csv", b',')?;
            while let Some(row) = context.next(&mut table)? {
                let text = context.correct("pairs.csv", "1", row.get("a")).into_owned();
                let other = context.correct("pairs.csv", "2", row.get("a")).into_owned();
                assert_eq!(
                    (text.as_str(), other.as_str()),
                    ("Germany 4%", "Gambia, The 4%")
                );
                assert_eq!(
                    context.country("Germany"),
                    Name::Country(Country::new("DEU"))
                );
                context.keep(&row.file);
            }
            Ok(())
        },
        ..SAMPLE
    };
    read_sample(
        &source,
        &[("pairs.csv", b"a,b,note\n\"Gambia, The 4%\",,\n")],
    );
}

#[test]
fn a_correction_whose_text_is_gone_stops() {
    let source = Source {
        corrections_toml: CORRECTION,
        ..SAMPLE
    };
    let said = error(&source, &[("pairs.csv", b"a,b,note\nGermany,Slovenia,x\n")]);
    assert!(
        said.contains("pairs.csv, 1: the correction of “Gambia, The”"),
        "{said}"
    );
    assert!(said.contains("remove it from corrections.toml"), "{said}");
}

#[test]
fn a_correction_of_nothing_meets_nothing_only() {
    let empty: &'static str = "[[correction]]\nfile = \"pairs.csv\"\nrecord = \"1\"\n\
        was = \"\"\nbecomes = \"Slovenia\"\nreason = \"missing\"\n";
    let source = Source {
        corrections_toml: empty,
        ..SAMPLE
    };
    let (_, report) = read_sample(&source, &[("pairs.csv", b"a,b,note\n,Kazakhstan,x\n")]);
    assert_eq!(report.files[0].kept, 1);
    let said = error(
        &source,
        &[("pairs.csv", b"a,b,note\nSlovakia,Kazakhstan,x\n")],
    );
    assert!(said.contains("no longer meets its text"), "{said}");
}

#[test]
fn packed_files_are_unpacked_and_broken_ones_stop() {
    let card: &'static str = Box::leak(CARD.replace("pairs.csv", "pairs.csv.gz").into());
    let source = Source {
        card_toml: card,
        ..SAMPLE
    };
    let packed = gz(b"a,b,note\nKazakhstan,Slovenia,x\n");
    let (_, report) = read_sample(&source, &[("pairs.csv.gz", &packed)]);
    assert_eq!(report.files[0].kept, 1);
    assert_eq!(
        report.files[0].bytes,
        packed.len() as u64,
        "the size on disk"
    );
    let said = error(&source, &[("pairs.csv.gz", &packed[..packed.len() / 2])]);
    assert!(
        said.starts_with("sample: cannot read pairs.csv.gz: "),
        "{said}"
    );
}

#[test]
fn data_files_of_the_program_that_do_not_parse_are_named() {
    let bad: &'static str = "[countries]\nX = \"slovenia\"\n";
    for (source, file) in [
        (
            Source {
                card_toml: "id = 1",
                ..SAMPLE
            },
            "source.toml",
        ),
        (
            Source {
                id: "other",
                ..SAMPLE
            },
            "source.toml",
        ),
        (
            Source {
                lookups_toml: bad,
                ..SAMPLE
            },
            "lookups.toml",
        ),
        (
            Source {
                corrections_toml: "x = 1",
                ..SAMPLE
            },
            "corrections.toml",
        ),
    ] {
        let said = error(&source, &[("pairs.csv", b"a,b,note\n")]);
        assert!(
            said.contains(&format!("{file} in the program is not valid")),
            "{said}"
        );
    }
}

/// Every card of the program says all that DATA.md and the reports print.
#[test]
fn cards_are_whole() {
    for source in crate::SOURCES {
        if source.card_toml.lines().count() < 2 {
            continue; // waits for its reader
        }
        let card = source.card().unwrap_or_else(|e| panic!("{e}"));
        source.lookups().unwrap_or_else(|e| panic!("{e}"));
        source.corrections().unwrap_or_else(|e| panic!("{e}"));
        for url in [&card.licence_url, &card.homepage] {
            assert!(url.starts_with("http"), "{}: {url}", card.id);
        }
        for text in [
            &card.title,
            &card.short,
            &card.publisher,
            &card.credit,
            &card.coverage,
        ] {
            assert!(!text.trim().is_empty(), "{}", card.id);
        }
        for file in &card.files {
            let place = format!("{}/{}", card.id, file.path);
            assert_ne!(
                file.origin.is_some(),
                file.no_origin.is_some(),
                "{place}: origin or why none"
            );
            if let Some(url) = &file.origin {
                assert!(url.starts_with("https://"), "{place}: {url}");
            }
            assert!(file.records.0 <= file.records.1, "{place}");
            for c in &file.columns {
                assert_ne!(
                    c.means.is_some(),
                    c.ignored.is_some(),
                    "{place}: {}",
                    c.name
                );
            }
        }
    }
}
