//! Trade: turnover, both directions, both books, rank, trend, goods.

use std::collections::{BTreeMap, BTreeSet};

use bilat_analyse::{Computed, Missing, Series as Of, Trade};
use bilat_model::evidence::{Figure, Measure};
use bilat_model::source::SourceId;
use bilat_model::{Country, Decimal, Evidence, Period};

use super::{Composer, Result, Told, by};
use crate::brief::{Block, Cell, Sentence, Support, Table};
use crate::chart::{Axis, Chart, Plot, Series};

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
    told.paragraph(goods(c)?);
    told.paragraph(partner_shares(c)?);
    if told.blocks.is_empty() {
        let mut searched = BOOKED.to_vec();
        searched.extend(COMPILED);
        let absent = c.absence("exports", &searched);
        told.paragraph(vec![c.sentence("trade-none", &c.args(), vec![absent])?]);
    }
    if let Some(books) = &books {
        told.blocks.extend(turnover_chart(c, books)?);
    }
    told.blocks.extend(goods_chart(c)?);
    if let Some(books) = &books {
        told.blocks.extend(by_year(c, books)?);
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
    let order = if small_b { [b, a] } else { [a, b] };
    for code in order {
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

/// Goods by section in the latest year that has any, one direction.
struct Goods<'c> {
    year: Period,
    from: Country,
    sections: Vec<(&'c str, Valued<'c>)>,
    total: Decimal,
}

fn goods_of<'c>(c: &'c Composer<'_>, from: Country, year: Option<Period>) -> Option<Goods<'c>> {
    let mut of: Vec<(&Evidence, &Figure)> = c
        .dossier
        .figures(Measure::Exports)
        .filter(|(_, f)| f.from == from && f.product.is_some())
        .collect();
    let year = year.or_else(|| of.iter().filter_map(|(_, f)| f.period).max())?;
    of.retain(|(_, f)| f.period == Some(year));
    let mut sections: Vec<_> = of
        .iter()
        .filter_map(|(e, f)| Some((f.product.as_deref()?, (*e, f.value))))
        .collect();
    sections.sort_by(|x, y| y.1.1.cmp(&x.1.1).then(x.0.cmp(y.0)));
    let total = sections.iter().map(|s| s.1.1).sum();
    (!sections.is_empty()).then_some(Goods {
        year,
        from,
        sections,
        total,
    })
}

/// A section's name as a sentence uses it.
fn section_name(c: &Composer<'_>, code: &str) -> Result<String> {
    Ok(c.wording
        .say(&format!("goods-{}", code.to_lowercase()), &c.args())?)
}

fn goods(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    let mut told_year = None;
    for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
        let Some(g) = goods_of(c, x, None).filter(|g| g.total >= Decimal::from(10_000)) else {
            continue;
        };
        let share = |v: Decimal| v * Decimal::ONE_HUNDRED / g.total;
        let (first, rest) = (&g.sections[0], &g.sections[1..]);
        let mut support = vec![by(first.1.0)];
        let trade = Trade::of(
            c.dossier.pair,
            &c.dossier.evidence,
            &first.1.0.citation.source,
        )
        .marked();
        let year = g.year.year().unwrap_or_default();
        support.extend(shown(c, trade.largest_section(x, year)));
        let args = c
            .args_xy(x, y)
            .text("turn", if out.is_empty() { "first" } else { "back" })
            .text(
                "same-year",
                if told_year.is_none_or(|t| t == g.year) {
                    "yes"
                } else {
                    "no"
                },
            )
            .text("year", g.year.to_string())
            .text("section", section_name(c, first.0)?)
            .text("percent", c.wording.percent(share(first.1.1)));
        let second = rest.first().filter(|s| share(s.1.1) >= Decimal::TEN);
        let args = match second {
            Some(s) => {
                support.extend(g.sections.iter().map(|s| by(s.1.0)));
                args.text("more", "yes")
                    .text("second", section_name(c, s.0)?)
                    .text("second-percent", c.wording.percent(share(s.1.1)))
            }
            None => args
                .text("more", "no")
                .text("second", "")
                .text("second-percent", ""),
        };
        told_year = told_year.or(Some(g.year));
        out.push(c.sentence_as(&format!("goods-{x}"), "goods", &args, support)?);
    }
    Ok(out)
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

/// Turnover by year, both books.
fn turnover_chart(c: &Composer<'_>, books: &Books<'_>) -> Result<Option<Block>> {
    let million = Decimal::from(1_000_000);
    let mut series = Vec::new();
    let mut largest = Decimal::ZERO;
    for (i, side) in c.sides.iter().enumerate() {
        let points: Vec<(i16, f64)> = books
            .of
            .get(&side.code)
            .into_iter()
            .flatten()
            .filter_map(|(y, t)| {
                let v = t.turnover()?;
                largest = largest.max(v);
                Some((*y, v.to_string().parse::<f64>().unwrap_or(0.0)))
            })
            .collect();
        if !points.is_empty() {
            let args = c.args().country("x", &side.forms);
            series.push(Series {
                label: c.wording.sentence("chart-books-of", &args)?,
                colour: i,
                dashed: i == 1,
                points,
            });
        }
    }
    if series.iter().map(|s| s.points.len()).sum::<usize>() < 3 {
        return Ok(None);
    }
    let billions = largest >= million * Decimal::ONE_THOUSAND;
    let (divisor, unit) = if billions {
        (1e9, "axis-usd-billion")
    } else {
        (1e6, "axis-usd-million")
    };
    let unit = c.wording.say(unit, &c.args())?;
    let digits = u32::from(
        largest
            / Decimal::from(if billions {
                1_000_000_000_i64
            } else {
                1_000_000
            })
            < Decimal::TEN,
    );
    let years: BTreeSet<i16> = series
        .iter()
        .flat_map(|s| s.points.iter().map(|p| p.0))
        .collect();
    let (first, last) = (
        years.first().copied().unwrap_or(0),
        years.last().copied().unwrap_or(0),
    );
    let args = c
        .args()
        .text("unit", unit.clone())
        .text("from", first.to_string())
        .text("to", last.to_string());
    let title = headline(c, books, first)?;
    let scale = Decimal::from(if billions {
        1_000_000_000_i64
    } else {
        1_000_000
    });
    let mut rows = Vec::new();
    for year in years {
        let mut row = vec![Cell::label(year.to_string())];
        for side in &c.sides {
            let entry = books.year(side.code, year);
            row.push(match entry.turnover() {
                Some(t) => {
                    let mut support = entry.support();
                    support.extend(shown(c, books.trade.turnover(side.code, year)));
                    Cell {
                        text: c.wording.decimal(t / scale, 3),
                        support,
                    }
                }
                None => Cell::label(""),
            });
        }
        rows.push(row);
    }
    let mut columns = vec![c.wording.sentence("column-year", &c.args())?];
    for side in &c.sides {
        let args = c.args().country("x", &side.forms);
        columns.push(c.wording.sentence("chart-books-of", &args)?);
    }
    let table = Table {
        id: "turnover-data".into(),
        title: c.wording.sentence("chart-turnover-subtitle", &args)?,
        columns,
        numeric: vec![false, true, true],
        rows,
        citations: Vec::new(),
    };
    Ok(Some(Block::Chart(Chart {
        id: "turnover".into(),
        alt: c
            .wording
            .sentence("chart-turnover-alt", &args.text("title", title.clone()))?,
        title,
        subtitle: table.title.clone(),
        source_line: c.source_line(std::slice::from_ref(&books.source))?,
        plot: Plot::Lines {
            series,
            axis: Axis {
                unit,
                divisor,
                digits: digits as usize,
                bounds: None,
            },
        },
        table,
    })))
}

/// What the turnover chart shows: the latest year against ten years before, by the books that
/// the section is told by, so that headline and text agree.
fn headline(c: &Composer<'_>, books: &Books<'_>, first: i16) -> Result<String> {
    let values = match narrator(c, books) {
        Some((x, ..)) => books.trade.values(Of::Turnover, x),
        None => Vec::new(),
    };
    let now = values.last();
    let then = now.and_then(|(last, _)| {
        let before = values.iter().rev().find(|(y, _)| *y <= last - 10);
        before
            .or(values.first())
            .filter(|(y, v)| y < last && *v > Decimal::ZERO)
    });
    let args = match (then, now) {
        (Some((since, v0)), Some((_, v1))) => {
            let percent = v1 * Decimal::ONE_HUNDRED / v0;
            let over = |n: i64| percent >= Decimal::from(n);
            let trend = match () {
                () if over(300) => "multiplied",
                () if over(180) => "doubled",
                () if over(110) => "grown",
                () if over(90) => "steady",
                () if over(55) => "fallen",
                () => "halved",
            };
            c.args()
                .text("trend", trend)
                .text("since", since.to_string())
        }
        _ => c
            .args()
            .text("trend", "plain")
            .text("since", first.to_string()),
    };
    Ok(c.wording.sentence("chart-turnover-title", &args)?)
}

/// Goods by section, both directions.
fn goods_chart(c: &Composer<'_>) -> Result<Option<Block>> {
    let (a, b) = (c.a().code, c.b().code);
    let latest = goods_of(c, a, None)
        .map(|g| g.year)
        .max(goods_of(c, b, None).map(|g| g.year));
    let Some(year) = latest else { return Ok(None) };
    let both = [goods_of(c, a, Some(year)), goods_of(c, b, Some(year))];
    let value = |i: usize, code: &str| -> Option<Valued<'_>> {
        both[i]
            .as_ref()?
            .sections
            .iter()
            .find(|s| s.0 == code)
            .map(|s| s.1)
    };
    let codes: BTreeSet<&str> = both
        .iter()
        .flatten()
        .flat_map(|g| g.sections.iter().map(|s| s.0))
        .collect();
    let largest = both
        .iter()
        .flatten()
        .flat_map(|g| g.sections.iter().map(|s| s.1.1))
        .max()
        .unwrap_or_default();
    let (scale, unit) = match largest {
        v if v >= Decimal::from(2_000_000_000_i64) => (1_000_000_000_i64, "axis-usd-billion"),
        v if v >= Decimal::from(2_000_000) => (1_000_000, "axis-usd-million"),
        _ => (1_000, "axis-usd-thousand"),
    };
    let unit = c.wording.say(unit, &c.args())?;
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    for code in codes {
        let label = c
            .wording
            .sentence(&format!("goods-{}", code.to_lowercase()), &c.args())?;
        let number =
            |v: Option<Valued<'_>>| v.map(|v| v.1.to_string().parse::<f64>().unwrap_or(0.0));
        rows.push((
            label.clone(),
            number(value(0, code)),
            number(value(1, code)),
        ));
        let mut row = vec![Cell::label(label)];
        for i in 0..2 {
            row.push(match value(i, code) {
                Some(v) => Cell {
                    text: c.wording.decimal(v.1 / Decimal::from(scale), 3),
                    support: vec![by(v.0)],
                },
                None => Cell::label(""),
            });
        }
        cells.push(row);
    }
    let direction = |x, y| c.wording.sentence("chart-direction", &c.args_xy(x, y));
    let (left, right) = (direction(a, b)?, direction(b, a)?);
    let args = c
        .args()
        .text("unit", unit.clone())
        .text("year", year.to_string());
    let sources: Vec<SourceId> = both
        .iter()
        .flatten()
        .flat_map(|g| g.sections.iter().map(|s| s.1.0.citation.source.clone()))
        .collect();
    let tops = both
        .iter()
        .flatten()
        .filter(|g| g.total > Decimal::ZERO)
        .max_by_key(|g| g.total);
    let title = match tops {
        Some(g) => {
            let to = c.dossier.pair.other(g.from).unwrap_or(g.from);
            let args = c
                .args_xy(g.from, to)
                .text("section", section_name(c, g.sections[0].0)?)
                .text("year", year.to_string());
            c.wording.sentence("chart-goods-title", &args)?
        }
        None => c.wording.sentence("chart-goods-plain", &args)?,
    };
    let table = Table {
        id: "goods-data".into(),
        title: c.wording.sentence("chart-goods-subtitle", &args)?,
        columns: vec![
            c.wording.sentence("column-goods", &c.args())?,
            left.clone(),
            right.clone(),
        ],
        numeric: vec![false, true, true],
        rows: cells,
        citations: Vec::new(),
    };
    #[allow(clippy::cast_precision_loss)] // 10^9 at most
    let divisor = scale as f64;
    Ok(Some(Block::Chart(Chart {
        id: "goods".into(),
        alt: c
            .wording
            .sentence("chart-goods-alt", &args.text("title", title.clone()))?,
        title,
        subtitle: table.title.clone(),
        source_line: c.source_line(&sources)?,
        plot: Plot::Mirror {
            left,
            right,
            rows,
            axis: Axis {
                unit,
                divisor,
                digits: 1,
                bounds: None,
            },
        },
        table,
    })))
}

