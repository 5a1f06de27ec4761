//! The countries at their places around a measure: whose quantity it is, from where, to whom, with whom.

use bilat_model::Country;
use bilat_model::told::FigureKind;

use super::words::WORDS;
use crate::amount::Amount;
use crate::names::{As, Mention};
use crate::reading::Scene;
use crate::rules::{Cue, Measure, PartOfSpeech, Role};
use crate::tokens::Kind;

/// The countries found on either side of a measure.
#[derive(Default)]
pub(super) struct Sides {
    pub(super) from: Option<Country>,
    pub(super) to: Option<Country>,
    /// Named with "with" or "between": a partner, without a direction.
    pub(super) partner: Vec<Country>,
    /// Of both alike.
    pub(super) both: bool,
}

/// The countries at their places around a measure's words.
pub(super) fn sides(scene: &Scene<'_>, cue: &Cue, measure: &Measure, number: usize) -> Sides {
    let mut out = Sides::default();
    out.counted(scene, cue, measure, number);
    // Before it: possessors and subjects.
    if let Some(m) = possessor(scene, cue, measure) {
        match subject(scene, cue, measure) {
            Some(Role::To) => out.goes_to(m.country),
            Some(Role::From) => out.comes_from(m.country),
            None => out.partner.push(m.country),
        }
    }
    if let Some(m) = left_with(scene, cue, measure) {
        match subject(scene, cue, measure) {
            Some(Role::To) => out.goes_to(m.country),
            _ => out.comes_from(m.country),
        }
    }
    out.behind(scene, cue, measure, number);
    out.ahead(scene, cue, measure);
    if out.from.is_none() && out.to.is_none() && measure.counts {
        out.people(scene, cue, measure);
    }
    if out.from.is_none() && out.to.is_none() && sends_home(scene, cue) {
        let people = |m: &&Mention| m.how == As::People && m.tokens.end <= cue.tokens.start;
        if let Some(m) = scene.mentions.iter().rfind(people) {
            out.goes_to(m.country);
        }
    }
    if out.from == out.to && out.from.is_some() {
        match measure.subject {
            Some(Role::To) => out.from = None,
            _ => out.to = None,
        }
    }
    out
}

/// "Remittances of Egyptians in Saudi Arabia" go to Egypt.
fn sends_home(scene: &Scene<'_>, cue: &Cue) -> bool {
    let words = &["remittances", "remitted", "home"];
    scene.reading.any_in(cue.tokens.clone(), words)
}

/// "Leaving Argentina with a deficit", "gave Brazil a surplus": whose balance it is.
fn left_with<'a>(scene: &Scene<'a>, cue: &Cue, measure: &Measure) -> Option<&'a Mention> {
    let r = scene.reading;
    let m = scene
        .mentions
        .iter()
        .rfind(|m| m.tokens.end <= cue.tokens.start)?;
    let gap = m.tokens.end..cue.tokens.start;
    let left = m.tokens.start > scene.range.start && r.is_any(m.tokens.start - 1, &WORDS.leaving);
    let verb = left || scene.preposition(m).is_none() && r.any_in(gap.clone(), &WORDS.having);
    let near = gap.len() <= 6
        && gap
            .clone()
            .all(|i| !r.tokens.tokens[i].is(',') && !r.is(i, "and"));
    (measure.kind == FigureKind::TradeBalance && verb && near).then_some(m)
}

impl Sides {
    /// Whether one end is a third country, or every partner is.
    pub(super) fn any_third(&self, third: impl Fn(&Country) -> bool) -> bool {
        self.from.iter().chain(&self.to).any(&third)
            || !self.partner.is_empty() && self.partner.iter().all(third)
    }

    fn comes_from(&mut self, country: Country) {
        self.from.get_or_insert(country);
    }

    fn goes_to(&mut self, country: Country) {
        self.to.get_or_insert(country);
    }

    /// "435 thousand Czechs", "159 Kazakh companies": who is counted.
    fn counted(&mut self, scene: &Scene<'_>, cue: &Cue, measure: &Measure, number: usize) {
        let whose = |m: &&Mention| {
            (matches!(m.how, As::Adjective | As::People) || m.hyphen)
                && m.tokens.start >= number
                && m.tokens.end <= cue.tokens.start
                && m.tokens.start <= number + 5
        };
        let found = scene.mentions.iter().find(whose);
        if let Some(m) = found.filter(|_| measure.counts) {
            // "120 Maltese-Libyan joint ventures" are of both.
            match m.hyphen {
                true => self.both = true,
                false => self.comes_from(m.country),
            }
        }
    }

