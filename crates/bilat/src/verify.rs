//! A brief checked from the outside: nothing that it says of itself is believed.
//!
//! | part | holds when |
//! |---|---|
//! | file | the file that a source is cited by has the same hash in the snapshot in use |
//! | record | evidence or record exists under its name, and stands where the citation says |
//! | computed | the value can be computed again from its name |
//! | document | its bytes have their hash, its text is read again and is the same, the span lies in it, and evidence of that name has these words |
//! | sentence, cell | composed again from what is in use, it says the same |

use std::collections::BTreeMap;
use std::path::Path;

use bilat_brief::Options;
use bilat_brief::brief::{Block, Brief, Support};
use bilat_model::document::{Document, Span};
use bilat_model::evidence::{Citation, Locator};
use bilat_model::source::SourceId;
use bilat_model::told::{self, Extraction};
use bilat_model::{Country, EvidenceId, Pair, Period, told_evidence};
use bilat_snapshot::Snapshot;
use bilat_workspace::Workspace;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::explain::{self, Asked};
use crate::failure::Failure;
use crate::flow;
use crate::input::{self, Input};
use crate::reader::{self, Reader};

/// What a check of a brief came to.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Verified {
    /// How many of each part hold.
    pub(crate) holds: BTreeMap<&'static str, usize>,
    /// What could not be checked, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) unchecked: Vec<String>,
    /// What does not hold, a sentence each.
    pub(crate) wrong: Vec<String>,
}

impl Verified {
    fn part(&mut self, part: &'static str, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => *self.holds.entry(part).or_default() += 1,
            Err(reason) => self.wrong.push(format!("{part}: {reason}")),
        }
    }
}

/// What a brief is held against.
pub(crate) struct Against<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) workspace: Option<&'a Workspace>,
    /// A folder with the documents, instead of the workspace.
    pub(crate) documents: Option<&'a Path>,
}

/// A brief as it came.
struct Told<'a> {
    pair: Pair,
    viewpoint: Option<Country>,
    as_of: Option<Period>,
    value: &'a Value,
}

/// Checks a brief in JSON.
///
/// # Errors
/// When it is no brief, or what it is held against cannot be read.
pub(crate) fn verify(text: &str, against: &Against<'_>) -> Result<Verified, Failure> {
    let no_brief = |reason: String| {
        Failure::new(format!("this is no brief: {reason}"))
            .hint("give what `bilat brief A B --format json` has written")
    };
    let value: Value = serde_json::from_str(text).map_err(|e| no_brief(e.to_string()))?;
    let told = told(&value).map_err(no_brief)?;
    let mut out = Verified::default();
    files(&told, against.snapshot, &mut out)?;
    supports(&told, against, &mut out)?;
    texts(&told, against, &mut out)?;
    Ok(out)
}

fn told(value: &Value) -> Result<Told<'_>, String> {
    let text = |key: &str| value[key].as_str();
    let bad = |key: &str| format!("its {key} does not read");
    let pair = text("pair").and_then(|p| p.parse().ok());
    if !value["sections"].is_array() || !value["sources"].is_array() {
        return Err("it has no sections and sources".to_owned());
    }
    let parsed = |key: &str| text(key).map(|t| (key.to_owned(), t));
    Ok(Told {
        pair: pair.ok_or_else(|| bad("pair"))?,
        viewpoint: parsed("viewpoint")
            .map(|(k, t)| t.parse().map_err(|_| bad(&k)))
            .transpose()?,
        as_of: parsed("as_of")
            .map(|(k, t)| t.parse().map_err(|_| bad(&k)))
            .transpose()?,
        value,
    })
}

/// Every object below that has a list of supports.
fn supported<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(fields) => {
            if fields.get("support").is_some_and(Value::is_array) {
                found.push(value);
            }
            fields.values().for_each(|v| supported(v, found));
        }
        Value::Array(items) => items.iter().for_each(|v| supported(v, found)),
        _ => {}
    }
}

/// The files of the cited sources against those in use.
fn files(told: &Told<'_>, snapshot: &Snapshot, out: &mut Verified) -> Result<(), Failure> {
    let vintages = snapshot.vintages()?;
    for source in told.value["sources"].as_array().into_iter().flatten() {
        let id = source["id"].as_str().unwrap_or_default();
        if id == told::SOURCE {
            continue;
        }
        for file in source["files"].as_array().into_iter().flatten() {
            let name = file["file"].as_str().unwrap_or_default();
            let sha256 = file["sha256"].as_str().unwrap_or_default();
            let used = vintages
                .iter()
                .find(|v| *v.source.0 == *id && v.file == name);
            out.part("file", match used {
                None => Err(format!("{name} of {id} is in no source in use")),
                Some(v) if v.sha256 != sha256 => Err(format!(
                    "{name} of {id}: the brief was made from SHA-256 {sha256}, in use is {} (vintage {})",
                    v.sha256, v.vintage
                )),
                Some(_) => Ok(()),
            });
        }
    }
    Ok(())
}

