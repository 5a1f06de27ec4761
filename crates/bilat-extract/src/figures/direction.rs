//! Who sells, gives or sends, and to whom.

use std::ops::Range;

use bilat_model::Country;
use bilat_model::told::FigureKind;

use super::foreign;
use super::sides::{Place, Sides, loose, possessor, role, sides, subject};
use super::topic::Topic;
use super::words::WORDS;
use crate::names::{As, Mention};
use crate::reading::Scene;
use crate::rules::{Cue, Measure, Role};

/// From and to of a measure; `None` when they are not both of the pair.
pub(super) fn ends(
    scene: &Scene<'_>,
    cue: Option<&Cue>,
    measure: &Measure,
    number: usize,
    topic: &Topic,
) -> Option<(Country, Country)> {
    let asked = Asked {
        scene,
        cue,
        measure,
        number,
        topic,
        sides: cue.map_or_else(Sides::default, |c| sides(scene, c, measure, number)),
    };
    let r = scene.reading;
    if asked.of_others() || cue.is_some_and(|c| foreign::of_all(scene, c.tokens.end)) {
        return None;
    }
    if undirected(measure.kind) && !measure.share || asked.sides.both {
        return Some((r.pair.a(), r.pair.b()));
    }
    if asked.open()
        && let Some(e) = topic.last.ends
        && turned_round(scene, cue.map_or(number, |c| c.tokens.start))
    {
        return Some((e.1, e.0));
    }
    if asked.of_nobody() {
        return None;
    }
    match asked.told() {
        (Some(f), Some(t)) if f != t => Some((f, t)),
        (Some(f), _) => Some((f, r.other(f))),
        (None, Some(t)) => Some((r.other(t), t)),
        (None, None) => asked.untold(),
    }
}

/// A measure whose from and to are asked for.
struct Asked<'s, 'a> {
    scene: &'s Scene<'a>,
    cue: Option<&'s Cue>,
    measure: &'s Measure,
    number: usize,
    topic: &'s Topic,
    sides: Sides,
}

impl Asked<'_, '_> {
    /// Whether its own words tell neither from nor to.
    fn open(&self) -> bool {
        self.sides.from.is_none() && self.sides.to.is_none()
    }

    /// Whether it is of a third country: "Kazakhstan's trade with Kyrgyzstan".
    fn of_others(&self) -> bool {
        let third = |c: &Country| !self.scene.reading.of_pair(*c);
        self.sides.any_third(third)
            || undirected(self.measure.kind) && self.sides.partner.iter().any(third)
    }

    /// Whether nothing says that it is the pair's, where something must.
    fn of_nobody(&self) -> bool {
        let (scene, measure, last) = (self.scene, self.measure, &self.topic.last);
        if (self.cue.is_none() || measure.named) && foreign(scene, self.number) {
            return true;
        }
        if !self.open() {
            return false;
        }
        // "Shipments of salmon tripled" goes on with the exports told just before.
        let goes_on = last.kind.is_some_and(|k| same_family(k, measure.kind))
            && self.topic.sentence + 1 >= scene.index;
        // "Two ferry companies offer a crossing": firms of nobody's are no figure of the pair.
        let named = |m: &Mention| scene.reading.of_pair(m.country) && !m.dateline;
        let nobodys = measure.kind.is_companies()
            && self.cue.is_some()
            && self.sides.partner.is_empty()
            && !last.kind.is_some_and(FigureKind::is_companies)
            && !scene.mentions.iter().any(named);
        measure.named && !goes_on || nobodys
    }

    /// From and to as the words around the measure tell them, or else the sentence's other
    /// countries; a sentence that goes on from another, or from its own first half, keeps those.
    fn told(&self) -> (Option<Country>, Option<Country>) {
        let (scene, topic) = (self.scene, self.topic);
        let known =
            topic.last.ends.is_some() && (self.cue.is_none() || topic.sentence == scene.index);
        let moved = match self.open() && !known {
            true => loose(scene, self.number),
            false => Sides::default(),
        };
        let own = |c: &Country| scene.reading.of_pair(*c);
        (
            self.sides.from.or(moved.from.filter(own)),
            self.sides.to.or(moved.to.filter(own)),
        )
    }

    /// What its possessor is to it; a deficit is of the one that pays.
    fn whose(&self) -> Option<Role> {
        let subject = |c| subject(self.scene, c, self.measure);
        self.cue.map_or(self.measure.subject, subject)
    }

