//! What a sentence tells, by the rules.

use std::fmt;

use bilat_model::document::Span;
use bilat_model::{Country, Period};
use regex::Captures;

use super::mask::{Masked, Names, What};
use super::missions::{self, Listed};
use super::rule::{Rule, Rules, Tells};

/// One thing told. Printed in the notation of the labels.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Told {
    /// A mission of `from` that covers `to`.
    Mission {
        from: Country,
        to: Country,
        type_name: String,
        seat: Country,
        city: String,
    },
    /// Both are members.
    Membership { organisation: String },
    /// Diplomatic relations established.
    Relations { date: Period },
    /// Broken off.
    Severed { date: Period },
    /// Taken up again.
    Restored { date: Period },
    /// One recognised the other.
    Recognition {
        by: Country,
        of: Country,
        date: Period,
    },
    /// An office holder's visit.
    Visit {
        by: Country,
        host: Country,
        office: String,
        level: &'static str,
        date: Period,
    },
    /// An agreement, signed or in force.
    Agreement {
        subject: String,
        in_force: bool,
        date: Period,
    },
    /// A mission opened.
    Opening {
        by: Country,
        host: Country,
        type_name: String,
        city: String,
        date: Period,
    },
    /// A mission closed.
    Closing {
        by: Country,
        host: Country,
        type_name: String,
        city: String,
        date: Period,
    },
}

impl Told {
    /// The letter of its kind in the labels.
    pub(super) fn letter(&self) -> char {
        match self {
            Self::Mission { .. } => 'M',
            Self::Membership { .. } => 'G',
            Self::Relations { .. } => 'R',
            Self::Severed { .. } => 'S',
            Self::Restored { .. } => 'T',
            Self::Recognition { .. } => 'N',
            Self::Visit { .. } => 'V',
            Self::Agreement { .. } => 'A',
            Self::Opening { .. } => 'O',
            Self::Closing { .. } => 'C',
        }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = self.letter();
        match self {
            Self::Mission {
                from,
                to,
                type_name,
                seat,
                city,
            } => {
                let city = if city.is_empty() { "-" } else { city };
                write!(f, "M {from}>{to} {type_name}@{seat} {city}")
            }
            Self::Membership { organisation } => write!(f, "G {organisation}"),
            Self::Relations { date }
            | Self::Severed { date }
            | Self::Restored { date }
            | Self::Agreement { date, .. } => write!(f, "{letter} {date}"),
            Self::Recognition { by, of, date } => write!(f, "N {by}>{of} {date}"),
            Self::Visit { by, host, date, .. }
            | Self::Opening { by, host, date, .. }
            | Self::Closing { by, host, date, .. } => write!(f, "{letter} {by}>{host} {date}"),
        }
    }
}

/// The rules and names together: what reads sentences.
pub(super) struct Teller {
    pub(super) rules: Rules,
    pub(super) names: Names,
}

/// The two countries of a note: whose article it is, and the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides {
    pub(super) own: Country,
    pub(super) other: Country,
}

impl Sides {
    fn across(&self, side: Country) -> Option<Country> {
        match side {
            s if s == self.own => Some(self.other),
            s if s == self.other => Some(self.own),
            _ => None,
        }
    }
}

impl Teller {
    /// Reads a sentence of a note. `until` is the last day that anything can have happened on.
    pub(super) fn tell(&self, plain: &str, sides: Sides, until: jiff::civil::Date) -> Vec<Told> {
        self.tell_with(plain, sides, until, |_| true)
    }

    pub(super) fn tell_with(
        &self,
        plain: &str,
        sides: Sides,
        until: jiff::civil::Date,
        which: impl Fn(&Rule) -> bool,
    ) -> Vec<Told> {
        let masked = self.names.mask(plain, sides.own, sides.other);
        let mut out = Vec::new();
        for rule in self.rules.list.iter().filter(|r| which(r)) {
            if !rule.fits(&masked.text) {
                continue;
            }
            for told in self.by_rule(rule, &masked, plain, sides) {
                let possible = told_date(&told).is_none_or(|d| d.first() <= until);
                if possible && !out.contains(&told) {
                    out.push(told);
                }
            }
        }
        out
    }

