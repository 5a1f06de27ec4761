//! What is known of each country, and the name lookup.
//!
//! Names are looked up, never compared: every spelling that the sources or people use is a row
//! that leads to a code. Two entrances differ on purpose. [`Registry::name`] serves sources,
//! whose spellings are exact ("Guinea" is Guinea). [`Registry::find`] serves people, who type
//! codes, accents or none, misspell, and say "Guinea" when four countries could be meant.

use std::collections::BTreeMap;

use icu_casemap::CaseMapper;
use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use serde::{Deserialize, Serialize};

use crate::evidence::vocabulary;
use crate::evidence::{Citation, UnknownWord};
use crate::{Country, Pair, Period};

use serde::{Deserializer, Serializer};
use std::fmt;
use std::str::FromStr;

vocabulary! {
    /// What a code stands for.
    Status {
        /// A state: UN members, the two observer states, Kosovo and Taiwan.
        State = "state",
        /// A dependent or special territory with a code of its own.
        Territory = "territory",
        /// A state or reporting area that is gone.
        Former = "former",
    }
}

/// What is known of a country as a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountryInfo {
    /// Its three-letter code.
    pub code: Country,
    /// ISO 3166-1 alpha-2, for those that have one.
    pub alpha2: Option<String>,
    /// ISO 3166-1 numeric, also M49.
    pub numeric: Option<u16>,
    /// Correlates of War country code.
    pub cow: Option<u16>,
    /// FIPS 10-4.
    pub fips: Option<String>,
    /// What it is.
    pub status: Status,
    /// Its English short name after CLDR.
    pub name: String,
    /// Its capital.
    pub capital: Option<String>,
    /// M49 region, such as `Asia`.
    pub region: Option<String>,
    /// M49 sub-region, such as `Central Asia`.
    pub subregion: Option<String>,
    /// ISO 4217 code of its currency.
    pub currency: Option<String>,
    /// When it began, for those that came out of another country of the register; others none.
    pub since: Option<Period>,
    /// When it ended, for former ones.
    pub until: Option<Period>,
    /// Who came after it, for former ones.
    pub successors: Vec<Country>,
    /// Where it stands.
    pub citation: Citation,
}

vocabulary! {
    /// What kind of name.
    NameKind {
        /// The usual short name in a language.
        Short = "short",
        /// The full name in a language.
        Official = "official",
        /// Another name or spelling in use.
        Alias = "alias",
        /// A name it no longer has.
        Former = "former",
        /// A code that people type: alpha-2, alpha-3, IOC.
        Code = "code",
        /// A name that people use for several countries; each of them has a row.
        Ambiguous = "ambiguous",
    }
}

/// One name of one country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountryName {
    /// Whose.
    pub country: Country,
    /// As it is written.
    pub name: String,
    /// [`fold`]ed.
    pub key: String,
    /// BCP 47 language; `None` for codes.
    pub language: Option<String>,
    /// What kind.
    pub kind: NameKind,
    /// First day of use, when dated.
    pub since: Option<Period>,
    /// Last day of use, for former names.
    pub until: Option<Period>,
    /// Where it stands.
    pub citation: Citation,
}

/// A name reduced to what tells names apart: compatibility-decomposed, without accents, case
/// folded, punctuation as single spaces, a leading "the" dropped.
///
/// ```
/// use bilat_model::registry::fold;
/// assert_eq!(fold("Côte d’Ivoire"), "cote d ivoire");
/// assert_eq!(fold("The Gambia"), "gambia");
/// assert_eq!(fold("КАЗАХСТАН"), "казахстан");
/// ```
#[must_use]
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    if name.is_ascii() {
        fold_into(name.to_ascii_lowercase().chars(), &mut out);
    } else {
        // Decomposed before folding, so that compatibility forms of capitals (𝔻) are folded too,
        // and after, since folding may compose.
        let nfkd = DecomposingNormalizerBorrowed::new_nfkd();
        let apart = nfkd.normalize(name);
        let folded = CaseMapper::new().fold_string(&apart);
        let plain = nfkd.normalize(&folded);
        fold_into(plain.chars(), &mut out);
    }
    let kept = out.trim_start_matches("the ").len();
    out.split_off(out.len() - kept)
}