    /// "Italians come in numbers: 556 thousand tourists", "India was the largest source of tourists":
    /// who else in the sentence may be counted.
    fn people(&mut self, scene: &Scene<'_>, cue: &Cue, measure: &Measure) {
        if !matches!(measure.kind, FigureKind::Tourists | FigureKind::Students) {
            return;
        }
        let before = |m: &&Mention| m.tokens.end <= cue.tokens.start && !m.dateline;
        let named = || scene.mentions.iter().filter(before);
        let source = scene.reading.any_in(scene.range.clone(), &["source"]);
        let free = |m: &&Mention| m.how == As::Name && scene.preposition(m).is_none();
        let who = named()
            .find(|m| m.how == As::People)
            .or_else(|| named().find(free).filter(|_| source));
        if let Some(m) = who {
            self.comes_from(m.country);
        }
    }

    /// Behind the measure: "exports to X", "purchases from X", "investments of X in Y".
    fn behind(&mut self, scene: &Scene<'_>, cue: &Cue, measure: &Measure, number: usize) {
        let reach = behind(scene, cue, number);
        let home = sends_home(scene, cue);
        let within = |m: &&Mention| m.tokens.start >= cue.tokens.start && m.tokens.start < reach;
        for m in scene.mentions.iter().filter(within) {
            match role(scene, m, measure) {
                Some(Place::From | Place::Of) if home && m.how != As::Name => {
                    self.goes_to(m.country);
                }
                Some(Place::To) if home => self.comes_from(m.country),
                Some(Place::From) => self.comes_from(m.country),
                Some(Place::To) => self.goes_to(m.country),
                Some(Place::Partner) => self.partner.push(m.country),
                // "A loan of 600 million for the ports of Lae".
                Some(Place::Of)
                    if matches!(measure.kind, FigureKind::Loans | FigureKind::Other)
                        && scene.reading.any_in(number..m.tokens.start, &["for"]) =>
                {
                    self.goes_to(m.country);
                }
                Some(Place::Of) => self.of(scene, cue, measure, m),
                None => {}
            }
        }
    }

    /// "Imports of Peru", "a deficit of Peru", "exports of Peru".
    fn of(&mut self, scene: &Scene<'_>, cue: &Cue, measure: &Measure, m: &Mention) {
        match (measure.kind, subject(scene, cue, measure)) {
            (FigureKind::Imports, _) if m.how != As::Adjective => self.goes_to(m.country),
            (FigureKind::TradeBalance, Some(Role::To)) => self.goes_to(m.country),
            (_, Some(_)) => self.comes_from(m.country),
            _ => self.partner.push(m.country),
        }
    }

    /// Before the first measure of a sentence, where nothing else tells: "Out of Poland came …".
    fn ahead(&mut self, scene: &Scene<'_>, cue: &Cue, measure: &Measure) {
        let first = !scene
            .cues
            .iter()
            .any(|c| c.quantity().is_some() && c.tokens.end <= cue.tokens.start);
        if !first || self.from.is_some() || self.to.is_some() {
            return;
        }
        let goods = measure.kind.is_flow_of_goods();
        let before = |m: &&Mention| m.tokens.end <= cue.tokens.start;
        for m in scene.mentions.iter().filter(before) {
            match role(scene, m, measure) {
                Some(Place::From) => self.comes_from(m.country),
                Some(Place::To) if !goods => self.goes_to(m.country),
                Some(Place::Partner) => self.partner.push(m.country),
                _ => {}
            }
        }
    }
}

/// What the country is whose quantity it is; a deficit is of the one that pays.
pub(super) fn subject(scene: &Scene<'_>, cue: &Cue, measure: &Measure) -> Option<Role> {
    let deficit = scene.reading.any_in(cue.tokens.clone(), &WORDS.deficits);
    match measure.kind {
        FigureKind::TradeBalance if deficit => Some(Role::To),
        _ => measure.subject,
    }
}

/// How far behind a measure its countries may stand: to the next measure of goods or the next
/// break, but past its first number.
fn behind(scene: &Scene<'_>, cue: &Cue, number: usize) -> usize {
    let r = scene.reading;
    let mut end = scene.range.end;
    for c in scene.cues {
        if c.quantity().is_some_and(|m| !m.people) && c.tokens.start >= cue.tokens.end {
            end = end.min(c.tokens.start);
        }
    }
    let mut passed = number < cue.tokens.end;
    for at in cue.tokens.end..end {
        if at >= number {
            passed = true;
        }
        let aside = r.tokens.tokens[at].is(',') && r.is_any(at + 1, &WORDS.opening);
        let stop = r.tokens.tokens[at].is(';')
            || passed && aside
            || passed && r.is_any(at, &["while", "whereas", "but", "and"]) && at > number;
        if stop {
            return at;
        }
    }
    end
}

