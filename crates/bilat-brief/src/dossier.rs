//! What the composer works from: everything known about a pair, and the world around it.

use std::collections::BTreeMap;

use bilat_analyse::Votes;
use bilat_model::evidence::{Event, EventKind, Figure, Measure, Tie, TieKind};
use bilat_model::profile::{Outline, Product, Profile};
use bilat_model::source::{Card, SourceId, Vintage};
use bilat_model::standing::{AgreementMean, Standing};
use bilat_model::{Country, Evidence, Pair, Period, Registry, Statement};

use crate::documents::Documents;

/// One of the two countries: what is known of it, and how it votes.
#[derive(Clone, Debug)]
pub struct Party {
    /// What is known of it.
    pub profile: Profile,
    /// How it votes on average, by year.
    pub means: Vec<AgreementMean>,
}

/// What does not depend on the pair.
pub struct World {
    /// Countries and their names.
    pub registry: Registry,
    /// The cards of the sources.
    pub cards: Vec<Card>,
    /// The files in use.
    pub vintages: Vec<Vintage>,
    /// Nomenclatures.
    pub products: Vec<Product>,
    /// All outlines, as the ground of maps.
    pub outlines: Vec<Outline>,
    /// Roll calls and the votes of at least the two countries of every dossier composed with it.
    pub votes: Votes,
}

impl World {
    /// The card of a source.
    #[must_use]
    pub fn card(&self, source: &SourceId) -> Option<&Card> {
        self.cards.iter().find(|c| c.id == *source)
    }

    /// The newest state of any source in use: the day that "now" stands for.
    #[must_use]
    pub fn newest(&self) -> Option<Period> {
        self.vintages
            .iter()
            .map(|v| v.vintage)
            .max_by_key(Period::last)
    }
}

/// Everything known about a pair.
pub struct Dossier<'a> {
    /// What does not depend on it.
    pub world: &'a World,
    /// The pair.
    pub pair: Pair,
    /// The two, in the order of the pair.
    pub sides: [&'a Party; 2],
    /// All evidence, in the order of the snapshot.
    pub evidence: Vec<Evidence>,
    /// Where the pair stands among others.
    pub standings: Vec<Standing>,
    /// What the user's documents tell of it; nothing without a workspace.
    pub documents: Documents,
}

impl Dossier<'_> {
    /// The dossier as it stood on the last day of `day`: nothing that is dated later, and no
    /// document that was published or met later.
    #[must_use]
    pub fn as_of(mut self, day: Period) -> Self {
        let last = day.last();
        self.evidence.retain(|e| match &e.statement {
            Statement::Figure(f) => f.period.is_none_or(|p| p.last() <= last),
            Statement::Told(f) => f.period.is_none_or(|p| p.last() <= last),
            Statement::Event(e) => e.date.is_none_or(|p| p.first() <= last),
            Statement::Tie(t) => [t.since, t.as_of]
                .iter()
                .flatten()
                .all(|p| p.first() <= last),
        });
        self.standings
            .retain(|s| s.period.is_none_or(|p| p.last() <= last));
        self.documents = self.documents.as_of(last);
        self
    }

    /// The side of a country of the pair.
    #[must_use]
    pub fn side(&self, country: Country) -> &Party {
        self.sides[usize::from(country == self.pair.b())]
    }

    /// Figures of a measure, with their evidence.
    pub fn figures(&self, measure: Measure) -> impl Iterator<Item = (&Evidence, &Figure)> {
        self.evidence
            .iter()
            .filter_map(move |e| match &e.statement {
                Statement::Figure(f) if f.measure == measure => Some((e, f)),
                _ => None,
            })
    }

    /// Ties of a kind, with their evidence.
    pub fn ties(&self, kind: TieKind) -> impl Iterator<Item = (&Evidence, &Tie)> {
        self.evidence
            .iter()
            .filter_map(move |e| match &e.statement {
                Statement::Tie(t) if t.kind == kind => Some((e, t)),
                _ => None,
            })
    }

    /// Events of a kind, with their evidence.
    pub fn events(&self, kind: EventKind) -> impl Iterator<Item = (&Evidence, &Event)> {
        self.evidence
            .iter()
            .filter_map(move |e| match &e.statement {
                Statement::Event(v) if v.kind == kind => Some((e, v)),
                _ => None,
            })
    }

    /// The latest figure of a measure in a direction, all goods; of equal periods the first.
    #[must_use]
    pub fn latest(
        &self,
        measure: Measure,
        from: Country,
        to: Country,
    ) -> Option<(&Evidence, &Figure)> {
        let all = self.figures(measure).filter(|(_, f)| {
            f.from == from && f.to == to && f.product.is_none() && f.period.is_some()
        });
        all.fold(
            None,
            |best: Option<(&Evidence, &Figure)>, next| match best {
                Some(b) if b.1.period >= next.1.period => Some(b),
                _ => Some(next),
            },
        )
    }

    /// Where the pair stands on an indicator.
    #[must_use]
    pub fn standing(&self, indicator: &str) -> Option<&Standing> {
        self.standings.iter().find(|s| s.indicator == indicator)
    }

    /// The headings of a nomenclature by code.
    #[must_use]
    pub fn headings(&self, nomenclature: &str) -> BTreeMap<&str, &Product> {
        let all = self.world.products.iter();
        all.filter(|p| p.nomenclature == nomenclature)
            .map(|p| (p.code.as_str(), p))
            .collect()
    }
}
