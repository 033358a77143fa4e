//! `dateline people`, `places` and `orgs`: tables over a search.

use std::io::Write;

use clap::Args;
use dateline::explore::{self, Scope};
use dateline::mention::EntityKind;
use dateline::present::table;

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

pub(crate) fn exit(n_rows: usize, context: &Context) -> Exit {
    if n_rows > 0 {
        return Exit::Success;
    }
    context.say("nothing found");
    Exit::Partial
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
    Ok(exit(table.rows.len(), context))
}