fn fold_into(chars: impl Iterator<Item = char>, out: &mut String) {
    use GeneralCategory as G;
    let categories = CodePointMapData::<GeneralCategory>::new();
    let mut gap = false;
    for c in chars {
        let word = if c.is_ascii() {
            c.is_ascii_alphanumeric() || c == '&'
        } else {
            match categories.get(c) {
                G::NonspacingMark | G::Format => continue,
                _ => c.is_alphanumeric() || categories.get(c) == G::SpacingMark,
            }
        };
        if !word {
            gap = true;
            continue;
        }
        if (gap || c == '&') && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        gap = c == '&';
        match c {
            '&' => out.push_str("and"),
            _ => out.push(c),
        }
    }
}

/// Why a name leads to no country.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotFound {
    /// Nobody is called that.
    #[error("no country is called “{name}”")]
    Unknown {
        /// As it was typed.
        name: String,
        /// What may have been meant, nearest first.
        suggestions: Vec<(Country, String)>,
    },
    /// Several are.
    #[error("“{name}” may mean several countries")]
    Ambiguous {
        /// As it was typed.
        name: String,
        /// Who is called that, by code.
        candidates: Vec<(Country, String)>,
    },
}

/// All countries and their names.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    infos: BTreeMap<Country, CountryInfo>,
    /// Sorted by key, so that a lookup is a binary search and loading copies nothing.
    names: Vec<CountryName>,
}

impl Registry {
    /// A registry of these countries under these names. Names that come sorted by key, as the
    /// snapshot keeps them, are taken as they are.
    #[must_use]
    pub fn new(infos: Vec<CountryInfo>, mut names: Vec<CountryName>) -> Self {
        if !names.is_sorted_by(|a, b| a.key <= b.key) {
            names.sort_by(|a, b| a.key.cmp(&b.key));
        }
        Self {
            infos: infos.into_iter().map(|i| (i.code, i)).collect(),
            names,
        }
    }

    /// The rows of a folded key.
    fn rows(&self, key: &str) -> &[CountryName] {
        let from = self.names.partition_point(|n| n.key.as_str() < key);
        let rest = &self.names[from..];
        &rest[..rest.iter().take_while(|n| n.key == key).count()]
    }

    /// What is known of a code.
    #[must_use]
    pub fn info(&self, code: Country) -> Option<&CountryInfo> {
        self.infos.get(&code)
    }

    /// All countries by code.
    pub fn countries(&self) -> impl Iterator<Item = &CountryInfo> {
        self.infos.values()
    }

    /// All names, by key.
    #[must_use]
    pub fn names(&self) -> &[CountryName] {
        &self.names
    }

    /// The states, by code: what "all pairs" is made of.
    #[must_use]
    pub fn states(&self) -> Vec<Country> {
        self.infos
            .values()
            .filter(|i| i.status == Status::State)
            .map(|i| i.code)
            .collect()
    }

