//! The lead: who they are to each other, in three sentences chosen by salience.

use bilat_model::Decimal;
use bilat_model::evidence::{Measure, TieKind};

use super::{Composer, Lead, Result, by};
use crate::brief::{Block, Section, SectionId, Sentence};

/// How many sentences a lead has.
const SENTENCES: usize = 3;

/// The lead: where they lie to each other always comes in, the rest by salience; told in the
/// order of the outline, not of salience, so that it reads from the general to the particular.
pub(super) fn choose(c: &Composer<'_>, leads: Vec<Lead>) -> Result<Section> {
    let mut all: Vec<(usize, Lead)> = leads.into_iter().enumerate().collect();
    all.sort_by(|(i, x), (j, y)| y.salience.cmp(&x.salience).then(i.cmp(j)));
    let place = place(c)?;
    all.truncate(SENTENCES - usize::from(place.is_some()));
    all.retain(|(_, l)| l.salience > Decimal::ZERO);
    all.sort_by_key(|(i, _)| *i);
    let mut sentences: Vec<Sentence> = place.into_iter().collect();
    sentences.extend(all.into_iter().map(|(_, l)| l.sentence));
    let blocks = if sentences.is_empty() {
        Vec::new()
    } else {
        vec![Block::Paragraph { sentences }]
    };
    Ok(Section {
        id: SectionId::Lead,
        heading: None,
        blocks,
    })
}

/// Neighbours, or how far apart.
fn place(c: &Composer<'_>) -> Result<Option<Sentence>> {
    let (a, b) = (c.dossier.pair.a(), c.dossier.pair.b());
    let distance = c.dossier.figures(Measure::DistanceCapitals).next();
    let border = c.dossier.ties(TieKind::Border).next();
    let regions = [a, b].map(|x| c.dossier.side(x).profile.info.subregion.clone());
    let args = c.args().text(
        "same-region",
        if regions[0] == regions[1] && regions[0].is_some() {
            "yes"
        } else {
            "no"
        },
    );
    Ok(match (border, distance) {
        (Some((e, _)), d) => {
            let mut support = vec![by(e)];
            support.extend(d.map(|(e, _)| by(e)));
            let km = d.map_or(String::new(), |(_, f)| c.wording.count(f.value));
            let args = args
                .text("km", km)
                .text("known", if d.is_some() { "yes" } else { "no" });
            Some(c.sentence("lead-neighbours", &args, support)?)
        }
        (None, Some((e, f))) => {
            let args = args.text("km", c.wording.count(f.value));
            Some(c.sentence("lead-distance", &args, vec![by(e)])?)
        }
        (None, None) => None,
    })
}
