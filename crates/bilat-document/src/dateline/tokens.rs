//! Words, numbers and marks of a line.

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    /// Of digits, with or without an ordinal's letters; `None` for more than four digits.
    pub(super) number: Option<i16>,
    /// Whether letters of an ordinal follow the digits.
    pub(super) ordinal: bool,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
}

impl Token<'_> {
    pub(super) fn is(&self, mark: &str) -> bool {
        self.text == mark
    }

    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphabetic)
    }

    pub(super) fn is_capital(&self) -> bool {
        self.text
            .starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
    }

    /// All in capitals, two letters at least.
    pub(super) fn is_shouted(&self) -> bool {
        self.text.chars().count() > 1 && !self.text.chars().any(char::is_lowercase)
    }

    pub(super) fn lower(&self) -> String {
        self.text.to_lowercase()
    }

    /// Whether it is this word in lower case.
    pub(super) fn is_lower(&self, word: &str) -> bool {
        match self.text.is_ascii() {
            true => {
                let low = self.text.bytes().map(|b| b.to_ascii_lowercase());
                self.text.len() == word.len() && low.eq(word.bytes())
            }
            false => self.lower() == word,
        }
    }

    pub(super) fn year(&self) -> Option<i16> {
        let plain = self.text.len() == 4 && !self.ordinal;
        self.number.filter(|y| plain && (1800..=2200).contains(y))
    }
}

/// Cuts a line.
pub(super) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let (mut rest, mut spaced) = (line, true);
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            rest = &rest[c.len_utf8()..];
            spaced = true;
            continue;
        }
        let len = match c {
            c if c.is_ascii_digit() => digits(rest),
            c if c.is_alphabetic() => {
                let end = rest.find(|c: char| !c.is_alphabetic() && c != '\'' && c != '\u{301}');
                end.unwrap_or(rest.len())
            }
            c => c.len_utf8(),
        };
        let text = &rest[..len];
        let figures = text.bytes().take_while(u8::is_ascii_digit).count();
        let number = (1..=4)
            .contains(&figures)
            .then(|| text[..figures].parse().ok())
            .flatten();
        out.push(Token {
            text,
            number,
            ordinal: figures > 0 && figures < len,
            spaced,
        });
        rest = &rest[len..];
        spaced = false;
    }
    out
}

/// The length of a number with its ordinal letters ("26th", "1er", "1º").
fn digits(text: &str) -> usize {
    let n = text.bytes().take_while(u8::is_ascii_digit).count();
    let tail = &text[n..];
    let letters = tail
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(tail.len());
    let ordinal = ["st", "nd", "rd", "th", "er", "º", "ª", "го", "re"].contains(&&tail[..letters]);
    if ordinal { n + letters } else { n }
}
