//! `dateline search`.

use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::time::Instant;

use clap::Args;
use dateline::present::{answer, json, text};
use dateline::search::query::{FigureMatch, GRAMMAR, Query};
use dateline::search::{
    FacetField, FacetRequest, FigureSort, GroupField, GroupRequest, Hit, SearchRequest, SearchResults, Searcher,
    SnippetConfig, Sort,
};

use super::context::Advised;
use super::figures::figure_named;
use super::nothing::{correction, say_correction, say_nothing_found};
use super::question::{Filters, parse, remark};
use super::{Context, Exit};

/// Arguments of `search`.
#[derive(Args, Debug)]
#[command(after_long_help = GRAMMAR)]
pub(crate) struct SearchArgs {
    /// What to find; several arguments are joined by spaces. `dateline help query` has the language.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Order of hits: relevance (best first), date (newest first, undated last), source (A to Z); between
    /// equals the newest first; relevance-ascending, date-ascending, source-descending are the other way round. figure:prisoners puts
    /// the greatest value first, by the greatest mention of an article that meets the query's own conditions
    /// on it; figure-ascending:usd the least; articles without it last.
    #[arg(long, value_name = "ORDER", default_value = "relevance", value_parser = sort)]
    sort: Sort,
    /// Hits to show; groups, with --group-by.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Hits or groups to skip.
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Show every hit, each as soon as it is read, however many there are.
    #[arg(long, conflicts_with_all = ["limit", "count"])]
    all: bool,
    /// Group hits by source, month or cluster of near copies, groups in the order of their best hit.
    #[arg(long, value_name = "FIELD", conflicts_with = "count")]
    group_by: Option<String>,
    /// Hits to show of each group.
    #[arg(long, value_name = "N", default_value_t = 3, requires = "group_by")]
    group_hits: usize,
    /// Passages to show of each hit.
    #[arg(long, value_name = "N", default_value_t = 2)]
    snippets: usize,
    /// Show near copies of a story (wire copy, updates) as one hit, with all that are in the index.
    #[arg(long, conflicts_with = "group_by")]
    collapse: bool,
    /// Count people, places, organisations, sources and more over all matches; all of these fields, or
    /// those named.
    #[arg(long, value_name = "FIELD,...", num_args = 0..=1, require_equals = true, value_delimiter = ',',
          default_missing_value = "person,place,org,source")]
    facets: Vec<String>,
    /// Values to show of each facet.
    #[arg(long, value_name = "N", default_value_t = 10)]
    facet_limit: usize,
    /// Only values of facets with a word that begins so, case and accents aside; aliases count.
    #[arg(long, value_name = "TEXT", requires = "facets")]
    facet_match: Option<String>,
    /// Only say how many articles match.
    #[arg(long, conflicts_with = "facets")]
    count: bool,
    /// Let recent articles rank higher: being recent loses half its worth in so many days, counted from
    /// the newest article.
    #[arg(long, value_name = "DAYS", num_args = 0..=1, require_equals = true, default_missing_value = "30",
          value_parser = days)]
    recency: Option<f64>,
    /// Say of every hit how its score came about.
    #[arg(long, conflicts_with = "count")]
    explain: bool,
    /// Say how the query was understood, and search nothing.
    #[arg(long)]
    explain_query: bool,
    #[command(flatten)]
    filters: Filters,
}

/// Names of orders; the first of those that mean the same is the one to be told.
const SORTS: [(&str, Sort); 9] = [
    ("relevance", Sort::Relevance),
    ("relevance-ascending", Sort::RelevanceAscending),
    ("date", Sort::Date),
    ("date-ascending", Sort::DateAscending),
    ("source", Sort::Source),
    ("source-descending", Sort::SourceDescending),
    ("relevance-descending", Sort::Relevance),
    ("date-descending", Sort::Date),
    ("source-ascending", Sort::Source),
];

fn sort(name: &str) -> Result<Sort, String> {
    if let Some((order @ ("figure" | "figure-ascending"), what)) = name.split_once(':')
        && !what.trim().is_empty()
    {
        let FigureMatch { measure, exact, .. } = figure_named(what)?;
        return Ok(Sort::Figure(FigureSort { measure, exact, ascending: order == "figure-ascending" }));
    }
    let known = SORTS.iter().find(|(known, _)| *known == name);
    known.map(|(_, sort)| sort.clone()).ok_or_else(|| {
        let names: Vec<&str> = SORTS.iter().map(|(name, _)| *name).collect();
        format!("orders are {}, figure:NOUN, figure-ascending:UNIT", names.join(", "))
    })
}

pub(crate) fn run(args: &SearchArgs, context: &Context) -> anyhow::Result<Exit> {
    let typed = args.query.join(" ");
    let question = parse(&typed, &args.filters, context)?;
    let mut output = context.output();
    if args.explain_query {
        question.explain(&mut output, context.json())?;
        output.flush()?;
        return Ok(Exit::Success);
    }
    let started = Instant::now();
    let group_by = args.group_by.as_deref().map(group_field).transpose()?;
    // The process ends with the answer: giving its files back one by one would take longer.
    let searcher = ManuallyDrop::new(context.searcher()?);
    let request = SearchRequest {
        sort: args.sort.clone(),
        limit: if args.count {
            0
        } else if args.all {
            usize::MAX
        } else {
            args.limit
        },
        offset: args.offset,
        group_by: group_by.map(|field| GroupRequest { field, n_hits: args.group_hits }),
        snippets: SnippetConfig { n_passages: args.snippets, ..SnippetConfig::default() },
        facets: facets(&args.facets, args.facet_limit)?,
        facet_match: args.facet_match.clone(),
        collapse: args.collapse,
        explain: args.explain,
        recency: args.recency,
        filters: question.filters,
        ..SearchRequest::new(question.query)
    };
    let mut answer = Answer { typed: &typed, request, searcher, context, started, n_shown: 0, first: 0 };
    let results =
        if context.json() { answer.write_json(&mut output)? } else { answer.write_text(&mut output, args)? };
    output.flush()?;
    Ok(if results.total > 0 { Exit::Success } else { Exit::Partial })
}

