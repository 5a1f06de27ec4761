//! Told dates, terms and ties against those that are known.

use bilat_model::document::Span;
use bilat_model::evidence::{EventDetails, EventKind, TieDetails, TieKind as KnownTie};
use bilat_model::finding::{Beside, Finding, Outcome, Severity};
use bilat_model::profile::{Membership, MembershipKind};
use bilat_model::told::{Constraint, Event, ItemRef, TieKind, When};
use bilat_model::{Country, Evidence, Period, Statement};

use super::{About, Against};
use crate::words::years_between;

impl Against<'_> {
    /// Dates of relations, anniversaries, terms and ties.
    pub(crate) fn politics(&self, out: &mut Vec<Finding>) {
        for c in &self.told.constraints {
            match c {
                Constraint::Anniversary {
                    years,
                    span,
                    on,
                    of: EventKind::DiplomaticRelations,
                    origin: None,
                } => out.extend(self.anniversary(*years, *span, *on)),
                Constraint::Term {
                    body,
                    country,
                    period,
                    candidacy,
                    span,
                } => out.extend(self.term(body, *country, *period, *candidacy, *span)),
                _ => {}
            }
        }
        for (i, e) in self.told.events.iter().enumerate() {
            match e.kind {
                EventKind::DiplomaticRelations if !e.derived => out.extend(self.relations(i, e)),
                EventKind::Agreement => out.extend(self.agreement(i, e)),
                _ => {}
            }
        }
        for i in 0..self.told.ties.len() {
            out.extend(self.tie(i));
        }
    }

    /// The dates of relations that are listed, with whose list. Relations broken off or taken up
    /// again have other dates, and a document is no list.
    fn dates(&self) -> Vec<(Period, Country, &Evidence)> {
        let stated = |e: &Evidence| match &e.statement {
            Statement::Event(v) => match v.details {
                EventDetails::Relations { stated_by } => Some((v.date?, stated_by)),
                _ => None,
            },
            _ => None,
        };
        let all = self.known.evidence.iter();
        all.filter_map(|e| stated(e).map(|(date, by)| (date, by, e)))
            .collect()
    }

    fn stated(&self, dates: &[(Period, Country, &Evidence)]) -> Vec<Beside> {
        let one = |(date, by, e): &(Period, Country, &Evidence)| {
            self.beside(e, format!("{date}, list of {by}"))
        };
        dates.iter().map(one).collect()
    }

    fn anniversary(&self, years: u16, span: Span, on: Option<When>) -> Option<Finding> {
        let told_on = on.is_some();
        let on = on.or(self.told.published.map(When::from))?;
        let dates = self.dates();
        let (first, ..) = dates.first()?;
        let holds = |d: &Period| years_between(&When::Period(*d), &on, i32::from(years), told_on);
        let (years_text, on_text) = (years.to_string(), on.to_string());
        let list: Vec<String> = dates.iter().map(|(d, ..)| d.to_string()).collect();
        let (origin, all) = match dates.iter().find(|(d, ..)| holds(d)) {
            Some((d, ..)) => (d.to_string(), String::new()),
            None => (first.to_string(), list.join(", ")),
        };
        let values = [
            ("years", years_text.as_str()),
            ("on", on_text.as_str()),
            ("origin", origin.as_str()),
            ("all", all.as_str()),
        ];
        let agree = dates.len() > 1
            && dates
                .iter()
                .all(|(d, ..)| d.first().year() == first.first().year());
        let (case, severity, outcome) = match all.is_empty() {
            true => ("confirmed", Severity::Info, Outcome::Confirmed),
            false if agree => ("differs", Severity::Warning, Outcome::Contradicted),
            false => ("differs", Severity::Info, Outcome::Contradicted),
        };
        let about = About {
            rule: "relations-anniversary",
            case,
            severity,
            outcome,
            values: &values,
            span,
            item: None,
        };
        let mut f = self.finding(&about, self.stated(&dates));
        let to = on.year()?;
        let from = to.checked_sub(i16::try_from(years).ok()?)?;
        f.arithmetic = Some(format!("{to} − {years} = {from}; {}", list.join(", ")));
        Some(f)
    }

    fn relations(&self, i: usize, event: &Event) -> Option<Finding> {
        let told = event.date?;
        let told_period = told.period()?;
        let dates = self.dates();
        let (first, ..) = dates.first()?;
        let same = |d: &Period| d.contains(&told_period) || told_period.contains(d);
        let text = told.to_string();
        let list: Vec<String> = dates.iter().map(|(d, ..)| d.to_string()).collect();
        let all = list.join(", ");
        let values = [("date", text.as_str()), ("all", all.as_str())];
        // The day of another year is a slip of the year, not another view of what counts.
        let slip = |d: &Period| match (told_period, d) {
            (Period::Day(t), Period::Day(k)) => {
                (t.month(), t.day()) == (k.month(), k.day()) && t.year() != k.year()
            }
            _ => false,
        };
        let year = first.first().year();
        let agree = dates.len() > 1 && dates.iter().all(|(d, ..)| d.first().year() == year);
        let (case, severity, outcome) = match dates.iter().any(|(d, ..)| same(d)) {
            true => ("confirmed", Severity::Info, Outcome::Confirmed),
            false if agree && dates.iter().any(|(d, ..)| slip(d)) => {
                ("slip", Severity::Warning, Outcome::Contradicted)
            }
            false => ("differs", Severity::Info, Outcome::Contradicted),
        };
        let about = About {
            rule: "relations-date",
            case,
            severity,
            outcome,
            values: &values,
            span: event.span,
            item: Some(ItemRef::Event(i)),
        };
        Some(self.finding(&about, self.stated(&dates)))
    }

    fn term(
        &self,
        body: &str,
        country: Country,
        period: Period,
        candidacy: bool,
        span: Span,
    ) -> Option<Finding> {
        // To belong to the IAEA is not to sit on its Board: only seats speak of seats.
        let of_body = |m: &&Membership| m.organisation == body && m.kind == MembershipKind::Seat;
        let known = || self.known.memberships.iter().filter(of_body);
        let seats: Vec<&Membership> = known().filter(|m| m.country == country).collect();
        let newest = known()
            .flat_map(|m| [m.since, m.until])
            .flatten()
            .map(|p| p.last())
            .max()?;
        let from = |m: &Membership| m.since.map(|p| p.first());
        let to = |m: &Membership| m.until.map(|p| p.last());
        let starts = |m: &Membership| from(m).is_none_or(|d| d <= period.first());
        let ends = |m: &Membership| to(m).is_none_or(|d| d >= period.last());
        let meets = |m: &&Membership| {
            from(m).is_none_or(|d| d <= period.last()) && to(m).is_none_or(|d| d >= period.first())
        };
        let covered = seats.iter().any(|m| starts(m) && ends(m));
        let all: Vec<String> = seats.iter().map(|m| stretch(m)).collect();
        let (list, code, told) = (all.join(", "), country.to_string(), period.to_string());
        let values = [
            ("country", code.as_str()),
            ("body", body),
            ("period", told.as_str()),
            ("all", if list.is_empty() { "none" } else { &list }),
        ];
        let over = period.last() <= newest && !seats.is_empty() && !seats.iter().any(meets);
        let (case, severity, outcome) = match (covered, candidacy) {
            (true, true) => ("elected", Severity::Info, Outcome::Confirmed),
            (true, false) => ("confirmed", Severity::Info, Outcome::Confirmed),
            (false, true) => ("not-elected", Severity::Info, Outcome::Unsupported),
            (false, false) if over => ("differs", Severity::Warning, Outcome::Contradicted),
            (false, false) => ("differs", Severity::Info, Outcome::Contradicted),
        };
        let beside = seats.iter().map(|m| Beside {
            id: format!("{}:{}", m.country, m.organisation),
            source: self.title(&m.citation),
            says: stretch(m),
            date: self.source(&m.citation).and_then(|s| s.date.clone()),
        });
        let about = About {
            rule: "term",
            case,
            severity,
            outcome,
            values: &values,
            span,
            item: None,
        };
        Some(self.finding(&about, beside.collect()))
    }

    /// An agreement that was signed on the day of a known treaty.
    fn agreement(&self, i: usize, event: &Event) -> Option<Finding> {
        let day = match event.date?.period()? {
            p @ Period::Day(_) => p,
            _ => return None,
        };
        let signed = |e: &&Evidence| match &e.statement {
            Statement::Tie(t) => match &t.details {
                TieDetails::Treaty { signed, .. } => *signed == Some(day),
                _ => false,
            },
            _ => false,
        };
        let e = self.known.evidence.iter().find(signed)?;
        let Statement::Tie(t) = &e.statement else {
            return None;
        };
        let date = day.to_string();
        let values = [("date", date.as_str()), ("what", t.what.as_str())];
        let item = Some(ItemRef::Event(i));
        Some(self.known_tie(&values, event.span, item, e, &t.what))
    }

    /// A tie that is known as well.
    fn tie(&self, i: usize) -> Option<Finding> {
        let tie = self.told.ties.get(i)?;
        let item = Some(ItemRef::Tie(i));
        let kinds: &[KnownTie] = match tie.kind {
            TieKind::Embassy => &[KnownTie::Mission],
            TieKind::VisaRegime => &[KnownTie::VisaRegime],
            TieKind::SisterCity => &[KnownTie::SisterCity],
            TieKind::Commission => &[KnownTie::Commission],
            TieKind::FriendshipGroup => &[KnownTie::FriendshipGroup],
            TieKind::BusinessClub => &[KnownTie::BusinessClub],
            TieKind::StrategicPartnership => &[KnownTie::StrategicPartnership],
            _ => return None,
        };
        self.known.evidence.iter().find_map(|e| match &e.statement {
            Statement::Tie(t) if kinds.contains(&t.kind) => {
                let date = t.since.map_or_else(String::new, |d| d.to_string());
                let values = [("date", date.as_str()), ("what", t.what.as_str())];
                Some(self.known_tie(&values, tie.span, item, e, &t.what))
            }
            _ => None,
        })
    }

    fn known_tie(
        &self,
        values: &[(&str, &str)],
        span: Span,
        item: Option<ItemRef>,
        e: &Evidence,
        says: &str,
    ) -> Finding {
        let about = About {
            rule: "known-tie",
            case: "confirmed",
            severity: Severity::Info,
            outcome: Outcome::Confirmed,
            values,
            span,
            item,
        };
        self.finding(&about, vec![self.beside(e, says.to_owned())])
    }
}

/// `2017–2018`, `since 2024`.
fn stretch(m: &Membership) -> String {
    let text = |p: Option<Period>| p.map_or_else(String::new, |p| p.to_string());
    match (m.since, m.until) {
        (Some(s), Some(u)) if s == u => s.to_string(),
        (since, Some(u)) => format!("{}–{u}", text(since)),
        (Some(s), None) => format!("since {s}"),
        (None, None) => String::new(),
    }
}