    /// From and to where no word around it tells either.
    fn untold(&self) -> Option<(Country, Country)> {
        let (scene, measure, last) = (self.scene, self.measure, &self.topic.last);
        let r = scene.reading;
        let given = || self.giver().map(|g| (g, r.other(g)));
        if measure.kind == FigureKind::Other {
            // "Austrian companies are present and employ 20,000 people".
            let companies =
                last.kind == Some(FigureKind::Companies) && self.topic.sentence == scene.index;
            let told = given().or(last.ends.filter(|_| companies));
            return told.or(Some((r.pair.a(), r.pair.b())));
        }
        if let Some(p) = self.sides.partner.iter().copied().find(|c| r.of_pair(*c)) {
            return Some(match self.whose() {
                Some(Role::To) => (p, r.other(p)),
                _ => (r.other(p), p),
            });
        }
        if let Some(ends) = given() {
            return Some(ends);
        }
        let kin = last.kind.is_some_and(|k| same_family(k, measure.kind));
        // "Turkish investment is 2.5 billion, and 200 of our companies operate here".
        let ours = self.topic.sentence == scene.index
            && self.cue.is_some_and(|c| {
                let from = scene.range.start.max(c.tokens.start.saturating_sub(2));
                r.any_in(from..c.tokens.start, &["our", "its", "their"])
            });
        last.ends
            .filter(|_| kin || ours && measure.subject == Some(Role::From))
            .map(|e| turned(last.kind, measure.kind, e))
            .or_else(|| {
                let its = self.cue.is_some_and(|c| {
                    c.tokens.start > scene.range.start
                        && r.is_any(c.tokens.start - 1, &["its", "their"])
                });
                default(scene, self.whose(), its)
            })
    }

    /// Who lends or invests: the one whose money it is, or the subject of the sentence.
    fn giver(&self) -> Option<Country> {
        use FigureKind::{FdiFlow, FdiStock, Investment, Loans, Other};
        let (scene, kind) = (self.scene, self.measure.kind);
        let gives = match kind {
            Loans | Investment | FdiFlow | FdiStock => true,
            Other => !self.measure.counts && self.measure.subject == Some(Role::From),
            _ => false,
        };
        if !gives {
            return None;
        }
        let subject = |m: &&Mention| {
            m.tokens.end <= self.number
                && scene.reading.of_pair(m.country)
                && !m.dateline
                && scene.preposition(m).is_none()
        };
        let payer = || by_currency(scene, self.number);
        let named = scene.mentions.iter().find(subject);
        // "Seoul has promised a loan of 24 billion shillings".
        let gives = |m: &&Mention| {
            let between = m.tokens.end..self.number;
            scene.reading.any_in(between, &WORDS.giving)
        };
        let giver = named.filter(gives).map(|m| m.country);
        let lender = payer().filter(|_| kind == Loans);
        giver
            .or(lender)
            .or(named.map(|m| m.country))
            // "Assistance totalled NOK 48 million".
            .or_else(|| payer().filter(|_| kind == Other))
    }
}

/// The country of the pair that lends in its own money: "a credit of 2.5 trillion dong".
fn by_currency(scene: &Scene<'_>, number: usize) -> Option<Country> {
    let r = scene.reading;
    let amount = scene.amounts.iter().find(|a| a.tokens.start >= number)?;
    let code = amount.unit.code();
    let own = |c: &Country| r.currencies.get(c).is_some_and(|own| own == code);
    let mut of_pair = r.pair.both().into_iter().filter(own);
    let lender = of_pair.next()?;
    of_pair.next().is_none().then_some(lender)
}

/// From and to of a further number of a measure: as of the one before, unless the words between
/// name other countries ("… and Kazakhstan's in Azerbaijan's non-oil sector at $100 million").
pub(super) fn again(
    scene: &Scene<'_>,
    measure: &Measure,
    window: Range<usize>,
    number: usize,
    before: (Country, Country),
) -> Option<(Country, Country)> {
    let r = scene.reading;
    let mut sides = Sides::default();
    for m in scene
        .mentions
        .iter()
        .filter(|m| m.tokens.start >= window.start && m.tokens.end <= number)
    {
        let placed = role(scene, m, measure).filter(|_| !elliptic(scene, m));
        match placed {
            Some(Place::From) => sides.from = sides.from.or(Some(m.country)),
            Some(Place::To) => sides.to = sides.to.or(Some(m.country)),
            Some(Place::Partner) => sides.partner.push(m.country),
            _ if m.possessive || elliptic(scene, m) || heads(scene, m, number) => {
                match measure.subject {
                    Some(Role::To) => sides.to = sides.to.or(Some(m.country)),
                    Some(Role::From) => sides.from = sides.from.or(Some(m.country)),
                    None => {}
                }
            }
            _ => {}
        }
    }
    // "1,130 companies with Uzbek capital and 1,067 with Kazakh capital".
    if let Some(m) = owner_behind(scene, measure, number) {
        sides.from = Some(m.country);
    }
    if sides.any_third(|c| !r.of_pair(*c)) {
        return None;
    }
    if undirected(measure.kind) {
        return Some(before);
    }
    if sides.from.is_none() && sides.to.is_none() && turned_round(scene, number) {
        return Some((before.1, before.0));
    }
    Some(match (sides.from, sides.to) {
        (Some(f), _) => (f, r.other(f)),
        (None, Some(t)) => (r.other(t), t),
        (None, None) => before,
    })
}

