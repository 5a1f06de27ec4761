//! The names of countries, their people, capitals and places, ready to be found.

use std::collections::BTreeSet;

use bilat_model::profile::City;
use bilat_model::registry::NameKind;
use bilat_model::{Country, Registry};

use super::As;
use super::data::{Data, Place, load};
use super::lexicon::{Draft, Lexicon, WordSet};
use super::organisations::Lexicons as Bodies;
use super::persons::Lexicons as Offices;
use crate::tokens::{Vocabulary, Word};

/// What a name stands for, and under which conditions.
#[derive(Clone, Debug)]
pub(super) struct Sense {
    pub(super) country: Country,
    pub(super) also: Vec<Country>,
    pub(super) how: As,
    pub(super) guard: Guard,
}

/// Conditions that a name must meet beside its letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Guard {
    /// No country at all: the phrase only keeps others from being found in it.
    pub(super) nothing: bool,
    /// Only in capitals.
    pub(super) code: bool,
    /// Only before a hyphen and another country.
    pub(super) prefix: bool,
    /// A given name of people, too.
    pub(super) given: bool,
    /// A surname of people, too.
    pub(super) surname: bool,
    /// An English word, too.
    pub(super) common: bool,
    /// Out of a list of the world's cities, and not looked at one by one.
    pub(super) listed: bool,
    /// The seat of an international body.
    pub(super) venue: bool,
}

/// The names of countries and of all that is named for them; made once, then only read.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    pub(super) names: Lexicon,
    pub(super) senses: Vec<Sense>,
    pub(super) given_names: WordSet,
    pub(super) titles: WordSet,
    pub(super) currencies: WordSet,
    /// Codes that are written with small letters too.
    pub(super) spelled: BTreeSet<String>,
    pub(super) words: Particles,
    pub(super) offices: Offices,
    pub(super) bodies: Bodies,
}

/// Small words that names are told by.
#[derive(Clone, Debug)]
pub(super) struct Particles {
    /// in, at, near, from, to: before a place.
    pub(super) before_place: WordSet,
    /// What a text calls itself before its place and day: "Press release, Tallinn, 22 May".
    pub(super) labels: WordSet,
    /// Months and days of the week.
    pub(super) calendar: WordSet,
    pub(super) possessive: Word,
    pub(super) of: Word,
    pub(super) in_: Word,
    pub(super) and: Word,
    pub(super) or: Word,
    pub(super) the: Word,
    pub(super) a: Word,
    pub(super) at: Word,
    pub(super) for_: Word,
    pub(super) on: Word,
    pub(super) to: Word,
    pub(super) under: Word,
    pub(super) who: Word,
}

impl Particles {
    fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut set = |words: &str| {
            let mut out = WordSet::default();
            out.add(words, vocabulary);
            out
        };
        Self {
            before_place: set("in at near from to of city town port outside around"),
            labels: set("press media news information release statement communique note"),
            calendar: set(
                "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
            ),
            possessive: vocabulary.add("'s"),
            of: vocabulary.add("of"),
            in_: vocabulary.add("in"),
            and: vocabulary.add("and"),
            or: vocabulary.add("or"),
            the: vocabulary.add("the"),
            a: vocabulary.add("a"),
            at: vocabulary.add("at"),
            for_: vocabulary.add("for"),
            on: vocabulary.add("on"),
            to: vocabulary.add("to"),
            under: vocabulary.add("under"),
            who: vocabulary.add("who"),
        }
    }
}

/// Senses in the order of their rights: of two for one phrase the earlier stays.
struct Builder {
    draft: Draft,
    senses: Vec<Sense>,
    given: BTreeSet<String>,
    given_city: BTreeSet<String>,
    surname: BTreeSet<String>,
    common: BTreeSet<String>,
    venue: BTreeSet<String>,
    skip: BTreeSet<String>,
}

