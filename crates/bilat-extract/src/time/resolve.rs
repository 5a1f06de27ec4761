//! From what an expression says to what it means: by the day of publication, by the years and
//! days told elsewhere in the text, or not at all.

use std::collections::BTreeMap;

use bilat_model::Period;
use bilat_model::told::When;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::calendar::{around, neighbour, stretch};
use super::dateline::Head;
use super::lexicon::{Lexicon, Set};
use super::raw::{Found, Raw, YearRef, Ym, Ymd};
use super::value::{Anchor, Lead, Side, Time, Unit, Value};
use crate::tokens::Tokens;

/// Resolves all expressions of a text.
pub(super) fn resolve(
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    published: Option<Date>,
    found: Vec<Found>,
) -> Vec<Time> {
    let head = Head::new(tokens);
    let published = published.or_else(|| {
        let dates = found.iter().filter(|f| head.holds(tokens, lexicon, f));
        dates.filter_map(|f| full_day(&f.value)).next()
    });
    let lines = found.iter().filter(|f| head.holds(tokens, lexicon, f));
    let published = published.map(|p| {
        let line = lines.filter_map(|f| written(&f.value, p)).next();
        line.unwrap_or(p)
    });
    let mut resolver = Resolver {
        tokens,
        lexicon,
        published,
        dominant: dominant_year(&found),
        days: told_days(&found),
        fiscal_begin: found.iter().find_map(|f| match f.value {
            Raw::FiscalMonths((_, m), _) => Some(m),
            _ => None,
        }),
        context: Context::default(),
        tense: None,
        at: 0,
    };
    found
        .into_iter()
        .map(|f| {
            let dateline = head.holds(tokens, lexicon, &f);
            resolver.time(f, dateline)
        })
        .collect()
}

/// The day of a dateline that lies just before the publication: "today" is the day on which a
/// report was written, not that on which a page carried it.
fn written(raw: &Raw, published: Date) -> Option<Date> {
    const CARRIED: i32 = 3;
    let day = match *raw {
        Raw::Day((YearRef::Given(y), m, d)) => date(y, m, d)?,
        Raw::Day((YearRef::Untold, m, d)) => [0, -1]
            .into_iter()
            .filter_map(|by| date(published.year() + by, m, d))
            .find(|day| *day <= published)?,
        _ => return None,
    };
    (1..=CARRIED)
        .contains(&(published - day).get_days())
        .then_some(day)
}

fn full_day(raw: &Raw) -> Option<Date> {
    match *raw {
        Raw::Day((YearRef::Given(y), m, d)) => date(y, m, d),
        _ => None,
    }
}

fn date(y: i16, m: u8, d: u8) -> Option<Date> {
    Date::new(y, m as i8, d as i8).ok()
}

/// The year that a text without a day of publication speaks of: its latest, when no other lies
/// further back than the year before it.
fn dominant_year(found: &[Found]) -> Option<i16> {
    let (mut low, mut high) = (None::<i16>, None::<i16>);
    let mut see = |y: YearRef| {
        if let YearRef::Given(y) = y {
            low = Some(low.map_or(y, |l| l.min(y)));
            high = Some(high.map_or(y, |h| h.max(y)));
        }
    };
    for f in found {
        match f.value {
            // "By 2030" is a goal.
            Raw::Year(_) if f.lead == Lead::By || f.lead == Lead::Until => {}
            Raw::Day((y, ..)) | Raw::Month((y, _)) | Raw::Year(y) | Raw::MonthsTo(_, (y, _)) => {
                see(y);
            }
            Raw::Quarter(y, _) | Raw::Half(y, _) | Raw::SameIn(y) => see(y),
            Raw::Days((y, ..), (z, ..))
            | Raw::Months((y, _), (z, _))
            | Raw::FiscalMonths((y, _), (z, _)) => {
                see(y);
                see(z);
            }
            Raw::Years(y, z) => {
                see(YearRef::Given(y));
                see(YearRef::Given(z));
            }
            _ => {}
        }
    }
    match (low, high) {
        (Some(l), Some(h)) if h - l <= 1 => Some(h),
        _ => None,
    }
}

/// The years of days that are told in full; `None` when one day is told with two years.
fn told_days(found: &[Found]) -> BTreeMap<(u8, u8), Option<i16>> {
    let mut days = BTreeMap::new();
    for f in found {
        if let Raw::Day((YearRef::Given(y), m, d)) = f.value {
            days.entry((m, d))
                .and_modify(|known| {
                    if *known != Some(y) {
                        *known = None;
                    }
                })
                .or_insert(Some(y));
        }
    }
    days
}

