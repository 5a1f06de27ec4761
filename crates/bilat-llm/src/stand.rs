//! Where a quote stands, and what is read there.

use std::str::FromStr;

use bilat_extract::amount::Amount;
use bilat_extract::names::As;
use bilat_extract::reading::{Reading, Scene};
use bilat_extract::time::Time;
use bilat_model::document::{Document, Span};
use bilat_model::{Country, Pair};
use serde_json::{Map, Value};

use crate::lines::{self, Line};

/// Bytes of a quote.
const LONGEST: usize = 2000;

/// Bytes of the words that stand for what an item is.
const WHAT: usize = 120;

/// Why an item is refused.
pub(crate) type Why = String;

/// A text as it was shown, and as the rules read it.
pub(crate) struct Text<'a> {
    pub(crate) document: &'a Document,
    pub(crate) reading: &'a Reading<'a>,
    pub(crate) pair: Pair,
    lines: Vec<Line>,
}

/// A quote that stands in the text.
pub(crate) struct Stand<'a> {
    pub(crate) span: Span,
    pub(crate) quote: &'a str,
    /// The sentences of which it is a part.
    pub(crate) scenes: Vec<Scene<'a>>,
    reading: &'a Reading<'a>,
}

impl<'a> Text<'a> {
    pub(crate) fn new(document: &'a Document, reading: &'a Reading<'a>, pair: Pair) -> Self {
        Self {
            document,
            reading,
            pair,
            lines: lines::lines(document),
        }
    }

    /// Finds an item's quote in the part that the model was shown.
    pub(crate) fn stand(&self, part: Span, fields: &Map<String, Value>) -> Result<Stand<'a>, Why> {
        let quote = word(fields, "quote")?.ok_or("it has no quote")?;
        if quote.len() > LONGEST {
            return Err(format!("its quote is longer than {LONGEST} bytes"));
        }
        let span = self.place(part, quote, fields)?;
        let tokens = &self.reading.tokens;
        let scenes: Vec<_> = lines::sentences(tokens, span)
            .map(|n| self.reading.scene(n))
            .collect();
        if scenes.is_empty() {
            return Err("its quote stands where there are no words".to_owned());
        }
        let stand = Stand {
            span,
            quote: self
                .document
                .text
                .get(span.start..span.end)
                .unwrap_or_default(),
            scenes,
            reading: self.reading,
        };
        stand.of_the_pair(self.pair)?;
        Ok(stand)
    }

    fn place(&self, part: Span, quote: &str, fields: &Map<String, Value>) -> Result<Span, Why> {
        let text = &self.document.text;
        let from = self.lines.partition_point(|l| l.span.start < part.start);
        let shown = self.lines[from..]
            .iter()
            .take_while(|l| l.span.end <= part.end);
        let hint = fields.get("line").and_then(Value::as_u64);
        let mut found = Vec::new();
        for line in shown {
            let places = lines::places(text, *line, quote);
            if hint == u64::try_from(line.number).ok() && !places.is_empty() {
                return one(&places, line.span.start, fields);
            }
            found.extend(places);
        }
        match found[..] {
            [] => Err("its quote does not stand in the text".to_owned()),
            [span] => Ok(span),
            _ => Err(format!("its quote stands in {} places", found.len())),
        }
    }
}

/// The place of a line that an offset points to: the nearest, when no other is as near.
fn one(places: &[Span], line: usize, fields: &Map<String, Value>) -> Result<Span, Why> {
    if let [span] = places {
        return Ok(*span);
    }
    let hint = fields.get("offset").and_then(Value::as_u64);
    let hint = hint.and_then(|o| line.checked_add(usize::try_from(o).ok()?));
    let nearest = hint.and_then(|at| {
        let mut by = places.to_vec();
        by.sort_by_key(|s| s.start.abs_diff(at));
        let (first, second) = (by.first()?, by.get(1)?);
        (first.start.abs_diff(at) < second.start.abs_diff(at)).then_some(*first)
    });
    nearest.ok_or_else(|| format!("its quote stands in {} places of its line", places.len()))
}

