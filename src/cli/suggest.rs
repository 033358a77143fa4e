//! `dateline suggest`.

use std::io::Write;

use clap::Args;
use dateline::present::escape::for_terminal;
use dateline::present::{answer, text};
use dateline::schema::analyzer::Analyzer;
use dateline::search::query::{FIELD_NAMES, SAVED_SIGN, SavedQuery};
use dateline::search::{Searcher, Suggestion, SuggestionKind};

use super::context::Advised;
use super::question::parse_query;
use super::{Context, Exit};

/// Arguments of `suggest`.
#[derive(Args, Debug)]
#[command(after_help = "\
Case and accents do not matter, and any word of a name may be begun: `times`
leads to The New York Times, `lod` to Łódź. `person:zel` looks at people only,
`/europe/` at places below Europe, `@ex` at saved queries. Each line names a
query that finds exactly the articles counted.")]
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
    /// Write the last part of what was typed as it may go on in a query, one a line: for completions.
    #[arg(long, hide = true, conflicts_with_all = ["json", "plain", "kind"])]
    complete: bool,
}

/// Saved queries, which no index holds.
const SAVED: &str = "saved";

pub(crate) fn run(args: &SuggestArgs, context: &Context) -> anyhow::Result<Exit> {
    let typed = args.typed.join(" ");
    if args.complete {
        return complete(&typed, args.limit, context);
    }
    let (kinds, typed) = kinds(&args.kind, &typed)?;
    let searcher = context.searcher()?;
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for kind in SuggestionKind::ALL.into_iter().filter(|kind| kinds.contains(&kind.name())) {
        suggestions.extend(suggested(&searcher, kind, typed, args.limit, context)?);
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

/// What the index suggests, and a query finds: counted nouns that are codes of currencies (`cup`) are read as these.
fn suggested(
    searcher: &Searcher,
    kind: SuggestionKind,
    typed: &str,
    limit: usize,
    context: &Context,
) -> anyhow::Result<Vec<Suggestion>> {
    let suggestions = searcher.suggest(kind, typed, limit)?;
    if kind != SuggestionKind::Figure {
        return Ok(suggestions);
    }
    let mut found = Vec::new();
    for suggestion in suggestions {
        let Ok(query) = parse_query(&suggestion.query, context) else { continue };
        if searcher.count(&query, &[])? == suggestion.n_articles {
            found.push(suggestion);
        }
    }
    Ok(found)
}

/// Writes what the last part of a query may become, without anything that a shell would have to quote: names
/// are found by their words, whatever joins them.
fn complete(typed: &str, limit: usize, context: &Context) -> anyhow::Result<Exit> {
    let last = typed.rfind(char::is_whitespace).map_or(0, |space| space + 1);
    let signs = typed[last..].len() - typed[last..].trim_start_matches(['-', '(', '"', '\'']).len();
    let (before, part) = typed.split_at(last + signs);
    let (kinds, begun) = kinds(&[], part)?;
    // A condition or a field of which nothing is known.
    if begun.is_empty() && kinds.len() > 1 || kinds.len() > 1 && part.contains([':', '.', '=', '<', '>']) {
        return Ok(Exit::Partial);
    }
    let field = part.find([':', '.']).filter(|_| kinds.len() == 1).map_or("", |colon| &part[..=colon]);
    let mut found: Vec<String> = Vec::new();
    if kinds.len() > 1 && !part.is_empty() {
        let begun = part.to_lowercase();
        let fields = FIELD_NAMES.into_iter().filter(|field| field.starts_with(&begun));
        // What is measured follows a full stop.
        let is_measured = |field: &str| field == SuggestionKind::Figure.name();
        found.extend(fields.map(|field| format!("{field}{}", if is_measured(field) { '.' } else { ':' })));
    }
    let searcher = context.searcher()?;
    let mut analyzer = Analyzer::new();
    for kind in SuggestionKind::ALL.into_iter().filter(|kind| kinds.contains(&kind.name())) {
        // Names are completed behind their field only: a word of one is a word too.
        if field.is_empty() && kind != SuggestionKind::Word && !(part.starts_with('/') && begun == part) {
            continue;
        }
        for suggestion in suggested(&searcher, kind, begun, limit, context)? {
            found.push(match kind {
                SuggestionKind::Word | SuggestionKind::Figure => format!("{field}{}", suggestion.text),
                _ if begun.starts_with('/') => format!("place:{}", suggestion.text),
                _ => format!("{field}{}", analyzer.exact_words(&suggestion.text).join("-")),
            });
        }
    }
    if kinds.contains(&SAVED) && part.starts_with(SAVED_SIGN) {
        let saved = saved(part, limit, &searcher, context)?;
        found.extend(saved.iter().map(|(query, _)| format!("{SAVED_SIGN}{}", query.name)));
    }
    let mut output = context.output();
    for (nth, completion) in found.iter().enumerate() {
        if !found[..nth].contains(completion) {
            writeln!(output, "{before}{}", for_terminal(completion))?;
        }
    }
    output.flush()?;
    Ok(if found.is_empty() { Exit::Partial } else { Exit::Success })
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
