//! The name lookup on a small register of its own.
#![allow(clippy::unwrap_used)]

use bilat_model::evidence::{Citation, Locator};
use bilat_model::registry::{CountryInfo, CountryName, NameKind, NotFound, Status, fold};
use bilat_model::source::SourceId;
use bilat_model::{Country, Period, Registry};
use proptest::prelude::*;

const NAMES: &[(&str, NameKind, &[&str])] = {
    use NameKind::{Alias, Ambiguous, Code, Former, Short};
    &[
        (
            "SVN",
            Short,
            &["Slovenia", "Словения", "斯洛文尼亚", "سلوفينيا"],
        ),
        ("SVK", Short, &["Slovakia", "Словакия"]),
        ("SVN", Code, &["SI", "SVN", "SLO"]),
        ("NER", Short, &["Niger"]),
        ("NER", Code, &["NE"]),
        ("NGA", Short, &["Nigeria"]),
        ("DMA", Short, &["Dominica"]),
        ("DOM", Short, &["Dominican Republic"]),
        ("CIV", Short, &["Côte d’Ivoire"]),
        ("CIV", Alias, &["Ivory Coast"]),
        ("GMB", Short, &["Gambia"]),
        ("COD", Former, &["Zaire"]),
        ("COD", Ambiguous, &["Congo"]),
        ("COG", Ambiguous, &["Congo"]),
        ("COG", Alias, &["Congo"]),
        ("GIN", Short, &["Guinea"]),
        ("GIN", Ambiguous, &["Guinea"]),
        ("PNG", Ambiguous, &["Guinea"]),
        ("PNG", Short, &["Papua New Guinea"]),
        ("NAM", Short, &["Namibia"]),
        ("NAM", Code, &["NA"]),
        ("TTO", Short, &["Trinidad and Tobago"]),
        ("RUS", Short, &["Russia"]),
        ("SUN", Short, &["Soviet Union"]),
    ]
};

fn cite() -> Citation {
    Citation {
        source: SourceId::new("test"),
        file: "test".into(),
        at: Locator::Line(1),
    }
}

fn info(code: &str, cow: Option<u16>, since: Option<&str>, until: Option<&str>) -> CountryInfo {
    let spelt = NAMES.iter().find(|(c, _, _)| *c == code).unwrap().2[0];
    CountryInfo {
        code: code.parse().unwrap(),
        alpha2: None,
        numeric: None,
        cow,
        fips: None,
        status: if until.is_some() {
            Status::Former
        } else {
            Status::State
        },
        name: spelt.to_owned(),
        capital: None,
        region: None,
        subregion: None,
        currency: None,
        since: since.map(|s| s.parse().unwrap()),
        until: until.map(|s| s.parse().unwrap()),
        successors: Vec::new(),
        citation: cite(),
    }
}

fn registry() -> Registry {
    let mut codes: Vec<&str> = NAMES.iter().map(|n| n.0).collect();
    codes.sort_unstable();
    codes.dedup();
    let infos = codes
        .into_iter()
        .map(|c| match c {
            "RUS" => info(c, Some(365), Some("1991-12-25"), None),
            "SUN" => info(c, Some(365), Some("1922-12-30"), Some("1991-12-26")),
            _ => info(c, None, None, None),
        })
        .collect();
    let names = NAMES
        .iter()
        .flat_map(|(code, kind, all)| {
            all.iter().map(|name| CountryName {
                country: code.parse().unwrap(),
                name: (*name).to_owned(),
                key: fold(name),
                language: None,
                kind: *kind,
                since: None,
                until: None,
                citation: cite(),
            })
        })
        .collect();
    Registry::new(infos, names)
}

