//! Figures that documents tell: trade newer than the statistics, business, people.

use bilat_model::evidence::{Evidence, Statement};
use bilat_model::told::{Figure, FigureKind};
use bilat_model::{Decimal, Period};

use crate::brief::Sentence;
use crate::compose::acts::place;
use crate::compose::{Composer, Result, Told, by, trade as books};
use crate::dossier::Dossier;

/// At most so many sentences of told figures in one section.
const MOST: usize = 10;

/// A quantity that one or several documents tell alike.
#[derive(Clone, Debug)]
pub(crate) struct Fact<'a> {
    /// As the latest of them tells it.
    pub(crate) figure: &'a Figure,
    /// What tells it, the latest document first.
    pub(crate) evidence: Vec<&'a Evidence>,
}

impl Fact<'_> {
    /// Whether both are of one thing: kind, direction, goods, period, and actual or wished for.
    pub(crate) fn about(&self, other: &Figure) -> bool {
        let f = self.figure;
        f.kind == other.kind
            && (f.from, f.to, f.period, f.status)
                == (other.from, other.to, other.period, other.status)
            && goods(f) == goods(other)
    }

    fn actual(&self) -> bool {
        self.figure.status.is_none()
    }

    fn last(&self) -> Option<jiff::civil::Date> {
        self.figure.period.map(|p| p.last())
    }
}

fn goods(f: &Figure) -> Option<String> {
    f.product.as_deref().map(str::to_lowercase)
}

/// All told figures, equal ones together; those of the latest documents first, and within one in
/// the order of its text.
pub(crate) fn gather<'a>(dossier: &'a Dossier<'_>) -> Vec<Fact<'a>> {
    let documents = &dossier.documents;
    let mut all: Vec<(&Evidence, &Figure)> = documents
        .evidence()
        .filter_map(|e| match &e.statement {
            Statement::Told(f) => Some((e, f.as_ref())),
            _ => None,
        })
        .collect();
    let day = |e: &Evidence| documents.of(e).and_then(|d| d.day());
    all.sort_by(|(x, _), (y, _)| {
        day(y)
            .cmp(&day(x))
            .then_with(|| x.citation.file.cmp(&y.citation.file))
            .then_with(|| place(x).cmp(&place(y)))
    });
    let mut out: Vec<Fact<'a>> = Vec::new();
    for (evidence, figure) in all {
        let alike = out.iter_mut().find(|f| {
            let g = f.figure;
            f.about(figure)
                && g.unit == figure.unit
                && (g.value, g.value_max) == (figure.value, figure.value_max)
                && (g.value.is_some() || g.change_percent == figure.change_percent)
        });
        match alike {
            Some(fact) => {
                if fact.figure.change_percent.is_none() && figure.change_percent.is_some() {
                    fact.figure = figure;
                }
                fact.evidence.push(evidence);
            }
            None => out.push(Fact {
                figure,
                evidence: vec![evidence],
            }),
        }
    }
    out
}

const TRADE: [FigureKind; 4] = [
    FigureKind::TradeTurnover,
    FigureKind::Exports,
    FigureKind::Imports,
    FigureKind::TradeBalance,
];

/// Trade as documents tell it where the statistics do not reach, and what is aimed at.
pub(crate) fn trade(c: &Composer<'_>, told: &mut Told) -> Result<()> {
    let until = books::books(c).and_then(|b| b.years().last().copied());
    let newer = |f: &&Fact<'_>| {
        let ends = f.last().map(|d| d.year());
        TRADE.contains(&f.figure.kind) && (ends.is_none() || ends > until)
    };
    let found: Vec<&Fact<'_>> = c.facts.iter().filter(newer).collect();
    let sentences = tell(c, &latest(&found))?;
    if let Some(s) = sentences.first()
        && found
            .iter()
            .any(|f| f.actual() && f.figure.period.is_some())
    {
        let lead = s.again(format!("{}:lead-told-trade", c.dossier.pair));
        told.lead(c.salience.weight("told_trade"), lead);
    }
    told.paragraph(sentences);
    Ok(())
}

/// Companies, ventures, investment and loans.
pub(crate) fn business(c: &Composer<'_>, told: &mut Told) -> Result<()> {
    of_kinds(
        c,
        told,
        &[
            FigureKind::Companies,
            FigureKind::JointVentures,
            FigureKind::FdiStock,
            FigureKind::FdiFlow,
            FigureKind::Investment,
            FigureKind::Loans,
        ],
    )
}

/// Tourists, students and flights.
pub(crate) fn people(c: &Composer<'_>, told: &mut Told) -> Result<()> {
    let kinds = [
        FigureKind::Tourists,
        FigureKind::Students,
        FigureKind::Flights,
    ];
    of_kinds(c, told, &kinds)
}

fn of_kinds(c: &Composer<'_>, told: &mut Told, kinds: &[FigureKind]) -> Result<()> {
    let of = c.facts.iter().filter(|f| kinds.contains(&f.figure.kind));
    let found: Vec<&Fact<'_>> = of.collect();
    told.paragraph(tell(c, &latest(&found))?);
    Ok(())
}

