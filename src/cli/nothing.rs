//! Says why a command found nothing, and what may have been meant.

use dateline::explore::Scope;
use dateline::present::escape::for_terminal;
use dateline::present::style::Role;
use dateline::present::text::n_of;
use dateline::search::{SearchRequest, Searcher};

use super::question::parse_query;
use super::{Context, Exit};

/// How a command over a search ends that found so many of `what`, shown or not; says why where it is nothing.
pub(crate) fn exit(
    n_found: u64,
    what: &str,
    searcher: &Searcher,
    scope: &Scope,
    context: &Context,
) -> anyhow::Result<Exit> {
    if n_found > 0 {
        return Ok(Exit::Success);
    }
    say_nothing_found(context);
    let request = SearchRequest { filters: scope.filters.clone(), ..SearchRequest::new(scope.query.clone()) };
    let explained = searcher.explain_empty(&request)?;
    for line in &explained {
        context.say(format_args!("  {line}"));
    }
    if explained.is_empty() {
        let n_articles = searcher.count(&scope.query, &scope.filters)?;
        let found = if n_articles == 1 { "1 article matches" } else { &format!("{n_articles} articles match") };
        context.say(format_args!("  {found}, without {what}"));
    }
    say_correction(correction(searcher, &request, 0, false, context)?.as_ref(), context);
    Ok(Exit::Partial)
}

pub(crate) fn say_nothing_found(context: &Context) {
    context.say_painted(context.theme().paint(Role::Title, "nothing found"));
}

/// Tells of a corrected query and the number of articles that it finds.
pub(crate) fn say_correction(correction: Option<&(String, u64)>, context: &Context) {
    if let Some((query, n_articles)) = correction {
        context.say(format_args!("did you mean `{}`? {}", for_terminal(query), n_of(*n_articles, "article")));
    }
}

/// The query with what is not in the index replaced by what comes near, and how many articles that finds,
/// if it finds more than `n_found`, or than were found by leaving words out.
pub(crate) fn correction(
    searcher: &Searcher,
    request: &SearchRequest,
    n_found: u64,
    was_widened: bool,
    context: &Context,
) -> anyhow::Result<Option<(String, u64)>> {
    let Some(corrected) = searcher.corrected(&request.query)? else { return Ok(None) };
    let Ok(query) = parse_query(&corrected, context) else { return Ok(None) };
    let n_articles = searcher.count(&query, &request.filters)?;
    Ok((n_articles > 0 && (n_articles > n_found || was_widened)).then_some((corrected, n_articles)))
}