fn suggested(text: &str) -> Vec<String> {
    match registry().find(text) {
        Err(NotFound::Unknown { suggestions, .. }) => {
            suggestions.iter().map(|s| s.0.to_string()).collect()
        }
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn names_resolve_in_any_script_case_and_accent() {
    let r = registry();
    for (text, code) in [
        ("slovenia", "SVN"),
        ("  SLOVENIA ", "SVN"),
        ("СЛОВЕНИЯ", "SVN"),
        ("斯洛文尼亚", "SVN"),
        ("سلوفينيا", "SVN"),
        ("cote d'ivoire", "CIV"),
        ("Cote d’Ivoire", "CIV"),
        ("ivory-coast", "CIV"),
        ("the gambia", "GMB"),
        ("trinidad & tobago", "TTO"),
        ("zaïre", "COD"),
        ("svn", "SVN"),
        ("si", "SVN"),
        ("SLO", "SVN"),
        ("NA", "NAM"),
    ] {
        assert_eq!(r.find(text), Ok(Country::new(code)), "{text}");
    }
}

#[test]
fn near_misses_suggest_and_never_resolve() {
    assert_eq!(suggested("slovena"), ["SVN"]);
    assert_eq!(suggested("slovaki"), ["SVK"]);
    assert_eq!(suggested("nigera"), ["NER", "NGA"]);
    assert_eq!(suggested("dominca"), ["DMA"]);
    assert_eq!(suggested("dominican republik"), ["DOM"]);
    assert_eq!(suggested("tobago"), ["TTO"]);
    assert!(suggested("").is_empty());
    assert!(suggested("zz").is_empty());
    assert!(suggested("atlantis of the seven seas").is_empty());
}

#[test]
fn neighbours_in_spelling_stay_apart() {
    let r = registry();
    for (text, code) in [
        ("Slovenia", "SVN"),
        ("Slovakia", "SVK"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Dominica", "DMA"),
        ("Dominican Republic", "DOM"),
    ] {
        assert_eq!(r.name(text), Some(Country::new(code)), "{text}");
    }
}

#[test]
fn people_are_asked_where_sources_are_exact() {
    let r = registry();
    for (text, all) in [("Congo", ["COD", "COG"]), ("GUINEA", ["GIN", "PNG"])] {
        let Err(NotFound::Ambiguous { candidates, .. }) = r.find(text) else {
            panic!("{text} is taken for one country");
        };
        let codes: Vec<_> = candidates.iter().map(|c| c.0.to_string()).collect();
        assert_eq!(codes, all);
    }
    assert_eq!(r.name("Guinea"), Some(Country::new("GIN")));
    assert_eq!(r.name("Congo"), Some(Country::new("COG")));
    assert_eq!(r.name("NA"), None, "codes are no names");
    assert_eq!(r.name("SVN"), None, "codes are no names");
}

#[test]
fn a_cow_code_belongs_to_who_existed_then() {
    let r = registry();
    let at = |p: &str| r.cow(365, p.parse::<Period>().unwrap());
    assert_eq!(at("1980"), Some(Country::new("SUN")));
    assert_eq!(at("1991-06"), Some(Country::new("SUN")));
    assert_eq!(
        at("1991"),
        Some(Country::new("RUS")),
        "who exists on its last day"
    );
    assert_eq!(at("1992"), Some(Country::new("RUS")));
    assert_eq!(at("1900"), None);
    assert_eq!(r.cow(1, "1992".parse().unwrap()), None);
}

#[test]
fn pairs_are_of_states_only() {
    let r = registry();
    let n = r.states().len();
    assert!(!r.states().contains(&Country::new("SUN")));
    assert_eq!(r.pairs().len(), n * (n - 1) / 2);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folding_twice_changes_nothing(s in "\\PC{0,24}") {
        let once = fold(&s);
        prop_assert_eq!(fold(&once), once);
    }

    /// One changed letter never leads to a country: it may only be suggested.
    #[test]
    fn a_typing_error_never_resolves(
        i in 0..NAMES.len(), at in 0_usize..20, c in proptest::char::range('a', 'z'),
    ) {
        let r = registry();
        let name = NAMES[i].2[0];
        let mut letters: Vec<char> = fold(name).chars().collect();
        prop_assume!(letters.len() > 4);
        let at = at % letters.len();
        prop_assume!(letters[at] != c && letters[at] != ' ');
        letters[at] = c;
        let typed: String = letters.into_iter().collect();
        prop_assume!(r.names().iter().all(|n| n.key != fold(&typed)));
        prop_assert!(r.find(&typed).is_err(), "{} for {}", typed, name);
    }

    #[test]
    fn any_text_gets_an_answer(s in "\\PC{0,40}") {
        let _ = registry().find(&s);
    }
}
