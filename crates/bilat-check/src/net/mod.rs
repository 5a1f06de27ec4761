//! The constraint network: told figures as variables with intervals, and the laws between them.
//!
//! A variable stands for one quantity (exports from A to B in 2024 in US dollars). What the text
//! tells of it are its claims, each an interval with its place in the text. A law ties variables:
//! a sum, a growth, a bound. [`solve`] narrows every variable to a fixpoint; [`conflict`] looks
//! for the smallest sets of claims that cannot all be true.

mod arithmetic;
pub(crate) mod build;
mod confirm;
pub(crate) mod conflict;
mod laws;
pub(crate) mod reading;
pub(crate) mod solve;
pub(crate) mod tell;

use bilat_model::document::Span;
use bilat_model::interval::Interval;
use bilat_model::told::{FigureKind, ItemRef};
use bilat_model::{Country, Decimal, Period};

/// A quantity of the text.
#[derive(Clone, Debug)]
pub(crate) struct Var {
    /// As messages call it: `exports KAZ→SVN 2024`.
    pub(crate) name: String,
    /// ISO 4217 code, `count`, …; `percent` for changes and shares, which are held as fractions.
    pub(crate) unit: String,
    /// What it can be by its nature: counts are never negative.
    pub(crate) base: Interval,
    /// What the text tells of it.
    pub(crate) claims: Vec<usize>,
    /// What it stands for.
    pub(crate) topic: Topic,
}

/// What a variable stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    /// A quantity that several places of the text may tell.
    Of(Key),
    /// A quantity that one figure alone tells, since its period or its subject is open.
    Lone(usize),
    /// The relative change from one variable (second) to another.
    Change(usize, usize),
    /// The change as an amount.
    Amount(usize, usize),
    /// A number of one law: a share, a count.
    Number(usize),
}

/// What makes two figures tell the same quantity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// The kind; goods of one direction go by [`FigureKind::Exports`] whoever tells them.
    pub(crate) kind: FigureKind,
    pub(crate) from: Country,
    pub(crate) to: Country,
    pub(crate) product: String,
    pub(crate) unit: String,
    /// The word of the status; empty for actuals.
    pub(crate) status: &'static str,
    pub(crate) period: Period,
}

/// Which field of an item a claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Aspect {
    Value,
    Change,
    Amount,
    Verb,
    Share,
}

/// One thing that the text tells of a variable.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) var: usize,
    pub(crate) interval: Interval,
    /// The number as it stands in print, in the variable's unit; `None` for verbs.
    pub(crate) printed: Option<Decimal>,
    /// Before the number: "about ", "more than ".
    pub(crate) hedge: &'static str,
    /// One unit of the last printed place: how far past rounding is "just past".
    pub(crate) place: Decimal,
    pub(crate) aspect: Aspect,
    /// The figure that it belongs to.
    pub(crate) item: Option<ItemRef>,
    pub(crate) span: Span,
    /// Whether it is told in words without digits ("doubled").
    pub(crate) in_words: bool,
    pub(crate) teller: Option<String>,
    /// Whether it stands in a title.
    pub(crate) title: bool,
    /// Whether it is held against the text as what its title says.
    pub(crate) headline: bool,
    /// The kind as told, which for goods says whose side tells them.
    pub(crate) kind: Option<FigureKind>,
}

/// What ties variables.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Law {
    /// The whole is the sum of its parts.
    Sum { whole: usize, parts: Vec<usize> },
    /// now = before × (1 + by)
    Growth {
        now: usize,
        before: usize,
        by: usize,
    },
    /// result = of × by
    Product { result: usize, of: usize, by: usize },
    /// small ≤ large, or < when strict.
    AtMost {
        small: usize,
        large: usize,
        strict: bool,
    },
    /// The whole's relative change lies between those of its parts.
    Between { whole: usize, parts: Vec<usize> },
}

impl Law {
    /// The variables that it ties.
    pub(crate) fn vars(&self) -> Vec<usize> {
        match self {
            Self::Sum { whole, parts } | Self::Between { whole, parts } => {
                let mut all = vec![*whole];
                all.extend(parts);
                all
            }
            Self::Growth { now, before, by } => vec![*now, *before, *by],
            Self::Product { result, of, by } => vec![*result, *of, *by],
            Self::AtMost { small, large, .. } => vec![*small, *large],
        }
    }

