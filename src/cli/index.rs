//! `dateline index`.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use dateline::article::Origin;
use dateline::extract::{Extractor, NewsExtractor};
use dateline::index::{self, IndexConfig, IndexWriter, KnownFiles, Rebuild, prepare_folder};
use dateline::pipeline::{self, Event, PipelineConfig, Plan, Report};
use dateline::present::{json, text};
use dateline::search::{SearchError, Searcher};
use indicatif::{ProgressBar, ProgressStyle};

use super::context::Advised;
use super::reading::{ReadingArgs, warn_of_unmet};
use super::signals::stop_on_signal;
use super::{Context, Exit};

/// Arguments of `index`.
#[derive(Args, Debug)]
#[command(after_help = "\
Files are known by path and content: a second run reads only what is new or
has changed, and the index follows files that were deleted or renamed. Only
files at or below the given folders are compared. Ctrl-C finishes the files
being read, commits, and says so; the next run goes on from there.")]
pub(crate) struct IndexArgs {
    /// Folders or files with news.
    #[arg(required = true, value_name = "DIR")]
    roots: Vec<PathBuf>,
    /// Say what a run would do, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Make the index anew, beside the old one, which is replaced at the end.
    #[arg(long, conflicts_with = "dry_run")]
    rebuild: bool,
    /// Leave out files and folders whose name begins with a dot.
    #[arg(long)]
    skip_hidden: bool,
    /// Compare files by content, even where time and size are as remembered.
    #[arg(long)]
    compare_content: bool,
    /// Threads that parse and extract [default: one for each core].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// Memory for articles that are not written out yet, in MiB; the process takes about 150 MiB more,
    /// and the files that a merge maps.
    #[arg(long, value_name = "MIB", default_value_t = 32, value_parser = clap::value_parser!(u64).range(16..=4000))]
    memory: u64,
    /// Articles after which what is done is committed.
    #[arg(long, value_name = "N", default_value_t = 50_000, value_parser = clap::value_parser!(u64).range(1..))]
    commit_every: u64,
    #[command(flatten)]
    reading: ReadingArgs,
}

impl IndexArgs {
    /// What `dateline index DIR` means.
    pub(super) fn of(root: PathBuf) -> Self {
        Self {
            roots: vec![root],
            dry_run: false,
            rebuild: false,
            skip_hidden: false,
            compare_content: false,
            threads: None,
            memory: 32,
            commit_every: 50_000,
            reading: ReadingArgs::default(),
        }
    }
}

pub(crate) fn run(args: &IndexArgs, context: &Context) -> anyhow::Result<Exit> {
    let extractor = NewsExtractor::new();
    let mut config = PipelineConfig { read: args.reading.config()?, ..PipelineConfig::default() };
    let columns = config.read.columns.clone();
    config.walk.skip_hidden = args.skip_hidden;
    config.walk.exclude.extend(index::own_folders(context.index()));
    config.walk.is_index = Some(index::is_index);
    config.compare_content = args.compare_content;
    config.articles_per_commit = args.commit_every;
    config.n_workers = args.threads.map_or(config.n_workers, usize::from).max(1);
    if args.rebuild {
        let exit = rebuild(args, extractor, &config, context);
        warn_of_unmet(&columns, context);
        return exit;
    }
    if args.dry_run {
        return dry_run(args, &extractor, &config, context);
    }
    let outcome = build(args, context.index(), &extractor, &config, context)?;
    // What it knows of words and names is not asked again.
    drop(extractor);
    let is_remembered = remember_or_warn(context.index(), context);
    context.warn_of_rules();
    warn_of_unmet(&columns, context);
    Ok(finish(outcome, is_remembered, context))
}

