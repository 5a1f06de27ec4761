//! The way back: what a sentence, a piece of evidence or a computed value rests on.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use bilat_analyse::{Computed, ComputedId, Input};
use bilat_brief::brief::{Block, Brief, Support};
use bilat_brief::{Dossier, Options};
use bilat_model::evidence::{Citation, Locator};
use bilat_model::source::{Card, SourceId, Vintage};
use bilat_model::standing::Standing;
use bilat_model::told;
use bilat_model::{Country, Evidence, EvidenceId, Pair, Period};
use bilat_snapshot::Snapshot;
use bilat_workspace::Workspace;
use serde::Serialize;

use crate::failure::Failure;
use crate::telling::{self, Telling};
use crate::{compute, flow, output, record};

/// What is asked.
pub(crate) struct Asked<'a> {
    /// The names, of any pairs and countries.
    pub(crate) ids: &'a [String],
    pub(crate) viewpoint: Option<Country>,
    pub(crate) as_of: Option<Period>,
    /// A folder of publishers' files, to show the records themselves.
    pub(crate) data: Option<&'a Path>,
    /// The user's documents, if there are any.
    pub(crate) workspace: Option<&'a Workspace>,
}

/// Where a record stands, with everything that its licence asks to be told.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Origin {
    #[serde(flatten)]
    citation: Citation,
    title: String,
    publisher: String,
    credit: String,
    licence: String,
    licence_url: String,
    vintage: Option<Period>,
    bytes: Option<u64>,
    sha256: Option<String>,
    /// The record as it stands in the file, when the file is at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<String>,
}

/// A file that was drawn on as a whole: for votes over years, places among all pairs, and searches
/// that found nothing.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SourceFile {
    source: SourceId,
    file: String,
    title: String,
    publisher: String,
    credit: String,
    licence: String,
    licence_url: String,
    vintage: Period,
    bytes: u64,
    sha256: String,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Answer {
    Sentence {
        id: String,
        text: String,
        rests_on: Vec<Answer>,
    },
    Evidence {
        evidence: Box<Evidence>,
        origin: Box<Origin>,
    },
    Document {
        evidence: Box<Evidence>,
        told: Box<Telling>,
    },
    Computed {
        computed: Box<Computed>,
        name: &'static str,
        words: &'static str,
        formula: &'static str,
        method: &'static str,
        inputs: Vec<Answer>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        files: Vec<SourceFile>,
    },
    Standing {
        id: String,
        standing: Box<Standing>,
        words: &'static str,
        files: Vec<SourceFile>,
    },
    Record {
        id: String,
        says: String,
        origin: Box<Origin>,
    },
    Absence {
        what: String,
        searched: Vec<SourceFile>,
    },
}

/// Answers, in the order of the names; what belongs to one pair is loaded once.
///
/// # Errors
/// When a name leads nowhere.
pub(crate) fn explain(snapshot: &Snapshot, asked: &Asked<'_>) -> Result<Vec<Answer>, Failure> {
    let mut by_head: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
    for (at, id) in asked.ids.iter().map(|id| id.trim()).enumerate() {
        let head = id.split(':').next().unwrap_or_default();
        by_head.entry(head).or_default().push((at, id));
    }
    let mut answers = Vec::new();
    for (head, ids) in by_head {
        if let Ok(pair) = head.parse::<Pair>() {
            about_pair(snapshot, asked, pair, &ids, &mut answers)?;
        } else {
            let first = ids.first().map_or("", |(_, id)| id);
            let country = head.parse().map_err(|_| unknown(first))?;
            about_country(snapshot, asked, country, &ids, &mut answers)?;
        }
    }
    answers.sort_by_key(|(at, _)| *at);
    Ok(answers.into_iter().map(|(_, answer)| answer).collect())
}

/// What each of these supports of a brief on a pair rests on, or why it leads nowhere.
///
/// # Errors
/// When the pair itself cannot be loaded.
pub(crate) fn supports(
    snapshot: &Snapshot,
    asked: &Asked<'_>,
    pair: Pair,
    supports: &[Support],
) -> Result<Vec<Result<Answer, Failure>>, Failure> {
    let (world, parties) = flow::world(snapshot, snapshot.registry()?, &pair.both(), asked.as_of)?;
    let dossier = flow::dossier(snapshot, &world, &parties, pair, asked.workspace)?;
    let mut desk = Reader {
        snapshot,
        dossier: &dossier,
        asked,
        brief: None,
    };
    // Places among all pairs need the brief, which names their sources.
    desk.brief()?;
    Ok(supports.iter().map(|s| desk.support(s)).collect())
}

