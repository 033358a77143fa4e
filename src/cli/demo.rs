//! `dateline demo`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use dateline::present::style::Role;
use dateline::present::text;
use dateline::search::{SearchRequest, SnippetConfig};

use super::context::Advised;
use super::index::{self, IndexArgs};
use super::question::parse_query;
use super::{Context, Exit};

/// Arguments of `demo`.
#[derive(Args, Debug)]
pub(crate) struct DemoArgs {
    /// Folder of the sample articles.
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,
}

/// What the demo asks, and what that shows.
const QUESTIONS: [(&str, &str); 6] = [
    ("prisoner exchange", "words, in any form, best match first"),
    ("person:zelensky place:/europe/ukraine", "who and where: Zelenskyy and Kiev are found too"),
    ("prisoners>=300", "how much: a figure as a number, with what it counts"),
    ("storm homes>=100000", "words and figures together"),
    ("$1bn..$5bn", "amounts in a range"),
    ("title:election OR \"swing to\"", "fields, phrases, alternatives"),
];
/// Hits shown for each question.
const HITS_EACH: usize = 2;

pub(crate) fn run(args: &DemoArgs, context: &Context) -> anyhow::Result<Exit> {
    if context.json() {
        let hint = "leave `--json` out; the commands that it shows take it".to_owned();
        return Err(Advised { message: "the demo is for people".to_owned(), hint }.into());
    }
    if !args.corpus.is_dir() {
        let message = format!("there is no folder `{}`", args.corpus.display());
        let hint = "run the demo where dateline's sources are, or name the folder with `--corpus DIR`".to_owned();
        return Err(Advised { message, hint }.into());
    }
    let mut output = context.output();
    let theme = context.theme();
    let index_folder = context.index().display();
    let corpus = args.corpus.display();
    writeln!(output, "$ {}", theme.paint(Role::Code, format_args!("dateline index --index {index_folder} {corpus}")))?;
    output.flush()?;
    drop(output);
    index::run(&IndexArgs::of(args.corpus.clone()), context)?;

    let searcher = context.searcher()?;
    let mut output = context.output();
    for (typed, what) in QUESTIONS {
        writeln!(output)?;
        writeln!(output, "# {what}")?;
        writeln!(output, "$ {}\n", theme.paint(Role::Code, format_args!("dateline search '{typed}'")))?;
        let results = searcher.search(&SearchRequest {
            limit: HITS_EACH,
            snippets: SnippetConfig { n_passages: 1, ..SnippetConfig::default() },
            ..SearchRequest::new(parse_query(typed, context)?)
        })?;
        text::hits(&mut output, &results, theme, context.n_columns())?;
    }
    writeln!(output, "\nNow index a folder of your own: dateline index --index my-index DIR")?;
    output.flush()?;
    Ok(Exit::Success)
}
