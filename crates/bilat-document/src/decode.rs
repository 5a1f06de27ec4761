//! Bytes to text, with the way back.
//!
//! Which encoding: the byte order mark, then what was declared (outside, then inside), then UTF-8
//! where the bytes are valid, then a guess from the letters. What is not valid becomes U+FFFD and
//! is noted; nothing is lost.

use std::borrow::Cow;

use bilat_model::document::{Origin, Run, Span};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::{Error, Hints, Note};

/// A decoded input.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Runs where the text is not the input.
    pub(crate) origin: Origin,
    pub(crate) encoding: &'static str,
    pub(crate) notes: Vec<Note>,
}

/// Letters of a run whose bytes differ from the text's: short, so that a span leads back to the
/// word and not to the sentence in scripts without spaces.
const LETTERS: usize = 8;

/// Decodes the input. `inside` is what the document itself declares (`meta charset`).
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    hints: &Hints<'_>,
    inside: Option<&str>,
) -> Result<Decoded<'a>, Error> {
    let mut notes = Vec::new();
    let (encoding, mark) = choose(bytes, hints, inside, &mut notes);
    let body = &bytes[mark..];
    let decoded = match encoding {
        e if e == UTF_8 => utf8(body, mark),
        e if e.is_single_byte() => single_byte(e, body, mark),
        e => stepwise(e, body, mark),
    };
    let (text, origin, invalid) = decoded;
    refuse_binary(&text)?;
    if invalid > 0 {
        notes.push(Note(format!(
            "{invalid} sequences of bytes are not valid {}; each is shown as U+FFFD",
            encoding.name()
        )));
    }
    Ok(Decoded {
        text,
        origin,
        encoding: encoding.name(),
        notes,
    })
}

/// The encoding and how many bytes its mark takes.
fn choose(
    bytes: &[u8],
    hints: &Hints<'_>,
    inside: Option<&str>,
    notes: &mut Vec<Note>,
) -> (&'static Encoding, usize) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding, mark);
    }
    let valid = valid_utf8(bytes);
    let declared = [hints.charset, charset_of(hints.media_type), inside];
    let mut labels = declared.into_iter().flatten();
    let known = labels.find_map(|l| Encoding::for_label_no_replacement(l.as_bytes()));
    // A page cannot declare UTF-16 in letters of one byte.
    let wide = |e: &&Encoding| *e == UTF_16LE || *e == UTF_16BE;
    match known.filter(|e| !wide(e) || looks_wide(bytes).is_some()) {
        // Two and more letters in valid UTF-8 do not come about by chance.
        Some(e) if e.is_single_byte() && surely_utf8(bytes) => {
            notes.push(Note(format!("declared as {}, but it is UTF-8", e.name())));
            return (UTF_8, 0);
        }
        Some(e) => return (e, 0),
        None => {}
    }
    if let Some(wide) = looks_wide(bytes) {
        return (wide, 0);
    }
    if valid || mostly_utf8(bytes) {
        return (UTF_8, 0);
    }
    let guess = guess(bytes, hints);
    notes.push(Note(format!(
        "no encoding is declared; the letters look like {}",
        guess.name()
    )));
    (guess, 0)
}

fn charset_of(media_type: Option<&str>) -> Option<&str> {
    let mut parameters = media_type?.split(';').skip(1);
    parameters.find_map(|p| {
        let (name, value) = p.split_once('=')?;
        let named = name.trim().eq_ignore_ascii_case("charset");
        named.then(|| value.trim().trim_matches(['"', '\'']))
    })
}

/// Valid, but for a character that the end cuts off.
fn valid_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && !bytes[..e.valid_up_to()].is_ascii(),
    }
}

/// Valid to the end, with letters beyond ASCII in it.
fn surely_utf8(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    text.chars().filter(|c| !c.is_ascii()).take(2).count() == 2
}

/// UTF-8 with damage: at least ten valid letters beyond ASCII for each invalid sequence.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 10 * bad
}

/// UTF-16 without a mark: in most scripts every other byte of the beginning is zero.
fn looks_wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let many = |n: usize| head.len() >= 8 && n * 5 > head.len();
    match (zeros(0), zeros(1)) {
        (0, n) if many(n) => Some(UTF_16LE),
        (n, 0) if many(n) => Some(UTF_16BE),
        _ => None,
    }
}