    /// The same law over variables of other names.
    pub(crate) fn renamed(&self, name: impl Fn(usize) -> usize) -> Self {
        let all = |parts: &[usize]| parts.iter().map(|p| name(*p)).collect();
        match self {
            Self::Sum { whole, parts } => Self::Sum {
                whole: name(*whole),
                parts: all(parts),
            },
            Self::Between { whole, parts } => Self::Between {
                whole: name(*whole),
                parts: all(parts),
            },
            Self::Growth { now, before, by } => Self::Growth {
                now: name(*now),
                before: name(*before),
                by: name(*by),
            },
            Self::Product { result, of, by } => Self::Product {
                result: name(*result),
                of: name(*of),
                by: name(*by),
            },
            Self::AtMost {
                small,
                large,
                strict,
            } => Self::AtMost {
                small: name(*small),
                large: name(*large),
                strict: *strict,
            },
        }
    }

    /// The part that a variable plays, as the messages of the rules name it.
    pub(crate) fn role(&self, var: usize) -> &'static str {
        match self {
            Self::Sum { whole, .. } | Self::Between { whole, .. } => match *whole == var {
                true => "whole",
                false => "part",
            },
            Self::Growth { now, before, .. } => match var {
                v if v == *now => "now",
                v if v == *before => "before",
                _ => "change",
            },
            Self::Product { result, of, .. } => match var {
                v if v == *result => "result",
                v if v == *of => "of",
                _ => "by",
            },
            Self::AtMost { small, .. } => match *small == var {
                true => "small",
                false => "large",
            },
        }
    }
}

/// A law with where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct LawEntry {
    pub(crate) law: Law,
    /// The rule that states it.
    pub(crate) rule: &'static str,
    /// The words of the text that state it, where it does not hold by itself.
    pub(crate) words: Option<Span>,
}

/// Variables, claims and laws of one text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Net {
    pub(crate) vars: Vec<Var>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) laws: Vec<LawEntry>,
    /// The laws of each variable.
    pub(crate) laws_of: Vec<Vec<usize>>,
    /// Connected variables with their laws.
    pub(crate) components: Vec<Component>,
    /// The component of each variable, and its place there.
    pub(crate) place_of: Vec<(usize, usize)>,
    /// The place of each law in its component.
    pub(crate) law_place: Vec<usize>,
}

/// Variables that laws connect.
#[derive(Clone, Debug, Default)]
pub(crate) struct Component {
    pub(crate) vars: Vec<usize>,
    pub(crate) laws: Vec<usize>,
}

impl Net {
    /// Computes what connects what; called once when everything is there.
    pub(crate) fn connect(&mut self) {
        let n = self.vars.len();
        self.laws_of = vec![Vec::new(); n];
        let mut parent: Vec<usize> = (0..n).collect();
        for (i, entry) in self.laws.iter().enumerate() {
            let vars = entry.law.vars();
            for &v in &vars {
                if self.laws_of[v].last() != Some(&i) {
                    self.laws_of[v].push(i);
                }
                let (a, b) = (root(&mut parent, vars[0]), root(&mut parent, v));
                parent[a.max(b)] = a.min(b);
            }
        }
        let mut place = vec![usize::MAX; n];
        self.place_of = vec![(0, 0); n];
        for v in 0..n {
            let r = root(&mut parent, v);
            if place[r] == usize::MAX {
                place[r] = self.components.len();
                self.components.push(Component::default());
            }
            let component = &mut self.components[place[r]];
            self.place_of[v] = (place[r], component.vars.len());
            component.vars.push(v);
        }
        for (i, entry) in self.laws.iter().enumerate() {
            let first = entry.law.vars().first().map_or(0, |v| self.place_of[*v].0);
            self.law_place.push(self.components[first].laws.len());
            self.components[first].laws.push(i);
        }
    }

    /// The component of a variable.
    pub(crate) fn component(&self, var: usize) -> &Component {
        &self.components[self.place_of[var].0]
    }

    /// The value of a variable in what a run gave for its component.
    pub(crate) fn value<'a>(&self, values: &'a [Interval], var: usize) -> &'a Interval {
        &values[self.place_of[var].1]
    }
}

/// The representative of a variable, with the path to it halved.
fn root(parent: &mut [usize], mut v: usize) -> usize {
    while parent[v] != v {
        parent[v] = parent[parent[v]];
        v = parent[v];
    }
    v
}
