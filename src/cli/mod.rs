//! The command line: what was typed, and which exit code comes of it.
//!
//! Declares and validates only; each command has a file of its own that turns its arguments into
//! calls of the library and hands the results to [`dateline::present`].

mod alerts;
mod batch;
mod completions;
mod context;
mod convert;
mod demo;
mod entities;
mod export;
mod extract;
mod figures;
mod help;
mod index;
mod manual;
mod nothing;
mod pdf;
mod program;
mod queries;
mod question;
mod read;
mod reading;
mod search;
mod show;
mod signals;
mod similar;
mod status;
mod suggest;
mod table;
mod verify;
mod watch;

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use dateline::mention::EntityKind;

pub(crate) use context::{Context, Exit, is_broken_pipe};
#[cfg(feature = "pdf")]
pub(crate) use pdf::run_if_asked as read_pdf_if_asked;
pub(crate) use signals::leave_ignored_alone;

/// Index a folder of news offline; ask who, where, how much and when.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, max_term_width = 100, after_help = EXIT_CODES)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

impl Cli {
    /// Options of every command.
    pub(crate) fn common(&self) -> Common {
        self.common.clone()
    }
}

const EXIT_CODES: &str = "\
Exit codes:
  search, batch  0 something found  1 nothing found      2 error
  index          0 all in           1 in, some rejected  2 failed, index untouched
  read, extract  0 all read         1 some rejected      2 error
  watch          0 stopped          -                    2 error
  verify         0 whole            1 damaged            2 error
  others         0 done             1 not found          2 error

`dateline help query` explains the query language.

First steps:
  dateline demo               build a small index and look around
  dateline index ~/news       index a folder
  dateline search 'ceasefire person:zelensky prisoners>=300'";