/// A support as the brief states it, with the words of a document where it has them.
struct Stated {
    support: Support,
    quote: Option<String>,
}

fn stated(value: &Value) -> Option<Stated> {
    let id = || value["id"].as_str().map(str::to_owned);
    let citation = || serde_json::from_value::<Citation>(value["citation"].clone()).ok();
    let sources = || serde_json::from_value::<Vec<SourceId>>(value["sources"].clone()).ok();
    let support = match value["type"].as_str()? {
        "evidence" => Support::Evidence {
            id: EvidenceId(id()?),
            citation: citation()?,
        },
        "indicator" => Support::Indicator {
            id: id()?,
            sources: sources()?,
        },
        "record" => Support::Record {
            id: id()?,
            citation: citation()?,
        },
        "absence" => Support::Absence {
            what: value["what"].as_str()?.to_owned(),
            sources: sources()?,
        },
        _ => return None,
    };
    Some(Stated {
        support,
        quote: value["quote"].as_str().map(str::to_owned),
    })
}

/// Each support, once.
fn supports(told: &Told<'_>, against: &Against<'_>, out: &mut Verified) -> Result<(), Failure> {
    let mut bearers = Vec::new();
    supported(&told.value["sections"], &mut bearers);
    let mut of_sources = BTreeMap::new();
    let mut of_documents = BTreeMap::new();
    for value in bearers
        .iter()
        .filter_map(|b| b["support"].as_array())
        .flatten()
    {
        match stated(value) {
            None => out.part("record", Err(format!("a support does not read: {value}"))),
            Some(s) => match &s.support {
                Support::Evidence { id, citation } if *citation.source.0 == *told::SOURCE => {
                    of_documents.insert((id.clone(), citation.clone()), s.quote);
                }
                _ => {
                    of_sources.insert(s.support.clone(), ());
                }
            },
        }
    }
    let asked = Asked {
        ids: &[],
        viewpoint: told.viewpoint,
        as_of: told.as_of,
        data: None,
        workspace: against.workspace,
    };
    let list: Vec<Support> = of_sources.into_keys().collect();
    let answers = explain::supports(against.snapshot, &asked, told.pair, &list)?;
    for (support, answer) in list.iter().zip(answers) {
        record(support, answer, out);
    }
    documents(told, of_documents, against, out)
}

/// What the brief says of a place in a document, in its list of documents.
struct Listed<'v> {
    sha256: &'v str,
    place: &'v Value,
}

fn listed<'v>(told: &Told<'v>) -> BTreeMap<&'v str, Listed<'v>> {
    let mut out = BTreeMap::new();
    for document in told.value["documents"].as_array().into_iter().flatten() {
        let sha256 = document["sha256"].as_str().unwrap_or_default();
        for place in document["cited"].as_array().into_iter().flatten() {
            let id = place["id"].as_str().unwrap_or_default();
            out.insert(id, Listed { sha256, place });
        }
    }
    out
}

fn record(support: &Support, answer: Result<explain::Answer, Failure>, out: &mut Verified) {
    let (part, id, citation) = match support {
        Support::Evidence { id, citation } => ("record", id.0.as_str(), Some(citation)),
        Support::Record { id, citation } => ("record", id.as_str(), Some(citation)),
        Support::Indicator { id, .. } => ("computed", id.as_str(), None),
        Support::Absence { what, .. } => ("absence", what.as_str(), None),
    };
    let outcome = match answer {
        Err(failure) => Err(format!("{id}: {}", failure.message)),
        Ok(answer) => match (citation, answer.citation()) {
            (Some(said), Some(is)) if said != is => Err(format!(
                "{id} stands in {}, {}, and not in {}, {}",
                is.file, is.at, said.file, said.at
            )),
            _ => Ok(()),
        },
    };
    out.part(part, outcome);
}

/// A document with what is needed to check quotes from it.
struct Held {
    sha256: String,
    document: Document,
    told: Extraction,
}

