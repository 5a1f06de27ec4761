//! Culture and sport: languages, world heritage, twin towns, football.

use bilat_model::evidence::{EventDetails, EventKind, TieDetails, TieKind};
use bilat_model::{Country, Evidence, Period};

use super::{Composer, Result, Told, by, documents};
use crate::brief::Sentence;

pub(super) fn tell(c: &Composer<'_>) -> Result<Told> {
    let mut told = Told::new();
    let mut shared = language(c, &mut told)?;
    shared.extend(heritage(c, &mut told)?);
    shared.extend(towns(c)?);
    told.paragraph(shared);
    let matches = football(c, &mut told)?;
    told.paragraph(matches);
    if told.blocks.is_empty() {
        let absent = c.absence(
            "culture",
            &["football", "twin_towns", "world_heritage", "distance"],
        );
        told.paragraph(vec![c.sentence("culture-none", &c.args(), vec![absent])?]);
    }
    told.paragraph(documents::culture(c)?);
    Ok(told)
}

fn lead_of(c: &Composer<'_>, name: &str, sentence: &Sentence) -> Sentence {
    sentence.again(format!("{}:lead-{name}", c.dossier.pair))
}

fn language(c: &Composer<'_>, told: &mut Told) -> Result<Vec<Sentence>> {
    let official = c.dossier.ties(TieKind::OfficialLanguage).next();
    let spoken = c.dossier.ties(TieKind::SpokenLanguage).next();
    let (message, found) = match (official, spoken) {
        (Some(o), _) => ("language-official", o),
        (None, Some(s)) => ("language-spoken", s),
        (None, None) => return Ok(Vec::new()),
    };
    let s = c.sentence(message, &c.args(), vec![by(found.0)])?;
    told.lead(c.salience.weight(message), lead_of(c, "language", &s));
    Ok(vec![s])
}

fn heritage(c: &Composer<'_>, told: &mut Told) -> Result<Option<Sentence>> {
    let sites: Vec<_> = c.dossier.ties(TieKind::WorldHeritage).collect();
    if sites.is_empty() {
        return Ok(None);
    }
    let mut names: Vec<String> = sites.iter().map(|(_, t)| t.what.clone()).collect();
    names.sort();
    let shown: Vec<String> = names.iter().take(3).cloned().collect();
    let args = c
        .args()
        .number("n", sites.len().try_into().unwrap_or(0))
        .text(
            "count",
            c.wording.words(i64::try_from(sites.len()).unwrap_or(0))?,
        )
        .text(
            "shown",
            if shown.len() < sites.len() {
                "some"
            } else {
                "all"
            },
        )
        .text("names", c.wording.list(&shown));
    let s = c.sentence(
        "heritage",
        &args,
        sites.iter().map(|(e, _)| by(e)).collect(),
    )?;
    told.lead(
        c.salience.weight("world_heritage"),
        lead_of(c, "heritage", &s),
    );
    Ok(Some(s))
}

fn towns(c: &Composer<'_>) -> Result<Option<Sentence>> {
    let mut pairs: Vec<(String, &Evidence)> = c
        .dossier
        .ties(TieKind::SisterCity)
        .filter_map(|(e, t)| match &t.details {
            TieDetails::Towns { from_town, to_town } => {
                let ours = t.from == c.a().code;
                let (x, y) = if ours {
                    (from_town, to_town)
                } else {
                    (to_town, from_town)
                };
                Some((format!("{x}–{y}"), e))
            }
            _ => None,
        })
        .collect();
    pairs.sort_by(|x, y| x.0.cmp(&y.0));
    if pairs.is_empty() {
        return Ok(None);
    }
    let shown: Vec<String> = pairs.iter().take(4).map(|p| p.0.clone()).collect();
    let args = c
        .args()
        .number("n", pairs.len().try_into().unwrap_or(0))
        .text(
            "count",
            c.wording.words(i64::try_from(pairs.len()).unwrap_or(0))?,
        )
        .text(
            "shown",
            if shown.len() < pairs.len() {
                "some"
            } else {
                "all"
            },
        )
        .text("names", c.wording.list(&shown));
    let mut support: Vec<_> = pairs.iter().map(|p| by(p.1)).collect();
    let counted = bilat_analyse::ties::twin_towns(c.dossier.pair, &c.dossier.evidence);
    support.extend(counted.ok().map(|v| c.indicator(&v)));
    Ok(Some(c.sentence("towns", &args, support)?))
}

