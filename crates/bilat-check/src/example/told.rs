//! Figures, events and words of an example.

use bilat_model::document::Span;
use bilat_model::evidence::{EventKind, Qualifier};
use bilat_model::interval::Interval;
use bilat_model::told::{
    Amount, Attribution, Change, Constraint, Direction, Event, Figure, FigureKind, Person, Status,
    When,
};
use bilat_model::{Country, Decimal, Pair, Period};
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToldFigure {
    kind: FigureKind,
    #[serde(default)]
    way: Option<String>,
    #[serde(default)]
    told: Option<String>,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    period: Option<Period>,
    #[serde(default)]
    change: Option<String>,
    /// What the change allows where words tell it ("doubled").
    #[serde(default)]
    change_allows: Option<Interval>,
    /// The words that tell it.
    #[serde(default)]
    change_words: Option<String>,
    #[serde(default)]
    change_abs: Option<Decimal>,
    #[serde(default)]
    on: Option<Period>,
    #[serde(default)]
    verb: Option<Direction>,
    #[serde(default)]
    product: Option<String>,
    #[serde(default)]
    status: Option<Status>,
    #[serde(default)]
    by: Option<String>,
    #[serde(default)]
    headline: bool,
    #[serde(default)]
    pub(super) alt: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToldEvent {
    pub(super) kind: EventKind,
    pub(super) at: String,
    #[serde(default)]
    pub(super) date: Option<When>,
    #[serde(default)]
    pub(super) end: Option<When>,
    #[serde(default)]
    pub(super) planned: bool,
    #[serde(default)]
    pub(super) host: Option<Country>,
    /// An office, and whose it is.
    #[serde(default)]
    pub(super) office: Option<String>,
    #[serde(default)]
    pub(super) of: Option<Country>,
    /// Names of persons.
    #[serde(default)]
    pub(super) persons: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum ToldWords {
    Parts {
        whole: usize,
        parts: Vec<usize>,
        at: String,
    },
    Count {
        said: u32,
        at: String,
        of: String,
        listed: Vec<String>,
        whole: bool,
    },
    Anniversary {
        years: u16,
        at: String,
        #[serde(default)]
        on: Option<When>,
        #[serde(default)]
        of: Option<EventKind>,
        #[serde(default)]
        origin: Option<When>,
        #[serde(default)]
        origin_at: Option<String>,
    },
    Term {
        body: String,
        country: Country,
        period: Period,
        candidacy: bool,
        at: String,
    },
    Moved {
        figure: usize,
        #[serde(default)]
        before: Option<usize>,
        direction: Direction,
        at: String,
    },
    Share {
        part: usize,
        whole: usize,
        percent: String,
    },
    Average {
        each: usize,
        total: usize,
        count: u32,
        at: String,
    },
    Weekday {
        date: Date,
        weekday: i8,
        at: String,
    },
    Tense {
        event: usize,
        past: bool,
        at: String,
    },
    Surplus {
        balance: usize,
        of: Country,
        at: String,
    },
}

/// Finds places in a text, each after the one before, or from the start where there is none.
pub(super) struct Places<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl Places<'_> {
    pub(super) fn find(&mut self, words: &str) -> Result<Span, String> {
        let after = self.text.get(self.at..).and_then(|rest| rest.find(words));
        let start = match after {
            Some(i) => self.at + i,
            None => {
                let first = self.text.find(words);
                first.ok_or_else(|| format!("“{words}” is not in “{}”", self.text))?
            }
        };
        self.at = start + words.len();
        Ok(Span::new(start, self.at))
    }
}

/// An amount as print has it: `over 94 million USD`.
pub(super) struct Printed<'a> {
    qualifier: Qualifier,
    digits: &'a str,
    value: Decimal,
    interval: Interval,
    unit: &'a str,
}

