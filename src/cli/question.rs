//! What was typed to search for becomes a query: the text, and filters given as flags.

use std::borrow::Cow;
use std::io::{self, Write};

use clap::Args;
use dateline::extract::figure;
use dateline::mention::{EntityKind, Span};
use dateline::present::escape::{for_terminal, lines_for_terminal};
use dateline::search::query::{
    self, DateMatch, EntityMatch, Expr, KeywordField, KeywordMatch, Language, Node, Note, ParseConfig, Query,
    QueryError, SAVED_SIGN, SavedQueries,
};

use super::Context;
use super::context::Advised;

/// Filters as flags. Several of one kind all have to match.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Filters")]
pub(crate) struct Filters {
    /// Only articles that name this person; aliases count.
    #[arg(long, value_name = "NAME")]
    person: Vec<String>,
    /// Only articles that name this place: `kyiv`; a path finds all that lies below it too: `/europe/ukraine`.
    #[arg(long, value_name = "NAME")]
    place: Vec<String>,
    /// Only articles that name this organisation.
    #[arg(long, value_name = "NAME")]
    org: Vec<String>,
    /// Only articles with such a figure: `prisoners>=300`, `fig.usd:1bn..5bn`.
    #[arg(long, value_name = "FIGURE")]
    figure: Vec<String>,
    /// Only articles of this day or later: `2022`, `2022-03-01`, `last-30d`.
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only articles of this day or earlier.
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Only articles of this publication.
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// Only articles in this language: `en`.
    #[arg(long, value_name = "CODE")]
    lang: Vec<String>,
}

/// A query with its filters.
pub(crate) struct Question {
    pub(crate) query: Query,
    pub(crate) filters: Vec<Node>,
}

/// A query that can't be understood, with the place where that shows.
#[derive(Debug)]
pub(crate) struct Misunderstood {
    typed: String,
    error: QueryError,
}

impl std::fmt::Display for Misunderstood {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.error.render(&self.typed).trim_end())
    }
}

impl std::error::Error for Misunderstood {}

/// Reads units and lemmas as the extractor does, so that questions and articles meet.
pub(crate) fn parse_query(typed: &str, context: &Context) -> anyhow::Result<Query> {
    let none = SavedQueries::default();
    // Their file is not touched, right or wrong, by a query that names none.
    let saved = if typed.contains(SAVED_SIGN) { context.saved()? } else { &none };
    parse_query_with(typed, saved)
}

/// The same with other saved queries.
pub(crate) fn parse_query_with(typed: &str, saved: &SavedQueries) -> anyhow::Result<Query> {
    let unit_of = |surface: &str| figure::unit_of(surface).map(Cow::into_owned);
    let lemma = |noun: &str| figure::lemma(noun).into_owned();
    let config = ParseConfig { today: &|| jiff::Zoned::now().date(), unit_of: &unit_of, lemma: &lemma };
    query::parse_with_saved(typed, &config, saved)
        .map_err(|error| Misunderstood { typed: typed.to_owned(), error }.into())
}

/// Reads the query and the flags.
pub(crate) fn parse(typed: &str, flags: &Filters, context: &Context) -> anyhow::Result<Question> {
    let mut query = parse_query(typed, context)?;
    let mut filters = Vec::new();
    for (kind, names) in
        [(EntityKind::Person, &flags.person), (EntityKind::Place, &flags.place), (EntityKind::Org, &flags.org)]
    {
        filters.extend(names.iter().map(|name| node(Expr::Entity { kind, which: entity(kind, name) })));
    }
    for value in &flags.source {
        filters.push(node(Expr::Keyword { field: KeywordField::Source, value: keyword(value) }));
    }
    for value in &flags.lang {
        let value = language(value, &mut query.notes);
        filters.push(node(Expr::Keyword { field: KeywordField::Lang, value }));
    }
    for typed in &flags.figure {
        let root = parse_query(typed, context)?.root.filter(is_figure);
        filters.push(root.ok_or_else(|| not_a_figure(typed))?);
    }
    let first = flags.since.as_deref().map(|typed| day_range("--since", typed)).transpose()?;
    let last = flags.until.as_deref().map(|typed| day_range("--until", typed)).transpose()?;
    let first = first.and_then(|(first, _)| first);
    let last = last.and_then(|(_, last)| last);
    if let (Some(since), Some(until)) = (&flags.since, &flags.until)
        && first.zip(last).is_some_and(|(first, last)| first > last)
    {
        let message = format!("no day lies between `--since {since}` and `--until {until}`");
        return Err(Advised { message, hint: "the earlier one belongs to `--since`".to_owned() }.into());
    }
    if flags.since.is_some() || flags.until.is_some() {
        filters.push(node(Expr::Date(DateMatch::Range { first, last })));
    }
    Ok(Question { query, filters })
}

