//! Votes in the UN General Assembly: the year, the span, the means, the issues, the last split.

use bilat_analyse::{Agreement, Scope};
use bilat_model::profile::Vote;
use bilat_model::standing::AgreementMean;
use bilat_model::{Country, Decimal, Period};

use super::{Composer, Result, Told};
use crate::brief::{Block, Cell, Sentence, Support, Table};
use crate::chart::{Axis, Chart, Plot, Series};

/// Fewest common votes on which a share is told.
const ENOUGH: u32 = 10;

pub(super) fn tell(c: &Composer<'_>, told: &mut Told) -> Result<()> {
    let pair = c.dossier.pair;
    let mut by_year = c.dossier.world.votes.by_year(pair.a(), pair.b());
    by_year.retain(|(y, _)| c.before(Period::Year(*y)));
    if by_year.is_empty() {
        let absent = c.absence("un_agreement", &["unga"]);
        told.paragraph(vec![c.sentence("votes-none", &c.args(), vec![absent])?]);
        return Ok(());
    }
    let mut out = Vec::new();
    if let Some((year, agreement)) = full_year(c, &by_year) {
        let s = year_sentence(c, year, agreement)?;
        let mut lead = s.clone();
        lead.id = format!("{pair}:lead-votes");
        if let Some(standing) = c.dossier.standing("un_agreement") {
            told.lead(c.salience.of(standing), lead);
        }
        out.push(s);
        out.extend(against_means(c, year, agreement)?);
    }
    out.extend(span_sentence(c, &by_year)?);
    out.extend(issues(c)?);
    out.extend(split(c)?);
    told.paragraph(out);
    told.blocks.extend(chart(c, &by_year)?);
    Ok(())
}

/// The latest year with enough votes whose roll calls run to December, when the Assembly's main
/// part votes; a year that the data breaks off is passed over.
fn full_year(c: &Composer<'_>, by_year: &[(i16, Agreement)]) -> Option<(i16, Agreement)> {
    let last = c.dossier.world.votes.calls().last()?.date.last();
    let complete = |y: i16| y < last.year() || last.month() == 12;
    by_year
        .iter()
        .rev()
        .find(|(y, g)| complete(*y) && g.both >= ENOUGH)
        .copied()
}

fn indicator(c: &Composer<'_>, scope: Scope) -> Option<Support> {
    let computed = c.dossier.world.votes.computed(c.dossier.pair, scope).ok()?;
    Some(c.indicator(&computed))
}

fn counted(c: &Composer<'_>, args: crate::wording::Args, g: Agreement) -> crate::wording::Args {
    args.text("same", c.wording.count(g.same.into()))
        .text("both", c.wording.count(g.both.into()))
        .number("same-number", g.same.into())
        .number("both-number", g.both.into())
        .text(
            "percent",
            c.wording.percent(g.percent().unwrap_or_default()),
        )
}

fn year_sentence(c: &Composer<'_>, year: i16, g: Agreement) -> Result<Sentence> {
    let args = counted(c, c.args().text("year", year.to_string()), g);
    c.sentence(
        "votes-year",
        &args,
        indicator(c, Scope::year(year)).into_iter().collect(),
    )
}

fn mean(c: &Composer<'_>, of: Country, year: i16) -> Option<(Decimal, AgreementMean)> {
    let m = *c
        .dossier
        .side(of)
        .means
        .iter()
        .find(|m| m.year == year && m.both > 0)?;
    Some((
        Decimal::from(m.same) * Decimal::ONE_HUNDRED / Decimal::from(m.both),
        m,
    ))
}