/// What has been told before, for "that year" and "a day earlier".
#[derive(Default)]
struct Context {
    sentence: usize,
    day: Option<Date>,
    month: Option<(i16, u8)>,
    /// The last year of this sentence, its first, and the first of the last sentence with any.
    last: Option<i16>,
    first: Option<i16>,
    before: Option<i16>,
}

impl Context {
    fn enter(&mut self, sentence: usize) {
        if sentence != self.sentence {
            self.sentence = sentence;
            self.before = self.first.or(self.before);
            (self.first, self.last) = (None, None);
        }
    }

    fn year(&self) -> Option<i16> {
        self.last.or(self.before)
    }

    fn see(&mut self, when: When) {
        let Some(period) = when.period() else {
            return;
        };
        if let Period::Day(d) = period {
            self.day = Some(d);
        }
        if let Period::Day(_) | Period::Month(..) = period {
            let d = period.first();
            self.month = Some((d.year(), d.month() as u8));
        }
        if let Some(y) = period.year() {
            self.last = Some(y);
            self.first = self.first.or(Some(y));
        }
    }
}

/// Which way a sentence looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tense {
    Ahead,
    Behind,
    Unclear,
}

struct Resolver<'r, 't> {
    tokens: &'r Tokens<'t>,
    lexicon: &'r Lexicon,
    published: Option<Date>,
    dominant: Option<i16>,
    days: BTreeMap<(u8, u8), Option<i16>>,
    /// The month with which the fiscal years of the text begin, where months of one are told.
    fiscal_begin: Option<u8>,
    context: Context,
    /// Where the expression at hand begins.
    at: usize,
    /// The place of the expression that was asked about last, and which way it looks.
    tense: Option<(usize, Tense)>,
}

type Resolved = Option<(Value, Anchor)>;

impl Resolver<'_, '_> {
    fn time(&mut self, f: Found, dateline: bool) -> Time {
        self.context.enter(f.sentence);
        self.at = f.tokens.start;
        let (value, anchor) = self
            .value(&f)
            .unwrap_or((Value::Unresolved, Anchor::Absolute));
        if !dateline {
            match value {
                Value::When(w) | Value::Range(_, w) => self.context.see(w),
                _ => {}
            }
        }
        let value = match value {
            Value::When(since) if f.lead == Lead::Since => Value::Open { since },
            v => v,
        };
        Time {
            tokens: f.tokens,
            value,
            anchor,
            lead: f.lead,
            dateline,
            rule: f.rule,
        }
    }

    fn value(&mut self, f: &Found) -> Resolved {
        let absolute = |v: Value| Some((v, Anchor::Absolute));
        match f.value {
            Raw::Day(ymd) => self.day(ymd, f.sentence).map(|(w, a)| (Value::When(w), a)),
            Raw::Days(a, b) => self.days(a, b, f.sentence),
            Raw::Month(ym) => self.month(ym, f.sentence).map(|(w, a)| (Value::When(w), a)),
            Raw::Months(a, b) | Raw::FiscalMonths(a, b) => self.months(a, b, f.sentence),
            Raw::FiscalFirst(n, year) => self.first_fiscal_months(n, year),
            Raw::MonthsTo(n, end) => self.months_to(n, end, f.sentence),
            Raw::Year(y) => {
                let (y, anchor) = self.year(y)?;
                Some((Value::When(Period::Year(y).into()), anchor))
            }
            Raw::Years(a, b) => absolute(Value::When(Period::Years(a, b).into())),
            Raw::Quarter(y, q) => self.part(y, q, 3, f.sentence),
            Raw::Half(y, h) => self.part(y, h, 6, f.sentence),
            Raw::Fiscal(y) => absolute(Value::When(Period::Fiscal(y?).into())),
            Raw::Decade(d) => absolute(Value::When(When::Decade(d))),
            Raw::Weekday(w, rel) => self.weekday(w, rel, f.sentence),
            Raw::RelMonth(m, rel) => {
                let (when, anchor) = self.relative_month(m, rel);
                Some((Value::When(when), anchor))
            }
            Raw::RelDay(by) => self.unit_from(self.published?, Unit::Day, by),
            Raw::RelUnit(unit, by) => self.unit_from(self.published?, unit, by),
            Raw::Ago(n, unit) => self.ago(n, unit, f.lead),
            Raw::FiscalTo(to) => match self.month(to, f.sentence)? {
                (When::Period(Period::Month(y, m)), anchor) if m < 12 => {
                    Some((Value::When(Period::Fiscal(y - 1).into()), anchor))
                }
                _ => None,
            },
            Raw::FromText(unit, by) => self.counted_from_text(unit, by),
            Raw::Same(shift_years) => absolute(Value::SamePeriod { shift_years }),
            Raw::SameIn(y) => self.same_in(y),
            Raw::Adjacent(unit, by) => absolute(Value::Adjacent { by, unit }),
            Raw::Duration(n, unit, side) => Some(self.duration(n, unit, side)),
            Raw::Recurring(unit) => absolute(Value::Recurring { unit }),
            Raw::Name(year) => absolute(Value::Name { year }),
        }
    }

