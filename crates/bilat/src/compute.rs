//! A computed value by its name: the same function that the brief used, on the same evidence.

use bilat_analyse::computed::Who;
use bilat_analyse::trade::Series;
use bilat_analyse::{By, Computed, ComputedId, Missing, Partners, Scope, memberships, ties};
use bilat_brief::Dossier;
use bilat_model::evidence::Measure;
use bilat_model::profile::{Issues, Membership};
use bilat_model::source::SourceId;
use bilat_model::{Country, Period};
use bilat_snapshot::{FigureFilter, Snapshot};

use crate::failure::Failure;

/// The source whose trade figures need no mark in names.
const MAIN: &str = "trade_dots";

/// Computes it.
///
/// # Errors
/// When the name is of nothing, or figures that it needs are missing.
pub(crate) fn by_id(
    snapshot: &Snapshot,
    dossier: &Dossier<'_>,
    id: &ComputedId,
) -> Result<Computed, Failure> {
    if let Some(code) = id.what.as_deref().and_then(|w| w.strip_prefix("standing_")) {
        let standing = dossier.standing(code).ok_or_else(|| unknown(id))?;
        return bilat_analyse::standing::computed(standing).ok_or_else(|| unknown(id));
    }
    let pair = dossier.pair;
    let evidence = &dossier.evidence;
    let found = match id.indicator.as_str() {
        "un_agreement" => dossier.world.votes.computed(pair, scope(id)?),
        "un_agreement_excess" => {
            let of = country(id)?;
            dossier
                .world
                .votes
                .excess(pair, of, year(id)?, &dossier.side(of).means)
        }
        "routes" => ties::routes(pair, evidence),
        "flights" => ties::flights(pair, evidence),
        "twin_towns" => ties::twin_towns(pair, evidence),
        "treaties" => ties::treaties(pair, evidence),
        "football" => ties::football(pair, evidence),
        "shared_memberships" => {
            memberships::shared_count(pair, &all_memberships(dossier, "igo"), year(id)?)
        }
        "joint_terms" => memberships::joint_years(
            pair,
            &all_memberships(dossier, "security_council"),
            year(id)?,
        ),
        _ => return trade(snapshot, dossier, id),
    };
    found.map_err(|m| missing(&m))
}

fn unknown(id: &ComputedId) -> Failure {
    let known: Vec<_> = bilat_analyse::indicator::ALL.iter().map(|i| i.id).collect();
    Failure::new(format!("no computed value is called “{id}”"))
        .hint(format!("the indicators are {}", known.join(", ")))
}

fn missing(m: &Missing) -> Failure {
    Failure::new(m)
}

fn country(id: &ComputedId) -> Result<Country, Failure> {
    match id.who {
        Some(Who::Of(c)) if id.pair.has(c) => Ok(c),
        _ => Err(unknown(id)),
    }
}

fn way(id: &ComputedId) -> Result<Country, Failure> {
    match id.who {
        Some(Who::Way(from, to)) if id.pair.other(from) == Some(to) => Ok(from),
        _ => Err(unknown(id)),
    }
}

fn year(id: &ComputedId) -> Result<i16, Failure> {
    id.period.and_then(|p| p.year()).ok_or_else(|| unknown(id))
}

fn scope(id: &ComputedId) -> Result<Scope, Failure> {
    let mut scope = id.period.map_or(Scope::ALL, Scope::during);
    if let Some(word) = &id.what {
        let issue = Issues::ALL.iter().find(|(code, _)| code == word);
        scope = scope.on(issue.ok_or_else(|| unknown(id))?.0);
    }
    Ok(scope)
}

fn all_memberships(dossier: &Dossier<'_>, source: &str) -> Vec<Membership> {
    let all = dossier.sides.iter().flat_map(|s| &s.profile.memberships);
    all.filter(|m| m.citation.source.0.as_ref() == source)
        .cloned()
        .collect()
}

fn series(id: &ComputedId) -> Result<Series, Failure> {
    match &id.what {
        None => Ok(Series::Turnover),
        Some(w) => Series::ALL
            .into_iter()
            .find(|s| s.code() == w)
            .ok_or_else(|| unknown(id)),
    }
}

fn trade(snapshot: &Snapshot, dossier: &Dossier<'_>, id: &ComputedId) -> Result<Computed, Failure> {
    let source = id.source.clone().unwrap_or_else(|| SourceId::new(MAIN));
    let mut trade = bilat_analyse::Trade::of(dossier.pair, &dossier.evidence, &source);
    if id.source.is_some() {
        trade = trade.marked();
    }
    let found = match id.indicator.as_str() {
        "turnover" => trade.turnover(country(id)?, year(id)?),
        "balance" => trade.balance(country(id)?, year(id)?),
        "growth" => trade.growth(series(id)?, country(id)?, year(id)?),
        "cagr" => match id.period {
            Some(Period::Years(first, last)) => trade.cagr(series(id)?, country(id)?, first, last),
            _ => return Err(unknown(id)),
        },
        "trend" => {
            let last = id.period.ok_or_else(|| unknown(id))?.last().year();
            trade.trend(series(id)?, country(id)?, last)
        }
        "peak" => trade.peak(series(id)?, country(id)?),
        "mirror_gap" => trade.mirror_gap(way(id)?, year(id)?),
        "mirror_gap_percent" => trade.mirror_gap_percent(way(id)?, year(id)?),
        "concentration" => trade.concentration(way(id)?, year(id)?),
        "largest_section" => trade.largest_section(way(id)?, year(id)?),
        "missing_years" => return missing_years(dossier, &trade, id),
        "share" => return share(snapshot, &trade, id),
        _ => return Err(unknown(id)),
    };
    found.map_err(|m| missing(&m))
}

fn missing_years(
    dossier: &Dossier<'_>,
    trade: &bilat_analyse::Trade,
    id: &ComputedId,
) -> Result<Computed, Failure> {
    let registry = &dossier.world.registry;
    let gaps = trade.missing_years(|c, p| registry.existed(c, p));
    gaps.iter()
        .filter_map(|g| trade.missing_count(g).ok())
        .find(|c| c.id == *id)
        .ok_or_else(|| unknown(id))
}

/// A share among all partners, which takes a look at all of them.
fn share(
    snapshot: &Snapshot,
    trade: &bilat_analyse::Trade,
    id: &ComputedId,
) -> Result<Computed, Failure> {
    let (of, year, series) = (country(id)?, year(id)?, series(id)?);
    let by = match series {
        Series::Turnover => By::Turnover,
        Series::Exports => By::Exports,
        Series::Imports => By::Imports,
    };
    let mut partners = Partners::new(of, by, Some(year));
    let filter = FigureFilter {
        measures: Some(vec![Measure::Exports, Measure::Imports]),
        sources: Some(vec![trade.source().clone()]),
        years: Some(year..=year),
        totals_only: true,
    };
    snapshot.scan_figures(&filter, |f| {
        partners.figure(f.pair, f.measure, f.from, f.period, f.value);
    })?;
    let table = partners.finish();
    let count = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let total = table.total.unwrap_or_default();
    trade
        .share(series, of, year, total, count)
        .map_err(|m| missing(&m))
}