/// The pair's share against how each side votes with everybody.
fn against_means(c: &Composer<'_>, year: i16, g: Agreement) -> Result<Option<Sentence>> {
    let (Some((ma, ra)), Some((mb, rb))) = (mean(c, c.a().code, year), mean(c, c.b().code, year))
    else {
        return Ok(None);
    };
    let own = g.percent().unwrap_or_default();
    let near = Decimal::TWO;
    let place = |m: Decimal| {
        if (own - m).abs() < near {
            0
        } else if own > m {
            1
        } else {
            -1
        }
    };
    let relation = match (place(ma), place(mb)) {
        (1, 1) => "above",
        (-1, -1) => "below",
        (0, 0) => "near",
        _ => "between",
    };
    let votes = &c.dossier.world.votes;
    let mut support = Vec::new();
    for m in [ra, rb] {
        if let Ok(x) = votes.excess(c.dossier.pair, m.country, year, &[m]) {
            support.push(c.indicator(&x));
        }
    }
    let args = c
        .args()
        .text("relation", relation)
        .text("percent", c.wording.percent(own))
        .text("mean-a", c.wording.percent(ma))
        .text("mean-b", c.wording.percent(mb));
    Ok(Some(c.sentence("votes-means", &args, support)?))
}

fn span_sentence(c: &Composer<'_>, by_year: &[(i16, Agreement)]) -> Result<Option<Sentence>> {
    let (Some((first, _)), Some((last, _))) = (by_year.first(), by_year.last()) else {
        return Ok(None);
    };
    let mut sum = Agreement::default();
    for (_, g) in by_year {
        sum.same += g.same;
        sum.both += g.both;
    }
    if sum.both < ENOUGH || first == last {
        return Ok(None);
    }
    let scope = Scope::during(Period::Years(*first, *last));
    let args = counted(
        c,
        c.args()
            .text("from", first.to_string())
            .text("to", last.to_string()),
        sum,
    );
    Ok(Some(c.sentence(
        "votes-span",
        &args,
        indicator(c, scope).into_iter().collect(),
    )?))
}

/// The issue on which they agree most and the one on which least, over the last ten years that
/// the source classifies.
fn issues(c: &Composer<'_>) -> Result<Option<Sentence>> {
    let pair = c.dossier.pair;
    let classified = c
        .dossier
        .world
        .votes
        .calls()
        .iter()
        .rev()
        .find(|r| r.issues.0 != 0 && c.before(r.date));
    let Some(last) = classified.map(|r| r.date.last().year()) else {
        return Ok(None);
    };
    let span = Period::Years(last - 9, last);
    let mut all: Vec<_> = c
        .dossier
        .world
        .votes
        .by_issue(pair.a(), pair.b(), Some(span))
        .into_iter()
        .filter(|(_, g)| g.both >= ENOUGH)
        .map(|(i, g)| (g.percent().unwrap_or_default(), i))
        .collect();
    all.sort();
    let (Some(low), Some(high)) = (all.first(), all.last()) else {
        return Ok(None);
    };
    if high.0 - low.0 < Decimal::TEN {
        return Ok(None);
    }
    let name = |issue: &str| c.wording.say(&format!("issue-{issue}"), &c.args());
    let support = [high.1, low.1]
        .iter()
        .filter_map(|i| indicator(c, Scope::during(span).on(i)))
        .collect();
    let args = c
        .args()
        .text("from", (last - 9).to_string())
        .text("to", last.to_string())
        .text("high", name(high.1)?)
        .text("high-percent", c.wording.percent(high.0))
        .text("low", name(low.1)?)
        .text("low-percent", c.wording.percent(low.0));
    Ok(Some(c.sentence("votes-issues", &args, support)?))
}

/// The latest roll call with a known subject on which one said yes and the other no.
fn split(c: &Composer<'_>) -> Result<Option<Sentence>> {
    let pair = c.dossier.pair;
    let opposed = c.dossier.world.votes.opposed(pair, 1);
    let Some(o) = opposed.first() else {
        return Ok(None);
    };
    let Some(symbol) = &o.call.symbol else {
        return Ok(None);
    };
    if c.today.is_some_and(|t| o.call.date.first() > t.last()) {
        return Ok(None);
    }
    let in_favour = if o.a == Vote::Yes { pair.a() } else { pair.b() };
    let against = pair.other(in_favour).unwrap_or(in_favour);
    let support = vec![Support::Record {
        id: format!("{}:unga:{}:{}", pair, o.call.rcid, o.call.date),
        citation: o.call.citation.clone(),
    }];
    let args = c
        .dated(c.args_xy(in_favour, against), "date", o.call.date)?
        .text("symbol", symbol.clone());
    Ok(Some(c.sentence("votes-split", &args, support)?))
}

