//! What every command needs: where to write, how it looks, how it ends.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use dateline::entities::{self, EntityRules};
use dateline::extract::Spellings;
use dateline::present::escape::{for_terminal, lines_for_terminal};
use dateline::present::style::{Role, Theme};
use dateline::present::text::wrapped;
use dateline::search::query::SavedQueries;
use dateline::search::{EntityAliases, SearchError, Searcher};

use super::{Color, Common, queries};

/// Other spellings of names.
fn aliases(spellings: Arc<Spellings>) -> EntityAliases {
    Arc::new(move |kind, name: &str| spellings.others(kind, name))
}

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything done, something found.
    Success,
    /// Nothing found, or done with something left over that was named.
    Partial,
}

/// Options of every command, and the streams they lead to.
pub(crate) struct Context {
    common: Common,
    saved: OnceLock<SavedQueries>,
}

impl Context {
    pub(crate) fn new(common: Common) -> Self {
        Self { common, saved: OnceLock::new() }
    }

    /// The file of saved queries.
    pub(crate) fn saved_path(&self) -> PathBuf {
        queries::path(self.common.queries.as_deref(), &self.common.index)
    }

    /// The saved queries, read once.
    pub(crate) fn saved(&self) -> anyhow::Result<&SavedQueries> {
        if let Some(saved) = self.saved.get() {
            return Ok(saved);
        }
        let saved = queries::load(self.common.queries.as_deref(), &self.common.index)?;
        Ok(self.saved.get_or_init(|| saved))
    }

    pub(crate) fn index(&self) -> &Path {
        &self.common.index
    }

    /// The index, open for searching; names are looked up in every spelling that the extractor knows.
    pub(crate) fn searcher(&self) -> anyhow::Result<Searcher> {
        let path = self.rules_path();
        let is_asked_for = self.common.entities.is_some();
        let rules = match self.common.no_entities || !(is_asked_for || path.exists()) {
            true => None,
            false => Some(super::entities::read(&path)?),
        };
        self.searcher_with(rules)
    }

    /// As [`Self::searcher`], with these rules on entities.
    pub(crate) fn searcher_with(&self, rules: Option<EntityRules>) -> anyhow::Result<Searcher> {
        let spellings: Arc<Spellings> = Arc::default();
        let searcher = Searcher::open(&self.common.index)?.with_aliases(aliases(spellings.clone()));
        let demonyms = move |key: &str, name: &str| spellings.is_demonym(key, name);
        let mut searcher = searcher.with_demonyms(Arc::new(demonyms));
        if let Some(rules) = rules {
            searcher = searcher.with_rules(rules)?;
        }
        if let Some(rules) = searcher.rules().filter(|_| self.common.verbose) {
            let (n_rules, path) = (rules.rules().len(), rules.path().display());
            self.say(format_args!("names by {n_rules} rules of `{path}`, {}", rules.fingerprint()));
        }
        Ok(searcher)
    }

    /// Warns of rules that no search could use.
    pub(crate) fn warn_of_rules(&self) {
        let path = self.rules_path();
        if !self.common.no_entities
            && path.exists()
            && let Err(error) = self.searcher()
        {
            self.warn(format_args!("{error:#}"));
            self.hint("`dateline entities --help` shows what to write; until it is mended, use `--no-entities`");
        }
    }

    /// The file of rules on entities that commands use, whether it is there or not.
    pub(crate) fn rules_path(&self) -> PathBuf {
        self.common.entities.clone().unwrap_or_else(|| beside(&self.common.index, entities::FILE_NAME))
    }

    /// Other spellings of names.
    pub(crate) fn aliases(&self) -> EntityAliases {
        aliases(Arc::default())
    }

    pub(crate) fn json(&self) -> bool {
        self.common.json
    }

    pub(crate) fn quiet(&self) -> bool {
        self.common.quiet
    }

    pub(crate) fn verbose(&self) -> bool {
        self.common.verbose
    }

