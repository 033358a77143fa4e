//! `dateline queries`, and where saved queries come from.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use dateline::present::answer;
use dateline::present::escape::for_terminal;
use dateline::present::style::Role;
use dateline::search::query::{SAVED_SIGN, SavedQueries, to_text};

use super::context::beside;
use super::question::parse_query;
use super::{Context, Exit};

/// Beside the index, unless another file was named.
const FILE_NAME: &str = "saved-queries.txt";

/// The file of saved queries.
pub(crate) fn path(named: Option<&Path>, index: &Path) -> PathBuf {
    match named {
        Some(path) => path.to_owned(),
        None => beside(index, FILE_NAME),
    }
}

/// Reads the saved queries; none, where no file was named and there is none beside the index.
pub(crate) fn load(named: Option<&Path>, index: &Path) -> anyhow::Result<SavedQueries> {
    let path = path(named, index);
    if named.is_none() && !path.exists() {
        return Ok(SavedQueries::default());
    }
    let shown = path.display();
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read the saved queries `{shown}`"))?;
    let text = String::from_utf8(bytes).with_context(|| format!("the saved queries `{shown}` are not UTF-8"))?;
    SavedQueries::read(&text).with_context(|| format!("cannot understand the saved queries `{shown}`"))
}

pub(crate) fn run(context: &Context) -> anyhow::Result<Exit> {
    let saved = context.saved()?;
    if saved.is_empty() {
        context.say(format_args!("no queries are saved in `{}`", context.saved_path().display()));
        context.hint(format_args!("write lines like `name = query` there, and search for `{SAVED_SIGN}name`"));
        return Ok(Exit::Partial);
    }
    let mut output = context.output();
    let theme = context.theme();
    let n_columns = saved.iter().map(|query| query.name.chars().count()).max().unwrap_or(0) + 1;
    let mut n_wrong = 0;
    for query in saved.iter() {
        let parsed = parse_query(&format!("{SAVED_SIGN}{}", query.name), context);
        let understood = match &parsed {
            Ok(parsed) => Ok(parsed.root.as_ref().map(to_text).unwrap_or_default()),
            Err(error) => Err(error.to_string()),
        };
        if context.json() {
            answer::saved_query(&mut output, query, understood.as_deref().map_err(String::as_str))?;
        } else {
            let name = format!("{SAVED_SIGN}{:<n_columns$}", query.name);
            writeln!(output, "{} {}", theme.paint(Role::Code, name), for_terminal(&query.text))?;
        }
        if let Err(reason) = understood {
            n_wrong += 1;
            context.warn(format_args!("line {}: {reason}", query.n_line));
        }
    }
    output.flush()?;
    if n_wrong > 0 {
        anyhow::bail!("{n_wrong} of the saved queries cannot be understood");
    }
    Ok(Exit::Success)
}
