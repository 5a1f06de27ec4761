//! Reader of `countries`: codes and facts from one table, names in ten languages from CLDR, and
//! what neither says from our own `countries.toml` and `names.toml`.
//!
//! Corrections name a record of the table by alpha-3 code and column: `KAZ Capital`.

mod own;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bilat_model::Country;
use bilat_model::evidence::{Citation, Locator};
use bilat_model::registry::{CountryInfo, CountryName, NameKind, Status, fold};
use serde::Deserialize;

use crate::{Context, Name, SourceError};
use own::{Former, New, Own};

const CODES: &str = "country-codes.csv";

/// The languages of CLDR that are read, English first: its names are the ones shown.
pub const LANGUAGES: [&str; 10] = ["en", "ru", "kk", "sl", "fr", "es", "ar", "zh", "de", "tr"];

/// Columns of the table that hold a name: column, language, kind.
const NAME_COLUMNS: [(&str, &str, NameKind); 18] = [
    ("official_name_en", "en", NameKind::Alias),
    ("official_name_fr", "fr", NameKind::Alias),
    ("official_name_es", "es", NameKind::Alias),
    ("official_name_ru", "ru", NameKind::Alias),
    ("official_name_ar", "ar", NameKind::Alias),
    ("official_name_cn", "zh", NameKind::Alias),
    ("UNTERM English Short", "en", NameKind::Alias),
    ("UNTERM French Short", "fr", NameKind::Alias),
    ("UNTERM Spanish Short", "es", NameKind::Alias),
    ("UNTERM Russian Short", "ru", NameKind::Alias),
    ("UNTERM Arabic Short", "ar", NameKind::Alias),
    ("UNTERM Chinese Short", "zh", NameKind::Alias),
    ("UNTERM English Formal", "en", NameKind::Official),
    ("UNTERM French Formal", "fr", NameKind::Official),
    ("UNTERM Spanish Formal", "es", NameKind::Official),
    ("UNTERM Russian Formal", "ru", NameKind::Official),
    ("UNTERM Arabic Formal", "ar", NameKind::Official),
    ("UNTERM Chinese Formal", "zh", NameKind::Official),
];

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let (own, names) = own::load()?;
    let mut all = Gathered::default();
    read_codes(context, &own, &mut all)?;
    for (code, new) in &own.new {
        all.add_new(context, *code, new, &own);
    }
    for language in LANGUAGES {
        read_cldr(context, language, &own, &mut all)?;
    }
    for (code, former) in &own.former {
        all.add_former(context, *code, former);
    }
    all.add_own_names(context, names)?;
    all.check(&own)?;
    let (countries, names) = all.finish();
    context.records.countries = countries;
    context.records.names = names;
    Ok(())
}

/// Countries and names as they come in.
#[derive(Default)]
struct Gathered {
    infos: BTreeMap<Country, CountryInfo>,
    by_alpha2: BTreeMap<String, Country>,
    /// IOC codes, to be told apart from alpha-3 codes when all are there.
    ioc: Vec<(Country, String, Citation)>,
    names: Vec<CountryName>,
}

/// The table of codes: a country a record, with its names in the UN's six languages.
fn read_codes(context: &mut Context<'_>, own: &Own, all: &mut Gathered) -> Result<(), SourceError> {
    let mut table = context.table(CODES, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let file = Arc::clone(&row.file);
        let at = Locator::Line(row.line);
        let code = row.get("ISO3166-1-Alpha-3");
        let (Ok(country), numeric, alpha2) = (
            code.parse::<Country>(),
            row.get("ISO3166-1-numeric").parse().ok(),
            row.get("ISO3166-1-Alpha-2"),
        ) else {
            let reason = format!("“{code}” is no alpha-3 code");
            context.skip(&file, at, reason);
            continue;
        };
        if alpha2.len() != 2 || numeric.is_none() || all.infos.contains_key(&country) {
            let reason = format!("{code} stands twice or lacks its alpha-2 or numeric code");
            context.skip(&file, at, reason);
            continue;
        }
        context.keep(&file);
        let citation = context.cite(&file, at);
        let mut field = |column: &str| {
            let text = row.get(column).trim();
            let text = context.correct(CODES, &format!("{code} {column}"), text);
            (!text.is_empty()).then(|| text.into_owned())
        };
        if let Some(ioc) = field("IOC") {
            all.ioc.push((country, ioc, citation.clone()));
        }
        let today = own.country.get(&country);
        let info = CountryInfo {
            code: country,
            alpha2: Some(alpha2.to_owned()),
            numeric,
            cow: today.and_then(|t| t.cow),
            fips: field("FIPS"),
            status: today.and_then(|t| t.status).unwrap_or(Status::Territory),
            name: String::new(), // comes with CLDR's English
            capital: field("Capital"),
            region: field("Region Name"),
            subregion: field("Sub-region Name"),
            currency: field("ISO4217-currency_alphabetic_code"),
            since: today.and_then(|t| t.since),
            until: None,
            successors: Vec::new(),
            citation: citation.clone(),
        };
        for (column, language, kind) in NAME_COLUMNS {
            let name = plain(row.get(column));
            if !name.is_empty() {
                all.add(country, name, Some(language), kind, citation.clone());
            }
        }
        all.by_alpha2.insert(alpha2.to_owned(), country);
        all.infos.insert(country, info);
    }
    Ok(())
}

