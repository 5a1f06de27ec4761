//! Where sources disagree, and what is not known.

use bilat_analyse::trade::Margin;
use bilat_model::evidence::Measure;
use bilat_model::{Country, Decimal, Evidence};

use super::{Composer, Result, Told, by, documents, trade};
use crate::brief::{Sentence, Support};

pub(super) fn tell(c: &Composer<'_>) -> Result<Told> {
    let mut told = Told::new();
    let mut differ = mirror(c)?;
    differ.extend(compilers(c)?);
    told.paragraph(differ);
    told.paragraph(documents::differ(c)?);
    let mut unknown = unreported(c)?;
    unknown.extend(ages(c)?);
    unknown.push(unsearched(c)?);
    told.paragraph(unknown);
    Ok(told)
}

/// The two books of one flow in the latest year that has both, where they lie far apart.
fn mirror(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let Some(books) = trade::books(c) else {
        return Ok(Vec::new());
    };
    let mut out = Vec::new();
    for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
        let both = books.years().into_iter().rev().find_map(|year| {
            Some((
                year,
                books.year(x, year).exports?,
                books.year(y, year).imports?,
            ))
        });
        let Some((year, sold, bought)) = both else {
            continue;
        };
        if sold.1.is_zero() || sold.1.max(bought.1) < Decimal::from(100_000) {
            continue;
        }
        let Ok(gap) = books.trade.mirror_gap_percent(x, year) else {
            continue;
        };
        let size = match books.trade.margin(x, year) {
            Some(Margin::Usual) | None => continue,
            Some(Margin::Estimated) => "estimated",
            // A few per cent below is nothing that an editor would ask about.
            Some(Margin::Below) if gap.value > Decimal::from(-10) => continue,
            _ if gap.value.abs() >= Decimal::from(100) || gap.value <= Decimal::from(-50) => "huge",
            _ => "notable",
        };
        let times = bought.1 / sold.1;
        let inverse = if bought.1.is_zero() {
            Decimal::ZERO
        } else {
            sold.1 / bought.1
        };
        let args = c
            .args_xy(x, y)
            .text("year", year.to_string())
            .text("sold", c.wording.usd(sold.1)?)
            .text("bought", c.wording.usd(bought.1)?)
            .text("size", size)
            .text(
                "side",
                if gap.value.is_sign_positive() {
                    "buyer"
                } else {
                    "seller"
                },
            )
            .text("times", c.wording.decimal(times.max(inverse), 1))
            .text("percent", c.wording.percent(gap.value.abs()));
        let support = vec![by(sold.0), by(bought.0), c.indicator(&gap)];
        out.push(c.sentence_as(&format!("mirror-{x}"), "mirror", &args, support)?);
    }
    Ok(out)
}

/// A third party's compilation against the seller's books, where they differ by over ten per
/// cent in the latest year that both have.
fn compilers(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let Some(books) = trade::books(c) else {
        return Ok(Vec::new());
    };
    let mut out = Vec::new();
    for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
        for source in trade::COMPILED {
            let Some((year, compiled, own)) = compiled_and_own(c, &books, source, x, y) else {
                continue;
            };
            let far = (compiled.1 - own.1).abs() * Decimal::TEN > own.1.max(compiled.1);
            if !far || own.1.max(compiled.1) < Decimal::from(100_000) {
                continue;
            }
            let card = c.dossier.world.card(&compiled.0.citation.source);
            let args = c
                .args_xy(x, y)
                .text("year", year.to_string())
                .text("source", card.map_or(String::new(), |k| k.short.clone()))
                .text("compiled", c.wording.usd(compiled.1)?)
                .text("own", c.wording.usd(own.1)?);
            let support = vec![by(compiled.0), by(own.0)];
            out.push(c.sentence_as(
                &format!("compiled-{source}-{x}"),
                "sources-differ",
                &args,
                support,
            )?);
            break;
        }
    }
    Ok(out)
}

type Both<'c> = (i16, trade::Valued<'c>, trade::Valued<'c>);

