//! What holds for any bytes.

use std::io::{Cursor, Write};

use bilat_document::{Error, Hints, Limits, read, skeleton};
use bilat_model::document::{BlockKind, Document, Origin, Span};
use proptest::prelude::*;

fn holds(document: &Document, input: &[u8]) {
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end && block.span.end > block.span.start);
        assert!(
            document
                .text
                .get(block.span.start..block.span.end)
                .is_some()
        );
        end = block.span.end;
    }
    if document.origin == Origin::Identity {
        assert_eq!(document.text.as_bytes(), input);
    }
    let span = document.input_span(Span::new(0, document.text.len()));
    assert!(span.is_none_or(|s| s.end <= input.len()));
}

fn small() -> Limits {
    Limits {
        unpacked: 1 << 20,
        ..Limits::default()
    }
}

/// A DOCX of a body and its properties.
#[allow(clippy::unwrap_used)] // a test that fails by unwrapping says where
fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
    );
    let parts = [("word/document.xml", document.as_str())];
    for (name, text) in parts.iter().chain(more) {
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const BODY: &str = "<w:p><w:pPr><w:pStyle w:val=\"T1\"/></w:pPr><w:r><w:t>Ties of Chad &amp; Peru</w:t></w:r></w:p>\
    <w:p><w:r><w:t xml:space=\"preserve\">Trade rose by </w:t></w:r><w:r><w:t>5&#160;%.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>\
    <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>wheat</w:t></w:r></w:p>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";

#[test]
fn docx_blocks_and_properties() {
    let bytes = docx(
        BODY,
        &[
            (
                "word/styles.xml",
                "<w:styles><w:style w:styleId=\"T1\"><w:name w:val=\"Title\"/></w:style></w:styles>",
            ),
            (
                "word/footnotes.xml",
                "<w:footnotes><w:footnote w:type=\"separator\"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote><w:footnote w:id=\"1\"><w:p><w:r><w:t>A note on trade.</w:t></w:r></w:p></w:footnote></w:footnotes>",
            ),
            (
                "docProps/core.xml",
                "<cp><dc:creator>J. Doe</dc:creator><dcterms:created>2024-03-02T10:00:00Z</dcterms:created></cp>",
            ),
        ],
    );
    let d = read(&bytes, &Hints::default(), &Limits::default()).unwrap();
    let found: Vec<_> = d
        .blocks
        .iter()
        .map(|b| (b.kind, b.span.of(&d.text)))
        .collect();
    assert_eq!(
        found,
        [
            (BlockKind::Headline, "Ties of Chad & Peru"),
            (BlockKind::Paragraph, "Trade rose by 5\u{a0}%."),
            (BlockKind::Item, "wheat"),
            (BlockKind::Row, "a | b"),
            (BlockKind::Paragraph, "A note on trade."),
        ]
    );
    assert_eq!(
        (d.meta.author.as_deref(), d.meta.title.as_deref()),
        (Some("J. Doe"), Some("Ties of Chad & Peru"))
    );
    // When the file was made is not when its news was.
    assert_eq!(d.meta.published, None);
    assert_eq!(d.origin, Origin::Made);
}

#[test]
fn hostile_archives_are_errors() {
    let bomb = docx(&"<w:p/>".repeat(500_000), &[]);
    assert!(bomb.len() < 100_000);
    assert!(matches!(
        read(&bomb, &Hints::default(), &small()),
        Err(Error::TooLarge { .. })
    ));
    let entities = docx("", &[]);
    let text = "<!DOCTYPE w [<!ENTITY a \"aaaa\">]><w:document><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>";
    let declared = docx("", &[("x", text)]);
    assert!(matches!(
        read(&entities, &Hints::default(), &small()),
        Err(Error::NoText { .. })
    ));
    assert!(read(&declared, &Hints::default(), &small()).is_err());
    let nested = docx(&"<w:p>".repeat(50_000), &[]);
    assert!(read(&nested, &Hints::default(), &small()).is_err());
    let whole = docx(BODY, &[]);
    for cut in (0..whole.len()).step_by(7) {
        let _ = read(&whole[..cut], &Hints::default(), &small());
    }
    let mut locked = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    locked.extend("EncryptedPackage".bytes().flat_map(|b| [b, 0]));
    assert_eq!(
        read(&locked, &Hints::default(), &small()),
        Err(Error::Encrypted { format: "DOCX" })
    );
}

#[test]
fn input_over_the_limit_is_refused() {
    let limits = Limits {
        bytes: 3,
        ..Limits::default()
    };
    let error = read(b"abcd", &Hints::default(), &limits).unwrap_err();
    assert_eq!(
        error.to_string(),
        "input of 4 bytes is over the limit of 3: split the document, or raise the limit"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400), kind in 0usize..5) {
        let types = [None, Some("text/html"), Some("text/markdown"), Some("application/pdf"), Some("text/plain")];
        let hints = Hints { media_type: types[kind], ..Hints::default() };
        if let Ok(d) = read(&bytes, &hints, &small()) {
            holds(&d, &bytes);
        }
    }

    #[test]
    fn any_text(text in "([A-Za-zа-я0-9 .,:#>|*–“\u{200b}-]{0,30}(\n|\r\n|\n\n|---\n|\t)){0,12}", markdown in any::<bool>()) {
        let media_type = if markdown { "text/markdown" } else { "text/plain" };
        let hints = Hints { media_type: Some(media_type), ..Hints::default() };
        let d = read(text.as_bytes(), &hints, &small()).unwrap();
        prop_assert_eq!(&d.origin, &Origin::Identity);
        prop_assert_eq!(&d.text, &text);
        holds(&d, text.as_bytes());
    }

    #[test]
    fn any_encoding_leads_back(text in "[a-zA-Zа-яА-Я0-9 .]{1,60}", label in prop::sample::select(vec!["windows-1251", "koi8-r", "utf-16le", "gb18030", "utf-8"])) {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let (mut bytes, _, _) = encoding.encode(&text);
        if label == "utf-16le" {
            bytes = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        }
        let hints = Hints { charset: Some(label), media_type: Some("text/plain"), ..Hints::default() };
        let d = read(&bytes, &hints, &small()).unwrap();
        prop_assert_eq!(&d.text, &text);
        for (start, word) in text.match_indices(|c: char| c.is_ascii_digit()) {
            let span = d.input_span(Span::new(start, start + word.len())).unwrap();
            let (back, _) = encoding.decode_without_bom_handling(&bytes[span.start..span.end]);
            prop_assert!(back.contains(word));
        }
    }

    #[test]
    fn any_skeleton(text in any::<String>()) {
        let folded = skeleton(&text);
        let whole = folded.back(Span::new(0, folded.text().len()));
        prop_assert!(text.get(whole.start..whole.end).is_some());
    }
}
