//! The composed piece: sections of sentences, tables and charts, each carrying its support.
//!
//! Nothing here is free text. A [`Sentence`] is made of wording and values together with the
//! evidence and indicators it tells; its constructor refuses a sentence that rests on nothing.
//! Citations are numbered when the brief is put together, by source, in order of appearance; the
//! documents that are cited come after the sources.

use std::collections::{BTreeMap, BTreeSet};

use bilat_model::evidence::{Citation, EvidenceId};
use bilat_model::source::{Card, SourceId, Vintage};
use bilat_model::{Country, Pair, Period};
use serde::Serialize;

use crate::chart::Chart;
use crate::documents::{CitedDocument, Documents, cited, is_document};

/// What a sentence, cell or mark rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Support {
    /// A piece of evidence about the pair.
    Evidence {
        /// Its name.
        id: EvidenceId,
        /// Where it stands.
        citation: Citation,
    },
    /// A computed quantity; its own inputs are told by `bilat why`.
    Indicator {
        /// Its name.
        id: String,
        /// The sources that its inputs come from.
        sources: Vec<SourceId>,
    },
    /// A record about one country or none: a membership, a fact, a roll call.
    Record {
        /// Its name: `KAZ:factbook:capital`.
        id: String,
        /// Where it stands.
        citation: Citation,
    },
    /// Nothing was found: what was searched.
    Absence {
        /// What was looked for, a word of the vocabulary of measures, kinds or indicators.
        what: String,
        /// Where.
        sources: Vec<SourceId>,
    },
}

impl Support {
    /// The sources that it leads to.
    #[must_use]
    pub fn sources(&self) -> Vec<SourceId> {
        match self {
            Self::Evidence { citation, .. } | Self::Record { citation, .. } => {
                vec![citation.source.clone()]
            }
            Self::Indicator { sources, .. } | Self::Absence { sources, .. } => sources.clone(),
        }
    }
}

/// A sentence with what it rests on. It is built by [`Sentence::new`] alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sentence {
    /// Names it for `bilat why`: `KAZ-SVN:trade-lead`.
    pub id: String,
    /// The sentence, without citation marks.
    pub text: String,
    /// What it rests on; never empty.
    pub support: Vec<Support>,
    /// Numbers in [`Brief::sources`] and [`Brief::documents`], ascending; filled in by [`Brief::number`].
    pub citations: Vec<usize>,
}

/// A sentence was to be built that rests on nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the sentence {id} rests on nothing and cannot be told")]
pub struct Unsupported {
    /// The sentence's name.
    pub id: String,
}

impl Sentence {
    /// A sentence that rests on something.
    ///
    /// # Errors
    /// [`Unsupported`] when no source stands behind it.
    pub fn new(id: String, text: String, mut support: Vec<Support>) -> Result<Self, Unsupported> {
        support.sort();
        support.dedup();
        if support.iter().all(|s| s.sources().is_empty()) {
            return Err(Unsupported { id });
        }
        Ok(Self {
            id,
            text,
            support,
            citations: Vec::new(),
        })
    }
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// What is shown; empty means that nothing is known.
    pub text: String,
    /// What it rests on; empty for labels and for cells with nothing known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub support: Vec<Support>,
}

impl Cell {
    /// A label.
    #[must_use]
    pub fn label(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            support: Vec::new(),
        }
    }
}

impl Sentence {
    /// The same sentence told in another place under another name, on the same support.
    #[must_use]
    pub fn again(&self, id: String) -> Self {
        Self { id, ..self.clone() }
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Names it: `trade-by-year`.
    pub id: String,
    /// What is seen.
    pub title: String,
    /// Column headings with units, the first over the row labels.
    pub columns: Vec<String>,
    /// Whether each column holds numbers, to be set flush right.
    pub numeric: Vec<bool>,
    /// Rows, as many cells as columns.
    pub rows: Vec<Vec<Cell>>,
    /// Numbers of the sources; filled in by [`Brief::number`].
    pub citations: Vec<usize>,
}

/// What a section is made of.
#[allow(clippy::large_enum_variant)] // a brief has a few dozen of them
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// Sentences that belong together.
    Paragraph {
        /// The sentences; never empty.
        sentences: Vec<Sentence>,
    },
    /// A table.
    Table(Table),
    /// A chart, with its data table.
    Chart(Chart),
}

