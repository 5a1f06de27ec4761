//! A plain shadow of a text, with the way back.
//!
//! Letters of another script hide in words ("Cоllage" with a Cyrillic о), spaces that do not
//! break, curly quotes and soft hyphens keep equal words apart. [`skeleton`] folds them, so that
//! rules can be written in plain letters, and [`Folded::back`] leads a span of the shadow back to
//! the text as it was written.
//!
//! | folded | to |
//! |---|---|
//! | look-alikes from another script in a word of one dominant script | that script's letter |
//! | fullwidth forms, mathematical letters and digits, `ﬁ` and its kin | plain letters |
//! | zero-width characters, bidi controls, soft hyphens, variation selectors | nothing |
//! | no-break, thin and other spaces | a space; line and paragraph separators a line end |
//! | `‘ ’ ‚ ‛ ′ ʼ` and `“ ” „ ‟ ″ « »` | `'` and `"` |
//! | hyphens, dashes and the minus sign | `-` |
//!
//! A word in one script stays as it is, whichever script that is. A word of two scripts is folded
//! only when every letter of the lesser one has a look-alike in the greater: `μm` and `COVIDный`
//! stay. The look-alikes are those of Unicode Technical Standard 39, by `unicode-security`, and a
//! few of our own where its table joins what readers tell apart (it makes `I` an `l`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bilat_model::document::{Run, Span};
use encoding_rs::Encoding;
use unicode_script::{Script, UnicodeScript};

use crate::decode::Runs;

/// A shadow text and the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// Pieces in order; `None` when nothing was folded. What lies between two in the original was
    /// dropped.
    pieces: Option<Vec<Run>>,
}

impl Folded {
    /// The shadow.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the shadow is the text itself.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.pieces.is_none()
    }

    /// The span of the original that a span of the shadow stands for. It begins and ends on
    /// character boundaries of the original when the given one does in the shadow; what was
    /// dropped at its edges is left out. An empty span leads to an empty one.
    #[must_use]
    pub fn back(&self, span: Span) -> Span {
        let Some(pieces) = &self.pieces else {
            return span;
        };
        let same = |r: &Run| r.text.end - r.text.start == r.input.end - r.input.start;
        let from = pieces.partition_point(|r| r.text.end <= span.start);
        let Some(first) = pieces.get(from) else {
            let end = pieces.last().map_or(0, |r| r.input.end);
            return Span::new(end, end);
        };
        let start = match same(first) {
            true => first.input.start + (span.start - first.text.start),
            false => first.input.start,
        };
        if span.end <= span.start {
            return Span::new(start, start);
        }
        let to = pieces.partition_point(|r| r.text.start < span.end).max(1) - 1;
        let last = &pieces[to];
        let end = match same(last) {
            true => last.input.start + span.end.min(last.text.end) - last.text.start,
            false => last.input.end,
        };
        Span::new(start, end)
    }
}

/// The plain shadow of a text. Linear in its length; plain ASCII is only copied.
#[must_use]
pub fn skeleton(text: &str) -> Folded {
    if text.is_ascii() {
        return Folded {
            text: text.to_owned(),
            pieces: None,
        };
    }
    let mut out = Out {
        text: String::with_capacity(text.len()),
        pieces: Runs::default(),
        changed: false,
    };
    let mut at = 0;
    while at < text.len() {
        let plain = Encoding::ascii_valid_up_to(&text.as_bytes()[at..]);
        // Letters right before belong to the word that the first other character stands in.
        let letters = text.as_bytes()[at..at + plain].iter().rev();
        let tail = letters.take_while(|b| b.is_ascii_alphabetic()).count();
        out.keep(text, at, at + plain - tail);
        at += plain - tail;
        at = out.word(text, at);
    }
    if !out.changed {
        return Folded {
            text: text.to_owned(),
            pieces: None,
        };
    }
    Folded {
        text: out.text,
        pieces: Some(out.pieces.0),
    }
}

struct Out {
    text: String,
    pieces: Runs,
    changed: bool,
}