fn guess(bytes: &[u8], hints: &Hints<'_>) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    // A megabyte is more than the detector needs.
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let host = hints.url.and_then(|u| u.split_once("://")).map(|(_, r)| r);
    let host = host.and_then(|r| r.split(['/', '?', '#', ':']).next());
    let tld = host
        .and_then(|h| h.rsplit('.').next())
        .map(str::to_ascii_lowercase);
    let tld = tld.filter(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_lowercase()));
    let tld = tld.as_deref().map(str::as_bytes);
    detector.guess(tld, chardetng::Utf8Detection::Deny)
}

fn refuse_binary(text: &str) -> Result<(), Error> {
    let bytes = text.as_bytes();
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(Error::Binary { at });
    }
    // A stray control character is forgiven, a file of them is no text.
    let head = &bytes[..bytes.len().min(1 << 16)];
    let control = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B);
    let count = head.iter().filter(|b| control(b)).count();
    match head.iter().position(control) {
        Some(at) if count * 50 > head.len() => Err(Error::Binary { at }),
        _ => Ok(()),
    }
}

/// Runs in the making: neighbours that agree byte by byte become one.
#[derive(Default)]
pub(crate) struct Runs(pub(crate) Vec<Run>);

impl Runs {
    pub(crate) fn push(&mut self, text: Span, input: Span) {
        if text.start == text.end {
            return;
        }
        let same = |t: &Span, i: &Span| t.end - t.start == i.end - i.start;
        if let Some(last) = self.0.last_mut() {
            let adjoins = last.text.end == text.start && last.input.end == input.start;
            if adjoins && same(&last.text, &last.input) && same(&text, &input) {
                last.text.end = text.end;
                last.input.end = input.end;
                return;
            }
        }
        self.0.push(Run { text, input });
    }

    /// Adds characters that stand for others as a whole. They are not joined to their neighbours,
    /// and where they are as long by chance, each of them is a run of its own, since runs of equal
    /// length agree byte by byte.
    pub(crate) fn made(&mut self, characters: &str, text: Span, input: Span) {
        let alone = characters.chars().nth(1).is_none();
        if alone || text.end - text.start != input.end - input.start {
            self.0.push(Run { text, input });
            return;
        }
        for (at, c) in characters.char_indices() {
            let start = text.start + at;
            let text = Span::new(start, start + c.len_utf8());
            self.0.push(Run { text, input });
        }
    }
}

fn utf8(body: &[u8], mark: usize) -> (Cow<'_, str>, Origin, usize) {
    if let Ok(text) = std::str::from_utf8(body) {
        let whole = Span::new(0, body.len());
        let origin = match mark {
            0 => Origin::Identity,
            _ => Origin::Runs(vec![Run {
                text: whole,
                input: Span::new(mark, mark + body.len()),
            }]),
        };
        return (Cow::Borrowed(text), origin, 0);
    }
    let (mut text, mut runs, mut at, mut invalid) = (String::new(), Runs::default(), mark, 0);
    for chunk in body.utf8_chunks() {
        let start = text.len();
        text.push_str(chunk.valid());
        runs.push(
            Span::new(start, text.len()),
            Span::new(at, at + chunk.valid().len()),
        );
        at += chunk.valid().len();
        let wrong = chunk.invalid().len();
        if wrong > 0 {
            let start = text.len();
            text.push(char::REPLACEMENT_CHARACTER);
            runs.push(Span::new(start, text.len()), Span::new(at, at + wrong));
            at += wrong;
            invalid += 1;
        }
    }
    (Cow::Owned(text), Origin::Runs(runs.0), invalid)
}

