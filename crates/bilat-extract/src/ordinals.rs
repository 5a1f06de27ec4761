//! Ordinal numbers as texts on two countries number what they hold: "the fourteenth session", "the
//! 51st", "the XII".

/// First to twentieth, in words.
const WORDS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// The Roman numerals that are no letters of a list or words of their own.
const ROMAN: [&str; 16] = [
    "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
];

/// The number of an ordinal in one word, in any case.
pub(crate) fn number(word: &str) -> Option<i64> {
    let at = WORDS.iter().position(|w| word.eq_ignore_ascii_case(w))?;
    i64::try_from(at + 1).ok()
}

/// Every way to write one that is one word, folded.
pub(crate) fn all() -> Vec<String> {
    let digits = (1..=100).map(|n| format!("{n}{}", ending(n)));
    let words = WORDS.iter().chain(&ROMAN).map(|w| (*w).to_owned());
    words.chain(digits).collect()
}

fn ending(n: u8) -> &'static str {
    match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn ordinals_are_written_as_in_english() {
        let all = super::all();
        for told in [
            "first", "1st", "2nd", "3rd", "11th", "12th", "13th", "51st", "100th", "xii",
        ] {
            assert!(all.iter().any(|w| w == told), "{told}");
        }
        assert_eq!(super::number("Fourteenth"), Some(14));
        assert_eq!(super::number("fourteen"), None);
    }
}