impl Out {
    fn keep(&mut self, text: &str, from: usize, to: usize) {
        let start = self.text.len();
        self.text.push_str(&text[from..to]);
        self.pieces
            .push(Span::new(start, self.text.len()), Span::new(from, to));
    }

    fn put(&mut self, with: &str, from: usize, to: usize) {
        self.changed = true;
        let start = self.text.len();
        self.text.push_str(with);
        self.pieces
            .made(with, Span::new(start, self.text.len()), Span::new(from, to));
    }

    /// The word that begins here, or the one character that is none; where it ends.
    fn word(&mut self, text: &str, at: usize) -> usize {
        let Some(first) = text[at..].chars().next() else {
            return at;
        };
        if !is_letter(first) {
            let end = at + first.len_utf8();
            self.single(text, at, end, first);
            return end;
        }
        let rest = &text[at..];
        let ends = rest
            .char_indices()
            .find(|(_, c)| !is_letter(*c) && !is_dropped(*c));
        let end = at + ends.map_or(rest.len(), |(i, _)| i);
        let to = dominant(&text[at..end]);
        for (i, c) in text[at..end].char_indices() {
            let (from, until) = (at + i, at + i + c.len_utf8());
            match to.and_then(|script| look_alike(c, script)) {
                Some(plain) => self.put(plain.encode_utf8(&mut [0; 4]), from, until),
                None => self.single(text, from, until, c),
            }
        }
        end
    }

    fn single(&mut self, text: &str, from: usize, to: usize, c: char) {
        match plain(c) {
            Plain::Same => self.keep(text, from, to),
            Plain::Nothing => self.changed = true,
            Plain::Char(p) => self.put(p.encode_utf8(&mut [0; 4]), from, to),
            Plain::Str(s) => self.put(s, from, to),
        }
    }
}

enum Plain {
    Same,
    Nothing,
    Char(char),
    Str(&'static str),
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphabetic())
}

/// Characters that show nothing.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

fn plain(c: char) -> Plain {
    if c.is_ascii() {
        return Plain::Same;
    }
    match c {
        c if is_dropped(c) => Plain::Nothing,
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => {
            Plain::Char(' ')
        }
        '\u{2028}' | '\u{2029}' | '\u{85}' => Plain::Char('\n'),
        '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{2BC}' | '\u{2B9}' | '\u{FF07}' => {
            Plain::Char('\'')
        }
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '\u{AB}' | '\u{BB}' | '\u{FF02}' => Plain::Char('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => {
            Plain::Char('-')
        }
        '\u{FF01}'..='\u{FF5E}' => shifted(c, 0xFF01, '!'),
        '\u{FB00}' => Plain::Str("ff"),
        '\u{FB01}' => Plain::Str("fi"),
        '\u{FB02}' => Plain::Str("fl"),
        '\u{FB03}' => Plain::Str("ffi"),
        '\u{FB04}' => Plain::Str("ffl"),
        '\u{FB05}' | '\u{FB06}' => Plain::Str("st"),
        '\u{1D400}'..='\u{1D6A3}' => mathematical(c),
        '\u{1D7CE}'..='\u{1D7FF}' => shifted_by((c as u32 - 0x1D7CE) % 10, '0'),
        _ => Plain::Same,
    }
}

fn shifted(c: char, from: u32, to: char) -> Plain {
    shifted_by(c as u32 - from, to)
}

fn shifted_by(by: u32, to: char) -> Plain {
    char::from_u32(to as u32 + by).map_or(Plain::Same, Plain::Char)
}

/// Thirteen alphabets of 26 capital and 26 small letters, one after the other.
fn mathematical(c: char) -> Plain {
    match (c as u32 - 0x1D400) % 52 {
        n @ 0..26 => shifted_by(n, 'A'),
        n => shifted_by(n - 26, 'a'),
    }
}

