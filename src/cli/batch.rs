//! `dateline batch`.

use std::io::{self, BufRead, BufReader, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use dateline::present::{batch, json};
use dateline::search::{SearchRequest, Searcher, SnippetConfig};

use super::question::parse_query;
use super::{Context, Exit};

/// Arguments of `batch`.
#[derive(Args, Debug)]
#[command(after_help = "\
Each line is `id TAB query`, in the language of `dateline search`. A line that is not, or whose query is
wrong, is reported; all others run. Formats: `jsonl` writes a line for each hit, with the id of its query,
and a summary for each query; `csv` the same as a table; `trec` writes `id Q0 article rank score dateline`.")]
pub(crate) struct BatchArgs {
    /// Queries; `-` reads standard input.
    #[arg(value_name = "FILE.tsv")]
    file: PathBuf,
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
    let input: Box<dyn BufRead> = if args.file.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        let file = std::fs::File::open(&args.file).with_context(|| format!("cannot read `{}`", args.file.display()))?;
        Box::new(BufReader::new(file))
    };
    let searcher = context.searcher()?;
    let mut output = context.output();
    if args.format == BatchFormat::Csv {
        batch::csv_header(&mut output)?;
    }
    let mut n_failed = 0u64;
    let mut n_found = 0u64;
    for (n_line, line) in (1u64..).zip(input.split(b'\n')) {
        let line = line.context("cannot read the queries")?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            continue;
        }
        match one_query(line, args, &searcher, &mut output)? {
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

/// Runs one line. The inner error is the line's, the outer one ends the batch.
fn one_query(
    line: &str,
    args: &BatchArgs,
    searcher: &Searcher,
    output: &mut dyn Write,
) -> anyhow::Result<Result<u64, String>> {
    let Some((id, typed)) = line.split_once('\t') else {
        return Ok(Err("there is no tab between id and query".to_owned()));
    };
    let query = match parse_query(typed) {
        Ok(query) => query,
        Err(error) => return Ok(Err(error.to_string())),
    };
    // Trec wants ids and scores only.
    let n_passages = if args.format == BatchFormat::Jsonl { 1 } else { 0 };
    let request = SearchRequest {
        limit: args.limit,
        snippets: SnippetConfig { n_passages, ..SnippetConfig::default() },
        ..SearchRequest::new(query)
    };
    let results = match searcher.search(&request) {
        Ok(results) => results,
        Err(error) if error.is_of_query() => return Ok(Err(error.to_string())),
        Err(error) => return Err(error.into()),
    };
    match args.format {
        BatchFormat::Jsonl => batch::jsonl(output, id, typed, &results)?,
        BatchFormat::Csv => batch::csv(output, id, &results)?,
        BatchFormat::Trec => batch::trec(output, id, &results)?,
    }
    Ok(Ok(results.total))
}
