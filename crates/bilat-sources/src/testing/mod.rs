//! What the tests of readers share: a source read from a few lines in a temporary folder.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::io::Write;

use bilat_model::evidence::{Citation, Locator};
use bilat_model::registry::{CountryInfo, CountryName, NameKind, Status, fold};
use bilat_model::source::SourceId;
use bilat_model::{Country, Registry};

use crate::{Records, Report, Source, SourceError, read_one};

/// The source of a name, from the list.
pub(crate) fn source(id: &str) -> &'static Source {
    crate::SOURCES.iter().find(|s| s.id == id).unwrap()
}

/// Reads a source from files written into a temporary folder, names resolved by [`registry`].
///
/// # Errors
/// What the reader says: for tests of broken structure.
pub(crate) fn try_read_sample(
    source: &Source,
    files: &[(&str, &[u8])],
) -> Result<(Records, Report), SourceError> {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(source.card()?.folder()).join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let mut records = Records::default();
    let report = read_one(source, dir.path(), &registry(), &mut records)?;
    Ok((records, report))
}

/// As [`try_read_sample`], for samples that are built as they should be.
pub(crate) fn read_sample(source: &Source, files: &[(&str, &[u8])]) -> (Records, Report) {
    match try_read_sample(source, files) {
        Ok(read) => read,
        Err(e) => panic!("{e}"),
    }
}

/// Bytes as a `.gz` file holds them.
pub(crate) fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut w = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    w.write_all(bytes).unwrap();
    w.finish().unwrap()
}

/// A registry of all states, some territories and the former states, each under its English
/// name, its code and the aliases in `registry.txt`; `alpha2` and `fips` are filled in.
pub(crate) fn registry() -> Registry {
    let cite = || Citation {
        source: SourceId::new("countries"),
        file: "registry.txt".into(),
        at: Locator::Line(1),
    };
    let mut infos = Vec::new();
    let mut names = Vec::new();
    for line in include_str!("registry.txt").lines() {
        let fields: Vec<&str> = line.split('|').collect();
        let [code, status, alpha2, numeric, cow, fips, since, until, all] = fields[..] else {
            panic!("registry.txt: {line}");
        };
        let code: Country = code.parse().unwrap();
        let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
        let mut spelt = all.split(';');
        let name = spelt.next().unwrap();
        infos.push(CountryInfo {
            code,
            alpha2: some(alpha2),
            numeric: numeric.parse().ok(),
            cow: cow.parse().ok(),
            fips: some(fips),
            status: status.parse::<Status>().unwrap(),
            name: name.to_owned(),
            capital: None,
            region: None,
            subregion: None,
            currency: None,
            since: since.parse().ok(),
            until: until.parse().ok(),
            successors: Vec::new(),
            citation: cite(),
        });
        let mut add = |text: &str, kind| {
            names.push(CountryName {
                country: code,
                name: text.to_owned(),
                key: fold(text),
                language: (kind != NameKind::Code).then(|| "en".to_owned()),
                kind,
                since: None,
                until: None,
                citation: cite(),
            });
        };
        add(name, NameKind::Short);
        spelt.for_each(|s| add(s, NameKind::Alias));
        add(code.code(), NameKind::Code);
        some(alpha2).iter().for_each(|a| add(a, NameKind::Code));
    }
    names.sort_by(|a, b| a.key.cmp(&b.key));
    Registry::new(infos, names)
}