/// Whose capital it is that a counted number has: "1,067 with Kazakh capital", "40 Turkish ones".
fn owner_behind<'a>(scene: &Scene<'a>, measure: &Measure, number: usize) -> Option<&'a Mention> {
    let r = scene.reading;
    let amount = scene.amounts.iter().find(|a| a.tokens.start >= number)?;
    let end = amount.tokens.end;
    let owner = |m: &&Mention| {
        m.how == As::Adjective
            && (m.tokens.start == end
                || m.tokens.start == end + 1 && r.is_any(end, &["with", "of"]))
    };
    let m = scene.mentions.iter().find(owner)?;
    measure.kind.is_companies().then_some(m)
}

/// "Turkish ones in Czechia 3.0 billion": an adjective whose noun was told before.
fn elliptic(scene: &Scene<'_>, m: &Mention) -> bool {
    let r = scene.reading;
    m.how == As::Adjective && r.is_any(m.tokens.end, &["ones", "one"])
}

/// "Brazil sold 912 million and Nigeria 698 million": a country just before its number.
fn heads(scene: &Scene<'_>, m: &Mention, number: usize) -> bool {
    m.how == As::Name
        && m.tokens.end <= number
        && number - m.tokens.end <= 1
        && scene.preposition(m).is_none()
}

/// The direction of the exports or imports that a share is told to be of: "the share of Ukraine in
/// Georgian imports".
pub(super) fn of_whole(scene: &Scene<'_>) -> Option<(Country, Country)> {
    let r = scene.reading;
    let goods = |k: FigureKind| k.is_flow_of_goods() || k == FigureKind::Tourists;
    let flow = |m: &&Measure| goods(m.kind) && !m.weak && !m.people;
    let mut cues = scene.cues.iter();
    let (cue, measure) = cues.find_map(|c| Some((c, c.measure().filter(flow)?)))?;
    let m = possessor(scene, cue, measure).filter(|m| r.of_pair(m.country))?;
    match measure.subject {
        Some(Role::To) => Some((r.other(m.country), m.country)),
        _ => Some((m.country, r.other(m.country))),
    }
}

/// Whether a sentence that goes on from another turns to a third country before a number: "Poland,
/// with 11 billion, remains the first".
pub(super) fn foreign(scene: &Scene<'_>, number: usize) -> bool {
    let r = scene.reading;
    scene.mentions.iter().any(|m| {
        let aside = m.tokens.start > 0
            && r.is_any(
                m.tokens.start - 1,
                &["than", "after", "behind", "unlike", "like", "before"],
            );
        m.tokens.end <= number && scene.third(m) && !aside && !m.dateline && !m.venue
    })
}

/// From and to of a value that a sentence on turnover singles out: "out of Lithuania into Latvia",
/// "of this, Russian gas and oil were 94 billion; Serbian apples 70 billion".
pub(super) fn singled_out(
    scene: &Scene<'_>,
    window: Range<usize>,
    number: usize,
) -> Option<(Country, Country)> {
    let r = scene.reading;
    // "11 million of Cuban rum", "1,674 million Colombian ones": whose goods they are stands just
    // behind.
    let behind = |m: &&Mention| {
        let amount = scene.amounts.iter().find(|a| a.tokens.start >= number);
        amount.is_some_and(|a| {
            let gap = a.tokens.end..m.tokens.start;
            // "210 million of New Zealand meat".
            let goods = m.how == As::Name
                && m.tokens.start > 0
                && r.is(m.tokens.start - 1, "of")
                && plain_word(scene, m.tokens.end);
            (m.how == As::Adjective || goods)
                && m.tokens.start >= a.tokens.end
                && gap.len() <= 4
                && gap.clone().all(|i| r.is_any(i, &WORDS.to_its_goods))
        })
    };
    if let Some(m) = scene.mentions.iter().find(behind) {
        return r
            .of_pair(m.country)
            .then(|| (m.country, r.other(m.country)));
    }
    let (mut from, mut to, mut subject) = (None, None, None);
    for m in scene.mentions.iter().filter(|m| {
        m.tokens.start >= window.start
            && m.tokens.start < window.end
            && r.of_pair(m.country)
            && !m.dateline
            && !m.hyphen
    }) {
        match scene.preposition(m) {
            Some(p) if scene.whence(p) => from = from.or(Some(m.country)),
            Some(p) if r.is_any(p, &["into", "to"]) => to = to.or(Some(m.country)),
            Some(_) => {}
            None => {
                let near = m.tokens.start <= window.start + 7 && m.tokens.end <= number;
                if near && (m.how == As::Adjective || m.possessive) {
                    subject = subject.or(Some(m.country));
                }
            }
        }
    }
    match (from, to, subject) {
        (Some(f), Some(t), _) if f != t => Some((f, t)),
        (Some(f), None, None) => Some((f, r.other(f))),
        (None, Some(t), None) => Some((r.other(t), t)),
        (None, _, Some(s)) => Some((s, r.other(s))),
        _ => None,
    }
}