impl Answer {
    /// Where the record or the words stand, for what has one place.
    pub(crate) fn citation(&self) -> Option<&Citation> {
        match self {
            Self::Evidence { origin, .. } | Self::Record { origin, .. } => Some(&origin.citation),
            Self::Document { evidence, .. } => Some(&evidence.citation),
            _ => None,
        }
    }
}

/// Answers with their places in the question.
type Answers = Vec<(usize, Answer)>;

fn about_pair(
    snapshot: &Snapshot,
    asked: &Asked<'_>,
    pair: Pair,
    ids: &[(usize, &str)],
    answers: &mut Answers,
) -> Result<(), Failure> {
    let (world, parties) = flow::world(snapshot, snapshot.registry()?, &pair.both(), asked.as_of)?;
    let dossier = flow::dossier(snapshot, &world, &parties, pair, asked.workspace)?;
    let mut desk = Reader {
        snapshot,
        dossier: &dossier,
        asked,
        brief: None,
    };
    for (at, id) in ids {
        answers.push((*at, desk.answer(id)?));
    }
    Ok(())
}

fn unknown(id: &str) -> Failure {
    Failure::new(format!("nothing is called “{id}”")).hint(
        "names stand in `bilat brief A B --format json` and in the first column of `bilat evidence A B`",
    )
}

fn about_country(
    snapshot: &Snapshot,
    asked: &Asked<'_>,
    country: Country,
    ids: &[(usize, &str)],
    answers: &mut Answers,
) -> Result<(), Failure> {
    let (world, parties) = flow::world(snapshot, snapshot.registry()?, &[country], None)?;
    for (at, id) in ids {
        let party = parties.get(&country).ok_or_else(|| unknown(id))?;
        let (citation, says) = record::of_country(&party.profile, id).ok_or_else(|| unknown(id))?;
        let origin = origin(&world.cards, &world.vintages, &citation, asked.data);
        answers.push((
            *at,
            Answer::Record {
                id: (*id).to_owned(),
                says,
                origin: Box::new(origin),
            },
        ));
    }
    Ok(())
}

fn origin(
    cards: &[Card],
    vintages: &[Vintage],
    citation: &Citation,
    data: Option<&Path>,
) -> Origin {
    let card = cards.iter().find(|c| c.id == citation.source);
    let of = |f: fn(&Card) -> &String| card.map_or(String::new(), |c| f(c).clone());
    let file = citation.file.as_ref();
    let vintage = vintages
        .iter()
        .find(|v| v.source == citation.source && v.file == file);
    Origin {
        title: of(|c| &c.title),
        publisher: of(|c| &c.publisher),
        credit: of(|c| &c.credit),
        licence: of(|c| &c.licence),
        licence_url: of(|c| &c.licence_url),
        // A list of the project's own has no file of a publisher behind it.
        vintage: vintage.map(|v| v.vintage).or(card.map(|c| c.vintage)),
        bytes: vintage.map(|v| v.bytes),
        sha256: vintage.map(|v| v.sha256.clone()),
        record: data.map(|d| record::read(d, citation).unwrap_or_else(|e| format!("({e})"))),
        citation: citation.clone(),
    }
}

struct Reader<'a> {
    snapshot: &'a Snapshot,
    dossier: &'a Dossier<'a>,
    asked: &'a Asked<'a>,
    /// Composed when the first sentence is asked for.
    brief: Option<Brief>,
}

