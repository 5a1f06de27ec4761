//! Word boundaries by UAX 29, with a short way through plain ASCII.

use unicode_segmentation::UnicodeSegmentation;

/// The pieces of a text between word boundaries, each with where it begins. A run of spaces may
/// come as one piece or as several.
pub(super) fn pieces(text: &str) -> Pieces<'_> {
    Pieces { text, at: 0 }
}

pub(super) struct Pieces<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = (usize, &'a str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let first = *bytes.get(start)?;
        let end = match first {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => word(bytes, start),
            // A mark over it would go with it.
            0..=0x7f => alone(bytes, start),
            _ => None,
        };
        let end = end.unwrap_or_else(|| {
            let rest = self.text.get(start..).unwrap_or_default();
            let piece = rest.split_word_bounds().next().unwrap_or(rest);
            start + piece.len().max(1)
        });
        self.at = end;
        Some((start, self.text.get(start..end).unwrap_or_default()))
    }
}

/// Where a sign ends that no letter of another script follows.
#[inline]
fn alone(bytes: &[u8], start: usize) -> Option<usize> {
    match (bytes[start], bytes.get(start + 1)) {
        (b'\r', Some(b'\n')) => Some(start + 2),
        (_, None | Some(0..=0x7f)) => Some(start + 1),
        _ => None,
    }
}

/// Where a word or number of ASCII ends; `None` where something else than ASCII decides it.
#[inline]
fn word(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        while bytes
            .get(at)
            .is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
        {
            at += 1;
        }
        let Some(sign) = bytes.get(at) else {
            return Some(at);
        };
        let before = bytes[at - 1];
        // WB6, WB7, WB11 and WB12: "p.m", "don't", "1,250.5".
        let letters = matches!(sign, b'.' | b'\'' | b':') && before.is_ascii_alphabetic();
        let digits = matches!(sign, b'.' | b'\'' | b',' | b';') && before.is_ascii_digit();
        if !sign.is_ascii() {
            return None;
        }
        if !letters && !digits {
            return Some(at);
        }
        match bytes.get(at + 1) {
            Some(b) if !b.is_ascii() => return None,
            Some(b) if letters && b.is_ascii_alphabetic() || digits && b.is_ascii_digit() => {
                at += 1;
            }
            _ => return Some(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The pieces with runs of spaces put together, as the rules of Unicode have them.
    fn ours(text: &str) -> Vec<(usize, String)> {
        let mut out: Vec<(usize, String)> = Vec::new();
        for (at, piece) in pieces(text) {
            match out.last_mut() {
                Some((_, last)) if piece.starts_with(' ') && last.ends_with(' ') => {
                    last.push_str(piece);
                }
                _ => out.push((at, piece.to_owned())),
            }
        }
        out
    }

    fn unicode(text: &str) -> Vec<(usize, String)> {
        text.split_word_bound_indices()
            .map(|(at, piece)| (at, piece.to_owned()))
            .collect()
    }

    #[test]
    fn plain_text_is_cut_as_unicode_has_it() {
        for text in [
            "Don't pay $1,250.50 by 5 p.m., x_1 or a:b; 3;4 1:2 .5 5. e.g.x",
            "one  two\r\nthree\n\nfour\t five",
            "café caf\u{65}\u{301} a.\u{301}b \u{301} x \u{200d}y 1\u{301},2",
            "a. b' 'c' x\u{ad}y 5\u{a0}000 \u{1f1f8}\u{1f1ee}\u{1f1f8}",
            "",
        ] {
            assert_eq!(ours(text), unicode(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_cut_as_unicode_has_it(
            text in "([a-c1-3_.,:;' \"\r\n\t]|[é\u{301}\u{ad}\u{200d}\u{a0}’“אь\u{1f1f8}カ]){0,24}"
        ) {
            prop_assert_eq!(ours(&text), unicode(&text));
        }
    }
}