/// A search, while its answer is written.
struct Answer<'a> {
    typed: &'a str,
    request: SearchRequest,
    searcher: ManuallyDrop<Searcher>,
    context: &'a Context,
    started: Instant,
    n_shown: usize,
    /// Rank of the first hit shown.
    first: usize,
}

impl Answer<'_> {
    /// Hands over each hit as it comes.
    fn each_hit(&mut self, mut write: impl FnMut(&Hit) -> io::Result<()>) -> anyhow::Result<SearchResults> {
        let (n_shown, first) = (&mut self.n_shown, &mut self.first);
        let results = self.searcher.search_each(&self.request, |hit| -> anyhow::Result<()> {
            *n_shown += 1;
            if *first == 0 {
                *first = hit.rank;
            }
            Ok(write(&hit)?)
        })?;
        self.n_shown += results.groups.iter().map(|group| group.hits.len()).sum::<usize>();
        Ok(results)
    }

    fn write_json(&mut self, output: &mut dyn Write) -> anyhow::Result<SearchResults> {
        let results = self.each_hit(|hit| json::hit(output, hit))?;
        if let Some(group_by) = self.request.group_by {
            answer::groups(output, group_by.field, &results.groups)?;
        }
        json::facets(output, &results.facets)?;
        let query = &self.request.query;
        let mut notes: Vec<String> = query.notes.iter().map(|note| remark(query, note)).collect();
        notes.extend(results.notes.iter().cloned());
        let explanation = self.searcher.explain_nothing(&self.request, &results)?;
        let correction = self.correction(&results)?;
        json::summary(
            output,
            &json::Summary {
                query: self.typed,
                results: &results,
                n_shown: self.n_shown,
                notes: &notes,
                explanation: &explanation,
                did_you_mean: correction.as_ref().map(|(query, _)| query.as_str()),
                is_grouped: self.request.group_by.is_some(),
                elapsed: self.started.elapsed(),
            },
        )?;
        Ok(results)
    }

    fn write_text(&mut self, output: &mut dyn Write, args: &SearchArgs) -> anyhow::Result<SearchResults> {
        let (context, theme, n_columns) = (self.context, self.context.theme(), self.context.n_columns());
        say_remarks(&self.request.query, context);
        let mut hits = Vec::new();
        let results = self.each_hit(|hit| match args.all {
            true => text::hit(output, hit, theme, n_columns),
            false => {
                hits.push(hit.clone());
                Ok(())
            }
        })?;
        for note in &results.notes {
            context.say(format_args!("note: {note}"));
        }
        for hit in &hits {
            text::hit(output, hit, theme, n_columns)?;
        }
        if args.count {
            writeln!(output, "{}", results.total)?;
        } else if let Some(group_by) = self.request.group_by {
            text::groups(output, group_by.field, &results, theme, n_columns)?;
        } else {
            text::footer(output, &results, self.first as u64, self.n_shown as u64, theme)?;
        }
        text::facets(output, &results.facets, theme)?;
        output.flush()?;
        if results.total == 0 {
            say_nothing_found(context);
        }
        for line in self.searcher.explain_nothing(&self.request, &results)? {
            context.say(format_args!("  {line}"));
        }
        say_correction(self.correction(&results)?.as_ref(), context);
        Ok(results)
    }

    /// The query with what is not in the index replaced by what comes near, and how many articles that
    /// finds, if it finds more.
    fn correction(&self, results: &SearchResults) -> anyhow::Result<Option<(String, u64)>> {
        correction(&self.searcher, &self.request, results.total, results.widened.is_some(), self.context)
    }
}

/// Tells how parts of a query were read that may surprise.
pub(crate) fn say_remarks(query: &Query, context: &Context) {
    for note in &query.notes {
        context.say(format_args!("note: {}", remark(query, note)));
    }
}

fn group_field(name: &str) -> anyhow::Result<GroupField> {
    let known = GroupField::ALL.into_iter().find(|field| field.name() == name);
    known.ok_or_else(|| {
        let names: Vec<&str> = GroupField::ALL.iter().map(|field| field.name()).collect();
        let message = format!("hits cannot be grouped by `{name}`");
        Advised { message, hint: format!("group by {}", names.join(" or ")) }.into()
    })
}

fn facets(names: &[String], limit: usize) -> anyhow::Result<Vec<FacetRequest>> {
    let mut requests = Vec::new();
    for name in names {
        let Some(field) = FacetField::ALL.into_iter().find(|field| field.name() == name) else {
            let known: Vec<&str> = FacetField::ALL.iter().map(|field| field.name()).collect();
            let message = format!("there is no facet `{name}`");
            return Err(Advised { message, hint: format!("facets are {}", known.join(", ")) }.into());
        };
        requests.push(FacetRequest { field, limit });
    }
    Ok(requests)
}

/// Days that something takes to lose half its worth.
fn days(typed: &str) -> Result<f64, String> {
    match typed.parse::<f64>() {
        Ok(days) if days.is_finite() && days > 0.0 => Ok(days),
        _ => Err("it takes a number of days above 0, such as `--recency=30`".to_owned()),
    }
}
