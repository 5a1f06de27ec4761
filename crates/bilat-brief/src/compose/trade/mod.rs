//! Trade: turnover, both directions, both books, rank, trend, goods.

mod charts;
mod goods;

use std::collections::{BTreeMap, BTreeSet};

use bilat_analyse::{Computed, Missing, Series as Of, Trade};
use bilat_model::evidence::{Figure, Measure};
use bilat_model::source::SourceId;
use bilat_model::{Country, Decimal, Evidence};

use super::{Composer, Result, Told, by, documents};
use crate::brief::{Sentence, Support};

/// A value with its evidence.
pub(super) type Valued<'c> = (&'c Evidence, Decimal);

/// Goods trade in one year as one country's books have it.
#[derive(Clone, Copy, Default)]
pub(super) struct Year<'c> {
    pub(super) exports: Option<Valued<'c>>,
    pub(super) imports: Option<Valued<'c>>,
}

impl<'c> Year<'c> {
    /// Both together, when both are there.
    pub(super) fn turnover(&self) -> Option<Decimal> {
        Some(self.exports?.1 + self.imports?.1)
    }

    fn support(&self) -> Vec<Support> {
        [self.exports, self.imports]
            .into_iter()
            .flatten()
            .map(|(e, _)| by(e))
            .collect()
    }
}

/// The books of both countries on each other, by reporter and year, from one source.
pub(super) struct Books<'c> {
    pub(super) source: SourceId,
    /// The same for computing.
    pub(super) trade: Trade,
    pub(super) of: BTreeMap<Country, BTreeMap<i16, Year<'c>>>,
}

impl<'c> Books<'c> {
    pub(super) fn year(&self, reporter: Country, year: i16) -> Year<'c> {
        self.of
            .get(&reporter)
            .and_then(|y| y.get(&year))
            .copied()
            .unwrap_or_default()
    }

    /// All years that either reports, ascending.
    pub(super) fn years(&self) -> BTreeSet<i16> {
        self.of.values().flat_map(|y| y.keys().copied()).collect()
    }

    /// The latest year for which a country reports both directions.
    pub(super) fn latest(&self, reporter: Country) -> Option<(i16, Decimal)> {
        let years = self.of.get(&reporter)?;
        years
            .iter()
            .rev()
            .find_map(|(y, t)| Some((*y, t.turnover()?)))
    }
}

/// Sources of goods trade with each side's own books, the one preferred first.
const BOOKED: [&str; 1] = ["trade_dots"];

/// Sources of exports compiled by a third party, the one preferred first.
pub(super) const COMPILED: [&str; 2] = ["trade_unctad", "trade_comtrade_panel"];

/// The books of the first source that has any.
pub(super) fn books<'c>(c: &'c Composer<'_>) -> Option<Books<'c>> {
    BOOKED.iter().find_map(|source| {
        let mut of = BTreeMap::<Country, BTreeMap<i16, Year<'c>>>::new();
        for measure in [Measure::Exports, Measure::Imports] {
            for (e, f) in c.dossier.figures(measure) {
                let (Some(reporter), Some(year)) = (f.reporter, f.period.and_then(|p| p.year()))
                else {
                    continue;
                };
                if e.citation.source.0.as_ref() != *source || f.product.is_some() {
                    continue;
                }
                let slot = of.entry(reporter).or_default().entry(year).or_default();
                match measure {
                    Measure::Exports => slot.exports = Some((e, f.value)),
                    _ => slot.imports = Some((e, f.value)),
                }
            }
        }
        let source = SourceId::new(source);
        let trade = Trade::of(c.dossier.pair, &c.dossier.evidence, &source);
        (!of.is_empty()).then_some(Books { source, trade, of })
    })
}

pub(super) fn tell(c: &Composer<'_>) -> Result<Told> {
    let mut told = Told::new();
    let books = books(c);
    match &books {
        Some(books) => booked(c, books, &mut told)?,
        None => compiled(c, &mut told)?,
    }
    told.paragraph(goods::goods(c)?);
    told.paragraph(partner_shares(c)?);
    if told.blocks.is_empty() {
        let mut searched = BOOKED.to_vec();
        searched.extend(COMPILED);
        let absent = c.absence("exports", &searched);
        told.paragraph(vec![c.sentence("trade-none", &c.args(), vec![absent])?]);
    }
    documents::trade(c, &mut told)?;
    if let Some(books) = &books {
        told.blocks.extend(charts::turnover_chart(c, books)?);
    }
    told.blocks.extend(goods::goods_chart(c)?);
    if let Some(books) = &books {
        told.blocks.extend(charts::by_year(c, books)?);
    }
    Ok(told)
}