    fn by_rule(&self, rule: &Rule, masked: &Masked, plain: &str, sides: Sides) -> Vec<Told> {
        for pattern in &rule.patterns {
            let mut out = Vec::new();
            let mut at = 0;
            while let Some(captures) = pattern.captures_at(&masked.text, at) {
                let read = Read {
                    teller: self,
                    masked,
                    plain,
                    sides,
                    captures: &captures,
                };
                out.extend(read.told(rule.tells));
                let end = captures
                    .name("missions")
                    .map_or(captures.get_match().end(), |m| m.start());
                if !rule.all || end <= at {
                    break;
                }
                at = end;
            }
            if !out.is_empty() {
                return out;
            }
        }
        Vec::new()
    }
}

fn told_date(told: &Told) -> Option<Period> {
    match told {
        Told::Mission { .. } | Told::Membership { .. } => None,
        Told::Relations { date }
        | Told::Severed { date }
        | Told::Restored { date }
        | Told::Recognition { date, .. }
        | Told::Visit { date, .. }
        | Told::Agreement { date, .. }
        | Told::Opening { date, .. }
        | Told::Closing { date, .. } => Some(*date),
    }
}

/// Whose the pope is.
const HOLY_SEE: &str = "VAT";

/// Words between an office and its visit that make it somebody else's.
const OTHERS: &[&str] = &[
    " said",
    " that ",
    " whose ",
    " when ",
    " met ",
    " who ",
    " announced",
    " after ",
    " because",
];

/// A match of a rule in a sentence.
struct Read<'a> {
    teller: &'a Teller,
    masked: &'a Masked,
    plain: &'a str,
    sides: Sides,
    captures: &'a Captures<'a>,
}

