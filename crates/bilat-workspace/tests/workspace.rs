//! Documents and their evidence: kept, found, taken away, brought back.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use bilat_model::evidence::Locator;
use bilat_model::{Evidence, Statement};
use bilat_workspace::{Added, Filter, JudgementKind, Mode, Trouble, Workspace};
use common::*;

fn quote(w: &Workspace, e: &Evidence) -> String {
    let Locator::Span(span) = e.citation.at else {
        panic!("{:?}", e.citation);
    };
    span.of(&w.text(&e.citation.file).unwrap()).to_owned()
}

#[test]
fn a_document_is_kept_with_its_evidence() {
    let (_dir, path, mut w) = workspace();
    let a = text("Exports were 5.7 million dollars in 2024. Ivo Alan came to Ljubljana.")
        .title("A visit")
        .published("2025-05-12")
        .exports("5.7 million", "5700000", 2024, "[5650000, 5750000)")
        .visit("Ivo Alan came", "2025-05-10", false)
        .tie(
            "Ljubljana",
            r#""kind": "embassy", "what": "embassy", "since": "1993""#,
        );
    let receipt = a.add(&mut w);
    assert_eq!(receipt.added, Added::New);
    assert_eq!(receipt.evidence, 3);
    drop(w);
    // Another process reads it.
    let w = Workspace::open(&path, Mode::Read).unwrap();
    let told = w.evidence(pair(), None).unwrap();
    assert_eq!(told.items.len(), 3);
    assert_eq!(told.documents.len(), 1);
    for item in &told.items {
        let (_, words) = item.evidence.statement.quoted().unwrap();
        assert_eq!(quote(&w, &item.evidence), words);
        assert_eq!(item.origins, 1);
        assert_eq!(item.document, receipt.id);
    }
    let info = w.document(&receipt.id).unwrap();
    assert_eq!(info.title.as_deref(), Some("A visit"));
    assert_eq!(info.pairs[&pair()], 3);
    assert_eq!(info.seen[0].from, "/home/user/a.txt");
    assert_eq!(
        w.bytes(&info.sha256[..8]).unwrap(),
        a.document.text.as_bytes()
    );
    assert_eq!(w.read(&receipt.id).unwrap(), a.document);
    assert_eq!(w.extractions(&receipt.id).unwrap(), a.told);
    assert_eq!(whole(&w), 1);
}

#[test]
fn a_document_whose_text_is_not_its_bytes_keeps_both() {
    let (_dir, _, mut w) = workspace();
    let mut a = text("Ivo Alan came.").visit("Ivo Alan", "2025", false);
    let bytes = b"<p>Ivo Alan came.</p>";
    let html = text(std::str::from_utf8(bytes).unwrap());
    a.document.sha256 = html.document.sha256;
    a.document.bytes = bytes.len();
    // Said to be the bytes, and is not.
    let e = a.add_bytes(&mut w, bytes).unwrap_err();
    assert!(matches!(e.trouble, Trouble::Unfit { .. }), "{e}");
    a.document.origin = bilat_model::document::Origin::Made;
    let id = a.add_bytes(&mut w, bytes).unwrap().id;
    assert_eq!(w.bytes(&id).unwrap(), bytes);
    assert_eq!(w.text(&id).unwrap(), "Ivo Alan came.");
    assert_eq!(w.read(&id).unwrap(), a.document);
    assert_eq!(whole(&w), 1);
}

#[test]
fn the_same_document_twice_is_one() {
    let (_dir, _, mut w) = workspace();
    let a = text("Exports were 5.7 million.").exports("5.7", "5700000", 2024, "[5650000, 5750000)");
    let first = a.add(&mut w);
    let a = a.from("/elsewhere/b.txt").at("2026-02-01T08:00:00+02:00");
    let second = a.add(&mut w);
    assert_eq!((second.added, second.reread), (Added::Same, false));
    assert_eq!(second.id, first.id);
    // Met a third time in the same place at the same moment: nothing more to say.
    a.add(&mut w);
    let all = w.documents(&Filter::default()).unwrap();
    assert_eq!(all.len(), 1);
    let seen: Vec<_> = all[0]
        .seen
        .iter()
        .map(|s| (s.at.as_str(), s.from.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            (AT, "/home/user/a.txt"),
            ("2026-02-01T06:00:00Z", "/elsewhere/b.txt")
        ]
    );
    assert_eq!(w.evidence(pair(), None).unwrap().items.len(), 1);
}

