//! Export and import.
#![allow(clippy::unwrap_used)]

mod common;

use bilat_workspace::{FeedState, Filter, Imported, JudgementKind, Trouble, Workspace};
use common::*;
use proptest::prelude::*;

fn export(w: &Workspace) -> Vec<u8> {
    let mut out = Vec::new();
    w.export(&mut out).unwrap();
    out
}

/// Something of everything.
fn filled(w: &mut Workspace) {
    let a = text("Exports were 5.7 million. Ivo Alan came to Ljubljana.")
        .from("https://a.example/1")
        .published("2025-05-12")
        .exports("5.7", "5700000", 2024, "[5650000, 5750000)")
        .visit("Ivo Alan", "2025-05-10", false)
        .tie("Ljubljana", r#""kind": "embassy", "what": "embassy""#);
    let a = a.add(w).id;
    let b = text("Ivo Alan was here in May.").visit("Ivo Alan", "2025-05", false);
    let b = b.add(w).id;
    text("Exports were 5.8 million.")
        .from("https://a.example/1")
        .at("2026-02-01T00:00:00Z")
        .add(w);
    let removed = text("Gone.").add(w).id;
    w.remove(&removed, AT).unwrap();
    let j = w
        .judge(JudgementKind::Origin, &a, &b, "one release", AT)
        .unwrap();
    w.reverse(j.id, AT).unwrap();
    // A second reading of one document, and a sighting taken back.
    let mut again = text("Ivo Alan was here in May.").visit("Ivo Alan was", "2025-05", false);
    again.document.meta.title = Some("May".to_owned());
    again.add(w);
    text("Gone.").at("2026-02-09T00:00:00Z").add(w);
    w.undo().unwrap();
    let state = FeedState {
        url: "https://a.example/feed".to_owned(),
        title: Some("A".to_owned()),
        etag: None,
        last_modified: Some("x".to_owned()),
        fetched: AT.to_owned(),
    };
    w.feed_fetched(&state).unwrap();
    let entry = bilat_workspace::Entry {
        id: "1".to_owned(),
        title: None,
        link: Some("https://a.example/1".to_owned()),
        published: Some("2025-05-12".parse().unwrap()),
    };
    w.feed_taken(&state.url, &entry, None, AT).unwrap();
}

#[test]
fn an_archive_brings_everything_back() {
    let (_dir, _, mut w) = workspace();
    filled(&mut w);
    let archive = export(&w);
    assert_eq!(archive, export(&w));
    let (_dir, _, mut v) = workspace();
    let imported = v.import(&mut archive.as_slice(), AT).unwrap();
    assert_eq!(
        imported,
        Imported {
            new: 4,
            known: 0,
            judgements: 2
        }
    );
    assert_eq!(whole(&v), 4);
    assert_eq!(export(&v), archive, "the same workspace, the same bytes");
    assert_eq!(
        v.evidence(pair(), None).unwrap(),
        w.evidence(pair(), None).unwrap()
    );
    assert_eq!(v.feeds().unwrap(), w.feeds().unwrap());
    for removed in [false, true] {
        let filter = Filter {
            removed,
            superseded: true,
            ..Filter::default()
        };
        assert_eq!(v.documents(&filter).unwrap(), w.documents(&filter).unwrap());
    }
    assert_eq!(v.search("may", 5).unwrap().len(), 1);
    // Copies are found against what was imported too.
    assert_eq!(
        v.import(&mut archive.as_slice(), AT).unwrap(),
        Imported {
            new: 0,
            known: 4,
            judgements: 0
        }
    );
    assert_eq!(export(&v), archive);
    // One operation, one undo.
    v.undo().unwrap();
    v.undo().unwrap();
    assert!(v.documents(&Filter::default()).unwrap().is_empty());
}

#[test]
fn an_archive_is_merged_into_what_is_there() {
    let (_dir, _, mut w) = workspace();
    filled(&mut w);
    let (_dir, _, mut v) = workspace();
    text("Own.").add(&mut v);
    // Known on both sides, read by another program here: what holds here goes on to hold.
    let mut own = text("Ivo Alan was here in May.");
    own.document.meta.title = Some("Own title".to_owned());
    let id = own.add(&mut v).id;
    let imported = v.import(&mut export(&w).as_slice(), AT).unwrap();
    assert_eq!((imported.new, imported.known), (3, 1));
    assert_eq!(v.document(&id).unwrap().title.as_deref(), Some("Own title"));
    assert_eq!(whole(&v), 5);
    // And back: both then know the same documents.
    w.import(&mut export(&v).as_slice(), AT).unwrap();
    assert_eq!(whole(&w), 5);
    let shas = |w: &Workspace| -> Vec<_> {
        let filter = Filter {
            superseded: true,
            ..Filter::default()
        };
        let mut all: Vec<_> = w
            .documents(&filter)
            .unwrap()
            .into_iter()
            .map(|d| d.sha256)
            .collect();
        all.sort();
        all
    };
    assert_eq!(shas(&v), shas(&w));
}

/// Puts other bytes in place of some, wherever they stand.
fn replaced(archive: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut out = archive.to_vec();
    let mut at = 0;
    let mut n = 0;
    while let Some(i) = out[at..]
        .windows(from.len())
        .position(|w| w == from.as_bytes())
    {
        out[at + i..at + i + from.len()].copy_from_slice(to.as_bytes());
        at += i + from.len();
        n += 1;
    }
    assert!(n > 0, "{from} is not there");
    out
}

#[test]
fn an_archive_that_was_altered_or_cut_is_refused_whole() {
    let (_dir, _, mut w) = workspace();
    filled(&mut w);
    let good = export(&w);
    let (_dir, _, mut v) = workspace();
    text("Own.").add(&mut v);
    let before = export(&v);
    for (bad, says) in [
        (replaced(&good, "were 5.7", "were 9.7"), "hash"),
        (
            replaced(&good, "\"quote\": \"5.7\"", "\"quote\": \"9.7\""),
            "quote",
        ),
        (
            replaced(&good, "\"start\": 13", "\"start\": 14"),
            "stand at",
        ),
        (
            replaced(&good, "\"version\": 1", "\"version\": 7"),
            "another form",
        ),
        (
            replaced(&good, "\"removed\": true", "\"vanished\": 123"),
            "unknown field",
        ),
        (
            replaced(&good, "\"documents\": 4", "\"documents\": 5"),
            "documents are missing",
        ),
        (
            replaced(&good, "\"at\": \"2026-01-31", "\"at\": \"2026-99-31"),
            "not a time",
        ),
        (Vec::new(), "it is empty"),
        (b"not a tar".to_vec(), "archive"),
    ] {
        let e = v.import(&mut bad.as_slice(), AT).unwrap_err();
        assert!(e.to_string().contains(says), "{says}: {e}");
        assert_eq!(export(&v), before);
    }
    for part in 0..40 {
        let cut = &good[..good.len() * part / 41];
        let cut_off = v.import(&mut &cut[..], AT);
        if let Ok(imported) = cut_off {
            // Only the padding at the end is missing.
            assert_eq!(imported.new, 4, "{part}");
            v.undo().unwrap();
        }
    }
    assert_eq!(whole(&v) % 4, 1);
}

#[test]
fn names_in_an_archive_reach_no_file() {
    let (_dir, _, mut w) = workspace();
    let mut out = tar::Builder::new(Vec::new());
    let head = br#"{"form": "bilat workspace", "version": 1, "documents": 0}"#;
    for (path, bytes) in [
        ("bilat-workspace.json", &head[..]),
        ("documents/../../evil", b"x"),
    ] {
        let mut h = tar::Header::new_ustar();
        h.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
        h.set_size(bytes.len() as u64);
        h.set_entry_type(tar::EntryType::Regular);
        h.set_cksum();
        out.append(&h, bytes).unwrap();
    }
    let bytes = out.into_inner().unwrap();
    let e = w.import(&mut bytes.as_slice(), AT).unwrap_err();
    assert!(e.to_string().contains("nothing of that name"), "{e}");
    // A member that says it is larger than anything is not waited for in memory.
    let mut out = tar::Builder::new(Vec::new());
    let mut h = tar::Header::new_ustar();
    h.set_path("bilat-workspace.json").unwrap();
    h.set_size(1 << 32);
    h.set_entry_type(tar::EntryType::Regular);
    h.set_cksum();
    out.append(&h, &head[..]).unwrap();
    let bytes = out.into_inner().unwrap();
    let e = w.import(&mut bytes.as_slice(), AT).unwrap_err();
    assert!(matches!(e.trouble, Trouble::Archive { .. }), "{e}");
}

#[test]
fn pairs_out_of_order_are_refused() {
    let (_dir, _, mut w) = workspace();
    let mut two =
        text("Exports were 5.7 million.").exports("5.7", "5700000", 2024, "[5650000, 5750000)");
    let mut other = two.told[0].clone();
    other.pair = "AUT-SVN".parse().unwrap();
    two.told.push(other);
    two.add(&mut w);
    let good = export(&w);
    let (_dir, _, mut v) = workspace();
    let bad = replaced(&good, "\"pair\": \"AUT-SVN\"", "\"pair\": \"SVK-SVN\"");
    let e = v.import(&mut bad.as_slice(), AT).unwrap_err();
    assert!(e.to_string().contains("not their order"), "{e}");
    v.import(&mut good.as_slice(), AT).unwrap();
    assert_eq!(whole(&v), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_change_of_a_byte_is_refused_or_means_the_same(at in 0usize..20_000, to in any::<u8>()) {
        let (_dir, _, mut w) = workspace();
        text("Exports were 5.7 million.").exports("5.7", "5700000", 2024, "[5650000, 5750000)").add(&mut w);
        let mut archive = export(&w);
        let at = at % archive.len();
        archive[at] = to;
        let (_dir, _, mut v) = workspace();
        if v.import(&mut archive.as_slice(), AT).is_ok() {
            prop_assert_eq!(whole(&v), 1);
        }
    }
}
