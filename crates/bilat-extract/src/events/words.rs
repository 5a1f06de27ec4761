//! Words that the reading of events knows by what they do: `words.toml`, compiled in.

use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of `words.toml`; what each is for stands there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) assuring: Vec<String>,
    pub(super) attending: Vec<String>,
    pub(super) began: Vec<String>,
    pub(super) began_behind: Vec<String>,
    pub(super) beginning: Vec<String>,
    pub(super) bid_for: Vec<String>,
    pub(super) commissions: Vec<String>,
    pub(super) dedicated: Vec<String>,
    pub(super) definite: Vec<String>,
    pub(super) denying: Vec<String>,
    pub(super) document: Vec<String>,
    pub(super) documents: Vec<String>,
    pub(super) earlier: Vec<String>,
    pub(super) ending: Vec<String>,
    pub(super) gatherings: Vec<String>,
    pub(super) habits: Vec<String>,
    pub(super) holding: Vec<String>,
    pub(super) hosting: Vec<String>,
    pub(super) mission_acts: Vec<String>,
    pub(super) mission_stands: Vec<String>,
    pub(super) moved: Vec<String>,
    pub(super) moved_to: Vec<String>,
    pub(super) not_persons: Vec<String>,
    pub(super) openers: Vec<String>,
    pub(super) other_foundings: Vec<String>,
    pub(super) present: Vec<String>,
    pub(super) put_off: Vec<String>,
    pub(super) relative: Vec<String>,
    pub(super) resuming: Vec<String>,
    pub(super) setting: Vec<String>,
    pub(super) sides: Vec<String>,
    pub(super) telling: Vec<String>,
    pub(super) telling_when: Vec<String>,
    pub(super) towns: Vec<String>,
    pub(super) visa_things: Vec<String>,
    pub(super) wholes: Vec<String>,
}

/// The words; empty lists should the file be broken, which its test does not let pass.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| read().unwrap_or_default());

fn read() -> Result<Words, toml::de::Error> {
    toml::from_str(include_str!("words.toml"))
}

#[test]
fn the_words_are_of_the_schema() {
    read().unwrap();
}