pub(super) fn printed(told: &str) -> Result<Printed<'_>, String> {
    let bad = || format!("“{told}” is not an amount such as “over 94 million USD”");
    let mut words = told.split(' ').peekable();
    let first = words.peek().copied().ok_or_else(bad)?;
    let qualifier = first.parse::<Qualifier>().ok();
    if qualifier.is_some() {
        words.next();
    }
    let qualifier = qualifier.unwrap_or(Qualifier::Exact);
    let digits = words.next().ok_or_else(bad)?;
    let (mut scale, mut unit) = (Decimal::ONE, words.next().unwrap_or("count"));
    let by = match unit {
        "thousand" => Some(1_000),
        "million" => Some(1_000_000_i64),
        "billion" => Some(1_000_000_000),
        _ => None,
    };
    if let Some(by) = by {
        scale = Decimal::from(by);
        unit = words.next().unwrap_or("count");
    }
    let of = |q| Interval::printed(digits, scale, q).map_err(|e| e.to_string());
    let interval = of(qualifier)?;
    let plain = digits.replace([',', '+'], "");
    let value = Decimal::from_str_exact(&plain).map_err(|e| e.to_string())?;
    let value = value.checked_mul(scale).ok_or_else(bad)?;
    Ok(Printed {
        qualifier,
        digits,
        value,
        interval,
        unit,
    })
}

pub(super) fn way(pair: Pair, told: Option<&str>) -> Result<(Country, Country), String> {
    let Some(told) = told else {
        return Ok((pair.a(), pair.b()));
    };
    let bad = || format!("“{told}” is not a way such as KAZ>SVN");
    let (from, to) = told.split_once('>').ok_or_else(bad)?;
    Ok((
        from.parse().map_err(|_| bad())?,
        to.parse().map_err(|_| bad())?,
    ))
}

/// A figure of which no more is known than that.
pub(super) fn known_figure(
    kind: FigureKind,
    way: Option<&str>,
    told: &str,
    period: Option<Period>,
    product: Option<String>,
) -> ToldFigure {
    ToldFigure {
        kind,
        way: way.map(str::to_owned),
        told: Some(told.to_owned()),
        to: None,
        unit: None,
        period,
        change: None,
        change_allows: None,
        change_words: None,
        change_abs: None,
        on: None,
        verb: None,
        product,
        status: None,
        by: None,
        headline: false,
        alt: Vec::new(),
    }
}

impl ToldFigure {
    pub(super) fn figure(&self, pair: Pair, places: &mut Places<'_>) -> Result<Figure, String> {
        let (from, to) = way(pair, self.way.as_deref())?;
        let value = self.told.as_deref().map(printed).transpose()?;
        let upper = self.to.as_deref().map(printed).transpose()?;
        let span = match &value {
            Some(v) => places.find(v.digits.trim_start_matches('-'))?,
            None => Span::new(places.at, places.at),
        };
        let mut alt = Vec::new();
        for a in &self.alt {
            let a = printed(a)?;
            alt.push(Amount {
                value: a.value,
                unit: a.unit.to_owned(),
                interval: a.interval,
                span: places.find(a.digits)?,
            });
        }
        let change = self.change.as_deref().map(printed).transpose()?;
        let told_change = match (&change, self.change_allows) {
            (None, None) => None,
            (c, allows) => {
                let at = match (&self.change_words, c) {
                    (Some(words), _) => places.find(words)?,
                    (None, Some(c)) => places.find(c.digits.trim_start_matches('-'))?,
                    (None, None) => span,
                };
                Some(Change {
                    interval: allows
                        .or(c.as_ref().map(|c| c.interval))
                        .unwrap_or(Interval::ALL),
                    span: at,
                    verb: self.verb.map(|d| (d, at)),
                })
            }
        };
        let span = match (&value, &told_change) {
            (None, Some(c)) => c.span,
            _ => span,
        };
        Ok(Figure {
            kind: self.kind,
            from,
            to,
            value: value.as_ref().map(|v| v.value),
            value_max: upper.map(|u| u.value),
            unit: value
                .as_ref()
                .map(|v| v.unit.to_owned())
                .or_else(|| self.unit.clone())
                .unwrap_or_else(|| "percent".to_owned()),
            qualifier: value.as_ref().map_or(Qualifier::Exact, |v| v.qualifier),
            period: self.period,
            change_percent: change.as_ref().map(|c| c.value),
            change_qualifier: change.as_ref().map(|c| c.qualifier),
            change_abs: self.change_abs,
            compare_period: self.on,
            product: self.product.clone(),
            status: self.status,
            alt,
            interval: value.as_ref().map(|v| v.interval),
            change: told_change,
            attribution: self.by.as_ref().map(|who| Attribution {
                who: who.clone(),
                span,
                quoted: false,
            }),
            headline: self.headline,
            span,
            quote: span.of(places.text).to_owned(),
            rules: Vec::new(),
        })
    }
}