/// The script that a word of two scripts belongs to, when all letters of the other have a
/// look-alike in it; `None` for a word that stays as it is.
fn dominant(word: &str) -> Option<Script> {
    let mut scripts: [(Script, usize); 2] = [(Script::Unknown, 0); 2];
    for c in word.chars().filter(|c| !is_dropped(*c)) {
        let script = script(c);
        if matches!(script, Script::Common | Script::Inherited) {
            continue;
        }
        let known = scripts.iter_mut().find(|(s, n)| *n == 0 || *s == script);
        let (s, n) = known?;
        (*s, *n) = (script, *n + 1);
    }
    let [(a, n), (b, m)] = scripts;
    if m == 0 {
        return None;
    }
    let folds = |to: Script| {
        let others = word.chars().filter(|c| {
            !is_dropped(*c) && {
                let s = script(*c);
                s != to && s != Script::Common && s != Script::Inherited
            }
        });
        others.into_iter().all(|c| look_alike(c, to).is_some())
    };
    // Where the two are level, Latin is tried first: it is what hidden letters hide in most.
    let first = match n.cmp(&m) {
        std::cmp::Ordering::Less => b,
        std::cmp::Ordering::Greater => a,
        std::cmp::Ordering::Equal => {
            if b == Script::Latin {
                b
            } else {
                a
            }
        }
    };
    let second = if first == a { b } else { a };
    [first, second].into_iter().find(|to| folds(*to))
}

fn script(c: char) -> Script {
    match base(c) {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        c => c.script(),
    }
}

/// The letter that a fullwidth or mathematical one stands for.
fn base(c: char) -> char {
    match plain(c) {
        Plain::Char(p) => p,
        _ => c,
    }
}

/// The letter of `to` that looks like this letter of another script.
fn look_alike(c: char, to: Script) -> Option<char> {
    if script(c) == to || matches!(script(c), Script::Common | Script::Inherited) {
        return None;
    }
    match to {
        Script::Latin => to_latin(c),
        Script::Cyrillic => CYRILLIC.get(&base(c)).copied(),
        Script::Greek => GREEK.get(&base(c)).copied(),
        _ => None,
    }
}

/// Look-alikes that the standard's table lacks or joins with what readers tell apart.
const OWN: &[(char, char)] = &[
    ('І', 'I'),
    ('Ӏ', 'I'),
    ('Ι', 'I'),
    ('к', 'k'),
    ('м', 'm'),
    ('т', 't'),
    ('κ', 'k'),
    ('Ј', 'J'),
    ('ё', 'ë'),
    ('Ё', 'Ë'),
    ('ї', 'ï'),
    ('Ї', 'Ï'),
    ('ό', 'ó'),
    ('ά', 'á'),
    ('ί', 'í'),
];

fn to_latin(c: char) -> Option<char> {
    if let Some((_, latin)) = OWN.iter().find(|(other, _)| *other == c) {
        return Some(*latin);
    }
    let mut buffer = [0; 4];
    let mut prototype = unicode_security::skeleton(c.encode_utf8(&mut buffer));
    match (prototype.next(), prototype.next()) {
        (Some(p), None) if p.is_ascii_alphabetic() => Some(p),
        _ => None,
    }
}

/// From Latin letters to the look-alikes among a script's letters.
fn reverse(letters: impl Iterator<Item = char>) -> BTreeMap<char, char> {
    let pairs = letters.filter(|c| c.is_alphabetic());
    let mut map = BTreeMap::new();
    for c in pairs {
        if let Some(latin) = to_latin(c) {
            map.entry(latin).or_insert(c);
        }
    }
    map
}

