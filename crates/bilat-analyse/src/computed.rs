//! A computed value, its name, and what went in.

use std::fmt;
use std::str::FromStr;

use bilat_model::source::SourceId;
use bilat_model::{Citation, Country, Decimal, EvidenceId, Measure, Pair, Period, Unit};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::indicator::Indicator;

/// A computed quantity about a pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Computed {
    /// Names it for `bilat why`.
    pub id: ComputedId,
    /// What was computed; its formula and method source stand there.
    pub indicator: &'static Indicator,
    /// When; `None` for what has no period.
    pub period: Option<Period>,
    /// The value in base units of `unit`.
    pub value: Decimal,
    /// Its unit.
    pub unit: Unit,
    /// What went in, in the order of the arithmetic.
    pub inputs: Vec<Input>,
    /// The arithmetic written out with the numbers of the inputs.
    pub arithmetic: String,
}

impl Computed {
    /// The sources that its inputs come from, each once, in the order met.
    #[must_use]
    pub fn sources(&self) -> Vec<SourceId> {
        let mut out = Vec::new();
        for s in self.inputs.iter().filter_map(Input::source) {
            if !out.contains(&s) {
                out.push(s);
            }
        }
        out
    }

    /// The pieces of evidence that went in.
    pub fn evidence(&self) -> impl Iterator<Item = &EvidenceId> {
        self.inputs.iter().filter_map(|i| match i {
            Input::Evidence { id, .. } => Some(id),
            _ => None,
        })
    }
}

/// Something that went into a computed value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Input {
    /// A figure with its value, or an event or tie that was counted.
    Evidence {
        /// What it is in the formula, in words.
        role: String,
        /// Its name.
        id: EvidenceId,
        /// The figure's value; `None` for what is only counted.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<Decimal>,
        /// The value's unit.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Unit>,
    },
    /// Votes on a list of roll calls.
    Votes {
        /// What they are in the formula, in words.
        role: String,
        /// The source of the roll calls.
        source: SourceId,
        /// Roll calls on which both did the same.
        same: u64,
        /// Roll calls on which both voted yes, abstained or voted no.
        both: u64,
        /// The first day of the stretch.
        first: Period,
        /// The last day of the stretch.
        last: Period,
    },
    /// A record about one country.
    Record {
        /// What it is in the formula, in words.
        role: String,
        /// Where it stands.
        citation: Citation,
    },
    /// All partners of a country by one series.
    Partners {
        /// What they are in the formula, in words.
        role: String,
        /// The source.
        source: SourceId,
        /// Whose partners, by its own books.
        of: Country,
        /// When.
        period: Option<Period>,
        /// The sum over all of them.
        total: Decimal,
        /// How many have a value.
        partners: u32,
    },
    /// A value computed for all pairs when the snapshot was built.
    Standing {
        /// The standing's indicator code.
        indicator: String,
        /// The pair's value.
        value: Decimal,
    },
}

impl Input {
    /// The source, where one stands behind the input alone.
    #[must_use]
    pub fn source(&self) -> Option<SourceId> {
        match self {
            Self::Evidence { id, .. } => id.source().map(SourceId::new),
            Self::Votes { source, .. } | Self::Partners { source, .. } => Some(source.clone()),
            Self::Record { citation, .. } => Some(citation.source.clone()),
            Self::Standing { .. } => None,
        }
    }
}

/// Whose books, or from whom to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// By one country's books, or seen from it.
    Of(Country),
    /// From one country to the other.
    Way(Country, Country),
}