    /// A year that is told in some way; `None` when it is not.
    fn year(&self, year: YearRef) -> Option<(i16, Anchor)> {
        let published = || self.published.map(Date::year);
        match year {
            YearRef::Untold => None,
            YearRef::Given(y) => Some((y, Anchor::Absolute)),
            YearRef::Shift(by) => Some((published()? + i16::from(by), Anchor::Publication)),
            YearRef::Text(by) => Some((self.context.year()? + i16::from(by), Anchor::Text)),
            YearRef::The => match published() {
                Some(y) => Some((y, Anchor::Publication)),
                None => Some((self.context.year().or(self.dominant)?, Anchor::Text)),
            },
        }
    }

    fn day(&mut self, (y, m, d): Ymd, sentence: usize) -> Option<(When, Anchor)> {
        if y != YearRef::Untold {
            let (y, anchor) = self.year(y)?;
            return Some((date(y, m, d)?.into(), anchor));
        }
        if let Some(p) = self.published {
            let candidates = [-1, 0, 1].map(|by| date(p.year() + by, m, d));
            let tense = self.tense(sentence);
            let day = nearest(candidates, tense, |day| days_between(p, *day), (60, 3))?;
            return Some((day.into(), Anchor::Publication));
        }
        let known = self.days.get(&(m, d)).copied().flatten().or(self.dominant);
        Some(match known.and_then(|y| date(y, m, d)) {
            Some(day) => (day.into(), Anchor::Text),
            None => (When::MonthDay(m as i8, d as i8), Anchor::Absolute),
        })
    }

    fn days(&mut self, a: Ymd, b: Ymd, sentence: usize) -> Resolved {
        let turns = (a.1, a.2) > (b.1, b.2);
        let (mut first, mut anchor) = self.day(a, sentence)?;
        let (mut last, other) = self.day(b, sentence)?;
        // One end may be known from elsewhere; the other lies beside it.
        match (first.year(), last.year()) {
            (None, Some(y)) => {
                first = date(y - i16::from(turns), a.1, a.2)?.into();
                anchor = other;
            }
            (Some(y), Some(_)) if a.0 == YearRef::Untold => {
                last = date(y + i16::from(turns), b.1, b.2)?.into();
            }
            (Some(y), None) => last = date(y + i16::from(turns), b.1, b.2)?.into(),
            _ => {}
        }
        // Two days of which the later is told first are no range.
        if let (Some(from), Some(to)) = (first.period(), last.period())
            && to.last() < from.first()
        {
            return None;
        }
        Some((Value::Range(first, last), anchor))
    }

    fn month(&mut self, (y, m): Ym, sentence: usize) -> Option<(When, Anchor)> {
        if y != YearRef::Untold {
            let (y, anchor) = self.year(y)?;
            return Some((Period::Month(y, m as i8).into(), anchor));
        }
        if let Some(p) = self.published {
            let candidates = [-1, 0, 1].map(|by| Some(p.year() + by));
            let tense = self.tense(sentence);
            let here = i32::from(p.year()) * 12 + i32::from(p.month());
            let ahead = |y: &i16| i32::from(*y) * 12 + i32::from(m) - here;
            let y = nearest(candidates, tense, ahead, (1, 0))?;
            return Some((Period::Month(y, m as i8).into(), Anchor::Publication));
        }
        Some(match self.dominant {
            Some(y) => (Period::Month(y, m as i8).into(), Anchor::Text),
            None => (When::Month(m as i8), Anchor::Absolute),
        })
    }

    fn relative_month(&self, m: u8, rel: i8) -> (When, Anchor) {
        let Some(p) = self.published else {
            return (When::Month(m as i8), Anchor::Absolute);
        };
        let (year, month) = (p.year(), p.month() as u8);
        let year = match rel {
            -1 if m >= month => year - 1,
            1 if m <= month => year + 1,
            _ => year,
        };
        (Period::Month(year, m as i8).into(), Anchor::Publication)
    }

