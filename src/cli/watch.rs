//! `dateline watch`.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use dateline::extract::{Extractor, NewsExtractor};
use dateline::index::{IndexConfig, IndexError, IndexWriter, own_folders, prepare_folder};
use dateline::pipeline::{self, Change, Event, FollowConfig, Follower, PipelineConfig, Report};
use dateline::present::style::Theme;
use dateline::present::{json, text, watch};
use dateline::search::query::{Query, SavedQueries};
use dateline::search::{SearchError, Searcher, Seen, SnippetConfig, WatchList};

use super::context::Advised;
use super::index::{remember, stop_on_signal};
use super::question::{parse_query, parse_query_with};
use super::reading::ReadingArgs;
use super::{Context, Exit};

/// Arguments of `watch`.
#[derive(Args, Debug)]
#[command(after_help = "\
The index is brought in line at the start, then after each burst of changes; Ctrl-C ends it. With `--json`
each time gives a line `{\"type\":\"report\",...}` as of `dateline index`. What `--alert` and `--names` find in
articles that were not there before is a line of JSON on standard output, or the input of `--exec`.

A file of alerts is one of saved queries: a line `name = query` for each; a file whose name ends in `.toml`
has lines `name = \"query\"`. A list of names has a name a line, with
other names for it behind `|`; known spellings of people and places are found too.")]
pub(crate) struct WatchArgs {
    /// Folders or files with news.
    #[arg(required = true, value_name = "DIR")]
    roots: Vec<PathBuf>,
    /// Look at everything every so many seconds, where the system does not tell of changes: drives over
    /// a network.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    poll: Option<u64>,
    /// Saved queries; each new article that one finds is told.
    #[arg(long, value_name = "FILE")]
    alert: Option<PathBuf>,
    /// Names to look out for in new articles.
    #[arg(long, value_name = "FILE")]
    names: Option<PathBuf>,
    /// Program to run for each alert and name, with its line of JSON as input; no shell is involved.
    /// Arguments follow behind blanks, in quotes where they hold some.
    #[arg(long, value_name = "COMMAND")]
    exec: Option<String>,
    /// Leave out files and folders whose name begins with a dot.
    #[arg(long)]
    skip_hidden: bool,
    /// Threads that parse and extract [default: one for each core].
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// Wait before another try, when the index is busy or something failed.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(1);
/// Quiet time after which what is only remembered to save time is brought up to date.
const IDLE: Duration = Duration::from_secs(10);

pub(crate) fn run(args: &WatchArgs, context: &Context) -> anyhow::Result<Exit> {
    // A typo in a folder's name must not leave an empty index behind.
    for root in &args.roots {
        root.metadata().with_context(|| format!("cannot read `{}`", root.display()))?;
    }
    let mut alerts = Alerts::read(args, context)?;
    let extractor = NewsExtractor::new();
    prepare_folder(context.index(), &extractor.fingerprint())?;
    let stop = stop_on_signal(context)?;
    let follow = FollowConfig {
        poll: args.poll.map(Duration::from_secs),
        exclude: own_folders(context.index()),
        skip_hidden: args.skip_hidden,
        ..FollowConfig::default()
    };
    // Listening begins before the first look, so that nothing falls between.
    let mut follower = Follower::start(&args.roots, follow)?;
    let mut config = PipelineConfig { read: args.reading.config()?, ..PipelineConfig::default() };
    config.walk.skip_hidden = args.skip_hidden;
    config.n_workers = args.threads.unwrap_or(config.n_workers).max(1);

    let mut seen = match Searcher::open(context.index()) {
        Ok(searcher) => Some(searcher.seen()),
        // Everything is new to a new index, and nobody wants to be told of that.
        Err(SearchError::NeverCommitted { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let mut named = HashSet::new();
    let mut is_remembered = false;
    let mut change = Change::Everything;
    let mut is_first = true;
    loop {
        let roots = match &change {
            Change::Everything => Some(args.roots.clone()),
            Change::Below(folders) => Some(folders.clone()),
            Change::Nothing => None,
        };
        if let Some(roots) = roots {
            // A rebuild may have begun or ended since.
            config.walk.exclude = own_folders(context.index());
            match bring_in_line(&roots, &extractor, &config, &stop, &mut named, context) {
                Ok(report) => {
                    let has_changed = report.n_added + report.n_changed + report.n_deleted + report.n_renamed > 0;
                    if has_changed || is_first {
                        is_remembered = false;
                        tell(&report, context)?;
                        alerts.tell_of_new(&mut seen, context)?;
                    }
                    if is_first {
                        is_first = false;
                        say_watching(args, context)?;
                    }
                }
                Err(error) if is_first => return Err(error),
                // A folder that is away for a moment, a full disk: what was committed stands, and the next
                // look is at everything.
                Err(error) => {
                    context.warn(format_args!("{error:#}"));
                    change = Change::Everything;
                    wait(TRY_AGAIN_AFTER, &stop);
                    if !stop.load(Ordering::Relaxed) {
                        continue;
                    }
                }
            }
        } else if !is_remembered {
            remember(context.index())?;
            is_remembered = true;
        }
        match follower.next(&stop, (!is_remembered).then_some(IDLE)) {
            Some(next) => change = next,
            None => break,
        }
    }
    remember(context.index())?;
    context.say("stopped; the index holds what was there last");
    Ok(Exit::Success)
}

/// Compares folders with the index, and waits while another process writes it.
fn bring_in_line(
    roots: &[PathBuf],
    extractor: &NewsExtractor,
    config: &PipelineConfig,
    stop: &AtomicBool,
    named: &mut HashSet<String>,
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
        let report = pipeline::run(roots, &mut writer, extractor, config, stop, &mut |event| {
            if let Event::Rejected { origin, reason } = event {
                let line = text::rejected(origin, reason);
                // What could not be read is looked at again each time; it is named once.
                if named.insert(line.clone()) {
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

/// What to tell of new articles.
struct Alerts {
    queries: Vec<(String, String, Query)>,
    names: Option<WatchList>,
    /// Program and arguments.
    exec: Vec<String>,
}

impl Alerts {
    fn read(args: &WatchArgs, context: &Context) -> anyhow::Result<Self> {
        let read =
            |path: &PathBuf| std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()));
        let queries = match &args.alert {
            Some(path) => queries(path, &read(path)?, context)?,
            None => Vec::new(),
        };
        let names = match &args.names {
            Some(path) => Some(WatchList::read(&read(path)?, &context.aliases())),
            None => None,
        };
        if let Some(list) = &names {
            context.say(format_args!("looking out for {}", text::n_of(list.n_names() as u64, "name")));
        }
        let exec = args.exec.as_deref().map(split_command).unwrap_or_default();
        if args.exec.is_some() && exec.is_empty() {
            let hint = "name a program: `--exec 'notify-send News'`".to_owned();
            return Err(Advised { message: "`--exec` names no program".to_owned(), hint }.into());
        }
        if !exec.is_empty() && queries.is_empty() && names.is_none() {
            let message = "`--exec` has nothing to run for".to_owned();
            return Err(Advised { message, hint: "add `--alert FILE` or `--names FILE`".to_owned() }.into());
        }
        Ok(Self { queries, names, exec })
    }

    /// Tells what is found in articles that are not in `seen`, and adds them to it.
    fn tell_of_new(&mut self, seen: &mut Option<Seen>, context: &Context) -> anyhow::Result<()> {
        if let Err(SearchError::NeverCommitted { .. }) = Searcher::open(context.index()) {
            return Ok(());
        }
        let searcher = context.searcher()?;
        if let Some(seen) = seen
            && (!self.queries.is_empty() || self.names.is_some())
        {
            let fresh = searcher.fresh(seen);
            let mut lines = Vec::new();
            for (name, typed, query) in &self.queries {
                for hit in searcher.search_fresh(query, &fresh, SnippetConfig::default())? {
                    let mut line = Vec::new();
                    watch::alert(&mut line, name, typed, &hit)?;
                    lines.push(line);
                }
            }
            for found in self.names.iter().map(|list| searcher.names_in_fresh(list, &fresh)) {
                for found in found? {
                    let mut line = Vec::new();
                    watch::name(&mut line, &found)?;
                    lines.push(line);
                }
            }
            self.hand_over(&lines, context)?;
        }
        *seen = Some(searcher.seen());
        Ok(())
    }

    fn hand_over(&self, lines: &[Vec<u8>], context: &Context) -> anyhow::Result<()> {
        let Some((program, arguments)) = self.exec.split_first() else {
            let mut output = context.output();
            lines.iter().try_for_each(|line| output.write_all(line))?;
            output.flush()?;
            return Ok(());
        };
        for line in lines {
            // Standard output is for our own lines.
            let child = Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
            let ran = child.and_then(|mut child| {
                // A program may well not want its input.
                let _ = child.stdin.take().map(|mut input| input.write_all(line));
                child.wait()
            });
            match ran {
                Ok(status) if status.success() => {}
                Ok(status) => context.warn(format_args!("`{program}` failed: {status}")),
                Err(error) => context.warn(format_args!("cannot run `{program}`: {error}")),
            }
        }
        Ok(())
    }
}

/// Name, text and meaning of each query of a file, by name.
fn queries(path: &Path, text: &str, context: &Context) -> anyhow::Result<Vec<(String, String, Query)>> {
    let is_toml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    // Queries of a file may name each other, and those of TOML the saved ones.
    let saved = if is_toml { None } else { Some(SavedQueries::read(text)) };
    let saved = saved.transpose().with_context(|| format!("cannot understand `{}`", path.display()))?;
    let named: Vec<(String, String)> = match &saved {
        Some(saved) => saved.iter().map(|query| (query.name.clone(), query.text.clone())).collect(),
        None => toml_queries(text).with_context(|| format!("cannot use `{}`", path.display()))?,
    };
    anyhow::ensure!(!named.is_empty(), "`{}` holds no query; a line is `name = query`", path.display());
    let mut queries = Vec::new();
    for (name, typed) in named {
        let parsed = match &saved {
            Some(saved) => parse_query_with(&typed, saved),
            None => parse_query(&typed, context),
        };
        let query = parsed.with_context(|| format!("the query `{name}` is wrong"))?;
        queries.push((name, typed, query));
    }
    Ok(queries)
}

/// Name and text of each query of a TOML file, by name.
fn toml_queries(text: &str) -> anyhow::Result<Vec<(String, String)>> {
    let table: toml::Table = text.parse().context("it is not TOML: a line is `name = \"query\"`")?;
    let mut queries = Vec::new();
    let nested = table.iter().filter_map(|(_, value)| value.as_table()).flatten();
    for (name, value) in table.iter().filter(|(_, value)| !value.is_table()).chain(nested) {
        let Some(typed) = value.as_str() else { anyhow::bail!("`{name}` is no query; a line is `name = \"query\"`") };
        queries.push((name.clone(), typed.to_owned()));
    }
    Ok(queries)
}

/// Words between blanks, quotes around those that hold some.
fn split_command(typed: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in typed.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if matches!(c, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_split_at_blanks_outside_quotes() {
        assert_eq!(split_command("say  'two words' \"it's\" ''"), ["say", "two words", "it's", ""]);
        assert!(split_command("  ").is_empty());
    }

    #[test]
    fn queries_keep_their_names() {
        let queries = toml_queries("a = \"bank\"\n[more]\nb = 'person:zelensky'").expect("they are right");
        let names: Vec<_> = queries.iter().map(|(name, typed)| (&**name, &**typed)).collect();
        assert_eq!(names, [("a", "bank"), ("b", "person:zelensky")]);
        for wrong in ["a = 1", "a bank"] {
            assert!(toml_queries(wrong).is_err(), "{wrong}");
        }
    }
}