impl<'a> Stand<'a> {
    /// A sentence that names others, and not both of the pair, tells of others.
    fn of_the_pair(&self, pair: Pair) -> Result<(), Why> {
        let named = |c: Country| {
            let mut all = self.scenes.iter().flat_map(|s| s.mentions);
            all.any(|m| !m.dateline && (m.country == c || m.also.contains(&c)))
        };
        if pair.both().into_iter().all(named) {
            return Ok(());
        }
        let third = self.scenes.iter().find_map(|s| {
            let mut others = s.mentions.iter().filter(|m| !m.dateline && s.third(m));
            others.find(|m| !m.venue).map(|m| m.country)
        });
        match third {
            Some(other) => Err(format!(
                "its sentence tells of {other}, and not of both of the pair"
            )),
            None => Ok(()),
        }
    }

    /// The amounts that stand in the quote as a whole.
    pub(crate) fn amounts(&self) -> Vec<(&Scene<'a>, &'a Amount)> {
        let tokens = &self.reading.tokens;
        let scenes = self.scenes.iter();
        let all = scenes.flat_map(|s| s.amounts.iter().map(move |a| (s, a)));
        all.filter(|(_, a)| self.span.contains(&tokens.span(&a.tokens)))
            .collect()
    }

    /// The dates and periods of its sentences.
    pub(crate) fn times(&self) -> impl Iterator<Item = &'a Time> + '_ {
        self.scenes.iter().flat_map(|s| s.times)
    }

    /// Whether tokens lie in the quote.
    pub(crate) fn holds(&self, tokens: &std::ops::Range<usize>) -> bool {
        self.span.contains(&self.reading.tokens.span(tokens))
    }

    /// Whether its sentences name a place of a country: a city, or the country behind a word such
    /// as "in".
    pub(crate) fn places(&self, country: Country) -> bool {
        self.scenes.iter().any(|s| {
            let mut named = s
                .mentions
                .iter()
                .filter(|m| m.country == country && !m.dateline);
            named.any(|m| {
                let city = matches!(m.how, As::City | As::Capital) && !m.possessive;
                let at = s.preposition(m);
                city || at.is_some_and(|at| s.reading.is_any(at, &["in", "to", "at", "into"]))
            })
        })
    }

    /// Whether words stand in its sentences.
    pub(crate) fn says(&self, words: &str) -> bool {
        let plain = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut all = self.scenes.iter();
        all.any(|s| plain(s.reading.tokens.slice(&s.range)).contains(words))
    }

    /// The beginning of the quote, as the words for what the item is: the text's own, since a
    /// model's are no evidence.
    pub(crate) fn what(&self) -> String {
        let plain = self.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        if plain.len() <= WHAT {
            return plain;
        }
        let fits = &plain[..plain.floor_char_boundary(WHAT)];
        let end = fits.rfind(' ').unwrap_or(fits.len());
        format!("{}…", &fits[..end])
    }
}

/// A field that holds words; `None` when it is absent, null or empty.
pub(crate) fn word<'v>(fields: &'v Map<String, Value>, name: &str) -> Result<Option<&'v str>, Why> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(s)) => Ok(Some(s.trim()).filter(|s| !s.is_empty())),
        Some(_) => Err(format!("its `{name}` is not a word")),
    }
}

/// A field of a type that is written as a word.
pub(crate) fn parsed<T>(fields: &Map<String, Value>, name: &str) -> Result<Option<T>, Why>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    word(fields, name)?
        .map(|w| w.parse().map_err(|e: T::Err| format!("its `{name}`: {e}")))
        .transpose()
}

/// As [`parsed`], where it must be there.
pub(crate) fn needed<T>(fields: &Map<String, Value>, name: &str) -> Result<T, Why>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    parsed(fields, name)?.ok_or_else(|| format!("it has no `{name}`"))
}

/// The countries of a list, which are of the pair; both when there is no list.
pub(crate) fn participants(fields: &Map<String, Value>, pair: Pair) -> Result<Vec<Country>, Why> {
    let list = match fields.get("participants") {
        None | Some(Value::Null) => return Ok(pair.both().to_vec()),
        Some(Value::Array(list)) => list,
        Some(_) => return Err("its `participants` is not a list".to_owned()),
    };
    let mut out = Vec::new();
    for code in list {
        let code = code
            .as_str()
            .ok_or("its `participants` is not a list of codes")?;
        let country: Country = code
            .trim()
            .parse()
            .map_err(|e| format!("its `participants`: {e}"))?;
        if !pair.has(country) {
            return Err(format!("{country} is not of the pair"));
        }
        out.push(country);
    }
    out.sort_unstable();
    out.dedup();
    match out.is_empty() {
        true => Ok(pair.both().to_vec()),
        false => Ok(out),
    }
}