fn compiled_and_own<'c>(
    c: &'c Composer<'_>,
    books: &trade::Books<'c>,
    source: &str,
    x: Country,
    y: Country,
) -> Option<Both<'c>> {
    let mut of: Vec<(&Evidence, i16, Decimal)> = c
        .dossier
        .figures(Measure::Exports)
        .filter(|(e, f)| {
            e.citation.source.0.as_ref() == source
                && f.from == x
                && f.to == y
                && f.product.is_none()
        })
        .filter_map(|(e, f)| Some((e, f.period?.year()?, f.value)))
        .collect();
    of.sort_by_key(|(_, year, _)| *year);
    of.iter()
        .rev()
        .find_map(|(e, year, v)| Some((*year, (*e, *v), books.year(x, *year).exports?)))
}

/// Years within the span of the books in which a side has none.
fn unreported(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let Some(books) = trade::books(c) else {
        return Ok(Vec::new());
    };
    let years = books.years();
    let (Some(first), Some(last)) = (years.first().copied(), years.last().copied()) else {
        return Ok(Vec::new());
    };
    let mut out = Vec::new();
    for side in &c.sides {
        let existed = |y: i16| {
            c.dossier
                .world
                .registry
                .existed(side.code, bilat_model::Period::Year(y))
        };
        let missing: Vec<i16> = (first..=last)
            .filter(|y| {
                existed(*y)
                    && books.year(side.code, *y).exports.is_none()
                    && books.year(side.code, *y).imports.is_none()
            })
            .collect();
        if missing.is_empty() || last - first < 5 {
            continue;
        }
        let all = i64::from(last - first) + 1;
        let shown = runs(&missing);
        let extent = match shown.len() {
            _ if i64::try_from(missing.len()) == Ok(all) => "all",
            0..=4 => "yes",
            _ => "no",
        };
        let args = c
            .args()
            .country("x", &side.forms)
            .country(
                "y",
                c.forms(c.dossier.pair.other(side.code).unwrap_or(side.code)),
            )
            .text(
                "n-count",
                c.wording.words(i64::try_from(missing.len()).unwrap_or(0))?,
            )
            .number("n", missing.len().try_into().unwrap_or(0))
            .number("all", all)
            .text("total", all.to_string())
            .text("from", first.to_string())
            .text("to", last.to_string())
            .text("shown", extent)
            .text("years", c.wording.list(&shown));
        let support = vec![Support::Absence {
            what: format!("exports:{}", side.code),
            sources: vec![books.source.clone()],
        }];
        out.push(c.sentence_as(
            &format!("unreported-{}", side.code),
            "unreported",
            &args,
            support,
        )?);
    }
    Ok(out)
}

/// Consecutive years as "1995–1999".
fn runs(years: &[i16]) -> Vec<String> {
    let mut out: Vec<(i16, i16)> = Vec::new();
    for &y in years {
        match out.last_mut() {
            Some((_, end)) if *end + 1 == y => *end = y,
            _ => out.push((y, y)),
        }
    }
    out.into_iter()
        .map(|(x, y)| {
            if x == y {
                x.to_string()
            } else {
                format!("{x}–{y}")
            }
        })
        .collect()
}

/// How old the newest figures are.
fn ages(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let Some(books) = trade::books(c) else {
        return Ok(Vec::new());
    };
    let Some(last) = books.years().last().copied() else {
        return Ok(Vec::new());
    };
    let support = books
        .of
        .values()
        .filter_map(|y| y.get(&last))
        .flat_map(|y| [y.exports, y.imports])
        .flatten()
        .map(|(e, _)| by(e))
        .collect();
    let args = c.args().text("year", last.to_string());
    Ok(vec![c.sentence("trade-age", &args, support)?])
}

/// What no source in use tells of any pair.
fn unsearched(c: &Composer<'_>) -> Result<Sentence> {
    let known = match (c.dossier.documents.is_empty(), c.acts.is_empty()) {
        (false, _) => "documents",
        (true, false) => "some",
        (true, true) => "none",
    };
    c.sentence(
        "not-covered",
        &c.args().text("known", known),
        vec![c.absence("visits", &["diplomatic_relations", "treaties", "factbook"])],
    )
}
