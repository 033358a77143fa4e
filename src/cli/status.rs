//! `dateline status`.

use std::io::Write;
use std::sync::Arc;

use clap::Args;
use dateline::article::Origin;
use dateline::present::{json, text};
use dateline::schema::stored::StoredReject;
use dateline::search::RejectedFile;

use super::{Context, Exit};

/// Arguments of `status`.
#[derive(Args, Debug)]
pub(crate) struct StatusArgs {
    /// Name the records that could not be read, with reasons.
    #[arg(long)]
    rejects: bool,
}

pub(crate) fn run(args: &StatusArgs, context: &Context) -> anyhow::Result<Exit> {
    let searcher = context.searcher()?;
    let mut output = context.output();
    if args.rejects {
        for RejectedFile { path, rejects } in searcher.rejects()? {
            let rest = rejects.rest().map(|reason| StoredReject { inside: String::new(), record: None, reason });
            for StoredReject { inside, record, reason } in rejects.named.into_iter().chain(rest) {
                let origin = Origin { path: Arc::from(format!("{path}{inside}")), record };
                if context.json() {
                    json::rejected(&mut output, &origin, &reason)?;
                } else {
                    writeln!(output, "{}", text::rejected(&origin, &reason))?;
                }
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
