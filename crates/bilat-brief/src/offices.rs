//! The offices of visitors, the most senior first: data in `outline/offices.toml`.

use std::sync::LazyLock;

use bilat_model::registry::fold;
use serde::Deserialize;

/// The list as compiled in.
pub(crate) const OFFICES: &str = include_str!("../outline/offices.toml");

/// An office as the brief speaks of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Office {
    /// Its word; `office-CODE` is the message of its name.
    pub(crate) code: String,
    /// How texts and sources call it.
    pub(crate) forms: Vec<String>,
    /// Why it stands where it stands.
    #[allow(dead_code)] // for whoever reads or changes the file
    pub(crate) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    office: Vec<Office>,
}

/// The offices of a file, the most senior first.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn offices(toml: &str) -> Result<Vec<Office>, String> {
    let list: List = toml::from_str(toml).map_err(|e| e.to_string())?;
    Ok(list.office)
}

/// Offices, and their forms folded, each with the office's place.
type Forms = (Vec<Office>, Vec<(String, usize)>);

/// The list as compiled in; a test sees that it reads.
static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let all = offices(OFFICES).unwrap_or_default();
    let mut forms: Vec<(String, usize)> = all
        .iter()
        .enumerate()
        .flat_map(|(i, o)| o.forms.iter().map(move |f| (plain(f), i)))
        .collect();
    // The longest first: a deputy prime minister is no prime minister.
    forms.sort_by(|x, y| y.0.len().cmp(&x.0.len()).then(x.cmp(y)));
    (all, forms)
});

/// Folded, in the singular, with a space to either side.
fn plain(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(' ').map(|w| w.strip_suffix('s').unwrap_or(w));
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

/// The place of an office in the list, from 0 for the most senior, by what a text calls it.
pub(crate) fn rank(text: &str) -> Option<usize> {
    let folded = plain(text);
    let found = FORMS
        .1
        .iter()
        .find(|(form, _)| folded.contains(form.as_str()));
    found.map(|(_, rank)| *rank)
}

/// The word of the office at a place.
pub(crate) fn code(rank: usize) -> Option<&'static str> {
    FORMS.0.get(rank).map(|o| o.code.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_form_says_which_office() {
        let of = |text: &str| rank(text).and_then(code);
        assert_eq!(of("President"), Some("president"));
        assert_eq!(
            of("Deputy Prime Minister and Minister of Trade"),
            Some("deputy-prime-minister")
        );
        assert_eq!(of("Vice-President"), Some("vice-president"));
        assert_eq!(of("President of the National Assembly"), Some("speaker"));
        assert_eq!(of("Minister of Foreign Affairs"), Some("foreign-minister"));
        assert_eq!(of("deputy foreign minister"), Some("deputy-minister"));
        assert_eq!(of("agriculture minister"), Some("minister"));
        assert_eq!(of("presidents"), Some("president"));
        assert_eq!(of("Prime Ministers"), Some("prime-minister"));
        assert_eq!(of("governor-general"), Some("governor-general"));
        assert_eq!(of("a trade delegation"), None);
        assert_eq!(of("presidential adviser"), None);
    }

    #[test]
    fn the_list_is_whole() {
        let all = offices(OFFICES).unwrap();
        assert!(
            all.iter()
                .all(|o| !o.forms.is_empty() && !o.reason.is_empty())
        );
        assert!(offices("[[office]]\ncode = \"x\"\nforms = []\nreason = \"\"\nrank = 1").is_err());
    }
}
