//! `dateline verify`.

use std::io::Write;

use dateline::index::verify;
use dateline::present::{json, text};

use super::{Context, Exit};

pub(crate) fn run(context: &Context) -> anyhow::Result<Exit> {
    let verified = verify(context.index())?;
    let mut output = context.output();
    if context.json() {
        json::verified(&mut output, &verified)?;
    } else {
        text::verified(&mut output, &verified, context.theme())?;
    }
    output.flush()?;
    if verified.problems.is_empty() {
        return Ok(Exit::Success);
    }
    context.hint("make the index anew with `dateline index --rebuild DIR...`");
    Ok(Exit::Partial)
}
