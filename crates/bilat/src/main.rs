//! `bilat`: what connects two countries.
//!
//! The command line is thin: it parses, calls one operation, prints what it gives, and turns
//! errors into a message with a hint and an exit status. The flow itself is in [`flow`].

mod adding;
mod args;
mod clock;
mod commands;
mod compute;
mod data_md;
mod explain;
mod failure;
mod flow;
mod home;
mod input;
mod llm;
mod output;
mod reader;
mod record;
mod rules;
mod standings;
mod table;
mod telling;
mod verify;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command, KeepCommand, SourcesCommand};
use crate::failure::Failure;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(e) => {
            // Help and version are no errors; everything else is a use that cannot work.
            let status = if e.use_stderr() { 2 } else { 0 };
            if e.print().is_err() {
                return ExitCode::from(2);
            }
            return ExitCode::from(status);
        }
    };
    match run(args) {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            failure.report();
            ExitCode::from(failure.status)
        }
    }
}

/// Runs a command; its exit status is 0 when all is well and 1 when what was checked does not
/// hold.
fn run(args: Args) -> Result<u8, Failure> {
    match args.command {
        Command::Brief(a) => commands::brief::run(&a),
        Command::Check(a) => commands::check::run(&a),
        Command::Explain(a) => commands::explain::run(&a),
        Command::Evidence(a) => commands::evidence::run(&a),
        Command::Why(a) => commands::why::run(&a),
        Command::Add(a) => commands::add::run(&a),
        Command::Search(a) => commands::search::run(&a),
        Command::Documents(a) => commands::documents::list(&a),
        Command::Remove(a) => commands::documents::remove(&a),
        Command::Undo(a) => commands::documents::undo(&a),
        Command::Diff(a) => commands::diff::run(&a),
        Command::Verify(a) => commands::verify::run(&a),
        Command::Export(a) => commands::archive::export(&a),
        Command::Import(a) => commands::archive::import(&a),
        Command::Workspace(a) => match a.command {
            KeepCommand::Verify(a) => commands::workspace::verify(&a),
            KeepCommand::Purge(a) => commands::workspace::purge(&a),
            KeepCommand::Judgements(a) => commands::workspace::judgements(&a),
            KeepCommand::Merge(a) => commands::workspace::merge(&a),
            KeepCommand::Unmerge(a) => commands::workspace::unmerge(&a),
            KeepCommand::Log(a) => commands::workspace::log(&a),
        },
        Command::Rank(a) => commands::rank::run(&a),
        Command::Sql(a) => commands::sql::run(&a),
        Command::Sources(a) => match a.command {
            SourcesCommand::List(a) => commands::sources::list(&a),
            SourcesCommand::Show(a) => commands::sources::show(&a),
            SourcesCommand::Verify(a) => commands::sources::verify(&a),
            SourcesCommand::Sync(a) => commands::sync::run(&a),
        },
        Command::Snapshot(a) => commands::snapshot::run(&a),
        Command::Completions(a) => commands::shell::completions(&a),
        Command::Man(a) => commands::shell::man(&a),
    }
}
