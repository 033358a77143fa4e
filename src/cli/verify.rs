//! `dateline verify`.

use dateline::index::verify;
use dateline::present::{json, text};

use super::{Context, Exit};

pub(crate) fn run(context: &Context) -> anyhow::Result<Exit> {
    let verified = verify(context.index())?;
    context.tell(|output| match context.json() {
        true => json::verified(output, &verified),
        false => text::verified(output, &verified, context.theme()),
    })?;
    if verified.problems.is_empty() {
        return Ok(Exit::Success);
    }
    context.hint("make the index anew with `dateline index --rebuild DIR...`");
    Ok(Exit::Partial)
}
