//! `dateline suggest`.

use std::io::Write;

use clap::Args;
use dateline::present::escape::for_terminal;
use dateline::present::{answer, text};
use dateline::search::query::{SAVED_SIGN, SavedQuery};
use dateline::search::{Searcher, Suggestion, SuggestionKind};

use super::context::Advised;
use super::question::parse_query;
use super::{Context, Exit};

/// Arguments of `suggest`.
#[derive(Args, Debug)]
#[command(after_help = "\
Case and accents do not matter, and any word of a name may be begun: `times` leads to The New York \
Times, `lod` to Łódź. `person:zel` looks at people only, `/europe/` at places below Europe, `@ex` at \
saved queries. Each line names a query that finds exactly the articles counted.")]
pub(crate) struct SuggestArgs {
    /// What was typed so far.
    #[arg(value_name = "PREFIX", required = true)]
    typed: Vec<String>,
    /// Only these: word, person, place, org, source, author, section, tag, fig, saved.
    #[arg(long, value_name = "KIND,...", value_delimiter = ',')]
    kind: Vec<String>,
    /// Suggestions of each kind.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 5)]
    limit: usize,
    /// Write the texts only, one a line: for shells.
    #[arg(long, conflicts_with = "json")]
    plain: bool,
}

/// Saved queries, which no index holds.
const SAVED: &str = "saved";

pub(crate) fn run(args: &SuggestArgs, context: &Context) -> anyhow::Result<Exit> {
    let typed = args.typed.join(" ");
    let (kinds, typed) = kinds(&args.kind, &typed)?;
    let searcher = context.searcher()?;
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for kind in SuggestionKind::ALL.into_iter().filter(|kind| kinds.contains(&kind.name())) {
        suggestions.extend(searcher.suggest(kind, typed, args.limit)?);
    }
    let saved = if kinds.contains(&SAVED) { saved(typed, args.limit, &searcher, context)? } else { Vec::new() };
    let mut output = context.output();
    if context.json() {
        for suggestion in &suggestions {
            answer::suggestion(&mut output, suggestion)?;
        }
        for (query, n_articles) in &saved {
            answer::saved_suggestion(&mut output, query, *n_articles)?;
        }
    } else if args.plain {
        for suggestion in &suggestions {
            writeln!(output, "{}", for_terminal(&suggestion.text))?;
        }
        for (query, _) in &saved {
            writeln!(output, "{SAVED_SIGN}{}", query.name)?;
        }
    } else {
        let theme = context.theme();
        text::suggestions(&mut output, &suggestions, theme, context.n_columns())?;
        text::saved_suggestions(&mut output, &saved, theme)?;
    }
    output.flush()?;
    if suggestions.is_empty() && saved.is_empty() {
        context.say("nothing begins so");
        return Ok(Exit::Partial);
    }
    Ok(Exit::Success)
}

/// The kinds asked for, by flag or by what stands before the colon, and the rest of what was typed.
fn kinds<'a>(named: &[String], typed: &'a str) -> anyhow::Result<(Vec<&'static str>, &'a str)> {
    let names: Vec<&str> = SuggestionKind::ALL.iter().map(|kind| kind.name()).chain([SAVED]).collect();
    let mut kinds = Vec::new();
    for name in named {
        let Some(known) = names.iter().find(|known| *known == name) else {
            let hint = format!("kinds are {}", names.join(", "));
            return Err(Advised { message: format!("there is no kind `{name}` of suggestions"), hint }.into());
        };
        kinds.push(*known);
    }
    if !kinds.is_empty() {
        return Ok((kinds, typed));
    }
    if typed.starts_with(SAVED_SIGN) {
        return Ok((vec![SAVED], typed));
    }
    if typed.starts_with('/') {
        return Ok((vec![SuggestionKind::Place.name()], typed));
    }
    if let Some((before, behind)) = typed.split_once([':', '.'])
        && let Some(known) = names.iter().find(|known| known.eq_ignore_ascii_case(before))
    {
        return Ok((vec![*known], behind.trim_start_matches(['=', '"'])));
    }
    Ok((names, typed))
}

/// Saved queries whose names begin so, each with its matches; wrong ones are left to `queries`.
fn saved(typed: &str, limit: usize, searcher: &Searcher, context: &Context) -> anyhow::Result<Vec<(SavedQuery, u64)>> {
    let beginning = typed.trim_start_matches(SAVED_SIGN).to_lowercase();
    let mut found = Vec::new();
    for query in context.saved()?.iter().filter(|query| query.name.starts_with(&beginning)).take(limit) {
        if let Ok(parsed) = parse_query(&format!("{SAVED_SIGN}{}", query.name), context) {
            found.push((query.clone(), searcher.count(&parsed, &[])?));
        }
    }
    Ok(found)
}
