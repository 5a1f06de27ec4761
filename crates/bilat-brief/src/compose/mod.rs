//! From a dossier to a brief.
//!
//! Each section is a module with one entrance that takes the `Composer` and gives a
//! `Told`: the section and what of it could open the brief. The lead is chosen last, by
//! salience, from what the sections offer.

mod acts;
mod business;
mod culture;
mod documents;
mod figures;
mod history;
mod lead;
mod map;
mod memory;
mod missions;
mod open;
mod people;
mod planned;
mod politics;
mod relations;
mod science;
mod timeline;
mod trade;
mod visits;
mod votes;

use bilat_analyse::Computed;
use bilat_model::evidence::Evidence;
use bilat_model::source::SourceId;
use bilat_model::standing::Standing;
use bilat_model::{Country, Decimal, Period};

use crate::brief::{Block, Brief, Labels, Section, SectionId, Sentence, Support, Unsupported};
use crate::dossier::Dossier;
use crate::salience::Salience;
use crate::wording::{Args, Forms, Wording, WordingError};

/// The form of a brief as JSON.
pub const SCHEMA: u32 = 1;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Told from this side: its name, exports and missions first.
    pub viewpoint: Option<Country>,
    /// Told as of this day.
    pub as_of: Option<Period>,
    /// Only these sections; all when empty.
    pub sections: Vec<SectionId>,
}

/// Why a brief could not be composed. None of these depends on the data of a pair.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// A wording file lacks something.
    #[error(transparent)]
    Wording(#[from] WordingError),
    /// A sentence would have rested on nothing.
    #[error(transparent)]
    Unsupported(#[from] Unsupported),
}

/// A sentence that could open the brief.
pub(crate) struct Lead {
    /// How much it deserves it, 0 to 1.
    pub(crate) salience: Decimal,
    /// The sentence.
    pub(crate) sentence: Sentence,
}

/// What a section gives.
pub(crate) struct Told {
    /// Its blocks; a section without any is told in one line.
    pub(crate) blocks: Vec<Block>,
    /// What could open the brief.
    pub(crate) leads: Vec<Lead>,
}

impl Told {
    pub(crate) fn new() -> Self {
        Self {
            blocks: Vec::new(),
            leads: Vec::new(),
        }
    }

    /// Adds a paragraph, if there is anything to say.
    pub(crate) fn paragraph(&mut self, sentences: Vec<Sentence>) {
        if !sentences.is_empty() {
            self.blocks.push(Block::Paragraph { sentences });
        }
    }

    /// Offers a sentence for the lead.
    pub(crate) fn lead(&mut self, salience: Decimal, sentence: Sentence) {
        self.leads.push(Lead { salience, sentence });
    }
}

/// One of the two, as the brief speaks of it.
pub(crate) struct Side {
    pub(crate) code: Country,
    pub(crate) forms: Forms,
}

/// What all sections work with.
pub(crate) struct Composer<'a> {
    pub(crate) dossier: &'a Dossier<'a>,
    pub(crate) wording: &'a Wording,
    pub(crate) salience: &'a Salience,
    /// The two, in the order in which they are told.
    pub(crate) sides: [Side; 2],
    /// Whether it is told from the side of the first.
    pub(crate) one_sided: bool,
    /// The day that "now" stands for.
    pub(crate) today: Option<Period>,
    /// The day that the brief is told as of, if one was asked for.
    pub(crate) as_of: Option<Period>,
    /// What happened or is planned, by sources and documents.
    pub(crate) acts: Vec<acts::Act<'a>>,
    /// Figures that documents tell.
    pub(crate) facts: Vec<documents::Fact<'a>>,
}

/// Result of composing a part.
pub(crate) type Result<T> = std::result::Result<T, ComposeError>;

/// The support of evidence.
pub(crate) fn by(evidence: &Evidence) -> Support {
    Support::Evidence {
        id: evidence.id.clone(),
        citation: evidence.citation.clone(),
    }
}

/// The support of something computed.
pub(crate) fn computed(id: impl Into<String>, sources: &[SourceId]) -> Support {
    let mut sources = sources.to_vec();
    sources.sort();
    sources.dedup();
    Support::Indicator {
        id: id.into(),
        sources,
    }
}

