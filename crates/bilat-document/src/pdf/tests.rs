use bilat_model::document::BlockKind;

use super::*;
use crate::Hints;

/// A PDF of pages, each of lines with their place and size, written by hand.
fn pdf(pages: &[Vec<(f64, f64, f64, &str)>], extra: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    let mut kids = String::new();
    for lines in pages {
        let escape = |t: &str| {
            t.replace('\\', "\\\\")
                .replace('(', "\\(")
                .replace(')', "\\)")
        };
        let show = |(x, y, size, text): &(f64, f64, f64, &str)| {
            format!("BT /F1 {size} Tf {x} {y} Td ({}) Tj ET\n", escape(text))
        };
        let content: String = lines.iter().map(show).collect();
        let (page, stream) = (objects.len() + 1, objects.len() + 2);
        kids += &format!("{page} 0 R ");
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> /Contents {stream} 0 R >>"));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len() + 1
        ));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    objects.push(
        "<< /Title (Ties of two) /Author (J. Doe) /CreationDate (D:20240302101500Z) >>".to_owned(),
    );
    let info = objects.len();
    let (mut out, mut offsets) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (i, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R /Info {info} 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

fn blocks(bytes: &[u8]) -> Vec<(BlockKind, String)> {
    let d = crate::read(bytes, &Hints::default(), &Limits::default()).unwrap();
    d.blocks
        .iter()
        .map(|b| (b.kind, b.span.of(&d.text).to_owned()))
        .collect()
}

#[test]
fn paragraphs_hyphens_and_running_heads() {
    let page = |n: &'static str, a: &'static str, b: &'static str| {
        vec![
            (50.0, 770.0, 8.0, "Example Review"),
            (280.0, 20.0, 8.0, n),
            (50.0, 700.0, 10.0, a),
            (50.0, 688.0, 10.0, b),
            (50.0, 676.0, 10.0, "lion dollars in the year, as was told."),
            (
                50.0,
                650.0,
                10.0,
                "A second paragraph of the page is here, and",
            ),
            (50.0, 638.0, 10.0, "it ends (so)."),
        ]
    };
    let mut first = page(
        "Page 1 of 2",
        "The trade turnover of the two coun-",
        "tries came to 105.7 mil-",
    );
    first.insert(0, (50.0, 730.0, 20.0, "Ties of two"));
    let bytes = pdf(
        &[
            first,
            page(
                "Page 2 of 2",
                "Kazakhstan-Slovenia and the Kazakhstan-",
                "Slovenia forum of 2017 brought 5 mil-",
            ),
        ],
        "",
    );
    let d = crate::read(&bytes, &Hints::default(), &Limits::default()).unwrap();
    assert_eq!(
        (d.meta.title.as_deref(), d.meta.published),
        (Some("Ties of two"), None)
    );
    assert_eq!(d.origin, Origin::Made);
    let second = (
        BlockKind::Paragraph,
        "A second paragraph of the page is here, and it ends (so).".to_owned(),
    );
    assert_eq!(blocks(&bytes), [
        (BlockKind::Headline, "Ties of two".to_owned()),
        (BlockKind::Paragraph, "The trade turnover of the two countries came to 105.7 million dollars in the year, as was told.".to_owned()),
        second.clone(),
        (BlockKind::Paragraph, "Kazakhstan-Slovenia and the Kazakhstan-Slovenia forum of 2017 brought 5 million dollars in the year, as was told.".to_owned()),
        second,
        (BlockKind::Furniture, "Example Review".to_owned()),
        (BlockKind::Furniture, "Page 1 of 2".to_owned()),
        (BlockKind::Furniture, "Page 2 of 2".to_owned()),
    ]);
}

#[test]
fn two_columns_drawn_line_by_line() {
    let mut lines = vec![(
        50.0,
        740.0,
        10.0,
        "A heading that goes over the whole width of the page, both its columns at once.",
    )];
    for i in 0..8 {
        let y = 700.0 - 12.0 * f64::from(i);
        lines.push((50.0, y, 10.0, "left words of the column with some more"));
        lines.push((320.0, y, 10.0, "right words of the column with some more"));
    }
    let found = blocks(&pdf(&[lines], ""));
    let text: String = found.iter().map(|b| b.1.as_str()).collect();
    assert_eq!(
        (text.matches("left").count(), text.matches("right").count()),
        (8, 8)
    );
    assert!(text.rfind("left") < text.find("right"), "{text}");
    assert!(found[0].1.ends_with("at once."));
}

