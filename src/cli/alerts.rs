//! What `dateline watch` tells of new articles, and to whom.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Args;
use dateline::present::{text, watch};
use dateline::search::query::{Query, SavedQueries};
use dateline::search::{SearchError, Searcher, Seen, SnippetConfig, WatchList};

use super::Context;
use super::context::Advised;
use super::program::{end, is_program, split};
use super::question::{parse_query, parse_query_with};

/// What to look out for in new articles.
#[derive(Args, Debug)]
pub(super) struct AlertArgs {
    /// Saved queries; each new article that one finds is told.
    #[arg(long, value_name = "FILE")]
    alert: Option<PathBuf>,
    /// Names to look out for in new articles.
    #[arg(long, value_name = "FILE")]
    names: Option<PathBuf>,
    /// Program to run for each alert and name, with its line of JSON as input; no shell is involved.
    /// Arguments follow behind blanks, in quotes where they hold some. It may take a minute.
    #[arg(long, value_name = "COMMAND")]
    exec: Option<String>,
}

/// The longest that the program may take for a line, and how long once all is to stop.
const MAX_TIME: Duration = Duration::from_secs(60);
const MAX_TIME_AT_END: Duration = Duration::from_secs(2);
/// How often a running program is looked after.
const PATIENCE: Duration = Duration::from_millis(10);

/// What to tell of new articles.
pub(super) struct Alerts {
    queries: Vec<(String, String, Query)>,
    names: Option<WatchList>,
    /// Program and arguments.
    exec: Vec<String>,
    /// Lines to hand over.
    waiting: VecDeque<Vec<u8>>,
}

impl Alerts {
    pub(super) fn read(args: &AlertArgs, context: &Context) -> anyhow::Result<Self> {
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
        let exec = args.exec.as_deref().map_or_else(|| Ok(Vec::new()), command)?;
        if !exec.is_empty() && queries.is_empty() && names.is_none() {
            let message = "`--exec` has nothing to run for".to_owned();
            return Err(Advised { message, hint: "add `--alert FILE` or `--names FILE`".to_owned() }.into());
        }
        Ok(Self { queries, names, exec, waiting: VecDeque::new() })
    }

    /// Tells what is found in articles that are not in `seen`, and adds them to it.
    pub(super) fn tell_of_new(
        &mut self,
        seen: &mut Option<Seen>,
        stop: &AtomicBool,
        context: &Context,
    ) -> anyhow::Result<()> {
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
            self.waiting.extend(lines);
        }
        *seen = Some(searcher.seen());
        self.hand_over(stop, context)
    }

    /// Hands the lines over that wait. After a program that hangs, the others wait for the next time, so that what
    /// changes meanwhile is indexed.
    fn hand_over(&mut self, stop: &AtomicBool, context: &Context) -> anyhow::Result<()> {
        if self.exec.is_empty() {
            let mut output = io::stdout().lock();
            // One that can't be written waits for the next time.
            while let Some(line) = self.waiting.front() {
                output
                    .write_all(line)
                    .and_then(|()| output.flush())
                    .context("cannot write alerts to standard output")?;
                self.waiting.pop_front();
            }
            return Ok(());
        }
        while let Some(line) = self.waiting.pop_front() {
            if let Err(Failed { what, is_late }) = run_with(&self.exec, &line, stop) {
                context.warn(format_args!("`{}` {what}", self.exec[0]));
                if is_late {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Lines that were not handed over.
    pub(super) fn n_waiting(&self) -> usize {
        self.waiting.len()
    }
}

/// The words of the command that is to be run for each line.
fn command(typed: &str) -> anyhow::Result<Vec<String>> {
    let words = split(typed).with_context(|| format!("a quote in `{typed}` is not closed"))?;
    let hint = "name a program: `--exec 'notify-send News'`".to_owned();
    match words.first() {
        None => Err(Advised { message: "`--exec` names no program".to_owned(), hint }.into()),
        Some(program) if !is_program(program) => {
            Err(Advised { message: format!("cannot find the program `{program}` of `--exec`"), hint }.into())
        }
        Some(_) => Ok(words),
    }
}

/// Why a program did not do its work.
struct Failed {
    what: String,
    /// Whether it was ended for that it took too long.
    is_late: bool,
}

/// Runs a program with `line` as its input, and waits for its end. One that takes too long, or that is at work when all
/// is to stop, is ended.
fn run_with(words: &[String], line: &[u8], stop: &AtomicBool) -> Result<(), Failed> {
    let cannot_run = |error: io::Error| Failed { what: format!("cannot be run: {error}"), is_late: false };
    let mut command = Command::new(&words[0]);
    // Standard output is for our own lines.
    command.args(&words[1..]).stdin(Stdio::piped()).stdout(Stdio::null());
    // Ctrl-C is for this program.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(cannot_run)?;
    let mut input = child.stdin.take();
    let line = line.to_owned();
    // A program may well not want its input; one that is slow to read it must not hold us up.
    let feeder = std::thread::Builder::new().spawn(move || input.as_mut().map(|input| input.write_all(&line)));
    let began = Instant::now();
    let ended = feeder.and_then(|_| {
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(Some(status));
            }
            let limit = if stop.load(Ordering::Relaxed) { MAX_TIME_AT_END } else { MAX_TIME };
            if began.elapsed() >= limit {
                return Ok(None);
            }
            std::thread::sleep(PATIENCE);
        }
    });
    if !matches!(ended, Ok(Some(_))) {
        end(&mut child);
    }
    match ended.map_err(cannot_run)? {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(Failed { what: format!("failed: {status}"), is_late: false }),
        None => Err(Failed { what: format!("was ended after {} seconds", began.elapsed().as_secs()), is_late: true }),
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

#[cfg(test)]
mod tests {
    use super::*;

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
