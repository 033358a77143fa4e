//! `dateline batch`.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use dateline::present::{batch, json};
use dateline::search::query::SAVED_SIGN;
use dateline::search::{SearchRequest, Searcher, SnippetConfig};

use super::context::Advised;
use super::question::{Misunderstood, parse_query, remark};
use super::{Context, Exit};

/// Arguments of `batch`.
#[derive(Args, Debug)]
#[command(after_help = "\
Each line is `id TAB query`, in the language of `dateline search`; `@name`
stands for a saved query. A line that is not, whose query is wrong, or whose
id was used before, is reported; all others run. --saved runs every saved
query under its name.

Formats: `jsonl` writes a line for each hit, with the id of its query, and a
summary for each query; `csv` the same as a table; `trec` writes `id Q0
article rank score dateline`, and goes on with articles that have fewer of the
words until the limit is reached.")]
pub(crate) struct BatchArgs {
    /// Queries; `-` reads standard input.
    #[arg(value_name = "FILE.tsv", required_unless_present = "saved")]
    file: Option<PathBuf>,
    /// Run the saved queries.
    #[arg(long, conflicts_with = "file")]
    saved: bool,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "jsonl")]
    format: BatchFormat,
    /// Hits for each query.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 100)]
    limit: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum BatchFormat {
    /// JSON Lines.
    Jsonl,
    /// Comma-separated values with a header.
    Csv,
    /// The run format of the Text Retrieval Conference.
    Trec,
}

pub(crate) fn run(args: &BatchArgs, context: &Context) -> anyhow::Result<Exit> {
    let input: Box<dyn BufRead> = match &args.file {
        None => Box::new(io::Cursor::new(saved_lines(context)?)),
        Some(path) if path.as_os_str() == "-" => Box::new(io::stdin().lock()),
        Some(path) => {
            let file = std::fs::File::open(path).with_context(|| format!("cannot read `{}`", path.display()))?;
            Box::new(BufReader::new(file))
        }
    };
    let searcher = context.searcher()?;
    let mut output = context.output();
    if args.format == BatchFormat::Csv {
        batch::csv_header(&mut output)?;
    }
    let mut ids: HashMap<String, u64> = HashMap::new();
    let mut n_failed = 0u64;
    let mut n_found = 0u64;
    for (n_line, line) in (1u64..).zip(input.split(b'\n')) {
        let line = line.context("cannot read the queries")?;
        let line = String::from_utf8_lossy(&line);
        let line = if n_line == 1 { line.trim_start_matches('\u{feff}') } else { &line };
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            continue;
        }
        match one_query(line, n_line, &mut ids, args, &searcher, context, &mut output)? {
            Ok(total) => n_found += u64::from(total > 0),
            Err(reason) => {
                n_failed += 1;
                context.warn(format_args!("line {n_line}: {reason}"));
                if args.format == BatchFormat::Jsonl {
                    let id = line.split('\t').next();
                    json::error(&mut output, n_line, id, &reason)?;
                }
            }
        }
    }
    output.flush()?;
    if n_failed > 0 {
        anyhow::bail!("{n_failed} of the queries could not be run; all others were");
    }
    Ok(if n_found > 0 { Exit::Success } else { Exit::Partial })
}

/// The saved queries as lines of a batch.
fn saved_lines(context: &Context) -> anyhow::Result<String> {
    let saved = context.saved()?;
    if saved.is_empty() {
        let message = format!("no queries are saved in `{}`", context.saved_path().display());
        return Err(Advised { message, hint: "lines there are `name = query`".to_owned() }.into());
    }
    Ok(saved.iter().map(|query| format!("{}\t{SAVED_SIGN}{}\n", query.name, query.name)).collect())
}

/// Runs one line. The inner error is the line's, the outer one ends the batch.
fn one_query(
    line: &str,
    n_line: u64,
    ids: &mut HashMap<String, u64>,
    args: &BatchArgs,
    searcher: &Searcher,
    context: &Context,
    output: &mut dyn Write,
) -> anyhow::Result<Result<u64, String>> {
    let Some((id, typed)) = line.split_once('\t') else {
        return Ok(Err("there is no tab between id and query".to_owned()));
    };
    if let Some(n_first) = ids.insert(id.to_owned(), n_line) {
        ids.insert(id.to_owned(), n_first);
        return Ok(Err(format!("the id `{id}` was used in line {n_first}")));
    }
    let query = match parse_query(typed, context) {
        Ok(query) => query,
        Err(error) if error.is::<Misunderstood>() => return Ok(Err(error.to_string())),
        Err(error) => return Err(error),
    };
    let mut notes: Vec<String> = query.notes.iter().map(|note| remark(&query, note)).collect();
    // Trec wants ids and scores only.
    let n_passages = if args.format == BatchFormat::Jsonl { 1 } else { 0 };
    // What is judged to a depth goes on with articles that have fewer of the words.
    let widen_to = (args.format == BatchFormat::Trec).then_some(args.limit as u64);
    let request = SearchRequest {
        widen_to,
        limit: args.limit,
        snippets: SnippetConfig { n_passages, ..SnippetConfig::default() },
        ..SearchRequest::new(query)
    };
    let results = match searcher.search(&request) {
        Ok(results) => results,
        Err(error) if error.is_of_query() => return Ok(Err(error.to_string())),
        Err(error) => return Err(error.into()),
    };
    notes.extend(results.notes.iter().cloned());
    match args.format {
        BatchFormat::Jsonl => batch::jsonl(output, id, typed, &results, &notes)?,
        BatchFormat::Csv => batch::csv(output, id, &results)?,
        BatchFormat::Trec => batch::trec(output, id, &results)?,
    }
    Ok(Ok(results.total))
}