impl Composer<'_> {
    /// The two countries.
    pub(crate) fn a(&self) -> &Side {
        &self.sides[0]
    }

    /// The second as told.
    pub(crate) fn b(&self) -> &Side {
        &self.sides[1]
    }

    /// How a country of the pair is spoken of.
    pub(crate) fn forms(&self, code: Country) -> &Forms {
        let second = self.sides[1].code == code;
        &self.sides[usize::from(second)].forms
    }

    /// Values with both countries in them: `$a`, `$b` and their forms.
    pub(crate) fn args(&self) -> Args {
        Args::new()
            .country("a", &self.a().forms)
            .country("b", &self.b().forms)
    }

    /// Values with the two in an order of their own: `$x`, `$y` and their forms.
    pub(crate) fn args_xy(&self, x: Country, y: Country) -> Args {
        self.args()
            .country("x", self.forms(x))
            .country("y", self.forms(y))
    }

    /// A sentence of a message.
    pub(crate) fn sentence(
        &self,
        message: &str,
        args: &Args,
        support: Vec<Support>,
    ) -> Result<Sentence> {
        self.sentence_as(message, message, args, support)
    }

    /// A sentence of a message under a name of its own, for messages told more than once.
    pub(crate) fn sentence_as(
        &self,
        name: &str,
        message: &str,
        args: &Args,
        support: Vec<Support>,
    ) -> Result<Sentence> {
        let text = self.wording.sentence(message, args)?;
        Ok(Sentence::new(
            format!("{}:{name}", self.dossier.pair),
            text,
            support,
        )?)
    }

    /// That something was searched for and not found.
    pub(crate) fn absence(&self, what: &str, sources: &[&str]) -> Support {
        let known = sources.iter().map(|s| SourceId::new(s));
        let sources = known
            .filter(|s| self.dossier.world.card(s).is_some())
            .collect();
        Support::Absence {
            what: what.to_owned(),
            sources,
        }
    }

    /// A period in words, with the word that tells which preposition goes with it:
    /// `$NAME` and `$NAME-form` (`day` or `other`).
    pub(crate) fn dated(&self, args: Args, name: &str, period: Period) -> Result<Args> {
        let form = if matches!(period, Period::Day(_)) {
            "day"
        } else {
            "other"
        };
        Ok(args
            .text(name, self.wording.period(period)?)
            .text(&format!("{name}-form"), form))
    }

    /// An ordinal number: `$NAME` as a number and `$NAME-ordinal` as text ("first", "47th").
    pub(crate) fn ordinal(&self, args: Args, name: &str, n: u16) -> Result<Args> {
        let category = self.wording.ordinal_category(n);
        let inner = Args::new()
            .text("n", n.to_string())
            .number("number", n.into())
            .text("category", category);
        let text = self.wording.say("ordinal", &inner)?;
        Ok(args
            .number(name, n.into())
            .text(&format!("{name}-ordinal"), text))
    }

    /// The support of a computed value.
    pub(crate) fn indicator(&self, value: &Computed) -> Support {
        computed(value.id.to_string(), &value.sources())
    }

    /// The support of a place among others.
    pub(crate) fn place(&self, standing: &Standing) -> Option<Support> {
        let mut support = self.indicator(&bilat_analyse::standing::computed(standing)?);
        // A place is computed over all pairs, so that no single record stands behind it: the
        // sources are those that the pair's own value comes from.
        if let Support::Indicator { sources, .. } = &mut support {
            let base = standing.indicator.split('_').next().unwrap_or_default();
            sources.extend(self.sources_of(base));
        }
        Some(support)
    }

    /// The sources of the pair's evidence that a standing of this kind draws on.
    fn sources_of(&self, indicator: &str) -> Vec<SourceId> {
        let names: &[&str] = match indicator {
            "turnover" | "exports" | "imports" => &["trade_dots"],
            "un" => &["unga"],
            "works" => &["coauthorship"],
            "migrants" => &["migration"],
            "refugees" => &["refugees"],
            "remittances" => &["remittances"],
            "fdi" => &["fdi"],
            "routes" | "flights" => &["air_routes"],
            "twin" => &["twin_towns"],
            "football" => &["football"],
            _ => &[],
        };
        names.iter().map(|n| SourceId::new(n)).collect()
    }

    /// Where the partner stands among the partners of `of`, by the books of `of` where it has a
    /// place there, else by both: rank, number of partners, and the standing.
    pub(crate) fn rank_of_partner(&self, of: Country) -> Option<(u16, u16, &Standing)> {
        let first = of == self.dossier.pair.a();
        let own = if first {
            "turnover_books_a"
        } else {
            "turnover_books_b"
        };
        [own, "turnover"].iter().find_map(|code| {
            let s = self.dossier.standing(code)?;
            let (rank, all) = if first {
                (s.rank_a, s.of_a)
            } else {
                (s.rank_b, s.of_b)
            };
            (all > 0).then_some((rank, all, s))
        })
    }

    /// What a team is called: its own name where it differs from the country's.
    pub(crate) fn team(&self, side: &Side, own: &str) -> String {
        let known = self.dossier.world.registry.name(own) == Some(side.code);
        if own.is_empty() || known {
            side.forms.name().to_owned()
        } else {
            own.to_owned()
        }
    }

    /// The line under a chart: its sources with their states.
    pub(crate) fn source_line(&self, sources: &[SourceId]) -> Result<String> {
        let mut seen: Vec<&SourceId> = Vec::new();
        let mut names = Vec::new();
        for source in sources {
            let Some(card) = self.dossier.world.card(source) else {
                continue;
            };
            if seen.contains(&source) {
                continue;
            }
            seen.push(source);
            let args = Args::new()
                .text("source", card.short.clone())
                .text("vintage", self.vintage(&source.0)?);
            names.push(self.wording.say("source-and-vintage", &args)?);
        }
        let args = Args::new().text("sources", self.wording.list(&names));
        Ok(self.wording.sentence("source-line", &args)?)
    }

    /// Whether a period had ended by the day that the brief is told as of.
    pub(crate) fn before(&self, period: Period) -> bool {
        self.as_of.is_none_or(|day| period.last() <= day.last())
    }

    /// Whether a source's state was known on the day that the brief is told as of: what such a
    /// source lacks is then worth telling.
    pub(crate) fn knew(&self, source: &str) -> bool {
        let Some(day) = self.as_of else { return true };
        let id = SourceId::new(source);
        let state = self.dossier.world.vintages.iter().find(|v| v.source == id);
        state.is_none_or(|v| v.vintage.first() <= day.last())
    }

    /// The day of a source's state, in words.
    pub(crate) fn vintage(&self, source: &str) -> Result<String> {
        let id = SourceId::new(source);
        let vintages = &self.dossier.world.vintages;
        let period = vintages
            .iter()
            .find(|v| v.source == id)
            .map(|v| v.vintage)
            .or_else(|| self.dossier.world.card(&id).map(|c| c.vintage));
        Ok(match period {
            Some(p) => self.wording.period(p)?,
            None => String::new(),
        })
    }
}