/// Whether a query asks for figures and nothing else.
fn is_figure(node: &Node) -> bool {
    match &node.expr {
        Expr::Figure(_) => true,
        Expr::All(parts) | Expr::Any(parts) => parts.iter().all(is_figure),
        Expr::Not(part) => is_figure(part),
        _ => false,
    }
}

fn not_a_figure(typed: &str) -> Advised {
    Advised {
        message: format!("`--figure {typed}` does not name a figure"),
        hint: "figures are written like `prisoners>=300`, `fig.usd:1bn..5bn`, `$1m..$5m`".to_owned(),
    }
}

type Days = (Option<jiff::civil::Date>, Option<jiff::civil::Date>);

/// The days that a date means, given as a flag.
fn day_range(flag: &str, typed: &str) -> Result<Days, Misunderstood> {
    match query::parse_date_range(typed, jiff::Zoned::now().date()) {
        Ok(DateMatch::Range { first, last }) => Ok((first, last)),
        Ok(DateMatch::Any) => Ok((None, None)),
        Err(mut error) => {
            let shown = format!("{flag} {typed}");
            let offset = shown.len() - typed.len();
            let range = error.span.range();
            error.span = Span::new(range.start + offset, range.end + offset);
            Err(Misunderstood { typed: shown, error })
        }
    }
}

fn entity(kind: EntityKind, name: &str) -> EntityMatch {
    match name.as_bytes() {
        b"*" => EntityMatch::Any,
        [b'=', ..] => EntityMatch::Exact(name[1..].trim_matches('"').to_owned()),
        [b'/', ..] if kind == EntityKind::Place => EntityMatch::Path(name.trim_end_matches('/').to_lowercase()),
        _ => EntityMatch::Name(name.to_owned()),
    }
}

fn keyword(value: &str) -> KeywordMatch {
    match value.as_bytes() {
        b"*" => KeywordMatch::Any,
        [b'=', ..] => KeywordMatch::Exact(value[1..].trim_matches('"').to_owned()),
        _ => KeywordMatch::Words(value.to_owned()),
    }
}

/// A language as `lang:` reads it.
fn language(value: &str, notes: &mut Vec<Note>) -> KeywordMatch {
    match keyword(value) {
        KeywordMatch::Words(tag) => {
            let Language { code, remark } = Language::new(tag.trim());
            notes.extend(remark.map(|text| Note { span: NOWHERE, text }));
            KeywordMatch::Words(if code.is_empty() { tag } else { code })
        }
        other => other,
    }
}

/// The span of what was not typed in the query.
const NOWHERE: Span = Span { start: 0, end: 0 };

/// A part that was not typed in the query.
fn node(expr: Expr) -> Node {
    Node { expr, span: NOWHERE }
}

/// A remark on a query, with the words that it is about.
pub(crate) fn remark(query: &Query, note: &Note) -> String {
    match query.source.get(note.span.range()).map(str::trim) {
        Some(words) if !words.is_empty() && words.len() < query.source.trim().len() => {
            format!("`{}`: {}", for_terminal(words), note.text)
        }
        _ => note.text.clone(),
    }
}

impl Question {
    /// Writes how the query and its filters were understood.
    pub(crate) fn explain(&self, output: &mut dyn Write, json: bool) -> io::Result<()> {
        let tree = query::explain(&self.query);
        let canonical: Vec<String> = self.query.root.iter().chain(&self.filters).map(query::to_text).collect();
        let canonical = canonical.join(" ");
        if json {
            let line = serde_json::json!({
                "type": "query",
                "typed": self.query.source,
                "understood": canonical,
                "tree": tree,
            });
            return dateline::present::json::line(output, &line);
        }
        writeln!(output, "{}", lines_for_terminal(tree.trim_end()))?;
        for filter in &self.filters {
            writeln!(output, "filter: {}", for_terminal(&query::to_text(filter)))?;
        }
        writeln!(output, "same as: {}", for_terminal(&canonical))
    }
}