/// Whether a word in small letters follows that is neither a preposition nor a verb's beginning.
fn plain_word(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let token = r.tokens.tokens.get(at).filter(|_| at < scene.range.end);
    token.is_some_and(|t| t.kind == crate::tokens::Kind::Word && !t.capital)
        && !r.is_any(at, crate::reading::PREPOSITIONS)
        && !r.is_any(at, &WORDS.parting)
        && !r.is_any(at, &WORDS.going_on)
}

/// Whether the words say that it is the way back: "the other way", "in the opposite direction".
fn turned_round(scene: &Scene<'_>, at: usize) -> bool {
    let r = scene.reading;
    let range = scene.range.start.max(at.saturating_sub(10))..scene.range.end.min(at + 12);
    range.into_iter().any(|i| {
        r.is_any(i, &["other", "opposite", "reverse", "return"])
            && r.is_any(
                i + 1,
                &["way", "direction", "directions", "flow", ",", "side"],
            )
            && (i == 0 || !r.is_any(i - 1, &["each"]))
    })
}

fn undirected(kind: FigureKind) -> bool {
    matches!(kind, FigureKind::TradeTurnover | FigureKind::Flights)
}

fn same_family(a: FigureKind, b: FigureKind) -> bool {
    use FigureKind::{Companies, Exports, FdiFlow, FdiStock, Imports, Investment, JointVentures};
    let family = |k| match k {
        Exports | Imports => 1,
        Companies | JointVentures => 2,
        FdiFlow | FdiStock | Investment => 3,
        _ => 100 + k as u8,
    };
    family(a) == family(b)
}

/// After "A's exports", "imports" without more are A's: the other way.
fn turned(
    before: Option<FigureKind>,
    now: FigureKind,
    ends: (Country, Country),
) -> (Country, Country) {
    match before {
        Some(b) if b.is_flow_of_goods() && now.is_flow_of_goods() && b != now => (ends.1, ends.0),
        _ => ends,
    }
}

/// Whose quantity it is when nothing says so: that of the country the text is written from.
fn default(scene: &Scene<'_>, whose: Option<Role>, its: bool) -> Option<(Country, Country)> {
    let r = scene.reading;
    // Whoever the sentence before speaks of, the last first, but not whom it deals with: "turnover
    // of Kyrgyzstan with China … Exports: 37 million" are Kyrgyzstan's.
    let before = scene.index.checked_sub(1).map(|i| r.scene(i).mentions);
    let named = |m: &&Mention| r.of_pair(m.country) && !m.hyphen;
    let last = r.scene(scene.index.saturating_sub(1));
    let dealt = |m: &Mention| {
        let p = last.preposition(m);
        p.is_some_and(|p| r.is_any(p, &["with", "to", "into", "from", "between"]))
    };
    // "Between Kyrgyzstan and Turkey".
    let partner = |m: &Mention| {
        let joined = |b: &&Mention| {
            b.tokens.end + 1 == m.tokens.start && r.is(b.tokens.end, "and") && dealt(b)
        };
        dealt(m) || last.mentions.iter().any(|b| joined(&b))
    };
    let spoken_of = || {
        let before = before.unwrap_or_default().iter().rev();
        before.filter(|m| !m.dateline).filter(named)
    };
    // "Its sales" are those of the subject, which stands first.
    let first = || spoken_of().rfind(|m| !partner(m)).filter(|_| its);
    let subject = first()
        .or_else(|| spoken_of().find(|m| !partner(m)))
        .map(|m| m.country)
        .or(r.written_from)
        // "Trade between Estonia and Moldova": told by the first.
        .or_else(|| spoken_of().next_back().map(|m| m.country))
        .or(r.named_first)
        .unwrap_or(r.pair.a());
    let other = r.other(subject);
    Some(match whose {
        Some(Role::To) => (other, subject),
        Some(Role::From) => (subject, other),
        None => (r.pair.a(), r.pair.b()),
    })
}
