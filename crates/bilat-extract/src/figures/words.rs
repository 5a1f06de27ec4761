//! Words that the reading of figures knows by what they do: `words.toml`, compiled in.

use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of `words.toml`; what each is for stands there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) adding_up: Vec<String>,
    pub(super) again: Vec<String>,
    pub(super) beside_trade: Vec<String>,
    pub(super) change_nouns: Vec<String>,
    pub(super) comparing: Vec<String>,
    pub(super) copulas: Vec<String>,
    pub(super) delegations: Vec<String>,
    pub(super) doubled_things: Vec<String>,
    pub(super) established: Vec<String>,
    pub(super) fillers: Vec<String>,
    pub(super) giving: Vec<String>,
    pub(super) going_on: Vec<String>,
    pub(super) holding_up: Vec<String>,
    pub(super) joining: Vec<String>,
    pub(super) leading: Vec<String>,
    pub(super) leading_behind: Vec<String>,
    pub(super) lending: Vec<String>,
    pub(super) linking: Vec<String>,
    pub(super) loose: Vec<String>,
    pub(super) loose_times: Vec<String>,
    pub(super) loose_when: Vec<String>,
    pub(super) more_than: Vec<String>,
    pub(super) no_comparison: Vec<String>,
    pub(super) no_figures: Vec<String>,
    pub(super) no_noun: Vec<String>,
    pub(super) not_counted: Vec<String>,
    pub(super) now: Vec<String>,
    pub(super) numbering: Vec<String>,
    pub(super) of_possessor: Vec<String>,
    pub(super) of_thing: Vec<String>,
    pub(super) opening: Vec<String>,
    pub(super) partial: Vec<String>,
    pub(super) parting: Vec<String>,
    pub(super) pronoun_verbs: Vec<String>,
    pub(super) spread_over: Vec<String>,
    pub(super) standing: Vec<String>,
    pub(super) taking_part: Vec<String>,
    pub(super) to_its_goods: Vec<String>,
    pub(super) whence: Vec<String>,
    pub(super) wholes: Vec<String>,
    pub(super) wide: Vec<String>,
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
