//! A text with everything that was found in it, before anything is made of it.

use std::collections::BTreeMap;
use std::ops::Range;

use bilat_model::document::Document;
use bilat_model::{Country, Pair};
use jiff::civil::Date;

use crate::Extractor;
use crate::amount::{self, Amount};
use crate::names::{self, As, Mention, OrgMention, PersonMention};
use crate::pattern::{Class, Classes};
use crate::rules::{Cue, Gives};
use crate::time::{self, Time};
use crate::tokens::{Sentence, Tokens};

/// A text with its names, times, amounts and the words that rules know.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// The text as words.
    pub tokens: Tokens<'a>,
    /// The pair that is asked about.
    pub pair: Pair,
    /// The day of publication.
    pub published: Option<Date>,
    /// Countries, in order.
    pub mentions: Vec<Mention>,
    /// Persons and offices, in order.
    pub persons: Vec<PersonMention>,
    /// Organisations, in order.
    pub organisations: Vec<OrgMention>,
    /// Dates and periods, in order.
    pub times: Vec<Time>,
    /// Numbers with their units, in order.
    pub amounts: Vec<Amount>,
    /// What the rules know, in order.
    pub cues: Vec<Cue>,
    /// Each country's currency.
    pub(crate) currencies: &'a BTreeMap<Country, String>,
    /// The country of the pair that the text is written from, by its dateline.
    pub(crate) written_from: Option<Country>,
    /// The country of the pair that the text names first.
    pub(crate) named_first: Option<Country>,
    /// For each sentence and one past the last, where its part of each list begins.
    begins: Vec<Begins>,
}

/// Where a sentence's mentions, persons, organisations, times, amounts and cues begin.
type Begins = [usize; 6];

/// Tokens that a sentence has at most. No writer's has so many: what has (a table without stops, a
/// text that is made to be a burden) is read as several, since some of what rules look for takes
/// the square of a sentence's length.
const LONGEST: usize = 300;

/// A document as words, in sentences of bounded length.
pub(crate) fn tokens<'a>(extractor: &Extractor, document: &'a Document) -> Tokens<'a> {
    let mut tokens = Tokens::new(&document.text, &document.blocks, &extractor.vocabulary);
    if tokens.sentences.iter().all(|s| s.tokens.len() <= LONGEST) {
        return tokens;
    }
    for sentence in std::mem::take(&mut tokens.sentences) {
        let end = sentence.tokens.end;
        for start in sentence.tokens.clone().step_by(LONGEST) {
            tokens.sentences.push(Sentence {
                tokens: start..end.min(start + LONGEST),
                ..sentence
            });
        }
    }
    tokens
}

/// The amounts of a text, apart from its dates.
fn amounts(extractor: &Extractor, tokens: &Tokens<'_>, times: &[Time]) -> Vec<Amount> {
    let mut masked = vec![false; tokens.tokens.len()];
    for time in times {
        masked[time.tokens.clone()].fill(true);
    }
    amount::find(tokens, &extractor.amounts, &|i| masked[i])
}

/// Leaves out the countries that are part of a sum: the "US" of "US$", the "Chinese" of "Chinese
/// yuan".
fn outside_sums(mentions: &mut Vec<Mention>, amounts: &[Amount]) {
    mentions.retain(|m| {
        let at = amounts.partition_point(|a| a.tokens.end <= m.tokens.start);
        amounts
            .get(at)
            .is_none_or(|a| a.tokens.start > m.tokens.start)
    });
}

/// The pairs that a document is about, the likeliest first, each with a weight.
pub(crate) fn pairs(extractor: &Extractor, document: &Document) -> Vec<(Pair, u32)> {
    let tokens = tokens(extractor, document);
    let mut mentions = names::mentions(&tokens, &extractor.gazetteer, None);
    let times = time::find(&tokens, &extractor.times, document.meta.published);
    outside_sums(&mut mentions, &amounts(extractor, &tokens, &times));
    names::pairs(&mentions, &tokens)
}