    fn months(&mut self, a: Ym, b: Ym, sentence: usize) -> Resolved {
        if b.0 == YearRef::Untold {
            return match self.latest(a.1, b.1, sentence) {
                Some((y, anchor)) => {
                    let from = y - i16::from(a.1 > b.1);
                    Some((stretch((from, a.1), (y, b.1))?, anchor))
                }
                None => {
                    let (from, to) = (When::Month(a.1 as i8), When::Month(b.1 as i8));
                    Some((Value::Range(from, to), Anchor::Absolute))
                }
            };
        }
        let (y, first) = self.year(a.0)?;
        let (z, _) = self.year(b.0)?;
        Some((stretch((y, a.1), (z, b.1))?, first))
    }

    fn months_to(&mut self, n: u16, end: Ym, sentence: usize) -> Resolved {
        let (y, anchor) = match end.0 {
            YearRef::Untold => self.latest(end.1, end.1, sentence)?,
            y => self.year(y)?,
        };
        let last = i32::from(y) * 12 + i32::from(end.1) - 1;
        let first = last - i32::from(n) + 1;
        let from = (
            (first.div_euclid(12)) as i16,
            first.rem_euclid(12) as u8 + 1,
        );
        Some((stretch(from, (y, end.1))?, anchor))
    }

    /// The first months of a fiscal year, where the text shows elsewhere with which month it begins.
    fn first_fiscal_months(&self, n: u8, year: Option<i16>) -> Resolved {
        let begins = self.fiscal_begin?;
        let (year, anchor) = match (year, self.published) {
            (Some(y), _) => (y, Anchor::Absolute),
            (None, Some(d)) => {
                let begun = d.month() >= begins as i8;
                (d.year() - i16::from(!begun), Anchor::Publication)
            }
            (None, None) => return None,
        };
        let last = begins - 1 + n - 1;
        let end = (year + i16::from(last / 12), last % 12 + 1);
        Some((stretch((year, begins), end)?, anchor))
    }

    /// The number of a quarter or half of `months` months in a year.
    fn part(&mut self, y: YearRef, n: u8, months: u8, sentence: usize) -> Resolved {
        let (first, last) = ((n - 1) * months + 1, n * months);
        let (y, anchor) = match y {
            YearRef::Untold => self.latest(first, last, sentence)?,
            y => self.year(y)?,
        };
        Some((stretch((y, first), (y, last))?, anchor))
    }

    /// The year of months that are told without one: the last in which they had begun when the
    /// text was published; if what is ahead is told, the next in which they have not ended.
    fn latest(&mut self, first: u8, last: u8, sentence: usize) -> Option<(i16, Anchor)> {
        let Some(p) = self.published else {
            let year = self.context.year().or(self.dominant)?;
            return Some((year, Anchor::Text));
        };
        let (year, month) = (p.year(), p.month() as u8);
        let year = match self.tense(sentence) {
            Tense::Ahead if last >= month => year,
            Tense::Ahead => year + 1,
            _ if first.min(last) <= month => year,
            _ => year - 1,
        };
        Some((year, Anchor::Publication))
    }

    fn weekday(&mut self, weekday: u8, rel: Option<i8>, sentence: usize) -> Resolved {
        let p = self.published?;
        let weekday = Weekday::from_monday_one_offset(weekday as i8).ok()?;
        let ahead = i32::from(p.weekday().until(weekday));
        let back = ahead - if ahead == 0 { 0 } else { 7 };
        let days = match (rel, self.tense(sentence)) {
            (Some(-1), _) if back == 0 => -7,
            (Some(-1), _) => back,
            (Some(1), _) if ahead == 0 => 7,
            (Some(1), _) => ahead,
            (_, Tense::Ahead) => ahead,
            // "This Saturday": the one of this week, where nothing says that it is over.
            (Some(0), Tense::Unclear) => ahead,
            _ => back,
        };
        let day = p.checked_add(i64::from(days).days()).ok()?;
        Some((Value::When(day.into()), Anchor::Publication))
    }

    fn ago(&self, n: u16, unit: Unit, lead: Lead) -> Resolved {
        // "Up from a year ago" compares.
        if unit == Unit::Year && matches!(lead, Lead::From | Lead::Than | Lead::Over) {
            let shift_years = -(n as i16);
            return Some((Value::SamePeriod { shift_years }, Anchor::Absolute));
        }
        self.unit_from(self.published?, unit, -(n as i16))
    }

    /// The same, counted from the publication.
    fn unit_from(&self, from: Date, unit: Unit, by: i16) -> Resolved {
        Some((neighbour(from, unit, by)?, Anchor::Publication))
    }

