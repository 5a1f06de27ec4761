//! What a record says, in one line; and the record itself out of its file.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use bilat_analyse::Input;
use bilat_model::evidence::{Citation, EventDetails, Locator, Qualifier, Statement, TieDetails};
use bilat_model::profile::Profile;
use bilat_model::registry::CountryInfo;
use bilat_model::standing::Standing;
use bilat_model::{Decimal, Period};

/// A number with all its digits, in groups of three.
pub(crate) fn number(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (sign, rest) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |r| ("-", r));
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let mut grouped = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(c);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}

fn dated(period: Option<Period>) -> String {
    period.map_or_else(|| "period not stated".to_owned(), |p| p.to_string())
}

/// A statement in one line.
pub(crate) fn statement(statement: &Statement) -> String {
    match statement {
        Statement::Figure(f) => {
            let product = f
                .product
                .as_ref()
                .map_or(String::new(), |p| format!(" of {p}"));
            let books = f
                .reporter
                .map_or(String::new(), |r| format!(" by the books of {r}"));
            let valuation = f.valuation.map_or(String::new(), |v| format!(" ({v})"));
            let arrow = if f.measure.is_directed() { "to" } else { "and" };
            format!(
                "{}{product}, {} {arrow} {}, {}: {} {}{valuation}{books}",
                f.measure,
                f.from,
                f.to,
                dated(f.period),
                number(f.value),
                f.measure.unit()
            )
        }
        Statement::Told(f) => {
            let value = match (f.value, f.change_percent) {
                (Some(v), _) => format!("{} {}", number(v), f.unit),
                (None, Some(c)) => format!("a change of {} %", number(c)),
                (None, None) => "no value".to_owned(),
            };
            let hedge = match f.qualifier {
                Qualifier::Exact => String::new(),
                q => format!("{} ", q.code().replace('_', " ")),
            };
            format!(
                "{}, {} to {}, {}: {hedge}{value}, as a document tells it",
                f.kind,
                f.from,
                f.to,
                dated(f.period)
            )
        }
        Statement::Event(e) => {
            let details = match &e.details {
                EventDetails::Match {
                    home_name,
                    away_name,
                    home_goals,
                    away_goals,
                    tournament,
                    city,
                    ..
                } => {
                    format!(
                        ": {home_name} {home_goals}–{away_goals} {away_name} in {city} ({tournament})"
                    )
                }
                EventDetails::Relations { stated_by } => {
                    format!(", as the list of {stated_by} has it")
                }
                // Their words say what the details hold.
                EventDetails::None
                | EventDetails::Told(_)
                | EventDetails::Visit { .. }
                | EventDetails::MissionChange { .. }
                | EventDetails::Recognition { .. } => String::new(),
            };
            format!("{}, {}: {}{details}", e.kind, dated(e.date), e.what)
        }
        Statement::Tie(t) => {
            let mut out = format!("{}, {} to {}: {}", t.kind, t.from, t.to, t.what);
            for (word, period) in [("since", t.since), ("until", t.until), ("as of", t.as_of)] {
                if let Some(p) = period {
                    out.push_str(&format!(", {word} {p}"));
                }
            }
            out.push_str(&tie_details(&t.details));
            out
        }
    }
}

fn tie_details(details: &TieDetails) -> String {
    match details {
        TieDetails::None | TieDetails::Told(_) => String::new(),
        TieDetails::Visa { rule, days } => {
            let days = days.map_or(String::new(), |d| format!(", {d} days"));
            format!(" ({}{days})", rule.code().replace('_', " "))
        }
        TieDetails::Mission {
            type_name,
            city,
            seat,
            ..
        } => format!(" ({type_name} in {city}, {seat})"),
        TieDetails::Treaty {
            type_name,
            status,
            signed,
            in_force,
            ..
        } => {
            let date = |word: &str, p: &Option<Period>| {
                p.map_or(String::new(), |p| format!(", {word} {p}"))
            };
            format!(
                " ({type_name}, {status}{}{})",
                date("signed", signed),
                date("in force", in_force)
            )
        }
        TieDetails::Alliance {
            defence,
            offence,
            neutrality,
            nonaggression,
            consultation,
        } => {
            let words = [
                (*defence, "defence"),
                (*offence, "offence"),
                (*neutrality, "neutrality"),
                (*nonaggression, "non-aggression"),
                (*consultation, "consultation"),
            ];
            let words: Vec<_> = words.iter().filter(|w| w.0).map(|w| w.1).collect();
            format!(" ({})", words.join(", "))
        }
        TieDetails::Towns { from_town, to_town } => format!(" ({from_town}–{to_town})"),
        TieDetails::Route {
            from_airport,
            to_airport,
            flights,
            ..
        } => {
            format!(" ({from_airport}–{to_airport}, {flights} flight numbers)")
        }
    }
}

