//! The user's documents, as a user adds, finds, uses and loses them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use bilat_testing::{Server, send};
use common::{Bilat, Ran, ran, root};
use serde_json::Value;

const TRADE: &str = "\
RIGA, 12 May 2025. Trade turnover between Latvia and Uruguay amounted to $47.5 million in 2024, up \
4.4% from $45.5 million in 2023. Latvia’s exports to Uruguay were $12.4 million in 2024, and imports \
to Latvia from Uruguay were $35.1 million in 2024.\n";

const VISIT: &str = "\
MONTEVIDEO, 3 June 2025. The President of Latvia arrived in Uruguay on an official visit on 3 June \
2025. Latvia and Uruguay signed an agreement on cooperation in tourism in Montevideo.\n";

/// A home with the two texts in a folder.
struct Home(Bilat);

impl Home {
    fn new() -> Self {
        let home = Self(Bilat::new());
        std::fs::create_dir(home.0.path("texts")).unwrap();
        home.file("texts/trade.txt", TRADE);
        home.file("texts/visit.txt", VISIT);
        home
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.path(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self, name: &str) -> String {
        self.0.path(name).to_str().unwrap().to_owned()
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.0.run(args)
    }

    /// Adds at a time; the answer as data.
    fn add(&self, at: &str, args: &[&str]) -> Value {
        let ran = self.run(&[&["add", "--format", "json", "--at", at], args].concat());
        assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        self.run(&[args, &["--format", "json"]].concat()).json()
    }

    fn ids(&self) -> Vec<String> {
        let all = self.json(&["documents"]);
        let id = |d: &Value| d["id"].as_str().unwrap().to_owned();
        all.as_array().unwrap().iter().map(id).collect()
    }
}

const DAY: &str = "2025-07-01";

#[test]
fn a_folder_is_added_searched_and_listed() {
    let home = Home::new();
    home.file("texts/table.xlsx", "no text");
    let added = home.add(DAY, &[&home.path("texts")]);
    let items = added["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{added:#}");
    assert_eq!(items[0]["added"], "new");
    assert_eq!(items[0]["told"][0]["pair"], "LVA-URY");
    assert_eq!(items[0]["told"][0]["figures"], 4);
    assert_eq!(items[0]["published"], "2025-05-12");
    assert!(
        added["left_out"][0]
            .as_str()
            .unwrap()
            .ends_with("table.xlsx")
    );

    let found = home.json(&["search", "turnover"]);
    assert_eq!(found.as_array().unwrap().len(), 1);
    let shown = home.run(&["search", "\"official visit\""]).good().out;
    assert!(shown.contains("⟦official⟧ ⟦visit⟧"), "{shown}");
    assert!(
        home.run(&["search", "zebra"])
            .good()
            .out
            .contains("no document")
    );

    let listed = home.json(&["documents", "--pair", "LVA,URY"]);
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(listed[0]["published"], "2025-06-03", "newest first");
    assert_eq!(listed[0]["met"], "2025-07-01T00:00:00Z");
    let late = home.json(&["documents", "--since", "2025-06-01"]);
    assert_eq!(late.as_array().unwrap().len(), 1);
    assert!(
        home.run(&["documents", "--pair", "LVA"])
            .refused()
            .err
            .contains("LVA")
    );
}

#[test]
fn the_same_document_is_one_and_a_later_state_is_a_vintage() {
    let home = Home::new();
    let trade = home.path("texts/trade.txt");
    let url = ["--url", "https://news.example/trade"];
    let first = home.add(DAY, &[&[trade.as_str()], &url[..]].concat());
    assert_eq!(first["items"][0]["added"], "new");
    let again = home.add("2025-07-02", &[&[trade.as_str()], &url[..]].concat());
    assert_eq!(again["items"][0]["added"], "same");
    assert_eq!(home.ids().len(), 1);

    let changed = TRADE.replace("$47.5", "$47.6").replace("4.4%", "4.6%");
    let later = home.file("texts/trade.txt", &changed);
    let vintage = home.add("2025-07-03", &[&[later.as_str()], &url[..]].concat());
    assert_eq!(vintage["items"][0]["added"], "vintage");
    assert_eq!(
        vintage["items"][0]["vintage_of"],
        first["items"][0]["document"]
    );
    // The later state holds; the earlier one is kept.
    assert_eq!(home.ids().len(), 1);
    let all = home.json(&["documents", "--superseded"]);
    assert_eq!(all.as_array().unwrap().len(), 2);

    let diff = home.json(&["diff", "LVA", "URY", "--since", "2025-07-03"]);
    let before = diff["changed"][0]["before"].to_string();
    let after = diff["changed"][0]["after"].to_string();
    assert!(
        before.contains("47500000") && after.contains("47600000"),
        "{diff:#}"
    );
    let text = home.run(&["diff", "latvia", "uruguay", "--since", "2025-07-03"]);
    assert!(text.good().out.starts_with("changed ("));
    let none = home.run(&["diff", "LVA", "URY", "--since", "2025-07-04"]);
    assert!(none.good().out.contains("nothing has changed"));
    let new = home.json(&["diff", "LVA", "URY", "--since", "2025-07-01"]);
    assert!(new["new"].as_array().unwrap().len() >= 4, "{new:#}");
}

#[test]
fn what_is_removed_tells_nothing_until_it_is_undone() {
    let home = Home::new();
    home.add(DAY, &[&home.path("texts")]);
    let ids = home.ids();
    home.run(&["remove", &ids[0], "--at", DAY]).good();
    assert_eq!(home.ids(), ids[1..]);
    assert!(
        home.json(&["search", "Montevideo"])
            .as_array()
            .unwrap()
            .is_empty()
    );
    home.run(&["undo"]).good();
    assert_eq!(home.ids(), ids);
    // The folder came in by one command, and goes by one.
    home.run(&["undo"]).good();
    assert!(home.ids().is_empty());
    home.run(&["undo"]).refused_with(&["nothing to undo"]);
    home.run(&["remove", "doc:0000"])
        .refused_with(&["there is no document"]);
    let log = home.json(&["workspace", "log"]);
    assert!(log.as_array().unwrap().iter().all(|o| o["undone"] == "yes"));
    let purged = home.run(&["workspace", "purge"]).good().out;
    assert!(purged.starts_with("2 removed documents"), "{purged}");
    home.run(&["workspace", "verify"]).good();
}

#[test]
fn evidence_leads_back_to_the_words() {
    let home = Home::new();
    home.add(DAY, &[&home.path("texts")]);
    let all = home.json(&["evidence", "LVA", "URY", "--source", "documents"]);
    let figures = home.json(&["evidence", "LVA", "URY", "--kind", "trade_turnover"]);
    assert!(all.as_array().unwrap().len() > figures.as_array().unwrap().len());
    let turnover = &figures[0];
    assert_eq!(turnover["type"], "told_figure");
    assert!(turnover["at"].as_str().unwrap().starts_with("bytes "));
    let id = turnover["id"].as_str().unwrap();

    let told = home.json(&["why", id]);
    let (start, end) = (&told["told"]["span"]["start"], &told["told"]["span"]["end"]);
    let span = start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize;
    assert_eq!(&TRADE[span], told["told"]["quote"].as_str().unwrap());
    assert_eq!(
        told["told"]["document"]["sha256"].as_str().unwrap().len(),
        64
    );
    let text = home.run(&["why", id]).good().out;
    for part in ["⟦", "⟧", "rules", "SHA-256", "published", "trade.txt"] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    // A home without the document does not know it.
    common::bilat(&["why", id]).refused_with(&["no workspace", "--workspace"]);
}

#[test]
fn a_draft_is_held_against_other_documents_and_not_against_itself() {
    let home = Home::new();
    let trade = home.path("texts/trade.txt");
    home.add(DAY, &[&trade]);
    let beside = |v: &Value| {
        let mut found = Vec::new();
        common::at_key(v, "id", &mut found);
        found
            .iter()
            .any(|id| id.as_str().is_some_and(|i| i.contains(":documents:")))
    };
    let own = home.run(&["check", &trade, "--format", "json"]);
    assert!(
        !beside(&serde_json::from_str(&own.out).unwrap()),
        "{}",
        own.out
    );
    let draft = "\
Latvia’s exports to Uruguay stood at $19.9 million in 2024, the ministry in Riga said. Uruguay was \
among the partners in the south that Latvia’s exporters named most often in a survey.\n";
    let other = home.file("draft.txt", draft);
    let held = home.run(&["check", &other, "--format", "json", "--pair", "LVA,URY"]);
    assert!(
        beside(&serde_json::from_str(&held.out).unwrap()),
        "{}",
        held.out
    );
}

#[test]
fn an_archive_carries_all_and_gives_the_same_bytes() {
    let home = Home::new();
    home.add(DAY, &[&home.path("texts")]);
    let ids = home.ids();
    home.run(&["workspace", "merge", &ids[0], &ids[1], "--at", DAY])
        .good();
    let one = home.path("one.tar");
    home.run(&["export", &one]).good();

    let other = Home::new();
    other.run(&["import", &one, "--at", "2025-08-01"]).good();
    assert_eq!(other.ids(), ids);
    let two = other.path("two.tar");
    other.run(&["export", &two]).good();
    assert!(std::fs::read(&one).unwrap() == std::fs::read(&two).unwrap());
    assert_eq!(other.json(&["workspace", "judgements"])[0]["judge"], "user");
    other
        .run(&["workspace", "unmerge", "1", "--at", DAY])
        .good();
    assert_eq!(
        other.json(&["workspace", "judgements"])[0]["reversed"],
        "yes"
    );
    let broken = other.file("broken.tar", "no archive");
    other
        .run(&["import", &broken])
        .refused_with(&["broken.tar"]);
    other.run(&["workspace", "verify"]).good();
}

/// Texts that differ.
fn many(home: &Home, n: usize) -> String {
    std::fs::create_dir(home.0.path("many")).unwrap();
    for i in 0..n {
        let text =
            format!("Report {i}. Trade between Latvia and Uruguay was ${i}.5 million in 2024.\n");
        home.file(&format!("many/{i:03}.txt"), &text);
    }
    home.path("many")
}

#[test]
fn a_process_killed_while_adding_a_folder_leaves_the_workspace_whole() {
    let home = Home::new();
    let folder = many(&home, 200);
    let mut child = home
        .0
        .command(&["add", &folder, "--at", DAY])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told = lines
        .map_while(Result::ok)
        .filter(|l| l.starts_with("doc:"))
        .take(25)
        .count();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(told, 25);
    home.run(&["workspace", "verify"]).good();
    let kept = home.ids().len();
    assert!((25..200).contains(&kept), "{kept}");
    // The rest is added by adding again.
    let again = home.add(DAY, &[&folder]);
    let same = |i: &&Value| i["added"] == "same";
    assert_eq!(
        again["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(same)
            .count(),
        kept
    );
    assert_eq!(home.ids().len(), 200);
}

#[test]
fn two_commands_add_at_once() {
    let home = Home::new();
    let folder = many(&home, 30);
    let start = || {
        home.0
            .command(&["add", &folder, "--at", DAY])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    for child in [start(), start()] {
        let out = child.wait_with_output().unwrap();
        assert!(
            out.status.success(),
            "{}",
            String::from_utf8_lossy(&out.stderr)
        );
    }
    assert_eq!(home.ids().len(), 30);
    home.run(&["workspace", "verify"]).good();
}

#[test]
fn one_that_fails_does_not_stop_the_others() {
    let home = Home::new();
    let (trade, missing) = (home.path("texts/trade.txt"), home.path("missing.txt"));
    let ran = home.run(&["add", &missing, &trade, "--at", DAY]);
    assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("missing.txt"), "{}", ran.err);
    assert!(ran.out.contains("LVA-URY: 4 figures"), "{}", ran.out);
    home.run(&["add", &missing]).refused_with(&["missing.txt"]);
    home.run(&["add", &trade, "--at", "noon"])
        .refused_with(&["“noon”", "2026-01-31"]);
    home.run(&["add", "https://127.0.0.1/x"])
        .refused_with(&["not a public address"]);
}

#[test]
fn what_is_no_workspace_is_refused_and_left_as_it_is() {
    let home = Home::new();
    for (command, hint) in [("documents", "bilat add"), ("undo", "bilat add")] {
        home.run(&[command]).refused_with(&["no workspace", hint]);
    }
    // Commands that do as well without one.
    home.run(&["evidence", "LVA", "URY"]).good();
    let named = home.path("none.sqlite");
    home.run(&["evidence", "LVA", "URY", "--workspace", &named])
        .refused_with(&["no workspace"]);
    let foreign = home.file(
        "foreign.sqlite",
        "not a database, but a text of some length\n",
    );
    let trade = home.path("texts/trade.txt");
    home.run(&["add", &trade, "--workspace", &foreign])
        .refused_with(&["nothing was changed"]);
    assert!(
        std::fs::read_to_string(&foreign)
            .unwrap()
            .starts_with("not a database")
    );

    // Bytes overwritten in the middle: said, with what to do.
    let file = home.path("mine.sqlite");
    home.run(&["add", &home.path("texts"), "--workspace", &file])
        .good();
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0x5a);
    std::fs::write(&file, bytes).unwrap();
    home.run(&["add", &trade, "--workspace", &file])
        .refused_with(&["damaged", "bilat import"]);
}

#[test]
fn a_text_is_held_against_events_and_figures_of_documents() {
    let home = Home::new();
    let known = home.file(
        "known.txt",
        "MONTEVIDEO, 3 June 2025. The President of Latvia arrived in Uruguay on an official visit on \
         3 June 2025. Exports of Latvia to Uruguay came to $12.4 million (11.4 million euros) in \
         2024.\n",
    );
    home.add("2026-01-01", &[&known]);
    let check = |text: &str| {
        let file = home.file("draft.txt", text);
        let v: Value = home.json(&["check", &file]);
        let all = v["findings"].as_array().unwrap().iter();
        let beside = all.filter(|f| f["rule"].as_str().unwrap().starts_with("other-"));
        let told: Vec<String> = beside
            .map(|f| {
                let word = |k: &str| f[k].as_str().unwrap().to_owned();
                format!(
                    "{} {} {}: {}",
                    word("rule"),
                    word("severity"),
                    word("outcome"),
                    word("message")
                )
            })
            .collect();
        told.join("\n")
    };
    let good = check(
        "RIGA, 10 June 2025. The President of Latvia visited Uruguay on 3 June 2025. In 2024 exports of \
         Latvia to Uruguay were 11.4 million euros.\n",
    );
    assert!(good.contains("other-event info confirmed"), "{good}");
    assert!(good.contains("other-document info confirmed"), "{good}");
    assert!(!good.contains("warning"), "{good}");
    let bad = check(
        "RIGA, 10 June 2025. The President of Latvia visited Uruguay on 4 June 2025. In the first half \
         of 2024 exports of Latvia to Uruguay came to $13.4 million.\n",
    );
    assert!(bad.contains("other-event warning contradicted"), "{bad}");
    assert!(bad.contains("more than the whole"), "{bad}");
    let open =
        check("RIGA, 10 June 2025. In 2023 exports of Latvia to Uruguay came to $9.4 million.\n");
    assert!(
        open.contains("not_comparable") && open.contains("which is of 2024"),
        "{open}"
    );
}

#[test]
fn briefs_of_all_pairs_are_those_of_each_with_its_documents() {
    let home = Home::new();
    // The first of all pairs, so that one in so many is enough.
    let text = "KABUL, 3 June 2025. Trade between Afghanistan and Angola came to $1.5 million in \
        2024. The President of Angola arrived in Afghanistan on an official visit on 3 June 2025.\n";
    let file = home.file("first.txt", text);
    home.add("2026-01-01", &[&file]);
    let out = home.path("out");
    for format in ["json", "html"] {
        let args = ["brief", "--all", "--every", "19306", "--format", format];
        home.run(&[&args[..], &["-o", &out]].concat()).good();
        let alone = home
            .run(&["brief", "AFG", "AGO", "--format", format])
            .good();
        let one = std::fs::read_to_string(format!("{out}/AFG-AGO.{format}")).unwrap();
        assert!(one == alone.out, "{format}");
        assert!(one.contains("1.5 million dollars"), "{format}");
    }
}

#[test]
fn a_ranking_has_what_documents_tell_beside_it_and_is_not_moved() {
    let home = Home::new();
    let rank = |more: &[&str]| home.json(&[&["rank", "LVA", "--by", "turnover"], more].concat());
    let plain = rank(&[]);
    let file = home.file("trade.txt", TRADE);
    home.add("2026-01-01", &[&file]);
    let beside = rank(&[]);
    let (plain, beside) = (plain.as_array().unwrap(), beside.as_array().unwrap());
    assert_eq!(plain.len(), beside.len());
    for (p, b) in plain.iter().zip(beside) {
        for column in ["rank", "partner", "value", "period"] {
            assert_eq!(p[column], b[column]);
        }
        assert_eq!(b["told"].is_null(), b["partner"] != "URY", "{b}");
    }
    let row = beside.iter().find(|b| b["partner"] == "URY").unwrap();
    assert_eq!(row["told_period"], "2024");
    assert_eq!(row["told_unit"], "USD");
    assert!(row["told"].to_string().contains("47500000"), "{row}");
    let why = home.run(&["why", row["told_id"].as_str().unwrap()]).good();
    assert!(why.out.contains("⟦"), "{}", why.out);
    // The other year, the direction of goods, and what no document tells of.
    let year = rank(&["--year", "2019"]);
    assert!(year[0].get("told").is_none());
    let by = |by: &str| home.json(&["rank", "URY", "--by", by, "--limit", "300"]);
    let told = |rows: &Value| {
        let rows = rows.as_array().unwrap().iter();
        let mut of = rows.filter(|r| r["partner"] == "LVA");
        of.next().unwrap()["told"].to_string()
    };
    assert!(told(&by("exports")).contains("35100000"));
    assert!(told(&by("imports")).contains("12400000"));
    assert!(by("routes")[0].get("told").is_none());
}

/// A server on this machine with these pages, by path.
fn serve(pages: BTreeMap<&'static str, (&'static str, String)>) -> String {
    let server = Server::new(move |seen, out| {
        let Some((kind, body)) = pages.get(seen.path.as_str()) else {
            return send(out, "404 Not Found", &["Content-Length: 0"], b"");
        };
        let host = seen.header("host").unwrap_or_default();
        let body = body.replace("HOST", host);
        let headers = [
            format!("Content-Type: {kind}"),
            format!("Content-Length: {}", body.len()),
            "ETag: \"1\"".to_owned(),
        ];
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        send(out, "200 OK", &headers, body.as_bytes());
    });
    server.url("")
}

