//! What a text tells: figures, events and ties as a writer puts them.
//!
//! A source's figure ([`crate::Figure`]) has one measure with one unit and an exact value. A
//! writer's figure is rounded, hedged, sometimes only a change, sometimes a wish. Both are kept
//! as they are; the check engine compares them.
//!
//! The serialised form is what `bilat check --format json` prints.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::Span;
use crate::evidence::{EventKind, Qualifier, UnknownWord, vocabulary};
use crate::interval::Interval;
use crate::{Country, Pair, Period};

/// The source of what documents tell, as it stands in names and citations.
pub const SOURCE: &str = "documents";

vocabulary! {
    /// What a told figure is about.
    FigureKind {
        /// Exports and imports together.
        TradeTurnover = "trade_turnover",
        /// Goods as the seller tells them.
        Exports = "exports",
        /// Goods as the buyer tells them.
        Imports = "imports",
        /// Exports less imports.
        TradeBalance = "trade_balance",
        /// Direct investment held.
        FdiStock = "fdi_stock",
        /// Direct investment made in a period.
        FdiFlow = "fdi_flow",
        /// Investment of no stated kind.
        Investment = "investment",
        /// Companies.
        Companies = "companies",
        /// Joint ventures.
        JointVentures = "joint_ventures",
        /// Tourists and other travellers.
        Tourists = "tourists",
        /// Students.
        Students = "students",
        /// Flights, mostly a week.
        Flights = "flights",
        /// Loans and credit.
        Loans = "loans",
        /// Anything else; the product says what.
        Other = "other",
    }
}

impl FigureKind {
    /// Whether its values are numbers of things or people.
    pub fn is_counted(self) -> bool {
        self.is_companies() || matches!(self, Self::Tourists | Self::Students | Self::Flights)
    }

    /// Whether it counts firms, of either side alone or of both.
    pub fn is_companies(self) -> bool {
        matches!(self, Self::Companies | Self::JointVentures)
    }

    /// Whether it is what one side sells to the other: the same flow, as either of them tells it.
    pub fn is_flow_of_goods(self) -> bool {
        matches!(self, Self::Exports | Self::Imports)
    }
}

vocabulary! {
    /// What stands between two countries, as a text tells it.
    TieKind {
        /// A joint commission.
        Commission = "commission",
        /// A friendship group of parliaments.
        FriendshipGroup = "friendship_group",
        /// A business club or council.
        BusinessClub = "business_club",
        /// A membership.
        Membership = "membership",
        /// A strategic partnership.
        StrategicPartnership = "strategic_partnership",
        /// An embassy or consulate.
        Embassy = "embassy",
        /// A visa rule.
        VisaRegime = "visa_regime",
        /// A treaty in force.
        Treaty = "treaty",
        /// Twinned towns.
        SisterCity = "sister_city",
        /// Anything else.
        Other = "other",
    }
}

vocabulary! {
    /// What is not an actual.
    Status {
        /// A wish or an aim.
        Target = "target",
        /// What is expected.
        Forecast = "forecast",
        /// What was promised.
        Pledge = "pledge",
    }
}

vocabulary! {
    /// Which way a verb says that a quantity moved.
    Direction {
        /// Rose, grew, more than doubled.
        Up = "up",
        /// Fell, shrank, halved.
        Down = "down",
    }
}

/// A date as precise as the text makes it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum When {
    /// A period: a year, a month, a day.
    Period(Period),
    /// A decade by its first three digits: `199X`.
    Decade(i16),
    /// A month without a year: `--02`.
    Month(i8),
    /// A day without a year: `--02-13`.
    MonthDay(i8, i8),
}

impl When {
    /// The period, when the year is known.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        match self {
            Self::Period(p) => Some(*p),
            Self::Decade(d) => Some(Period::Years(d * 10, d * 10 + 9)),
            _ => None,
        }
    }

    /// The year, when there is one.
    #[must_use]
    pub fn year(&self) -> Option<i16> {
        match self {
            Self::Period(p) => p.year(),
            _ => None,
        }
    }
}

impl From<Date> for When {
    fn from(day: Date) -> Self {
        Self::Period(Period::Day(day))
    }
}

impl From<Period> for When {
    fn from(period: Period) -> Self {
        Self::Period(period)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Period(p) => p.fmt(f),
            Self::Decade(d) => f.pad(&format!("{d:03}X")),
            Self::Month(m) => f.pad(&format!("--{m:02}")),
            Self::MonthDay(m, d) => f.pad(&format!("--{m:02}-{d:02}")),
        }
    }
}

