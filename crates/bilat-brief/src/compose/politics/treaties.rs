//! Alliances and treaties.

use bilat_model::Period;
use bilat_model::evidence::{TieDetails, TieKind};

use crate::brief::Sentence;
use crate::compose::{Composer, Result, Told, by};
use crate::wording::Args;

pub(super) fn alliance(c: &Composer<'_>, told: &mut Told) -> Result<Vec<Sentence>> {
    let standing = c
        .dossier
        .ties(TieKind::Alliance)
        .filter(|(_, t)| t.until.is_none());
    let mut words = Vec::new();
    let mut support = Vec::new();
    let mut defence_pact = false;
    let mut as_of = None;
    for (evidence, tie) in standing {
        let TieDetails::Alliance {
            defence,
            offence,
            neutrality,
            nonaggression,
            consultation,
        } = tie.details
        else {
            continue;
        };
        defence_pact |= defence;
        as_of = as_of.max(tie.as_of);
        for (has, word) in [
            (defence, "alliance-defence"),
            (offence, "alliance-offence"),
            (neutrality, "alliance-neutrality"),
            (nonaggression, "alliance-nonaggression"),
            (consultation, "alliance-consultation"),
        ] {
            if has && !words.contains(&word) {
                words.push(word);
            }
        }
        support.push(by(evidence));
    }
    if words.is_empty() {
        return Ok(Vec::new());
    }
    words.sort_by_key(|w| {
        [
            "alliance-defence",
            "alliance-offence",
            "alliance-neutrality",
            "alliance-nonaggression",
            "alliance-consultation",
        ]
        .iter()
        .position(|x| x == w)
    });
    let mut names = Vec::new();
    for w in words {
        names.push(c.wording.say(w, &Args::new())?);
    }
    let year = as_of.map_or(String::new(), |p: Period| p.last().year().to_string());
    let args = c
        .args()
        .text("promises", c.wording.list(&names))
        .text("year", year);
    let sentence = c.sentence("alliance", &args, support)?;
    if defence_pact {
        let lead = c.sentence("lead-alliance", &args, sentence.support.clone())?;
        told.lead(c.salience.weight("alliance_defence"), lead);
    }
    Ok(vec![sentence])
}

pub(super) fn treaties(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    let all: Vec<_> = c
        .dossier
        .ties(TieKind::Treaty)
        .filter_map(|(e, t)| match &t.details {
            TieDetails::Treaty {
                type_name,
                status,
                signed,
                in_force,
                bilateral,
            } => Some((
                e,
                t,
                type_name.as_str(),
                status.as_str(),
                *signed,
                *in_force,
                *bilateral,
            )),
            _ => None,
        })
        .collect();
    let investment: Vec<_> = all
        .iter()
        .filter(|x| x.2.contains("investment treaty") && x.6)
        .collect();
    if let Some((e, t, _, status, signed, in_force, _)) = investment.iter().max_by_key(|x| {
        (
            x.1.until.is_none(),
            x.5.is_some(),
            x.4,
            std::cmp::Reverse(&x.0.id),
        )
    }) {
        let support = vec![by(e)];
        let args = c.args();
        let sentence = match (t.until, in_force, signed) {
            (Some(until), ..) => c.sentence(
                "investment-treaty-ended",
                &c.dated(args, "date", until)?,
                support,
            )?,
            (None, Some(since), _) => c.sentence(
                "investment-treaty",
                &c.dated(args, "date", *since)?,
                support,
            )?,
            (None, None, Some(signed))
                if status.to_lowercase().contains("not in force")
                    || status.to_lowercase().contains("signed") =>
            {
                c.sentence(
                    "investment-treaty-signed",
                    &c.dated(args, "date", *signed)?,
                    support,
                )?
            }
            _ => c.sentence("investment-treaty-known", &args, support)?,
        };
        out.push(sentence);
    }
    let trade: Vec<_> = all
        .iter()
        .filter(|x| x.2.contains("trade agreement") && x.1.until.is_none())
        .collect();
    if !trade.is_empty() {
        let mut names: Vec<(Option<Period>, String)> = trade
            .iter()
            .map(|x| (x.4.or(x.1.since), x.1.what.clone()))
            .collect();
        names.sort_by(|x, y| y.cmp(x));
        let latest = &names[0];
        let year = latest
            .0
            .map_or(String::new(), |p| p.first().year().to_string());
        let args = c
            .args()
            .number("n", trade.len().try_into().unwrap_or(0))
            .text(
                "count",
                c.wording.words(i64::try_from(trade.len()).unwrap_or(0))?,
            )
            .text("latest", latest.1.clone())
            .text("year-known", if year.is_empty() { "no" } else { "yes" })
            .text("year", year);
        let support = trade.iter().map(|x| by(x.0)).collect();
        out.push(c.sentence("trade-agreements", &args, support)?);
    }
    Ok(out)
}
