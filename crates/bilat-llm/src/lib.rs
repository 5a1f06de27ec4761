//! The optional second extractor: a language model proposes, the text decides.
//!
//! ```text
//! document ──propose──▶ proposals ──admit──▶ figures, events, ties ──merge──▶ extraction
//!           (network)              (pure)    and what was refused
//! ```
//!
//! [`propose`] asks any endpoint that speaks the chat-completions protocol. [`admit`] believes
//! nothing that it says: an item counts when its quote stands in the text, its number, unit and
//! period can be read there by the same readers that the rules use, and its countries are the
//! pair's. What is kept is what was read, never what was said. So neither a lying model nor
//! instructions hidden in a document can put a figure into the world that the text does not print.
//! All else is refused with its reason.
//!
//! Nothing here reads the environment: address, key and model are arguments.

mod admit;
mod answer;
mod error;
mod event;
mod figure;
mod http;
mod lines;
mod merge;
mod prompt;
mod stand;

use std::fmt;
use std::time::Duration;

use bilat_model::Pair;
use bilat_model::document::{Document, Span};
use serde::{Deserialize, Serialize};

pub use admit::{Admitted, Refused, admit};
pub use error::Error;
pub use merge::merge;

/// Where a model is asked.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The address that `/chat/completions` is appended to, such as `https://host/v1`.
    pub base: String,
    /// Sent as a bearer token; over plain `http` only to this machine.
    pub key: Option<String>,
    /// The model's name.
    pub model: String,
    /// What is asked and waited for at most.
    pub limits: Limits,
}

impl Endpoint {
    /// Whether it can be asked at all, before anything is sent.
    ///
    /// # Errors
    /// [`Error::Address`] and [`Error::Key`].
    pub fn check(&self) -> Result<(), Error> {
        http::Server::new(self).map(|_| ())
    }
}

impl fmt::Debug for Endpoint {
    // The key is never printed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("base", &self.base)
            .field("key", &self.key.as_ref().map(|_| "…"))
            .field("model", &self.model)
            .field("limits", &self.limits)
            .finish()
    }
}

/// What is asked and waited for at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text in one question. Default 12,000.
    pub part: usize,
    /// Questions for one document; a longer document is an error. Default 200.
    pub parts: usize,
    /// Bytes of one answer. Default 1 MiB.
    pub answer: usize,
    /// Proposals taken from one answer. Default 300.
    pub items: usize,
    /// To connect. Default 10 s.
    pub connect: Duration,
    /// For one answer, from asking to its last byte. Default 2 minutes.
    pub wait: Duration,
    /// For the whole document, pauses included. Default 30 minutes.
    pub overall: Duration,
    /// How often one question is asked when the server is busy or the connection breaks. Default 4.
    pub attempts: u32,
    /// Before the second attempt; it doubles with each. Default 1 s.
    pub pause: Duration,
    /// The longest pause that a server may ask for. Default 60 s.
    pub longest_pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            part: 12_000,
            parts: 200,
            answer: 1 << 20,
            items: 300,
            connect: Duration::from_secs(10),
            wait: Duration::from_secs(120),
            overall: Duration::from_secs(1800),
            attempts: 4,
            pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(60),
        }
    }
}

/// What an item is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A figure.
    Figure,
    /// An event.
    Event,
    /// A tie.
    Tie,
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Figure => "figure",
            Self::Event => "event",
            Self::Tie => "tie",
        })
    }
}

/// One item as the model gave it, unchecked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// What it is said to be.
    pub item: Item,
    /// The stretch of text that the model was shown.
    pub part: Span,
    /// Its fields, whatever they are.
    pub fields: serde_json::Value,
}

/// A part of the text for which there is no answer that can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Which part.
    pub part: Span,
    /// What was wrong.
    pub why: String,
}

/// All that a model proposes for a document, in the order of the text and of its answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Proposals {
    /// The model's name.
    pub model: String,
    /// Its items.
    pub items: Vec<Proposal>,
    /// Parts without an answer.
    pub faults: Vec<Fault>,
}

/// Asks a model what a document tells about a pair, part by part.
///
/// An answer that cannot be read is a [`Fault`] of its part; the others are still asked for.
///
/// # Errors
/// [`Error`] when the endpoint cannot be asked: a bad address or key, no connection, a refusal,
/// too long a silence, a document of more parts than the limit.
pub fn propose(endpoint: &Endpoint, document: &Document, pair: Pair) -> Result<Proposals, Error> {
    let limits = &endpoint.limits;
    let parts = lines::parts(document, limits.part);
    if parts.len() > limits.parts {
        return Err(Error::TooLong {
            parts: parts.len(),
            limit: limits.parts,
        });
    }
    let mut server = http::Server::new(endpoint)?;
    let mut out = Proposals {
        model: endpoint.model.clone(),
        ..Proposals::default()
    };
    for part in &parts {
        let span = lines::hull(part);
        let question = prompt::Question::new(&endpoint.model, document, pair, part);
        match server.ask(&question)? {
            Ok(body) => out.read(span, &body, limits.items),
            Err(why) => out.faults.push(Fault { part: span, why }),
        }
    }
    if let Some(key) = &endpoint.key {
        out.hide(key);
    }
    Ok(out)
}