#[test]
fn pages_and_feeds_come_from_a_server_that_is_allowed() {
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>\
        <item><guid>1</guid><title>Trade</title><link>http://HOST/trade</link></item>\
        <item><guid>2</guid><title>Gone</title><link>http://HOST/gone</link></item>\
        </channel></rss>";
    let page = format!(
        "<!DOCTYPE html><html><head><title>Trade</title></head><body><article><p>{TRADE}</p><p>{TRADE}</p></article></body></html>"
    );
    let site = serve(BTreeMap::from([
        ("/feed", ("application/rss+xml", feed.to_owned())),
        ("/trade", ("text/html; charset=utf-8", page)),
    ]));
    let home = Home::new();
    let url = format!("{site}/feed");
    home.run(&["add", &url]).refused();
    let ran = home.run(&["add", &url, "--allow-private", "--at", DAY]);
    assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("2 pages that are new"), "{}", ran.out);
    assert!(ran.out.contains("LVA-URY"), "{}", ran.out);
    assert!(
        ran.err.contains("/gone") && ran.err.contains("404"),
        "{}",
        ran.err
    );
    // The page that did not come is still new.
    let ran = home.run(&["add", &url, "--allow-private", "--at", DAY]);
    assert!(ran.out.contains("1 page that is new"), "{}", ran.out);
    let listed = home.json(&["documents"]);
    assert_eq!(listed[0]["url"], format!("{site}/trade"));
}

