//! The wording files and the code that speaks through them fit each other.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use bilat_brief::wording::{Args, ENGLISH, Wording};
use bilat_model::Decimal;
use fluent_syntax::ast::Entry;

fn messages() -> BTreeSet<String> {
    let resource = fluent_syntax::parser::parse(ENGLISH.messages).unwrap();
    let ids = resource.body.iter().filter_map(|e| match e {
        Entry::Message(m) => Some(m.id.name.to_owned()),
        _ => None,
    });
    ids.collect()
}

fn sources(dir: &Path, out: &mut String) {
    let mut entries: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, out);
        } else {
            out.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

/// Messages whose names the code puts together from a word of a vocabulary.
const PUT_TOGETHER: [&str; 5] = [
    "heading-",
    "goods-sitc",
    "issue-",
    "organisation-",
    "office-",
];

#[test]
fn every_message_is_spoken_somewhere() {
    let mut code = String::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut code,
    );
    let silent: Vec<_> = messages()
        .into_iter()
        .filter(|m| !PUT_TOGETHER.iter().any(|p| m.starts_with(p)))
        .filter(|m| !code.contains(&format!("\"{m}\"")))
        .collect();
    assert!(silent.is_empty(), "nobody says {silent:?}");
}

#[test]
fn every_section_issue_and_kind_of_goods_has_a_name() {
    let known = messages();
    for s in bilat_brief::brief::SectionId::ALL {
        let heading = format!("heading-{}", s.code());
        assert!(s.code() == "lead" || known.contains(&heading), "{heading}");
    }
    for n in 0..10 {
        assert!(known.contains(&format!("goods-sitc{n}")), "goods {n}");
    }
    for (code, _) in bilat_model::profile::Issues::ALL {
        assert!(known.contains(&format!("issue-{code}")), "issue {code}");
    }
}

#[test]
fn every_office_has_a_name_and_every_name_an_office() {
    let file = include_str!("../outline/offices.toml");
    let codes = file.lines().filter_map(|l| l.strip_prefix("code = \""));
    let mut offices: BTreeSet<String> = codes
        .map(|c| format!("office-{}", c.trim_end_matches('"')))
        .collect();
    offices.insert("office-other".to_owned());
    let all = messages();
    let named: BTreeSet<String> = all
        .into_iter()
        .filter(|m| m.starts_with("office-"))
        .collect();
    assert_eq!(offices, named);
}

fn english() -> Wording {
    Wording::new(ENGLISH).unwrap()
}

#[test]
fn money_is_told_in_three_digits_with_its_scale_word() {
    let w = english();
    let usd = |n: &str| w.usd(n.parse().unwrap()).unwrap();
    assert_eq!(usd("94447357"), "94.4 million dollars");
    assert_eq!(usd("999600"), "1 million dollars");
    assert_eq!(usd("603400000000"), "603 billion dollars");
    assert_eq!(usd("1230000000000"), "1.23 trillion dollars");
    assert_eq!(usd("641234"), "641,000 dollars");
    assert_eq!(usd("1"), "1 dollar");
    assert_eq!(usd("0.3"), "less than a dollar");
    assert_eq!(usd("0"), "0 dollars");
    assert_eq!(usd("-5250000"), "-5.25 million dollars");
}

#[test]
fn numbers_dates_and_lists_follow_the_locale() {
    let w = english();
    assert_eq!(w.count(Decimal::from(1_745)), "1,745");
    assert_eq!(w.percent("5.04".parse().unwrap()), "5");
    assert_eq!(w.percent("5.25".parse().unwrap()), "5.2");
    assert_eq!(w.percent("56.4".parse().unwrap()), "56");
    assert_eq!(
        w.period("1992-10-20".parse().unwrap()).unwrap(),
        "20 October 1992"
    );
    assert_eq!(w.period("1920-05".parse().unwrap()).unwrap(), "May 1920");
    assert_eq!(w.period("1992/2024".parse().unwrap()).unwrap(), "1992–2024");
    assert_eq!(
        w.period("2024-Q3".parse().unwrap()).unwrap(),
        "the third quarter of 2024"
    );
    let list = |items: &[&str]| w.list(&items.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
    assert_eq!(list(&["A"]), "A");
    assert_eq!(list(&["A", "B", "C"]), "A, B and C");
}

#[test]
fn told_amounts_keep_their_digits_and_hedges() {
    use bilat_model::evidence::Qualifier;
    let w = english();
    let told = |n: &str, most: Option<&str>, unit, hedge| {
        let most = most.map(|m| m.parse().unwrap());
        w.hedged(n.parse().unwrap(), most, unit, hedge).unwrap()
    };
    let exact = Qualifier::Exact;
    assert_eq!(
        told("105700000", None, "USD", exact),
        "105.7 million dollars"
    );
    assert_eq!(told("1", None, "EUR", Qualifier::About), "about 1 euro");
    assert_eq!(
        told("1234567.5", None, "KZT", Qualifier::Over),
        "more than 1,234,567.5 KZT"
    );
    assert_eq!(
        told("2000000000", None, "INR", Qualifier::Under),
        "less than 2 billion Indian rupees"
    );
    assert_eq!(told("3.4", None, "percent", Qualifier::UpTo), "up to 3.4 %");
    assert_eq!(
        told("10000000", Some("12500000"), "USD", exact),
        "10 to 12.5 million dollars"
    );
    assert_eq!(
        told("900000", Some("1200000"), "tonne", exact),
        "900,000 to 1.2 million tonnes"
    );
    assert_eq!(told("8", None, "count", exact), "eight");
    assert_eq!(told("19", None, "count", exact), "19");
}

#[test]
fn ordinals_take_their_endings() {
    let w = english();
    let ordinal = |n: u16| {
        let args = Args::new()
            .text("n", n.to_string())
            .number("number", n.into())
            .text("category", w.ordinal_category(n));
        w.say("ordinal", &args).unwrap()
    };
    let told: Vec<_> = [1, 2, 3, 4, 11, 12, 13, 21, 47, 102, 111]
        .map(ordinal)
        .into();
    assert_eq!(
        told,
        [
            "first", "second", "third", "fourth", "11th", "12th", "13th", "21st", "47th", "102nd",
            "111th"
        ]
    );
}

#[test]
fn a_value_that_is_not_given_is_an_error_and_not_a_hole() {
    let e = english().say("relations-since", &Args::new()).unwrap_err();
    assert!(e.to_string().contains("relations-since"), "{e}");
    assert!(english().say("no-such-message", &Args::new()).is_err());
}

#[test]
fn files_that_are_not_valid_say_where() {
    let mut files = ENGLISH;
    files.messages = "broken = {";
    assert!(
        Wording::new(files)
            .err()
            .unwrap()
            .to_string()
            .contains("brief.ftl")
    );
    let mut files = ENGLISH;
    files.settings = "locale = 7";
    assert!(
        Wording::new(files)
            .err()
            .unwrap()
            .to_string()
            .contains("language.toml")
    );
    let mut files = ENGLISH;
    files.countries = "KAZ = 1";
    assert!(
        Wording::new(files)
            .err()
            .unwrap()
            .to_string()
            .contains("countries.toml")
    );
}