impl Builder {
    fn new(data: &Data) -> Self {
        let set = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
        Self {
            draft: Draft::default(),
            senses: Vec::new(),
            given: set(&data.guards.given.country),
            given_city: set(&data.guards.given.city),
            surname: set(&data.guards.surname.names),
            common: set(&data.guards.common.names),
            venue: set(&data.places.venue.names),
            skip: set(&data.guards.skip.names),
        }
    }

    fn add(&mut self, name: &str, country: Country, how: As, also: &[Country]) {
        let guard = Guard {
            given: match how {
                As::Capital | As::City => self.given_city.contains(name),
                _ => self.given.contains(name),
            },
            surname: self.surname.contains(name),
            venue: self.venue.contains(name),
            ..Guard::default()
        };
        self.push(name, country, how, also, guard);
    }

    fn push(&mut self, name: &str, country: Country, how: As, also: &[Country], guard: Guard) {
        // Of a name with "the" the rest is found with and without it.
        let bare = name.strip_prefix("the ").unwrap_or(name);
        self.draft.add(bare, self.senses.len() as u32);
        self.senses.push(Sense {
            country,
            also: also.to_vec(),
            how,
            guard,
        });
    }

    fn guarded(&mut self, data: &Data) {
        let nowhere = Country::new("ZZZ");
        let nothing = Guard {
            nothing: true,
            ..Guard::default()
        };
        for name in data.guards.not_a_country.iter().flat_map(|w| &w.names) {
            self.push(name, nowhere, As::Name, &[], nothing);
        }
        let code = Guard {
            code: true,
            ..Guard::default()
        };
        for (name, country) in &data.guards.codes {
            self.push(name, *country, As::Code, &[], code);
        }
    }

    /// Short names first, so that a name that two share is that of the state that is called so.
    fn countries(&mut self, data: &Data, registry: &Registry) {
        for place in &data.places.name {
            for name in &place.names {
                self.add(name, place.country, As::Name, &[]);
            }
        }
        for ambiguous in [
            NameKind::Short,
            NameKind::Ambiguous,
            NameKind::Official,
            NameKind::Alias,
            NameKind::Former,
        ] {
            let rows = registry.names().iter();
            for n in rows.filter(|n| n.kind == ambiguous && n.language.as_deref() == Some("en")) {
                self.country(&n.name, n.country);
            }
        }
        for info in registry.countries() {
            self.country(&info.name, info.code);
        }
    }

    fn country(&mut self, name: &str, country: Country) {
        // "Korea, North" is how lists are sorted; in a text it is three things.
        if name.contains([',', '(']) || self.skip.contains(name.trim_end_matches('.')) {
            return;
        }
        // Abbreviations stand in the list of codes, with what each means.
        if name.len() <= 5 && !name.chars().any(char::is_lowercase) {
            return;
        }
        self.add(name, country, As::Name, &[]);
        if let Some(rest) = name.strip_prefix("Saint ") {
            self.add(&format!("St {rest}"), country, As::Name, &[]);
            self.add(&format!("St. {rest}"), country, As::Name, &[]);
        }
        if name.contains(" and ") {
            self.add(&name.replace(" and ", " & "), country, As::Name, &[]);
        }
    }

    fn demonyms(&mut self, data: &Data) {
        for (country, d) in &data.demonyms.demonyms {
            for form in &d.adjectives {
                self.add(form, *country, As::Adjective, d.others(form));
            }
            for form in d.plurals() {
                self.add(&form, *country, As::People, d.others(&form));
            }
        }
        let prefix = Guard {
            prefix: true,
            ..Guard::default()
        };
        for (name, p) in &data.demonyms.prefixes {
            self.push(name, p.country, As::Adjective, &[], prefix);
        }
    }

