//! Where documents disagree: with the statistics of the same year, with the lists of relations,
//! and with each other. Both are told side by side, and nothing is averaged.

use bilat_model::evidence::{EventKind, Evidence};
use bilat_model::interval::Interval;
use bilat_model::told::{Figure, FigureKind};
use bilat_model::{Country, Decimal, Period};

use super::figures::Fact;
use crate::brief::{Sentence, Support};
use crate::compose::{Composer, Result, by, relations, trade as books};

/// At most so many of either sort are told.
const MOST: usize = 6;

pub(crate) fn differ(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut out = statistics(c)?;
    out.extend(relations_date(c)?);
    out.extend(each_other(c)?);
    Ok(out)
}

/// What a told value allows.
fn allows(f: &Figure) -> Option<Interval> {
    let value = f.value?;
    Some(match (f.interval, f.value_max) {
        (Some(i), _) => i,
        (None, Some(most)) => Interval::closed(value, most),
        (None, None) => Interval::exactly(value),
    })
}

/// The figures of actual trade in dollars that the books have for the same year, and do not allow.
fn statistics(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let Some(books) = books::books(c) else {
        return Ok(Vec::new());
    };
    let mut out = Vec::new();
    for fact in &c.facts {
        let f = fact.figure;
        let (Some(Period::Year(year)), None, None, "USD") =
            (f.period, f.status, &f.product, f.unit.as_str())
        else {
            continue;
        };
        let Some(allowed) = allows(f) else { continue };
        let beside = in_books(&books, f, year);
        let apart = !beside.is_empty() && beside.iter().all(|b| !allowed.contains(b.value));
        if !apart || out.len() >= MOST {
            continue;
        }
        let mut shown = Vec::new();
        let mut support: Vec<Support> = fact.evidence.iter().map(|e| by(e)).collect();
        for book in &beside {
            let args = c
                .args_xy(book.of, c.dossier.pair.other(book.of).unwrap_or(book.of))
                .text("amount", c.wording.usd(book.value)?);
            shown.push(c.wording.say("told-book", &args)?);
            support.extend(book.evidence.iter().map(|e| by(e)));
        }
        let args = c
            .args()
            .text("year", year.to_string())
            .text("who", c.teller(&fact.evidence)?)
            .text("subject", c.subject(f)?)
            .text("amount", c.how_much(f)?.unwrap_or_default())
            .text("books", c.wording.list(&shown));
        let name = format!(
            "told-books-{}-{}-{year}",
            f.kind.code().replace('_', "-"),
            f.from
        );
        out.push(c.sentence_as(&name, "told-books", &args, support)?);
    }
    Ok(out)
}

/// What one country's books have.
struct Book<'c> {
    of: Country,
    value: Decimal,
    evidence: Vec<&'c Evidence>,
}

/// What the books have for a told figure: of turnover both sides', of a flow those of the side
/// that tells it so.
fn in_books<'c>(books: &books::Books<'c>, f: &Figure, year: i16) -> Vec<Book<'c>> {
    let one = |of: Country, valued: Option<books::Valued<'c>>| {
        valued.map(|(e, value)| Book {
            of,
            value,
            evidence: vec![e],
        })
    };
    match f.kind {
        FigureKind::Exports => one(f.from, books.year(f.from, year).exports)
            .into_iter()
            .collect(),
        FigureKind::Imports => one(f.to, books.year(f.to, year).imports)
            .into_iter()
            .collect(),
        FigureKind::TradeTurnover => [f.from, f.to]
            .into_iter()
            .filter_map(|of| {
                let both = books.year(of, year);
                let evidence = vec![both.exports?.0, both.imports?.0];
                Some(Book {
                    of,
                    value: both.turnover()?,
                    evidence,
                })
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// A date of diplomatic relations that no list has.
fn relations_date(c: &Composer<'_>) -> Result<Option<Sentence>> {
    let lists = relations::relation_dates(c);
    let told = c.acts.iter().find(|a| {
        a.kind == EventKind::DiplomaticRelations
            && a.documented
            && !lists.is_empty()
            && a.date.is_some_and(|d| {
                lists
                    .values()
                    .all(|(p, _)| !p.contains(&d) && !d.contains(p))
            })
    });
    let (Some(act), Some((listed, evidence))) = (told, lists.values().next()) else {
        return Ok(None);
    };
    let Some(date) = act.date else {
        return Ok(None);
    };
    let mut support: Vec<Support> = act.evidence.iter().map(|e| by(e)).collect();
    support.push(by(evidence));
    let args = c
        .args()
        .text("who", c.teller(&act.evidence)?)
        .text("date", c.wording.period(date)?)
        .text("listed", c.wording.period(*listed)?);
    Ok(Some(c.sentence("told-relations-differ", &args, support)?))
}

/// Documents of different origins that give one thing values that cannot both be right.
fn each_other(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let documents = &c.dossier.documents;
    let mut out: Vec<Sentence> = Vec::new();
    let mut done: Vec<&Fact<'_>> = Vec::new();
    for (i, fact) in c.facts.iter().enumerate() {
        let f = fact.figure;
        if f.period.is_none() || f.kind == FigureKind::Other || done.iter().any(|d| d.about(f)) {
            continue;
        }
        let Some(allowed) = allows(f) else { continue };
        let other = c.facts.get(i + 1..).into_iter().flatten().find(|o| {
            let g = o.figure;
            let apart = allows(g).is_some_and(|x| allowed.intersect(&x).is_empty());
            let both = fact.evidence.iter().chain(&o.evidence).copied();
            fact.about(g) && g.unit == f.unit && apart && documents.origins(both) > 1
        });
        let Some(other) = other.filter(|_| out.len() < MOST) else {
            continue;
        };
        done.push(fact);
        let args = c
            .args()
            .text("subject", c.subject(f)?)
            .text("when", c.when(f.period.as_slice())?)
            .text("who", c.teller(&fact.evidence)?)
            .text("amount", c.how_much(f)?.unwrap_or_default())
            .text("other-who", c.teller(&other.evidence)?)
            .text(
                "other-amount",
                c.how_much(other.figure)?.unwrap_or_default(),
            );
        let both = fact.evidence.iter().chain(&other.evidence);
        let name = format!(
            "told-differ-{}-{}",
            f.kind.code().replace('_', "-"),
            out.len()
        );
        out.push(c.sentence_as(&name, "told-differ", &args, both.map(|e| by(e)).collect())?);
    }
    Ok(out)
}
