//! Who sells, gives or sends, and to whom.

use std::ops::Range;

use bilat_model::Country;
use bilat_model::told::FigureKind;

use super::Topic;
use crate::names::{As, Mention};
use crate::reading::Scene;
use crate::rules::{Cue, Measure, PartOfSpeech, Role};

/// The countries found on either side of a measure.
#[derive(Default)]
struct Sides {
    from: Option<Country>,
    to: Option<Country>,
    /// Named with "with" or "between": a partner, without a direction.
    partner: Vec<Country>,
    /// Of both alike.
    both: bool,
}

/// From and to of a measure; `None` when they are not both of the pair.
pub(super) fn ends(
    scene: &Scene<'_>,
    cue: Option<&Cue>,
    measure: &Measure,
    number: usize,
    topic: &Topic,
) -> Option<(Country, Country)> {
    let r = scene.reading;
    let pair = (r.pair.a(), r.pair.b());
    let sides = match cue {
        Some(cue) => sides(scene, cue, measure, number),
        None => Sides::default(),
    };
    let third = |c: &Country| !r.of_pair(*c);
    if sides.from.as_ref().is_some_and(third) || sides.to.as_ref().is_some_and(third) {
        return None;
    }
    if !sides.partner.is_empty() && sides.partner.iter().all(third) {
        return None;
    }
    // "Kazakhstan's trade with Kyrgyzstan" is that of a third country.
    if undirected(measure.kind) && sides.partner.iter().any(third) {
        return None;
    }
    if undirected(measure.kind) && !measure.share || sides.both {
        return Some(pair);
    }
    // What the sentence itself leaves open, its other countries may tell.
    let open = sides.from.is_none() && sides.to.is_none();
    if open
        && let Some(e) = topic.last.ends
        && turned_round(scene, cue.map_or(number, |c| c.tokens.start))
    {
        return Some((e.1, e.0));
    }
    if (cue.is_none() || measure.named) && foreign(scene, number) {
        return None;
    }
    // "Shipments of salmon tripled" goes on with the exports told just before.
    let goes_on = topic.last.kind.is_some_and(|k| same_family(k, measure.kind))
        && topic.sentence + 1 >= scene.index;
    if measure.named && open && !goes_on {
        return None;
    }
    // "Two ferry companies offer a crossing": firms of nobody's are no figure of the pair.
    let companies = |k| matches!(k, FigureKind::Companies | FigureKind::JointVentures);
    if companies(measure.kind)
        && open
        && cue.is_some()
        && sides.partner.is_empty()
        && !topic.last.kind.is_some_and(companies)
        && !scene.mentions.iter().any(|m| r.of_pair(m.country) && !m.dateline)
    {
        return None;
    }
    // A sentence that goes on from another, or from its own first half, keeps its countries.
    let known = topic.last.ends.is_some() && (cue.is_none() || topic.sentence == scene.index);
    let moved = if open && !known {
        loose(scene, number)
    } else {
        Sides::default()
    };
    let (from, to) = (
        sides.from.or(moved.from.filter(|c| r.of_pair(*c))),
        sides.to.or(moved.to.filter(|c| r.of_pair(*c))),
    );
    let partner = sides.partner.iter().copied().find(|c| r.of_pair(*c));
    match (from, to) {
        (Some(f), Some(t)) if f != t => Some((f, t)),
        (Some(f), _) => Some((f, r.other(f))),
        (None, Some(t)) => Some((r.other(t), t)),
        (None, None) => {
            if measure.kind == FigureKind::Other {
                // "Austrian companies are present and employ 20,000 people".
                let companies = topic.last.kind == Some(FigureKind::Companies)
                    && topic.sentence == scene.index;
                return topic.last.ends.filter(|_| companies).or(Some(pair));
            }
            if let Some(p) = partner {
                let whose = cue.map_or(measure.subject, |c| subject(scene, c, measure));
                return Some(match whose {
                    Some(Role::To) => (p, r.other(p)),
                    _ => (r.other(p), p),
                });
            }
            if measure.kind == FigureKind::Loans
                && let Some(lender) = by_currency(scene, number)
            {
                return Some((lender, r.other(lender)));
            }
            if matches!(
                measure.kind,
                FigureKind::Loans
                    | FigureKind::Investment
                    | FigureKind::FdiFlow
                    | FigureKind::FdiStock
            ) && let Some(giver) = scene.mentions.iter().find(|m| {
                m.tokens.end <= number
                    && r.of_pair(m.country)
                    && !m.dateline
                    && scene.preposition(m).is_none()
            }) {
                return Some((giver.country, r.other(giver.country)));
            }
            topic
                .last
                .ends
                .filter(|_| topic.last.kind.is_some_and(|k| same_family(k, measure.kind)))
                .map(|e| turned(topic.last.kind, measure.kind, e))
                .or_else(|| {
                    let whose = cue.map_or(measure.subject, |c| subject(scene, c, measure));
                    let its = cue.is_some_and(|c| {
                        c.tokens.start > scene.range.start
                            && r.is_any(c.tokens.start - 1, &["its", "their"])
                    });
                    default(scene, whose, its)
                })
        }
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
            _ if m.possessive || elliptic(scene, m) || heads(scene, m, number) => match measure.subject {
                Some(Role::To) => sides.to = sides.to.or(Some(m.country)),
                Some(Role::From) => sides.from = sides.from.or(Some(m.country)),
                None => {}
            },
            _ => {}
        }
    }
    let third = |c: &Country| !r.of_pair(*c);
    if sides.from.as_ref().is_some_and(third)
        || sides.to.as_ref().is_some_and(third)
        || !sides.partner.is_empty() && sides.partner.iter().all(third)
    {
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
    let goods = |k| {
        matches!(
            k,
            FigureKind::Exports | FigureKind::Imports | FigureKind::Tourists
        )
    };
    let (cue, measure) = scene.cues.iter().find_map(|c| match &c.rule.gives {
        crate::rules::Gives::Measure(m) if goods(m.kind) && !m.weak && !m.people => Some((c, m)),
        _ => None,
    })?;
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
            m.how == As::Adjective
                && m.tokens.start >= a.tokens.end
                && gap.len() <= 4
                && gap.clone().all(|i| {
                    r.is_any(i, &["of", "worth", "in", "'", "were", "was", "are", "the", "it", "this", "them"])
                })
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
            Some(p) if r.is(p, "from") || r.is(p, "of") && p > 0 && r.is(p - 1, "out") => {
                from = from.or(Some(m.country))
            }
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
    let trade = |k| matches!(k, FigureKind::Exports | FigureKind::Imports);
    match before {
        Some(b) if trade(b) && trade(now) && b != now => (ends.1, ends.0),
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
    let partner = |m: &Mention| {
        r.scene(scene.index.saturating_sub(1))
            .preposition(m)
            .is_some_and(|p| r.is_any(p, &["with", "to", "into", "from", "between"]))
    };
    let spoken_of = || {
        let before = before.unwrap_or_default().iter().rev();
        before.filter(|m| !m.dateline).filter(named)
    };
    // "Its sales" are those of the subject, which stands first.
    let first = || spoken_of().rev().find(|m| !partner(m)).filter(|_| its);
    let subject = first()
        .or_else(|| spoken_of().find(|m| !partner(m)))
        .map(|m| m.country)
        .or(r.written_from)
        .or_else(|| spoken_of().next().map(|m| m.country))
        .or(r.named_first)
        .unwrap_or(r.pair.a());
    let other = r.other(subject);
    Some(match whose {
        Some(Role::To) => (other, subject),
        Some(Role::From) => (subject, other),
        None => (r.pair.a(), r.pair.b()),
    })
}

/// The countries at their places around a measure's words.
fn sides(scene: &Scene<'_>, cue: &Cue, measure: &Measure, number: usize) -> Sides {
    let mut out = Sides::default();
    let set = |slot: &mut Option<Country>, c: Country| {
        slot.get_or_insert(c);
    };
    // "435 thousand Czechs", "159 Kazakh companies": who is counted.
    if measure.counts
        && let Some(m) = scene.mentions.iter().find(|m| {
            (matches!(m.how, As::Adjective | As::People) || m.hyphen)
                && m.tokens.start >= number
                && m.tokens.end <= cue.tokens.start
                && m.tokens.start <= number + 5
        })
    {
        // "120 Maltese-Libyan joint ventures" are of both.
        match m.hyphen {
            true => out.both = true,
            false => set(&mut out.from, m.country),
        }
    }
    // Before it: possessors and subjects.
    if let Some(m) = possessor(scene, cue, measure) {
        match subject(scene, cue, measure) {
            Some(Role::To) => set(&mut out.to, m.country),
            Some(Role::From) => set(&mut out.from, m.country),
            None => out.partner.push(m.country),
        }
    }
    // Behind the measure: "exports to X", "purchases from X", "investments of X in Y".
    let reach = behind(scene, cue, number);
    for m in scene
        .mentions
        .iter()
        .filter(|m| m.tokens.start >= cue.tokens.start && m.tokens.start < reach)
    {
        let Some(role) = role(scene, m, measure) else {
            continue;
        };
        // "Remittances of Egyptians in Saudi Arabia" go to Egypt.
        let home = scene
            .reading
            .any_in(cue.tokens.clone(), &["remittances", "home"]);
        match role {
            Place::From | Place::Of if home && m.how != As::Name => set(&mut out.to, m.country),
            Place::To if home => set(&mut out.from, m.country),
            Place::From => set(&mut out.from, m.country),
            Place::To => set(&mut out.to, m.country),
            Place::Partner => out.partner.push(m.country),
            // "A loan of 600 million for the ports of Lae".
            Place::Of
                if matches!(measure.kind, FigureKind::Loans | FigureKind::Other)
                    && scene.reading.any_in(number..m.tokens.start, &["for"]) =>
            {
                set(&mut out.to, m.country)
            }
            Place::Of => match (measure.kind, subject(scene, cue, measure)) {
                (FigureKind::Imports, _) if m.how != As::Adjective => set(&mut out.to, m.country),
                (FigureKind::TradeBalance, Some(Role::To)) => set(&mut out.to, m.country),
                (_, Some(_)) => set(&mut out.from, m.country),
                _ => out.partner.push(m.country),
            },
        }
    }
    // "to Kazakhstan from Slovenia" before the measure: "Out of Poland came …".
    let first = !scene.cues.iter().any(|c| {
        matches!(&c.rule.gives, crate::rules::Gives::Measure(m) if !m.weak && !m.share)
            && c.tokens.end <= cue.tokens.start
    });
    if first && out.from.is_none() && out.to.is_none() {
        let before = scene
            .mentions
            .iter()
            .filter(|m| m.tokens.end <= cue.tokens.start);
        for m in before {
            match role(scene, m, measure) {
                Some(Place::From) => set(&mut out.from, m.country),
                Some(Place::To)
                    if !matches!(measure.kind, FigureKind::Exports | FigureKind::Imports) =>
                {
                    set(&mut out.to, m.country)
                }
                Some(Place::Partner) => out.partner.push(m.country),
                _ => {}
            }
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

/// What the country is whose quantity it is; a deficit is of the one that pays.
fn subject(scene: &Scene<'_>, cue: &Cue, measure: &Measure) -> Option<Role> {
    let deficit = scene.reading.any_in(
        cue.tokens.clone(),
        &["deficit", "gap", "negative", "unfavourable", "unfavorable"],
    );
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
        if let crate::rules::Gives::Measure(m) = &c.rule.gives
            && c.tokens.start >= cue.tokens.end
            && !m.weak
            && !m.share
        {
            end = end.min(c.tokens.start);
        }
    }
    let mut passed = number < cue.tokens.end;
    for at in cue.tokens.end..end {
        if at >= number {
            passed = true;
        }
        let aside = r.tokens.tokens[at].is(',')
            && r.is_any(at + 1, ASIDE);
        let stop = r.tokens.tokens[at].is(';')
            || passed && aside
            || passed && r.is_any(at, &["while", "whereas", "but", "and"]) && at > number;
        if stop {
            return at;
        }
    }
    end
}

/// Words that open a clause which says something else.
const ASIDE: &[&str] = &[
    "since", "because", "as", "after", "when", "although", "though", "so", "where", "followed",
];

enum Place {
    From,
    To,
    Of,
    Partner,
}

fn role(scene: &Scene<'_>, m: &Mention, measure: &Measure) -> Option<Place> {
    let r = scene.reading;
    // "A balance of 28 billion in Kenya's favour".
    if m.possessive && r.is_any(m.tokens.end + 1, &["favour", "favor"]) {
        return Some(Place::From);
    }
    if m.possessive || m.dateline {
        // "in Kazakhstan's non-oil sector": the preposition still tells.
        let p = scene.preposition(m)?;
        return r
            .is_any(p, &["in", "into", "to"])
            .then_some(Place::To)
            .filter(|_| !m.dateline);
    }
    // "BNDES lent Angola 3.3 billion": to whom.
    let given = m.tokens.start > scene.range.start
        && m.how == As::Name
        && r.is_any(
            m.tokens.start - 1,
            &["lent", "lends", "lend", "gave", "gives", "granted", "grants", "loaned", "offered"],
        );
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
    let origin = p > 0 && r.is_any(p - 1, &["originating", "produced", "made", "originated"]);
    Some(match () {
        () if origin && r.is(p, "in") => Place::From,
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
        () if r.is(p, "from") => Place::From,
        () if r.is(p, "by") => Place::Of,
        () if r.is(p, "of") && p > 0 && r.is(p - 1, "out") => Place::From,
        () if r.is(p, "of") => Place::Of,
        () if r.is_any(p, &["with", "between", "among"]) => Place::Partner,
        () => return None,
    })
}

/// The country whose quantity it is: the possessive or adjective before a noun, the subject of a
/// verb.
fn possessor<'a>(scene: &Scene<'a>, cue: &Cue, measure: &Measure) -> Option<&'a Mention> {
    let r = scene.reading;
    let m = scene
        .mentions
        .iter()
        .rev()
        .find(|m| m.tokens.end <= cue.tokens.start && !m.dateline)?;
    let gap = m.tokens.end..cue.tokens.start;
    match measure.word {
        PartOfSpeech::Noun => {
            // "Granted Suriname a loan": an article parts the two.
            let article = gap.clone().any(|i| r.is_any(i, &["a", "an"]));
            let own = m.possessive
                || m.how == As::Adjective
                || m.hyphen
                || gap.is_empty()
                || m.how == As::Name && gap.len() <= 1 && !article;
            let plain = gap.clone().all(|i| {
                let t = &r.tokens.tokens[i];
                !r.is_any(i, crate::reading::PREPOSITIONS)
                    && !r.is_any(
                        i,
                        &[
                            "and", "but", "while", "is", "was", "were", "are", "has", "have",
                        ],
                    )
                    && !matches!(
                        t.kind,
                        crate::tokens::Kind::Sign(',' | ';' | ':' | '(' | ')' | '.' | '"')
                    )
            });
            // "On the Tanzanian register 85 companies": the number parts the two.
            let parted = !m.possessive
                && scene.amounts.iter().any(|a| {
                    let apart = a.tokens.start > m.tokens.end && a.tokens.end <= cue.tokens.start;
                    apart
                        && (measure.counts && scene.preposition(m).is_some()
                            || !measure.counts && a.tokens.start > m.tokens.end + 1)
                });
            (own && gap.len() <= 6 && plain && !parted).then_some(m)
        }
        PartOfSpeech::Verb => {
            // "Spain sold Morocco goods for 9.5 billion and bought 7.3 billion": one subject.
            let joined = cue.tokens.start > scene.range.start
                && r.is_any(cue.tokens.start - 1, &["and", "but"]);
            let verb = |c: &&&Cue| {
                matches!(&c.rule.gives, crate::rules::Gives::Measure(m)
                    if m.word == PartOfSpeech::Verb && !m.weak && !m.people)
                    && c.tokens.end < cue.tokens.start
            };
            if joined && let Some(first) = scene.cues.iter().collect::<Vec<_>>().iter().rfind(verb)
            {
                return possessor(scene, first, measure);
            }
            let free = gap.len() <= 14 && !gap.clone().any(|i| r.tokens.tokens[i].is(';'));
            let preposed = scene
                .preposition(m)
                .is_some_and(|p| !r.is_any(p, &["of", "by"]));
            (free && !preposed).then_some(m)
        }
    }
}

/// The countries of a sentence by their prepositions alone, those before a number first.
fn loose(scene: &Scene<'_>, number: usize) -> Sides {
    let r = scene.reading;
    let mut out = Sides::default();
    let order = scene
        .mentions
        .iter()
        .rev()
        .filter(|m| m.tokens.end <= number)
        .chain(scene.mentions.iter().filter(|m| m.tokens.start >= number));
    // "…, since the pass stayed closed to Nepali goods": what follows says why.
    let aside = (number..scene.range.end)
        .find(|i| {
            r.tokens.tokens[*i].is(';')
                || r.tokens.tokens[*i].is(',') && r.is_any(i + 1, ASIDE)
        })
        .unwrap_or(scene.range.end);
    for m in order {
        if m.dateline || m.tokens.start >= aside {
            continue;
        }
        let Some(p) = scene.preposition(m) else {
            continue;
        };
        if r.is(p, "from") || r.is(p, "of") && p > 0 && r.is(p - 1, "out") {
            out.from.get_or_insert(m.country);
        } else if r.is_any(p, &["to", "into"]) {
            out.to.get_or_insert(m.country);
        }
    }
    out
}