#[test]
fn a_new_state_of_a_page_is_a_vintage_of_it() {
    let (_dir, _, mut w) = workspace();
    let old = text("Exports were 5.7 million.")
        .from("https://News.example/a#top")
        .exports("5.7", "5700000", 2024, "[5650000, 5750000)");
    let new = text("Exports were 5.8 million.")
        .from("https://news.example/a")
        .at("2026-02-05T00:00:00Z")
        .exports("5.8", "5800000", 2024, "[5750000, 5850000)");
    let first = old.add(&mut w);
    let second = new.add(&mut w);
    assert_eq!(
        second.added,
        Added::Vintage {
            of: first.id.clone()
        }
    );
    let told = w.evidence(pair(), None).unwrap();
    assert_eq!(told.items.len(), 1);
    assert_eq!(told.documents[0].vintage_of, Some(first.id.clone()));
    // What the old one told is still found by its name.
    let digits = &first.id["doc:".len()..];
    let name = format!("KAZ-SVN:documents:{digits}:exports:KAZ>SVN:2024");
    let (e, d) = w.by_id(&bilat_model::EvidenceId(name)).unwrap().unwrap();
    assert_eq!((quote(&w, &e), &d.id), ("5.7".to_owned(), &first.id));
    let none = bilat_model::EvidenceId("KAZ-SVN:documents:00".to_owned());
    assert_eq!(w.by_id(&none).unwrap(), None);
    // The old one is there, holds no more, and held before.
    let before = w.document(&first.id).unwrap();
    assert_eq!(before.superseded_by, Some(second.id.clone()));
    let then = w.evidence(pair(), Some("2026-02-01T00:00:00Z")).unwrap();
    assert_eq!(then.items[0].document, first.id);
    let diff = bilat_workspace::diff(&then.flat(), &told.flat());
    assert_eq!(
        (diff.changed.len(), diff.new.len(), diff.gone.len()),
        (1, 0, 0)
    );
    // The page goes back to what it was.
    old.at("2026-03-01T00:00:00Z").add(&mut w);
    assert_eq!(
        w.evidence(pair(), None).unwrap().items[0].document,
        first.id
    );
    let all = w.documents(&Filter::default()).unwrap();
    assert_eq!(all.len(), 1);
    let filter = Filter {
        superseded: true,
        ..Filter::default()
    };
    assert_eq!(w.documents(&filter).unwrap().len(), 2);
    // Found by words of the state that holds alone.
    assert_eq!(w.search("exports", 10).unwrap().len(), 1);
}

#[test]
fn a_page_cannot_pass_for_a_vintage_of_another_host() {
    let (_dir, _, mut w) = workspace();
    let a = text("Exports were 5.7 million.")
        .from("https://gov.example/a")
        .exports("5.7", "5700000", 2024, "[5650000, 5750000)");
    let id = a.add(&mut w).id;
    for (words, from) in [
        ("Exports were nothing.", "https://evil.example/a"),
        ("Exports were none.", "/tmp/a.html"),
    ] {
        let mut b = text(words).from(from).at("2026-02-05T00:00:00Z");
        b.document.meta.url = Some("https://gov.example/a".to_owned());
        assert_eq!(b.add(&mut w).added, Added::New);
    }
    // The same host may: a page with tracking marks in its address.
    let mut b = text("Exports were some.")
        .from("https://gov.example/a?utm=1")
        .at("2026-02-05T00:00:00Z");
    b.document.meta.url = Some("https://gov.example/a".to_owned());
    assert_eq!(b.add(&mut w).added, Added::Vintage { of: id });
}