fn number(d: Decimal) -> f64 {
    d.to_string().parse().unwrap_or(0.0)
}

/// Agreement by year against the mean of each side.
fn chart(c: &Composer<'_>, by_year: &[(i16, Agreement)]) -> Result<Option<Block>> {
    let enough: Vec<_> = by_year.iter().filter(|(_, g)| g.both >= 5).collect();
    if enough.len() < 3 {
        return Ok(None);
    }
    let own = enough
        .iter()
        .map(|(y, g)| (*y, number(g.percent().unwrap_or_default())))
        .collect();
    let mut series = vec![Series {
        label: c.wording.sentence("chart-agreement-own", &c.args())?,
        colour: 2,
        dashed: false,
        points: own,
    }];
    for (i, side) in c.sides.iter().enumerate() {
        let points: Vec<_> = enough
            .iter()
            .filter_map(|(y, _)| Some((*y, number(mean(c, side.code, *y)?.0))))
            .collect();
        if !points.is_empty() {
            let args = c.args().country("x", &side.forms);
            let label = c.wording.sentence("chart-agreement-mean", &args)?;
            series.push(Series {
                label,
                colour: i,
                dashed: i == 1,
                points,
            });
        }
    }
    let mut columns = vec![c.wording.sentence("column-year", &c.args())?];
    columns.push(c.wording.sentence("column-votes", &c.args())?);
    columns.extend(series.iter().map(|s| s.label.clone()));
    let mut rows = Vec::new();
    for (year, g) in &enough {
        let votes = indicator(c, Scope::year(*year))
            .into_iter()
            .collect::<Vec<_>>();
        let mut row = vec![
            Cell::label(year.to_string()),
            Cell {
                text: format!("{}/{}", g.same, g.both),
                support: votes.clone(),
            },
            Cell {
                text: c.wording.decimal(g.percent().unwrap_or_default(), 1),
                support: votes,
            },
        ];
        for side in c.sides.iter().take(series.len() - 1) {
            let m = mean(c, side.code, *year);
            row.push(Cell::label(
                m.map_or(String::new(), |m| c.wording.decimal(m.0, 1)),
            ));
        }
        rows.push(row);
    }
    let (first, last) = (enough[0].0, enough[enough.len() - 1].0);
    let args = c
        .args()
        .text("from", first.to_string())
        .text("to", last.to_string());
    let average = |years: &[&&(i16, Agreement)]| {
        let (s, b) = years
            .iter()
            .fold((0, 0), |(s, b), (_, g)| (s + g.same, b + g.both));
        Agreement { same: s, both: b }.percent().unwrap_or_default()
    };
    let all: Vec<_> = enough.iter().collect();
    let tenth = all.len().min(10);
    let (then, now) = (average(&all[..tenth]), average(&all[all.len() - tenth..]));
    let trend = match now - then {
        _ if all.len() < 20 => "plain",
        d if d >= Decimal::from(8) => "closer",
        d if d <= Decimal::from(-8) => "apart",
        _ => "steady",
    };
    let title = c
        .wording
        .sentence("chart-agreement-title", &c.args().text("trend", trend))?;
    let table = Table {
        id: "agreement-data".into(),
        title: c.wording.sentence("chart-agreement-subtitle", &args)?,
        numeric: columns.iter().enumerate().map(|(i, _)| i > 0).collect(),
        columns,
        rows,
        citations: Vec::new(),
    };
    Ok(Some(Block::Chart(Chart {
        id: "agreement".into(),
        alt: c
            .wording
            .sentence("chart-agreement-alt", &args.text("title", title.clone()))?,
        title,
        subtitle: table.title.clone(),
        source_line: c.source_line(&[bilat_model::source::SourceId::new("unga")])?,
        plot: Plot::Lines {
            series,
            axis: Axis {
                unit: "%".into(),
                divisor: 1.0,
                digits: 0,
                bounds: Some((0.0, 100.0)),
            },
        },
        table,
    })))
}