/// Where a pair stands, in one line.
pub(crate) fn standing(s: &Standing) -> String {
    format!(
        "above {} % of all pairs with a value; {} is number {} of the {} partners of {}, {} number {} of the {} of {}",
        s.percentile,
        s.pair.b(),
        s.rank_a,
        s.of_a,
        s.pair.a(),
        s.pair.a(),
        s.rank_b,
        s.of_b,
        s.pair.b()
    )
}

/// An input that is no piece of evidence, in one line.
pub(crate) fn input(input: &Input) -> Option<String> {
    Some(match input {
        Input::Evidence { .. } => return None,
        Input::Votes {
            role,
            source,
            same,
            both,
            first,
            last,
        } => {
            format!(
                "{role}: alike on {same} of {both} roll calls from {first} to {last} ({source})"
            )
        }
        Input::Record { role, .. } => role.clone(),
        Input::Partners {
            role,
            source,
            of,
            period,
            total,
            partners,
        } => format!(
            "{role}: {} over {partners} partners of {of}, {} ({source})",
            number(*total),
            dated(*period)
        ),
        Input::Standing { indicator, value } => format!("{indicator}: {}", number(*value)),
    })
}

/// A state that is gone, in one line.
pub(crate) fn of_state(info: &CountryInfo) -> String {
    let successors: Vec<_> = info.successors.iter().map(ToString::to_string).collect();
    let until = info.until.map_or(String::new(), |u| format!(", until {u}"));
    format!(
        "{} ({}){until}; succeeded by {}",
        info.name,
        info.status,
        successors.join(", ")
    )
}

/// The record about one country that a name such as `KAZ:factbook:membership:OSCE` means.
pub(crate) fn of_country(profile: &Profile, id: &str) -> Option<(Citation, String)> {
    let mut parts = id.splitn(4, ':');
    let (code, source) = (parts.next()?, parts.next()?);
    if profile.info.code.code() != code {
        return None;
    }
    match (source, parts.next(), parts.next()) {
        ("countries", None, None) => Some((profile.info.citation.clone(), of_state(&profile.info))),
        ("cities", Some(name), None) => {
            let city = profile.cities.iter().find(|c| c.name == name)?;
            let capital = if city.capital { ", capital" } else { "" };
            let says = format!(
                "{}{capital}, {} north, {} east, {} inhabitants",
                city.name, city.latitude, city.longitude, city.population
            );
            Some((city.citation.clone(), says))
        }
        (_, Some("membership"), Some(organisation)) => {
            let m = profile.memberships.iter().find(|m| {
                m.citation.source.0.as_ref() == source && m.organisation == organisation
            })?;
            let until = m.until.map_or(String::new(), |u| format!(" until {u}"));
            let says = format!(
                "{} in {} ({}), since {}{until}",
                m.kind,
                m.name,
                m.organisation,
                dated(m.since)
            );
            Some((m.citation.clone(), says))
        }
        (_, Some(field), None) => {
            let fact = profile
                .facts
                .iter()
                .find(|f| f.field.code() == field && f.citation.source.0.as_ref() == source)?;
            let value = fact
                .value
                .map(number)
                .or_else(|| fact.text.clone())
                .unwrap_or_default();
            Some((
                fact.citation.clone(),
                format!("{}: {value} ({})", fact.field, dated(fact.period)),
            ))
        }
        _ => None,
    }
}

/// The most of a line that is shown.
const LONGEST: usize = 2000;

/// A record's own text out of a folder of publishers' files: the line, unpacked where the file
/// is compressed. Archives and workbooks are named, not opened.
pub(crate) fn read(dir: &Path, citation: &Citation) -> Result<String, String> {
    if citation.source.0.as_ref() == "foreign_relations" {
        let passage = bilat_sources::sources::foreign_relations::passage(dir, &citation.at)?;
        let shown = passage.chars().filter(|c| !c.is_control()).take(LONGEST);
        return Ok(shown.collect());
    }
    let Locator::Line(line) = citation.at else {
        return Err("the file is an archive or workbook; open it at the place named".into());
    };
    let path = dir
        .join(citation.source.0.as_ref())
        .join(citation.file.as_ref());
    let file = File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let reader: Box<dyn Read> = match path.extension().and_then(|e| e.to_str()) {
        Some("gz") => Box::new(flate2::read::GzDecoder::new(file)),
        Some("zip" | "xlsx") => {
            return Err("the file is an archive; open it at the place named".into());
        }
        _ => Box::new(file),
    };
    let mut lines = BufReader::new(reader).split(b'\n');
    let at = usize::try_from(line)
        .unwrap_or(usize::MAX)
        .saturating_sub(1);
    let bytes = lines
        .nth(at)
        .ok_or("the file has no such line")?
        .map_err(|e| e.to_string())?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text
        .trim_end()
        .chars()
        .take(LONGEST)
        .filter(|c| !c.is_control())
        .collect())
}