impl Read<'_> {
    fn told(&self, tells: Tells) -> Vec<Told> {
        let one = |told: Option<Told>| told.into_iter().collect();
        match tells {
            Tells::Relations => one(self.date().map(|date| Told::Relations { date })),
            Tells::Severed => one(self.date().map(|date| Told::Severed { date })),
            Tells::Restored => one(self.date().map(|date| Told::Restored { date })),
            Tells::Recognition => one(self.recognition()),
            Tells::Visit => one(self.visit()),
            Tells::Agreement => one(self.agreement()),
            Tells::Opening => one(self.mission_event(true)),
            Tells::Closing => one(self.mission_event(false)),
            Tells::Membership => self.memberships(),
            Tells::Missions => self.resident(),
            Tells::Accredited => self.accredited(),
            Tells::AlsoAccredited => self.also_accredited(),
        }
    }

    fn found(&self, group: &str) -> Option<&super::mask::Found> {
        self.masked.found.get(&self.captures.name(group)?.start())
    }

    fn date(&self) -> Option<Period> {
        match self.found("date")?.what {
            What::Date(date) => Some(date),
            _ => None,
        }
    }

    fn country(&self, group: &str) -> Option<Country> {
        match self.found(group)?.what {
            What::Country(c) | What::Town(c) => Some(c),
            _ => None,
        }
    }

    /// The words of a captured stretch, signs written out.
    fn words(&self, group: &str) -> String {
        let Some(m) = self.captures.name(group) else {
            return String::new();
        };
        let mut out = String::new();
        for (i, c) in m.as_str().char_indices() {
            match self.masked.found.get(&(m.start() + i)) {
                Some(found) => out.push_str(found.span.of(self.plain)),
                None => out.push(c),
            }
        }
        out
    }

    fn recognition(&self) -> Option<Told> {
        let (by, of, date) = (self.country("by")?, self.country("of")?, self.date()?);
        (by != of).then_some(Told::Recognition { by, of, date })
    }

    fn visit(&self) -> Option<Told> {
        let (host, date) = (self.country("host")?, self.date()?);
        let by = match self.captures.name("by") {
            Some(_) => self.country("by")?,
            None => self.sides.across(host)?,
        };
        let who = self.captures.name("who").map_or("", |m| m.as_str());
        let other = OTHERS.iter().any(|w| who.contains(w)) || who.chars().count() > 80;
        let office = self.captures.name("office")?.as_str();
        let told = [self.words("visits"), self.words("level")]
            .concat()
            .to_lowercase();
        let level = ["state visit", "official visit", "working visit"]
            .into_iter()
            .find(|l| told.contains(l))
            .unwrap_or("visit");
        let pope = office.eq_ignore_ascii_case("pope") && by.code() != HOLY_SEE;
        (by != host && !other && !pope).then(|| Told::Visit {
            by,
            host,
            office: self
                .teller
                .rules
                .offices
                .get(office)
                .cloned()
                .unwrap_or_default(),
            level,
            date,
        })
    }

    fn agreement(&self) -> Option<Told> {
        let object = self.words("object");
        // An object as long as a paragraph holds another sentence's verb.
        if object.len() > 160 {
            return None;
        }
        let subject = self
            .teller
            .rules
            .subjects
            .iter()
            .find(|s| s.words.iter().any(|w| object.contains(w.as_str())))?;
        let whole = self.captures.get_match().as_str();
        Some(Told::Agreement {
            subject: subject.name.clone(),
            in_force: whole.contains("into force") || whole.contains("into effect"),
            date: self.date()?,
        })
    }

    fn mission_event(&self, opened: bool) -> Option<Told> {
        let (by, date) = (self.country("by")?, self.date()?);
        let host = self.sides.across(by)?;
        let (city, place) = self
            .found("city")
            .map_or((String::new(), None), |f| missions::town(f, self.plain));
        if place.is_some_and(|c| c != host) {
            return None;
        }
        let word = self.captures.name("mission")?.as_str();
        let type_name = self.teller.rules.missions.get(word)?.clone();
        Some(match opened {
            true => Told::Opening {
                by,
                host,
                type_name,
                city,
                date,
            },
            false => Told::Closing {
                by,
                host,
                type_name,
                city,
                date,
            },
        })
    }

    fn memberships(&self) -> Vec<Told> {
        let words = self.words("organisations");
        let mut taken: Vec<Span> = Vec::new();
        let mut out = Vec::new();
        for (written, name) in &self.teller.rules.organisations {
            for (i, _) in words.match_indices(written.as_str()) {
                let span = Span::new(i, i + written.len());
                let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let inside = letter(words[..span.start].chars().next_back())
                    || letter(words[span.end..].chars().next());
                if inside || taken.iter().any(|t| t.overlaps(&span)) {
                    continue;
                }
                taken.push(span);
                out.push((span.start, name));
            }
        }
        out.sort();
        out.into_iter()
            .map(|(_, name)| Told::Membership {
                organisation: name.clone(),
            })
            .collect()
    }

    fn listed(&self) -> Vec<Listed> {
        let Some(m) = self.captures.name("missions") else {
            return Vec::new();
        };
        missions::list(
            &self.teller.rules,
            self.masked,
            self.plain,
            m.start(),
            m.end(),
        )
    }

    fn resident(&self) -> Vec<Told> {
        let Some((from, to)) = self
            .country("from")
            .and_then(|f| Some((f, self.sides.across(f)?)))
        else {
            return Vec::new();
        };
        self.listed()
            .into_iter()
            // A town that is not the other's is a slip, or a mission elsewhere.
            .filter(|m| m.seat.is_none_or(|c| c == to))
            .map(|m| Told::Mission {
                from,
                to,
                type_name: m.type_name,
                seat: to,
                city: m.city,
            })
            .collect()
    }

    fn accredited(&self) -> Vec<Told> {
        let (Some(from), Some(to)) = (self.country("from"), self.country("to")) else {
            return Vec::new();
        };
        if from == to {
            return Vec::new();
        }
        let mut out = Vec::new();
        for (i, m) in self.listed().into_iter().enumerate() {
            let seat = match m.seat {
                Some(c) => c,
                None if i > 0 && !m.city.is_empty() => to,
                None => continue,
            };
            if seat == from {
                continue;
            }
            out.push(Told::Mission {
                from,
                to,
                type_name: m.type_name,
                seat,
                city: m.city,
            });
        }
        out
    }

    fn also_accredited(&self) -> Vec<Told> {
        let (Some(from), Some(to)) = (self.country("from"), self.country("to")) else {
            return Vec::new();
        };
        let Some((city, seat)) = self.found("city").map(|f| missions::town(f, self.plain)) else {
            return Vec::new();
        };
        let named = self
            .captures
            .name("seat")
            .or(self.captures.name("missions"));
        // A country that is named behind the town tells where it is.
        let said = named.and_then(|m| {
            let mut signs = self.masked.found.range(m.start()..m.end()).rev();
            signs.find_map(|(_, f)| match f.what {
                What::Country(c) => Some(c),
                _ => None,
            })
        });
        let word = self
            .captures
            .name("missions")
            .and_then(|m| self.teller.rules.mission.find(m.as_str()));
        let type_name = word
            .and_then(|m| self.teller.rules.missions.get(m.as_str()))
            .map_or("embassy", String::as_str);
        match said.or(seat) {
            Some(seat) if from != to && seat != from => vec![Told::Mission {
                from,
                to,
                type_name: type_name.to_owned(),
                seat,
                city,
            }],
            _ => Vec::new(),
        }
    }
}
