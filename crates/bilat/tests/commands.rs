//! Every command, asked well and badly.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use common::{Bilat, bilat, data, ran};
use serde_json::Value;

/// The cells of a column of a JSON answer, each once, in order.
fn column(rows: &Value, name: &str) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    let mut cells: Vec<_> = rows
        .map(|r| r[name].as_str().unwrap_or_default().to_owned())
        .collect();
    cells.sort();
    cells.dedup();
    cells
}

mod names {
    use super::*;

    #[test]
    fn a_near_miss_gets_a_suggestion() {
        for (typed, meant) in [
            ("slovena", "Slovenia (SVN)"),
            ("kazahkstan", "Kazakhstan (KAZ)"),
            ("Gemany", "Germany (DEU)"),
        ] {
            for command in ["brief", "evidence"] {
                bilat(&[command, typed, "FRA"]).refused_with(&[typed, "did you mean", meant]);
                bilat(&[command, "FRA", typed]).refused_with(&[typed, "did you mean", meant]);
            }
            bilat(&["rank", typed]).refused_with(&[typed, meant]);
        }
    }

    #[test]
    fn an_unknown_name_gets_a_way_on_that_works() {
        let ran = bilat(&["brief", "qqqqqqqq", "KAZ"]).refused_with(&["qqqqqqqq", "hint"]);
        let query = ran.err.split('"').nth(1).unwrap();
        assert!(query.starts_with("select"), "{query}");
        bilat(&["sql", query]).good();
        bilat(&["brief", "", "KAZ"]).refused();
    }

    #[test]
    fn an_ambiguous_name_gets_its_candidates() {
        for (typed, candidates) in [
            ("Congo", &["COD", "COG"][..]),
            ("Korea", &["KOR", "PRK"]),
            ("guinea", &["GIN", "GNB", "GNQ", "PNG"]),
        ] {
            bilat(&["brief", typed, "KAZ"])
                .refused_with(&[typed, "several"])
                .refused_with(candidates);
        }
    }

    #[test]
    fn a_country_has_no_brief_with_itself() {
        for (a, b) in [
            ("SVN", "SVN"),
            ("SVN", "Slovenija"),
            ("zaire", "COD"),
            ("Словения", "si"),
        ] {
            bilat(&["brief", a, b]).refused_with(&["both names mean"]);
        }
    }

    #[test]
    fn any_name_of_a_country_will_do() {
        let pair = |a: &str, b: &str| {
            let brief = bilat(&["brief", a, b, "--section", "open", "--format", "json"]).json();
            brief["pair"].as_str().unwrap().to_owned()
        };
        for (a, b, meant) in [
            ("Казахстан", "словения", "KAZ-SVN"),
            ("KAZAKHSTAN", "Slovenija", "KAZ-SVN"),
            ("kz", "si", "KAZ-SVN"),
            ("Côte d’Ivoire", "Österreich", "AUT-CIV"),
            ("cote d'ivoire", "osterreich", "AUT-CIV"),
            ("Zaire", "Burma", "COD-MMR"),
            ("swaziland", "Macedonia", "MKD-SWZ"),
            ("فرنسا", "中国", "CHN-FRA"),
        ] {
            assert_eq!(pair(a, b), meant, "{a} {b}");
        }
    }

    #[test]
    fn a_side_is_one_of_the_two() {
        bilat(&["brief", "KAZ", "SVN", "--viewpoint", "FRA"])
            .refused_with(&["France", "not one of the two"]);
        bilat(&["brief", "KAZ", "SVN", "--viewpoint", "slovena"]).refused_with(&["Slovenia"]);
    }

    #[test]
    fn a_day_is_a_day() {
        for bad in ["20x", "2015-13", "2015-02-30", "", "yesterday"] {
            bilat(&["brief", "KAZ", "SVN", "--as-of", bad]).refused();
        }
    }
}

mod files {
    use super::*;