impl fmt::Debug for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a date such as 2024, 2024-05, 2024-05-17, 199X, --02 or --02-13")]
pub struct BadWhen(pub String);

impl FromStr for When {
    type Err = BadWhen;

    fn from_str(s: &str) -> Result<Self, BadWhen> {
        let bad = || BadWhen(s.to_owned());
        let number = |t: &str, n: usize| -> Result<i16, BadWhen> {
            match t.len() == n && t.bytes().all(|b| b.is_ascii_digit()) {
                true => t.parse().map_err(|_| bad()),
                false => Err(bad()),
            }
        };
        if let Some(d) = s.strip_suffix('X') {
            return Ok(Self::Decade(number(d, 3)?));
        }
        let Some(rest) = s.strip_prefix("--") else {
            return s.parse().map(Self::Period).map_err(|_| bad());
        };
        let part = |t: &str, most: i16| -> Result<i8, BadWhen> {
            let n = number(t, 2)?;
            match (1..=most).contains(&n) {
                true => Ok(n as i8),
                false => Err(bad()),
            }
        };
        match rest.split_once('-') {
            None => Ok(Self::Month(part(rest, 12)?)),
            Some((m, d)) => Ok(Self::MonthDay(part(m, 12)?, part(d, 31)?)),
        }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// Exact decimals as JSON numbers: what a double holds exactly goes as a number, the rest as a
/// string of digits, so that reading gives back the same decimal.
pub mod number {
    use rust_decimal::Decimal;
    use rust_decimal::prelude::ToPrimitive;
    use serde::{Deserializer, Serializer, de};
    use std::fmt;

    /// Writes a decimal.
    ///
    /// # Errors
    /// Those of the serialiser.
    pub fn serialize<S: Serializer>(value: &Decimal, s: S) -> Result<S::Ok, S::Error> {
        let v = value.normalize();
        if v.scale() == 0
            && let Some(whole) = v.to_i64()
        {
            return s.serialize_i64(whole);
        }
        match v.to_string().parse::<f64>() {
            // The shortest digits of the double are those of the decimal: nothing is lost.
            Ok(f) if Decimal::from_str_exact(&f.to_string()) == Ok(v) => s.serialize_f64(f),
            _ => s.collect_str(&v),
        }
    }

    struct Digits;

    impl de::Visitor<'_> for Digits {
        type Value = Decimal;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a decimal number")
        }

        fn visit_i64<E: de::Error>(self, v: i64) -> Result<Decimal, E> {
            Ok(v.into())
        }

        fn visit_u64<E: de::Error>(self, v: u64) -> Result<Decimal, E> {
            Ok(v.into())
        }

        fn visit_f64<E: de::Error>(self, v: f64) -> Result<Decimal, E> {
            self.visit_str(&v.to_string())
        }

        fn visit_str<E: de::Error>(self, v: &str) -> Result<Decimal, E> {
            Decimal::from_str_exact(v).map_err(E::custom)
        }
    }

    /// Reads a decimal.
    ///
    /// # Errors
    /// Those of the deserialiser, and what is no decimal.
    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Decimal, D::Error> {
        d.deserialize_any(Digits)
    }

    /// The same for a decimal that may be absent (`null`).
    pub mod option {
        use rust_decimal::Decimal;
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        #[derive(Serialize, Deserialize)]
        struct Number(#[serde(with = "super")] Decimal);

        /// Writes a decimal or `null`.
        ///
        /// # Errors
        /// Those of the serialiser.
        pub fn serialize<S: Serializer>(value: &Option<Decimal>, s: S) -> Result<S::Ok, S::Error> {
            value.map(Number).serialize(s)
        }

        /// Reads a decimal or `null`.
        ///
        /// # Errors
        /// Those of the deserialiser, and what is no decimal.
        pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Decimal>, D::Error> {
            Ok(Option::<Number>::deserialize(d)?.map(|n| n.0))
        }
    }
}

/// An amount in a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// In base units.
    #[serde(with = "number")]
    pub value: Decimal,
    /// ISO 4217 code, `percent`, `count`, `tonne`, …
    pub unit: String,
    /// What its printed form allows.
    pub interval: Interval,
    /// Where it stands.
    pub span: Span,
}