#[test]
fn a_brief_is_verified_from_the_outside() {
    let home = Home::new();
    let brief = home.path("brief.json");
    home.run(&["brief", "KAZ", "SVN", "-o", &brief]).good();
    let good = home.run(&["verify", &brief]).good().out;
    assert!(good.contains("all holds"), "{good}");
    for part in [
        "files of sources",
        "records stand",
        "computed again",
        "sentences say",
    ] {
        assert!(good.contains(part), "no {part} in {good}");
    }
    let text = std::fs::read_to_string(&brief).unwrap();
    // A digit in a sentence, a hash, a place, a name.
    let digit = text
        .find("111.5 million")
        .or_else(|| text.find(" million dollars"));
    let mut told = text.clone();
    told.insert(digit.unwrap(), '9');
    let sha = text.find("\"sha256\": \"").unwrap() + "\"sha256\": \"".len();
    let mut hash = text.clone();
    let other = if &text[sha..=sha] == "0" { "1" } else { "0" };
    hash.replace_range(sha..=sha, other);
    let line = text.find("\"line\": ").unwrap() + "\"line\": ".len();
    let mut place = text.clone();
    place.insert(line, '7');
    for (what, forged) in [("sentence", told), ("file", hash), ("record", place)] {
        let path = home.file("forged.json", &forged);
        let ran = home.run(&["verify", &path]);
        assert_eq!(ran.status, 1, "{what}: {}{}", ran.out, ran.err);
        assert!(ran.out.contains(&format!("wrong  {what}: ")), "{}", ran.out);
    }
    let no_brief = home.file("no.json", "{}");
    home.run(&["verify", &no_brief])
        .refused_with(&["no brief", "no.json"]);
}

