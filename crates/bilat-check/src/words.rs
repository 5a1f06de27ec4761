//! Checks that need no network: counts, dates, weekdays, terms, ranges.

use std::collections::BTreeSet;

use bilat_model::Period;
use bilat_model::document::Span;
use bilat_model::evidence::EventKind;
use bilat_model::finding::{Finding, Label, Outcome, Severity};
use bilat_model::told::{Constraint, Event, Extraction, ItemRef, When};
use jiff::civil::Date;

use crate::{names, rule};

/// How far, in bytes, from an anniversary the day may be told that it counts from: in a long text on
/// many countries what stands further off is another's.
const REACH: usize = 3_000;

/// A check of the words of one text.
pub(crate) struct Words<'a> {
    pub(crate) told: &'a Extraction,
    pub(crate) text: &'a str,
}

impl Words<'_> {
    /// Every finding, in no particular order.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let mut out = Vec::new();
        for c in &self.told.constraints {
            out.extend(match c {
                Constraint::Count { .. } => self.count(c),
                Constraint::Anniversary { .. } => self.anniversary(c),
                Constraint::Weekday { .. } => self.weekday(c),
                Constraint::Term { .. } => self.term(c),
                _ => None,
            });
        }
        let mut tense = BTreeSet::new();
        for c in &self.told.constraints {
            if let Constraint::Tense { event, past, span } = c
                && tense.insert(*event)
            {
                out.extend(self.tense(*event, *past, *span));
            }
        }
        for (i, e) in self.told.events.iter().enumerate() {
            // Without a verb that says so, only a full date is held against the publication: a
            // month or a year may have been filled in.
            let to_the_day = matches!(e.date, Some(When::Period(Period::Day(_))));
            if to_the_day && !e.derived && !tense.contains(&i) {
                out.extend(self.tense(i, !e.planned, e.span));
            }
            out.extend(self.order(i, e));
        }
        for (i, f) in self.told.figures.iter().enumerate() {
            if let (Some(low), Some(high)) = (f.value, f.value_max)
                && low > high
            {
                let (low, high) = (low.normalize().to_string(), high.normalize().to_string());
                let values = [("low", low.as_str()), ("high", high.as_str())];
                let places = [f.span];
                let item = Some(ItemRef::Figure(i));
                out.push(self.bad("range", "inconsistent", &values, &places, item));
            }
        }
        out
    }

    fn finding(
        &self,
        id: &str,
        case: &str,
        (severity, outcome): (Severity, Outcome),
        values: &[(&str, &str)],
        places: &[Span],
        item: Option<ItemRef>,
    ) -> Finding {
        let label = |(i, span): (usize, &Span)| Label {
            span: *span,
            quote: span.of(self.text).to_owned(),
            text: String::new(),
            primary: i == 0,
        };
        let help = match severity {
            Severity::Info => None,
            _ => rule::help(id, values),
        };
        Finding {
            rule: id.to_owned(),
            severity,
            outcome,
            message: rule::message(id, case, values),
            arithmetic: None,
            labels: places.iter().enumerate().map(label).collect(),
            involves: item.into_iter().collect(),
            beside: Vec::new(),
            help,
        }
    }

    fn bad(
        &self,
        id: &str,
        case: &str,
        values: &[(&str, &str)],
        places: &[Span],
        item: Option<ItemRef>,
    ) -> Finding {
        let how = (Severity::Error, Outcome::Inconsistent);
        self.finding(id, case, how, values, places, item)
    }

    fn good(
        &self,
        id: &str,
        values: &[(&str, &str)],
        places: &[Span],
        item: Option<ItemRef>,
        arithmetic: String,
    ) -> Finding {
        let how = (Severity::Info, Outcome::Confirmed);
        let mut f = self.finding(id, "confirmed", how, values, places, item);
        f.arithmetic = Some(arithmetic);
        f
    }

    /// A number against the list that follows it.
    fn count(&self, c: &Constraint) -> Option<Finding> {
        let Constraint::Count {
            said,
            span,
            of,
            listed,
            whole,
        } = c
        else {
            return None;
        };
        let n = u32::try_from(listed.len()).ok()?;
        let mut places = vec![*span];
        places.extend(listed);
        let (said_text, n_text) = (said.to_string(), n.to_string());
        let values = [
            ("said", said_text.as_str()),
            ("of", of.as_str()),
            ("listed", n_text.as_str()),
        ];
        let items: Vec<&str> = listed.iter().map(|s| s.of(self.text)).collect();
        let sum = format!("{said} {of}; {n}: {}", items.join(", "));
        match (said.cmp(&n), whole) {
            (std::cmp::Ordering::Equal, true) => {
                Some(self.good("count", &values, &places, None, sum))
            }
            (std::cmp::Ordering::Less, _) | (std::cmp::Ordering::Greater, true) if n > 0 => {
                let mut f = self.bad("count", "inconsistent", &values, &places, None);
                f.arithmetic = Some(sum);
                Some(f)
            }
            _ => None,
        }
    }

    /// A number of years against the day it is counted from.
    fn anniversary(&self, c: &Constraint) -> Option<Finding> {
        let Constraint::Anniversary {
            years,
            span,
            on,
            of,
            origin,
        } = c
        else {
            return None;
        };
        let (origin, at) = origin.or_else(|| self.origin(*of, *span))?;
        let told_on = on.is_some();
        let on = on.or(self.told.published.map(When::from))?;
        let (from, to) = (origin.year()?, on.year()?);
        let (on_text, origin_text) = (on.to_string(), origin.to_string());
        let years_text = years.to_string();
        let passed = (to - from).to_string();
        let values = [
            ("years", years_text.as_str()),
            ("on", on_text.as_str()),
            ("origin", origin_text.as_str()),
            ("passed", passed.as_str()),
        ];
        let sum = format!("{to} − {from} = {passed}; {years}");
        let places = [*span, at];
        if years_between(&origin, &on, i32::from(*years), told_on) {
            return Some(self.good("anniversary", &values, &places, None, sum));
        }
        // A treaty is counted from its entry into force as well, mostly within two years of the day
        // on which it was signed.
        if *of == EventKind::Agreement
            && (1..=2).contains(&(i32::from(to - from) - i32::from(*years)))
        {
            return None;
        }
        let mut f = self.bad("anniversary", "inconsistent", &values, &places, None);
        f.arithmetic = Some(sum);
        Some(f)
    }

    /// The date of an event of a kind that the text itself tells.
    fn origin(&self, of: EventKind, not: Span) -> Option<(When, Span)> {
        let near = |s: Span| s.start.abs_diff(not.start) <= REACH;
        let told = |e: &&Event| {
            e.kind == of && !e.derived && !e.planned && !e.span.overlaps(&not) && near(e.span)
        };
        let mut dates = self.told.events.iter().filter(told);
        let first = dates.next()?;
        // Two dates of one kind ("restored", "recognised"): which is meant is open.
        dates.next().is_none().then_some((first.date?, first.span))
    }

    fn weekday(&self, c: &Constraint) -> Option<Finding> {
        let Constraint::Weekday {
            date,
            weekday,
            span,
        } = c
        else {
            return None;
        };
        let is = date.weekday().to_monday_one_offset();
        if !(1..=7).contains(weekday) {
            return None;
        }
        let (date, told, is_name) = (date.to_string(), day_name(*weekday), day_name(is));
        let values = [("date", date.as_str()), ("told", told), ("is", is_name)];
        let places = [*span];
        Some(match is == *weekday {
            true => {
                let sum = format!("{date}: {is_name}");
                self.good("weekday", &values, &places, None, sum)
            }
            false => self.bad("weekday", "inconsistent", &values, &places, None),
        })
    }

    /// Past and planned against the day of publication.
    fn tense(&self, i: usize, past: bool, span: Span) -> Option<Finding> {
        let published = self.told.published?;
        let event = self.told.events.get(i)?;
        let when = event.date?.period()?;
        let last = event
            .end
            .and_then(|e| e.period())
            .map_or(when.last(), |e| e.last());
        let last = last.max(when.last());
        let case = match past {
            true if when.first() > published => "past",
            false if last < published => "planned",
            _ => return None,
        };
        let (date, day, what) = (
            when.to_string(),
            published.to_string(),
            names::event(event.kind),
        );
        let values = [
            ("date", date.as_str()),
            ("published", day.as_str()),
            ("what", what.as_str()),
        ];
        let how = (Severity::Warning, Outcome::Inconsistent);
        let mut places = vec![event.span];
        if span != event.span {
            places.push(span);
        }
        let item = Some(ItemRef::Event(i));
        Some(self.finding("dateline", case, how, &values, &places, item))
    }

    /// The end of an event does not come before its beginning.
    fn order(&self, i: usize, event: &Event) -> Option<Finding> {
        let (from, to) = (event.date?.period()?, event.end?.period()?);
        if to.last() >= from.first() {
            return None;
        }
        let (from, to) = (from.to_string(), to.to_string());
        let values = [("from", from.as_str()), ("to", to.as_str())];
        let item = Some(ItemRef::Event(i));
        Some(self.bad("event-order", "inconsistent", &values, &[event.span], item))
    }

    /// A term is as long as the body's terms are.
    fn term(&self, c: &Constraint) -> Option<Finding> {
        let Constraint::Term {
            body, period, span, ..
        } = c
        else {
            return None;
        };
        let most = names::term(body)?;
        let years = period.last().year() - period.first().year() + 1;
        if years <= most {
            return None;
        }
        let (period, years, most) = (period.to_string(), years.to_string(), most.to_string());
        let values = [
            ("body", body.as_str()),
            ("period", period.as_str()),
            ("years", years.as_str()),
            ("most", most.as_str()),
        ];
        Some(self.bad("term-length", "inconsistent", &values, &[*span], None))
    }
}

