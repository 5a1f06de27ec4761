//! Adding documents: from what the user names to what the workspace then has.
//!
//! ```text
//! file, folder, page, feed ──▶ bytes ──read──▶ document ──extract──▶ evidence ──▶ workspace
//! ```
//!
//! Each document is one transaction. What fails is told and does not stop the others.

use std::path::{Path, PathBuf};

use bilat_fetch::{Validators, Visitor};
use bilat_model::Pair;
use bilat_model::told::Extraction;
use bilat_publish::findings::{Phrases, Proposed};
use bilat_workspace::feed::{self, Entry};
use bilat_workspace::{Added, Arrival, Feed, FeedState, JudgementKind, Receipt, Workspace};
use jiff::civil::Date;
use serde::Serialize;

use crate::failure::Failure;
use crate::input::{self, Input};
use crate::output;
use crate::reader::{self, Reader};

/// The program as readings name it.
const PROGRAM: &str = concat!("bilat ", env!("CARGO_PKG_VERSION"));

/// Endings of files that a folder is searched for; what else lies there is left out.
const ENDINGS: [&str; 13] = [
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "pdf", "docx", "rss", "atom", "xml",
    "json",
];

/// Folders within each other that are entered.
const DEPTH: usize = 32;

/// What the user says of the documents.
pub(crate) struct Asked {
    pub(crate) pairs: Vec<Pair>,
    pub(crate) published: Option<Date>,
    /// The page that a file is a state of.
    pub(crate) url: Option<String>,
    /// When, in RFC 3339.
    pub(crate) at: String,
}

/// What became of one item.
pub(crate) enum Outcome {
    /// A document is in the workspace.
    Kept(Kept),
    /// A feed has been read, with so many pages that were not added before.
    Feed {
        name: String,
        title: Option<String>,
        new: usize,
    },
    /// A file that is no document by its name.
    LeftOut(PathBuf),
    /// An item that could not be added.
    Failed(Failure),
}

/// A document that is in the workspace.
#[derive(Serialize)]
pub(crate) struct Kept {
    /// Its name.
    pub(crate) document: String,
    /// `new`, `same`, `vintage` or `back`.
    added: &'static str,
    /// The state of the page before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    vintage_of: Option<String>,
    /// Whether a known document was read otherwise than before.
    reread: bool,
    /// Where it came from.
    from: String,
    title: Option<String>,
    published: Option<Date>,
    told: Vec<Told>,
    /// The document whose report it repeats, with the reason.
    same_report_as: Vec<(String, String)>,
    /// Events that another document tells too.
    same_events: usize,
}

/// How much a document tells of a pair.
#[derive(Serialize)]
struct Told {
    pair: Pair,
    figures: usize,
    events: usize,
    ties: usize,
    /// What a model that was asked proposed beside the rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed: Option<Proposed>,
}

/// Adds one item after the other.
pub(crate) struct Adder<'a> {
    pub(crate) reader: &'a Reader<'a>,
    pub(crate) workspace: &'a mut Workspace,
    pub(crate) visitor: Visitor,
    pub(crate) asked: &'a Asked,
    /// Is told what became of each.
    pub(crate) tell: &'a mut dyn FnMut(Outcome) -> Result<(), Failure>,
}