fn rebuild(
    args: &IndexArgs,
    extractor: NewsExtractor,
    config: &PipelineConfig,
    context: &Context,
) -> anyhow::Result<Exit> {
    check_roots(args)?;
    let is_known = check_nothing_is_left_out(args, context)?;
    let rebuild = Rebuild::begin(context.index())?;
    if !is_known {
        context.warn("the old index can't be read, so that it may hold other folders than are named here");
        context.hint("name every folder that is to be in the new one");
    }
    let outcome = build(args, rebuild.fresh_folder(), &extractor, config, context)?;
    if outcome.report.is_interrupted {
        context.warn("stopped; the old index is untouched");
        return Ok(Exit::Partial);
    }
    let folder = rebuild.finish()?;
    // What it knows of words and names is not asked again.
    drop(extractor);
    let is_remembered = remember_or_warn(&folder, context);
    Ok(finish(outcome, is_remembered, context))
}

/// An index made anew has what is named now, and not what was indexed before. Returns whether it could be looked: an index
/// that can't be read, as one of another version, is what one makes anew.
fn check_nothing_is_left_out(args: &IndexArgs, context: &Context) -> anyhow::Result<bool> {
    let Ok(known) = KnownFiles::open_of_any_extractor(context.index()) else { return Ok(false) };
    let Ok(left_out) = pipeline::left_out(&args.roots, &known) else { return Ok(false) };
    let Some((path, n_files)) = left_out else { return Ok(true) };
    let files = text::n_of(n_files, "file");
    let message = format!("`--rebuild` would leave out {files} that the index has of other folders, such as `{path}`");
    let hint = "name their folders too; to be rid of them, remove the index first".to_owned();
    Err(Advised { message, hint }.into())
}

/// A typo in a folder's name must not leave an empty index behind.
fn check_roots(args: &IndexArgs) -> anyhow::Result<()> {
    for root in &args.roots {
        let there = root.metadata().map(drop);
        let is_gone = there.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
        let message = format!("cannot read `{}`", root.display());
        if is_gone {
            let hint = "what the index holds of a folder that is gone stays in it until an empty folder of that name \
                        is indexed";
            there.context(Advised { message, hint: hint.to_owned() })?;
        } else {
            there.context(message)?;
        }
    }
    Ok(())
}

