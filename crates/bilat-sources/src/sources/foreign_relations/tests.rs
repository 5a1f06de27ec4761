//! The reader on articles of our own.
#![allow(clippy::unwrap_used)]

use bilat_model::evidence::{Statement, TieDetails};

use crate::testing::{read_sample, source, try_read_sample};

fn archive(members: &[(&str, &str)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, text) in members {
        let bytes = serde_json::to_vec(text).unwrap();
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        tar.append_data(&mut header, format!("articles/{name}"), bytes.as_slice())
            .unwrap();
    }
    crate::testing::gz(&tar.into_inner().unwrap())
}

const ARTICLE: &str = "Lead.\n\n== Diplomatic relations ==\n{| class=wikitable\n!#\n!Country\n!Date\n|-\n|1\n|{{flag|Slovenia}}\n|{{dts|20 October 1992}}\n|}\n\n== Bilateral relations ==\n=== Europe ===\n{| class=wikitable\n! Country !! Formal relations began !! Notes\n|- valign=top\n|{{flag|Slovenia}}||<!--date-->||See [[Kazakhstan–Slovenia relations]]\n* Kazakhstan is represented in Slovenia through its embassy in [[Vienna]] (Austria).<ref>x</ref>\n* Both countries are full members of the [[OSCE]].\n* In May 2001, the President of Slovenia, Ana Novak, made an official visit to Kazakhstan.\n|-\n|{{flag|European Union}}|| ||A forum.\n|-\n|{{flag|Atlantis}}|| ||Sunk.\n|-\n|{{flag|Malta}}|| ||\n|-\n|{{flag|Italy}}|| ||Cordial.\n|}\n=== Austria ===\nAustria opened an embassy in [[Astana]] in July 2007.\n== See also ==\n=== France ===\nIn 1999 the two countries signed a treaty.\n";

#[test]
fn notes_become_evidence_with_their_place() {
    let bytes = archive(&[("Foreign relations of Kazakhstan.json", ARTICLE)]);
    let (records, report) = read_sample(source("foreign_relations"), &[(super::FILE, &bytes)]);
    let mut told = Vec::new();
    for (pair, statement, citation) in &records.evidence {
        let place = citation.at.to_string();
        let (head, span) = place.rsplit_once('@').unwrap();
        let (start, end) = span.split_once('-').unwrap();
        let words = &ARTICLE[start.parse().unwrap()..end.parse().unwrap()];
        let says = match statement {
            Statement::Event(e) => format!("{} {} {}", e.kind, e.date.unwrap(), e.what),
            Statement::Tie(t) => match &t.details {
                TieDetails::Mission { city, seat, .. } => {
                    format!("{}>{} {} in {city}, {seat}", t.from, t.to, t.what)
                }
                _ => format!("{} {}", t.kind, t.what),
            },
            other => panic!("no figure is read: {other:?}"),
        };
        told.push(format!("{pair} {head}: {says} <- {}", &words[..20]));
    }
    told.sort();
    assert_eq!(
        told,
        [
            "AUT-KAZ Kazakhstan#Bilateral relations/Austria: embassy_opening 2007-07 embassy of Austria opened in Astana <- Austria opened an em",
            "KAZ-SVN Kazakhstan#Bilateral relations/Europe: KAZ>SVN embassy in Vienna, AUT <- Kazakhstan is repres",
            "KAZ-SVN Kazakhstan#Bilateral relations/Europe: membership Organization for Security and Co-operation in Europe <- Both countries are f",
            "KAZ-SVN Kazakhstan#Bilateral relations/Europe: visit 2001-05 official visit of the president of Slovenia to Kazakhstan <- In May 2001, the Pre",
        ]
    );
    assert_eq!(report.left_out["no notes"], 1);
    assert_eq!(report.left_out["notes that no rule reads"], 1);
    assert_eq!(report.left_out["not between two countries"], 1);
    assert_eq!(
        report.left_out["the numbered list of dates, which diplomatic_relations has"],
        1
    );
    assert_eq!(report.unresolved["Atlantis"], 1);
    let file = &report.files[0];
    assert_eq!((file.records, file.kept, file.skipped), (7, 2, 1));
}

#[test]
fn a_citation_leads_to_its_words() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("diplomatic_relations");
    std::fs::create_dir(&folder).unwrap();
    let bytes = archive(&[("Foreign relations of Kazakhstan.json", ARTICLE)]);
    std::fs::write(folder.join(super::FILE), bytes).unwrap();
    let at = |text: &str| bilat_model::evidence::Locator::Pointer(text.to_owned());
    let read = |text: &str| super::passage(dir.path(), &at(text));
    assert_eq!(read("Kazakhstan#x/y@0-5").unwrap(), "Lead.");
    for wrong in [
        "Kazakhstan#x@0-99999",
        "Malta#x@0-5",
        "Kazakhstan",
        "Kazakhstan#x@5",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn what_lies_ahead_of_the_vintage_is_not_told() {
    let text =
        "== Relations ==\n=== Austria ===\nAustria opened an embassy in Astana in July 2029.\n";
    let bytes = archive(&[("Foreign relations of Kazakhstan.json", text)]);
    let (records, _) = read_sample(source("foreign_relations"), &[(super::FILE, &bytes)]);
    assert!(records.evidence.is_empty());
}

#[test]
fn a_broken_archive_stops() {
    for (bytes, reason) in [
        (b"no archive".to_vec(), "archive"),
        (archive(&[("Other.json", "x")]), "no article"),
    ] {
        let error = try_read_sample(source("foreign_relations"), &[(super::FILE, &bytes)]);
        let error = error.unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}