/// Every citation of a document: bytes, text, span, words.
fn documents(
    told: &Told<'_>,
    cited: BTreeMap<(EvidenceId, Citation), Option<String>>,
    against: &Against<'_>,
    out: &mut Verified,
) -> Result<(), Failure> {
    if cited.is_empty() {
        return Ok(());
    }
    let (pair, listed) = (told.pair, listed(told));
    let registry = against.snapshot.registry()?;
    let reader = Reader::new(against.snapshot, &registry)?;
    let folder = match against.documents {
        Some(dir) => hashes(dir)?,
        None => BTreeMap::new(),
    };
    let mut held: BTreeMap<String, Result<Held, String>> = BTreeMap::new();
    for ((id, citation), quote) in &cited {
        let document = held.entry(citation.file.to_string()).or_insert_with(|| {
            let found = match (against.documents, against.workspace) {
                (Some(dir), _) => of_folder(&citation.file, dir, &folder, &reader, pair),
                (None, Some(w)) => of_workspace(&citation.file, w, pair),
                (None, None) => Err("there is no workspace; name a folder with --documents".into()),
            };
            found.map_err(|e| format!("document {}: {e}", citation.file))
        });
        let outcome = match document {
            Err(reason) => Err(reason.clone()),
            Ok(held) => quoted(held, id, citation, quote.as_deref()).and_then(|()| {
                let said = listed.get(id.0.as_str());
                said.map_or(Ok(()), |said| as_listed(held, id, said))
            }),
        };
        out.part("document", outcome);
    }
    Ok(())
}

/// The files of a folder by their hash.
fn hashes(dir: &Path) -> Result<BTreeMap<String, std::path::PathBuf>, Failure> {
    let failed =
        |e: std::io::Error| Failure::new(format!("cannot read the folder {}: {e}", dir.display()));
    let mut out = BTreeMap::new();
    for entry in std::fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_file()
            && let Ok(bytes) = input::of_file(&path, reader::limits().bytes)
        {
            out.insert(sha256(&bytes), path);
        }
    }
    Ok(out)
}

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

fn of_folder(
    name: &str,
    dir: &Path,
    folder: &BTreeMap<String, std::path::PathBuf>,
    reader: &Reader<'_>,
    pair: Pair,
) -> Result<Held, String> {
    let found = folder
        .iter()
        .find(|(sha, _)| told_evidence::short(sha) == name);
    let (sha256, path) =
        found.ok_or_else(|| format!("no file of {} has its hash", dir.display()))?;
    let bytes = input::of_file(path, reader::limits().bytes).map_err(|e| e.message)?;
    let input = Input {
        name: path.display().to_string(),
        bytes,
        ..Input::default()
    };
    let document = reader::document(&input, None).map_err(|e| e.message)?;
    let told = reader.extract(&document, pair);
    Ok(Held {
        sha256: sha256.clone(),
        document,
        told,
    })
}

fn of_workspace(name: &str, workspace: &Workspace, pair: Pair) -> Result<Held, String> {
    let bytes = workspace.bytes(name).map_err(|e| e.to_string())?;
    let document = workspace.read(name).map_err(|e| e.to_string())?;
    if sha256(&bytes) != document.sha256 {
        return Err("its bytes do not have the hash that names it".to_owned());
    }
    let info = workspace.document(name).map_err(|e| e.to_string())?;
    let input = Input {
        name: info
            .seen
            .first()
            .map(|s| s.from.clone())
            .unwrap_or_default(),
        bytes,
        url: info.url,
        media_type: Some(document.media_type.clone()),
        charset: Some(document.encoding.clone()),
    };
    let again = reader::document(&input, None).map_err(|e| e.message)?;
    if again.text != document.text {
        return Err("read again from its bytes, its text is another".to_owned());
    }
    let all = workspace.extractions(name).map_err(|e| e.to_string())?;
    let told = all.into_iter().find(|t| t.pair == pair);
    Ok(Held {
        sha256: document.sha256.clone(),
        document,
        told: told.ok_or_else(|| format!("it tells nothing of {pair}"))?,
    })
}

fn quoted(
    held: &Held,
    id: &EvidenceId,
    citation: &Citation,
    quote: Option<&str>,
) -> Result<(), String> {
    let Locator::Span(span) = citation.at else {
        return Err(format!("{id}: its citation has no bytes"));
    };
    let words = held
        .document
        .text
        .get(span.start..span.end)
        .ok_or_else(|| {
            format!(
                "{id}: bytes {}–{} do not lie in the text",
                span.start, span.end
            )
        })?;
    if let Some(quote) = quote
        && quote != words
    {
        return Err(format!(
            "{id}: “{quote}” is not what stands there, “{words}” does"
        ));
    }
    let all = told_evidence::of(&held.sha256, &held.told);
    let evidence = all.iter().find(|e| e.id == *id);
    let is: Option<(Span, &str)> = evidence.and_then(|e| e.statement.quoted());
    match is {
        None => Err(format!("{id}: the document does not tell it")),
        Some((at, _)) if at != span => Err(format!(
            "{id} stands at bytes {}–{}, and not at {}–{}",
            at.start, at.end, span.start, span.end
        )),
        Some((_, said)) if said != words => {
            Err(format!("{id}: “{said}” was read where “{words}” stands"))
        }
        Some(_) => Ok(()),
    }
}