/// The name of a computed value: `PAIR:=INDICATOR[@SOURCE][:WHO][:WHAT][:PERIOD]`.
///
/// The equals sign marks what is computed; names of evidence hold none.
///
/// | part | form | example |
/// |---|---|---|
/// | `PAIR` | two codes in order | `KAZ-SVN` |
/// | `INDICATOR` | its id in the catalogue | `turnover` |
/// | `SOURCE` | a source, where it is not the main one of the indicator | `trade_unctad` |
/// | `WHO` | a country, or a direction | `KAZ`, `KAZ>SVN` |
/// | `WHAT` | a word that narrows: a series, an issue, a nomenclature's code in small letters | `exports`, `hr` |
/// | `PERIOD` | as [`Period`] writes it | `2019`, `1992/2024` |
///
/// ```
/// use bilat_analyse::ComputedId;
/// let id: ComputedId = "KAZ-SVN:=turnover:KAZ:2019".parse().unwrap();
/// assert_eq!(id.indicator, "turnover");
/// assert_eq!(id.to_string(), "KAZ-SVN:=turnover:KAZ:2019");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ComputedId {
    /// The pair.
    pub pair: Pair,
    /// The indicator's id.
    pub indicator: String,
    /// The source, where it is not the main one.
    pub source: Option<SourceId>,
    /// Whose books, or the direction.
    pub who: Option<Who>,
    /// What narrows it further.
    pub what: Option<String>,
    /// When.
    pub period: Option<Period>,
}

impl ComputedId {
    /// The name of an indicator's value about a pair, nothing narrowed.
    #[must_use]
    pub fn new(pair: Pair, indicator: &Indicator) -> Self {
        Self {
            pair,
            indicator: indicator.id.to_owned(),
            source: None,
            who: None,
            what: None,
            period: None,
        }
    }

    /// The same, by one country's books.
    #[must_use]
    pub fn of(mut self, country: Country) -> Self {
        self.who = Some(Who::Of(country));
        self
    }

    /// The same, from one country to the other.
    #[must_use]
    pub fn way(mut self, from: Country, to: Country) -> Self {
        self.who = Some(Who::Way(from, to));
        self
    }

    /// The same, narrowed by a word.
    #[must_use]
    pub fn what(mut self, word: &str) -> Self {
        self.what = Some(word.to_owned());
        self
    }

    /// The same, for a period.
    #[must_use]
    pub fn at(mut self, period: Period) -> Self {
        self.period = Some(period);
        self
    }

    /// The same, from a source that is not the main one.
    #[must_use]
    pub fn from_source(mut self, source: Option<SourceId>) -> Self {
        self.source = source;
        self
    }

    /// Whether a name is one of a computed value, rather than of evidence.
    #[must_use]
    pub fn is_computed(text: &str) -> bool {
        text.split_once(':')
            .is_some_and(|(_, r)| r.starts_with('='))
    }
}

impl fmt::Display for ComputedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:={}", self.pair, self.indicator)?;
        if let Some(s) = &self.source {
            write!(f, "@{s}")?;
        }
        match self.who {
            None => {}
            Some(Who::Of(c)) => write!(f, ":{c}")?,
            Some(Who::Way(a, b)) => write!(f, ":{a}>{b}")?,
        }
        if let Some(w) = &self.what {
            write!(f, ":{w}")?;
        }
        if let Some(p) = self.period {
            write!(f, ":{p}")?;
        }
        Ok(())
    }
}

/// The text names no computed value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not the name of a computed value such as KAZ-SVN:=turnover:KAZ:2019")]
pub struct BadComputedId(pub String);

/// A word of small letters, digits and underscores that begins with a letter.
fn is_word(s: &str) -> bool {
    s.starts_with(|c: char| c.is_ascii_lowercase())
        && s.bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn parse_who(s: &str) -> Option<Who> {
    let code = |s: &str| {
        let c: Country = s.parse().ok()?;
        (c.code() == s).then_some(c)
    };
    match s.split_once('>') {
        Some((a, b)) => Some(Who::Way(code(a)?, code(b)?)),
        None => Some(Who::Of(code(s)?)),
    }
}

fn parse(s: &str) -> Option<ComputedId> {
    let mut parts = s.split(':').peekable();
    let pair_text = parts.next()?;
    let pair: Pair = pair_text.parse().ok()?;
    let head = parts.next()?.strip_prefix('=')?;
    let (indicator, source) = match head.split_once('@') {
        Some((i, s)) => (i, Some(s)),
        None => (head, None),
    };
    if pair.to_string() != pair_text || !is_word(indicator) || source.is_some_and(|s| !is_word(s)) {
        return None;
    }
    let who = parts.peek().and_then(|p| parse_who(p));
    if who.is_some() {
        parts.next();
    }
    let what = parts.next_if(|p| is_word(p)).map(str::to_owned);
    let period = match parts.next() {
        Some(p) => Some(p.parse().ok()?),
        None => None,
    };
    if parts.next().is_some() {
        return None;
    }
    Some(ComputedId {
        pair,
        indicator: indicator.to_owned(),
        source: source.map(SourceId::new),
        who,
        what,
        period,
    })
}

impl FromStr for ComputedId {
    type Err = BadComputedId;

    fn from_str(s: &str) -> Result<Self, BadComputedId> {
        parse(s).ok_or_else(|| BadComputedId(s.to_owned()))
    }
}

impl Serialize for ComputedId {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ComputedId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let s = String::deserialize(d)?;
        s.parse().map_err(serde::de::Error::custom)
    }
}