#[test]
fn what_a_later_program_reads_takes_the_place_of_the_earlier_reading() {
    let (_dir, _, mut w) = workspace();
    let poor = text("Exports were 5.7 million. Ivo Alan came.").exports(
        "5.7",
        "5700000",
        2024,
        "[5650000, 5750000)",
    );
    poor.add(&mut w);
    let mut rich = text("Exports were 5.7 million. Ivo Alan came.")
        .exports("5.7", "5700000", 2024, "[5650000, 5750000)")
        .visit("Ivo Alan", "2025", false);
    rich.document.meta.title = Some("Numbers".to_owned());
    let receipt = rich.add(&mut w);
    assert_eq!((receipt.added, receipt.reread), (Added::Same, true));
    assert_eq!(w.evidence(pair(), None).unwrap().items.len(), 2);
    assert_eq!(w.search("numbers", 5).unwrap().len(), 1);
    w.undo().unwrap();
    assert_eq!(w.evidence(pair(), None).unwrap().items.len(), 1);
    assert_eq!(w.search("numbers", 5).unwrap().len(), 0);
    assert_eq!(w.search("exports", 5).unwrap().len(), 1);
    assert_eq!(whole(&w), 1);
}

#[test]
fn what_does_not_fit_together_is_refused_whole() {
    let (_dir, _, mut w) = workspace();
    let good = || text("Žito 5.7").exports("5.7", "5700000", 2024, "[5650000, 5750000)");
    let mut wrong = Vec::new();
    let mut t = good();
    t.told[0].figures[0].quote = "5.8".to_owned();
    wrong.push(t);
    let mut t = good();
    t.told[0].figures[0].span.start = 1; // within Ž
    wrong.push(t);
    let mut t = good();
    t.told[0].figures[0].span.end = 999;
    wrong.push(t);
    let mut t = good();
    t.told.push(t.told[0].clone());
    wrong.push(t);
    let mut t = good();
    t.document.sha256 = t.document.sha256.replace(|c: char| c.is_ascii_digit(), "a");
    wrong.push(t);
    let mut t = good();
    t.document.blocks[0].span.end = 1;
    wrong.push(t);
    for t in wrong {
        let e = t.try_add(&mut w).unwrap_err();
        assert!(matches!(e.trouble, Trouble::Unfit { .. }), "{e}");
    }
    let e = good().at("yesterday").try_add(&mut w).unwrap_err();
    assert!(e.to_string().contains("is not a time"), "{e}");
    assert!(w.documents(&Filter::default()).unwrap().is_empty());
    assert!(w.operations(10).unwrap().is_empty());
}

#[test]
fn removed_is_out_of_the_way_and_comes_back() {
    let (_dir, _, mut w) = workspace();
    let a = text("Exports were 5.7 million.").exports("5.7", "5700000", 2024, "[5650000, 5750000)");
    let id = a.add(&mut w).id;
    w.remove(&id[..9], AT).unwrap();
    assert!(w.evidence(pair(), None).unwrap().items.is_empty());
    assert!(w.documents(&Filter::default()).unwrap().is_empty());
    assert!(w.search("exports", 5).unwrap().is_empty());
    assert!(w.pairs().unwrap().is_empty());
    let filter = Filter {
        removed: true,
        ..Filter::default()
    };
    assert!(w.documents(&filter).unwrap()[0].removed);
    let undone = w.undo().unwrap();
    assert_eq!((undone.len(), undone[0].kind.as_str()), (1, "remove"));
    assert_eq!(w.evidence(pair(), None).unwrap().items.len(), 1);
    // Added again after removal it is back.
    w.remove(&id, AT).unwrap();
    assert_eq!(a.add(&mut w).added, Added::Back);
    w.undo().unwrap();
    assert!(w.documents(&Filter::default()).unwrap().is_empty());
    w.restore(&id, AT).unwrap();
    assert_eq!(w.search("exports", 5).unwrap().len(), 1);
    assert_eq!(whole(&w), 1);
}