    #[test]
    fn the_ending_chooses_the_form() {
        let bilat = Bilat::new();
        for (ending, start) in [
            ("html", "<!DOCTYPE html>"),
            ("htm", "<!DOCTYPE html>"),
            ("md", "# Kazakhstan"),
            ("markdown", "# Kazakhstan"),
            ("json", "{"),
            ("txt", "Kazakhstan"),
        ] {
            let path = bilat.path(&format!("brief.{ending}"));
            let file = path.to_str().unwrap();
            let run = bilat.run(&["brief", "KAZ", "SVN", "-o", file]).good();
            assert!(run.out.is_empty());
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(
                text.trim_start().starts_with(start),
                "{ending}: {}",
                &text[..40]
            );
        }
        // What is said outright goes before the ending, and an older file is replaced.
        let path = bilat.path("brief.html");
        let file = path.to_str().unwrap();
        bilat
            .run(&["brief", "KAZ", "SVN", "-o", file, "--format", "md"])
            .good();
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("# "));
    }

    #[test]
    fn an_unknown_ending_is_refused() {
        let bilat = Bilat::new();
        for name in ["brief.foo", "brief", "brief.PDFX"] {
            let path = bilat.path(name);
            let file = path.to_str().unwrap();
            bilat
                .run(&["brief", "KAZ", "SVN", "-o", file])
                .refused_with(&[name, "--format"]);
            assert!(!path.exists());
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_told() {
        let bilat = Bilat::new();
        let gone = bilat.path("no/such/folder/brief.md");
        let file = gone.to_str().unwrap();
        bilat
            .run(&["brief", "KAZ", "SVN", "-o", file])
            .refused_with(&["cannot write", "folder"]);
        bilat
            .run(&["evidence", "KAZ", "SVN", "-o", file])
            .refused_with(&["cannot write"]);
        // A file where a folder is needed, which even the superuser cannot write below.
        std::fs::write(bilat.path("file"), "x").unwrap();
        let below = bilat.path("file/brief.md");
        bilat
            .run(&["brief", "KAZ", "SVN", "-o", below.to_str().unwrap()])
            .refused();
        bilat
            .run(&["man", bilat.path("file").to_str().unwrap()])
            .refused();
        assert_eq!(std::fs::read_to_string(bilat.path("file")).unwrap(), "x");
    }
}

mod evidence {
    use super::*;

    #[test]
    fn every_row_is_cited() {
        let rows = bilat(&["evidence", "KAZ", "SVN", "--format", "json"]).json();
        let rows = rows.as_array().unwrap();
        assert!(rows.len() > 200, "{}", rows.len());
        for r in rows {
            for field in ["id", "type", "kind", "source", "file", "at"] {
                assert!(
                    r[field].as_str().is_some_and(|s| !s.is_empty()),
                    "{field}: {r}"
                );
            }
            if r["type"] == "figure" {
                assert!(r["unit"].is_string() && r["value"].is_number(), "{r}");
            }
        }
    }

    #[test]
    fn every_form_has_the_same_rows() {
        let bilat = Bilat::new();
        let args = ["evidence", "KAZ", "SVN", "--source", "football", "--format"];
        let run = |format: &str| bilat.run(&[&args[..], &[format]].concat());
        assert_eq!(run("json").json().as_array().unwrap().len(), 4);
        let csv = run("csv").good().out;
        assert_eq!(csv.lines().count(), 5);
        assert!(csv.starts_with("id,type,kind,"));
        let table = run("table").good().out;
        assert_eq!(table.matches("KAZ-SVN:football:").count(), 4, "{table}");
        run("parquet").refused_with(&["Parquet", "-o FILE"]);
        let path = bilat.path("rows.parquet");
        let to_file = [&args[..], &["parquet", "-o", path.to_str().unwrap()]].concat();
        bilat.run(&to_file).good();
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    }

    #[test]
    fn filters_filter() {
        let rows = |filter: &[&str]| {
            let args = [&["evidence", "KAZ", "SVN", "--format", "json"], filter].concat();
            bilat(&args).json()
        };
        assert_eq!(column(&rows(&["--kind", "embassy"]), "kind"), ["embassy"]);
        assert_eq!(
            column(&rows(&["--kind", "exports,works"]), "kind"),
            ["exports", "works"]
        );
        assert_eq!(column(&rows(&["--kind", "event"]), "type"), ["event"]);
        assert_eq!(
            column(&rows(&["--source", "visas,football"]), "source"),
            ["football", "visas"]
        );
        let both = rows(&["--kind", "exports", "--source", "trade_unctad"]);
        assert_eq!(column(&both, "source"), ["trade_unctad"]);
        assert_eq!(column(&both, "kind"), ["exports"]);
        // Known, but nothing there.
        assert_eq!(rows(&["--kind", "air_route"]).as_array().unwrap().len(), 0);
    }

    #[test]
    fn a_filter_that_means_nothing_is_refused() {
        bilat(&["evidence", "KAZ", "SVN", "--kind", "exprots"])
            .refused_with(&["exprots", "exports"]);
        bilat(&["evidence", "KAZ", "SVN", "--source", "visa"]).refused_with(&["“visa”", "visas"]);
        bilat(&["evidence", "KAZ", "SVN", "--kind", "exports,nope"]).refused_with(&["“nope”"]);
    }
}

mod why {
    use super::*;

    #[test]
    fn several_names_are_answered_in_their_order() {
        let names = [
            "NRU-SMR:distance:distance_capitals",
            "KAZ-SVN:=un_agreement:2023",
            "KAZ:cities:Astana",
            "KAZ-SVN:distance:distance_capitals",
        ];
        let many = bilat(&[&["why", "--format", "json"], &names[..]].concat()).json();
        for (name, answer) in names.iter().zip(many.as_array().unwrap()) {
            assert_eq!(
                &bilat(&["why", "--format", "json", name]).json(),
                answer,
                "{name}"
            );
        }
        let text = bilat(&[&["why"], &names[..]].concat()).good().out;
        assert!(names.iter().all(|n| text.contains(n)), "{text}");
    }

    #[test]
    fn what_leads_nowhere_is_refused() {
        for bad in [
            "",
            "KAZ",
            "KAZ-SVN",
            "SVN-KAZ:distance:distance_capitals",
            "KAZ-KAZ:distance:distance_capitals",
            "KAZ-SVN:nope",
            "KAZ-SVN:=nope:2023",
            "KAZ-SVN:=un_agreement",
            "KAZ-SVN:=un_agreement:1066",
            "KAZ-SVN:=turnover:FRA:2019",
            "KAZ-SVN:=share:KAZ:20190",
            "KAZ-SVN:unga:0:1999-01-01",
            "KAZ:cities:Atlantis",
            "XXX:cities:Astana",
            "../../etc/passwd",
            "🦀",
        ] {
            let ran = bilat(&["why", bad]);
            if bad == "KAZ-SVN:=un_agreement" {
                ran.good(); // over all years
            } else {
                ran.refused();
            }
        }
        bilat(&["why", "KAZ-SVN:distance:distance_capitals", "KAZ-SVN:nope"]).refused();
    }

    #[test]
    #[ignore = "needs the data folder"]
    fn the_record_itself_is_shown() {
        let data = data();
        let args = [
            "why",
            "KAZ-SVN:trade_dots:imports:SVN>KAZ:KAZ:2019",
            "--data",
        ];
        let args = [&args[..], &[data.to_str().unwrap(), "--format", "json"]].concat();
        let record = bilat(&args).json();
        let record = record["origin"]["record"].as_str().unwrap();
        assert!(record.contains("94.447357"), "{record}");
    }
}

mod rank {
    use super::*;

    #[test]
    fn every_word_ranks() {
        let known = bilat(&["rank", "KAZ", "--by", "nope"]).refused_with(&["nope", "turnover"]);
        let words = known
            .err
            .trim()
            .rsplit("one of ")
            .next()
            .unwrap()
            .to_owned();
        let words: Vec<_> = words.split(", ").collect();
        assert!(words.len() >= 12, "{words:?}");
        for by in &words {
            let rows = bilat(&["rank", "FRA", "--by", by, "--format", "json"]).json();
            let rows = rows.as_array().unwrap();
            assert!(rows.len() > 1, "{by}: {}", rows.len());
            assert_eq!(rows[0]["rank"], 1, "{by}");
            let ranks: Vec<_> = rows.iter().map(|r| r["rank"].as_u64().unwrap()).collect();
            assert!(ranks.is_sorted(), "{by}");
            assert!(rows.iter().all(|r| r["partner"] != "FRA"), "{by}");
            let values: Vec<_> = rows.iter().map(|r| r["value"].as_f64().unwrap()).collect();
            let falls = values.is_sorted_by(|a, b| a >= b);
            assert!(
                falls || (*by == "distance" && values.is_sorted()),
                "{by}: {values:?}"
            );
        }
        // Help names no word that is not known.
        let help = bilat(&["rank", "--help"]).good().out;
        let list = help
            .split("By what: ")
            .nth(1)
            .unwrap()
            .split('…')
            .next()
            .unwrap();
        for word in list.split([',', ' ', '\n']).filter(|w| !w.is_empty()) {
            assert!(
                words.contains(&word),
                "“{word}” is in the help but not known"
            );
        }
    }

    #[test]
    fn years_and_limits_hold() {
        let args = [
            "rank", "KAZ", "--year", "2019", "--limit", "3", "--format", "json",
        ];
        let rows = bilat(&args).json();
        assert_eq!(rows.as_array().unwrap().len(), 3);
        assert_eq!(column(&rows, "period"), ["2019"]);
        bilat(&["rank", "KAZ", "--year", "1800"]).refused_with(&["1800"]);
        bilat(&["rank", "KAZ", "--year", "soon"]).refused();
        let csv = bilat(&["rank", "KAZ", "--limit", "0", "--format", "csv"])
            .good()
            .out;
        assert_eq!(csv.lines().count(), 1);
    }
}

mod sql {
    use super::*;

    #[test]
    fn a_query_is_answered_in_every_form() {
        let query = "select value from figures where pair = 'KAZ-SVN' and source = 'trade_dots' \
             and measure = 'imports' and reporter = 'KAZ' and \"from\" = 'SVN' and period = '2019'";
        let csv = bilat(&["sql", query, "--format", "csv"]).good().out;
        assert!(csv.contains("94447"), "{csv}");
        let rows = bilat(&["sql", query, "--format", "json"]).json();
        assert_eq!(rows.as_array().unwrap().len(), 1);
        assert!(bilat(&["sql", query]).good().out.contains("94447"));
        bilat(&["sql", query, "--format", "parquet"]).refused_with(&["-o FILE"]);
    }

    #[test]
    fn the_tables_are_listed_and_can_be_asked() {
        let rows = bilat(&["sql", "--tables", "--format", "json"]).json();
        let tables = column(&rows, "table");
        assert!(tables.len() >= 10, "{tables:?}");
        assert!(
            !column(&rows, "holds").contains(&String::new()),
            "all is explained"
        );
        for table in tables {
            let query = format!("select * from {table} limit 1");
            let one = bilat(&["sql", &query, "--format", "json"]).json();
            assert_eq!(one.as_array().unwrap().len(), 1, "{table}");
        }
    }

    #[test]
    fn what_is_no_query_is_refused() {
        bilat(&["sql", "select x from countries"]).refused_with(&["“x”", "name"]);
        bilat(&["sql", "select * from country"]).refused_with(&["country", "countries"]);
        bilat(&["sql", "selec 1"]).refused();
        bilat(&["sql", ""]).refused();
        bilat(&["sql"]).refused_usage();
        for write in [
            "drop table countries",
            "create table t as select 1",
            "insert into countries select * from countries",
            "delete from countries",
            "update countries set name = 'x'",
            "set datafusion.execution.batch_size = 1",
            "copy (select 1) to '/tmp/bilat-must-not-be.csv'",
            "create external table t stored as csv location '/etc/passwd'",
            "select * from '/etc/passwd'",
            "select 1; drop table countries",
        ] {
            bilat(&["sql", write]).refused();
        }
        assert!(!std::path::Path::new("/tmp/bilat-must-not-be.csv").exists());
    }
}

impl common::Ran {
    /// Refused by the reader of arguments, whose message has another form.
    #[track_caller]
    fn refused_usage(self) {
        assert_eq!(self.status, 2, "{}", self.err);
        assert!(self.out.is_empty() && !self.err.is_empty());
    }
}

mod sources {
    use super::*;

    #[test]
    fn all_are_listed_and_shown() {
        let rows = bilat(&["sources", "list", "--format", "json"]).json();
        let ids = column(&rows, "id");
        assert_eq!(ids.len(), 27, "{ids:?}");
        for row in rows.as_array().unwrap() {
            for field in ["vintage", "licence", "publisher", "coverage"] {
                assert!(row[field].as_str().is_some_and(|s| !s.is_empty()), "{row}");
            }
            assert!(row["kept"].as_u64().unwrap() > 0, "{row}");
            assert!(row["records"].as_u64() >= row["kept"].as_u64(), "{row}");
        }
        for id in ids {
            let text = bilat(&["sources", "show", &id]).good().out;
            for part in [
                "publisher",
                "credit",
                "licence",
                "sha256",
                "origin",
                "records",
            ] {
                assert!(text.contains(part), "{id}: no {part} in\n{text}");
            }
            assert!(
                text.lines()
                    .all(|l| l.chars().count() <= 80 || l.split_whitespace().count() < 4),
                "{id}"
            );
            let card = bilat(&["sources", "show", &id, "--format", "json"]).json();
            assert_eq!(card["card"]["id"], *id);
        }
    }

    #[test]
    fn an_unknown_source_is_refused() {
        for args in [
            &["sources", "show", "nope"][..],
            &["sources", "sync", "nope"],
            &["sources", "sync", "--forget", "nope"],
            &["sources", "verify", "/", "--source", "nope"],
        ] {
            bilat(args).refused_with(&["“nope”", "visas"]);
        }
    }

    #[test]
    fn the_snapshot_is_whole() {
        let text = bilat(&["sources", "verify"]).good().out;
        assert!(text.contains("whole"), "{text}");
        let found = bilat(&["sources", "verify", "--format", "json"]).json();
        assert_eq!(found["holds"], true);
    }

    #[test]
    fn a_folder_without_the_files_does_not_hold() {
        let bilat = Bilat::new();
        let dir = bilat.home.path().to_str().unwrap();
        bilat.run(&["sources", "verify", dir]).refused();
        bilat
            .run(&[
                "snapshot",
                "build",
                dir,
                "-o",
                bilat.path("out").to_str().unwrap(),
            ])
            .refused();
        assert!(!bilat.path("out").exists(), "nothing is written");
    }

    #[test]
    #[ignore = "needs the data folder"]
    fn the_real_folder_holds() {
        let data = data();
        let args = [
            "sources",
            "verify",
            data.to_str().unwrap(),
            "--source",
            "visas,football,igo",
        ];
        let text = bilat(&args).good().out;
        assert_eq!(text.matches(": holds").count(), 3, "{text}");
        let json = bilat(&[&args[..], &["--format", "json"]].concat()).json();
        assert!(json.as_array().unwrap().iter().all(|r| r["holds"] == true));
    }
}

mod shell {
    use super::*;

    const COMMANDS: [&[&str]; 17] = [
        &[],
        &["brief"],
        &["check"],
        &["explain"],
        &["evidence"],
        &["why"],
        &["rank"],
        &["sql"],
        &["sources"],
        &["sources", "list"],
        &["sources", "show"],
        &["sources", "verify"],
        &["sources", "sync"],
        &["snapshot"],
        &["snapshot", "build"],
        &["completions"],
        &["man"],
    ];

    #[test]
    fn help_reads_as_it_did() {
        let mut all = String::new();
        for command in COMMANDS {
            let help = bilat(&[command, &["--help"]].concat()).good().out;
            all.push_str(&format!(
                "$ bilat {}--help\n{help}\n",
                command.iter().map(|c| format!("{c} ")).collect::<String>()
            ));
        }
        insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!("help", all);
        });
    }

    #[test]
    fn every_shell_is_completed() {
        for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
            let text = bilat(&["completions", shell]).good().out;
            assert!(
                text.contains("brief") && text.contains("viewpoint"),
                "{shell}"
            );
        }
        bilat(&["completions", "cmd"]).refused_usage();
    }

    #[test]
    fn manual_pages_are_written() {
        let page = bilat(&["man"]).good().out;
        assert!(page.contains(".TH bilat 1"), "{page}");
        let bilat = Bilat::new();
        let dir = bilat.path("man");
        bilat.run(&["man", dir.to_str().unwrap()]).good();
        for name in ["bilat.1", "bilat-brief.1", "bilat-sources-sync.1"] {
            assert!(dir.join(name).is_file(), "{name}");
        }
    }

    #[test]
    fn a_bad_use_is_no_success() {
        bilat(&["nope"]).refused_usage();
        bilat(&["brief", "KAZ"]).refused_usage();
        bilat(&["brief", "KAZ", "SVN", "--format", "pdfx"]).refused_usage();
        bilat(&["why"]).refused_usage();
        let none: [&str; 0] = [];
        bilat(&none).refused_usage();
        assert!(bilat(&["--version"]).good().out.starts_with("bilat "));
    }

    #[test]
    fn a_reader_that_goes_away_is_no_error() {
        let bilat = Bilat::new();
        for args in [
            &["brief", "USA", "CHN", "--format", "html"][..],
            &["evidence", "USA", "CHN", "--format", "csv"],
            &[
                "sql",
                "select * from figures limit 50000",
                "--format",
                "csv",
            ],
            &["sources", "list"],
        ] {
            let mut command = bilat.command(args);
            let mut child = command
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut line = String::new();
            BufReader::with_capacity(64, child.stdout.take().unwrap())
                .read_line(&mut line)
                .unwrap();
            let status = child.wait().unwrap();
            let mut err = String::new();
            child
                .stderr
                .take()
                .unwrap()
                .read_to_string(&mut err)
                .unwrap();
            assert!(
                status.success() && err.is_empty(),
                "{args:?}: {status} {err}"
            );
            assert!(!line.is_empty());
        }
    }

    #[test]
    fn json_is_a_form_of_every_command_that_answers() {
        let home = Bilat::new();
        for args in [
            &["brief", "KAZ", "SVN"][..],
            &["evidence", "KAZ", "SVN"],
            &["why", "KAZ-SVN:distance:distance_capitals"],
            &["rank", "KAZ"],
            &["sql", "select 1 as one"],
            &["sql", "--tables"],
            &["sources", "list"],
            &["sources", "show", "visas"],
            &["sources", "verify"],
            &["sources", "sync", "--forget", "visas"],
        ] {
            home.run(&[args, &["--format", "json"]].concat()).json();
        }
    }

    #[test]
    fn colour_is_for_terminals_alone() {
        let bilat = Bilat::new();
        for args in [
            &["brief", "KAZ", "SVN"][..],
            &["brief", "slovena", "KAZ"],
            &["rank", "KAZ"],
        ] {
            let mut command = bilat.command(args);
            let told = ran(command.env_remove("NO_COLOR").env("TERM", "xterm-256color"));
            assert!(
                !told.out.contains('\u{1b}') && !told.err.contains('\u{1b}'),
                "{args:?}"
            );
        }
    }

    #[test]
    fn the_width_of_the_terminal_is_kept() {
        let bilat = Bilat::new();
        for width in [40, 60, 100] {
            let mut command = bilat.command(&["brief", "KAZ", "SVN"]);
            let text = ran(command.env("COLUMNS", width.to_string())).good().out;
            let over: Vec<_> = text
                .lines()
                .filter(|l| l.chars().count() > width && !l.contains("://"))
                .collect();
            assert!(over.is_empty(), "{width}: {over:#?}");
        }
        for odd in ["0", "-1", "wide", "99999999999999999999"] {
            ran(bilat.command(&["brief", "KAZ", "SVN"]).env("COLUMNS", odd)).good();
        }
    }

    #[test]
    fn a_broken_home_is_told() {
        let bilat = Bilat::new();
        std::fs::create_dir_all(bilat.path("home/synced/visas")).unwrap();
        std::fs::write(bilat.path("home/synced/visas/MANIFEST.json"), "{").unwrap();
        let told = bilat
            .run(&["brief", "KAZ", "SVN"])
            .refused_with(&["visas", "go back"]);
        assert!(told.err.contains("hint"));
        // The way back that it names works.
        bilat.run(&["sources", "sync", "--forget", "visas"]).good();
        bilat.run(&["brief", "KAZ", "SVN"]).good();
    }
}
