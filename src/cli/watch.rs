//! `dateline watch`.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use dateline::extract::{Extractor, NewsExtractor};
use dateline::index::{IndexConfig, IndexError, IndexWriter, is_index, own_folders, prepare_folder, recover};
use dateline::pipeline::{self, Change, Event, FollowConfig, Follower, PipelineConfig, Report};
use dateline::present::style::Theme;
use dateline::present::{json, text, watch};
use dateline::read::path_text;
use dateline::search::{Commit, SearchError, Searcher, Seen};

use super::alerts::{AlertArgs, Alerts, Runner};
use super::index::{remember, remember_or_warn};
use super::reading::ReadingArgs;
use super::signals::stop_on_signal;
use super::{Context, Exit, is_broken_pipe};

/// Arguments of `watch`.
#[derive(Args, Debug)]
#[command(after_help = "\
The index is brought in line at the start, then after each burst of changes;
Ctrl-C ends it. With `--json` each time gives a line `{\"type\":\"report\",...}`
as of `dateline index`. What `--alert` and `--names` find in articles that
were not there before is a line of JSON on standard output, or the input of
`--exec`.

A file of alerts is one of saved queries: a line `name = query` for each; a
file whose name ends in `.toml` has lines `name = \"query\"`. A list of names
has a name a line, with other names for it behind `|`; known spellings of
people and places are found too. Both are read again when they change. What
was told once is not told again while the command runs, but an article whose
text or date changes is a new one.")]
pub(crate) struct WatchArgs {
    /// Folders or files with news.
    #[arg(required = true, value_name = "DIR")]
    roots: Vec<PathBuf>,
    /// Look at everything every so many seconds, where the system does not tell of changes: drives over
    /// a network.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    poll: Option<u64>,
    #[command(flatten)]
    alerts: AlertArgs,
    /// Leave out files and folders whose name begins with a dot.
    #[arg(long)]
    skip_hidden: bool,
    /// Threads that parse and extract [default: one for each core].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// Wait before another try, when the index is busy or something failed.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(1);
/// Quiet time after which what is only remembered to save time is brought up to date, and it is looked whether somebody
/// else has written the index.
const IDLE: Duration = Duration::from_secs(10);

pub(crate) fn run(args: &WatchArgs, context: &Context) -> anyhow::Result<Exit> {
    // A typo in a folder's name must not leave an empty index behind.
    for root in &args.roots {
        root.metadata().with_context(|| format!("cannot read `{}`", root.display()))?;
    }
    let alerts = Alerts::read(&args.alerts, context)?;
    let extractor = NewsExtractor::new();
    prepare_folder(context.index(), &extractor.fingerprint())?;
    let stop = stop_on_signal(context)?;
    let follow = FollowConfig {
        poll: args.poll.map(Duration::from_secs),
        exclude: own_folders(context.index()),
        skip_hidden: args.skip_hidden,
        is_index: Some(is_index),
        ..FollowConfig::default()
    };
    // Listening begins before the first look, so that nothing falls between.
    let follower = Follower::start(&args.roots, follow)?;
    let mut config = PipelineConfig { read: args.reading.config()?, ..PipelineConfig::default() };
    config.walk.skip_hidden = args.skip_hidden;
    config.walk.exclude = own_folders(context.index());
    config.walk.is_index = Some(is_index);
    config.n_workers = args.threads.map_or(config.n_workers, usize::from).max(1);

    let seen = match Searcher::open(context.index()) {
        Ok(searcher) => Some(searcher.seen()),
        // Everything is new to a new index, and nobody wants to be told of that.
        Err(SearchError::NeverCommitted { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let mut watch = Watch {
        args,
        context,
        extractor,
        config,
        alerts,
        stop,
        seen,
        told: None,
        named: HashMap::new(),
        away: HashSet::new(),
        troubles: Troubles::default(),
        has_lost_look: false,
        is_remembered: false,
        is_first: true,
    };
    let followed = watch.follow_and_hand_over(follower);
    let n_lines = watch.alerts.n_not_handed_over();
    if n_lines > 0 && !followed.as_ref().is_err_and(is_broken_pipe) {
        context.warn(format_args!("{} could not be handed over", text::n_of(n_lines as u64, "alert")));
    }
    followed?;
    if !is_index(context.index()) {
        context.warn(format_args!("stopped; the index `{}` is gone", context.index().display()));
        context.hint("the same command makes it again");
    } else {
        remember_or_warn(context.index(), context);
        if watch.has_lost_look {
            context.warn("stopped; the last look at the folders failed, and the index is as it was before");
            context.hint("the same command goes on from here");
        } else {
            context.say("stopped; the index holds what was there last");
        }
    }
    Ok(Exit::Success)
}

/// A `watch` at work.
struct Watch<'a> {
    args: &'a WatchArgs,
    context: &'a Context,
    extractor: NewsExtractor,
    config: PipelineConfig,
    alerts: Alerts,
    stop: Arc<AtomicBool>,
    /// Articles that are not new.
    seen: Option<Seen>,
    /// The commit whose new articles were told last, whoever made it.
    told: Option<Commit>,
    /// What can't be read and was named: the line, and the path that it tells of.
    named: HashMap<String, String>,
    /// Roots that are not there for now.
    away: HashSet<PathBuf>,
    troubles: Troubles,
    /// Whether the last look at the folders failed.
    has_lost_look: bool,
    /// Whether what is only remembered to save time is up to date.
    is_remembered: bool,
    is_first: bool,
}

impl Watch<'_> {
    /// Follows the folders, while another thread hands alerts to a program.
    fn follow_and_hand_over(&mut self, follower: Follower) -> anyhow::Result<()> {
        let Some(runner) = self.alerts.runner() else { return self.follow(follower) };
        let context = self.context;
        std::thread::scope(|scope| {
            // However this ends, that thread is to end too.
            let _closing = Closing(&runner);
            std::thread::Builder::new().spawn_scoped(scope, || runner.work(context))?;
            self.follow(follower)
        })
    }

    fn follow(&mut self, mut follower: Follower) -> anyhow::Result<()> {
        let mut change = Change::Everything;
        loop {
            if let Some(error) = follower.take_trouble() {
                self.context.warn_of(&error.into());
            }
            match self.take_up(change) {
                Ok(()) => {}
                Err(error) if self.is_first || is_broken_pipe(&error) => return Err(error),
                // A folder that is away for a moment, a full disk: what was committed stands, and the next
                // look is at everything.
                Err(error) => {
                    self.has_lost_look = true;
                    self.troubles.warn(Trouble::Look, &error, self.context);
                    change = Change::Everything;
                    wait(TRY_AGAIN_AFTER, &self.stop);
                    if !self.stop.load(Ordering::Relaxed) {
                        continue;
                    }
                }
            }
            match follower.next(&self.stop, Some(IDLE)) {
                Some(next) => change = next,
                None => return Ok(()),
            }
        }
    }

    /// Does what a change asks for.
    fn take_up(&mut self, change: Change) -> anyhow::Result<()> {
        let change = if self.makes_index_again()? { Change::Everything } else { change };
        match self.roots_of(change) {
            Some(roots) => self.look_at(&roots),
            None => self.catch_up(),
        }
    }

    /// Makes an index where somebody has removed it, and tells whether it was so.
    fn makes_index_again(&self) -> anyhow::Result<bool> {
        let index = self.context.index();
        // A rebuild takes the name away for a moment.
        if is_index(index) || recover(index)? || is_index(index) {
            return Ok(false);
        }
        prepare_folder(index, &self.extractor.fingerprint())?;
        self.context.warn(format_args!("the index `{}` was gone; it is made again", index.display()));
        Ok(true)
    }

    /// What to look at; `None` when there is nothing.
    fn roots_of(&mut self, change: Change) -> Option<Vec<PathBuf>> {
        let roots = match change {
            Change::Nothing => return None,
            Change::Below(folders) if folders.iter().all(|folder| folder.exists()) => folders,
            Change::Below(_) | Change::Everything => self.args.roots.clone(),
        };
        // What is away keeps its articles until it is back.
        let (there, away): (Vec<_>, Vec<_>) = roots.into_iter().partition(|root| root.metadata().is_ok());
        for root in away {
            if self.away.insert(root.clone()) {
                self.context.warn(format_args!("cannot read `{}`; it is left out until it is back", root.display()));
            }
        }
        for root in &there {
            if self.away.remove(root) {
                self.context.say(format_args!("`{}` is back", root.display()));
            }
        }
        (!there.is_empty()).then_some(there)
    }

    /// Brings the index in line with what is below `roots`, and tells what is new.
    fn look_at(&mut self, roots: &[PathBuf]) -> anyhow::Result<()> {
        let report = bring_in_line(roots, &self.extractor, &self.config, &self.stop, &mut self.named, self.context)?;
        self.troubles.end(Trouble::Look);
        self.has_lost_look = false;
        let has_changed = report.n_added + report.n_changed + report.n_deleted + report.n_renamed > 0;
        if has_changed || self.is_first {
            self.is_remembered = false;
            tell(&report, self.context)?;
        }
        self.tell_of_new()?;
        if std::mem::take(&mut self.is_first) {
            say_watching(self.args, self.context)?;
        }
        Ok(())
    }

    /// Does what waits for a quiet moment.
    fn catch_up(&mut self) -> anyhow::Result<()> {
        self.alerts.renew(self.context);
        self.tell_of_new()?;
        if !std::mem::replace(&mut self.is_remembered, true)
            && let Err(error) = remember(self.context.index())
        {
            self.context.warn_of(&error);
        }
        Ok(())
    }

    /// Tells of new articles, where there is another commit than the one told last, whoever made it. Where it can't be
    /// found out which these are (an error in the rules on entities, made meanwhile), it is told once it can.
    fn tell_of_new(&mut self) -> anyhow::Result<()> {
        match self.try_to_tell() {
            Err(error) if self.is_first || is_broken_pipe(&error) => Err(error),
            Err(error) => {
                self.troubles.warn(Trouble::Tell, &error, self.context);
                Ok(())
            }
            Ok(()) => {
                self.troubles.end(Trouble::Tell);
                Ok(())
            }
        }
    }

    fn try_to_tell(&mut self) -> anyhow::Result<()> {
        let is_told = Searcher::commit_of(self.context.index()).is_ok_and(|commit| self.told == Some(commit));
        if is_told {
            return self.alerts.hand_over();
        }
        if let Err(SearchError::NeverCommitted { .. }) = Searcher::open(self.context.index()) {
            // What comes into an index that holds nothing is news, but for the first look.
            self.seen.get_or_insert_default();
            return Ok(());
        }
        let searcher = self.context.searcher()?;
        self.alerts.find_new(&searcher, &mut self.seen, self.context)?;
        self.told = Some(searcher.commit());
        self.alerts.hand_over()
    }
}

/// Has a thread that hands lines over come to its end.
struct Closing<'r>(&'r Runner);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Trouble {
    Look,
    Tell,
}

/// What goes wrong for now, so that each thing is said once.
#[derive(Default)]
struct Troubles(HashMap<Trouble, String>);

impl Troubles {
    fn warn(&mut self, trouble: Trouble, error: &anyhow::Error, context: &Context) {
        let text = format!("{error:#}");
        if self.0.get(&trouble) != Some(&text) {
            context.warn_of(error);
            self.0.insert(trouble, text);
        }
    }