    fn places(&mut self, data: &Data, registry: &Registry) {
        for info in registry.countries() {
            // What former states had as capitals is the capital of a state of today.
            if info.until.is_some() {
                continue;
            }
            let capital = info.capital.as_deref();
            if let Some(name) = capital.filter(|c| !self.common.contains(&c.to_lowercase())) {
                self.add(name, info.code, As::Capital, &[]);
                if let Some(rest) = name.strip_prefix("Saint ") {
                    self.add(&format!("St. {rest}"), info.code, As::Capital, &[]);
                }
            } else if let Some(name) = capital {
                let guard = Guard {
                    common: true,
                    given: self.given_city.contains(name),
                    ..Guard::default()
                };
                self.push(name, info.code, As::Capital, &[], guard);
            }
        }
        let all = |b: &mut Self, places: &[Place], how: As| {
            for p in places {
                for name in &p.names {
                    b.add(name, p.country, how, &[]);
                }
            }
        };
        all(self, &data.places.capital, As::Capital);
        all(self, &data.places.government, As::Government);
        all(self, &data.places.city, As::City);
    }

    fn cities(&mut self, cities: &[City]) {
        let mut by_size: Vec<&City> = cities.iter().collect();
        by_size.sort_by(|a, b| b.population.cmp(&a.population).then(a.name.cmp(&b.name)));
        for city in by_size {
            // Names of two letters are words of some language.
            if city.name.chars().count() < 3 {
                continue;
            }
            let low = city.name.to_lowercase();
            let guard = Guard {
                common: self.common.contains(&low),
                given: self.given_city.contains(&city.name),
                surname: self.surname.contains(&city.name),
                listed: true,
                venue: self.venue.contains(&city.name),
                ..Guard::default()
            };
            let how = if city.capital && !guard.common {
                As::Capital
            } else {
                As::City
            };
            self.push(&city.name, city.country, how, &[], guard);
        }
    }

    /// Where one phrase was drafted twice, the later countries are what it may mean, too.
    fn merge(&mut self, names: &mut Lexicon) {
        for (kept, gone) in std::mem::take(&mut names.merged) {
            let (a, b) = (kept as usize, gone as usize);
            let (country, also) = (self.senses[b].country, self.senses[b].also.clone());
            let (how, level) = (self.senses[b].how, self.senses[a].how);
            let kept = &mut self.senses[a];
            // A country's name is not a town's; only like names are confused.
            if how != level || kept.guard.nothing || kept.guard.code {
                continue;
            }
            for c in also.into_iter().chain([country]) {
                if c != kept.country && !kept.also.contains(&c) {
                    kept.also.push(c);
                }
            }
        }
    }
}

impl Gazetteer {
    /// The names of a register's countries and of some cities. All words in them become known to
    /// the vocabulary, which must then cut the texts.
    #[must_use]
    pub fn new(registry: &Registry, cities: &[City], vocabulary: &mut Vocabulary) -> Self {
        // The files are compiled in and a test reads them; there is nobody to tell otherwise.
        let data = load().unwrap_or_else(|e| unreachable!("the data files of names: {e}"));
        let mut b = Builder::new(&data);
        b.guarded(&data);
        b.countries(&data, registry);
        b.demonyms(&data);
        b.places(&data, registry);
        b.cities(cities);
        let mut names = std::mem::take(&mut b.draft).compile(vocabulary);
        b.merge(&mut names);
        let mut set = |list: &[String]| {
            let mut out = WordSet::default();
            for name in list {
                out.add(name, vocabulary);
            }
            out
        };
        Self {
            names,
            senses: b.senses,
            given_names: set(&data.guards.given_names.names),
            titles: set(&data.guards.given_names.titles),
            currencies: set(&data.guards.currencies.names),
            spelled: data
                .guards
                .codes
                .into_keys()
                .filter(|c| c.contains(char::is_lowercase))
                .collect(),
            words: Particles::new(vocabulary),
            offices: Offices::new(&data.offices, vocabulary),
            bodies: Bodies::new(&data.bodies, vocabulary),
        }
    }
}