    /// All pairs of states, in order.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair> {
        let states = self.states();
        let mut out = Vec::with_capacity(states.len() * states.len() / 2);
        for (i, a) in states.iter().enumerate() {
            out.extend(
                states[i + 1..]
                    .iter()
                    .filter_map(|b| Pair::new(*a, *b).ok()),
            );
        }
        out
    }

    /// The English short name; `unknown` for a code that is not known.
    #[must_use]
    pub fn english(&self, code: Country) -> &str {
        self.infos.get(&code).map_or("unknown", |i| &i.name)
    }

    /// The country that a source calls so: exactly one, whatever people may confuse it with.
    /// Codes are not names.
    #[must_use]
    pub fn name(&self, name: &str) -> Option<Country> {
        let mut found = None;
        for n in self.rows(&fold(name)) {
            if matches!(n.kind, NameKind::Code | NameKind::Ambiguous) {
                continue;
            }
            match found {
                None => found = Some(n.country),
                Some(c) if c != n.country => return None,
                Some(_) => {}
            }
        }
        found
    }

    /// The country that has a Correlates of War code during a period. Several may share one over
    /// time: 365 is the Soviet Union, then Russia; 345 Yugoslavia, then Serbia. Where two follow
    /// each other within the period, it is the one that exists on its last day.
    #[must_use]
    pub fn cow(&self, code: u16, during: Period) -> Option<Country> {
        let mut who = self.infos.values().filter(|i| i.cow == Some(code));
        let there = |i: &&CountryInfo| self.existed(i.code, during);
        let last = |i: &&CountryInfo| i.until.is_none_or(|u| u.last() >= during.last());
        who.clone()
            .filter(there)
            .find(last)
            .or_else(|| who.find(there))
            .map(|i| i.code)
    }

    /// The country that a person means.
    ///
    /// # Errors
    /// [`NotFound`], with suggestions or candidates.
    pub fn find(&self, text: &str) -> Result<Country, NotFound> {
        let typed = text.trim();
        // Alpha-3 codes come first; the other codes are among the names.
        if let Ok(c) = typed.parse::<Country>()
            && self.infos.contains_key(&c)
        {
            return Ok(c);
        }
        let key = fold(typed);
        let rows = self.rows(&key);
        let ambiguous = rows.iter().any(|n| n.kind == NameKind::Ambiguous);
        let mut who: Vec<Country> = rows
            .iter()
            .filter(|n| !ambiguous || n.kind == NameKind::Ambiguous)
            .map(|n| n.country)
            .collect();
        who.sort();
        who.dedup();
        match who[..] {
            [one] => Ok(one),
            [] => Err(NotFound::Unknown {
                name: typed.to_owned(),
                suggestions: self.near(&key),
            }),
            _ => Err(NotFound::Ambiguous {
                name: typed.to_owned(),
                candidates: who
                    .into_iter()
                    .map(|c| (c, self.english(c).to_owned()))
                    .collect(),
            }),
        }
    }

    /// Up to five countries whose names are near a folded key, nearest first, then by name; none
    /// that is more than a letter farther off than the nearest.
    fn near(&self, key: &str) -> Vec<(Country, String)> {
        let len = key.chars().count();
        if len < 3 {
            return Vec::new();
        }
        let reach = (len / 3).clamp(1, 3);
        let mut best = BTreeMap::<Country, usize>::new();
        for n in &self.names {
            if n.kind == NameKind::Code {
                continue;
            }
            let d = if n.key.len() > key.len() + 2 && n.key.split(' ').any(|w| w == key) {
                reach // one whole word of a longer name
            } else if n.key.chars().count().abs_diff(len) > reach {
                continue;
            } else {
                strsim::damerau_levenshtein(key, &n.key)
            };
            if d <= reach {
                best.entry(n.country)
                    .and_modify(|b| *b = d.min(*b))
                    .or_insert(d);
            }
        }
        let nearest = best.values().min().copied().unwrap_or(0);
        let mut out: Vec<_> = best.into_iter().collect();
        out.retain(|(_, d)| *d <= nearest + 1);
        out.sort_by_key(|(c, d)| (*d, self.english(*c).to_owned()));
        out.into_iter()
            .take(5)
            .map(|(c, _)| (c, self.english(c).to_owned()))
            .collect()
    }

    /// Whether the country existed as a state under this code on some day of a period.
    #[must_use]
    pub fn existed(&self, code: Country, during: Period) -> bool {
        self.infos.get(&code).is_some_and(|i| {
            i.since.is_none_or(|s| s.first() <= during.last())
                && i.until.is_none_or(|u| during.first() <= u.last())
        })
    }
}