/// Who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// The person or office, in the text's words.
    pub who: String,
    /// Where that is said.
    pub span: Span,
    /// Whether it stands inside quotation marks, as a speaker's own words.
    #[serde(default)]
    pub quoted: bool,
}

/// A change against a comparison period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What its printed form allows, in per cent, signed.
    pub interval: Interval,
    /// Where it stands.
    pub span: Span,
    /// Which way the words beside it say it went, and where they stand; `None` when they do not
    /// say ("a change of 5 %").
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub verb: Option<(Direction, Span)>,
}

/// A quantity that a text tells about the pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What is measured.
    pub kind: FigureKind,
    /// Where goods, capital or people come from; without a direction the first by code.
    pub from: Country,
    /// Where they go.
    pub to: Country,
    /// In base units; `None` when only a change is told.
    #[serde(with = "number::option", default)]
    pub value: Option<Decimal>,
    /// The upper end of a told range.
    #[serde(
        with = "number::option",
        skip_serializing_if = "Option::is_none",
        default
    )]
    pub value_max: Option<Decimal>,
    /// ISO 4217 code, `percent`, `count`, `tonne`, …
    pub unit: String,
    /// How it is hedged.
    pub qualifier: Qualifier,
    /// When; `None` when the text does not decide it.
    #[serde(default)]
    pub period: Option<Period>,
    /// Per cent against the comparison period, signed.
    #[serde(
        with = "number::option",
        skip_serializing_if = "Option::is_none",
        default
    )]
    pub change_percent: Option<Decimal>,
    /// How the change is hedged.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub change_qualifier: Option<Qualifier>,
    /// The change as an amount in the unit, signed.
    #[serde(
        with = "number::option",
        skip_serializing_if = "Option::is_none",
        default
    )]
    pub change_abs: Option<Decimal>,
    /// What it is compared with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub compare_period: Option<Period>,
    /// Goods or sub-group, in the text's words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub product: Option<String>,
    /// Absent for actuals.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<Status>,
    /// The same amount in other currencies.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub alt: Vec<Amount>,
    /// What the printed form and the qualifier allow, in base units; `None` without a value.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub interval: Option<Interval>,
    /// The change as printed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub change: Option<Change>,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attribution: Option<Attribution>,
    /// Whether it stands in the headline.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub headline: bool,
    /// Where it stands.
    pub span: Span,
    /// Those bytes.
    pub quote: String,
    /// The rules that gave it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub rules: Vec<String>,
}

impl Figure {
    /// A figure of which no more is known than what it is about and where it stands.
    pub fn bare(
        kind: FigureKind,
        (from, to): (Country, Country),
        span: Span,
        quote: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            from,
            to,
            value: None,
            value_max: None,
            unit: String::new(),
            qualifier: Qualifier::Exact,
            period: None,
            change_percent: None,
            change_qualifier: None,
            change_abs: None,
            compare_period: None,
            product: None,
            status: None,
            alt: Vec::new(),
            interval: None,
            change: None,
            attribution: None,
            headline: false,
            span,
            quote: quote.into(),
            rules: Vec::new(),
        }
    }
}

/// A person with an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// As the text writes it; empty when only the office is told.
    pub name: String,
    /// The office, in the text's words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub office: Option<String>,
    /// Whose.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub country: Option<Country>,
}

/// Something that happened or is planned, as a text tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What kind.
    pub kind: EventKind,
    /// When the act was or will be; `None` when the text does not say.
    #[serde(default)]
    pub date: Option<When>,
    /// The last day of a range.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end: Option<When>,
    /// Where.
    #[serde(default)]
    pub host: Option<Country>,
    /// Who acts for the other: whose support it is. `None` when the text does not say, and for what
    /// both do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<Country>,
    /// The countries that take part, by code.
    pub participants: Vec<Country>,
    /// Whether it lay ahead when the text was published.
    pub planned: bool,
    /// Whether it only follows from something else told (a founding date from an anniversary).
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub derived: bool,
    /// In a few words of our own.
    pub what: String,
    /// Persons with their offices.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub persons: Vec<Person>,
    /// Cities, in the text's words.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub cities: Vec<String>,
    /// Organisations and companies, in the text's words.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub organisations: Vec<String>,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attribution: Option<Attribution>,
    /// Where it stands.
    pub span: Span,
    /// Those bytes.
    pub quote: String,
    /// The rules that gave it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub rules: Vec<String>,
}

