//! `--extractor llm` as a user runs it, against servers that help, lie, stall and break.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use bilat_testing::Server;
use bilat_testing::chat::{
    Reply, base, hangs_up, http, proposes, says, serve, stalls, without_end,
};
use common::{Bilat, Ran, ran};
use serde_json::{Value, json};

const TEXT: &str = "\
RIGA, 12 May 2025. Trade turnover between Latvia and Uruguay amounted to $47.5 million in 2024, up \
4.4% from $45.5 million in 2023. Latvia’s exports to Uruguay were $12.4 million in 2024, and imports \
to Latvia from Uruguay were $35.1 million in 2024. Latvia and Uruguay share a liking for choirs.\n";

const KEY: &str = "sk-not-to-be-seen";

/// A home with the text, a model's settings in the environment.
struct Desk {
    home: Bilat,
    path: String,
}

impl Desk {
    fn new(text: &str) -> Self {
        let home = Bilat::new();
        let path = home.path("draft.txt");
        std::fs::write(&path, text).unwrap();
        let path = path.to_str().unwrap().to_owned();
        Self { home, path }
    }

    fn run(&self, endpoint: &str, args: &[&str]) -> Ran {
        let mut command = self.home.command(&[args, &[self.path.as_str()]].concat());
        command
            .env("BILAT_LLM_ENDPOINT", endpoint)
            .env("BILAT_LLM_MODEL", "made-1")
            .env("BILAT_LLM_KEY", KEY);
        let ran = ran(&mut command);
        assert!(
            !ran.out.contains(KEY) && !ran.err.contains(KEY),
            "{}",
            ran.err
        );
        ran
    }

    fn check(&self, endpoint: &str, args: &[&str]) -> Ran {
        let base = ["check", "--extractor", "llm", "--llm-wait", "1"];
        self.run(endpoint, &[&base, args].concat())
    }
}

fn turnover() -> Value {
    json!({"kind": "trade_turnover", "from": "LVA", "to": "URY", "value": 47_500_000, "unit": "USD",
        "period": "2024", "quote": "amounted to $47.5 million in 2024"})
}

/// A tie that the rules do not read, a figure that they read too, and two lies.
fn answer() -> Reply {
    let mut lie = turnover();
    lie["value"] = json!(999_000_000);
    let mut made_up = turnover();
    made_up["quote"] = json!(format!("a turnover of 47.5 million {KEY}"));
    let tie = json!({"kind": "other", "participants": ["LVA", "URY"],
        "quote": "share a liking for choirs"});
    let all = json!({"figures": [turnover(), lie, made_up], "ties": [tie]});
    says(&all.to_string())
}

fn parsed(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {}{}", ran.out, ran.err))
}

fn alone(text: &str) -> (i32, Value) {
    let desk = Desk::new(text);
    let ran = desk.home.run(&["check", &desk.path, "--format", "json"]);
    (ran.status, parsed(&ran))
}

#[test]
fn nobody_is_asked_unless_it_is_wanted() {
    let server = serve(vec![answer()]);
    let desk = Desk::new(TEXT);
    let ran = desk
        .run(&base(&server), &["check", "--format", "json"])
        .good();
    assert!(server.seen().is_empty());
    assert!(parsed(&ran).get("proposed").is_none());
    assert!(ran.err.is_empty(), "{}", ran.err);
}

