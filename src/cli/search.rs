//! `dateline search`.

use std::io::Write;
use std::time::Instant;

use clap::{Args, ValueEnum};
use dateline::present::style::Role;
use dateline::present::{json, text};
use dateline::search::query::GRAMMAR;
use dateline::search::{FacetField, FacetRequest, SearchRequest, SnippetConfig, Sort};

use super::question::{Filters, parse, remark};
use super::{Context, Exit};

/// Arguments of `search`.
#[derive(Args, Debug)]
#[command(after_long_help = GRAMMAR)]
pub(crate) struct SearchArgs {
    /// What to find; several arguments are joined by spaces. See below for the language.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// Order of hits.
    #[arg(long, value_enum, default_value = "relevance")]
    sort: SortBy,
    /// Hits to show.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Hits to skip.
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Passages to show of each hit.
    #[arg(long, value_name = "N", default_value_t = 2)]
    snippets: usize,
    /// Count people, places, organisations, sources and more over all matches; all of these fields, or
    /// those named.
    #[arg(long, value_name = "FIELD,...", num_args = 0..=1, require_equals = true, value_delimiter = ',',
          default_missing_value = "person,place,org,source")]
    facets: Vec<String>,
    /// Values to show of each facet.
    #[arg(long, value_name = "N", default_value_t = 10)]
    facet_limit: usize,
    /// Only say how many articles match.
    #[arg(long, conflicts_with = "facets")]
    count: bool,
    /// Say how the query was understood, and search nothing.
    #[arg(long)]
    explain_query: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SortBy {
    /// Best match first.
    Relevance,
    /// Newest first; undated last.
    Date,
    /// Oldest first; undated last.
    DateAscending,
}

pub(crate) fn run(args: &SearchArgs, context: &Context) -> anyhow::Result<Exit> {
    let typed = args.query.join(" ");
    let question = parse(&typed, &args.filters)?;
    let mut output = context.output();
    if args.explain_query {
        question.explain(&mut output, context.json())?;
        output.flush()?;
        return Ok(Exit::Success);
    }
    let started = Instant::now();
    let searcher = context.searcher()?;
    let request = SearchRequest {
        query: question.query,
        filters: question.filters,
        sort: match args.sort {
            SortBy::Relevance => Sort::Relevance,
            SortBy::Date => Sort::Date,
            SortBy::DateAscending => Sort::DateAscending,
        },
        limit: if args.count { 0 } else { args.limit },
        offset: args.offset,
        snippets: SnippetConfig { n_passages: args.snippets, ..SnippetConfig::default() },
        facets: facets(&args.facets, args.facet_limit)?,
    };
    let results = searcher.search(&request)?;
    let theme = context.theme();
    if context.json() {
        for hit in &results.hits {
            json::hit(&mut output, hit)?;
        }
        json::facets(&mut output, &results.facets)?;
        json::summary(&mut output, &results, &typed, started.elapsed())?;
    } else {
        for note in &request.query.notes {
            context.say(remark(&request.query, note));
        }
        for note in &results.notes {
            context.say(format_args!("note: {note}"));
        }
        if args.count {
            writeln!(output, "{}", results.total)?;
        } else {
            text::hits(&mut output, &results, theme, context.n_columns())?;
            text::facets(&mut output, &results.facets, theme)?;
        }
    }
    output.flush()?;
    if results.total > 0 {
        return Ok(Exit::Success);
    }
    if !context.json() {
        context.say(theme.paint(Role::Title, "nothing found"));
        for line in searcher.explain_empty(&request)? {
            context.say(format_args!("  {line}"));
        }
    }
    Ok(Exit::Partial)
}

fn facets(names: &[String], limit: usize) -> anyhow::Result<Vec<FacetRequest>> {
    let mut requests = Vec::new();
    for name in names {
        let Some(field) = FacetField::ALL.into_iter().find(|field| field.name() == name) else {
            let known: Vec<&str> = FacetField::ALL.iter().map(|field| field.name()).collect();
            return Err(super::context::Advised {
                message: format!("there is no facet `{name}`"),
                hint: format!("facets are {}", known.join(", ")),
            }
            .into());
        };
        requests.push(FacetRequest { field, limit });
    }
    Ok(requests)
}