#[test]
fn a_brief_without_a_workspace_makes_none() {
    let home = Home::new();
    home.run(&["brief", "LVA", "URY"]).good();
    home.run(&["check", &home.path("texts/trade.txt")]).good();
    assert!(!Path::new(&home.path("home")).exists());
    let draft = root().join("docs/draft.txt");
    assert_eq!(
        ran(&mut home.0.command(&["check", draft.to_str().unwrap()])).status,
        1
    );
}

#[test]
fn a_brief_that_cites_documents_is_verified_to_the_byte() {
    let home = Home::new();
    home.add(DAY, &[&home.path("texts")]);
    let brief = home.path("brief.json");
    home.run(&["brief", "LVA", "URY", "-o", &brief]).good();
    let text = std::fs::read_to_string(&brief).unwrap();
    let told: Value = serde_json::from_str(&text).unwrap();
    let quote = told["documents"][0]["cited"][0]["quote"].as_str().unwrap();
    let good = home.run(&["verify", &brief]).good().out;
    assert!(good.contains("quotes stand in their documents"), "{good}");
    // The same from the files alone, in a home without a workspace.
    let other = Bilat::new();
    other
        .run(&["verify", &brief, "--documents", &home.path("texts")])
        .good();
    let lost = other.run(&["verify", &brief]);
    assert_eq!(lost.status, 1, "{}", lost.out);
    // A word of a quote changed.
    let quoted = serde_json::to_string(quote).unwrap();
    let forged = text.replacen(&quoted, "\"something else\"", 1);
    assert_ne!(forged, text);
    let forged = home.file("forged.json", &forged);
    assert_eq!(home.run(&["verify", &forged]).status, 1);
}
