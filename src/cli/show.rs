//! `dateline show`.

use std::io::Write;

use clap::Args;
use dateline::article::Origin;
use dateline::extract::{Extractor, NewsExtractor, Text, taggers};
use dateline::present::{json, text, why};
use dateline::schema::stored::StoredArticle;
use dateline::search::{Lookup, Searcher};

use super::context::Advised;
use super::{Context, Exit};

/// Arguments of `show`.
#[derive(Args, Debug)]
pub(crate) struct ShowArgs {
    /// Ids, as `search` shows them.
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Say why each name became its person, place or organisation: who saw it, what it was joined by, which
    /// other places it may mean. With `--json`, a line of type `why` for each entity.
    #[arg(long)]
    why: bool,
}

pub(crate) fn run(args: &ShowArgs, context: &Context) -> anyhow::Result<Exit> {
    let searcher = context.searcher()?;
    let extractor = args.why.then(NewsExtractor::new);
    if let (Some(extractor), Some(manifest)) = (&extractor, searcher.manifest())
        && manifest.extractor != extractor.fingerprint()
    {
        context.warn("the index was made by another version of the extractor; reasons are those of this one");
    }
    let mut output = context.output();
    let mut exit = Exit::Success;
    for id in &args.ids {
        match searcher.article(id)? {
            Lookup::Found { id, stored } => {
                show(&id, &stored, &searcher.origins_of(&stored)?, context, &mut output)?;
                if let Some(extractor) = &extractor {
                    explain(&id, &stored, extractor, &searcher, context, &mut output)?;
                }
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

fn show(
    id: &str,
    stored: &StoredArticle,
    origins: &[Origin],
    context: &Context,
    output: &mut dyn Write,
) -> std::io::Result<()> {
    let StoredArticle { article, extraction } = stored;
    let taggers = taggers(extraction.language.as_deref());
    if context.json() {
        return json::shown_article(output, id, article, origins, extraction, taggers);
    }
    text::shown_article(output, article, origins, extraction, taggers, context.theme(), context.n_columns())
}

/// Extraction is fast and always the same, so that reasons are found anew instead of being kept.
fn explain(
    id: &str,
    stored: &StoredArticle,
    extractor: &NewsExtractor,
    searcher: &Searcher,
    context: &Context,
    output: &mut dyn Write,
) -> anyhow::Result<()> {
    let StoredArticle { article, extraction } = stored;
    let explanation = extractor.explain(Text {
        title: &article.title,
        body: &article.body,
        language: article.language.as_deref(),
        date: article.date.map(|date| date.first_day()),
    });
    let applied = searcher.applied_rules(id)?;
    let rules = searcher.rules().zip(applied.as_ref());
    let explained = why::Explained { article, found: extraction, explanation: &explanation, rules };
    if context.json() {
        why::why_json(output, id, &explained)?;
    } else {
        writeln!(output)?;
        why::why(output, &explained, context.theme())?;
    }
    Ok(())
}