// The alphabets in use, without the letters that only scholars write.
static CYRILLIC: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
    reverse(
        ('\u{410}'..='\u{44F}')
            .chain('\u{400}'..='\u{40F}')
            .chain('\u{450}'..='\u{45F}')
            .chain('\u{4AE}'..='\u{4E9}'),
    )
});
static GREEK: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| reverse('\u{391}'..='\u{3C9}'));

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fold(text: &str) -> String {
        skeleton(text).text().to_owned()
    }

    #[test]
    fn letters_of_a_ligature_lead_back_to_all_of_it() {
        // Three bytes become three, and none of these stands for one of those.
        let folded = skeleton("o\u{fb03}ce \u{fb04}");
        assert_eq!(folded.text(), "office ffl");
        for at in 1..4 {
            assert_eq!(folded.back(Span::new(at, at + 1)), Span::new(1, 4));
        }
        assert_eq!(folded.back(Span::new(0, 6)), Span::new(0, 6));
        assert_eq!(folded.back(Span::new(8, 9)), Span::new(7, 10));
    }

    #[test]
    fn letters_of_another_script_come_out_of_hiding() {
        assert_eq!(fold("Cоllage credit: Phоtо"), "Collage credit: Photo");
        assert_eq!(fold("Kазахстан"), "Казахстан");
        assert_eq!(fold("Еxport"), "Export");
        assert_eq!(fold("Іran"), "Iran");
        assert_eq!(fold("Ελλαδa"), "Ελλαδα");
        assert_eq!(fold("ΑΒC"), "ABC");
    }

    #[test]
    fn words_of_one_script_stay() {
        for word in [
            "оса",
            "сор",
            "Президент",
            "ΑΘΗΝΑ",
            "Šmarješke",
            "日本",
            "Օրոր",
            "naïve",
            "Łódź",
        ] {
            assert_eq!(fold(word), word);
            assert!(skeleton(word).is_same());
        }
        for word in ["μm", "COVIDный", "Δx", "РФ/USA", "日本のNHK"] {
            assert_eq!(fold(word), word);
        }
    }

    #[test]
    fn odd_spaces_quotes_dashes_and_nothings() {
        assert_eq!(fold("5\u{a0}000 000"), "5 000 000");
        assert_eq!(fold("‘navigator’ “Pearls”"), "'navigator' \"Pearls\"");
        assert_eq!(fold("times—in 2017–2018"), "times-in 2017-2018");
        assert_eq!(fold("Ka\u{ad}zakh\u{200b}stan\u{202e}"), "Kazakhstan");
        assert_eq!(fold("＄３６ ｍｉｌｌｉｏｎ"), "$36 million");
        assert_eq!(fold("ﬁve 𝟑 𝐁"), "five 3 B");
        assert_eq!(fold("−5.2%"), "-5.2%");
    }

    #[test]
    fn the_way_back_is_exact() {
        let text = "x\u{200b}Cоl\u{ad}lage “5”";
        let folded = skeleton(text);
        assert_eq!(folded.text(), "xCollage \"5\"");
        let at = |word: &str| {
            let start = folded.text().find(word).unwrap();
            folded.back(Span::new(start, start + word.len())).of(text)
        };
        assert_eq!(at("Collage"), "Cоl\u{ad}lage");
        assert_eq!(at("o"), "о");
        assert_eq!(at("\"5\""), "“5”");
        assert_eq!(at("x"), "x");
        assert_eq!(
            folded.back(Span::new(0, folded.text().len())),
            Span::new(0, text.len())
        );
    }

    proptest! {
        #[test]
        fn spans_fall_on_characters(text in "[a-cа-гα-γ\u{200b}\u{ad}“ﬁＡ 5—]{0,40}", a in 0usize..60, b in 0usize..60) {
            let folded = skeleton(&text);
            let cut = |n: usize| {
                let mut n = n.min(folded.text().len());
                while !folded.text().is_char_boundary(n) { n -= 1; }
                n
            };
            let (a, b) = (cut(a.min(b)), cut(a.max(b)));
            let back = folded.back(Span::new(a, b));
            prop_assert!(back.end <= text.len());
            prop_assert!(text.is_char_boundary(back.start) && text.is_char_boundary(back.end));
            prop_assert_eq!(a == b, back.start == back.end);
            // Folding is stable, and what the span stands for folds to what it showed.
            let again = skeleton(folded.text());
            prop_assert_eq!(again.text(), folded.text());
        }
    }
}