pub(super) enum Place {
    From,
    To,
    Of,
    Partner,
}

pub(super) fn role(scene: &Scene<'_>, m: &Mention, measure: &Measure) -> Option<Place> {
    let r = scene.reading;
    // "A balance of 28 billion in Kenya's favour".
    if m.possessive && r.is_any(m.tokens.end + 1, &["favour", "favor", "side"]) {
        return Some(Place::From);
    }
    if m.possessive || m.dateline {
        // "in Kazakhstan's non-oil sector": the preposition still tells.
        let p = scene.preposition(m)?;
        // "11.7 million for Fiji's seawalls".
        let given = matches!(measure.kind, FigureKind::Loans | FigureKind::Other) && r.is(p, "for");
        return (given || r.is_any(p, &["in", "into", "to"]))
            .then_some(Place::To)
            .filter(|_| !m.dateline);
    }
    // "BNDES lent Angola 3.3 billion": to whom.
    let given = m.tokens.start > scene.range.start
        && m.how == As::Name
        && r.is_any(m.tokens.start - 1, &WORDS.lending);
    if given {
        return Some(Place::To);
    }
    let Some(p) = scene.preposition(m) else {
        // "80,000 Maldivians", "with Slovenian capital", "159 are Kazakh".
        let counted = measure.counts && matches!(m.how, As::Adjective | As::People);
        return counted.then_some(Place::From);
    };
    // "Study permits given to Filipinos": they come from there.
    if measure.kind == FigureKind::Students && m.how == As::People {
        return Some(Place::From);
    }
    if measure.counts && m.how == As::Adjective && !r.is_any(p, &["to", "into", "in", "on", "at"]) {
        return Some(Place::From);
    }
    if m.how == As::Adjective && !r.is_any(p, &["of", "with", "by", "from"]) {
        // "in Slovenian companies": what follows is of that country.
        return Some(if r.is_any(p, &["in", "into", "to", "for", "on", "at"]) {
            Place::To
        } else {
            Place::Of
        });
    }
    // "Imports originating in Japan".
    let origin = p > 0 && r.is_any(p - 1, &WORDS.originating);
    // "Goods bought in Morocco".
    let bought = measure.kind == FigureKind::Imports && measure.word == PartOfSpeech::Verb;
    Some(match () {
        () if (origin || bought) && r.is(p, "in") => Place::From,
        () if r.is_any(
            p,
            &[
                "to", "into", "towards", "toward", "in", "inside", "across", "within",
            ],
        ) =>
        {
            Place::To
        }
        () if r.is(p, "for") && measure.kind == FigureKind::TradeBalance => Place::Of,
        () if r.is(p, "for") => Place::To,
        () if scene.whence(p) => Place::From,
        () if r.is(p, "by") => Place::Of,
        () if r.is(p, "of") => Place::Of,
        () if r.is_any(p, &["with", "between", "among"]) => Place::Partner,
        () => return None,
    })
}

/// The country whose quantity it is: the possessive or adjective before a noun, the subject of a
/// verb.
pub(super) fn possessor<'a>(
    scene: &Scene<'a>,
    cue: &Cue,
    measure: &Measure,
) -> Option<&'a Mention> {
    let before = |m: &&Mention| m.tokens.end <= cue.tokens.start && !m.dateline;
    let m = scene.mentions.iter().rfind(before)?;
    match measure.word {
        PartOfSpeech::Noun => owns(scene, m, cue, measure).then_some(m),
        PartOfSpeech::Verb => subject_of_verb(scene, m, cue, measure),
    }
}

/// Whether a country is the owner of what a noun names.
fn owns(scene: &Scene<'_>, m: &Mention, cue: &Cue, measure: &Measure) -> bool {
    let r = scene.reading;
    let gap = m.tokens.end..cue.tokens.start;
    // "Japan extended to Sri Lanka loans of 1,035 billion".
    let receiver = m.how == As::Name
        && !m.possessive
        && scene
            .preposition(m)
            .is_some_and(|p| r.is_any(p, &["to", "for"]));
    if receiver && gap.is_empty() {
        return false;
    }
    // "Granted Suriname a loan": an article parts the two.
    let article = gap.clone().any(|i| r.is_any(i, &["a", "an"]));
    let own = m.possessive
        || m.how == As::Adjective
        || m.hyphen
        || gap.is_empty()
        || m.how == As::Name && gap.len() <= 1 && !article;
    let plain = gap.clone().all(|i| {
        !r.is_any(i, crate::reading::PREPOSITIONS)
            && !r.is_any(i, &WORDS.parting)
            && !matches!(
                r.tokens.tokens[i].kind,
                Kind::Sign(',' | ';' | ':' | '(' | ')' | '.' | '"')
            )
    });
    own && gap.len() <= 6 && plain && !parted(scene, m, cue, measure)
}