/// A name as the UN's terminology lists it, without what it adds for its own use: asterisks for
/// observers, the article in brackets behind a short name, the article before a full one.
fn plain(name: &str) -> &str {
    let mut name = name.trim_end_matches(['*', ' ']).trim();
    if let Some((before, bracket)) = name.rsplit_once(" (") {
        let article = bracket.trim_end_matches(')');
        if ["the", "le", "la", "les", "l'", "el", "los", "las"].contains(&article) {
            name = before;
        }
    }
    ["the ", "le ", "la ", "les ", "l'", "el ", "los ", "las "]
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(name)
}

/// The part of a CLDR file that is read.
#[derive(Deserialize)]
struct Cldr {
    main: BTreeMap<String, CldrLanguage>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CldrLanguage {
    locale_display_names: CldrNames,
}

#[derive(Deserialize)]
struct CldrNames {
    territories: BTreeMap<String, String>,
}

/// One language's names: `KZ`, or `US-alt-short` and `CZ-alt-variant` for others in use.
fn read_cldr(
    context: &mut Context<'_>,
    language: &str,
    own: &Own,
    all: &mut Gathered,
) -> Result<(), SourceError> {
    let path = format!("cldr/{language}/territories.json");
    let (file, data) = context.bytes(&path)?;
    let cldr: Cldr = serde_json::from_slice(&data)
        .map_err(|e| context.structure(&path, &format!("line {}", e.line()), e.to_string()))?;
    let Some(names) = cldr.main.get(language) else {
        return Err(context.structure(&path, "/main", format!("no language {language} in it")));
    };
    for (key, name) in &names.locale_display_names.territories {
        context.seen(&file);
        let pointer = format!("/main/{language}/localeDisplayNames/territories/{key}");
        let at = Locator::Pointer(pointer);
        let (alpha2, variant) = key
            .split_once("-alt-")
            .map_or((&**key, false), |k| (k.0, true));
        if alpha2.bytes().all(|b| b.is_ascii_digit()) {
            context.leave_out(&file, "a region of the world");
            continue;
        }
        let Some(country) = all.by_alpha2.get(alpha2).copied() else {
            match context.country(alpha2) {
                Name::NotACountry => context.leave_out(&file, "no country of the register"),
                _ => context.skip(&file, at, format!("nobody has the code {alpha2}")),
            }
            continue;
        };
        let other = all.by_alpha2.get(name.as_str());
        if variant && other.is_some_and(|c| *c != country) {
            // Spanish shortens the United Kingdom to RU.
            context.leave_out(&file, "an abbreviation that is another country's code");
            continue;
        }
        context.keep(&file);
        let citation = context.cite(&file, at);
        let kind = if variant {
            NameKind::Alias
        } else {
            NameKind::Short
        };
        if language == "en" && !variant {
            all.add_english(context, country, name, own, citation);
        } else {
            all.add(country, name, Some(language), kind, citation);
        }
    }
    Ok(())
}

impl Gathered {
    fn add(
        &mut self,
        country: Country,
        name: &str,
        language: Option<&str>,
        kind: NameKind,
        citation: Citation,
    ) {
        self.names.push(CountryName {
            country,
            name: name.to_owned(),
            key: fold(name),
            language: language.map(str::to_owned),
            kind,
            since: None,
            until: None,
            citation,
        });
    }

    /// CLDR's English name: the one shown, with `and` for `&`, unless ours replaces it.
    fn add_english(
        &mut self,
        context: &Context<'_>,
        country: Country,
        cldr: &str,
        own: &Own,
        citation: Citation,
    ) {
        let ours = own.country.get(&country).and_then(|t| t.name.as_deref());
        let shown = ours.map_or_else(|| cldr.replace(" & ", " and "), str::to_owned);
        if let Some(info) = self.infos.get_mut(&country) {
            info.name.clone_from(&shown);
        }
        let (ours_cited, cldr_kind) = match ours {
            Some(_) => (
                cite_own(context, "countries.toml", country),
                NameKind::Alias,
            ),
            None => (citation.clone(), NameKind::Short),
        };
        if ours.is_some() {
            self.add(country, cldr, Some("en"), cldr_kind, citation);
        }
        self.add(country, &shown, Some("en"), NameKind::Short, ours_cited);
    }

    fn add_new(&mut self, context: &Context<'_>, code: Country, new: &New, own: &Own) {
        let today = own.country.get(&code);
        self.by_alpha2.insert(new.alpha2.clone(), code);
        let info = CountryInfo {
            code,
            alpha2: Some(new.alpha2.clone()),
            numeric: None,
            cow: today.and_then(|t| t.cow),
            fips: new.fips.clone(),
            status: today.and_then(|t| t.status).unwrap_or(Status::Territory),
            name: new.name.clone(),
            capital: Some(new.capital.clone()),
            region: Some(new.region.clone()),
            subregion: Some(new.subregion.clone()),
            currency: Some(new.currency.clone()),
            since: today.and_then(|t| t.since),
            until: None,
            successors: Vec::new(),
            citation: cite_own(context, "countries.toml", code),
        };
        self.infos.insert(code, info);
    }

