//! A compact way to write down what a text tells, for the examples of the rules and for tests.
//!
//! A figure is written as print has it, `"over 94 million USD"`, and its interval follows from
//! that; its place is found by looking its digits up in the text.
//!
//! ```toml
//! text = "Turnover was 105.7 million dollars in 2024, 5.2% less than 111.5 million in 2023."
//! pair = "KAZ-SVN"
//! figures = [
//!   { kind = "trade_turnover", told = "105.7 million USD", period = "2024", change = "-5.2", on = "2023", verb = "down" },
//!   { kind = "trade_turnover", told = "111.5 million USD", period = "2023" },
//! ]
//! ```

use std::collections::BTreeMap;

use bilat_model::document::Span;
use bilat_model::evidence::{
    Citation, Event as KnownEvent, EventDetails, EventKind, Figure as KnownFigure, Locator,
    Qualifier, Tie as KnownTie, TieDetails, TieKind,
};
use bilat_model::finding::Finding;
use bilat_model::interval::Interval;
use bilat_model::profile::{Membership, MembershipKind};
use bilat_model::source::SourceId;
use bilat_model::told::{
    Amount, Attribution, Change, Constraint, Direction, Event, Extraction, Figure, FigureKind,
    Status, When,
};
use bilat_model::{Country, Decimal, Evidence, EvidenceId, Measure, Pair, Period, Statement};
use jiff::civil::Date;
use serde::Deserialize;

use crate::rule::Expected;
use crate::{Known, KnownSource};