impl Adder<'_> {
    /// Adds what a file, a folder, a page or a feed holds.
    ///
    /// # Errors
    /// Only when the outcome cannot be told; whatever else fails is an outcome.
    pub(crate) fn source(&mut self, name: &str) -> Result<(), Failure> {
        if input::is_address(name) {
            return self.page(name);
        }
        let path = Path::new(name);
        if path.is_dir() {
            return self.folder(path);
        }
        self.file(name)
    }

    fn folder(&mut self, dir: &Path) -> Result<(), Failure> {
        let mut files = Vec::new();
        if let Err(failure) = walk(dir, DEPTH, &mut files) {
            return (self.tell)(Outcome::Failed(failure));
        }
        let bar = output::progress(files.len() as u64);
        for path in files {
            bar.inc(1);
            let ending = path
                .extension()
                .and_then(|e| e.to_str())
                .unwrap_or_default();
            let readable = ENDINGS.iter().any(|e| e.eq_ignore_ascii_case(ending));
            let name = path.display().to_string();
            match ending.to_ascii_lowercase().as_str() {
                _ if !readable => (self.tell)(Outcome::LeftOut(path))?,
                // Only a feed is a document of this kind.
                "json" | "xml" if !self.is_feed_file(&path) => {
                    (self.tell)(Outcome::LeftOut(path))?;
                }
                _ => self.file(&name)?,
            }
        }
        bar.finish_and_clear();
        Ok(())
    }

    fn is_feed_file(&self, path: &Path) -> bool {
        input::of_file(path, feed::MOST_BYTES).is_ok_and(|b| is_feed(&b))
    }

    fn file(&mut self, name: &str) -> Result<(), Failure> {
        match input::read(name, reader::limits().bytes, &mut self.visitor) {
            Ok(read) => self.came(read, Validators::default()),
            Err(failure) => (self.tell)(Outcome::Failed(failure)),
        }
    }

    fn page(&mut self, url: &str) -> Result<(), Failure> {
        let known = match self.workspace.feed(url)? {
            Some(state) => Validators {
                etag: state.etag,
                last_modified: state.last_modified,
            },
            None => Validators::default(),
        };
        match input::page(url, &mut self.visitor, &known) {
            Ok(page) if page.unchanged() => (self.tell)(Outcome::Feed {
                name: url.to_owned(),
                title: None,
                new: 0,
            }),
            Ok(page) => {
                let validators = page.validators.clone();
                self.came(input::of_page(url, page), validators)
            }
            Err(failure) => (self.tell)(Outcome::Failed(failure)),
        }
    }

    /// What has come is a feed by its content, else a document.
    fn came(&mut self, came: Input, validators: Validators) -> Result<(), Failure> {
        if is_feed(&came.bytes) {
            let base = came.url.as_deref().unwrap_or(&came.name);
            if let Ok(feed) = feed::parse(&came.bytes, base) {
                return self.feed(&came.name, &feed, validators);
            }
        }
        let outcome = match self.document(&came, None) {
            Ok((kept, _)) => Outcome::Kept(kept),
            Err(failure) => Outcome::Failed(failure),
        };
        (self.tell)(outcome)
    }

    fn feed(&mut self, name: &str, feed: &Feed, validators: Validators) -> Result<(), Failure> {
        let mut state = FeedState {
            url: name.to_owned(),
            title: feed.title.clone(),
            etag: None,
            last_modified: None,
            fetched: self.asked.at.clone(),
        };
        self.workspace.feed_fetched(&state)?;
        let new = self.workspace.feed_new(name, feed)?;
        (self.tell)(Outcome::Feed {
            name: name.to_owned(),
            title: feed.title.clone(),
            new: new.len(),
        })?;
        let bar = output::progress(new.len() as u64);
        let mut all = true;
        for entry in &new {
            bar.inc(1);
            match self.entry(entry) {
                Ok(sha256) => {
                    let at = self.asked.at.clone();
                    self.workspace
                        .feed_taken(name, entry, sha256.as_deref(), &at)?;
                }
                Err(failure) => {
                    all = false;
                    (self.tell)(Outcome::Failed(failure))?;
                }
            }
        }
        bar.finish_and_clear();
        if all {
            // A page that did not come is asked for again: the feed then has to come again too.
            (state.etag, state.last_modified) = (validators.etag, validators.last_modified);
            self.workspace.feed_fetched(&state)?;
        }
        Ok(())
    }

    /// The page of an entry; its hash, or nothing for an entry without a page.
    fn entry(&mut self, entry: &Entry) -> Result<Option<String>, Failure> {
        let Some(link) = &entry.link else {
            return Ok(None);
        };
        let page = input::page(link, &mut self.visitor, &Validators::default())?;
        let (kept, sha256) = self.document(&input::of_page(link, page), Some(entry))?;
        (self.tell)(Outcome::Kept(kept))?;
        Ok(Some(sha256))
    }

    fn document(&mut self, came: &Input, entry: Option<&Entry>) -> Result<(Kept, String), Failure> {
        let mut document = reader::document(came, self.asked.published)?;
        if let Some(entry) = entry {
            let meta = &mut document.meta;
            if meta.published.is_none() && entry.published.is_some() {
                meta.published = entry.published;
                meta.published_by = Some("feed".to_owned());
            }
            meta.title = meta.title.take().or_else(|| entry.title.clone());
        }
        let told = self.reader.told(&document, &self.asked.pairs);
        let from = came.url.as_deref().unwrap_or(&came.name);
        let arrival = Arrival {
            bytes: &came.bytes,
            document: &document,
            from,
            at: &self.asked.at,
            url: self.asked.url.as_deref(),
            program: PROGRAM,
        };
        let (told, proposed): (Vec<_>, Vec<_>) =
            told.into_iter().map(|t| (t.extraction, t.proposed)).unzip();
        let receipt = self.workspace.add(&arrival, &told)?;
        let kept = Kept::new(receipt, from, (&told, proposed), &document.meta);
        Ok((kept, document.sha256))
    }
}