/// Whether a number of years lies between two dates, as precisely as they are told.
///
/// While the day of the anniversary still lies ahead in its year, writers count the years that have
/// passed or those that will have: both hold. A date that is not told but taken from the day of
/// publication may be a year off.
pub(crate) fn years_between(origin: &When, on: &When, years: i32, told_on: bool) -> bool {
    let (Some(from), Some(to)) = (origin.year(), on.year()) else {
        return true;
    };
    let passed = i32::from(to) - i32::from(from);
    let ahead = match (origin.period(), on.period()) {
        (Some(o), Some(n)) => {
            let day = |d: Date| (d.month(), d.day());
            day(n.last()) < day(o.last())
        }
        _ => true,
    };
    let loose = !told_on && (passed - years).abs() <= 1;
    passed == years || ahead && passed == years + 1 || loose
}

fn day_name(weekday: i8) -> &'static str {
    match weekday {
        1 => "Monday",
        2 => "Tuesday",
        3 => "Wednesday",
        4 => "Thursday",
        5 => "Friday",
        6 => "Saturday",
        _ => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_far_off_in_the_text_is_another_ones() {
        let example = |between: &str| {
            let words = "They marked 30 years in 2024.";
            let told = "Relations date from 1992-10-20";
            let text = format!("{words} {between}{told}.");
            let toml = format!(
                "text = \"{text}\"\nevents = [{{ kind = \"diplomatic_relations\", date = \"1992-10-20\", at = \"{told}\" }}]\nwords = [{{ is = \"anniversary\", years = 30, at = \"30 years\", on = \"2024\" }}]"
            );
            let example: crate::example::Example = toml::from_str(&toml).unwrap();
            let told = example.extraction().unwrap();
            crate::check(&told, &text, &crate::Known::nothing())
        };
        let wrong = |f: &&Finding| f.rule == "anniversary" && f.severity == Severity::Error;
        assert_eq!(example("").iter().filter(wrong).count(), 1);
        assert_eq!(
            example(&"So it went. ".repeat(300))
                .iter()
                .filter(wrong)
                .count(),
            0
        );
    }

    #[test]
    fn anniversaries_are_counted_as_precisely_as_they_are_told() {
        let between =
            |o: &str, n: &str, y| years_between(&o.parse().unwrap(), &n.parse().unwrap(), y, true);
        assert!(between("1992-10-20", "2024-10", 32));
        assert!(between("1992", "2024", 32));
        assert!(!between("1992-10-20", "2024-10", 33));
        assert!(!between("1992", "2024-12-31", 31));
        assert!(between("1992-10-20", "2024-03", 31));
        assert!(between("1992-10-20", "2024-03", 32));
        assert!(!between("1992-10-20", "2024-11", 31));
    }
}