#[test]
fn tables_are_rows() {
    let mut lines = Vec::new();
    for i in 0..4 {
        let y = 700.0 - 12.0 * f64::from(i);
        lines.extend([
            (50.0, y, 10.0, "wheat"),
            (250.0, y, 10.0, "5.7"),
            (450.0, y, 10.0, "99"),
        ]);
    }
    assert_eq!(
        blocks(&pdf(&[lines], ""))[0],
        (BlockKind::Row, "wheat | 5.7 | 99".to_owned())
    );
}

#[test]
fn broken_files_are_errors() {
    let whole = pdf(
        &[vec![(50.0, 700.0, 10.0, "The trade of the two rose.")]],
        "",
    );
    for cut in (0..whole.len()).step_by(23) {
        let _ = crate::read(&whole[..cut], &Hints::default(), &Limits::default());
    }
    let empty = pdf(&[vec![]], "");
    assert!(matches!(
        read(&empty, &Limits::default()),
        Err(Error::NoText { .. })
    ));
    assert!(matches!(
        read(b"%PDF-1.4 nothing", &Limits::default()),
        Err(Error::Broken { .. })
    ));
    let few = Limits {
        pages: 0,
        ..Limits::default()
    };
    assert!(matches!(read(&whole, &few), Err(Error::TooMany { .. })));
    let short = Limits {
        text: 5,
        ..Limits::default()
    };
    assert!(matches!(read(&whole, &short), Err(Error::TooLarge { .. })));
}

#[test]
fn bombs_are_refused() {
    use std::io::Write;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 5 << 20]).unwrap();
    let mut bytes = b"%PDF-1.4\n1 0 obj << /Filter /FlateDecode >>\nstream\n".to_vec();
    bytes.extend(packed.finish().unwrap());
    let limits = Limits {
        unpacked: 1 << 20,
        ..Limits::default()
    };
    assert!(matches!(read(&bytes, &limits), Err(Error::TooLarge { .. })));
    let twice = b"%PDF-1.4\n1 0 obj << /Filter [/FlateDecode /FlateDecode] >>\nstream\n";
    assert!(matches!(read(twice, &limits), Err(Error::Broken { .. })));
    // A form that draws itself.
    let mut document = Document::load_mem(&pdf(&[vec![(50.0, 700.0, 10.0, "x")]], "")).unwrap();
    let id = document.new_object_id();
    let mut names = Dictionary::new();
    names.set("X", Object::Reference(id));
    let mut resources = Dictionary::new();
    resources.set("XObject", Object::Dictionary(names));
    let mut dict = Dictionary::new();
    dict.set("Subtype", Object::Name(b"Form".to_vec()));
    dict.set("Resources", Object::Dictionary(resources.clone()));
    document.objects.insert(
        id,
        Object::Stream(pdf_extract::Stream::new(dict, b"/X Do /X Do".to_vec())),
    );
    let page = *document.get_pages().values().next().unwrap();
    document
        .get_dictionary_mut(page)
        .unwrap()
        .set("Resources", Object::Dictionary(resources));
    let content = document.get_page_contents(page)[0];
    document.objects.insert(
        content,
        Object::Stream(pdf_extract::Stream::new(
            Dictionary::new(),
            b"/X Do".to_vec(),
        )),
    );
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let error = read(&bytes, &Limits::default())
        .err()
        .map(|e| e.to_string());
    assert_eq!(
        error.as_deref(),
        Some("the PDF file cannot be read, in a form: it draws itself")
    );
}

/// A file with one stream more, whose dictionary and content are given.
fn with_stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut out = pdf(&[vec![(50.0, 700.0, 10.0, "Two words here.")]], "");
    out.extend(
        format!(
            "\n90 0 obj << {dictionary} /Length {} >>\nstream\n",
            content.len()
        )
        .bytes(),
    );
    out.extend(content);
    out.extend(b"\nendstream\nendobj\n");
    out
}