/// Options of every command.
#[derive(Args, Clone, Debug)]
pub(crate) struct Common {
    /// Folder of the index.
    #[arg(long, global = true, value_name = "DIR", default_value = "index", env = "DATELINE_INDEX")]
    index: PathBuf,
    /// File of saved queries, lines of `name = query`; without it `saved-queries.txt` beside the index.
    #[arg(long, global = true, value_name = "FILE", env = "DATELINE_QUERIES")]
    queries: Option<PathBuf>,
    /// Your rules on entities: see `dateline entities --help` [default: `entities.toml` beside the index].
    #[arg(long, global = true, value_name = "FILE", env = "DATELINE_ENTITIES")]
    entities: Option<PathBuf>,
    /// Leave the rules on entities aside.
    #[arg(long, global = true, conflicts_with = "entities")]
    no_entities: bool,
    /// Write JSON Lines: one object a line, each with a `type`.
    #[arg(long, global = true)]
    json: bool,
    /// When to colour output. `auto` colours a terminal unless NO_COLOR is set.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
    /// Say nothing but results and errors.
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Say more: reasons, times, causes of errors.
    #[arg(long, short, global = true)]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant, reason = "there is one, made once")]
enum Command {
    /// Bring the index in line with folders: add, change, delete, follow renames.
    Index(index::IndexArgs),
    /// Follow folders: keep the index in line with them, and tell what is new.
    Watch(watch::WatchArgs),
    /// Find articles by words, people, places, figures and dates.
    Search(search::SearchArgs),
    /// List the people in the matching articles, with exact counts.
    People(table::TableArgs),
    /// List the places in the matching articles, with exact counts.
    Places(table::TableArgs),
    /// List the organisations in the matching articles, with exact counts.
    Orgs(table::TableArgs),
    /// List what is counted and measured in the matching articles.
    Figures(figures::FiguresArgs),
    /// Follow a figure over time: what is counted or measured, then a query.
    Track(figures::TrackArgs),
    /// List who and what is named in the same articles, with exact counts.
    Pairs(table::PairsArgs),
    /// Show an article of the index, with what was found in it.
    Show(show::ShowArgs),
    /// List near copies of an article, and articles about the same.
    Similar(similar::SimilarArgs),
    /// Read files and write the articles in them, without an index.
    Read(read::ReadArgs),
    /// Find people, places, organisations and figures in files or lines, without an index.
    Extract(extract::ExtractArgs),
    /// Write articles, entities, figures, mentions or pairs for other programs.
    Export(export::ExportArgs),
    /// Run many searches: lines of `id TAB query`, or the saved queries.
    Batch(batch::BatchArgs),
    /// Suggest words, people, places and more of the index that begin so.
    Suggest(suggest::SuggestArgs),
    /// List the saved queries, and check them.
    Queries,
    /// Check your rules on people, places and organisations, and say what they touch.
    Entities(entities::EntitiesArgs),
    /// Say what is in the index.
    Status(status::StatusArgs),
    /// Prove that the index is whole.
    Verify,
    /// Explain a command, or the query language: `dateline help query`.
    Help(help::HelpArgs),
    /// Build an index of the sample articles and walk through a few searches.
    Demo(demo::DemoArgs),
    /// Write completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual page, or one for every command into a folder.
    Man {
        /// Folder for the pages; without it the main page goes to stdout.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

/// Ends the program over arguments that it can't take, or with the help that was asked for.
pub(crate) fn refuse(error: &clap::Error) -> ! {
    let is_told = error.print().is_ok();
    let mut arguments = std::env::args().skip(1);
    let takes_query = arguments.next().is_some_and(|command| QUERY_COMMANDS.contains(&&*command));
    let excludes = |argument: &String| argument.len() > 2 && argument.starts_with('-') && !argument.starts_with("--");
    if takes_query
        && error.kind() == clap::error::ErrorKind::UnknownArgument
        && let Some(word) = arguments.find(excludes)
    {
        let hint = format!("to leave articles out, put the query between quotes, or `--` before it: `-- {word}`");
        let _ = writeln!(std::io::stderr(), "hint: {hint}");
    }
    // Help that nobody could read is no help.
    std::process::exit(if is_told { error.exit_code() } else { 2 });
}

/// Commands whose words are a query.
const QUERY_COMMANDS: [&str; 7] = ["search", "people", "places", "orgs", "figures", "pairs", "export"];

/// Runs what was typed.
pub(crate) fn run(cli: Cli) -> anyhow::Result<Exit> {
    let context = Context::new(cli.common);
    match dateline::index::recover(context.index()) {
        Ok(false) => {}
        Ok(true) => context.say("a rebuild was killed while it replaced the index; the old one is back in its place"),
        Err(error) => context.warn(error),
    }
    match cli.command {
        Command::Index(args) => index::run(&args, &context),
        Command::Watch(args) => watch::run(&args, &context),
        Command::Search(args) => search::run(&args, &context),
        Command::People(args) => table::entities(EntityKind::Person, &args, &context),
        Command::Places(args) => table::entities(EntityKind::Place, &args, &context),
        Command::Orgs(args) => table::entities(EntityKind::Org, &args, &context),
        Command::Figures(args) => figures::figures(&args, &context),
        Command::Track(args) => figures::track(&args, &context),
        Command::Pairs(args) => table::pairs(&args, &context),
        Command::Show(args) => show::run(&args, &context),
        Command::Similar(args) => similar::run(&args, &context),
        Command::Read(args) => read::run(&args, &context),
        Command::Extract(args) => extract::run(&args, &context),
        Command::Export(args) => export::run(&args, &context),
        Command::Batch(args) => batch::run(&args, &context),
        Command::Suggest(args) => suggest::run(&args, &context),
        Command::Queries => queries::run(&context),
        Command::Help(args) => help::run(&args, &context),
        Command::Entities(args) => entities::run(&args, &context),
        Command::Status(args) => status::run(&args, &context),
        Command::Verify => verify::run(&context),
        Command::Demo(args) => demo::run(&args, &context),
        Command::Completions { shell } => {
            context.write(&completions::script(shell, &mut Cli::command()))?;
            Ok(Exit::Success)
        }
        Command::Man { out } => write_manual(out.as_deref(), &context),
    }
}

fn write_manual(out: Option<&std::path::Path>, context: &Context) -> anyhow::Result<Exit> {
    match out {
        Some(folder) => manual::write_all(&mut Cli::command(), folder)?,
        None => context.write(&manual::page(Cli::command())?)?,
    }
    Ok(Exit::Success)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
