//! Events and ties that documents alone tell: consultations, sessions, forums, support, meetings,
//! culture, sport, memorials, and what stands between the two.

use std::collections::BTreeMap;

use bilat_model::evidence::{EventKind, Evidence, Statement, TieDetails, TieKind};

use super::short;
use crate::brief::{Sentence, Support};
use crate::compose::acts::{Act, Subject};
use crate::compose::history::{dates, support};
use crate::compose::{Composer, Result, by};
use crate::wording::Args;

/// Up to so many places or bodies are named.
const NAMED: usize = 4;

/// What happened of a kind, in documents.
fn of<'c, 'a>(c: &'c Composer<'a>, kind: EventKind) -> Vec<&'c Act<'a>> {
    let all = c.acts.iter().filter(|a| a.documented && !a.planned);
    all.filter(|a| a.kind == kind && a.subject == Subject::Plain)
        .collect()
}

/// Consultations, sessions, forums, meetings and support; then what stands between the two.
pub(crate) fn politics(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    for kind in [
        EventKind::Consultations,
        EventKind::CommissionSession,
        EventKind::Forum,
        EventKind::Meeting,
        EventKind::Support,
    ] {
        out.extend(sentence(c, kind)?);
    }
    out.extend(ties(c)?);
    Ok(out)
}

/// Cultural and sport events.
pub(crate) fn culture(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    for kind in [EventKind::Culture, EventKind::Sport] {
        out.extend(sentence(c, kind)?);
    }
    Ok(out)
}

/// Memorials and anniversaries.
pub(crate) fn memory(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    for kind in [EventKind::Memorial, EventKind::Anniversary] {
        out.extend(sentence(c, kind)?);
    }
    Ok(out)
}

fn sentence(c: &Composer<'_>, kind: EventKind) -> Result<Option<Sentence>> {
    let all = of(c, kind);
    if all.is_empty() {
        return Ok(None);
    }
    let args = c
        .counted(c.args(), "n", all.len())?
        .text("kind", kind.code())
        .text("when", c.when(&dates(&all))?);
    let dated = all.iter().filter(|a| a.date.is_some()).count();
    let args = args.text(
        "dated",
        match dated {
            0 => "none",
            n if n == all.len() => "all",
            _ => "some",
        },
    );
    // Where no town is told, the country is.
    let towns: Vec<&str> = all.iter().flat_map(|a| a.places.iter().copied()).collect();
    let hosts = all.iter().filter_map(|a| a.host).map(|h| c.forms(h).name());
    let places: Vec<&str> = if towns.is_empty() {
        hosts.collect()
    } else {
        towns
    };
    let args = named(c, args, "places", places.into_iter())?;
    let args = named(
        c,
        args,
        "bodies",
        all.iter().flat_map(|a| a.bodies.iter().copied()),
    )?;
    let args = told_by(c, args, &all)?;
    let name = format!("told-{}", kind.code().replace('_', "-"));
    Ok(Some(c.sentence_as(
        &name,
        "told-event",
        &args,
        support(&all),
    )?))
}

/// How many independent documents tell a single event.
fn told_by(c: &Composer<'_>, args: Args, all: &[&Act<'_>]) -> Result<Args> {
    let origins = match all {
        [one] => c.dossier.documents.origins(one.evidence.iter().copied()),
        _ => 1,
    };
    c.counted(args, "origins", origins)
}

/// `$NAME` as a list of different names, `$NAME-n` how many.
fn named<'x>(
    c: &Composer<'_>,
    args: Args,
    name: &str,
    all: impl Iterator<Item = &'x str>,
) -> Result<Args> {
    let mut names: Vec<String> = Vec::new();
    for text in all.map(short) {
        if !text.is_empty() && !names.contains(&text) {
            names.push(text);
        }
    }
    names.truncate(NAMED);
    let n = i64::try_from(names.len()).unwrap_or(0);
    Ok(args
        .text(name, c.wording.list(&names))
        .number(&format!("{name}-n"), n))
}

/// Kinds of ties with a name of their own; embassies, visas and memberships the statistics tell.
const TIES: [TieKind; 5] = [
    TieKind::StrategicPartnership,
    TieKind::Commission,
    TieKind::FriendshipGroup,
    TieKind::BusinessClub,
    TieKind::SisterCity,
];

/// What stands between the two, in one sentence.
fn ties(c: &Composer<'_>) -> Result<Option<Sentence>> {
    let mut found: BTreeMap<usize, Vec<&Evidence>> = BTreeMap::new();
    for evidence in c.dossier.documents.evidence() {
        if let Statement::Tie(tie) = &evidence.statement
            && matches!(tie.details, TieDetails::Told(_))
            && let Some(at) = TIES.iter().position(|k| *k == tie.kind)
        {
            found.entry(at).or_default().push(evidence);
        }
    }
    let mut items = Vec::new();
    let mut support: Vec<Support> = Vec::new();
    for (at, evidence) in &found {
        let since = evidence.iter().filter_map(|e| match &e.statement {
            Statement::Tie(t) => t.since,
            _ => None,
        });
        let since = since.min();
        let args = Args::new()
            .text("kind", TIES[*at].code())
            .text("dated", if since.is_some() { "yes" } else { "no" })
            .text(
                "since",
                since
                    .map(|p| c.wording.period(p))
                    .transpose()?
                    .unwrap_or_default(),
            );
        items.push(c.wording.say("told-tie", &args)?);
        support.extend(evidence.iter().map(|e| by(e)));
    }
    if items.is_empty() {
        return Ok(None);
    }
    let args = c.args().text("items", c.wording.list(&items));
    Ok(Some(c.sentence("told-ties", &args, support)?))
}
