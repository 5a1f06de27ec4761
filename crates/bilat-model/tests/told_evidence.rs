//! What a document tells, as evidence.
#![allow(clippy::unwrap_used)]

use bilat_model::evidence::{Locator, TieKind};
use bilat_model::told::{self, Extraction};
use bilat_model::{Evidence, Statement, told_evidence};

const HASH: &str = "0b71c6f0a1b2c3d4e5f60718293a4b5c6d7e8f900112233445566778899aabbc";

fn extraction() -> Extraction {
    serde_json::from_str(
        r#"{
          "pair": "KAZ-SVN", "published": "2025-05-12",
          "figures": [
            {"kind": "exports", "from": "KAZ", "to": "SVN", "value": 5700000.5, "unit": "EUR",
             "qualifier": "about", "period": "2024", "interval": "[5650000, 5750000)",
             "span": {"start": 10, "end": 20}, "quote": "5.7 millio"},
            {"kind": "exports", "from": "KAZ", "to": "SVN", "value": null, "unit": "EUR",
             "qualifier": "exact", "period": "2024", "change_percent": 12.5,
             "span": {"start": 30, "end": 40}, "quote": "by 12.5 % "},
            {"kind": "trade_turnover", "from": "KAZ", "to": "SVN", "value": 200000000,
             "unit": "USD", "qualifier": "exact", "period": null, "status": "target",
             "span": {"start": 50, "end": 60}, "quote": "200 millio"}
          ],
          "events": [
            {"kind": "visit", "date": "--02", "host": "SVN", "participants": ["KAZ"],
             "planned": true, "what": "a visit", "span": {"start": 70, "end": 80}, "quote": "visit in F"}
          ],
          "ties": [
            {"kind": "embassy", "participants": ["SVN", "KAZ"], "what": "an embassy",
             "span": {"start": 90, "end": 99}, "quote": "embassy i"}
          ],
          "constraints": []
        }"#,
    )
    .unwrap()
}

#[test]
fn names_tell_what_a_document_tells_apart() {
    let all = told_evidence::of(HASH, &extraction());
    let names: Vec<_> = all.iter().map(|e| e.id.to_string()).collect();
    assert_eq!(
        names,
        [
            "KAZ-SVN:documents:0b71c6f0a1b2c3d4:exports:KAZ>SVN:2024",
            "KAZ-SVN:documents:0b71c6f0a1b2c3d4:exports:KAZ>SVN:2024:2",
            "KAZ-SVN:documents:0b71c6f0a1b2c3d4:trade_turnover:KAZ>SVN:target",
            "KAZ-SVN:documents:0b71c6f0a1b2c3d4:visit",
            "KAZ-SVN:documents:0b71c6f0a1b2c3d4:embassy:SVN>KAZ",
        ]
    );
    assert!(all.iter().all(|e| e.id.source() == Some("documents")));
    assert_eq!(all[0].citation.at.to_string(), "bytes 10–20");
    assert_eq!(all[0].citation.file.as_ref(), "0b71c6f0a1b2c3d4");
}

#[test]
fn evidence_keeps_all_that_the_text_tells() {
    let told = extraction();
    let all = told_evidence::of(HASH, &told);
    let json = serde_json::to_string(&all).unwrap();
    assert!(json.contains(r#""type":"told_figure""#), "{json}");
    let back: Vec<Evidence> = serde_json::from_str(&json).unwrap();
    assert_eq!(back, all);
    for e in &all {
        let (span, quote) = e.statement.quoted().unwrap();
        assert_eq!(e.citation.at, Locator::Span(span));
        assert_eq!(quote.len(), span.end - span.start);
    }
    match &all[0].statement {
        Statement::Told(f) => assert_eq!(**f, told.figures[0]),
        other => panic!("{other:?}"),
    }
    match &all[3].statement {
        // A month without a year is no date among dates.
        Statement::Event(e) => assert_eq!(e.date, None),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_tie_that_a_text_tells_has_its_kind() {
    for kind in told::TieKind::ALL {
        let mut told = extraction();
        told.ties[0].kind = *kind;
        let all = told_evidence::of(HASH, &told);
        let Statement::Tie(tie) = &all[4].statement else {
            panic!("{:?}", all[4]);
        };
        assert_eq!(tie.kind.code(), kind.code());
        assert_eq!(tie.kind == TieKind::Other, *kind == told::TieKind::Other);
    }
}
