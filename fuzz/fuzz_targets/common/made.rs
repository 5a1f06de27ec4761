//! Files that are sound around parts that are not.

/// The media type of a word processor's file.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const PARTS: [&str; 4] = ["word/document.xml", "word/styles.xml", "word/footnotes.xml", "docProps/core.xml"];

/// A DOCX of parts that are separated by a NUL: document, styles, footnotes, properties.
pub fn docx(parts: &[u8]) -> Vec<u8> {
    zip(PARTS.iter().copied().zip(parts.split(|b| *b == 0)))
}

/// An archive of parts that are stored as they are (APPNOTE 4.3).
fn zip<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let (mut out, mut index, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for (name, part) in parts {
        let at = out.len() as u32;
        let mut head = Vec::new();
        head.extend([20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        head.extend(crc32(part).to_le_bytes());
        head.extend((part.len() as u32).to_le_bytes());
        head.extend((part.len() as u32).to_le_bytes());
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.bytes());
        out.extend(part);
        index.extend(b"PK\x01\x02\x14\x00");
        index.extend(&head);
        index.extend([0; 10]);
        index.extend(at.to_le_bytes());
        index.extend(name.bytes());
        count += 1;
    }
    let at = out.len() as u32;
    out.extend(&index);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend((index.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| (c >> 1) ^ (0xedb8_8320 & (c & 1).wrapping_neg()))
    })
}

/// A PDF of parts that are separated by a NUL: the page's instructions, a map from codes to
/// characters, what the font's dictionary and what the document's information hold.
pub fn pdf_parts(parts: &[u8]) -> Vec<u8> {
    let mut parts = parts.splitn(4, |b| *b == 0);
    let mut next = || parts.next().unwrap_or_default();
    let stream = |content: &[u8]| {
        [format!("<< /Length {} >>\nstream\n", content.len()).as_bytes(), content, b"\nendstream"].concat()
    };
    let (drawn, codes) = (stream(next()), stream(next()));
    let dictionary = |start: &[u8], more: &[u8]| [b"<< ", start, more, b" >>"].concat();
    let font = dictionary(b"/Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 5 0 R ", next());
    let info = dictionary(b"", next());
    let page: &[u8] = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] \
        /Resources << /Font << /F1 6 0 R >> /XObject << /X0 4 0 R >> >> /Contents 4 0 R >>";
    let objects: [&[u8]; 7] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        &drawn,
        &codes,
        &font,
        &info,
    ];
    pdf(&objects)
}

fn pdf(objects: &[&[u8]]) -> Vec<u8> {
    let (mut out, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (i, object) in objects.iter().enumerate() {
        places.push(format!("{:010} 00000 n \n", out.len()));
        out.extend(format!("{} 0 obj\n", i + 1).bytes());
        out.extend(*object);
        out.extend(b"\nendobj\n");
    }
    let (start, size) = (out.len(), objects.len() + 1);
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{}", places.concat()).bytes());
    out.extend(format!("trailer\n<< /Size {size} /Root 1 0 R /Info 7 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}