fn single_byte(
    encoding: &'static Encoding,
    body: &[u8],
    mark: usize,
) -> (Cow<'static, str>, Origin, usize) {
    let (text, _) = encoding.decode_without_bom_handling(body);
    let mut runs = Runs::default();
    let (mut at, mut start, mut letters, mut invalid) = (0, 0, 0, 0);
    for (place, c) in text.char_indices() {
        invalid += usize::from(c == char::REPLACEMENT_CHARACTER);
        if c.is_ascii() || letters == LETTERS {
            runs.push(
                Span::new(start, place),
                Span::new(mark + at - letters, mark + at),
            );
            (start, letters) = (place, 0);
        }
        at += 1;
        match c.is_ascii() {
            true => {
                runs.push(
                    Span::new(place, place + 1),
                    Span::new(mark + at - 1, mark + at),
                );
                start = place + 1;
            }
            false => letters += 1,
        }
    }
    runs.push(
        Span::new(start, text.len()),
        Span::new(mark + at - letters, mark + at),
    );
    (Cow::Owned(text.into_owned()), Origin::Runs(runs.0), invalid)
}

/// Encodings of several bytes a letter: fed byte by byte where the bytes are not ASCII, so that
/// the place of each letter is known.
fn stepwise(
    encoding: &'static Encoding,
    body: &[u8],
    mark: usize,
) -> (Cow<'static, str>, Origin, usize) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(body.len());
    let mut runs = Runs::default();
    // Where the run in the making began, in input and text, and how many letters it holds.
    let (mut from, mut start, mut letters, mut invalid) = (0, 0, 0, 0);
    let (mut at, mut pending) = (0, false);
    while at < body.len() {
        if !pending && encoding.is_ascii_compatible() {
            let plain = Encoding::ascii_valid_up_to(&body[at..]);
            if plain > 0 {
                runs.push(
                    Span::new(start, text.len()),
                    Span::new(mark + from, mark + at),
                );
                let begin = text.len();
                // These bytes are ASCII, so nothing is replaced.
                text.push_str(&String::from_utf8_lossy(&body[at..at + plain]));
                runs.push(
                    Span::new(begin, text.len()),
                    Span::new(mark + at, mark + at + plain),
                );
                at += plain;
                (from, start, letters) = (at, text.len(), 0);
                continue;
            }
        }
        let last = at + 1 == body.len();
        let written = step(&mut decoder, &body[at..=at], last, &mut text, &mut invalid);
        at += 1;
        pending = !written;
        letters += usize::from(written);
        if written && letters == LETTERS {
            runs.push(
                Span::new(start, text.len()),
                Span::new(mark + from, mark + at),
            );
            (from, start, letters) = (at, text.len(), 0);
        }
    }
    runs.push(
        Span::new(start, text.len()),
        Span::new(mark + from, mark + at),
    );
    (Cow::Owned(text), Origin::Runs(runs.0), invalid)
}

/// Feeds one byte; whether text came out.
fn step(
    decoder: &mut encoding_rs::Decoder,
    byte: &[u8],
    last: bool,
    text: &mut String,
    invalid: &mut usize,
) -> bool {
    let before = text.len();
    let mut rest = byte;
    loop {
        text.reserve(16);
        let (result, read) = decoder.decode_to_string_without_replacement(rest, text, last);
        rest = &rest[read..];
        match result {
            DecoderResult::Malformed(..) => {
                text.push(char::REPLACEMENT_CHARACTER);
                *invalid += 1;
            }
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
        }
    }
    text.len() > before
}

#[cfg(test)]
mod tests {
    use bilat_model::document::{Document, Meta};

    use super::*;

    fn document(bytes: &[u8], charset: Option<&str>) -> (Document, usize) {
        let hints = Hints {
            charset,
            ..Hints::default()
        };
        let d = decode(bytes, &hints, None).unwrap();
        let document = Document {
            sha256: String::new(),
            bytes: bytes.len(),
            media_type: String::new(),
            encoding: d.encoding.to_owned(),
            meta: Meta::default(),
            text: d.text.into_owned(),
            blocks: Vec::new(),
            origin: d.origin,
        };
        (document, d.notes.len())
    }

