//! One module a command.

pub(crate) mod brief;
mod brief_all;
pub(crate) mod check;
pub(crate) mod evidence;
pub(crate) mod explain;
pub(crate) mod rank;
pub(crate) mod shell;
pub(crate) mod snapshot;
pub(crate) mod sources;
pub(crate) mod sql;
pub(crate) mod sync;
pub(crate) mod why;