    /// Standard output, buffered.
    pub(crate) fn output(&self) -> BufWriter<io::StdoutLock<'static>> {
        BufWriter::new(io::stdout().lock())
    }

    /// Writes bytes to standard output.
    pub(crate) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut output = self.output();
        output.write_all(bytes)?;
        output.flush()
    }

    /// Writes what a command came to. A reader that has gone away is no error here: the exit code tells it too.
    pub(crate) fn tell(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let mut output = self.output();
        match write(&mut output).and_then(|()| output.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                // What is left can't be written either.
                drop(output.into_parts());
                Ok(())
            }
            written => written,
        }
    }

    /// Look of standard output.
    pub(crate) fn theme(&self) -> Theme {
        theme(self.common.color, &io::stdout())
    }

    /// Whether a person watches standard error.
    pub(crate) fn is_watched(&self) -> bool {
        !self.common.quiet && io::stderr().is_terminal()
    }

    /// Columns of the terminal; 100 where there is none.
    pub(crate) fn n_columns(&self) -> usize {
        terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).clamp(40, 120)
    }

    /// Tells the user something that is not a result; on a terminal, lines break between words.
    pub(crate) fn say(&self, text: impl std::fmt::Display) {
        self.say_painted(safe(text));
    }

    /// The same of text with colours of ours, and nothing of anybody else's in it.
    pub(crate) fn say_painted(&self, text: impl std::fmt::Display) {
        if !self.common.quiet {
            self.tell_person(&text.to_string());
        }
    }

    /// Writes lines to standard error; on a terminal they break between words.
    fn tell_person(&self, text: &str) {
        if !io::stderr().is_terminal() {
            let _ = writeln!(io::stderr(), "{text}");
            return;
        }
        for line in text.lines() {
            let words = line.trim_start();
            let indent = &line[..line.len() - words.len()];
            let _ = writeln!(io::stderr(), "{}", wrapped(words, self.n_columns(), indent));
        }
    }

    /// Tells the user of something wrong, quiet or not.
    pub(crate) fn warn(&self, text: impl std::fmt::Display) {
        let theme = theme(self.common.color, &io::stderr());
        self.tell_person(&format!("{} {}", theme.paint(Role::Error, "warning:"), safe(text)));
    }

    /// Warns of an error that the command goes on after.
    pub(crate) fn warn_of(&self, error: &anyhow::Error) {
        self.warn(format_args!("{error:#}"));
        if let Some(hint) = hint_of(error) {
            self.hint(hint);
        }
    }

    /// Gives advice.
    pub(crate) fn hint(&self, text: impl std::fmt::Display) {
        if !self.common.quiet {
            let theme = theme(self.common.color, &io::stderr());
            self.tell_person(&format!("{} {}", theme.paint(Role::Hint, "hint:"), safe(text)));
        }
    }

    /// Tells the user that the command failed in a way that nobody thought of: an index that is damaged where
    /// no checksum is looked at while searching, or a mistake of ours.
    pub(crate) fn fail_unexpectedly(&self, failure: &str) {
        let theme = theme(self.common.color, &io::stderr());
        let _ = writeln!(io::stderr(), "{} dateline failed unexpectedly", theme.paint(Role::Error, "error:"));
        for line in failure.lines() {
            let _ = writeln!(io::stderr(), "  {}", for_terminal(line));
        }
        self.hint("see whether the index is whole with `dateline verify`; if it is, this is a mistake in dateline");
    }

    /// Tells the user why the command failed.
    pub(crate) fn fail(&self, error: &anyhow::Error) {
        let theme = theme(self.common.color, &io::stderr());
        let mut stderr = io::stderr();
        let _ = writeln!(stderr, "{} {}", theme.paint(Role::Error, "error:"), safe(error));
        for cause in error.chain().skip(1) {
            let _ = writeln!(stderr, "  caused by: {}", safe(cause));
        }
        if let Some(hint) = hint_of(error) {
            self.hint(hint);
        }
    }
}

/// A message may hold names of files and words of a query: its lines, without what could command a terminal.
fn safe(text: impl std::fmt::Display) -> String {
    lines_for_terminal(&text.to_string())
}

/// A file beside the folder of an index, from wherever that is looked at.
pub(super) fn beside(index: &Path, name: &str) -> PathBuf {
    // `.` does not say where it lies.
    let index = if index.file_name().is_some() { index.to_owned() } else { index.canonicalize().unwrap_or_default() };
    index.with_file_name(name)
}

fn theme(color: Color, stream: &impl anstream::stream::RawStream) -> Theme {
    let coloured = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
    };
    if coloured { Theme::Coloured } else { Theme::Plain }
}

/// An error that says what to do about it.
#[derive(Debug)]
pub(crate) struct Advised {
    pub(crate) message: String,
    pub(crate) hint: String,
}

impl std::fmt::Display for Advised {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Advised {}

/// What the user can do about an error, when it knows.
fn hint_of(error: &anyhow::Error) -> Option<String> {
    use dateline::index::IndexError;
    use dateline::pipeline::{FollowError, PipelineError};
    use dateline::search::query::SavedError;

    // With a cause of its own, it stands in no chain under its own name.
    if let Some(advised) = error.downcast_ref::<Advised>() {
        return Some(advised.hint.clone());
    }
    error.chain().find_map(|cause| {
        if let Some(error) = cause.downcast_ref::<IndexError>() {
            return error.hint();
        }
        if let Some(PipelineError::Index(error)) = cause.downcast_ref::<PipelineError>() {
            return error.hint();
        }
        if cause.downcast_ref::<SavedError>().is_some() {
            return Some("a line is `name = query`; lines that go on begin with a blank, remarks with `#`".to_owned());
        }
        if let Some(error) = cause.downcast_ref::<FollowError>() {
            return error.hint();
        }
        if let Some(error) = cause.downcast_ref::<SearchError>() {
            return error.hint();
        }
        cause.downcast_ref::<Advised>().map(|advised| advised.hint.clone())
    })
}

/// Whether the reader of our output has gone away: a quiet end.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io_error = cause.downcast_ref::<io::Error>();
        let json_error = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io_error.map(io::Error::kind).or(json_error) == Some(io::ErrorKind::BrokenPipe)
    })
}
