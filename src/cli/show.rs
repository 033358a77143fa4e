//! `dateline show`.

use std::io::Write;

use clap::Args;
use dateline::present::{json, text};
use dateline::search::Lookup;

use super::context::Advised;
use super::{Context, Exit};

/// Arguments of `show`.
#[derive(Args, Debug)]
pub(crate) struct ShowArgs {
    /// Ids, as `search` shows them.
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

pub(crate) fn run(args: &ShowArgs, context: &Context) -> anyhow::Result<Exit> {
    let searcher = context.searcher()?;
    let mut output = context.output();
    let mut exit = Exit::Success;
    for id in &args.ids {
        match searcher.article(id)? {
            Lookup::Found { id, stored } if context.json() => {
                json::shown_article(&mut output, &id, &stored.article, &stored.extraction)?;
            }
            Lookup::Found { stored, .. } => {
                let (theme, n_columns) = (context.theme(), context.n_columns());
                text::shown_article(&mut output, &stored.article, &stored.extraction, theme, n_columns)?;
            }
            Lookup::Ambiguous(ids) => {
                let message = format!("{} articles have the id `{id}`", ids.len());
                return Err(Advised { message, hint: format!("name one of {}", ids.join(", ")) }.into());
            }
            Lookup::Missing => {
                exit = Exit::Partial;
                context.warn(format_args!("no article has the id `{id}`"));
            }
        }
    }
    output.flush()?;
    if exit == Exit::Partial {
        context.hint("`dateline search` shows the id of each hit below its title");
    }
    Ok(exit)
}
