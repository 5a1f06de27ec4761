#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use bilat_model::Country;
use bilat_model::registry::{CountryName, NameKind};
use serde_json::json;

use super::{CODES, LANGUAGES, own, plain, read};
use crate::testing::{read_sample, registry, source, try_read_sample};
use crate::{Records, Source};

const CORRECTION: &str = r#"
[[correction]]
file = "country-codes.csv"
record = "KAZ Capital"
was = "Nur-Sultan"
becomes = "Astana"
reason = "renamed again"
"#;

fn sample() -> Source {
    Source {
        id: "countries",
        card_toml: source("countries").card_toml,
        lookups_toml: source("countries").lookups_toml,
        corrections_toml: CORRECTION,
        read,
    }
}

/// The table: every code that our own file speaks of, the columns that are not told empty.
fn table(kaz_capital: &str, leave_out: &str) -> Vec<u8> {
    let card = source("countries").card().unwrap();
    let columns: Vec<&str> = card.files[0]
        .columns
        .iter()
        .map(|c| c.name.as_str())
        .collect();
    let mut out = columns.join(",");
    for (code, alpha2) in codes() {
        let code = code.code();
        if code == leave_out {
            continue;
        }
        let fields = columns.iter().map(|c| match (*c, code) {
            ("ISO3166-1-Alpha-3", _) => code,
            ("ISO3166-1-Alpha-2", _) => &alpha2,
            ("ISO3166-1-numeric", _) => "1",
            ("Capital", "KAZ") => kaz_capital,
            ("Capital", _) => " \u{a0}",
            ("IOC", "SVN") => "SLO",
            ("IOC", "BHR") => "BRN",
            ("UNTERM English Formal", "KAZ") => "the Republic of Kazakhstan",
            ("UNTERM French Short", "KAZ") => "Kazakhstan (le)",
            ("official_name_en", "COG") => "Congo",
            _ => "",
        });
        out += "\n";
        out += &fields.collect::<Vec<_>>().join(",");
    }
    out.into_bytes()
}

/// Alpha-2 codes: the real ones where the tests' register has them, made up for the rest.
fn codes() -> BTreeMap<Country, String> {
    let (own, names) = own::load().unwrap();
    let real = registry();
    let real = |c| real.info(c).and_then(|i| i.alpha2.clone());
    let known = own.country.keys().filter(|c| !own.new.contains_key(c));
    let codes = known
        .chain(own.former.values().flat_map(|f| &f.successors))
        .chain(names.alias.iter().map(|a| &a.country))
        .chain(names.ambiguous.iter().flat_map(|a| &a.countries))
        .filter(|c| !own.former.contains_key(c) && !own.new.contains_key(c));
    let codes: BTreeSet<&Country> = codes.collect();
    codes
        .into_iter()
        .enumerate()
        .map(|(i, c)| {
            (
                *c,
                real(*c)
                    .unwrap_or_else(|| format!("{}{}", char::from(b'a' + (i / 10) as u8), i % 10)),
            )
        })
        .collect()
}

fn cldr(language: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let mut names = serde_json::Map::new();
    for (code, alpha2) in codes() {
        names.insert(alpha2, format!("name of {code} in {language}").into());
    }
    names.insert("XK".into(), "Kosovo".into());
    for (key, name) in more {
        names.insert((*key).to_owned(), (*name).into());
    }
    let display = json!({"localeDisplayNames": {"territories": names}});
    json!({"main": {language: display}})
        .to_string()
        .into_bytes()
}

/// All files of the card with the table and the English names given.
fn files(codes: Vec<u8>, english: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut all = vec![(CODES.to_owned(), codes)];
    for language in LANGUAGES {
        let names = if language == "en" {
            english.clone()
        } else {
            cldr(language, &[])
        };
        all.push((format!("cldr/{language}/territories.json"), names));
    }
    for file in source("countries").card().unwrap().files {
        if file.unread.is_some() {
            all.push((file.path, b"{}".to_vec()));
        }
    }
    all
}

fn borrowed(files: &[(String, Vec<u8>)]) -> Vec<(&str, &[u8])> {
    files
        .iter()
        .map(|(n, b)| (n.as_str(), b.as_slice()))
        .collect()
}

fn name<'r>(records: &'r Records, text: &str) -> Vec<&'r CountryName> {
    records.names.iter().filter(|n| n.name == text).collect()
}