/// Whose books open the section: the country for which the other matters more; of equals, and
/// when only one reports, the one that reports later years, then the first as told.
fn narrator(c: &Composer<'_>, books: &Books<'_>) -> Option<(Country, i16, Decimal)> {
    let mut best: Option<(Country, i16, Decimal)> = None;
    let (a, b) = (c.a().code, c.b().code);
    // How far up the other stands among one's partners: less is nearer to the top.
    let place = |of: Country| {
        c.rank_of_partner(of)
            .map(|(rank, all, _)| u32::from(rank) * 1000 / u32::from(all))
    };
    let small_b = matches!((place(a), place(b)), (Some(pa), Some(pb)) if pb < pa);
    // A brief told from one side is told by its books, when it has any.
    let order = if small_b && !c.one_sided {
        [b, a]
    } else {
        [a, b]
    };
    for code in order {
        if c.one_sided && best.is_some() {
            break;
        }
        if let Some((year, turnover)) = books.latest(code)
            && best.is_none_or(|(_, y, _)| year > y)
        {
            best = Some((code, year, turnover));
        }
    }
    best
}

fn booked(c: &Composer<'_>, books: &Books<'_>, told: &mut Told) -> Result<()> {
    let Some((x, year, turnover)) = narrator(c, books) else {
        return one_sided(c, books, told);
    };
    let y = c.dossier.pair.other(x).unwrap_or(x);
    let entry = books.year(x, year);
    let (Some(exports), Some(imports)) = (entry.exports, entry.imports) else {
        return Ok(());
    };
    let mut support = entry.support();
    support.extend(shown(c, books.trade.turnover(x, year)));
    let args = c
        .args_xy(x, y)
        .text("year", year.to_string())
        .text("turnover", c.wording.usd(turnover)?)
        .text("exports", c.wording.usd(exports.1)?)
        .text("imports", c.wording.usd(imports.1)?)
        .text("flow", flow_word(exports.1, imports.1));
    let mut first = vec![c.sentence("trade-latest", &args, support.clone())?];
    let lead_support = support;
    let salience = c
        .dossier
        .standing("turnover")
        .map_or(Decimal::ZERO, |s| c.salience.of(s));
    first.extend(change(c, books, x, year, turnover)?);
    first.extend(other_books(c, books, y, year)?);
    told.paragraph(first);
    let mut second = rank(c, x, y)?;
    second.extend(trend(c, books, x, y)?);
    told.paragraph(second);
    let lead = c.sentence_as(
        "lead-trade",
        "lead-trade",
        &rank_args(c, args, x)?,
        lead_support,
    )?;
    // What was traded long ago opens no brief.
    let old = c.today.is_some_and(|t| t.last().year() - year > 10);
    let floor = c
        .salience
        .weight(if old { "trade_old" } else { "trade_floor" });
    told.lead(if old { floor } else { salience.max(floor) }, lead);
    Ok(())
}

/// The support of a computed value, where it could be computed.
pub(super) fn shown(
    c: &Composer<'_>,
    value: std::result::Result<Computed, Missing>,
) -> Option<Support> {
    value.ok().map(|v| c.indicator(&v))
}

/// Which way most goods go: `exports`, `imports` from three quarters of both on, `all-` before it
/// from nineteen twentieths on, else `both`.
fn flow_word(exports: Decimal, imports: Decimal) -> &'static str {
    let sum = exports + imports;
    let over = |part: Decimal, percent: i64| {
        !sum.is_zero() && part * Decimal::ONE_HUNDRED > sum * Decimal::from(percent)
    };
    match () {
        () if over(exports, 95) => "all-exports",
        () if over(exports, 75) => "exports",
        () if over(imports, 95) => "all-imports",
        () if over(imports, 75) => "imports",
        () => "both",
    }
}

/// `$rank-known`, `$rank` and `$of` of the partner among those of `x`.
fn rank_args(
    c: &Composer<'_>,
    args: crate::wording::Args,
    x: Country,
) -> Result<crate::wording::Args> {
    Ok(match c.rank_of_partner(x) {
        Some((rank, of, _)) => c
            .ordinal(args, "rank", rank)?
            .text("of", of.to_string())
            .text("rank-known", "yes"),
        None => args
            .number("rank", 0)
            .text("rank-ordinal", "")
            .text("of", "")
            .text("rank-known", "no"),
    })
}