    fn counted_from_text(&self, unit: Unit, by: i16) -> Resolved {
        let value = match unit {
            Unit::Day | Unit::Week => self.context.day.and_then(|d| match unit {
                Unit::Day => neighbour(d, Unit::Day, by),
                _ if by == 0 => neighbour(d, Unit::Week, 0),
                _ => neighbour(d, Unit::Day, by.checked_mul(7)?),
            }),
            Unit::Month => self
                .context
                .month
                .and_then(|(y, m)| neighbour(date(y, m, 1)?, unit, by)),
            Unit::Year => {
                let year = self.context.year().and_then(|y| y.checked_add(by));
                year.map(|y| Value::When(Period::Year(y).into()))
            }
            _ => None,
        };
        match value {
            Some(v) => Some((v, Anchor::Text)),
            None if unit == Unit::Year => {
                Some((Value::SamePeriod { shift_years: by }, Anchor::Absolute))
            }
            None => Some((Value::Adjacent { by, unit }, Anchor::Absolute)),
        }
    }

    fn same_in(&self, y: YearRef) -> Resolved {
        match y {
            YearRef::Shift(by) if self.published.is_none() => {
                let shift_years = i16::from(by);
                Some((Value::SamePeriod { shift_years }, Anchor::Absolute))
            }
            y => {
                let (year, anchor) = self.year(y)?;
                Some((Value::SamePeriodIn { year }, anchor))
            }
        }
    }

    fn duration(&self, count: Option<u16>, unit: Unit, side: Side) -> (Value, Anchor) {
        let period = self.published.zip(count).and_then(|(p, n)| {
            let n = n as i16;
            match side {
                Side::Past => around(p, unit, -n),
                Side::Ahead => around(p, unit, n),
                Side::Unplaced => None,
            }
        });
        let anchor = match period {
            Some(_) => Anchor::Publication,
            None => Anchor::Absolute,
        };
        let value = Value::Duration {
            count,
            unit,
            side,
            period,
        };
        (value, anchor)
    }

    fn tense(&mut self, sentence: usize) -> Tense {
        match self.tense {
            Some((of, tense)) if of == self.at => tense,
            _ => {
                let tense = self.read_tense(sentence);
                self.tense = Some((self.at, tense));
                tense
            }
        }
    }

    /// Which way the sentence looks as a whole; where it looks both ways, the words nearest before
    /// the expression decide ("when he came in January, they agreed to meet in the coming years"),
    /// else the first behind it.
    fn read_tense(&self, sentence: usize) -> Tense {
        let range = self
            .tokens
            .sentences
            .get(sentence)
            .map(|s| s.tokens.clone());
        let range = range.unwrap_or_default();
        let looks = |i: usize| {
            let word = self.lexicon.word(self.tokens.tokens.get(i)?.word);
            match (word.is(Set::Ahead), word.is(Set::Behind)) {
                (true, false) => Some(Tense::Ahead),
                (false, true) => Some(Tense::Behind),
                _ => None,
            }
        };
        let has = |tense: Tense| range.clone().any(|i| looks(i) == Some(tense));
        match (has(Tense::Ahead), has(Tense::Behind)) {
            (true, false) => Tense::Ahead,
            (false, true) => Tense::Behind,
            (false, false) => Tense::Unclear,
            (true, true) => {
                let at = self.at.clamp(range.start, range.end);
                (range.start..at)
                    .rev()
                    .take(40)
                    .find_map(looks)
                    .or_else(|| {
                        (at..range.end)
                            .take(40)
                            .take_while(|i| !self.tokens.tokens.get(*i).is_some_and(|t| t.is(';')))
                            .find_map(looks)
                    })
                    .unwrap_or(Tense::Unclear)
            }
        }
    }
}

/// The candidate that lies nearest to the publication; on the side that the sentence looks to,
/// or at most so far on the other: `back` behind it, or `fore` ahead.
fn nearest<T>(
    candidates: [Option<T>; 3],
    tense: Tense,
    ahead: impl Fn(&T) -> i32,
    (back, fore): (i32, i32),
) -> Option<T> {
    let admitted = |n: i32| match tense {
        Tense::Ahead => n >= -back,
        Tense::Behind => n <= fore,
        Tense::Unclear => true,
    };
    // Of two as near, the one that lies behind comes first.
    candidates
        .into_iter()
        .flatten()
        .filter(|c| admitted(ahead(c)))
        .min_by_key(|c| ahead(c).abs())
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |s| s.get_days())
}