/// The sections in the order of the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionId {
    /// Who they are to each other.
    Lead,
    /// Key figures.
    KeyFigures,
    /// Political relations.
    Politics,
    /// Trade.
    Trade,
    /// Business and investment.
    Business,
    /// People and movement.
    People,
    /// Science.
    Science,
    /// Culture and sport.
    Culture,
    /// Shared memory.
    Memory,
    /// What is planned.
    Planned,
    /// Where sources disagree and what is not known.
    Open,
    /// The user's documents on the pair; left out when there are none.
    Documents,
}

impl SectionId {
    /// All, in order.
    pub const ALL: [Self; 12] = [
        Self::Lead,
        Self::KeyFigures,
        Self::Politics,
        Self::Trade,
        Self::Business,
        Self::People,
        Self::Science,
        Self::Culture,
        Self::Memory,
        Self::Planned,
        Self::Open,
        Self::Documents,
    ];

    /// The word used for it in commands and wording files.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::KeyFigures => "key-figures",
            Self::Politics => "politics",
            Self::Trade => "trade",
            Self::Business => "business",
            Self::People => "people",
            Self::Science => "science",
            Self::Culture => "culture",
            Self::Memory => "memory",
            Self::Planned => "planned",
            Self::Open => "open",
            Self::Documents => "documents",
        }
    }
}

/// A section.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// Which.
    pub id: SectionId,
    /// Its heading; the lead has none.
    pub heading: Option<String>,
    /// What it is made of.
    pub blocks: Vec<Block>,
}

/// A source as the brief's last part lists it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CitedSource {
    /// Its number.
    pub number: usize,
    /// Its card's name.
    pub id: SourceId,
    /// Title, publisher, credit and licence as they are to be printed.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The credit line.
    pub credit: String,
    /// The licence.
    pub licence: String,
    /// Its terms.
    pub licence_url: String,
    /// Its page.
    pub homepage: String,
    /// The vintage that was used.
    pub vintage: Period,
    /// The stretch of time that it covers, in words.
    pub coverage: String,
    /// The files used, with their hashes.
    pub files: Vec<Vintage>,
}

/// A heading and words of the page that do not belong to a section, already in the brief's
/// language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Labels {
    /// Over the list of sources: "Sources and licences".
    pub sources: String,
    /// Before a vintage: "Vintage".
    pub vintage: String,
    /// Before a licence: "Licence".
    pub licence: String,
    /// Over a chart's data: "Data".
    pub data: String,
    /// The last line: what made this and how to check it.
    pub colophon: String,
    /// The line under the title: what the numbers date from.
    pub dateline: String,
    /// In a chart or cell with nothing to show: "No data".
    pub no_data: String,
    /// The link over a menu or head to the text, for those who listen: "Skip to the text".
    pub skip: String,
}

/// The composed piece.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Brief {
    /// The form of this object, raised when a field changes its meaning.
    pub schema: u32,
    /// About whom.
    pub pair: Pair,
    /// From whose side it is told, if from one.
    pub viewpoint: Option<Country>,
    /// The day that it is told as of, if one was asked for: nothing later is in it.
    pub as_of: Option<Period>,
    /// BCP 47 language of its text.
    pub language: String,
    /// "Kazakhstan and Slovenia".
    pub title: String,
    /// Fixed words.
    pub labels: Labels,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// The sources, in order of appearance.
    pub sources: Vec<CitedSource>,
    /// The documents cited, in order of appearance; their numbers follow those of the sources.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<CitedDocument>,
}