/// Only one direction is in anyone's books.
fn one_sided(c: &Composer<'_>, books: &Books<'_>, told: &mut Told) -> Result<()> {
    let mut out = Vec::new();
    for (reporter, years) in &books.of {
        let partner = c.dossier.pair.other(*reporter).unwrap_or(*reporter);
        type Pick = for<'x> fn(&Year<'x>) -> Option<Valued<'x>>;
        let kinds: [(&str, Pick); 2] = [("exports", |y| y.exports), ("imports", |y| y.imports)];
        for (kind, pick) in kinds {
            let Some((year, (evidence, value))) =
                years.iter().rev().find_map(|(y, t)| Some((*y, pick(t)?)))
            else {
                continue;
            };
            let args = c
                .args_xy(*reporter, partner)
                .text("year", year.to_string())
                .text("kind", kind)
                .text("amount", c.wording.usd(value)?);
            out.push(c.sentence_as(
                &format!("trade-one-{kind}-{reporter}"),
                "trade-one",
                &args,
                vec![by(evidence)],
            )?);
        }
    }
    told.paragraph(out);
    Ok(())
}

fn change(
    c: &Composer<'_>,
    books: &Books<'_>,
    x: Country,
    year: i16,
    turnover: Decimal,
) -> Result<Option<Sentence>> {
    let Some(before) = books.year(x, year - 1).turnover() else {
        return Ok(None);
    };
    let Ok(computed) = books.trade.growth(Of::Turnover, x, year) else {
        return Ok(None);
    };
    let growth = computed.value;
    let trend = if growth.abs() < Decimal::ONE {
        "flat"
    } else if growth >= Decimal::ONE_HUNDRED {
        "multiple"
    } else if growth.is_sign_positive() {
        "up"
    } else {
        "down"
    };
    let mut support = books.year(x, year - 1).support();
    support.push(c.indicator(&computed));
    let args = c
        .args()
        .text("trend", trend)
        .text("percent", c.wording.percent(growth.abs()))
        .text("times", c.wording.decimal(turnover / before, 1))
        .text("before", c.wording.usd(before)?)
        .text("previous", (year - 1).to_string());
    Ok(Some(c.sentence("trade-change", &args, support)?))
}

fn other_books(
    c: &Composer<'_>,
    books: &Books<'_>,
    y: Country,
    year: i16,
) -> Result<Option<Sentence>> {
    let entry = books.year(y, year);
    let x = c.dossier.pair.other(y).unwrap_or(y);
    let args = c.args_xy(x, y).text("year", year.to_string());
    Ok(match (entry.exports, entry.imports) {
        (Some(exports), Some(imports)) => {
            let args = args
                .text("exports", c.wording.usd(exports.1)?)
                .text("imports", c.wording.usd(imports.1)?);
            Some(c.sentence("trade-books", &args, entry.support())?)
        }
        (Some(v), None) | (None, Some(v)) => {
            let kind = if entry.exports.is_some() {
                "exports"
            } else {
                "imports"
            };
            let args = args.text("kind", kind).text("amount", c.wording.usd(v.1)?);
            Some(c.sentence("trade-books-one", &args, entry.support())?)
        }
        (None, None) => {
            let absent = c.absence("exports", &[books.source.0.as_ref()]);
            Some(c.sentence("trade-books-none", &args, vec![absent])?)
        }
    })
}

/// Where each comes among the other's partners.
fn rank(c: &Composer<'_>, x: Country, y: Country) -> Result<Vec<Sentence>> {
    let (message, from, to, first, second) = match (c.rank_of_partner(x), c.rank_of_partner(y)) {
        (Some(f), Some(s)) => ("trade-ranks", x, y, f, Some(s)),
        (Some(f), None) => ("trade-rank", x, y, f, None),
        (None, Some(s)) => ("trade-rank", y, x, s, None),
        (None, None) => return Ok(Vec::new()),
    };
    let year =
        |s: &bilat_model::standing::Standing| s.period.map_or(String::new(), |p| p.to_string());
    let args = c
        .args_xy(from, to)
        .text("of-x", first.1.to_string())
        .text("year", year(first.2));
    let mut args = c.ordinal(args, "rank-x", first.0)?;
    let mut support: Vec<Support> = c.place(first.2).into_iter().collect();
    if let Some((rank, of, s)) = second {
        args = c
            .ordinal(args, "rank-y", rank)?
            .text("of-y", of.to_string())
            .text("year-y", year(s));
        args = args.text(
            "same-year",
            if s.period == first.2.period {
                "yes"
            } else {
                "no"
            },
        );
        support.extend(c.place(s));
    }
    if support.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![c.sentence(message, &args, support)?])
}