/// "On the Tanzanian register 85 companies": a number parts the two; but not "India's ministry
/// counted 240,000 arrivals".
fn parted(scene: &Scene<'_>, m: &Mention, cue: &Cue, measure: &Measure) -> bool {
    let between = |a: &&Amount| a.tokens.start > m.tokens.end && a.tokens.end <= cue.tokens.start;
    let parts = |a: &Amount| match measure.counts {
        true => scene.preposition(m).is_some() || m.possessive && a.tokens.start > m.tokens.end + 2,
        false => !m.possessive && a.tokens.start > m.tokens.end + 1,
    };
    scene.amounts.iter().filter(between).any(parts)
}

/// Who does what a verb says.
fn subject_of_verb<'a>(
    scene: &Scene<'a>,
    m: &'a Mention,
    cue: &Cue,
    measure: &Measure,
) -> Option<&'a Mention> {
    let r = scene.reading;
    // "Spain sold Morocco goods for 9.5 billion and bought 7.3 billion": one subject.
    let joined =
        cue.tokens.start > scene.range.start && r.is_any(cue.tokens.start - 1, &["and", "but"]);
    let verb = |c: &&Cue| {
        c.measure()
            .is_some_and(|m| m.word == PartOfSpeech::Verb && !m.weak && !m.people)
            && c.tokens.end < cue.tokens.start
    };
    if joined && let Some(first) = scene.cues.iter().rfind(verb) {
        return possessor(scene, first, measure);
    }
    let gap = m.tokens.end..cue.tokens.start;
    let m = subject_of(scene, m).unwrap_or(m);
    let free = gap.len() <= 14 && !gap.clone().any(|i| r.tokens.tokens[i].is(';'));
    let preposed = scene
        .preposition(m)
        .is_some_and(|p| !r.is_any(p, &["of", "by"]));
    (free && !preposed).then_some(m)
}

/// "Uganda remains Kenya's top market and took …": who is said to be something of the one named.
fn subject_of<'a>(scene: &Scene<'a>, m: &Mention) -> Option<&'a Mention> {
    let r = scene.reading;
    if !m.possessive && m.how != As::Adjective {
        return None;
    }
    let before = |s: &&Mention| s.tokens.end <= m.tokens.start && !s.dateline;
    let subject = scene.mentions.iter().rfind(before)?;
    let gap = subject.tokens.end..m.tokens.start;
    let says = gap.len() <= 6 && gap.start < gap.end && r.any_in(gap.clone(), &WORDS.being);
    let bare =
        subject.how == As::Name && !subject.possessive && scene.preposition(subject).is_none();
    (says && bare && !r.any_in(gap, &[",", "and"])).then_some(subject)
}

/// The countries of a sentence by their prepositions alone, those before a number first.
pub(super) fn loose(scene: &Scene<'_>, number: usize) -> Sides {
    let r = scene.reading;
    let mut out = Sides::default();
    let order = scene
        .mentions
        .iter()
        .rev()
        .filter(|m| m.tokens.end <= number)
        .chain(scene.mentions.iter().filter(|m| m.tokens.start >= number));
    // "…, since the pass stayed closed to Nepali goods": what follows says why.
    // "…, while imports from Serbia grew": what has a measure of its own is of that.
    let measured = |i: usize| {
        scene.cues.iter().any(|c| {
            c.quantity().is_some_and(|m| !m.people)
                && c.tokens.start == i
                && r.any_in(number..i, &["while", "whereas", "but", "and"])
        })
    };
    let aside = (number..scene.range.end)
        .find(|i| {
            r.tokens.tokens[*i].is(';')
                || r.tokens.tokens[*i].is(',') && r.is_any(i + 1, &WORDS.opening)
                || measured(*i)
        })
        .unwrap_or(scene.range.end);
    for m in order {
        if m.dateline || m.tokens.start >= aside {
            continue;
        }
        let Some(p) = scene.preposition(m) else {
            continue;
        };
        if scene.whence(p) {
            out.from.get_or_insert(m.country);
        } else if r.is_any(p, &["to", "into"]) {
            out.to.get_or_insert(m.country);
        }
    }
    out
}
