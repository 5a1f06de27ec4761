//! The words of numbers, scales and units, out of `units.toml` and `numerals.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use bilat_model::Decimal;
use serde::Deserialize;

use super::words::WORDS;
use crate::tokens::{Tokens, Vocabulary, Word};

/// What a number is a number of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Money, by ISO 4217 code.
    Currency(&'static str),
    /// `percent`, `tonne`, …
    Other(&'static str),
    /// Things; which, the words around it say.
    Count,
}

impl Unit {
    /// As the output writes it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Currency(code) | Self::Other(code) => code,
            Self::Count => "count",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    scale: Vec<Scale>,
    currency: Vec<Currency>,
    unit: Vec<Other>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scale {
    power: u32,
    words: Vec<String>,
    #[serde(default)]
    glued: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Currency {
    code: String,
    family: String,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    letter: Option<String>,
    signs: Vec<String>,
    words: Vec<String>,
    #[serde(default)]
    local: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Other {
    name: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numerals {
    ones: BTreeMap<String, u32>,
    times: BTreeMap<String, u32>,
}

/// Word sequences that lead to something, longest first.
#[derive(Clone, Debug)]
struct Phrases<T> {
    by_head: BTreeMap<Word, Vec<(Vec<Word>, T)>>,
}

impl<T: Clone> Phrases<T> {
    fn new() -> Self {
        Self {
            by_head: BTreeMap::new(),
        }
    }

    fn add(&mut self, phrase: &str, to: T, vocabulary: &mut Vocabulary) {
        let words: Vec<Word> = phrase
            .split(' ')
            .map(|w| vocabulary.add(&w.to_lowercase()))
            .collect();
        let Some((head, rest)) = words.split_first() else {
            return;
        };
        let list = self.by_head.entry(*head).or_default();
        list.push((rest.to_vec(), to));
        list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }

    fn at(&self, tokens: &Tokens<'_>, at: usize, end: usize) -> Option<(T, usize)> {
        if at >= end {
            return None;
        }
        let word = tokens.tokens[at].word;
        if word == Word::NONE {
            return None;
        }
        self.by_head.get(&word)?.iter().find_map(|(rest, to)| {
            let stop = at + 1 + rest.len();
            let fits = stop <= end
                && rest
                    .iter()
                    .zip(&tokens.tokens[at + 1..stop])
                    .all(|(w, t)| t.word == *w);
            fits.then(|| (to.clone(), stop))
        })
    }
}

/// The words of amounts.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// The currencies of each family, and the family of each word that several of them share.
    families: BTreeMap<&'static str, Vec<&'static str>>,
    shared: BTreeMap<Word, &'static str>,
    /// The currencies that a single letter may mean.
    letters: BTreeMap<&'static str, Vec<&'static str>>,
    /// Words that are a currency only in a text on a country that has it.
    local: BTreeSet<Word>,
    codes: Vec<&'static str>,
    scales: BTreeMap<Word, (Decimal, bool)>,
    signs: Phrases<Unit>,
    units: Phrases<Unit>,
    ones: BTreeMap<Word, u32>,
    times: BTreeMap<Word, u32>,
    /// Words after which a number is a name: "resolution 1325".
    numbered: Vec<Word>,
    flows: Vec<Word>,
    people: Vec<Word>,
    counting: Vec<Word>,
    multiples: Vec<Word>,
    pub(super) hundred: Word,
    pub(super) half: Word,
    pub(super) a: [Word; 3],
    pub(super) of: Word,
    parts: Vec<(Word, u32, &'static str)>,
    pub(super) and: Word,
    pub(super) to: Word,
    pub(super) or: Word,
    pub(super) from: [Word; 1],
    pub(super) between: [Word; 1],
    /// By [`Word`]: whether an amount can begin with it.
    begins: Vec<bool>,
}

/// Read once, so that codes and names live as long as the program.
static UNITS: LazyLock<Result<Units, toml::de::Error>> =
    LazyLock::new(|| toml::from_str(include_str!("units.toml")));

/// The units file is broken.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {why}")]
pub struct BadLexicon {
    file: &'static str,
    why: String,
}

/// The currencies of ISO 4217 that countries have or had.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL \
HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA \
MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF \
SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND \
VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL";

/// Parts of a whole in words, by how many of them, in per cent.
const PARTS: &[(&str, u32, &str)] = &[
    ("half", 1, "50"),
    ("third", 1, "33.3"),
    ("thirds", 2, "66.7"),
    ("quarter", 1, "25"),
    ("fourth", 1, "25"),
    ("quarters", 3, "75"),
    ("fifth", 1, "20"),
    ("fifths", 2, "40"),
    ("fifths", 3, "60"),
    ("fifths", 4, "80"),
    ("sixth", 1, "16.7"),
    ("eighth", 1, "12.5"),
    ("tenth", 1, "10"),
    ("tenths", 9, "90"),
];

fn stands_in(tokens: &Tokens<'_>, at: usize, list: &[Word]) -> bool {
    tokens
        .tokens
        .get(at)
        .is_some_and(|t| list.contains(&t.word))
}

impl Lexicon {
    /// The lexicon, its words added to the vocabulary.
    ///
    /// # Errors
    /// [`BadLexicon`] when a file that is compiled in cannot be read.
    pub fn new(vocabulary: &mut Vocabulary) -> Result<Self, BadLexicon> {
        let bad = |file: &'static str| {
            move |e: toml::de::Error| BadLexicon {
                file,
                why: e.to_string(),
            }
        };
        let units = UNITS.as_ref().map_err(|e| BadLexicon {
            file: "units.toml",
            why: e.to_string(),
        })?;
        let numerals: Numerals =
            toml::from_str(include_str!("numerals.toml")).map_err(bad("numerals.toml"))?;
        let mut scales = BTreeMap::new();
        for scale in &units.scale {
            let power = Decimal::from(10_u64.pow(scale.power));
            for word in &scale.words {
                scales.insert(vocabulary.add(&word.to_lowercase()), (power, scale.glued));
            }
        }
        let (mut signs, mut after) = (Phrases::new(), Phrases::new());
        let mut families: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        let mut shared = BTreeMap::new();
        let mut letters: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        let mut local = BTreeSet::new();
        for currency in &units.currency {
            let folded = currency
                .signs
                .iter()
                .cloned()
                .chain([currency.code.to_lowercase()]);
            for sign in folded.filter(|s| s.len() > 1 && s.bytes().all(|b| b.is_ascii_lowercase()))
            {
                vocabulary.add_sign(&sign);
            }
            if let Some(letter) = &currency.letter {
                vocabulary.add_sign(&letter.to_lowercase());
                letters.entry(letter).or_default().push(&currency.code);
            }
            let code = currency.code.to_lowercase();
            let unit = Unit::Currency(&currency.code);
            signs.add(&code, unit.clone(), vocabulary);
            after.add(&code, unit.clone(), vocabulary);
            let family: &'static str = &currency.family;
            families.entry(family).or_default().push(unit.code());
            for word in &currency.words {
                let plain =
                    word.chars().all(|c| c.is_ascii_lowercase()) && word != &code && word.len() > 3;
                if currency.bare && plain {
                    shared.insert(vocabulary.add(word), family);
                }
            }
            for sign in &currency.signs {
                signs.add(sign, unit.clone(), vocabulary);
                after.add(sign, unit.clone(), vocabulary);
            }
            for word in currency.words.iter().chain(&currency.local) {
                after.add(word, unit.clone(), vocabulary);
            }
            local.extend(currency.local.iter().map(|w| vocabulary.add(w)));
        }
        for other in &units.unit {
            let unit = Unit::Other(&other.name);
            for word in &other.words {
                after.add(word, unit.clone(), vocabulary);
            }
        }
        let mut numeral = |map: BTreeMap<String, u32>| {
            map.into_iter()
                .map(|(w, n)| (vocabulary.add(&w), n))
                .collect()
        };
        let (ones, times) = (numeral(numerals.ones), numeral(numerals.times));
        let mut word = |w: &str| vocabulary.add(w);
        let mut lexicon = Self {
            families,
            letters,
            local,
            shared,
            codes: CODES.split(' ').collect(),
            scales,
            signs,
            units: after,
            ones,
            times,
            numbered: WORDS.numbered.iter().map(|w| word(w)).collect(),
            flows: WORDS.flows.iter().map(|w| word(w)).collect(),
            people: WORDS.people.iter().map(|w| word(w)).collect(),
            counting: WORDS.counting.iter().map(|w| word(w)).collect(),
            multiples: WORDS.multiples.iter().map(|w| word(w)).collect(),
            hundred: word("hundred"),
            half: word("half"),
            a: [word("a"), word("an"), word("one")],
            of: word("of"),
            parts: PARTS.iter().map(|(w, n, p)| (word(w), *n, *p)).collect(),
            and: word("and"),
            to: word("to"),
            or: word("or"),
            from: [word("from")],
            between: [word("between")],
            begins: Vec::new(),
        };
        lexicon.begins = lexicon.begins(vocabulary.len());
        Ok(lexicon)
    }

    /// By [`Word`]: whether an amount can begin with it.
    fn begins(&self, words: usize) -> Vec<bool> {
        let mut out = vec![false; words + 1];
        let single = [self.half, self.hundred];
        let all = self.ones.keys().chain(self.times.keys());
        let all = all.chain(self.signs.by_head.keys());
        for word in all.chain(&self.a).chain(&single) {
            if let Some(begins) = out.get_mut(word.0 as usize) {
                *begins = true;
            }
        }
        out
    }

    /// Whether an amount can begin with a word that is no number in digits.
    #[inline]
    pub(super) fn can_begin(&self, word: Word) -> bool {
        self.begins.get(word.0 as usize).copied() == Some(true)
    }

    /// The currency that a word means beside a country's own currencies: "rupees" in a text on Sri
    /// Lanka; `None` where the word is one currency's alone or none of these is of its family.
    pub(super) fn shared(&self, word: Word, own: &[&str]) -> Option<&'static str> {
        let family = self.families.get(self.shared.get(&word)?)?;
        family.iter().copied().find(|code| own.contains(code))
    }

    /// The currency of the same family as `code` that is one of `own`: "Rs" in a text on Mauritius.
    pub(super) fn shared_code(&self, code: &str, own: &[&str]) -> Option<&'static str> {
        let family = self.families.values().find(|f| f.contains(&code))?;
        own.iter()
            .find_map(|c| family.iter().copied().find(|f| f == c))
    }

    /// The currency that a letter before a number means beside a country's own currencies.
    pub(super) fn letter(&self, letter: &str, own: &[&str]) -> Option<&'static str> {
        let codes = self.letters.get(letter)?;
        codes.iter().copied().find(|code| own.contains(code))
    }

    /// Whether a word is a currency only in a text on a country that has it: "marks", "sum".
    pub(super) fn is_local(&self, word: Word) -> bool {
        self.local.contains(&word)
    }

    /// Whether several currencies are called so: francs, dollars, rupees.
    pub(super) fn is_shared(&self, word: Word) -> bool {
        word != Word::NONE && self.shared.contains_key(&word)
    }

    /// The currency of a code; `XXX`, no currency, for what is no known one.
    pub(super) fn code(&self, code: &str) -> &'static str {
        self.codes
            .iter()
            .copied()
            .find(|c| *c == code)
            .unwrap_or("XXX")
    }

    pub(super) fn is_scale(&self, word: Word) -> bool {
        self.scales.contains_key(&word)
    }

    pub(super) fn is_numbered(&self, word: Word) -> bool {
        word != Word::NONE && self.numbered.contains(&word)
    }

    /// Whether a word says that a sum is of goods or capital: "24 billion Chinese exports".
    pub(super) fn is_flow(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        stands_in(tokens, at, &self.flows)
    }

    /// Whether the words before a number say that it counts: "tourists numbered 2.03 million".
    pub(super) fn is_counted(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        (at.saturating_sub(3)..at).any(|i| stands_in(tokens, i, &self.counting))
    }

    /// Whether a word counts all who live somewhere.
    pub(super) fn is_people(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        stands_in(tokens, at, &self.people)
    }

    /// Whether a word makes a multiple of a number: "1.125 times".
    pub(super) fn multiplies(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        let next = at + usize::from(tokens.tokens.get(at).is_some_and(|t| t.is('-')));
        stands_in(tokens, next, &self.multiples)
    }

    /// The power of ten of a scale word; `bare` ones count only where `glued` or money allows.
    pub(super) fn scale(&self, word: Word, short: bool) -> Option<Decimal> {
        self.scales
            .get(&word)
            .filter(|(_, glued)| short || !glued)
            .map(|(power, _)| *power)
    }

    /// So many of a part, in per cent.
    pub(super) fn part(&self, word: Word, many: u32) -> Option<&'static str> {
        self.parts
            .iter()
            .find(|(w, n, _)| *w == word && *n == many)
            .map(|(_, _, p)| *p)
    }

    pub(super) fn ones(&self, word: Word) -> Option<u32> {
        self.ones.get(&word).copied()
    }

    pub(super) fn times(&self, word: Word) -> Option<u32> {
        self.times.get(&word).copied()
    }

    /// A currency's sign before a number.
    pub(super) fn sign(&self, tokens: &Tokens<'_>, at: usize, end: usize) -> Option<(Unit, usize)> {
        let (unit, stop) = self.signs.at(tokens, at, end)?;
        // Codes and abbreviations are written in capitals: "try" and "all" are words.
        let raw = tokens.raw(at);
        let plain = raw.bytes().all(|b| b.is_ascii_lowercase());
        let spelled = matches!(raw, "euro" | "euros" | "rs" | "us");
        (!plain || spelled).then_some((unit, stop))
    }

    /// A unit after a number. Short words that are also something else count only after a scale
    /// or a sign (`sure`).
    pub(super) fn unit(
        &self,
        tokens: &Tokens<'_>,
        at: usize,
        end: usize,
        sure: bool,
    ) -> Option<(Unit, usize)> {
        let (unit, stop) = self.units.at(tokens, at, end)?;
        if stop == at + 1 {
            let raw = tokens.raw(at);
            // "12 us", "300 try", "all": a code in small letters is a word, but for a few.
            let code = match unit {
                Unit::Currency(code) => raw.eq_ignore_ascii_case(code) || raw == "us",
                _ => false,
            };
            let lower = raw.bytes().all(|b| b.is_ascii_lowercase());
            if code && lower && !matches!(raw, "eur" | "usd" | "rub") {
                return None;
            }
            if matches!(raw, "US") && !sure
                || matches!(raw, "won" | "dong" | "sum" | "real" | "pound" | "sol") && !sure
            {
                return None;
            }
            if matches!(raw, "t" | "ha" | "T") && tokens.tokens[at].spaced && !sure {
                return None;
            }
        }
        Some((unit, stop))
    }
}