/// Something that stands between the two, as a text tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// What kind.
    pub kind: TieKind,
    /// The countries between which it stands, by code.
    pub participants: Vec<Country>,
    /// In a few words.
    pub what: String,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub since: Option<When>,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attribution: Option<Attribution>,
    /// Where it stands.
    pub span: Span,
    /// Those bytes.
    pub quote: String,
    /// The rules that gave it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub rules: Vec<String>,
}

/// A figure, an event or a tie by its place in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemRef {
    /// In [`Extraction::figures`].
    Figure(usize),
    /// In [`Extraction::events`].
    Event(usize),
    /// In [`Extraction::ties`].
    Tie(usize),
}

/// What the words of a text say about its own items, beyond the items themselves: the check
/// engine holds them against each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Constraint {
    /// Parts that add up to a whole ("19 companies: 8 joint ventures and 11 wholly owned").
    Parts {
        /// The whole, a figure.
        whole: usize,
        /// Figures that are all of its parts.
        parts: Vec<usize>,
        /// The words that say so.
        span: Span,
    },
    /// A number and the list that follows it ("three times: in 2002, 2009 and 2010").
    Count {
        /// The number.
        said: u32,
        /// Where it stands.
        span: Span,
        /// What is counted, in a word of the text ("times", "agreements").
        of: String,
        /// What is listed: a span each.
        listed: Vec<Span>,
        /// Whether the list is meant to be whole; "among them" opens one that is not.
        whole: bool,
    },
    /// A number of years since something ("marked 32 years since relations were established").
    Anniversary {
        /// How many years.
        years: u16,
        /// Where the number stands.
        span: Span,
        /// When it is marked.
        on: Option<When>,
        /// What it is the anniversary of.
        of: EventKind,
        /// The date of that, when the text tells it too, and where.
        origin: Option<(When, Span)>,
    },
    /// A country's term in a body ("non-permanent seat on the UN Security Council for 2017–2018").
    Term {
        /// Which body: `UNSC`, `UNHRC`, `IAEA`, … or the text's words.
        body: String,
        /// Whose.
        country: Country,
        /// From the first year to the last.
        period: Period,
        /// Whether it is only a candidacy or support of one.
        candidacy: bool,
        /// Where it stands.
        span: Span,
    },
    /// A verb that says which way a figure moved, where a from-to pair of figures is told without
    /// a percentage ("rose from 149 million to 145 million").
    Moved {
        /// The later figure.
        figure: usize,
        /// The earlier figure, when told.
        before: Option<usize>,
        /// Which way.
        direction: Direction,
        /// Where the verb stands.
        span: Span,
    },
    /// A figure that is told to be a share of another.
    Share {
        /// The part, a figure.
        part: usize,
        /// The whole, a figure.
        whole: usize,
        /// The share in per cent, a figure of unit `percent`, or what its words allow.
        percent: Interval,
        /// Where the share stands.
        span: Span,
    },
    /// An average or a rate per something ("25 million a year over four years, 100 in all").
    Average {
        /// The average, a figure.
        each: usize,
        /// The total, a figure.
        total: usize,
        /// How many make the total.
        count: u32,
        /// Where it stands.
        span: Span,
    },
    /// A weekday beside a date ("Friday, 23 December 2011").
    Weekday {
        /// The date.
        date: Date,
        /// Monday 1 … Sunday 7.
        weekday: i8,
        /// Where they stand.
        span: Span,
    },
    /// An event that the text tells with a date on the wrong side of its publication: told as past
    /// although ahead, or as planned although over.
    Tense {
        /// The event.
        event: usize,
        /// Whether the words tell it as past.
        past: bool,
        /// Where the verb stands.
        span: Span,
    },
    /// A figure's sum is the difference of two countries' flows told with a word ("a surplus").
    Surplus {
        /// The balance, a figure.
        balance: usize,
        /// Who is told to have the surplus.
        of: Country,
        /// Where it stands.
        span: Span,
    },
}

/// All that a text tells about one pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extraction {
    /// The pair.
    pub pair: Pair,
    /// The day that the text was published, as far as it is known.
    pub published: Option<Date>,
    /// Quantities, in the order of the text.
    pub figures: Vec<Figure>,
    /// Events, in the order of the text.
    pub events: Vec<Event>,
    /// Ties, in the order of the text.
    pub ties: Vec<Tie>,
    /// What the words say about them.
    pub constraints: Vec<Constraint>,
}
