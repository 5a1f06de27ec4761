//! The words of time, by the number that the vocabulary gives them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::pattern::{First, Pattern};
use super::rules::rules;
use super::value::{Lead, Unit};
use crate::tokens::{Kind, Token, Tokens, Vocabulary, Word};

/// What a word means where time is told. Zero and `None` say that it means nothing of the kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Meaning {
    pub(super) month: u8,
    pub(super) weekday: u8,
    pub(super) ordinal: u8,
    pub(super) cardinal: u8,
    pub(super) roman: u8,
    /// 1920 for "the twenties".
    pub(super) decade: i16,
    /// "Q3", and the year of "Q22" in "1Q22".
    pub(super) quarter: u8,
    pub(super) quarter_year: i16,
    pub(super) half: u8,
    pub(super) half_year: i16,
    /// The last year of "FY15".
    pub(super) fiscal_year: i16,
    pub(super) unit: Option<Unit>,
    /// Last, this, next: -1, 0, 1.
    pub(super) relative: Option<i8>,
    pub(super) lead: Option<Lead>,
    /// Whether the month or weekday is shortened, or is a word of its own when not capitalised.
    pub(super) short: bool,
    sets: u32,
}

/// Sets of words that code asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    Numbered,
    Named,
    Hedges,
    More,
    Counted,
    Ahead,
    Behind,
    Skipped,
    Counting,
    Compared,
    OpenToYears,
}

const SETS: &[(&str, Set)] = &[
    ("numbered", Set::Numbered),
    ("named", Set::Named),
    ("hedges", Set::Hedges),
    ("more", Set::More),
    ("counted", Set::Counted),
    ("ahead", Set::Ahead),
    ("behind", Set::Behind),
    ("skipped", Set::Skipped),
    ("counting", Set::Counting),
    ("compared", Set::Compared),
    ("open_to_years", Set::OpenToYears),
];

impl Meaning {
    /// Whether the word belongs to a set.
    pub(super) fn is(&self, set: Set) -> bool {
        self.sets & (1 << set as u32) != 0
    }

