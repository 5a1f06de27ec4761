//! Business and investment: direct investment in both directions, both books.

use bilat_model::evidence::{Figure, Measure};
use bilat_model::{Country, Decimal, Evidence};

use super::{Composer, Result, Told, by, documents};
use crate::brief::Sentence;

pub(super) fn tell(c: &Composer<'_>) -> Result<Told> {
    let mut told = Told::new();
    let mut out = Vec::new();
    for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
        out.extend(stock(c, x, y)?);
    }
    if out.is_empty() {
        for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
            out.extend(flow(c, x, y)?);
        }
    }
    if out.is_empty() {
        out.push(c.sentence(
            "investment-none",
            &c.args(),
            vec![c.absence("fdi_instock", &["fdi"])],
        )?);
    }
    if let Some(s) = c.dossier.standing("fdi_stock") {
        let salience = c.salience.of(s);
        if let Some(first) = out.first() {
            told.lead(
                salience,
                first.again(format!("{}:lead-investment", c.dossier.pair)),
            );
        }
    }
    told.paragraph(out);
    documents::business(c, &mut told)?;
    Ok(told)
}

type Found<'c> = (&'c Evidence, &'c Figure);

/// The latest value that says something: a zero is passed over for an older value that is none.
fn telling<'c>(
    c: &'c Composer<'_>,
    measure: Measure,
    from: Country,
    to: Country,
) -> Option<Found<'c>> {
    let of = c
        .dossier
        .figures(measure)
        .filter(|(_, f)| f.from == from && f.to == to && !f.value.is_zero());
    of.max_by_key(|(_, f)| f.period)
}

/// `own` when the figure is one country's own, `compiled` when the publisher does not say whose.
fn whose(f: &Figure) -> &'static str {
    if f.reporter.is_some() {
        "own"
    } else {
        "compiled"
    }
}

/// What `x` has invested in `y`, by both books where both speak of the same year.
fn stock(c: &Composer<'_>, x: Country, y: Country) -> Result<Vec<Sentence>> {
    let host = telling(c, Measure::FdiInstock, x, y);
    let home = telling(c, Measure::FdiOutstock, x, y);
    let (main, other) = match (host, home) {
        (Some(h), Some(o)) if o.1.period > h.1.period => (o, Some(h)),
        (Some(h), o) => (h, o),
        (None, Some(o)) => (o, None),
        (None, None) => return Ok(Vec::new()),
    };
    let year = main.1.period.map_or(String::new(), |p| p.to_string());
    let args = c
        .args_xy(x, y)
        .country("book", c.forms(main.1.reporter.unwrap_or(x)))
        .text("whose", whose(main.1))
        .text("year", year)
        .text("amount", c.wording.usd(main.1.value)?);
    // Two books are told side by side only where each is its owner's: the publisher fills gaps of
    // one with the other, and the figure then has no reporter.
    let second = other.filter(|o| o.1.period == main.1.period && main.1.reporter.is_some());
    let sentence = match second.and_then(|o| Some((o, o.1.reporter?))) {
        Some((o, reporter)) => {
            let args = args
                .country("other", c.forms(reporter))
                .text("other-amount", c.wording.usd(o.1.value)?);
            c.sentence_as(
                &format!("investment-stock-{x}"),
                "investment-stock-both",
                &args,
                vec![by(main.0), by(o.0)],
            )?
        }
        None => c.sentence_as(
            &format!("investment-stock-{x}"),
            "investment-stock",
            &args,
            vec![by(main.0)],
        )?,
    };
    Ok(vec![sentence])
}

/// What flowed from `x` to `y` in the latest year that has a flow.
fn flow(c: &Composer<'_>, x: Country, y: Country) -> Result<Option<Sentence>> {
    let host = telling(c, Measure::FdiInflow, x, y);
    let home = telling(c, Measure::FdiOutflow, x, y);
    let Some(main) = host.or(home) else {
        return Ok(None);
    };
    let sign = if main.1.value < Decimal::ZERO {
        "out"
    } else {
        "in"
    };
    let args = c
        .args_xy(x, y)
        .country("book", c.forms(main.1.reporter.unwrap_or(x)))
        .text("whose", whose(main.1))
        .text("sign", sign)
        .text(
            "year",
            main.1.period.map_or(String::new(), |p| p.to_string()),
        )
        .text("amount", c.wording.usd(main.1.value.abs())?);
    Ok(Some(c.sentence_as(
        &format!("investment-flow-{x}"),
        "investment-flow",
        &args,
        vec![by(main.0)],
    )?))
}
