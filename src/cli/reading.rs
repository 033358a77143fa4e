//! Options of the commands that read files: converters, and what columns are called.

use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use dateline::read::{Converter, Mapping, ReadConfig, mapped_names};

use super::Context;
use super::convert::Program;

/// Options of reading.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct ReadingArgs {
    /// Have files of a kind made text by a program, as in `--convert 'pdf=pdftotext {} -'`.
    ///
    /// `{}` stands for the file; without it the program reads the file from its input. What it writes
    /// is read as text, HTML, Markdown or JSON. No shell is involved: words are parted by spaces,
    /// quotes keep them together. May be given once for each kind.
    #[arg(long, value_name = "EXT=COMMAND")]
    convert: Vec<String>,
    /// Say what a column or member is called, as in `--map text=Body --map title=Headline`.
    ///
    /// On the left: title, text, summary, date, author, source, section, url, language, tags, id.
    #[arg(long, value_name = "FIELD=NAME")]
    map: Vec<String>,
}

impl ReadingArgs {
    /// What was typed, checked.
    pub(super) fn config(&self) -> anyhow::Result<ReadConfig> {
        let mut config = ReadConfig { pdf_reader: super::pdf::reader()?, ..ReadConfig::default() };
        for typed in &self.convert {
            let wrong = || format!("`--convert {typed}` is not like `pdf=pdftotext {{}} -`");
            let (extension, command) = typed.split_once('=').with_context(wrong)?;
            let extension = extension.trim().trim_start_matches('.').to_ascii_lowercase();
            if extension.is_empty() {
                return Err(anyhow!(wrong()));
            }
            let program = Program::new(extension, command)?;
            if config.converters.iter().any(|other| other.extension() == program.extension()) {
                bail!("`--convert` names two commands for `{}`", program.extension());
            }
            config.converters.push(Arc::new(program));
        }
        let mut columns = Vec::new();
        for typed in &self.map {
            let (name, column) =
                typed.split_once('=').with_context(|| format!("`--map {typed}` is not like `text=Body`"))?;
            let name = name.trim().to_ascii_lowercase();
            if !mapped_names().any(|known| known == name) {
                let known: Vec<&str> = mapped_names().collect();
                bail!("`--map {typed}`: there is no `{name}` to map; there are {}", known.join(", "));
            }
            columns.push((name, column.trim().to_owned()));
        }
        config.columns = Mapping::new(columns);
        Ok(config)
    }
}

/// Warns of names for columns that no record had: most likely they are mistyped.
pub(super) fn warn_of_unmet(columns: &Mapping, context: &Context) {
    for (field, name) in columns.never_met() {
        context.warn(format_args!("`--map {field}={name}`: no column or member is called `{name}`"));
    }
}