struct Match<'c> {
    evidence: &'c Evidence,
    date: Period,
    goals: (u16, u16),
    tournament: &'c str,
    city: &'c str,
    /// The teams' own names, of the first and the second country, where they are not the
    /// countries' (England).
    teams: (&'c str, &'c str),
}

fn matches<'c>(c: &'c Composer<'_>) -> Vec<Match<'c>> {
    let first: Country = c.a().code;
    let mut out: Vec<_> = c
        .dossier
        .events(EventKind::Sport)
        .filter_map(|(evidence, event)| match &event.details {
            EventDetails::Match {
                home,
                home_name,
                away_name,
                home_goals,
                away_goals,
                tournament,
                city,
                ..
            } => {
                let at_home = *home == first;
                let goals = if at_home {
                    (*home_goals, *away_goals)
                } else {
                    (*away_goals, *home_goals)
                };
                let teams: (&str, &str) = if at_home {
                    (home_name, away_name)
                } else {
                    (away_name, home_name)
                };
                Some(Match {
                    evidence,
                    date: event.date?,
                    goals,
                    tournament,
                    city,
                    teams,
                })
            }
            _ => None,
        })
        .collect();
    out.sort_by_key(|m| (m.date, m.evidence.id.clone()));
    out
}

fn football(c: &Composer<'_>, told: &mut Told) -> Result<Vec<Sentence>> {
    let all = matches(c);
    let Some(last) = all.last() else {
        return Ok(Vec::new());
    };
    let count = |test: fn(&Match<'_>) -> bool| -> i64 {
        all.iter()
            .filter(|m| test(m))
            .count()
            .try_into()
            .unwrap_or(0)
    };
    let won = count(|m| m.goals.0 > m.goals.1);
    let lost = count(|m| m.goals.0 < m.goals.1);
    let drawn = count(|m| m.goals.0 == m.goals.1);
    let n = all.len();
    let mut support: Vec<_> = all.iter().map(|m| by(m.evidence)).collect();
    let counted = bilat_analyse::ties::football(c.dossier.pair, &c.dossier.evidence);
    support.extend(counted.ok().map(|v| c.indicator(&v)));
    let sweep = match (won, lost, drawn) {
        (_, 0, 0) => "a",
        (0, _, 0) => "b",
        (0, 0, _) => "drawn",
        _ => "mixed",
    };
    // One sentence tells one match; several are counted, and the last is told after.
    let several = n > 1;
    let args = c
        .args()
        .number("n", n.try_into().unwrap_or(0))
        .text("count", c.wording.words(i64::try_from(n).unwrap_or(0))?)
        .text("since", all[0].date.first().year().to_string())
        .text("sweep", sweep)
        .number("won", won)
        .text("won-count", c.wording.words(won)?)
        .number("lost", lost)
        .text("lost-count", c.wording.words(lost)?)
        .number("drawn", drawn)
        .text("drawn-count", c.wording.words(drawn)?);
    let mut out = Vec::new();
    if several {
        let s = c.sentence("football", &args, support)?;
        if let Some(standing) = c.dossier.standing("football").filter(|_| n >= 30) {
            told.lead(c.salience.of(standing), lead_of(c, "football", &s));
        }
        out.push(s);
    }
    let result = match last.goals {
        (x, y) if x > y => "won",
        (x, y) if x < y => "lost",
        _ => "drawn",
    };
    let (high, low) = (
        last.goals.0.max(last.goals.1),
        last.goals.0.min(last.goals.1),
    );
    let tournament = if last.tournament == "Friendly" {
        "friendly"
    } else {
        "other"
    };
    let args = c
        .dated(c.args(), "date", last.date)?
        .text("result", result)
        .text("score", format!("{high}–{low}"))
        .text("tournament-kind", tournament)
        .text("tournament", last.tournament)
        .text("city", last.city)
        .text("team-a", c.team(c.a(), last.teams.0))
        .text("team-b", c.team(c.b(), last.teams.1));
    let message = if several {
        "football-last"
    } else {
        "football-only"
    };
    out.push(c.sentence(message, &args, vec![by(last.evidence)])?);
    Ok(out)
}