    fn end(&mut self, trouble: Trouble) {
        self.0.remove(&trouble);
    }
}

/// Compares folders with the index, and waits while another process writes it.
fn bring_in_line(
    roots: &[PathBuf],
    extractor: &NewsExtractor,
    config: &PipelineConfig,
    stop: &AtomicBool,
    named: &mut HashMap<String, String>,
    context: &Context,
) -> anyhow::Result<Report> {
    let mut is_told = false;
    loop {
        let mut writer = match IndexWriter::open(context.index(), IndexConfig::default()) {
            Ok(writer) => writer,
            Err(error @ IndexError::Busy { .. }) if !stop.load(Ordering::Relaxed) => {
                if !std::mem::replace(&mut is_told, true) {
                    context.say(format_args!("{error}; waiting"));
                }
                wait(TRY_AGAIN_AFTER, stop);
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let mut written = Ok(());
        let mut rejected = HashSet::new();
        let report = pipeline::run(roots, &mut writer, extractor, config, stop, &mut |event| {
            if let Event::Rejected { origin, reason } = event {
                let line = text::rejected(origin, reason);
                rejected.insert(line.clone());
                // What could not be read is looked at again each time; it is named once.
                if named.insert(line.clone(), origin.path.to_string()).is_none() {
                    if context.json() {
                        let one = json::rejected(&mut std::io::stdout().lock(), origin, reason);
                        written = std::mem::replace(&mut written, Ok(())).and(one);
                    } else {
                        context.say(line);
                    }
                }
            }
        });
        let report = report?;
        // What was mended is named again when it breaks again.
        let looked_at: Vec<Arc<str>> =
            roots.iter().filter_map(|root| root.canonicalize().ok()).map(|root| path_text(&root)).collect();
        let is_below = |path: &str, root: &str| {
            path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || root.ends_with('/'))
        };
        named.retain(|line, path| rejected.contains(line) || !looked_at.iter().any(|root| is_below(path, root)));
        writer.finish()?;
        written?;
        return Ok(report);
    }
}

fn wait(duration: Duration, stop: &AtomicBool) {
    let began = std::time::Instant::now();
    while began.elapsed() < duration && !stop.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn tell(report: &Report, context: &Context) -> anyhow::Result<()> {
    if context.json() {
        let mut output = context.output();
        json::report(&mut output, report)?;
        output.flush()?;
    } else if !context.quiet() {
        let mut lines = Vec::new();
        text::report(&mut lines, report, Theme::Plain)?;
        context.say(String::from_utf8_lossy(&lines).trim_end());
    }
    Ok(())
}

fn say_watching(args: &WatchArgs, context: &Context) -> anyhow::Result<()> {
    let folders: Vec<String> = args.roots.iter().map(|root| root.display().to_string()).collect();
    if context.json() {
        let n_articles = Searcher::open(context.index()).map_or(0, |searcher| searcher.n_articles());
        let mut output = context.output();
        watch::watching(&mut output, &folders, n_articles)?;
        output.flush()?;
    } else {
        context.say(format_args!("watching {}; Ctrl-C ends it", folders.join(", ")));
    }
    Ok(())
}