    /// The bytes that a word of the text came from.
    fn back<'a>(d: &Document, bytes: &'a [u8], word: &str) -> &'a [u8] {
        let start = d.text.find(word).unwrap();
        let span = d.input_span(Span::new(start, start + word.len())).unwrap();
        &bytes[span.start..span.end]
    }

    #[test]
    fn utf8_is_the_input() {
        let (d, notes) = document("Nataša Pirc Musar".as_bytes(), None);
        assert_eq!(
            (d.origin, d.encoding.as_str(), notes),
            (Origin::Identity, "UTF-8", 0)
        );
    }

    #[test]
    fn a_mark_is_no_text() {
        let bytes = "\u{FEFF}Šmarješke".as_bytes();
        let (d, _) = document(bytes, None);
        assert_eq!(d.text, "Šmarješke");
        assert_eq!(back(&d, bytes, "marje"), b"marje");
    }

    #[test]
    fn single_bytes_lead_back_to_the_letter() {
        let text = "Президент Nataša: 5,7 миллиона";
        let (bytes, encoding, _) =
            encoding_rs::WINDOWS_1251.encode(text.split("Nataša").next().unwrap());
        assert_eq!(encoding.name(), "windows-1251");
        let (d, _) = document(&bytes, Some("cp1251"));
        assert_eq!(d.text, "Президент ");
        let (latin, _, _) = encoding_rs::WINDOWS_1250.encode("Nataša Musar, Žužemberk");
        let (d, _) = document(&latin, Some("windows-1250"));
        assert_eq!(back(&d, &latin, "š"), b"\x9A");
        assert_eq!(back(&d, &latin, "Musar"), b"Musar");
        assert_eq!(back(&d, &latin, "Žužemberk").len(), 9);
    }

    #[test]
    fn several_bytes_a_letter() {
        for encoding in [
            encoding_rs::SHIFT_JIS,
            encoding_rs::GBK,
            encoding_rs::EUC_KR,
            encoding_rs::BIG5,
            encoding_rs::GB18030,
            encoding_rs::EUC_JP,
            encoding_rs::ISO_2022_JP,
        ] {
            let text = "Trade 2024 日本 and 大山 end";
            let (bytes, _, _) = encoding.encode(text);
            let (d, _) = document(&bytes, Some(encoding.name()));
            assert_eq!(d.text, text, "{}", encoding.name());
            // Where shifts stand between letters, a few letters lead back together.
            let place = back(&d, &bytes, "2024");
            assert!(
                memchr::memmem::find(place, b"2024").is_some(),
                "{}",
                encoding.name()
            );
            assert!(
                place == b"2024" || !encoding.is_ascii_compatible(),
                "{}",
                encoding.name()
            );
        }
        let mut wide = vec![0xFF, 0xFE];
        wide.extend("Kоl 5".encode_utf16().flat_map(u16::to_le_bytes));
        let (d, _) = document(&wide, None);
        assert_eq!(
            (d.text.as_str(), d.encoding.as_str()),
            ("Kоl 5", "UTF-16LE")
        );
        let bare: Vec<u8> = "Turnover 5"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(document(&bare, None).0.text, "Turnover 5");
    }

    #[test]
    fn what_is_not_valid_is_replaced_and_noted() {
        let bytes = b"Trade\xFF rose";
        let (d, notes) = document(bytes, Some("utf-8"));
        assert_eq!((d.text.as_str(), notes), ("Trade\u{FFFD} rose", 1));
        assert_eq!(back(&d, bytes, "\u{FFFD}"), b"\xFF");
        assert_eq!(back(&d, bytes, "rose"), b"rose");
        let (d, notes) = document(b"\x81\x81 Shift", Some("shift_jis"));
        assert!(d.text.ends_with("Shift") && notes < 2);
    }

    #[test]
    fn a_wrong_declaration_gives_way_to_valid_utf8() {
        let (d, notes) = document("Šmarješke Toplice".as_bytes(), Some("iso-8859-1"));
        assert_eq!((d.text.as_str(), notes), ("Šmarješke Toplice", 1));
    }

    #[test]
    fn undeclared_letters_are_guessed() {
        let text = "Товарооборот между двумя странами вырос на треть, сообщает министерство.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        assert_eq!(document(&bytes, None).0.text, text);
        // Cut off in a letter.
        let cut = &"Trade rose: Šš".as_bytes()[..15];
        assert_eq!(document(cut, None).0.text, "Trade rose: Š\u{FFFD}");
    }

    #[test]
    fn binary_is_refused_with_its_place() {
        let hints = Hints::default();
        assert_eq!(
            decode(b"ab\0c", &hints, None).err(),
            Some(Error::Binary { at: 2 })
        );
        assert!(decode(&[1, 2, 3, 4, 5, 6], &hints, None).is_err());
    }
}