impl<'a> Reading<'a> {
    /// Reads a document for a pair.
    #[must_use]
    pub fn new(extractor: &'a Extractor, document: &'a Document, pair: Pair) -> Self {
        let tokens = tokens(extractor, document);
        let published = document.meta.published;
        let mentions = names::mentions(&tokens, &extractor.gazetteer, Some(pair));
        let persons = names::persons(&tokens, &extractor.gazetteer, &mentions);
        let organisations = names::organisations(&tokens, &extractor.gazetteer, &mentions);
        let times = time::find(&tokens, &extractor.times, published);
        let mut amounts = amounts(extractor, &tokens, &times);
        let own = |c: Country| extractor.currencies.get(&c).map(String::as_str);
        // Of the two the country the text is written in comes first.
        let here = mentions.iter().find(|m| m.dateline).map(|m| m.country);
        let mut both = pair.both();
        both.sort_by_key(|c| Some(*c) != here);
        amount::settle(&tokens, &extractor.amounts, &mut amounts, &|at| {
            match at {
                // Mentions do not overlap, so that halving finds the one that holds a token.
                Some(at) => mentions
                    .get(mentions.partition_point(|m| m.tokens.end <= at))
                    .filter(|m| m.tokens.contains(&at))
                    .and_then(|m| own(m.country))
                    .into_iter()
                    .collect(),
                None => both.into_iter().filter_map(own).collect(),
            }
        });
        let mut mentions = mentions;
        outside_sums(&mut mentions, &amounts);
        let mut classes = Classes::default();
        for m in &mentions {
            classes.mark(Class::Country, &m.tokens);
        }
        for p in &persons {
            classes.mark(Class::Person, &p.tokens);
        }
        for t in &times {
            classes.mark(Class::Time, &t.tokens);
        }
        for a in &amounts {
            classes.mark(Class::Amount, &a.tokens);
        }
        let mut cues = Vec::new();
        for sentence in &tokens.sentences {
            cues.extend(
                extractor
                    .rules
                    .find(sentence.tokens.clone(), &tokens, &classes),
            );
        }
        let mut reading = Self {
            tokens,
            pair,
            published,
            mentions,
            persons,
            organisations,
            times,
            amounts,
            cues,
            currencies: &extractor.currencies,
            written_from: None,
            named_first: None,
            begins: Vec::new(),
        };
        let of_pair = |m: &&Mention| reading.of_pair(m.country);
        let mut named = reading.mentions.iter().filter(of_pair);
        let first = named.clone().find(|m| !m.hyphen).map(|m| m.country);
        let from = named.find(|m| m.dateline).map(|m| m.country);
        (reading.named_first, reading.written_from) = (first, from);
        reading.begins = reading.begins();
        reading
    }

    /// Where each sentence's part of each list begins, found in one walk over all.
    fn begins(&self) -> Vec<Begins> {
        fn forward<T>(list: &[T], tokens: fn(&T) -> &Range<usize>, at: &mut usize, start: usize) {
            while list.get(*at).is_some_and(|x| tokens(x).start < start) {
                *at += 1;
            }
        }
        let mut out = Vec::with_capacity(self.tokens.sentences.len() + 1);
        let mut at = Begins::default();
        let starts = self.tokens.sentences.iter().map(|s| s.tokens.start);
        for start in starts.chain([self.tokens.tokens.len()]) {
            forward(&self.mentions, |m| &m.tokens, &mut at[0], start);
            forward(&self.persons, |m| &m.tokens, &mut at[1], start);
            forward(&self.organisations, |m| &m.tokens, &mut at[2], start);
            forward(&self.times, |m| &m.tokens, &mut at[3], start);
            forward(&self.amounts, |m| &m.tokens, &mut at[4], start);
            forward(&self.cues, |m| &m.tokens, &mut at[5], start);
            out.push(at);
        }
        out
    }

    /// Whether a token is this word, whatever its case.
    #[must_use]
    #[inline]
    pub fn is(&self, at: usize, word: &str) -> bool {
        alike(self.tokens.raw(at), word)
    }

    /// Whether a token is one of these words.
    #[must_use]
    #[inline]
    pub fn is_any<S: AsRef<str>>(&self, at: usize, words: &[S]) -> bool {
        let raw = self.tokens.raw(at);
        words.iter().any(|w| alike(raw, w.as_ref()))
    }

    /// Whether a range of tokens holds one of these words.
    #[must_use]
    pub fn any_in<S: AsRef<str>>(&self, range: Range<usize>, words: &[S]) -> bool {
        range.into_iter().any(|i| self.is_any(i, words))
    }

    /// Whether a token looks like a regular verb in the past: "opened", "signed".
    #[must_use]
    pub fn looks_past(&self, at: usize) -> bool {
        let word = self.tokens.raw(at);
        word.len() > 3 && word.ends_with("ed") && word.bytes().all(|b| b.is_ascii_lowercase())
    }

    /// The other country of the pair.
    #[must_use]
    pub fn other(&self, country: Country) -> Country {
        if country == self.pair.a() {
            self.pair.b()
        } else {
            self.pair.a()
        }
    }

    /// Whether a country is one of the pair.
    #[must_use]
    pub fn of_pair(&self, country: Country) -> bool {
        country == self.pair.a() || country == self.pair.b()
    }

