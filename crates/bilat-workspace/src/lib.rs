//! The user's documents and their evidence, kept in one SQLite file.
//!
//! | module | holds |
//! |---|---|
//! | [`Workspace`] | the file: opened, created, migrated, refused when it is not whole |
//! | `add` | a document and all that it tells, in one transaction |
//! | `documents` | what there is, and each as it came |
//! | `evidence` | what the documents say of a pair |
//! | `search` | words in texts |
//! | `judge`, [`origin`], [`same_event`] | judgements with reasons: one origin, one event |
//! | `log` | what was done, and undoing it |
//! | `archive` | export and import |
//! | `verify` | hashes, spans and quotes of the whole |
//! | [`feed`] | RSS, Atom and JSON Feed |
//! | [`diff()`] | what is new, changed, contradicted, gone |
//!
//! Times are arguments, in RFC 3339: nothing here asks the clock.
//!
//! # What holds whatever happens
//! Everything that changes the file does so in one transaction of SQLite's write-ahead log: a
//! process that is killed, a disk that is full and a second process leave it as it was or as it
//! should be. Documents are never changed and, before [`Workspace::purge`], never deleted; what
//! an operation changes is flags, and the log has them as they were.

mod add;
mod archive;
mod diff;
mod documents;
mod error;
mod evidence;
pub mod feed;
mod judge;
mod log;
pub mod origin;
mod pack;
mod reading;
pub mod same_event;
mod search;
mod store;
mod verify;

pub use add::{Added, Arrival, Receipt};
pub use archive::Imported;
pub use bilat_model::document::{DocumentInfo, Sighting};
pub use diff::{Changed, Contradicted, Diff, diff};
pub use documents::Filter;
pub use error::{Error, Trouble};
pub use evidence::{Also, Item, Told};
pub use feed::{Entry, Feed, FeedState};
pub use judge::{Judge, Judgement, JudgementKind};
pub use log::Operation;
pub use pack::MOST_BYTES;
pub use search::Hit;
pub use store::{Mode, Workspace};
pub use verify::Verified;