#[test]
fn one_command_is_undone_at_once_and_commands_one_after_the_other() {
    let (_dir, _, mut w) = workspace();
    text("One.").add(&mut w);
    w.begin_command().unwrap();
    text("Two.").add(&mut w);
    text("Three.").add(&mut w);
    w.end_command();
    let count = |w: &Workspace| w.documents(&Filter::default()).unwrap().len();
    assert_eq!(count(&w), 3);
    assert_eq!(w.undo().unwrap().len(), 2);
    assert_eq!(count(&w), 1);
    assert_eq!(w.undo().unwrap().len(), 1);
    assert_eq!(count(&w), 0);
    let e = w.undo().unwrap_err();
    assert!(matches!(e.trouble, Trouble::NothingToUndo), "{e}");
    // Nothing was lost: adding again brings back what there was.
    assert_eq!(text("Two.").add(&mut w).added, Added::Back);
    assert!(w.operations(10).unwrap()[1].undone);
}

#[test]
fn purging_deletes_what_was_removed_and_nothing_else() {
    let (_dir, path, mut w) = workspace();
    let secret = "Zanzibarium exports were 5.7 million, said Ivo Alan, who came to Ljubljana.";
    let id = text(secret)
        .visit("Ivo Alan", "2025-05-10", false)
        .add(&mut w)
        .id;
    text("Ivo Alan came to Ljubljana in May.")
        .visit("Ivo Alan", "2025-05", false)
        .add(&mut w);
    assert_eq!(w.judgements().unwrap().len(), 1);
    w.remove(&id, AT).unwrap();
    assert_eq!(w.purge().unwrap(), 1);
    assert!(w.document(&id).is_err());
    assert!(w.judgements().unwrap().is_empty());
    assert_eq!(w.evidence(pair(), None).unwrap().items.len(), 1);
    assert_eq!(whole(&w), 1);
    // The log still speaks of it; undoing has nothing to act on and does no harm.
    while w.undo().is_ok() {}
    assert_eq!(whole(&w), 1);
    drop(w);
    let raw = std::fs::read(&path).unwrap();
    let holds = |word: &[u8]| raw.windows(word.len()).any(|x| x == word);
    assert!(!holds(b"anzibarium"));
}

#[test]
fn words_are_found_whatever_their_case_and_accents() {
    let (_dir, _, mut w) = workspace();
    text("Nataša Pirc Musar je obiskala Astano.")
        .title("Obisk")
        .published("2025-01-02")
        .add(&mut w);
    text("Trade with Astano grew; so did the trade in fruit.")
        .published("2025-01-03")
        .add(&mut w);
    let hits = w.search("NATASA astano", 5).unwrap();
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].text, "Nataša Pirc Musar je obiskala Astano");
    let text = w.text(&hits[0].document.id).unwrap();
    let marks: Vec<_> = hits[0].marks.iter().map(|m| m.of(&text)).collect();
    assert_eq!(marks, ["Nataša", "Astano"]);
    assert_eq!(w.search("astano", 5).unwrap().len(), 2);
    assert_eq!(w.search("astano", 1).unwrap().len(), 1);
    assert_eq!(w.search("\"trade in\"", 5).unwrap().len(), 1);
    assert_eq!(w.search("\"in trade\"", 5).unwrap().len(), 0);
    assert_eq!(w.search("obis*", 5).unwrap()[0].marks.len(), 1);
    // A word of the title alone: the beginning is shown.
    assert!(w.search("obisk", 5).unwrap()[0].text.starts_with("Nataša"));
    for hostile in [
        "\"",
        "a OR b)",
        "* NEAR(",
        "title:x",
        "'; DROP TABLE document; --",
        "\0",
    ] {
        match w.search(hostile, 5) {
            Ok(hits) => assert!(hits.is_empty(), "{hostile}"),
            Err(e) => assert!(matches!(e.trouble, Trouble::NoWords), "{hostile}: {e}"),
        }
    }
}