impl Kept {
    fn new(
        receipt: Receipt,
        from: &str,
        (told, proposed): (&[Extraction], Vec<Option<Proposed>>),
        meta: &bilat_model::document::Meta,
    ) -> Self {
        let (added, vintage_of) = match receipt.added {
            Added::New => ("new", None),
            Added::Same => ("same", None),
            Added::Vintage { of } => ("vintage", Some(of)),
            Added::Back => ("back", None),
        };
        let of_kind = |kind| receipt.judgements.iter().filter(move |j| j.kind == kind);
        Self {
            document: receipt.id.clone(),
            added,
            vintage_of,
            reread: receipt.reread,
            from: from.to_owned(),
            title: meta.title.clone(),
            published: meta.published,
            told: told
                .iter()
                .zip(proposed)
                .map(|(t, proposed)| Told {
                    pair: t.pair,
                    figures: t.figures.len(),
                    events: t.events.len(),
                    ties: t.ties.len(),
                    proposed,
                })
                .collect(),
            same_report_as: of_kind(JudgementKind::Origin)
                .map(|j| {
                    let other = if j.left == receipt.id {
                        &j.right
                    } else {
                        &j.left
                    };
                    (other.clone(), j.reason.clone())
                })
                .collect(),
            same_events: of_kind(JudgementKind::Event).count(),
        }
    }

    /// For people.
    pub(crate) fn text(&self, phrases: &Phrases) -> Result<String, Failure> {
        let what = match (self.added, &self.vintage_of) {
            ("new", _) => "new".to_owned(),
            ("same", _) => "known".to_owned(),
            ("back", _) => "was removed, is back".to_owned(),
            (_, of) => format!("in place of {}", of.as_deref().unwrap_or_default()),
        };
        let reread = if self.reread { ", read anew" } else { "" };
        let title = self.title.as_deref().unwrap_or(&self.from);
        let day = self
            .published
            .map_or("undated".to_owned(), |d| d.to_string());
        let mut out = format!(
            "{} {what}{reread}: {} ({day})\n",
            self.document,
            output::tame(title)
        );
        if self.told.is_empty() {
            out.push_str("  no two countries are found in it; --pair A,B names them\n");
        }
        for t in &self.told {
            let parts = [
                output::count(t.figures, "figure", "figures"),
                output::count(t.events, "event", "events"),
                output::count(t.ties, "tie", "ties"),
            ];
            out.push_str(&format!("  {}: {}\n", t.pair, parts.join(", ")));
            if let Some(proposed) = &t.proposed {
                let line = phrases.proposed(t.pair, proposed)?;
                out.push_str(&format!("  {}\n", output::tame(&line)));
            }
        }
        for (other, reason) in &self.same_report_as {
            out.push_str(&format!("  same report as {other}: {reason}\n"));
        }
        if self.same_events > 0 {
            let n = output::count(self.same_events, "telling", "tellings");
            out.push_str(&format!("  {n} of events that other documents tell too\n"));
        }
        Ok(out)
    }
}

/// Whether bytes begin as a feed does.
fn is_feed(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let html = head
        .get(..14)
        .is_some_and(|h| h.eq_ignore_ascii_case("<!doctype html"));
    match head.chars().next() {
        Some('<') if !html => ["<rss", "<feed", "<rdf:RDF"]
            .iter()
            .any(|root| head.contains(root)),
        Some('{') => head.contains("jsonfeed.org/version"),
        _ => false,
    }
}

/// All files below a folder, by name; hidden ones and links to folders are not followed.
fn walk(dir: &Path, depth: usize, out: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed =
        |e: std::io::Error| Failure::new(format!("cannot read the folder {}: {e}", dir.display()));
    if depth == 0 {
        return Err(Failure::new(format!(
            "{} lies more than {DEPTH} folders deep",
            dir.display()
        ))
        .hint("name the folder itself"));
    }
    let mut entries = std::fs::read_dir(dir)
        .map_err(failed)?
        .collect::<Result<Vec<_>, _>>()
        .map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let kind = entry.file_type().map_err(failed)?;
        let path = entry.path();
        if kind.is_dir() {
            walk(&path, depth - 1, out)?;
        } else if kind.is_file() || (kind.is_symlink() && path.is_file()) {
            out.push(path);
        }
    }
    Ok(())
}