/// The brief's own list of documents against the document: hash, span, words, and what was read.
fn as_listed(held: &Held, id: &EvidenceId, said: &Listed<'_>) -> Result<(), String> {
    if said.sha256 != held.sha256 {
        return Err(format!("{id}: the document has SHA-256 {}", held.sha256));
    }
    let all = told_evidence::of(&held.sha256, &held.told);
    let evidence = all.iter().find(|e| e.id == *id);
    let is = evidence.and_then(|e| {
        let (span, quote) = e.statement.quoted()?;
        let statement = serde_json::to_value(&e.statement).ok()?;
        Some(serde_json::json!({ "span": span, "quote": quote, "statement": statement }))
    });
    let is = is.unwrap_or_default();
    for part in ["span", "quote", "statement"] {
        if said.place[part] != is[part] {
            return Err(format!(
                "{id}: its {part} is {}, and not {}",
                is[part], said.place[part]
            ));
        }
    }
    Ok(())
}

/// The sentences and cells against those composed again.
fn texts(told: &Told<'_>, against: &Against<'_>, out: &mut Verified) -> Result<(), Failure> {
    let snapshot = against.snapshot;
    let cites = told.value["documents"]
        .as_array()
        .is_some_and(|d| !d.is_empty());
    if cites && against.workspace.is_none() {
        out.unchecked.push(
            "sentences and tables: the brief draws on documents, and is composed again only from the workspace that has them".to_owned(),
        );
        return Ok(());
    }
    let options = Options {
        viewpoint: told.viewpoint,
        as_of: told.as_of,
        sections: Vec::new(),
    };
    let brief = flow::brief(
        snapshot,
        snapshot.registry()?,
        told.pair,
        &options,
        against.workspace,
    )?;
    let (sentences, tables) = composed(&brief);
    let mut bearers = Vec::new();
    supported(&told.value["sections"], &mut bearers);
    for sentence in bearers.iter().filter(|b| b["id"].is_string()) {
        let id = sentence["id"].as_str().unwrap_or_default();
        let said = sentence["text"].as_str().unwrap_or_default();
        let outcome = match sentences.get(id) {
            Some(text) if *text == said => Ok(()),
            Some(text) => Err(format!("{id} says “{said}”; composed again it is “{text}”")),
            None => Err(format!(
                "{id}: no such sentence is composed from what is in use"
            )),
        };
        out.part("sentence", outcome);
    }
    let mut found = Vec::new();
    rows(&told.value["sections"], &mut found);
    for table in found {
        let id = table["id"].as_str().unwrap_or_default();
        let said: Vec<Vec<&str>> = cells(&table["rows"]);
        let outcome = match tables.get(id) {
            Some(is) if *is == said => Ok(()),
            Some(_) => Err(format!("{id}: composed again, the table has other cells")),
            None => Err(format!(
                "{id}: no such table is composed from what is in use"
            )),
        };
        out.part("table", outcome);
    }
    Ok(())
}

/// Sentences by name, and the cells of tables by name.
type Composed<'b> = (
    BTreeMap<&'b str, &'b str>,
    BTreeMap<&'b str, Vec<Vec<&'b str>>>,
);

fn composed(brief: &Brief) -> Composed<'_> {
    let sentences = brief.sentences().map(|s| (s.id.as_str(), s.text.as_str()));
    let blocks = brief.sections.iter().flat_map(|s| &s.blocks);
    let tables = blocks.filter_map(|b| match b {
        Block::Paragraph { .. } => None,
        Block::Table(t) => Some(t),
        Block::Chart(c) => Some(&c.table),
    });
    let cells = tables.map(|t| {
        let rows = t.rows.iter();
        let texts = rows.map(|r| r.iter().map(|c| c.text.as_str()).collect());
        (t.id.as_str(), texts.collect())
    });
    (sentences.collect(), cells.collect())
}

/// Every table below.
fn rows<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(fields) => {
            let table = fields.contains_key("columns") && fields.contains_key("rows");
            if table {
                found.push(value);
            } else {
                fields.values().for_each(|v| rows(v, found));
            }
        }
        Value::Array(items) => items.iter().for_each(|v| rows(v, found)),
        _ => {}
    }
}

fn cells(rows: &Value) -> Vec<Vec<&str>> {
    rows.as_array()
        .into_iter()
        .flatten()
        .map(|r| {
            let cells = r.as_array().into_iter().flatten();
            cells
                .map(|c| c["text"].as_str().unwrap_or_default())
                .collect()
        })
        .collect()
}
