//! Small questions about lines of text, asked by several readers.

use bilat_model::document::Span;

/// The span without white space at its ends.
pub(crate) fn trim(text: &str, span: Span) -> Span {
    let whole = span.of(text);
    let start = span.start + (whole.len() - whole.trim_start().len());
    Span::new(start, start + whole.trim().len())
}

/// How many words there are, counted no further than `most`.
pub(crate) fn count(line: &str, most: usize) -> usize {
    line.split_whitespace().take(most).count()
}

/// The last characters of a text, in no more than so many bytes.
pub(crate) fn tail(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

/// Bytes at the end of a line that are looked at for how it ends.
const END: usize = 200;

/// Whether a line ends as a sentence does, closing quotes and brackets aside.
pub(crate) fn is_closed(line: &str) -> bool {
    let bare = tail(line, END)
        .trim_end()
        .trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '*', '_']);
    bare.ends_with([
        '.', '!', '?', '…', '。', '！', '？', '।', '۔', '؟', ';', '։',
    ])
}

/// Whether a line leads into what follows or breaks off.
pub(crate) fn is_open(line: &str) -> bool {
    line.trim_end()
        .ends_with([',', ':', '-', '–', '—', '(', '،', '、', '：'])
}

/// Lower-case plain letters with single spaces, without punctuation at the ends: what phrases are
/// compared by.
pub(crate) fn normal(line: &str) -> String {
    let folded;
    let plain = match line.is_ascii() {
        true => line,
        false => {
            folded = crate::skeleton(line);
            folded.text()
        }
    };
    let mut out = String::with_capacity(line.len());
    for word in plain.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        match word.is_ascii() {
            true => {
                let from = out.len();
                out.push_str(word);
                out[from..].make_ascii_lowercase();
            }
            false => out.extend(word.chars().flat_map(char::to_lowercase)),
        }
    }
    let edge = |c: char| {
        !c.is_alphanumeric() && !matches!(c, '©' | '#' | '|' | '(' | ')' | '$' | '%' | ':')
    };
    out.trim_matches(edge).to_owned()
}

/// Whether a word begins as a name does.
pub(crate) fn is_capital(word: &str) -> bool {
    let first = word.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_lines() {
        assert!(is_closed("He said so.”") && is_closed("Why? ") && is_closed("…(2021).)"));
        assert!(!is_closed("Joint ventures and business forum") && !is_closed(""));
        assert!(is_open("The main goods:") && !is_open("Cultural ties"));
    }

    #[test]
    fn normal_forms() {
        assert_eq!(normal("  Phоtо  Credit: “AP” "), "photo credit: \"ap");
        assert_eq!(normal("*** Read also: ***"), "read also:");
        assert_eq!(trim(" a b ", Span::new(0, 5)), Span::new(1, 4));
    }
}
