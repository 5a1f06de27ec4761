//! Reading texts: bytes to a document, to what it tells, to findings, to JSON.
//!
//! `TEXTS` is a folder of labelled texts (`ID.txt` with `ID.json`, which says pair and day), or the
//! archive of encyclopaedia articles, each of which is read for the pair that it names most. With a
//! length in kilobytes it is one text for one pair: the articles one after the other as far as they
//! reach, or the labelled texts again and again, each time with other digits, so that no two rounds
//! tell the same.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use bilat_check::{Known, check};
use bilat_document::{Hints, Limits, read};
use bilat_extract::Extractor;
use bilat_extract::reading::Reading;
use bilat_model::document::Document;
use bilat_model::finding::Finding;
use bilat_model::told::Extraction;
use bilat_model::{Pair, Period};
use bilat_snapshot::Snapshot;
use bilat_wikitext::{Block, Page};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// How far each text is taken while the clock runs; what lies before it is done when loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Bytes to a document.
    Document,
    /// A document to what it tells.
    Extract,
    /// What is told to findings.
    Check,
    /// A document to the JSON of what it tells and of the findings.
    Told,
    /// Bytes to that JSON.
    All,
}

impl Stage {
    fn named(name: &str) -> Result<Self, Box<dyn Error>> {
        Ok(match name {
            "document" => Self::Document,
            "extract" => Self::Extract,
            "check" => Self::Check,
            "told" => Self::Told,
            "all" => Self::All,
            _ => return Err(format!("there is no stage {name}").into()),
        })
    }
}

/// A text before it is read.
struct Text {
    id: String,
    bytes: String,
    published: Option<String>,
    pair: Option<Pair>,
}

/// A text with all that is made of it before the clock runs.
struct Ready {
    text: Text,
    pair: Pair,
    document: Document,
    told: Extraction,
}

#[derive(Serialize)]
struct Told<'a> {
    told: &'a Extraction,
    findings: &'a [Finding],
}

struct Loaded {
    extractor: Extractor,
    texts: Vec<Ready>,
}

/// What one run makes: enough to be compared, not more than a program would keep.
#[derive(Default)]
struct Made {
    documents: Vec<Document>,
    told: Vec<Extraction>,
    findings: Vec<Vec<Finding>>,
    json: Vec<String>,
}

pub(crate) fn run(
    texts: &Path,
    stage: &str,
    kilobytes: usize,
    runs: usize,
) -> Result<Value, Box<dyn Error>> {
    let stage = Stage::named(stage)?;
    let load = || load(texts, kilobytes);
    crate::timed_with(load, runs, |l| work(l, stage), answer)
}

fn load(path: &Path, kilobytes: usize) -> Result<Loaded, Box<dyn Error>> {
    let snapshot = Snapshot::embedded()?;
    let registry = snapshot.registry()?;
    let extractor = Extractor::new(&registry, &snapshot.cities()?)?;
    let mut texts = match path.is_dir() {
        true => labelled(path)?,
        false => articles(path)?,
    };
    if kilobytes > 0 {
        texts = vec![one(&texts, kilobytes * 1000)];
    }
    let texts = ready(&extractor, texts)?;
    Ok(Loaded { extractor, texts })
}

fn ready(extractor: &Extractor, texts: Vec<Text>) -> Result<Vec<Ready>, Box<dyn Error>> {
    texts
        .into_iter()
        .map(|text| {
            let document = document(&text)?;
            let likeliest = || extractor.pairs(&document).first().map(|(pair, _)| *pair);
            let pair = text.pair.or_else(likeliest);
            let pair = pair.map_or_else(|| "KAZ-SVN".parse(), Ok)?;
            let told = extractor.extract(&document, pair);
            Ok(Ready {
                text,
                pair,
                document,
                told,
            })
        })
        .collect()
}

/// Every amount of money and every day of an event in each text, to be held against what other
/// programs find in them.
pub(crate) fn found(texts: &Path, runs: usize) -> Result<Value, Box<dyn Error>> {
    let load = || load(texts, 0);
    let work = |l: &Loaded| work(l, Stage::Extract);
    crate::timed_with(load, runs, work, |loaded, made| {
        let (mut amounts, mut dates) = (BTreeMap::new(), BTreeMap::new());
        for (ready, told) in loaded.texts.iter().zip(&made.told) {
            let reading = Reading::new(&loaded.extractor, &ready.document, ready.pair);
            let money = reading.amounts.iter().filter(|a| a.is_money());
            let money: Vec<_> = money
                .map(|a| json!([a.value().to_string(), a.unit.code()]))
                .collect();
            let days: BTreeSet<String> = told
                .events
                .iter()
                .filter_map(|e| match e.date.and_then(|d| d.period())? {
                    Period::Day(day) => Some(day.to_string()),
                    _ => None,
                })
                .collect();
            amounts.insert(ready.text.id.clone(), money);
            dates.insert(ready.text.id.clone(), days);
        }
        Ok(json!({ "amounts": amounts, "dates": dates }))
    })
}

fn document(text: &Text) -> Result<Document, Box<dyn Error>> {
    let hints = Hints {
        published: text.published.as_deref().map(str::parse).transpose()?,
        name: Some("text.txt"),
        ..Hints::default()
    };
    Ok(read(text.bytes.as_bytes(), &hints, &Limits::default())?)
}

fn work(loaded: &Loaded, stage: Stage) -> Result<Made, Box<dyn Error>> {
    let mut made = Made::default();
    for ready in &loaded.texts {
        match stage {
            Stage::Document => made.documents.push(document(&ready.text)?),
            Stage::Extract => {
                let told = loaded.extractor.extract(&ready.document, ready.pair);
                made.told.push(told);
            }
            Stage::Check => {
                let found = check(&ready.told, &ready.document.text, &Known::nothing());
                made.findings.push(found);
            }
            Stage::Told => made.json.push(told(loaded, ready, &ready.document)?),
            Stage::All => made
                .json
                .push(told(loaded, ready, &document(&ready.text)?)?),
        }
    }
    Ok(made)
}

