//! The command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// What there is to say of a language model wherever one may be asked.
macro_rules! llm_help {
    () => {
        "With --extractor llm the text is sent to the server of --llm-endpoint (BILAT_LLM_ENDPOINT) \
        for --llm-model (BILAT_LLM_MODEL), with the key of BILAT_LLM_KEY if that is set. What the \
        model proposes counts only where its quote and its number stand in the text; what was \
        refused is counted and told. When no answer comes, what the rules read stands alone, a \
        note says so, and the exit status is what it would be without."
    };
}

mod documents;

pub(crate) use documents::*;

/// What connects two countries: cited briefs for any pair, from open data inside the program.
#[derive(Parser)]
#[command(
    name = "bilat",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
#[command(
    after_help = "Exit status: 0 all is well, 1 something that was checked does not hold, \
    2 the command could not work.\n\nStart with: bilat brief kazakhstan slovenia"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Write a cited brief on two countries
    Brief(BriefArgs),
    /// Check every figure of a text on two countries
    #[command(after_help = CHECK_HELP)]
    Check(CheckArgs),
    /// Print a rule that reads or checks texts, with its reason and examples
    Explain(ExplainArgs),
    /// List all evidence on two countries, one row each, with citation
    Evidence(EvidenceArgs),
    /// Follow a sentence, figure or computed value of a brief back to its records
    Why(WhyArgs),
    /// Add documents of your own, with all that they tell
    #[command(after_help = ADD_HELP)]
    Add(AddArgs),
    /// Search the words of your documents
    Search(SearchArgs),
    /// List your documents, newest first
    Documents(DocumentsArgs),
    /// Take documents out of the way; `bilat undo` brings them back
    Remove(RemoveArgs),
    /// Take back what the last command did to your documents
    Undo(UndoArgs),
    /// Say what is new, changed, contradicted or gone on two countries since a day
    Diff(DiffArgs),
    /// Check a brief from the outside: records, sums, documents, quotes
    Verify(VerifyBriefArgs),
    /// Write your documents, with all that was read and judged, to an archive
    Export(ExportArgs),
    /// Take an archive of documents in
    Import(ImportArgs),
    /// Check, clean and judge what your documents say
    Workspace(KeepArgs),
    /// Rank all partners of a country
    Rank(RankArgs),
    /// Ask the data in SQL
    Sql(SqlArgs),
    /// Show, check and update the sources
    Sources(SourcesArgs),
    /// Build the snapshot from a folder of publishers' files
    Snapshot(SnapshotArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Write the manual pages
    Man(ManArgs),
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefFormat {
    /// Text for the terminal at hand
    Terminal,
    /// Markdown with footnotes
    Md,
    /// One self-contained page
    Html,
    /// The brief as data, every sentence with its support
    Json,
}

const CHECK_HELP: &str = concat!(
    "Exit status: 0 nothing is wrong, 1 something cannot be true, 2 a document could not be read \
    or names no pair.\n\n",
    llm_help!()
);

const ADD_HELP: &str = concat!(
    "Exit status: 0 all were added or known, 1 some could not be added (the others were), 2 \
    nothing could be added.\n\n",
    llm_help!()
);

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Messages with the words underlined, for the terminal at hand
    Text,
    /// All that was read and found, as data
    Json,
    /// SARIF 2.1.0, for editors and code hosts
    Sarif,
    /// schema.org ClaimReview, for newsrooms
    Claimreview,
    /// The text with marks, and the findings beside it, as one page
    Html,
    /// The findings as Markdown
    Md,
    /// Annotations of a GitHub workflow
    Github,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtractorArg {
    /// Rules alone
    #[default]
    Rules,
    /// Rules, and beside them what a language model proposes and the text bears out
    Llm,
}

/// Who reads a text.
#[derive(ClapArgs, Clone, Default)]
pub(crate) struct ExtractorArgs {
    /// What reads the text
    #[arg(long, value_enum, default_value = "rules")]
    pub(crate) extractor: ExtractorArg,
    /// The server of the model, any that speaks OpenAI's chat completions, such as
    /// http://localhost:8080/v1 [default: BILAT_LLM_ENDPOINT]
    #[arg(long, value_name = "URL")]
    pub(crate) llm_endpoint: Option<String>,
    /// The model's name [default: BILAT_LLM_MODEL]
    #[arg(long, value_name = "NAME")]
    pub(crate) llm_model: Option<String>,
    /// How long one answer is waited for [default: 120]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) llm_wait: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// Columns fitted to the terminal
    Table,
    /// Comma-separated values
    Csv,
    /// An array of objects
    Json,
    /// A Parquet file; needs -o
    Parquet,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SectionArg {
    Lead,
    KeyFigures,
    Politics,
    Trade,
    Business,
    People,
    Science,
    Culture,
    Memory,
    Planned,
    Open,
    Documents,
}

#[derive(ClapArgs)]
pub(crate) struct PairArgs {
    /// A country: any name, code or former name in any language
    #[arg(value_name = "A")]
    pub(crate) a: String,
    /// Another country
    #[arg(value_name = "B")]
    pub(crate) b: String,
}

#[derive(ClapArgs)]
pub(crate) struct BriefArgs {
    /// A country: any name, code or former name in any language
    #[arg(value_name = "A", required_unless_present = "all")]
    pub(crate) a: Option<String>,
    /// Another country
    #[arg(value_name = "B", required_unless_present = "all")]
    pub(crate) b: Option<String>,
    /// All pairs of states, each in a file of its own in the folder of -o
    #[arg(long, conflicts_with_all = ["a", "b", "viewpoint"], requires = "output")]
    pub(crate) all: bool,
    /// With --all: only every Nth pair
    #[arg(long, value_name = "N", requires = "all", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) every: Option<u32>,
    /// Write to a file, whose ending chooses the format; with --all, to a folder
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Form of the brief [default: by the file's ending, else terminal; with --all, json]
    #[arg(long, value_enum)]
    pub(crate) format: Option<BriefFormat>,
    /// Tell only what is dated up to this day (2019, 2019-06 or 2019-06-30)
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// Tell it from the side of this country: its exports, ranks and missions first
    #[arg(long, value_name = "COUNTRY")]
    pub(crate) viewpoint: Option<String>,
    /// Only these sections
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(crate) section: Vec<SectionArg>,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct CheckArgs {
    /// Texts, Markdown, web pages, PDF or DOCX files; addresses; - for standard input
    #[arg(value_name = "FILE|URL|-", required = true)]
    pub(crate) documents: Vec<String>,
    /// The two countries it is about, by any name or code [default: found in the text]
    #[arg(long, value_name = "A,B")]
    pub(crate) pair: Vec<String>,
    /// The day of publication, from which “last year” is counted [default: the document's own]
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<String>,
    /// Form of the findings [default: by the file's ending, else text]
    #[arg(long, value_enum)]
    pub(crate) format: Option<CheckFormat>,
    /// Write to a file, whose ending chooses the format
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Also show what holds, and what could not be compared, in full
    #[arg(long)]
    pub(crate) verbose: bool,
    /// Show what was read, and by which rules, before the findings
    #[arg(long)]
    pub(crate) trace: bool,
    /// Also fetch addresses on this machine and in its network, and by plain HTTP there
    #[arg(long, alias = "allow-loopback")]
    pub(crate) allow_private: bool,
    #[command(flatten)]
    pub(crate) extractor: ExtractorArgs,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct ExplainArgs {
    /// The rule; all are listed when none is named
    #[arg(value_name = "RULE")]
    pub(crate) rule: Option<String>,
}

#[derive(ClapArgs)]
pub(crate) struct TableArgs {
    /// Form of the rows
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: TableFormat,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub(crate) struct EvidenceArgs {
    #[command(flatten)]
    pub(crate) pair: PairArgs,
    /// Only these measures and kinds (exports, visit, embassy, …), or figure, event, tie
    #[arg(long, value_delimiter = ',', value_name = "KIND")]
    pub(crate) kind: Vec<String>,
    /// Only these sources
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    pub(crate) source: Vec<String>,
    #[command(flatten)]
    pub(crate) table: TableArgs,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct WhyArgs {
    /// The names of sentences, pieces of evidence or computed values
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// Also show the record itself from this folder of publishers' files
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// The day that the brief was told as of
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// The side that the brief was told from
    #[arg(long, value_name = "COUNTRY")]
    pub(crate) viewpoint: Option<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: TextFormat,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct RankArgs {
    /// The country whose partners are ranked
    #[arg(value_name = "A")]
    pub(crate) country: String,
    /// By what: turnover, exports, imports, un-agreement, works, migrants, refugees, fdi,
    /// remittances, routes, twin-towns, football, …
    #[arg(long, default_value = "turnover", value_name = "INDICATOR")]
    pub(crate) by: String,
    /// In which year [default: the latest]
    #[arg(long)]
    pub(crate) year: Option<i16>,
    /// At most so many partners [default: all]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    #[command(flatten)]
    pub(crate) table: TableArgs,
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArg,
}

#[derive(ClapArgs)]
pub(crate) struct SqlArgs {
    /// The query
    #[arg(value_name = "QUERY", required_unless_present = "tables")]
    pub(crate) query: Option<String>,
    /// List the tables and their columns
    #[arg(long)]
    pub(crate) tables: bool,
    #[command(flatten)]
    pub(crate) table: TableArgs,
}

#[derive(ClapArgs)]
pub(crate) struct SourcesArgs {
    #[command(subcommand)]
    pub(crate) command: SourcesCommand,
}

#[derive(Subcommand)]
pub(crate) enum SourcesCommand {
    /// What is there, how fresh, under which licence
    List(TableArgs),
    /// One source's card
    Show(ShowArgs),
    /// Check that a folder of publishers' files has the expected shape
    Verify(VerifyArgs),
    /// Download sources from their publishers
    Sync(SyncArgs),
}

#[derive(ClapArgs)]
pub(crate) struct ShowArgs {
    /// The source
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: TextFormat,
}

#[derive(ClapArgs)]
pub(crate) struct VerifyArgs {
    /// A folder with a folder for each source; without it, the snapshot itself is checked
    #[arg(value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Only these sources
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    pub(crate) source: Vec<String>,
    /// List every record that was skipped
    #[arg(long)]
    pub(crate) skipped: bool,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: TextFormat,
}

#[derive(ClapArgs)]
pub(crate) struct SyncArgs {
    /// The sources; all that have an origin when none is named
    #[arg(value_name = "ID")]
    pub(crate) ids: Vec<String>,
    /// The day that what is downloaded is dated by [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// Fetch every file from below this address instead of its origin (a mirror laid out as the
    /// folder of `snapshot build`, SOURCE/FILE)
    #[arg(long, value_name = "URL")]
    pub(crate) mirror: Option<String>,
    /// Also accept addresses on this machine, and plain HTTP there
    #[arg(long)]
    pub(crate) allow_loopback: bool,
    /// Go back to the data inside the program: forget what was synced of these sources
    #[arg(long, conflicts_with_all = ["mirror", "allow_loopback"])]
    pub(crate) forget: bool,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: TextFormat,
}

#[derive(ClapArgs)]
pub(crate) struct SnapshotArgs {
    #[command(subcommand)]
    pub(crate) command: SnapshotCommand,
}

#[derive(Subcommand)]
pub(crate) enum SnapshotCommand {
    /// Read every source and write the snapshot
    Build(BuildArgs),
}

#[derive(ClapArgs)]
pub(crate) struct BuildArgs {
    /// A folder with a folder for each source
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Where the snapshot goes
    #[arg(short, long, value_name = "FOLDER", default_value = "snapshot")]
    pub(crate) output: PathBuf,
    /// Also write the table of sources, credits and licences here
    #[arg(long, value_name = "FILE")]
    pub(crate) data_md: Option<PathBuf>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: TextFormat,
}

#[derive(ClapArgs)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(ClapArgs)]
pub(crate) struct ManArgs {
    /// The folder that the pages go to; without it, the main page is printed
    #[arg(value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}