impl Reader<'_> {
    fn answer(&mut self, id: &str) -> Result<Answer, Failure> {
        if id.split(':').nth(1) == Some(told::SOURCE) {
            return self.document(&EvidenceId(id.to_owned()));
        }
        if let Some(e) = self.dossier.evidence.iter().find(|e| e.id.0 == id) {
            return self.evidence(e);
        }
        if ComputedId::is_computed(id) {
            let sources = self.sources_of(id)?;
            return self.computed(id, &sources);
        }
        if id.split(':').nth(1) == Some("unga") {
            return self.roll_call(id);
        }
        self.sentence(id)
    }

    fn origin(&self, citation: &Citation) -> Box<Origin> {
        let world = self.dossier.world;
        Box::new(origin(
            &world.cards,
            &world.vintages,
            citation,
            self.asked.data,
        ))
    }

    fn evidence(&self, e: &Evidence) -> Result<Answer, Failure> {
        Ok(Answer::Evidence {
            evidence: Box::new(e.clone()),
            origin: self.origin(&e.citation),
        })
    }

    fn document(&self, id: &EvidenceId) -> Result<Answer, Failure> {
        let Some(workspace) = self.asked.workspace else {
            return Err(Failure::new(format!(
                "“{id}” is told by a document, and there is no workspace"
            ))
            .hint("name the file with --workspace, or add the document with `bilat add`"));
        };
        let (evidence, told) = telling::of(workspace, id)?.ok_or_else(|| unknown(&id.0))?;
        Ok(Answer::Document {
            evidence: Box::new(evidence),
            told: Box::new(told),
        })
    }

    fn by_id(&self, id: &EvidenceId) -> Result<Answer, Failure> {
        if id.source() == Some(told::SOURCE) {
            return self.document(id);
        }
        let found = self.dossier.evidence.iter().find(|e| e.id == *id);
        self.evidence(found.ok_or_else(|| unknown(&id.0))?)
    }

    /// The files of these sources that are in use.
    fn files(&self, sources: &BTreeSet<SourceId>) -> Vec<SourceFile> {
        let world = self.dossier.world;
        let used = world
            .vintages
            .iter()
            .filter(|v| sources.contains(&v.source));
        used.filter_map(|v| {
            let card = world.cards.iter().find(|c| c.id == v.source)?;
            Some(SourceFile {
                source: v.source.clone(),
                file: v.file.clone(),
                title: card.title.clone(),
                publisher: card.publisher.clone(),
                credit: card.credit.clone(),
                licence: card.licence.clone(),
                licence_url: card.licence_url.clone(),
                vintage: v.vintage,
                bytes: v.bytes,
                sha256: v.sha256.clone(),
            })
        })
        .collect()
    }

    /// The sources that the brief cites for a computed value. A place among all pairs does not
    /// name them itself.
    fn sources_of(&mut self, id: &str) -> Result<Vec<SourceId>, Failure> {
        let brief = self.brief()?;
        let sentences = brief.sentences().flat_map(|s| &s.support);
        let tables = brief.sections.iter().flat_map(|s| &s.blocks);
        let tables = tables.filter_map(|b| match b {
            Block::Paragraph { .. } => None,
            Block::Table(t) => Some(t),
            Block::Chart(c) => Some(&c.table),
        });
        let cells = tables.flat_map(|t| t.rows.iter().flatten().flat_map(|c| &c.support));
        let found = sentences.chain(cells).find_map(|s| match s {
            Support::Indicator { id: told, sources } if told == id => Some(sources.clone()),
            _ => None,
        });
        Ok(found.unwrap_or_default())
    }

    fn computed(&self, id: &str, sources: &[SourceId]) -> Result<Answer, Failure> {
        let parsed: ComputedId = id.parse().map_err(|_| unknown(id))?;
        if parsed.indicator == "standing" {
            let files = self.files(&sources.iter().cloned().collect());
            return self.standing(id, parsed.what.as_deref().unwrap_or_default(), files);
        }
        let computed = compute::by_id(self.snapshot, self.dossier, &parsed)?;
        let mut whole = BTreeSet::new();
        let mut inputs = Vec::new();
        for input in &computed.inputs {
            match input {
                Input::Evidence { id, .. } => inputs.push(self.by_id(id)?),
                Input::Record { role, citation } => inputs.push(Answer::Record {
                    id: String::new(),
                    says: role.clone(),
                    origin: self.origin(citation),
                }),
                Input::Votes { source, .. } | Input::Partners { source, .. } => {
                    whole.insert(source.clone());
                }
                Input::Standing { .. } => whole.extend(sources.iter().cloned()),
            }
        }
        Ok(Answer::Computed {
            files: self.files(&whole),
            name: computed.indicator.name,
            words: computed.indicator.words,
            formula: computed.indicator.formula,
            method: computed.indicator.method,
            computed: Box::new(computed),
            inputs,
        })
    }

    fn standing(
        &self,
        id: &str,
        indicator: &str,
        files: Vec<SourceFile>,
    ) -> Result<Answer, Failure> {
        let standing = self
            .dossier
            .standing(indicator)
            .ok_or_else(|| unknown(id))?;
        let words = bilat_analyse::indicator::find(indicator).map_or("", |i| i.words);
        Ok(Answer::Standing {
            id: id.to_owned(),
            standing: Box::new(standing.clone()),
            words,
            files,
        })
    }

    fn roll_call(&self, id: &str) -> Result<Answer, Failure> {
        let parts: Vec<&str> = id.split(':').collect();
        let [_, _, rcid, date] = parts[..] else {
            return Err(unknown(id));
        };
        let calls = self.dossier.world.votes.calls().iter();
        let call = calls
            .into_iter()
            .find(|r| r.rcid.to_string() == rcid && r.date.to_string() == date)
            .ok_or_else(|| unknown(id))?;
        let mut says = format!("roll call {} of {}", call.rcid, call.date);
        for part in [&call.symbol, &call.title].into_iter().flatten() {
            let _ = write!(says, ", {part}"); // writing to a string cannot fail
        }
        for c in self.dossier.pair.both() {
            let record = self.snapshot.voting(c)?;
            let vote = record.votes.iter().find(|(i, _)| *i == call.index);
            let _ = write!(says, "; {c}: {}", vote.map_or("no vote", |(_, v)| v.code()));
        }
        Ok(Answer::Record {
            id: id.to_owned(),
            says,
            origin: self.origin(&call.citation),
        })
    }

    fn sentence(&mut self, id: &str) -> Result<Answer, Failure> {
        let sentence = self
            .brief()?
            .sentences()
            .find(|s| s.id == id)
            .cloned()
            .ok_or_else(|| unknown(id))?;
        let mut rests_on = Vec::new();
        for support in &sentence.support {
            rests_on.push(self.support(support)?);
        }
        Ok(Answer::Sentence {
            id: sentence.id,
            text: sentence.text,
            rests_on,
        })
    }

    fn brief(&mut self) -> Result<&Brief, Failure> {
        let brief = match self.brief.take() {
            Some(brief) => brief,
            None => self.compose()?,
        };
        Ok(self.brief.insert(brief))
    }

    fn compose(&self) -> Result<Brief, Failure> {
        let options = Options {
            viewpoint: self.asked.viewpoint,
            as_of: self.asked.as_of,
            sections: Vec::new(),
        };
        let registry = self.snapshot.registry()?;
        flow::brief(
            self.snapshot,
            registry,
            self.dossier.pair,
            &options,
            self.asked.workspace,
        )
    }

    fn support(&self, support: &Support) -> Result<Answer, Failure> {
        match support {
            Support::Evidence { id, .. } => self.by_id(id),
            Support::Indicator { id, sources } => self.computed(id, sources),
            Support::Record { id, citation } => {
                let head: Option<Country> = id.split(':').next().and_then(|c| c.parse().ok());
                let says = match head {
                    Some(c) if self.dossier.pair.has(c) => {
                        record::of_country(&self.dossier.side(c).profile, id).map(|(_, says)| says)
                    }
                    _ if id.contains(":unga:") => return self.roll_call(id),
                    Some(c) => self.dossier.world.registry.info(c).map(record::of_state),
                    None => None,
                };
                let says = says.ok_or_else(|| unknown(id))?;
                Ok(Answer::Record {
                    id: id.clone(),
                    says,
                    origin: self.origin(citation),
                })
            }
            Support::Absence { what, sources } => Ok(Answer::Absence {
                what: what.clone(),
                searched: self.files(&sources.iter().cloned().collect()),
            }),
        }
    }
}