/// The last ten years that anyone reports, four figures a year: both directions, both books.
fn by_year(c: &Composer<'_>, books: &Books<'_>) -> Result<Option<Block>> {
    let million = Decimal::from(1_000_000);
    let (a, b) = (c.a().code, c.b().code);
    let years: Vec<i16> = books.years().into_iter().rev().take(10).collect();
    let mut rows = Vec::new();
    for year in years {
        let (of_a, of_b) = (books.year(a, year), books.year(b, year));
        let mut row = vec![Cell::label(year.to_string())];
        for value in [of_a.exports, of_b.imports, of_b.exports, of_a.imports] {
            row.push(match value {
                Some((e, v)) => Cell {
                    text: c.wording.decimal(v / million, 3),
                    support: vec![by(e)],
                },
                None => Cell::label(""),
            });
        }
        rows.push(row);
    }
    let heading = |message: &str, x, y| c.wording.sentence(message, &c.args_xy(x, y));
    Ok(Some(Block::Table(Table {
        id: "trade-by-year".into(),
        title: c.wording.sentence("table-trade-title", &c.args())?,
        columns: vec![
            c.wording.sentence("column-year", &c.args())?,
            heading("column-exporter-books", a, b)?,
            heading("column-importer-books", a, b)?,
            heading("column-exporter-books", b, a)?,
            heading("column-importer-books", b, a)?,
        ],
        numeric: vec![false, true, true, true, true],
        rows,
        citations: Vec::new(),
    })))
}
