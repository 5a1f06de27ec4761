//! Documents as a reader would hand them over, without a reader.
#![allow(dead_code, clippy::unwrap_used, unreachable_pub)]

use std::path::{Path, PathBuf};

use bilat_model::document::{Block, BlockKind, Document, Meta, Origin, Span};
use bilat_model::told::{Event, Extraction, Figure, Tie};
use bilat_model::{Pair, Period};
use bilat_workspace::{Arrival, Error, Mode, Receipt, Workspace};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

pub const AT: &str = "2026-01-31T12:00:00Z";
pub const PROGRAM: &str = "bilat 0.1.0";

pub fn pair() -> Pair {
    "KAZ-SVN".parse().unwrap()
}

/// A workspace in a folder of its own.
pub fn workspace() -> (TempDir, PathBuf, Workspace) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("deep").join("bilat.db");
    let w = Workspace::open(&path, Mode::Write).unwrap();
    (dir, path, w)
}

pub fn open(path: &Path) -> Workspace {
    Workspace::open(path, Mode::Write).unwrap()
}

/// A plain text and what was read of it.
pub struct Text {
    pub document: Document,
    pub told: Vec<Extraction>,
    pub from: String,
    pub at: String,
    pub url: Option<String>,
}

pub fn text(body: &str) -> Text {
    let hash = Sha256::digest(body.as_bytes());
    Text {
        document: Document {
            sha256: hash.iter().map(|b| format!("{b:02x}")).collect(),
            bytes: body.len(),
            media_type: "text/plain".to_owned(),
            encoding: "UTF-8".to_owned(),
            meta: Meta::default(),
            text: body.to_owned(),
            blocks: vec![Block {
                span: Span::new(0, body.len()),
                kind: BlockKind::Paragraph,
            }],
            origin: Origin::Identity,
        },
        told: Vec::new(),
        from: "/home/user/a.txt".to_owned(),
        at: AT.to_owned(),
        url: None,
    }
}

impl Text {
    pub fn from(mut self, from: &str) -> Self {
        self.from = from.to_owned();
        self
    }

    pub fn at(mut self, at: &str) -> Self {
        self.at = at.to_owned();
        self
    }

    pub fn published(mut self, day: &str) -> Self {
        self.document.meta.published = Some(day.parse().unwrap());
        self
    }

    pub fn title(mut self, title: &str) -> Self {
        self.document.meta.title = Some(title.to_owned());
        self
    }

    fn extraction(&mut self) -> &mut Extraction {
        if self.told.is_empty() {
            self.told.push(Extraction {
                pair: pair(),
                published: self.document.meta.published,
                figures: Vec::new(),
                events: Vec::new(),
                ties: Vec::new(),
                constraints: Vec::new(),
            });
        }
        &mut self.told[0]
    }

    /// Where a quote stands, as JSON.
    fn place(&self, quote: &str) -> String {
        let start = self.document.text.find(quote).unwrap();
        let end = start + quote.len();
        let quote = serde_json::to_string(quote).unwrap();
        format!(r#""span": {{"start": {start}, "end": {end}}}, "quote": {quote}"#)
    }

    pub fn figure(mut self, quote: &str, fields: &str) -> Self {
        let place = self.place(quote);
        let json = format!(r#"{{"from": "KAZ", "to": "SVN", {fields}, {place}}}"#);
        let figure: Figure = serde_json::from_str(&json).unwrap();
        self.extraction().figures.push(figure);
        self
    }

    /// Exports in dollars.
    pub fn exports(self, quote: &str, value: &str, year: i16, interval: &str) -> Self {
        let year = Period::Year(year);
        self.figure(
            quote,
            &format!(
                r#""kind": "exports", "value": {value}, "unit": "USD", "qualifier": "exact",
                   "period": "{year}", "interval": "{interval}""#
            ),
        )
    }

    pub fn event(mut self, quote: &str, fields: &str) -> Self {
        let place = self.place(quote);
        let json = format!(r#"{{"participants": ["KAZ", "SVN"], {fields}, {place}}}"#);
        let event: Event = serde_json::from_str(&json).unwrap();
        self.extraction().events.push(event);
        self
    }

    pub fn visit(self, quote: &str, date: &str, planned: bool) -> Self {
        self.event(
            quote,
            &format!(
                r#""kind": "visit", "date": "{date}", "host": "SVN", "planned": {planned},
                   "what": "visit to Ljubljana", "persons": [{{"name": "Ivo Alan"}}]"#
            ),
        )
    }

    pub fn tie(mut self, quote: &str, fields: &str) -> Self {
        let place = self.place(quote);
        let json = format!(r#"{{"participants": ["KAZ", "SVN"], {fields}, {place}}}"#);
        let tie: Tie = serde_json::from_str(&json).unwrap();
        self.extraction().ties.push(tie);
        self
    }

    pub fn try_add(&self, w: &mut Workspace) -> Result<Receipt, Error> {
        let bytes = self.document.text.as_bytes();
        self.add_bytes(w, bytes)
    }

    pub fn add_bytes(&self, w: &mut Workspace, bytes: &[u8]) -> Result<Receipt, Error> {
        let arrival = Arrival {
            bytes,
            document: &self.document,
            from: &self.from,
            at: &self.at,
            url: self.url.as_deref(),
            program: PROGRAM,
        };
        w.add(&arrival, &self.told)
    }

    pub fn add(&self, w: &mut Workspace) -> Receipt {
        self.try_add(w).unwrap()
    }
}

/// Nothing is wrong with the workspace.
pub fn whole(w: &Workspace) -> usize {
    let verified = w.verify().unwrap();
    assert_eq!(verified.wrong, Vec::<String>::new());
    verified.documents
}