#[test]
fn articles_and_asterisks_of_the_terminology_are_dropped() {
    for (written, meant) in [
        ("Holy See (the) *", "Holy See"),
        ("Cook Islands (the) **", "Cook Islands"),
        ("Afghanistan (l')", "Afghanistan"),
        ("Brasil (el)", "Brasil"),
        ("la République d'Albanie", "République d'Albanie"),
        ("l'Australie", "Australie"),
        ("los Estados Unidos", "Estados Unidos"),
        ("Iran (Islamic Republic of)", "Iran (Islamic Republic of)"),
        ("Lesotho", "Lesotho"),
        ("", ""),
    ] {
        assert_eq!(plain(written), meant);
    }
}

#[test]
fn codes_names_and_corrections_come_together() {
    let english = cldr(
        "en",
        &[
            ("KZ", "Kazakhstan"),
            ("KZ-alt-variant", "Qazaqstan"),
            ("BA", "Bosnia & Herzegovina"),
            ("MM", "Myanmar (Burma)"),
            ("001", "world"),
            ("EU", "European Union"),
            ("SI-alt-short", "KZ"),
        ],
    );
    let files = files(table("Nur-Sultan", ""), english);
    let (records, report) = read_sample(&sample(), &borrowed(&files));
    let of = |code: &str| {
        let found = records.countries.iter().find(|i| i.code.code() == code);
        found.unwrap_or_else(|| panic!("{code} is missing"))
    };
    assert_eq!(of("KAZ").capital.as_deref(), Some("Astana"));
    assert_eq!(
        of("SVN").capital,
        None,
        "a space that does not break is nothing"
    );
    assert_eq!(of("BIH").name, "Bosnia and Herzegovina");
    assert_eq!(of("MMR").name, "Myanmar");
    assert_eq!(name(&records, "Myanmar (Burma)")[0].kind, NameKind::Alias);
    assert_eq!(name(&records, "Qazaqstan")[0].kind, NameKind::Alias);
    assert_eq!(
        name(&records, "Republic of Kazakhstan")[0].kind,
        NameKind::Official
    );
    assert_eq!(name(&records, "Zaire")[0].kind, NameKind::Former);
    assert_eq!(name(&records, "SLO")[0].country.code(), "SVN");
    let brn: Vec<_> = name(&records, "BRN")
        .iter()
        .map(|n| n.country.code())
        .collect();
    assert_eq!(brn, ["BRN"], "Bahrain's IOC code is Brunei's alpha-3");
    assert_eq!(
        name(&records, "KZ").len(),
        1,
        "an abbreviation that is another's code"
    );
    assert!(name(&records, "European Union").is_empty());
    assert_eq!(
        of("SUN").until.map(|u| u.to_string()).as_deref(),
        Some("1991-12-26")
    );
    assert_eq!(of("XKX").name, "Kosovo");
    assert!(records.names.is_sorted_by(|a, b| a.key <= b.key));
    assert!(
        report.unresolved.is_empty() && report.skipped.is_empty(),
        "{report:?}"
    );
}

#[test]
fn a_capital_that_has_been_mended_stops() {
    let files = files(table("Astana", ""), cldr("en", &[]));
    let error = try_read_sample(&sample(), &borrowed(&files))
        .err()
        .unwrap()
        .to_string();
    assert!(error.contains("the correction of “Nur-Sultan”"), "{error}");
}

#[test]
fn a_country_that_is_gone_from_the_table_stops() {
    let files = files(table("Nur-Sultan", "SVN"), cldr("en", &[]));
    let error = try_read_sample(&sample(), &borrowed(&files))
        .err()
        .unwrap()
        .to_string();
    assert!(error.contains("SVN is not in country-codes.csv"), "{error}");
}

#[test]
fn a_code_that_nobody_knows_is_reported() {
    let files = files(table("Nur-Sultan", ""), cldr("en", &[("QQ", "Newland")]));
    let (_, report) = read_sample(&sample(), &borrowed(&files));
    assert_eq!(report.unresolved["QQ"], 1);
    assert_eq!(report.skipped[0].reason, "nobody has the code QQ");
}

#[test]
fn names_that_are_not_json_stop() {
    for bad in [
        &b"{"[..],
        b"{\"main\":{\"fr\":{\"localeDisplayNames\":{\"territories\":{}}}}}",
    ] {
        let files = files(table("Nur-Sultan", ""), bad.to_vec());
        let error = try_read_sample(&sample(), &borrowed(&files))
            .err()
            .unwrap()
            .to_string();
        assert!(
            error.starts_with("countries: cldr/en/territories.json, "),
            "{error}"
        );
    }
}