    /// Whether it tells time by itself.
    pub(super) fn tells_time(&self) -> bool {
        self.month > 0
            || self.weekday > 0
            || self.quarter > 0
            || self.half > 0
            || self.unit.is_some()
            || self.relative.is_some()
            || self.lead.is_some()
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct File {
    months: Vec<Month>,
    weekdays: Weekdays,
    numerals: Numerals,
    units: BTreeMap<String, Vec<String>>,
    relative: BTreeMap<String, Vec<String>>,
    leads: BTreeMap<String, Vec<String>>,
    sets: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Month {
    number: u8,
    words: Vec<String>,
    short: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Weekdays {
    words: Vec<String>,
    short: Vec<String>,
    longer: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Numerals {
    ones: Vec<String>,
    tens: Vec<String>,
    ordinals: Vec<String>,
    roman: Vec<String>,
    decades: Vec<String>,
}

fn read() -> Result<File, toml::de::Error> {
    toml::from_str(include_str!("lexicon.toml"))
}

// A test reads the file; what is compiled in cannot fail later.
static FILE: LazyLock<File> = LazyLock::new(|| read().unwrap_or_default());

/// The words of a named set.
pub(super) fn set(name: &str) -> Option<&'static [String]> {
    FILE.sets.get(name).map(Vec::as_slice)
}

/// The words of time and the patterns made of them.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// Where in `meanings` a word stands; 0 is the word without one.
    index: Vec<u16>,
    meanings: Vec<Meaning>,
    /// Patterns that may begin with a word of `meanings`.
    starts: Vec<Vec<u16>>,
    /// Patterns that may begin with a number of four digits, and with any other.
    years: Vec<u16>,
    numbers: Vec<u16>,
    patterns: Vec<Pattern>,
    pub(super) words: Words,
}

/// Single words that code asks for.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub(super) struct Words {
    pub(super) the: Word,
    pub(super) of: Word,
    pub(super) on: Word,
    pub(super) inside: Word,
    pub(super) that: Word,
    pub(super) same: Word,
    pub(super) following: Word,
    pub(super) previous: Word,
    pub(super) year: Word,
    pub(super) s: Word,
    pub(super) than: Word,
    pub(super) over: Word,
    pub(super) and: Word,
    pub(super) as_: Word,
    pub(super) up: Word,
    pub(super) prior: Word,
    pub(super) to: Word,
    pub(super) with: Word,
    pub(super) from: Word,
}

impl Words {
    fn new(v: &mut Vocabulary) -> Self {
        Self {
            the: v.add("the"),
            of: v.add("of"),
            on: v.add("on"),
            inside: v.add("in"),
            that: v.add("that"),
            same: v.add("same"),
            following: v.add("following"),
            previous: v.add("previous"),
            year: v.add("year"),
            s: v.add("s"),
            than: v.add("than"),
            over: v.add("over"),
            and: v.add("and"),
            as_: v.add("as"),
            up: v.add("up"),
            prior: v.add("prior"),
            to: v.add("to"),
            with: v.add("with"),
            from: v.add("from"),
        }
    }
}

impl Lexicon {
    /// Adds the words of time to a vocabulary and compiles the rules against it.
    pub fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut lexicon = Self {
            index: Vec::new(),
            meanings: vec![Meaning::default()],
            starts: vec![Vec::new()],
            years: Vec::new(),
            numbers: Vec::new(),
            patterns: Vec::new(),
            words: Words::new(vocabulary),
        };
        lexicon.add_names(vocabulary);
        lexicon.add_numbers(vocabulary);
        lexicon.add_sets(vocabulary);
        lexicon.add_rules(vocabulary);
        lexicon
    }

    /// What a word means.
    pub(super) fn word(&self, word: Word) -> &Meaning {
        let at = self.index.get(word.0 as usize).copied().unwrap_or(0);
        // The index is made together with the meanings; entry 0 is always there.
        self.meanings.get(at as usize).unwrap_or(&self.meanings[0])
    }

    /// What a token means; nothing when there is none.
    pub(super) fn token(&self, token: Option<&Token>) -> &Meaning {
        self.word(token.map_or(Word::NONE, |t| t.word))
    }

    /// The patterns that may begin at a token.
    pub(super) fn starting<'s>(
        &'s self,
        tokens: &Tokens<'_>,
        at: usize,
    ) -> impl Iterator<Item = &'s Pattern> {
        let list: &[u16] = match tokens.tokens.get(at) {
            Some(t) if t.kind == Kind::Number => match t.span.end - t.span.start {
                4 => &self.years,
                _ => &self.numbers,
            },
            Some(t) => {
                let entry = self.index.get(t.word.0 as usize).copied().unwrap_or(0);
                self.starts.get(entry as usize).map_or(&[], Vec::as_slice)
            }
            None => &[],
        };
        list.iter().filter_map(|i| self.patterns.get(*i as usize))
    }

    fn meaning(&mut self, word: Word) -> &mut Meaning {
        let id = word.0 as usize;
        if self.index.len() <= id {
            self.index.resize(id + 1, 0);
        }
        if self.index[id] == 0 {
            self.index[id] = self.meanings.len() as u16;
            self.meanings.push(Meaning::default());
            self.starts.push(Vec::new());
        }
        let at = self.index[id] as usize;
        &mut self.meanings[at]
    }

    fn add_names(&mut self, v: &mut Vocabulary) {
        for month in &FILE.months {
            for w in month.words.iter().chain(&month.short) {
                let m = self.meaning(v.add(w));
                m.month = month.number;
                m.short |= month.short.contains(w);
            }
        }
        let days = &FILE.weekdays;
        for (list, short) in [
            (&days.words, false),
            (&days.short, true),
            (&days.longer, true),
        ] {
            for (i, w) in list.iter().enumerate().filter(|(_, w)| *w != "-") {
                let m = self.meaning(v.add(w));
                m.weekday = i as u8 + 1;
                m.short |= short;
            }
        }
        for (name, unit) in [
            ("day", Unit::Day),
            ("week", Unit::Week),
            ("month", Unit::Month),
            ("quarter", Unit::Quarter),
            ("year", Unit::Year),
            ("decade", Unit::Decade),
            ("century", Unit::Century),
        ] {
            for w in FILE.units.get(name).into_iter().flatten() {
                self.meaning(v.add(w)).unit = Some(unit);
            }
        }
        for (name, shift) in [("back", -1), ("here", 0), ("ahead", 1)] {
            for w in FILE.relative.get(name).into_iter().flatten() {
                self.meaning(v.add(w)).relative = Some(shift);
            }
        }
        for (name, lead) in LEADS {
            for w in FILE.leads.get(*name).into_iter().flatten() {
                self.meaning(v.add(w)).lead = Some(*lead);
            }
        }
    }

    fn add_numbers(&mut self, v: &mut Vocabulary) {
        let n = &FILE.numerals;
        for (i, w) in n.ones.iter().enumerate() {
            self.meaning(v.add(w)).cardinal = i as u8 + 1;
        }
        for (i, w) in n.tens.iter().enumerate() {
            self.meaning(v.add(w)).cardinal = (i as u8 + 2) * 10;
        }
        for (i, w) in n.ordinals.iter().enumerate() {
            self.meaning(v.add(w)).ordinal = i as u8 + 1;
        }
        for (i, w) in n.roman.iter().enumerate() {
            self.meaning(v.add(w)).roman = i as u8 + 1;
        }
        for (i, w) in n.decades.iter().enumerate() {
            self.meaning(v.add(w)).decade = 1920 + 10 * i as i16;
        }
        for i in 1..=4 {
            self.meaning(v.add(&format!("q{i}"))).quarter = i;
        }
        for i in 1..=2 {
            self.meaning(v.add(&format!("h{i}"))).half = i;
        }
        for year in 1980..=2060_i16 {
            let short = format!("{:02}", year % 100);
            let long = year.to_string();
            for y in [&short, &long] {
                self.meaning(v.add(&format!("q{y}"))).quarter_year = year;
                self.meaning(v.add(&format!("h{y}"))).half_year = year;
                self.meaning(v.add(&format!("fy{y}"))).fiscal_year = year;
            }
        }
    }

    fn add_sets(&mut self, v: &mut Vocabulary) {
        for (name, set_of) in SETS {
            for w in set(name).unwrap_or_default() {
                self.meaning(v.add(w)).sets |= 1 << *set_of as u32;
            }
        }
    }

    fn add_rules(&mut self, v: &mut Vocabulary) {
        for rule in rules() {
            for text in &rule.patterns {
                // A test compiles every pattern.
                if let Ok(p) = Pattern::new(rule, text, v) {
                    self.add_pattern(p);
                }
            }
        }
    }

    fn add_pattern(&mut self, pattern: Pattern) {
        let number = self.patterns.len() as u16;
        let mut words = Vec::new();
        for first in pattern.firsts() {
            match first {
                First::Words(list) => words.extend_from_slice(list),
                First::Class(class) => {
                    if class.begins_year() {
                        push(&mut self.years, number);
                    }
                    if class.begins_number() {
                        push(&mut self.numbers, number);
                    }
                    let of_class: Vec<Word> = (0..self.index.len() as u32)
                        .map(Word)
                        .filter(|w| class.begins_word(self.word(*w)))
                        .collect();
                    words.extend(of_class);
                }
            }
        }
        for w in words {
            self.meaning(w);
            let entry = self.index[w.0 as usize] as usize;
            push(&mut self.starts[entry], number);
        }
        self.patterns.push(pattern);
    }
}

fn push(list: &mut Vec<u16>, number: u16) {
    if list.last() != Some(&number) {
        list.push(number);
    }
}

const LEADS: &[(&str, Lead)] = &[
    ("in", Lead::In),
    ("on", Lead::On),
    ("for", Lead::For),
    ("during", Lead::During),
    ("since", Lead::Since),
    ("from", Lead::From),
    ("until", Lead::Until),
    ("by", Lead::By),
    ("before", Lead::Before),
    ("after", Lead::After),
    ("between", Lead::Between),
    ("over", Lead::Over),
    ("to", Lead::To),
    ("within", Lead::Within),
    ("of", Lead::Of),
    ("than", Lead::Than),
    ("every", Lead::Every),
];

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_are_read() {
        let file = super::read().unwrap();
        assert_eq!(file.months.len(), 12);
        for (name, _) in super::SETS {
            assert!(file.sets.contains_key(*name), "set {name}");
        }
        for (name, _) in super::LEADS {
            assert!(file.leads.contains_key(*name), "lead {name}");
        }
    }
}