impl Answer {
    /// For people.
    pub(crate) fn text(&self, width: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, 0, width);
        out
    }

    fn write(&self, out: &mut String, depth: usize, width: usize) {
        let pad = "  ".repeat(depth);
        let mut field = |name: &str, value: &str| {
            if value.is_empty() {
                return;
            }
            let indent = format!("\n{pad}{}", " ".repeat(11));
            let lines = output::wrap(value, width.saturating_sub(11 + pad.len()).max(20));
            let _ = writeln!(out, "{pad}{name:<10} {}", lines.join(&indent)); // cannot fail
        };
        match self {
            Self::Sentence { id, text, rests_on } => {
                field("sentence", id);
                field("says", text);
                field("rests on", &format!("{} in all", rests_on.len()));
                for (i, a) in rests_on.iter().enumerate() {
                    let _ = writeln!(out, "\n{pad}  [{}]", i + 1);
                    a.write(out, depth + 1, width);
                }
            }
            Self::Evidence { evidence, origin } => {
                field("evidence", &evidence.id.0);
                field("says", &record::statement(&evidence.statement));
                origin.fields(&mut field);
            }
            Self::Document { evidence, told } => {
                field("evidence", &evidence.id.0);
                field(
                    "says",
                    &output::tame(&record::statement(&evidence.statement)),
                );
                told.fields(&mut field);
            }
            Self::Computed {
                computed,
                name,
                words,
                formula,
                method,
                inputs,
                files,
            } => {
                field("computed", &computed.id.to_string());
                field("is", &format!("{name}: {words}"));
                field("formula", formula);
                field(
                    "value",
                    &format!("{} {}", record::number(computed.value), computed.unit),
                );
                field("arithmetic", &computed.arithmetic);
                field("method", method);
                for input in &computed.inputs {
                    if let Some(text) = record::input(input) {
                        field("input", &text);
                    }
                }
                for f in files {
                    f.fields(&mut field);
                }
                let shown = inputs.len().min(12);
                for a in &inputs[..shown] {
                    out.push('\n');
                    a.write(out, depth + 1, width);
                }
                if inputs.len() > shown {
                    let _ = writeln!(
                        out,
                        "\n{pad}  … and {} more (--format json lists all)",
                        inputs.len() - shown
                    );
                }
            }
            Self::Standing {
                id,
                standing,
                words,
                files,
            } => {
                field("standing", id);
                field("is", words);
                field(
                    "value",
                    &format!(
                        "{} ({})",
                        record::number(standing.value),
                        standing.period.map_or(String::new(), |p| p.to_string())
                    ),
                );
                field("place", &record::standing(standing));
                for f in files {
                    f.fields(&mut field);
                }
            }
            Self::Record { id, says, origin } => {
                field("record", id);
                field("says", says);
                origin.fields(&mut field);
            }
            Self::Absence { what, searched } => {
                field("absence", &format!("no {what} found"));
                for f in searched {
                    f.fields(&mut field);
                }
            }
        }
    }
}

