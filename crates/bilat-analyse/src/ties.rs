//! What stands between the two: routes, missions, visas, twin towns, treaties; and what was
//! played.

use std::collections::BTreeMap;

use bilat_model::evidence::{EventDetails, Statement, TieDetails, TieKind, VisaRule};
use bilat_model::{Country, Decimal, Event, Evidence, Pair, Tie};

use crate::computed::{Computed, ComputedId, Input, Missing};
use crate::indicator::{FLIGHTS, FOOTBALL, Indicator, ROUTES, TREATIES, TWIN_TOWNS};

/// The ties of a kind with the evidence that they stand in, in the order given.
pub fn of_kind(evidence: &[Evidence], kind: TieKind) -> impl Iterator<Item = (&Evidence, &Tie)> {
    evidence.iter().filter_map(move |e| match &e.statement {
        Statement::Tie(t) if t.kind == kind => Some((e, t)),
        _ => None,
    })
}

/// Whether a treaty is in force: by the source's word for its status, else by the date on which
/// it entered into force, unless it has ended.
#[must_use]
pub fn in_force(tie: &Tie) -> bool {
    let TieDetails::Treaty {
        status, in_force, ..
    } = &tie.details
    else {
        return false;
    };
    let status = status.trim().to_ascii_lowercase();
    match status.as_str() {
        "in force" => true,
        _ if status.contains("terminated") || status.contains("not in force") => false,
        _ => in_force.is_some() && tie.until.is_none(),
    }
}

/// The two ends of a route by ICAO code, whichever way it is told.
pub(crate) fn airports(tie: &Tie) -> Option<(&str, &str)> {
    match &tie.details {
        TieDetails::Route {
            from_airport: x,
            to_airport: y,
            ..
        } => Some(if x <= y { (x, y) } else { (y, x) }),
        _ => None,
    }
}

pub(crate) fn flight_numbers(tie: &Tie) -> u32 {
    match tie.details {
        TieDetails::Route { flights, .. } => flights,
        _ => 0,
    }
}

/// Whether an event is a football international.
pub(crate) fn is_match(event: &Event) -> bool {
    matches!(event.details, EventDetails::Match { .. })
}

fn counted(role: &str, e: &Evidence) -> Input {
    Input::Evidence {
        role: role.to_owned(),
        id: e.id.clone(),
        value: None,
        unit: None,
    }
}

fn count(
    pair: Pair,
    indicator: &'static Indicator,
    rows: &[(&Evidence, String)],
    value: u64,
    noun: &str,
) -> Result<Computed, Missing> {
    if rows.is_empty() {
        return Err(Missing::TooLittle {
            indicator: indicator.id,
            needed: format!("one {noun}"),
            found: "none".to_owned(),
        });
    }
    let names: Vec<_> = rows.iter().map(|(_, n)| n.as_str()).collect();
    Ok(Computed {
        id: ComputedId::new(pair, indicator),
        indicator,
        period: None,
        value: Decimal::from(value),
        unit: indicator.unit,
        inputs: rows.iter().map(|(e, _)| counted(noun, e)).collect(),
        arithmetic: format!("{value}: {}", names.join("; ")),
    })
}

fn routes_by_airports(evidence: &[Evidence]) -> BTreeMap<(&str, &str), (&Evidence, u32)> {
    let mut out = BTreeMap::new();
    for (e, t) in of_kind(evidence, TieKind::AirRoute) {
        if let Some(key) = airports(t) {
            let row = out.entry(key).or_insert((e, 0));
            row.1 += flight_numbers(t);
        }
    }
    out
}

/// Pairs of airports with flights between them, each counted once whichever way it is told.
///
/// # Errors
/// [`Missing::TooLittle`] when the source lists none.
pub fn routes(pair: Pair, evidence: &[Evidence]) -> Result<Computed, Missing> {
    let rows: Vec<_> = routes_by_airports(evidence)
        .into_iter()
        .map(|((x, y), (e, _))| (e, format!("{x}–{y}")))
        .collect();
    count(pair, &ROUTES, &rows, rows.len() as u64, "air route")
}

/// Flight numbers on all routes.
///
/// # Errors
/// [`Missing::TooLittle`] when the source lists no route.
pub fn flights(pair: Pair, evidence: &[Evidence]) -> Result<Computed, Missing> {
    let by_airports = routes_by_airports(evidence);
    let total = by_airports.values().map(|(_, n)| u64::from(*n)).sum();
    let rows: Vec<_> = by_airports
        .into_iter()
        .map(|((x, y), (e, n))| (e, format!("{n} on {x}–{y}")))
        .collect();
    count(pair, &FLIGHTS, &rows, total, "air route")
}

/// Twinned towns.
///
/// # Errors
/// [`Missing::TooLittle`] when the source lists none.
pub fn twin_towns(pair: Pair, evidence: &[Evidence]) -> Result<Computed, Missing> {
    let rows: Vec<_> = of_kind(evidence, TieKind::SisterCity)
        .map(|(e, t)| match &t.details {
            TieDetails::Towns { from_town, to_town } => (e, format!("{from_town}–{to_town}")),
            _ => (e, t.what.clone()),
        })
        .collect();
    count(
        pair,
        &TWIN_TOWNS,
        &rows,
        rows.len() as u64,
        "pair of twin towns",
    )
}

/// Treaties in force; see [`in_force`].
///
/// # Errors
/// [`Missing::TooLittle`] when the sources list none.
pub fn treaties(pair: Pair, evidence: &[Evidence]) -> Result<Computed, Missing> {
    let rows: Vec<_> = of_kind(evidence, TieKind::Treaty)
        .filter(|(_, t)| in_force(t))
        .map(|(e, t)| (e, t.what.clone()))
        .collect();
    count(pair, &TREATIES, &rows, rows.len() as u64, "treaty in force")
}