fn too_large(bytes: &[u8]) -> bool {
    let limits = Limits {
        unpacked: 1 << 20,
        ..Limits::default()
    };
    matches!(read(bytes, &limits), Err(Error::TooLarge { .. }))
}

#[test]
fn every_way_to_blow_up_is_counted() {
    use std::io::Write;
    let large = vec![b' '; 5 << 20];
    let lzw = weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8)
        .encode(&large)
        .unwrap();
    assert!(lzw.len() < 20_000);
    assert!(too_large(&with_stream("/Filter /LZWDecode", &lzw)));
    let late = weezl::encode::Encoder::new(weezl::BitOrder::Msb, 8)
        .encode(&large)
        .unwrap();
    assert!(too_large(&with_stream("/Filter /LZWDecode", &late)));
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&large).unwrap();
    let mut packed = packed.finish().unwrap();
    assert!(too_large(&with_stream(
        "/Filter [/ASCII85Decode /FlateDecode]",
        &printable(&packed)
    )));
    packed[0] = 0;
    assert!(too_large(&with_stream("/Filter /FlateDecode", &packed)));
    for filter in [
        "/L#5aWDecode",
        "/#46lateDecode",
        "[/FlateDecode %x\n/LZWDecode]",
        "[/LZWDecode\0/FlateDecode]",
    ] {
        let bytes = with_stream(&format!("/Filter {filter}"), b"x");
        assert!(
            matches!(read(&bytes, &Limits::default()), Err(Error::Broken { .. })),
            "{filter}"
        );
    }
    // The same word over and over is not read to the end each time.
    let words = with_stream(
        "/Filter [/ASCII85Decode /LZWDecode /X]",
        &b"stream".repeat(400_000),
    );
    assert!(too_large(&words));
}

fn printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for group in bytes.chunks(4) {
        let mut four = [0; 4];
        four[..group.len()].copy_from_slice(group);
        let mut value = u32::from_be_bytes(four);
        let mut digits = [0; 5];
        for digit in digits.iter_mut().rev() {
            *digit = b'!' + (value % 85) as u8;
            value /= 85;
        }
        out.extend(&digits[..=group.len()]);
    }
    out.extend(b"~>");
    out
}

#[test]
fn printed_bytes_are_read_back() {
    for bytes in [&b""[..], b"a", b"ab", b"abc", b"abcd", b"abcdefghi\0\xff"] {
        assert_eq!(streams::ascii85(&printable(bytes)).bytes, bytes);
    }
}

#[test]
fn a_font_of_four_billion_characters_is_refused() {
    let mut document = Document::load_mem(&pdf(&[vec![(50.0, 700.0, 10.0, "x")]], "")).unwrap();
    let table = b"1 begincodespacerange <00000000> <ffffffff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <0000> endbfrange";
    let id = document.add_object(pdf_extract::Stream::new(Dictionary::new(), table.to_vec()));
    let font = document.get_dictionary_mut((3, 0)).unwrap();
    font.set("ToUnicode", Object::Reference(id));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let error = read(&bytes, &Limits::default())
        .err()
        .map(|e| e.to_string());
    assert_eq!(
        error.as_deref(),
        Some("the PDF file cannot be read, in a font: it has more codes than there are characters")
    );
}