#[test]
fn an_event_told_twice_is_one_with_two_citations() {
    let (_dir, _, mut w) = workspace();
    let vague = text("Ivo Alan came to Ljubljana that year.").published("2025-06-01");
    vague.visit("Ivo Alan", "2025", false).add(&mut w);
    let exact = text("On 10 May Ivo Alan came.").published("2025-06-02");
    let receipt = exact.visit("Ivo Alan", "2025-05-10", false).add(&mut w);
    assert_eq!(receipt.judgements.len(), 1);
    let told = w.evidence(pair(), None).unwrap();
    assert_eq!(told.items.len(), 1);
    let item = &told.items[0];
    assert_eq!((item.also.len(), item.origins), (1, 2));
    // The more exact telling is the one shown.
    let Statement::Event(e) = &item.evidence.statement else {
        panic!()
    };
    assert_eq!(e.date.unwrap().to_string(), "2025-05-10");
    assert_eq!(told.flat().len(), 2);
    // Another visit in the same year fits the vague telling and not the exact one.
    let other = text("On 3 September Ivo Alan came again.").published("2025-09-04");
    assert!(
        other
            .visit("Ivo Alan", "2025-09-03", false)
            .add(&mut w)
            .judgements
            .is_empty()
    );
    assert_eq!(w.evidence(pair(), None).unwrap().items.len(), 2);
    // A second vague telling fits both events: it joins neither.
    let doubt = text("In 2025 Ivo Alan was a guest.").published("2026-01-04");
    assert!(
        doubt
            .visit("Ivo Alan", "2025", false)
            .add(&mut w)
            .judgements
            .is_empty()
    );
    // Taken back, it is two again, and no rule says otherwise.
    w.reverse(receipt.judgements[0].id, AT).unwrap();
    assert_eq!(w.evidence(pair(), None).unwrap().items.len(), 4);
    assert!(w.judgements().unwrap()[0].reversed);
    w.undo().unwrap();
    assert_eq!(w.evidence(pair(), None).unwrap().items.len(), 3);
}

#[test]
fn a_user_judges_by_name_and_takes_it_back() {
    let (_dir, _, mut w) = workspace();
    let a = text("A concert was held.").event(
        "A concert",
        r#""kind": "culture", "date": "2025-05-01", "planned": false, "what": "concert""#,
    );
    let b = text("An evening of songs.").event(
        "An evening",
        r#""kind": "culture", "date": "2025-05-01", "planned": false, "what": "evening of songs""#,
    );
    let (a, b) = (a.add(&mut w), b.add(&mut w));
    let told = w.evidence(pair(), None).unwrap();
    assert_eq!(told.items.len(), 2);
    let names: Vec<_> = told.items.iter().map(|i| i.evidence.id.0.clone()).collect();
    let kind = JudgementKind::Event;
    let j = w
        .judge(kind, &names[0], &names[1], "the same evening", AT)
        .unwrap();
    assert_eq!(w.evidence(pair(), None).unwrap().items.len(), 1);
    w.reverse(j.id, AT).unwrap();
    let again = w
        .judge(kind, &names[1], &names[0], "after all", AT)
        .unwrap();
    assert_eq!((again.id, again.reversed), (j.id, false));
    assert_eq!(w.evidence(pair(), None).unwrap().items.len(), 1);
    let origin = JudgementKind::Origin;
    w.judge(origin, &a.id, &b.id, "one release", AT).unwrap();
    assert_eq!(w.evidence(pair(), None).unwrap().items[0].origins, 1);
    assert!(w.judge(origin, &a.id, &a.id, "", AT).is_err());
    assert!(w.judge(kind, "KAZ-SVN:no", &names[0], "", AT).is_err());
    assert!(w.reverse(99, AT).is_err());
}

const AGENCY: &str = "TALVIK (Reuters) - The foreign ministers of Norland and Sudania met on Tuesday to \
discuss trade and a new air link between their capitals, officials said. Trade between the two countries reached \
412 million dollars last year, up nine percent, according to the national statistics office of Norland. \
Sudania bought mainly machinery and fish, while Norland imported fruit, textiles and phosphates.";

