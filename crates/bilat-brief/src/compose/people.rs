//! People and movement: visas, routes, migrants, refugees, remittances.

use bilat_model::evidence::{Measure, TieDetails, TieKind, VisaRule};
use bilat_model::{Country, Decimal, Evidence};

use super::{Composer, Result, Told, by, documents};
use crate::brief::Sentence;
use crate::wording::Args;

pub(super) fn tell(c: &Composer<'_>) -> Result<Told> {
    let mut told = Told::new();
    let mut travel = visas(c, &mut told)?;
    travel.extend(routes(c, &mut told)?);
    told.paragraph(travel);
    let mut living = migrants(c, &mut told)?;
    living.extend(refugees(c, &mut told)?);
    living.extend(remittances(c)?);
    if living.is_empty() {
        let absent = c.absence("migrants", &["migration", "refugees", "remittances"]);
        living.push(c.sentence("migrants-none", &c.args(), vec![absent])?);
    }
    told.paragraph(living);
    documents::people(c, &mut told)?;
    Ok(told)
}

fn rule_of<'c>(
    c: &'c Composer<'_>,
    from: Country,
    to: Country,
) -> Option<(&'c Evidence, VisaRule, Option<u16>)> {
    c.dossier
        .ties(TieKind::VisaRegime)
        .find_map(|(e, t)| match t.details {
            TieDetails::Visa { rule, days } if t.from == from && t.to == to => {
                Some((e, rule, days))
            }
            _ => None,
        })
}

/// What holders of one passport need, as half a sentence.
fn visa_clause(
    c: &Composer<'_>,
    from: Country,
    to: Country,
    rule: VisaRule,
    days: Option<u16>,
) -> Result<String> {
    let args = c
        .args_xy(from, to)
        .text("rule", rule.code().replace('_', "-"))
        .text("stay", if days.is_some() { "days" } else { "open" })
        .number("days", days.unwrap_or(0).into());
    Ok(c.wording.say("visa-clause", &args)?)
}

fn visas(c: &Composer<'_>, told: &mut Told) -> Result<Vec<Sentence>> {
    let (a, b) = (c.a().code, c.b().code);
    let args = c.args().text("as-of", c.vintage("visas")?);
    let rules = [(a, b, rule_of(c, a, b)), (b, a, rule_of(c, b, a))];
    let sentence = match rules {
        [(_, _, Some((ex, rx, dx))), (_, _, Some((ey, ry, dy)))] => {
            let message = match (rx == ry && dx == dy, rx) {
                (true, VisaRule::Free) => "visas-both-free",
                (true, VisaRule::Required) => "visas-both-required",
                _ => "visas",
            };
            // The freer passport is told first.
            let (first, second) = if ry < rx {
                ((b, a, ry, dy), (a, b, rx, dx))
            } else {
                ((a, b, rx, dx), (b, a, ry, dy))
            };
            let args = args
                .text("first", visa_clause(c, first.0, first.1, first.2, first.3)?)
                .text(
                    "second",
                    visa_clause(c, second.0, second.1, second.2, second.3)?,
                )
                .text("stay", if dx.is_some() { "days" } else { "open" })
                .number("days", dx.unwrap_or(0).into());
            let s = c.sentence(message, &args, vec![by(ex), by(ey)])?;
            if rx != ry && (rx == VisaRule::Free || ry == VisaRule::Free) {
                told.lead(c.salience.weight("visa_asymmetry"), lead_of(c, "visas", &s));
            }
            s
        }
        [(f, t, Some((e, r, d))), _] | [_, (f, t, Some((e, r, d)))] => {
            let args = args.text("first", visa_clause(c, f, t, r, d)?);
            c.sentence("visas-one", &args, vec![by(e)])?
        }
        _ => return Ok(Vec::new()),
    };
    Ok(vec![sentence])
}

fn lead_of(c: &Composer<'_>, name: &str, sentence: &Sentence) -> Sentence {
    sentence.again(format!("{}:lead-{name}", c.dossier.pair))
}

fn routes(c: &Composer<'_>, told: &mut Told) -> Result<Option<Sentence>> {
    let mut all: Vec<(&Evidence, u32, String)> = c
        .dossier
        .ties(TieKind::AirRoute)
        .filter_map(|(e, t)| match &t.details {
            TieDetails::Route {
                from_place,
                to_place,
                flights,
                ..
            } => {
                let (x, y) = if t.from == c.a().code {
                    (from_place, to_place)
                } else {
                    (to_place, from_place)
                };
                Some((e, *flights, format!("{x}–{y}")))
            }
            _ => None,
        })
        .collect();
    let args = c.args().text("as-of", c.vintage("air_routes")?);
    if all.is_empty() && !c.knew("air_routes") {
        return Ok(None);
    }
    if all.is_empty() {
        return Ok(Some(c.sentence(
            "routes-none",
            &args,
            vec![c.absence("air_route", &["air_routes"])],
        )?));
    }
    all.sort_by(|x, y| y.1.cmp(&x.1).then(x.2.cmp(&y.2)));
    let flights: u32 = all.iter().map(|r| r.1).sum();
    let mut busiest: Vec<String> = Vec::new();
    for route in &all {
        if !busiest.contains(&route.2) && busiest.len() < 3 {
            busiest.push(route.2.clone());
        }
    }
    let args = args
        .number("n", all.len().try_into().unwrap_or(0))
        .text(
            "count",
            c.wording.words(i64::try_from(all.len()).unwrap_or(0))?,
        )
        .text(
            "shown",
            if busiest.len() < all.len() {
                "some"
            } else {
                "all"
            },
        )
        .text("busiest", c.wording.list(&busiest))
        .number("flights", flights.into())
        .text("flights-count", c.wording.words(flights.into())?);
    let mut support: Vec<_> = all.iter().map(|r| by(r.0)).collect();
    for count in [bilat_analyse::ties::routes, bilat_analyse::ties::flights] {
        support.extend(
            count(c.dossier.pair, &c.dossier.evidence)
                .ok()
                .map(|v| c.indicator(&v)),
        );
    }
    let s = c.sentence("routes", &args, support)?;
    if let Some(standing) = c.dossier.standing("flights") {
        told.lead(c.salience.of(standing), lead_of(c, "routes", &s));
    }
    Ok(Some(s))
}

