//! Lists of words as data: each has its reason beside it in a TOML file that is compiled in.

use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// A list as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    why: String,
    words: Vec<String>,
}

/// Reads a list; one without a reason, without words, with a word twice or in capitals is refused.
pub(crate) fn words<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<String>, D::Error> {
    let list = List::deserialize(d)?;
    let sound = |(i, w): (usize, &String)| {
        !w.is_empty() && *w == w.to_lowercase() && !list.words[..i].contains(w)
    };
    if list.why.trim().is_empty() {
        return Err(D::Error::custom("a list without a reason"));
    }
    match list.words.iter().enumerate().find(|w| !sound(*w)) {
        Some((_, w)) => Err(D::Error::custom(format!(
            "{w:?} stands twice or is no lower case"
        ))),
        None if list.words.is_empty() => Err(D::Error::custom("a list without words")),
        None => Ok(list.words),
    }
}

/// `Words` with a field for each list of a file, and `WORDS`, read when it is first asked for.
macro_rules! word_lists {
    ($file:literal: $($name:ident,)+) => {
        /// The lists; what each is for stands in the file.
        #[derive(Debug, Default, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct Words {
            $(#[serde(deserialize_with = "crate::lists::words")] pub(super) $name: Vec<String>,)+
        }

        /// The words; empty lists should the file be broken, which its test does not let pass.
        pub(super) static WORDS: std::sync::LazyLock<Words> =
            std::sync::LazyLock::new(|| read().unwrap_or_default());

        fn read() -> Result<Words, toml::de::Error> {
            toml::from_str(include_str!("words.toml"))
        }

        #[test]
        fn the_words_are_of_the_schema() {
            if let Err(e) = read() {
                panic!("{}: {e}", $file);
            }
        }
    };
}
pub(crate) use word_lists;

#[cfg(test)]
mod tests {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct One {
        #[serde(deserialize_with = "super::words")]
        list: Vec<String>,
    }

    #[test]
    fn a_list_has_a_reason_and_each_word_once() {
        let read = |text: &str| toml::from_str::<One>(text).map(|o| o.list);
        let good = "[list]\nwhy = \"It is so.\"\nwords = [\"a\", \"b\"]";
        assert_eq!(read(good).unwrap(), ["a", "b"]);
        for bad in [
            "[list]\nwhy = \" \"\nwords = [\"a\"]",
            "[list]\nwords = [\"a\"]",
            "[list]\nwhy = \"So.\"\nwords = []",
            "[list]\nwhy = \"So.\"\nwords = [\"a\", \"a\"]",
            "[list]\nwhy = \"So.\"\nwords = [\"A\"]",
            "[list]\nwhy = \"So.\"\nwords = [\"\"]",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