    fn add_former(&mut self, context: &Context<'_>, code: Country, former: &Former) {
        let citation = cite_own(context, "countries.toml", code);
        self.add(
            code,
            &former.name,
            Some("en"),
            NameKind::Short,
            citation.clone(),
        );
        let info = CountryInfo {
            code,
            alpha2: former.alpha2.clone(),
            numeric: former.numeric,
            cow: former.cow,
            fips: None,
            status: Status::Former,
            name: former.name.clone(),
            capital: former.capital.clone(),
            region: None,
            subregion: None,
            currency: None,
            since: Some(former.since),
            until: Some(former.until),
            successors: former.successors.clone(),
            citation,
        };
        self.infos.insert(code, info);
    }

    fn add_own_names(
        &mut self,
        context: &Context<'_>,
        names: own::Names,
    ) -> Result<(), SourceError> {
        let known = |c: Country| {
            let reason = || format!("nobody has the code {c}");
            self.infos
                .get(&c)
                .map(|_| ())
                .ok_or_else(|| own::wrong("names.toml", reason()))
        };
        names.alias.iter().try_for_each(|a| known(a.country))?;
        names
            .ambiguous
            .iter()
            .flat_map(|a| &a.countries)
            .try_for_each(|c| known(*c))?;
        for alias in names.alias {
            for name in &alias.names {
                self.names.push(CountryName {
                    country: alias.country,
                    name: name.clone(),
                    key: fold(name),
                    language: Some(alias.language.clone()),
                    kind: alias.kind,
                    since: alias.since,
                    until: alias.until,
                    citation: cite_own(context, "names.toml", alias.country),
                });
            }
        }
        for a in &names.ambiguous {
            for country in &a.countries {
                let citation = cite_own(context, "names.toml", *country);
                self.add(
                    *country,
                    &a.name,
                    Some(&a.language),
                    NameKind::Ambiguous,
                    citation,
                );
            }
        }
        Ok(())
    }

    /// Every country that our own file speaks of is there, and every country has a name.
    fn check(&self, own: &Own) -> Result<(), SourceError> {
        let successors = own.former.values().flat_map(|f| &f.successors);
        if let Some(c) = own
            .country
            .keys()
            .chain(successors)
            .find(|c| !self.infos.contains_key(c))
        {
            let reason = format!("{c} is not in {CODES}");
            return Err(own::wrong("countries.toml", reason));
        }
        match self.infos.values().find(|i| i.name.is_empty()) {
            Some(i) => {
                let reason = format!("CLDR has no English name for {}", i.code);
                Err(own::wrong("countries.toml", reason))
            }
            None => Ok(()),
        }
    }

    /// Codes as names, then everything once: a country's short names in each language, and of
    /// the rest one row a key. Sorted by key.
    fn finish(mut self) -> (Vec<CountryInfo>, Vec<CountryName>) {
        self.add_codes();
        // Our own rows with dates before the same name without.
        let rank = |n: &CountryName| match n.kind {
            NameKind::Short => 0,
            NameKind::Former => 1,
            NameKind::Ambiguous => 2,
            NameKind::Official => 3,
            NameKind::Alias => 4,
            NameKind::Code => 5,
        };
        self.names.sort_by_key(rank);
        let mut seen = BTreeSet::new();
        self.names.retain(|n| {
            let first = seen.insert((n.country, n.key.clone()));
            first || rank(n) < 3
        });
        self.names.sort_by(|a, b| {
            (&a.key, a.country, a.kind, &a.language).cmp(&(&b.key, b.country, b.kind, &b.language))
        });
        (self.infos.into_values().collect(), self.names)
    }

    /// Alpha-2 and alpha-3 codes, and those IOC codes that are no other country's alpha-3.
    fn add_codes(&mut self) {
        let mut codes = Vec::new();
        for i in self.infos.values() {
            // Alpha-2 codes of states that are gone are given anew: CS, AN, SU are not offered.
            if let Some(a) = i.alpha2.as_deref().filter(|_| i.status != Status::Former) {
                codes.push((i.code, a.to_owned(), i.citation.clone()));
            }
            codes.push((i.code, i.code.to_string(), i.citation.clone()));
        }
        for (country, ioc, citation) in std::mem::take(&mut self.ioc) {
            let taken = ioc
                .parse::<Country>()
                .is_ok_and(|c| self.infos.contains_key(&c));
            if !taken {
                codes.push((country, ioc, citation));
            }
        }
        for (country, code, citation) in codes {
            self.add(country, &code, None, NameKind::Code, citation);
        }
    }
}

/// The citation of our own files, which the program carries beside the source's.
fn cite_own(context: &Context<'_>, file: &str, country: Country) -> Citation {
    context.cite(&file.into(), Locator::Pointer(country.to_string()))
}

#[cfg(test)]
mod tests;
