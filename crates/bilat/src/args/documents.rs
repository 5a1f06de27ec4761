//! The commands on documents of the user's own.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::{ExtractorArgs, PairArgs, TableArgs, TextFormat};

/// Which workspace.
#[derive(ClapArgs, Clone, Default)]
pub(crate) struct WorkspaceArg {
    /// The file with your documents [default: workspace.sqlite in BILAT_HOME]
    #[arg(long, value_name = "FILE")]
    pub(crate) workspace: Option<PathBuf>,
}

/// When something is done.
#[derive(ClapArgs, Clone, Default)]
pub(crate) struct AtArg {
    /// The time that this is dated by, such as 2026-01-31 or 2026-01-31T12:00:00Z [default: now]
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
}

#[derive(ClapArgs)]
pub(crate) struct AddArgs {
    /// Texts, Markdown, web pages, PDF or DOCX files; folders of them; addresses of pages; feeds
    /// (RSS, Atom, JSON Feed), of which every page is added that was not added before
    #[arg(value_name = "FILE|DIR|URL|FEED", required = true)]
    pub(crate) sources: Vec<String>,
    /// The two countries they are about, by any name or code [default: found in the text]
    #[arg(long, value_name = "A,B")]
    pub(crate) pair: Vec<String>,
    /// The day of publication [default: the document's own]
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<String>,
    /// The address of the page that a file is a state of: a later file with the same address takes
    /// the earlier one's place
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// Also fetch addresses on this machine and in its network, and by plain HTTP there
    #[arg(long)]
    pub(crate) allow_private: bool,
    #[command(flatten)]
    pub(crate) extractor: ExtractorArgs,
    #[command(flatten)]
    pub(crate) at: AtArg,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: TextFormat,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct SearchArgs {
    /// Words that must all be there; words in quotation marks stand one after the other, and a
    /// word that ends in * may go on
    #[arg(value_name = "WORDS", required = true)]
    pub(crate) words: Vec<String>,
    /// At most so many documents
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: TextFormat,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct DocumentsArgs {
    /// Only those that tell of these two countries
    #[arg(long, value_name = "A,B")]
    pub(crate) pair: Option<String>,
    /// Only those published on this day or later
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<String>,
    /// Also states of a page that a later one has replaced
    #[arg(long)]
    pub(crate) superseded: bool,
    /// Removed ones instead of the others
    #[arg(long)]
    pub(crate) removed: bool,
    #[command(flatten)]
    pub(crate) table: TableArgs,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct RemoveArgs {
    /// The documents, by name (doc:…), by hash or by the beginning of either
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    #[command(flatten)]
    pub(crate) at: AtArg,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct UndoArgs {
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct ExportArgs {
    /// The archive to write: a tar file
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct ImportArgs {
    /// The archive to take in
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) at: AtArg,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct DiffArgs {
    #[command(flatten)]
    pub(crate) pair: PairArgs,
    /// Since the beginning of this day, in UTC
    #[arg(long, value_name = "DATE")]
    pub(crate) since: String,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: TextFormat,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct VerifyBriefArgs {
    /// A brief as `bilat brief --format json` writes it
    #[arg(value_name = "BRIEF.json")]
    pub(crate) brief: PathBuf,
    /// A folder with the documents that it cites, under any names [default: the workspace]
    #[arg(long, value_name = "DIR")]
    pub(crate) documents: Option<PathBuf>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: TextFormat,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct KeepArgs {
    #[command(subcommand)]
    pub(crate) command: KeepCommand,
}

#[derive(Subcommand)]
pub(crate) enum KeepCommand {
    /// Check the whole file: hashes, spans, quotes, names
    Verify(KeepVerifyArgs),
    /// Delete removed documents for good; this alone cannot be undone
    Purge(PurgeArgs),
    /// List what was judged to be one: documents of one origin, tellings of one event
    Judgements(JudgementsArgs),
    /// Judge two documents to have one origin, or two events to be one
    Merge(MergeArgs),
    /// Take a judgement back
    Unmerge(UnmergeArgs),
    /// List what was done, the last first
    Log(LogArgs),
}

#[derive(ClapArgs)]
pub(crate) struct KeepVerifyArgs {
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: TextFormat,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct PurgeArgs {
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct JudgementsArgs {
    #[command(flatten)]
    pub(crate) table: TableArgs,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct MergeArgs {
    /// A document (doc:…) or an event by its name in `bilat evidence`
    #[arg(value_name = "A")]
    pub(crate) a: String,
    /// Another of the same
    #[arg(value_name = "B")]
    pub(crate) b: String,
    /// Why
    #[arg(long, value_name = "WORDS", default_value = "judged by hand")]
    pub(crate) reason: String,
    #[command(flatten)]
    pub(crate) at: AtArg,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct UnmergeArgs {
    /// The judgement's number in `bilat workspace judgements`
    #[arg(value_name = "N")]
    pub(crate) judgement: i64,
    #[command(flatten)]
    pub(crate) at: AtArg,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct LogArgs {
    /// At most so many operations
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) table: TableArgs,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}