#[test]
fn many_cells_lines_and_hyphens_take_no_longer_than_their_length() {
    let glyph = |text: &str, left: f64, base: f64, width: f64| glyphs::Glyph {
        text: text.to_owned(),
        left,
        right: left + width,
        base,
        size: 10.0,
    };
    let read = |glyphs: Vec<glyphs::Glyph>| {
        let (bottom, top) = (-1e9, 1e9);
        paragraphs::paragraphs(&[Page {
            glyphs,
            bottom,
            top,
        }])
    };
    // Quadratic work over these would not end within anybody's patience.
    let n = 300_000;
    let row = (0..n).map(|i| glyph("a", 100.0 * f64::from(i), 0.0, 6.0));
    let found = read(row.collect());
    assert_eq!((found.len(), found[0].0), (1, BlockKind::Row));
    assert_eq!(found[0].1.len(), 4 * 300_000 - 3);
    let parted = (0..n).map(|i| glyph("ab-", 0.0, -12.0 * f64::from(i), 18.0));
    let found = read(parted.collect());
    assert_eq!((found.len(), found[0].1.len()), (1, 2 * 300_000 + 1));
    let columns = (0..100_000).flat_map(|i| {
        let base = -36.0 * f64::from(i);
        let side = |left: f64, down: f64| glyph("words", left, base - down, 240.0);
        [
            glyph("across", 0.0, base, 500.0),
            side(0.0, 12.0),
            side(260.0, 12.0),
            side(0.0, 24.0),
            side(260.0, 24.0),
        ]
    });
    let found = read(columns.collect());
    let words: usize = found.iter().map(|b| b.1.matches("words").count()).sum();
    assert_eq!(words, 400_000);
    assert!(found[0].1.starts_with("across"));
}

#[test]
fn what_unpacks_to_nothing_is_counted_too() {
    // Stored blocks without content, with the word that begins a stream between them: from each
    // word on, all that follows reads well, and next to nothing comes out.
    let mut piece = b"\x00\x06\x00\xf9\xffstream\nxx".to_vec();
    piece.splice(1..5, [9, 0, 0xf6, 0xff]);
    piece.extend(b"\x00\x00\x00\xff\xff".repeat(2000));
    let bytes = with_stream("/Filter /FlateDecode", &piece.repeat(200));
    assert!(too_large(&bytes));
    let blank = [b"stream\n".as_slice(), &[b' '; 10_000]].concat();
    let bytes = with_stream("/Filter /ASCII85Decode", &blank.repeat(200));
    assert!(too_large(&bytes));
    // Comments behind the name of a compression are not read to their end for each name.
    for piece in ["/FlateDecode%", "%/FlateDecode\n", "/FlateDecode% \r%"] {
        let bytes = with_stream("/Filter /X", piece.repeat(400_000).as_bytes());
        assert!(matches!(
            read(&bytes, &Limits::default()),
            Err(Error::Broken { .. })
        ));
    }
}

#[test]
fn a_page_within_itself_is_refused() {
    let mut document = Document::load_mem(&pdf(&[vec![(50.0, 700.0, 10.0, "x")]], "")).unwrap();
    let page = *document.get_pages().values().next().unwrap();
    let dictionary = document.get_dictionary_mut(page).unwrap();
    dictionary.set("Parent", Object::Reference(page));
    dictionary.remove(b"MediaBox");
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let error = read(&bytes, &Limits::default())
        .err()
        .map(|e| e.to_string());
    assert_eq!(
        error.as_deref(),
        Some("the PDF file cannot be read, in its pages: a page lies within itself, or too deep")
    );
}

#[test]
fn colours_are_not_unpacked_for_each_instruction() {
    use std::io::Write;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 50 << 20]).unwrap();
    let profile = packed.finish().unwrap();
    let mut document =
        Document::load_mem(&pdf(&[vec![(50.0, 700.0, 10.0, "Two words.")]], "")).unwrap();
    let mut dictionary = Dictionary::new();
    dictionary.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    let id = document.add_object(pdf_extract::Stream::new(dictionary, profile));
    let space = vec![Object::Name(b"ICCBased".to_vec()), Object::Reference(id)];
    let mut names = Dictionary::new();
    names.set("C", Object::Array(space));
    let page = *document.get_pages().values().next().unwrap();
    let content = document.get_page_contents(page)[0];
    let resources = document.get_dictionary_mut(page).unwrap();
    let resources = resources.get_mut(b"Resources").unwrap();
    resources
        .as_dict_mut()
        .unwrap()
        .set("ColorSpace", Object::Dictionary(names));
    // Half a terabyte, if each were to unpack its profile.
    let stream = document.get_object_mut(content).unwrap();
    let stream = stream.as_stream_mut().unwrap();
    stream.set_content([stream.content.as_slice(), &b"\n/C cs".repeat(10_000)].concat());
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert_eq!(blocks(&bytes)[0].1, "Two words.");
}