#[test]
fn what_the_text_bears_out_is_taken_and_the_rest_is_counted() {
    let run = || {
        let server = serve(vec![answer()]);
        let ran = Desk::new(TEXT)
            .check(&base(&server), &["--format", "json"])
            .good();
        (ran, server.seen())
    };
    let (ran, seen) = run();
    let bearer = format!("Bearer {KEY}");
    assert_eq!(seen[0].header("authorization"), Some(bearer.as_str()));
    assert!(ran.err.starts_with("note: "), "{}", ran.err);
    let said = "LVA-URY: made-1 proposed 4 items: 1 new, 1 that the rules read too, 2 refused";
    assert!(ran.err.contains(said), "{}", ran.err);
    let v = parsed(&ran);
    let p = &v["proposed"];
    assert_eq!(
        (&p["proposed"], &p["admitted"], &p["new"]),
        (&json!(4), &json!(2), &json!(1))
    );
    assert_eq!(p["refused"].as_array().unwrap().len(), 2, "{p:#}");
    let (_, rules) = alone(TEXT);
    assert_eq!(v["figures"], rules["figures"]);
    assert_eq!(v["findings"], rules["findings"]);
    let ties = v["ties"].as_array().unwrap();
    let new: Vec<_> = ties
        .iter()
        .filter(|t| t["rules"] == json!(["llm:made-1"]))
        .collect();
    assert_eq!(new.len(), 1, "{v:#}");
    assert_eq!(new[0]["quote"], "share a liking for choirs");
    // The same answers give the same bytes.
    let strip = |ran: Ran| ran.out.replace(v["document"]["name"].as_str().unwrap(), "");
    let again = run().0;
    let name = parsed(&again)["document"]["name"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(again.out.replace(&name, ""), strip(ran));
}

#[test]
fn the_trace_tells_whose_an_item_is_and_why_others_were_refused() {
    let server = serve(vec![answer()]);
    let ran = Desk::new(TEXT).check(&base(&server), &["--trace"]).good();
    for part in [
        "by llm:made-1",
        "refused, figure: its quote does not stand in the text",
        "2 refused",
    ] {
        assert!(ran.out.contains(part), "no “{part}” in {}", ran.out);
    }
    let told = common::bilat(&["explain", "llm:made-1"]).good().out;
    assert!(told.contains("made-1 proposed it"), "{told}");
}

#[test]
fn a_page_says_that_a_model_was_asked() {
    for format in ["html", "md"] {
        let server = serve(vec![answer()]);
        let ran = Desk::new(TEXT)
            .check(&base(&server), &["--format", format])
            .good();
        assert!(ran.out.contains("proposed 4 items"), "{}", ran.out);
    }
}

#[test]
fn whatever_a_server_does_the_rules_reading_stands() {
    let wrong = TEXT.replace("$47.5", "$57.5");
    for (text, status) in [(TEXT, 0), (wrong.as_str(), 1)] {
        let (alone_status, rules) = alone(text);
        assert_eq!(alone_status, status);
        let servers: Vec<(&str, Server)> = vec![
            ("within 1 s", serve(vec![stalls()])),
            (
                "within 1 s",
                serve(vec![without_end(Some(std::time::Duration::from_millis(
                    50,
                )))]),
            ),
            ("401", serve(vec![http("401 Unauthorized", &[], KEY)])),
            (
                "sends on",
                serve(vec![http(
                    "302 Found",
                    &["location: http://127.0.0.1:1/"],
                    "",
                )]),
            ),
            (
                "1 answer that cannot be read",
                serve(vec![says("{\"figures\": [{")]),
            ),
            (
                "1 answer that cannot be read",
                serve(vec![http("200 OK", &[], "<html>")]),
            ),
            ("proposed nothing", serve(vec![says("{}")])),
            (
                "1 refused",
                serve(vec![proposes(&[json!({"quote": [], "kind": KEY})])]),
            ),
        ];
        for (said, server) in &servers {
            let ran = Desk::new(text).check(&base(server), &["--format", "json"]);
            assert_eq!(ran.status, status, "{}", ran.err);
            assert!(ran.err.contains(said), "no “{said}” in {}", ran.err);
            let v = parsed(&ran);
            for list in ["figures", "events", "ties", "findings"] {
                assert_eq!(v[list], rules[list], "{said}: {list}");
            }
        }
    }
}

#[test]
fn whoever_fails_once_is_not_waited_for_again() {
    // Nobody listens at the address any more when the client has been told so four times.
    let server = serve((0..4).map(|_| hangs_up()).chain([answer()]).collect());
    let desk = Desk::new(TEXT);
    let other = desk.home.path("other.txt");
    std::fs::write(&other, TEXT.replace("choirs", "song")).unwrap();
    let args = [other.to_str().unwrap(), "--format", "json"];
    let ran = desk.check(&base(&server), &args).good();
    assert_eq!(server.seen().len(), 4);
    assert!(ran.err.contains("cannot be asked") && ran.err.contains("not asked again"));
    for v in parsed(&ran).as_array().unwrap() {
        assert!(v["proposed"]["unanswered"].is_string());
    }
}

#[test]
fn a_model_that_cannot_be_asked_at_all_is_refused_before_anything_is_read() {
    let desk = Desk::new(TEXT);
    let run = |args: &[&str]| {
        desk.home
            .run(&[&["check", desk.path.as_str()], args].concat())
    };
    let llm = ["--extractor", "llm"];
    run(&llm).refused_with(&["address of a server", "BILAT_LLM_ENDPOINT"]);
    let endpoint = [&llm[..], &["--llm-endpoint", "http://127.0.0.1:1/v1"]].concat();
    run(&endpoint).refused_with(&["name of a model", "--llm-model"]);
    run(&["--llm-model", "x"]).refused_with(&["--llm-model is for --extractor llm"]);
    desk.check("ftp://127.0.0.1/v1", &[])
        .refused_with(&["https://"]);
    desk.check("http://models.example/v1", &[])
        .refused_with(&["plain http"]);
    desk.check("https://me:word@models.example/v1", &[])
        .refused_with(&["user"]);
}

#[test]
fn what_is_added_is_read_with_the_model_too() {
    let server = serve(vec![answer()]);
    let desk = Desk::new(TEXT);
    let add = ["add", "--at", "2026-01-31", "--extractor", "llm"];
    let ran = desk.run(&base(&server), &add).good();
    assert!(
        ran.out
            .contains("1 new, 1 that the rules read too, 2 refused"),
        "{}",
        ran.out
    );
    let rows = desk.home.run(&[
        "evidence",
        "LVA",
        "URY",
        "--source",
        "documents",
        "--format",
        "csv",
    ]);
    assert!(rows.good().out.contains("llm:made-1"));
    // Without a server the document is added all the same.
    let desk = Desk::new(TEXT);
    let gone = serve(vec![http("404 Not Found", &[], "")]);
    let ran = desk.run(&base(&gone), &add).good();
    assert!(ran.out.contains("no proposals of made-1"), "{}", ran.out);
}
