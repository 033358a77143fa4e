//! `dateline similar`.

use std::io::Write;

use clap::Args;
use dateline::present::similar;
use dateline::search::Lookup;

use super::context::Advised;
use super::{Context, Exit};

/// Arguments of `similar`.
#[derive(Args, Debug)]
#[command(after_help = "\
Near copies tell the same story in the same words: wire copy, updates, print
and online. Stories in one template with other figures and names are none.
Similarity is the share of words that both texts have in common, in runs of
three or more; below it stand the numbers and names that only one of them has.")]
pub(crate) struct SimilarArgs {
    /// Id of an article, as `search` shows it.
    #[arg(value_name = "ID")]
    id: String,
    /// Articles about the same to show, beside all near copies.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 5)]
    limit: usize,
}

pub(crate) fn run(args: &SimilarArgs, context: &Context) -> anyhow::Result<Exit> {
    let searcher = context.searcher()?;
    let Some(found) = searcher.similar(&args.id, args.limit)? else {
        return match searcher.article(&args.id)? {
            Lookup::Ambiguous(ids) => {
                let message = format!("{} articles have the id `{}`", ids.len(), args.id);
                Err(Advised { message, hint: format!("name one of {}", ids.join(", ")) }.into())
            }
            _ => {
                context.warn(format_args!("no article has the id `{}`", args.id));
                context.hint("`dateline search` shows the id of each hit below its title");
                Ok(Exit::Partial)
            }
        };
    };
    let mut output = context.output();
    if context.json() {
        similar::json(&mut output, &found)?;
    } else {
        similar::text(&mut output, &found, context.theme(), context.n_columns())?;
    }
    output.flush()?;
    if found.copies.is_empty() && found.related.is_empty() {
        context.say("nothing like it");
        return Ok(Exit::Partial);
    }
    Ok(Exit::Success)
}
