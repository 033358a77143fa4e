//! `dateline figures` and `dateline track`.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};

use clap::{Args, ValueEnum};
use dateline::explore::{self, FigureTableConfig, TrackConfig};
use dateline::extract::figure;
use dateline::present::figures::{self as present, Chart};
use dateline::search::query::{self, Expr, FigureMatch, ParseConfig};

use super::context::Advised;
use super::nothing::exit;
use super::question::Filters;
use super::table::{say_notes, scope};
use super::{Context, Exit};

/// Arguments of `figures`.
#[derive(Args, Debug)]
pub(crate) struct FiguresArgs {
    /// Only articles that match, in the language of `dateline search`; all without it.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// Rows to show.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 25)]
    limit: usize,
    /// Give every noun a row of its own, also those that a search takes for one (`death`, `dead`, `killed`).
    #[arg(long)]
    apart: bool,
    /// Write comma-separated values with a header.
    #[arg(long, conflicts_with = "json")]
    csv: bool,
}

/// Arguments of `track`.
#[derive(Args, Debug)]
pub(crate) struct TrackArgs {
    /// What is counted or measured: `prisoners`, `usd`, `percent`; `=deaths` leaves out nouns of the same
    /// meaning.
    #[arg(value_name = "NOUN|UNIT")]
    what: String,
    /// Only articles that match, in the language of `dateline search`; all without it.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// Show every mention, also those that repeat another one's value in nearly the same words.
    #[arg(long)]
    ungrouped: bool,
    /// Draw a bar beside each value: in a terminal only, always, in plain signs, or never.
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    chart: ChartWhen,
    /// Write comma-separated values with a header.
    #[arg(long, conflicts_with = "json")]
    csv: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ChartWhen {
    /// In a terminal, in the signs that it can show.
    Auto,
    /// Also in a pipe or a file.
    Always,
    /// Always, and without signs beyond ASCII.
    Ascii,
    /// Not at all.
    Never,
}

pub(crate) fn figures(args: &FiguresArgs, context: &Context) -> anyhow::Result<Exit> {
    let scope = scope(&args.query, &args.filters, context)?;
    let searcher = context.searcher()?;
    let config = FigureTableConfig { limit: args.limit, apart: args.apart };
    let table = explore::figures(&searcher, &scope, config)?;
    say_notes(&scope, &table.notes, context);
    let mut output = context.output();
    if context.json() {
        present::figures_json(&mut output, &table)?;
    } else if args.csv {
        present::figures_csv(&mut output, &table)?;
    } else {
        present::figures(&mut output, &table, context.theme(), context.n_columns())?;
    }
    output.flush()?;
    exit(table.n_distinct, "a quantity", &searcher, &scope, context)
}

pub(crate) fn track(args: &TrackArgs, context: &Context) -> anyhow::Result<Exit> {
    let named = figure_named(&args.what).map_err(|message| {
        let hint = "name one: `prisoners`, `usd`, `percent`, `km`".to_owned();
        Advised { message, hint }
    })?;
    let FigureMatch { measure, exact, .. } = named;
    let scope = scope(&args.query, &args.filters, context)?;
    let searcher = context.searcher()?;
    let config = TrackConfig { measure, exact, ungrouped: args.ungrouped };
    let track = explore::track(&searcher, &scope, &config)?;
    say_notes(&scope, &track.notes, context);
    let mut output = context.output();
    if context.json() {
        present::track_json(&mut output, &track)?;
    } else if args.csv {
        present::track_csv(&mut output, &track)?;
    } else {
        present::track(&mut output, &track, context.theme(), context.n_columns(), chart(args.chart))?;
    }
    output.flush()?;
    exit(track.points.len() as u64, &format!("a figure of `{}`", args.what), &searcher, &scope, context)
}

/// The noun or unit that a word names, by the rules of the query language; `=` before it leaves out others of
/// its meaning.
pub(crate) fn figure_named(what: &str) -> Result<FigureMatch, String> {
    let what = what.trim().strip_prefix("fig.").unwrap_or(what.trim());
    let unit_of = |surface: &str| figure::unit_of(surface).map(Cow::into_owned);
    let lemma = |noun: &str| figure::lemma(noun).into_owned();
    let config = ParseConfig { today: &|| jiff::civil::Date::MIN, unit_of: &unit_of, lemma: &lemma };
    match query::parse(&format!("fig.{what}:*"), &config).ok().and_then(|parsed| parsed.root).map(|root| root.expr) {
        Some(Expr::Figure(figure)) => Ok(figure),
        _ => Err(format!("`{what}` is neither a unit nor a noun")),
    }
}

fn chart(when: ChartWhen) -> Chart {
    let in_terminal = std::io::stdout().is_terminal();
    match when {
        ChartWhen::Never => Chart::None,
        ChartWhen::Auto if !in_terminal => Chart::None,
        ChartWhen::Ascii => Chart::Ascii,
        ChartWhen::Always => Chart::Unicode,
        ChartWhen::Auto if is_utf8() => Chart::Unicode,
        ChartWhen::Auto => Chart::Ascii,
    }
}

/// Whether the terminal says that it shows more than ASCII.
fn is_utf8() -> bool {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).unwrap_or_default().to_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}
