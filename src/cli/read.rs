//! `dateline read`.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use dateline::article::Article;
use dateline::present::{json, text};
use dateline::read::{self, ReadConfig, Rejected, WalkConfig};

use super::reading::{ReadingArgs, warn_of_unmet};
use super::{Context, Exit};

/// Arguments of `read`.
#[derive(Args, Debug)]
pub(crate) struct ReadArgs {
    /// Files or folders.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(crate) fn run(args: &ReadArgs, context: &Context) -> anyhow::Result<Exit> {
    let mut output = context.output();
    let theme = context.theme();
    let n_columns = context.n_columns();
    let mut n_rejected = 0;
    let config = args.reading.config()?;
    for_each_article(&args.files, &config, &mut |outcome| match outcome {
        Ok(article) if context.json() => json::article(&mut output, &article),
        Ok(article) => text::article(&mut output, &article, theme, n_columns),
        Err(rejected) => {
            n_rejected += 1;
            if context.json() {
                json::rejected(&mut output, &rejected.origin, &rejected.reason.to_string())
            } else {
                context.say(text::rejected(&rejected.origin, &rejected.reason.to_string()));
                Ok(())
            }
        }
    })?;
    output.flush()?;
    warn_of_unmet(&config.columns, context);
    Ok(if n_rejected == 0 { Exit::Success } else { Exit::Partial })
}

/// Reads files and folders in the order of the arguments, one article after the other.
pub(super) fn for_each_article(
    files: &[PathBuf],
    config: &ReadConfig,
    each: &mut dyn FnMut(Result<Article, Rejected>) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    for root in files {
        for entry in read::walk(std::slice::from_ref(root), &WalkConfig::default())? {
            let opened = entry.and_then(|entry| read::open(&entry, config));
            let file = match opened {
                Ok(file) => file,
                Err(rejected) => {
                    each(Err(rejected))?;
                    continue;
                }
            };
            let mut written = Ok(());
            let split = file.split(&mut |cut| {
                match cut {
                    Ok(item) => read::parse(item, config, &mut |parsed| {
                        if written.is_ok() {
                            written = each(parsed);
                        }
                    }),
                    Err(rejected) => written = each(Err(rejected)),
                }
                if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            written?;
            if let Err(rejected) = split {
                each(Err(rejected))?;
            }
        }
    }
    Ok(())
}
