//! Lists of missions: “an embassy in A, a consulate-general in B and honorary consulates in C and D”.

use bilat_model::Country;

use super::mask::{Found, Masked, What, sign};
use super::rule::Rules;

/// A mission of a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Listed {
    /// Its type, in the word of evidence.
    pub(super) type_name: String,
    /// The town, empty when it is not told.
    pub(super) city: String,
    /// The country that the town is known or said to be in.
    pub(super) seat: Option<Country>,
    /// Whether the sentence names that country beside the town.
    pub(super) said: bool,
}

/// What ends a list of missions: another clause.
const CLAUSES: &[&str] = &[
    " while ",
    " whereas ",
    ";",
    " accredited ",
    " which ",
    " but ",
    " until ",
    " and is ",
    " since ",
];

/// Reads a list from `start` in a masked sentence on.
pub(super) fn list(
    rules: &Rules,
    masked: &Masked,
    plain: &str,
    start: usize,
    end: usize,
) -> Vec<Listed> {
    let text = &masked.text[start..end];
    let text = &text[..clause(text)];
    let types: Vec<_> = rules
        .mission
        .captures_iter(text)
        .filter_map(|c| c.name("mission"))
        .collect();
    let mut out = Vec::new();
    // Types that wait for a place: "an embassy and a consulate in …".
    let mut waiting: Vec<&str> = Vec::new();
    for (i, found) in types.iter().enumerate() {
        let Some(name) = rules.missions.get(found.as_str()) else {
            continue;
        };
        let next = types.get(i + 1).map_or(text.len(), |t| t.start());
        let places = places(masked, plain, start + found.end(), start + next);
        waiting.push(name);
        if places.is_empty() {
            continue;
        }
        for type_name in waiting.drain(..) {
            out.extend(places.iter().map(|p| Listed {
                type_name: type_name.to_owned(),
                ..p.clone()
            }));
        }
    }
    out.extend(waiting.into_iter().map(|type_name| Listed {
        type_name: type_name.to_owned(),
        city: String::new(),
        seat: None,
        said: false,
    }));
    out
}

/// Where the clause of a list ends: before another one, or before a country that does something.
fn clause(text: &str) -> usize {
    let mut end = CLAUSES
        .iter()
        .filter_map(|c| text.find(c))
        .min()
        .unwrap_or(text.len());
    for (i, c) in text.char_indices().take_while(|(i, _)| *i < end) {
        if sign::COUNTRY.contains(&c) {
            let rest = &text[i + c.len_utf8()..];
            if [" has ", " maintains ", " is ", " also ", " have ", " does "]
                .iter()
                .any(|v| rest.starts_with(v))
            {
                end = i;
                break;
            }
        }
    }
    end
}

/// The places of a type: signs after “in”, joined by commas and “and”.
fn places(masked: &Masked, plain: &str, start: usize, end: usize) -> Vec<Listed> {
    let text = &masked.text[start..end];
    let Some(mut at) = opening(text) else {
        return Vec::new();
    };
    let mut out: Vec<Listed> = Vec::new();
    let mut joint = "";
    while let Some(found) = masked.found.get(&(start + at)) {
        let words = found.span.of(plain);
        match &found.what {
            // A country after a place, in brackets or behind a comma, says where the place is.
            What::Country(c) if matches!(joint, ", " | " (" | ",") && !out.is_empty() => {
                if let Some(last) = out.last_mut() {
                    (last.seat, last.said) = (Some(*c), true);
                }
            }
            What::Country(c) => out.push(place(words, Some(*c), true)),
            What::Town(c) => out.push(place(words, Some(*c), false)),
            What::Name => out.push(place(words, None, false)),
            What::Date(_) => break,
        }
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        let rest = &text[at..];
        let Some(j) = JOINTS.iter().find(|j| rest.starts_with(**j)) else {
            break;
        };
        joint = j.trim_end_matches("the ").trim_start_matches(')');
        at += j.len();
        if !masked.found.contains_key(&(start + at)) {
            break;
        }
    }
    out
}

/// What may stand between two places of a list, longer ones first.
const JOINTS: &[&str] = &[
    "), and ",
    ") and ",
    "), ",
    ", and in ",
    " and in ",
    ", and ",
    " and ",
    ", in ",
    ", ",
    " (",
    " & ",
    "; ",
    ",",
];

/// Where the first place stands: after “in” or a bracket.
fn opening(text: &str) -> Option<usize> {
    let mut at = 0;
    for word in [
        "s",
        " office",
        " offices",
        ",",
        " both",
        " each",
        " respectively",
    ] {
        if text[at..].starts_with(word) {
            at += word.len();
        }
    }
    for word in [
        " in the city of ",
        " in capital ",
        " in the capital ",
        " in the capital, ",
        " in ",
        " located in ",
        " based in ",
        " at ",
        " (in ",
        " (",
        ": ",
        " es in ",
    ] {
        if text[at..].starts_with(word) {
            return Some(at + word.len());
        }
    }
    None
}

fn place(words: &str, seat: Option<Country>, said: bool) -> Listed {
    let city = words.split(", D").next().unwrap_or(words);
    Listed {
        type_name: String::new(),
        city: city.trim_end_matches(" D.C.").to_owned(),
        seat,
        said,
    }
}

/// The town of a captured place.
pub(super) fn town(found: &Found, plain: &str) -> (String, Option<Country>) {
    let seat = match &found.what {
        What::Country(c) | What::Town(c) => Some(*c),
        _ => None,
    };
    (place(found.span.of(plain), seat, false).city, seat)
}
