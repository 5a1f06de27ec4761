//! One module a command.

pub(crate) mod add;
pub(crate) mod archive;
pub(crate) mod brief;
mod brief_all;
pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod documents;
pub(crate) mod evidence;
pub(crate) mod explain;
pub(crate) mod rank;
mod rank_told;
pub(crate) mod search;
pub(crate) mod shell;
pub(crate) mod snapshot;
pub(crate) mod sources;
pub(crate) mod sql;
pub(crate) mod sync;
pub(crate) mod verify;
pub(crate) mod why;
pub(crate) mod workspace;