#[test]
fn fonts_are_counted_for_each_page() {
    use std::io::Write;
    let pages = vec![vec![(50.0, 700.0, 10.0, "Two words here.")]; 40];
    let mut document = Document::load_mem(&pdf(&pages, "")).unwrap();
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 600_000]).unwrap();
    let mut dictionary = Dictionary::new();
    dictionary.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    let table = pdf_extract::Stream::new(dictionary, packed.finish().unwrap());
    let id = document.add_object(table);
    let font = document.get_dictionary_mut((3, 0)).unwrap();
    font.set("ToUnicode", Object::Reference(id));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert!(too_large(&bytes));
}

#[test]
fn a_sign_behind_the_name_of_a_compression_disguises_nothing() {
    for (name, disguised) in [
        ("/FlateDecode>>\nstream\nx#\u{1}", false),
        ("/FlateDecode/Length1 5 %#", false),
        ("/Fl#61teDecode>>", true),
        ("/#46lateDecode ", true),
        ("/A#42/FlateDecode", false),
    ] {
        let bytes = pdf(&[vec![(50.0, 700.0, 10.0, "Words of a page.")]], name);
        let read = crate::read(&bytes, &Hints::default(), &Limits::default());
        let refused = matches!(&read, Err(e) if e.to_string().contains("disguised"));
        assert_eq!(refused, disguised, "{name}: {read:?}");
    }
}

#[test]
fn a_title_of_two_lines_is_one() {
    let words = "Trade and ports: what links the two countries over the";
    let body = "The trade turnover of the two countries came to 105.7 million.";
    let mut single = vec![(50.0, 730.0, 16.0, words), (50.0, 708.0, 16.0, "sea")];
    single.extend((0..6).map(|i| (50.0, 670.0 - 13.0 * f64::from(i), 10.0, body)));
    // Over two columns.
    let mut double = vec![
        (50.0, 730.0, 16.0, words),
        (
            50.0,
            712.0,
            16.0,
            "sea and air, and who goes there from where to stay",
        ),
    ];
    for i in 0..8 {
        let y = 670.0 - 12.0 * f64::from(i);
        double.push((
            50.0,
            y,
            8.0,
            "The trade turnover of the two in the year was 105.7",
        ));
        double.push((
            330.0,
            y,
            8.0,
            "The trade turnover of the two in the year was 105.7",
        ));
    }
    for (page, second) in [
        (single, "sea"),
        (double, "sea and air, and who goes there from where to stay"),
    ] {
        let first = blocks(&pdf(&[page], "")).swap_remove(0);
        assert_eq!(first, (BlockKind::Headline, format!("{words} {second}")));
    }
}

#[test]
fn a_form_that_draws_itself_is_refused_however_it_is_written() {
    for drawn in [
        "q/X Do",
        "/X%c\nDo",
        "/X % /Y\n Do",
        "(%) Tj/X\tDo",
        "/#58 Do",
    ] {
        let mut document = Document::load_mem(&pdf(&[vec![(50.0, 700.0, 10.0, "x")]], "")).unwrap();
        let page = *document.get_pages().values().next().unwrap();
        let content = document.get_page_contents(page)[0];
        let mut names = Dictionary::new();
        names.set("X", Object::Reference(content));
        let dictionary = document.get_dictionary_mut(page).unwrap();
        let resources = dictionary.get_mut(b"Resources").unwrap();
        resources
            .as_dict_mut()
            .unwrap()
            .set("XObject", Object::Dictionary(names));
        let stream = document.get_object_mut(content).unwrap();
        stream
            .as_stream_mut()
            .unwrap()
            .set_content(drawn.as_bytes().to_vec());
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        let error = read(&bytes, &Limits::default())
            .err()
            .map(|e| e.to_string());
        let error = error.unwrap();
        // Behind a comment the reader sees no instruction.
        let seen = !drawn.starts_with("/X%") && !drawn.starts_with("/X %");
        assert_eq!(error.ends_with("it draws itself"), seen, "{drawn}: {error}");
    }
}