/// The peak year, and growth over the last ten years, by the narrator's books.
fn trend(c: &Composer<'_>, books: &Books<'_>, x: Country, y: Country) -> Result<Vec<Sentence>> {
    let years: Vec<(i16, Decimal)> = books
        .of
        .get(&x)
        .into_iter()
        .flatten()
        .filter_map(|(y, t)| Some((*y, t.turnover()?)))
        .collect();
    let Some(&(last, _)) = years.last() else {
        return Ok(Vec::new());
    };
    let mut out = Vec::new();
    if let Ok(peak) = books.trade.peak(Of::Turnover, x)
        && let Some(peak_year) = peak.period.and_then(|p| p.year())
        && years.len() >= 5
    {
        let args = c
            .args_xy(x, y)
            .text("peak", if peak_year == last { "now" } else { "past" })
            .text("year", peak_year.to_string())
            .text("since", years[0].0.to_string())
            .text("amount", c.wording.usd(peak.value)?);
        out.push(c.sentence("trade-peak", &args, vec![c.indicator(&peak)])?);
    }
    let then_year = last - 10;
    if let Ok(rate) = books.trade.cagr(Of::Turnover, x, then_year, last) {
        let trend = match rate.value {
            v if v.abs() < Decimal::ONE => "flat",
            v if v.is_sign_positive() => "up",
            _ => "down",
        };
        let args = c
            .args_xy(x, y)
            .text("since", then_year.to_string())
            .text("trend", trend)
            .text("percent", c.wording.percent(rate.value.abs()));
        out.push(c.sentence("trade-growth", &args, vec![c.indicator(&rate)])?);
    }
    Ok(out)
}

/// Only figures compiled by a third party: exports each way in their latest year.
fn compiled(c: &Composer<'_>, told: &mut Told) -> Result<()> {
    let mut out = Vec::new();
    for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
        let found = COMPILED.iter().find_map(|source| {
            let of = c.dossier.figures(Measure::Exports).filter(|(e, f)| {
                e.citation.source.0.as_ref() == *source
                    && f.from == x
                    && f.to == y
                    && f.product.is_none()
            });
            of.max_by_key(|(_, f)| f.period)
        });
        if let Some((evidence, figure)) = found {
            let year = figure.period.map_or(String::new(), |p| p.to_string());
            let args = c
                .args_xy(x, y)
                .text("year", year)
                .text("amount", c.wording.usd(figure.value)?);
            out.push(c.sentence_as(
                &format!("trade-compiled-{x}"),
                "trade-compiled",
                &args,
                vec![by(evidence)],
            )?);
        }
    }
    told.paragraph(out);
    Ok(())
}

/// Shares that a country's own compilation of its main partners gives the other.
fn partner_shares(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
        let pick = |measure, from, to| {
            c.dossier
                .latest(measure, from, to)
                .filter(|(_, f)| f.reporter == Some(x))
        };
        let sold = pick(Measure::ExportShare, x, y);
        let bought = pick(Measure::ImportShare, y, x);
        let (message, support) = match (sold, bought) {
            (Some(s), Some(b)) if s.1.period == b.1.period => {
                ("partner-shares", vec![by(s.0), by(b.0)])
            }
            (Some(s), _) => ("partner-share-exports", vec![by(s.0)]),
            (None, Some(b)) => ("partner-share-imports", vec![by(b.0)]),
            (None, None) => continue,
        };
        let percent = |v: Option<(&Evidence, &Figure)>| {
            v.map_or(String::new(), |v| c.wording.percent(v.1.value))
        };
        let period = sold
            .or(bought)
            .and_then(|v| v.1.period)
            .map_or(String::new(), |p| p.to_string());
        let args = c
            .args_xy(x, y)
            .text("turn", if out.is_empty() { "first" } else { "back" })
            .text("year", period)
            .text("sold", percent(sold))
            .text("bought", percent(bought));
        out.push(c.sentence_as(&format!("{message}-{x}"), message, &args, support)?);
    }
    Ok(out)
}