#[test]
fn echoes_of_one_report_are_one_origin() {
    let (_dir, _, mut w) = workspace();
    let visit = |t: Text| t.visit("foreign ministers", "2025-05-10", false);
    let first = visit(text(AGENCY).published("2025-05-11")).add(&mut w);
    let mut ids = Vec::new();
    for n in 0..5 {
        // Each paper exchanges a word and adds a line of its own.
        let body = AGENCY.replace("discuss", ["debate", "weigh", "review", "talk", "study"][n]);
        let echo = visit(text(&format!("{body} Paper number {n}.")).published("2025-05-12"));
        let echo = echo.at(&format!("2026-02-0{}T00:00:00Z", n + 1));
        let receipt = echo.add(&mut w);
        let kinds: Vec<_> = receipt.judgements.iter().map(|j| j.kind).collect();
        assert_eq!(kinds, [JudgementKind::Origin, JudgementKind::Event]);
        ids.push(receipt.id);
    }
    let own = "A direct air connection may tie both. That is what foreign ministers want after a \
               day of talks in the old customs house, where nurses, dairy plants and software were \
               spoken of before lunch, and where no date was named for the first departure.";
    visit(text(own).published("2025-05-13")).add(&mut w);
    let told = w.evidence(pair(), None).unwrap();
    assert_eq!(told.items.len(), 1);
    assert_eq!((told.items[0].also.len(), told.items[0].origins), (6, 2));
    for id in &ids {
        assert_eq!(w.document(id).unwrap().origin, first.id);
    }
    // Without the first one, the earliest of the echoes stands for them.
    w.remove(&first.id, AT).unwrap();
    assert_eq!(w.document(&ids[4]).unwrap().origin, ids[0]);
}

#[test]
fn names_lead_to_one_document_or_none() {
    let (_dir, _, mut w) = workspace();
    let a = text("One.").add(&mut w).id;
    assert_eq!(w.document(&a).unwrap().id, a);
    assert_eq!(w.document(&a.to_uppercase()["DOC:".len()..]).unwrap().id, a);
    for bad in ["", "doc:", "doc:zzzz", "0", "%", "doc:0123456789abcdef0"] {
        let e = w.document(bad).unwrap_err();
        assert!(matches!(e.trouble, Trouble::Unknown { .. }), "{bad}: {e}");
    }
    // Among many, four digits are soon not enough.
    for n in 0..800 {
        text(&format!("Number {n}.")).add(&mut w);
    }
    let all = w.documents(&Filter::default()).unwrap();
    let mut heads: Vec<_> = all.iter().map(|d| &d.sha256[..4]).collect();
    heads.sort_unstable();
    if let Some(two) = heads.windows(2).find(|x| x[0] == x[1]) {
        let e = w.document(two[0]).unwrap_err();
        assert!(e.to_string().contains("give more digits"), "{e}");
    }
}

#[test]
fn what_was_altered_behind_its_back_is_told() {
    let (_dir, path, mut w) = workspace();
    let a = text("Exports were 5.7 million.").exports("5.7", "5700000", 2024, "[5650000, 5750000)");
    let id = a.add(&mut w).id;
    drop(w);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("UPDATE evidence SET original = replace(original, '5700000', '9700000')")
        .unwrap();
    drop(raw);
    let wrong = open(&path).verify().unwrap().wrong;
    assert_eq!(wrong.len(), 1);
    assert!(
        wrong[0].starts_with(&id) && wrong[0].contains("altered"),
        "{wrong:?}"
    );
    let raw = rusqlite::Connection::open(&path).unwrap();
    let other = zstd::bulk::compress(b"Exports were 9.7 million.", 3).unwrap();
    raw.execute("UPDATE document SET packed = ?1", [other])
        .unwrap();
    drop(raw);
    let w = open(&path);
    let e = w.bytes(&id).unwrap_err();
    assert!(e.to_string().contains("are not what they were"), "{e}");
    assert!(w.text(&id).is_err());
    assert!(w.export(&mut Vec::new()).is_err());
    // A bomb in place of a document is not unpacked.
    let raw = rusqlite::Connection::open(&path).unwrap();
    let bomb = zstd::bulk::compress(&vec![0; 64 << 20], 3).unwrap();
    raw.execute("UPDATE document SET packed = ?1", [bomb])
        .unwrap();
    drop(raw);
    let e = open(&path).bytes(&id).unwrap_err();
    assert!(e.to_string().contains("does not unpack"), "{e}");
}