/// Football internationals played.
///
/// # Errors
/// [`Missing::TooLittle`] when the source lists none.
pub fn football(pair: Pair, evidence: &[Evidence]) -> Result<Computed, Missing> {
    let rows: Vec<_> = evidence
        .iter()
        .filter_map(|e| match &e.statement {
            Statement::Event(v) if is_match(v) => {
                let day = v.date.map(|d| d.to_string()).unwrap_or_default();
                Some((e, day))
            }
            _ => None,
        })
        .collect();
    count(
        pair,
        &FOOTBALL,
        &rows,
        rows.len() as u64,
        "football international",
    )
}

/// How one country is represented in the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Representation<'a> {
    /// Who sends.
    pub from: Country,
    /// Who receives.
    pub to: Country,
    /// Missions that stand in the receiving country, embassies and high commissions first.
    pub resident: Vec<(&'a Evidence, &'a Tie)>,
    /// Missions elsewhere that cover it, by seat and city.
    pub covering: Vec<(&'a Evidence, &'a Tie)>,
}

impl Representation<'_> {
    /// Whether an embassy or high commission stands in the receiving country. A consulate or
    /// another office alone is none.
    #[must_use]
    pub fn has_embassy(&self) -> bool {
        self.resident.iter().any(|(_, t)| is_embassy(t))
    }
}

/// Whether a mission is one of an ambassador: the source's word for its type names an embassy,
/// a high commission or a nunciature.
#[must_use]
pub fn is_embassy(tie: &Tie) -> bool {
    let TieDetails::Mission { type_name, .. } = &tie.details else {
        return false;
    };
    let t = type_name.to_lowercase();
    ["embassy", "high commission", "nunciature"]
        .iter()
        .any(|w| t.contains(w))
}

/// The missions of one country: those of the first source that lists any, each once. Sources behind
/// it that list them too are further citations of the same missions, not further missions. What
/// documents tell of missions is kept.
pub fn missions_from(
    evidence: &[Evidence],
    from: Country,
) -> impl Iterator<Item = (&Evidence, &Tie)> {
    let of = move || of_kind(evidence, TieKind::Mission).filter(move |(_, t)| t.from == from);
    let listed = |t: &Tie| matches!(t.details, TieDetails::Mission { .. });
    let first = of()
        .find(|(_, t)| listed(t))
        .map(|(e, _)| &e.citation.source);
    let mut met = std::collections::BTreeSet::new();
    of().filter(move |(e, t)| match &t.details {
        TieDetails::Mission {
            type_name,
            city,
            seat,
            ..
        } => {
            let again = !city.is_empty() && !met.insert((type_name.clone(), city.clone(), *seat));
            Some(&e.citation.source) == first && !again
        }
        _ => true,
    })
}

/// How each country is represented in the other: the first by code as sender, then the second.
#[must_use]
pub fn missions(pair: Pair, evidence: &[Evidence]) -> [Representation<'_>; 2] {
    [(pair.a(), pair.b()), (pair.b(), pair.a())].map(|(from, to)| {
        let (mut resident, mut covering) = (Vec::new(), Vec::new());
        for (e, t) in missions_from(evidence, from) {
            match &t.details {
                TieDetails::Mission { seat, city, .. } if *seat != to => {
                    covering.push(((*seat, city), (e, t)));
                }
                _ => resident.push((e, t)),
            }
        }
        resident.sort_by_key(|(_, t)| !is_embassy(t)); // stable
        covering.sort_by_key(|(place, _)| *place);
        Representation {
            from,
            to,
            resident,
            covering: covering.into_iter().map(|(_, row)| row).collect(),
        }
    })
}

/// What a holder of one passport meets at the other's border.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    /// Whose passport.
    pub from: Country,
    /// Whose border.
    pub to: Country,
    /// Where it stands.
    pub evidence: &'a Evidence,
    /// The rule.
    pub rule: VisaRule,
    /// Days of stay, when stated.
    pub days: Option<u16>,
}

/// Visa rules both ways: of the first country's passport, of the second's.
#[must_use]
pub fn visas(pair: Pair, evidence: &[Evidence]) -> [Option<Entry<'_>>; 2] {
    [pair.a(), pair.b()].map(|from| {
        of_kind(evidence, TieKind::VisaRegime).find_map(|(e, t)| match t.details {
            TieDetails::Visa { rule, days } if t.from == from => Some(Entry {
                from,
                to: t.to,
                evidence: e,
                rule,
                days,
            }),
            _ => None,
        })
    })
}

/// Whose citizens enter more easily, by the order of [`VisaRule`] from visa-free to refused;
/// `None` when it is the same rule or one is not known. Days of stay do not decide.
#[must_use]
pub fn easier(visas: &[Option<Entry<'_>>; 2]) -> Option<Country> {
    // An authorisation is granted on line like an electronic visa, with less asked.
    let ease = |r: VisaRule| match r {
        VisaRule::Free => 0,
        VisaRule::Authorisation => 1,
        VisaRule::OnArrival => 2,
        VisaRule::Electronic => 3,
        VisaRule::Required => 4,
        VisaRule::Refused => 5,
    };
    match visas {
        [Some(x), Some(y)] => match ease(x.rule).cmp(&ease(y.rule)) {
            std::cmp::Ordering::Less => Some(x.from),
            std::cmp::Ordering::Greater => Some(y.from),
            std::cmp::Ordering::Equal => None,
        },
        _ => None,
    }
}