/// A text, what it tells, and what the check must say.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The pair.
    #[serde(default)]
    pub pair: Option<Pair>,
    /// When it was published.
    #[serde(default)]
    pub published: Option<Date>,
    /// What it tells in numbers.
    #[serde(default)]
    figures: Vec<ToldFigure>,
    /// What it tells of events.
    #[serde(default)]
    events: Vec<ToldEvent>,
    /// What its words say about them.
    #[serde(default)]
    words: Vec<ToldWords>,
    /// What is known apart from the text.
    #[serde(default)]
    known: Vec<KnownItem>,
    /// The findings that must come of it, in order; others of severity `info` may come too.
    #[serde(default)]
    pub gives: Vec<Expected>,
    /// Whether nothing at all may come of it.
    #[serde(default)]
    pub silent: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToldFigure {
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
    alt: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToldEvent {
    kind: EventKind,
    at: String,
    #[serde(default)]
    date: Option<When>,
    #[serde(default)]
    end: Option<When>,
    #[serde(default)]
    planned: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
enum ToldWords {
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

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
enum KnownItem {
    /// A figure of a statistical source: goods told by one side's books.
    Goods {
        source: String,
        way: String,
        book: Country,
        period: Period,
        value: Decimal,
    },
    /// A figure of another document.
    Document {
        title: String,
        published: Date,
        measure: Measure,
        way: String,
        period: Period,
        value: Decimal,
    },
    /// A date of diplomatic relations.
    Relations { stated_by: Country, date: Period },
    /// A treaty.
    Treaty { what: String, signed: Period },
    /// A seat.
    Seat {
        country: Country,
        body: String,
        since: Period,
        #[serde(default)]
        until: Option<Period>,
    },
}

/// What [`Known`] borrows.
#[derive(Clone, Debug, Default)]
struct Store {
    evidence: Vec<Evidence>,
    sources: BTreeMap<SourceId, KnownSource>,
    memberships: Vec<Membership>,
}

impl Store {
    fn known(&self) -> Known<'_> {
        Known {
            evidence: &self.evidence,
            sources: &self.sources,
            memberships: &self.memberships,
        }
    }
}

/// Finds places in a text, each after the one before, or from the start where there is none.
struct Places<'a> {
    text: &'a str,
    at: usize,
}

impl Places<'_> {
    fn find(&mut self, words: &str) -> Result<Span, String> {
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
struct Printed<'a> {
    qualifier: Qualifier,
    digits: &'a str,
    value: Decimal,
    interval: Interval,
    unit: &'a str,
}

fn printed(told: &str) -> Result<Printed<'_>, String> {
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

fn way(pair: Pair, told: Option<&str>) -> Result<(Country, Country), String> {
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

impl ToldFigure {
    fn figure(&self, pair: Pair, places: &mut Places<'_>) -> Result<Figure, String> {
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
    fn event(&self, pair: Pair, places: &mut Places<'_>) -> Result<Event, String> {
        let span = places.find(&self.at)?;
        Ok(Event {
            kind: self.kind,
            date: self.date,
            end: self.end,
            host: None,
            participants: vec![pair.a(), pair.b()],
            planned: self.planned,
            derived: false,
            what: self.at.clone(),
            persons: Vec::new(),
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
    fn constraint(&self, places: &mut Places<'_>) -> Result<Constraint, String> {
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
                origin,
                origin_at,
            } => Constraint::Anniversary {
                years,
                span: places.find(&at)?,
                on,
                of: EventKind::DiplomaticRelations,
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

impl Example {
    /// What the text tells.
    ///
    /// # Errors
    /// What is wrong with the example, in a sentence: an amount that is none, or words that the
    /// text does not hold.
    pub fn extraction(&self) -> Result<Extraction, String> {
        let pair = match self.pair {
            Some(pair) => pair,
            None => "KAZ-SVN".parse().map_err(|_| "no pair".to_owned())?,
        };
        let mut places = Places {
            text: &self.text,
            at: 0,
        };
        let figures = self.figures.iter().map(|f| f.figure(pair, &mut places));
        let figures = figures.collect::<Result<_, _>>()?;
        places.at = 0;
        let events = self.events.iter().map(|e| e.event(pair, &mut places));
        let events = events.collect::<Result<_, _>>()?;
        places.at = 0;
        let words = self.words.iter().map(|w| w.constraint(&mut places));
        Ok(Extraction {
            pair,
            published: self.published,
            figures,
            events,
            ties: Vec::new(),
            constraints: words.collect::<Result<_, _>>()?,
        })
    }

    /// What the check says of it.
    ///
    /// # Errors
    /// As [`extraction`](Self::extraction).
    pub fn findings(&self) -> Result<Vec<Finding>, String> {
        let told = self.extraction()?;
        let store = self.store()?;
        Ok(crate::check(&told, &self.text, &store.known()))
    }

    /// What is known apart from the text.
    fn store(&self) -> Result<Store, String> {
        let mut store = Store::default();
        let pair = self.extraction()?.pair;
        for item in &self.known {
            item.put(pair, &mut store)?;
        }
        Ok(store)
    }
}

impl KnownItem {
    fn put(&self, pair: Pair, store: &mut Store) -> Result<(), String> {
        let number = store.evidence.len();
        let mut cite = |id: &str, source: KnownSource| {
            let id = SourceId::new(id);
            store.sources.insert(id.clone(), source);
            Citation {
                source: id,
                file: "file".into(),
                at: Locator::Line(2),
            }
        };
        let plain = |title: &str| KnownSource {
            title: title.to_owned(),
            date: Some("2021".to_owned()),
            document: false,
            published: None,
        };
        let (statement, citation) = match self {
            Self::Goods {
                source,
                way: told,
                book,
                period,
                value,
            } => {
                let (from, to) = way(pair, Some(told))?;
                let sold = *book == from;
                let figure = KnownFigure {
                    measure: if sold {
                        Measure::Exports
                    } else {
                        Measure::Imports
                    },
                    from,
                    to,
                    reporter: Some(*book),
                    product: None,
                    period: Some(*period),
                    value: *value,
                    valuation: None,
                };
                (Statement::Figure(figure), cite(source, plain(source)))
            }
            Self::Document {
                title,
                published,
                measure,
                way: told,
                period,
                value,
            } => {
                let (from, to) = way(pair, Some(told))?;
                let figure = KnownFigure {
                    measure: *measure,
                    from,
                    to,
                    reporter: None,
                    product: None,
                    period: Some(*period),
                    value: *value,
                    valuation: None,
                };
                let source = KnownSource {
                    title: title.clone(),
                    date: Some(published.to_string()),
                    document: true,
                    published: Some(*published),
                };
                (Statement::Figure(figure), cite(title, source))
            }
            Self::Relations { stated_by, date } => {
                let event = KnownEvent {
                    kind: EventKind::DiplomaticRelations,
                    date: Some(*date),
                    what: "diplomatic relations established".to_owned(),
                    details: EventDetails::Relations {
                        stated_by: *stated_by,
                    },
                };
                let source = plain("Lists of diplomatic relations");
                (
                    Statement::Event(event),
                    cite("diplomatic_relations", source),
                )
            }
            Self::Treaty { what, signed } => {
                let tie = KnownTie {
                    kind: TieKind::Treaty,
                    from: pair.a(),
                    to: pair.b(),
                    what: what.clone(),
                    since: None,
                    until: None,
                    as_of: None,
                    details: TieDetails::Treaty {
                        type_name: String::new(),
                        status: String::new(),
                        signed: Some(*signed),
                        in_force: None,
                        bilateral: true,
                    },
                };
                (Statement::Tie(tie), cite("treaties", plain("Treaties")))
            }
            Self::Seat {
                country,
                body,
                since,
                until,
            } => {
                let citation = cite("security_council", plain("Members of the Security Council"));
                store.memberships.push(Membership {
                    country: *country,
                    organisation: body.clone(),
                    name: body.clone(),
                    kind: MembershipKind::Seat,
                    since: Some(*since),
                    until: *until,
                    citation,
                });
                return Ok(());
            }
        };
        let id = EvidenceId::of(pair, &citation.source, &statement, number);
        store.evidence.push(Evidence {
            id,
            pair,
            statement,
            citation,
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use bilat_model::finding::Severity;

    use super::*;
    use crate::rule::{Rule, rules};

    fn holds(f: &Finding, e: &Expected, rule: &Rule) -> bool {
        let all = format!(
            "{} | {} | {}",
            f.message,
            f.arithmetic.as_deref().unwrap_or_default(),
            f.help.as_deref().unwrap_or_default()
        );
        f.rule == e.rule.as_deref().unwrap_or(&rule.id)
            && f.severity == e.severity
            && f.outcome == e.outcome
            && e.says.iter().all(|s| all.contains(s.as_str()))
    }

    fn allowed(id: &str) -> &'static [Severity] {
        crate::rule(id).map_or(&[], |r| &r.severities)
    }

    fn run(rule: &Rule, example: &Example) -> Result<(), String> {
        let findings = example.findings()?;
        let fail = |what: &str| {
            let text = &example.text;
            Err(format!("{}: {what}\n{text}\n{findings:#?}", rule.id))
        };
        if example.silent && !findings.is_empty() {
            return fail("something came of it");
        }
        let mut wanted = example.gives.iter().peekable();
        for f in &findings {
            if !allowed(&f.rule).contains(&f.severity) {
                return fail("a severity that the rule does not list");
            }
            if f.message.contains(['{', '}']) || f.message.len() < 12 {
                return fail("a message with a gap");
            }
            for l in &f.labels {
                if l.span.of(&example.text) != l.quote || l.quote.is_empty() {
                    return fail("a quote that is not in the text");
                }
            }
            if wanted.peek().is_some_and(|e| holds(f, e, rule)) {
                wanted.next();
            } else if f.severity != Severity::Info {
                return fail("an alarm that is not expected");
            }
        }
        match wanted.next() {
            Some(e) => fail(&format!("missing: {e:?}")),
            None => Ok(()),
        }
    }

    #[test]
    fn every_example_of_every_rule_gives_what_it_says() {
        let mut bad = Vec::new();
        for r in rules() {
            for e in &r.example {
                bad.extend(run(r, e).err());
            }
        }
        assert!(bad.is_empty(), "{}", bad.join("\n\n"));
    }
}