fn people_in<'c>(
    c: &'c Composer<'_>,
    measure: Measure,
    from: Country,
    to: Country,
) -> Option<(&'c Evidence, Decimal, String)> {
    let (e, f) = c.dossier.latest(measure, from, to)?;
    let year = f.period.map_or(String::new(), |p| p.to_string());
    Some((e, f.value, year))
}

/// `$NAME` for the plural, `$NAME-count` as text.
fn people_args(c: &Composer<'_>, args: Args, name: &str, n: Decimal) -> Result<Args> {
    let whole = n.to_string().parse().unwrap_or(i64::MAX);
    Ok(args
        .number(name, whole)
        .text(&format!("{name}-count"), c.wording.many(n)?))
}

fn migrants(c: &Composer<'_>, told: &mut Told) -> Result<Vec<Sentence>> {
    let (a, b) = (c.a().code, c.b().code);
    let nonzero = |v: &(&Evidence, Decimal, String)| !v.1.is_zero();
    let ab = people_in(c, Measure::Migrants, a, b).filter(nonzero);
    let ba = people_in(c, Measure::Migrants, b, a).filter(nonzero);
    let sentence = match (ab, ba) {
        (Some(x), Some(y)) => {
            // The larger group is told first.
            let (from, to, x, y) = if y.1 > x.1 {
                (b, a, y, x)
            } else {
                (a, b, x, y)
            };
            let same_year = if x.2 == y.2 { "yes" } else { "no" };
            let args = c
                .args_xy(from, to)
                .text("year", x.2)
                .text("same-year", same_year)
                .text("other-year", y.2);
            let args = people_args(c, people_args(c, args, "there", x.1)?, "back", y.1)?;
            c.sentence("migrants-both", &args, vec![by(x.0), by(y.0)])?
        }
        (x, y) => {
            let (from, to) = if x.is_some() { (a, b) } else { (b, a) };
            let Some(v) = x.or(y) else {
                return Ok(Vec::new());
            };
            let args = people_args(c, c.args_xy(from, to).text("year", v.2), "there", v.1)?;
            c.sentence("migrants-one", &args, vec![by(v.0)])?
        }
    };
    if let Some(s) = c.dossier.standing("migrants") {
        told.lead(c.salience.of(s), lead_of(c, "migrants", &sentence));
    }
    Ok(vec![sentence])
}

/// The publisher rounds one to four people up to five; a handful is no group to tell of. The
/// table of evidence has them all.
const FEWEST_REFUGEES: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

fn refugees(c: &Composer<'_>, told: &mut Told) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    for (x, y) in [(c.a().code, c.b().code), (c.b().code, c.a().code)] {
        let Some(v) = people_in(c, Measure::Refugees, x, y).filter(|v| v.1 >= FEWEST_REFUGEES)
        else {
            continue;
        };
        let args = people_args(c, c.args_xy(x, y).text("year", v.2), "n", v.1)?;
        let s = c.sentence_as(&format!("refugees-{x}"), "refugees", &args, vec![by(v.0)])?;
        if v.1 >= Decimal::ONE_THOUSAND
            && let Some(standing) = c.dossier.standing("refugees")
        {
            told.lead(
                c.salience.of(standing),
                lead_of(c, &format!("refugees-{x}"), &s),
            );
        }
        out.push(s);
    }
    Ok(out)
}

fn remittances(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let (a, b) = (c.a().code, c.b().code);
    // The matrix is an estimate in millions; less than half a million is noise in it.
    let floor = Decimal::from(500_000);
    let pick = |from, to| {
        c.dossier
            .latest(Measure::Remittances, from, to)
            .filter(|(_, f)| f.value >= floor)
    };
    let (message, from, to, found) = match (pick(a, b), pick(b, a)) {
        (Some(x), Some(y)) => {
            let (from, to, x, y) = if y.1.value > x.1.value {
                (b, a, y, x)
            } else {
                (a, b, x, y)
            };
            ("remittances-both", from, to, vec![x, y])
        }
        (Some(x), None) => ("remittances-one", a, b, vec![x]),
        (None, Some(y)) => ("remittances-one", b, a, vec![y]),
        (None, None) => return Ok(Vec::new()),
    };
    let mut args = c
        .args_xy(from, to)
        .text(
            "year",
            found[0].1.period.map_or(String::new(), |p| p.to_string()),
        )
        .text("amount", c.wording.usd(found[0].1.value)?);
    if let Some(back) = found.get(1) {
        args = args.text("back", c.wording.usd(back.1.value)?);
    }
    let support = found.iter().map(|f| by(f.0)).collect();
    Ok(vec![c.sentence(message, &args, support)?])
}
