//! Shared memory: a common state, a colonial past, a common coloniser.

use bilat_model::evidence::TieKind;
use bilat_model::registry::{CountryInfo, Status};

use super::{Composer, Result, Told, by, documents};
use crate::brief::{Sentence, Support};

pub(super) fn tell(c: &Composer<'_>) -> Result<Told> {
    let mut told = Told::new();
    let mut out = common_state(c, &mut told)?;
    let colony = c.dossier.ties(TieKind::Colony).next();
    if let Some((e, t)) = colony {
        // The source itself gives no direction; `what` says where the reader knows it.
        let (message, args) = match t.what.as_str() {
            "coloniser to colony" => ("colony-directed", c.args_xy(t.from, t.to)),
            _ => ("colony", c.args()),
        };
        let s = c.sentence(message, &args, vec![by(e)])?;
        told.lead(c.salience.weight("colony"), lead_of(c, "colony", &s));
        out.push(s);
    }
    if let Some((e, _)) = c.dossier.ties(TieKind::SameCountry).next()
        && out.is_empty()
    {
        out.push(c.sentence("same-country", &c.args(), vec![by(e)])?);
    }
    if let Some((e, _)) = c.dossier.ties(TieKind::CommonColonizer).next()
        && colony.is_none()
        && out.is_empty()
    {
        out.push(c.sentence("common-coloniser", &c.args(), vec![by(e)])?);
    }
    if out.is_empty() {
        let absent = c.absence("colony", &["distance", "countries"]);
        out.push(c.sentence("memory-none", &c.args(), vec![absent])?);
    }
    told.paragraph(out);
    told.paragraph(documents::memory(c)?);
    Ok(told)
}

fn lead_of(c: &Composer<'_>, name: &str, sentence: &Sentence) -> Sentence {
    sentence.again(format!("{}:lead-{name}", c.dossier.pair))
}

/// Former states that both come from.
fn common_state(c: &Composer<'_>, told: &mut Told) -> Result<Vec<Sentence>> {
    let (a, b) = (c.a().code, c.b().code);
    let is_common = |i: &&CountryInfo| {
        i.status == Status::Former && i.successors.contains(&a) && i.successors.contains(&b)
    };
    let mut out = Vec::new();
    for former in c.dossier.world.registry.countries().filter(is_common) {
        let forms = c.wording.country(&c.dossier.world.registry, former.code);
        let support = vec![Support::Record {
            id: format!("{}:countries", former.code),
            citation: former.citation.clone(),
        }];
        let args = c.args().country("state", &forms);
        let s = match former.until {
            Some(until) => c.sentence_as(
                &format!("common-state-{}", former.code),
                "common-state",
                &c.dated(args, "until", until)?,
                support,
            )?,
            None => continue,
        };
        told.lead(
            c.salience.weight("common_state"),
            lead_of(c, &format!("common-state-{}", former.code), &s),
        );
        out.push(s);
    }
    Ok(out)
}
