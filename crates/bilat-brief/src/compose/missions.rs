//! Missions of each to the other: which there are, and what is said of them.

use bilat_analyse::ties::missions_from;
use bilat_model::evidence::TieDetails;
use bilat_model::{Country, Evidence};

use super::{Composer, Result, by};
use crate::brief::Sentence;
use crate::wording::Args;

/// A mission of one side to the other.
pub(super) struct Mission<'c> {
    pub(super) evidence: &'c Evidence,
    pub(super) rank: u8,
    pub(super) type_name: &'c str,
    pub(super) city: &'c str,
    pub(super) resident: bool,
    pub(super) place: Option<(f64, f64)>,
}

/// Missions of `from` that cover `to`, embassies first, resident ones first.
pub(super) fn missions_of<'c>(c: &'c Composer<'_>, from: Country, to: Country) -> Vec<Mission<'c>> {
    let mut out: Vec<_> = missions_from(&c.dossier.evidence, from)
        .filter(|(_, t)| t.to == to)
        .filter_map(|(evidence, t)| match &t.details {
            TieDetails::Mission {
                type_name,
                city,
                seat,
                latitude,
                longitude,
                ..
            } => {
                let number =
                    |d: &Option<bilat_model::Decimal>| d.and_then(|d| d.to_string().parse().ok());
                Some(Mission {
                    evidence,
                    rank: mission_rank(type_name),
                    type_name,
                    city,
                    resident: *seat == to,
                    place: number(longitude).zip(number(latitude)),
                })
            }
            _ => None,
        })
        .collect();
    out.sort_by(|x, y| {
        (x.rank, !x.resident, x.city, x.type_name).cmp(&(y.rank, !y.resident, y.city, y.type_name))
    });
    out
}

/// Embassies and their like 0, consulates 1, others 2.
fn mission_rank(type_name: &str) -> u8 {
    let t = type_name.to_lowercase();
    if t.contains("embassy")
        || t.contains("high commission")
        || t.contains("nunciature")
        || t.is_empty()
    {
        0
    } else if t.contains("consul") {
        1
    } else {
        2
    }
}

pub(super) fn missions(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let (a, b) = (c.a().code, c.b().code);
    let (of_a, of_b) = (missions_of(c, a, b), missions_of(c, b, a));
    let heads = [head(&of_a), head(&of_b)];
    let args = c.args().text("as-of", c.vintage("embassies")?);
    let mut out = Vec::new();
    let sentence = match heads {
        [None, None] if !c.knew("embassies") => return Ok(out),
        [None, None] => {
            let absent = c.absence("embassy", &["embassies"]);
            c.sentence("missions-none", &args, vec![absent])?
        }
        [Some(x), Some(y)] => {
            let message = match (x.resident, y.resident) {
                (true, true) => "missions-both",
                (false, false) => "missions-neither",
                _ => "missions-one",
            };
            let args = both_args(c, args, x, y)?;
            c.sentence(message, &args, vec![by(x.evidence), by(y.evidence)])?
        }
        [x, y] => {
            let (from, to) = if x.is_some() { (a, b) } else { (b, a) };
            let Some(m) = x.or(y) else { return Ok(out) };
            let args = args.country("x", c.forms(from)).country("y", c.forms(to));
            let args = mission_args(c, args, "x", m)?;
            let message = if m.resident {
                "missions-only-resident"
            } else {
                "missions-only-covers"
            };
            c.sentence(
                message,
                &args,
                vec![by(m.evidence), c.absence("embassy", &["embassies"])],
            )?
        }
    };
    out.push(sentence);
    for (from, to, all) in [(a, b, &of_a), (b, a, &of_b)] {
        out.extend(consulates(c, from, to, all)?);
    }
    Ok(out)
}

/// The mission that stands for all: an embassy whose city is known, resident if any is.
pub(super) fn head<'m, 'c>(all: &'m [Mission<'c>]) -> Option<&'m Mission<'c>> {
    all.iter().find(|m| m.rank == 0 && !m.city.is_empty())
}

/// Values for a sentence on a mission of each; a resident one is told first when there is one.
pub(super) fn both_args(
    c: &Composer<'_>,
    args: Args,
    of_a: &Mission<'_>,
    of_b: &Mission<'_>,
) -> Result<Args> {
    let (a, b) = (c.a().code, c.b().code);
    let (fx, fy, x, y) = if of_b.resident && !of_a.resident {
        (b, a, of_b, of_a)
    } else {
        (a, b, of_a, of_b)
    };
    let same = if mission_word(x) == mission_word(y) {
        "yes"
    } else {
        "no"
    };
    let args = args
        .country("x", c.forms(fx))
        .country("y", c.forms(fy))
        .text("same", same);
    mission_args(c, mission_args(c, args, "x", x)?, "y", y)
}

/// The message that names what kind of mission it is.
fn mission_word(m: &Mission<'_>) -> &'static str {
    match m.type_name.to_lowercase() {
        t if t.contains("high commission") => "mission-high-commission",
        t if t.contains("nunciature") => "mission-nunciature",
        _ => "mission-embassy",
    }
}

fn mission_args(c: &Composer<'_>, args: Args, side: &str, m: &Mission<'_>) -> Result<Args> {
    let kind = c.wording.say(mission_word(m), &Args::new())?;
    Ok(args
        .text(&format!("{side}-city"), m.city)
        .text(&format!("{side}-mission"), kind))
}

fn consulates(
    c: &Composer<'_>,
    from: Country,
    to: Country,
    all: &[Mission<'_>],
) -> Result<Option<Sentence>> {
    let here: Vec<_> = all
        .iter()
        .filter(|m| m.rank == 1 && m.resident && !m.city.is_empty())
        .collect();
    let mut cities: Vec<String> = here.iter().map(|m| m.city.to_owned()).collect();
    cities.sort();
    cities.dedup();
    if cities.is_empty() {
        return Ok(None);
    }
    let n = cities.len();
    let message = if n > 6 {
        "consulates-many"
    } else {
        "consulates"
    };
    cities.truncate(6);
    let args = c
        .args_xy(from, to)
        .number("n", n.try_into().unwrap_or(0))
        .text("count", c.wording.words(i64::try_from(n).unwrap_or(0))?)
        .text("cities", c.wording.list(&cities));
    let support = here.iter().map(|m| by(m.evidence)).collect();
    Ok(Some(c.sentence_as(
        &format!("consulates-{from}"),
        message,
        &args,
        support,
    )?))
}