/// Composes the brief of a dossier.
///
/// The same dossier, wording and options give the same brief, to the byte.
///
/// # Errors
/// [`ComposeError`] when a wording file lacks a message or a value: never because of what is or
/// is not known of the pair.
pub fn compose(
    dossier: &Dossier<'_>,
    wording: &Wording,
    salience: &Salience,
    options: &Options,
) -> Result<Brief> {
    let registry = &dossier.world.registry;
    let side = |code| Side {
        code,
        forms: wording.country(registry, code),
    };
    let first = options
        .viewpoint
        .filter(|v| dossier.pair.has(*v))
        .unwrap_or(dossier.pair.a());
    let second = dossier.pair.other(first).unwrap_or(dossier.pair.b());
    let composer = Composer {
        dossier,
        wording,
        salience,
        sides: [side(first), side(second)],
        one_sided: options.viewpoint.is_some(),
        acts: acts::gather(dossier),
        facts: documents::gather(dossier),
        as_of: options.as_of,
        today: options.as_of.or_else(|| {
            let days = [dossier.world.newest(), dossier.documents.newest()];
            days.into_iter().flatten().max_by_key(Period::last)
        }),
    };
    let mut sections = outline(&composer)?;
    if !options.sections.is_empty() {
        sections.retain(|s| options.sections.contains(&s.id));
    }
    let mut brief = Brief {
        schema: SCHEMA,
        pair: dossier.pair,
        viewpoint: options.viewpoint,
        as_of: options.as_of,
        language: wording.language().to_owned(),
        title: wording.sentence("title", &composer.args())?,
        labels: labels(&composer)?,
        sections,
        sources: Vec::new(),
        documents: Vec::new(),
    };
    let world = dossier.world;
    brief.number(&world.cards, &world.vintages, &dossier.documents);
    Ok(brief)
}

/// Composes one section.
type Teller = fn(&Composer<'_>) -> Result<Told>;

/// All sections in the order of the outline.
fn outline(c: &Composer<'_>) -> Result<Vec<Section>> {
    let mut leads = Vec::new();
    let mut sections = Vec::new();
    let parts: [(SectionId, Teller); 11] = [
        (SectionId::KeyFigures, figures::tell),
        (SectionId::Politics, politics::tell),
        (SectionId::Trade, trade::tell),
        (SectionId::Business, business::tell),
        (SectionId::People, people::tell),
        (SectionId::Science, science::tell),
        (SectionId::Culture, culture::tell),
        (SectionId::Memory, memory::tell),
        (SectionId::Planned, planned::tell),
        (SectionId::Open, open::tell),
        (SectionId::Documents, documents::tell),
    ];
    for (id, tell) in parts {
        let told = tell(c)?;
        // Without a workspace nothing is said of documents.
        if id == SectionId::Documents && told.blocks.is_empty() {
            continue;
        }
        leads.extend(told.leads);
        let heading = c
            .wording
            .sentence(&format!("heading-{}", id.code()), &c.args())?;
        sections.push(Section {
            id,
            heading: Some(heading),
            blocks: told.blocks,
        });
    }
    sections.insert(0, lead::choose(c, leads)?);
    Ok(sections)
}

fn labels(c: &Composer<'_>) -> Result<Labels> {
    let say = |m: &str| c.wording.sentence(m, &c.args());
    let dateline = match c.today {
        Some(p) => {
            let message = if c.as_of.is_some() {
                "dateline-as-of"
            } else {
                "dateline"
            };
            c.wording
                .sentence(message, &c.dated(c.args(), "date", p)?)?
        }
        None => String::new(),
    };
    Ok(Labels {
        sources: say("label-sources")?,
        vintage: say("label-vintage")?,
        licence: say("label-licence")?,
        data: say("label-data")?,
        no_data: say("label-no-data")?,
        skip: say("label-skip")?,
        colophon: say("label-colophon")?,
        dateline,
    })
}
