//! `dateline status`.

use std::io::Write;

use clap::Args;
use dateline::present::{json, text};
use dateline::search::Searcher;

use super::{Context, Exit};

/// Arguments of `status`.
#[derive(Args, Debug)]
pub(crate) struct StatusArgs {
    /// Name the records that could not be read, with reasons.
    #[arg(long)]
    rejects: bool,
}

pub(crate) fn run(args: &StatusArgs, context: &Context) -> anyhow::Result<Exit> {
    let searcher = Searcher::open(context.index())?;
    let mut output = context.output();
    if args.rejects {
        for rejected in searcher.rejects()? {
            if context.json() {
                json::rejected(&mut output, &rejected.origin, &rejected.reason)?;
            } else {
                writeln!(output, "{}", text::rejected(&rejected.origin, &rejected.reason))?;
            }
        }
    }
    let status = searcher.status()?;
    if context.json() {
        json::status(&mut output, &status)?;
    } else {
        text::status(&mut output, &status, context.theme())?;
    }
    output.flush()?;
    Ok(Exit::Success)
}
