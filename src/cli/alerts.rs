//! What `dateline watch` tells of new articles, and to whom.

mod file;
mod queries;
mod runner;

use std::collections::VecDeque;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use dateline::present::{text, watch};
use dateline::search::{Fresh, Searcher, Seen, SnippetConfig, WatchList};

use super::Context;
use super::context::Advised;
use file::Reread;
use queries::{AlertQueries, AlertQuery, wrong};
pub(super) use runner::Runner;

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
    /// Arguments follow behind blanks, in quotes where they hold some. It may take a minute; one that
    /// fails is run again, up to three times.
    #[arg(long, value_name = "COMMAND")]
    exec: Option<String>,
}

/// A line of JSON to hand over.
struct Told {
    bytes: Vec<u8>,
    /// What it tells of, for messages.
    about: String,
}

/// What to tell of new articles.
pub(super) struct Alerts {
    queries: Option<Reread<AlertQueries>>,
    names: Option<Reread<WatchList>>,
    receiver: Receiver,
}

/// Who gets the lines.
enum Receiver {
    /// Standard output; these lines could not be written yet.
    Output(VecDeque<Told>),
    Program(Arc<Runner>),
}

impl Alerts {
    pub(super) fn read(args: &AlertArgs, context: &Context) -> anyhow::Result<Self> {
        let read_queries = |path: &Path, text: &str| AlertQueries::read(path, text, context);
        let read_names = |path: &Path, text: &str| names(path, text, context);
        let queries = args.alert.as_ref().map(|path| Reread::new(path, read_queries)).transpose()?;
        let names = args.names.as_ref().map(|path| Reread::new(path, read_names)).transpose()?;
        let runner = args.exec.as_deref().map(Runner::new).transpose()?;
        if runner.is_some() && queries.is_none() && names.is_none() {
            let message = "`--exec` has nothing to run for".to_owned();
            return Err(Advised { message, hint: "add `--alert FILE` or `--names FILE`".to_owned() }.into());
        }
        let receiver = runner.map_or(Receiver::Output(VecDeque::new()), |runner| Receiver::Program(Arc::new(runner)));
        Ok(Self { queries, names, receiver })
    }

    /// The program that lines are handed over to; its work is a thread of its own.
    pub(super) fn runner(&self) -> Option<Arc<Runner>> {
        match &self.receiver {
            Receiver::Output(_) => None,
            Receiver::Program(runner) => Some(runner.clone()),
        }
    }

    /// Reads the files again that have changed. One that is wrong now is said, and what it said before holds.
    pub(super) fn renew(&mut self, context: &Context) {
        let kept = |path: &Path, error: anyhow::Error| {
            context.warn_of(&error);
            context.say(format_args!("what `{}` said before holds until it is mended", path.display()));
        };
        if let Some(queries) = &mut self.queries {
            match queries.renew(|path, text| AlertQueries::read(path, text, context)) {
                Ok(false) => {}
                Ok(true) => context.say(format_args!("`{}` has changed, and was read again", queries.path().display())),
                Err(error) => kept(queries.path(), error),
            }
        }
        if let Some(list) = &mut self.names
            && let Err(error) = list.renew(|path, text| names(path, text, context))
        {
            kept(list.path(), error);
        }
    }

    /// Finds what is to be told of articles that are not in `seen`, and adds them to it.
    pub(super) fn find_new(
        &mut self,
        searcher: &Searcher,
        seen: &mut Option<Seen>,
        context: &Context,
    ) -> anyhow::Result<()> {
        self.renew(context);
        match seen {
            Some(seen) => {
                if self.queries.is_some() || self.names.is_some() {
                    let told = self.found(searcher, &searcher.fresh(seen), context)?;
                    match &mut self.receiver {
                        Receiver::Output(waiting) => waiting.extend(told),
                        Receiver::Program(runner) => runner.add(told),
                    }
                }
                seen.add(searcher);
            }
            None => *seen = Some(searcher.seen()),
        }
        Ok(())
    }

    /// The lines on new articles. A query that can't be searched for is said, and costs the others nothing.
    fn found(&self, searcher: &Searcher, fresh: &Fresh, context: &Context) -> anyhow::Result<Vec<Told>> {
        let mut told = Vec::new();
        // Another commit may well hold the same articles.
        if fresh.n_articles() == 0 {
            return Ok(told);
        }
        let queries = self.queries.as_ref().map(|queries| queries.content().understood(context)).transpose()?;
        for AlertQuery { name, typed, query } in queries.into_iter().flatten() {
            let hits = match searcher.search_fresh(&query, fresh, SnippetConfig::default()) {
                Err(error) if error.is_of_query() => {
                    context.warn_of(&anyhow::Error::new(error).context(wrong(name)));
                    continue;
                }
                hits => hits?,
            };
            for hit in hits {
                let mut bytes = Vec::new();
                watch::alert(&mut bytes, name, typed, &hit)?;
                told.push(Told { bytes, about: format!("the alert `{name}` on `{}`", hit.article.origin) });
            }
        }
        let names = self.names.as_ref().map(|list| searcher.names_in_fresh(list.content(), fresh)).transpose()?;
        for found in names.into_iter().flatten() {
            let mut bytes = Vec::new();
            watch::name(&mut bytes, &found)?;
            let place = found.article.origins.first().map(ToString::to_string).unwrap_or_default();
            told.push(Told { bytes, about: format!("the name `{}` in `{place}`", found.name) });
        }
        Ok(told)
    }

    /// Writes the lines that wait for standard output; a program gets its own on another thread.
    pub(super) fn hand_over(&mut self) -> anyhow::Result<()> {
        let Receiver::Output(waiting) = &mut self.receiver else { return Ok(()) };
        let mut output = io::stdout().lock();
        // One that can't be written waits for the next time.
        while let Some(line) = waiting.front() {
            let written = output.write_all(&line.bytes).and_then(|()| output.flush());
            written.context("cannot write alerts to standard output")?;
            waiting.pop_front();
        }
        Ok(())
    }

    /// Lines that were not handed over.
    pub(super) fn n_not_handed_over(&self) -> usize {
        match &self.receiver {
            Receiver::Output(waiting) => waiting.len(),
            Receiver::Program(runner) => runner.n_not_handed_over(),
        }
    }
}

/// Reads a list of names, and says what it is.
fn names(path: &Path, text: &str, context: &Context) -> anyhow::Result<WatchList> {
    let list = WatchList::read(text, &context.aliases());
    let shown = path.display();
    for n_line in list.lines_without_words() {
        context.warn(format_args!("line {n_line} of `{shown}` has no word to look for"));
    }
    anyhow::ensure!(list.n_names() > 0, "`{shown}` holds no name; a line is a name, others for it stand behind `|`");
    context.say(format_args!("looking out for {}", text::n_of(list.n_names() as u64, "name")));
    Ok(list)
}
