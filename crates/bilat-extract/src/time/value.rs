//! What a temporal expression is found to be.

use std::fmt;
use std::ops::Range;

use bilat_model::Period;
use bilat_model::told::When;

/// A temporal expression with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Which tokens, without the preposition before them and without "the".
    pub tokens: Range<usize>,
    /// What it says.
    pub value: Value,
    /// What the value was resolved by.
    pub anchor: Anchor,
    /// The preposition before it.
    pub lead: Lead,
    /// Whether it dates the text itself: a day at its very beginning, after nothing but a place.
    pub dateline: bool,
    /// The rule that found it.
    pub rule: &'static str,
}

impl Time {
    /// The period of a figure dated by it, when it stands for one.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        match self.value {
            Value::When(w) => w.period(),
            Value::Duration { period, .. } => period,
            Value::Range(a, b) => {
                let (a, b) = (a.period()?.first(), b.period()?.last());
                let ends = ((a.year(), a.month()), (b.year(), b.month()));
                Some(match ends.0 == ends.1 {
                    true => Period::Month(a.year(), a.month()),
                    false => Period::Months(ends.0, ends.1),
                })
            }
            _ => None,
        }
    }

    /// The date of an event dated by it, and the end of one that lasts.
    #[must_use]
    pub fn date(&self) -> Option<(When, Option<When>)> {
        match self.value {
            Value::When(When::Period(Period::Years(a, b))) => {
                Some((Period::Year(a).into(), Some(Period::Year(b).into())))
            }
            Value::When(When::Period(Period::Months((y, m), (z, n)))) => {
                Some((Period::Month(y, m).into(), Some(Period::Month(z, n).into())))
            }
            Value::When(w) | Value::Open { since: w } => Some((w, None)),
            Value::Range(a, b) => Some((a, Some(b))),
            _ => None,
        }
    }
}

/// What an expression says about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A date or a period.
    When(When),
    /// From one date to another, both included, where no period has that form.
    Range(When, When),
    /// From a date on.
    Open {
        /// Its beginning.
        since: When,
    },
    /// The period of the figure at hand, a number of years earlier (negative) or later: "the same
    /// period of last year", "a year earlier", "year-on-year". Zero is "the same period".
    SamePeriod {
        /// Years to add.
        shift_years: i16,
    },
    /// The months of the figure's period in a year that is told: "the same period of 2021".
    SamePeriodIn {
        /// That year.
        year: i16,
    },
    /// The neighbour of the figure's period in another unit: "month-on-month", "the previous
    /// quarter", and "a day earlier" where no day has been told.
    Adjacent {
        /// Units to add.
        by: i16,
        /// Which.
        unit: Unit,
    },
    /// A length of time.
    Duration {
        /// How many; `None` for "in recent years".
        count: Option<u16>,
        /// Of what.
        unit: Unit,
        /// Where it lies.
        side: Side,
        /// The years or months it covers, when it lies beside the day of publication.
        period: Option<Period>,
    },
    /// Each unit anew: "annually", "per week".
    Recurring {
        /// How often.
        unit: Unit,
    },
    /// A year that is part of a name: "EXPO 2017", "Agenda 2030".
    Name {
        /// The year.
        year: i16,
    },
    /// It needs a day of publication or another date that is not known.
    Unresolved,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A day.
    Day,
    /// A week, Monday first.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// Where a length of time lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It ends with the publication.
    Past,
    /// It begins with the publication.
    Ahead,
    /// Not said.
    Unplaced,
}

/// What a value was resolved by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// By its own words.
    Absolute,
    /// By the day of publication.
    Publication,
    /// By another expression of the text.
    Text,
}

/// The preposition before an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The variants are the words themselves.
pub enum Lead {
    None,
    In,
    On,
    For,
    During,
    Since,
    From,
    Until,
    By,
    Before,
    After,
    AsOf,
    Between,
    Over,
    To,
    Within,
    Of,
    /// Than, against, compared with.
    Than,
    /// Each anew.
    Every,
}

impl Unit {
    /// The word for one.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }
}

/// The form that the examples of the rules use.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::When(w) => write!(f, "{w}"),
            Self::Range(a, b) => write!(f, "{a}..{b}"),
            Self::Open { since } => write!(f, "{since}.."),
            Self::SamePeriod { shift_years } => write!(f, "same{shift_years:+}"),
            Self::SamePeriodIn { year } => write!(f, "same in {year}"),
            Self::Adjacent { by, unit } => write!(f, "{}{by:+}", unit.as_str()),
            Self::Duration {
                count,
                unit,
                side,
                period,
            } => {
                match count {
                    Some(n) => write!(f, "{n} {}", unit.as_str())?,
                    None => write!(f, "some {}", unit.as_str())?,
                }
                match side {
                    Side::Past => write!(f, " past")?,
                    Side::Ahead => write!(f, " ahead")?,
                    Side::Unplaced => {}
                }
                period.map_or(Ok(()), |p| write!(f, " {p}"))
            }
            Self::Recurring { unit } => write!(f, "each {}", unit.as_str()),
            Self::Name { year } => write!(f, "name {year}"),
            Self::Unresolved => write!(f, "?"),
        }
    }
}