/// A figure that was looked for and is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// Where it was looked for.
    pub source: SourceId,
    /// What.
    pub measure: Measure,
    /// From whom.
    pub from: Country,
    /// To whom.
    pub to: Country,
    /// When.
    pub year: i16,
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let books = match self.measure {
            Measure::Imports => self.to,
            _ => self.from,
        };
        write!(
            f,
            "{} has no {} {}>{} by {}’s books for {}",
            self.source, self.measure, self.from, self.to, books, self.year
        )
    }
}

/// Why a value cannot be computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// Figures are absent.
    #[error("{indicator} cannot be computed: {}", list(gaps))]
    Figures {
        /// The indicator's id.
        indicator: &'static str,
        /// What is absent.
        gaps: Vec<Gap>,
    },
    /// There is too little to go on.
    #[error("{indicator} cannot be computed: it needs {needed}, there is {found}")]
    TooLittle {
        /// The indicator's id.
        indicator: &'static str,
        /// What it takes, in words.
        needed: String,
        /// What there is, in words.
        found: String,
    },
    /// The value that it is measured against is zero, or the result out of range.
    #[error("{indicator} cannot be computed: {reason}")]
    Arithmetic {
        /// The indicator's id.
        indicator: &'static str,
        /// What went wrong, in words.
        reason: String,
    },
}

fn list(gaps: &[Gap]) -> String {
    let all: Vec<_> = gaps.iter().map(Gap::to_string).collect();
    all.join("; ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_read_back() {
        for s in [
            "KAZ-SVN:=turnover:KAZ:2019",
            "KAZ-SVN:=un_agreement",
            "KAZ-SVN:=un_agreement:hr",
            "KAZ-SVN:=un_agreement:hr:1992/2024",
            "KAZ-SVN:=mirror_gap:KAZ>SVN:2019",
            "KAZ-SVN:=growth@trade_unctad:SVN:exports:2015",
        ] {
            let id: ComputedId = s.parse().unwrap();
            assert_eq!(id.to_string(), s);
            assert!(ComputedId::is_computed(s));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for s in [
            "",
            "KAZ-SVN",
            "KAZ-SVN:turnover",
            "KAZ-SVN:=",
            "SVN-KAZ:=turnover",
            "kaz-svn:=turnover",
            "KAZ-SVN:=turnover:",
            "KAZ-SVN:=turnover:2019:KAZ",
            "KAZ-SVN:=turnover:KAZ:2019:x",
            "KAZ-SVN:=turnover:kaz>svn",
            "KAZ-SVN:=Turnover",
            "KAZ-SVN:=turnover@",
        ] {
            assert!(s.parse::<ComputedId>().is_err(), "{s}");
        }
        assert!(!ComputedId::is_computed(
            "KAZ-SVN:trade_dots:imports:KAZ:2019"
        ));
    }

    proptest! {
        #[test]
        fn any_text_is_read_back_or_refused(s in "[A-Z]{3}-[A-Z]{3}:=[a-z_@]{1,6}(:[A-Z>]{3,7})?(:[a-z0-9]{1,4})?(:[0-9/-]{4,9})?|\\PC*") {
            if let Ok(id) = s.parse::<ComputedId>() {
                prop_assert_eq!(id.to_string(), s);
            }
        }
    }
}