impl SourceFile {
    fn fields(&self, field: &mut impl FnMut(&str, &str)) {
        let Self { title, source, .. } = self;
        field(
            "source",
            &format!("{title} ({source}, vintage {})", self.vintage),
        );
        field(
            "file",
            &format!(
                "{}, {} bytes, SHA-256 {}",
                self.file, self.bytes, self.sha256
            ),
        );
        field("credit", &self.credit);
        field(
            "licence",
            &format!("{} ({})", self.licence, self.licence_url),
        );
    }
}

impl Origin {
    fn fields(&self, field: &mut impl FnMut(&str, &str)) {
        let vintage = self
            .vintage
            .map_or(String::new(), |v| format!(", vintage {v}"));
        field(
            "source",
            &format!("{} ({}{vintage})", self.title, self.citation.source),
        );
        let at = match &self.citation.at {
            Locator::Line(n) => format!("line {n}"),
            Locator::Pointer(p) => p.clone(),
            at @ Locator::Span(_) => at.to_string(),
        };
        field("record", &format!("{}, {at}", self.citation.file));
        if let Some(text) = &self.record {
            field("reads", text);
        }
        if let (Some(sha), Some(bytes)) = (&self.sha256, self.bytes) {
            field("file", &format!("{bytes} bytes, SHA-256 {sha}"));
        }
        field("credit", &self.credit);
        field(
            "licence",
            &format!("{} ({})", self.licence, self.licence_url),
        );
    }
}