/// What is cited, in order of appearance.
#[derive(Default)]
struct Order {
    sources: Vec<SourceId>,
    /// By the names that citations call them by.
    texts: Vec<String>,
    /// The evidence of documents that is cited.
    names: BTreeSet<EvidenceId>,
}

/// A source or a document.
enum Cited {
    Source(SourceId),
    Document(String),
}

impl Order {
    fn of(support: &Support) -> Vec<Cited> {
        match support {
            Support::Evidence { citation, .. } if is_document(citation) => {
                vec![Cited::Document(citation.file.to_string())]
            }
            other => other.sources().into_iter().map(Cited::Source).collect(),
        }
    }

    fn meet(&mut self, support: &[&Support]) {
        for s in support {
            for cited in Self::of(s) {
                match cited {
                    Cited::Source(id) if !self.sources.contains(&id) => self.sources.push(id),
                    Cited::Document(name) => {
                        if let Support::Evidence { id, .. } = s {
                            self.names.insert(id.clone());
                        }
                        if !self.texts.contains(&name) {
                            self.texts.push(name);
                        }
                    }
                    Cited::Source(_) => {}
                }
            }
        }
    }

    fn numbers(&self, support: &[&Support]) -> Vec<usize> {
        let documents = self.documents();
        let all = support.iter().flat_map(|s| Self::of(s));
        let mut numbers: Vec<usize> = all
            .filter_map(|cited| match cited {
                Cited::Source(id) => self.sources.iter().position(|s| *s == id).map(|i| i + 1),
                Cited::Document(name) => documents.get(&name).copied(),
            })
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The numbers of the documents: they follow those of the sources.
    fn documents(&self) -> BTreeMap<String, usize> {
        let first = self.sources.len() + 1;
        self.texts.iter().cloned().zip(first..).collect()
    }
}

impl Brief {
    /// Numbers the sources in order of appearance and after them the documents, marks every
    /// sentence, table and chart with them, and lists both. `cards` and `vintages` are looked up
    /// by source.
    pub fn number(&mut self, cards: &[Card], vintages: &[Vintage], documents: &Documents) {
        let mut order = Order::default();
        self.each_support(|_, support| order.meet(support));
        self.each_support(|marks, support| *marks = order.numbers(support));
        self.documents = cited(documents, &order.documents(), &order.names);
        self.sources = (1..)
            .zip(order.sources)
            .filter_map(|(number, id)| {
                let card = cards.iter().find(|c| c.id == id)?;
                let files: Vec<_> = vintages
                    .iter()
                    .filter(|v| v.source == id)
                    .cloned()
                    .collect();
                Some(CitedSource {
                    number,
                    title: card.title.clone(),
                    publisher: card.publisher.clone(),
                    credit: card.credit.clone(),
                    licence: card.licence.clone(),
                    licence_url: card.licence_url.clone(),
                    homepage: card.homepage.clone(),
                    vintage: files.first().map_or(card.vintage, |f| f.vintage),
                    coverage: card.coverage.clone(),
                    files,
                    id,
                })
            })
            .collect();
    }

    /// The marks of every sentence, table and chart with what it rests on, in order.
    fn each_support(&mut self, mut f: impl FnMut(&mut Vec<usize>, &[&Support])) {
        for block in self.sections.iter_mut().flat_map(|s| &mut s.blocks) {
            match block {
                Block::Paragraph { sentences } => {
                    for s in sentences {
                        let support: Vec<&Support> = s.support.iter().collect();
                        f(&mut s.citations, &support);
                    }
                }
                Block::Table(table) | Block::Chart(Chart { table, .. }) => {
                    let cells = table.rows.iter().flatten();
                    let support: Vec<&Support> = cells.flat_map(|c| &c.support).collect();
                    f(&mut table.citations, &support);
                }
            }
        }
    }

    /// All sentences, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.sections
            .iter()
            .flat_map(|s| &s.blocks)
            .flat_map(|b| match b {
                Block::Paragraph { sentences } => sentences.as_slice(),
                _ => &[],
            })
    }
}