fn told(loaded: &Loaded, ready: &Ready, document: &Document) -> Result<String, Box<dyn Error>> {
    let told = loaded.extractor.extract(document, ready.pair);
    let findings = check(&told, &document.text, &Known::nothing());
    Ok(serde_json::to_string(&Told {
        told: &told,
        findings: &findings,
    })?)
}

/// The same whatever the stage: what all texts tell, and a hash of it, so that two versions of the
/// program can be held against each other.
fn answer(loaded: &Loaded, made: &Made) -> Result<Value, Box<dyn Error>> {
    let (mut bytes, mut all) = (0, [0; 4]);
    let mut hash = Sha256::new();
    for (i, ready) in loaded.texts.iter().enumerate() {
        let findings = check(&ready.told, &ready.document.text, &Known::nothing());
        let json = serde_json::to_string(&Told {
            told: &ready.told,
            findings: &findings,
        })?;
        let right = made.documents.get(i).is_none_or(|d| *d == ready.document)
            && made.told.get(i).is_none_or(|t| *t == ready.told)
            && made.findings.get(i).is_none_or(|f| *f == findings)
            && made.json.get(i).is_none_or(|j| *j == json);
        if !right {
            return Err(format!("text {i} was read in two ways").into());
        }
        bytes += ready.document.text.len();
        all[0] += ready.told.figures.len();
        all[1] += ready.told.events.len();
        all[2] += ready.told.ties.len();
        all[3] += findings.len();
        hash.update(json.as_bytes());
    }
    let hash = hash.finalize().iter().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    });
    Ok(json!({
        "texts": loaded.texts.len(), "bytes": bytes, "figures": all[0], "events": all[1],
        "ties": all[2], "findings": all[3], "sha256": hash,
    }))
}

fn labelled(folder: &Path) -> Result<Vec<Text>, Box<dyn Error>> {
    let mut files = std::fs::read_dir(folder)?
        .map(|e| Ok(e?.path()))
        .collect::<Result<Vec<_>, std::io::Error>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "json"));
    files.sort();
    files
        .iter()
        .map(|file| {
            let labels: Value = serde_json::from_slice(&std::fs::read(file)?)?;
            let code = |i: usize| labels["pair"][i].as_str().unwrap_or_default().parse();
            Ok(Text {
                id: file
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into(),
                bytes: std::fs::read_to_string(file.with_extension("txt"))?,
                published: labels["published"].as_str().map(str::to_owned),
                pair: Some(Pair::new(code(0)?, code(1)?)?),
            })
        })
        .collect()
}

fn articles(archive: &Path) -> Result<Vec<Text>, Box<dyn Error>> {
    let file = std::io::BufReader::new(std::fs::File::open(archive)?);
    let mut members = BTreeMap::new();
    for member in tar::Archive::new(flate2::read::GzDecoder::new(file)).entries()? {
        let mut member = member?;
        let path = member.path()?.into_owned();
        if path.extension().is_some_and(|e| e == "json") {
            let mut text = String::new();
            member.read_to_string(&mut text)?;
            members.insert(path, text);
        }
    }
    members
        .iter()
        .map(|(path, json)| {
            let wikitext: String = serde_json::from_str(json)?;
            Ok(Text {
                id: path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into(),
                bytes: plain(&bilat_wikitext::parse(&wikitext)),
                published: Some("2025-11-30".to_owned()),
                pair: None,
            })
        })
        .collect()
}

/// What a reader of the article sees, a paragraph, item or row a line.
fn plain(page: &Page) -> String {
    fn blocks(all: &[Block], between: &str, out: &mut String) {
        for block in all {
            match block {
                Block::Paragraph(text) | Block::Item { text, .. } => {
                    out.push_str(&text.plain);
                    out.push_str(between);
                }
                Block::Table(table) => {
                    for row in &table.rows {
                        for cell in &row.cells {
                            blocks(&cell.blocks, " ", out);
                            out.push_str("| ");
                        }
                        out.push_str(between);
                    }
                }
            }
        }
    }
    let mut out = String::new();
    for section in &page.sections {
        out.push_str(&section.title.plain);
        out.push_str("\n\n");
        blocks(&section.blocks, "\n\n", &mut out);
    }
    out
}

/// One text of so many bytes, for the pair of the first that has one.
fn one(texts: &[Text], bytes: usize) -> Text {
    let mut out = String::new();
    let mut digits = Digits(1);
    'all: for round in 0_u64.. {
        for text in texts {
            match round {
                0 => out.push_str(&text.bytes),
                _ => out.extend(text.bytes.chars().map(|c| digits.change(c))),
            }
            out.push_str("\n\n");
            if out.len() >= bytes {
                break 'all;
            }
        }
        if out.is_empty() {
            break;
        }
    }
    let end = out.floor_char_boundary(bytes);
    out.truncate(end);
    Text {
        id: "one".to_owned(),
        bytes: out,
        published: texts.iter().find_map(|t| t.published.clone()),
        pair: texts.iter().find_map(|t| t.pair),
    }
}

/// Other digits for those of a text, in a fixed order that does not repeat.
struct Digits(u64);

impl Digits {
    fn change(&mut self, c: char) -> char {
        // The first digits of years stay, so that dates stay dates.
        if !matches!(c, '3'..='9') {
            return c;
        }
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from(b'3' + (self.0 >> 33) as u8 % 7)
    }
}