/// Finds near copies among the articles as they are now, and sums them up, for the searches to come.
pub(super) fn remember(folder: &Path) -> anyhow::Result<()> {
    match Searcher::open(folder) {
        Ok(searcher) => {
            for (name, bytes) in searcher.memories()? {
                index::remember(folder, name, &bytes)?;
            }
            Ok(())
        }
        // Nothing to index, nothing committed.
        Err(SearchError::NeverCommitted { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// As [`remember`]. Where it can't be done, the articles are in all the same, and searches look themselves.
pub(super) fn remember_or_warn(folder: &Path, context: &Context) -> bool {
    let remembered = remember(folder);
    if let Err(error) = &remembered {
        context.warn(format_args!("the articles are in, but near copies could not be looked for: {error:#}"));
        context.hint("mend that and run the same command again; until then each search that shows them looks itself");
    }
    remembered.is_ok()
}

/// What a run came to.
struct Outcome {
    report: Report,
    /// Whether what was rejected could be told.
    told: io::Result<()>,
}

fn build(
    args: &IndexArgs,
    folder: &Path,
    extractor: &NewsExtractor,
    config: &PipelineConfig,
    context: &Context,
) -> anyhow::Result<Outcome> {
    check_roots(args)?;
    prepare_folder(folder, &extractor.fingerprint())?;
    let memory_bytes = usize::try_from(args.memory << 20).context("`--memory` is too large for this machine")?;
    let mut writer = IndexWriter::open(folder, IndexConfig { memory_bytes })?;
    let stop = stop_on_signal(context)?;
    let mut watcher = Watcher::new(context);
    let report = pipeline::run(&args.roots, &mut writer, extractor, config, &stop, &mut |event| watcher.see(&event));
    watcher.finish();
    let report = report?;
    writer.finish()?;
    Ok(Outcome { report, told: watcher.told })
}

/// Tells what a run came to. The articles are in by then, whether it can be told or not.
fn finish(outcome: Outcome, is_remembered: bool, context: &Context) -> Exit {
    let Outcome { report, told } = outcome;
    let told = told.and_then(|()| {
        context.tell(|output| match context.json() {
            true => json::report(output, &report),
            false if context.quiet() => Ok(()),
            false => text::report(output, &report, context.theme()),
        })
    });
    if let Err(error) = &told {
        context
            .warn(format_args!("the index is in line with the folders, but the report could not be written: {error}"));
    }
    if report.is_interrupted {
        context.warn("stopped before the end; what was done is committed");
        context.hint("the same command goes on from here");
    }
    let is_complete = report.n_rejected == 0 && !report.is_interrupted && told.is_ok() && is_remembered;
    if is_complete { Exit::Success } else { Exit::Partial }
}

fn dry_run(
    args: &IndexArgs,
    extractor: &NewsExtractor,
    config: &PipelineConfig,
    context: &Context,
) -> anyhow::Result<Exit> {
    let known = KnownFiles::open(context.index(), &extractor.fingerprint())?;
    let plan = pipeline::plan(&args.roots, &known, config)?;
    let mut output = context.output();
    if context.json() {
        json::plan(&mut output, &plan)?;
    } else {
        text::plan(&mut output, &plan, context.theme())?;
    }
    output.flush()?;
    Ok(Exit::Success)
}

/// Shows what happens while indexing runs.
struct Watcher<'a> {
    context: &'a Context,
    bar: ProgressBar,
    n_articles: u64,
    n_rejects_shown: u64,
    /// Whether all of it could be told.
    told: io::Result<()>,
}

/// Rejects that are named on a terminal one by one; the report has the number, `--json` and `-v` have
/// all of them.
const MAX_REJECTS_SHOWN: u64 = 20;

impl<'a> Watcher<'a> {
    fn new(context: &'a Context) -> Self {
        let bar = ProgressBar::hidden();
        Self { context, bar, n_articles: 0, n_rejects_shown: 0, told: Ok(()) }
    }

    fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Planned(plan) => self.begin(plan),
            Event::FileDone { n_bytes, n_articles } => {
                self.n_articles += n_articles;
                self.bar.inc(*n_bytes);
                self.bar.set_message(text::n_of(self.n_articles, "article"));
            }
            Event::Rejected { origin, reason } => self.reject(origin, reason),
            Event::Committed => {}
        }
    }

    fn begin(&mut self, plan: &Plan) {
        if !self.context.is_watched() || plan.n_files == 0 {
            return;
        }
        let template = match self.context.n_columns() {
            100.. => {
                "{bar:30} {percent:>3}%  {decimal_bytes}/{decimal_total_bytes}  {decimal_bytes_per_sec}  {msg}  {eta} left"
            }
            76.. => "{wide_bar} {percent:>3}%  {decimal_bytes}/{decimal_total_bytes}  {msg}  {eta} left",
            _ => "{wide_bar} {percent:>3}%  {msg}",
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar = ProgressBar::new(plan.n_bytes).with_style(style);
    }

    fn reject(&mut self, origin: &Origin, reason: &str) {
        if self.context.json() {
            if self.told.is_ok() {
                self.told = self.context.tell(|output| json::rejected(output, origin, reason));
            }
            return;
        }
        self.n_rejects_shown += 1;
        if self.n_rejects_shown <= MAX_REJECTS_SHOWN || self.context.verbose() {
            let line = text::rejected(origin, reason);
            self.bar.suspend(|| self.context.say(line));
        }
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
        let n_hidden = self.n_rejects_shown.saturating_sub(MAX_REJECTS_SHOWN);
        if n_hidden > 0 && !self.context.verbose() {
            self.context.say(format_args!("and {n_hidden} more; `-v` names them all"));
        }
    }
}