/// Of one thing in several periods the latest; of one that documents tell differently the first,
/// which is that of the latest document. What is aimed at stays beside what is.
fn latest<'f, 'a>(found: &[&'f Fact<'a>]) -> Vec<&'f Fact<'a>> {
    let same = |x: &Figure, y: &Figure| {
        (x.kind, x.from, x.to, x.status) == (y.kind, y.from, y.to, y.status) && goods(x) == goods(y)
    };
    let mut out: Vec<&Fact<'_>> = Vec::new();
    for fact in found.iter().filter(|f| !told_better(f, found)) {
        match out.iter_mut().find(|f| same(f.figure, fact.figure)) {
            Some(known) if known.last() < fact.last() && fact.figure.value.is_some() => {
                *known = fact;
            }
            Some(_) => {}
            None => out.push(fact),
        }
    }
    out.truncate(MOST);
    out
}

/// Whether one of the same documents tells the same amount with its period: a headline or a summary
/// often leaves the period out.
fn told_better(fact: &Fact<'_>, found: &[&Fact<'_>]) -> bool {
    let f = fact.figure;
    let one_text = |other: &Fact<'_>| {
        let mut texts = other.evidence.iter().map(|e| &e.citation.file);
        texts.any(|t| fact.evidence.iter().any(|e| e.citation.file == *t))
    };
    f.period.is_none()
        && f.value.is_some()
        && !f.kind.is_counted()
        && found.iter().any(|other| {
            let g = other.figure;
            g.period.is_some()
                && (g.from, g.to, g.value, g.status) == (f.from, f.to, f.value, f.status)
                && g.unit == f.unit
                && one_text(other)
        })
}

/// A sentence for each; an earlier figure that one is compared with is told in its sentence.
fn tell(c: &Composer<'_>, found: &[&Fact<'_>]) -> Result<Vec<Sentence>> {
    let mut before = Vec::new();
    let mut out = Vec::new();
    for (i, fact) in found.iter().enumerate() {
        out.extend(sentence(c, fact, i, &mut before)?);
    }
    Ok(out)
}

/// The figure of the comparison period, when the same document tells it.
fn earlier<'f, 'a>(c: &'f Composer<'a>, fact: &Fact<'_>) -> Option<&'f Fact<'a>> {
    let f = fact.figure;
    let period = f.compare_period.filter(|p| Some(*p) != f.period)?;
    c.facts.iter().find(|other| {
        let g = other.figure;
        g.period == Some(period)
            && g.value.is_some()
            && (g.kind, g.from, g.to, &g.unit) == (f.kind, f.from, f.to, &f.unit)
            && goods(g) == goods(f)
            && other.actual()
            && other.evidence.iter().any(|e| {
                fact.evidence
                    .iter()
                    .any(|x| x.citation.file == e.citation.file)
            })
    })
}

fn sentence(
    c: &Composer<'_>,
    fact: &Fact<'_>,
    n: usize,
    before: &mut Vec<String>,
) -> Result<Option<Sentence>> {
    let f = fact.figure;
    // What it is of stands in the document's words alone.
    if f.kind == FigureKind::Other {
        return Ok(None);
    }
    let earlier = earlier(c, fact);
    let mut support: Vec<_> = fact.evidence.iter().map(|e| by(e)).collect();
    let args = c.figure_args(f)?;
    let message = match (f.value, c.moved(f)?) {
        (None, None) => return Ok(None),
        (None, Some(_)) => "told-moved",
        (Some(v), _)
            if f.kind.is_counted()
                && f.unit == "count"
                && f.status.is_none()
                && v >= Decimal::ZERO =>
        {
            "told-count"
        }
        (Some(_), _) => "told-figure",
    };
    let voice = c.voice(&fact.evidence, before)?;
    let change = match message {
        "told-moved" => c.growth(f)?,
        _ => c.change(f, earlier)?,
    };
    if !change.is_empty() && message != "told-moved" {
        support.extend(earlier.into_iter().flat_map(|e| &e.evidence).map(|e| by(e)));
    }
    let ahead = f.period.is_none_or(|p| c.ahead(p));
    let args = args
        .text("voice", voice)
        .text("change", change)
        .text("ahead", if ahead { "yes" } else { "no" });
    let name = format!("told-{}-{n}", f.kind.code().replace('_', "-"));
    Ok(Some(c.sentence_as(&name, message, &args, support)?))
}

impl Composer<'_> {
    /// How a quantity moved of which no value is told, as a verb with what follows.
    fn growth(&self, f: &Figure) -> Result<String> {
        let Some(args) = self.moved(f)? else {
            return Ok(String::new());
        };
        let previous = f.compare_period.filter(|p| Some(*p) != f.period);
        let name = match previous {
            Some(p) => self.wording.period(p)?,
            None => String::new(),
        };
        let args = args
            .text(
                "against",
                if previous.is_some() { "period" } else { "none" },
            )
            .text("previous", name);
        Ok(self.wording.say("told-growth", &args)?)
    }

    /// The day that plans are held against.
    pub(super) fn ahead(&self, period: Period) -> bool {
        self.today.is_none_or(|today| period.last() >= today.last())
    }
}
