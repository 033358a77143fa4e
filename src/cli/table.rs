//! `dateline people`, `places` and `orgs`: tables over a search.

use std::io::Write;

use clap::{Args, ValueEnum};
use dateline::explore::{self, Scope};
use dateline::mention::EntityKind;
use dateline::present::table;

use super::nothing::exit;
use super::question::{Filters, parse, remark};
use super::{Context, Exit};

/// Arguments of the tables.
#[derive(Args, Debug)]
pub(crate) struct TableArgs {
    /// Only articles that match, in the language of `dateline search`; all without it.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Rows to show.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 25)]
    limit: usize,
    #[command(flatten)]
    filters: Filters,
}

/// Arguments of `pairs`.
#[derive(Args, Debug)]
#[command(after_help = "\
`near` counts the articles where both stand at most 15 words apart: the total
of `A NEAR/15 B`. The first count is the total of the search for both.")]
pub(crate) struct PairsArgs {
    /// Only articles that match, in the language of `dateline search`; all without it.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// Only pairs of these kinds.
    #[arg(long, value_enum, value_name = "KIND,...", value_delimiter = ',')]
    kinds: Vec<PairKind>,
    /// Rows to show.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 25)]
    limit: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PairKind {
    Person,
    Place,
    Org,
}

/// Words between two names that stand near each other: about a sentence.
const NEAR_WORDS: u32 = 15;

pub(crate) fn pairs(args: &PairsArgs, context: &Context) -> anyhow::Result<Exit> {
    let scope = scope(&args.query, &args.filters, context)?;
    let searcher = context.searcher()?;
    let kinds: Vec<EntityKind> = args
        .kinds
        .iter()
        .map(|kind| match kind {
            PairKind::Person => EntityKind::Person,
            PairKind::Place => EntityKind::Place,
            PairKind::Org => EntityKind::Org,
        })
        .collect();
    let table = explore::pairs(&searcher, &scope, &kinds, args.limit)?;
    let near = |pair| explore::count_near(&searcher, &scope, pair, NEAR_WORDS);
    let n_near = table.rows.iter().map(near).collect::<Result<Vec<u64>, _>>()?;
    say_notes(&scope, &table.notes, context);
    let mut output = context.output();
    if context.json() {
        table::pairs_json(&mut output, &table, &n_near)?;
    } else {
        table::pairs(&mut output, &table, &n_near, context.theme(), context.n_columns())?;
    }
    output.flush()?;
    exit(table.n_distinct, "two such names in one", &searcher, &scope, context)
}

pub(crate) fn scope(query: &[String], filters: &Filters, context: &Context) -> anyhow::Result<Scope> {
    let question = parse(&query.join(" "), filters, context)?;
    Ok(Scope { query: question.query, filters: question.filters })
}

pub(crate) fn say_notes(scope: &Scope, notes: &[String], context: &Context) {
    for note in &scope.query.notes {
        context.say(format_args!("note: {}", remark(&scope.query, note)));
    }
    for note in notes {
        context.say(format_args!("note: {note}"));
    }
}

pub(crate) fn entities(kind: EntityKind, args: &TableArgs, context: &Context) -> anyhow::Result<Exit> {
    let scope = scope(&args.query, &args.filters, context)?;
    let searcher = context.searcher()?;
    let table = explore::entities(&searcher, &scope, kind, args.limit)?;
    say_notes(&scope, &table.notes, context);
    let mut output = context.output();
    if context.json() {
        table::entities_json(&mut output, kind, &table)?;
    } else {
        table::entities(&mut output, &table, context.theme(), context.n_columns())?;
    }
    output.flush()?;
    let what = match kind {
        EntityKind::Person => "a person",
        EntityKind::Place => "a place",
        EntityKind::Org => "an organisation",
    };
    exit(table.n_distinct, what, &searcher, &scope, context)
}