    /// The scene of a sentence.
    #[must_use]
    pub fn scene(&self, sentence: usize) -> Scene<'_> {
        let s = &self.tokens.sentences[sentence];
        let (from, to) = (self.begins[sentence], self.begins[sentence + 1]);
        Scene {
            reading: self,
            index: sentence,
            sentence: s,
            mentions: &self.mentions[from[0]..to[0]],
            persons: &self.persons[from[1]..to[1]],
            organisations: &self.organisations[from[2]..to[2]],
            times: &self.times[from[3]..to[3]],
            amounts: &self.amounts[from[4]..to[4]],
            cues: &self.cues[from[5]..to[5]],
            range: s.tokens.clone(),
        }
    }
}

/// Whether two words are one but for the case of their letters. This is asked more often than
/// anything else, and nearly always answered by the length and the first letter.
#[inline]
fn alike(raw: &str, word: &str) -> bool {
    let first = |s: &str| s.as_bytes().first().map(u8::to_ascii_lowercase);
    raw.len() == word.len() && first(raw) == first(word) && raw.eq_ignore_ascii_case(word)
}

/// One sentence with what was found in it.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    /// The whole text.
    pub reading: &'a Reading<'a>,
    /// Which sentence.
    pub index: usize,
    /// Its block.
    pub sentence: &'a Sentence,
    /// Its tokens.
    pub range: Range<usize>,
    /// Its countries.
    pub mentions: &'a [Mention],
    /// Its persons.
    pub persons: &'a [PersonMention],
    /// Its organisations.
    pub organisations: &'a [OrgMention],
    /// Its dates and periods.
    pub times: &'a [Time],
    /// Its amounts.
    pub amounts: &'a [Amount],
    /// Its cues.
    pub cues: &'a [Cue],
}

impl<'a> Scene<'a> {
    /// The cues whose meaning `pick` takes.
    pub fn cues_of<T>(&self, pick: impl Fn(&'static Gives) -> Option<T>) -> Vec<(&'a Cue, T)> {
        self.cues
            .iter()
            .filter_map(|c| pick(&c.rule.gives).map(|t| (c, t)))
            .collect()
    }

    /// The mention that begins or lies at a token.
    #[must_use]
    pub fn mention_at(&self, at: usize) -> Option<&'a Mention> {
        self.mentions.iter().find(|m| m.tokens.contains(&at))
    }

    /// Whether a preposition says where something comes from: "from", "out of".
    #[must_use]
    pub fn whence(&self, preposition: usize) -> bool {
        let r = self.reading;
        let before = preposition.checked_sub(1);
        r.is(preposition, "from")
            || r.is(preposition, "of") && before.is_some_and(|i| r.is(i, "out"))
    }

    /// The words before a mention that say what it is to its neighbours, articles and adjectives
    /// of its name skipped: "to the Republic of".
    #[must_use]
    pub fn preposition(&self, mention: &Mention) -> Option<usize> {
        let r = self.reading;
        let mut at = mention.tokens.start;
        for _ in 0..5 {
            at = at.checked_sub(1).filter(|i| *i >= self.range.start)?;
            if r.is_any(at, PREPOSITIONS) {
                // "according to", "thanks to", "because of" say nothing of where.
                let idle = at > 0
                    && r.is_any(
                        at - 1,
                        &[
                            "according",
                            "thanks",
                            "due",
                            "because",
                            "owing",
                            "addition",
                            "regard",
                            "respect",
                        ],
                    );
                return (!idle).then_some(at);
            }
            let skipped = r.is_any(
                at,
                &[
                    "the",
                    "its",
                    "their",
                    "a",
                    "an",
                    "neighbouring",
                    "neighboring",
                    "brotherly",
                    "republic",
                    "of",
                ],
            ) || r.tokens.tokens[at].capital && mention.how == As::Name
                || self.mention_at(at).is_some_and(|m| m.hyphen);
            if !skipped {
                return None;
            }
        }
        None
    }

    /// Whether the sentence names a country that is not of the pair.
    #[must_use]
    pub fn third(&self, mention: &Mention) -> bool {
        !self.reading.of_pair(mention.country)
            && !mention.also.iter().any(|c| self.reading.of_pair(*c))
    }
}

/// Words that say what a country is to what is told.
pub const PREPOSITIONS: &[&str] = &[
    "to", "into", "in", "for", "towards", "from", "of", "by", "with", "between", "among", "at",
    "within", "toward", "through", "via", "against", "on", "inside", "across",
];

#[cfg(test)]
mod tests {
    use crate::testing::extract;

    #[test]
    fn a_sentence_without_end_is_read_as_several() {
        // Work in the square of this length would not end within anybody's patience.
        let numbers = "5 ".repeat(100_000);
        let text = format!(
            "Kazakhstan and Slovenia: {numbers}.\nTurnover of Kazakhstan and Slovenia was 5.7 million dollars in 2023."
        );
        let told = extract(&text, "KAZ-SVN", "2024-05-17");
        assert!(told.figures.iter().any(|f| f.quote.contains("5.7 million")));
    }
}
