//! Events and ties that documents alone tell: consultations, sessions, forums, support, meetings,
//! culture, sport, memorials, and what stands between the two.

use std::collections::BTreeMap;

use bilat_model::Country;
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
    ] {
        out.extend(sentence(c, kind)?);
    }
    out.extend(support_sentences(c)?);
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
    about(c, kind, None, &of(c, kind))
}

/// Support, a sentence for each side that gives it; what is told without a side comes last.
fn support_sentences(c: &Composer<'_>) -> Result<Vec<Sentence>> {
    let all = of(c, EventKind::Support);
    let mut out = Vec::new();
    for side in [Some(c.a().code), Some(c.b().code), None] {
        let of_side: Vec<_> = all.iter().copied().filter(|a| a.by == side).collect();
        out.extend(about(c, EventKind::Support, side, &of_side)?);
    }
    Ok(out)
}

/// What is told of a kind in a sentence; `side` is who acts for the other.
fn about(
    c: &Composer<'_>,
    kind: EventKind,
    side: Option<Country>,
    all: &[&Act<'_>],
) -> Result<Option<Sentence>> {
    if all.is_empty() {
        return Ok(None);
    }
    let (x, y) = match side {
        Some(side) if side == c.b().code => (side, c.a().code),
        _ => (c.a().code, c.b().code),
    };
    let args = c
        .counted(c.args_xy(x, y), "n", all.len())?
        .text("kind", kind.code())
        .text("side", if side.is_some() { "known" } else { "unknown" })
        .text("when", c.when(&dates(all))?);
    let dated = all.iter().filter(|a| a.date.is_some()).count();
    let args = share(args, "dated", dated, all.len());
    let args = places(c, args, all)?;
    // Consultations are the ministries', which the sentence says already.
    let bodies = all.iter().filter(|_| kind != EventKind::Consultations);
    let args = named(
        c,
        args,
        "bodies",
        bodies.flat_map(|a| a.bodies.iter().copied()),
    )?;
    let args = told_by(c, args, all)?;
    let mut name = format!("told-{}", kind.code().replace('_', "-"));
    if let Some(side) = side {
        name.push_str(&format!("-{side}"));
    }
    Ok(Some(c.sentence_as(
        &name,
        "told-event",
        &args,
        support(all),
    )?))
}

/// `$NAME` is `none`, `some` or `all`, `$NAME-n` how many.
fn share(args: Args, name: &str, n: usize, of: usize) -> Args {
    let word = match n {
        0 => "none",
        n if n == of => "all",
        _ => "some",
    };
    let n = i64::try_from(n).unwrap_or(0);
    args.text(name, word).number(&format!("{name}-n"), n)
}

/// Where it was: towns, or countries where no town is told.
fn places(c: &Composer<'_>, args: Args, all: &[&Act<'_>]) -> Result<Args> {
    let in_towns = all.iter().filter(|a| !a.places.is_empty()).count();
    let hosted = all.iter().filter(|a| a.host.is_some()).count();
    let places: Vec<&str> = match in_towns {
        0 => {
            let hosts = all.iter().filter_map(|a| a.host);
            hosts.map(|h| c.forms(h).name()).collect()
        }
        _ => all.iter().flat_map(|a| a.places.iter().copied()).collect(),
    };
    let n = if in_towns > 0 { in_towns } else { hosted };
    let args = share(args, "placed", n, all.len());
    named(c, args, "places", places.into_iter())
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