impl ToldEvent {
    pub(super) fn event(&self, pair: Pair, places: &mut Places<'_>) -> Result<Event, String> {
        let span = places.find(&self.at)?;
        let person = |name: &str| Person {
            name: name.to_owned(),
            office: self.office.clone(),
            country: self.of,
        };
        let mut persons: Vec<Person> = self.persons.iter().map(|n| person(n)).collect();
        if persons.is_empty() && self.office.is_some() {
            persons.push(person(""));
        }
        Ok(Event {
            kind: self.kind,
            date: self.date,
            end: self.end,
            host: self.host,
            participants: vec![pair.a(), pair.b()],
            planned: self.planned,
            by: None,
            derived: false,
            what: self.at.clone(),
            persons,
            cities: Vec::new(),
            organisations: Vec::new(),
            attribution: None,
            span,
            quote: self.at.clone(),
            rules: Vec::new(),
        })
    }
}

impl ToldWords {
    pub(super) fn constraint(&self, places: &mut Places<'_>) -> Result<Constraint, String> {
        Ok(match self.clone() {
            Self::Parts { whole, parts, at } => Constraint::Parts {
                whole,
                parts,
                span: places.find(&at)?,
            },
            Self::Count {
                said,
                at,
                of,
                listed,
                whole,
            } => Constraint::Count {
                said,
                span: places.find(&at)?,
                of,
                listed: listed
                    .iter()
                    .map(|l| places.find(l))
                    .collect::<Result<_, _>>()?,
                whole,
            },
            Self::Anniversary {
                years,
                at,
                on,
                of,
                origin,
                origin_at,
            } => Constraint::Anniversary {
                years,
                span: places.find(&at)?,
                on,
                of: of.unwrap_or(EventKind::DiplomaticRelations),
                origin: match (origin, origin_at) {
                    (Some(o), Some(at)) => Some((o, places.find(&at)?)),
                    _ => None,
                },
            },
            Self::Term {
                body,
                country,
                period,
                candidacy,
                at,
            } => Constraint::Term {
                body,
                country,
                period,
                candidacy,
                span: places.find(&at)?,
            },
            Self::Moved {
                figure,
                before,
                direction,
                at,
            } => Constraint::Moved {
                figure,
                before,
                direction,
                span: places.find(&at)?,
            },
            Self::Share {
                part,
                whole,
                percent,
            } => {
                let p = printed(&percent)?;
                Constraint::Share {
                    part,
                    whole,
                    percent: p.interval,
                    span: places.find(p.digits)?,
                }
            }
            Self::Average {
                each,
                total,
                count,
                at,
            } => Constraint::Average {
                each,
                total,
                count,
                span: places.find(&at)?,
            },
            Self::Weekday { date, weekday, at } => Constraint::Weekday {
                date,
                weekday,
                span: places.find(&at)?,
            },
            Self::Tense { event, past, at } => Constraint::Tense {
                event,
                past,
                span: places.find(&at)?,
            },
            Self::Surplus { balance, of, at } => Constraint::Surplus {
                balance,
                of,
                span: places.find(&at)?,
            },
        })
    }
}
