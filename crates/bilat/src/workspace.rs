//! The user's documents as the other operations see them: which file, and what it says of a pair.
//!
//! Nothing is opened, and nothing of the database is touched, when the file is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use bilat_brief::Documents;
use bilat_brief::documents::Item;
use bilat_check::KnownSource;
use bilat_model::document::Document;
use bilat_model::finding::{Finding, Outcome};
use bilat_model::source::SourceId;
use bilat_model::{Evidence, Pair, told_evidence};
use bilat_workspace::origin::OriginRules;
use bilat_workspace::{DocumentInfo, Mode, Trouble, Workspace};

use crate::args::WorkspaceArg;
use crate::failure::Failure;
use crate::home;

/// The file's name in the folder of user data.
const FILE: &str = "workspace.sqlite";

fn default() -> Option<PathBuf> {
    home::dir().map(|d| d.join(FILE))
}

fn file(arg: &WorkspaceArg) -> Result<PathBuf, Failure> {
    match &arg.workspace {
        Some(path) => Ok(path.clone()),
        None => Ok(home::required()?.join(FILE)),
    }
}

/// The workspace, for commands that do as well without one: none when none was made. One that is
/// named must be there.
pub(crate) fn if_there(arg: &WorkspaceArg) -> Result<Option<Workspace>, Failure> {
    let path = match &arg.workspace {
        Some(path) => path.clone(),
        None => match default().filter(|p| p.exists()) {
            Some(path) => path,
            None => return Ok(None),
        },
    };
    match Workspace::open(&path, Mode::Read) {
        Ok(workspace) => Ok(Some(workspace)),
        // Created by a process that was killed before it wrote: nothing is in it yet.
        Err(e) if arg.workspace.is_none() && matches!(e.trouble, Trouble::Missing) => Ok(None),
        Err(e) => Err(e.into()),
    }
}

/// The workspace, to be read.
pub(crate) fn read(arg: &WorkspaceArg) -> Result<Workspace, Failure> {
    Ok(Workspace::open(&file(arg)?, Mode::Read)?)
}

/// The workspace, to be changed; `bilat add` and `bilat import` make one that is missing.
pub(crate) fn write(arg: &WorkspaceArg, make: bool) -> Result<Workspace, Failure> {
    let path = file(arg)?;
    if !make && !path.exists() {
        // Says the same as opening it for reading, and makes no file.
        Workspace::open(&path, Mode::Read)?;
    }
    Ok(Workspace::open(&path, Mode::Write)?)
}

/// How a document is called in a line: its title, else where it was met.
pub(crate) fn title(d: &DocumentInfo) -> String {
    let met = || d.seen.first().map(|s| s.from.clone());
    let title = d.title.clone().or_else(met).unwrap_or_default();
    match &d.publisher {
        Some(p) if !title.contains(p.as_str()) => format!("{title} ({p})"),
        _ => title,
    }
}

/// What the documents tell of a pair, as a brief takes it.
pub(crate) fn documents(workspace: &Workspace, pair: Pair) -> Result<Documents, Failure> {
    let told = workspace.evidence(pair, None)?;
    let items = told.items.into_iter().map(|i| Item {
        evidence: i.evidence,
        also: i.also.into_iter().map(|a| a.evidence).collect(),
    });
    Ok(Documents {
        items: items.collect(),
        documents: told.documents,
    })
}

/// The same for those of these pairs of which documents tell.
pub(crate) fn documents_of(
    workspace: &Workspace,
    pairs: &[Pair],
) -> Result<BTreeMap<Pair, Documents>, Failure> {
    let told = workspace.pairs()?.into_keys().collect::<BTreeSet<_>>();
    let asked = pairs.iter().filter(|p| told.contains(p));
    asked
        .map(|pair| Ok((*pair, documents(workspace, *pair)?)))
        .collect()
}

/// Evidence of documents, each document as a source of its own.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) sources: BTreeMap<SourceId, KnownSource>,
    /// Documents of one origin with the text that is checked, as their evidence names them. An
    /// echo may contradict it, and confirms nothing.
    echoes: BTreeSet<String>,
}

/// What other documents say of a pair, to hold a text against; the text itself is left out.
pub(crate) fn beside(
    workspace: &Workspace,
    document: &Document,
    pair: Pair,
) -> Result<Beside, Failure> {
    let told = workspace.evidence(pair, None)?;
    let rules = OriginRules::built_in()?;
    let own = rules.fingerprint(&document.text, &document.blocks);
    let mut out = Beside::default();
    let mut others: BTreeMap<&str, SourceId> = BTreeMap::new();
    for d in &told.documents {
        if d.sha256 == document.sha256 {
            continue;
        }
        let other = workspace.read(&d.id)?;
        let print = rules.fingerprint(&other.text, &other.blocks);
        if rules.one_origin(&own, &print).is_some() {
            out.echoes
                .insert(told_evidence::short(&d.sha256).to_owned());
        }
        let source = SourceId::new(&d.id);
        others.insert(d.id.as_str(), source.clone());
        let known = KnownSource {
            title: title(d),
            date: d.published.map(|p| p.to_string()),
            document: true,
            published: d.published,
        };
        out.sources.insert(source, known);
    }
    for item in &told.items {
        let also = item.also.iter().map(|a| (&a.evidence, &a.document));
        for (evidence, document) in std::iter::once((&item.evidence, &item.document)).chain(also) {
            if let Some(source) = others.get(document.as_str()) {
                let mut evidence = evidence.clone();
                evidence.citation.source = source.clone();
                out.evidence.push(evidence);
            }
        }
    }
    Ok(out)
}

impl Beside {
    /// Takes back what echoes alone confirm.
    pub(crate) fn without_echoes(&self, findings: &mut Vec<Finding>) {
        if self.echoes.is_empty() {
            return;
        }
        // The third part of the name of a document's evidence is the document's.
        let echo = |id: &str| {
            let document = id.split(':').nth(2);
            document.is_some_and(|d| self.echoes.contains(d))
        };
        findings.retain_mut(|f| {
            if f.outcome != Outcome::Confirmed || f.beside.is_empty() {
                return true;
            }
            f.beside.retain(|b| !echo(&b.id));
            !f.beside.is_empty()
        });
    }
}
